#include "studies/study/study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "engine/chance/random.hpp"
#include "studies/figures.hpp"
#include "topologies/document.hpp"
#include "topologies/language/check.hpp"
#include "topologies/language/quantity.hpp"
#include "topologies/language/reader.hpp"
#include "topologies/names.hpp"

namespace nines {
namespace {

/// What plans may bound: measures whose means over runs are estimated by block.
const std::vector<std::pair<std::string, std::string>>& bounded_measures() {
  static const std::vector<std::pair<std::string, std::string>> names{
      {"availability", "unavailability"},
      {"outages_per_year", "outages_per_year"},
      {"lost_writes_per_year", "lost_writes_per_year"},
      {"failed_requests_per_year", "failed_requests_per_year"}};
  return names;
}

std::string read_text(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw std::runtime_error(fmt::format("{}: is a directory", path));
  }
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw std::runtime_error(fmt::format("{}: {}", path, error.message()));
  if (size > kMostBytes) {
    throw std::runtime_error(
        fmt::format("{}: has {} bytes, the limit is {}", path, size, kMostBytes));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(fmt::format("{}: cannot be opened", path));
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string text_of(const Node& node) {
  if (node.kind == Node::Kind::scalar) return node.text;
  std::string out;
  if (node.kind == Node::Kind::sequence) {
    for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + text_of(item);
    return "[" + out + "]";
  }
  for (const MapEntry& entry : node.entries) {
    out += (out.empty() ? "" : ", ") + entry.key.text + ": " + text_of(entry.value);
  }
  return "{" + out + "}";
}

/// Reads the parts of a study in the order in which they need one another.
class StudyReader {
 public:
  StudyReader(LoadedStudy& loaded, const Node& root, Diagnostics& diagnostics)
      : loaded_(loaded),
        root_(root),
        diagnostics_(diagnostics),
        checker_(diagnostics, no_files()) {}

  std::optional<Study> read() {
    // Factors have names with blanks in them: they are titles of columns, and read apart.
    Record record = study_record();
    for (Parameter& p : record.parameters) {
      if (p.key != "factors") continue;
      p.type = Type::any;
      p.required = false;
    }
    settings_ = checker_.record(root_, record, "a study");
    for (const auto& [offset, doubt] : checker_.doubts()) {
      diagnostics_.add(doubt.place, "doubt about an input belongs to the topology");
    }
    Study study;
    study.name = std::filesystem::path(loaded_.texts.path).stem().string();
    if (settings_.has("title")) study.title = settings_.text("title");
    read_parts();
    if (loaded_.base && loaded_.base->topology) {
      read_factors(study);
      read_measures(study);
      read_experiment(study);
      read_plan(study);
    }
    if (!diagnostics_.empty() || !loaded_.base || !loaded_.base->topology) return std::nullopt;
    make_designs(study);
    if (!diagnostics_.empty()) return std::nullopt;
    return study;
  }

 private:
  static FileReader no_files() {
    return [](const std::string&, std::string& why_not) -> std::optional<std::string> {
      why_not = "a study reads none";
      return std::nullopt;
    };
  }

  /// Those of the study and of its catalogue.
  void read_parts() {
    const auto add = [&](const Node& table) {
      for (const MapEntry& entry : table.entries) parts_[entry.key.text] = &entry.value;
    };
    if (const Node* own = root_.find("parts"); own != nullptr && own->kind == Node::Kind::map) {
      add(*own);
    }
    if (!loaded_.catalogue) return;
    Diagnostics diagnostics;
    catalogue_ = read_document(*loaded_.catalogue, diagnostics);
    Record record{
        "catalogue", "Parts with their prices.", {*find_parameter(study_record(), "parts")}};
    record.parameters[0].required = true;
    if (diagnostics.empty()) {
      Checker(diagnostics, no_files()).record(catalogue_, record, "a catalogue");
    }
    loaded_.catalogue_diagnostics = diagnostics.sorted();
    if (!diagnostics.empty()) {
      diagnostics_.add(settings_.has("catalogue") ? settings_.at("catalogue").place : root_.place,
                       "the catalogue has errors");
      parts_are_missing_ = true;
      return;
    }
    const Node* table = catalogue_.find("parts");
    for (const MapEntry& entry : table->entries) {
      if (parts_.count(entry.key.text) == 0) continue;
      diagnostics_.add(
          settings_.at("catalogue").place,
          fmt::format("part '{}' is in the study and in its catalogue", entry.key.text));
    }
    add(*table);
  }

  void read_factors(Study& study) {
    const Node* table = root_.find("factors");
    // Without any there is one design: the topology as it is.
    if (table == nullptr || table->kind == Node::Kind::null) return;
    if (table->kind != Node::Kind::map || table->entries.empty()) {
      diagnostics_.add(table->place,
                       fmt::format("'factors' is {}; expected a map of names",
                                   table->kind == Node::Kind::map ? "empty" : table->described()),
                       "write web servers: {path: groups.web.need, values: [1, 2]}");
    }
    // A name may have blanks here: it is a title of a column, beside those that tables have anyway.
    static const std::set<std::string> columns{
        "",     "design",  "runs",   "subject",  "measure",       "value",         "low",
        "high", "verdict", "chosen", "on_front", "cost_per_year", "unavailability"};
    for (const MapEntry& entry : table->entries) {
      if (columns.count(entry.key.text) != 0) {
        diagnostics_.add(entry.key.place,
                         entry.key.text.empty()
                             ? std::string("a factor has no name")
                             : fmt::format("a factor is called '{}', as a column of all results is",
                                           entry.key.text));
      }
      const Settings factor =
          checker_.record(entry.value, factor_record(), fmt::format("factor '{}'", entry.key.text));
      read_factor(study, entry, factor);
    }
    std::map<std::string, std::string> taken;
    std::set<std::string> renamed;  // ranges of components whose number is varied
    for (const Factor& factor : study.factors) {
      std::set<std::string> own;
      for (const Level& level : factor.levels) {
        for (const Change& change : level.changes) {
          if (!change.renamed.empty()) renamed.insert(change.path.back());
          std::string path;
          for (const std::string& key : change.path) path += (path.empty() ? "" : ".") + key;
          own.insert(path);
        }
      }
      for (const std::string& path : own) {
        const auto [at, fresh] = taken.emplace(path, factor.name);
        if (fresh) continue;
        diagnostics_.add(factor.place, fmt::format("factors '{}' and '{}' both change {}",
                                                   at->second, factor.name, path));
      }
    }
    // A part is varied further by what lies in it, and so are as many as there are of a range; a
    // value would no longer be what its label says.
    for (const auto& [outer, name] : taken) {
      if (of_parts_.count(outer) != 0 || renamed.count(outer.substr(outer.find('.') + 1)) != 0) {
        continue;
      }
      for (auto at = taken.upper_bound(outer + "."); at != taken.end(); ++at) {
        if (!at->first.starts_with(outer + ".")) break;
        if (at->second == name) continue;
        const auto factor = std::find_if(study.factors.begin(), study.factors.end(),
                                         [&](const Factor& f) { return f.name == at->second; });
        diagnostics_.add(factor->place,
                         fmt::format("factor '{}' changes {}, which is within what factor '{}' "
                                     "replaces, {}",
                                     at->second, at->first, name, outer));
      }
    }
  }

  static const Record& factor_record() {
    return *find_parameter(study_record(), "factors")->record;
  }

  /// The changes of a value at all paths of a factor.
  std::vector<Change> changes_of(const std::vector<DocumentPath>& paths, const Node& value) {
    std::vector<Change> changes;
    for (const DocumentPath& path : paths) changes.push_back({path.keys, value, {}});
    return changes;
  }

  std::vector<DocumentPath> paths_of(const std::vector<NamedAt>& names) {
    std::vector<DocumentPath> paths;
    for (const NamedAt& name : names) {
      DocumentPath path = resolve_path(loaded_.base->root, name.name);
      if (path.problem.empty()) {
        paths.push_back(std::move(path));
      } else {
        diagnostics_.add(name.place, path.problem, path.hint);
      }
    }
    return paths;
  }

  void read_factor(Study& study, const MapEntry& entry, const Settings& s) {
    Factor factor;
    factor.name = entry.key.text;
    factor.place = entry.key.place;
    if (!s.refused.empty()) return;
    int kinds = 0;
    for (const char* key : {"path", "count", "part", "choices"}) kinds += s.has(key) ? 1 : 0;
    if (kinds != 1) return;  // that has its message
    if (s.has("path") || s.has("count")) {
      if (!s.has("values") && !s.has("range")) {
        diagnostics_.add(factor.place,
                         fmt::format("factor '{}' has neither 'values' nor 'range'", factor.name),
                         "write values: [2, 3, 4] or range: {from: 30d, to: 1y, steps: 5}");
        return;
      }
      if (s.has("values") && s.has("range")) {
        diagnostics_.add(factor.place, fmt::format("factor '{}' has values and range; expected one "
                                                   "of them",
                                                   factor.name));
        return;
      }
    }
    for (const char* key : {"values", "range"}) {
      if (!s.has(key) || s.has("path") || s.has("count")) continue;
      diagnostics_.add(s.at(key).key_place,
                       fmt::format("'{}' has no effect beside 'part' or 'choices'", key));
      return;
    }
    if (s.has("of") != s.has("part")) {
      diagnostics_.add(factor.place,
                       s.has("of") ? "'of' has no effect without 'part'"
                                   : fmt::format("factor '{}' has no 'of'; expected names of parts",
                                                 factor.name));
      return;
    }
    const std::size_t before = diagnostics_.size();
    if (s.has("count")) read_count(factor, entry.value, s);
    if (s.has("path")) read_values(factor, entry.value, s);
    if (s.has("part")) read_part(factor, s);
    if (s.has("choices")) read_choices(factor, *entry.value.find("choices"));
    if (diagnostics_.size() != before) return;
    std::set<std::string> labels;
    for (const Level& level : factor.levels) {
      if (labels.insert(level.label).second) continue;
      diagnostics_.add(factor.place,
                       fmt::format("factor '{}' has the level {} twice", factor.name, level.label));
      return;
    }
    study.factors.push_back(std::move(factor));
  }

  /// The items of `values`, each with its text; or those of `range`.
  std::vector<Node> values_given(const Node& node, const Settings& s, bool whole) {
    std::vector<Node> values;
    if (s.has("values")) {
      const Node& list = *node.find("values");
      if (list.kind != Node::Kind::sequence || list.items.empty()) {
        diagnostics_.add(
            list.place,
            fmt::format("'values' is {}; expected a list of values",
                        list.kind == Node::Kind::sequence ? "an empty list" : list.described()),
            "write values: [2, 3, 4]");
        return {};
      }
      return list.items;
    }
    const Settings& range = s.record("range");
    for (const char* key : {"from", "to", "steps", "scale"}) {
      if (!range.has(key)) return {};  // that has its message
    }
    RangeText text{range.text("from"), range.text("to"),
                   static_cast<std::size_t>(range.number("steps")),
                   range.text("scale") == "logarithmic", whole};
    std::string problem;
    std::string hint;
    std::vector<std::string> texts = values_of(text, problem, hint);
    if (!problem.empty()) {
      diagnostics_.add(s.at("range").place, problem, hint);
      return {};
    }
    if (!latin_hypercube() && texts.size() < text.steps) {
      diagnostics_.add(s.at("range").place,
                       fmt::format("a range of {} steps from {} to {}, with only {} values in it",
                                   text.steps, text.from, text.to, texts.size()));
      return {};
    }
    if (latin_hypercube()) {
      // Each design has a value of its own: the middle of its stratum.
      texts.clear();
      const std::size_t designs = latin_designs();
      for (std::size_t i = 0; i < designs; ++i) {
        const std::string value =
            value_at(text, (static_cast<double>(i) + 0.5) / static_cast<double>(designs));
        if (texts.empty() || texts.back() != value) texts.push_back(value);
      }
    }
    for (const std::string& each : texts) {
      Node value;
      value.kind = Node::Kind::scalar;
      value.text = each;
      value.place = s.at("range").place;
      values.push_back(std::move(value));
    }
    return values;
  }

  void read_values(Factor& factor, const Node& node, const Settings& s) {
    const std::vector<DocumentPath> paths = paths_of(s.names("path"));
    if (paths.size() != s.names("path").size()) return;
    const bool whole = paths[0].parameter != nullptr && paths[0].parameter->type == Type::count;
    for (const Node& value : values_given(node, s, whole)) {
      if (value.kind == Node::Kind::null) {
        diagnostics_.add(value.place, "a level has no value; `none` removes a key of a type");
        continue;
      }
      factor.levels.push_back(
          {text_of(value), changes_of(paths, value),
           value.kind == Node::Kind::scalar ? number_of(value.text) : std::nullopt});
    }
  }

  /// How many components a range stands for.
  void read_count(Factor& factor, const Node& node, const Settings& s) {
    const NamedAt& name = s.names("count").front();
    std::vector<std::string> ranges;
    const MapEntry* found = nullptr;
    std::string found_in;
    for (const char* section : {"components", "domains", "links"}) {
      const Node* table = loaded_.base->root.find(section);
      if (table == nullptr) continue;
      for (const MapEntry& entry : table->entries) {
        if (entry.key.text.find("[1..") == std::string::npos) continue;
        ranges.push_back(entry.key.text);
        if (entry.key.text != name.name) continue;
        found = &entry;
        found_in = section;
      }
    }
    if (found == nullptr) {
      diagnostics_.add(
          name.place, fmt::format("no range of components is called '{}'", name.name),
          ranges.empty() ? "a range is written web-[1..4]" : suggest(name.name, ranges));
      return;
    }
    const std::size_t open = name.name.find("[1..");
    const std::size_t close = name.name.find(']', open);
    for (const Node& value : values_given(node, s, true)) {
      const auto number =
          value.kind == Node::Kind::scalar ? parse_count(value.text) : Parsed<double>{};
      if (!number.value || *number.value < 1) {
        diagnostics_.add(value.place, fmt::format("a number of components is {}; expected a whole "
                                                  "number, 1 or more",
                                                  value.described()));
        continue;
      }
      Change change;
      change.path = {found_in, name.name};
      change.renamed =
          fmt::format("{}{}{}", name.name.substr(0, open + 4), value.text, name.name.substr(close));
      factor.levels.push_back({value.text, {std::move(change)}, number.value});
    }
  }

  bool is_type(const std::string& name) const {
    const Node* types = loaded_.base->root.find("types");
    return types != nullptr && types->find(name) != nullptr;
  }

  void read_part(Factor& factor, const Settings& s) {
    const std::vector<DocumentPath> paths = paths_of(s.names("part"));
    if (paths.size() != s.names("part").size()) return;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].keys.size() == 2 && paths[i].keys[0] == "types") continue;
      diagnostics_.add(s.names("part")[i].place,
                       fmt::format("'{}' is no type; a part takes the place of a whole type",
                                   s.names("part")[i].name),
                       "write part: types.small-server");
      return;
    }
    std::vector<std::string> known;
    for (const auto& [name, node] : parts_) known.push_back(name);
    for (const NamedAt& name : s.names("of")) {
      const auto at = parts_.find(name.name);
      if (at == parts_.end() && parts_are_missing_) continue;
      if (at == parts_.end()) {
        diagnostics_.add(name.place, fmt::format("no part is called '{}'", name.name),
                         known.empty() ? "write parts: {small: {capacity: 150/s, …}}"
                                       : suggest(name.name, known));
        continue;
      }
      if (const Node* like = at->second->find("like");
          like != nullptr && parts_.count(like->text) != 0 && !is_type(like->text)) {
        diagnostics_.add(name.place,
                         fmt::format("part '{}' is like part '{}'; parts may be like types of the "
                                     "topology only",
                                     name.name, like->text),
                         "write out all that it has");
        continue;
      }
      for (const NamedAt& part : s.names("part")) of_parts_.insert(part.name);
      factor.levels.push_back({name.name, changes_of(paths, *at->second), std::nullopt});
    }
  }

