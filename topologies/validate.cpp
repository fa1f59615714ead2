#include "topologies/validate.hpp"

#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "models/mechanisms/crew.hpp"

namespace nines {
namespace {

const std::vector<Entry>* failures_of(const TopologyComponent& component) {
  if (!component.settings->has("failures")) return nullptr;
  return std::get_if<std::vector<Entry>>(&component.settings->at("failures").value);
}

void check_keys_have_an_effect(const TopologyComponent& component, Diagnostics& diagnostics) {
  const Settings& s = *component.settings;
  const std::vector<Entry>* failures = failures_of(component);
  const bool fails = failures != nullptr && !failures->empty();
  for (const char* key : {"age", "restart"}) {
    if (fails || !s.has(key) || s.at(key).is_default) continue;
    diagnostics.add(s.at(key).key_place,
                    fmt::format("'{}' has no effect: '{}' cannot fail", key, component.name));
  }
  if (!fails) return;
  for (const Entry& mode : *failures) {
    if (mode.settings.has("degraded") && !s.has("capacity")) {
      diagnostics.add(
          mode.settings.at("degraded").key_place,
          fmt::format("'degraded' has no effect: '{}' has no 'capacity'", component.name),
          "write capacity: 150/s beside 'failures'");
    }
    if (mode.settings.has("degraded") && mode.settings.has("effect") &&
        !mode.settings.at("effect").is_default) {
      diagnostics.add(mode.settings.at("effect").key_place,
                      "a mode has 'effect' and 'degraded'; expected one of them");
    }
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
  std::map<std::size_t, std::size_t> services_of_member;
  for (const TopologyService& service : topology.services) {
    clients.insert(service.from);
    groups.insert(service.through.begin(), service.through.end());
    if (!(service.offered_per_s > 0)) continue;
    std::set<std::size_t> members;
    for (const std::size_t g : service.through) {
      members.insert(topology.groups[g].members.begin(), topology.groups[g].members.end());
    }
    for (const std::size_t member : members) {
      const TopologyComponent& component = topology.components[member];
      if (component.settings->has("capacity") && ++services_of_member[member] == 2) {
        diagnostics.add(service.place,
                        fmt::format("services that share the capacity of '{}' are not supported "
                                    "yet: they come with load and capacity",
                                    component.name));
        break;
      }
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
  for (const std::size_t member : group.members) {
    const TopologyComponent& component = topology.components[member];
    if (component.kind != nullptr && component.kind->record.name == "client") {
      diagnostics.add(group.settings.at("members").place,
                      fmt::format("client '{}' is a member of group '{}'; clients are served, they "
                                  "do not serve",
                                  component.name, group.name));
    }
  }
  if (group.members.empty()) return;  // has its message already
  for (const std::string& key : group.policy->counts) {
    if (!group.settings.has(key) || group.settings.number(key) <= size) continue;
    const Setting& setting = group.settings.at(key);
    diagnostics.add(
        setting.is_default ? group.place : setting.place,
        fmt::format("'{}' is {}; group '{}' has {} member{}", key, group.settings.number(key),
                    group.name, size, size == 1.0 ? "" : "s"));
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
    if (component.kind == nullptr) continue;
    check_keys_have_an_effect(component, diagnostics);
    check_availability_key(component, diagnostics);
  }
  check_crews(topology, diagnostics);
  std::map<std::size_t, const TopologyGroup*> standby_group_of;
  for (const TopologyGroup& group : topology.groups) {
    check_group(topology, group, diagnostics);
    if (group.policy->record.name != "active_standby") continue;
    for (const std::size_t member : group.members) {
      const auto [it, fresh] = standby_group_of.emplace(member, &group);
      if (fresh) continue;
      diagnostics.add(group.place,
                      fmt::format("'{}' stands by in group '{}' already; a component has one role",
                                  topology.components[member].name, it->second->name));
    }
  }
  // What is wrong so far has its own messages; only then is it known what is used.
  if (diagnostics.empty()) check_use(topology, diagnostics);
}

}  // namespace nines
