#include "gui/charts/draw.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QGuiApplication>
#include <QImage>
#include <QLegendMarker>
#include <QLineSeries>
#include <QMenu>
#include <QMessageBox>
#include <QPdfWriter>
#include <QPrintDialog>
#include <QPrinter>
#include <QSvgGenerator>

#include "gui/charts/texts.hpp"
#include "gui/look/words.hpp"

namespace nines::gui {
namespace {

constexpr int kMostTicks = 7;
constexpr std::size_t kMostPoints = 2000;

/// Where something stands on an axis: as it is, or its logarithm.
double placed(const Axis& axis, double value) {
  return axis.logarithmic ? std::log10(std::max(value, 1e-300)) : value;
}

struct Range {
  double low = 0.0;
  double high = 1.0;
};

Range range_of(const Axis& axis, const std::vector<double>& values) {
  if (!axis.categories.empty()) return {-0.5, static_cast<double>(axis.categories.size()) - 0.5};
  Range range{1e300, -1e300};
  for (const double v : values) {
    if (!std::isfinite(v) || (axis.logarithmic && v <= 0)) continue;
    range.low = std::min(range.low, placed(axis, v));
    range.high = std::max(range.high, placed(axis, v));
  }
  if (range.low > range.high) range = {0.0, 1.0};
  const double air = 0.04 * (range.high - range.low);
  if (axis.logarithmic || range.low < 0) range.low -= air;
  range.high += air;
  if (axis.low) range.low = placed(axis, *axis.low);
  if (axis.high) range.high = placed(axis, *axis.high);
  if (!(range.high > range.low)) {
    const double half = range.low == 0 ? 0.5 : 0.1 * std::abs(range.low);
    range.low -= axis.low ? 0.0 : half;
    range.high += half;
  }
  return range;
}

/// Round values within a range, by a step of 1, 2 or 5 times a power of ten, or of a clock.
std::vector<double> ticks_of(const Axis& axis, Range range) {
  std::vector<double> ticks;
  if (axis.logarithmic) {
    static const std::vector<double> kTimes{1e-6,  1e-5,   1e-4,     1e-3,      0.01,      0.1,
                                            1,     10,     60,       600,       3600,      36000,
                                            86400, 864000, 31536000, 315360000, 3153600000};
    if (axis.quantity == Quantity::time_s) {
      ticks = kTimes;
    } else {
      for (int e = -15; e <= 15; ++e) ticks.push_back(std::pow(10.0, e));
    }
    std::erase_if(ticks, [&](double t) {
      return std::log10(t) < range.low - 1e-9 || std::log10(t) > range.high + 1e-9;
    });
    while (ticks.size() > kMostTicks) {
      std::vector<double> half;
      for (std::size_t i = 0; i < ticks.size(); i += 2) half.push_back(ticks[i]);
      ticks = std::move(half);
    }
    return ticks;
  }
  const double span = range.high - range.low;
  double step = std::pow(10.0, std::floor(std::log10(span / 5.0)));
  for (const double by : {2.0, 2.5, 2.0}) {
    if (span / step <= kMostTicks - 1) break;
    step *= by;
  }
  if (axis.quantity == Quantity::time_s && span > 10) {
    for (const double s : {1.0,        2.0,        5.0,        10.0,        15.0,       30.0,
                           60.0,       120.0,      300.0,      600.0,       900.0,      1800.0,
                           3600.0,     7200.0,     10800.0,    21600.0,     43200.0,    86400.0,
                           172800.0,   432000.0,   864000.0,   1728000.0,   5184000.0,  7776000.0,
                           15552000.0, 31536000.0, 63072000.0, 157680000.0, 315360000.0}) {
      step = s;
      if (span / s <= kMostTicks - 1) break;
    }
  }
  for (double t = std::ceil(range.low / step - 1e-9) * step; t <= range.high + 1e-9 * step;
       t += step) {
    ticks.push_back(std::abs(t) < 1e-9 * step ? 0.0 : t);
  }
  return ticks;
}

QString text(const std::string& s) { return QString::fromStdString(s); }

/// Bars, intervals and rules: what Qt Charts does not have.
class Overlay final : public QGraphicsObject {
 public:
  Overlay(QChart& chart, const Chart& data, const Theme& theme, QAbstractSeries* series)
      : QGraphicsObject(&chart), chart_(chart), data_(data), theme_(theme), series_(series) {
    setZValue(20);
    follow();
    QObject::connect(&chart, &QChart::plotAreaChanged, this, [this] { follow(); });
  }

