// Chart: what a figure shows, as plain data. Whoever draws it decides about colours and pixels.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nines::gui {

/// What the numbers of an axis are; ticks are written accordingly.
enum class Quantity : unsigned char { number, time_s, share };

struct Axis {
  std::string title;
  Quantity quantity = Quantity::number;
  bool logarithmic = false;
  std::optional<double> low;  ///< none: as the data ask
  std::optional<double> high;
  std::vector<std::string> categories;  ///< instead of numbers, at 0, 1, 2 …
};

/// Which colour a part has: by meaning, not by number.
enum class Role : unsigned char { first, second, third, fourth, good, bad, muted };

struct Line {
  std::string name;
  Role role = Role::first;
  struct Point {
    double x = 0.0;
    double y = 0.0;
  };
  std::vector<Point> points;
  bool dashed = false;
  bool stepped = false;  ///< it keeps its value until the next point
};

/// The space between two lines: an interval.
struct Band {
  Role role = Role::first;
  struct Slice {
    double x = 0.0;
    double low = 0.0;
    double high = 0.0;
  };
  std::vector<Slice> slices;
};

/// Bars from one x to another, heights from 0; or lying, from one y to another.
struct Bars {
  std::string name;
  Role role = Role::first;
  bool lying = false;
  struct Bar {
    double from = 0.0;
    double to = 0.0;
    double height = 0.0;
    std::optional<double> low;  ///< its interval
    std::optional<double> high;
  };
  std::vector<Bar> bars;
};

/// Values with intervals, one under the other: at y = 0, 1, 2 … of an axis of categories, or at any
/// height.
struct Dots {
  std::string name;
  Role role = Role::first;
  struct Dot {
    double y = 0.0;
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
  };
  std::vector<Dot> dots;
};

/// A line across the plot: an objective, no difference.
struct Rule {
  std::string name;
  double at = 0.0;
  bool vertical = false;
  Role role = Role::muted;
};

struct Chart {
  std::string key;  ///< of its file: "downtime"
  std::string title;
  std::string note;  ///< below the title: what it says, or why there is nothing to see
  Axis x;
  Axis y;
  std::vector<Band> bands;
  std::vector<Bars> bars;
  std::vector<Line> lines;
  std::vector<Dots> dots;
  std::vector<Rule> rules;
  bool with_legend = true;  ///< where there is more than one name
  bool empty() const;
};

/// The data as CSV (RFC 4180): series,x,y,low,high.
std::string csv_of(const Chart& chart);

}  // namespace nines::gui
