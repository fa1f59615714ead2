// The result of a run: as text for people, as JSON and CSV for programs.
#pragma once

#include <string>

#include "studies/cli/text.hpp"
#include "studies/estimates.hpp"
#include "studies/exact.hpp"
#include "studies/input_doubt.hpp"
#include "topologies/topology.hpp"

namespace nines::cli {

struct Report {
  const Topology& topology;
  const Experiment& experiment;
  const Outcome& outcome;
  const Estimates& estimates;
  bool memoryless = false;
  const Exact* exact = nullptr;       ///< with --check-exact: what the figures should be
  const InputDoubt* doubt = nullptr;  ///< with --input-uncertainty
  /// Something happens at a stated time: texts tell what a run costs, not a year.
  bool scripted() const { return !topology.faults.empty(); }
};

/// `seconds` is how long it took; it stands in the text only.
std::string report_text(const Report& report, const Paint& paint, double seconds);
/// Equal runs give equal bytes: no times, hosts, threads or output flags.
std::string report_json(const Report& report);
std::string report_csv(const Report& report);

/// The JSON Schemas of what run, solve and spof print.
std::string result_schema();
std::string solve_schema();
std::string spof_schema();

std::string version();

}  // namespace nines::cli
