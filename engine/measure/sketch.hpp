// A histogram of non-negative values with a bounded relative error, the same for any order of
// adding and merging.
#pragma once

#include <cstdint>
#include <map>

namespace nines {

/// Counts in bins whose bounds grow by 0.2 %: every value is known to within 0.1 %. Zero has a bin
/// of its own, the largest value is kept exactly. Counts are whole numbers, so merging commutes.
/// (Masson, Rim, Lee: "DDSketch", VLDB 2019, with a fixed accuracy.)
class Sketch {
 public:
  Sketch() = default;
  /// From what another one says of itself.
  Sketch(std::map<std::int32_t, std::uint64_t> bins, std::uint64_t zeros, double largest);
  void add(double value, std::uint64_t times = 1);
  void merge(const Sketch& other);

  std::uint64_t count() const { return count_; }
  double largest() const { return largest_; }
  /// The value of that rank, 1 … count(), in ascending order.
  double at_rank(std::uint64_t rank) const;
  /// The smallest value that at least the share p of all does not exceed; 0 if empty.
  double quantile(double p) const;
  /// How many values are at most `value`, to the resolution of a bin.
  std::uint64_t count_up_to(double value) const;

  std::uint64_t zeros() const { return zeros_; }
  /// Bin number to count, ascending; see `middle`.
  const std::map<std::int32_t, std::uint64_t>& bins() const { return bins_; }
  static std::int32_t bin(double value);
  static double middle(std::int32_t bin);

 private:
  std::map<std::int32_t, std::uint64_t> bins_;
  std::uint64_t zeros_ = 0;
  std::uint64_t count_ = 0;
  double largest_ = 0.0;
};

}  // namespace nines
