// Diagnostics: everything that is wrong with a document, in one go, each at its place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "topologies/language/located.hpp"

namespace nines {

struct Diagnostic {
  Place place;
  std::string message;  ///< what is wrong, and what was expected
  std::string hint;     ///< what to write; may be empty
};

class Diagnostics {
 public:
  void add(Place place, std::string message, std::string hint = {});
  bool empty() const { return list_.empty(); }
  std::size_t size() const { return list_.size(); }
  /// In the order of the text, none twice.
  std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> list_;
};

/// file:line:column, the message, the line with the place underlined, and the hint.
std::string render(const Diagnostic& diagnostic, const Source& source);
/// All of them, with a count at the end if there is more than one.
std::string render(const std::vector<Diagnostic>& diagnostics, const Source& source);

/// The name nearest to `word`, if one is near enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& names);
/// "did you mean 'x'?", or the list of names.
std::string suggest(std::string_view word, const std::vector<std::string>& names);

}  // namespace nines
