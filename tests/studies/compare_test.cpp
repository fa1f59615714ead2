// Designs compared under common random numbers.
#include <cmath>

#include <gtest/gtest.h>

#include "studies/compare.hpp"
#include "tests/support.hpp"

namespace nines {
namespace {

std::string server(const char* mttr, const char* more = "") {
  return std::string("nines: 1\ncomponents:\n  users: {kind: client}\n") +
         "  a: {kind: node, failures: {crash: {mttf: 50d, mttr: " + mttr + "}}}\n" + more +
         "groups: {g: {policy: active_active, members: [a]}}\n"
         "services: {app: {from: users, through: [g]}}\n";
}

Comparison compared(const std::string& a, const std::string& b, std::uint64_t runs,
                    std::uint64_t seed = 1) {
  const Topology first = test::topology_of(a);
  const Topology other = test::topology_of(b);
  const auto first_system = compile(first);
  const auto other_system = compile(other);
  Experiment experiment = experiment_for(first);
  experiment.runs = runs;
  experiment.seed = seed;
  return compare({{"first", first_system.get()}, {"other", other_system.get()}}, experiment);
}

TEST(Compare, FindsTheDifferenceOfTwoClosedForms) {
  const Comparison c = compared(server("2h"), server("3h"), 6400);
  const Difference& d = c.designs[1].differences[0];
  ASSERT_EQ(d.measure, Compared::unavailability);
  // In the long run, less what a start with all new takes off: m / (f + m) (1 - (1 - exp(-r T)) /
  // (r T)), with r = 1 / f + 1 / m.
  const auto mean_down = [](double m) {
    const double f = 50 * 24.0;
    const double r = 1 / f + 1 / m;
    const double t = 365 * 24.0;
    return m / (f + m) * (1 - (1 - std::exp(-r * t)) / (r * t));
  };
  const double exact = mean_down(3) - mean_down(2);
  EXPECT_TRUE(d.sure());
  EXPECT_NEAR(d.difference.value, exact, 5 * (d.difference.high - d.difference.low) / 3.92);
  // Common luck: repairs of the same failures, half as long again.
  EXPECT_GT(d.variance_saved.value(), 3.0);
}

TEST(Compare, OfOneDesignTwiceThereIsNoDifference) {
  const Comparison c = compared(server("2h"), server("2h"), 1280);
  const Difference& d = c.designs[1].differences[0];
  EXPECT_EQ(d.difference.value, 0.0);
  EXPECT_TRUE(d.from_both);  // nothing differs, so nothing is known of how much it might
  EXPECT_FALSE(d.sure());
  EXPECT_LT(d.difference.low, 0.0);
}

/// Intervals of 95 % hold what they say: of 300, the share that misses is within four standard
/// errors of 5 %.
TEST(Compare, IntervalsCover) {
  const auto mean_down = [](double m) {
    const double f = 50 * 24.0;
    const double r = 1 / f + 1 / m;
    const double t = 365 * 24.0;
    return m / (f + m) * (1 - (1 - std::exp(-r * t)) / (r * t));
  };
  const double exact = mean_down(3) - mean_down(2);
  int missed = 0;
  constexpr int kTrials = 300;
  for (int i = 0; i < kTrials; ++i) {
    const Comparison c = compared(server("2h"), server("3h"), 64 * 30, 100 + i);
    const Estimate& d = c.designs[1].differences[0].difference;
    missed += exact < d.low || exact > d.high ? 1 : 0;
  }
  EXPECT_LE(missed, 15 + 4 * std::sqrt(300 * 0.05 * 0.95));
}

}  // namespace
}  // namespace nines
