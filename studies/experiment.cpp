#include "studies/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/measure/interval.hpp"
#include "models/tallies.hpp"
#include "studies/estimates.hpp"

namespace nines {
namespace {

constexpr std::uint64_t kFewestRunsWithOutage = 100;  // before --precision is judged
constexpr std::uint32_t kPilotRuns = 0xC0000000U;     // pilot runs are numbered from here
constexpr std::size_t kPilotBins = 500;
constexpr double kMostPilotEvents = 2e6;  // of one pilot run

/// Advances in slices, so that a cancelled run is left soon. False if it was.
bool advance(Simulator& simulator, double until_s, double slice_s,
             const std::atomic<bool>& cancelled) {
  while (true) {
    const double next_s = std::min(until_s, simulator.now().now_s + slice_s);
    if (!simulator.advance(next_s) || next_s >= until_s) return true;
    if (cancelled.load(std::memory_order_relaxed)) return false;
  }
}

/// How far to advance before looking up: about a million events, calendars included.
double slice_s(const Model& model) {
  const double failures_s = 1e6 / std::max(1e-12, model.event_rate());
  const bool calendar =
      std::any_of(model.reactions.begin(), model.reactions.end(),
                  [](const Model::NamedReaction& reaction) { return reaction.calendar; });
  return calendar ? std::min(failures_s, 1e4 * 7 * 86400.0) : failures_s;
}

class Worker final : public BlockWorker {
 public:
  Worker(const System& system, const Experiment& experiment, const WarmUp& warm_up)
      : experiment_(experiment),
        warm_up_(warm_up),
        groups_(system.groups.size()),
        services_(system.services.size()),
        observer_(*system.model, system.services, experiment.questions),
        tally_(*system.model, system.groups, system.services, experiment.questions),
        costs_(system.costs),
        simulator_(*system.model,
                   {experiment.seed, experiment.steady_state ? Start::equilibrium : Start::all_new,
                    experiment.width, std::min(experiment.horizon_s, 1e12)},
                   observers()),
        slice_s_(slice_s(*system.model)) {}

  std::unique_ptr<Summary> block(std::uint32_t first_run, std::uint32_t count,
                                 const std::atomic<bool>& cancelled) override {
    const std::uint64_t events_before = simulator_.events();
    RunsSummary tallied;
    tallied.services.resize(services_);
    tallied.groups.resize(groups_);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (cancelled.load(std::memory_order_relaxed)) return nullptr;
      simulator_.begin(first_run + i);
      if (warm_up_.length_s > 0 && !advance(simulator_, warm_up_.length_s, slice_s_, cancelled)) {
        return nullptr;
      }
      observer_.open(simulator_.moment(), first_run + i);
      tally_.open(simulator_.moment(), first_run + i);
      if (!costs_.idle()) costs_.open(simulator_.now());
      if (!advance(simulator_, warm_up_.length_s + experiment_.horizon_s, slice_s_, cancelled)) {
        return nullptr;
      }
      observer_.close(simulator_.moment());
      tally_.close(simulator_.moment(), tallied);
      if (!costs_.idle()) {
        costs_.close(simulator_.now(), observer_.down_s(), tally_.lost_writes(), tallied.costs);
      }
      // Outages of this horizon that it cuts off: followed until the objective is met or missed.
      const double decided_s = std::nextafter(observer_.decided_by_s(), 1e300);
      if (decided_s > simulator_.now().now_s &&
          !advance(simulator_, decided_s, slice_s_, cancelled)) {
        return nullptr;
      }
      simulator_.end();
    }
    auto summary = observer_.take();
    if (!tally_.idle() || !costs_.idle()) summary->merge(tallied);
    summary->events = simulator_.events() - events_before;
    return summary;
  }

 private:
  std::vector<Observer*> observers() {
    if (tally_.idle()) return {&observer_};
    return {&observer_, &tally_};
  }

