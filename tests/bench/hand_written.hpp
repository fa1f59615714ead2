// Minimal loops written by hand for one model each: what the machine can do with nothing to spare.
// Not the product: the measure that it is held to.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/chance/distribution.hpp"
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

/// The large model: parts in groups, and racks of neighbouring parts that mask their members. One
/// run from all up to the horizon; part number parts + r is rack r.
template <class Queue>
class LargeByHand {
 public:
  static constexpr std::size_t kParts = 10'000;
  static constexpr std::size_t kRacks = 500;
  static constexpr std::size_t kPerRack = 20;
  static constexpr std::size_t kGroups = 1000;
  static constexpr int kMostDown = 2;

  explicit LargeByHand(Queue queue) : queue_(std::move(queue)) {}

  void run(BlockOfDraws& draws, double horizon_s, Totals& totals) {
    failed_.assign(kParts + kRacks, 0);
    down_.assign(kGroups, 0);
    if constexpr (requires { queue_.clear(); }) queue_.clear();
    for (std::size_t i = 0; i < kParts + kRacks; ++i) {
      queue_.fill(i, mean_s(i, false) * draws.exponential());
    }
    queue_.heapify();
    while (queue_.time() < horizon_s) {
      now_s_ = queue_.time();
      const std::uint32_t part = queue_.part();
      const bool fails = failed_[part] == 0;
      failed_[part] = fails ? 1 : 0;
      if (part >= kParts) {
        const std::size_t first = (part - kParts) * kPerRack;
        for (std::size_t i = first; i < first + kPerRack; ++i) {
          if (failed_[i] == 0) count(i, fails, totals);
        }
      } else if (failed_[kParts + part / kPerRack] == 0) {
        count(part, fails, totals);
      }
      queue_.replace_top(now_s_ + mean_s(part, fails) * draws.exponential());
      ++totals.events;
    }
    for (std::size_t g = 0; g < kGroups; ++g) {
      if (down_[g] > kMostDown) totals.downtime_s += horizon_s - since_[g];
    }
  }

 private:
  static double mean_s(std::size_t part, bool repair) {
    constexpr double kHour_s = 3600.0;
    if (part >= kParts) return repair ? 4 * kHour_s : 50'000 * kHour_s;
    return repair ? 8 * kHour_s : 10'000 * kHour_s;
  }
  void count(std::size_t part, bool fails, Totals& totals) {
    const std::size_t group = part % kGroups;
    if (fails) {
      if (down_[group]++ == kMostDown) {
        since_[group] = now_s_;
        ++totals.outages;
      }
    } else if (--down_[group] == kMostDown) {
      totals.downtime_s += now_s_ - since_[group];
    }
  }

  Queue queue_;
  double now_s_ = 0.0;
  std::vector<std::uint8_t> failed_;
  std::vector<int> down_;
  std::vector<double> since_ = std::vector<double>(kGroups);
};

/// Numbers of one law in vector blocks, as the product draws them.
class BlockOfLaw {
 public:
  BlockOfLaw(LawPtr law, std::uint64_t stream)
      : law_(std::move(law)), stream_(stream), lanes_(lanes()) {}
  void begin(std::uint64_t seed) {
    seed_ = seed;
    index_ = 0;
    next_ = kSize;
  }
  double draw() {
    if (next_ == kSize) refill();
    return values_[next_++];
  }

 private:
  static constexpr std::size_t kSize = 512;
  void refill() {
    lanes_.indices(seed_, stream_, 0, index_, kSize / 2, values_, values_ + kSize / 2);
    index_ += static_cast<std::uint32_t>(kSize / 2);
    law_->draw_many(values_, kSize, lanes_);
    next_ = 0;
  }
  LawPtr law_;
  std::uint64_t stream_;
  const Lanes& lanes_;
  std::uint64_t seed_ = 0;
  std::uint32_t index_ = 0;
  std::size_t next_ = kSize;
  double values_[kSize];
};

/// The medium model: 37 parts, a flood over adjacency masks for each pattern that is not in a
/// direct-mapped memo. Parts: 13 nodes, then 24 cables in the order of medium.yaml.
class MediumByHand {
 public:
  static constexpr std::size_t kNodes = 13;
  static constexpr std::size_t kCables = 24;
  static constexpr std::size_t kParts = kNodes + kCables;

