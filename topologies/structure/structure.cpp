#include "topologies/structure/structure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/solve/combine.hpp"
#include "engine/solve/transient.hpp"
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"
#include "topologies/structure/diagram.hpp"
#include "topologies/structure/success.hpp"

namespace nines {
namespace {

bool strikes(const Settings& mode) { return mode.has("strike"); }

/// In the long run: competing modes whose clocks stand still while it is down, so only means
/// matter; `faster` divides every time to repair.
StructureElement in_the_long_run(const Settings& settings, double faster) {
  double failures_per_s = 0.0;  // while up
  double down_per_up = 0.0;
  const double restart_s = settings.has("restart") ? settings.law("restart")->mean() : 0.0;
  for (const Entry& entry : settings.table("failures")) {
    const Settings& mode = entry.settings;
    if (!takes_down(mode)) continue;
    const double rate = 1.0 / life_of(mode)->mean();
    if (rate == 0.0) continue;
    failures_per_s += rate;
    down_per_up += rate * (repair_of(mode)->mean() / faster + restart_s);
  }
  StructureElement element;
  element.down = std::isinf(down_per_up) ? 1.0 : down_per_up / (1.0 + down_per_up);
  element.fails_per_s = failures_per_s / (1.0 + down_per_up);
  return element;
}

/// The probability to be down at a time, new at the start: a chain of its own.
double down_at(const TopologyComponent& component, double t_s, double faster) {
  const Settings& settings = *component.settings;
  const auto rate_of = [&](const LawPtr& law) {
    const std::optional<double> rate = law->memoryless_rate();
    if (!rate) {
      throw std::invalid_argument(fmt::format("--at: '{}' has the law {}, which is not exponential",
                                              component.name, law->text()));
    }
    return *rate;
  };
  struct Mode {
    double fails, repairs;
  };
  std::vector<Mode> modes;
  for (const Entry& entry : settings.table("failures")) {
    if (!takes_down(entry.settings)) continue;
    modes.push_back(
        {rate_of(life_of(entry.settings)), rate_of(repair_of(entry.settings)) * faster});
  }
  // States: up, each mode, restart.
  const bool restarts = settings.has("restart") && settings.law("restart")->mean() > 0;
  MarkovChain chain;
  chain.initial = {{0, 1.0}};
  for (std::size_t m = 0; m < modes.size(); ++m) {
    if (modes[m].fails > 0) chain.out.add(static_cast<StateId>(m + 1), modes[m].fails);
  }
  chain.out.end_row();
  const auto restart = static_cast<StateId>(modes.size() + 1);
  for (const Mode& mode : modes) {
    if (mode.repairs > 0) chain.out.add(restarts ? restart : 0, mode.repairs);
    chain.out.end_row();
  }
  if (restarts) {
    chain.out.add(0, rate_of(settings.law("restart")));
    chain.out.end_row();
  }
  const Transient then = transient(chain, t_s);
  double down = 0.0;
  for (std::size_t i = 1; i < then.probability.size(); ++i) down += then.probability[i];
  return down;
}

/// What makes probabilities of independent components wrong: dependence, and what takes time.
class Assumptions {
 public:
  Assumptions(const Topology& topology, const Success& success)
      : topology_(topology), success_(success) {}

  /// Why there are no probabilities.
  std::vector<std::string> broken(const std::set<std::size_t>& components) {
    for (const std::size_t c : components) look_at_component(c);
    for (const TopologyPath& path : success_.service().paths) {
      for (const TopologyStep& step : path.steps) {
        for (const std::size_t g : step.groups) look_at_group(g);
      }
    }
    look_at_clauses(success_.service().needs);
    look_at_load();
    look_at_roles();
    if (!topology_.faults.empty()) say("faults are scripted");
    return {broken_.begin(), broken_.end()};
  }

  /// What even the sets do not know, after `broken`.
  const std::set<std::string>& not_seen() const { return not_seen_; }

 private:
  void say(std::string what) { broken_.insert(std::move(what)); }
  void say_not_seen(const std::string& what) {
    not_seen_.insert(what);
    say(what);
  }

  void look_at_load() {
    const TopologyService& service = success_.service();
    if (service.has_workload() && service.settings.number("serves_at_least") > 0) {
      say_not_seen("'serves_at_least' asks how much is served");
    }
  }

