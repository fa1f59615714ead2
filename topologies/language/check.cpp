#include "topologies/language/check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "models/mechanisms/profile.hpp"
#include "topologies/language/quantity.hpp"

namespace nines {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view last = " or ") {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? std::string(last) : ", ";
    out += words[i];
  }
  return out;
}

/// "components, groups or domains" of "component, group or domain".
std::string plural(const std::string& nouns) {
  std::string out;
  for (std::size_t i = 0; i < nouns.size(); ++i) {
    if (nouns[i] == ',' || nouns.compare(i, 4, " or ") == 0) out += 's';
    if (nouns.compare(i, 4, " or ") == 0) {
      out += " or ";
      i += 3;
    } else {
      out += nouns[i];
    }
  }
  return out + "s";
}

std::string in_units(double si, const Parameter& p) {
  if (p.type == Type::quantity && p.dimension == Dimension::fraction) {
    return fmt::format("{} %", si * 100.0);
  }
  return fmt::format("{}", si);
}

}  // namespace

std::string expected_of(const Parameter& p) {
  switch (p.type) {
    case Type::quantity:
      return std::string(noun_of(p.dimension));
    case Type::law:
      return "a duration or a distribution";
    case Type::mean:
      return "a duration";
    case Type::count:
      return "a whole number";
    case Type::number:
      return "a number";
    case Type::numbers:
      return "a list of numbers";
    case Type::word:
      return p.words.size() == 1 ? p.words[0] : "one of " + joined(p.words);
    case Type::text:
      return "a text";
    case Type::names:
      return p.single ? fmt::format("the name of a {}", p.refers_to)
                      : fmt::format("a name or a list of names of {}", plural(p.refers_to));
    case Type::truth:
      return "true or false";
    case Type::hours:
      return "hours of the day, like 08:00-20:00";
    case Type::days:
      return "a day or days of the week, like mon-fri";
    case Type::bundles: {
      std::string forms;
      for (const std::string& word : p.words) {
        forms += fmt::format("{}{{{}: […]}}", forms.empty() ? "" : " or ", word);
      }
      return fmt::format("a name or a list of names of {}, or {}", plural(p.refers_to), forms);
    }
    case Type::record:
      return "a map";
    case Type::choice: {
      std::vector<std::string> words;
      for (const Parameter& choice : p.record->parameters) words.push_back(choice.key);
      return "one of " + joined(words);
    }
    case Type::list:
      return "a list of maps";
    case Type::table:
      return "a map of names";
    case Type::positions:
      return "a map from names to [x, y]";
    case Type::any:
      return "a value";
  }
  return {};
}

void Checker::refuse(const Node& node, const std::string& key, const std::string& expected,
                     const std::string& hint) {
  diagnostics_.add(node.place,
                   fmt::format("'{}' is {}; expected {}", key, node.described(), expected), hint);
}

bool Checker::in_range(const Node& node, const Parameter& p, double value) {
  if (value < p.low || (p.low_open && value == p.low)) {
    refuse(node, p.key,
           fmt::format("{}{}", p.low_open ? "more than " : "at least ", in_units(p.low, p)), {});
    return false;
  }
  if (value > p.high || (p.high_open && value == p.high)) {
    refuse(node, p.key,
           fmt::format("{}{}", p.high_open ? "less than " : "at most ", in_units(p.high, p)), {});
    return false;
  }
  return true;
}

bool Checker::name(const Node& node) {
  const std::string& text = node.text;
  if (text.empty() || text.size() > 200 ||
      text.find_first_of(" \t\n/:*?[]{},#\"'\\") != std::string::npos) {
    diagnostics_.add(node.place, fmt::format("{} is no name", node.described()),
                     "a name has letters, digits, '-', '_' and '.', like db-1");
    return false;
  }
  return true;
}

