#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/solve/steady.hpp"
#include "engine/solve/transient.hpp"
#include "studies/exact_parts.hpp"

namespace nines {
namespace {

/// The leaves from which anything that is asked follows.
std::vector<SignalId> leaves_that_matter(const System& system) {
  const Model& model = *system.model;
  std::vector<std::uint8_t> marked(model.signals.size(), 0);
  const auto mark = [&](SignalId signal) {
    if (signal == kNone<SignalId>) return;
    for (const SignalId leaf : leaves_of(model, signal)) marked[index(leaf)] = 1;
  };
  for (const CompiledService& service : system.services) {
    mark(service.available);
    if (service.with_load) {
      for (const SignalId input : model.evaluations[index(service.evaluation)].inputs) mark(input);
    }
    if (service.sessions) mark(service.sessions->open);
  }
  for (const CompiledGroup& group : system.groups) mark(group.failovers.split);
  std::vector<SignalId> leaves;
  for (std::uint32_t i = 0; i < marked.size(); ++i) {
    if (marked[i] != 0) leaves.push_back(SignalId(i));
  }
  return leaves;
}

/// Notes what the leaves of a module say, state by state.
class Patterns final : public StateVisitor {
 public:
  explicit Patterns(std::vector<SignalId> leaves) : leaves_(std::move(leaves)) {}

  void visit(StateId, const Reading& reading,
             const std::function<std::span<const double>(EvaluationId)>&) override {
    std::string values;
    for (const SignalId leaf : leaves_) values.push_back(reading.value(leaf) ? 1 : 0);
    const auto [it, fresh] = number_.emplace(values, static_cast<std::uint32_t>(number_.size()));
    if (fresh) patterns_.emplace_back(values.begin(), values.end());
    of_state_.push_back(it->second);
  }

