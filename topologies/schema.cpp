#include "topologies/schema.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "models/catalogue.hpp"
#include "topologies/document.hpp"
#include "topologies/language/check.hpp"

namespace nines {
namespace {

using Json = nlohmann::ordered_json;

std::string quantity_pattern(Dimension dimension) {
  std::string units;
  for (const UnitRow& row : units_of(dimension)) {
    units += (units.empty() ? "" : "|") + std::string(row.symbol);
  }
  return fmt::format(
      "[+]?(0|[1-9][0-9]*|(0|[1-9][0-9]*)?\\.[0-9]+|(0|[1-9][0-9]*)\\.)"
      "([eE][-+]?[0-9]+)? *({})",
      units);
}

/// The same, with or without a range of doubt: 90d (60d..150d).
std::string doubtful_pattern(Dimension dimension) {
  return quantity_pattern(dimension) + "( *\\(.+\\.\\..+\\))?";
}

std::string law_pattern() {
  std::string names;
  for (const LawForm& form : law_forms()) {
    if (form.name != "never") names += (names.empty() ? "" : "|") + std::string(form.name);
  }
  return fmt::format("^ *(never|{}|({})\\(.*\\)) *$", quantity_pattern(Dimension::duration), names);
}

Json schema_of(const Record& record);

Json removable(Json schema) { return {{"anyOf", {std::move(schema), {{"const", "none"}}}}}; }

Json schema_of(const Parameter& p) {
  Json schema;
  switch (p.type) {
    case Type::quantity:
      schema = {{"type", "string"}, {"pattern", "^ *" + doubtful_pattern(p.dimension) + " *$"}};
      break;
    case Type::mean:
      schema = {{"type", "string"},
                {"pattern", "^ *" + doubtful_pattern(Dimension::duration) + " *$"}};
      break;
    case Type::law:
      schema = {{"type", "string"}, {"pattern", law_pattern()}};
      break;
    case Type::count:
      schema = {{"type", "integer"}, {"minimum", p.low}, {"maximum", p.high}};
      break;
    case Type::number:
      schema = {{"type", "number"}};
      schema[p.low_open ? "exclusiveMinimum" : "minimum"] = p.low;
      break;
    case Type::numbers:
      schema = {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "number"}}}};
      schema["items"][p.low_open ? "exclusiveMinimum" : "minimum"] = p.low;
      break;
    case Type::word:
      schema = {{"enum", p.words}};
      break;
    case Type::text:
      schema = {{"type", Json::array({"string", "number", "boolean"})}};
      break;
    case Type::names:
      if (p.single) {
        schema = {{"type", "string"}};
        break;
      }
      schema = {{"anyOf",
                 {{{"type", "string"}},
                  {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}}}}}}};
      break;
    case Type::truth:
      schema = {{"type", "boolean"}};
      break;
    case Type::hours:
      schema = {
          {"type", "string"},
          {"pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"}};
      break;
    case Type::days:
      schema = {{"type", "string"},
                {"pattern", "^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$"}};
      break;
    case Type::bundles: {
      const Json names = {
          {"anyOf",
           {{{"type", "string"}},
            {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}}}}}}};
      Json one = {{"type", "object"},
                  {"minProperties", 1},
                  {"maxProperties", 1},
                  {"additionalProperties", false}};
      for (const std::string& bundle_word : p.words) one["properties"][bundle_word] = names;
      Json item = {{"anyOf", {{{"type", "string"}}, one}}};
      schema = {
          {"anyOf",
           {{{"type", "string"}}, one, {{"type", "array"}, {"minItems", 1}, {"items", item}}}}};
      break;
    }
    case Type::record:
      schema = schema_of(*p.record);
      break;
    case Type::choice: {
      Json words = Json::array();
      for (const Parameter& choice : p.record->parameters) {
        const bool all_defaults =
            choice.record != nullptr &&
            std::none_of(choice.record->parameters.begin(), choice.record->parameters.end(),
                         [](const Parameter& key) { return key.required; });
        if (all_defaults) words.push_back(choice.key);
      }
      schema = {{"anyOf", {{{"enum", words}}, schema_of(*p.record)}}};
      break;
    }
    case Type::list:
      schema = {{"type", "array"}, {"items", schema_of(*p.record)}};
      break;
    case Type::table:
      schema = {{"type", Json::array({"object", "null"})},
                {"additionalProperties", schema_of(*p.record)}};
      break;
    case Type::any:
      schema = Json::object();
      break;
    case Type::positions:
      schema = {
          {"type", "object"},
          {"additionalProperties",
           {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", {{"type", "number"}}}}}};
      break;
  }
  if (!p.help.empty()) schema["description"] = p.help;
  if (!p.default_text.empty()) {
    schema["description"] =
        fmt::format("{} Default: {} ({}).", p.help, p.default_text, p.default_source);
  }
  return schema;
}

Json properties_of(const Record& record) {
  Json properties = Json::object();
  for (const Parameter& p : record.parameters) {
    if (!p.later.empty()) continue;
    properties[p.key] = schema_of(p);
  }
  return properties;
}

Json required_of(const Record& record) {
  Json required = Json::array();
  for (const Parameter& p : record.parameters) {
    if (p.required && p.later.empty()) required.push_back(p.key);
  }
  return required;
}

Json schema_of(const Record& record) {
  Json schema = {{"type", "object"},
                 {"description", record.help},
                 {"properties", properties_of(record)},
                 {"additionalProperties", false}};
  if (const Json required = required_of(record); !required.empty()) schema["required"] = required;
  for (const auto& set : record.exactly_one_of) {
    Json choices = Json::array();
    for (const std::string& key : set) choices.push_back({{"required", {key}}});
    schema["allOf"].push_back({{"oneOf", choices}});
  }
  return schema;
}

/// Components and types may leave keys to a type, and remove keys with `none`: at any depth no key
/// is required and each may be none.
Json relaxed(Json schema) {
  schema.erase("allOf");
  schema.erase("required");
  if (schema.contains("properties")) {
    for (auto& [key, value] : schema["properties"].items()) value = removable(relaxed(value));
  }
  if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object()) {
    schema["additionalProperties"] = removable(relaxed(schema["additionalProperties"]));
  }
  return schema;
}