  void read_choices(Factor& factor, const Node& choices) {
    if (choices.kind != Node::Kind::map || choices.entries.empty()) {
      diagnostics_.add(choices.place,
                       fmt::format("'choices' is {}; expected a map from names to changes",
                                   choices.kind == Node::Kind::map ? "empty" : choices.described()),
                       "write choices: {near: {groups.db.replication.delay: 1ms}, far: {…}}");
      return;
    }
    for (const MapEntry& choice : choices.entries) {
      Level level{choice.key.text, {}, std::nullopt};
      if (choice.value.kind != Node::Kind::map) {
        diagnostics_.add(choice.value.place,
                         fmt::format("choice '{}' is {}; expected a map from paths to values",
                                     choice.key.text, choice.value.described()),
                         "{} leaves the topology as it is");
        continue;
      }
      for (const MapEntry& change : choice.value.entries) {
        const std::vector<DocumentPath> paths =
            paths_of({NamedAt{change.key.text, change.key.place}});
        for (Change& each : changes_of(paths, change.value)) {
          level.changes.push_back(std::move(each));
        }
      }
      factor.levels.push_back(std::move(level));
    }
  }

  void read_measures(Study& study) {
    if (!settings_.has("measures")) return;
    for (const NamedAt& name : settings_.names("measures")) {
      const auto& known = known_measures();
      if (std::find(known.begin(), known.end(), name.name) == known.end()) {
        diagnostics_.add(name.place, fmt::format("there is no measure '{}'", name.name),
                         suggest(name.name, known));
        continue;
      }
      auto& measures = study.measures;
      if (std::find(measures.begin(), measures.end(), name.name) != measures.end()) {
        diagnostics_.add(name.place, fmt::format("measure '{}' is listed twice", name.name));
        continue;
      }
      measures.push_back(name.name);
    }
  }

