#include "gui/charts/chart.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace nines::gui {
namespace {

std::string cell(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string at(const Axis& axis, double value) {
  const auto i = static_cast<std::size_t>(std::max(0.0, value));
  return i < axis.categories.size() ? quoted(axis.categories[i]) : cell(value);
}

}  // namespace

bool Chart::empty() const {
  const auto no_points = [](const Line& line) { return line.points.empty(); };
  const auto no_bars = [](const Bars& b) { return b.bars.empty(); };
  const auto no_dots = [](const Dots& d) { return d.dots.empty(); };
  return std::all_of(lines.begin(), lines.end(), no_points) &&
         std::all_of(bars.begin(), bars.end(), no_bars) &&
         std::all_of(dots.begin(), dots.end(), no_dots);
}

std::string csv_of(const Chart& chart) {
  std::string out = "series,x,y,low,high\r\n";
  for (const Line& line : chart.lines) {
    for (const Line::Point& p : line.points) {
      out += fmt::format("{},{},{},,\r\n", quoted(line.name), at(chart.x, p.x), at(chart.y, p.y));
    }
  }
  for (const Band& band : chart.bands) {
    for (const Band::Slice& s : band.slices) {
      out += fmt::format("interval,{},,{},{}\r\n", cell(s.x), cell(s.low), cell(s.high));
    }
  }
  for (const Bars& bars : chart.bars) {
    for (const Bars::Bar& bar : bars.bars) {
      const Axis& along = bars.lying ? chart.y : chart.x;
      const std::string x = along.categories.empty()
                                ? fmt::format("{}..{}", cell(bar.from), cell(bar.to))
                                : at(along, 0.5 * (bar.from + bar.to));
      out += fmt::format("{},{},{},{},{}\r\n", quoted(bars.name), x, cell(bar.height),
                         bar.low ? cell(*bar.low) : "", bar.high ? cell(*bar.high) : "");
    }
  }
  for (const Dots& dots : chart.dots) {
    for (const Dots::Dot& d : dots.dots) {
      out += fmt::format("{},{},{},{},{}\r\n", quoted(dots.name), at(chart.y, d.y), cell(d.value),
                         cell(d.low), cell(d.high));
    }
  }
  return out;
}

}  // namespace nines::gui