  /// In a network an active member keeps its place while any path can use it: those that it cannot
  /// serve do without.
  void look_at_roles() {
    if (!topology_.networked()) return;
    std::map<std::size_t, int> ways;
    for (const TopologyPath& path : success_.service().paths) {
      for (const TopologyStep& step : path.steps) {
        for (const std::size_t g : step.groups) {
          ways[g] += step.kind == TopologyStep::Kind::any && step.groups.size() > 1 ? 2 : 1;
        }
      }
    }
    for (const auto& [g, count] : ways) {
      const TopologyGroup& group = topology_.groups[g];
      const std::string& policy = group.policy->record.name;
      if (count < 2 || (policy != "active_standby" && policy != "primary_replica")) continue;
      say_not_seen(fmt::format(
          "'{}': its active member keeps its place while any of several paths can use it",
          group.name));
    }
  }

  std::size_t jobs_of(const std::string& crew) const {
    std::size_t jobs = 0;
    for (const TopologyComponent& component : topology_.components) {
      for (const Entry& entry : component.settings->table("failures")) {
        if (!entry.settings.has("repair")) continue;
        jobs += entry.settings.record("repair").names("crew").front().name == crew ? 1 : 0;
      }
    }
    return jobs;
  }

  void look_at_component(std::size_t c) {
    const TopologyComponent& component = topology_.components[c];
    for (const Entry& entry : component.settings->table("failures")) {
      if (!entry.settings.has("repair")) continue;
      const std::string& crew = entry.settings.record("repair").names("crew").front().name;
      for (const TopologyCrew& of : topology_.crews) {
        if (of.name != crew) continue;
        if (of.settings.number("size") < static_cast<double>(jobs_of(crew))) {
          say(fmt::format("repairs wait for the crew '{}'", crew));
        }
      }
    }
    look_at_clauses(component.needs);
    if (!component.hosts.empty()) say(fmt::format("'{}' takes time to move", component.name));
    if (!component.settings->has("restart")) return;
    for (const std::size_t other : success_.support_of_works(c)) {
      if (other != c && !topology_.components[other].settings->table("failures").empty()) {
        say(fmt::format("'{}' restarts when its power returns", component.name));
        return;
      }
    }
  }

  void look_at_group(std::size_t g) {
    const TopologyGroup& group = topology_.groups[g];
    const Settings& settings = group.settings;
    const std::string& policy = group.policy->record.name;
    const auto slow = [&](const char* what) { say(fmt::format("'{}': {}", group.name, what)); };
    const auto has_delay = [&](const char* key) {
      return settings.has(key) && settings.law(key)->mean() > 0;
    };
    if (policy == "cache") return;  // what it lacks goes on to the next
    if (policy == "queue") {
      if (settings.has("size")) say_not_seen(fmt::format("'{}': it may be full", group.name));
      if (group.members.size() > 1) {
        say_not_seen(fmt::format("'{}': which member has what waits", group.name));
      }
      look_at_clauses(group.needs);
      return;
    }
    if (policy == "raid") {
      slow("lost data takes time to be rebuilt");
    } else if (policy == "quorum") {
      if (settings.chosen("election") != "none") slow("an election takes time");
      const bool destroyed =
          std::any_of(group.members.begin(), group.members.end(), [&](Ref member) {
            if (member.group) return false;
            const auto& modes = topology_.components[member.index].settings->table("failures");
            return std::any_of(modes.begin(), modes.end(), [](const Entry& mode) {
              return mode.settings.truth("destroys_data");
            });
          });
      if (destroyed) slow("lost data takes time to be copied");
      if (group.witness) {
        say_not_seen(fmt::format("'{}': a leader needs a majority of votes", group.name));
      }
      if (topology_.networked()) {
        say_not_seen(fmt::format("'{}': who of its members reaches whom", group.name));
      }
    } else {
      if (settings.chosen("detection") != "perfect") slow("detection takes time");
      if (has_delay("takeover")) slow("takeover takes time");
      if (settings.number_or("automatic", 1.0) < 1.0) slow("takeover may need a person");
      if (policy == "active_active" && settings.has("backup"))
        slow("members in backup serve only while no other is in view");
    }
    if (policy == "active_standby") {
      if (settings.number("dormancy") < 1.0) slow("members that stand by age more slowly");
      if (settings.number("fails_on_demand") > 0) slow("a takeover may fail");
    }
    if (policy == "primary_replica") {
      say_not_seen(fmt::format("'{}': which copy has which writes, and who must acknowledge them",
                               group.name));
    }
    if (policy == "active_standby" || policy == "primary_replica") {
      if (settings.text("failback") != "none" && has_delay("failback_takes")) {
        slow("failback takes time");
      }
      if (settings.truth("quorum") || group.witness) {
        say_not_seen(fmt::format("'{}': roles need a majority of votes", group.name));
      }
    }
    for (const Ref ref : group.members) {
      if (ref.group) look_at_group(ref.index);
    }
    look_at_clauses(group.needs);
  }

