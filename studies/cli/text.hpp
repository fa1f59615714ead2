// How figures are written for people.
#pragma once

#include <string>

#include "engine/measure/interval.hpp"
#include "studies/cli/options.hpp"

namespace nines::cli {

/// Paints text if colour is wanted.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  std::string bold(const std::string& text) const { return with("1", text); }
  std::string faint(const std::string& text) const { return with("2", text); }
  std::string good(const std::string& text) const { return with("32", text); }
  std::string bad(const std::string& text) const { return with("31", text); }
  std::string warm(const std::string& text) const { return with("33", text); }
  bool on() const { return on_; }

 private:
  std::string with(const char* code, const std::string& text) const {
    return on_ ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
  }
  bool on_;
};

/// Whether to colour what goes to standard output or error: honours NO_COLOR, TERM=dumb and
/// whether it is a terminal.
bool wants_color(ColorChoice choice, int file_descriptor);

/// "2 h 31 min", "41 s", "3.2 ms": two units at most.
std::string duration(double seconds);
/// A name for people: "rack-a power" of "domain:rack-a power".
std::string without_domain(std::string name);
/// A span of simulated time, exactly as one would say it: "1 year", "90 days", "36 h".
std::string span(double seconds);
/// With thousands parted by commas.
std::string grouped(std::uint64_t number);
/// "1 design", "2,000 designs".
std::string counted(std::uint64_t number, const std::string& noun);
/// To three significant digits, never with an exponent for ordinary sizes.
std::string number(double value);
/// A share in per cent with as many decimals as the interval deserves, without the sign.
std::string percent(double share, double half_width);
/// How many columns a terminal uses for the text.
std::size_t columns(const std::string& text);
std::string padded(const std::string& text, std::size_t width);
/// The text, or as much of it as fits with an ellipsis.
std::string shortened(const std::string& text, std::size_t width);
/// The text in lines of at most `width` columns, parted at blanks; further lines begin with
/// `indent`.
std::string wrapped(const std::string& text, std::size_t width, const std::string& indent);

}  // namespace nines::cli