  /// Kept: the scene must be told before it changes.
  QRectF boundingRect() const override { return box_; }

  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
    painter->save();
    painter->setClipRect(chart_.plotArea().adjusted(-1, -1, 1, 1));
    for (const Bars& bars : data_.bars) paint_bars(*painter, bars);
    for (const Rule& rule : data_.rules) paint_rule(*painter, rule);
    for (const Dots& dots : data_.dots) paint_dots(*painter, dots);
    painter->restore();
  }

 private:
  QPointF at(double x, double y) const {
    return chart_.mapToPosition({placed(data_.x, x), placed(data_.y, y)}, series_);
  }

  void paint_bars(QPainter& painter, const Bars& bars) const {
    QColor fill = theme_.of(bars.role);
    fill.setAlphaF(theme_.dark ? 0.75F : 0.8F);
    for (const Bars::Bar& bar : bars.bars) {
      const QPointF a = bars.lying ? at(0, bar.from) : at(bar.from, 0);
      const QPointF b = bars.lying ? at(bar.height, bar.to) : at(bar.to, bar.height);
      QRectF box = QRectF(a, b).normalized();
      if (!bars.lying && box.width() > 3) box.adjust(0.5, 0, -0.5, 0);
      painter.fillRect(box, fill);
      if (!bar.low || !bar.high) continue;
      const double middle = 0.5 * (bar.from + bar.to);
      bars.lying ? whisker(painter, at(*bar.low, middle), at(*bar.high, middle), theme_.text)
                 : whisker(painter, at(middle, *bar.low), at(middle, *bar.high), theme_.text);
    }
  }

  void whisker(QPainter& painter, QPointF a, QPointF b, const QColor& color) const {
    painter.setPen(QPen(color, 1.4));
    painter.drawLine(a, b);
    const bool lying = std::abs(a.y() - b.y()) < std::abs(a.x() - b.x());
    const QPointF cap = lying ? QPointF(0, 4) : QPointF(4, 0);
    painter.drawLine(a - cap, a + cap);
    painter.drawLine(b - cap, b + cap);
  }

  void paint_rule(QPainter& painter, const Rule& rule) const {
    const QRectF plot = chart_.plotArea();
    painter.setPen(QPen(theme_.of(rule.role), 1.5, Qt::DashLine));
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    const QString name = text(rule.name);
    const int width = painter.fontMetrics().horizontalAdvance(name) + 6;
    if (rule.vertical) {
      const double x = at(rule.at, 0.0).x();
      painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
      const bool room = x + width < plot.right();
      painter.drawText(QPointF(room ? x + 4 : x - width, plot.top() + 12), name);
    } else {
      const double y = at(0.0, rule.at).y();
      painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
      painter.drawText(QPointF(plot.right() - width, y - 4 < plot.top() + 10 ? y + 13 : y - 4),
                       name);
    }
  }

  void paint_dots(QPainter& painter, const Dots& dots) const {
    const QColor color = theme_.of(dots.role);
    const QRectF plot = chart_.plotArea();
    for (const Dots::Dot& dot : dots.dots) {
      const auto x_of = [&](double v) {
        if (!std::isfinite(v)) return v > 0 ? plot.right() : plot.left();
        return std::clamp(at(v, dot.y).x(), plot.left() - 4, plot.right() + 4);
      };
      const double y = at(data_.x.logarithmic ? 1.0 : 0.0, dot.y).y();
      painter.setPen(QPen(color, 2.2));
      painter.drawLine(QPointF(x_of(dot.low), y), QPointF(x_of(dot.high), y));
      painter.drawLine(QPointF(x_of(dot.low), y - 5), QPointF(x_of(dot.low), y + 5));
      painter.drawLine(QPointF(x_of(dot.high), y - 5), QPointF(x_of(dot.high), y + 5));
      painter.setBrush(color);
      painter.setPen(Qt::NoPen);
      painter.drawEllipse(QPointF(x_of(dot.value), y), 5, 5);
    }
  }

