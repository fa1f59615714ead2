// Checks located values against their declaration and types them.
#pragma once

#include <map>
#include <string>

#include "models/declaration.hpp"
#include "topologies/language/diagnostic.hpp"
#include "topologies/language/law_text.hpp"
#include "topologies/language/quantity.hpp"

namespace nines {

/// A range that a document gives around a value: where the value stands, as written.
struct Doubt {
  Place place;
  std::string text;  ///< of the value alone: "90d"
  Dimension dimension = Dimension::duration;
  double value = 0.0;  ///< in SI units, as the next two
  double low = 0.0;
  double high = 0.0;
};

class Checker {
 public:
  Checker(Diagnostics& diagnostics, FileReader files)
      : diagnostics_(diagnostics), files_(std::move(files)) {}

  /// The settings of a map. `what` names it in messages: "component 'web-1'". Absent keys get
  /// their defaults; what is wrong is reported and left out.
  Settings record(const Node& node, const Record& record, const std::string& what);
  /// The entries of a map from names of the user's.
  std::vector<Entry> table(const Node& node, const Record& record, const std::string& what);
  /// A name that a user gives: no blanks, and none of / : * ? [ ] { } , # quotes.
  bool name(const Node& node);
  /// The default of a number, in SI units.
  double of_default_number(const Parameter& parameter) {
    return std::get<double>(of_default(parameter)->value);
  }
  /// All that were met, by place.
  const std::map<std::uint32_t, Doubt>& doubts() const { return doubts_; }

 private:
  /// The value of a quantity, with its range of doubt, if it has one.
  Parsed<double> doubtful(const Node& node, Dimension dimension);
  void value(const Node& node, const Parameter& parameter, Setting& setting, bool& ok);
  bool bundle(const Node& node, const Parameter& parameter, std::vector<Bundle>& bundles);
  void refuse(const Node& node, const std::string& key, const std::string& expected,
              const std::string& hint);
  std::optional<Setting> of_default(const Parameter& parameter);
  bool in_range(const Node& node, const Parameter& parameter, double value);

  Diagnostics& diagnostics_;
  FileReader files_;
  std::map<std::uint32_t, Doubt> doubts_;
  /// Equal laws are one object, so that their draws can be made together.
  std::map<std::string, LawPtr> laws_;
  std::map<double, LawPtr> exponentials_;
};

/// "a duration or a distribution", "one of crash, hang": what a parameter takes.
std::string expected_of(const Parameter& parameter);

}  // namespace nines