  /// With the probabilities of the states; turns only where rates are given.
  Aspect aspect(const Vector& probability, const Rates* rates) const {
    Aspect aspect;
    aspect.leaves = leaves_;
    for (const std::vector<std::uint8_t>& values : patterns_) {
      aspect.patterns.push_back({values, 0.0});
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> turns;
    for (std::size_t i = 0; i < of_state_.size(); ++i) {
      aspect.patterns[of_state_[i]].probability += probability[i];
      if (rates == nullptr) continue;
      const Rates::Row row = (*rates)[i];
      for (std::size_t e = 0; e < row.size(); ++e) {
        const std::uint32_t to = of_state_[row.other[e]];
        if (to != of_state_[i]) turns[{of_state_[i], to}] += probability[i] * row.rate[e];
      }
    }
    for (const auto& [ends, per_s] : turns) {
      aspect.turns.push_back({ends.first, ends.second, per_s});
    }
    return aspect;
  }

 private:
  std::vector<SignalId> leaves_;
  std::map<std::string, std::uint32_t> number_;
  std::vector<std::vector<std::uint8_t>> patterns_;
  std::vector<std::uint32_t> of_state_;
};

std::size_t atom_of(const Model& model, const Modules& modules, SignalId leaf) {
  const Signal& signal = model.signals[index(leaf)];
  switch (signal.kind) {
    case Signal::Kind::component:
      return modules.atom(ComponentId(signal.row));
    case Signal::Kind::mode:
      return modules.atom(model.modes[signal.row].component);
    default:
      return modules.atom(CellId(signal.row));
  }
}

SolvedModule solved(const Model& model, const ExactQuestion& question, const Explored& explored,
                    const Patterns& patterns) {
  const MarkovChain& chain = explored.chain;
  SolvedModule module;
  module.states = chain.size();
  module.transitions = chain.out.other.size();
  SteadyOptions options;
  options.interrupted = question.interrupted;
  const Steady steady = steady_state(chain, std::vector<std::uint8_t>(chain.size(), 1), options);
  module.method = steady.method;
  module.residual = steady.residual;
  module.aspect = patterns.aspect(steady.probability, &chain.out);
  try {
    for (const double t_s : question.at_s) {
      TransientOptions ahead;
      ahead.interrupted = question.interrupted;
      module.then.push_back(patterns.aspect(transient(chain, t_s, ahead).probability, nullptr));
    }
  } catch (const OutOfReach& out_of_reach) {
    module.not_then = out_of_reach.what();
  }
  module.earned_per_s = earnings(model, explored, steady.probability);
  return module;
}

}  // namespace

std::vector<SolvedModule> solve_modules(const System& system, const ExactQuestion& question) {
  const Model& model = *system.model;
  const std::vector<SignalId> leaves = leaves_that_matter(system);
  Modules modules(model);
  std::map<std::vector<std::size_t>, SolvedModule> known;
  std::vector<NotMarkovian::Reason> reasons;
  for (;;) {
    bool joined = false;
    const std::vector<std::vector<std::size_t>> list = modules.list();
    for (std::size_t k = 0; k < list.size() && !joined; ++k) {
      if (known.count(list[k]) > 0) continue;
      std::vector<SignalId> own;
      for (const SignalId leaf : leaves) {
        if (!modules.apart(list[k].front(), atom_of(model, modules, leaf))) own.push_back(leaf);
      }
      Patterns patterns(std::move(own));
      const std::string of =
          list.size() == 1 ? "" : fmt::format(" in part {} of {}", k + 1, list.size());
      try {
        const std::optional<Explored> explored =
            explore(model, modules, list[k], explore_options(question, of), patterns);
        joined = !explored;
        if (explored) known[list[k]] = solved(model, question, *explored, patterns);
      } catch (const NotMarkovian& more) {
        reasons.insert(reasons.end(), more.reasons().begin(), more.reasons().end());
        known[list[k]] = {};
      }
    }
    if (joined) continue;
    if (!reasons.empty()) throw NotMarkovian(std::move(reasons));
    std::vector<SolvedModule> result;
    for (const auto& atoms : list) result.push_back(std::move(known.at(atoms)));
    return result;
  }
}

Exact put_together(const System& system, const ExactQuestion& question,
                   const std::vector<SolvedModule>& modules) {
  const Model& model = *system.model;
  Exact exact;
  std::vector<const Aspect*> now;
  std::vector<double> earned(model.measures.size(), 0.0);
  std::string not_then;
  for (const SolvedModule& module : modules) {
    if (!module.not_then.empty()) not_then = module.not_then;
    exact.states += module.states;
    exact.transitions += module.transitions;
    exact.residual = std::max(exact.residual, module.residual);
    if (exact.method.empty() || module.residual > 0) exact.method = module.method;
    now.push_back(&module.aspect);
    for (std::size_t m = 0; m < earned.size(); ++m) earned[m] += module.earned_per_s[m];
  }
  for (const CompiledService& compiled : system.services) {
    if (question.progress) question.progress("what the parts say together", std::nullopt);
    ExactService out;
    out.name = compiled.name;
    out.part_of = compiled.part_of;
    const Together together = combine(model, now, compiled.available);
    out.unavailability = together.is_false;
    out.outages_per_s = together.falls_per_s;
    for (std::size_t k = 0; not_then.empty() && k < question.at_s.size(); ++k) {
      std::vector<const Aspect*> then;
      for (const SolvedModule& module : modules) then.push_back(&module.then[k]);
      out.unavailable_at.push_back(combine(model, then, compiled.available).is_false);
    }
    if (compiled.with_load) {
      LoadSums sums;
      outcomes(model, now, compiled.evaluation, [&](double p, std::span<const double> numbers) {
        sums.add(ServiceNumbers::read(numbers.data() + compiled.first_number), p,
                 compiled.with_responses);
      });
      out.load = sums.load();
    }
    if (compiled.sessions) {
      const double open = 1.0 - combine(model, now, compiled.sessions->open).is_false;
      count_sessions(*compiled.sessions, earned[index(compiled.sessions->lost)], open, out);
    }
    exact.services.push_back(std::move(out));
  }
  for (const CompiledGroup& compiled : system.groups) {
    if (!compiled.tells()) continue;
    const SignalId split = compiled.failovers.split;
    exact.groups.push_back(failovers_of(
        compiled, [&](MeasureId measure) { return earned[index(measure)]; },
        split == kNone<SignalId> ? 0.0 : combine(model, now, split).is_false));
  }
  if (modules.empty()) return exact;
  if (!not_then.empty()) exact.left_out.push_back("what is at a time: " + not_then);
  double states = 1.0;
  for (const SolvedModule& module : modules) states *= static_cast<double>(module.states);
  const std::string why = fmt::format(
      "{} independent parts are solved apart; together they have {} states", modules.size(),
      states < 1e6 ? fmt::format("{:.0f}", states) : fmt::format("{:.2g}", states));
  exact.left_out.push_back("the time to the first outage: " + why);
  exact.left_out.push_back("what took it down, by set: " + why);
  if (question.horizon_s) exact.left_out.push_back("what happens until the horizon: " + why);
  return exact;
}

}  // namespace nines
