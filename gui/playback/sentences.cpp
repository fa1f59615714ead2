#include "gui/playback/sentences.hpp"

#include <array>

#include <QCoreApplication>

#include "gui/look/words.hpp"

namespace nines::gui {
namespace {

// Every pattern of the story: here so that translators see them. A test holds them together.
[[maybe_unused]] constexpr std::array kPatterns{
    QT_TRANSLATE_NOOP("Story", "{} has restarted"),
    QT_TRANSLATE_NOOP("Story", "{} acknowledged writes of {} are lost"),
    QT_TRANSLATE_NOOP("Story", "{} sessions of {} are lost"),
    QT_TRANSLATE_NOOP("Story", "service {} is down"),
    QT_TRANSLATE_NOOP("Story", "service {} is available again, after {}"),
    QT_TRANSLATE_NOOP("Story", "{}: one is active again"),
    QT_TRANSLATE_NOOP("Story", "{}: two are active, split brain"),
    QT_TRANSLATE_NOOP("Story", "{} fails: {}, made to fail"),
    QT_TRANSLATE_NOOP("Story", "{} fails: {}"),
    QT_TRANSLATE_NOOP("Story", "{} is repaired ({}) and restarts"),
    QT_TRANSLATE_NOOP("Story", "{} is repaired ({})"),
    QT_TRANSLATE_NOOP("Story", "{} leads {}"),
    QT_TRANSLATE_NOOP("Story", "{} is active in {}"),
    QT_TRANSLATE_NOOP("Story", "{} leads {}, {} after {} failed"),
    QT_TRANSLATE_NOOP("Story", "{} is active in {}, {} after {} failed"),
    QT_TRANSLATE_NOOP("Story", "{} no longer leads {}"),
    QT_TRANSLATE_NOOP("Story", "{} gives up its role in {}"),
    QT_TRANSLATE_NOOP("Story", "{} is switched off by {}"),
    QT_TRANSLATE_NOOP("Story", "{} misses {}, {} after it failed"),
    QT_TRANSLATE_NOOP("Story", "{} takes {} in again"),
    QT_TRANSLATE_NOOP("Story", "{} takes {} in again, after {}"),
    QT_TRANSLATE_NOOP("Story", "{} takes {} out, though it is up"),
    QT_TRANSLATE_NOOP("Story", "{} takes {} out, {} after it failed"),
};

// What is told by single words.
[[maybe_unused]] constexpr std::array kWords{
    QT_TRANSLATE_NOOP("Story", "by hand"),     QT_TRANSLATE_NOOP("Story", "takeover"),
    QT_TRANSLATE_NOOP("Story", "election"),    QT_TRANSLATE_NOOP("Story", "majority"),
    QT_TRANSLATE_NOOP("Story", "restore"),     QT_TRANSLATE_NOOP("Story", "rebuild"),
    QT_TRANSLATE_NOOP("Story", "recovery"),    QT_TRANSLATE_NOOP("Story", "resync"),
    QT_TRANSLATE_NOOP("Story", "newest copy"), QT_TRANSLATE_NOOP("Story", "full"),
    QT_TRANSLATE_NOOP("Story", "start"),       QT_TRANSLATE_NOOP("Story", "failback"),
};

}  // namespace

QString sentence(const StoryLine& line) {
  const QString pattern = QCoreApplication::translate("Story", line.pattern.c_str());
  QString out;
  std::size_t next = 0;
  // Arguments stand in the order of the pattern; where a language needs another, {2} names one.
  for (qsizetype i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    const qsizetype close = pattern.indexOf('}', i);
    std::size_t which = next++;
    if (close > i + 1) which = pattern.mid(i + 1, close - i - 1).toULong() - 1;
    if (which < line.arguments.size()) {
      const StoryLine::Argument& a = line.arguments[which];
      out += a.span_s  ? duration(*a.span_s)
             : a.count ? whole(*a.count)
                       : QCoreApplication::translate("Story", a.text.c_str());
    }
    i = close;
  }
  return out.remove(QStringLiteral("domain:"));
}

QString standing_name(Standing standing) {
  switch (standing) {
    case Standing::up:
      return QCoreApplication::translate("Story", "up");
    case Standing::degraded:
      return QCoreApplication::translate("Story", "degraded");
    case Standing::waiting:
      return QCoreApplication::translate("Story", "waiting");
    case Standing::restarting:
      return QCoreApplication::translate("Story", "restarting");
    case Standing::masked:
      return QCoreApplication::translate("Story", "masked");
    case Standing::failed:
      return QCoreApplication::translate("Story", "failed");
  }
  return {};
}

}  // namespace nines::gui