  const Experiment& experiment_;
  WarmUp warm_up_;
  std::size_t groups_;
  std::size_t services_;
  OutageObserver observer_;
  TallyObserver tally_;
  CostMeter costs_;
  Simulator simulator_;
  double slice_s_;
};

/// The average number of components that are down, over time, in a few pilot runs.
class DownCounter final : public Observer {
 public:
  DownCounter(const Model& model, double span_s, std::size_t bins)
      : model_(model), bin_s_(span_s / static_cast<double>(bins)), bins_(bins) {}

  void run_begins(const Moment& moment) override {
    ++moment.control.attention;
    since_s_ = 0.0;
    bin_ = 0;
    down_ = count(moment.reading);
  }
  void instant(const Moment& moment) override {
    spread(moment.t_s);
    down_ = count(moment.reading);
  }
  void run_ends(const Moment& moment) override { spread(moment.t_s); }

  const std::vector<double>& bins() const { return bins_; }

 private:
  double count(const Reading& reading) const {
    int down = 0;
    for (std::size_t c = 0; c < model_.components.size(); ++c) {
      down += reading.up(ComponentId(static_cast<std::uint32_t>(c))) ? 0 : 1;
    }
    return down;
  }
  void spread(double until_s) {
    while (since_s_ < until_s) {
      while (bin_ + 1 < bins_.size() && since_s_ >= static_cast<double>(bin_ + 1) * bin_s_) ++bin_;
      const double border_s = static_cast<double>(bin_ + 1) * bin_s_;
      const double end_s = bin_ + 1 < bins_.size() ? std::min(until_s, border_s) : until_s;
      bins_[bin_] += down_ * (end_s - since_s_);
      since_s_ = end_s;
    }
  }

  const Model& model_;
  double bin_s_;
  std::vector<double> bins_;
  double since_s_ = 0.0;
  std::size_t bin_ = 0;
  double down_ = 0.0;
};

WarmUp find_warm_up(const System& system, const Experiment& experiment) {
  const Model& model = *system.model;
  WarmUp warm_up;
  for (const Mode& mode : model.modes) {
    if (std::isinf(model.law(mode.repair).mean()) && std::isfinite(model.law(mode.life).mean())) {
      throw std::invalid_argument(fmt::format(
          "--steady-state: '{}' is never repaired, so there is no steady state", mode.name));
    }
  }
  for (const CompiledGroup& group : system.groups) {
    if (std::isfinite(group.longest_wait_s)) continue;
    throw std::invalid_argument(fmt::format(
        "--steady-state: group '{}' never ends its rebuild or restore, so there is no steady state",
        group.name));
  }
  warm_up.exact =
      std::all_of(model.reactions.begin(), model.reactions.end(),
                  [](const Model::NamedReaction& reaction) { return reaction.calendar; }) &&
      std::all_of(model.components.begin(), model.components.end(), [&](const Component& c) {
        return c.mode_count == 0 || model.is_independent_renewal(c);
      });
  if (warm_up.exact) return warm_up;

  double longest_cycle_s = 0.0;
  for (const Mode& mode : model.modes) {
    const double cycle_s = model.law(mode.life).mean() + model.law(mode.repair).mean();
    if (std::isfinite(cycle_s)) longest_cycle_s = std::max(longest_cycle_s, cycle_s);
  }
  if (longest_cycle_s == 0.0) return warm_up;
  // Ten of the longest cycles, or as many events as a pilot may cost: then its end is not seen.
  const double wanted_s = 10.0 * longest_cycle_s;
  const double span_s = std::min(wanted_s, kMostPilotEvents / std::max(1e-300, model.event_rate()));
  const auto runs = static_cast<std::uint32_t>(
      std::clamp(5e6 / (span_s * model.event_rate() + 1.0), 16.0, 512.0));
  DownCounter counter(model, span_s, kPilotBins);
  Simulator simulator(model, {experiment.seed, Start::equilibrium, experiment.width, span_s},
                      {&counter});
  for (std::uint32_t r = 0; r < runs; ++r) {
    if (experiment.interrupted != nullptr && experiment.interrupted->load()) break;
    simulator.begin(kPilotRuns + r);
    const std::atomic<bool> never{false};
    advance(simulator, span_s, slice_s(model),
            experiment.interrupted != nullptr ? *experiment.interrupted : never);
    simulator.end();
  }
  const std::optional<std::size_t> drop = mser5(counter.bins());
  warm_up.found = drop.has_value() && span_s == wanted_s;
  // A transient that is shorter than a bin of the pilot is not seen by it: repairs at least are
  // given time to come to their share.
  warm_up.length_s =
      std::max(span_s * static_cast<double>((warm_up.found ? *drop : kPilotBins / 2)) /
                   static_cast<double>(kPilotBins),
               5.0 * system.longest_mean_repair_s);
  if (std::any_of(model.reactions.begin(), model.reactions.end(),
                  [](const Model::NamedReaction& reaction) { return reaction.calendar; })) {
    // What is measured begins on a Monday, 00:00, like every run.
    constexpr double kWeek_s = 7 * 86400.0;
    warm_up.length_s = std::ceil(warm_up.length_s / kWeek_s) * kWeek_s;
  }
  return warm_up;
}

/// Whether the service is down when everything that can fail has.
class CanGoDown {
 public:
  explicit CanGoDown(const Model& model) : model_(model), known_(model.signals.size(), kUnknown) {}
  bool operator()(SignalId id) {
    std::int8_t& known = known_[index(id)];
    if (known == kUnknown) known = find(id) ? 1 : 0;
    return known_[index(id)] != 0;
  }