  void follow() {
    prepareGeometryChange();
    box_ = chart_.plotArea().adjusted(-60, -20, 60, 20);
    update();
  }

  QChart& chart_;
  const Chart& data_;
  Theme theme_;
  QAbstractSeries* series_;
  QRectF box_;
};

/// At most so many points, the first and the last among them.
std::vector<Line::Point> thinned(const std::vector<Line::Point>& points) {
  if (points.size() <= kMostPoints) return points;
  std::vector<Line::Point> out;
  for (std::size_t i = 0; i < kMostPoints; ++i) {
    out.push_back(points[i * (points.size() - 1) / (kMostPoints - 1)]);
  }
  return out;
}

QCategoryAxis* make_axis(const Axis& axis, Range range, const Theme& theme) {
  auto* out = new QCategoryAxis;
  out->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
  out->setStartValue(range.low);
  if (axis.categories.empty()) {
    for (const double tick : ticks_of(axis, range)) {
      out->append(quantity(tick, axis.quantity), placed(axis, tick));
    }
  } else {
    for (std::size_t i = 0; i < axis.categories.size(); ++i) {
      QString label = text(axis.categories[i]);
      if (label.size() > 34) label = label.left(33) + QChar(0x2026);
      // A label that is there already would be refused: parted by blanks that nobody sees.
      while (out->categoriesLabels().contains(label)) label += QChar(0x200B);
      out->append(label, static_cast<double>(i));
    }
  }
  out->setRange(range.low, range.high);
  out->setTitleText(text(axis.title));
  out->setTitleBrush(theme.faint);
  out->setLabelsColor(theme.faint);
  QFont font = out->labelsFont();
  font.setPixelSize(11);
  out->setLabelsFont(font);
  font.setBold(false);
  out->setTitleFont(font);
  out->setLinePen(QPen(theme.line));
  out->setGridLinePen(QPen(theme.grid));
  out->setGridLineVisible(axis.categories.empty());
  out->setTruncateLabels(false);
  return out;
}

void fill(QChart& chart, const Chart& data, const Theme& theme) {
  chart.removeAllSeries();
  for (QAbstractAxis* axis : chart.axes()) {
    chart.removeAxis(axis);
    delete axis;
  }
  for (QGraphicsItem* child : chart.childItems()) {
    if (dynamic_cast<Overlay*>(child) != nullptr) delete child;
  }
  chart.setAnimationOptions(QChart::NoAnimation);
  chart.setBackgroundRoundness(0);
  chart.setBackgroundBrush(theme.surface);
  chart.setBackgroundPen(Qt::NoPen);
  chart.layout()->setContentsMargins(2, 2, 2, 2);
  chart.setMargins(QMargins(8, 4, 14, 4));
  QFont title_font = chart.titleFont();
  title_font.setPixelSize(14);
  chart.setTitleFont(title_font);
  chart.setTitleBrush(theme.text);
  QString title = QStringLiteral("<b>%1</b>").arg(text(data.title).toHtmlEscaped());
  if (!data.note.empty()) {
    title += QStringLiteral("<br/><span style=\"color:%1; font-size:11px\">%2</span>")
                 .arg(theme.faint.name(), text(data.note).toHtmlEscaped());
  }
  chart.setTitle(title);
  if (data.empty()) {
    chart.legend()->hide();
    return;
  }

  std::vector<double> xs;
  std::vector<double> ys;
  for (const Line& line : data.lines) {
    for (const Line::Point& p : line.points) {
      xs.push_back(p.x);
      ys.push_back(p.y);
    }
  }
  for (const Band& band : data.bands) {
    for (const Band::Slice& s : band.slices) {
      xs.push_back(s.x);
      ys.insert(ys.end(), {s.low, s.high});
    }
  }
  for (const Bars& bars : data.bars) {
    for (const Bars::Bar& bar : bars.bars) {
      std::vector<double>& along = bars.lying ? ys : xs;
      std::vector<double>& up = bars.lying ? xs : ys;
      along.insert(along.end(), {bar.from, bar.to});
      up.insert(up.end(),
                {0.0, bar.height, bar.low.value_or(bar.height), bar.high.value_or(bar.height)});
    }
  }
  for (const Dots& dots : data.dots) {
    for (const Dots::Dot& dot : dots.dots) {
      xs.insert(xs.end(), {dot.value, dot.low, dot.high});
      if (data.y.categories.empty()) ys.push_back(dot.y);
    }
  }
  for (const Rule& rule : data.rules) (rule.vertical ? xs : ys).push_back(rule.at);
  const Range x_range = range_of(data.x, xs);
  const Range y_range = range_of(data.y, ys);
  QCategoryAxis* x_axis = make_axis(data.x, x_range, theme);
  QCategoryAxis* y_axis = make_axis(data.y, y_range, theme);
  if (!data.y.categories.empty()) y_axis->setReverse(true);
  chart.addAxis(x_axis, Qt::AlignBottom);
  chart.addAxis(y_axis, Qt::AlignLeft);
  const auto attach = [&](QAbstractSeries* series) {
    chart.addSeries(series);
    series->attachAxis(x_axis);
    series->attachAxis(y_axis);
  };

  for (const Band& band : data.bands) {
    auto* low = new QLineSeries;
    auto* high = new QLineSeries;
    const std::size_t every = std::max<std::size_t>(1, band.slices.size() / kMostPoints);
    for (std::size_t i = 0; i < band.slices.size(); ++i) {
      if (i % every != 0 && i + 1 != band.slices.size()) continue;
      const Band::Slice& s = band.slices[i];
      // What reaches beyond the picture ends at its border.
      const auto clip = [&](double v) {
        return std::clamp(placed(data.y, v), y_range.low, y_range.high);
      };
      low->append(placed(data.x, s.x), clip(s.low));
      high->append(placed(data.x, s.x), clip(s.high));
    }
    auto* area = new QAreaSeries(high, low);
    low->setParent(area);
    high->setParent(area);
    QColor color = theme.of(band.role);
    color.setAlphaF(0.22F);
    area->setBrush(color);
    area->setPen(Qt::NoPen);
    attach(area);
    for (QLegendMarker* marker : chart.legend()->markers(area)) marker->setVisible(false);
  }
  // Whatever is drawn by hand is placed by this one.
  auto* place = new QLineSeries;
  place->append(x_range.low, y_range.low);
  place->setPen(Qt::NoPen);
  attach(place);
  for (QLegendMarker* marker : chart.legend()->markers(place)) marker->setVisible(false);
  std::size_t named = 0;
  for (const Line& line : data.lines) {
    auto* series = new QLineSeries;
    double last_y = 0.0;
    bool first = true;
    for (const Line::Point& p : thinned(line.points)) {
      const double x = placed(data.x, p.x);
      const double y = placed(data.y, p.y);
      if (!std::isfinite(x) || !std::isfinite(y)) continue;
      if (line.stepped && !first) series->append(x, last_y);
      series->append(x, y);
      last_y = y;
      first = false;
    }
    QPen pen(theme.of(line.role), 2.0);
    if (line.dashed) pen.setStyle(Qt::DashLine);
    series->setPen(pen);
    series->setName(text(line.name));
    attach(series);
    if (line.name.empty()) {
      for (QLegendMarker* marker : chart.legend()->markers(series)) marker->setVisible(false);
    } else {
      ++named;
    }
  }
  for (const Bars& bars : data.bars) named += bars.name.empty() ? 0 : 1;
  if (data.bars.size() > 1 || (named > 1 && !data.bars.empty())) {
    // Bars have no series: one without points stands for them in the legend.
    for (const Bars& bars : data.bars) {
      if (bars.name.empty()) continue;
      auto* series = new QLineSeries;
      series->setPen(QPen(theme.of(bars.role), 6.0));
      series->setName(text(bars.name));
      attach(series);
    }
  }
  chart.legend()->setVisible(named > 1 && data.with_legend);
  chart.legend()->setLabelColor(theme.text);
  chart.legend()->setAlignment(Qt::AlignBottom);
  new Overlay(chart, data, theme, place);
}

}  // namespace

