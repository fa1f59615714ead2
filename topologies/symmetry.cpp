#include "topologies/symmetry.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

namespace nines {
namespace {

/// What settings say, all of it: equal texts, equal meaning.
std::string text_of(const Settings& settings);

struct ToText {
  std::string operator()(double x) const { return fmt::format("{}", x); }
  std::string operator()(bool x) const { return x ? "true" : "false"; }
  std::string operator()(const std::vector<double>& list) const {
    std::string text;
    for (const double x : list) text += fmt::format("{},", x);
    return text;
  }
  std::string operator()(const LawPtr& law) const { return law ? law->text() : ""; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const std::vector<NamedAt>& names) const {
    std::string text;
    for (const NamedAt& name : names) text += name.name + ",";
    return text;
  }
  std::string operator()(const std::vector<Bundle>&) const {
    return "";  // of domains, members, needs: resolved, and compared as such
  }
  std::string operator()(const Settings& settings) const { return text_of(settings); }
  std::string operator()(const std::vector<Entry>& entries) const {
    std::string text;
    for (const Entry& entry : entries) text += entry.name.name + text_of(entry.settings) + ";";
    return text;
  }
};

std::string text_of(const Settings& settings) {
  std::string text = "{";
  for (const auto& [key, setting] : settings.values) {
    if (key == "needs" || key == "needs_any" || key == "domain" || key == "between") continue;
    text += key + "=" + std::visit(ToText{}, setting.value) + ";";
  }
  return text + "}";
}

std::string text_of(const std::vector<Clause>& clauses) {
  std::string text;
  for (const Clause& clause : clauses) {
    for (const Ref ref : clause) text += fmt::format("{}{} ", ref.group ? 'g' : 'c', ref.index);
    text += ";";
  }
  return text;
}

/// Whether a group goes by the order of its members.
bool is_ordered(const TopologyGroup& group, bool copies) {
  const std::string& policy = group.policy->record.name;
  const Settings& settings = group.settings;
  if (policy == "active_active") {  // of members that write to one another pairs matter
    return settings.has("backup") || settings.has("weights") || settings.number_or("skew", 0.0) > 0;
  }
  // Of those who could win any does; but which set of them has a write goes by its members.
  if (policy == "quorum") {
    return copies || settings.has("votes") || settings.has("replication");
  }
  if (policy == "raid") return settings.text("rebuilds") != "parallel";
  return true;
}

/// A component with its links, each described by where it goes and what it is.
struct Block {
  std::size_t component;
  std::vector<std::pair<std::string, std::size_t>> links;  ///< description, component
};

class Symmetries {
 public:
  Symmetries(const Topology& topology, const System& system)
      : topology_(topology), groups_(system.groups), model_(*system.model) {}

  std::vector<Interchangeable> find() {
    std::map<std::string, std::vector<Block>> alike;
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      if (const auto colour = colour_of(c)) {
        Block block{c, {}};
        for (const std::size_t l : links_of(c)) {
          block.links.emplace_back(description(l, c), l);
        }
        std::sort(block.links.begin(), block.links.end());
        std::string key = *colour;
        for (const auto& [what, link] : block.links) key += "|" + what;
        alike[key].push_back(std::move(block));
      }
    }
    name_fields();
    std::vector<Interchangeable> result;
    for (const auto& [key, blocks] : alike) {
      if (blocks.size() < 2) continue;
      if (auto set = rows_of(blocks)) result.push_back(std::move(*set));
    }
    return result;
  }

 private:
  std::vector<std::size_t> links_of(std::size_t c) const {
    std::vector<std::size_t> links;
    for (std::size_t l = 0; l < topology_.components.size(); ++l) {
      const std::vector<std::size_t>& ends = topology_.components[l].between;
      if (std::find(ends.begin(), ends.end(), c) != ends.end()) links.push_back(l);
    }
    return links;
  }

  /// Where a link of c goes, and what it is.
  std::string description(std::size_t l, std::size_t c) const {
    const TopologyComponent& link = topology_.components[l];
    const std::size_t other = link.between[0] == c ? link.between[1] : link.between[0];
    std::string text =
        fmt::format("{} {} {} ", other, text_of(*link.settings), text_of(link.needs));
    for (const std::size_t domain : link.domains) text += fmt::format("d{} ", domain);
    return text;
  }

