#include "topologies/meaning.hpp"

#include <type_traits>
#include <variant>

#include <fmt/format.h>

#include "engine/base/hash.hpp"

namespace nines {
namespace {

/// Text that two settings share exactly if they mean the same.
void append_meaning(std::string& out, const Settings& settings);

void append_meaning(std::string& out, const Setting& setting) {
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, double>) {
          out += fmt::format("{:a}", value);
        } else if constexpr (std::is_same_v<T, std::vector<double>>) {
          for (const double number : value) out += fmt::format("{:a},", number);
        } else if constexpr (std::is_same_v<T, bool>) {
          out += value ? "true" : "false";
        } else if constexpr (std::is_same_v<T, LawPtr>) {
          out += value->text();
        } else if constexpr (std::is_same_v<T, std::string>) {
          out += value;
        } else if constexpr (std::is_same_v<T, std::vector<NamedAt>>) {
          for (const NamedAt& name : value) out += name.name + ",";
        } else if constexpr (std::is_same_v<T, std::vector<Bundle>>) {
          for (const Bundle& bundle : value) {
            out += bundle.word + "(";
            for (const NamedAt& name : bundle.names) out += name.name + ",";
            out += ")";
          }
        } else if constexpr (std::is_same_v<T, Settings>) {
          append_meaning(out, value);
        } else {
          for (const Entry& entry : value) {
            out += entry.name.name;
            append_meaning(out, entry.settings);
          }
        }
      },
      setting.value);
}

void append_meaning(std::string& out, const Settings& settings) {
  out += "{";
  for (const auto& [key, setting] : settings.values) {
    // Merged, or resolved, already.
    if (key == "type" || key == "members" || key == "between" || key == "domain") continue;
    const auto* table = std::get_if<std::vector<Entry>>(&setting.value);
    if (table != nullptr && table->empty()) continue;
    out += key + "=";
    append_meaning(out, setting);
    out += ";";
  }
  out += "}";
}

}  // namespace

std::string meaning_hash(const Topology& t) {
  std::string meaning;
  for (const auto& c : t.components) {
    meaning += "c " + c.name;
    for (const std::size_t end : c.between) meaning += fmt::format(",{}", t.components[end].name);
    for (const std::size_t d : c.domains) meaning += fmt::format(",{}", t.components[d].name);
    append_meaning(meaning, *c.settings);
  }
  for (const auto& g : t.groups) {
    meaning += "g " + g.name;
    for (const Ref m : g.members) {
      meaning += m.group ? ",g " + t.groups[m.index].name : "," + t.components[m.index].name;
    }
    append_meaning(meaning, g.settings);
  }
  for (const auto& s : t.services) {
    meaning += fmt::format("s {} {}", s.name, t.components[s.from].name);
    append_meaning(meaning, s.settings);
  }
  for (const auto& c : t.crews) {
    meaning += "w " + c.name;
    append_meaning(meaning, c.settings);
  }
  for (const auto& f : t.faults) {
    meaning += "f";
    append_meaning(meaning, f.settings);
  }
  meaning += fmt::format("o {:a} {:a}", t.objectives.availability.value_or(-1.0),
                         t.objectives.rto_s.value_or(-1.0));
  if (!t.costs.currency.empty()) {
    meaning +=
        fmt::format(" c {} {:a} {:a}", t.costs.currency, t.costs.lifetime_s, t.costs.lost_write);
  }
  for (const Doubt& doubt : t.doubts) meaning += fmt::format(" d {:a} {:a}", doubt.low, doubt.high);
  if (t.objectives.rpo_writes) meaning += fmt::format(" w {:a}", *t.objectives.rpo_writes);
  if (t.objectives.rpo_s) meaning += fmt::format(" t {:a}", *t.objectives.rpo_s);
  return fmt::format("{:016x}", stable_hash(meaning));
}

}  // namespace nines
