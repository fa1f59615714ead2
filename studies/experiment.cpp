#include "studies/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/measure/interval.hpp"
#include "studies/estimates.hpp"

namespace nines {
namespace {

constexpr std::uint64_t kFewestRunsWithOutage = 100;  // before --precision is judged
constexpr std::uint32_t kPilotRuns = 0xC0000000U;     // pilot runs are numbered from here
constexpr std::size_t kPilotBins = 500;

/// Advances in slices, so that a cancelled run is left soon. False if it was.
bool advance(Simulator& simulator, double until_s, double slice_s,
             const std::atomic<bool>& cancelled) {
  while (true) {
    const double next_s = std::min(until_s, simulator.now().now_s + slice_s);
    if (!simulator.advance(next_s) || next_s >= until_s) return true;
    if (cancelled.load(std::memory_order_relaxed)) return false;
  }
}

class Worker final : public BlockWorker {
 public:
  Worker(const System& system, const Experiment& experiment, const WarmUp& warm_up)
      : experiment_(experiment),
        warm_up_(warm_up),
        observer_(*system.model, system.services, experiment.questions),
        simulator_(*system.model,
                   {experiment.seed, experiment.steady_state ? Start::equilibrium : Start::all_new,
                    experiment.width, std::min(experiment.horizon_s, 1e12)},
                   {&observer_}),
        slice_s_(1e6 / std::max(1e-12, system.model->event_rate())) {}

  std::unique_ptr<Summary> block(std::uint32_t first_run, std::uint32_t count,
                                 const std::atomic<bool>& cancelled) override {
    const std::uint64_t events_before = simulator_.events();
    for (std::uint32_t i = 0; i < count; ++i) {
      if (cancelled.load(std::memory_order_relaxed)) return nullptr;
      simulator_.begin(first_run + i);
      if (warm_up_.length_s > 0 && !advance(simulator_, warm_up_.length_s, slice_s_, cancelled)) {
        return nullptr;
      }
      observer_.open(simulator_.moment(), first_run + i);
      if (!advance(simulator_, warm_up_.length_s + experiment_.horizon_s, slice_s_, cancelled)) {
        return nullptr;
      }
      observer_.close(simulator_.moment());
      // Outages of this horizon that it cuts off: followed until the objective is met or missed.
      const double decided_s = std::nextafter(observer_.decided_by_s(), 1e300);
      if (decided_s > simulator_.now().now_s &&
          !advance(simulator_, decided_s, slice_s_, cancelled)) {
        return nullptr;
      }
      simulator_.end();
    }
    auto summary = observer_.take();
    summary->events = simulator_.events() - events_before;
    return summary;
  }

 private:
  const Experiment& experiment_;
  WarmUp warm_up_;
  OutageObserver observer_;
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
  const double span_s = 10.0 * longest_cycle_s;
  const auto runs = static_cast<std::uint32_t>(
      std::clamp(5e6 / (span_s * model.event_rate() + 1.0), 16.0, 512.0));
  DownCounter counter(model, span_s, kPilotBins);
  Simulator simulator(model, {experiment.seed, Start::equilibrium, experiment.width, span_s},
                      {&counter});
  for (std::uint32_t r = 0; r < runs; ++r) {
    if (experiment.interrupted != nullptr && experiment.interrupted->load()) break;
    simulator.begin(kPilotRuns + r);
    simulator.advance(span_s);
    simulator.end();
  }
  const std::optional<std::size_t> drop = mser5(counter.bins());
  warm_up.found = drop.has_value();
  // A transient that is shorter than a bin of the pilot is not seen by it: repairs at least are
  // given time to come to their share.
  warm_up.length_s = std::max(
      span_s * static_cast<double>(drop.value_or(kPilotBins / 2)) / static_cast<double>(kPilotBins),
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
bool can_go_down(const Model& model, SignalId id) {
  const Signal& signal = model.signals[index(id)];
  if (signal.kind == Signal::Kind::component) {
    const Component& component = model.components[signal.row];
    for (std::uint32_t m = component.first_mode; m < component.first_mode + component.mode_count;
         ++m) {
      if (model.modes[m].effect == Effect::down &&
          std::isfinite(model.law(model.modes[m].life).mean())) {
        return true;
      }
    }
    return false;
  }
  if (signal.kind == Signal::Kind::flag || signal.kind == Signal::Kind::mode) return true;
  if (signal.kind == Signal::Kind::evaluation) {
    const Evaluation& evaluation = model.evaluations[signal.row];
    std::vector<std::uint8_t> outputs(evaluation.outputs.size());
    std::vector<double> numbers(evaluation.numbers);
    const auto pattern =
        pattern_of(evaluation, [&](SignalId input) { return !can_go_down(model, input); });
    evaluation.value(pattern.data(), outputs.data(), numbers.data());
    // With a calendar or roles among the inputs this pattern may be none that occurs.
    return outputs[signal.item] == 0 ||
           std::any_of(evaluation.inputs.begin(), evaluation.inputs.end(), [&](SignalId input) {
             return model.signals[index(input)].kind == Signal::Kind::flag;
           });
  }
  std::int32_t sum = 0;
  for (const Gate::Input& input : model.gates[signal.row].inputs) {
    if (!can_go_down(model, input.signal)) sum += input.weight;
  }
  return sum < model.gates[signal.row].need;
}

bool precise_enough(const System& system, const Experiment& experiment,
                    const RunsSummary& summary) {
  return std::all_of(
      summary.services.begin(), summary.services.end(), [&](const ServiceSummary& service) {
        if (service.runs_with_outage < kFewestRunsWithOutage) return false;
        const Estimate e = estimate_for_precision(system, experiment, summary, service);
        return 0.5 * (e.high - e.low) <= *experiment.precision * e.value;
      });
}

}  // namespace

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

Outcome run_experiment(const System& system, const Experiment& experiment,
                       const std::function<void(const Progress&)>& progress) {
  Outcome outcome;
  if (experiment.questions.until_first_outage && std::isinf(experiment.horizon_s)) {
    for (const CompiledService& service : system.services) {
      if (!can_go_down(*system.model, service.available)) {
        throw std::invalid_argument(fmt::format(
            "service '{}' can never go down, so there is no first outage to wait for; add "
            "--horizon",
            service.name));
      }
    }
  }
  if (experiment.steady_state) outcome.warm_up = find_warm_up(system, experiment);

  BlocksPlan plan;
  plan.runs = experiment.runs;
  plan.threads = experiment.threads;
  plan.interrupted = experiment.interrupted;
  plan.time_limit_s = experiment.time_limit_s;
  outcome.summary.services.resize(system.services.size());
  const BlocksOutcome blocks = run_blocks(
      plan,
      [&]() -> std::unique_ptr<BlockWorker> {
        return std::make_unique<Worker>(system, experiment, outcome.warm_up);
      },
      [&](const Summary& block, std::uint32_t) {
        outcome.summary.merge(static_cast<const RunsSummary&>(block));
        if (progress) progress({outcome.summary.runs, experiment.runs, &outcome.summary});
      },
      [&](std::uint64_t) {
        return experiment.precision && precise_enough(system, experiment, outcome.summary);
      });
  outcome.stopped_by = blocks.stopped_by;
  return outcome;
}

}  // namespace nines
