#include "studies/exact_parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/solve/interval_laws.hpp"
#include "engine/solve/steady.hpp"
#include "engine/solve/transient.hpp"
#include "models/cuts.hpp"

namespace nines {
namespace {

using Marks = std::vector<std::uint8_t>;  ///< by state

/// What is so in a state, as far as anybody asks. Few differ, however many states there are.
struct Face {
  std::vector<std::uint8_t> available;  ///< by service
  std::vector<ServiceNumbers> numbers;  ///< by service, of those with a load
  std::vector<std::uint8_t> flags;      ///< split brain by group, then sessions open by service
  std::vector<CutSet> cuts;             ///< by service; of one that is down
};

/// Notes the face of every state.
class Faces final : public StateVisitor {
 public:
  explicit Faces(const System& system) : system_(system), cuts_(*system.model, system.services) {}

  void visit(StateId state, const Reading& reading,
             const std::function<std::span<const double>(EvaluationId)>& numbers) override {
    Face face;
    key_.clear();
    for (std::size_t s = 0; s < system_.services.size(); ++s) {
      const CompiledService& service = system_.services[s];
      const bool available = reading.value(service.available);
      face.available.push_back(available ? 1 : 0);
      face.numbers.emplace_back();
      if (service.with_load) {
        face.numbers.back() =
            ServiceNumbers::read(numbers(service.evaluation).data() + service.first_number);
      }
      face.cuts.emplace_back();
      if (!available) {
        face.cuts.back() = cuts_.thinned(s, cuts_.down(s, reading), reading);
      }
    }
    for (const CompiledGroup& group : system_.groups) {
      const SignalId split = group.failovers.split;
      face.flags.push_back(split != kNone<SignalId> && !reading.value(split) ? 1 : 0);
    }
    for (const CompiledService& service : system_.services) {
      face.flags.push_back(service.sessions && reading.value(service.sessions->open) ? 1 : 0);
    }
    note(state, std::move(face));
  }

  const std::vector<Face>& faces() const { return faces_; }
  std::uint32_t of(StateId state) const { return of_state_[state]; }

  /// The states where a service is down.
  Marks down(std::size_t service) const {
    Marks marks(of_state_.size(), 0);
    for (std::size_t i = 0; i < marks.size(); ++i) {
      marks[i] = faces_[of_state_[i]].available[service] == 0 ? 1 : 0;
    }
    return marks;
  }

 private:
  template <class T>
  void append(const T& value) {
    key_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }

  void note(StateId state, Face face) {
    for (const std::uint8_t value : face.available) append(value);
    for (const std::uint8_t value : face.flags) append(value);
    for (const ServiceNumbers& n : face.numbers) append(n);
    for (const CutSet& cut : face.cuts) {
      append(cut.size());
      for (const std::uint32_t c : cut) append(c);
    }
    const auto [it, fresh] = known_.emplace(key_, static_cast<std::uint32_t>(faces_.size()));
    if (fresh) faces_.push_back(std::move(face));
    CHECK(state == of_state_.size(), "state {} comes after {}", state, of_state_.size());
    of_state_.push_back(it->second);
  }

  const System& system_;
  Cuts cuts_;
  std::string key_;
  std::unordered_map<std::string, std::uint32_t> known_;
  std::vector<Face> faces_;
  std::vector<std::uint32_t> of_state_;
};

Marks inverted(const Marks& marks) {
  Marks result(marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) result[i] = marks[i] == 0 ? 1 : 0;
  return result;
}

double share_of(const Vector& probability, const Marks& marks) {
  double sum = 0.0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] != 0) sum += probability[i];
  }
  return sum;
}

class Whole {
 public:
  Whole(const System& system, const ExactQuestion& question, const Explored& explored,
        const Faces& faces)
      : system_(system), question_(question), explored_(explored), faces_(faces) {}

  Exact answer() {
    Exact exact;
    exact.whole = true;
    exact.states = chain().size();
    exact.transitions = chain().out.other.size();
    Marks matters(chain().size(), 0);
    for (std::size_t s = 0; s < system_.services.size(); ++s) {
      const Marks down = faces_.down(s);
      for (std::size_t i = 0; i < down.size(); ++i) matters[i] |= down[i];
    }
    tell("the long run");
    const Steady steady = steady_state(chain(), matters, options_);
    exact.method = steady.method;
    exact.residual = steady.residual;
    probability_ = steady.probability;
    share_of_face_.assign(faces_.faces().size(), 0.0);
    for (StateId i = 0; i < chain().size(); ++i) share_of_face_[faces_.of(i)] += probability_[i];
    earned_ = earnings(*system_.model, explored_, probability_);
    for (std::size_t s = 0; s < system_.services.size(); ++s) {
      exact.services.push_back(service(s));
    }
    look_ahead(exact);
    for (std::size_t g = 0; g < system_.groups.size(); ++g) {
      if (!system_.groups[g].tells()) continue;
      exact.groups.push_back(failovers_of(
          system_.groups[g], [&](MeasureId measure) { return earned_[index(measure)]; },
          share_with(g)));
    }
    return exact;
  }

