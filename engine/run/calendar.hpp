// Which slot fires next: a calendar queue whose current day is an indexed heap.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"

namespace nines {

/// Each slot has at most one time. Events come in the order (time, slot).
///
/// Times are spread over the days of a year (Brown, "Calendar queues", CACM 31, 1988), so that a
/// day holds one event or none: skipping an empty day is a look at one bit, whereas whether a list
/// goes on is a branch that nothing predicts. The slots of the day that has come, and of those
/// before it, stand in a 4-ary heap, which keeps the order exact and bursts cheap; the others in an
/// unordered list for each day; those beyond the year wait until the next year is laid out. Few
/// slots all stand in the heap. The width of a day changes the speed and nothing else.
class Calendar {
 public:
  /// `typical_gap_s`: about how long it is from one event to the next; `typical_span_s`: about how
  /// long a run is.
  Calendar(std::size_t slots, double typical_gap_s, double typical_span_s)
      : rows_(slots), days_(slots <= kMostInHeap ? 0 : 2 * std::bit_ceil(slots)) {
    heap_.resize(slots);
    head_.assign(days_, kNoSlot);
    busy_.assign(days_ / 64 + 1, 0);
    day_s_ = typical_gap_s > 0 && std::isfinite(typical_gap_s) ? typical_gap_s : 1.0;
    // A run that fits into little more than a year gets a year of its own length.
    const double whole_s = typical_span_s / static_cast<double>(std::max<std::size_t>(days_, 1));
    if (whole_s > 0.25 * day_s_ && whole_s < 2.0 * day_s_) day_s_ = whole_s;
    clear();
  }

  void clear() {
    for (Row& row : rows_) row.where = kNowhere;
    size_ = 0;
    std::fill(head_.begin(), head_.end(), kNoSlot);
    std::fill(busy_.begin(), busy_.end(), 0);
    upcoming_ = kNoSlot;
    far_count_ = 0;
    today_ = -1;
    begin_year(0.0);
  }

  /// Infinite: not pending, or standing still.
  void set(SlotId id, double time_s) {
    const auto slot = static_cast<std::uint32_t>(id);
    Row& row = rows_[slot];
    row.time_s = time_s;
    const std::int32_t day = day_of(time_s);
    if (row.where >= 0 && day <= today_) {
      settle(static_cast<std::size_t>(row.where), entry(slot, time_s));
      return;
    }
    take_out(slot);
    put_in(slot, day);
  }

  /// The same for a slot that has had no time since `clear`.
  void add(SlotId id, double time_s) {
    const auto slot = static_cast<std::uint32_t>(id);
    rows_[slot].time_s = time_s;
    put_in(slot, day_of(time_s));
  }

  /// The slot of the next event gets another time.
  void replace_top(double time_s) {
    const auto slot = static_cast<std::uint32_t>(heap_[0]);
    rows_[slot].time_s = time_s;
    const std::int32_t day = day_of(time_s);
    if (day <= today_) {
      sink(0, entry(slot, time_s));
      return;
    }
    if (--size_ > 0) sink(0, heap_[size_]);
    put_in(slot, day);
  }

  /// A slot that will probably fire soon, so that what belongs to it can be fetched into the
  /// cache; none if that is not known.
  SlotId upcoming() const { return SlotId(upcoming_); }

  /// When the next event is; infinite if there is none.
  double time() {
    if (size_ == 0 && !turn_page()) return std::numeric_limits<double>::infinity();
    return std::bit_cast<double>(static_cast<std::uint64_t>(heap_[0] >> 64));
  }
  /// The slot of that event; `time` must be finite.
  SlotId slot() const { return SlotId(static_cast<std::uint32_t>(heap_[0])); }

 private:
  static constexpr std::size_t kMostInHeap = 48;
  static constexpr std::uint32_t kNoSlot = 0xFFFFFFFFU;
  static constexpr std::int32_t kNowhere = -1;
  static constexpr std::int32_t kFar = -2;
  static constexpr std::int32_t kFirstDay = -3;  ///< day d is kFirstDay - d
  static constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();

  struct Row {
    double time_s = 0.0;
    std::uint32_t next = 0;         ///< in the list of its day
    std::int32_t where = kNowhere;  ///< place in the heap, or one of the above
  };

  /// Time in the upper half (non-negative doubles have the order of their bits), slot below.
  __extension__ using Entry = unsigned __int128;
  static Entry entry(std::uint32_t slot, double time_s) {
    return static_cast<Entry>(std::bit_cast<std::uint64_t>(time_s + 0.0)) << 64 | slot;
  }

  /// Never falls when the time rises; at most `today_` for what belongs into the heap.
  std::int32_t day_of(double time_s) const {
    if (days_ == 0) return time_s < std::numeric_limits<double>::infinity() ? -1 : kNever;
    const double day = (time_s - year_s_) * days_per_s_;
    if (day < 0) return -1;
    if (day < static_cast<double>(days_)) return static_cast<std::int32_t>(day);
    return time_s < std::numeric_limits<double>::infinity() ? static_cast<std::int32_t>(days_)
                                                            : kNever;
  }

  void begin_year(double start_s) {
    year_s_ = start_s;
    days_per_s_ = 1.0 / day_s_;
    events_in_year_ = 0;
  }

