#include "engine/run/memo.hpp"

#include <algorithm>
#include <bit>

namespace nines {
namespace {

constexpr std::size_t kFewestEntries = 64;
constexpr std::size_t kMostWords = 1U << 20U;  // 8 MiB

}  // namespace

Memo::Memo(const Evaluation& evaluation)
    : evaluation_(evaluation),
      words_(evaluation.words()),
      output_words_(evaluation.outputs.size() / 64 + 1),
      stride_(words_ + output_words_),
      entries_(kFewestEntries),
      most_entries_(
          std::max(kFewestEntries, std::bit_floor(kMostWords / (stride_ + evaluation.numbers)))),
      pattern_(words_),
      table_(entries_ * stride_),
      numbers_(entries_ * evaluation.numbers),
      outputs_(evaluation.outputs.size()) {}

void Memo::fill(std::size_t entry) {
  std::uint64_t* const at = table_.data() + entry * stride_;
  std::copy(pattern_.begin(), pattern_.end(), at);
  std::uint64_t* const bits = at + words_;
  std::fill(bits, bits + output_words_, 0);
  evaluation_.value(pattern_.data(), outputs_.data(),
                    numbers_.data() + entry * evaluation_.numbers);
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    if (outputs_[i] != 0) bits[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  bits[output_words_ - 1] |= std::uint64_t{1} << 63;
}

void Memo::grow() {
  misses_ = 0;
  entries_ *= 2;
  table_.assign(entries_ * stride_, 0);
  numbers_.assign(entries_ * evaluation_.numbers, 0.0);
}

}  // namespace nines