  void look_at_clauses(const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) {
      for (const Ref ref : clause) {
        if (ref.group) look_at_group(ref.index);
      }
    }
  }

  const Topology& topology_;
  const Success& success_;
  std::set<std::string> broken_;
  std::set<std::string> not_seen_;
};

/// Whatever may matter to a service.
std::set<std::size_t> components_of(const Topology& topology, const Success& success) {
  std::set<std::size_t> components;
  const auto add = [&](const std::vector<std::size_t>& support) {
    components.insert(support.begin(), support.end());
  };
  add(success.support_of_client());
  for (const std::size_t end : success.ends()) add(success.support_of_usable(end));
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    if (topology.components[c].is(Part::link)) add(success.support_of_usable(c));
    if (success.forwards(c)) add(success.support_of_works(c));
  }
  return components;
}

/// Whether a mode may come, and its component, or those that it strikes, then take some time.
bool comes(const Entry& entry) { return std::isfinite(life_of(entry.settings)->mean()); }

bool may_fail(const TopologyComponent& component) {
  const auto& failures = component.settings->table("failures");
  const bool restarts =
      component.settings->has("restart") && component.settings->law("restart")->mean() > 0;
  return std::any_of(failures.begin(), failures.end(), [&](const Entry& entry) {
    return takes_down(entry.settings) && comes(entry) &&
           (restarts || repair_of(entry.settings)->mean() > 0);
  });
}

/// The strikes of a domain, each with the members that have the mode which it brings.
void add_strikes(const Topology& topology, std::size_t domain,
                 const std::map<std::size_t, std::vector<std::size_t>>& members,
                 std::vector<StructureElement>& elements) {
  const auto own = members.find(domain);
  if (own == members.end()) return;
  for (const Entry& entry : topology.components[domain].settings->table("failures")) {
    if (!strikes(entry.settings) || !comes(entry)) continue;
    const std::string& brings = entry.settings.record("strike").text("mode");
    StructureElement element;
    element.component = domain;
    element.name = topology.components[domain].name + "/" + entry.name.name;
    for (const std::size_t member : own->second) {
      for (const Entry& mode : topology.components[member].settings->table("failures")) {
        if (mode.name.name == brings && takes_down(mode.settings)) element.struck.push_back(member);
      }
    }
    if (!element.struck.empty()) elements.push_back(std::move(element));
  }
}

/// Whether the service stands, by elements.
class Stands {
 public:
  Stands(const Topology& topology, const Success& success,
         const std::vector<StructureElement>& elements)
      : success_(success), up_(topology.components.size(), 1), elements_(elements) {}

  const Ups& ups(const std::vector<std::uint8_t>& up) {
    std::fill(up_.begin(), up_.end(), std::uint8_t{1});
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      if (up[i] != 0) continue;
      const StructureElement& element = elements_[i];
      if (element.struck.empty()) up_[element.component] = 0;
      for (const std::size_t c : element.struck) up_[c] = 0;
    }
    return up_;
  }
  bool operator()(const std::vector<std::uint8_t>& up) { return success_.stands(ups(up)); }

 private:
  const Success& success_;
  Ups up_;
  const std::vector<StructureElement>& elements_;
};

double nines_gained(double before, double after) {
  if (!(after > 0)) return std::numeric_limits<double>::infinity();
  return std::log10(before / after);
}

