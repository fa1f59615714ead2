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
    question.progress(
        fmt::format("{} states explored, {} more found{}", explored, found - explored, of),
        std::nullopt);
  };
  return options;
}

void LoadSums::add(const ServiceNumbers& now, double share, bool with_responses) {
  offered_ += share * now.offered_per_s;
  load_.stale_per_s += share * now.stale_per_s;
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
  if (group.copies) {
    out.endless = group.copies->endless && group.copies->counted();
    if (group.copies->counted() && !out.endless) {
      out.lost_writes_per_s = earned(group.copies->lost);
    }
    if (group.copies->data_losses != kNone<MeasureId>) {
      out.data_losses_per_s = earned(group.copies->data_losses);
    }
  }
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
  std::vector<Vector> means = mean_levels(explored.chain, probability, explored.fluids);
  for (std::size_t f = 0; f < means.size(); ++f) {
    levels[static_cast<std::uint32_t>(explored.fluids[f].fluid)] = std::move(means[f]);
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

/// One chain for all, if it has no more than so many states.
std::optional<Exact> whole_within(const System& system, ExactQuestion question, std::size_t most) {
  question.most_states = std::min(question.most_states, most);
  try {
    return solve_whole(system, question);
  } catch (const TooManyStates&) {
    return std::nullopt;
  }
}

Exact solve_as_asked(const System& system, const ExactQuestion& question) {
  if (question.phases == 0) {
    std::vector<NotMarkovian::Reason> reasons = laws_with_memory(*system.model);
    if (!reasons.empty()) throw NotMarkovian(std::move(reasons));
  }
  std::optional<Exact> exact;
  const bool lumped = !question.interchangeable.empty();
  std::size_t parts = Modules(*system.model).list().size();
  if (parts != 1) {
    const std::vector<SolvedModule> modules = solve_modules(system, question);
    parts = modules.size();
    double states = 1.0;
    for (const SolvedModule& module : modules) states *= static_cast<double>(module.states);
    const std::size_t most = std::min(question.most_states_of_whole, question.most_states);
    if (parts != 1) {
      // Together they may be alike: then they are fewer than their product.
      if (parts > 0 && (lumped || states <= static_cast<double>(most))) {
        exact = whole_within(system, question, most);
      }
      if (!exact) exact = put_together(system, question, modules);
    }
  }
  if (!exact) exact = solve_whole(system, question);
  exact->modules = parts;
  exact->phases = question.phases;
  if (lumped) {
    exact->lumped = true;
    for (ExactService& service : exact->services) service.by_set.clear();
    if (exact->whole) {
      exact->left_out.push_back(
          "what took it down, by set: components that are alike are not told apart");
    }
  }
  return std::move(*exact);
}

/// What turns out not to be interchangeable is told apart.
Exact solve_joined(const System& system, ExactQuestion question) {
  for (;;) {
    try {
      return solve_as_asked(system, question);
    } catch (const NotInterchangeable& not_alike) {
      question.interchangeable.erase(question.interchangeable.begin() +
                                     static_cast<std::ptrdiff_t>(not_alike.set));
    }
  }
}

}  // namespace

Exact solve(const System& system, const ExactQuestion& question) {
  if (question.interchangeable.empty() || !question.apart_if_small) {
    return solve_joined(system, question);
  }
  // What happens until a time is the dearest thing to ask of many states.
  const bool ahead = !question.at_s.empty() || question.horizon_s;
  ExactQuestion apart = question;
  apart.interchangeable.clear();
  apart.most_states = std::min<std::size_t>(question.most_states, ahead ? 20'000 : 300'000);
  std::optional<Exact> in_parts;
  try {
    Exact exact = solve_as_asked(system, apart);
    const auto answers = [&](const ExactService& s) {
      return s.unavailable_at.size() == question.at_s.size() &&
             s.horizon.has_value() == question.horizon_s.has_value();
    };
    if (exact.whole && std::all_of(exact.services.begin(), exact.services.end(), answers)) {
      return exact;
    }
    in_parts = std::move(exact);
  } catch (const TooManyStates&) {
  } catch (const TooManyCombinations&) {
  }
  try {
    Exact exact = solve_joined(system, question);
    return exact.whole || !in_parts ? std::move(exact) : std::move(*in_parts);
  } catch (const TooManyStates&) {
    if (!in_parts) throw;
  } catch (const TooManyCombinations&) {
    if (!in_parts) throw;
  }
  return std::move(*in_parts);
}

}  // namespace nines