  void read_experiment(Study& study) {
    Experiment& e = study.experiment;
    e = experiment_for(*loaded_.base->topology);
    const Settings& s = settings_;
    if (s.has("precision") && !s.has("runs")) {
      e.runs = kMostRunsOfDesign;
    } else if (s.has("runs")) {
      e.runs = static_cast<std::uint64_t>(s.number("runs"));
    }
    if (s.has("precision")) {
      e.precision = s.number("precision");
      if (s.has("precision_of")) {
        const std::string& of = s.text("precision_of");
        e.precision_of = of == "outages"           ? PrecisionOf::outages
                         : of == "outage-duration" ? PrecisionOf::outage_length
                                                   : PrecisionOf::unavailability;
      }
    } else if (s.has("precision_of")) {
      diagnostics_.add(s.at("precision_of").key_place,
                       "'precision_of' has no effect without 'precision'", "write precision: 5 %");
    }
    // Whole blocks, so that each weighs as much as another in differences.
    e.runs = (e.runs + kRunsPerBlock - 1) / kRunsPerBlock * kRunsPerBlock;
    if (s.has("horizon")) e.horizon_s = s.number("horizon");
    if (s.has("seed")) e.seed = static_cast<std::uint64_t>(s.number("seed"));
    if (s.has("confidence")) e.confidence = s.number("confidence");
    e.steady_state = s.truth("steady_state");
  }

