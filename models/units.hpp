// The units of the language: what a quantity may be written in, and what it is in SI.
#pragma once

#include <span>
#include <string_view>

namespace nines {

enum class Dimension : unsigned char {
  duration,
  rate,
  fraction,
  size,
  throughput,
  writes,
  money,
  money_rate
};

struct UnitRow {
  std::string_view symbol;
  double factor;  ///< times the written number: seconds, per second, fractions, bytes
};

/// All units of a dimension, the one to suggest first. A year is 365 days, a month a twelfth of it.
std::span<const UnitRow> units_of(Dimension dimension);
/// "a duration", "a rate", "a percentage".
std::string_view noun_of(Dimension dimension);
/// The currencies that amounts of money may be in. They are not converted: a document keeps to one.
std::span<const std::string_view> currencies();
/// What to write, for hints: "4h, 30s or 90d".
std::string_view examples_of(Dimension dimension);

inline constexpr double kYear_s = 365.0 * 86400.0;

}  // namespace nines
