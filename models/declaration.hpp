// Declarations: everything that is said about a key or a kind, once. The reader, its messages, the
// JSON Schema, the forms of the front end and the reference manual are all made from these.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/contract/builder.hpp"
#include "models/settings.hpp"
#include "models/units.hpp"

namespace nines {

struct Record;

/// What a value may be.
enum class Type : unsigned char {
  quantity,   ///< a number with a unit of `dimension`
  law,        ///< a distribution of a duration; a bare duration is a deterministic one
  mean,       ///< a duration, short for an exponential law of that mean
  count,      ///< a whole number
  number,     ///< a pure number
  word,       ///< one of `words`
  text,       ///< anything
  names,      ///< one name or pattern, or a list of them, of what `refers_to` says
  record,     ///< a map with the keys of `record`
  table,      ///< a map from names of the user's to `record`
  positions,  ///< where the front end draws things: a map from names to pairs of numbers
};

/// A word or key that belongs to the language but that this version cannot simulate.
struct Later {
  std::string word;
  std::string why;  ///< what it needs: "networks", "failover in time"
};

/// One key: its type, range, default and meaning.
struct Parameter {
  std::string key;
  Type type = Type::text;
  std::string help;  ///< one sentence

  Dimension dimension = Dimension::duration;
  double low = 0.0;  ///< smallest value, in SI units
  double high = 1e300;
  bool low_open = false;   ///< the smallest value itself is refused
  bool high_open = false;  ///< the largest value itself is refused
  std::vector<std::string> words;
  std::vector<Later> later_words;
  std::string refers_to;
  bool single = false;  ///< of names: exactly one
  std::shared_ptr<const Record> record;

  bool required = false;
  std::string default_text;    ///< as one would write it; empty: none
  std::string default_source;  ///< where the default comes from
  std::string later;           ///< not empty: not supported yet, and what it needs
};

/// A map with declared keys.
struct Record {
  std::string name;  ///< "failure mode"
  std::string help;
  std::vector<Parameter> parameters;
  /// Of each set exactly one key must be given.
  std::vector<std::vector<std::string>> exactly_one_of = {};
};

const Parameter* find_parameter(const Record& record, const std::string& key);

// The usual makers.
Parameter later_key(std::string key, std::string why);
Parameter quantity(std::string key, Dimension dimension, std::string help);
/// A whole number from 1 to `high`; the default and where it comes from may be empty.
Parameter count(std::string key, double high, std::string default_text, std::string default_source,
                std::string help);
Parameter law_of_time(std::string key, std::string help);
Parameter word(std::string key, std::vector<std::string> words, std::string help);
Parameter table(std::string key, std::shared_ptr<const Record> record, std::string help);
Parameter record_of(std::string key, std::shared_ptr<const Record> record, std::string help);

/// A mode as compiled: what services and crews need to know of it.
struct CompiledMode {
  ModeId id{};
  double capacity_factor = 1.0;  ///< below 1: degraded
};

/// A component as compiled.
struct CompiledComponent {
  std::string name;
  ComponentId id = kNone<ComponentId>;  ///< none: it cannot fail
  SignalId up{};
  std::optional<double> capacity_per_s;
  std::vector<CompiledMode> modes;
};

/// A repair that waits for a crew.
struct CrewJob {
  std::string crew;
  ModeId mode{};
  int priority = 1;
};

/// A kind of component: its keys, and what it becomes in the model.
struct Kind {
  Record record;
  std::function<CompiledComponent(const std::string& name, const Settings&, ModelBuilder&,
                                  std::vector<CrewJob>&)>
      compile;
};

/// A group as compiled.
struct CompiledGroup {
  std::string name;
  SignalId stands{};
  struct Member {
    const CompiledComponent* component = nullptr;
    CellId active = kNone<CellId>;  ///< not 0 while it is in service; none: whenever it is up
  };
  std::vector<Member> members;
};

/// A redundancy policy: its keys, and what a group under it becomes.
struct Policy {
  Record record;
  std::function<CompiledGroup(const std::string& name,
                              const std::vector<const CompiledComponent*>& members, const Settings&,
                              ModelBuilder&)>
      compile;
  /// The key that says how many members must serve: checked against how many there are.
  std::vector<std::string> counts;
};

}  // namespace nines
