// Prints docs/reference/three-answers.md: the library by simulation, Markov chain and structure.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <span>

#include <fmt/format.h>

#include "engine/solve/combine.hpp"
#include "studies/estimates.hpp"
#include "studies/exact.hpp"
#include "topologies/structure/structure.hpp"
#include "topologies/symmetry.hpp"

namespace nines {
namespace {

constexpr const char* kHead =
    "# Three answers, side by side\n"
    "\n"
    "The topologies of the library, every law an exponential of its mean, by three ways that share "
    "as\n"
    "little as they can: **simulation** (640 runs of 50 years, 99.9 % intervals), the **Markov "
    "chain** "
    "that\n"
    "the same handlers span, solved exactly, and **structure**, a second reading of the topology "
    "by "
    "who is\n"
    "wired to whom. Made by `nines_agreement > docs/reference/three-answers.md`; the tests hold "
    "that "
    "they agree.\n"
    "\n"
    "| topology | service | unavailability, simulated | Markov chain | structure | states |\n"
    "|---|---|---|---|---|---|\n";

struct Chain {
  std::optional<Exact> exact;
  std::string why_not;
};

Chain solved(const Topology& topology, const System& system) {
  if (system.scripted) return {{}, "scripted faults"};
  ExactQuestion question;
  question.most_states = 300'000;
  for (const bool lump : {false, true}) {
    if (lump) {
      question.interchangeable = interchangeable(topology, system);
      question.most_states = 5'000'000;
    }
    try {
      return {solve(system, question), ""};
    } catch (const TooManyStates&) {
    } catch (const TooManyCombinations&) {
    } catch (const NotMarkovian& refused) {
      return {{}, refused.what()};
    }
    if (lump) break;
  }
  return {{}, "too many states"};
}

void add_rows(const std::string& name) {
  const Loaded loaded = load_topology_file(library_path(name));
  const Topology& topology = *loaded.topology;
  const auto system = compile(topology, Laws::memoryless);
  Experiment experiment;
  experiment.runs = 640;
  experiment.horizon_s = 50 * kYear_s;
  experiment.confidence = 0.999;
  const Estimates estimates = estimate(*system, experiment, run_experiment(*system, experiment));
  const Chain chain = solved(topology, *system);
  std::size_t whole = 0;
  for (std::size_t s = 0; s < topology.services.size(); ++s, ++whole) {
    while (system->services[whole].part_of) ++whole;
    const Estimate& u = estimates.services[whole].unavailability;
    const std::string simulated =
        estimates.services[whole].none_seen
            ? fmt::format("below {:.3g}", u.high)
            : fmt::format("{:.4g} ({:.4g} … {:.4g})", u.value, u.low, u.high);
    const Structure structure = structure_of(topology, s, {.order = 1});
    const std::string by_structure =
        !structure.no_probability.empty() ? structure.no_probability.front()
        : structure.exact()               ? fmt::format("{:.10g}", structure.unavailability_low)
                            : fmt::format("{:.4g} … {:.4g}", structure.unavailability_low,
                                          structure.unavailability_high);
    fmt::print("| {} | {} | {} | {} | {} | {} |\n", name, topology.services[s].name, simulated,
               chain.exact ? fmt::format("{:.10g}", chain.exact->services[whole].unavailability)
                           : chain.why_not,
               by_structure,
               chain.exact ? fmt::format("{}{}", chain.exact->states,
                                         chain.exact->lumped  ? " lumped"
                                         : chain.exact->whole ? ""
                                                              : " apart")
                           : "");
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace nines

/// Of all, or of those that are named, without a head.
int main(int argc, char** argv) {
  if (argc > 1) {
    for (const char* name : std::span(argv + 1, static_cast<std::size_t>(argc - 1))) {
      nines::add_rows(name);
    }
    return 0;
  }
  fmt::print("{}", nines::kHead);
  for (const std::string& name : nines::library_names()) nines::add_rows(name);
  return 0;
}
