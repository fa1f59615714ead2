#include <algorithm>
#include <cmath>

#include <QPainter>

#include "gui/canvas/canvas.hpp"

namespace nines::gui {
namespace {

constexpr int kGroupMargin = 10;
constexpr int kDomainMargin = 22;
constexpr int kDomainStep = 14;
constexpr int kGrid = 40;

QString text(const std::string& s) { return QString::fromStdString(s); }

QString plain(const std::string& name) {
  return text(name.starts_with("domain:") ? name.substr(7) : name);
}

}  // namespace

CanvasScene::CanvasScene(Document& document, QObject* parent)
    : QGraphicsScene(parent), document_(document) {
  setItemIndexMethod(QGraphicsScene::BspTreeIndex);
  connect(&document_, &Document::changed, this, &CanvasScene::document_changed);
  connect(this, &QGraphicsScene::selectionChanged, this, [this] {
    if (!rebuilding_) Q_EMIT names_selected(selected_names());
  });
  rebuild();
}

CanvasScene::~CanvasScene() {
  // The base class tells of changes when this one is gone already.
  disconnect(this, &QGraphicsScene::selectionChanged, this, nullptr);
}

void CanvasScene::set_theme(const Theme& theme) {
  theme_ = theme;
  rebuild();
}

ComponentItem* CanvasScene::component(const QString& name) const {
  const auto at = components_.find(name);
  return at == components_.end() ? nullptr : at->second;
}

/// A change of a figure or a comment leaves the drawing as it is.
void CanvasScene::document_changed() {
  const Topology& topology = document_.shown();
  std::string drawing;
  const auto add = [&](const std::string& word) { drawing += word + '\n'; };
  const auto add_number = [&](std::size_t number) { add(std::to_string(number)); };
  for (const TopologyComponent& c : topology.components) {
    add(c.name);
    add(c.kind == nullptr ? "" : c.kind->record.name);
    for (const std::size_t d : c.domains) add_number(d);
    for (const std::size_t end : c.between) add_number(end);
    for (const Clause& clause : c.needs) {
      for (const Ref ref : clause) add_number(2 * ref.index + (ref.group ? 1 : 0));
    }
    if (c.feeds) add_number(*c.feeds);
    if (c.fed_from) add_number(*c.fed_from);
  }
  for (const TopologyGroup& g : topology.groups) {
    add(g.name + (g.policy == nullptr ? "" : "/" + g.policy->record.name));
    for (const Ref ref : g.members) add_number(2 * ref.index + (ref.group ? 1 : 0));
  }
  for (const TopologyService& s : topology.services) {
    add(s.name);
    add_number(s.from);
    for (const TopologyPath& path : s.paths) {
      add("path");
      for (const std::size_t g : path.groups()) add_number(g);
    }
  }
  for (const auto& [name, at] : document_.positions()) {
    const ComponentItem* item = component(text(name));
    const bool there = item != nullptr && item->pos() == QPointF(at.x, at.y);
    add(name + written(at) + (there ? "" : "moved"));
  }
  for (const Diagnostic& d : document_.loaded().diagnostics) {
    add_number(d.place.begin);
    add(d.message);
  }
  if (drawing == drawing_) return;
  rebuild();
  drawing_ = std::move(drawing);
}

void CanvasScene::rebuild() {
  drawing_.clear();
  rebuilding_ = true;
  const QStringList selected = selected_names();
  clear();
  components_.clear();
  edges_.clear();
  areas_.clear();
  const Topology& topology = document_.shown();
  for (const TopologyComponent& component : topology.components) {
    if (component.is(Part::link) || component.is(Part::stream) || component.is(Part::domain)) {
      continue;
    }
    const QString name = text(component.name);
    auto* item = new ComponentItem(
        name, component.kind == nullptr ? QString() : text(component.kind->record.name), &theme_);
    const auto at = document_.positions().find(component.name);
    if (at != document_.positions().end()) item->setPos(at->second.x, at->second.y);
    addItem(item);
    components_[name] = item;
  }
  add_edges();
  add_areas();
  show_problems();
  const QRectF all = itemsBoundingRect();
  setSceneRect(all.adjusted(-1500, -1500, 1500, 1500));
  for (const QString& name : selected) {
    if (auto* item = component(name)) item->setSelected(true);
    if (const auto at = areas_.find(name); at != areas_.end()) at->second->setSelected(true);
    if (const auto at = edges_.find(name); at != edges_.end()) at->second->setSelected(true);
  }
  rebuilding_ = false;
  if (selected_names() != selected) Q_EMIT names_selected(selected_names());
  Q_EMIT drawn_anew();
}

void CanvasScene::leaves(std::size_t g, std::vector<ComponentItem*>& out) const {
  const Topology& topology = document_.shown();
  for (const Ref ref : topology.groups[g].members) {
    if (ref.group) {
      leaves(ref.index, out);
    } else if (ComponentItem* item = component(text(topology.components[ref.index].name))) {
      if (std::find(out.begin(), out.end(), item) == out.end()) out.push_back(item);
    }
  }
}

void CanvasScene::add_edges() {
  const Topology& topology = document_.shown();
  const auto add = [&](const QString& name, EdgeItem::Kind kind, ComponentItem* from,
                       ComponentItem* to) {
    if (from == nullptr || to == nullptr || from == to) return;
    auto* edge = new EdgeItem(name, kind, from, to, &theme_);
    addItem(edge);
    edges_.emplace(name, edge);
  };
  const auto item_of = [&](std::size_t c) { return component(text(topology.components[c].name)); };
  for (const TopologyComponent& c : topology.components) {
    if (c.between.size() == 2) {
      add(text(c.name), EdgeItem::Kind::link, item_of(c.between[0]), item_of(c.between[1]));
    }
    if (c.feeds) {
      std::optional<std::size_t> from = c.fed_from;
      for (const TopologyGroup& group : topology.groups) {
        // From the primary: the first of its group.
        const auto& members = group.members;
        if (from ||
            std::find(members.begin(), members.end(), Ref{false, *c.feeds}) == members.end()) {
          continue;
        }
        if (!members.front().group && members.front().index != *c.feeds) {
          from = members.front().index;
        }
      }
      if (from) add(text(c.name), EdgeItem::Kind::stream, item_of(*from), item_of(*c.feeds));
    }
  }
  // Copies without streams of their own are fed all the same.
  for (const TopologyGroup& group : topology.groups) {
    if (group.policy == nullptr || group.policy->record.name != "primary_replica") continue;
    if (group.members.empty() || group.members.front().group) continue;
    for (std::size_t m = 1; m < group.members.size(); ++m) {
      if (group.members[m].group) continue;
      const std::size_t to = group.members[m].index;
      const bool own =
          std::any_of(topology.components.begin(), topology.components.end(),
                      [&](const TopologyComponent& c) { return c.feeds && *c.feeds == to; });
      if (own) continue;
      add(text(group.name) + QChar(0x2192) + text(topology.components[to].name),
          EdgeItem::Kind::stream, item_of(group.members.front().index), item_of(to));
    }
  }
  // What somebody needs besides: the storage behind a database.
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    for (const Clause& clause : topology.components[c].needs) {
      for (const Ref ref : clause) {
        if (ref.group) continue;
        add(QStringLiteral("needs:") + text(topology.components[c].name), EdgeItem::Kind::needs,
            item_of(c), item_of(ref.index));
      }
    }
  }
  // Without links the services say who talks to whom.
  if (topology.networked()) return;
  std::vector<std::pair<ComponentItem*, ComponentItem*>> drawn;
  for (const TopologyService& service : topology.services) {
    if (service.from >= topology.components.size()) continue;
    for (const TopologyPath& path : service.paths) {
      std::vector<ComponentItem*> before;
      if (ComponentItem* client = item_of(service.from)) before.push_back(client);
      std::vector<TopologyStep> steps = path.steps;
      if (path.queue) {
        steps.insert(steps.end(), path.queue->behind.begin(), path.queue->behind.end());
      }
      for (const TopologyStep& step : steps) {
        std::vector<ComponentItem*> here;
        for (const std::size_t g : step.groups) leaves(g, here);
        for (ComponentItem* a : before) {
          for (ComponentItem* b : here) {
            if (std::find(drawn.begin(), drawn.end(), std::pair(a, b)) != drawn.end()) continue;
            drawn.emplace_back(a, b);
            add(QStringLiteral("service:") + text(service.name), EdgeItem::Kind::chain, a, b);
          }
        }
        before = std::move(here);
      }
    }
  }
}

