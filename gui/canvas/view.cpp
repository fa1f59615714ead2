#include <algorithm>
#include <cmath>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QGraphicsLineItem>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QWheelEvent>

#include "gui/canvas/canvas.hpp"

namespace nines::gui {
namespace {

constexpr double kLeastZoom = 0.08;
constexpr double kMostZoom = 4.0;
constexpr double kStep = 10.0;

std::string utf8(const QString& text) { return text.toStdString(); }

QString name_of(const QGraphicsItem* item) {
  if (const auto* c = qgraphicsitem_cast<const ComponentItem*>(item)) return c->name();
  if (const auto* e = qgraphicsitem_cast<const EdgeItem*>(item)) return e->name();
  if (const auto* a = qgraphicsitem_cast<const AreaItem*>(item)) return a->name();
  return {};
}

}  // namespace

CanvasView::CanvasView(Document& document, CanvasScene& scene, QWidget* parent)
    : QGraphicsView(&scene, parent), document_(document), scene_(scene) {
  setRenderHint(QPainter::Antialiasing);
  setDragMode(QGraphicsView::RubberBandDrag);
  setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
  setResizeAnchor(QGraphicsView::AnchorViewCenter);
  setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
  setCacheMode(QGraphicsView::CacheBackground);
  setOptimizationFlags(QGraphicsView::DontSavePainterState |
                       QGraphicsView::DontAdjustForAntialiasing);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAcceptDrops(true);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setObjectName("canvas");
  connect(&document_, &Document::opened, this, [this] {
    fitted_ = false;
    fit();
  });
  connect(&scene_, &CanvasScene::drawn_anew, this, [this] {
    rubber_ = nullptr;  // it went with the drawing
    connecting_ = nullptr;
    set_read_only(read_only_);
  });
}

std::vector<std::string> CanvasView::selected() const {
  std::vector<std::string> names;
  for (const QString& name : scene_.selected_names()) names.push_back(utf8(name));
  return names;
}

void CanvasView::set_tool(Tool tool) {
  // What is being drawn is dropped.
  delete rubber_;
  rubber_ = nullptr;
  connecting_ = nullptr;
  if (tool == tool_) return;
  tool_ = tool;
  setDragMode(tool == Tool::select ? QGraphicsView::RubberBandDrag : QGraphicsView::NoDrag);
  viewport()->setCursor(tool == Tool::select ? Qt::ArrowCursor : Qt::CrossCursor);
  Q_EMIT tool_changed();
}

void CanvasView::set_read_only(bool read_only) {
  read_only_ = read_only;
  if (read_only) set_tool(Tool::select);
  for (const auto& [name, item] : scene_.components()) {
    item->setFlag(QGraphicsItem::ItemIsMovable, !read_only);
  }
}

// ---- Looking ---------------------------------------------------------------------------------

void CanvasView::fit() {
  const QRectF box = scene_.drawn();
  if (box.isEmpty()) {
    resetTransform();
    return;
  }
  fitInView(box.adjusted(-24, -24, 24, 24), Qt::KeepAspectRatio);
  if (transform().m11() > 1.25) {
    const double by = 1.25 / transform().m11();
    scale(by, by);
  }
}

void CanvasView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  // Until somebody has looked closer, all of it is shown.
  if (!fitted_) fit();
}

void CanvasView::zoom_by(double factor) {
  const double zoom = std::clamp(transform().m11() * factor, kLeastZoom, kMostZoom);
  const double by = zoom / transform().m11();
  fitted_ = true;
  scale(by, by);
}

void CanvasView::wheelEvent(QWheelEvent* event) {
  if (event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier)) {
    QGraphicsView::wheelEvent(event);
    return;
  }
  zoom_by(std::pow(1.0015, event->angleDelta().y()));
  event->accept();
}

void CanvasView::show_thing(const QString& name) {
  scene_.select({name});
  const QList<QGraphicsItem*> items = scene_.selectedItems();
  if (!items.isEmpty()) ensureVisible(items.front(), 60, 60);
}

// ---- Changing --------------------------------------------------------------------------------

