#include "topologies/loader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <system_error>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/components/failing.hpp"
#include "models/mechanisms/script.hpp"
#include "topologies/document.hpp"
#include "topologies/language/quantity.hpp"
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

bool is_price(const std::string& key) {
  static const std::set<std::string> prices{"buy",         "run",        "repair",
                                            "repair_cost", "lost_write", "downtime_cost"};
  return prices.count(key) != 0;
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

}  // namespace

Topology Loader::load() {
  check_top_level();
  if (const Node* types = root_.find("types")) read_types(*types);
  for (const Kind& kind : all_kinds()) {
    if (section_of(kind) != "components") fixed_kinds_.emplace(section_of(kind), &kind);
  }
  for (const char* section : {"domains", "components", "links", "streams"}) {
    if (const Node* components = root_.find(section)) read_components(section, *components);
  }
  check_unused_types();
  read_sections();
  if (const Node* groups = root_.find("groups")) read_groups(*groups);
  place_components();
  join_links();
  find_needs();
  find_members();
  find_streams();
  read_services();
  read_faults();
  check_layout();
  for (const auto& [offset, doubt] : checker_.doubts()) topology_.doubts.push_back(doubt);
  find_currency();
  validate(topology_, diagnostics_);
  name_shards();
  return std::move(topology_);
}

FileReader Loader::reader_of(NamedFiles& files) {
  return [&files](const std::string& name, std::string& why_not) -> std::optional<std::string> {
    const auto known = files.contents.find(name);
    if (known != files.contents.end()) return *known->second;
    if (files.directory.empty()) {
      why_not = "files are not read here";
      return std::nullopt;
    }
    const std::filesystem::path path = std::filesystem::path(files.directory) / name;
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
    std::string content(std::istreambuf_iterator<char>(file), {});
    files.contents.emplace(name, std::make_shared<const std::string>(content));
    return content;
  };
}

void Loader::check_top_level() {
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
                       key.text == "links" || key.text == "domains" || key.text == "streams";
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
      diagnostics_.add(section->place, fmt::format("'{}' is empty; expected a map of names", key));
    }
  }
}

void Loader::read_types(const Node& types) {
  for (const auto& [key, value] : types.entries) {
    checker_.name(key);
    types_.emplace(key.text, &value);
    type_places_.emplace(key.text, key.place);
    if (const Node* kind = value.find("kind")) {
      diagnostics_.add(
          kind->place, fmt::format("type '{}' has a 'kind'", key.text),
          fmt::format("a component says what it is, and its type how: write web-1: "
                      "{{kind: {}, type: {}}}",
                      kind->kind == Node::Kind::scalar ? kind->text : "node", key.text));
    }
  }
}

std::vector<std::string> Loader::type_names() const {
  std::vector<std::string> names;
  for (const auto& [name, node] : types_) names.push_back(name);
  return names;
}