  void read_plan(Study& study) {
    PlanQuestion& plan = study.plan;
    const Topology& base = *loaded_.base->topology;
    const double tolerance =
        settings_.has("plan") ? settings_.record("plan").number_or("tolerance", 0.05) : 0.05;
    const auto bound = [&](const std::string& measure, double at_most) {
      plan.bounds.push_back({measure, at_most, tolerance * at_most});
    };
    if (settings_.has("objectives")) {
      const Settings& o = settings_.record("objectives");
      for (const auto& [key, measure] : bounded_measures()) {
        if (!o.has(key)) continue;
        const double value = o.number(key);
        bound(measure, key == "availability" ? 1.0 - value : value);
      }
    } else if (base.objectives.availability) {
      bound("unavailability", 1.0 - *base.objectives.availability);
    }
    if (settings_.has("plan")) {
      const Settings& p = settings_.record("plan");
      plan.confidence = p.number_or("confidence", 0.95);
      plan.cost_tolerance = p.number_or("cost_tolerance", 0.0);
      if (p.has("cost_tolerance")) {
        plan.cost_tolerance_text = p.at("cost_tolerance").text;
        if (plan.cost_tolerance_text.find(base.costs.currency) == std::string::npos) {
          diagnostics_.add(p.at("cost_tolerance").place,
                           fmt::format("'cost_tolerance' is \"{}\", and prices of the topology are "
                                       "in {}; expected one currency",
                                       plan.cost_tolerance_text, base.costs.currency));
        }
      }
      plan.runs_at_most = static_cast<std::uint64_t>(p.number_or("runs_at_most", 1e7));
    } else {
      plan.runs_at_most = 10'000'000;
    }
  }

