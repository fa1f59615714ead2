#include "studies/study/factor.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "topologies/document.hpp"
#include "topologies/language/quantity.hpp"

namespace nines {
namespace {

constexpr std::array kDimensions{Dimension::duration, Dimension::rate,       Dimension::fraction,
                                 Dimension::size,     Dimension::throughput, Dimension::writes,
                                 Dimension::money,    Dimension::money_rate};

/// What may be declared of a place: with kinds and policies that share a key, several records.
using Records = std::vector<const Record*>;

/// The keys that a thing may have: those that are declared and those that stand there.
std::vector<std::string> keys_of(const Records& records, const Node* node) {
  std::vector<std::string> keys;
  const auto add = [&](const std::string& key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  };
  for (const Record* record : records) {
    for (const Parameter& p : record->parameters) {
      if (p.later.empty()) add(p.key);
    }
  }
  if (node == nullptr) return keys;
  for (const MapEntry& entry : node->entries) add(entry.key.text);
  return keys;
}

/// The parameters of that key, one for each record that has it.
std::vector<const Parameter*> called(const Records& records, const std::string& key) {
  std::vector<const Parameter*> found;
  for (const Record* record : records) {
    const Parameter* p = find_parameter(*record, key);
    if (p != nullptr && p->later.empty()) found.push_back(p);
  }
  return found;
}

/// The keys that exclude one another with this one go.
void erase_excluded(Node& map, const Records& records, const std::string& key) {
  for (const Record* record : records) {
    for (const auto& set : record->exactly_one_of) {
      if (std::find(set.begin(), set.end(), key) == set.end()) continue;
      std::erase_if(map.entries, [&](const MapEntry& entry) {
        return entry.key.text != key &&
               std::find(set.begin(), set.end(), entry.key.text) != set.end();
      });
    }
  }
}

/// What may stand under a key.
Records records_under(const std::vector<const Parameter*>& parameters) {
  Records records;
  for (const Parameter* p : parameters) {
    const bool has_keys = p->type == Type::record || p->type == Type::choice;
    if (has_keys) records.push_back(p->record.get());
  }
  return records;
}

/// What may be declared of an entry of a table: a group may be of any policy, a component of any
/// kind. Its own comes first.
Records records_of_entry(const std::string& section, const Parameter& table, const Node* entry) {
  Records records;
  const auto own_first = [&](const char* tag, const auto& all) {
    const Node* word = entry != nullptr ? entry->find(tag) : nullptr;
    for (const bool own : {true, false}) {
      for (const auto& each : all) {
        const bool is_own = word != nullptr && word->text == each.record.name;
        if (is_own == own) records.push_back(&each.record);
      }
    }
  };
  if (section == "groups") own_first("policy", all_policies());
  if (section == "components") own_first("kind", all_kinds());
  records.push_back(table.record.get());
  return records;
}

/// Gives every value the place of what it replaces.
void move_to(Node& node, Place place) {
  node.place = place;
  for (Node& item : node.items) move_to(item, place);
  for (MapEntry& entry : node.entries) {
    entry.key.place = place;
    move_to(entry.value, place);
  }
}

void rename_everywhere(Node& node, const std::string& from, const std::string& to) {
  if (node.kind == Node::Kind::scalar && node.text == from) node.text = to;
  for (Node& item : node.items) rename_everywhere(item, from, to);
  for (MapEntry& entry : node.entries) {
    if (entry.key.text == from) entry.key.text = to;
    rename_everywhere(entry.value, from, to);
  }
}

struct Number {
  double value = 0.0;
  std::optional<Dimension> dimension;
};

std::optional<Number> parse_any(const std::string& text, std::optional<Dimension> wanted = {}) {
  if (!wanted) {
    if (const auto plain = parse_number(text); plain.value) return Number{*plain.value, {}};
  }
  for (const Dimension dimension : kDimensions) {
    if (wanted && dimension != *wanted) continue;
    if (const auto parsed = parse_quantity(text, dimension); parsed.value) {
      return Number{*parsed.value, dimension};
    }
  }
  return std::nullopt;
}

/// The unit as it stands behind the number: "30 d" has " d".
std::string unit_of(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return text.substr(begin + number_length(std::string_view(text).substr(begin)));
}

}  // namespace

DocumentPath resolve_path(const Node& root, const std::string& path) {
  DocumentPath found;
  const Node* node = &root;
  Records records{&document_record()};
  const Parameter* table = nullptr;  // whose names come next
  std::string what = "a topology";
  const Node* own_type = nullptr;  // of the component that the path leads through
  std::size_t own_at = 0;          // what comes behind that component
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::string rest = path.substr(at);
    std::string key;
    std::vector<const Parameter*> parameters;
    found.parameter = nullptr;
    if (table == nullptr) {
      key = rest.substr(0, rest.find('.'));
      parameters = called(records, key);
      if (parameters.empty()) {
        found.problem = fmt::format("there is no '{}': '{}' is no key of {}", path, key, what);
        found.hint = suggest(key, keys_of(records, node));
        return found;
      }
      found.parameter = parameters.front();
      what = "'" + key + "'";
    } else {
      // Names may have points in them: the longest that stands there.
      const auto fits = [&](const std::string& name) {
        return rest == name || (rest.starts_with(name) && rest[name.size()] == '.');
      };
      const std::vector<std::string> names = keys_of({}, node);
      for (const std::string& name : names) {
        if (fits(name) && name.size() > key.size()) key = name;
      }
      if (key.empty()) {
        const std::string word = rest.substr(0, rest.find('.'));
        found.problem =
            fmt::format("there is no '{}': nothing in {} is called '{}'", path, what, word);
        found.hint = names.empty() ? "" : suggest(word, names);
        // What a component has by its type is varied there.
        if (own_type != nullptr) {
          const std::string there = fmt::format("types.{}.{}", own_type->text, path.substr(own_at));
          if (resolve_path(root, there).problem.empty()) {
            found.hint = fmt::format("it comes with the type: {}", there);
          }
        }
        return found;
      }
      what = fmt::format("{} '{}'", table->record->name, key);
    }
    found.keys.push_back(key);
    if (node != nullptr) node = node->find(key);
    at += key.size();
    if (at == path.size()) return found;
    ++at;
    if (table != nullptr && found.keys.front() == "components" && found.keys.size() == 2) {
      own_type = node != nullptr ? node->find("type") : nullptr;
      own_at = at;
    }
    if (table != nullptr) {
      records = records_of_entry(found.keys.front(), *table, node);
      table = nullptr;
      continue;
    }
    records = records_under(parameters);
    table = found.parameter->type == Type::table ? found.parameter : nullptr;
    if (records.empty() && table == nullptr) {
      const Type type = found.parameter->type;
      found.problem = fmt::format("there is no '{}': '{}' is {}, which has no keys", path, key,
                                  type == Type::law    ? "a duration or a distribution"
                                  : type == Type::list ? "a list"
                                                       : "a single value");
      return found;
    }
  }
  found.problem = fmt::format("'{}' is no path", path);
  return found;
}

