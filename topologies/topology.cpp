#include "topologies/topology.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/components/failing.hpp"
#include "models/mechanisms/crew.hpp"
#include "models/mechanisms/script.hpp"
#include "topologies/compile.hpp"
#include "topologies/document.hpp"
#include "topologies/language/check.hpp"
#include "topologies/language/quantity.hpp"
#include "topologies/language/reader.hpp"
#include "topologies/meaning.hpp"
#include "topologies/names.hpp"
#include "topologies/validate.hpp"

namespace nines {
namespace {

constexpr std::size_t kMostSamplesBytes = 64U << 20U;

/// The record of one kind, with the keys that all components have.
const Record& record_of_kind(const Kind& kind) {
  static const std::map<std::string, Record> records = [] {
    std::map<std::string, Record> made;
    for (const Kind& each : all_kinds()) {
      Record record = each.record;
      if (section_of(each) == "components") {
        record.parameters.push_back(*find_parameter(component_record(), "kind"));
      }
      record.parameters.push_back(*find_parameter(component_record(), "type"));
      made.emplace(each.record.name, std::move(record));
    }
    return made;
  }();
  return records.at(kind.record.name);
}

bool is_none(const Node& node) {
  return node.kind == Node::Kind::scalar && !node.quoted && node.text == "none";
}

void erase_key(Node& map, const std::string& key) {
  std::erase_if(map.entries, [&](const auto& entry) { return entry.key.text == key; });
}

/// `base` with all that `over` says laid over it, map by map. `none` removes; one of several keys
/// that exclude one another (mttf, afr, …) replaces the others.
Node merged(const Node& base, const Node& over) {
  if (over.kind != Node::Kind::map || base.kind != Node::Kind::map) return over;
  Node result = base;
  result.place = over.place;
  for (const auto& [key, value] : over.entries) {
    for (const auto& set : failure_mode_record()->exactly_one_of) {
      if (std::find(set.begin(), set.end(), key.text) == set.end()) continue;
      for (const std::string& other : set) {
        if (other != key.text) erase_key(result, other);
      }
    }
    const auto at =
        std::find_if(result.entries.begin(), result.entries.end(),
                     [&name = key.text](const MapEntry& entry) { return entry.key.text == name; });
    if (at == result.entries.end()) {
      result.entries.push_back({key, value});
    } else {
      Node combined = merged(at->value, value);
      *at = {key, std::move(combined)};
    }
  }
  return result;
}

/// Takes out what `none` removes, at every depth.
void drop_none(Node& node) {
  std::erase_if(node.entries, [](const auto& entry) { return is_none(entry.value); });
  for (auto& [key, value] : node.entries) drop_none(value);
}

class Loader {
 public:
  Loader(const Node& root, Diagnostics& diagnostics, const std::string& directory)
      : root_(root), diagnostics_(diagnostics), checker_(diagnostics, reader_in(directory)) {}

  Topology load() {
    check_top_level();
    if (const Node* types = root_.find("types")) read_types(*types);
    for (const Kind& kind : all_kinds()) {
      if (section_of(kind) != "components") fixed_kinds_.emplace(section_of(kind), &kind);
    }
    for (const char* section : {"domains", "components", "links"}) {
      if (const Node* components = root_.find(section)) read_components(section, *components);
    }
    check_unused_types();
    read_sections();
    if (const Node* groups = root_.find("groups")) read_groups(*groups);
    place_components();
    join_links();
    find_needs();
    find_members();
    read_services();
    read_faults();
    check_layout();
    validate(topology_, diagnostics_);
    return std::move(topology_);
  }

 private:
  static FileReader reader_in(const std::string& directory) {
    return
        [directory](const std::string& name, std::string& why_not) -> std::optional<std::string> {
          if (directory.empty()) {
            why_not = "files are not read here";
            return std::nullopt;
          }
          const std::filesystem::path path = std::filesystem::path(directory) / name;
          std::error_code error;
          const auto size = std::filesystem::file_size(path, error);
          if (error) {
            why_not = error.message();
            return std::nullopt;
          }
          if (size > kMostSamplesBytes) {
            why_not = fmt::format("it has {} bytes, the limit is {}", size, kMostSamplesBytes);
            return std::nullopt;
          }
          std::ifstream file(path, std::ios::binary);
          return std::string(std::istreambuf_iterator<char>(file), {});
        };
  }

