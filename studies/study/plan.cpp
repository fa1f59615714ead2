#include "studies/study/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/measure/interval.hpp"

namespace nines {
namespace {

constexpr std::uint32_t kScreeningBlocks = 10;  // n0 of the procedures
constexpr std::uint64_t kFewestRuns = 100;      // that earned of a measure, before a walk decides
constexpr std::size_t kFewestBlocks = 20;       // whose costs differ by chance, likewise

/// Sums of a series, for the walk and its variance.
struct Walk {
  double sum = 0.0;
  double variance = 0.0;  ///< of one value
  double count = 0.0;
};
Walk walk_of(const std::vector<double>& values, std::size_t count, double less) {
  Walk walk;
  walk.count = static_cast<double>(count);
  double mean = 0.0;
  for (std::size_t i = 0; i < count; ++i) mean += values[i] / walk.count;
  for (std::size_t i = 0; i < count; ++i) {
    walk.variance += (values[i] - mean) * (values[i] - mean) / std::max(1.0, walk.count - 1.0);
  }
  walk.sum = (mean - less) * walk.count;
  return walk;
}

/// Half the height of the triangular region at so many values, for a zone of indifference and an
/// error: Kim and Nelson 2001, with c = 1.
double region(const Walk& walk, double zone, double beta) {
  const double degrees = walk.count - 1.0;
  const double h2 = (std::pow(2.0 * beta, -2.0 / degrees) - 1.0) * degrees;
  return std::max(0.0, 0.5 * (h2 * walk.variance / zone - zone * walk.count));
}

/// How many runs earned anything of a measure.
std::uint64_t runs_that_earned(const RunsSummary& summary, std::size_t service, Compared measure) {
  const ServiceSummary& s = summary.services[service];
  switch (measure) {
    case Compared::unavailability:
      return s.runs_with_downtime;
    case Compared::outages_per_year:
      return s.runs_with_outage;
    case Compared::failed_requests_per_year:
      return s.unserved.added;
    case Compared::cost_per_year:
      return summary.costs.all.added;
    case Compared::lost_writes_per_year:
      break;
  }
  std::uint64_t runs = 0;  // of the group that had most of them
  for (const GroupSummary& group : summary.groups) runs = std::max(runs, group.losses.added);
  return runs;
}

/// The largest that one loss of writes of a group may be taken for, where none was seen: what is
/// offered in the longest mean repair, as with outages, or while its copies lag.
double assumed_loss(const System& system, const CompiledGroup::Copies& copies, double horizon_s) {
  const double assumed_s =
      std::min(std::max(system.longest_mean_repair_s, copies.longest_lag_s), horizon_s);
  double loss = 0.0;
  for (const CompiledWrites& writes : copies.writes) {
    loss += writes.offered_per_s * writes.share * assumed_s;
  }
  return loss;
}

/// Lost writes of all groups a year, also where a group has lost none yet.
Estimate lost_writes(const System& system, const Estimates& estimates, const RunsSummary& summary,
                     double confidence) {
  const double horizon_s = summary.observed_s / static_cast<double>(summary.runs);
  Estimate all{0.0, 0.0, 0.0};
  for (std::size_t g = 0; g < system.groups.size(); ++g) {
    const auto& losses = estimates.groups[g].losses;
    if (!losses || !losses->counted) continue;
    Estimate of_group = losses->lost_writes_per_year;
    if (!std::isfinite(of_group.high)) {
      of_group.high = rate_of_none(summary.runs, confidence) * kYear_s / horizon_s *
                      assumed_loss(system, *system.groups[g].copies, horizon_s);
      of_group.high = std::max(of_group.high, of_group.value);
    }
    all = {all.value + of_group.value, all.low + of_group.low, all.high + of_group.high};
  }
  return all;
}

/// Whether a service of a design has a measure at all.
bool has(const System& system, const CompiledService& service, Compared measure) {
  switch (measure) {
    case Compared::failed_requests_per_year:
      return service.with_load;
    case Compared::lost_writes_per_year:
      return std::any_of(
          system.groups.begin(), system.groups.end(),
          [](const CompiledGroup& group) { return group.copies && group.copies->counted(); });
    default:
      return true;
  }
}

Compared measure_called(const std::string& name) {
  for (std::size_t m = 0; m < kComparedMeasures; ++m) {
    if (name == name_of(static_cast<Compared>(m))) return static_cast<Compared>(m);
  }
  throw std::invalid_argument("no measure is called " + name);
}

}  // namespace

struct PlanLeader::Design {
  std::size_t number = 0;
  std::unique_ptr<DesignResult> result;
  Verdict verdict = Verdict::open;
  std::uint32_t wanted = kScreeningBlocks;  ///< blocks of this round
  std::uint32_t next = 0;                   ///< the first that nobody has been given
  double sure_cost = 0.0;                   ///< a year, whatever befalls it
  double cost = 0.0;                        ///< with what its blocks add on average
  std::optional<Estimate> strict_cost;      ///< at the confidence of one comparison

