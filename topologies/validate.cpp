#include "topologies/validate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "models/mechanisms/crew.hpp"
#include "models/mechanisms/profile.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

/// As a message names it: domain 'rack-a', link 'trunk'.
std::string spoken(const TopologyComponent& component) {
  return fmt::format("{} '{}'", component.kind->record.name,
                     component.is(Part::domain) ? component.name.substr(7) : component.name);
}

const std::vector<Entry>* failures_of(const TopologyComponent& component) {
  if (!component.settings->has("failures")) return nullptr;
  return std::get_if<std::vector<Entry>>(&component.settings->at("failures").value);
}

bool has_mode(const TopologyComponent& component, const std::string& name) {
  const std::vector<Entry>* failures = failures_of(component);
  return failures != nullptr &&
         std::any_of(failures->begin(), failures->end(),
                     [&](const Entry& mode) { return mode.name.name == name; });
}

bool has_key(const TopologyComponent& component, const char* key) {
  return find_parameter(component.kind->record, key) != nullptr;
}

/// Whether it restarts when something returns: a domain that it is in, or a feed that it needs.
bool has_power(const Topology& topology, const TopologyComponent& component) {
  return !component.domains.empty() ||
         std::any_of(component.needs.begin(), component.needs.end(), [&](const Clause& clause) {
           return std::all_of(clause.begin(), clause.end(), [&](const Ref ref) {
             return !ref.group && topology.components[ref.index].is(Part::domain);
           });
         });
}

void check_keys_have_an_effect(const Topology& topology, const TopologyComponent& component,
                               Diagnostics& diagnostics) {
  const Settings& s = *component.settings;
  const std::vector<Entry>* failures = failures_of(component);
  const auto index = static_cast<std::size_t>(&component - topology.components.data());
  const bool scripted =
      std::any_of(topology.faults.begin(), topology.faults.end(),
                  [&](const TopologyFault& fault) { return fault.component == index; });
  const bool fenced =
      std::any_of(topology.groups.begin(), topology.groups.end(), [&](const TopologyGroup& group) {
        return group.settings.truth("fencing") &&
               std::count(group.members.begin(), group.members.end(), Ref{false, index}) > 0;
      });
  const bool fails = (failures != nullptr && !failures->empty()) || scripted || fenced;
  const auto no_effect = [&](const Settings& in, const char* key, const std::string& why,
                             const std::string& hint = {}) {
    diagnostics.add(in.at(key).key_place, fmt::format("'{}' has no effect: {}", key, why), hint);
  };
  for (const char* key : {"age", "restart"}) {
    if (fails || !s.has(key) || s.at(key).is_default) continue;
    if (std::string_view(key) == "restart" && has_power(topology, component)) continue;
    no_effect(s, key, fmt::format("'{}' cannot fail", component.name));
  }
  if (!fails && s.has("cost") && s.record("cost").has("repair")) {
    no_effect(s.record("cost"), "repair", fmt::format("'{}' cannot fail", component.name));
  }
  if (s.has("maxconn") && !s.at("maxconn").is_default && !s.has("capacity") &&
      !s.has_refused("capacity")) {
    no_effect(s, "maxconn", fmt::format("'{}' has no 'capacity'", component.name),
              "write capacity: 150/s beside it");
  }
  if (failures == nullptr) return;
  for (const Entry& mode : *failures) {
    const Settings& m = mode.settings;
    if (m.has("degraded") && !s.has("capacity") && !s.has_refused("capacity")) {
      no_effect(m, "degraded",
                has_key(component, "capacity")
                    ? fmt::format("'{}' has no 'capacity'", component.name)
                    : fmt::format("a {} has no capacity", component.kind->record.name),
                has_key(component, "capacity") ? "write capacity: 150/s beside 'failures'" : "");
    }
    const bool effect = m.has("effect") && !m.at("effect").is_default;
    if (m.has("degraded") && effect) {
      diagnostics.add(m.at("effect").key_place,
                      "a mode has 'effect' and 'degraded'; expected one of them");
    }
    if (m.truth("destroys_data") && m.has("degraded")) {
      diagnostics.add(m.at("destroys_data").key_place,
                      "a mode has 'destroys_data' and 'degraded'; expected one of them");
    }
    if (!m.has("strike")) continue;
    if (!component.is(Part::domain)) {
      diagnostics.add(m.at("strike").key_place,
                      fmt::format("'strike' belongs to a failure domain; '{}' is a {}",
                                  component.name, component.kind->record.name));
    }
    for (const char* key : {"effect", "repair", "degraded", "destroys_data", "availability"}) {
      if (m.has(key) && !m.at(key).is_default) {
        no_effect(m, key, "a strike is over at once; those whom it strikes are repaired");
      }
    }
  }
}

