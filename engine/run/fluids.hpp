// The arithmetic of fluids: where a level stands, and when it will reach another.
#pragma once

#include "engine/contract/model.hpp"

namespace nines {

/// The level at a time at or after `since_s`, between floor and ceiling.
double level_at(const Fluid& fluid, const FluidRow& row, double t_s);

/// What came into a fluid with a window within the last `window_s`.
double held_within(const State& state, FluidId id, const FluidRow& row, double window_s);
/// Keeps the history of such a fluid, when it is told to flow otherwise or to be empty.
void note_inflow(State& state, FluidId id, const FluidRow& row);
void forget_inflow(State& state, FluidId id, const FluidRow& row);

/// The first time at or after `now_s` at which the level is `level`; infinite if never.
double crossing_time(const Fluid& fluid, const FluidRow& row, double level, double now_s);

}  // namespace nines