  bool in_question() const { return verdict == Verdict::open || verdict == Verdict::meets; }
  bool may_go_on() const { return result->blocks() < result->blocks_at_most(); }
  /// What chance adds, by block. Of the topology: the same with every service.
  const std::vector<double>& costs() const {
    return result->series().of(0, Compared::cost_per_year);
  }
};

PlanLeader::PlanLeader(CompiledDesigns& designs, std::function<void(const Progress&)> progress)
    : designs_(designs), tell_(std::move(progress)), question_(designs.study().plan) {
  // Whole blocks: the procedures count them alike.
  question_.runs_at_most =
      (question_.runs_at_most + kRunsPerBlock - 1) / kRunsPerBlock * kRunsPerBlock;
  designs_.allow(question_.runs_at_most);
  if (question_.bounds.empty()) {
    throw std::invalid_argument(
        "there is nothing to meet: the study has no 'objectives', and its topology no "
        "availability\nhint: write objectives: {availability: 99.95 %}");
  }
  const auto& study = designs.study();
  std::string currency;
  double checks = 0.0;      // of each bound on each service of each design
  double least_sure = 0.0;  // of costs that are sure, and not nothing
  for (std::size_t d = 0; d < study.designs.size(); ++d) {
    auto design = std::make_unique<Design>();
    design->number = d;
    design->result = std::make_unique<DesignResult>(designs.get(d), question_.runs_at_most);
    design->wanted = std::min(kScreeningBlocks, design->result->blocks_at_most());
    const System& system = *design->result->compiled().system;
    const CompiledCosts& costs = system.costs;
    if (costs.any() && currency.empty()) currency = costs.currency;
    if (costs.any() && costs.currency != currency) {
      throw std::invalid_argument(fmt::format("design {} ({}) has prices in {}, others in {}",
                                              d + 1, study.label(d), costs.currency, currency));
    }
    costs_vary_ = costs_vary_ || !costs.repairs.empty() || costs.lost_write > 0 ||
                  std::any_of(costs.downtime_per_s.begin(), costs.downtime_per_s.end(),
                              [](double per_s) { return per_s > 0; });
    design->sure_cost = sure_cost_per_year(system);
    if (design->sure_cost > 0 && (least_sure == 0.0 || design->sure_cost < least_sure)) {
      least_sure = design->sure_cost;
    }
    for (const Bound& bound : question_.bounds) {
      double found = 0.0;
      for (const CompiledService& service : system.services) {
        found +=
            !service.part_of && has(system, service, measure_called(bound.measure)) ? 1.0 : 0.0;
      }
      checks += found;
      if (found > 0) continue;
      throw std::invalid_argument(fmt::format(
          "'objectives' bound {}, and design {} ({}) has none: a workload says how many "
          "requests and writes there are",
          bound.measure, d + 1, study.label(d)));
    }
    states_.push_back(std::move(design));
  }
  if (currency.empty()) {
    throw std::invalid_argument(
        "nothing has a price, so no design is the cheapest\nhint: write cost: {buy: 4000 USD, "
        "run: 90 USD/month} in types, components or parts");
  }
  if (question_.cost_tolerance_text.find(currency) == std::string::npos &&
      !question_.cost_tolerance_text.empty()) {
    throw std::invalid_argument(fmt::format("'cost_tolerance' is \"{}\", and prices are in {}",
                                            question_.cost_tolerance_text, currency));
  }
  cost_zone_ = question_.cost_tolerance > 0 ? question_.cost_tolerance : 0.01 * least_sure;
  if (costs_vary_ && cost_zone_ == 0.0) {
    throw std::invalid_argument(
        "no design has a cost that is sure, so there is no telling which differences matter\nhint: "
        "write plan: {cost_tolerance: 100 USD/y}");
  }
  const double alpha = 1.0 - question_.confidence;
  const double of_costs = costs_vary_ ? 0.5 * alpha : 0.0;
  // A quarter for the one look after screening.
  beta_screening_ = 0.25 * (alpha - of_costs) / checks;
  beta_feasible_ = 0.75 * (alpha - of_costs) / checks;
  beta_cheaper_ = of_costs / std::max(1.0, static_cast<double>(states_.size()) - 1.0);
}

PlanLeader::~PlanLeader() = default;

std::optional<Assignment> PlanLeader::assign(std::uint32_t at_most) {
  if (over_) return std::nullopt;
  for (const auto& design : states_) {
    if (design->next >= design->wanted) continue;
    const std::uint32_t blocks = std::min(at_most, design->wanted - design->next);
    const Assignment assignment{static_cast<std::uint32_t>(design->number), design->next, blocks};
    design->next += blocks;
    return assignment;
  }
  return std::nullopt;
}

void PlanLeader::take(std::vector<StoredBlock> blocks) {
  for (const StoredBlock& block : blocks) states_[block.design]->result->add(block);
  const bool round_ends =
      std::all_of(states_.begin(), states_.end(), [](const std::unique_ptr<Design>& design) {
        return design->result->blocks() >= design->wanted;
      });
  if (!round_ends || over_) return;
  judge();
  if (!tell_) return;
  Progress progress;
  progress.designs = states_.size();
  for (const auto& design : states_) {
    progress.runs += design->result->summary().runs;
    progress.open += design->in_question() ? 1 : 0;
  }
  tell_(progress);
}

void PlanLeader::judge() {
  for (const auto& design : states_) {
    const std::vector<double>& costs = design->costs();
    const auto blocks = static_cast<double>(costs.size());
    design->cost = design->sure_cost + walk_of(costs, costs.size(), 0.0).sum / blocks;
    design->strict_cost.reset();
    if (design->verdict == Verdict::open) judge_feasibility(*design);
  }
  compare_costs();
  next_round();
}

/// Feasible if every walk says so, infeasible if one says no. After screening it is the intervals
/// alone that say so: they part what is far from the bounds at once, where walks take long.
void PlanLeader::judge_feasibility(Design& design) {
  const CompiledDesign& compiled = design.result->compiled();
  const RunsSummary& summary = design.result->summary();
  const bool screening = design.result->blocks() <= kScreeningBlocks;
  Experiment strict = compiled.experiment;
  strict.confidence = 1.0 - 2.0 * (screening ? beta_screening_ : beta_feasible_);
  std::optional<Estimates> estimates;  // costs more than the walk: made when asked for
  bool all_meet = true;
  for (const Bound& bound : question_.bounds) {
    const Compared measure = measure_called(bound.measure);
    for (std::size_t s = 0; s < compiled.system->services.size(); ++s) {
      const CompiledService& service = compiled.system->services[s];
      if (service.part_of || !has(*compiled.system, service, measure)) continue;
      const std::vector<double>& values = design.result->series().of(s, measure);
      const Walk walk = walk_of(values, values.size(), bound.at_most);
      const double edge = screening ? 0.0 : region(walk, bound.tolerance, beta_feasible_);
      const bool below = walk.sum <= -edge;
      const bool above = walk.sum >= edge && !below;
      bool counts = !screening && runs_that_earned(summary, s, measure) >= kFewestRuns;
      if (!counts && (below || above)) {
        if (!estimates) {
          Outcome outcome;
          outcome.summary = summary;
          estimates = estimate(*compiled.system, strict, outcome);
        }
        const std::optional<Estimate> e =
            measure == Compared::lost_writes_per_year
                ? lost_writes(*compiled.system, *estimates, summary, strict.confidence)
                : estimate_of(*compiled.system, *estimates, s, measure);
        counts = e && (below ? e->high <= bound.at_most : e->low >= bound.at_most);
      }
      if (above && counts) {
        design.verdict = Verdict::misses;
        return;
      }
      all_meet = all_meet && below && counts;
    }
  }
  if (all_meet) design.verdict = Verdict::meets;
}

/// Whether a may still be cheaper than b, by what their common blocks say. Where too few blocks
/// have told them apart, bounds must that allow for what was not seen: of each alone while costs by
/// chance are few; then of the difference, which so many runs have at most (Clopper and Pearson),
/// each no more than the costs of any run have been.
bool PlanLeader::may_be_cheaper(Design& a, Design& b) {
  if (!costs_vary_) return std::pair(a.cost, a.number) < std::pair(b.cost, b.number);
  const std::size_t blocks = std::min(a.costs().size(), b.costs().size());
  const double sure = a.sure_cost - b.sure_cost;
  std::vector<double> differences;
  std::size_t differ = 0;
  for (std::size_t i = 0; i < blocks; ++i) {
    const double by_chance = a.costs()[i] - b.costs()[i];
    differ += by_chance != 0.0 ? 1 : 0;
    differences.push_back(sure + by_chance);
  }
  const Walk walk = walk_of(differences, blocks, 0.0);
  const auto by_sign = [&] { return walk.sum < 0.0 || (walk.sum == 0.0 && a.number < b.number); };
  if (differ < kFewestBlocks) {
    const auto seen = [](const Design& design) {
      return runs_that_earned(design.result->summary(), 0, Compared::cost_per_year);
    };
    if (std::min(seen(a), seen(b)) < kFewestRuns) return strict_cost(a).low < strict_cost(b).high;
    double largest = 0.0;
    for (const Design* design : {&a, &b}) {
      const RunsSummary& summary = design->result->summary();
      const double years = summary.observed_s / kYear_s / static_cast<double>(summary.runs);
      largest = std::max(largest, summary.costs.all.largest_x / years);
    }
    // Runs are independent: what share of them may differ, if that share of the blocks does.
    const double of_blocks =
        share(static_cast<double>(differ), walk.count, 1.0 - 2.0 * beta_cheaper_).high;
    const double unseen = -std::expm1(std::log1p(-of_blocks) / kRunsPerBlock) * largest;
    const double mean = walk.sum / walk.count;
    return unseen < cost_zone_ ? by_sign() : mean < unseen;
  }
  const double edge = region(walk, cost_zone_, beta_cheaper_);
  // At the end of the region its sign decides; of equals the first is taken.
  if (edge == 0.0 && walk.sum == 0.0) return a.number < b.number;
  return walk.sum < edge;
}

const Estimate& PlanLeader::strict_cost(Design& design) const {
  if (!design.strict_cost) {
    const CompiledDesign& compiled = design.result->compiled();
    Experiment strict = compiled.experiment;
    strict.confidence = 1.0 - 2.0 * beta_cheaper_;
    Outcome outcome;
    outcome.summary = design.result->summary();
    const auto costs = estimate(*compiled.system, strict, outcome).costs;
    design.strict_cost = costs ? costs->all : Estimate{0.0, 0.0, 0.0};
  }
  return *design.strict_cost;
}

void PlanLeader::compare_costs() {
  for (const auto& a : states_) {
    if (!a->in_question()) continue;
    for (const auto& b : states_) {
      if (a == b || b->verdict != Verdict::meets || may_be_cheaper(*a, *b)) continue;
      a->verdict = Verdict::costs_more;
      break;
    }
  }
}

/// Who goes on: the one that seems cheapest, if it is not decided; then those whose costs are not
/// told from its. One that may have no more runs and is not decided is passed over; then the answer
/// is not sure.
void PlanLeader::next_round() {
  Design* cheapest = nullptr;
  std::vector<Design*> others;
  std::vector<Design*> passed_over;
  for (const auto& design : states_) {
    if (!design->in_question()) continue;
    if (design->verdict == Verdict::open && !design->may_go_on()) {
      passed_over.push_back(design.get());
    } else if (cheapest == nullptr || design->cost < cheapest->cost) {
      if (cheapest != nullptr) others.push_back(cheapest);
      cheapest = design.get();
    } else {
      others.push_back(design.get());
    }
  }
  const auto go_on = [&](Design& design, std::uint32_t upto) {
    design.wanted = std::max(design.wanted, std::min(design.result->blocks_at_most(), upto));
    return design.next < design.wanted;
  };
  const auto further = [](const Design& design) {
    return static_cast<std::uint32_t>(next_look(design.result->blocks()));
  };
  bool any = false;
  if (cheapest != nullptr && cheapest->verdict == Verdict::open) {
    any = go_on(*cheapest, further(*cheapest));
  } else if (cheapest != nullptr) {
    // It meets the objectives; others may be cheaper yet. Those behind catch up first, so that
    // there are common blocks to compare.
    for (Design* design : others) {
      if (design->result->blocks() < cheapest->result->blocks()) {
        any = go_on(*design, cheapest->result->blocks()) || any;
      } else {
        any = go_on(*cheapest, further(*cheapest)) || any;
        any = go_on(*design, further(*design)) || any;
      }
    }
  }
  if (any) return;
  over_ = true;
  gave_out_ = !passed_over.empty() || !others.empty();
  if (cheapest != nullptr) {
    chosen_ = cheapest->number;
    return;
  }
  // None is known to meet them: the cheapest that seems to.
  const Design* best = nullptr;
  for (const Design* design : passed_over) {
    const System& system = *design->result->compiled().system;
    bool seems = true;
    for (const Bound& bound : question_.bounds) {
      const Compared measure = measure_called(bound.measure);
      for (std::size_t s = 0; s < system.services.size(); ++s) {
        if (system.services[s].part_of || !has(system, system.services[s], measure)) continue;
        const auto& values = design->result->series().of(s, measure);
        seems = seems && walk_of(values, values.size(), bound.at_most).sum <= 0.0;
      }
    }
    if (seems && (best == nullptr || design->cost < best->cost)) best = design;
  }
  if (best != nullptr) chosen_ = best->number;
}

double PlanLeader::variance_of_a_run(std::size_t design) const {
  const auto& values = states_[design]->result->series().of(0, Compared::unavailability);
  return walk_of(values, values.size(), 0.0).variance * kRunsPerBlock;
}

PlanResult PlanLeader::result() const {
  PlanResult result;
  for (const auto& design : states_) {
    PlannedDesign& planned = result.designs.emplace_back();
    planned.number = design->number;
    planned.runs = design->result->summary().runs;
    planned.verdict = design->verdict;
    result.runs += planned.runs;
    if (planned.runs == 0) continue;
    planned.estimates = design->result->estimates();
    planned.cost_per_year = design->cost;
    for (const ServiceEstimates& s : planned.estimates.services) {
      if (s.part_of) continue;
      planned.unavailability = std::max(planned.unavailability, s.unavailability.value);
    }
  }
  for (PlannedDesign& a : result.designs) {
    a.on_front =
        a.runs > 0 &&
        std::none_of(result.designs.begin(), result.designs.end(), [&](const PlannedDesign& b) {
          if (b.runs == 0) return false;
          const bool no_worse =
              b.cost_per_year <= a.cost_per_year && b.unavailability <= a.unavailability;
          const bool better =
              b.cost_per_year < a.cost_per_year || b.unavailability < a.unavailability;
          return no_worse && (better || b.number < a.number);
        });
  }
  result.chosen = chosen_;
  result.sure = over_ && !gave_out_;
  return result;
}

}  // namespace nines