 private:
  const MarkovChain& chain() const { return explored_.chain; }
  void tell(const std::string& what) const {
    if (question_.progress) question_.progress(what, std::nullopt);
  }
  ExactService service(std::size_t s) const {
    const CompiledService& compiled = system_.services[s];
    ExactService out;
    out.name = compiled.name;
    out.part_of = compiled.part_of;
    const Marks down = faces_.down(s);
    const Marks up = inverted(down);
    out.unavailability = share_of(probability_, down);
    out.outages_per_s = flow_between(chain(), probability_, up, down);
    tell("the time to the first outage of " + compiled.name);
    out.first_outage_s = mean_time_to(chain(), down, options_);
    if (compiled.with_load) out.load = load(s);
    if (compiled.sessions) {
      count_sessions(*compiled.sessions, earned_[index(compiled.sessions->lost)],
                     share_with(system_.groups.size() + s), out);
    }
    std::map<CutSet, double> by_set;
    for (std::size_t f = 0; f < faces_.faces().size(); ++f) {
      if (faces_.faces()[f].available[s] != 0) continue;
      by_set[faces_.faces()[f].cuts[s]] += share_of_face_[f];
    }
    for (const auto& [cut, share] : by_set) {
      if (share > 0) {
        out.by_set.push_back(
            {cut_names(*system_.model, compiled, cut), share / out.unavailability});
      }
    }
    std::stable_sort(out.by_set.begin(), out.by_set.end(),
                     [](const auto& a, const auto& b) { return a.of_downtime > b.of_downtime; });
    return out;
  }

  ExactService::Load load(std::size_t s) const {
    LoadSums sums;
    for (std::size_t f = 0; f < faces_.faces().size(); ++f) {
      sums.add(faces_.faces()[f].numbers[s], share_of_face_[f], system_.services[s].with_responses);
    }
    return sums.load();
  }

  /// The share of time in which a flag of the faces is on.
  double share_with(std::size_t flag) const {
    double share = 0.0;
    for (std::size_t f = 0; f < faces_.faces().size(); ++f) {
      if (faces_.faces()[f].flags[flag] != 0) share += share_of_face_[f];
    }
    return share;
  }

  /// What happens from the start until some time.
  void look_ahead(Exact& exact) const {
    TransientOptions options;
    options.interrupted = question_.interrupted;
    const auto ahead = [&](const MarkovChain& of, double t_s, const std::string& what) {
      options.progress = [&](double share) {
        if (question_.progress) question_.progress(what, share);
      };
      return transient(of, t_s, options);
    };
    try {
      for (const double t_s : question_.at_s) {
        const Transient then = ahead(chain(), t_s, "a point in time");
        for (std::size_t s = 0; s < exact.services.size(); ++s) {
          exact.services[s].unavailable_at.push_back(share_of(then.probability, faces_.down(s)));
        }
      }
      if (!question_.horizon_s) return;
      const double horizon_s = *question_.horizon_s;
      const Transient then = ahead(chain(), horizon_s, "the horizon");
      for (std::size_t s = 0; s < exact.services.size(); ++s) {
        const Marks down = faces_.down(s);
        ExactService::Horizon horizon;
        horizon.unavailability = share_of(then.time_s, down) / horizon_s;
        horizon.outages = flow_between(chain(), then.time_s, inverted(down), down);
        const Transient until =
            ahead(stopped(chain(), down), horizon_s, "the first outage within the horizon");
        horizon.some_outage = share_of(until.probability, down);
        horizon.no_outage = share_of(until.probability, inverted(down));
        exact.services[s].horizon = horizon;
      }
      find_laws(exact);
    } catch (const OutOfReach& out_of_reach) {
      exact.left_out.push_back(fmt::format("what happens until a time: {}", out_of_reach.what()));
    }
  }

  /// How many outages there are until the horizon, and whether the objective is met: laws, which
  /// take more than means do.
  void find_laws(Exact& exact) const {
    constexpr std::size_t kMostOutages = 20;
    const double horizon_s = *question_.horizon_s;
    const bool one = std::count_if(exact.services.begin(), exact.services.end(),
                                   [](const ExactService& s) { return !s.part_of; }) == 1;
    for (std::size_t s = 0; s < exact.services.size(); ++s) {
      if (exact.services[s].part_of) continue;
      ExactService::Horizon& horizon = *exact.services[s].horizon;
      const Marks down = faces_.down(s);
      try {
        horizon.outages_law = law_of_entries(chain(), down, horizon_s, kMostOutages);
        if (!question_.availability_objective || !one) continue;
        const double allowed_s = (1.0 - *question_.availability_objective) * horizon_s;
        horizon.objective_met = law_of_time(chain(), down, horizon_s, {allowed_s}).front();
      } catch (const OutOfReach& out_of_reach) {
        exact.left_out.push_back(fmt::format("{} within the horizon: {}; `nines run` tells them",
                                             horizon.outages_law.empty()
                                                 ? "the number of outages, and the odds of the "
                                                   "objective,"
                                                 : "the odds of the objective",
                                             out_of_reach.what()));
      }
    }
  }

  const System& system_;
  const ExactQuestion& question_;
  const Explored& explored_;
  const Faces& faces_;
  SteadyOptions options_{.interrupted = question_.interrupted};
  Vector probability_;
  Vector share_of_face_;
  Vector earned_;
};

}  // namespace

Exact solve_whole(const System& system, const ExactQuestion& question) {
  Modules modules(*system.model);
  modules.join_all();
  Faces faces(system);
  const std::vector<std::vector<std::size_t>> list = modules.list();
  std::optional<Explored> explored;
  if (!list.empty()) {
    explored = explore(*system.model, modules, list.front(), explore_options(question, ""), faces);
  }
  CHECK(explored.has_value(), "one module touches another");
  return Whole(system, question, *explored, faces).answer();
}

}  // namespace nines
