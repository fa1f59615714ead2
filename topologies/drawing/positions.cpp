#include "topologies/drawing/positions.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "topologies/language/quantity.hpp"
#include "topologies/structure/draw.hpp"

namespace nines {
namespace {

constexpr double kColumn = 130.0;  // of those that are put below
constexpr double kRow = 110.0;
constexpr std::size_t kPerRow = 8;
constexpr std::ptrdiff_t kMostByGraphviz = 150;  // beyond, its columns are too long to look at

bool is_drawn(const TopologyComponent& component) {
  return !component.is(Part::link) && !component.is(Part::stream) && !component.is(Part::domain);
}

/// Of very many: those of each domain in a square, the squares in rows.
std::map<std::string, Position> in_blocks(const Topology& topology) {
  std::map<std::size_t, std::vector<std::size_t>> blocks;  // by first domain; the last: of none
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const TopologyComponent& component = topology.components[c];
    if (!is_drawn(component)) continue;
    const bool none = component.domains.empty();
    blocks[none ? topology.components.size() : component.domains.front()].push_back(c);
  }
  std::map<std::string, Position> positions;
  const auto side_of = [](std::size_t count) {
    return static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  };
  const std::size_t across = side_of(blocks.size());
  double x = 0.0;
  double y = 0.0;
  double tallest = 0.0;
  std::size_t number = 0;
  for (const auto& [domain, members] : blocks) {
    const std::size_t side = side_of(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      positions[topology.components[members[i]].name] = {
          x + kColumn * static_cast<double>(i % side), y + kRow * static_cast<double>(i / side)};
    }
    const double rows = std::ceil(static_cast<double>(members.size()) / static_cast<double>(side));
    x += kColumn * (static_cast<double>(side) + 0.8);
    tallest = std::max(tallest, kRow * (rows + 1.0));
    if (++number % across != 0) continue;
    x = 0.0;
    y += tallest;
    tallest = 0.0;
  }
  return positions;
}

}  // namespace

std::map<std::string, Position> written_positions(const Node& root) {
  std::map<std::string, Position> positions;
  const Node* layout = root.find("layout");
  if (layout == nullptr) return positions;
  for (const auto& [key, value] : layout->entries) {
    if (value.items.size() != 2) continue;
    const Parsed<double> x = parse_number(value.items[0].text);
    const Parsed<double> y = parse_number(value.items[1].text);
    if (x.value && y.value) positions[key.text] = {*x.value, *y.value};
  }
  return positions;
}

std::map<std::string, Position> automatic_positions(const Topology& topology) {
  const auto drawn =
      std::count_if(topology.components.begin(), topology.components.end(), is_drawn);
  if (drawn > kMostByGraphviz) return in_blocks(topology);
  std::map<std::string, Position> positions;
  const auto laid_out = layout_of(dot_of(topology, {}));
  for (const TopologyComponent& component : topology.components) {
    const auto at = laid_out.find(component.name);
    if (!is_drawn(component) || at == laid_out.end()) continue;
    positions[component.name] = {std::round(at->second.first), std::round(at->second.second)};
  }
  return positions;
}

std::map<std::string, Position> positions_of(const Topology& topology, const Node& root) {
  const std::map<std::string, Position> known = written_positions(root);
  std::map<std::string, Position> positions;
  std::vector<std::string> missing;
  double left = 1e300;
  double bottom = -1e300;
  for (const TopologyComponent& component : topology.components) {
    if (!is_drawn(component)) continue;
    const auto at = known.find(component.name);
    if (at == known.end()) {
      missing.push_back(component.name);
      continue;
    }
    positions[component.name] = at->second;
    left = std::min(left, at->second.x);
    bottom = std::max(bottom, at->second.y);
  }
  if (positions.empty()) return automatic_positions(topology);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    positions[missing[i]] = {left + kColumn * static_cast<double>(i % kPerRow),
                             bottom + kRow * static_cast<double>(1 + i / kPerRow)};
  }
  return positions;
}

std::string written(const Position& position) {
  return fmt::format("[{}, {}]", std::round(position.x), std::round(position.y));
}

}  // namespace nines