  /// All that is said of a component but its name; nothing, if it is one of its kind: others go by
  /// it, or by its place.
  std::optional<std::string> colour_of(std::size_t c) const {
    const TopologyComponent& component = topology_.components[c];
    if (!component.in_graph() || component.is(Part::client)) {
      return std::nullopt;
    }
    if (component.settings->table("failures").empty()) return std::nullopt;
    std::string colour =
        component.kind->record.name + text_of(*component.settings) + text_of(component.needs);
    for (const std::size_t domain : component.domains) colour += fmt::format(" d{}", domain);
    for (const std::size_t host : component.hosts) colour += fmt::format(" h{}", host);
    const auto names_it = [&](const std::vector<Clause>& clauses) {
      return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
        return std::find(clause.begin(), clause.end(), Ref{false, c}) != clause.end();
      });
    };
    for (std::size_t o = 0; o < topology_.components.size(); ++o) {
      const TopologyComponent& other = topology_.components[o];
      if (names_it(other.needs)) return std::nullopt;
      if (std::count(other.hosts.begin(), other.hosts.end(), c) > 0) {
        colour += fmt::format(" of{}", o);
      }
    }
    for (const TopologyFault& fault : topology_.faults) {
      if (fault.component == c) return std::nullopt;
    }
    for (const TopologyService& service : topology_.services) {
      if (names_it(service.needs)) return std::nullopt;
    }
    for (std::size_t g = 0; g < topology_.groups.size(); ++g) {
      const TopologyGroup& group = topology_.groups[g];
      if (names_it(group.needs) || group.witness == c) return std::nullopt;
      if (std::find(group.members.begin(), group.members.end(), Ref{false, c}) ==
          group.members.end()) {
        continue;
      }
      if (is_ordered(group, groups_[g].copies.has_value())) return std::nullopt;
      colour += fmt::format(" g{}", g);
    }
    return colour;
  }

  /// A name with a component's name in it, as a part of its own, replaced by '*'; and which one.
  void name_fields() {
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      of_name_[topology_.components[c].name] = c;
    }
    const auto add = [&](const std::string& name, auto& into, auto id) {
      const auto is_end = [](char x) { return x == '/' || x == '#' || x == ' '; };
      for (std::size_t begin = 0; begin < name.size();) {
        std::size_t end = begin;
        while (end < name.size() && !is_end(name[end])) ++end;
        const auto found = of_name_.find(name.substr(begin, end - begin));
        if (found != of_name_.end()) {
          into[found->second].emplace_back(name.substr(0, begin) + "*" + name.substr(end), id);
        }
        begin = end + 1;
      }
    };
    for (std::uint32_t i = 0; i < model_.cells.size(); ++i) {
      add(model_.cells[i].name, cells_, CellId(i));
    }
    for (std::uint32_t i = 0; i < model_.timers.size(); ++i) {
      add(model_.timers[i].name, timers_, TimerId(i));
    }
    for (std::uint32_t i = 0; i < model_.fluids.size(); ++i) {
      add(model_.fluids[i].name, fluids_, FluidId(i));
    }
    for (std::uint32_t i = 0; i < model_.components.size(); ++i) {
      component_of_[model_.components[i].name] = ComponentId(i);
    }
  }

  std::optional<Interchangeable> rows_of(const std::vector<Block>& blocks) const {
    Interchangeable set;
    std::vector<std::string> first;  // what the first row is made of
    for (const Block& block : blocks) {
      Interchangeable::Row row;
      std::vector<std::string> parts;
      std::vector<std::size_t> components{block.component};
      for (const auto& [what, link] : block.links) components.push_back(link);
      for (std::size_t i = 0; i < components.size(); ++i) {
        const auto id = component_of_.find(topology_.components[components[i]].name);
        if (id == component_of_.end()) return std::nullopt;
        row.components.push_back(id->second);
        const auto take = [&](const auto& fields, auto& into) {
          const auto own = fields.find(components[i]);
          if (own == fields.end()) return;
          auto sorted = own->second;
          std::sort(sorted.begin(), sorted.end());
          for (const auto& [name, field] : sorted) {
            parts.push_back(fmt::format("{} {}", i, name));
            into.push_back(field);
          }
        };
        take(cells_, row.cells);
        take(timers_, row.timers);
        if (fluids_.count(components[i]) > 0) return std::nullopt;
      }
      if (set.rows.empty()) {
        first = parts;
      } else if (parts != first) {
        return std::nullopt;
      }
      set.rows.push_back(std::move(row));
    }
    return set;
  }

  const Topology& topology_;
  const std::deque<CompiledGroup>& groups_;
  const Model& model_;
  std::map<std::string, std::size_t> of_name_;
  std::map<std::string, ComponentId> component_of_;
  std::map<std::size_t, std::vector<std::pair<std::string, CellId>>> cells_;
  std::map<std::size_t, std::vector<std::pair<std::string, TimerId>>> timers_;
  std::map<std::size_t, std::vector<std::pair<std::string, FluidId>>> fluids_;
};

}  // namespace

std::vector<Interchangeable> interchangeable(const Topology& topology, const System& system) {
  return Symmetries(topology, system).find();
}

}  // namespace nines
