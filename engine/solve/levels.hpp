// The mean levels of fluids, state by state.
#pragma once

#include "engine/solve/explore.hpp"

namespace nines {

/// E[level; the chain is in that state] in the long run, by fluid and state: the first moments m of
/// fluids that relax towards a target or rise at a slope, and that jumps scale, set or pour into
/// one another, from
///
///     m_j (exit_j + rate_j) = sum_i (m_i kept_ij + p_i set_ij + n_i poured_ij)
///                             + p_j (rate_j target_j + slope_j)
///
/// (the drift of E[level 1{state = j}] is 0; n are the moments of what is poured in). Exact,
/// because no handler and no bound looks at the level. Sparse LU up to `most_direct` states,
/// Gauss-Seidel beyond.
std::vector<Vector> mean_levels(const MarkovChain& chain, const Vector& probability,
                                const std::vector<Explored::FluidRow>& fluids,
                                std::size_t most_direct = 2'000);

}  // namespace nines