/// The failure modes that destroy data, and who could rebuild it.
void check_data(const Topology& topology, Diagnostics& diagnostics) {
  std::map<std::size_t, const TopologyGroup*> array_of;
  for (const TopologyGroup& group : topology.groups) {
    if (group.policy->record.name != "raid") continue;
    const Settings& s = group.settings;
    if (s.has("parity") && s.number("parity") >= static_cast<double>(group.members.size())) {
      diagnostics.add(s.at("parity").place,
                      fmt::format("'parity' is {}; group '{}' has {} members, and some must hold "
                                  "data",
                                  s.number("parity"), group.name, group.members.size()));
    }
    const auto level = static_cast<int>(s.number_or("level", 1));
    const std::size_t fewest = level == 6 ? 4 : level == 5 ? 3 : 2;
    if (level != 1 && level != 5 && level != 6) {
      diagnostics.add(s.at("level").place, fmt::format("'level' is {}; expected 1, 5 or 6", level));
    } else if (group.members.size() < fewest) {
      diagnostics.add(group.place, fmt::format("RAID-{} needs {} disks; group '{}' has {}", level,
                                               fewest, group.name, group.members.size()));
    }
    const bool refused = s.has_refused("read_errors") || s.has_refused("disk_size");
    if (!refused && s.has("read_errors") != s.has("disk_size")) {
      diagnostics.add(s.at(s.has("read_errors") ? "read_errors" : "disk_size").key_place,
                      "'read_errors' and 'disk_size' go together",
                      "write read_errors: 1e-15 and disk_size: 4TB");
    }
    for (const Ref member : group.members) {
      if (member.group) {
        diagnostics.add(s.at("members").place,
                        fmt::format("group '{}' is a member of the RAID group '{}'; expected "
                                    "components",
                                    topology.groups[member.index].name, group.name));
        continue;
      }
      const TopologyComponent& disk = topology.components[member.index];
      const std::vector<Entry>* failures = failures_of(disk);
      const bool destroys = failures != nullptr &&
                            std::any_of(failures->begin(), failures->end(), [](const Entry& mode) {
                              return mode.settings.truth("destroys_data");
                            });
      if (!destroys) {
        diagnostics.add(s.at("members").place,
                        fmt::format("'{}' never loses data, so there is nothing to rebuild in "
                                    "group '{}'",
                                    disk.name, group.name),
                        "write destroys_data: true in a failure mode");
        break;  // one is enough
      }
      const auto [at, fresh] = array_of.emplace(member.index, &group);
      if (!fresh) {
        diagnostics.add(group.place, fmt::format("'{}' is in the RAID group '{}' already",
                                                 disk.name, at->second->name));
        break;  // one is enough
      }
    }
  }
  std::set<std::size_t> copied;
  for (const TopologyGroup& group : topology.groups) {
    const std::string& policy = group.policy->record.name;
    if (policy != "primary_replica" && policy != "quorum" && !group.policy->buffers) continue;
    for (const Ref member : group.members) {
      if (!member.group) copied.insert(member.index);
    }
  }
  std::set<std::uint32_t> told;  // one message for all that one key stands for
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const std::vector<Entry>* failures = failures_of(topology.components[c]);
    if (failures == nullptr || array_of.count(c) + copied.count(c) != 0) continue;
    for (const Entry& mode : *failures) {
      if (!mode.settings.truth("destroys_data")) continue;
      if (!told.insert(mode.settings.at("destroys_data").place.begin).second) continue;
      diagnostics.add(mode.settings.at("destroys_data").key_place,
                      fmt::format("'destroys_data' has no effect: '{}' is in no group that copies "
                                  "data (raid, primary_replica, quorum, queue)",
                                  topology.components[c].name));
    }
  }
}

