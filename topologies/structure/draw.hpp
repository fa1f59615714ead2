// A topology as a picture, by Graphviz: components, links, domains; single points of failure
// marked.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "topologies/topology.hpp"

namespace nines {

/// In the DOT language. `marked`: components, by index, that are drawn as single points of failure.
std::string dot_of(const Topology& topology, const std::vector<std::size_t>& marked);

/// The same as SVG, laid out by Graphviz ("dot"). Not from two threads at a time: Graphviz has a
/// state of its own. Throws std::runtime_error if it refuses.
std::string svg_of(const std::string& dot);

/// Where Graphviz ("dot") puts the middle of each vertex, x and y from the upper left corner, where
/// each takes about 96 by 84. Throws and is used like `svg_of`.
std::map<std::string, std::pair<double, double>> layout_of(const std::string& dot);

}  // namespace nines
