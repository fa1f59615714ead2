#include "studies/exact.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "studies/exact_parts.hpp"

namespace nines {

ExploreOptions explore_options(const ExactQuestion& question, const std::string& of) {
  ExploreOptions options;
  options.most_states = question.most_states;
  options.phases = question.phases;
  options.interchangeable = question.interchangeable;
  options.interrupted = question.interrupted;
  options.progress = [&question, of](std::size_t found, std::size_t explored) {
    if (!question.progress) return;
    question.progress(fmt::format("{} states found{}", found, of),
                      static_cast<double>(explored) / static_cast<double>(found));
  };
  return options;
}

namespace {

Exact solve_as_asked(const System& system, const ExactQuestion& question) {
  if (question.phases == 0) {
    std::vector<NotMarkovian::Reason> reasons = laws_with_memory(*system.model);
    if (!reasons.empty()) throw NotMarkovian(std::move(reasons));
  }
  const std::vector<SolvedModule> modules = solve_modules(system, question);
  double states = 1.0;
  for (const SolvedModule& module : modules) states *= static_cast<double>(module.states);
  const bool whole =
      states <= static_cast<double>(std::min(question.most_states_of_whole, question.most_states));
  Exact exact = whole && !modules.empty() ? solve_whole(system, question)
                                          : put_together(system, question, modules);
  exact.modules = modules.size();
  exact.phases = question.phases;
  if (!question.interchangeable.empty()) {
    exact.lumped = true;
    for (ExactService& service : exact.services) service.by_set.clear();
    if (exact.whole) {
      exact.left_out.push_back(
          "what took it down, by set: components that are alike are not told apart");
    }
  }
  return exact;
}

}  // namespace

Exact solve(const System& system, const ExactQuestion& question) {
  if (question.interchangeable.empty()) return solve_as_asked(system, question);
  try {
    return solve_as_asked(system, question);
  } catch (const NotInterchangeable&) {
    ExactQuestion apart = question;
    apart.interchangeable.clear();
    return solve_as_asked(system, apart);
  }
}

}  // namespace nines
