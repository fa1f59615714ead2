#include "engine/measure/sketch.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/chance/arithmetic.hpp"

namespace nines {
namespace {

/// log 1.002. The middle of a bin, in the geometric sense, is within sqrt(1.002) - 1 < 0.1 %.
constexpr double kLogGrowth = 0.001998002662673057;

}  // namespace

Sketch::Sketch(std::map<std::int32_t, std::uint64_t> bins, std::uint64_t zeros, double largest)
    : bins_(std::move(bins)), zeros_(zeros), count_(zeros), largest_(largest) {
  for (const auto& [bin, count] : bins_) count_ += count;
}

std::int32_t Sketch::bin(double value) {
  return static_cast<std::int32_t>(std::floor(arithmetic::log(value) / kLogGrowth));
}

double Sketch::middle(std::int32_t bin) {
  return arithmetic::exp((static_cast<double>(bin) + 0.5) * kLogGrowth);
}

void Sketch::add(double value, std::uint64_t times) {
  CHECK(value >= 0 && std::isfinite(value), "a sketch of {}", value);
  count_ += times;
  largest_ = std::max(largest_, value);
  if (value > 0) {
    bins_[bin(value)] += times;
  } else {
    zeros_ += times;
  }
}

void Sketch::merge(const Sketch& other) {
  for (const auto& [bin, count] : other.bins_) bins_[bin] += count;
  zeros_ += other.zeros_;
  count_ += other.count_;
  largest_ = std::max(largest_, other.largest_);
}

double Sketch::at_rank(std::uint64_t rank) const {
  CHECK(rank >= 1 && rank <= count_, "rank {} of {}", rank, count_);
  if (rank == count_) return largest_;
  std::uint64_t below = zeros_;
  if (rank <= below) return 0.0;
  for (const auto& [bin, count] : bins_) {
    below += count;
    if (rank <= below) return std::min(middle(bin), largest_);
  }
  return largest_;
}

double Sketch::quantile(double p) const {
  if (count_ == 0) return 0.0;
  const double rank = std::ceil(p * static_cast<double>(count_));
  return at_rank(
      std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::max(rank, 1.0)), 1, count_));
}

std::uint64_t Sketch::count_up_to(double value) const {
  if (value < 0) return 0;
  if (value >= largest_) return count_;
  std::uint64_t below = zeros_;
  if (value == 0) return below;
  const std::int32_t last = bin(value);
  for (const auto& [bin, count] : bins_) {
    if (bin > last) break;
    below += count;
  }
  return below;
}

}  // namespace nines