QString CanvasView::add(const QString& kind, QPointF at) {
  if (read_only_) return {};
  QString stem = kind;
  stem.replace("load_balancer", "lb");
  if (kind == "client") stem = "users";
  const bool first_client = kind == "client" && !written_at(document_.loaded().root, "users");
  const std::string name = first_client ? "users" : free_name(document_.loaded().root, utf8(stem));
  const Position position{std::round(at.x() / kStep) * kStep, std::round(at.y() / kStep) * kStep};
  const bool done =
      document_.change(tr("Add %1").arg(QString::fromStdString(name)), [&](DocumentEdit& edit) {
        return add_component(edit, name, "{kind: " + utf8(kind) + "}", position);
      });
  if (!done) {
    Q_EMIT say(tr("The text is no YAML: mend it first."));
    return {};
  }
  scene_.select({QString::fromStdString(name)});
  return QString::fromStdString(name);
}

QString CanvasView::add_in_the_middle(const QString& kind) {
  QPointF at = mapToScene(viewport()->rect().center());
  // Not on top of another.
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto& [name, item] : scene_.components()) {
      if (QLineF(item->pos(), at).length() > 60) continue;
      at += QPointF(kItemWidth + 30, 0);
      moved = true;
    }
  }
  return add(kind, at);
}

void CanvasView::remove_selected() {
  if (read_only_) return;
  const std::vector<std::string> names = selected();
  if (names.empty()) return;
  const QString what = names.size() == 1
                           ? tr("Delete %1").arg(QString::fromStdString(names[0]))
                           : tr("Delete %n thing(s)", nullptr, static_cast<int>(names.size()));
  document_.change(what, [&](DocumentEdit& edit) { return remove(edit, names); });
}

std::map<std::string, Position> CanvasView::positions_of_selected() const {
  std::map<std::string, Position> at;
  for (const ComponentItem* item : scene_.selected_components()) {
    at[utf8(item->name())] = {item->pos().x(), item->pos().y()};
  }
  return at;
}

void CanvasView::copy_selected() {
  const DocumentEdit edit(document_.text());
  const std::string text = copied(edit, selected(), positions_of_selected());
  if (!text.empty()) QGuiApplication::clipboard()->setText(QString::fromStdString(text));
}

void CanvasView::cut_selected() {
  if (read_only_) return;
  copy_selected();
  // What was copied goes; an area is not copied, and stays without its members.
  std::vector<std::string> names;
  for (const ComponentItem* item : scene_.selected_components())
    names.push_back(utf8(item->name()));
  if (names.empty()) return;
  document_.change(tr("Cut"), [&](DocumentEdit& edit) { return remove(edit, names); });
}

void CanvasView::paste() {
  if (read_only_) return;
  const std::string text = utf8(QGuiApplication::clipboard()->text());
  std::vector<std::string> names;
  document_.change(tr("Paste"), [&](DocumentEdit& edit) {
    names = nines::paste(edit, text);
    return !names.empty();
  });
  QStringList pasted;
  for (const std::string& name : names) pasted << QString::fromStdString(name);
  if (!pasted.isEmpty()) scene_.select(pasted);
}

void CanvasView::duplicate_selected() {
  if (read_only_) return;
  const DocumentEdit before(document_.text());
  const std::string text = copied(before, selected(), positions_of_selected());
  std::vector<std::string> names;
  document_.change(tr("Duplicate"), [&](DocumentEdit& edit) {
    names = nines::paste(edit, text);
    return !names.empty();
  });
  QStringList copies;
  for (const std::string& name : names) copies << QString::fromStdString(name);
  if (!copies.isEmpty()) scene_.select(copies);
}

void CanvasView::select_everything() {
  QStringList names;
  for (const auto& [name, item] : scene_.components()) names << name;
  scene_.select(names);
}