void check_domains(const Topology& topology, Diagnostics& diagnostics) {
  const auto members = topology.members_by_domain();
  std::set<std::size_t> needed;
  const auto note = [&](const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) {
      for (const Ref ref : clause) {
        if (!ref.group) needed.insert(ref.index);
      }
    }
  };
  for (const TopologyComponent& component : topology.components) note(component.needs);
  for (const TopologyGroup& group : topology.groups) note(group.needs);
  for (const TopologyService& service : topology.services) note(service.needs);
  for (std::size_t d = 0; d < topology.components.size(); ++d) {
    const TopologyComponent& domain = topology.components[d];
    if (!domain.is(Part::domain)) continue;
    const auto inside = members.find(d);
    if (inside == members.end() && needed.count(d) == 0) {
      diagnostics.add(domain.place,
                      fmt::format("{} has no members, and nothing needs it", spoken(domain)),
                      fmt::format("write domain: {0} in a component, or domain: [{0}, …] beside "
                                  "others; one in a type gives way to one in the component",
                                  domain.name.substr(7)));
      continue;
    }
    const std::vector<Entry>* failures = failures_of(domain);
    if (failures == nullptr) continue;
    for (const Entry& mode : *failures) {
      if (!mode.settings.has("strike")) continue;
      const Setting& struck = mode.settings.record("strike").at("mode");
      const std::string& name = std::get<std::string>(struck.value);
      const bool anyone =
          inside != members.end() &&
          std::any_of(inside->second.begin(), inside->second.end(),
                      [&](std::size_t c) { return has_mode(topology.components[c], name); });
      if (!anyone) {
        diagnostics.add(struck.place, fmt::format("no member of {} has a failure mode '{}'",
                                                  spoken(domain), name));
      }
    }
  }
}

/// Domains in one another, groups in one another and needs: in a circle, or deeper than anyone
/// means.
class Circles {
 public:
  Circles(const Topology& topology, Diagnostics& diagnostics)
      : topology_(topology), diagnostics_(diagnostics) {}

  bool none() {
    for (std::size_t c = 0; c < topology_.components.size() && !found_; ++c) visit({false, c});
    for (std::size_t g = 0; g < topology_.groups.size() && !found_; ++g) visit({true, g});
    return !found_;
  }

 private:
  std::string name(Ref ref) const {
    return ref.group ? topology_.groups[ref.index].name : topology_.components[ref.index].name;
  }

  void visit(Ref ref) {
    const auto open = std::find(path_.begin(), path_.end(), ref);
    if (open != path_.end()) {
      std::string circle;
      for (auto at = open; at != path_.end(); ++at) circle += name(*at) + " → ";
      diagnostics_.add(
          ref.group ? topology_.groups[ref.index].place : topology_.components[ref.index].place,
          fmt::format("a circle: {}{}; each is in, or needs, the next", circle, name(ref)));
      found_ = true;
      return;
    }
    if (!done_.insert(ref).second) return;
    if (path_.size() == kDeepest) {
      diagnostics_.add(
          ref.group ? topology_.groups[ref.index].place : topology_.components[ref.index].place,
          fmt::format("'{}' is in, or needed by, others at a depth of more than {}", name(ref),
                      kDeepest));
      found_ = true;
      return;
    }
    path_.push_back(ref);
    const auto visit_all = [&](const std::vector<Clause>& clauses) {
      for (const Clause& clause : clauses) {
        for (const Ref other : clause) visit(other);
      }
    };
    if (ref.group) {
      for (const Ref member : topology_.groups[ref.index].members) visit(member);
      visit_all(topology_.groups[ref.index].needs);
    } else {
      for (const std::size_t d : topology_.components[ref.index].domains) visit({false, d});
      for (const std::size_t h : topology_.components[ref.index].hosts) visit({false, h});
      visit_all(topology_.components[ref.index].needs);
    }
    path_.pop_back();
  }