 private:
  static constexpr std::int8_t kUnknown = -1;
  bool find(SignalId id) {
    const Signal& signal = model_.signals[index(id)];
    if (signal.kind == Signal::Kind::component) {
      const Component& component = model_.components[signal.row];
      for (std::uint32_t m = component.first_mode; m < component.first_mode + component.mode_count;
           ++m) {
        if (model_.modes[m].effect == Effect::down &&
            std::isfinite(model_.law(model_.modes[m].life).mean())) {
          return true;
        }
      }
      return false;
    }
    if (signal.kind == Signal::Kind::flag || signal.kind == Signal::Kind::mode) return true;
    if (signal.kind == Signal::Kind::evaluation) {
      const Evaluation& evaluation = model_.evaluations[signal.row];
      std::vector<std::uint8_t> outputs(evaluation.outputs.size());
      std::vector<double> numbers(evaluation.numbers);
      const auto pattern = pattern_of(evaluation, [&](SignalId input) { return !(*this)(input); });
      evaluation.value(pattern.data(), outputs.data(), numbers.data());
      if (outputs[signal.item] == 0) return true;
      // The hours of a calendar, one after the other; roles and the like as they are at the best.
      for (const SignalId input : evaluation.inputs) {
        const Signal& flag = model_.signals[index(input)];
        if (flag.kind != Signal::Kind::flag) continue;
        const Cell& cell = model_.cells[flag.row];
        if (!cell.flags[flag.item].equals) return true;
        for (int value = cell.low; value <= cell.high; ++value) {
          const auto at_hour = pattern_of(evaluation, [&](SignalId other) {
            const Signal& o = model_.signals[index(other)];
            if (o.kind == Signal::Kind::flag && o.row == flag.row) {
              return cell.flags[o.item].of(value);
            }
            return !(*this)(other);
          });
          evaluation.value(at_hour.data(), outputs.data(), numbers.data());
          if (outputs[signal.item] == 0) return true;
        }
      }
      return false;
    }
    std::int32_t sum = 0;
    for (const Gate::Input& input : model_.gates[signal.row].inputs) {
      if (!(*this)(input.signal)) sum += input.weight;
    }
    return sum < model_.gates[signal.row].need;
  }

  const Model& model_;
  std::vector<std::int8_t> known_;
};

}  // namespace