  bool latin_hypercube() const {
    return settings_.has("sweep") && settings_.chosen("sweep") == "latin_hypercube";
  }
  std::size_t latin_designs() const {
    const Settings& sweep = settings_.record("sweep").record("latin_hypercube");
    return static_cast<std::size_t>(sweep.number_or("designs", 2.0));
  }

  void make_designs(Study& study) {
    const std::size_t factors = study.factors.size();
    const auto too_many = [&](double designs) {
      if (designs <= static_cast<double>(kMostDesigns)) return false;
      diagnostics_.add(
          root_.find("factors")->place,
          fmt::format("the factors make {:.0f} designs, the limit is {}", designs, kMostDesigns),
          "write sweep: {latin_hypercube: {designs: 200}}, or take fewer levels");
      return true;
    };
    if (settings_.has("sweep") && settings_.chosen("sweep") != "full" && factors == 0) {
      diagnostics_.add(
          settings_.at("sweep").place,
          fmt::format("there are no factors to go through by '{}'", settings_.chosen("sweep")),
          "write factors: {web servers: {count: \"web-[1..4]\", values: [2, 3]}}");
      return;
    }
    if (latin_hypercube()) {
      study.sweep = Sweep::latin_hypercube;
      latin_hypercube_designs(study);
      return;
    }
    if (settings_.has("sweep") && settings_.chosen("sweep") == "one_at_a_time") {
      study.sweep = Sweep::one_at_a_time;
      double levels = 1.0;
      for (const Factor& factor : study.factors) {
        levels += static_cast<double>(factor.levels.size());
      }
      if (too_many(levels)) return;
      study.designs.push_back({std::vector<std::optional<std::size_t>>(factors)});
      for (std::size_t f = 0; f < factors; ++f) {
        for (std::size_t l = 0; l < study.factors[f].levels.size(); ++l) {
          StudyDesign design{std::vector<std::optional<std::size_t>>(factors)};
          design.levels[f] = l;
          study.designs.push_back(std::move(design));
        }
      }
      return;
    }
    double designs = 1.0;
    for (const Factor& factor : study.factors) designs *= static_cast<double>(factor.levels.size());
    if (too_many(designs)) return;
    std::vector<std::size_t> at(factors, 0);
    for (std::size_t d = 0; d < static_cast<std::size_t>(designs); ++d) {
      StudyDesign design;
      for (const std::size_t level : at) design.levels.emplace_back(level);
      study.designs.push_back(std::move(design));
      for (std::size_t f = factors; f-- > 0;) {
        if (++at[f] < study.factors[f].levels.size()) break;
        at[f] = 0;
      }
    }
  }

