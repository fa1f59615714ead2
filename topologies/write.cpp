// Writes a topology back as YAML.
#include <algorithm>

#include <fmt/format.h>

#include "topologies/document.hpp"
#include "topologies/topology.hpp"

namespace nines {
namespace {

/// A scalar, quoted where YAML would read it otherwise.
std::string scalar(const std::string& text) {
  const bool plain =
      !text.empty() && text.find_first_of("\n\t\"'#,[]{}&*!|>%@`\\") == std::string::npos &&
      text.find(": ") == std::string::npos && text.back() != ':' && text.front() != ' ' &&
      text.back() != ' ' && text.front() != '-' && text.front() != '?' && text.front() != ':' &&
      text != "~" && text != "null" && text != "Null" && text != "NULL";
  if (plain) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string list_of(const std::vector<NamedAt>& names) {
  std::string list;
  for (const NamedAt& name : names) list += (list.empty() ? "" : ", ") + scalar(name.name);
  return "[" + list + "]";
}

void write_settings(std::string& out, const Settings& settings, std::size_t depth);

void write_setting(std::string& out, const std::string& key, const Setting& setting,
                   std::size_t depth) {
  const std::string indent(depth * 2, ' ');
  if (const auto* record = std::get_if<Settings>(&setting.value)) {
    out += fmt::format("{}{}:\n", indent, key);
    write_settings(out, *record, depth + 1);
  } else if (const auto* table = std::get_if<std::vector<Entry>>(&setting.value)) {
    if (table->empty()) return;
    out += fmt::format("{}{}:\n", indent, key);
    for (const Entry& entry : *table) {
      if (entry.name.name.empty()) {  // of a list
        out += fmt::format("{}  -\n", indent);
        write_settings(out, entry.settings, depth + 2);
        continue;
      }
      out += fmt::format("{}  {}:\n", indent, scalar(entry.name.name));
      write_settings(out, entry.settings, depth + 2);
    }
  } else if (const auto* names = std::get_if<std::vector<NamedAt>>(&setting.value)) {
    if (names->size() == 1 && !setting.text.empty()) {  // it was one name, not a list
      out += fmt::format("{}{}: {}\n", indent, key, scalar(names->front().name));
      return;
    }
    out += fmt::format("{}{}: {}\n", indent, key, list_of(*names));
  } else if (const auto* numbers = std::get_if<std::vector<double>>(&setting.value)) {
    std::string list;
    for (const double number : *numbers)
      list += fmt::format("{}{}", list.empty() ? "" : ", ", number);
    out += fmt::format("{}{}: [{}]\n", indent, key, list);
  } else if (const auto* bundles = std::get_if<std::vector<Bundle>>(&setting.value)) {
    std::string list;
    for (const Bundle& bundle : *bundles) {
      list += (list.empty() ? "" : ", ");
      list += bundle.word.empty() ? scalar(bundle.names.front().name)
                                  : fmt::format("{{{}: {}}}", bundle.word, list_of(bundle.names));
    }
    out += fmt::format("{}{}: [{}]\n", indent, key, list);
  } else {
    out += fmt::format("{}{}: {}\n", indent, key, scalar(setting.text));
  }
}

void write_settings(std::string& out, const Settings& settings, std::size_t depth) {
  const std::size_t before = out.size();
  for (const auto& [key, setting] : settings.values) {
    if (!setting.is_default && key != "type") write_setting(out, key, setting, depth);
  }
  if (out.size() == before) {
    out.pop_back();  // the line end behind the key
    out += " {}\n";
  }
}

/// As it stands in its section.
std::string own_name(const TopologyComponent& c) {
  return c.is(Part::domain) ? c.name.substr(7) : c.name;
}

/// The settings with sets and turns written out.
Settings resolved(const Topology& t, const TopologyComponent& c) {
  Settings settings = *c.settings;
  if (!c.between.empty()) {
    settings.values["between"].value = std::vector<NamedAt>{{t.components[c.between[0]].name, {}},
                                                            {t.components[c.between[1]].name, {}}};
  }
  if (settings.has("domain")) {
    std::vector<Bundle> domains;
    for (const std::size_t d : c.domains) {
      domains.push_back({{}, {{own_name(t.components[d]), {}}}, {}});
    }
    settings.values["domain"].value = std::move(domains);
  }
  return settings;
}

}  // namespace

std::string write_yaml(const Topology& t) {
  std::string out = "nines: 1\n";
  if (!t.title.empty()) out += fmt::format("title: {}\n", scalar(t.title));
  for (const char* section : {"domains", "components", "links", "streams"}) {
    bool first = true;
    for (const TopologyComponent& c : t.components) {
      if (section_of(*c.kind) != section) continue;
      if (first) out += fmt::format("{}:\n", section);
      first = false;
      out += fmt::format("  {}:\n", scalar(own_name(c)));
      write_settings(out, resolved(t, c), 2);
    }
  }
  if (!t.crews.empty()) out += "crews:\n";
  for (const TopologyCrew& crew : t.crews) {
    out += fmt::format("  {}:\n", scalar(crew.name));
    write_settings(out, crew.settings, 2);
  }
  out += "groups:\n";
  for (const TopologyGroup& group : t.groups) {
    if (group.shard && group.shard->number > 0) continue;
    out += fmt::format("  {}:\n", scalar(group.shard ? group.shard->name : group.name));
    Settings settings = group.settings;
    std::vector<NamedAt> members;
    for (const Ref m : group.shard ? group.shard->members : group.members) {
      members.push_back({m.group ? t.groups[m.index].name : t.components[m.index].name, {}});
    }
    settings.values["members"].value = std::move(members);
    write_settings(out, settings, 2);
  }
  out += "services:\n";
  for (const TopologyService& service : t.services) {
    out += fmt::format("  {}:\n", scalar(service.name));
    write_settings(out, service.settings, 2);
  }
  if (!t.faults.empty()) out += "faults:\n";
  for (const TopologyFault& fault : t.faults) {
    out += "  -\n";
    write_settings(out, fault.settings, 2);
  }
  if (!t.costs.settings.values.empty()) {
    out += "costs:\n";
    write_settings(out, t.costs.settings, 1);
  }
  if (!t.objectives.settings.values.empty()) {
    out += "objectives:\n";
    write_settings(out, t.objectives.settings, 1);
  }
  return out;
}

}  // namespace nines
