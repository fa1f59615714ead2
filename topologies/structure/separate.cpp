#include "topologies/structure/separate.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>

namespace nines {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Network = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<
        boost::edge_capacity_t, long,
        boost::property<boost::edge_residual_capacity_t, long,
                        boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

/// Which components are members.
std::vector<bool> members_of(const Topology& topology, std::size_t domain) {
  std::vector<bool> in(topology.components.size(), false);
  const auto members = topology.members_by_domain();
  const auto at = members.find(domain);
  if (at == members.end()) return in;
  for (const std::size_t c : at->second) in[c] = topology.components[c].in_graph();
  return in;
}

}  // namespace

std::vector<std::size_t> links_between(const Topology& topology, std::size_t domain,
                                       std::size_t other) {
  const std::vector<bool> here = members_of(topology, domain);
  const std::vector<bool> there = members_of(topology, other);
  const std::size_t count = topology.components.size();
  const std::size_t source = count;
  const std::size_t sink = count + 1;
  Network network(count + 2);
  auto capacity = boost::get(boost::edge_capacity, network);
  auto reverse = boost::get(boost::edge_reverse, network);
  const auto join = [&](std::size_t a, std::size_t b, long forth, long back) {
    const auto one = boost::add_edge(a, b, network).first;
    const auto two = boost::add_edge(b, a, network).first;
    capacity[one] = forth;
    capacity[two] = back;
    reverse[one] = two;
    reverse[two] = one;
  };
  const auto most = static_cast<long>(count) + 1;
  const auto passes = [&](std::size_t c) {
    const TopologyComponent& component = topology.components[c];
    return here[c] || there[c] || component.is(Part::forwarder) ||
           component.settings->truth("forwards");
  };
  for (std::size_t c = 0; c < count; ++c) {
    if (here[c] && there[c]) return {};  // in both: nothing parts them
    if (here[c]) join(source, c, most, 0);
    if (there[c]) join(c, sink, most, 0);
    const std::vector<std::size_t>& ends = topology.components[c].between;
    if (ends.size() == 2 && passes(ends[0]) && passes(ends[1])) join(ends[0], ends[1], 1, 1);
  }
  boost::edmonds_karp_max_flow(network, source, sink);
  // What the source still reaches is one side.
  auto residual = boost::get(boost::edge_residual_capacity, network);
  std::vector<bool> reached(count + 2, false);
  std::vector<std::size_t> queue{source};
  reached[source] = true;
  while (!queue.empty()) {
    const std::size_t at = queue.back();
    queue.pop_back();
    for (auto [edge, end] = boost::out_edges(at, network); edge != end; ++edge) {
      const std::size_t to = boost::target(*edge, network);
      if (reached[to] || residual[*edge] == 0) continue;
      reached[to] = true;
      queue.push_back(to);
    }
  }
  std::vector<std::size_t> cut;
  for (std::size_t c = 0; c < count; ++c) {
    const std::vector<std::size_t>& ends = topology.components[c].between;
    if (ends.size() != 2 || !passes(ends[0]) || !passes(ends[1])) continue;
    if (reached[ends[0]] != reached[ends[1]]) cut.push_back(c);
  }
  return cut;
}

std::vector<std::size_t> links_out_of(const Topology& topology, std::size_t domain) {
  const std::vector<bool> in = members_of(topology, domain);
  std::vector<std::size_t> links;
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const std::vector<std::size_t>& ends = topology.components[c].between;
    if (ends.size() == 2 && in[ends[0]] != in[ends[1]]) links.push_back(c);
  }
  return links;
}

}  // namespace nines
