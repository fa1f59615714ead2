#include "engine/run/fluids.hpp"

#include <algorithm>
#include <limits>

#include "engine/chance/arithmetic.hpp"

namespace nines {

double level_at(const Fluid& fluid, const FluidRow& row, double t_s) {
  const double passed = t_s - fluid.since_s;
  const double free =
      fluid.flow == Fluid::Flow::linear
          ? fluid.level + fluid.slope * passed
          : fluid.target + (fluid.level - fluid.target) * arithmetic::exp(-fluid.rate * passed);
  return std::clamp(free, row.floor, row.ceiling);
}

double held_within(const State& state, FluidId id, const FluidRow& row, double window_s) {
  const std::vector<Inflow>& history = state.inflows[index(id)];
  const double level = level_at(state.fluids[index(id)], row, state.now_s);
  const double from_s = state.now_s - window_s;
  double end_s = state.now_s;
  double sum = 0.0;
  for (std::size_t i = history.size(); i-- > 0 && end_s > from_s;) {
    // The oldest that is kept stands for all before it.
    const double begin_s = i == 0 ? from_s : std::max(from_s, history[i].since_s);
    sum += history[i].per_s * (end_s - begin_s);
    end_s = begin_s;
  }
  return std::min(level, sum);
}

void note_inflow(State& state, FluidId id, const FluidRow& row) {
  if (row.window == kNone<LawId>) return;
  // Of changes as many as matter to any window that is much shorter than the time between them.
  constexpr std::size_t kKept = 64;
  std::vector<Inflow>& history = state.inflows[index(id)];
  if (!history.empty() && history.back().since_s == state.now_s) history.pop_back();
  if (history.size() == kKept) history.erase(history.begin());
  history.push_back({state.now_s, state.fluids[index(id)].slope});
}

void forget_inflow(State& state, FluidId id, const FluidRow& row) {
  if (row.window == kNone<LawId>) return;
  state.inflows[index(id)].clear();
  note_inflow(state, id, row);
}

double crossing_time(const Fluid& fluid, const FluidRow& row, double level, double now_s) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  if (level < row.floor || level > row.ceiling) return kNever;
  const double here = level_at(fluid, row, now_s);
  if (here == level) return now_s;
  if (fluid.flow == Fluid::Flow::linear) {
    const double wait = (level - here) / fluid.slope;
    return fluid.slope != 0.0 && wait > 0 ? now_s + wait : kNever;
  }
  const double share = (level - fluid.target) / (here - fluid.target);
  if (!(fluid.rate > 0) || here == fluid.target || !(share > 0 && share < 1)) return kNever;
  return now_s - arithmetic::log(share) / fluid.rate;
}

}  // namespace nines
