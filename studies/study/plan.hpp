// Plan: the cheapest design that meets the objectives, found with few runs and a stated confidence.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "studies/study/leader.hpp"
#include "studies/study/results.hpp"

namespace nines {

/// What became of a design.
enum class Verdict : unsigned char {
  open,        ///< nothing was decided: it cannot be the answer any more, or runs gave out
  meets,       ///< it meets the objectives
  misses,      ///< it does not
  costs_more,  ///< than one that meets them
};

struct PlannedDesign {
  std::size_t number = 0;
  std::uint64_t runs = 0;
  Verdict verdict = Verdict::open;
  Estimates estimates;
  double cost_per_year = 0.0;
  double unavailability = 0.0;  ///< of its worst service
  bool on_front = false;        ///< no design is both cheaper and more available, by the estimates
};

struct PlanResult {
  std::vector<PlannedDesign> designs;  ///< all of the study, in order
  std::optional<std::size_t> chosen;   ///< none: no design meets the objectives
  bool sure = false;  ///< with the confidence asked for; else runs gave out, or it was stopped
  std::uint64_t runs = 0;
};

/// Finds the cheapest feasible design in two steps. Screening: every design gets a few blocks, and
/// those whose interval lies on one side of the bounds are decided (as in Nelson, Swann, Goldsman,
/// Song, "Simple procedures for selecting the best simulated system when the number of alternatives
/// is large", Operations Research 49, 2001). Then a fully sequential procedure: the design that
/// seems cheapest of those in question goes on until it is decided, and so on up the costs.
///
/// Feasibility: the sum of a measure less its bound, block by block, leaves a triangular region
/// (procedure F of Andradóttir and Kim, "Fully sequential procedures for comparing constrained
/// systems via simulation", Naval Research Logistics 57, 2010). Costs: the sum of the differences
/// of two designs, block by block under common luck, leaves a region of the same form (Kim and
/// Nelson, "A fully sequential procedure for indifference-zone selection in simulation", ACM
/// TOMACS 11, 2001). Variances are those of all blocks so far (KN++: Goldsman, Kim, Marshall,
/// Nelson, "Ranking and selection for steady-state simulation", INFORMS Journal on Computing 14,
/// 2002), so that the confidence holds as blocks are many; since rare outages are far from normal
/// while they are few, a walk alone decides only after a hundred runs that had any of the measure
/// (of costs, twenty blocks that chance made different); until then the intervals must, which allow
/// for what was not seen. Errors are shared out evenly (Bonferroni).
class PlanLeader final : public Leader {
 public:
  struct Progress {
    std::uint64_t runs = 0;
    std::size_t open = 0;  ///< designs in question
    std::size_t designs = 0;
  };
  /// Throws std::invalid_argument if the study has no objectives, or nothing has a price.
  PlanLeader(CompiledDesigns& designs, std::function<void(const Progress&)> progress);
  ~PlanLeader() override;

  std::optional<Assignment> assign(std::uint32_t at_most) override;
  void take(std::vector<StoredBlock> blocks) override;
  bool over() const override { return over_; }

  PlanResult result() const;
  /// Of the unavailability of the first service, as the blocks so far show it.
  double variance_of_a_run(std::size_t design) const;

 private:
  struct Design;
  void judge();
  void judge_feasibility(Design& design);
  void compare_costs();
  void next_round();
  bool may_be_cheaper(Design& a, Design& b);
  const Estimate& strict_cost(Design& design) const;

  CompiledDesigns& designs_;
  std::function<void(const Progress&)> tell_;
  PlanQuestion question_;
  std::vector<std::unique_ptr<Design>> states_;
  double beta_screening_ = 0.0;  ///< errors of one decision
  double beta_feasible_ = 0.0;
  double beta_cheaper_ = 0.0;
  bool costs_vary_ = false;
  double cost_zone_ = 0.0;  ///< costs that differ by less are equal
  bool over_ = false;
  bool gave_out_ = false;
  std::optional<std::size_t> chosen_;
};

}  // namespace nines