  void put_in(std::uint32_t slot, std::int32_t day) {
    Row& row = rows_[slot];
    if (day <= today_) {
      rise(size_++, entry(slot, row.time_s));
    } else if (day < static_cast<std::int32_t>(days_)) {
      const auto d = static_cast<std::size_t>(day);
      row.where = kFirstDay - day;
      row.next = head_[d];
      head_[d] = slot;
      busy_[d / 64] |= std::uint64_t{1} << (d % 64);
    } else if (day == kNever) {
      row.where = kNowhere;
    } else {
      row.where = kFar;
      ++far_count_;
    }
  }

  void take_out(std::uint32_t slot) {
    Row& row = rows_[slot];
    if (row.where == kNowhere) return;
    if (row.where == kFar) {
      --far_count_;
    } else if (row.where >= 0) {
      const auto place = static_cast<std::size_t>(row.where);
      if (place < --size_) settle(place, heap_[size_]);
    } else {
      // A day has few slots: its list is walked.
      const auto d = static_cast<std::size_t>(kFirstDay - row.where);
      std::uint32_t* link = &head_[d];
      while (*link != slot) link = &rows_[*link].next;
      *link = row.next;
      if (head_[d] == kNoSlot) busy_[d / 64] &= ~(std::uint64_t{1} << (d % 64));
    }
  }

  // ---- The heap ----

  void place(std::size_t at, Entry e) {
    heap_[at] = e;
    rows_[static_cast<std::uint32_t>(e)].where = static_cast<std::int32_t>(at);
  }

  void rise(std::size_t at, Entry e) {
    while (at > 0) {
      const std::size_t parent = (at - 1) / 4;
      if (heap_[parent] < e) break;
      place(at, heap_[parent]);
      at = parent;
    }
    place(at, e);
  }

  void sink(std::size_t at, Entry e) {
    const std::size_t size = size_;
    while (true) {
      const std::size_t first = 4 * at + 1;
      if (first >= size) break;
      std::size_t least = first;
      const std::size_t end = first + 4 < size ? first + 4 : size;
      for (std::size_t child = first + 1; child < end; ++child) {
        if (heap_[child] < heap_[least]) least = child;
      }
      if (e < heap_[least]) break;
      place(at, heap_[least]);
      at = least;
    }
    place(at, e);
  }

  void settle(std::size_t at, Entry e) {
    if (at > 0 && e < heap_[(at - 1) / 4]) {
      rise(at, e);
    } else {
      sink(at, e);
    }
  }

  // ---- The days ----

  /// Brings the next day that has events into the empty heap. False if nothing is pending.
  bool turn_page() {
    while (days_ > 0) {
      auto word = static_cast<std::size_t>(today_ + 1) / 64;
      std::uint64_t bits = word < busy_.size() ? busy_[word] : 0;
      while (bits == 0 && ++word < busy_.size()) bits = busy_[word];
      if (bits != 0) {
        const std::size_t day = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        busy_[word] &= bits - 1;
        const std::uint64_t rest = bits & (bits - 1);
        upcoming_ = kNoSlot;
        if (rest != 0) {
          upcoming_ = head_[word * 64 + static_cast<std::size_t>(std::countr_zero(rest))];
          if (const std::uint64_t later = rest & (rest - 1); later != 0) {
            const auto after = static_cast<std::size_t>(std::countr_zero(later));
            __builtin_prefetch(&rows_[head_[word * 64 + after]], 1);
          }
        }
        today_ = static_cast<std::int32_t>(day);
        for (std::uint32_t slot = std::exchange(head_[day], kNoSlot); slot != kNoSlot;) {
          const Row row = rows_[slot];
          rise(size_++, entry(slot, row.time_s));
          slot = row.next;
        }
        events_in_year_ += size_;
        return true;
      }
      if (far_count_ == 0) return false;
      turn_year();
    }
    return false;
  }

  /// Lays out the next year, from the earliest of those that wait for it.
  void turn_year() {
    // About one event a day is best; the last year tells how many there were.
    const auto days = static_cast<double>(days_);
    if (static_cast<double>(events_in_year_) > 4.0 * days) day_s_ *= 0.25;
    if (static_cast<double>(events_in_year_) < days / 64.0) day_s_ *= 4.0;
    double first_s = std::numeric_limits<double>::infinity();
    for (const Row& row : rows_) {
      if (row.where == kFar) first_s = std::min(first_s, row.time_s);
    }
    // A day must be wider than the rounding of a time, or the year would not reach the first.
    day_s_ = std::max(day_s_, first_s * 1e-15);
    begin_year(first_s);
    today_ = -1;
    far_count_ = 0;
    for (std::uint32_t slot = 0; slot < rows_.size(); ++slot) {
      if (rows_[slot].where == kFar) put_in(slot, day_of(rows_[slot].time_s));
    }
  }

  std::vector<Row> rows_;
  std::size_t days_;
  std::vector<Entry> heap_;  ///< the first size_ of them
  std::size_t size_ = 0;
  std::vector<std::uint32_t> head_;  ///< by day
  std::vector<std::uint64_t> busy_;  ///< a bit for each day that has events
  std::size_t far_count_ = 0;
  std::uint32_t upcoming_ = kNoSlot;
  std::int32_t today_ = -1;
  double year_s_ = 0.0;
  double day_s_ = 1.0;
  double days_per_s_ = 1.0;
  std::uint64_t events_in_year_ = 0;
};

}  // namespace nines
