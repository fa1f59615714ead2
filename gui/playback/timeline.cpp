#include "gui/playback/timeline.hpp"

#include <algorithm>
#include <cmath>

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include "gui/look/words.hpp"

namespace nines::gui {
namespace {

constexpr int kNames = 130;
constexpr int kRow = 18;
constexpr int kHead = 20;
constexpr double kLeastSpan_s = 10.0;

}  // namespace

Timeline::Timeline(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMinimumHeight(90);
  setObjectName("timeline");
  viewport()->setCursor(Qt::PointingHandCursor);
}

void Timeline::show_playback(const Playback* playback) {
  playback_ = playback;
  follows_ = true;
  refresh();
}

/// Services first, then whoever was ever anything but up.
void Timeline::find_rows() {
  rows_.clear();
  if (playback_ == nullptr) return;
  const auto& services = playback_->system().services;
  for (std::size_t s = 0; s < services.size(); ++s) {
    if (!services[s].part_of) rows_.push_back({true, s});
  }
  for (const Playback::Change& change : playback_->changes()) {
    if (change.of_service) continue;
    const Row row{false, change.index};
    if (std::find(rows_.begin(), rows_.end(), row) == rows_.end()) rows_.push_back(row);
  }
}

void Timeline::refresh() {
  find_rows();
  if (playback_ != nullptr && follows_) {
    from_s_ = 0.0;
    to_s_ = std::max({kLeastSpan_s, playback_->recorded_s(), playback_->now_s()}) * 1.02;
  }
  verticalScrollBar()->setRange(
      0, std::max(0, kHead + kRow * static_cast<int>(rows_.size()) - viewport()->height() + 4));
  verticalScrollBar()->setPageStep(viewport()->height());
  viewport()->update();
}

void Timeline::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  refresh();
}

double Timeline::x_of(double t_s, int width) const {
  return kNames + (t_s - from_s_) / (to_s_ - from_s_) * (width - kNames - 8);
}

double Timeline::t_at(double x) const {
  const double share = (x - kNames) / std::max(1, viewport()->width() - kNames - 8);
  return from_s_ + share * (to_s_ - from_s_);
}

void Timeline::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.translate(0, -verticalScrollBar()->value());
  paint(painter, {viewport()->width(), viewport()->height() + verticalScrollBar()->value()},
        theme_of(palette()));
}

void Timeline::paint(QPainter& painter, QSize size, const Theme& theme) const {
  const int width = size.width();
  painter.fillRect(QRect(QPoint(), size), theme.surface);
  if (playback_ == nullptr) return;
  QFont font = painter.font();
  font.setPixelSize(11);
  painter.setFont(font);
  // A scale of round times.
  const double span = to_s_ - from_s_;
  double step = 1.0;
  for (const double s : {0.1,      1.0,      5.0,       10.0,      30.0,       60.0,      300.0,
                         600.0,    1800.0,   3600.0,    10800.0,   21600.0,    43200.0,   86400.0,
                         432000.0, 864000.0, 2592000.0, 7776000.0, 15552000.0, 31536000.0}) {
    step = s;
    if (span / s <= width / 140.0) break;
  }
  painter.setPen(theme.grid);
  for (double t = std::ceil(from_s_ / step) * step; t <= to_s_; t += step) {
    const double x = x_of(t, width);
    painter.setPen(theme.grid);
    painter.drawLine(QPointF(x, kHead - 4), QPointF(x, size.height()));
    painter.setPen(theme.faint);
    painter.drawText(QRectF(x - 60, 0, 120, kHead - 4), Qt::AlignCenter, duration(t));
  }
  painter.setClipRect(0, 0, width, size.height());
  const auto& changes = playback_->changes();
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const Row& row = rows_[r];
    const double top = kHead + kRow * static_cast<double>(r);
    const std::string& name = row.of_service ? playback_->system().services[row.index].name
                                             : playback_->topology().components[row.index].name;
    font.setBold(row.of_service);
    painter.setFont(font);
    painter.setPen(theme.text);
    const QString label = plain_name(name);
    painter.drawText(QRectF(8, top, kNames - 14, kRow), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(label, Qt::ElideMiddle, kNames - 16));
    Standing standing = Standing::up;
    double since_s = 0.0;
    const auto bar = [&](double until_s) {
      const double a = std::max(x_of(since_s, width), static_cast<double>(kNames));
      const double b = std::min(x_of(until_s, width), static_cast<double>(width));
      if (b < a) return;
      QColor color = theme.of(standing);
      if (standing == Standing::up) color.setAlpha(row.of_service ? 110 : 60);
      // What is too short to see is shown all the same; what is down is also lower.
      const double least = standing == Standing::up ? 0.0 : 2.0;
      const double high = standing == Standing::up ? kRow - 12 : kRow - 5;
      painter.fillRect(QRectF(a, top + (kRow - high) / 2, std::max(b - a, least), high), color);
    };
    for (const Playback::Change& change : changes) {
      if (change.of_service != row.of_service || change.index != row.index) continue;
      bar(change.t_s);
      standing = change.to;
      since_s = change.t_s;
    }
    bar(playback_->now_s());
  }
  const double x = x_of(playback_->now_s(), width);
  painter.setPen(QPen(theme.accent, 2));
  painter.drawLine(QPointF(x, kHead - 6), QPointF(x, size.height()));
  painter.setBrush(theme.accent);
  painter.drawPolygon(QPolygonF{{x - 5, kHead - 10.0}, {x + 5, kHead - 10.0}, {x, kHead - 3.0}});
}

void Timeline::mousePressEvent(QMouseEvent* event) {
  if (playback_ != nullptr && event->position().x() >= kNames) {
    Q_EMIT seek(t_at(event->position().x()));
  }
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) mousePressEvent(event);
}

/// Closer, or farther, around the pointer.
void Timeline::wheelEvent(QWheelEvent* event) {
  if (playback_ == nullptr || !(event->modifiers() & Qt::ControlModifier)) {
    QAbstractScrollArea::wheelEvent(event);
    return;
  }
  const double at = t_at(event->position().x());
  const double by = std::pow(0.998, event->angleDelta().y());
  const double most = std::max(kLeastSpan_s, playback_->recorded_s()) * 1.02;
  from_s_ = std::max(0.0, at - (at - from_s_) * by);
  to_s_ = std::min(most, at + (to_s_ - at) * by);
  to_s_ = std::max(to_s_, from_s_ + 1.0);
  follows_ = from_s_ <= 0.0 && to_s_ >= most;
  viewport()->update();
  event->accept();
}

}  // namespace nines::gui