void CanvasScene::add_areas() {
  const Topology& topology = document_.shown();
  std::size_t number = 0;
  const auto add = [&](AreaItem* area, std::vector<ComponentItem*> members) {
    if (members.empty()) {
      delete area;
      return;
    }
    area->members = std::move(members);
    for (ComponentItem* member : area->members) member->areas.push_back(area);
    addItem(area);
    area->follow();
    areas_[area->name()] = area;
  };
  // A domain around others has a wider margin than they.
  const auto members = topology.members_by_domain();
  for (const auto& [d, inside] : members) {
    int depth = 0;
    std::vector<ComponentItem*> items;
    for (const std::size_t c : inside) {
      if (topology.components[c].is(Part::domain)) depth += 1;
      if (ComponentItem* item = component(text(topology.components[c].name))) {
        items.push_back(item);
      }
    }
    const std::string& name = topology.components[d].name;
    add(new AreaItem(text(name), plain(name), AreaItem::Kind::domain, theme_.area(number++),
                     kDomainMargin + kDomainStep * std::min(depth, 3), &theme_),
        std::move(items));
  }
  for (std::size_t g = 0; g < topology.groups.size(); ++g) {
    const TopologyGroup& group = topology.groups[g];
    std::vector<ComponentItem*> items;
    leaves(g, items);
    QString policy = group.policy == nullptr ? QString() : text(group.policy->record.name);
    policy.replace('_', '-');
    const bool of_groups = std::any_of(group.members.begin(), group.members.end(),
                                       [](const Ref& ref) { return ref.group; });
    add(new AreaItem(text(group.name), text(group.name) + " " + policy, AreaItem::Kind::group,
                     theme_.area(number++), kGroupMargin + (of_groups ? 8 : 0), &theme_),
        std::move(items));
  }
}