  static constexpr std::size_t kDeepest = 100;

  const Topology& topology_;
  Diagnostics& diagnostics_;
  std::vector<Ref> path_;
  std::set<Ref> done_;
  bool found_ = false;
};

/// All components below a group.
void add_leaves(const Topology& topology, Ref ref, std::set<std::size_t>& leaves) {
  if (!ref.group) {
    leaves.insert(ref.index);
    return;
  }
  for (const Ref member : topology.groups[ref.index].members) add_leaves(topology, member, leaves);
}

/// Storage that nothing needs: the very mistake that nobody sees on a drawing.
void check_storage(const Topology& topology, Diagnostics& diagnostics) {
  std::set<std::size_t> used;
  std::set<std::size_t> serving;
  const auto note = [&](const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) {
      for (const Ref ref : clause) {
        if (!ref.group) used.insert(ref.index);
      }
    }
  };
  for (const TopologyComponent& component : topology.components) note(component.needs);
  for (const TopologyService& service : topology.services) note(service.needs);
  for (const TopologyGroup& group : topology.groups) {
    note(group.needs);
    for (const Ref member : group.members) {
      if (!member.group) serving.insert(member.index);
    }
  }
  used.insert(serving.begin(), serving.end());
  std::set<std::uint32_t> told;  // one message for all that one key stands for
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const TopologyComponent& component = topology.components[c];
    if (!component.is(Part::storage)) continue;
    if (serving.count(c) == 0 && component.settings->has("capacity") &&
        told.insert(component.place.begin).second) {
      diagnostics.add(component.settings->at("capacity").key_place,
                      fmt::format("'capacity' has no effect: no request passes {}; it is in no "
                                  "group",
                                  spoken(component)));
    }
    if (used.count(c) != 0) continue;
    if (!told.insert(component.place.begin).second) continue;
    diagnostics.add(component.place, fmt::format("nothing needs {}", spoken(component)),
                    "write needs: " + component.name + " in what keeps its data there");
  }
}

/// The first component that a group counts twice, once through a group in it; none if there is
/// none.
std::optional<std::size_t> counted_twice(const Topology& topology, Ref ref,
                                         std::set<std::size_t>& seen) {
  if (!ref.group) {
    return seen.insert(ref.index).second ? std::nullopt : std::optional(ref.index);
  }
  for (const Ref member : topology.groups[ref.index].members) {
    if (const auto twice = counted_twice(topology, member, seen)) return twice;
  }
  return std::nullopt;
}

