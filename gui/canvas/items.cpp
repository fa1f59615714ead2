#include "gui/canvas/items.hpp"

#include <algorithm>
#include <cmath>

#include <QCursor>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "gui/look/icons.hpp"

namespace nines::gui {
namespace {

constexpr double kFarAway = 0.45;  // of zoom: without texts
constexpr int kTitleHeight = 18;

QFont label_font(int pixels = 11) {
  QFont font;
  font.setPixelSize(pixels);
  return font;
}

double zoom_of(const QStyleOptionGraphicsItem* option, const QPainter* painter) {
  return option->levelOfDetailFromTransform(painter->worldTransform());
}

QColor mixed(const QColor& a, const QColor& b, double share_of_b) {
  const auto mix = [&](int x, int y) {
    return static_cast<int>(std::lround(x + (y - x) * share_of_b));
  };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

}  // namespace

// ---- Components ------------------------------------------------------------------------------

ComponentItem::ComponentItem(QString name, QString kind, const Theme* theme)
    : name_(std::move(name)), kind_(std::move(kind)), theme_(theme) {
  setFlags(ItemIsMovable | ItemIsSelectable | ItemSendsGeometryChanges);
  setZValue(10);
  setCursor(Qt::OpenHandCursor);
  refresh();
}

void ComponentItem::refresh() {
  icon_ = icon_pixmap(kind_.isEmpty() ? QStringLiteral("problem") : kind_, theme_->text, 34);
  label_.setText(QFontMetricsF(label_font()).elidedText(name_, Qt::ElideMiddle, kItemWidth - 6));
  label_.setTextFormat(Qt::PlainText);
  label_.prepare({}, label_font());
  setToolTip(problem_.isEmpty() ? QStringLiteral("%1 (%2)").arg(name_, kind_) : problem_);
  update();
}

void ComponentItem::set_mark(const Mark& mark) {
  if (mark == mark_) return;
  mark_ = mark;
  update();
}

void ComponentItem::set_problem(const QString& text) {
  problem_ = text;
  refresh();
}

QRectF ComponentItem::boundingRect() const {
  return {-kItemWidth / 2.0 - 8, -kItemHeight / 2.0 - 10, kItemWidth + 16, kItemHeight + 32};
}

QPainterPath ComponentItem::shape() const {
  QPainterPath path;
  path.addRoundedRect(QRectF(-kItemWidth / 2.0, -kItemHeight / 2.0, kItemWidth, kItemHeight), 8, 8);
  return path;
}

void ComponentItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
  const double zoom = zoom_of(option, painter);
  const QRectF box(-kItemWidth / 2.0, -kItemHeight / 2.0, kItemWidth, kItemHeight);
  const bool selected = (option->state & QStyle::State_Selected) != 0;
  const bool marked = mark_.color.isValid();
  QPen border(marked ? mark_.color : theme_->line, marked ? 2.4 : 1.2);
  if (mark_.hollow) border.setStyle(Qt::DashLine);
  const QColor ground = marked ? mixed(theme_->surface, mark_.color, mark_.fill) : theme_->surface;
  if (zoom < kFarAway) {
    painter->setPen(border);
    painter->setBrush(ground);
    painter->drawRect(box);
    if (selected) {
      painter->setPen(QPen(theme_->accent, 4));
      painter->setBrush(Qt::NoBrush);
      painter->drawRect(box.adjusted(-3, -3, 3, 3));
    }
    return;
  }
  painter->setPen(border);
  painter->setBrush(ground);
  painter->drawRoundedRect(box, 8, 8);
  painter->drawPixmap(QPointF(-17, -kItemHeight / 2.0 + 7), icon_);
  painter->setFont(label_font());
  painter->setPen(theme_->text);
  painter->drawStaticText(QPointF(-label_.size().width() / 2.0, kItemHeight / 2.0 - 30), label_);
  if (!mark_.caption.isEmpty()) {
    painter->setFont(label_font(10));
    painter->setPen(marked ? mark_.color : theme_->faint);
    painter->drawText(QRectF(box.left() - 6, kItemHeight / 2.0 - 16, box.width() + 12, 14),
                      Qt::AlignCenter, mark_.caption);
  }
  const auto badge = [&](const QPointF& at, const QColor& color, const QString& text) {
    painter->setPen(QPen(theme_->surface, 1.5));
    painter->setBrush(color);
    painter->drawEllipse(at, 9, 9);
    QFont font = label_font(11);
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(theme_->dark ? QColor("#10161c") : QColor(Qt::white));
    painter->drawText(QRectF(at.x() - 9, at.y() - 9, 18, 18), Qt::AlignCenter, text);
  };
  if (!mark_.badge.isEmpty()) badge(box.topRight() + QPointF(-3, 3), mark_.color, mark_.badge);
  if (!problem_.isEmpty()) badge(box.topLeft() + QPointF(3, 3), theme_->bad, QStringLiteral("!"));
  if (selected) {
    painter->setPen(QPen(theme_->accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(box.adjusted(-4, -4, 4, 4), 10, 10);
  }
}

QVariant ComponentItem::itemChange(GraphicsItemChange change, const QVariant& value) {
  if (change == ItemPositionHasChanged) {
    for (EdgeItem* edge : edges) edge->follow();
    for (AreaItem* area : areas) area->follow();
  }
  return QGraphicsItem::itemChange(change, value);
}

// ---- Edges -----------------------------------------------------------------------------------

EdgeItem::EdgeItem(QString name, Kind kind, ComponentItem* from, ComponentItem* to,
                   const Theme* theme)
    : name_(std::move(name)), kind_(kind), from_(from), to_(to), theme_(theme) {
  setZValue(kind == Kind::link ? 5 : kind == Kind::stream ? 6 : 4);
  if (kind == Kind::link || kind == Kind::stream) {
    setFlag(ItemIsSelectable);
    setToolTip(name_);
  }
  from_->edges.push_back(this);
  to_->edges.push_back(this);
  follow();
}

void EdgeItem::set_mark(const Mark& mark) {
  if (mark == mark_) return;
  mark_ = mark;
  update();
}

void EdgeItem::set_traffic(double share, const QString& text) {
  if (share == traffic_ && text == traffic_text_) return;
  traffic_ = share;
  traffic_text_ = text;
  setToolTip(text.isEmpty() ? name_ : name_ + "\n" + text);
  update();
}

/// From border to border of the two boxes.
void EdgeItem::follow() {
  prepareGeometryChange();
  const auto border = [](QPointF from, QPointF to) {
    const QPointF way = to - from;
    const double along_x =
        std::abs(way.x()) < 1e-9 ? 1e9 : (kItemWidth / 2.0 + 3) / std::abs(way.x());
    const double along_y =
        std::abs(way.y()) < 1e-9 ? 1e9 : (kItemHeight / 2.0 + 3) / std::abs(way.y());
    return from + way * std::min({along_x, along_y, 0.5});
  };
  QPointF a = border(from_->pos(), to_->pos());
  QPointF b = border(to_->pos(), from_->pos());
  if (kind_ == Kind::stream) {
    // Beside what else joins the two.
    const QLineF line(a, b);
    const QLineF normal = line.normalVector().unitVector();
    const QPointF aside(normal.dx() * 10, normal.dy() * 10);
    a += aside;
    b += aside;
  }
  line_ = QLineF(a, b);
  bounds_ = QRectF(a, b).normalized().adjusted(-34, -16, 34, 16);
}

QPainterPath EdgeItem::shape() const {
  QPainterPath path(line_.p1());
  path.lineTo(line_.p2());
  QPainterPathStroker wide;
  wide.setWidth(12);
  return wide.createStroke(path);
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
  const double zoom = zoom_of(option, painter);
  const bool selected = (option->state & QStyle::State_Selected) != 0;
  QColor color = theme_->line;
  if (kind_ == Kind::stream) color = theme_->of(Role::fourth);
  if (kind_ == Kind::chain) {
    color = theme_->faint;
    color.setAlpha(110);
  }
  double width = kind_ == Kind::stream ? 2.0 : 1.4;
  if (traffic_ > 0) {
    color = theme_->accent;
    width = 1.6 + 4.4 * traffic_;
  }
  if (mark_.color.isValid()) {
    color = mark_.color;
    width = std::max(width, 2.6);
  }
  if (selected) {
    painter->setPen(QPen(theme_->accent, width + 4, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(line_);
    painter->setPen(QPen(theme_->surface, width + 1.5));
    painter->drawLine(line_);
  }
  QPen pen(color, width, Qt::SolidLine, Qt::RoundCap);
  if (kind_ == Kind::stream) pen.setDashPattern({5, 3});
  if (kind_ == Kind::needs) pen.setStyle(Qt::DotLine);
  if (mark_.hollow) pen.setStyle(Qt::DashLine);
  painter->setPen(pen);
  painter->drawLine(line_);
  if (zoom < kFarAway) return;
  if ((kind_ == Kind::stream || kind_ == Kind::chain) && line_.length() > 16) {
    const double angle = std::atan2(line_.dy(), line_.dx());
    const double size = kind_ == Kind::stream ? 9.0 : 7.0;
    const QPointF tip = line_.p2();
    const auto wing = [&](double turn) {
      return tip - QPointF(std::cos(angle + turn), std::sin(angle + turn)) * size;
    };
    painter->setBrush(color);
    painter->setPen(Qt::NoPen);
    painter->drawPolygon(QPolygonF{tip, wing(0.42), wing(-0.42)});
  }
  const QString text = !mark_.caption.isEmpty() ? mark_.caption : traffic_text_;
  const QPointF middle = line_.center();
  if (!mark_.badge.isEmpty()) {
    painter->setPen(QPen(theme_->surface, 1.5));
    painter->setBrush(mark_.color);
    painter->drawEllipse(middle, 9, 9);
    QFont font = label_font(11);
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(theme_->dark ? QColor("#10161c") : QColor(Qt::white));
    painter->drawText(QRectF(middle.x() - 9, middle.y() - 9, 18, 18), Qt::AlignCenter, mark_.badge);
  } else if (!text.isEmpty() && zoom > 0.75 && line_.length() > 60) {
    painter->setFont(label_font(10));
    const QRectF box = QFontMetricsF(label_font(10)).boundingRect(text).adjusted(-4, -2, 4, 2);
    const QRectF at = box.translated(middle - box.center());
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme_->surface);
    painter->drawRoundedRect(at, 3, 3);
    painter->setPen(color);
    painter->drawText(at, Qt::AlignCenter, text);
  }
}

// ---- Areas -----------------------------------------------------------------------------------

AreaItem::AreaItem(QString name, QString title, Kind kind, QColor color, int margin,
                   const Theme* theme)
    : name_(std::move(name)),
      title_(std::move(title)),
      kind_(kind),
      color_(color),
      margin_(margin),
      theme_(theme) {
  setFlag(ItemIsSelectable);
  setZValue(kind == Kind::domain ? -margin : 1);
  setToolTip(title_);
}

void AreaItem::set_mark(const Mark& mark) {
  if (mark == mark_) return;
  mark_ = mark;
  update();
}

void AreaItem::follow() {
  prepareGeometryChange();
  box_ = {};
  for (const ComponentItem* member : members) {
    const QPointF at = member->pos();
    box_ |= QRectF(at.x() - kItemWidth / 2.0, at.y() - kItemHeight / 2.0, kItemWidth, kItemHeight);
  }
  box_.adjust(-margin_, -margin_ - kTitleHeight, margin_, margin_);
  outline_ = {};
  if (kind_ == Kind::domain) {
    outline_.addRoundedRect(box_, 10, 10);
  } else {
    outline_ = bubble();
  }
}

/// A frame around each member and bands between them, along the shortest tree: so that what stands
/// between two members is not taken for one.
QPainterPath AreaItem::bubble() const {
  QPainterPath path;
  std::vector<const ComponentItem*> inside;
  std::vector<const ComponentItem*> outside(members.begin(), members.end());
  std::sort(outside.begin(), outside.end(), [](const auto* a, const auto* b) {
    return std::pair(a->pos().y(), a->pos().x()) < std::pair(b->pos().y(), b->pos().x());
  });
  const auto frame = [&](const ComponentItem* item, double title) {
    const QPointF at = item->pos();
    QPainterPath one;
    one.addRoundedRect(
        QRectF(at.x() - kItemWidth / 2.0 - margin_, at.y() - kItemHeight / 2.0 - margin_ - title,
               kItemWidth + 2 * margin_, kItemHeight + 2 * margin_ + title),
        10, 10);
    path = path.united(one);
  };
  while (!outside.empty()) {
    std::size_t best = 0;
    const ComponentItem* to = nullptr;
    double nearest = 1e300;
    for (std::size_t o = 0; o < outside.size(); ++o) {
      for (const ComponentItem* i : inside) {
        const double length = QLineF(i->pos(), outside[o]->pos()).length();
        if (length >= nearest) continue;
        nearest = length;
        best = o;
        to = i;
      }
    }
    const ComponentItem* item = outside[best];
    outside.erase(outside.begin() + static_cast<std::ptrdiff_t>(best));
    frame(item, inside.empty() ? kTitleHeight : 0.0);
    if (to != nullptr) {
      QPainterPath line(to->pos());
      line.lineTo(item->pos());
      QPainterPathStroker wide;
      wide.setWidth(26);
      path = path.united(wide.createStroke(line));
    }
    inside.push_back(item);
    if (inside.size() > 40) break;  // of very many a picture of their frame is enough
  }
  if (!outside.empty()) {
    path = {};
    path.addRoundedRect(box_, 10, 10);
  }
  return path.simplified();
}

/// On the highest member of a group; in the corner of a domain.
QRectF AreaItem::title_box() const {
  QFont font = label_font();
  font.setBold(true);
  const double width = QFontMetricsF(font).horizontalAdvance("00  " + title_) + 20;
  if (kind_ == Kind::domain || members.size() > 40) {
    return {box_.left(), box_.top(), std::min(width, box_.width()), kTitleHeight};
  }
  const ComponentItem* first = members.front();
  for (const ComponentItem* m : members) {
    if (std::pair(m->pos().y(), m->pos().x()) < std::pair(first->pos().y(), first->pos().x())) {
      first = m;
    }
  }
  return {first->pos().x() - kItemWidth / 2.0 - margin_,
          first->pos().y() - kItemHeight / 2.0 - margin_ - kTitleHeight + 2,
          std::min<double>(width, kItemWidth + 2 * margin_), kTitleHeight};
}

/// Its title and its border: what is inside belongs to the members.
QPainterPath AreaItem::shape() const {
  QPainterPathStroker wide;
  wide.setWidth(8);
  QPainterPath path = wide.createStroke(outline_);
  path.addRect(title_box());
  return path;
}

void AreaItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
  const bool selected = (option->state & QStyle::State_Selected) != 0;
  const QColor color = mark_.color.isValid() ? mark_.color : color_;
  QColor fill = color;
  fill.setAlpha(mark_.color.isValid() ? 46 : kind_ == Kind::domain ? 16 : 24);
  QPen pen(color, selected ? 2.6 : mark_.color.isValid() ? 2.2 : 1.2);
  // Dashes along a border of miles are drawn one by one.
  constexpr double kLong = 6000.0;
  if (kind_ == Kind::group && box_.width() + box_.height() < kLong) pen.setStyle(Qt::DashLine);
  painter->setPen(pen);
  painter->setBrush(fill);
  painter->drawPath(outline_);
  if (zoom_of(option, painter) < kFarAway) return;
  QFont font = label_font();
  font.setBold(selected || kind_ == Kind::domain);
  painter->setFont(font);
  painter->setPen(theme_->dark ? color.lighter(150) : color.darker(120));
  QString title = mark_.badge.isEmpty() ? title_ : mark_.badge + "  " + title_;
  const QRectF at = title_box().adjusted(8, 2, -4, 2);
  if (painter->fontMetrics().horizontalAdvance(title) > at.width()) {
    // Of a group that is too narrow for its policy, the name.
    if (kind_ == Kind::group) title = name_;
    title = painter->fontMetrics().elidedText(title, Qt::ElideRight, static_cast<int>(at.width()));
  }
  painter->drawText(at, Qt::AlignVCenter | Qt::AlignLeft, title);
}

}  // namespace nines::gui
