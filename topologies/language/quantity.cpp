#include "topologies/language/quantity.hpp"

#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "topologies/language/diagnostic.hpp"

namespace nines {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool has_leading_zero(std::string_view number) {
  if (!number.empty() && (number[0] == '-' || number[0] == '+')) number.remove_prefix(1);
  return number.size() > 1 && number[0] == '0' && is_digit(number[1]);
}

std::optional<double> to_double(std::string_view text) {
  if (!text.empty() && text[0] == '+') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

/// The value times the factor of its unit. Powers of ten move the decimal point in the text, so
/// that 99.9 % is the double nearest to 0.999.
double in_si(std::string_view number, double value, double factor) {
  for (int digits = 1; digits <= 9; ++digits) {
    const std::string shifted = fmt::format("e-{}", digits);
    if (to_double("1" + shifted) != factor) continue;
    if (number.find_first_of("eE") != std::string_view::npos) break;
    return to_double(std::string(number) + shifted).value_or(value * factor);
  }
  return value * factor;
}

std::string without_zeros(std::string_view number) {
  std::string out(number);
  while (out.size() > 1 && out[0] == '0' && is_digit(out[1])) out.erase(0, 1);
  return out;
}

}  // namespace

std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  const std::size_t digits_from = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  if (i < text.size() && text[i] == '.') {
    ++i;
    while (i < text.size() && is_digit(text[i])) ++i;
  }
  if (i == digits_from || (i == digits_from + 1 && text[digits_from] == '.')) return 0;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    std::size_t k = i + 1;
    if (k < text.size() && (text[k] == '-' || text[k] == '+')) ++k;
    if (k < text.size() && is_digit(text[k])) {
      while (k < text.size() && is_digit(text[k])) ++k;
      i = k;
    }
  }
  return i;
}

Parsed<double> parse_number(std::string_view text) {
  const std::string_view number = trimmed(text);
  if (number.empty() || number_length(number) != number.size()) return {{}, "a number", {}};
  if (has_leading_zero(number)) {
    return {{}, "a number without leading zeros", "write " + without_zeros(number)};
  }
  const auto value = to_double(number);
  if (!value) return {{}, "a number of ordinary size", {}};
  return {value, {}, {}};
}

Parsed<double> parse_count(std::string_view text) {
  Parsed<double> parsed = parse_number(text);
  if (parsed.value && *parsed.value == std::floor(*parsed.value)) return parsed;
  if (parsed.value || parsed.expected == "a number") return {{}, "a whole number", {}};
  return parsed;
}

std::optional<DoubtText> doubt_in(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const std::size_t open = whole.find('(');
  const std::size_t dots = whole.find("..", open == std::string_view::npos ? whole.size() : open);
  if (open == std::string_view::npos || dots == std::string_view::npos || whole.back() != ')') {
    return std::nullopt;
  }
  return DoubtText{trimmed(whole.substr(0, open)), trimmed(whole.substr(open + 1, dots - open - 1)),
                   trimmed(whole.substr(dots + 2, whole.size() - dots - 3))};
}

Parsed<double> parse_quantity(std::string_view text, Dimension dimension) {
  const std::string noun(noun_of(dimension));
  const std::string_view whole = trimmed(text);
  const std::size_t length = number_length(whole);
  const std::string examples = fmt::format("write {}", examples_of(dimension));
  if (length == 0) return {{}, noun, examples};
  const std::string_view number = whole.substr(0, length);
  const std::string_view unit = trimmed(whole.substr(length));
  if (has_leading_zero(number)) {
    return {{},
            noun + " without leading zeros",
            fmt::format("write {}{}", without_zeros(number), whole.substr(length))};
  }
  if (unit.empty()) {
    const auto plain = to_double(number);
    if (dimension == Dimension::fraction && plain && *plain > 0 && *plain <= 1) {
      // 0.9995 is meant as a share, and 0.9995 % would be a hundred times less.
      return {{}, noun + " with a unit", fmt::format("write {:.10g} %", *plain * 100.0)};
    }
    if (dimension == Dimension::duration) {
      return {{}, noun + " with a unit", fmt::format("write {0}s, {0}h, {0}d or {0}y", number)};
    }
    return {{},
            noun + " with a unit",
            fmt::format("write {}{}{}, if that is the unit", number,
                        dimension == Dimension::fraction || dimension == Dimension::money ||
                                dimension == Dimension::money_rate
                            ? " "
                            : "",
                        units_of(dimension).front().symbol)};
  }
  const auto value = to_double(number);
  for (const UnitRow& row : units_of(dimension)) {
    if (row.symbol != unit) continue;
    if (!value || !std::isfinite(*value * row.factor)) {
      return {{}, noun + " of ordinary size", {}};
    }
    return {in_si(number, *value, row.factor), {}, {}};
  }
  if (unit.find("..") != std::string_view::npos) {
    return {{}, noun, "doubt about an input goes behind the value: 90d (60d..150d)"};
  }
  std::vector<std::string> symbols;
  for (const UnitRow& row : units_of(dimension)) symbols.emplace_back(row.symbol);
  const std::string near = nearest(unit, symbols);
  std::string list;
  for (const std::string& symbol : symbols) list += (list.empty() ? "" : ", ") + symbol;
  return {{},
          noun,
          near.empty() || unit.size() < 2
              ? fmt::format("units of {}: {}", noun.substr(noun.find(' ') + 1), list)
              : fmt::format("'{}' is no unit of {}; did you mean '{}'?", unit,
                            noun.substr(noun.find(' ') + 1), near)};
}

}  // namespace nines
