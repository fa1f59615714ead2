// Sketch, intervals, spans and stopping: against exact values and by their coverage.
#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "engine/measure/interval.hpp"
#include "engine/measure/sketch.hpp"
#include "engine/measure/spans.hpp"

namespace nines {
namespace {

TEST(Sketch, KnowsEveryValueToAThousandth) {
  Sketch sketch;
  std::vector<double> values;
  std::mt19937_64 random(1);
  std::lognormal_distribution<double> law(0.0, 6.0);
  for (int i = 0; i < 20'000; ++i) values.push_back(law(random));
  for (const double v : values) sketch.add(v);
  std::sort(values.begin(), values.end());
  for (std::uint64_t rank = 1; rank <= values.size(); rank += 7) {
    const double exact = values[rank - 1];
    EXPECT_NEAR(sketch.at_rank(rank), exact, 1.0001e-3 * exact) << rank;
  }
  EXPECT_EQ(sketch.largest(), values.back());
  EXPECT_EQ(sketch.at_rank(values.size()), values.back());
}

TEST(Sketch, KeepsZeroApart) {
  Sketch sketch;
  sketch.add(0.0, 3);
  sketch.add(5.0);
  EXPECT_EQ(sketch.at_rank(3), 0.0);
  EXPECT_EQ(sketch.at_rank(4), 5.0);
  EXPECT_EQ(sketch.zeros(), 3u);
  EXPECT_EQ(sketch.count_up_to(0.0), 3u);
  EXPECT_EQ(sketch.quantile(0.75), 0.0);
  EXPECT_EQ(sketch.quantile(0.76), 5.0);
}

TEST(Sketch, IsTheSameForAnyOrderOfMerging) {
  std::mt19937_64 random(2);
  std::exponential_distribution<double> law;
  std::vector<Sketch> parts(5);
  for (auto& part : parts) {
    for (int i = 0; i < 100; ++i) part.add(law(random));
  }
  Sketch up, down;
  for (std::size_t i = 0; i < parts.size(); ++i) up.merge(parts[i]);
  for (std::size_t i = parts.size(); i-- > 0;) down.merge(parts[i]);
  EXPECT_EQ(up.bins(), down.bins());
  EXPECT_EQ(up.largest(), down.largest());
  EXPECT_EQ(up.count(), 500u);
}

TEST(Share, IsTheIntervalOfClopperAndPearson) {
  // R: binom.test(3, 20)$conf.int; binom.test(0, 10); binom.test(10, 10).
  const Estimate e = share(3, 20, 0.95);
  EXPECT_NEAR(e.low, 0.03207094, 1e-8);
  EXPECT_NEAR(e.high, 0.37892683, 1e-8);
  EXPECT_EQ(share(0, 10, 0.95).low, 0.0);
  EXPECT_NEAR(share(0, 10, 0.95).high, 0.30849710, 1e-8);
  EXPECT_NEAR(share(10, 10, 0.95).low, 0.69150290, 1e-8);
}

TEST(MeanOverRuns, IsTheExactPoissonIntervalForSingleRareOccurrences) {
  // 5 runs of 1,000,000 with one each: Garwood's interval for 5 is 1.623486 … 11.668332.
  const Estimate e = mean_over_runs(5, 5, 1, 5, 1'000'000, 0.95);
  EXPECT_NEAR(e.value * 1e6, 5.0, 1e-9);
  EXPECT_NEAR(e.low * 1e6, 1.623486, 1e-4);
  EXPECT_NEAR(e.high * 1e6, 11.668332, 1e-4);
}

TEST(MeanOverRuns, BecomesTheTIntervalWhereEveryRunEarns) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> law(100.0, 5.0);
  double sum = 0, squares = 0, largest = 0;
  const int n = 10'000;
  for (int i = 0; i < n; ++i) {
    const double x = law(random);
    sum += x;
    squares += x * x;
    largest = std::max(largest, x);
  }
  const Estimate e = mean_over_runs(sum, squares, largest, n, n, 0.95);
  EXPECT_NEAR(0.5 * (e.high - e.low), 1.96 * 5.0 / 100.0, 0.03 * 1.96 * 0.05);
  EXPECT_NEAR(0.5 * (e.high + e.low), e.value, 1e-3);
}

TEST(MeanOverRuns, JoinsTheBoundOfNoneWithoutAJump) {
  // None seen in 1000 runs: at most 3.689 of 1000 (Poisson, 97.5 %).
  EXPECT_NEAR(rate_of_none(1000, 0.95), 3.688879e-3, 1e-8);
}

TEST(Ratio, OfASingleRunTakesExponentialLengths) {
  PairSums sums;
  sums.add(10.0, 1.0);
  const Estimate e = ratio(sums, 0.95);
  EXPECT_NEAR(e.low, 10.0 / 3.688879, 1e-5);
  EXPECT_NEAR(e.high, 10.0 / 0.0253178, 1e-2);
}

TEST(Ratio, CoversTheMeanLengthOfExponentialOutages) {
  std::mt19937_64 random(4);
  std::exponential_distribution<double> length(1.0 / 7.0);
  std::poisson_distribution<int> count(0.5);
  int covered = 0;
  const int trials = 1000;
  for (int t = 0; t < trials; ++t) {
    PairSums sums;
    for (int run = 0; run < 200; ++run) {
      const int n = count(random);
      double total = 0;
      for (int i = 0; i < n; ++i) total += length(random);
      if (n > 0) sums.add(total, n);
    }
    const Estimate e = ratio(sums, 0.95);
    covered += e.low <= 7.0 && 7.0 <= e.high;
  }
  EXPECT_GT(covered, 925);
  EXPECT_LT(covered, 980);
}

TEST(Ranks, EncloseTheQuantile) {
  // Of 100 values, ranks 40 and 61 enclose the median with at least 95 % (Conover, table A3).
  const Ranks median = quantile_ranks(100, 0.5, 0.95);
  EXPECT_EQ(median.low, 40u);
  EXPECT_EQ(median.high, 61u);
  EXPECT_FALSE(quantile_ranks(5, 0.99, 0.95).high) << "five values bound no 99 % quantile";
  EXPECT_FALSE(quantile_ranks(0, 0.5, 0.95).low);
}

TEST(Spans, EstimateThroughTheHorizonThatCutsThem) {
  // Exponential lengths of mean 10, cut off by an independent uniform horizon: Kaplan–Meier sees
  // through it. Its median is 6.93.
  std::mt19937_64 random(5);
  std::exponential_distribution<double> length(0.1);
  std::uniform_real_distribution<double> horizon(0.0, 30.0);
  int covered = 0;
  const int trials = 300;
  for (int t = 0; t < trials; ++t) {
    Spans spans;
    for (std::uint32_t run = 0; run < 400; ++run) {
      const double x = length(random);
      const double h = horizon(random);
      spans.add(run, std::min(x, h), h < x);
    }
    const Estimate e = spans.quantile(0.5, 0.95);
    covered += e.low <= 6.931 && 6.931 <= e.high;
    if (t == 0) {
      EXPECT_NEAR(spans.survival(10.0), std::exp(-1.0), 0.1);
    }
  }
  EXPECT_GT(covered, 0.92 * trials);
  EXPECT_LT(covered, 0.995 * trials);
}

TEST(Spans, WidenTheIntervalWhereSpansOfARunAreAlike) {
  std::mt19937_64 random(6);
  std::exponential_distribution<double> length(0.1);
  Spans alike, independent;
  for (std::uint32_t run = 0; run < 200; ++run) {
    const double x = length(random);
    for (int i = 0; i < 20; ++i) {
      alike.add(run, x, false);
      independent.add(run, length(random), false);
    }
  }
  const auto width = [](const Estimate& e) { return e.high - e.low; };
  EXPECT_GT(width(alike.quantile(0.5, 0.95)), 2.0 * width(independent.quantile(0.5, 0.95)));
}

TEST(PartOf, BoundsAShareOfNothingAndOfAll) {
  PairSums all;
  PairSums none;
  for (int i = 0; i < 30; ++i) all.add(2.0, 2.0);
  EXPECT_NEAR(part_of(all, all.y, all.yy, 30, 0.95).low, share(30, 30, 0.95).low, 1e-9);
  EXPECT_NEAR(part_of(none, all.y, all.yy, 30, 0.95).high, share(0, 30, 0.95).high, 1e-9);
}

}  // namespace
}  // namespace nines
