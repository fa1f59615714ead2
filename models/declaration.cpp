#include "models/declaration.hpp"

namespace nines {

const Parameter* find_parameter(const Record& record, const std::string& key) {
  for (const Parameter& parameter : record.parameters) {
    if (parameter.key == key) return &parameter;
  }
  return nullptr;
}

Parameter later_key(std::string key, std::string why) {
  Parameter p;
  p.key = std::move(key);
  p.help = "Not supported yet.";
  p.later = std::move(why);
  return p;
}

Parameter quantity(std::string key, Dimension dimension, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::quantity;
  p.dimension = dimension;
  p.help = std::move(help);
  if (dimension == Dimension::fraction) p.high = 1.0;
  return p;
}

Parameter count(std::string key, double high, std::string default_text, std::string default_source,
                std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::count;
  p.low = 1;
  p.high = high;
  p.default_text = std::move(default_text);
  p.default_source = std::move(default_source);
  p.help = std::move(help);
  return p;
}

Parameter law_of_time(std::string key, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::law;
  p.help = std::move(help);
  return p;
}

Parameter word(std::string key, std::vector<std::string> words, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::word;
  p.words = std::move(words);
  p.help = std::move(help);
  return p;
}

Parameter truth(std::string key, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::truth;
  p.help = std::move(help);
  return p;
}

Parameter names(std::string key, std::string refers_to, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::names;
  p.refers_to = std::move(refers_to);
  p.help = std::move(help);
  return p;
}

Parameter bundles(std::string key, std::string refers_to, std::vector<std::string> words,
                  std::string help) {
  Parameter p = names(std::move(key), std::move(refers_to), std::move(help));
  p.type = Type::bundles;
  p.words = std::move(words);
  return p;
}

Parameter table(std::string key, std::shared_ptr<const Record> record, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::table;
  p.record = std::move(record);
  p.help = std::move(help);
  return p;
}

Parameter choice_of(std::string key, std::string name, std::vector<Parameter> choices,
                    std::string help) {
  auto record = std::make_shared<Record>();
  record->name = std::move(name);
  record->help = help;
  record->exactly_one_of.emplace_back();
  for (const Parameter& choice : choices) record->exactly_one_of[0].push_back(choice.key);
  record->parameters = std::move(choices);
  Parameter p;
  p.key = std::move(key);
  p.type = Type::choice;
  p.record = std::move(record);
  p.help = std::move(help);
  return p;
}

Parameter list_of(std::string key, std::shared_ptr<const Record> record, std::string help) {
  Parameter p = record_of(std::move(key), std::move(record), std::move(help));
  p.type = Type::list;
  return p;
}

Parameter record_of(std::string key, std::shared_ptr<const Record> record, std::string help) {
  Parameter p = table(std::move(key), std::move(record), std::move(help));
  p.type = Type::record;
  return p;
}

std::vector<const CompiledComponent*> leaves_of(const CompiledGroup::Member& member) {
  if (member.component != nullptr) return {member.component};
  std::vector<const CompiledComponent*> leaves;
  for (const CompiledGroup::Member& inner : member.group->members) {
    const auto below = leaves_of(inner);
    leaves.insert(leaves.end(), below.begin(), below.end());
  }
  return leaves;
}

}  // namespace nines
