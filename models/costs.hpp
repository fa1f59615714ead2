// Costs: what a system has cost by the end of a run, in the one currency of its document.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/contract/model.hpp"
#include "engine/contract/state.hpp"
#include "engine/measure/interval.hpp"

namespace nines {

/// What a system costs by itself, and what befalls it.
struct CompiledCosts {
  std::string currency;        ///< empty: nothing has a price
  double capital_per_s = 0.0;  ///< what was bought, over its lifetime
  double running_per_s = 0.0;
  double lost_write = 0.0;
  std::vector<std::pair<ModeId, double>> repairs;  ///< modes whose repairs have a price
  std::vector<double> downtime_per_s;              ///< by service
  bool any() const { return !currency.empty(); }
};

/// What befell runs, as money. Runs without any are only counted, elsewhere.
struct CostSummary {
  PairSums repairs;   ///< x: what they cost; y: how many had a price
  PairSums downtime;  ///< x
  PairSums lost;      ///< x: of lost writes
  PairSums all;       ///< x: the three together

  void merge(const CostSummary& other);
};

/// Adds up what the runs cost.
class CostMeter {
 public:
  explicit CostMeter(const CompiledCosts& costs)
      : costs_(costs), before_(costs.repairs.size(), 0) {}

  bool idle() const { return !costs_.any(); }
  /// Starts to count.
  void open(const State& state);
  /// `down_s`: by service; `lost_writes`: of all groups.
  void close(const State& state, const std::vector<double>& down_s, double lost_writes,
             CostSummary& summary);

 private:
  const CompiledCosts& costs_;
  std::vector<std::uint32_t> before_;  ///< failures, by priced mode
};

}  // namespace nines