/// Writes where the items stand now, of those that were moved.
void CanvasView::keep_positions(const QString& what, const QString& merge) {
  std::map<std::string, Position> at;
  for (const auto& [name, item] : scene_.components()) {
    const auto known = document_.positions().find(utf8(name));
    const Position now{std::round(item->pos().x()), std::round(item->pos().y())};
    if (known == document_.positions().end() || known->second == now) continue;
    at[utf8(name)] = now;
  }
  if (at.empty()) return;
  // Of what was laid out all positions are written: else the others would move.
  const std::map<std::string, Position> known = written_positions(document_.loaded().root);
  for (const auto& [name, item] : scene_.components()) {
    if (known.count(utf8(name)) != 0) continue;
    at[utf8(name)] = {std::round(item->pos().x()), std::round(item->pos().y())};
  }
  document_.change(
      what, [&](DocumentEdit& edit) { return place(edit, at); }, merge);
}

void CanvasView::align(Edge edge) {
  if (read_only_) return;
  const std::vector<ComponentItem*> items = scene_.selected_components();
  if (items.size() < 2) return;
  const bool across = edge == Edge::left || edge == Edge::right || edge == Edge::column;
  const auto value = [&](const ComponentItem* i) { return across ? i->pos().x() : i->pos().y(); };
  double to = value(items[0]);
  double sum = 0.0;
  for (const ComponentItem* item : items) {
    sum += value(item);
    if (edge == Edge::left || edge == Edge::top) to = std::min(to, value(item));
    if (edge == Edge::right || edge == Edge::bottom) to = std::max(to, value(item));
  }
  if (edge == Edge::row || edge == Edge::column) {
    // In one line, at equal distances.
    to = std::round(sum / static_cast<double>(items.size()) / kStep) * kStep;
    std::vector<ComponentItem*> order = items;
    const auto along = [&](const ComponentItem* i) { return across ? i->pos().y() : i->pos().x(); };
    std::sort(order.begin(), order.end(),
              [&](const auto* a, const auto* b) { return along(a) < along(b); });
    const double first = along(order.front());
    const double least = across ? kItemHeight + 30 : kItemWidth + 30;
    const double by =
        std::max(least, (along(order.back()) - first) / static_cast<double>(order.size() - 1));
    for (std::size_t i = 0; i < order.size(); ++i) {
      const double at = first + by * static_cast<double>(i);
      order[i]->setPos(across ? QPointF(order[i]->pos().x(), at)
                              : QPointF(at, order[i]->pos().y()));
    }
  }
  for (ComponentItem* item : items) {
    item->setPos(across ? QPointF(to, item->pos().y()) : QPointF(item->pos().x(), to));
  }
  keep_positions(tr("Align"));
}

void CanvasView::lay_out() {
  if (read_only_) return;
  const std::map<std::string, Position> at = automatic_positions(document_.shown());
  document_.change(tr("Lay out"), [&](DocumentEdit& edit) { return place(edit, at); });
  fitted_ = false;
  fit();
}

void CanvasView::group_selected(const QString& policy) {
  if (read_only_) return;
  std::vector<std::string> members;
  for (const ComponentItem* item : scene_.selected_components()) {
    if (item->kind() != "client") members.push_back(utf8(item->name()));
  }
  if (members.empty()) {
    Q_EMIT say(tr("Select the members of the group first."));
    return;
  }
  std::string stem = members[0].substr(0, members[0].find_last_not_of("-0123456789") + 1);
  std::string name = stem;
  if (name.empty() || written_at(document_.loaded().root, name)) {
    name = free_name(document_.loaded().root, stem.empty() ? "group" : stem + "-group");
  }
  document_.change(tr("Group %1").arg(QString::fromStdString(name)), [&](DocumentEdit& edit) {
    return add_group(edit, name, utf8(policy), members);
  });
  scene_.select({QString::fromStdString(name)});
}

void CanvasView::put_in_domain() {
  if (read_only_) return;
  std::vector<std::string> members;
  for (const ComponentItem* item : scene_.selected_components()) {
    if (item->kind() != "client") members.push_back(utf8(item->name()));
  }
  if (members.empty()) {
    Q_EMIT say(tr("Select what is to be in the domain first."));
    return;
  }
  const std::string name = free_name(document_.loaded().root, "rack");
  document_.change(tr("Put into domain %1").arg(QString::fromStdString(name)),
                   [&](DocumentEdit& edit) { return add_domain(edit, name, members); });
  scene_.select({QString::fromStdString("domain:" + name)});
}