void Checker::value(const Node& node, const Parameter& p, Setting& setting, bool& ok) {
  const bool scalar = node.kind == Node::Kind::scalar;
  const auto fail = [&](const std::string& expected, const std::string& hint) {
    refuse(node, p.key, expected, hint);
    ok = false;
  };
  const auto take = [&](const Parsed<double>& parsed) {
    if (!parsed.value) {
      fail(parsed.expected, parsed.hint);
    } else if (!in_range(node, p, *parsed.value)) {
      ok = false;
    } else {
      setting.value = *parsed.value;
    }
  };
  setting.text = node.text;

  switch (p.type) {
    case Type::quantity:
    case Type::mean: {
      if (!scalar) return fail(expected_of(p), fmt::format("write {}", examples_of(p.dimension)));
      const Dimension dimension = p.type == Type::mean ? Dimension::duration : p.dimension;
      Parsed<double> parsed = doubtful(node, dimension);
      if (!parsed.value && p.type == Type::mean && node.text.find('(') != std::string::npos &&
          number_length(node.text) == 0) {
        parsed.hint = fmt::format("a distribution goes under '{}'",
                                  p.key == "mttf" ? "time_to_failure" : "time_to_repair");
      }
      take(parsed);
      if (const auto doubt = doubts_.find(node.place.begin); ok && doubt != doubts_.end()) {
        ok = in_range(node, p, doubt->second.low) && in_range(node, p, doubt->second.high);
      }
      if (ok && p.type == Type::mean) {
        const double mean_s = std::get<double>(setting.value);
        LawPtr& law = exponentials_[mean_s];
        if (!law) law = exponential(mean_s);
        setting.value = law;
      }
      return;
    }
    case Type::count:
    case Type::number:
      if (!scalar) return fail(expected_of(p), {});
      if (node.quoted) return fail(expected_of(p) + " without quotes", {});
      return take(p.type == Type::count ? parse_count(node.text) : parse_number(node.text));
    case Type::numbers: {
      if (node.kind != Node::Kind::sequence || node.items.empty()) {
        return fail(expected_of(p), "write [3, 1, 1]");
      }
      std::vector<double> numbers;
      for (const Node& item : node.items) {
        const auto parsed = item.kind == Node::Kind::scalar && !item.quoted
                                ? parse_number(item.text)
                                : Parsed<double>{};
        if (!parsed.value) {
          refuse(item, p.key, "a number", {});
          ok = false;
        } else if (!in_range(item, p, *parsed.value)) {
          ok = false;
        } else {
          numbers.push_back(*parsed.value);
        }
      }
      setting.value = std::move(numbers);
      return;
    }
    case Type::law: {
      if (!scalar) return fail(expected_of(p), "write 4h, 240min, or lognormal(median=3h p95=9h)");
      LawPtr& known = laws_[node.text];
      if (known) {
        setting.value = known;
        return;
      }
      const LawResult result = parse_law(node.text, files_);
      if (result.law) {
        setting.value = known = result.law;
        return;
      }
      ok = false;
      if (result.unclosed && !node.quoted) {
        diagnostics_.add(node.place, result.error.message + "; inside {…} or […] a comma is YAML's",
                         "part the arguments by spaces, like weibull(shape=1.3 mean=4y)");
        return;
      }
      if (result.error.message.empty()) {
        return fail(expected_of(p), result.error.hint);
      }
      const bool plain = !node.quoted && node.place.end - node.place.begin == node.text.size();
      const auto begin = static_cast<std::uint32_t>(node.place.begin + result.error.offset);
      diagnostics_.add(plain ? Place{begin, static_cast<std::uint32_t>(begin + result.error.length)}
                             : node.place,
                       fmt::format("'{}': {}", p.key, result.error.message), result.error.hint);
      return;
    }
    case Type::word: {
      if (!scalar) return fail(expected_of(p), {});
      if (std::find(p.words.begin(), p.words.end(), node.text) != p.words.end()) {
        setting.value = node.text;
        return;
      }
      return fail(expected_of(p), p.words.size() > 1 ? suggest(node.text, p.words) : "");
    }
    case Type::text:
      if (!scalar) return fail(expected_of(p), {});
      setting.value = node.text;
      return;
    case Type::names: {
      std::vector<NamedAt> names;
      if (p.single && !scalar) return fail(expected_of(p), {});
      if (scalar) {
        names.push_back({node.text, node.place});
      } else if (node.kind == Node::Kind::sequence) {
        for (const Node& item : node.items) {
          if (item.kind != Node::Kind::scalar) {
            refuse(item, p.key, expected_of(p), {});
            ok = false;
          } else {
            names.push_back({item.text, item.place});
          }
        }
        if (node.items.empty()) return fail(expected_of(p), "the list is empty");
      } else {
        return fail(expected_of(p), {});
      }
      setting.value = std::move(names);
      return;
    }
    case Type::truth:
      if (!scalar || node.quoted || (node.text != "true" && node.text != "false")) {
        return fail(expected_of(p), {});
      }
      setting.value = node.text == "true";
      return;
    case Type::hours:
      if (!scalar || !parse_hours(node.text)) {
        return fail(expected_of(p), "write 22:00-06:00 for a night; a day ends at 24:00");
      }
      setting.value = node.text;
      return;
    case Type::days:
      if (!scalar || !parse_days(node.text)) {
        return fail(expected_of(p), "the days are mon, tue, wed, thu, fri, sat, sun");
      }
      setting.value = node.text;
      return;
    case Type::bundles: {
      std::vector<Bundle> found;
      if (node.kind == Node::Kind::sequence) {
        if (node.items.empty()) return fail(expected_of(p), "the list is empty");
        for (const Node& item : node.items) ok = bundle(item, p, found) && ok;
      } else {
        ok = bundle(node, p, found);
      }
      setting.value = std::move(found);
      return;
    }
    case Type::record:
      if (node.kind != Node::Kind::map) return fail(expected_of(p), {});
      setting.value = record(node, *p.record, "'" + p.key + "'");
      return;
    case Type::choice: {
      Node map = node;
      if (scalar) {  // the word alone stands for its defaults
        std::vector<std::string> words;
        for (const Parameter& choice : p.record->parameters) words.push_back(choice.key);
        if (std::find(words.begin(), words.end(), node.text) == words.end()) {
          return fail(expected_of(p),
                      nearest(node.text, words).empty() ? "" : suggest(node.text, words));
        }
        Node body = node;
        body.kind = Node::Kind::map;
        map = body;
        Node key = node;
        map.entries.push_back({std::move(key), std::move(body)});
      }
      if (map.kind != Node::Kind::map) return fail(expected_of(p), {});
      const std::size_t before = diagnostics_.size();
      setting.value = record(map, *p.record, "'" + p.key + "'");
      ok = diagnostics_.size() == before;
      return;
    }
    case Type::list: {
      if (node.kind != Node::Kind::sequence) return fail(expected_of(p), {});
      std::vector<Entry> entries;
      for (const Node& item : node.items) {
        entries.push_back({{{}, item.place}, record(item, *p.record, "a " + p.record->name)});
      }
      setting.value = std::move(entries);
      return;
    }
    case Type::table:
      if (node.kind != Node::Kind::map) return fail(expected_of(p), {});
      setting.value = table(node, *p.record, p.key);
      return;
    case Type::any:
      setting.value = true;
      return;
    case Type::positions:
      if (node.kind != Node::Kind::map) return fail(expected_of(p), {});
      for (const auto& [key, at] : node.entries) {
        const bool pair = at.kind == Node::Kind::sequence && at.items.size() == 2 &&
                          parse_number(at.items[0].text).value &&
                          parse_number(at.items[1].text).value;
        if (!pair) {
          refuse(at, key.text, "[x, y]", "write [120, 40]");
          ok = false;
        }
      }
      setting.value = true;
      return;
  }
}

