// Minimal loops written by hand for one model each: what the machine can do with nothing to spare.
// Not the product: the measure that it is held to.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/chance/lanes.hpp"

namespace nines::bench {

/// Exponential numbers of mean 1 from Philox in vector blocks, one long stream.
class BlockOfDraws {
 public:
  explicit BlockOfDraws(std::uint64_t seed) : seed_(seed), lanes_(lanes()) {}
  double exponential() {
    if (next_ == kSize) refill();
    return values_[next_++];
  }

 private:
  static constexpr std::size_t kSize = 512;
  void refill() {
    lanes_.indices(seed_, 1, 0, index_, kSize / 2, values_, values_ + kSize / 2);
    index_ += static_cast<std::uint32_t>(kSize / 2);
    lanes_.log(values_, kSize);
    for (double& v : values_) v = -v;
    next_ = 0;
  }
  std::uint64_t seed_;
  const Lanes& lanes_;
  std::uint32_t index_ = 0;
  std::size_t next_ = kSize;
  double values_[kSize];
};

/// An indexed 4-ary heap of one pending time per part; replaces its top.
class QuaternaryHeap {
 public:
  explicit QuaternaryHeap(std::size_t size) : entries_(size) {}
  void fill(std::size_t part, double time) {
    entries_[part] = {time, static_cast<std::uint32_t>(part)};
  }
  void heapify() {
    for (std::size_t i = entries_.size(); i-- > 0;) sift(i, entries_[i]);
  }
  double time() const { return entries_[0].time; }
  std::uint32_t part() const { return entries_[0].part; }
  void replace_top(double time) { sift(0, {time, entries_[0].part}); }

 private:
  struct Entry {
    double time;
    std::uint32_t part;
  };
  void sift(std::size_t i, Entry entry) {
    const std::size_t size = entries_.size();
    while (true) {
      const std::size_t first = 4 * i + 1;
      if (first >= size) break;
      const std::size_t end = first + 4 < size ? first + 4 : size;
      std::size_t least = first;
      for (std::size_t c = first + 1; c < end; ++c) {
        if (entries_[c].time < entries_[least].time) least = c;
      }
      if (entries_[least].time >= entry.time) break;
      entries_[i] = entries_[least];
      i = least;
    }
    entries_[i] = entry;
  }
  std::vector<Entry> entries_;
};

/// A calendar queue addressed by part: one bucket of linked parts for each short span of time.
/// Meant for parts whose next times are spread over a few means (Brown, CACM 31, 1988).
class CalendarQueue {
 public:
  CalendarQueue(std::size_t size, double width_s)
      : width_(width_s), mask_(0), next_(size, kEnd), time_(size) {
    std::size_t buckets = 1;
    while (buckets < 2 * size) buckets *= 2;
    mask_ = buckets - 1;
    head_.assign(buckets, kEnd);
  }
  void clear() {
    head_.assign(head_.size(), kEnd);
    current_ = 0;
  }
  void fill(std::size_t part, double time) { insert(static_cast<std::uint32_t>(part), time); }
  void heapify() { find(); }
  double time() const { return time_[top_]; }
  std::uint32_t part() const { return top_; }
  void replace_top(double time) {
    // The top is taken out of its bucket, then put where its new time belongs.
    std::uint32_t* link = &head_[current_ & mask_];
    while (*link != top_) link = &next_[*link];
    *link = next_[top_];
    insert(top_, time);
    find();
  }

 private:
  static constexpr std::uint32_t kEnd = 0xFFFFFFFFU;
  std::uint64_t day(double time) const { return static_cast<std::uint64_t>(time / width_); }
  void insert(std::uint32_t part, double time) {
    time_[part] = time;
    std::uint32_t& head = head_[day(time) & mask_];
    next_[part] = head;
    head = part;
  }
  void find() {
    while (true) {
      std::uint32_t best = kEnd;
      for (std::uint32_t p = head_[current_ & mask_]; p != kEnd; p = next_[p]) {
        if (day(time_[p]) == current_ && (best == kEnd || time_[p] < time_[best])) best = p;
      }
      if (best != kEnd) {
        top_ = best;
        return;
      }
      ++current_;
    }
  }
  double width_;
  std::size_t mask_;
  std::vector<std::uint32_t> head_;
  std::vector<std::uint32_t> next_;
  std::vector<double> time_;
  std::uint64_t current_ = 0;
  std::uint32_t top_ = 0;
};

struct Totals {
  std::uint64_t events = 0;
  std::uint64_t outages = 0;
  double downtime_s = 0.0;
};

/// k-of-n groups: part i belongs to group i % groups. One run from all up to the horizon.
template <class Queue>
void run_groups(Queue& queue, BlockOfDraws& draws, std::size_t parts, std::size_t groups,
                int most_down, double up_s, double down_s, double horizon_s,
                std::vector<std::uint8_t>& failed, std::vector<int>& down,
                std::vector<double>& since, Totals& totals) {
  failed.assign(parts, 0);
  down.assign(groups, 0);
  for (std::size_t i = 0; i < parts; ++i) queue.fill(i, up_s * draws.exponential());
  queue.heapify();
  while (queue.time() < horizon_s) {
    const double now = queue.time();
    const std::uint32_t part = queue.part();
    const std::size_t group = groups == 1 ? 0 : part % groups;
    const std::uint8_t fails = failed[part] ^ 1U;
    failed[part] = fails;
    if (fails != 0) {
      if (down[group]++ == most_down) {
        since[group] = now;
        ++totals.outages;
      }
    } else if (--down[group] == most_down) {
      totals.downtime_s += now - since[group];
    }
    queue.replace_top(now + (fails != 0 ? down_s : up_s) * draws.exponential());
    ++totals.events;
  }
  for (std::size_t g = 0; g < groups; ++g) {
    if (down[g] > most_down) totals.downtime_s += horizon_s - since[g];
  }
}

}  // namespace nines::bench
