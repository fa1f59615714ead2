#include "topologies/names.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "topologies/topology.hpp"

namespace nines {

std::vector<std::string> expanded(const std::string& text, std::string& problem) {
  const std::size_t open = text.find('[');
  if (open == std::string::npos) return {text};
  const std::size_t close = text.find(']', open);
  const std::size_t dots = text.find("..", open);
  const auto digits = [](std::string_view s) {
    return !s.empty() && s.size() <= 9 &&
           std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (close == std::string::npos || dots == std::string::npos || dots > close) {
    problem = "a range is written [1..4]";
    return {};
  }
  const std::string low = text.substr(open + 1, dots - open - 1);
  const std::string high = text.substr(dots + 2, close - dots - 2);
  if (!digits(low) || !digits(high)) {
    problem = "a range is written [1..4], with whole numbers";
    return {};
  }
  const long first = std::stol(low);
  const long last = std::stol(high);
  if (first > last) {
    problem = fmt::format("the range [{}..{}] is empty", low, high);
    return {};
  }
  const std::vector<std::string> rest = expanded(text.substr(close + 1), problem);
  if (rest.empty()) return {};
  if (static_cast<std::size_t>(last - first + 1) > kMostComponents / rest.size()) {
    problem = fmt::format("more than {} components", kMostComponents);
    return {};
  }
  std::vector<std::string> names;
  const int width = low.size() > 1 && low[0] == '0' ? static_cast<int>(low.size()) : 0;
  for (long i = first; i <= last; ++i) {
    for (const std::string& tail : rest) {
      names.push_back(fmt::format("{}{:0{}}{}", text.substr(0, open), i, width, tail));
    }
  }
  return names;
}

bool matches(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t skip = star; skip <= name.size(); ++skip) {
    if (matches(rest, name.substr(skip))) return true;
  }
  return false;
}

}  // namespace nines
