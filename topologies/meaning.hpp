// What a topology means, apart from how it is written: the hash that results carry.
#pragma once

#include <string>

#include "topologies/topology.hpp"

namespace nines {

/// 16 hexadecimal digits: equal for topologies of equal meaning, whatever their comments, spelling,
/// titles, types and `layout`.
std::string meaning_hash(const Topology& topology);

}  // namespace nines
