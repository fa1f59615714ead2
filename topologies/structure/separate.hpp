// Which links to cut so that two parts of a network no longer reach each other.
#pragma once

#include <vector>

#include "topologies/topology.hpp"

namespace nines {

/// The fewest links, by component, whose loss parts the members of two domains: a minimum cut. Of
/// several as small, one nearest to the first. Empty where nothing joins them.
std::vector<std::size_t> links_between(const Topology& topology, std::size_t domain,
                                       std::size_t other);
/// All links with one end among the members of a domain.
std::vector<std::size_t> links_out_of(const Topology& topology, std::size_t domain);

}  // namespace nines