bool precise_enough(const System& system, const Experiment& experiment,
                    const RunsSummary& summary) {
  return std::all_of(
      summary.services.begin(), summary.services.end(), [&](const ServiceSummary& service) {
        if (service.runs_with_outage < kFewestRunsWithOutage) return false;
        const Estimate e = estimate_for_precision(system, experiment, summary, service);
        return 0.5 * (e.high - e.low) <= *experiment.precision * e.value;
      });
}

std::optional<std::size_t> mser5(const std::vector<double>& series) {
  constexpr std::size_t kBatch = 5;
  std::vector<double> means;
  for (std::size_t i = 0; i + kBatch <= series.size(); i += kBatch) {
    double sum = 0.0;
    for (std::size_t k = 0; k < kBatch; ++k) sum += series[i + k];
    means.push_back(sum / kBatch);
  }
  double sum = 0.0;
  double squares = 0.0;
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  // From the end, so that the sums of the rest are at hand.
  for (std::size_t d = means.size(); d-- > 0;) {
    sum += means[d];
    squares += means[d] * means[d];
    const auto rest = static_cast<double>(means.size() - d);
    if (d > means.size() / 2) continue;
    const double spread = std::max(0.0, squares - sum * sum / rest) / (rest * rest);
    if (spread <= least) {
      least = spread;
      best = d;
    }
  }
  if (means.empty() || best == means.size() / 2) return std::nullopt;
  return best * kBatch;
}

Experiment experiment_for(const Topology& topology) {
  Experiment experiment;
  experiment.questions.availability_objective = topology.objectives.availability;
  experiment.questions.rto_s = topology.objectives.rto_s;
  experiment.questions.rpo_writes = topology.objectives.rpo_writes;
  experiment.questions.rpo_s = topology.objectives.rpo_s;
  return experiment;
}

WarmUp prepare(const System& system, const Experiment& experiment) {
  if (experiment.questions.until_first_outage && std::isinf(experiment.horizon_s)) {
    CanGoDown can_go_down(*system.model);
    for (const CompiledService& service : system.services) {
      if (service.part_of) continue;
      if (!can_go_down(service.available)) {
        throw std::invalid_argument(fmt::format(
            "service '{}' can never go down, so there is no first outage to wait for; add "
            "--horizon",
            service.name));
      }
    }
  }
  if (experiment.steady_state && system.scripted) {
    throw std::invalid_argument(
        "--steady-state: the topology has scripted faults, at stated times from the start");
  }
  return experiment.steady_state ? find_warm_up(system, experiment) : WarmUp{};
}

std::unique_ptr<BlockWorker> make_worker(const System& system, const Experiment& experiment,
                                         const WarmUp& warm_up) {
  return std::make_unique<Worker>(system, experiment, warm_up);
}

Outcome run_experiment(const System& system, const Experiment& experiment,
                       const std::function<void(const Progress&)>& progress) {
  Outcome outcome;
  outcome.warm_up = prepare(system, experiment);
  BlocksPlan plan;
  plan.runs = experiment.runs;
  plan.threads = experiment.threads;
  plan.interrupted = experiment.interrupted;
  plan.time_limit_s = experiment.time_limit_s;
  outcome.summary.services.resize(system.services.size());
  outcome.summary.groups.resize(system.groups.size());
  const BlocksOutcome blocks = run_blocks(
      plan, [&] { return make_worker(system, experiment, outcome.warm_up); },
      [&](const Summary& block, std::uint32_t) {
        const auto& runs = static_cast<const RunsSummary&>(block);
        outcome.summary.merge(runs);
        if (progress) progress({outcome.summary.runs, experiment.runs, &outcome.summary, &runs});
      },
      [&](std::uint64_t) {
        return experiment.precision && precise_enough(system, experiment, outcome.summary);
      });
  outcome.stopped_by = blocks.stopped_by;
  return outcome;
}

}  // namespace nines
