// What a failure domain does to its members: it masks them, or strikes them.
#pragma once

#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// Adds the restart of a component when the last of its domains returns.
void compile_mask(const CompiledComponent& member, ModelBuilder& model);

/// Adds what a striking mode does to one member of its domain: if the member is up at that instant
/// it fails in the mode of that name, with a repair of its own. Nothing if it has no such mode.
/// Independent shocks of this kind make the Marshall-Olkin law (Marshall, Olkin, "A multivariate
/// exponential distribution", JASA 62, 1967) and, with one shock for all, the beta-factor model.
void compile_strike(const CompiledMode& shock, const std::string& shock_name,
                    const CompiledComponent& member, ModelBuilder& model);

}  // namespace nines
