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