void CanvasView::link_selected() {
  if (read_only_) return;
  const std::vector<ComponentItem*> items = scene_.selected_components();
  if (items.size() < 2) {
    Q_EMIT say(tr("Select two or more components to link: all are linked to the first device."));
    return;
  }
  // To the network device among them; else to the first.
  std::size_t hub = 0;
  for (std::size_t i = items.size(); i-- > 0;) {
    for (const char* kind : {"switch", "router", "firewall", "wan", "internet"}) {
      if (items[i]->kind() == kind) hub = i;
    }
  }
  document_.change(tr("Link"), [&](DocumentEdit& edit) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i == hub) continue;
      if (!add_link(edit, utf8(items[hub]->name()), utf8(items[i]->name()))) return false;
    }
    return true;
  });
}

void CanvasView::service_from_selected() {
  if (read_only_) return;
  const Topology& topology = document_.shown();
  std::string from;
  std::vector<std::string> through;
  for (const QString& name : scene_.selected_names()) {
    if (const ComponentItem* item = scene_.component(name)) {
      if (item->kind() == "client") from = utf8(name);
    } else if (const auto at = scene_.areas().find(name);
               at != scene_.areas().end() && at->second->kind() == AreaItem::Kind::group) {
      through.push_back(utf8(name));
    }
  }
  // Without a selection: from the first client through all groups, from left to right.
  if (from.empty()) {
    for (const TopologyComponent& c : topology.components) {
      if (from.empty() && c.is(Part::client)) from = c.name;
    }
  }
  if (through.empty()) {
    for (const auto& [name, area] : scene_.areas()) {
      if (area->kind() == AreaItem::Kind::group) through.push_back(utf8(name));
    }
  }
  std::sort(through.begin(), through.end(), [&](const std::string& a, const std::string& b) {
    const auto left = [&](const std::string& n) {
      return scene_.areas().at(QString::fromStdString(n))->sceneBoundingRect().left();
    };
    return left(a) < left(b);
  });
  if (from.empty() || through.empty()) {
    Q_EMIT say(tr("A service goes from a client through groups: draw a client and a group first."));
    return;
  }
  const std::string name = free_name(document_.loaded().root, "service");
  document_.change(tr("Add service %1").arg(QString::fromStdString(name)),
                   [&](DocumentEdit& edit) { return add_service(edit, name, from, through); });
}

void CanvasView::connect_to(ComponentItem* from, ComponentItem* to) {
  const std::string a = utf8(from->name());
  const std::string b = utf8(to->name());
  if (tool_ == Tool::stream) {
    document_.change(tr("Add stream"), [&](DocumentEdit& edit) { return add_stream(edit, a, b); });
  } else {
    document_.change(tr("Link %1 to %2").arg(from->name(), to->name()),
                     [&](DocumentEdit& edit) { return add_link(edit, a, b); });
  }
}

// ---- Mouse and keys --------------------------------------------------------------------------

