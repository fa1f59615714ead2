#include "topologies/loader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "topologies/names.hpp"

namespace nines {

std::vector<std::string> Loader::component_names() const {
  std::vector<std::string> names;
  for (const auto& c : topology_.components) {
    if (c.in_graph()) names.push_back(c.name);
  }
  return names;
}

std::vector<std::string> Loader::names_of(Part part) const {
  std::vector<std::string> names;
  for (const auto& c : topology_.components) {
    if (c.is(part)) names.push_back(part == Part::domain ? c.name.substr(7) : c.name);
  }
  return names;
}

void Loader::no_such(const NamedAt& name, const std::string& noun,
                     const std::vector<std::string>& names) {
  if (some_components_are_missing_) return;
  const bool pattern = name.name.find('*') != std::string::npos;
  diagnostics_.add(name.place,
                   pattern ? fmt::format("no {} matches '{}'", noun, name.name)
                           : fmt::format("no {} is called '{}'", noun, name.name),
                   pattern && noun != "component"
                       ? "patterns stand for components; write the names of others"
                   : component_of_.count("domain:" + name.name) != 0
                       ? fmt::format("write domain:{} for all that is in that domain", name.name)
                       : suggest(name.name, names));
}

std::optional<std::size_t> Loader::domain_called(const NamedAt& name) {
  const auto it = component_of_.find("domain:" + name.name);
  if (it != component_of_.end()) return it->second;
  no_such(name, "domain", names_of(Part::domain));
  return std::nullopt;
}

void Loader::place_components() {
  for (TopologyComponent& component : topology_.components) {
    const Settings& settings = *component.settings;
    if (settings.has("in")) {
      for (const NamedAt& name : settings.names("in")) place(component, name);
    }
    if (!settings.has("domain")) continue;
    for (const Bundle& bundle : settings.bundles("domain")) {
      if (bundle.word == "spread") {
        place(component, bundle.names[component.number_in_range % bundle.names.size()]);
        if (component.number_in_range > 0) continue;
        for (const NamedAt& name : bundle.names) domain_called(name);  // also those not used
      } else {
        for (const NamedAt& name : bundle.names) place(component, name);
      }
    }
  }
  members_of_ = topology_.members_by_domain();
}

void Loader::place(TopologyComponent& component, const NamedAt& name) {
  const auto it = component_of_.find("domain:" + name.name);
  if (it == component_of_.end()) {
    if (component.number_in_range == 0) domain_called(name);
    return;
  }
  std::vector<std::size_t>& in = component.domains;
  if (std::find(in.begin(), in.end(), it->second) == in.end()) in.push_back(it->second);
}

std::vector<std::size_t> Loader::components_called(const NamedAt& name) {
  std::vector<std::size_t> found;
  const auto part_of_graph = [&](std::size_t c) { return topology_.components[c].in_graph(); };
  if (name.name.starts_with("domain:")) {
    const std::optional<std::size_t> domain = domain_called({name.name.substr(7), name.place});
    if (!domain) return found;
    for (const std::size_t c : members_of_[*domain]) {
      if (part_of_graph(c)) found.push_back(c);
    }
    if (found.empty()) {
      diagnostics_.add(name.place, fmt::format("domain '{}' has no members that could be meant",
                                               name.name.substr(7)));
    }
    return found;
  }
  if (name.name.find('*') == std::string::npos) {
    const auto it = component_of_.find(name.name);
    if (it != component_of_.end()) found.push_back(it->second);
  } else if (std::count(name.name.begin(), name.name.end(), '*') <= 4) {
    for (std::size_t i = 0; i < topology_.components.size(); ++i) {
      if (part_of_graph(i) && matches(name.name, topology_.components[i].name)) {
        found.push_back(i);
      }
    }
  }
  if (found.empty()) no_such(name, "component", component_names());
  return found;
}

void Loader::join_links() {
  std::vector<TopologyComponent> more;
  for (TopologyComponent& link : topology_.components) {
    if (!link.is(Part::link) || !link.settings->has("between")) continue;
    const std::vector<NamedAt>& ends = link.settings->names("between");
    const Place place = link.settings->at("between").place;
    if (ends.size() != 2) {
      diagnostics_.add(place,
                       fmt::format("link '{}' has {} end{}; expected two", link.name, ends.size(),
                                   ends.size() == 1 ? "" : "s"),
                       "write between: [web-1, switch-a]");
      continue;
    }
    const auto many = [](const NamedAt& name) {
      return name.name.find_first_of("*:") != std::string::npos;
    };
    if (many(ends[0]) && many(ends[1])) {
      diagnostics_.add(place, fmt::format("both ends of link '{}' are sets; expected one "
                                          "component at one end",
                                          link.name));
      continue;
    }
    const std::vector<std::size_t> a = components_called(ends[many(ends[0]) ? 1 : 0]);
    const std::vector<std::size_t> b = components_called(ends[many(ends[0]) ? 0 : 1]);
    if (a.empty() || b.empty()) continue;
    if (!can_be_linked(a[0], ends[many(ends[0]) ? 1 : 0])) continue;
    if (!many(ends[0]) && !many(ends[1])) {
      if (a[0] == b[0]) {
        diagnostics_.add(ends[1].place,
                         fmt::format("link '{}' links '{}' to itself", link.name, ends[1].name));
      } else if (can_be_linked(b[0], ends[1])) {
        link.between = {a[0], b[0]};
      }
      continue;
    }
    for (const std::size_t other : b) {
      if (other == a[0]) continue;
      if (topology_.components.size() + more.size() > kMostComponents) {
        diagnostics_.add(place, fmt::format("more than {} components", kMostComponents));
        return;
      }
      TopologyComponent each = link;
      each.name = link.name + "." + topology_.components[other].name;
      each.between = {a[0], other};
      more.push_back(std::move(each));
    }
  }
  for (TopologyComponent& link : more) {
    if (!component_of_.emplace(link.name, topology_.components.size()).second) {
      diagnostics_.add(link.place, fmt::format("two components are called '{}'", link.name));
      continue;
    }
    topology_.components.push_back(std::move(link));
  }
  if (!more.empty()) drop_replaced_links();
}

bool Loader::can_be_linked(std::size_t c, const NamedAt& name) {
  const TopologyComponent& end = topology_.components[c];
  if (!end.is(Part::link)) return true;
  diagnostics_.add(name.place, fmt::format("'{}' is a link; a link joins components", name.name),
                   "put a switch between them");
  return false;
}

void Loader::drop_replaced_links() {
  std::vector<std::size_t> moved(topology_.components.size());
  std::vector<TopologyComponent> kept;
  for (std::size_t c = 0; c < topology_.components.size(); ++c) {
    TopologyComponent& component = topology_.components[c];
    moved[c] = kept.size();
    if (component.is(Part::link) && component.between.empty()) {
      component_of_.erase(component.name);
    } else {
      kept.push_back(std::move(component));
    }
  }
  for (TopologyComponent& component : kept) {
    for (std::size_t& domain : component.domains) domain = moved[domain];
    for (std::size_t& end : component.between) end = moved[end];
  }
  for (auto& [name, index] : component_of_) index = moved[index];
  topology_.components = std::move(kept);
  members_of_ = topology_.members_by_domain();
}

std::optional<Ref> Loader::needed(const NamedAt& name, bool tell) {
  std::vector<Ref> meanings;
  if (const auto c = component_of_.find(name.name); c != component_of_.end()) {
    meanings.push_back({false, c->second});
  }
  if (const auto d = component_of_.find("domain:" + name.name);
      d != component_of_.end() && !name.name.starts_with("domain:")) {
    meanings.push_back({false, d->second});
  }
  if (const auto g = group_of_.find(name.name); g != group_of_.end()) {
    meanings.push_back({true, g->second});
  }
  if (!tell && meanings.size() != 1) return std::nullopt;
  if (meanings.size() > 1) {
    diagnostics_.add(name.place,
                     fmt::format("'{}' may mean several things here: components, domains and "
                                 "groups that are needed must have names of their own",
                                 name.name));
    return std::nullopt;
  }
  if (meanings.empty()) {
    if (std::find(known_groups_.begin(), known_groups_.end(), name.name) != known_groups_.end()) {
      return std::nullopt;  // there, but wrong: it has its own message
    }
    std::vector<std::string> names = component_names();
    for (const std::string& more : names_of(Part::domain)) names.push_back(more);
    names.insert(names.end(), known_groups_.begin(), known_groups_.end());
    no_such(name, "component, domain or group", names);
    return std::nullopt;
  }
  if (!meanings[0].group && topology_.components[meanings[0].index].is(Part::client)) {
    diagnostics_.add(
        name.place,
        fmt::format("'{}' is a client; clients are served, they do not serve", name.name));
    return std::nullopt;
  }
  return meanings[0];
}

std::vector<Clause> Loader::clauses_of(const Settings& settings, bool tell) {
  std::vector<Clause> clauses;
  const auto take = [&](const char* key, bool all) {
    if (!settings.has(key)) return;
    if (!all) clauses.emplace_back();
    for (const NamedAt& name : settings.names(key)) {
      const std::optional<Ref> ref = needed(name, tell);
      if (!ref) continue;
      const std::vector<std::size_t> shards =
          ref->group ? shards_of(ref->index) : std::vector<std::size_t>{};
      if (all && shards.size() > 1) {
        for (const std::size_t g : shards) clauses.push_back({{true, g}});
      } else if (all) {
        clauses.push_back({*ref});
      } else if (shards.size() > 1) {
        diagnostics_.add(name.place, fmt::format("'{}' has shards, all of which would be needed; "
                                                 "as an alternative that is not supported yet",
                                                 name.name));
      } else {
        clauses.back().push_back(*ref);
      }
    }
  };
  take("needs", true);
  take("needs_any", false);
  return clauses;
}

void Loader::find_needs() {
  for (TopologyComponent& component : topology_.components) {
    component.needs = clauses_of(*component.settings, component.number_in_range == 0);
    find_hosts(component);
  }
  for (TopologyGroup& group : topology_.groups) {
    group.needs = clauses_of(group.settings, true);
    if (group.settings.has("sessions") && group.settings.chosen("sessions") == "store") {
      const NamedAt& name = group.settings.record("sessions").names("store").front();
      const auto store = group_of_.find(name.name);
      if (store == group_of_.end()) {
        no_such_group(name);
      } else if (topology_.groups[store->second].shard) {
        no_shards_here(name);
      } else {
        group.store = store->second;
      }
    }
    if (!group.settings.has("witness")) continue;
    const NamedAt& name = group.settings.names("witness").front();
    const auto witness = component_of_.find(name.name);
    if (witness == component_of_.end()) {
      no_such(name, "component", component_names());
    } else {
      group.witness = witness->second;
    }
  }
}

void Loader::find_hosts(TopologyComponent& component) {
  if (!component.settings->has("runs_on")) return;
  const Settings& s = component.settings->record("runs_on");
  const bool tell = component.number_in_range == 0;
  if (s.has("hosts")) {
    for (const NamedAt& name : s.names("hosts")) {
      if (!tell && component_of_.count(name.name) == 0 &&
          name.name.find_first_of("*:") == std::string::npos) {
        continue;
      }
      for (const std::size_t c : components_called(name)) {
        if (std::find(component.hosts.begin(), component.hosts.end(), c) == component.hosts.end()) {
          component.hosts.push_back(c);
        }
      }
    }
  }
  if (!s.has("scheduler")) return;
  const NamedAt& name = s.names("scheduler").front();
  const auto group = group_of_.find(name.name);
  if (group != group_of_.end() && topology_.groups[group->second].shard) {
    no_shards_here(name);
  } else if (group != group_of_.end()) {
    component.scheduler = group->second;
  } else if (tell && std::find(known_groups_.begin(), known_groups_.end(), name.name) ==
                         known_groups_.end()) {
    diagnostics_.add(name.place, fmt::format("no group is called '{}'", name.name),
                     suggest(name.name, known_groups_));
  }
}

void Loader::find_members() {
  for (TopologyGroup& group : topology_.groups) {
    if (!group.settings.has("members")) continue;
    std::set<Ref> seen;
    if (!group.shard || group.shard->number == 0) {
      for (const NamedAt& name : group.settings.names("members")) add_members(group, name, seen);
    }
    if (group.shard) place_shard(group);
  }
}

/// As many members as there are copies, from its share of the way on; behind the last the first
/// follows. So as many shards as members make a ring, as Cassandra's SimpleStrategy does, and with
/// as many members as there are copies of all shards each has its own.
void Loader::place_shard(TopologyGroup& group) {
  TopologyGroup::Shard& shard = *group.shard;
  if (shard.number == 0) shard.members = std::move(group.members);
  const std::vector<Ref>& all = (&group - shard.number)->shard->members;
  const std::size_t size = all.size();
  const auto copies =
      static_cast<std::size_t>(group.settings.number_or("copies", static_cast<double>(size)));
  group.members.clear();
  if (copies > size) {
    diagnostics_.add(
        group.settings.at("copies").place,
        fmt::format("'copies' is {}; group '{}' has {} members", copies, group.name, size));
    return;
  }
  if (copies * shard.of > kMostComponents) {
    diagnostics_.add(group.settings.at("shards").place,
                     fmt::format("{} shards with {} copies each are more than {} members", shard.of,
                                 copies, kMostComponents));
    return;
  }
  if (copies * shard.of < size) {
    diagnostics_.add(group.settings.at("members").place,
                     fmt::format("{} shards with {} cop{} each do not need the {} members of group "
                                 "'{}': some would have none",
                                 shard.of, copies, copies == 1 ? "y" : "ies", size, group.name),
                     "write more shards, or fewer members");
    return;
  }
  for (std::size_t i = 0; i < copies; ++i) {
    group.members.push_back(all[(shard.number * size / shard.of + i) % size]);
  }
}

void Loader::no_shards_here(const NamedAt& name) {
  diagnostics_.add(name.place, fmt::format("'{}' has shards; expected a group without", name.name));
}

void Loader::find_streams() {
  for (TopologyComponent& stream : topology_.components) {
    if (!stream.is(Part::stream) || !stream.settings->has("to")) continue;
    const auto find = [&](const char* key) -> std::optional<std::size_t> {
      const NamedAt& name = stream.settings->names(key).front();
      const auto it = component_of_.find(name.name);
      if (it != component_of_.end()) return it->second;
      no_such(name, "component", component_names());
      return std::nullopt;
    };
    stream.feeds = find("to");
    if (stream.settings->has("from")) stream.fed_from = find("from");
  }
}

void Loader::add_members(TopologyGroup& group, const NamedAt& name, std::set<Ref>& seen) {
  std::vector<Ref> found;
  const auto inner = group_of_.find(name.name);
  if (inner != group_of_.end() && component_of_.count(name.name) != 0) {
    diagnostics_.add(name.place,
                     fmt::format("'{}' is a component and a group; one that is a member must "
                                 "have a name of its own",
                                 name.name));
    return;
  }
  if (inner != group_of_.end() && topology_.groups[inner->second].shard) {
    no_shards_here(name);
    return;
  }
  if (inner != group_of_.end()) {
    found.push_back({true, inner->second});
  } else if (component_of_.count(name.name) == 0 &&
             std::find(known_groups_.begin(), known_groups_.end(), name.name) !=
                 known_groups_.end()) {
    return;  // a group that is there, but wrong: it has its own message
  } else {
    const bool set = name.name.starts_with("domain:");
    for (const std::size_t c : components_called(name)) {
      if (set && topology_.components[c].is(Part::forwarder)) continue;
      found.push_back({false, c});
    }
  }
  for (const Ref member : found) {
    if (!seen.insert(member).second) {
      diagnostics_.add(name.place,
                       fmt::format("'{}' is a member of group '{}' twice",
                                   member.group ? topology_.groups[member.index].name
                                                : topology_.components[member.index].name,
                                   group.name));
      continue;
    }
    group.members.push_back(member);
  }
}

void Loader::no_such_group(const NamedAt& name) {
  // A group that is there, but wrong, has its own message.
  if (std::find(known_groups_.begin(), known_groups_.end(), name.name) != known_groups_.end()) {
    return;
  }
  const bool component = component_of_.count(name.name) != 0;
  diagnostics_.add(name.place,
                   component
                       ? fmt::format("'{}' is a component; a service passes groups", name.name)
                       : fmt::format("no group is called '{}'", name.name),
                   component ? fmt::format("make a group of it: {{policy: active_active, "
                                           "members: {}}}",
                                           name.name)
                             : suggest(name.name, known_groups_));
}

std::vector<std::string> Loader::client_names() const {
  std::vector<std::string> names;
  for (const auto& c : topology_.components) {
    if (c.kind != nullptr && c.kind->record.name == "client") names.push_back(c.name);
  }
  return names;
}

}  // namespace nines
