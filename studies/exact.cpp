#include "studies/exact.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "engine/solve/levels.hpp"

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

void LoadSums::add(const ServiceNumbers& now, double share, bool with_responses) {
  offered_ += share * now.offered_per_s;
  const double missing = now.offered_per_s - now.served_per_s;
  if (missing > 0) {
    load_.failed_per_s += share * missing;
    if (now.available > 0) load_.degraded += share;
  }
  if (std::isinf(now.response_s)) {
    load_.saturated += share;
  } else if (with_responses && now.served_per_s > 0) {
    served_ += share * now.served_per_s;
    waited_s_ += share * now.served_per_s * now.response_s;
  }
}

ExactService::Load LoadSums::load() const {
  ExactService::Load load = load_;
  load.unserved = offered_ > 0 ? load.failed_per_s / offered_ : 0.0;
  if (served_ > 0) load.response_s = waited_s_ / served_;
  return load;
}

ExactGroup failovers_of(const CompiledGroup& group,
                        const std::function<double(MeasureId)>& earned_per_s, double split) {
  const CompiledGroup::Failovers& failovers = group.failovers;
  const auto earned = [&](MeasureId measure) {
    return measure == kNone<MeasureId> ? 0.0 : earned_per_s(measure);
  };
  ExactGroup out;
  out.name = group.name;
  out.takes_over = failovers.begun != kNone<MeasureId>;
  out.begun_per_s = earned(failovers.begun);
  out.failed_per_s = earned(failovers.failed);
  out.unfounded_per_s = earned(failovers.unfounded);
  out.returned_per_s = earned(failovers.returned);
  out.split = split;
  return out;
}

void count_sessions(const CompiledSessions& sessions, double lost_per_s, double open,
                    ExactService& out) {
  out.lost_sessions_per_s = lost_per_s;
  const double begun = sessions.begin_per_s * open;
  if (begun > 0) out.session_lost = lost_per_s / begun;
}

std::vector<double> earnings(const Model& model, const Explored& explored,
                             const Vector& probability) {
  std::vector<double> earned(model.measures.size(), 0.0);
  std::map<std::uint32_t, Vector> levels;
  for (const Explored::FluidRow& fluid : explored.fluids) {
    levels[static_cast<std::uint32_t>(fluid.fluid)] =
        mean_levels(explored.chain, probability, fluid);
  }
  for (const Explored::Earning& earning : explored.earnings) {
    const double weight = earning.fluid == kNone<FluidId>
                              ? probability[earning.state]
                              : levels.at(static_cast<std::uint32_t>(earning.fluid))[earning.state];
    earned[index(earning.measure)] += weight * earning.per_s;
  }
  return earned;
}

namespace {

Exact solve_as_asked(const System& system, const ExactQuestion& question) {
  if (question.phases == 0) {
    std::vector<NotMarkovian::Reason> reasons = laws_with_memory(*system.model);
    if (!reasons.empty()) throw NotMarkovian(std::move(reasons));
  }
  Exact exact;
  std::size_t parts = Modules(*system.model).list().size();
  bool whole = parts == 1;
  if (!whole) {
    const std::vector<SolvedModule> modules = solve_modules(system, question);
    parts = modules.size();
    double states = 1.0;
    for (const SolvedModule& module : modules) states *= static_cast<double>(module.states);
    const std::size_t most = std::min(question.most_states_of_whole, question.most_states);
    whole = parts == 1 || (parts > 0 && states <= static_cast<double>(most));
    if (!whole) exact = put_together(system, question, modules);
  }
  if (whole) exact = solve_whole(system, question);
  exact.modules = parts;
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
  ExactQuestion asked = question;
  for (;;) {
    try {
      return solve_as_asked(system, asked);
    } catch (const NotInterchangeable& not_alike) {
      asked.interchangeable.erase(asked.interchangeable.begin() +
                                  static_cast<std::ptrdiff_t>(not_alike.set));
    }
  }
}

}  // namespace nines
