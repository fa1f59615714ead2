// Factor: one thing that is varied, and the levels that it takes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/declaration.hpp"
#include "topologies/language/diagnostic.hpp"
#include "topologies/language/edit.hpp"

namespace nines {

/// A value that goes to a path of the topology's document.
struct Change {
  KeyPath path;
  Node value;
  /// Of a number of components: the key `web-[1..4]` gets this name instead, wherever it stands.
  std::string renamed;
};

struct Level {
  std::string label;
  std::vector<Change> changes;
  std::optional<double> number;  ///< in SI units, where the level is one: for charts
};

struct Factor {
  std::string name;
  Place place;  ///< in the study
  std::vector<Level> levels;
};

/// A place in a document of topologies, which need not be written there yet.
struct DocumentPath {
  KeyPath keys;
  const Parameter* parameter = nullptr;  ///< what is declared of it; none: a thing that users name
  std::string problem;                   ///< why there is no such path; empty: there is
  std::string hint;
};

/// "groups.web.members" in a document.
DocumentPath resolve_path(const Node& root, const std::string& path);

/// Makes a change in a document that has been read. Keys that exclude the one that is set go.
void apply(const Change& change, Node& root);

/// `steps` values from one to another, written as the language writes them; `from` and `to` have
/// units of one dimension. `whole`: counts, rounded, each once. Nothing, with the reason in
/// `problem`, if that cannot be.
struct RangeText {
  std::string from;
  std::string to;
  std::size_t steps = 0;
  bool logarithmic = false;
  bool whole = false;
};
std::vector<std::string> values_of(const RangeText& range, std::string& problem, std::string& hint);
/// The value at a share of the way, 0 to 1.
std::string value_at(const RangeText& range, double share);
/// A number with or without a unit of any dimension, in SI units.
std::optional<double> number_of(const std::string& text);

}  // namespace nines
