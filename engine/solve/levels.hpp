// The mean level of a fluid, state by state.
#pragma once

#include "engine/solve/explore.hpp"

namespace nines {

/// E[level; the chain is in that state] in the long run, by state: the first moments m of a fluid
/// that relaxes towards a target and that jumps scale or set, from
///
///     m_j (exit_j + rate_j) = sum_i (m_i kept_ij + p_i set_ij) + p_j rate_j target_j
///
/// (the drift of E[level 1{state = j}] is 0). Exact, because no handler and no bound looks at the
/// level. Sparse LU up to `most_direct` states, Gauss-Seidel beyond.
Vector mean_levels(const MarkovChain& chain, const Vector& probability,
                   const Explored::FluidRow& fluid, std::size_t most_direct = 2'000);

}  // namespace nines