/// With links, whatever takes part in a service must have one.
void check_network(const Topology& topology, Diagnostics& diagnostics) {
  const bool any_workload =
      std::any_of(topology.services.begin(), topology.services.end(),
                  [](const TopologyService& service) { return service.has_workload(); });
  std::set<std::size_t> linked;
  for (const TopologyComponent& component : topology.components) {
    linked.insert(component.between.begin(), component.between.end());
    const Settings& s = *component.settings;
    if (s.has("latency") && !s.at("latency").is_default && !any_workload) {
      diagnostics.add(s.at("latency").key_place,
                      "'latency' has no effect: no service has a workload, so there is no response "
                      "time");
    }
  }
  std::set<std::uint32_t> told;  // one message for all that one key stands for
  for (const TopologyComponent& component : topology.components) {
    const auto c = static_cast<std::size_t>(&component - topology.components.data());
    const Settings& s = *component.settings;
    if (component.is(Part::forwarder) && linked.count(c) == 0 &&
        told.insert(component.place.begin).second) {
      diagnostics.add(component.place,
                      fmt::format("{} '{}' has no link, so it forwards nothing",
                                  component.kind->record.name, component.name),
                      "write a link under 'links'");
    }
    if (s.truth("forwards") && linked.count(c) == 0 && component.number_in_range == 0) {
      diagnostics.add(s.at("forwards").key_place,
                      fmt::format("'forwards' has no effect: '{}' has no link", component.name));
    }
  }
  check_storage(topology, diagnostics);
  if (!topology.networked()) return;
  for (const TopologyService& service : topology.services) {
    std::set<std::size_t> parts{service.from};
    for (const TopologyPath& path : service.paths) {
      for (const std::size_t g : path.groups()) add_leaves(topology, {true, g}, parts);
    }
    const std::set<std::size_t> on_the_path = parts;
    std::vector<std::size_t> open(parts.begin(), parts.end());
    const auto add_needs = [&](const std::vector<Clause>& clauses) {
      for (const Clause& clause : clauses) {
        for (const Ref ref : clause) {
          std::set<std::size_t> leaves;
          add_leaves(topology, ref, leaves);
          for (const std::size_t leaf : leaves) {
            if (topology.components[leaf].in_graph() && parts.insert(leaf).second) {
              open.push_back(leaf);
            }
          }
        }
      }
    };
    add_needs(service.needs);
    while (!open.empty()) {
      const std::size_t part = open.back();
      open.pop_back();
      add_needs(topology.components[part].needs);
    }
    for (const std::size_t part : parts) {
      const TopologyComponent& component = topology.components[part];
      if (linked.count(part) != 0) continue;
      if (component.is(Part::storage) && on_the_path.count(part) == 0) continue;  // attached
      if (!told.insert(component.place.begin).second) continue;
      diagnostics.add(
          component.place,
          fmt::format("'{}' has no link, and service '{}' needs it", component.name, service.name),
          "write a link to it under 'links'");
    }
  }
}

void check_load(const TopologyService& service, Diagnostics& diagnostics) {
  const Settings& s = service.settings;
  for (const char* key : {"profile", "serves_at_least"}) {
    if (service.has_workload() || !s.has(key) || s.at(key).is_default) continue;
    diagnostics.add(
        s.at(key).key_place,
        fmt::format("'{}' has no effect: service '{}' has no workload", key, service.name),
        "write workload: {reads: 380/s, writes: 20/s}");
  }
  const std::vector<Entry>& profile = s.table("profile");
  if (profile.empty() || !is_whole(profile)) return;
  std::optional<ProfileClash> clash;
  const Profile week = profile_of(profile, clash);
  if (clash) {
    diagnostics.add(
        profile[clash->second].name.place,
        fmt::format("'{}' and '{}' overlap, on {}; expected one load for every hour",
                    profile[clash->first].name.name, profile[clash->second].name.name, clash->when),
        "cut the hours or days of one of them; a name may have only one stretch");
  } else if (std::all_of(week.levels.begin(), week.levels.end(), [](double l) { return l == 0; })) {
    diagnostics.add(s.at("profile").key_place, "a profile whose load is always 0 %");
  }
}

/// Repairs that never end, or take no time, where a mean of them is needed.
void check_availability_key(const TopologyComponent& component, Diagnostics& diagnostics) {
  const std::vector<Entry>* failures = failures_of(component);
  if (failures == nullptr) return;
  for (const Entry& mode : *failures) {
    const Settings& s = mode.settings;
    if (!s.has("availability") || !s.has("time_to_repair")) continue;
    const double mean_s = s.law("time_to_repair")->mean();
    if (mean_s > 0 && std::isfinite(mean_s)) continue;
    diagnostics.add(s.at("availability").key_place,
                    "'availability' needs a time to repair whose mean is above 0 and finite");
  }
}