void apply(const Change& change, Node& root) {
  if (!change.renamed.empty()) {
    rename_everywhere(root, change.path.back(), change.renamed);
    return;
  }
  Node* node = &root;
  Records records{&document_record()};
  const Parameter* table = nullptr;
  for (const std::string& key : change.path) {
    if (node->kind != Node::Kind::map) {
      const Place place = node->place;
      *node = Node{};
      node->kind = Node::Kind::map;
      node->place = place;
    }
    auto at = std::find_if(node->entries.begin(), node->entries.end(),
                           [&](const MapEntry& entry) { return entry.key.text == key; });
    if (at == node->entries.end()) {
      erase_excluded(*node, records, key);
      MapEntry entry;
      entry.key.kind = Node::Kind::scalar;
      entry.key.text = key;
      entry.key.place = entry.value.place = node->place;
      node->entries.push_back(std::move(entry));
      at = node->entries.end() - 1;
    }
    node = &at->value;
    if (table != nullptr) {
      records = records_of_entry(change.path.front(), *table, node);
      table = nullptr;
      continue;
    }
    const std::vector<const Parameter*> parameters = called(records, key);
    records = records_under(parameters);
    if (!parameters.empty() && parameters.front()->type == Type::table) table = parameters.front();
  }
  const Place place = node->place;
  *node = change.value;
  move_to(*node, place);
}

std::optional<double> number_of(const std::string& text) {
  const auto number = parse_any(text);
  return number ? std::optional(number->value) : std::nullopt;
}

std::string value_at(const RangeText& range, double share) {
  const Number from = *parse_any(range.from);
  const Number to = *parse_any(range.to, from.dimension);
  const double value =
      range.logarithmic
          ? std::exp(std::log(from.value) + share * (std::log(to.value) - std::log(from.value)))
          : from.value + share * (to.value - from.value);
  if (range.whole) return fmt::format("{}", std::lround(value));
  if (share == 0.0) return range.from;
  if (share == 1.0) return range.to;
  if (from.dimension == Dimension::fraction && value > 0.5 && value < 1.0) {
    // What is left to 100 % to six digits: nines are not to be rounded away.
    const double left = 100.0 * (1.0 - value);
    const int decimals = std::clamp(5 - static_cast<int>(std::floor(std::log10(left))), 0, 15);
    std::string text = fmt::format("{:.{}f}", 100.0 * value, decimals);
    while (text.find('.') != std::string::npos && text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text + unit_of(range.from);
  }
  // In the unit of the first, to six digits, which is what a person would write.
  const double written =
      *parse_number(range.from.substr(0, range.from.size() - unit_of(range.from).size())).value;
  const double factor = from.value == 0.0 ? 0.0 : written / from.value;
  if (factor == 0.0) {
    const double other =
        *parse_number(range.to.substr(0, range.to.size() - unit_of(range.to).size())).value;
    return fmt::format("{:.6g}{}", value * other / to.value, unit_of(range.to));
  }
  return fmt::format("{:.6g}{}", value * factor, unit_of(range.from));
}

std::vector<std::string> values_of(const RangeText& range, std::string& problem,
                                   std::string& hint) {
  const auto from = parse_any(range.from);
  const auto to = from ? parse_any(range.to, from->dimension) : std::nullopt;
  if (!from || !to || from->dimension != to->dimension) {
    problem = fmt::format("a range from \"{}\" to \"{}\"; expected two numbers of one dimension",
                          range.from, range.to);
    hint = "write {from: 30d, to: 1y, steps: 5}";
    return {};
  }
  if (!(from->value < to->value)) {
    problem = fmt::format("an empty range: {} is not less than {}", range.from, range.to);
    return {};
  }
  if (range.logarithmic && !(from->value > 0)) {
    problem = fmt::format("a logarithmic range from {}; expected more than 0", range.from);
    return {};
  }
  std::vector<std::string> values;
  for (std::size_t i = 0; i < range.steps; ++i) {
    std::string value =
        value_at(range, static_cast<double>(i) / static_cast<double>(range.steps - 1));
    if (values.empty() || values.back() != value) values.push_back(std::move(value));
  }
  return values;
}

}  // namespace nines