ComponentItem* CanvasView::component_at(QPoint position) const {
  for (QGraphicsItem* item : items(position)) {
    if (auto* component = qgraphicsitem_cast<ComponentItem*>(item)) return component;
  }
  return nullptr;
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
  const auto nudge = [&](double x, double y) {
    const std::vector<ComponentItem*> items = scene_.selected_components();
    if (items.empty() || read_only_) return false;
    for (ComponentItem* item : items) item->moveBy(x, y);
    keep_positions(tr("Move"), "nudge");
    return true;
  };
  switch (event->key()) {
    case Qt::Key_Left:
      if (nudge(-kStep, 0)) return;
      break;
    case Qt::Key_Right:
      if (nudge(kStep, 0)) return;
      break;
    case Qt::Key_Up:
      if (nudge(0, -kStep)) return;
      break;
    case Qt::Key_Down:
      if (nudge(0, kStep)) return;
      break;
    case Qt::Key_Escape:
      set_tool(Tool::select);
      scene_.clearSelection();
      return;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
      break;
    case Qt::Key_F2:
      if (!read_only_ && scene_.selected_names().size() == 1) {
        Q_EMIT rename_asked(scene_.selected_names().front());
        return;
      }
      break;
    default:
      break;
  }
  QGraphicsView::keyPressEvent(event);
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::MiddleButton ||
      (event->button() == Qt::LeftButton && event->modifiers() & Qt::AltModifier)) {
    panning_ = true;
    pan_from_ = event->pos();
    viewport()->setCursor(Qt::ClosedHandCursor);
    return;
  }
  if (tool_ != Tool::select && event->button() == Qt::LeftButton && !read_only_) {
    connecting_ = component_at(event->pos());
    if (connecting_ == nullptr) return;
    rubber_ = scene_.addLine(QLineF(connecting_->pos(), mapToScene(event->pos())),
                             QPen(scene_.theme().accent, 2, Qt::DashLine));
    rubber_->setZValue(50);
    return;
  }
  pressed_at_ = event->pos();
  before_drag_.clear();
  for (const auto& [name, item] : scene_.components()) before_drag_[name] = item->pos();
  QGraphicsView::mousePressEvent(event);
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
  if (panning_) {
    const QPoint by = event->pos() - pan_from_;
    pan_from_ = event->pos();
    fitted_ = true;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
    return;
  }
  if (rubber_ != nullptr) {
    rubber_->setLine(QLineF(connecting_->pos(), mapToScene(event->pos())));
    return;
  }
  QGraphicsView::mouseMoveEvent(event);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
  if (panning_) {
    panning_ = false;
    viewport()->setCursor(tool_ == Tool::select ? Qt::ArrowCursor : Qt::CrossCursor);
    return;
  }
  if (rubber_ != nullptr) {
    delete rubber_;
    rubber_ = nullptr;
    ComponentItem* to = component_at(event->pos());
    ComponentItem* from = connecting_;
    connecting_ = nullptr;
    if (to != nullptr && to != from) connect_to(from, to);
    return;
  }
  QGraphicsView::mouseReleaseEvent(event);
  if (event->button() != Qt::LeftButton) return;
  if (read_only_) {
    // A click asks what to do with it.
    const QString name = name_of(itemAt(event->pos()));
    const bool still = (event->pos() - pressed_at_).manhattanLength() < 4;
    if (still && !name.isEmpty()) {
      Q_EMIT clicked_to_look(name, event->globalPosition().toPoint());
    }
    return;
  }
  bool moved = false;
  for (ComponentItem* item : scene_.selected_components()) {
    const auto before = before_drag_.find(item->name());
    if (before == before_drag_.end() || before->second == item->pos()) continue;
    moved = true;
    item->setPos(std::round(item->pos().x() / kStep) * kStep,
                 std::round(item->pos().y() / kStep) * kStep);
  }
  before_drag_.clear();
  if (moved) keep_positions(tr("Move"));
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent*) {
  const QStringList names = scene_.selected_names();
  if (!read_only_ && names.size() == 1) Q_EMIT rename_asked(names.front());
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
  QGraphicsItem* item = itemAt(event->pos());
  if (item != nullptr && !item->isSelected()) {
    scene_.clearSelection();
    item->setSelected(true);
  }
  Q_EMIT clicked_to_look(name_of(item), event->globalPos());
}

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasFormat(kMime) && !read_only_) {
    event->acceptProposedAction();
  } else {
    event->ignore();
  }
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
  if (event->mimeData()->hasFormat(kMime)) event->acceptProposedAction();
}

void CanvasView::dropEvent(QDropEvent* event) {
  if (!event->mimeData()->hasFormat(kMime) || read_only_) return;
  const QString kind = QString::fromUtf8(event->mimeData()->data(kMime));
  event->acceptProposedAction();
  fitted_ = true;
  add(kind, mapToScene(event->position().toPoint()));
  setFocus();
}

}  // namespace nines::gui
