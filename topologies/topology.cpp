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
      record.parameters.push_back(*find_parameter(component_record(), "kind"));
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
    if (const Node* components = root_.find("components")) read_components(*components);
    check_unused_types();
    read_sections();
    if (const Node* groups = root_.find("groups")) read_groups(*groups);
    read_services();
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
      const bool apart = key.text == "types" || key.text == "components" || key.text == "groups";
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

  void read_components(const Node& components) {
    some_components_are_missing_ = components.kind != Node::Kind::map;
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
            fmt::format("component '{}' is {}; expected a map", key.text, value.described()),
            "write {kind: node}");
        continue;
      }
      if (topology_.components.size() + names.size() > kMostComponents) {
        diagnostics_.add(key.place, fmt::format("more than {} components", kMostComponents));
        return;
      }
      const auto settings_and_kind = read_component(key, value);
      for (const std::string& name : names) {
        if (!component_of_.emplace(name, topology_.components.size()).second) {
          diagnostics_.add(key.place, fmt::format("two components are called '{}'", name));
          continue;
        }
        topology_.components.push_back(
            {name, settings_and_kind.second, settings_and_kind.first, key.place});
      }
    }
  }

  std::pair<std::shared_ptr<const Settings>, const Kind*> read_component(const Node& key,
                                                                         const Node& value) {
    Node node = value;
    if (const Node* type = value.find("type"); type != nullptr) {
      if (type->kind == Node::Kind::scalar) {
        node = merged(resolved_type({type->text, type->place}, {}), value);
        erase_key(node, "like");
      }
    }
    drop_none(node);
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

  void check_layout() {
    const Node* layout = root_.find("layout");
    if (layout == nullptr || some_components_are_missing_) return;
    std::vector<std::string> names;
    for (const auto& c : topology_.components) names.push_back(c.name);
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
      if (group.settings.has("members")) {
        std::set<std::size_t> seen;
        for (const NamedAt& name : group.settings.names("members")) add_members(group, name, seen);
      }
      if (group.policy == nullptr) continue;
      group_of_.emplace(group.name, topology_.groups.size());
      topology_.groups.push_back(std::move(group));
    }
    for (const auto& [key, value] : groups.entries) known_groups_.push_back(key.text);
  }

  void add_members(TopologyGroup& group, const NamedAt& name, std::set<std::size_t>& seen) {
    if (name.name.find(':') != std::string::npos) {
      diagnostics_.add(name.place,
                       fmt::format("sets such as '{}' are not supported yet: they come with "
                                   "failure domains",
                                   name.name));
      return;
    }
    std::vector<std::size_t> found;
    if (name.name.find('*') == std::string::npos) {
      const auto it = component_of_.find(name.name);
      if (it != component_of_.end()) found.push_back(it->second);
    } else if (std::count(name.name.begin(), name.name.end(), '*') <= 4) {
      for (std::size_t i = 0; i < topology_.components.size(); ++i) {
        if (matches(name.name, topology_.components[i].name)) found.push_back(i);
      }
    }
    // A component that is there, but wrong, has its own message.
    if (found.empty() && !some_components_are_missing_) {
      std::vector<std::string> names;
      for (const auto& c : topology_.components) names.push_back(c.name);
      const bool pattern = name.name.find('*') != std::string::npos;
      diagnostics_.add(name.place,
                       pattern ? fmt::format("no component matches '{}'", name.name)
                               : fmt::format("no component is called '{}'", name.name),
                       suggest(name.name, names));
    }
    for (const std::size_t member : found) {
      if (!seen.insert(member).second) {
        diagnostics_.add(name.place, fmt::format("'{}' is a member of group '{}' twice",
                                                 topology_.components[member].name, group.name));
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
      if (s.has("through")) {
        for (const NamedAt& name : s.names("through")) add_group(service, name);
      }
      if (s.has("workload")) {
        const Settings& load = s.record("workload");
        service.offered_per_s = load.number_or("reads", 0.0) + load.number_or("writes", 0.0);
        if (!(service.offered_per_s > 0)) {
          diagnostics_.add(s.at("workload").place, "a workload without requests",
                           "write {reads: 380/s, writes: 20/s}");
        }
      }
      service.settings = s;
      topology_.services.push_back(std::move(service));
    }
  }

  std::vector<std::string> client_names() const {
    std::vector<std::string> names;
    for (const auto& c : topology_.components) {
      if (c.kind != nullptr && c.kind->record.name == "client") names.push_back(c.name);
    }
    return names;
  }

  void add_group(TopologyService& service, const NamedAt& name) {
    const auto it = group_of_.find(name.name);
    if (it == group_of_.end()) {
      // A group that is there, but wrong, has its own message.
      if (std::find(known_groups_.begin(), known_groups_.end(), name.name) == known_groups_.end()) {
        diagnostics_.add(name.place, fmt::format("no group is called '{}'", name.name),
                         suggest(name.name, known_groups_));
      }
      return;
    }
    if (std::find(service.through.begin(), service.through.end(), it->second) !=
        service.through.end()) {
      diagnostics_.add(
          name.place, fmt::format("service '{}' passes group '{}' twice", service.name, name.name));
      return;
    }
    service.through.push_back(it->second);
  }

  const Node& root_;
  Diagnostics& diagnostics_;
  Checker checker_;
  Settings settings_;
  Topology topology_;
  std::map<std::string, const Node*> types_;
  std::map<std::string, Place> type_places_;
  std::set<std::string> used_types_;
  std::map<std::string, std::size_t> component_of_;
  bool some_components_are_missing_ = false;
  std::map<std::string, std::size_t> group_of_;
  std::vector<std::string> known_groups_;
};

}  // namespace

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