/// What is written but used by nothing is more likely a slip than a wish.
void check_use(const Topology& topology, Diagnostics& diagnostics) {
  std::set<std::size_t> groups;
  std::set<std::size_t> clients;
  const auto note_needs = [&](const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) {
      for (const Ref ref : clause) {
        if (ref.group) groups.insert(ref.index);
      }
    }
  };
  for (const TopologyComponent& component : topology.components) {
    note_needs(component.needs);
    if (component.scheduler) groups.insert(*component.scheduler);
  }
  for (const TopologyGroup& group : topology.groups) {
    note_needs(group.needs);
    if (group.store) groups.insert(*group.store);
    for (const Ref member : group.members) {
      if (member.group) groups.insert(member.index);
    }
  }
  for (const TopologyService& service : topology.services) {
    clients.insert(service.from);
    note_needs(service.needs);
    for (const TopologyPath& path : service.paths) {
      for (const std::size_t g : path.groups()) groups.insert(g);
    }
  }
  std::set<std::string> used;
  for (const TopologyComponent& component : topology.components) {
    const std::vector<Entry>* failures = failures_of(component);
    if (failures == nullptr) continue;
    for (const Entry& mode : *failures) {
      if (!mode.settings.has("repair")) continue;
      used.insert(mode.settings.record("repair").names("crew").front().name);
    }
  }
  for (const TopologyCrew& crew : topology.crews) {
    if (used.count(crew.name) != 0) continue;
    diagnostics.add(crew.place, fmt::format("crew '{}' repairs nothing", crew.name),
                    "write repair: {crew: " + crew.name + "} in a failure mode");
  }
  for (std::size_t g = 0; g < topology.groups.size(); ++g) {
    if (groups.count(g) != 0 || topology.services.empty()) continue;
    diagnostics.add(topology.groups[g].place,
                    fmt::format("group '{}' is in no service", topology.groups[g].name));
  }
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const TopologyComponent& component = topology.components[c];
    if (component.kind == nullptr || component.kind->record.name != "client") continue;
    if (clients.count(c) != 0 || topology.services.empty()) continue;
    diagnostics.add(component.place,
                    fmt::format("client '{}' is served by no service", component.name));
  }
}

void check_crews(const Topology& topology, Diagnostics& diagnostics) {
  std::map<std::string, const TopologyCrew*> crews;
  std::vector<std::string> names;
  for (const TopologyCrew& crew : topology.crews) {
    crews.emplace(crew.name, &crew);
    names.push_back(crew.name);
  }
  for (const TopologyComponent& component : topology.components) {
    const std::vector<Entry>* failures = failures_of(component);
    if (failures == nullptr) continue;
    for (const Entry& mode : *failures) {
      if (!mode.settings.has("repair")) continue;
      const Settings& repair = mode.settings.record("repair");
      if (!repair.has("crew")) continue;
      const NamedAt& name = repair.names("crew").front();
      const auto it = crews.find(name.name);
      if (it == crews.end()) {
        diagnostics.add(name.place, fmt::format("no crew is called '{}'", name.name),
                        suggest(name.name, names));
        continue;
      }
      if (!repair.has("priority") || repair.at("priority").is_default ||
          !it->second->settings.has("discipline")) {
        continue;
      }
      const Discipline discipline = discipline_of(it->second->settings);
      if (discipline != Discipline::priority && discipline != Discipline::preemptive) {
        diagnostics.add(repair.at("priority").key_place,
                        fmt::format("'priority' has no effect: the discipline of crew '{}' is {}",
                                    name.name, it->second->settings.text("discipline")),
                        "write discipline: priority in the crew");
      }
    }
  }
}