  /// McKay, Beckman, Conover, "A comparison of three methods for selecting values of input
  /// variables", Technometrics 21 (1979): each factor's levels in an order of its own.
  void latin_hypercube_designs(Study& study) {
    const std::size_t designs = latin_designs();
    study.designs.resize(designs);
    for (const Factor& factor : study.factors) {
      std::vector<std::size_t> order(designs);
      for (std::size_t i = 0; i < designs; ++i) order[i] = i;
      const std::uint64_t stream = stable_hash("latin hypercube/" + factor.name);
      for (std::size_t i = designs; i-- > 1;) {
        const double u =
            draw_units(study.experiment.seed, {stream, 0, static_cast<std::uint32_t>(i)}).first;
        std::swap(order[i], order[static_cast<std::size_t>(u * static_cast<double>(i + 1))]);
      }
      for (std::size_t d = 0; d < designs; ++d) {
        study.designs[d].levels.emplace_back(order[d] * factor.levels.size() / designs);
      }
    }
  }

  LoadedStudy& loaded_;
  const Node& root_;
  Diagnostics& diagnostics_;
  Checker checker_;
  Settings settings_;
  Node catalogue_;
  std::map<std::string, const Node*> parts_;
  std::set<std::string> of_parts_;  ///< types that parts take the place of
  bool parts_are_missing_ = false;
};