Node Loader::resolved_type(const NamedAt& type, std::vector<std::string> chain) {
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

void Loader::read_components(const std::string& section, const Node& components) {
  const auto fixed = fixed_kinds_.find(section);
  const Kind* const kind_of_section = fixed == fixed_kinds_.end() ? nullptr : fixed->second;
  const std::string noun = kind_of_section != nullptr ? kind_of_section->record.name : "component";
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
          : section == "streams"  ? "write {to: db-2}"
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
        const TopologyComponent& other = topology_.components[component_of_.at(prefix + names[i])];
        const std::string theirs = other.in_graph() ? "component" : other.kind->record.name;
        diagnostics_.add(
            key.place, theirs == noun
                           ? fmt::format("two {}s are called '{}'", noun, names[i])
                           : fmt::format("a {} and a {} are called '{}'", theirs, noun, names[i]));
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

std::pair<std::shared_ptr<const Settings>, const Kind*> Loader::read_component(
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

void Loader::check_unused_types() {
  for (const auto& [name, node] : types_) {
    if (used_types_.count(name) != 0) continue;
    Node resolved = resolved_type({name, type_places_.at(name)}, {});
    drop_none(resolved);
    if (resolved.kind == Node::Kind::map) checker_.record(resolved, type_record(), "a type");
  }
}

void Loader::read_sections() {
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
    if (objectives.has("rpo")) topology_.objectives.rpo_writes = objectives.number("rpo");
    if (objectives.has("rpo_time")) topology_.objectives.rpo_s = objectives.number("rpo_time");
  }
  static const double usual_lifetime_s = checker_.of_default_number(
      *find_parameter(*find_parameter(document_record(), "costs")->record, "lifetime"));
  topology_.costs.lifetime_s = usual_lifetime_s;
  if (settings_.has("costs")) {
    topology_.costs.settings = settings_.record("costs");
    topology_.costs.lifetime_s =
        topology_.costs.settings.number_or("lifetime", topology_.costs.lifetime_s);
    topology_.costs.lost_write = topology_.costs.settings.number_or("lost_write", 0.0);
  }
}

/// The currency of the first price; all others must be in it.
void Loader::find_currency() {
  const std::function<void(const Settings&)> look = [&](const Settings& settings) {
    for (const auto& [key, setting] : settings.values) {
      if (const auto* record = std::get_if<Settings>(&setting.value)) look(*record);
      if (const auto* table = std::get_if<std::vector<Entry>>(&setting.value)) {
        for (const Entry& entry : *table) look(entry.settings);
      }
      if (!is_price(key) || !std::holds_alternative<double>(setting.value)) continue;
      const std::size_t begin = std::min(setting.text.find_first_not_of(' '), setting.text.size());
      const std::size_t number = number_length(std::string_view(setting.text).substr(begin));
      const std::size_t at = setting.text.find_first_not_of(' ', begin + number);
      const std::string currency = setting.text.substr(std::min(at, setting.text.size()), 3);
      std::string& first = topology_.costs.currency;
      if (first.empty()) first = currency;
      if (first == currency) continue;
      diagnostics_.add(setting.place,
                       fmt::format("'{}' is in {}, and prices before it are in {}; expected one "
                                   "currency",
                                   key, currency, first));
    }
  };
  for (const TopologyComponent& component : topology_.components) look(*component.settings);
  for (const TopologyService& service : topology_.services) look(service.settings);
  look(topology_.costs.settings);
}

void Loader::read_faults() {
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
      diagnostics_.add(entry.name.place, "a fault without a mode needs 'for': until it is repaired",
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

void Loader::check_layout() {
  const Node* layout = root_.find("layout");
  if (layout == nullptr || some_components_are_missing_) return;
  const std::vector<std::string> names = component_names();
  for (const auto& [key, at] : layout->entries) {
    if (component_of_.count(key.text) != 0) continue;
    diagnostics_.add(key.place, fmt::format("no component is called '{}'", key.text),
                     suggest(key.text, names));
  }
}

void Loader::read_groups(const Node& groups) {
  for (const auto& [key, value] : groups.entries) {
    checker_.name(key);
    TopologyGroup group;
    group.name = key.text;
    group.place = key.place;
    const Node* word = value.find("policy");
    group.policy = word != nullptr ? find_policy(word->text) : nullptr;
    if (value.kind != Node::Kind::map) {
      diagnostics_.add(value.kind == Node::Kind::null ? key.place : value.place,
                       fmt::format("group '{}' is {}; expected a map", key.text, value.described()),
                       "write {policy: active_active, members: [web-1, web-2]}");
      continue;
    }
    const Record& record = group.policy != nullptr ? group.policy->record : group_record();
    group.settings = checker_.record(value, record, fmt::format("group '{}'", key.text));
    if (group.policy == nullptr) continue;
    group_of_.emplace(group.name, topology_.groups.size());
    if (!group.settings.has("shards")) {
      topology_.groups.push_back(std::move(group));
      continue;
    }
    // Called alike until all is checked, so that what is wrong with one is told once.
    const auto shards = static_cast<std::size_t>(group.settings.number("shards"));
    for (std::size_t i = 0; i < shards; ++i) {
      group.shard = {i, shards, group.name, {}};
      topology_.groups.push_back(group);
    }
  }
  for (const auto& [key, value] : groups.entries) known_groups_.push_back(key.text);
}

void Loader::read_services() {
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

void Loader::read_paths(TopologyService& service, const Settings& s) {
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
    const std::vector<TopologyStep> steps = steps_of(service, s, "through");
    if (!reads_apart(steps)) {
      spread(service, {"", Requests::all, steps, reads + writes});
      return;
    }
    // Reads ask otherwise than writes, along the same path. Without a workload there are both.
    const bool none = !(reads + writes > 0);
    if (reads > 0 || none) add_path(service, Requests::reads, steps, reads);
    if (writes > 0 || none) add_path(service, Requests::writes, steps, writes);
    return;
  }
  for (const Requests requests : {Requests::reads, Requests::writes}) {
    const char* const name = requests == Requests::reads ? "reads" : "writes";
    const double rate = requests == Requests::reads ? reads : writes;
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
    add_path(service, requests, steps_of(service, s, s.has(name) ? name : "through"), rate);
  }
  if (s.has("reads") && s.has("writes") && s.has("through")) {
    diagnostics_.add(s.at("through").key_place,
                     "'through' has no effect: reads and writes have paths of their own");
  }
}

/// Caches are beside the path, and only of reads; queues end it, and only that of writes.
void Loader::add_path(TopologyService& service, Requests requests, std::vector<TopologyStep> steps,
                      double offered_per_s) {
  TopologyPath path;
  path.name = requests == Requests::reads ? "reads" : "writes";
  path.requests = requests;
  path.offered_per_s = offered_per_s;
  for (TopologyStep& step : steps) {
    const auto is = [&](bool Policy::*what) {
      return std::find_if(step.groups.begin(), step.groups.end(), [&](std::size_t g) {
        return topology_.groups[g].policy != nullptr && topology_.groups[g].policy->*what;
      });
    };
    const auto tell = [&](std::string message, std::string hint = {}) {
      diagnostics_.add(service.settings.place, std::move(message), std::move(hint));
    };
    if (const auto at = is(&Policy::buffers); at != step.groups.end()) {
      const std::string& queue = topology_.groups[*at].name;
      const bool some = service.settings.has("workload") &&
                        service.settings.record("workload").number_or("writes", 0.0) > 0;
      if (step.groups.size() > 1) {
        tell(fmt::format("queue '{}' is one of several groups of a step; expected it by itself",
                         queue),
             "write through: [web, queue, db]");
      } else if (&step == &steps.back()) {
        tell(fmt::format("nothing is behind queue '{}': who takes what waits in it?", queue),
             "write through: [web, queue, db]");
      } else if (path.queue) {
        tell(fmt::format("service '{}' passes two queues; one behind another is not supported yet",
                         service.name));
      } else if (!some) {
        tell(fmt::format("queue '{}' has no effect: no workload says how many writes there are",
                         queue),
             "write workload: {writes: 20/s}");
      } else if (queue == "reads" || queue == "writes") {
        tell(fmt::format("queue '{}' is called like a class of requests; expected another name",
                         queue));
      } else if (requests == Requests::reads && service.settings.has("reads")) {
        tell(fmt::format("queue '{}' has no effect: reads do not pass it", queue),
             "leave it out of 'reads'");
      } else if (requests == Requests::writes) {
        path.queue = {*at, {}};
        path.steps.push_back(std::move(step));
      }
      continue;
    }
    const auto at = is(&Policy::beside);
    if (at == step.groups.end()) {
      (path.queue ? path.queue->behind : path.steps).push_back(std::move(step));
      continue;
    }
    const std::string& cache = topology_.groups[*at].name;
    if (step.groups.size() > 1) {
      tell(fmt::format("cache '{}' is one of several groups of a step; expected it by itself",
                       cache),
           "write through: [web, cache, db]");
    } else if (&step == &steps.back()) {
      tell(fmt::format("nothing is behind cache '{}': who answers what it does not have?", cache),
           "write through: [web, cache, db]");
    } else if (path.cache) {
      tell(fmt::format("service '{}' passes two caches; one behind another is not supported yet",
                       service.name));
    } else if (!(offered_per_s > 0)) {
      if (requests == Requests::reads) {
        tell(fmt::format("cache '{}' has no effect: no workload says how many reads there are",
                         cache),
             "write workload: {reads: 400/s}");
      }
    } else if (requests == Requests::reads) {
      path.cache = {path.steps.size(), *at};
    } else if (std::none_of(service.paths.begin(), service.paths.end(),
                            [](const TopologyPath& p) { return p.cache.has_value(); })) {
      tell(fmt::format("cache '{}' has no effect: no reads pass it", cache),
           "write workload: {reads: 400/s}, and the cache in their path");
    }
  }
  spread(service, std::move(path));
}

void Loader::spread(TopologyService& service, TopologyPath path) {
  const auto is_of_shards = [](const TopologyStep& step) {
    return step.kind == TopologyStep::Kind::shards;
  };
  if (path.queue &&
      std::any_of(path.queue->behind.begin(), path.queue->behind.end(), is_of_shards)) {
    diagnostics_.add(service.settings.place,
                     fmt::format("service '{}' passes shards behind queue '{}'; that is not "
                                 "supported yet",
                                 service.name, topology_.groups[path.queue->group].name));
  }
  const auto at = std::find_if(path.steps.begin(), path.steps.end(), is_of_shards);
  if (at == path.steps.end()) {
    service.paths.push_back(std::move(path));
    return;
  }
  const std::vector<std::size_t> shards = at->groups;
  if (std::any_of(at + 1, path.steps.end(), is_of_shards)) {
    diagnostics_.add(service.settings.place,
                     fmt::format("service '{}' passes shards twice; shards behind shards are not "
                                 "supported yet",
                                 service.name));
  }
  for (const std::size_t g : shards) {
    const TopologyGroup& group = topology_.groups[g];
    TopologyPath each = path;
    each.steps[static_cast<std::size_t>(at - path.steps.begin())] = {TopologyStep::Kind::one, {g}};
    each.offered_per_s /= static_cast<double>(shards.size());
    const std::string shard =
        group.shard ? fmt::format("{}.{}", group.name, group.shard->number + 1) : group.name;
    each.name = path.name.empty() ? shard : shard + "/" + path.name;
    service.paths.push_back(std::move(each));
  }
}

std::vector<std::size_t> Loader::shards_of(std::size_t g) const {
  const std::optional<TopologyGroup::Shard>& shard = topology_.groups[g].shard;
  std::vector<std::size_t> groups;
  for (std::size_t i = 0; i < (shard ? shard->of : 1); ++i) groups.push_back(g + i);
  return groups;
}

void Loader::name_shards() {
  for (TopologyGroup& group : topology_.groups) {
    if (!group.shard) continue;
    group.name = fmt::format("{}.{}", group.shard->name, group.shard->number + 1);
    if (std::find(known_groups_.begin(), known_groups_.end(), group.name) == known_groups_.end()) {
      continue;
    }
    diagnostics_.add(group.place, fmt::format("a group is called '{}', as this shard of '{}'",
                                              group.name, group.shard->name));
  }
}

bool Loader::reads_apart(const std::vector<TopologyStep>& steps) const {
  return std::any_of(steps.begin(), steps.end(), [&](const TopologyStep& step) {
    return std::any_of(step.groups.begin(), step.groups.end(), [&](std::size_t g) {
      const TopologyGroup& group = topology_.groups[g];
      return group.policy != nullptr && group.policy->reads_apart &&
             !group.settings.has_refused("election") &&
             group.policy->reads_apart(group.settings, group.members.size());
    });
  });
}

std::vector<TopologyStep> Loader::steps_of(const TopologyService& service, const Settings& s,
                                           const std::string& key) {
  std::vector<TopologyStep> steps;
  std::set<std::size_t> seen;
  for (const Bundle& bundle : s.bundles(key)) {
    TopologyStep step;
    step.kind = bundle.word == "all"      ? TopologyStep::Kind::all
                : bundle.word == "any"    ? TopologyStep::Kind::any
                : bundle.word == "shards" ? TopologyStep::Kind::shards
                                          : TopologyStep::Kind::one;
    for (const NamedAt& name : bundle.names) {
      const auto it = group_of_.find(name.name);
      if (it == group_of_.end()) {
        no_such_group(name);
      } else if (!seen.insert(it->second).second) {
        diagnostics_.add(name.place, fmt::format("service '{}' passes group '{}' twice",
                                                 service.name, name.name));
      } else if (!topology_.groups[it->second].shard) {
        step.groups.push_back(it->second);
      } else if (!bundle.word.empty()) {
        diagnostics_.add(name.place,
                         fmt::format("'{}' has shards; expected it as a step by itself", name.name),
                         "write through: [web, " + name.name + "]");
      } else {
        step.groups = shards_of(it->second);
        step.kind = TopologyStep::Kind::shards;
      }
    }
    if (!step.groups.empty()) steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace nines
