// Distributions as the language writes them: "weibull(shape=1.3 mean=4y)".
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/chance/distribution.hpp"

namespace nines {

/// What is wrong with a law's text, and where in it.
struct LawError {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string message;
  std::string hint;
};

/// Gives the lines of a file that a law names, or says why it cannot.
using FileReader =
    std::function<std::optional<std::string>(const std::string& name, std::string& why_not)>;

struct LawResult {
  LawPtr law;  ///< null if there is an error
  LawError error;
  bool unclosed = false;  ///< a parenthesis is open at the end: perhaps a comma of YAML's cut it
};

LawResult parse_law(std::string_view text, const FileReader& files);

/// Names of all distributions with the arguments that each takes, for messages, schema and manual.
struct LawForm {
  std::string_view name;
  std::string_view example;
  std::string_view help;
};
const std::vector<LawForm>& law_forms();

}  // namespace nines