/// Where a study's text says that a file is, from the folder of the study.
std::string beside(const std::string& study, const std::string& name) {
  const std::filesystem::path path(name);
  if (path.is_absolute()) return name;
  return (std::filesystem::path(study).parent_path() / path).string();
}

/// The value of a key at the top, without checking anything else.
const Node* top_key(const Node& root, const char* key) {
  const Node* node = root.find(key);
  return node != nullptr && node->kind == Node::Kind::scalar ? node : nullptr;
}

}  // namespace

std::string Study::label(std::size_t design) const {
  std::string out;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const auto& level = designs[design].levels[f];
    if (!level) continue;
    out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", factors[f].name,
                       factors[f].levels[*level].label);
  }
  return out.empty() ? "as it is" : out;
}

LoadedStudy load_study_file(const std::string& path) {
  LoadedStudy refused;
  StudyTexts texts;
  texts.path = path;
  texts.text = read_text(path);
  Source source(path, texts.text);
  Diagnostics diagnostics;
  const Node root = read_document(source, diagnostics);
  if (const Node* topology = top_key(root, "topology")) {
    std::string at = beside(path, topology->text);
    std::error_code error;
    const bool bare = topology->text.find('/') == std::string::npos &&
                      !topology->text.ends_with(".yaml") && !topology->text.ends_with(".json");
    if (bare && !std::filesystem::exists(at, error)) {
      at = library_path(topology->text);
      if (at.empty()) {
        diagnostics.add(
            topology->place,
            fmt::format("no file and no topology of the library is called '{}'", topology->text),
            suggest(topology->text, library_names()));
      }
    }
    if (!at.empty()) {
      try {
        texts.topology_text = read_text(at);
        texts.topology_path = at;
        texts.files.directory = std::filesystem::absolute(at).parent_path().string();
      } catch (const std::runtime_error& failure) {
        diagnostics.add(topology->place,
                        fmt::format("the topology cannot be read: {}", failure.what()));
      }
    }
  }
  if (const Node* catalogue = top_key(root, "catalogue")) {
    try {
      texts.catalogue_path = beside(path, catalogue->text);
      texts.catalogue_text = read_text(texts.catalogue_path);
    } catch (const std::runtime_error& failure) {
      texts.catalogue_path.clear();
      diagnostics.add(catalogue->place,
                      fmt::format("the catalogue cannot be read: {}", failure.what()));
    }
  }
  if (!diagnostics.empty()) {
    refused.texts = std::move(texts);
    refused.source = std::move(source);
    refused.diagnostics = diagnostics.sorted();
    return refused;
  }
  return load_study(std::move(texts));
}