/// Each diagnostic at the component in whose entry it stands.
void CanvasScene::show_problems() {
  const Node& root = document_.loaded().root;
  std::map<QString, QStringList> problems;
  for (const Diagnostic& diagnostic : document_.loaded().diagnostics) {
    const KeyPath path = path_at(root, diagnostic.place.begin);
    if (path.size() < 2 || path[0] != "components") continue;
    for (const auto& [name, item] : components_) {
      const auto at = written_at(root, name.toStdString());
      if (at && at->section == "components" && at->key == path[1]) {
        problems[name] << text(diagnostic.message);
      }
    }
  }
  for (const auto& [name, texts] : problems) components_[name]->set_problem(texts.join('\n'));
}

QStringList CanvasScene::selected_names() const {
  QStringList names;
  for (const QGraphicsItem* item : selectedItems()) {
    if (const auto* c = qgraphicsitem_cast<const ComponentItem*>(item)) names << c->name();
    if (const auto* e = qgraphicsitem_cast<const EdgeItem*>(item)) names << e->name();
    if (const auto* a = qgraphicsitem_cast<const AreaItem*>(item)) names << a->name();
  }
  names.sort();
  return names;
}

std::vector<ComponentItem*> CanvasScene::selected_components() const {
  std::vector<ComponentItem*> out;
  for (const auto& [name, item] : components_) {
    if (item->isSelected()) out.push_back(item);
  }
  return out;
}

void CanvasScene::select(const QStringList& names) {
  rebuilding_ = true;
  clearSelection();
  for (const QString& name : names) {
    if (auto* item = component(name)) item->setSelected(true);
    if (const auto at = areas_.find(name); at != areas_.end()) at->second->setSelected(true);
    if (const auto at = edges_.find(name); at != edges_.end()) at->second->setSelected(true);
  }
  rebuilding_ = false;
  Q_EMIT names_selected(selected_names());
}

void CanvasScene::mark(const QString& name, const Mark& mark) {
  if (auto* item = component(name)) item->set_mark(mark);
  const auto [begin, end] = edges_.equal_range(name);
  for (auto at = begin; at != end; ++at) at->second->set_mark(mark);
  if (const auto at = areas_.find(name); at != areas_.end()) at->second->set_mark(mark);
}

void CanvasScene::set_traffic(const QString& link, double share, const QString& traffic) {
  const auto [begin, end] = edges_.equal_range(link);
  for (auto at = begin; at != end; ++at) at->second->set_traffic(share, traffic);
}

void CanvasScene::clear_marks() {
  for (const auto& [name, item] : components_) item->set_mark({});
  for (const auto& [name, edge] : edges_) {
    edge->set_mark({});
    edge->set_traffic(0.0, {});
  }
  for (const auto& [name, area] : areas_) area->set_mark({});
}

QRectF CanvasScene::drawn() const {
  QRectF box;
  for (const auto& [name, item] : components_) box |= item->sceneBoundingRect();
  for (const auto& [name, area] : areas_) box |= area->sceneBoundingRect();
  return box;
}

void CanvasScene::drawBackground(QPainter* painter, const QRectF& rect) {
  painter->fillRect(rect, theme_.surface);
  const double zoom = painter->worldTransform().m11();
  if (zoom < 0.5) return;
  // One path of points: a call for each costs more than all else.
  const double left = std::floor(rect.left() / kGrid) * kGrid;
  const double top = std::floor(rect.top() / kGrid) * kGrid;
  QList<QPointF> points;
  for (double x = left; x < rect.right(); x += kGrid) {
    for (double y = top; y < rect.bottom(); y += kGrid) points << QPointF(x, y);
  }
  painter->setPen(QPen(theme_.dark ? theme_.grid.lighter(130) : theme_.line, 1.2 / zoom));
  painter->drawPoints(points.constData(), static_cast<int>(points.size()));
}

}  // namespace nines::gui