Parsed<double> Checker::doubtful(const Node& node, Dimension dimension) {
  const std::optional<DoubtText> text = doubt_in(node.text);
  if (!text) return parse_quantity(node.text, dimension);
  const Parsed<double> value = parse_quantity(text->value, dimension);
  const Parsed<double> low = parse_quantity(text->low, dimension);
  const Parsed<double> high = parse_quantity(text->high, dimension);
  for (const Parsed<double>& each : {value, low, high}) {
    if (!each.value) return each;
  }
  if (!(*low.value > 0 && *low.value <= *value.value && *value.value <= *high.value &&
        *low.value < *high.value)) {
    return {{},
            fmt::format("{} within its range of doubt, low..high, of which low is more than 0",
                        noun_of(dimension)),
            "write 90d (60d..150d)"};
  }
  doubts_[node.place.begin] = {
      node.place, std::string(text->value), dimension, *value.value, *low.value, *high.value};
  return value;
}

/// A name, or a map from one of the words to names.
bool Checker::bundle(const Node& node, const Parameter& p, std::vector<Bundle>& found) {
  if (node.kind == Node::Kind::scalar) {
    found.push_back({{}, {{node.text, node.place}}, node.place});
    return true;
  }
  const bool one = node.kind == Node::Kind::map && node.entries.size() == 1;
  const auto word =
      one ? std::find(p.words.begin(), p.words.end(), node.entries[0].key.text) : p.words.end();
  if (word == p.words.end()) {
    refuse(node, p.key, expected_of(p),
           one ? suggest(node.entries[0].key.text, p.words) : std::string());
    return false;
  }
  const Node& names = node.entries[0].value;
  Bundle bundle{*word, {}, node.place};
  if (names.kind == Node::Kind::scalar) bundle.names.push_back({names.text, names.place});
  for (const Node& item : names.items) {
    if (item.kind != Node::Kind::scalar) {
      refuse(item, *word, fmt::format("the name of a {}", p.refers_to),
             item.kind == Node::Kind::map ? "only one level of these is supported" : "");
      return false;
    }
    bundle.names.push_back({item.text, item.place});
  }
  if (bundle.names.empty()) {
    refuse(names, *word, fmt::format("a list of names of {}", plural(p.refers_to)),
           names.kind == Node::Kind::sequence ? "the list is empty" : "");
    return false;
  }
  found.push_back(std::move(bundle));
  return true;
}