  /// Keys and simple sections; tables of components, groups and services come later.
  void check_top_level() {
    Record record = document_record();
    for (Parameter& p : record.parameters) {
      if (p.type == Type::table && p.key != "crews" && p.key != "services") {
        p.type = Type::table;
        p.record = std::make_shared<Record>();  // read apart
        p.required = false;
      }
    }
    Node shallow = root_;
    for (auto& [key, value] : shallow.entries) {
      const bool apart = key.text == "types" || key.text == "components" || key.text == "groups" ||
                         key.text == "links" || key.text == "domains";
      if (!apart) continue;
      if (value.kind == Node::Kind::map) value.entries.clear();
    }
    settings_ = checker_.record(shallow, record, "a topology");
    for (const char* key : {"components", "groups", "services"}) {
      const Node* section = root_.find(key);
      if (section == nullptr && std::string_view(key) != "services") {  // that one was checked
        diagnostics_.add({root_.place.begin, root_.place.begin + 1},
                         fmt::format("a topology has no '{}'; expected a map of names", key));
      } else if (section != nullptr && section->entries.empty() &&
                 (section->kind == Node::Kind::null || section->kind == Node::Kind::map)) {
        diagnostics_.add(section->place,
                         fmt::format("'{}' is empty; expected a map of names", key));
      }
    }
  }

  void read_types(const Node& types) {
    for (const auto& [key, value] : types.entries) {
      checker_.name(key);
      types_.emplace(key.text, &value);
      type_places_.emplace(key.text, key.place);
    }
  }

  std::vector<std::string> type_names() const {
    std::vector<std::string> names;
    for (const auto& [name, node] : types_) names.push_back(name);
    return names;
  }

  /// The type with all that it is like; an empty map if anything is wrong with the chain.
  Node resolved_type(const NamedAt& type, std::vector<std::string> chain) {
    Node empty;
    empty.kind = Node::Kind::map;
    const auto it = types_.find(type.name);
    if (it == types_.end()) {
      diagnostics_.add(type.place, fmt::format("no type is called '{}'", type.name),
                       suggest(type.name, type_names()));
      return empty;
    }
    if (std::find(chain.begin(), chain.end(), type.name) != chain.end()) {
      std::string circle;
      for (const std::string& name : chain) circle += name + " → ";
      diagnostics_.add(type.place, fmt::format("types that are like one another in a circle: {}{}",
                                               circle, type.name));
      return empty;
    }
    used_types_.insert(type.name);
    chain.push_back(type.name);
    const Node& own = *it->second;
    const Node* like = own.find("like");
    if (like == nullptr || like->kind != Node::Kind::scalar) return own;
    Node base = resolved_type({like->text, like->place}, chain);
    Node result = merged(base, own);
    erase_key(result, "like");
    return result;
  }

  void read_components(const std::string& section, const Node& components) {
    const auto fixed = fixed_kinds_.find(section);
    const Kind* const kind_of_section = fixed == fixed_kinds_.end() ? nullptr : fixed->second;
    const std::string noun =
        kind_of_section != nullptr ? kind_of_section->record.name : "component";
    const std::string prefix = section == "domains" ? "domain:" : "";
    if (components.kind != Node::Kind::map && section == "components") {
      some_components_are_missing_ = true;
    }
    for (const auto& [key, value] : components.entries) {
      std::string problem;
      const std::vector<std::string> names = expanded(key.text, problem);
      if (names.empty()) {
        some_components_are_missing_ = true;
        diagnostics_.add(key.place, fmt::format("'{}' is no name: {}", key.text, problem));
        continue;
      }
      Node plain = key;
      plain.text = names.front();
      if (!checker_.name(plain) || value.kind != Node::Kind::map) {
        some_components_are_missing_ = true;
      }
      if (plain.text.empty()) continue;
      if (value.kind != Node::Kind::map) {
        diagnostics_.add(
            value.kind == Node::Kind::null ? key.place : value.place,
            fmt::format("{} '{}' is {}; expected a map", noun, key.text, value.described()),
            section == "components" ? "write {kind: node}"
            : section == "links"    ? "write {between: [web-1, switch-a]}"
                                    : "write {} for one that does not fail");
        continue;
      }
      if (topology_.components.size() + names.size() > kMostComponents) {
        diagnostics_.add(key.place, fmt::format("more than {} components", kMostComponents));
        return;
      }
      const auto settings_and_kind = read_component(noun, key, value, kind_of_section);
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (!component_of_.emplace(prefix + names[i], topology_.components.size()).second) {
          const TopologyComponent& other =
              topology_.components[component_of_.at(prefix + names[i])];
          diagnostics_.add(key.place,
                           other.is(Part::link) == (section == "links")
                               ? fmt::format("two {}s are called '{}'", noun, names[i])
                               : fmt::format("a component and a link are called '{}'", names[i]));
          continue;
        }
        TopologyComponent component;
        component.name = prefix + names[i];
        component.kind = settings_and_kind.second;
        component.settings = settings_and_kind.first;
        component.place = key.place;
        component.number_in_range = i;
        topology_.components.push_back(std::move(component));
      }
    }
  }

