// Random numbers and laws: known values, equal bits at every width, and the identities of a law.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>

#include "engine/chance/arithmetic.hpp"
#include "engine/chance/distribution.hpp"
#include "engine/chance/lanes.hpp"
#include "engine/chance/lanes_kernels.hpp"
#include "engine/chance/random.hpp"

namespace nines {
namespace {

TEST(Philox, GivesTheKnownAnswersOfRandom123) {
  // kat_vectors of Random123: philox4x32-10, counter and key all zero, then all ones.
  const UnitPair zero = draw_units(0, {0, 0, 0});
  EXPECT_EQ(zero.first, unit_of(0xe169c58d6627e8d5ULL));
  EXPECT_EQ(zero.second, unit_of(0x9b00dbd8bc57ac4cULL));
  const UnitPair ones = draw_units(~0ULL, {~0ULL, ~0U, ~0U});
  EXPECT_EQ(ones.first, unit_of(0x41c83b0e408f276dULL));
  EXPECT_EQ(ones.second, unit_of(0x6d5451fda20bc7c6ULL));
}

TEST(Unit, IsNeverZeroOrOne) {
  EXPECT_GT(unit_of(0), 0.0);
  EXPECT_LT(unit_of(~0ULL), 1.0);
  EXPECT_EQ(unit_of(0), 0x1p-53);
  EXPECT_EQ(unit_of(~0ULL), 1.0 - 0x1p-53);
}

class Widths : public testing::TestWithParam<Width> {};

TEST_P(Widths, GiveTheBitsOfTheScalarPath) {
  const Lanes& wide = lanes(GetParam());
  const Lanes& scalar = lanes(Width::scalar);
  std::vector<double> a0(64), a1(64), b0(64), b1(64);
  for (const std::uint32_t first : {0U, 5U, 0xFFFFFFF0U}) {
    wide.indices(42, 0x0123456789ABCDEFULL, 7, first, 64, a0.data(), a1.data());
    scalar.indices(42, 0x0123456789ABCDEFULL, 7, first, 64, b0.data(), b1.data());
    EXPECT_EQ(a0, b0) << wide.name << " from index " << first;
    EXPECT_EQ(a1, b1) << wide.name << " from index " << first;
  }
  std::vector<std::uint64_t> streams;
  for (std::uint64_t i = 0; i < 64; ++i) streams.push_back(mix(i));
  wide.streams(9, streams.data(), 3, 11, 64, a0.data(), a1.data());
  scalar.streams(9, streams.data(), 3, 11, 64, b0.data(), b1.data());
  EXPECT_EQ(a0, b0);
  EXPECT_EQ(a1, b1);
  for (std::size_t count = 1; count <= 17; ++count) {
    std::vector<double> x(a0.begin(), a0.begin() + static_cast<std::ptrdiff_t>(count)), y = x;
    wide.log(x.data(), count);
    scalar.log(y.data(), count);
    EXPECT_EQ(x, y) << "log of " << count;
    wide.exp(x.data(), count);
    scalar.exp(y.data(), count);
    EXPECT_EQ(x, y) << "exp of " << count;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Widths, testing::Values(Width::avx2, Width::avx512),
                         [](const auto& test) {
                           return std::string(lanes(test.param).name) +
                                  (test.index == 0 ? "_or_less" : "");
                         });

TEST(NormalQuantile, AgreesWithBoost) {
  const boost::math::normal normal;
  for (const double p : {1e-300, 1e-20, 1e-9, 0.001, 0.07, 0.075, 0.3, 0.5, 0.6, 0.95, 0.999999}) {
    const double exact = boost::math::quantile(normal, p);
    EXPECT_NEAR(arithmetic::normal_quantile(p), exact, 1e-14 * std::max(1.0, std::fabs(exact)));
  }
}

struct Named {
  const char* name;
  LawPtr law;
};

std::vector<Named> all_laws() {
  return {
      {"exponential", exponential(1000)},
      {"weibull_infant", weibull(0.6, 5000)},
      {"weibull_wear", weibull(3.5, 2000)},
      {"lognormal", lognormal(7200, 1.2)},
      {"gamma_low", gamma_law(0.4, 900)},
      {"gamma_erlang", gamma_law(3, 1200)},
      {"uniform", uniform(60, 180)},
      {"triangular", triangular(3600, 7200, 21600)},
      {"triangular_edge", triangular(0, 0, 100)},
      {"shifted", shifted(3600, exponential(7200))},
      {"hyperexponential", mixture({{0.9, exponential(300)}, {0.1, exponential(21600)}})},
      {"mixture", mixture({{0.7, lognormal(120, 0.5)}, {0.3, weibull(2, 9000)}})},
  };
}

class Laws : public testing::TestWithParam<Named> {
 protected:
  const Law& law() const { return *GetParam().law; }
  double integrate(auto f, double from, double to) const {
    double sum = 0.0;
    // In pieces: some laws have corners or long tails.
    const int pieces = 400;
    for (int i = 0; i < pieces; ++i) {
      const double a = from + (to - from) * i / pieces;
      const double b = from + (to - from) * (i + 1) / pieces;
      sum += boost::math::quadrature::gauss_kronrod<double, 15>::integrate(f, a, b, 0);
    }
    return sum;
  }
};

TEST_P(Laws, HaveAComplementThatAddsUpToOne) {
  for (const double p : {0.001, 0.1, 0.5, 0.9, 0.999}) {
    const double t = law().quantile(p);
    EXPECT_NEAR(law().cdf(t) + law().complement(t), 1.0, 1e-14);
    EXPECT_NEAR(law().cdf(t), p, 1e-12);
  }
}

TEST_P(Laws, HaveAccurateTails) {
  for (const double q : {1e-3, 1e-9, 1e-15, 1e-60}) {
    const double t = law().quantile_of_complement(q);
    // Near the end of a bounded law a step of t in its last digit is a large step of q.
    const double step = law().complement(t * (1 - 2.3e-16)) - law().complement(t * (1 + 2.3e-16));
    EXPECT_NEAR(law().complement(t), q, 1e-9 * q + step) << "q " << q;
  }
}

TEST_P(Laws, HaveTheMeanAndTailIntegralOfTheirSurvival) {
  const double far = law().quantile_of_complement(1e-4);
  for (const double p : {0.0, 0.3, 0.8}) {
    const double t = p == 0 ? 0.0 : law().quantile(p);
    const double body = integrate([&](double x) { return law().complement(x); }, t, far);
    EXPECT_NEAR(body + law().tail_integral(far), law().tail_integral(t), 3e-6 * law().mean());
  }
  EXPECT_NEAR(law().tail_integral(0.0), law().mean(), 1e-12 * law().mean());
}

TEST_P(Laws, DrawWithTheirMeanAndSpread) {
  double sum = 0.0, squares = 0.0;
  const int n = 400'000;
  for (int i = 0; i < n; ++i) {
    const double x = law().draw(draw_units(5, {1, 0, static_cast<std::uint32_t>(i)}).first);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / n;
  const double spread = std::sqrt(squares / n - mean * mean);
  EXPECT_NEAR(mean, law().mean(), 5.0 * spread / std::sqrt(n));
  EXPECT_NEAR(spread / mean, law().cv(), 0.05 * law().cv());
}

TEST_P(Laws, DrawManyAsTheyDrawOne) {
  for (const Width width : {Width::scalar, Width::avx2, Width::avx512}) {
    std::vector<double> u(24), v(24);
    lanes().indices(3, 77, 1, 0, 24, u.data(), v.data());
    std::vector<double> many = u;
    law().draw_many(many.data(), many.size(), lanes(width));
    for (std::size_t i = 0; i < u.size(); ++i) EXPECT_EQ(many[i], law().draw(u[i]));
  }
}

/// Kolmogorov's distance of draws from a law given by its cdf.
double distance(std::vector<double> draws, auto cdf) {
  std::sort(draws.begin(), draws.end());
  double worst = 0.0;
  const auto n = static_cast<double>(draws.size());
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double p = cdf(draws[i]);
    worst = std::max({worst, std::fabs(p - static_cast<double>(i) / n),
                      std::fabs(p - static_cast<double>(i + 1) / n)});
  }
  return worst;
}

constexpr int kDraws = 20'000;
constexpr double kKolmogorovAtOneInAMillion = 2.7 / 141.42;  // sqrt(-ln(5e-7) / 2) / sqrt(20000)

TEST_P(Laws, HaveTheResidualOfAConditionedLife) {
  for (const double p : {0.05, 0.5, 0.95}) {
    const double age = law().quantile(p);
    std::vector<double> draws;
    for (int i = 0; i < kDraws; ++i) {
      draws.push_back(
          law().residual(age, draw_units(6, {2, 0, static_cast<std::uint32_t>(i)}).first));
    }
    EXPECT_LT(
        distance(draws,
                 [&](double x) { return 1.0 - law().complement(age + x) / law().complement(age); }),
        kKolmogorovAtOneInAMillion)
        << "age at the " << p << " quantile";
  }
}

TEST_P(Laws, HaveAResidualDeepInTheTail) {
  const double age = law().quantile_of_complement(1e-250);
  const double rest = law().residual(age, 0.5);
  EXPECT_GE(rest, 0.0);
  EXPECT_TRUE(std::isfinite(rest));
  if (law().complement(age + rest) > 0 && law().complement(age) < 1e-240 && rest > 1e-9 * age) {
    EXPECT_NEAR(law().complement(age + rest) / law().complement(age), 0.5, 1e-6);
  }
}

TEST_P(Laws, HaveTheEquilibriumLawOfRenewalTheory) {
  std::vector<double> draws;
  for (int i = 0; i < kDraws; ++i) {
    draws.push_back(law().equilibrium(draw_units(7, {3, 0, static_cast<std::uint32_t>(i)}).first));
  }
  EXPECT_LT(distance(draws, [&](double x) { return 1.0 - law().tail_integral(x) / law().mean(); }),
            kKolmogorovAtOneInAMillion);
}

INSTANTIATE_TEST_SUITE_P(All, Laws, testing::ValuesIn(all_laws()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Deterministic, IsWhatItIs) {
  const LawPtr law = deterministic(30);
  EXPECT_EQ(law->draw(0.3), 30);
  EXPECT_EQ(law->residual(10, 0.9), 20);
  EXPECT_EQ(law->equilibrium(0.25), 7.5);
  EXPECT_EQ(law->complement(29.999), 1.0);
  EXPECT_EQ(law->complement(30), 0.0);
}

TEST(Empirical, DrawsItsSamplesEquallyOften) {
  const LawPtr law = empirical({4, 1, 2, 8});
  EXPECT_EQ(law->mean(), 3.75);
  EXPECT_EQ(law->quantile(0.25), 1);
  EXPECT_EQ(law->quantile(0.26), 2);
  EXPECT_EQ(law->quantile(1.0), 8);
  EXPECT_EQ(law->complement(2), 0.5);
  EXPECT_EQ(law->residual(2, 0.9), 2);  // the lower of 4 and 8
  EXPECT_EQ(law->residual(2, 0.1), 6);
  EXPECT_EQ(law->tail_integral(2), (2 + 6) / 4.0);
}

TEST(Never, DoesNotHappen) {
  EXPECT_TRUE(std::isinf(never()->draw(0.5)));
  EXPECT_EQ(never()->memoryless_rate(), 0.0);
}

}  // namespace
}  // namespace nines
