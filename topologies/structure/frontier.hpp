// The decision diagram of a network: states at the frontier of what has been decided.
#pragma once

#include <functional>
#include <vector>

#include "topologies/structure/diagram.hpp"

namespace nines {

/// See `diagram`, for topologies with links.
DiagramAnswer with_links(const Success& success, const std::vector<std::size_t>& elements,
                         const std::vector<double>& down, std::size_t most_per_level,
                         const std::function<void(double)>& progress);

}  // namespace nines
