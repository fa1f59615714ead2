#include "studies/cli/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

#include <fmt/format.h>

#include "models/units.hpp"

namespace nines::cli {

bool wants_color(ColorChoice choice, int file_descriptor) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  if (term != nullptr && std::string_view(term) == "dumb") return false;
  return isatty(file_descriptor) != 0;
}

std::string counted(std::uint64_t number, const std::string& noun) {
  return grouped(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string number(double value) {
  if (std::isinf(value)) return "∞";
  const double size = std::fabs(value);
  if (size == 0) return "0";
  if (size >= 99.95 && size < 1e15) return grouped(static_cast<std::uint64_t>(std::llround(size)));
  if (size < 1e-4 || size >= 1e15) return fmt::format("{:.2e}", value);
  const int decimals = std::max(0, 2 - static_cast<int>(std::floor(std::log10(size))));
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

std::string without_domain(std::string name) {
  constexpr std::string_view kPrefix = "domain:";
  for (std::size_t at = 0; (at = name.find(kPrefix, at)) != std::string::npos;) {
    name.erase(at, kPrefix.size());
  }
  return name;
}

std::string duration(double seconds) {
  if (std::isinf(seconds)) return "∞";
  if (seconds == 0) return "0 s";
  if (seconds < 1e-9) return fmt::format("{:.2e} s", seconds);
  if (seconds < 999.5e-6) return number(seconds * 1e6) + " µs";
  if (seconds < 0.9995) return number(seconds * 1e3) + " ms";
  if (seconds < 59.5) return fmt::format("{:.{}f} s", seconds, seconds < 9.95 ? 1 : 0);
  struct Step {
    double size;
    const char* large;
    double part;
    const char* small;
  };
  constexpr std::array<Step, 4> kSteps{Step{60, "min", 1, "s"}, Step{3600, "h", 60, "min"},
                                       Step{86400, "d", 3600, "h"}, Step{kYear_s, "y", 86400, "d"}};
  std::size_t i = 0;
  while (i + 1 < kSteps.size() && seconds >= kSteps[i + 1].size - 0.5 * kSteps[i].part) ++i;
  const Step& step = kSteps[i];
  const auto parts = static_cast<std::uint64_t>(std::llround(seconds / step.part));
  const auto per = static_cast<std::uint64_t>(std::llround(step.size / step.part));
  if (parts / per >= 100) return fmt::format("{} {}", grouped(parts / per), step.large);
  if (parts % per == 0) return fmt::format("{} {}", parts / per, step.large);
  return fmt::format("{} {} {} {}", parts / per, step.large, parts % per, step.small);
}

std::string span(double seconds) {
  const auto whole = [&](double unit, const char* one, const char* many) -> std::string {
    const double count = seconds / unit;
    if (count < 1 || std::fabs(count - std::round(count)) > 1e-9) return {};
    const auto n = static_cast<std::uint64_t>(std::llround(count));
    return fmt::format("{} {}", grouped(n), n == 1 ? one : many);
  };
  if (auto text = whole(kYear_s, "year", "years"); !text.empty()) return text;
  if (auto text = whole(86400, "day", "days"); !text.empty()) return text;
  if (auto text = whole(3600, "h", "h"); !text.empty()) return text;
  return duration(seconds);
}

std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

std::string percent(double share, double half_width) {
  // Two digits of the half-width are worth showing.
  int decimals = 4;
  if (half_width > 0 && std::isfinite(half_width)) {
    decimals = 1 - static_cast<int>(std::floor(std::log10(half_width * 100.0)));
  }
  std::string text = fmt::format("{:.{}f}", share * 100.0, std::clamp(decimals, 0, 12));
  // Nearly all is not all: as many digits as tell them apart.
  while (share < 1.0 && text.starts_with("100") && decimals < 12) {
    text = fmt::format("{:.{}f}", share * 100.0, std::clamp(++decimals, 0, 12));
  }
  return text;
}

std::size_t columns(const std::string& text) {
  std::size_t count = 0;
  bool escape = false;
  for (const char c : text) {
    if (c == '\x1b') escape = true;
    if (!escape && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
    if (escape && c == 'm') escape = false;
  }
  return count;
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t used = columns(text);
  return used >= width ? text : text + std::string(width - used, ' ');
}

std::string shortened(const std::string& text, std::size_t width) {
  if (columns(text) <= width) return text;
  std::string head;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = i + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    if (columns(head) + columns(text.substr(i, next - i)) + 1 > width) break;
    head += text.substr(i, next - i);
    i = next;
  }
  return head + "…";
}

std::string wrapped(const std::string& text, std::size_t width, const std::string& indent) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (used > 0 && used + 1 + columns(word) > width) {
      out += "\n" + indent;
      used = columns(indent);
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += columns(word);
    begin = end + 1;
  }
  return out;
}

}  // namespace nines::cli
