// Laws over an interval: how often a set of states is entered, how long the chain is there.
#pragma once

#include <atomic>

#include "engine/solve/chain.hpp"

namespace nines {

/// P(n entries within `t_s`), n from 0 to `most`; an entry is a jump from a state that is not
/// marked to one that is. Uniformisation, entries counted along. The rest of the probability
/// belongs to more. Throws OutOfReach where it would take too long.
Vector law_of_entries(const MarkovChain& chain, const std::vector<std::uint8_t>& marked, double t_s,
                      std::size_t most);

/// P(the time in marked states within `t_s` is at most each of `at_most_s`). Given n jumps, the
/// time in k of the n + 1 stays between them, as a share of `t_s`, has a beta law (de Souza e Silva
/// and Gail, "Calculating cumulative operational time distributions of repairable computer
/// systems", IEEE Transactions on Computers 35, 1986). Takes time with the square of the jumps:
/// throws OutOfReach beyond some ten thousand.
Vector law_of_time(const MarkovChain& chain, const std::vector<std::uint8_t>& marked, double t_s,
                   const std::vector<double>& at_most_s);

}  // namespace nines