void find_probabilities(Structure& structure, const Success& success,
                        const StructureQuestion& question) {
  const std::size_t n = structure.elements.size();
  std::vector<std::size_t> components;
  std::vector<double> q;
  std::vector<double> down(success.topology().components.size(), 0.0);
  for (const StructureElement& element : structure.elements) {
    components.push_back(element.component);
    q.push_back(element.down);
    down[element.component] = element.down;
  }
  const DiagramAnswer answer =
      diagram(success, components, down, question.most_nodes, [&](double share) {
        if (question.progress) question.progress("decision diagram", share);
      });
  structure.unavailability_low = answer.down_low;
  structure.unavailability_high = answer.down_high;
  double log_none = 0.0;
  for (const ElementSet& cut : structure.cuts.sets) {
    double p = 1.0;
    for (const std::uint32_t e : cut) p *= q[e];
    structure.cut_probability.push_back(p);
    structure.sum_of_cuts += p;
    log_none += std::log1p(-p);
  }
  structure.cut_upper_bound = std::abs(std::expm1(log_none));
  if (!answer.exact()) return;
  const double u = answer.down_low;
  if (u == 0.0) {  // it is never down: nothing is important
    if (!question.at_s) structure.outages_per_s = 0.0;
    return;
  }
  double outages_per_s = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    outages_per_s += answer.birnbaum[i] * structure.elements[i].fails_per_s;
  }
  if (!question.at_s) structure.outages_per_s = outages_per_s;
  for (std::size_t i = 0; i < n; ++i) {
    const StructureElement& element = structure.elements[i];
    const double if_up = answer.down_if_up[i];
    const double birnbaum = answer.birnbaum[i];
    Importance importance;
    importance.birnbaum = birnbaum;
    importance.criticality = q[i] * birnbaum / u;
    importance.diagnostic = q[i] * answer.down_if_down[i] / u;
    importance.risk_achievement = answer.down_if_down[i] / u;
    importance.risk_reduction = if_up > 0 ? u / if_up : std::numeric_limits<double>::infinity();
    if (!question.at_s && outages_per_s > 0) {
      importance.barlow_proschan = birnbaum * element.fails_per_s / outages_per_s;
    }
    if (structure.cuts.complete) {
      std::vector<ElementSet> with;
      for (const ElementSet& cut : structure.cuts.sets) {
        if (std::binary_search(cut.begin(), cut.end(), static_cast<std::uint32_t>(i))) {
          with.push_back(cut);
        }
      }
      importance.fussell_vesely = with.empty() ? 0.0 : probability_of_any(with, q) / u;
    }
    importance.nines_gained_if_doubled = nines_gained(u, if_up + q[i] * q[i] * birnbaum);
    importance.nines_gained_if_repaired_twice_as_fast =
        nines_gained(u, if_up + element.down_if_repaired_twice_as_fast * birnbaum);
    structure.importance.push_back(importance);
  }
}

}  // namespace

Structure structure_of(const Topology& topology, std::size_t service,
                       const StructureQuestion& question) {
  const Success success(topology, service);
  Structure structure;
  structure.service = topology.services[service].name;
  const std::set<std::size_t> all = components_of(topology, success);
  Assumptions assumptions(topology, success);
  structure.no_probability = assumptions.broken(all);
  structure.not_seen.assign(assumptions.not_seen().begin(), assumptions.not_seen().end());
  const auto members = topology.members_by_domain();
  for (const std::size_t c : all) {
    const TopologyComponent& component = topology.components[c];
    if (component.is(Part::domain)) add_strikes(topology, c, members, structure.elements);
    if (!may_fail(component)) continue;
    StructureElement element = in_the_long_run(*component.settings, 1.0);
    element.component = c;
    element.name = component.name;
    element.down_if_repaired_twice_as_fast = in_the_long_run(*component.settings, 2.0).down;
    structure.elements.push_back(element);
  }
  for (const StructureElement& element : structure.elements) {
    if (element.struck.empty()) continue;
    structure.no_probability.push_back(
        fmt::format("'{}' strikes several at once, and each is repaired by itself", element.name));
  }
  if (question.at_s && structure.no_probability.empty()) {
    for (StructureElement& element : structure.elements) {
      const TopologyComponent& component = topology.components[element.component];
      element.down = down_at(component, *question.at_s, 1.0);
      element.down_if_repaired_twice_as_fast = down_at(component, *question.at_s, 2.0);
    }
  }
  Stands stands(topology, success, structure.elements);
  const StandsFn function = [&](const std::vector<std::uint8_t>& up) { return stands(up); };
  const std::size_t n = structure.elements.size();
  if (question.progress) question.progress("minimal cut sets", std::nullopt);
  structure.cuts = minimal_cuts(n, function, std::min(question.order, n), question.most_sets);
  if (question.paths) {
    if (question.progress) question.progress("minimal path sets", std::nullopt);
    structure.paths = minimal_paths(n, function, n, question.most_sets);
  }
  for (const ElementSet& cut : structure.cuts.sets) {
    if (cut.size() != 1) break;
    std::vector<std::uint8_t> up(n, 1);
    up[cut.front()] = 0;
    structure.single_points.push_back({cut.front(), success.why_not(stands.ups(up))});
  }
  if (!structure.no_probability.empty()) return structure;
  try {
    find_probabilities(structure, success, question);
  } catch (const TooManyCombinations& error) {
    structure.no_probability.push_back(error.what());
  }
  return structure;
}

}  // namespace nines
