// Keys of equal length, numbered in the order in which they are first met.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace nines {

/// All keys in one array, and an open table of their numbers.
class KeyTable {
 public:
  explicit KeyTable(std::size_t key_bytes) : bytes_(key_bytes), slots_(1024, 0) {}

  std::size_t size() const { return count_; }
  const std::uint8_t* key(std::uint32_t number) const { return keys_.data() + bytes_ * number; }

  std::uint32_t number_of(const std::uint8_t* key) {
    if (2 * count_ >= slots_.size()) grow();
    std::size_t at = hash(key) & (slots_.size() - 1);
    while (slots_[at] != 0) {
      const std::uint32_t number = slots_[at] - 1;
      if (std::memcmp(this->key(number), key, bytes_) == 0) return number;
      at = (at + 1) & (slots_.size() - 1);
    }
    keys_.insert(keys_.end(), key, key + bytes_);
    slots_[at] = static_cast<std::uint32_t>(++count_);
    return static_cast<std::uint32_t>(count_ - 1);
  }

 private:
  std::uint64_t hash(const std::uint8_t* key) const {
    std::uint64_t h = 0x9E3779B97F4A7C15U;
    std::size_t i = 0;
    for (; i + 8 <= bytes_; i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, key + i, 8);
      h = (h ^ word) * 0xBF58476D1CE4E5B9U;
      h ^= h >> 32;
    }
    std::uint64_t word = 0;
    std::memcpy(&word, key + i, bytes_ - i);
    h = (h ^ word) * 0x94D049BB133111EBU;
    return h ^ (h >> 29);
  }

  void grow() {
    std::vector<std::uint32_t> old(slots_.size() * 2, 0);
    old.swap(slots_);
    for (const std::uint32_t entry : old) {
      if (entry == 0) continue;
      std::size_t at = hash(key(entry - 1)) & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = entry;
    }
  }

  std::size_t bytes_;
  std::size_t count_ = 0;
  std::vector<std::uint8_t> keys_;
  std::vector<std::uint32_t> slots_;  ///< 0: free; else a number + 1
};

}  // namespace nines
