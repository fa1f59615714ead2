#include "topologies/validate.hpp"

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

void check_crews(const Topology& topology, Diagnostics& diagnostics) {
  std::map<std::string, const TopologyCrew*> crews;
  std::vector<std::string> names;
  for (const TopologyCrew& crew : topology.crews) {
    crews.emplace(crew.name, &crew);
    names.push_back(crew.name);
  }
  std::set<std::string> used;
  for (const TopologyComponent& component : topology.components) {
    const std::vector<Entry>* failures = failures_of(component);
    if (failures == nullptr) continue;
    for (const Entry& mode : *failures) {
      if (!mode.settings.has("repair")) continue;
      const Settings& repair = mode.settings.record("repair");
      if (!repair.has("crew")) continue;
      const NamedAt& name = repair.names("crew").front();
      const auto it = crews.find(name.name);
      if (it == crews.end() || repair.names("crew").size() != 1) {
        diagnostics.add(name.place, fmt::format("no crew is called '{}'", name.name),
                        suggest(name.name, names));
        continue;
      }
      used.insert(name.name);
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
    if (component.kind != nullptr) check_keys_have_an_effect(component, diagnostics);
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
}

}  // namespace nines