LoadedStudy load_study(StudyTexts texts) {
  LoadedStudy loaded;
  loaded.texts = std::move(texts);
  loaded.source = Source(loaded.texts.path, loaded.texts.text);
  if (!loaded.texts.catalogue_path.empty()) {
    loaded.catalogue.emplace(loaded.texts.catalogue_path, loaded.texts.catalogue_text);
  }
  Diagnostics diagnostics;
  const Node root = read_document(loaded.source, diagnostics);
  if (root.kind != Node::Kind::map) {
    if (diagnostics.empty()) {
      diagnostics.add(root.place,
                      root.kind == Node::Kind::null
                          ? "the file is empty; expected a study"
                          : fmt::format("the file is {}; expected a study", root.described()),
                      "begin with 'nines-study: 1' and see `nines schema --study`");
    }
    loaded.diagnostics = diagnostics.sorted();
    return loaded;
  }
  if (!loaded.texts.topology_path.empty()) {
    loaded.base =
        load_topology(loaded.texts.topology_path, loaded.texts.topology_text, loaded.texts.files);
    loaded.texts.files = loaded.base->files;
    if (!loaded.base->topology) {
      const Node* topology = top_key(root, "topology");
      diagnostics.add(topology != nullptr ? topology->place : root.place,
                      "the topology has errors");
    }
  }
  loaded.study = StudyReader(loaded, root, diagnostics).read();
  loaded.diagnostics = diagnostics.sorted();
  if (!loaded.diagnostics.empty()) loaded.study.reset();
  return loaded;
}

std::string render(const LoadedStudy& loaded) {
  std::string out = render(loaded.diagnostics, loaded.source);
  if (loaded.catalogue) out += render(loaded.catalogue_diagnostics, *loaded.catalogue);
  if (loaded.base) out += render(loaded.base->diagnostics, loaded.base->source);
  return out;
}

Loaded design_document(const Study& study, const Loaded& base, std::size_t design) {
  Node root = base.root;
  std::vector<const Change*> changes;
  for (std::size_t f = 0; f < study.factors.size(); ++f) {
    const auto& level = study.designs[design].levels[f];
    if (!level) continue;
    for (const Change& change : study.factors[f].levels[*level].changes) changes.push_back(&change);
  }
  // Whole parts before keys within them; names last, since paths say the old ones.
  std::stable_sort(changes.begin(), changes.end(), [](const Change* a, const Change* b) {
    return std::pair(!a->renamed.empty(), a->path.size()) <
           std::pair(!b->renamed.empty(), b->path.size());
  });
  for (const Change* change : changes) apply(*change, root);
  return load_topology(base.source, std::move(root), base.files);
}

std::string invalid_designs(LoadedStudy& all, const std::function<void(std::size_t)>& progress) {
  const Study& study = *all.study;
  Loaded& base = *all.base;
  constexpr std::size_t kMostShown = 5;
  std::string out;
  std::size_t wrong = 0;
  std::string currency = base.topology->costs.currency;
  for (std::size_t d = 0; d < study.designs.size(); ++d) {
    if (progress) progress(d);
    const Loaded loaded = design_document(study, base, d);
    base.files.contents.insert(loaded.files.contents.begin(), loaded.files.contents.end());
    if (loaded.topology && currency.empty()) currency = loaded.topology->costs.currency;
    if (loaded.topology && !loaded.topology->costs.currency.empty() &&
        loaded.topology->costs.currency != currency) {
      if (++wrong > kMostShown) continue;
      out += fmt::format("design {} ({}) has prices in {}, others in {}; expected one currency\n",
                         d + 1, study.label(d), loaded.topology->costs.currency, currency);
      continue;
    }
    if (loaded.topology) {
      const auto has = [&](const TopologyService& service) {
        return std::any_of(
            loaded.topology->services.begin(), loaded.topology->services.end(),
            [&](const TopologyService& other) { return other.name == service.name; });
      };
      const auto& services = base.topology->services;
      if (std::all_of(services.begin(), services.end(), has)) continue;
    }
    if (++wrong > kMostShown) continue;
    out += fmt::format("design {} ({}) is no valid topology:\n", d + 1, study.label(d));
    out += render(loaded.diagnostics, loaded.source);
  }
  if (wrong > kMostShown) out += fmt::format("and {} designs more\n", wrong - kMostShown);
  all.texts.files = base.files;
  return out;
}

}  // namespace nines
