// Plans: the choice is that of the exact answers, on any number of threads.
#include <gtest/gtest.h>

#include "studies/exact.hpp"
#include "studies/study/factor.hpp"
#include "studies/study/plan.hpp"
#include "studies/study/runner.hpp"

namespace nines {
namespace {

const std::atomic<bool> kNever{false};

LoadedStudy study_of(const std::string& body, const std::string& base) {
  StudyTexts texts;
  texts.path = "test.yaml";
  texts.text = "nines-study: 1\ntopology: base.yaml\n" + body;
  texts.topology_path = "base.yaml";
  texts.topology_text = base;
  LoadedStudy loaded = load_study(std::move(texts));
  EXPECT_TRUE(loaded.study) << render(loaded);
  return loaded;
}

std::string base_with(const std::string& cost, const std::string& service = "") {
  return "nines: 1\n"
         "types: {server: {cost: {" +
         cost +
         "}, failures: {crash: {mttf: 30d, mttr: 20h}}}}\n"
         "components: {users: {kind: client}, \"a-[1..2]\": {kind: node, type: server}}\n"
         "groups: {g: {policy: active_active, members: a-*}}\n"
         "services: {app: {from: users, through: [g]" +
         service + "}}\n";
}

PlanResult planned(const LoadedStudy& loaded, unsigned threads) {
  CompiledDesigns designs(loaded);
  PlanLeader leader(designs, {});
  EXPECT_TRUE(run_on_threads(leader, designs, threads, kNever));
  return leader.result();
}

const std::string kParts =
    "parts:\n"
    "  cheap: {cost: {buy: 1000 USD, repair: 100 USD}, failures: {crash: {mttf: 30d, mttr: 20h}}}\n"
    "  dear: {cost: {buy: 6000 USD, repair: 100 USD}, failures: {crash: {mttf: 120d, mttr: 20h}}}\n"
    "factors:\n"
    "  number: {count: \"a-[1..2]\", values: [1, 2, 3]}\n"
    "  part: {part: types.server, of: [cheap, dear]}\n";

/// With prices that are sure: the cheapest of those whose exact unavailability is below the bound.
TEST(Plan, ChoosesWhatTheExactAnswersSay) {
  const LoadedStudy loaded =
      study_of(kParts + "objectives: {availability: 99.85 %}\n", base_with("buy: 1 USD"));
  CompiledDesigns designs(loaded);
  std::optional<std::size_t> right;
  double least = 0.0;
  for (std::size_t d = 0; d < designs.size(); ++d) {
    const auto design = designs.get(d);
    ExactQuestion question;
    question.horizon_s = loaded.study->experiment.horizon_s;
    const double u = solve(*design->system, question).services[0].horizon->unavailability;
    ASSERT_GT(std::abs(u / 0.0015 - 1), 0.06) << "too near to the bound for a test";
    const double cost = design->system->costs.capital_per_s;
    if (u <= 0.0015 && (!right || cost < least)) {
      right = d;
      least = cost;
    }
  }
  ASSERT_TRUE(right);
  const PlanResult result = planned(loaded, 2);
  EXPECT_EQ(result.chosen, right);
  EXPECT_TRUE(result.sure);
}

TEST(Plan, DoesNotHangOnTheNumberOfThreads) {
  const LoadedStudy loaded = study_of(kParts + "objectives: {availability: 99.85 %}\n",
                                      base_with("buy: 1 USD", ", downtime_cost: 100 USD/h"));
  const PlanResult one = planned(loaded, 1);
  for (const unsigned threads : {2U, 7U}) {
    const PlanResult other = planned(loaded, threads);
    EXPECT_EQ(other.chosen, one.chosen);
    EXPECT_EQ(other.runs, one.runs);
    for (std::size_t d = 0; d < one.designs.size(); ++d) {
      EXPECT_EQ(other.designs[d].runs, one.designs[d].runs);
      EXPECT_EQ(other.designs[d].verdict, one.designs[d].verdict);
      EXPECT_EQ(other.designs[d].cost_per_year, one.designs[d].cost_per_year);
    }
  }
}

/// Costs that chance decides: 1000 USD/h of downtime make the second server pay, though it is never
/// needed to meet the bound. Exactly, a year: one cheap server 200 USD bought, and 365 d * u * 24 h
/// * 1000 USD/h down; the pair twice the first and the square of the second, about.
TEST(Plan, WeighsCostsThatChanceDecides) {
  const LoadedStudy loaded = study_of(kParts + "objectives: {availability: 90 %}\n",
                                      base_with("buy: 1 USD", ", downtime_cost: 1000 USD/h"));
  const PlanResult result = planned(loaded, 2);
  ASSERT_TRUE(result.chosen);
  EXPECT_TRUE(result.sure);
  // One: 235,000 a year down; two: 6,400; three: 170 and 600 bought; repairs 1,200 each.
  EXPECT_EQ(loaded.study->label(*result.chosen), "number = 2, part = dear")
      << loaded.study->label(*result.chosen);
}

/// Designs that cannot be told apart, or whose costs differ by less than the tolerance: either is
/// right, and runs are not spent on them.
TEST(Plan, DoesNotPartEquals) {
  const std::string twice =
      "factors: {x: {choices: {a: {}, b: {title: another}, c: {types.server.cost.buy: 999.9 "
      "USD}}}}\n"
      "objectives: {availability: 90 %}\n";
  const LoadedStudy loaded =
      study_of(twice, base_with("buy: 1000 USD, repair: 100 USD", ", downtime_cost: 100 USD/h"));
  const PlanResult result = planned(loaded, 2);
  EXPECT_TRUE(result.chosen);
  EXPECT_TRUE(result.sure);
  EXPECT_LT(result.runs, 100'000u);  // of 30 million
}

TEST(Plan, SaysThatNoDesignMeetsTheObjectives) {
  const LoadedStudy loaded =
      study_of(kParts + "objectives: {availability: 99.99999 %}\nplan: {runs_at_most: 200000}\n",
               base_with("buy: 1 USD"));
  const PlanResult result = planned(loaded, 2);
  EXPECT_FALSE(result.chosen && result.sure);
}

/// Runs that give out before costs are told apart leave a guess, and it says so. One server is down
/// in a run of 250 and costs a million an hour then: cheap as long as nobody has seen it.
TEST(Plan, IsNotSureOfCostsThatNobodyHasSeen) {
  const std::string base =
      "nines: 1\n"
      "types: {server: {cost: {run: 1000 USD/y}, failures: {crash: {mttf: 250y, mttr: 2h}}}}\n"
      "components: {users: {kind: client}, \"a-[1..2]\": {kind: node, type: server}}\n"
      "groups: {g: {policy: active_active, members: a-*}}\n"
      "services: {app: {from: users, through: [g], downtime_cost: 1000000 USD/h}}\n";
  for (int seed = 1; seed <= 5; ++seed) {
    LoadedStudy loaded = study_of(
        "factors: {n: {count: \"a-[1..2]\", values: [1, 2]}}\n"
        "objectives: {availability: 99 %}\nplan: {runs_at_most: 1280}\n",
        base);
    loaded.study->experiment.seed = static_cast<std::uint64_t>(seed);
    EXPECT_FALSE(planned(loaded, 2).sure) << seed;
  }
}

/// Two groups of which one loses 14 writes an hour of lag and the other none: the bound is for
/// both.
TEST(Plan, CountsLossesOfAllGroups) {
  const auto group = [](const std::string& name, const std::string& mttf) {
    return "  " + name +
           "-[1..2]: {kind: node, cost: {run: 10 USD/month}, failures: {c: {mttf: " + mttf +
           ", mttr: 5min}}}\n";
  };
  const std::string base =
      "nines: 1\ncomponents:\n  users: {kind: client}\n" + group("a", "100d") +
      group("b", "100000y") +
      "groups:\n"
      "  ga: {policy: primary_replica, members: a-*, detection: {delay: {down: 1s}}, takeover: 1s,"
      " replication: {mode: asynchronous, lag: 60s}}\n"
      "  gb: {policy: primary_replica, members: b-*, detection: {delay: {down: 1s}}, takeover: 1s,"
      " replication: {mode: asynchronous, lag: 1h}}\n"
      "services:\n"
      "  one: {from: users, through: ga, workload: {writes: 1/s}}\n"
      "  two: {from: users, through: gb, workload: {writes: 1/s}}\n";
  const auto loaded = [&](const std::string& bound) {
    return study_of(
        "factors: {takeover: {path: groups.ga.takeover, values: [1s, 2s]}}\n"
        "objectives: {lost_writes_per_year: " +
            bound + "}\nplan: {runs_at_most: 20000}\n",
        base);
  };
  // 3.65 failures a year of the primary, of 60 writes and those of the second until it is noticed.
  const PlanResult missed = planned(loaded("180"), 2);
  EXPECT_FALSE(missed.chosen && missed.sure);
  const PlanResult met = planned(loaded("400"), 2);
  EXPECT_TRUE(met.chosen);
  EXPECT_TRUE(met.sure);
}

TEST(Plan, RefusesWhatItCannotAnswer) {
  const auto refused = [](const std::string& body, const std::string& base) {
    const LoadedStudy loaded = study_of(body, base);
    CompiledDesigns designs(loaded);
    try {
      PlanLeader leader(designs, {});
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const std::string factor = "factors: {number: {count: \"a-[1..2]\", values: [1, 2]}}\n";
  EXPECT_TRUE(refused(factor, base_with("buy: 1 USD")).starts_with("there is nothing to meet"));
  EXPECT_TRUE(refused(factor + "objectives: {availability: 99 %}\n",
                      "nines: 1\n"
                      "components: {users: {kind: client}, \"a-[1..2]\": {kind: node, failures: "
                      "{f: {mttf: 9d, mttr: 1h}}}}\n"
                      "groups: {g: {policy: active_active, members: a-*}}\n"
                      "services: {app: {from: users, through: [g]}}\n")
                  .starts_with("nothing has a price"));
  EXPECT_TRUE(refused("parts: {x: {cost: {buy: 9 USD}, failures: {f: {mttf: 9d, mttr: 1h}}}}\n"
                      "factors: {part: {part: types.server, of: [x]}}\n"
                      "objectives: {availability: 99 %}\nplan: {cost_tolerance: 5 EUR/y}\n",
                      "nines: 1\n"
                      "types: {server: {failures: {f: {mttf: 9d, mttr: 1h}}}}\n"
                      "components: {users: {kind: client}, a: {kind: node, type: server}}\n"
                      "groups: {g: {policy: active_active, members: a}}\n"
                      "services: {app: {from: users, through: [g]}}\n")
                  .ends_with("and prices are in USD"));
}

// ---- The library and the language
// ------------------------------------------------------------------

TEST(StudyLibrary, IsWhole) {
  const std::vector<std::string> names = study_library_names();
  EXPECT_GE(names.size(), 8u);
  for (const std::string& name : names) {
    LoadedStudy loaded = load_study_file(study_library_path(name));
    ASSERT_TRUE(loaded.study) << render(loaded);
    EXPECT_EQ(invalid_designs(loaded), "") << name;
    EXPECT_FALSE(loaded.study->title.empty()) << name;
    EXPECT_GE(loaded.texts.text.find("nines-study:"), 200u) << name << " explains nothing";
  }
}

TEST(StudyFile, AChangeIsThatOfTheWrittenTopology) {
  const std::string base = base_with("buy: 1 USD");
  const LoadedStudy loaded = study_of(
      "factors:\n"
      "  repair: {path: types.server.failures.crash.time_to_repair, values: [lognormal(mean=8h "
      "cv=1)]}\n"
      "  number: {count: \"a-[1..2]\", values: [3]}\n",
      base);
  std::string written = base;
  written.replace(written.find("mttr: 20h"), 9, "time_to_repair: lognormal(mean=8h cv=1)");
  written.replace(written.find("a-[1..2]"), 8, "a-[1..3]");
  const Loaded by_hand = load_topology("x.yaml", written, "");
  ASSERT_TRUE(by_hand.topology) << render(by_hand.diagnostics, by_hand.source);
  const Loaded varied = design_document(*loaded.study, *loaded.base, 0);
  ASSERT_TRUE(varied.topology) << render(varied.diagnostics, varied.source);
  EXPECT_EQ(varied.topology->input_hash, by_hand.topology->input_hash);
}

/// How many there are of a range, and what is in it, may both vary; a part may be like a type of
/// whose name there is a part, too.
TEST(StudyFile, MayVaryARangeAndWhatIsInIt) {
  LoadedStudy loaded = study_of(
      "factors:\n"
      "  number: {count: \"a-[1..2]\", values: [2, 3]}\n"
      "  price: {path: \"components.a-[1..2].cost.buy\", values: [5 USD, 9 USD]}\n",
      base_with("buy: 1 USD"));
  ASSERT_TRUE(loaded.study);
  EXPECT_EQ(loaded.study->designs.size(), 4u);
  EXPECT_EQ(invalid_designs(loaded), "");
  LoadedStudy parts = study_of(
      "parts:\n"
      "  server: {like: other, cost: {buy: 5 USD}}\n"
      "  other: {cost: {buy: 7 USD}, failures: {crash: {mttf: 90d, mttr: 20h}}}\n"
      "factors: {part: {part: types.server, of: [server, other]}}\n",
      "nines: 1\n"
      "types:\n"
      "  server: {cost: {buy: 1 USD}, failures: {crash: {mttf: 30d, mttr: 20h}}}\n"
      "  other: {failures: {crash: {mttf: 50d, mttr: 20h}}}\n"
      "components: {users: {kind: client}, a: {kind: node, type: server}}\n"
      "groups: {g: {policy: active_active, members: a}}\n"
      "services: {app: {from: users, through: [g]}}\n");
  EXPECT_EQ(invalid_designs(parts), "");
}

TEST(StudyFile, RangesOfSharesKeepTheirNines) {
  std::string problem, hint;
  using Texts = std::vector<std::string>;
  EXPECT_EQ(values_of({"50 %", "350 %", 4, false, false}, problem, hint),
            (Texts{"50 %", "150 %", "250 %", "350 %"}));
  EXPECT_EQ(values_of({"99.99 %", "99.9999 %", 3, false, false}, problem, hint),
            (Texts{"99.99 %", "99.99495 %", "99.9999 %"}));
  EXPECT_EQ(values_of({"10 %", "100 %", 4, false, false}, problem, hint),
            (Texts{"10 %", "40 %", "70 %", "100 %"}));
}

TEST(StudyFile, LatinHypercubesGoThroughEveryStratumOnce) {
  const LoadedStudy loaded = study_of(
      "factors:\n"
      "  life: {path: types.server.failures.crash.mttf, range: {from: 10d, to: 1000d, steps: 2, "
      "scale: logarithmic}}\n"
      "  repair: {path: types.server.failures.crash.mttr, range: {from: 1h, to: 11h, steps: 2}}\n"
      "  number: {count: \"a-[1..2]\", values: [1, 2, 3, 4, 5]}\n"
      "sweep: {latin_hypercube: {designs: 40}}\n",
      base_with("buy: 1 USD"));
  const Study& study = *loaded.study;
  ASSERT_EQ(study.designs.size(), 40u);
  for (std::size_t f = 0; f < 3; ++f) {
    std::vector<int> times(study.factors[f].levels.size());
    for (const StudyDesign& design : study.designs) ++times[*design.levels[f]];
    for (const int each : times) EXPECT_EQ(each, f == 2 ? 8 : 1);
  }
  // The middle of the first stratum of forty: 1 h + 10 h / 80.
  EXPECT_EQ(study.factors[1].levels[0].label, "1.125h");
  EXPECT_NEAR(*study.factors[0].levels[0].number / 86400.0, 10 * std::pow(100.0, 1.0 / 80), 1e-3);
  // The orders are not the same.
  EXPECT_NE(study.designs[0].levels[0], study.designs[0].levels[1]);
}

}  // namespace
}  // namespace nines
