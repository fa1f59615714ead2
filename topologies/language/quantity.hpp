// Numbers and quantities as the language writes them: "4h", "99.95 %", "150/s".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/units.hpp"

namespace nines {

/// A value, or what was expected instead and what to write.
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string expected;  ///< "a duration": follows "expected "
  std::string hint;
};

/// A decimal number: digits, a point, an exponent; no leading zero, no word.
Parsed<double> parse_number(std::string_view text);
Parsed<double> parse_count(std::string_view text);
/// A number with a unit of the dimension; the value in SI units.
Parsed<double> parse_quantity(std::string_view text, Dimension dimension);

/// A value and how far it may be from the truth, as written: "90d (60d..150d)".
struct DoubtText {
  std::string_view value, low, high;
};
/// Nothing where the text has no such range.
std::optional<DoubtText> doubt_in(std::string_view text);

/// How many bytes at the start of `text` look like a number.
std::size_t number_length(std::string_view text);

}  // namespace nines