void check_group(const Topology& topology, const TopologyGroup& group, Diagnostics& diagnostics) {
  const auto size = static_cast<double>(group.members.size());
  for (const Ref member : group.members) {
    if (member.group) continue;
    const TopologyComponent& component = topology.components[member.index];
    if (!component.in_graph()) {
      diagnostics.add(group.settings.at("members").place,
                      fmt::format("{} is a member of group '{}'; expected what serves requests",
                                  spoken(component), group.name));
    }
    if (component.is(Part::client)) {
      diagnostics.add(group.settings.at("members").place,
                      fmt::format("client '{}' is a member of group '{}'; clients are served, they "
                                  "do not serve",
                                  component.name, group.name));
    }
  }
  if (group.members.empty()) return;  // has its message already
  const bool voted = group.settings.has("votes");
  const std::vector<int> votes = votes_of(group.settings, group.members.size());
  const double most = voted ? std::accumulate(votes.begin(), votes.end(), 0) : size;
  for (const std::string& key : group.policy->counts) {
    if (!group.settings.has(key) || group.settings.number(key) <= most) continue;
    const Setting& setting = group.settings.at(key);
    diagnostics.add(
        setting.is_default ? group.place : setting.place,
        fmt::format("'{}' is {}; group '{}' has {} {}{}", key, group.settings.number(key),
                    group.name, most, voted ? "vote" : "member", most == 1.0 ? "" : "s"));
  }
  if (group.settings.has("copies") && !group.settings.has("shards") &&
      !group.settings.has_refused("shards")) {
    diagnostics.add(group.settings.at("copies").key_place,
                    "'copies' has no effect: each member has one of everything, without 'shards'",
                    "write shards: 6 beside it");
  }
  if (group.settings.has("need") && group.settings.has("active") &&
      group.settings.number("need") > group.settings.number("active")) {
    diagnostics.add(group.settings.at("need").place,
                    fmt::format("'need' is {}, but only {} are active",
                                group.settings.number("need"), group.settings.number("active")),
                    "raise 'active'");
  }
}

}  // namespace

void validate(const Topology& topology, Diagnostics& diagnostics) {
  for (const TopologyComponent& component : topology.components) {
    if (component.kind == nullptr || component.number_in_range > 0) continue;
    check_keys_have_an_effect(topology, component, diagnostics);
    check_availability_key(component, diagnostics);
  }
  check_crews(topology, diagnostics);
  check_data(topology, diagnostics);
  for (const TopologyService& service : topology.services) check_load(service, diagnostics);
  for (const TopologyGroup& group : topology.groups) check_group(topology, group, diagnostics);
  check_failover(topology, diagnostics);
  check_replication(topology, diagnostics);
  if (!Circles(topology, diagnostics).none()) return;
  std::map<std::size_t, const TopologyGroup*> standby_group_of;
  for (std::size_t g = 0; g < topology.groups.size(); ++g) {
    const TopologyGroup& group = topology.groups[g];
    std::set<std::size_t> seen;
    if (const auto twice = counted_twice(topology, {true, g}, seen)) {
      diagnostics.add(group.place,
                      fmt::format("group '{}' counts '{}' twice, through a group in it", group.name,
                                  topology.components[*twice].name));
    }
    const std::string& policy = group.policy->record.name;
    if (policy != "active_standby" && policy != "primary_replica") continue;
    std::set<std::size_t> leaves;
    add_leaves(topology, {true, g}, leaves);
    for (const std::size_t leaf : leaves) {
      const auto [it, fresh] = standby_group_of.emplace(leaf, &group);
      // Who copies for several may be the primary of one and a replica of another.
      const bool both = policy == "primary_replica" && it->second->policy == group.policy;
      if (fresh || both) continue;
      diagnostics.add(group.place,
                      fmt::format("'{}' has a role in group '{}' already; a component has one",
                                  topology.components[leaf].name, it->second->name));
    }
  }
  // What is wrong so far has its own messages; only then is it known what is used.
  if (!diagnostics.empty()) return;
  check_use(topology, diagnostics);
  check_domains(topology, diagnostics);
  check_network(topology, diagnostics);
}

}  // namespace nines
