// Input doubt: how far the answer may be off because its inputs are.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "studies/experiment.hpp"
#include "topologies/topology.hpp"

namespace nines {

/// Of one measure: what comes from chance within the runs, and what from not knowing the inputs.
struct DoubtSpread {
  double mean = 0.0;
  double mean_error = 0.0;     ///< standard error of that mean, of chance and of the draws
  double simulation_sd = 0.0;  ///< within one draw
  double input_sd = 0.0;       ///< of the true value, over the inputs
  double p05 = 0.0, p50 = 0.0, p95 = 0.0;  ///< of the true value, over the inputs
};

struct ServiceDoubt {
  std::string service;
  DoubtSpread unavailability;
  DoubtSpread outages_per_year;
};

struct InputDoubt {
  std::size_t samples = 0;
  std::uint64_t runs_each = 0;
  std::vector<ServiceDoubt> services;  ///< whole ones
};

/// Draws all doubtful inputs so many times, each from a triangular law on the logarithms (of
/// shares, on those of the odds) with its value at the top and its range for bounds, and simulates
/// each draw with luck of its own. The two variances are told apart by those between and within
/// draws (Sun, Apley, Staum, "Efficient nested simulation for estimating the variance of a
/// conditional expectation", Operations Research 59, 2011); quantiles are those of the draws, drawn
/// together by the share that chance has in their spread. `runs` of the experiment are shared out
/// among the draws, in whole blocks. Throws std::invalid_argument, with the draw, where an input
/// within its range makes no valid topology.
InputDoubt run_with_doubt(const Loaded& loaded, const Experiment& experiment, std::size_t samples,
                          const std::function<void(std::size_t sample)>& progress = {});

/// The document with its doubtful inputs drawn: sample number `sample` of a seed.
Loaded with_drawn_inputs(const Loaded& loaded, std::uint64_t seed, std::size_t sample);

}  // namespace nines
