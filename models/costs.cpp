#include "models/costs.hpp"

namespace nines {
namespace {

/// How often a mode has failed since the run began: every repair has raised its ordinal.
std::uint32_t failures_of(const State& state, ModeId mode) {
  return state.slots[index(mode)].ordinal + (state.failed[index(mode)] != 0 ? 1U : 0U);
}

void add(PairSums& sums, double x, double y) {
  if (x > 0) sums.add(x, y);
}

}  // namespace

void CostSummary::merge(const CostSummary& other) {
  repairs.merge(other.repairs);
  downtime.merge(other.downtime);
  lost.merge(other.lost);
  all.merge(other.all);
}

void CostMeter::open(const State& state) {
  for (std::size_t i = 0; i < before_.size(); ++i) {
    before_[i] = failures_of(state, costs_.repairs[i].first);
  }
}

void CostMeter::close(const State& state, const std::vector<double>& down_s, double lost_writes,
                      CostSummary& summary) {
  double repairs = 0.0;
  double visits = 0.0;
  for (std::size_t i = 0; i < before_.size(); ++i) {
    const auto& [mode, price] = costs_.repairs[i];
    const double times = failures_of(state, mode) - before_[i];
    visits += times;
    repairs += times * price;
  }
  double downtime = 0.0;
  for (std::size_t s = 0; s < down_s.size(); ++s) downtime += down_s[s] * costs_.downtime_per_s[s];
  const double lost = lost_writes * costs_.lost_write;
  add(summary.repairs, repairs, visits);
  add(summary.downtime, downtime, 0.0);
  add(summary.lost, lost, 0.0);
  add(summary.all, repairs + downtime + lost, 0.0);
}

}  // namespace nines
