// What several tests share: a topology from text, an experiment on it, and the bound to hold it to.
#pragma once

#include <cmath>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "studies/estimates.hpp"
#include "studies/experiment.hpp"
#include "topologies/compile.hpp"
#include "topologies/topology.hpp"

namespace nines::test {

inline Topology topology_of(const std::string& text) {
  Loaded loaded = load_topology("test.yaml", text, "");
  EXPECT_TRUE(loaded.topology) << render(loaded.diagnostics, loaded.source);
  return loaded.topology.value();
}

inline constexpr double kHour_s = 3600.0;

struct Answer {
  std::unique_ptr<System> system;
  Outcome outcome;
  Estimates estimates;
  const ServiceEstimates& service(std::size_t i = 0) const { return estimates.services[i]; }
  const ServiceSummary& summary(std::size_t i = 0) const { return outcome.summary.services[i]; }
};

inline Answer ask(const std::string& text, const Experiment& experiment) {
  Answer answer;
  const Topology topology = topology_of(text);
  answer.system = compile(topology);
  Experiment complete = experiment;
  complete.questions.availability_objective = topology.objectives.availability;
  complete.questions.rto_s = topology.objectives.rto_s;
  answer.outcome = run_experiment(*answer.system, complete);
  answer.estimates = estimate(*answer.system, complete, answer.outcome);
  return answer;
}

/// The standard error that an interval of 95 % was made from.
inline double standard_error(const Estimate& e) { return (e.high - e.low) / (2.0 * 1.959963985); }

/// Five standard errors; the standard error at most 2 % of the value, or of 1 - value where that
/// is nearer (for a probability).
inline void expect_agrees(const Estimate& e, double exact, const std::string& what,
                          bool probability = false) {
  const double error = standard_error(e);
  const double size = probability ? std::min(exact, 1.0 - exact) : exact;
  EXPECT_LE(std::fabs(e.value - exact), 5.0 * error)
      << what << ": estimate " << e.value << ", exact " << exact << ", standard error " << error;
  EXPECT_LE(error, 0.02 * size) << what << ": too few runs to tell; standard error " << error
                                << " of " << size;
}

}  // namespace nines::test
