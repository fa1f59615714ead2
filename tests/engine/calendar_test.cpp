// The calendar against a sorted set, over sizes, widths of a day and patterns of times.
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "engine/base/hash.hpp"
#include "engine/run/calendar.hpp"

namespace nines {
namespace {

struct Luck {
  std::uint64_t state;
  std::uint64_t next() { return state = mix(state); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
};

class CalendarAgainstASet : public testing::TestWithParam<std::tuple<std::size_t, double, double>> {
};

TEST_P(CalendarAgainstASet, GivesTheSameOrder) {
  const auto [slots, gap_s, spread_s] = GetParam();
  constexpr double kNever = std::numeric_limits<double>::infinity();
  Calendar calendar(slots, gap_s, 1e4);
  std::set<std::pair<double, std::uint32_t>> model;
  std::vector<double> times(slots, kNever);
  Luck luck{slots};
  double now = 0.0;
  const auto put = [&](std::uint32_t slot, double time) {
    model.erase({times[slot], slot});
    times[slot] = time;
    if (time < kNever) model.insert({time, slot});
  };
  const auto random_time = [&] {
    const double kind = luck.unit();
    if (kind < 0.1) return kNever;
    if (kind < 0.2) return now;                                 // at this very instant
    if (kind < 0.3) return now + 10.0;                          // bursts: many at one time
    if (kind < 0.4) return now + spread_s * 1e4 * luck.unit();  // far
    return now + spread_s * luck.unit();
  };
  for (int round = 0; round < 3; ++round) {
    calendar.clear();
    model.clear();
    now = 0.0;
    for (std::uint32_t s = 0; s < slots; ++s) {
      times[s] = kNever;
      const double time = random_time();
      calendar.add(SlotId(s), time);
      put(s, time);
    }
    for (int step = 0; step < 20'000; ++step) {
      const double expected = model.empty() ? kNever : model.begin()->first;
      ASSERT_EQ(calendar.time(), expected) << "step " << step;
      if (expected < kNever) {
        ASSERT_EQ(index(calendar.slot()), model.begin()->second) << "step " << step;
        now = expected;
      }
      const double time = random_time();
      const bool top = luck.unit() < 0.7 && expected < kNever;
      const auto slot =
          top ? model.begin()->second : static_cast<std::uint32_t>(luck.next() % slots);
      top ? calendar.replace_top(time) : calendar.set(SlotId(slot), time);
      put(slot, time);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Grid, CalendarAgainstASet,
                         testing::Combine(testing::Values(1, 3, 48, 49, 200, 3000),
                                          testing::Values(1e-9, 1.0, 1e9),
                                          testing::Values(1e-3, 100.0, 1e8)));

}  // namespace
}  // namespace nines
