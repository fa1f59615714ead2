// Experiments: the same bits however they are run, sensible stops, and laws of each mechanism.
#include "studies/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

#include <gtest/gtest.h>

#include "engine/base/hash.hpp"
#include "engine/run/reference.hpp"
#include "studies/cli/report.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

std::string library_text(const std::string& name) {
  std::ifstream file(library_path(name));
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string json(const std::string& text, const Experiment& experiment) {
  const Topology topology = topology_of(text);
  const auto system = compile(topology);
  Experiment complete = experiment;
  complete.questions.availability_objective = topology.objectives.availability;
  complete.questions.rto_s = topology.objectives.rto_s;
  const Outcome outcome = run_experiment(*system, complete);
  const Estimates estimates = estimate(*system, complete, outcome);
  return cli::report_json({topology, complete, outcome, estimates, false});
}

class Library : public testing::TestWithParam<std::string> {};

TEST_P(Library, HasTheSameBytesForAnyThreadsAndWidths) {
  const std::string text = library_text(GetParam());
  Experiment e;
  e.runs = 1500;
  e.questions.at_s = {3600.0, 1e6};
  e.threads = 1;
  const std::string golden = json(text, e);
  for (const unsigned threads : {2U, 7U}) {
    e.threads = threads;
    EXPECT_EQ(json(text, e), golden) << threads << " threads";
  }
  for (const Width width : {Width::scalar, Width::avx2, Width::avx512}) {
    e.width = width;
    EXPECT_EQ(json(text, e), golden) << lanes(width).name;
  }
  e.seed = 2;
  EXPECT_NE(json(text, e), golden);
}

TEST_P(Library, HasTheSameBytesWhenStoppedByPrecisionOrInSteadyState) {
  const std::string text = library_text(GetParam());
  Experiment e;
  e.runs = 4000;
  e.precision = 0.2;
  e.steady_state = true;
  e.threads = 1;
  const std::string golden = json(text, e);
  e.threads = 7;
  EXPECT_EQ(json(text, e), golden);
}

struct Events final : EventObserver {
  std::vector<std::pair<double, std::uint32_t>> lines;
  void fired(double t_s, SlotId slot, const Reading&) override {
    lines.emplace_back(t_s, static_cast<std::uint32_t>(slot));
  }
};

/// What observers are told: signals and the numbers of evaluations.
struct Told final : Observer {
  struct Change {
    double t_s;
    std::uint32_t what;
    std::uint32_t origin;
    std::vector<double> values;
    bool operator==(const Change&) const = default;
  };
  std::vector<Change> changes;
  void signal_changed(const Moment& m, SignalId signal, bool value, SlotId origin) override {
    changes.push_back({m.t_s,
                       static_cast<std::uint32_t>(signal),
                       static_cast<std::uint32_t>(origin),
                       {value ? 1.0 : 0.0}});
  }
  void evaluated(const Moment& m, EvaluationId id, std::span<const double> numbers) override {
    changes.push_back({m.t_s, static_cast<std::uint32_t>(id), 0, {numbers.begin(), numbers.end()}});
  }
};

TEST_P(Library, IsToldAlikeByTheReferenceSimulator) {
  const auto system = compile(topology_of(library_text(GetParam())));
  OutageObserver watch(*system->model, system->services, {});
  Events fast, slow;
  Told fast_told, slow_told;
  Simulator simulator(*system->model, {4}, {&watch, &fast_told}, &fast);
  ReferenceSimulator reference(*system->model, 4, Start::all_new, {&slow_told}, &slow);
  // The slow one looks at everything at every event.
  const std::uint32_t runs = system->model->cells.size() > 300 ? 3 : 30;
  for (std::uint32_t run = 0; run < runs; ++run) {
    simulator.begin(run);
    watch.open(simulator.moment(), run);
    simulator.advance(10 * kYear_s);
    simulator.end();
    reference.run(run, 10 * kYear_s);
  }
  EXPECT_GT(fast.lines.size(), 100u);
  EXPECT_EQ(fast.lines, slow.lines);
  EXPECT_TRUE(fast_told.changes == slow_told.changes);

  // And without anyone who watches events, through the loop for plain modes: the same story, told
  // by the states that it reaches.
  Simulator quiet(*system->model, {4});
  Simulator watched(*system->model, {4}, {}, &fast);
  for (std::uint32_t run = 0; run < 30; ++run) {
    quiet.begin(run);
    watched.begin(run);
    for (int year = 1; year <= 10; ++year) {
      quiet.advance(year * kYear_s);
      watched.advance(year * kYear_s);
      const State& a = quiet.now();
      const State& b = watched.now();
      ASSERT_EQ(a.failed, b.failed);
      ASSERT_EQ(a.cells, b.cells);
      ASSERT_EQ(a.signal, b.signal);
      ASSERT_EQ(a.count, b.count);
      for (std::size_t i = 0; i < a.slots.size(); ++i) {
        ASSERT_EQ(a.slots[i].since_s, b.slots[i].since_s)
            << system->model->slot_name(SlotId(static_cast<std::uint32_t>(i)));
        ASSERT_EQ(a.slots[i].left_s, b.slots[i].left_s);
        ASSERT_EQ(a.slots[i].ordinal, b.slots[i].ordinal);
      }
    }
  }
}

TEST_P(Library, KeepsItsFailureTimesWhenAComponentIsAdded) {
  const auto times = [](const std::string& text) {
    const auto system = compile(topology_of(text));
    Events events;
    Simulator simulator(*system->model, {6}, {}, &events);
    std::vector<std::pair<double, std::string>> told;
    for (std::uint32_t run = 0; run < 20; ++run) {
      simulator.begin(run);
      simulator.advance(5 * kYear_s);
    }
    for (const auto& [t, slot] : events.lines) {
      const std::string name = system->model->slot_name(SlotId(slot));
      if (!name.starts_with("a-stranger")) told.emplace_back(t, name);
    }
    return told;
  };
  std::string text = library_text(GetParam());
  const auto alone = times(text);
  text.insert(text.find("components:\n") + 12,
              "  a-stranger-[1..9]: {kind: node, failures: {f: {mttf: 9d, mttr: 1d}}}\n");
  EXPECT_GT(alone.size(), 50u);
  EXPECT_EQ(times(text), alone);
}

INSTANTIATE_TEST_SUITE_P(All, Library, testing::ValuesIn(library_names()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Mser5, DropsTheTransientAndNoMore) {
  std::vector<double> series;
  for (int i = 0; i < 500; ++i) {
    const double noise = static_cast<double>(mix(static_cast<std::uint64_t>(i)) % 1000) / 1000.0;
    series.push_back(i < 60 ? 10.0 * (60 - i) / 60.0 + noise : noise);
  }
  const auto drop = mser5(series);
  ASSERT_TRUE(drop);
  EXPECT_GE(*drop, 40u);
  EXPECT_LE(*drop, 120u);
  for (double& x : series) x = 1.0;
  EXPECT_EQ(mser5(series), 0u);
  for (std::size_t i = 0; i < series.size(); ++i) series[i] = static_cast<double>(i);
  EXPECT_FALSE(mser5(series)) << "a trend without end has no steady state";
}

const char* const kPair =
    "nines: 1\n"
    "components:\n"
    "  users: {kind: client}\n"
    "  n-[1..2]: {kind: node, capacity: 60/s, failures: {f: {mttf: 1000h, mttr: 10h}}}\n"
    "groups: {g: {policy: active_active, members: n-*}}\n"
    "services: {s: {from: users, through: g, workload: {reads: 100/s}}}\n";

TEST(Served, IsTheShareOfEachMemberUpToItsCapacity) {
  // Both up: 100 of 100. One up: 60 of 100, degraded. None: down. Steady state, u = 10/1010.
  Experiment e;
  e.runs = 40'000;
  e.steady_state = true;
  const Answer a = ask(kPair, e);
  const double u = 10.0 / 1010.0;
  const double degraded = 2 * u * (1 - u);
  expect_agrees(*a.service().degraded_per_year_s, degraded * kYear_s, "degraded time");
  Estimate unserved =
      map_falling(*a.service().request_availability, [](double r) { return 1.0 - r; });
  expect_agrees(unserved, u * u + degraded * 0.4, "requests not served");
}

TEST(Degraded, LeavesTheFractionOfTheCapacity) {
  // One node of 100/s, half of it while degraded, 10 h in 1000 h; demand 80/s.
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  n: {kind: node, capacity: 100/s, failures: {slow: {mttf: 1000h, mttr: 10h, degraded: "
          "50 %}}}\n"
          "groups: {g: {policy: active_active, members: n}}\n"
          "services: {s: {from: users, through: g, workload: {writes: 80/s}}}\n",
          [] {
            Experiment e;
            e.runs = 20'000;
            e.steady_state = true;
            return e;
          }());
  EXPECT_TRUE(a.service().none_seen) << "degraded is not down";
  const double share = 10.0 / 1010.0;
  expect_agrees(*a.service().degraded_per_year_s, share * kYear_s, "degraded time");
  expect_agrees(map_falling(*a.service().request_availability, [](double r) { return 1.0 - r; }),
                share * 30.0 / 80.0, "requests not served");
}

TEST(Blame, AddsUpToTheDowntimeByCauseAndBySet) {
  Experiment e;
  e.runs = 2000;
  e.horizon_s = 10 * kYear_s;
  for (const char* name : {"web-shop", "cold-spare", "one-server"}) {
    const Answer a = ask(library_text(name), e);
    const ServiceSummary& s = a.summary();
    double by_cause = 0, by_set = 0;
    for (const auto& [key, sums] : s.by_cause) by_cause += sums.x;
    for (const auto& [key, sums] : s.by_set) by_set += sums.x;
    EXPECT_GT(s.down.x, 0) << name;
    EXPECT_NEAR(by_cause, s.down.x, 1e-9 * s.down.x) << name;
    EXPECT_NEAR(by_set, s.down.x, 1e-9 * s.down.x) << name;
  }
}

TEST(Blame, GoesToTheCauseInProportionToItsOutages) {
  // Two modes in series: the shares of downtime are MTTR/MTTF of each over their sum.
  Experiment e;
  e.runs = 20'000;
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  n: {kind: node, failures: {a: {mttf: 500h, mttr: 3h}, b: {mttf: 800h, mttr: 9h}}}\n"
          "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: users, through: "
          "g}}\n",
          e);
  const double a_load = 3.0 / 500, b_load = 9.0 / 800;
  for (const BlameShare& share : a.service().by_cause) {
    const double exact = (share.names[0] == "n/a" ? a_load : b_load) / (a_load + b_load);
    expect_agrees(share.share, exact, share.names[0], true);
  }
  // Competing modes, clocks in operating time: A = 1 / (1 + sum of MTTR / MTTF).
  expect_agrees(map_falling(a.service().availability, [](double x) { return 1.0 - x; }),
                1.0 - 1.0 / (1.0 + a_load + b_load), "unavailability");
}

TEST(Dormancy, OfHalfHalvesTheFailuresInStandby) {
  // Warm standby with two crews (own repair): a birth–death chain on the number failed, with rates
  // (1 + d) l, l and m, 2 m (Trivedi, section 8): U = p2.
  const double l = 1.0 / 500, m = 1.0 / 20, d = 0.5;
  const double p1 = (1 + d) * l / m, p2 = p1 * l / (2 * m);
  const double exact = p2 / (1 + p1 + p2);
  Experiment e;
  e.runs = 20'000;
  e.horizon_s = 10 * kYear_s;
  e.steady_state = true;
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  n-[1..2]: {kind: node, failures: {f: {mttf: 500h, mttr: 20h}}}\n"
          "groups: {g: {policy: active_standby, members: n-*, dormancy: 50 %}}\n"
          "services: {s: {from: users, through: g}}\n",
          e);
  expect_agrees(a.service().unavailability, exact, "unavailability");
}

/// Availability of two machines with one crew of a discipline, repairs of different lengths.
double with_discipline(const std::string& discipline, double& error) {
  Experiment e;
  e.runs = 20'000;
  e.horizon_s = 2 * kYear_s;
  e.steady_state = true;
  const Answer a = ask("nines: 1\ncrews: {ops: {discipline: " + discipline +
                           "}}\n"
                           "components:\n  users: {kind: client}\n"
                           "  n-[1..3]: {kind: node, failures: {f: {mttf: 100h, mttr: 10h, "
                           "repair: {crew: ops}}}}\n"
                           "groups: {g: {policy: active_active, members: n-*}}\n"
                           "services: {s: {from: users, through: g}}\n",
                       e);
  error = standard_error(a.service().unavailability);
  return a.service().unavailability.value;
}

TEST(Crew, OfAnyDisciplineIsTheMachineRepairmanForAlikeMachines) {
  // Exponential lives and repairs, alike machines: the number failed is the same birth–death chain
  // whatever the order, shared included. p_i ~ n!/(n-i)! rho^i.
  const double rho = 0.1;
  const double p[] = {1.0, 3 * rho, 6 * rho * rho, 6 * rho * rho * rho};
  const double exact = p[3] / (p[0] + p[1] + p[2] + p[3]);
  for (const char* discipline : {"fcfs", "random", "shared", "priority", "preemptive"}) {
    double error = 0;
    const double value = with_discipline(discipline, error);
    EXPECT_NEAR(value, exact, 5 * error) << discipline;
    EXPECT_LT(error, 0.02 * exact) << discipline;
  }
}

TEST(Crew, OfPriorityWithoutPreemptionFinishesWhatItHasBegun) {
  // Head-of-line priority, two machines: while one is repaired the other waits, in any order, so
  // priority alone changes nothing with two machines; with fcfs it is the same chain (B10).
  const auto u = [](const std::string& crew, const std::string& a, const std::string& b) {
    Experiment e;
    e.runs = 20'000;
    e.horizon_s = 2 * kYear_s;
    e.steady_state = true;
    return ask("nines: 1\ncrews: {ops: {discipline: " + crew +
                   "}}\n"
                   "components:\n  users: {kind: client}\n"
                   "  a: {kind: node, failures: {f: {mttf: 1000h, mttr: 10h, repair: {crew: ops" +
                   a +
                   "}}}}\n"
                   "  b: {kind: node, failures: {f: {mttf: 300h, mttr: 40h, repair: {crew: ops" +
                   b +
                   "}}}}\n"
                   "groups: {g: {policy: active_active, members: [a, b]}}\n"
                   "services: {s: {from: users, through: g}}\n",
               e)
        .service()
        .unavailability;
  };
  expect_agrees(u("priority", ", priority: 1", ", priority: 2"), 0.004841390273863718, "priority");
}

TEST(Rto, IsJudgedByWholeOutagesAlsoWhenTheHorizonCutsThem) {
  // One failure, at a uniform time within the horizon (a Weibull of shape 1 over a short horizon is
  // as good as that), lasts 10 h; the objective is 5 h: no run with an outage meets it.
  Experiment e;
  e.runs = 4000;
  e.horizon_s = 20 * kHour_s;
  const Answer a = ask(
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  n: {kind: node, failures: {f: {mttf: 40h, time_to_repair: 10h}}}\n"
      "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: users, through: g}}\n"
      "objectives: {rto: 5h}\n",
      e);
  EXPECT_EQ(a.estimates.objectives.at(0).met.value, a.service().no_outage.value);
  EXPECT_LT(a.service().no_outage.value, 0.9);
}

TEST(Precision, StopsOnceTheIntervalIsNarrowEnough) {
  Experiment e;
  e.runs = 10'000'000;
  e.precision = 0.05;
  const Answer a = ask(kPair, e);
  EXPECT_EQ(a.outcome.stopped_by, StoppedBy::precision);
  const Estimate& u = a.service().unavailability;
  EXPECT_LE(0.5 * (u.high - u.low), 0.05 * u.value);
  EXPECT_GE(a.summary().runs_with_outage, 100u);
  EXPECT_LT(a.outcome.summary.runs, 1'000'000u);
}

TEST(NoneSeen, IsABoundAndNeverAHundredPercent) {
  Experiment e;
  e.runs = 100;
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  n-[1..4]: {kind: node, failures: {f: {mttf: 10y, mttr: 6h}}}\n"
          "groups: {g: {policy: active_active, members: n-*}}\nservices: {s: {from: users, "
          "through: g}}\n",
          e);
  const ServiceEstimates& s = a.service();
  EXPECT_TRUE(s.none_seen);
  // -ln(0.025) / 100 a year, each of six hours.
  EXPECT_NEAR(s.unavailability.high, 3.688879 / 100 * 6 * kHour_s / kYear_s, 1e-9);
  EXPECT_LT(s.availability.low, 1.0);
  EXPECT_TRUE(std::isfinite(s.nines.low));
}

TEST(UntilFirstOutage, OfAServiceThatCannotFailIsRefused) {
  Experiment e;
  e.questions.until_first_outage = true;
  e.horizon_s = std::numeric_limits<double>::infinity();
  const auto system =
      compile(topology_of("nines: 1\ncomponents:\n  users: {kind: client}\n  n: {kind: node}\n"
                          "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: "
                          "users, through: g}}\n"));
  EXPECT_THROW(run_experiment(*system, e), std::invalid_argument);
}

TEST(Memory, OfARunDoesNotGrowWithTheHorizon) {
  // A hundred times the horizon, a hundred times the events, the same state.
  const auto system = compile(topology_of(library_text("web-shop")));
  const auto bytes = [&](double years) {
    Simulator simulator(*system->model, {1});
    simulator.begin(0);
    simulator.advance(years * kYear_s);
    const State& s = simulator.now();
    return s.slots.capacity() * sizeof(Slot) + s.cells.capacity() + s.signal.capacity() +
           s.failed.capacity() + s.timers.capacity() * sizeof(TimerState);
  };
  EXPECT_EQ(bytes(1), bytes(100));
}

}  // namespace
}  // namespace nines::test