/// One choice for each kind or policy, told apart by the word under `tag`.
Json choice(const std::string& tag, const std::vector<std::pair<std::string, Json>>& choices,
            const Json& fallback) {
  Json schema = {{"type", "object"}, {"required", {tag}}};
  schema["properties"][tag] = fallback;
  for (const auto& [word, body] : choices) {
    schema["allOf"].push_back(
        {{"if", {{"properties", {{tag, {{"const", word}}}}}, {"required", {tag}}}},
         {"then", body}});
  }
  return schema;
}

void reference_of(std::string& out, const Record& record, const std::string& path, int depth) {
  for (const Parameter& p : record.parameters) {
    if (!p.later.empty()) continue;
    const std::string here = path.empty() ? p.key : path + "." + p.key;
    out += fmt::format("| `{}` | {} | {} | {} |\n", here, expected_of(p),
                       p.required ? "required"
                       : p.default_text.empty()
                           ? ""
                           : fmt::format("`{}`: {}", p.default_text, p.default_source),
                       p.help);
    const bool nested = p.type == Type::record || p.type == Type::choice;
    if (depth > 0 && p.type == Type::list) reference_of(out, *p.record, here + "[]", depth - 1);
    if (depth > 0 && nested) reference_of(out, *p.record, here, depth - 1);
    if (depth > 0 && p.type == Type::table) reference_of(out, *p.record, here + ".*", depth - 1);
  }
}

void section(std::string& out, const std::string& title, const Record& record) {
  out += fmt::format(
      "\n## {}\n\n{}\n\n| key | value | default and its source | meaning |\n"
      "|---|---|---|---|\n",
      title, record.help);
  reference_of(out, record, "", 2);
  std::string later;
  for (const Parameter& p : record.parameters) {
    if (!p.later.empty()) {
      later += fmt::format("{}`{}` ({})", later.empty() ? "" : ", ", p.key, p.later);
    }
  }
  if (!later.empty()) out += fmt::format("\nNot supported yet, and refused: {}.\n", later);
}

}  // namespace

std::string json_schema_of(const Record& record, const std::string& title) {
  Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
  const Json document = schema_of(record);
  for (const auto& [key, value] : document.items()) root[key] = value;
  return root.dump(2) + "\n";
}

