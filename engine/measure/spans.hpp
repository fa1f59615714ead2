// Lengths of time of which some were cut off by the horizon: Kaplan–Meier quantiles with intervals.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/measure/interval.hpp"
#include "engine/measure/sketch.hpp"

namespace nines {

/// Spans seen whole and spans cut off, kept apart in groups of runs so that the dependence of
/// spans within a run enters the interval. Merging commutes.
class Spans {
 public:
  static constexpr std::size_t kGroups = 16;

  void add(std::uint32_t run, double length_s, bool cut_off);
  void merge(const Spans& other);
  /// Adds cut-off spans of one length until each group of runs has as many spans as given.
  void fill_up(const std::array<std::uint64_t, kGroups>& counts, double length_s);

  std::uint64_t count() const;
  double largest() const;
  /// P(length > t): Kaplan and Meier, JASA 53 (1958).
  double survival(double t_s) const;
  /// The p-quantile: the interval is Woodruff's (JASA 47, 1952) on the share of spans up to it,
  /// with an effective number of spans after Korn and Graubard from the spread between groups of
  /// runs. Infinite where the horizon hides it.
  Estimate quantile(double p, double confidence) const;

  struct Pair {
    Sketch whole;
    Sketch cut;
  };
  /// By group of runs: kGroups of them, or none at all.
  const std::vector<Pair>& groups() const { return groups_; }
  Spans() = default;
  explicit Spans(std::vector<Pair> groups) : groups_(std::move(groups)) {}

 private:
  std::vector<Pair> groups_;  ///< kGroups of them, or none yet
};

}  // namespace nines