std::optional<Setting> Checker::of_default(const Parameter& p) {
  if (p.default_text.empty()) return std::nullopt;
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = p.default_text;
  Setting setting;
  setting.is_default = true;
  bool ok = true;
  value(node, p, setting, ok);
  CHECK(ok, "the default of '{}' is not a value of it: {}", p.key, p.default_text);
  return setting;
}

Settings Checker::record(const Node& node, const Record& record, const std::string& what) {
  Settings settings;
  settings.place = node.place;
  if (node.kind != Node::Kind::map) {
    if (node.kind != Node::Kind::null) {
      diagnostics_.add(node.place, fmt::format("{} is {}; expected a map", what, node.described()));
      return settings;
    }
  }
  std::vector<std::string> keys;
  for (const Parameter& p : record.parameters) {
    if (p.later.empty()) keys.push_back(p.key);
  }
  std::vector<std::string> given;  // also those whose value is wrong: reported once is enough
  bool law_was_cut = false;
  for (const auto& [key, child] : node.entries) {
    if (law_was_cut && child.kind == Node::Kind::null) continue;  // the rest of that law
    law_was_cut = false;
    const Parameter* p = find_parameter(record, key.text);
    if (p == nullptr) {
      diagnostics_.add(key.place, fmt::format("unknown key '{}' in {}", key.text, what),
                       suggest(key.text, keys));
      continue;
    }
    given.push_back(p->key);
    if (!p->later.empty()) {
      diagnostics_.add(
          key.place, fmt::format("'{}' is not supported yet: it comes with {}", p->key, p->later));
      continue;
    }
    if (child.kind == Node::Kind::null && p->type != Type::table) {
      diagnostics_.add(key.place,
                       fmt::format("'{}' has no value; expected {}", p->key, expected_of(*p)));
      continue;
    }
    if (p->type == Type::law && child.kind == Node::Kind::scalar && !child.quoted &&
        child.text.find('(') != std::string::npos && child.text.find(')') == std::string::npos) {
      law_was_cut = true;
    }
    Setting setting;
    setting.place = child.place;
    setting.key_place = key.place;
    bool ok = true;
    if (child.kind == Node::Kind::null) {
      setting.value = std::vector<Entry>{};
    } else {
      value(child, *p, setting, ok);
    }
    if (ok) {
      settings.values.emplace(p->key, std::move(setting));
    } else {
      settings.refused.push_back(p->key);
    }
  }
  const auto is_given = [&](const std::string& key) {
    return std::find(given.begin(), given.end(), key) != given.end();
  };
  const Place place{node.place.begin, node.place.begin + 1};
  for (const auto& set : record.exactly_one_of) {
    const auto count = std::count_if(set.begin(), set.end(), is_given);
    if (count == 0) {
      diagnostics_.add(place, fmt::format("{} needs one of {}", what, joined(set)));
    } else if (count > 1) {
      std::vector<std::string> both;
      std::copy_if(set.begin(), set.end(), std::back_inserter(both), is_given);
      diagnostics_.add(place,
                       fmt::format("{} has {}; expected one of them", what, joined(both, " and ")));
    }
  }
  for (const Parameter& p : record.parameters) {
    if (!p.later.empty() || is_given(p.key)) continue;
    if (p.required) {
      diagnostics_.add(place,
                       fmt::format("{} has no '{}'; expected {}", what, p.key, expected_of(p)));
    } else if (auto setting = of_default(p)) {
      settings.values.emplace(p.key, std::move(*setting));
    }
  }
  return settings;
}

std::vector<Entry> Checker::table(const Node& node, const Record& record, const std::string& what) {
  std::vector<Entry> entries;
  if (node.kind != Node::Kind::map) {
    if (node.kind != Node::Kind::null) {
      diagnostics_.add(node.place,
                       fmt::format("'{}' is {}; expected a map of names", what, node.described()));
    }
    return entries;
  }
  for (const auto& [key, child] : node.entries) {
    name(key);
    Entry entry;
    entry.name = {key.text, key.place};
    const Node& body = child;
    Node located = body;
    if (body.kind == Node::Kind::null) located.place = key.place;
    entry.settings = this->record(located, record, fmt::format("{} '{}'", record.name, key.text));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace nines