  std::pair<std::shared_ptr<const Settings>, const Kind*> read_component(
      const std::string& noun, const Node& key, const Node& value, const Kind* kind_of_section) {
    Node node = value;
    if (const Node* type = value.find("type"); type != nullptr) {
      if (type->kind == Node::Kind::scalar) {
        node = merged(resolved_type({type->text, type->place}, {}), value);
        erase_key(node, "like");
      }
    }
    drop_none(node);
    if (kind_of_section != nullptr) {
      Settings settings = checker_.record(node, record_of_kind(*kind_of_section),
                                          fmt::format("{} '{}'", noun, key.text));
      return {std::make_shared<Settings>(std::move(settings)), kind_of_section};
    }
    const Node* kind_node = node.find("kind");
    const Kind* kind = kind_node != nullptr ? find_kind(kind_node->text) : nullptr;
    if (kind == nullptr) {
      // Checked as any component, so that the message about the kind comes with the others.
      Settings settings = checker_.record(
          node, component_record(),
          kind_node != nullptr ? "a component" : fmt::format("component '{}'", key.text));
      return {std::make_shared<Settings>(std::move(settings)), nullptr};
    }
    Settings settings =
        checker_.record(node, record_of_kind(*kind), fmt::format("a {}", kind->record.name));
    return {std::make_shared<Settings>(std::move(settings)), kind};
  }

  /// A type that nothing uses must be well-formed too.
  void check_unused_types() {
    for (const auto& [name, node] : types_) {
      if (used_types_.count(name) != 0) continue;
      Node resolved = resolved_type({name, type_places_.at(name)}, {});
      drop_none(resolved);
      if (resolved.kind == Node::Kind::map) checker_.record(resolved, type_record(), "a type");
    }
  }