ChartView::ChartView(QWidget* parent) : QChartView(parent) {
  setRenderHint(QPainter::Antialiasing);
  setMinimumSize(280, 200);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  draw();
}

void ChartView::show_chart(const Chart& chart) {
  data_ = chart;
  draw();
}

void ChartView::draw() {
  const Theme theme = theme_of(palette());
  setBackgroundBrush(theme.surface);
  fill(*chart(), data_, theme);
  setAccessibleName(QString::fromStdString(data_.title));
  setAccessibleDescription(QString::fromStdString(data_.note));
}

void ChartView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) draw();
  QChartView::changeEvent(event);
}

void ChartView::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  menu.addAction(tr("Save chart or data…"), this, [this] { save_as(); });
  menu.addAction(tr("Copy picture"), this, [this] {
    QImage image(2 * size(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    QPainter painter(&image);
    paint_chart(data_, theme_of(palette()), painter, size());
    painter.end();
    QGuiApplication::clipboard()->setImage(image);
  });
  menu.addAction(tr("Copy data"), this, [this] {
    QGuiApplication::clipboard()->setText(QString::fromStdString(csv_of(data_)));
  });
  menu.addAction(tr("Print…"), this, [this] {
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageOrientation(QPageLayout::Landscape);
    QPrintDialog dialog(&printer, this);
    if (dialog.exec() != QDialog::Accepted) return;
    QPainter painter(&printer);
    const QRect page = printer.pageLayout().paintRectPixels(printer.resolution());
    const double scale = page.width() / static_cast<double>(kFigureSize.width());
    painter.scale(scale, scale);
    paint_chart(data_, light_theme(), painter, kFigureSize);
  });
  menu.exec(event->globalPos());
}

void ChartView::save_as() {
  const QString path = QFileDialog::getSaveFileName(this, tr("Save chart or data"),
                                                    QString::fromStdString(data_.key) + ".png",
                                                    picture_filter() + ";;" + tr("Data (*.csv)"));
  if (path.isEmpty()) return;
  try {
    save_chart(data_, theme_of(palette()), path);
  } catch (const std::exception& error) {
    QMessageBox::warning(this, tr("Save chart"), QString::fromStdString(error.what()));
  }
}

void paint_chart(const Chart& chart, const Theme& theme, QPainter& painter, QSize size) {
  QGraphicsScene scene;
  auto* item = new QChart;
  scene.addItem(item);
  item->resize(size);
  fill(*item, chart, theme);
  // Titles and axes find their places only when the layout is asked to, as an event loop would.
  item->layout()->invalidate();
  item->layout()->activate();
  scene.setSceneRect(QRectF(QPointF(), size));
  painter.setRenderHint(QPainter::Antialiasing);
  scene.render(&painter, QRectF(QPointF(), size), QRectF(QPointF(), size));
}

QString picture_filter() { return Charts::tr("Pictures (*.png *.svg *.pdf)"); }

void save_picture(const QString& path, QSize size, const QString& title,
                  const std::function<void(QPainter&)>& paint) {
  const auto fail = [&](const QString& why) {
    throw std::runtime_error(QStringLiteral("%1: %2").arg(path, why).toStdString());
  };
  const QString ending = QFileInfo(path).suffix().toLower();
  QFile file(path);
  if (ending != "png" && ending != "svg" && ending != "pdf") {
    fail(Charts::tr("pictures are written as .png, .svg or .pdf"));
  }
  if (!file.open(QIODevice::WriteOnly)) fail(file.errorString());
  if (ending == "png") {
    QImage image(2 * size, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paint(painter);
    painter.end();
    if (!image.save(&file, "PNG")) fail(Charts::tr("cannot be written"));
  } else if (ending == "svg") {
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(title);
    QPainter painter(&generator);
    paint(painter);
  } else {
    QPdfWriter writer(&file);
    writer.setResolution(96);
    writer.setPageSize(QPageSize(QSizeF(size) * 72.0 / 96.0, QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(title);
    QPainter painter(&writer);
    paint(painter);
  }
  if (!file.flush()) fail(file.errorString());
}

void save_chart(const Chart& chart, const Theme& theme, const QString& path, QSize size) {
  if (QFileInfo(path).suffix().toLower() == "csv") {
    QFile file(path);
    const std::string data = csv_of(chart);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(data.data(), static_cast<qint64>(data.size())) < 0 || !file.flush()) {
      throw std::runtime_error((path + ": " + file.errorString()).toStdString());
    }
    return;
  }
  save_picture(path, size, QString::fromStdString(chart.title),
               [&](QPainter& painter) { paint_chart(chart, theme, painter, size); });
}

}  // namespace nines::gui
