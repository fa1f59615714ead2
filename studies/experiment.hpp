// Experiment: many runs of one system, and what they say.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "engine/run/blocks.hpp"
#include "engine/run/simulate.hpp"
#include "models/outages.hpp"
#include "topologies/compile.hpp"

namespace nines {

/// Which estimate `precision` is about.
enum class PrecisionOf : unsigned char { unavailability, outages, outage_length };

struct Experiment {
  std::uint64_t runs = 10'000;
  double horizon_s = kYear_s;
  std::uint64_t seed = 1;
  unsigned threads = 0;  ///< 0: as many as there are cores
  bool steady_state = false;
  Questions questions;
  std::optional<double> precision;  ///< relative half-width at which to stop
  PrecisionOf precision_of = PrecisionOf::unavailability;
  double confidence = 0.95;
  std::optional<double> time_limit_s;
  Width width = Width::automatic;
  const std::atomic<bool>* interrupted = nullptr;
};

/// How the transient was kept out of a steady-state estimate.
struct WarmUp {
  bool exact = true;      ///< every component starts in equilibrium; nothing to wait for
  double length_s = 0.0;  ///< dropped from the start of every run
  bool found = true;      ///< false: the pilot was too short to see an end; half of it was taken
};

struct Outcome {
  RunsSummary summary;
  StoppedBy stopped_by = StoppedBy::runs;
  WarmUp warm_up;
};

struct Progress {
  std::uint64_t runs_done = 0;
  std::uint64_t runs_at_most = 0;
  const RunsSummary* so_far = nullptr;
  const RunsSummary* block = nullptr;  ///< the one that has come last
};

/// What `nines run` asks of a topology: its objectives, with all else as it is by default.
Experiment experiment_for(const Topology& topology);

/// Checks what an experiment asks of a system, and finds its warm-up. Throws std::invalid_argument
/// if a service can never go down and the runs were to last until it does, or if there is no steady
/// state.
WarmUp prepare(const System& system, const Experiment& experiment);

/// Whether every service's estimate is as precise as the experiment asks; to be asked at the block
/// counts of `next_look` only.
bool precise_enough(const System& system, const Experiment& experiment, const RunsSummary& summary);

/// Simulates blocks of the runs of an experiment; what it gives is a RunsSummary. All three must
/// outlive it.
std::unique_ptr<BlockWorker> make_worker(const System& system, const Experiment& experiment,
                                         const WarmUp& warm_up);

/// Throws std::invalid_argument if a service can never go down and the runs were to last until it
/// does, and EndlessLoop from the simulator.
Outcome run_experiment(const System& system, const Experiment& experiment,
                       const std::function<void(const Progress&)>& progress = {});

/// The end of the initial transient of a series: MSER-5 (White, Cobb, Spratt, "A comparison of five
/// steady-state truncation heuristics for simulation", WSC 2000). The number of values to drop, a
/// multiple of 5, at most half of them; nullopt if the minimum lies at that bound.
std::optional<std::size_t> mser5(const std::vector<double>& series);

}  // namespace nines
