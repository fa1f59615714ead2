// Writes a topology back as YAML.
#include <algorithm>

#include <fmt/format.h>

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

/// Keys whose value is one name.
bool find_single(const std::string& key) { return key == "from" || key == "crew"; }

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
      out += fmt::format("{}  {}:\n", indent, scalar(entry.name.name));
      write_settings(out, entry.settings, depth + 2);
    }
  } else if (const auto* names = std::get_if<std::vector<NamedAt>>(&setting.value)) {
    if (find_single(key)) {
      out += fmt::format("{}{}: {}\n", indent, key, scalar(names->front().name));
      return;
    }
    std::string list;
    for (const NamedAt& name : *names) list += (list.empty() ? "" : ", ") + scalar(name.name);
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

}  // namespace

std::string write_yaml(const Topology& t) {
  std::string out = "nines: 1\n";
  if (!t.title.empty()) out += fmt::format("title: {}\n", scalar(t.title));
  out += "components:\n";
  for (const TopologyComponent& c : t.components) {
    out += fmt::format("  {}:\n", scalar(c.name));
    write_settings(out, *c.settings, 2);
  }
  if (!t.crews.empty()) out += "crews:\n";
  for (const TopologyCrew& crew : t.crews) {
    out += fmt::format("  {}:\n", scalar(crew.name));
    write_settings(out, crew.settings, 2);
  }
  out += "groups:\n";
  for (const TopologyGroup& group : t.groups) {
    out += fmt::format("  {}:\n", scalar(group.name));
    Settings settings = group.settings;
    std::vector<NamedAt> members;
    for (const std::size_t m : group.members) members.push_back({t.components[m].name, {}});
    settings.values["members"].value = std::move(members);
    write_settings(out, settings, 2);
  }
  out += "services:\n";
  for (const TopologyService& service : t.services) {
    out += fmt::format("  {}:\n", scalar(service.name));
    write_settings(out, service.settings, 2);
  }
  if (!t.objectives.settings.values.empty()) {
    out += "objectives:\n";
    write_settings(out, t.objectives.settings, 1);
  }
  return out;
}

}  // namespace nines