std::string json_schema() {
  Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
               {"title", "nines topology"}};
  Json document = schema_of(document_record());
  for (auto& [key, value] : document.items()) root[key] = value;

  std::vector<std::pair<std::string, Json>> kinds;
  for (const Kind& kind : all_kinds()) {
    Json body = relaxed(schema_of(kind.record));
    body["properties"]["kind"] = Json::object();
    body["properties"]["type"] = {{"type", "string"}};
    kinds.emplace_back(kind.record.name, body);
  }
  Json& properties = root["properties"];
  properties["components"]["additionalProperties"] =
      choice("kind", kinds, schema_of(*find_parameter(component_record(), "kind")));
  properties["types"]["additionalProperties"] = relaxed(schema_of(type_record()));

  std::vector<std::pair<std::string, Json>> policies;
  for (const Policy& policy : all_policies()) {
    policies.emplace_back(policy.record.name, schema_of(policy.record));
  }
  properties["groups"]["additionalProperties"] =
      choice("policy", policies, schema_of(*find_parameter(group_record(), "policy")));
  for (const char* key : {"components", "groups", "services"}) {
    properties[key]["type"] = "object";
  }
  return root.dump(2) + "\n";
}

std::string language_reference() {
  std::string out =
      "# The language: every key\n\n"
      "Made by `nines schema --reference` from the declarations that the reader itself checks\n"
      "against. A topology is a YAML document; every quantity carries its unit, and a name may be\n"
      "a range, like `web-[1..4]`.\n";
  section(out, "The document", Record{"", document_record().help, [] {
                                        std::vector<Parameter> flat = document_record().parameters;
                                        for (Parameter& p : flat) {
                                          if (p.type == Type::table)
                                            p.record = std::make_shared<Record>();
                                        }
                                        return flat;
                                      }()});
  Record common{
      "",
      "A name may be a range: `web-[1..4]` stands for four components, `n-[01..10]` for "
      "ten with two digits. A group's `members` are names, or patterns in which `*` stands "
      "for anything, like `web-*`.",
      {}};
  for (const char* key : {"kind", "type"}) {
    common.parameters.push_back(*find_parameter(component_record(), key));
  }
  section(out, "Every component", common);
  Record types{
      "",
      "A component that names a `type` takes all of it and may override it, map by map: a "
      "failure mode of the same name is merged key by key, `none` removes a key or a mode, "
      "and one of several keys that exclude one another (`mttf`, `afr`, …) replaces the "
      "others. A type may hold any key of a component but `kind`.",
      {}};
  types.parameters.push_back(*find_parameter(type_record(), "like"));
  section(out, "Types", types);
  for (const Kind& kind : all_kinds()) {
    section(out, fmt::format("Components of kind `{}`", kind.record.name), kind.record);
  }
  for (const Policy& policy : all_policies()) {
    section(out, fmt::format("Groups of policy `{}`", policy.record.name), policy.record);
  }
  section(out, "Services", service_record());
  section(out, "Crews", *find_parameter(document_record(), "crews")->record);
  out += "\n## Units\n\n| quantity | units |\n|---|---|\n";
  for (const Dimension d : {Dimension::duration, Dimension::rate, Dimension::fraction,
                            Dimension::size, Dimension::throughput, Dimension::writes}) {
    std::string symbols;
    for (const UnitRow& row : units_of(d)) {
      symbols += fmt::format("{}`{}`", symbols.empty() ? "" : ", ", row.symbol);
    }
    out += fmt::format("| {} | {} |\n", noun_of(d), symbols);
  }
  std::string money;
  for (const std::string_view currency : currencies()) {
    money += fmt::format("{}`{}`", money.empty() ? "" : ", ", currency);
  }
  out += fmt::format("| {} | {}; one of them in a document |\n", noun_of(Dimension::money), money);
  out += fmt::format("| {} | the same with `/month`, `/y`, `/h`, `/d` or `/min` |\n",
                     noun_of(Dimension::money_rate));
  out +=
      "\nA year (`y`) is 365 days, a `month` a twelfth of it. Behind any quantity may stand a "
      "range of doubt, `90d (60d..150d)`: see `nines run --input-uncertainty`.\n";
  out += "\n## Distributions\n\n| write | meaning |\n|---|---|\n";
  for (const LawForm& form : law_forms()) {
    out += fmt::format("| `{}` | {} |\n", form.example, form.help);
  }
  return out;
}

}  // namespace nines