  MediumByHand() : queue_(kParts), memo_(kMemo, ~std::uint64_t{0}) {
    for (std::size_t i = 0; i < kParts; ++i)
      law_of_[i] = i < 2 ? 0 : i < 10 ? 1 : i < 12 ? 2 : i < 13 ? 3 : 4;
    const double lives_h[] = {2000, 1000, 3000, 5000};
    for (std::uint64_t k = 0; k < 4; ++k) lives_.emplace_back(exponential(lives_h[k] * 3600), k);
    lives_.emplace_back(weibull(1.5, 4000 * 3600.0), 4);
    repairs_.emplace_back(exponential(4 * 3600.0), 5);
    repairs_.emplace_back(lognormal(2 * 3600.0, 1.0), 6);
  }

  void begin(std::uint64_t seed) {
    for (BlockOfLaw& law : lives_) law.begin(seed);
    for (BlockOfLaw& law : repairs_) law.begin(seed);
  }

  void run(double horizon_s, Totals& totals) {
    std::uint64_t failed = 0;
    bool up = true;
    double since_s = 0.0;
    for (std::size_t i = 0; i < kParts; ++i) queue_.fill(i, lives_[law_of_[i]].draw());
    queue_.heapify();
    while (queue_.time() < horizon_s) {
      const double now_s = queue_.time();
      const std::uint32_t part = queue_.part();
      failed ^= std::uint64_t{1} << part;
      const bool fails = ((failed >> part) & 1U) != 0;
      const std::size_t law = law_of_[part];
      queue_.replace_top(now_s + (fails ? repairs_[law / 4].draw() : lives_[law].draw()));
      std::uint64_t& entry = memo_[(failed * 0x9E3779B97F4A7C15U) >> 48U];
      if ((entry & kMask) != failed) entry = failed | (stands(failed) ? kUp : 0);
      const bool stands_now = (entry & kUp) != 0;
      if (stands_now != up) {
        if (up) {
          since_s = now_s;
          ++totals.outages;
        } else {
          totals.downtime_s += now_s - since_s;
        }
        up = stands_now;
      }
      ++totals.events;
    }
    if (!up) totals.downtime_s += horizon_s - since_s;
  }

 private:
  static constexpr std::size_t kMemo = 65'536;
  static constexpr std::uint64_t kMask = (std::uint64_t{1} << kParts) - 1;
  static constexpr std::uint64_t kUp = std::uint64_t{1} << kParts;
  // Vertices: nodes 0..12 (two balancers, eight applications, two databases, a witness), the
  // switches 13 and 14, the client 15.
  using Mask = std::uint32_t;

  static bool stands(std::uint64_t failed) {
    static constexpr int kEnds[kCables][2] = {
        {15, 0},  {15, 0},  {15, 1},  {15, 1},  {0, 13},  {0, 14},  {1, 13},  {1, 14},
        {2, 13},  {3, 13},  {4, 13},  {5, 13},  {6, 14},  {7, 14},  {8, 14},  {9, 14},
        {10, 13}, {10, 14}, {11, 13}, {11, 14}, {12, 13}, {12, 14}, {13, 14}, {13, 14}};
    Mask adjacent[16] = {};
    for (std::size_t c = 0; c < kCables; ++c) {
      if (((failed >> (kNodes + c)) & 1U) != 0) continue;
      adjacent[kEnds[c][0]] |= Mask{1} << kEnds[c][1];
      adjacent[kEnds[c][1]] |= Mask{1} << kEnds[c][0];
    }
    const auto up = static_cast<Mask>(~failed);
    const Mask forwards = (up & 0x3U) | 0x6000U;
    const auto reach = [&](Mask from) {
      Mask reached = from;
      for (int v = 0; v < 16; ++v) {
        if (((from >> v) & 1U) != 0) reached |= adjacent[v];
      }
      Mask done = 0;
      while ((reached & forwards & ~done) != 0) {
        const Mask open = reached & forwards & ~done;
        done |= open;
        for (int v = 0; v < 16; ++v) {
          if (((open >> v) & 1U) != 0) reached |= adjacent[v];
        }
      }
      return reached;
    };
    Mask balancers = up & 0x3U & reach(0x8000U);
    Mask applications = up & 0x3FCU & reach(balancers);
    const Mask data = up & 0x1C00U & reach(applications);
    applications &= reach(data);
    balancers &= reach(applications);
    return balancers != 0 && __builtin_popcount(applications) >= 6 && __builtin_popcount(data) >= 2;
  }

  QuaternaryHeap queue_;
  std::vector<std::uint64_t> memo_;
  std::size_t law_of_[kParts] = {};
  std::vector<BlockOfLaw> lives_;
  std::vector<BlockOfLaw> repairs_;
};

}  // namespace nines::bench
