// What an evaluation says, remembered per pattern of its inputs. A cache: it changes the speed and
// nothing else.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/contract/model.hpp"

namespace nines {

/// A direct-mapped table that grows while new patterns keep coming. A hit compares the whole
/// pattern.
class Memo {
 public:
  /// An outcome: the outputs as bits, in their order, and the numbers.
  struct Outcome {
    const std::uint64_t* bits;
    const double* numbers;
  };

  explicit Memo(const Evaluation& evaluation);

  std::uint64_t* pattern() { return pattern_.data(); }
  void set_pattern(const std::vector<std::uint64_t>& pattern) { pattern_ = pattern; }
  /// What the evaluation says of the pattern as it stands. Valid until the next call.
  Outcome look_up();

 private:
  std::size_t entry() const { return hash() & (entries_ - 1); }
  std::uint64_t hash() const;
  void fill(std::size_t entry);
  void grow();

  const Evaluation& evaluation_;
  std::size_t words_;
  std::size_t output_words_;  ///< the last bit of the last word says that the entry is taken
  std::size_t stride_;
  std::size_t entries_;
  std::size_t misses_ = 0;
  std::size_t most_entries_;
  std::vector<std::uint64_t> pattern_;
  std::vector<std::uint64_t> table_;  ///< pattern and outputs of each entry
  std::vector<double> numbers_;
  std::vector<std::uint8_t> outputs_;
};

inline std::uint64_t Memo::hash() const {
  std::uint64_t h = 0;
  for (const std::uint64_t word : pattern_) {
    h = (h ^ word) * 0x9E3779B97F4A7C15U;
    h ^= h >> 29;
  }
  return h ^ (h >> 15);
}

inline Memo::Outcome Memo::look_up() {
  constexpr std::uint64_t kTaken = std::uint64_t{1} << 63;
  std::size_t i = entry();
  const std::uint64_t* at = table_.data() + i * stride_;
  bool same = (at[stride_ - 1] & kTaken) != 0;
  for (std::size_t w = 0; w < words_; ++w) same = same && at[w] == pattern_[w];
  if (!same) [[unlikely]] {
    if (++misses_ > entries_ && entries_ < most_entries_) {
      grow();
      i = entry();
    }
    fill(i);
    at = table_.data() + i * stride_;
  }
  return {at + words_, numbers_.data() + i * evaluation_.numbers};
}

}  // namespace nines
