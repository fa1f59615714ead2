// Costs against closed forms, and doubt about inputs against an integral.
#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "studies/figures.hpp"
#include "studies/input_doubt.hpp"
#include "tests/support.hpp"

namespace nines {
namespace {

constexpr double kDay_s = 86400.0;

test::Answer in_the_long_run(const std::string& text, std::uint64_t runs) {
  Experiment experiment;
  experiment.runs = runs;
  experiment.steady_state = true;
  return test::ask(text, experiment);
}

const std::string kServer =
    "nines: 1\n"
    "components:\n"
    "  users: {kind: client}\n"
    "  a:\n"
    "    kind: node\n"
    "    cost: {buy: 4000 USD, run: 90 USD/month, repair: 350 USD}\n"
    "    failures:\n"
    "      crash: {mttf: 20d, mttr: 6h, repair_cost: 20 USD}\n"
    "      disk: {mttf: 100d, mttr: 12h}\n"
    "groups: {g: {policy: active_active, members: [a]}}\n"
    "services: {app: {from: users, through: [g], downtime_cost: 1000 USD/h}}\n"
    "costs: {lifetime: 4y}\n";

/// Clocks of other modes stand still while one is repaired, so a share A = 1 / (1 + sum of r / f)
/// of the time counts, and mode i fails A / f times per unit of time.
TEST(Costs, AreThoseOfTheClosedForm) {
  const test::Answer answer = in_the_long_run(kServer, 64'000);
  const CostEstimates& costs = answer.estimates.costs.value();
  const double up = 1.0 / (1.0 + 0.25 / 20 + 0.5 / 100);
  const double crashes = up * 365 / 20;
  const double disks = up * 365 / 100;
  EXPECT_EQ(costs.currency, "USD");
  EXPECT_DOUBLE_EQ(costs.capital, 1000.0);
  EXPECT_NEAR(costs.running, 12 * 90.0, 1e-9);
  const auto near = [](const Estimate& e, double exact) {
    const double error = (e.high - e.low) / 3.92;
    EXPECT_LT(error, 0.02 * exact);
    EXPECT_NEAR(e.value, exact, 5 * error);
  };
  near(costs.repair_visits, crashes + disks);
  near(costs.repairs, 20 * crashes + 350 * disks);
  near(costs.downtime, (1 - up) * 365 * 24 * 1000);
  near(costs.all, 1000 + 1080 + 20 * crashes + 350 * disks + (1 - up) * 365 * 24 * 1000);
  // The whole is its parts, run by run.
  EXPECT_NEAR(costs.all.value,
              costs.capital + costs.running + costs.repairs.value + costs.downtime.value, 1e-6);
}

/// The interval of the whole holds what it says: it covers, though its parts hang together.
TEST(Costs, HaveIntervalsThatCover) {
  const double up = 1.0 / (1.0 + 0.25 / 20 + 0.5 / 100);
  const double exact =
      1000 + 1080 + up * 365 * (20.0 / 20 + 350.0 / 100) + (1 - up) * 365 * 24 * 1000;
  const auto topology = test::topology_of(kServer);
  const auto system = compile(topology);
  int missed = 0;
  constexpr int kTrials = 400;
  for (int i = 0; i < kTrials; ++i) {
    Experiment experiment;
    experiment.runs = 192;
    experiment.steady_state = true;
    experiment.seed = 1000 + static_cast<std::uint64_t>(i);
    const Outcome outcome = run_experiment(*system, experiment);
    const Estimate all = estimate(*system, experiment, outcome).costs->all;
    missed += exact < all.low || exact > all.high ? 1 : 0;
  }
  EXPECT_LE(missed, 0.05 * kTrials + 4 * std::sqrt(kTrials * 0.05 * 0.95));
}

TEST(Costs, OfLostWritesAreTheirNumberTimesTheirPrice) {
  const test::Answer answer = in_the_long_run(
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  db-[1..2]: {kind: node, failures: {crash: {mttf: 10d, mttr: 1h}}}\n"
      "groups: {db: {policy: primary_replica, members: db-*, detection: perfect, "
      "replication: {lag: 2s}}}\n"
      "services: {app: {from: users, through: [db], workload: {writes: 10/s}}}\n"
      "costs: {lost_write: 3 EUR}\n",
      6400);
  const CostEstimates& costs = answer.estimates.costs.value();
  EXPECT_EQ(costs.currency, "EUR");
  double lost = 0.0;
  for (const GroupEstimates& g : answer.estimates.groups) {
    lost += g.losses->lost_writes_per_year.value;
  }
  EXPECT_GT(lost, 100);
  EXPECT_NEAR(costs.lost_writes.value, 3 * lost, 1e-9 * lost);
  EXPECT_NEAR(costs.all.value, 3 * lost, 1e-9 * lost);
}

TEST(Costs, AreNotThereWithoutPrices) {
  const test::Answer answer = in_the_long_run(
      "nines: 1\n"
      "components: {users: {kind: client}, a: {kind: node, failures: {f: {mttf: 9d, mttr: 1h}}}}\n"
      "groups: {g: {policy: active_active, members: [a]}}\n"
      "services: {app: {from: users, through: [g]}}\n",
      64);
  EXPECT_FALSE(answer.estimates.costs);
}

/// What a measure is called stands in the list of names, for every topology of the library.
TEST(Figures, HaveKnownNames) {
  const std::set<std::string> known(known_measures().begin(), known_measures().end());
  for (const std::string& name : library_names()) {
    const Loaded loaded = load_topology_file(library_path(name));
    const auto system = compile(*loaded.topology);
    Experiment experiment = experiment_for(*loaded.topology);
    experiment.runs = 64;
    experiment.horizon_s = 10 * kDay_s;
    const Outcome outcome = run_experiment(*system, experiment);
    for (const Figure& f : figures_of(estimate(*system, experiment, outcome), experiment)) {
      std::string measure = f.measure;
      for (const char* quantile : {"_p50", "_p95", "_p99"}) {
        if (measure.ends_with(quantile)) measure.resize(measure.size() - 4);
      }
      EXPECT_TRUE(known.count(measure) != 0 || measure.starts_with("blame:")) << f.measure;
    }
  }
}

// ---- Doubt
// ---------------------------------------------------------------------------------------

std::string doubtful(const char* mttf) {
  return std::string("nines: 1\ncomponents:\n  users: {kind: client}\n") +
         "  a: {kind: node, failures: {crash: {mttf: " + mttf + ", mttr: 12h}}}\n" +
         "groups: {g: {policy: active_active, members: [a]}}\n"
         "services: {app: {from: users, through: [g]}}\n";
}

/// u = r / (f + r), with log f triangular between 10, 20 and 80 days: moments by the midpoint rule.
TEST(InputDoubt, ToldApartFromChanceIsTheSpreadOfTheIntegral) {
  const Loaded loaded = load_topology("test.yaml", doubtful("20d (10d..80d)"), "");
  ASSERT_TRUE(loaded.topology) << render(loaded.diagnostics, loaded.source);
  ASSERT_EQ(loaded.topology->doubts.size(), 1u);
  const double a = std::log(10.0);
  const double c = std::log(20.0);
  const double b = std::log(80.0);
  double mean = 0.0;
  double squares = 0.0;
  double below = 0.0;  // P(f < x), for quantiles
  double f05 = 0.0;
  double f95 = 0.0;
  constexpr int kSteps = 200'000;
  for (int i = 0; i < kSteps; ++i) {
    const double x = a + (b - a) * (i + 0.5) / kSteps;
    const double density =
        x < c ? 2 * (x - a) / ((b - a) * (c - a)) : 2 * (b - x) / ((b - a) * (b - c));
    const double weight = density * (b - a) / kSteps;
    const double u = 0.5 / (std::exp(x) + 0.5);
    mean += weight * u;
    squares += weight * u * u;
    below += weight;
    if (f05 == 0.0 && below >= 0.05) f05 = u;
    if (f95 == 0.0 && below >= 0.95) f95 = u;
  }
  const double sd = std::sqrt(squares - mean * mean);
  Experiment experiment;
  experiment.runs = 256'000;
  experiment.steady_state = true;
  const InputDoubt doubt = run_with_doubt(loaded, experiment, 2000);
  const DoubtSpread& u = doubt.services[0].unavailability;
  EXPECT_EQ(doubt.runs_each, 128u);
  // Errors of 2000 draws: of the mean sd / sqrt(n), of the deviation about sd / sqrt(2 n).
  EXPECT_NEAR(u.mean, mean, 5 * sd / std::sqrt(2000.0));
  EXPECT_NEAR(u.input_sd, sd, 5 * sd / std::sqrt(4000.0));
  EXPECT_NEAR(u.p95, f05, 0.08 * f05);  // a short life is a large unavailability
  EXPECT_NEAR(u.p05, f95, 0.08 * f95);
  EXPECT_LT(u.mean_error, 0.05 * u.input_sd);
}

/// Where the range is next to nothing, what is left is chance.
TEST(InputDoubt, OfNextToNothingIsNextToNothing) {
  const Loaded loaded = load_topology("test.yaml", doubtful("20d (19.999d..20.001d)"), "");
  Experiment experiment;
  experiment.runs = 64'000;
  experiment.steady_state = true;
  const DoubtSpread u = run_with_doubt(loaded, experiment, 200).services[0].unavailability;
  const double exact = 0.5 / 20.5;
  EXPECT_NEAR(u.mean, exact, 5 * u.mean_error);
  EXPECT_LT(u.input_sd, 0.03 * exact);  // 200 draws of 320 runs cannot tell less
}

/// Of shares the logarithms of the odds are triangular: their mean is that of the three corners.
TEST(InputDoubt, OfSharesIsOnTheirOdds) {
  const Loaded loaded = load_topology(
      "test.yaml",
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  a: {kind: node, failures: {c: {availability: 99.9 % (98 %..99.99 %), mttr: 8h}}}\n"
      "groups: {g: {policy: active_active, members: [a]}}\n"
      "services: {app: {from: users, through: [g]}}\n",
      "");
  ASSERT_TRUE(loaded.topology) << render(loaded.diagnostics, loaded.source);
  const auto odds = [](double x) { return std::log(x / (1.0 - x)); };
  const double a = odds(0.98);
  const double c = odds(0.999);
  const double b = odds(0.9999);
  constexpr std::size_t kDraws = 4000;
  double mean = 0.0;
  for (std::size_t i = 0; i < kDraws; ++i) {
    const Loaded drawn = with_drawn_inputs(loaded, 1, i);
    ASSERT_TRUE(drawn.topology);
    const Settings& mode = drawn.topology->components[1].settings->table("failures")[0].settings;
    const double x = mode.number("availability");
    ASSERT_GE(x, 0.98 * (1 - 1e-12));
    ASSERT_LE(x, 0.9999 * (1 + 1e-12));
    mean += odds(x) / kDraws;
  }
  // Variance of a triangular law: (a² + b² + c² − ab − ac − bc) / 18.
  const double sd = std::sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18.0);
  EXPECT_NEAR(mean, (a + b + c) / 3.0, 5.0 * sd / std::sqrt(double{kDraws}));
}

TEST(InputDoubt, StaysWithinItsRange) {
  const Loaded loaded = load_topology("test.yaml", doubtful("20d (10d..80d)"), "");
  double least = 1e300;
  double most = 0.0;
  for (std::size_t i = 0; i < 2000; ++i) {
    const Loaded drawn = with_drawn_inputs(loaded, 1, i);
    ASSERT_TRUE(drawn.topology);
    const Settings& crash = drawn.topology->components[1].settings->table("failures")[0].settings;
    const double mean_d = crash.law("mttf")->mean() / kDay_s;
    least = std::min(least, mean_d);
    most = std::max(most, mean_d);
  }
  EXPECT_GE(least, 10.0);
  EXPECT_LE(most, 80.0);
  EXPECT_LT(least, 11.0);
  EXPECT_GT(most, 70.0);
}

}  // namespace
}  // namespace nines
