// The arithmetic of fluids: where a level stands, and when it will reach another.
#pragma once

#include "engine/contract/model.hpp"

namespace nines {

/// The level at a time at or after `since_s`, between floor and ceiling.
double level_at(const Fluid& fluid, const FluidRow& row, double t_s);

/// The first time at or after `now_s` at which the level is `level`; infinite if never.
double crossing_time(const Fluid& fluid, const FluidRow& row, double level, double now_s);

}  // namespace nines
