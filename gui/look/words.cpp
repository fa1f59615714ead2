#include "gui/look/words.hpp"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QLocale>

namespace nines::gui {
namespace {

struct Unit {
  double seconds;
  const char* name;
};
constexpr Unit kUnits[] = {
    {365 * 86400.0, QT_TRANSLATE_NOOP("Units", "y")}, {86400.0, QT_TRANSLATE_NOOP("Units", "d")},
    {3600.0, QT_TRANSLATE_NOOP("Units", "h")},        {60.0, QT_TRANSLATE_NOOP("Units", "min")},
    {1.0, QT_TRANSLATE_NOOP("Units", "s")},
};

QString with_unit(const QString& value, const char* unit) {
  //: a number and its unit
  return QCoreApplication::translate("Units", "%1 %2")
      .arg(value, QCoreApplication::translate("Units", unit))
      .replace(' ', QChar(0x00A0));
}

QLocale plain() {
  QLocale locale(QLocale::C);
  locale.setNumberOptions(QLocale::DefaultNumberOptions);
  return locale;
}

QString significant(double value) {
  if (value == 0) return QStringLiteral("0");
  const int decimals =
      std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 12);
  QString text = QString::number(value, 'f', decimals);
  if (text.contains('.')) {
    while (text.endsWith('0')) text.chop(1);
    if (text.endsWith('.')) text.chop(1);
  }
  return text;
}

}  // namespace

QString duration(double seconds) {
  if (std::isinf(seconds)) return QCoreApplication::translate("Units", "never");
  if (seconds < 0) return QStringLiteral("−") + duration(-seconds);
  if (seconds == 0) return with_unit(QStringLiteral("0"), kUnits[4].name);
  if (seconds < 0.9995e-3) {
    return with_unit(significant(seconds * 1e6), QT_TRANSLATE_NOOP("Units", "µs"));
  }
  if (seconds < 0.9995) {
    return with_unit(significant(seconds * 1e3), QT_TRANSLATE_NOOP("Units", "ms"));
  }
  if (seconds < 59.95) return with_unit(significant(seconds), kUnits[4].name);
  std::size_t i = 0;
  while (i < 3 && seconds < kUnits[i].seconds) ++i;
  // Two units: the second rounded, which may carry into the first.
  const double small = kUnits[i + 1].seconds;
  const double rounded = std::round(seconds / small);
  if (i > 0 && rounded * small >= kUnits[i - 1].seconds) return duration(rounded * small);
  const double per = kUnits[i].seconds / small;
  const double large = std::floor(rounded / per);
  const double rest = rounded - large * per;
  const QString head = with_unit(plain().toString(large, 'f', 0), kUnits[i].name);
  if (rest < 0.5 || large >= 100) return head;
  return head + QChar(0x00A0) + with_unit(QString::number(rest, 'f', 0), kUnits[i + 1].name);
}

QString number(double value) {
  if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
  if (std::isnan(value)) return QStringLiteral("–");
  if (value != 0 && (std::abs(value) < 1e-4 || std::abs(value) >= 1e15)) {
    return QString::number(value, 'g', 3);
  }
  if (std::abs(value) >= 1000) {
    return plain().toString(std::round(value), 'f', 0).replace('-', QChar(0x2212));
  }
  return significant(value).replace('-', QChar(0x2212));
}

QString whole(double value) { return plain().toString(std::round(value), 'f', 0); }

QString percent(double share) {
  const double away = std::min(share, 1.0 - share);
  const int decimals =
      away <= 0 ? 0 : std::clamp(static_cast<int>(std::ceil(-std::log10(away))) + 1, 1, 10);
  return QString::number(100.0 * share, 'f', decimals) + QStringLiteral(" %");
}

QString percent(const Estimate& share) {
  const double half = 100.0 * 0.5 * (share.high - share.low);
  if (!std::isfinite(half) || half <= 0) return percent(share.value);
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(half))) + 1, 1, 10);
  return QStringLiteral("%1 % ± %2")
      .arg(QString::number(100.0 * share.value, 'f', decimals),
           QString::number(half, 'f', decimals));
}

QString quantity(double value, Quantity quantity) {
  switch (quantity) {
    case Quantity::time_s:
      return duration(value);
    case Quantity::share:
      return value == 0   ? QStringLiteral("0 %")
             : value == 1 ? QStringLiteral("100 %")
                          : significant(100.0 * value) + QStringLiteral(" %");
    case Quantity::number:
      break;
  }
  return number(value);
}

QString plain_name(const std::string& name) {
  QString out = QString::fromStdString(name);
  out.replace(QStringLiteral("domain:"), QString());
  out.replace('/', ' ');
  return out;
}

QString short_clock(double t_s) {
  const double day = std::floor(t_s / 86400.0);
  const int rest = static_cast<int>(t_s - day * 86400.0);
  const double seconds = std::floor((t_s - day * 86400.0 - (rest - rest % 60)) * 10.0) / 10.0;
  return QCoreApplication::translate("Units", "d%1 %2:%3:%4")
      .arg(static_cast<qlonglong>(day) + 1)
      .arg(rest / 3600, 2, 10, QChar('0'))
      .arg(rest / 60 % 60, 2, 10, QChar('0'))
      .arg(seconds, 4, 'f', 1, QChar('0'));
}

QString clock(double t_s) {
  const double day = std::floor(t_s / 86400.0);
  const double rest = t_s - day * 86400.0;
  const int hours = static_cast<int>(rest / 3600.0);
  const int minutes = static_cast<int>((rest - hours * 3600.0) / 60.0);
  const double seconds = std::floor((rest - hours * 3600.0 - minutes * 60.0) * 1000.0) / 1000.0;
  return QCoreApplication::translate("Units", "day %1  %2:%3:%4")
      .arg(static_cast<qlonglong>(day) + 1)
      .arg(hours, 2, 10, QChar('0'))
      .arg(minutes, 2, 10, QChar('0'))
      .arg(seconds, 6, 'f', 3, QChar('0'));
}

}  // namespace nines::gui