  void read_sections() {
    if (settings_.has("title")) {
      topology_.title = settings_.text("title");
      if (std::any_of(topology_.title.begin(), topology_.title.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
        diagnostics_.add(settings_.at("title").place,
                         "a title is one line, without control "
                         "characters");
      }
    }
    if (settings_.has("crews")) {
      for (const Entry& entry : std::get<std::vector<Entry>>(settings_.at("crews").value)) {
        topology_.crews.push_back({entry.name.name, entry.settings, entry.name.place});
      }
    }
    if (settings_.has("objectives")) {
      const Settings& objectives = settings_.record("objectives");
      topology_.objectives.settings = objectives;
      if (objectives.has("availability")) {
        topology_.objectives.availability = objectives.number("availability");
      }
      if (objectives.has("rto")) topology_.objectives.rto_s = objectives.number("rto");
    }
  }

  void read_faults() {
    for (const Entry& entry : settings_.table("faults")) {
      const Settings& s = entry.settings;
      if (!s.has("component")) continue;
      const NamedAt& name = s.names("component").front();
      const std::optional<Ref> ref = needed(name, true);
      if (!ref) continue;
      if (ref->group) {
        diagnostics_.add(name.place, fmt::format("'{}' is a group; its members fail", name.name));
        continue;
      }
      TopologyFault fault{ref->index, s, {}};
      const TopologyComponent& component = topology_.components[ref->index];
      const Settings* imitated = nullptr;
      if (s.has("mode")) {
        std::vector<std::string> modes;
        for (const Entry& mode : component.settings->table("failures")) {
          modes.push_back(mode.name.name);
          if (mode.name.name == s.text("mode")) imitated = &mode.settings;
        }
        if (imitated == nullptr) {
          diagnostics_.add(s.at("mode").place,
                           fmt::format("'{}' has no failure mode '{}'", name.name, s.text("mode")),
                           suggest(s.text("mode"), modes));
          continue;
        }
        if (s.has("effect")) {
          diagnostics_.add(s.at("effect").key_place,
                           "a fault has 'mode' and 'effect'; expected one of them");
        }
      } else if (!s.has("for") && !s.has_refused("for")) {
        diagnostics_.add(entry.name.place,
                         "a fault without a mode needs 'for': until it is repaired",
                         "write for: 10min");
        continue;
      }
      if (imitated != nullptr && imitated->has("strike") && s.has("for")) {
        diagnostics_.add(s.at("for").key_place, "'for' has no effect: a strike is over at once");
      }
      fault.mode = scripted_mode(s, imitated);
      topology_.faults.push_back(std::move(fault));
    }
  }

  void check_layout() {
    const Node* layout = root_.find("layout");
    if (layout == nullptr || some_components_are_missing_) return;
    const std::vector<std::string> names = component_names();
    for (const auto& [key, at] : layout->entries) {
      if (component_of_.count(key.text) != 0) continue;
      diagnostics_.add(key.place, fmt::format("no component is called '{}'", key.text),
                       suggest(key.text, names));
    }
  }

  void read_groups(const Node& groups) {
    for (const auto& [key, value] : groups.entries) {
      checker_.name(key);
      TopologyGroup group;
      group.name = key.text;
      group.place = key.place;
      const Node* word = value.find("policy");
      group.policy = word != nullptr ? find_policy(word->text) : nullptr;
      if (value.kind != Node::Kind::map) {
        diagnostics_.add(
            value.kind == Node::Kind::null ? key.place : value.place,
            fmt::format("group '{}' is {}; expected a map", key.text, value.described()),
            "write {policy: active_active, members: [web-1, web-2]}");
        continue;
      }
      const Record& record = group.policy != nullptr ? group.policy->record : group_record();
      group.settings = checker_.record(value, record, fmt::format("group '{}'", key.text));
      if (group.policy == nullptr) continue;
      group_of_.emplace(group.name, topology_.groups.size());
      topology_.groups.push_back(std::move(group));
    }
    for (const auto& [key, value] : groups.entries) known_groups_.push_back(key.text);
  }

  std::vector<std::string> component_names() const {
    std::vector<std::string> names;
    for (const auto& c : topology_.components) {
      if (!c.is(Part::domain) && !c.is(Part::link)) names.push_back(c.name);
    }
    return names;
  }

  std::vector<std::string> names_of(Part part) const {
    std::vector<std::string> names;
    for (const auto& c : topology_.components) {
      if (c.is(part)) names.push_back(part == Part::domain ? c.name.substr(7) : c.name);
    }
    return names;
  }

  /// A name that means nothing. One that stands in a section that is wrong has its message there.
  void no_such(const NamedAt& name, const std::string& noun,
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

  std::optional<std::size_t> domain_called(const NamedAt& name) {
    const auto it = component_of_.find("domain:" + name.name);
    if (it != component_of_.end()) return it->second;
    no_such(name, "domain", names_of(Part::domain));
    return std::nullopt;
  }

  void place_components() {
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

  void place(TopologyComponent& component, const NamedAt& name) {
    const auto it = component_of_.find("domain:" + name.name);
    if (it == component_of_.end()) {
      if (component.number_in_range == 0) domain_called(name);
      return;
    }
    std::vector<std::size_t>& in = component.domains;
    if (std::find(in.begin(), in.end(), it->second) == in.end()) in.push_back(it->second);
  }

  /// The components that a name, a pattern or a set stands for; sets and patterns leave out links
  /// and domains.
  std::vector<std::size_t> components_called(const NamedAt& name) {
    std::vector<std::size_t> found;
    const auto part_of_graph = [&](std::size_t c) {
      const TopologyComponent& component = topology_.components[c];
      return !component.is(Part::domain) && !component.is(Part::link);
    };
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

  /// Finds the ends of links. One whose other end is a pattern or a set is one link to each of it.
  void join_links() {
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

  bool can_be_linked(std::size_t c, const NamedAt& name) {
    const TopologyComponent& end = topology_.components[c];
    if (!end.is(Part::link)) return true;
    diagnostics_.add(name.place, fmt::format("'{}' is a link; a link joins components", name.name),
                     "put a switch between them");
    return false;
  }

  /// Links that stand for many have been replaced by those: they go, and indices move up.
  void drop_replaced_links() {
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

  /// What a name in `needs` means.
  std::optional<Ref> needed(const NamedAt& name, bool tell) {
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

  /// `tell`: of components that one key stands for, the first tells what is wrong.
  std::vector<Clause> clauses_of(const Settings& settings, bool tell) {
    std::vector<Clause> clauses;
    const auto take = [&](const char* key, bool all) {
      if (!settings.has(key)) return;
      if (!all) clauses.emplace_back();
      for (const NamedAt& name : settings.names(key)) {
        const std::optional<Ref> ref = needed(name, tell);
        if (!ref) continue;
        if (all) {
          clauses.push_back({*ref});
        } else {
          clauses.back().push_back(*ref);
        }
      }
    };
    take("needs", true);
    take("needs_any", false);
    return clauses;
  }

  void find_needs() {
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

  void find_hosts(TopologyComponent& component) {
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
          if (std::find(component.hosts.begin(), component.hosts.end(), c) ==
              component.hosts.end()) {
            component.hosts.push_back(c);
          }
        }
      }
    }
    if (!s.has("scheduler")) return;
    const NamedAt& name = s.names("scheduler").front();
    const auto group = group_of_.find(name.name);
    if (group != group_of_.end()) {
      component.scheduler = group->second;
    } else if (tell && std::find(known_groups_.begin(), known_groups_.end(), name.name) ==
                           known_groups_.end()) {
      diagnostics_.add(name.place, fmt::format("no group is called '{}'", name.name),
                       suggest(name.name, known_groups_));
    }
  }

  void find_members() {
    for (TopologyGroup& group : topology_.groups) {
      if (!group.settings.has("members")) continue;
      std::set<Ref> seen;
      for (const NamedAt& name : group.settings.names("members")) add_members(group, name, seen);
    }
  }

  void add_members(TopologyGroup& group, const NamedAt& name, std::set<Ref>& seen) {
    std::vector<Ref> found;
    const auto inner = group_of_.find(name.name);
    if (inner != group_of_.end() && component_of_.count(name.name) != 0) {
      diagnostics_.add(name.place,
                       fmt::format("'{}' is a component and a group; one that is a member must "
                                   "have a name of its own",
                                   name.name));
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

  void read_services() {
    if (!settings_.has("services")) return;
    for (const Entry& entry : std::get<std::vector<Entry>>(settings_.at("services").value)) {
      TopologyService service;
      service.name = entry.name.name;
      service.place = entry.name.place;
      const Settings& s = entry.settings;
      if (s.has("from")) {
        const NamedAt& from = s.names("from").front();
        const auto it = component_of_.find(from.name);
        if (it == component_of_.end()) {
          if (!some_components_are_missing_) {
            diagnostics_.add(from.place, fmt::format("no client is called '{}'", from.name),
                             suggest(from.name, client_names()));
          }
        } else {
          service.from = it->second;
          const Kind* kind = topology_.components[it->second].kind;
          if (kind != nullptr && kind->record.name != "client") {
            diagnostics_.add(from.place, fmt::format("'{}' is a {}; a service comes from a client",
                                                     from.name, kind->record.name));
          }
        }
      }
      service.settings = s;
      read_paths(service, s);
      service.needs = clauses_of(s, true);
      topology_.services.push_back(std::move(service));
    }
  }

  void read_paths(TopologyService& service, const Settings& s) {
    double reads = 0.0;
    double writes = 0.0;
    if (s.has("workload")) {
      const Settings& load = s.record("workload");
      reads = load.number_or("reads", 0.0);
      writes = load.number_or("writes", 0.0);
      if (!(reads + writes > 0) && !load.has("sessions") && !load.has_refused("sessions")) {
        diagnostics_.add(s.at("workload").place, "a workload without requests",
                         "write {reads: 380/s, writes: 20/s}");
      }
    }
    for (const char* key : {"through", "reads", "writes"}) {
      if (s.has_refused(key)) return;
    }
    const bool apart = s.has("reads") || s.has("writes");
    if (!apart && !s.has("through")) {
      diagnostics_.add({s.place.begin, s.place.begin + 1},
                       fmt::format("service '{}' has no 'through'; expected the groups that a "
                                   "request passes",
                                   service.name));
      return;
    }
    if (!apart) {
      service.paths.push_back({"", steps_of(service, s, "through"), reads + writes});
      return;
    }
    for (const auto& [name, rate] : {std::pair{"reads", reads}, std::pair{"writes", writes}}) {
      if (!s.has(name) && !s.has("through")) {
        diagnostics_.add({s.place.begin, s.place.begin + 1},
                         fmt::format("service '{}' has no path for {}; expected '{}' or 'through'",
                                     service.name, name, name));
        continue;
      }
      if (s.has(name) && s.has("workload") && !(rate > 0)) {
        diagnostics_.add(s.at(name).key_place,
                         fmt::format("a path for {}, but no {} in the workload", name, name));
      }
      service.paths.push_back({name, steps_of(service, s, s.has(name) ? name : "through"), rate});
    }
    if (s.has("reads") && s.has("writes") && s.has("through")) {
      diagnostics_.add(s.at("through").key_place,
                       "'through' has no effect: reads and writes have paths of their own");
    }
  }

  std::vector<TopologyStep> steps_of(const TopologyService& service, const Settings& s,
                                     const std::string& key) {
    std::vector<TopologyStep> steps;
    std::set<std::size_t> seen;
    for (const Bundle& bundle : s.bundles(key)) {
      TopologyStep step;
      step.kind = bundle.word == "all"   ? TopologyStep::Kind::all
                  : bundle.word == "any" ? TopologyStep::Kind::any
                                         : TopologyStep::Kind::one;
      for (const NamedAt& name : bundle.names) {
        const auto it = group_of_.find(name.name);
        if (it == group_of_.end()) {
          no_such_group(name);
        } else if (!seen.insert(it->second).second) {
          diagnostics_.add(name.place, fmt::format("service '{}' passes group '{}' twice",
                                                   service.name, name.name));
        } else {
          step.groups.push_back(it->second);
        }
      }
      if (!step.groups.empty()) steps.push_back(std::move(step));
    }
    return steps;
  }

  void no_such_group(const NamedAt& name) {
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

  std::vector<std::string> client_names() const {
    std::vector<std::string> names;
    for (const auto& c : topology_.components) {
      if (c.kind != nullptr && c.kind->record.name == "client") names.push_back(c.name);
    }
    return names;
  }

  const Node& root_;
  Diagnostics& diagnostics_;
  Checker checker_;
  Settings settings_;
  Topology topology_;
  std::map<std::string, const Node*> types_;
  std::map<std::string, Place> type_places_;
  std::set<std::string> used_types_;
  std::map<std::string, const Kind*> fixed_kinds_;  ///< by section
  std::map<std::string, std::size_t> component_of_;
  std::map<std::size_t, std::vector<std::size_t>> members_of_;  ///< by domain
  bool some_components_are_missing_ = false;
  std::map<std::string, std::size_t> group_of_;
  std::vector<std::string> known_groups_;
};

}  // namespace

namespace {

/// A service that is down with everything up has no path, or too little capacity.
void check_that_all_can_be_available(const Topology& topology, Diagnostics& diagnostics) {
  const auto may_be_down = [&](const TopologyService& service) {
    return topology.networked() || service.settings.number("serves_at_least") > 0;
  };
  if (std::none_of(topology.services.begin(), topology.services.end(), may_be_down)) return;
  const auto system = compile(topology);
  std::size_t compiled = 0;
  for (const TopologyService& service : topology.services) {
    while (system->services[compiled].part_of) ++compiled;
    const SignalId available = system->services[compiled++].available;
    if (system->model->initial.signal[index(available)] != 0) continue;
    if (service.settings.number("serves_at_least") > 0 &&
        !service.settings.table("profile").empty()) {
      continue;  // at other hours it may be
    }
    diagnostics.add(service.place,
                    fmt::format("service '{}' is down even with everything up", service.name),
                    topology.networked()
                        ? "is each group reached from the one before it, over links and forwarders?"
                        : "is there capacity for its workload?");
  }
}

}  // namespace

std::map<std::size_t, std::vector<std::size_t>> Topology::members_by_domain() const {
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t c = 0; c < components.size(); ++c) {
    std::set<std::size_t> seen;
    std::vector<std::size_t> open = components[c].domains;
    while (!open.empty()) {
      const std::size_t domain = open.back();
      open.pop_back();
      if (!seen.insert(domain).second) continue;
      const std::vector<std::size_t>& outer = components[domain].domains;
      open.insert(open.end(), outer.begin(), outer.end());
    }
    for (const std::size_t domain : seen) members[domain].push_back(c);
  }
  return members;
}

bool TopologyService::has_workload() const {
  return std::any_of(paths.begin(), paths.end(),
                     [](const TopologyPath& path) { return path.offered_per_s > 0; });
}

bool TopologyService::has_sessions() const {
  return settings.has("workload") && settings.record("workload").has("sessions");
}

std::vector<std::size_t> Topology::session_holders(const TopologyService& service) const {
  std::vector<std::size_t> holders;
  const auto add = [&](std::size_t g) {
    if (!groups[g].settings.has("sessions")) return false;
    if (std::find(holders.begin(), holders.end(), g) == holders.end()) holders.push_back(g);
    return true;
  };
  for (const TopologyPath& path : service.paths) {
    for (const TopologyStep& step : path.steps) {
      for (const std::size_t g : step.groups) {
        if (add(g)) continue;
        for (const Ref member : groups[g].members) {
          if (member.group) add(member.index);
        }
      }
    }
  }
  return holders;
}

bool Topology::networked() const {
  return std::any_of(components.begin(), components.end(),
                     [](const TopologyComponent& c) { return c.is(Part::link); });
}

Loaded load_topology(std::string path, std::string text, const std::string& directory) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  Loaded loaded{Source(std::move(path), std::move(text)), std::nullopt, {}};
  Diagnostics diagnostics;
  const Node root = read_document(loaded.source, diagnostics);
  if (!diagnostics.empty() && root.kind != Node::Kind::map) {
    loaded.diagnostics = diagnostics.sorted();
    return loaded;
  }
  if (root.kind != Node::Kind::map) {
    diagnostics.add(root.place,
                    root.kind == Node::Kind::null
                        ? "the file is empty; expected a topology"
                        : fmt::format("the file is {}; expected a topology", root.described()),
                    "begin with 'nines: 1' and see `nines schema`");
    loaded.diagnostics = diagnostics.sorted();
    return loaded;
  }
  Topology topology = Loader(root, diagnostics, directory).load();
  if (diagnostics.empty()) check_that_all_can_be_available(topology, diagnostics);
  loaded.diagnostics = diagnostics.sorted();
  if (loaded.diagnostics.empty()) {
    topology.name = std::filesystem::path(loaded.source.path()).stem().string();
    topology.input_hash = meaning_hash(topology);
    loaded.topology = std::move(topology);
  }
  return loaded;
}

Loaded load_topology_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw std::runtime_error(fmt::format("{}: is a directory", path));
  }
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw std::runtime_error(fmt::format("{}: {}", path, error.message()));
  if (size > kMostBytes) {
    Loaded loaded{Source(path, ""), std::nullopt, {}};
    loaded.diagnostics.push_back(
        {{0, 0}, fmt::format("the file has {} bytes; at most {} are read", size, kMostBytes), {}});
    return loaded;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error(
        fmt::format("{}: {}", path, std::error_code(errno, std::generic_category()).message()));
  }
  std::string text(std::istreambuf_iterator<char>(file), {});
  const std::string directory = std::filesystem::path(path).parent_path().string();
  return load_topology(path, std::move(text), directory.empty() ? "." : directory);
}

}  // namespace nines
