// Which slot fires next: a tournament tree over all slots, updated without branches.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/ids.hpp"

namespace nines {

/// Each slot is a leaf; each inner node holds the earlier of its two children; on a tie the left
/// one, so that events at one instant fire in the order of their slots. Times are non-negative
/// doubles, compared by their bits, which have the same order.
class Calendar {
 public:
  explicit Calendar(std::size_t slots)
      : leaves_(std::bit_ceil(slots < 2 ? std::size_t{2} : slots)), nodes_(2 * leaves_) {
    clear();
  }

  void clear() {
    for (std::size_t i = 0; i < leaves_; ++i) {
      nodes_[leaves_ + i] = {kNever, static_cast<std::uint32_t>(i)};
    }
    rebuild();
  }

  /// Puts a time without playing the matches; call `rebuild` after the last one.
  void place(SlotId slot, double time_s) { nodes_[leaves_ + index(slot)].key = key(time_s); }

  void rebuild() {
    for (std::size_t i = leaves_ - 1; i > 0; --i) {
      nodes_[i] = nodes_[2 * i + 1].key < nodes_[2 * i].key ? nodes_[2 * i + 1] : nodes_[2 * i];
    }
  }

  /// Infinite: not pending, or standing still.
  void set(SlotId slot, double time_s) {
    std::size_t i = leaves_ + index(slot);
    std::uint64_t best = key(time_s);
    std::uint64_t winner = index(slot);
    Node* const nodes = nodes_.data();
    nodes[i].key = best;
    while (i > 1) {
      const Node& rival = nodes[i ^ 1];
      // A rival on the left wins ties.
      const bool loses = __builtin_expect_with_probability(rival.key < best + (i & 1), 1, 0.5);
      best = loses ? rival.key : best;
      winner = loses ? rival.slot : winner;
      i >>= 1;
      nodes[i] = {best, winner};
    }
  }

  double time() const { return std::bit_cast<double>(nodes_[1].key); }
  SlotId slot() const { return SlotId(static_cast<std::uint32_t>(nodes_[1].slot)); }

 private:
  struct Node {
    std::uint64_t key;
    std::uint64_t slot;
  };
  static constexpr std::uint64_t kNever =
      std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity());
  static std::uint64_t key(double time_s) { return std::bit_cast<std::uint64_t>(time_s + 0.0); }

  std::size_t leaves_;
  std::vector<Node> nodes_;
};

}  // namespace nines
