// Load: response times against closed forms, and who serves how much.
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "models/response.hpp"
#include "tests/frozen.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

// ---- Queues ----------------------------------------------------------------------------------

/// Erlang's C formula as the textbooks have it: sums of powers over factorials.
double erlang_c(int servers, double load) {
  double sum = 0.0;
  double term = 1.0;
  for (int n = 0; n < servers; ++n) {
    sum += term;
    term *= load / (n + 1);
  }
  const double last = term * servers / (servers - load);
  return last / (sum + last);
}

/// P(T > t) of M/M/c, first come, first served (Gross, Harris, "Fundamentals of Queueing Theory",
/// 1998, section 2.3).
double tail_mmc(int servers, double arrivals, double rate, double t) {
  const double load = arrivals / rate;
  const double c = erlang_c(servers, load);
  const double gap = servers - 1 - load;
  const double more = std::fabs(gap) < 1e-9 ? rate * t : -std::expm1(-rate * gap * t) / gap;
  return std::exp(-rate * t) * (1.0 + c * more);
}

TEST(Queues, HaveTheTimesOfTheClosedForms) {
  for (const int servers : {1, 2, 4, 16, 50}) {
    for (const double utilisation : {0.05, 0.3, 0.6, 0.8, 0.9, 0.99}) {
      const double rate = 20.0;  // of one server
      const double capacity = rate * servers;
      const Queue queue(utilisation * capacity, capacity, servers);
      const double c = erlang_c(servers, utilisation * servers);
      EXPECT_NEAR(queue.waits, c, 1e-12 + 1e-10 * c) << servers << " " << utilisation;
      const double mean = c / (capacity * (1 - utilisation)) + 1 / rate;
      EXPECT_NEAR(queue.mean_response_s(), mean, 1e-12 * mean);
      ResponseLaw law;
      law.stages.push_back({{{1.0, true, queue}}});
      for (const double times : {0.1, 0.5, 1.0, 2.0, 5.0}) {
        const double t = times * mean;
        EXPECT_NEAR(law.tail(t), tail_mmc(servers, queue.arrivals_per_s, rate, t), 2e-7)
            << servers << " servers at " << utilisation << ", t " << t;
      }
    }
  }
}

TEST(Queues, InARowHaveTheLawOfTheSum) {
  // Two M/M/1 queues: hypoexponential with rates 10 and 4.
  ResponseLaw law;
  law.stages.push_back({{{1.0, true, Queue(90.0, 100.0, 1)}}});
  law.stages.push_back({{{1.0, true, Queue(46.0, 50.0, 1)}}});
  law.latency_s = 0.02;
  EXPECT_NEAR(law.mean_s(), 0.1 + 0.25 + 0.02, 1e-12);
  for (const double t : {0.05, 0.2, 0.5, 1.0, 2.0}) {
    const double exact = (10 * std::exp(-4 * t) - 4 * std::exp(-10 * t)) / 6;
    EXPECT_NEAR(law.tail(t + 0.02), exact, 2e-7) << t;
  }
  EXPECT_EQ(law.tail(0.01), 1.0);
}

TEST(Queues, WithoutServiceTimeTakeNone) {
  ResponseLaw law;
  law.stages.push_back({{{1.0, false, {}}}});
  law.latency_s = 0.004;
  EXPECT_EQ(law.mean_s(), 0.004);
  EXPECT_EQ(law.tail(0.003), 1.0);
  EXPECT_EQ(law.tail(0.005), 0.0);
}

std::string one_server(double load, int maxconn) {
  return "nines: 1\ncomponents:\n  users: {kind: client}\n"
         "  n: {kind: node, capacity: 200/s, maxconn: " +
         std::to_string(maxconn) +
         "}\ngroups: {g: {policy: active_active, members: n}}\n"
         "services: {s: {from: users, through: g, workload: {reads: " +
         std::to_string(load) + "/s}}}\n";
}

TEST(ResponseTime, OfAServiceIsThatOfItsQueue) {
  Experiment short_runs;
  short_runs.runs = 20;
  short_runs.horizon_s = 1e5;
  for (const int maxconn : {1, 8}) {
    for (const double load : {20.0, 100.0, 180.0, 198.0}) {
      const Answer a = ask(one_server(load, maxconn), short_runs);
      const double rate = 200.0 / maxconn;
      const double c = erlang_c(maxconn, load / rate);
      const double mean = c / (200.0 - load) + 1 / rate;
      EXPECT_NEAR(a.service().response_s->value, mean, 1e-9 * mean);
      for (const auto& [p, quantile] : {std::pair{0.5, a.service().response_quantiles_s->p50},
                                        std::pair{0.95, a.service().response_quantiles_s->p95},
                                        std::pair{0.99, a.service().response_quantiles_s->p99}}) {
        EXPECT_NEAR(tail_mmc(maxconn, load, rate, quantile.value), 1 - p, 1e-6);
      }
      EXPECT_EQ(a.service().saturated_per_year_s->value, 0.0);
    }
  }
}

TEST(ResponseTime, OfAnOverloadIsReportedAsOverload) {
  Experiment short_runs;
  short_runs.runs = 20;
  short_runs.horizon_s = 1e5;
  for (const double load : {200.0, 300.0}) {
    const Answer a = ask(one_server(load, 1), short_runs);
    EXPECT_FALSE(a.service().response_s);
    EXPECT_NEAR(a.service().saturated_per_year_s->value, kYear_s, 1e-3);
    EXPECT_NEAR(a.service().request_availability->value, 200.0 / load, 1e-9);
  }
}

TEST(ResponseTime, IsMixedOverTheStatesThatOccur) {
  // Two servers of 100/s at 120/s together; a tenth of the time each is down. One alone is
  // overloaded, so only the state with both counts, of which the share is known.
  Experiment steady;
  steady.steady_state = true;
  steady.runs = 3000;
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  n-[1..2]: {kind: node, capacity: 100/s, failures: {f: {mttf: 9d, mttr: 1d}}}\n"
          "groups: {g: {policy: active_active, members: n-*}}\n"
          "services: {s: {from: users, through: g, workload: {reads: 60/s}}}\n",
          steady);
  // Requests in proportion: 0.81 at 30/s each, 0.18 at 60/s on the one that is left.
  const double both = 0.81 / 0.99;
  const double mean = both / 70 + (1 - both) / 40;
  expect_agrees(*a.service().response_s, mean, "mean response");
  const double q = a.service().response_quantiles_s->p95.value;
  const double half = 0.5 * (a.service().response_quantiles_s->p95.high -
                             a.service().response_quantiles_s->p95.low);
  EXPECT_LT(half, 0.02 * q);
  // The quantile solves the mixture of two exponentials.
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < 100; ++i) {
    const double t = 0.5 * (low + high);
    (both * std::exp(-70 * t) + (1 - both) * std::exp(-40 * t) > 0.05 ? low : high) = t;
  }
  EXPECT_NEAR(q, low, 2.5 * half);
}

// ---- Who serves how much ---------------------------------------------------------------------

struct Numbers {
  std::unique_ptr<System> system;
  /// Of the state with everything up.
  ServiceNumbers of(const std::string& service) const {
    const Frozen frozen(*system->model);
    for (const CompiledService& s : system->services) {
      if (s.name != service) continue;
      const auto result = frozen.evaluated(system->model->evaluations[index(s.evaluation)]);
      const double* own = result.numbers.data() + s.first_number;
      return ServiceNumbers::read(own);
    }
    return {};
  }
};

Numbers numbers_of(const std::string& components, const std::string& groups,
                   const std::string& services, const std::string& links = "") {
  return {compile(topology_of("nines: 1\ncomponents:\n  users: {kind: client}\n" + components +
                              links + "groups:\n" + groups + "services:\n" + services))};
}

TEST(Served, IsTheSumOfSharesUpToEachCapacity) {
  // 300/s on three: shares of 100, of which 40, 100 and 100 are served; not min(300, 340).
  const Numbers n = numbers_of(
      "  a: {kind: node, capacity: 40/s}\n  b: {kind: node, capacity: 100/s}\n"
      "  c: {kind: node, capacity: 200/s}\n",
      "  g: {policy: active_active, members: [a, b, c]}\n",
      "  s: {from: users, through: g, workload: {reads: 300/s}}\n");
  EXPECT_DOUBLE_EQ(n.of("s").served_per_s, 240.0);
  EXPECT_TRUE(std::isinf(n.of("s").response_s));  // a's queue grows without bound
}

TEST(Served, BySharedMembersIsInProportionToTheirLoad) {
  const Numbers n = numbers_of(
      "  a: {kind: node, capacity: 90/s}\n",
      "  g: {policy: active_active, members: a}\n  h: {policy: active_active, members: a}\n",
      "  s: {from: users, through: g, workload: {reads: 60/s}}\n"
      "  t: {from: users, through: h, workload: {reads: 120/s}}\n");
  EXPECT_DOUBLE_EQ(n.of("s").served_per_s, 30.0);
  EXPECT_DOUBLE_EQ(n.of("t").served_per_s, 60.0);
}

TEST(Served, ByChainsThatShareMembersAtSeveralStagesSettles) {
  // s passes a then b, t passes b then a. On a: s brings 80, t what b lets through, and the other
  // way round: by symmetry x = 80 + 80 r with r = min(1, 100 / x).
  const Numbers n = numbers_of(
      "  a: {kind: node, capacity: 100/s}\n  b: {kind: node, capacity: 100/s}\n",
      "  g: {policy: active_active, members: a}\n  h: {policy: active_active, members: b}\n",
      "  s: {from: users, through: [g, h], workload: {reads: 80/s}}\n"
      "  t: {from: users, through: [h, g], workload: {reads: 80/s}}\n");
  // x² = 80 x + 8000: x = 40 + sqrt(1600 + 8000); served is 80 r².
  const double x = 40.0 + std::sqrt(9600.0);
  const double r = 100.0 / x;
  EXPECT_NEAR(n.of("s").served_per_s, 80.0 * r * r, 1e-6);
  EXPECT_NEAR(n.of("t").served_per_s, 80.0 * r * r, 1e-6);
}

TEST(Served, ThroughBranches) {
  // All: what both pass; 100 into each, of which 80 % and 50 %.
  const std::string nodes =
      "  w: {kind: node}\n  a: {kind: node, capacity: 80/s}\n  b: {kind: node, capacity: 50/s}\n";
  const std::string groups =
      "  g: {policy: active_active, members: w}\n  a-tier: {policy: active_active, members: a}\n"
      "  b-tier: {policy: active_active, members: b}\n";
  const Numbers all = numbers_of(nodes, groups,
                                 "  s: {from: users, through: [g, {all: [a-tier, b-tier]}], "
                                 "workload: {reads: 100/s}}\n");
  EXPECT_DOUBLE_EQ(all.of("s").served_per_s, 40.0);
  // Any: half to each, both below their capacity.
  const Numbers any = numbers_of(nodes, groups,
                                 "  s: {from: users, through: [g, {any: [a-tier, b-tier]}], "
                                 "workload: {reads: 100/s}}\n");
  EXPECT_DOUBLE_EQ(any.of("s").served_per_s, 100.0);
}

TEST(Served, ByGroupsInAGroupIsSharedAmongThemFirst) {
  // Two clusters of one and of two: 60 each, so 60 and 30 + 30.
  const Numbers n = numbers_of(
      "  a: {kind: node, capacity: 50/s}\n  b-[1..2]: {kind: node, capacity: 50/s}\n",
      "  one: {policy: active_active, members: a}\n  two: {policy: active_active, members: b-*}\n"
      "  both: {policy: active_active, members: [one, two]}\n",
      "  s: {from: users, through: both, workload: {reads: 120/s}}\n");
  EXPECT_DOUBLE_EQ(n.of("s").served_per_s, 110.0);
}

TEST(Classes, HavePathsOfTheirOwnAndAreReportedApart) {
  // Writes need the primary alone; reads may go to either. Both load the primary.
  const std::string text =
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  db-1: {kind: node, capacity: 100/s, failures: {f: {mttf: 9d, mttr: 1d}}}\n"
      "  db-2: {kind: node, capacity: 100/s, failures: {f: {mttf: 9d, mttr: 1d}}}\n"
      "groups:\n  any-db: {policy: active_active, members: db-*}\n"
      "  primary: {policy: active_active, members: db-1}\n"
      "services:\n  s: {from: users, reads: any-db, writes: primary, "
      "workload: {reads: 60/s, writes: 20/s}}\n";
  Experiment steady;
  steady.steady_state = true;
  steady.runs = 5000;
  const Answer a = ask(text, steady);
  ASSERT_EQ(a.estimates.services.size(), 3u);
  EXPECT_EQ(a.estimates.services[1].name, "s/reads");
  EXPECT_EQ(a.estimates.services[2].name, "s/writes");
  expect_agrees(a.service(0).availability, 0.9, "whole: writes fail first", true);
  expect_agrees(a.service(1).availability, 0.99, "reads", true);
  expect_agrees(a.service(2).availability, 0.9, "writes", true);
  // With both up the primary has 30 + 20.
  const Numbers n{compile(topology_of(text))};
  EXPECT_NEAR(n.of("s/writes").response_s, 1.0 / 50, 1e-12);
  EXPECT_NEAR(n.of("s/reads").response_s, 0.5 / 50 + 0.5 / 70, 1e-12);
}

TEST(Latency, IsCountedThereAndBackOnTheShortestPath) {
  const Numbers n = numbers_of(
      "  sw: {kind: switch, latency: 1ms}\n  far: {kind: wan, latency: 40ms}\n  w: {kind: node}\n"
      "  d: {kind: node}\n",
      "  g: {policy: active_active, members: w}\n  h: {policy: active_active, members: d}\n",
      "  s: {from: users, through: [g, h], workload: {reads: 1/s}}\n",
      "links:\n  u: {between: [users, sw], latency: 2ms}\n  l-w: {between: [sw, w], latency: 3ms}\n"
      "  l-d: {between: [sw, d], latency: 4ms}\n  x: {between: [w, far]}\n"
      "  y: {between: [far, d]}\n");
  // There: 2 + 1 + 3 to the web server, 3 + 1 + 4 on to the database; and back.
  EXPECT_NEAR(n.of("s").response_s, 2 * 0.014, 1e-12);
}

TEST(Classes, ThatAreServedCountWhileTheOtherIsNot) {
  // Reads always are, writes nine times in ten: 99 of 100 requests, though the service is down.
  Experiment steady;
  steady.steady_state = true;
  steady.runs = 4000;
  const Answer a = ask(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  web: {kind: node}\n"
      "  db: {kind: node, failures: {f: {mttf: 9d, mttr: 1d}}}\n"
      "groups:\n  g: {policy: active_active, members: web}\n"
      "  d: {policy: active_active, members: db}\n"
      "services: {s: {from: users, reads: g, writes: d, workload: {reads: 90/s, writes: 10/s}}}\n",
      steady);
  expect_agrees(a.service().availability, 0.9, "available", true);
  expect_agrees(*a.service().request_availability, 0.99, "requests", true);
}

TEST(Quantiles, OfOneRunHaveNoBounds) {
  Experiment one;
  one.runs = 1;
  const Answer a = ask(one_server(100, 1), one);
  EXPECT_EQ(a.service().response_quantiles_s->p95.low, 0.0);
  EXPECT_TRUE(std::isinf(a.service().response_quantiles_s->p95.high));
}

TEST(UntilFirstOutage, IsRefusedWhereNoHourOfTheProfileBringsOne) {
  const std::string text =
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n: {kind: node, capacity: 100/s}\n"
      "groups: {g: {policy: active_active, members: n}}\n"
      "services: {s: {from: users, through: g, workload: {reads: 50/s}, serves_at_least: 90 %, "
      "profile: {noon: {hours: 12:00-13:00, load: ";
  Experiment first;
  first.runs = 10;
  first.horizon_s = std::numeric_limits<double>::infinity();
  first.questions.until_first_outage = true;
  EXPECT_THROW(ask(text + "190 %}}}}\n", first), std::invalid_argument);
  const Answer a = ask(text + "300 %}}}}\n", first);
  EXPECT_NEAR(a.service().first_outage_s->value, 12 * kHour_s, 1e-6);
}

TEST(ServesAtLeast, CountsTheServiceAsDownBelowIt) {
  // One of four down leaves 75 %: down at 80 %, degraded at 70 %.
  const auto answer = [](const std::string& least) {
    Experiment steady;
    steady.steady_state = true;
    steady.runs = 4000;
    return ask(
        "nines: 1\ncomponents:\n  users: {kind: client}\n"
        "  n-[1..4]: {kind: node, capacity: 25/s, failures: {f: {mttf: 99h, mttr: 1h}}}\n"
        "groups: {g: {policy: active_active, members: n-*}}\n"
        "services: {s: {from: users, through: g, workload: {reads: 100/s}, serves_at_least: " +
            least + "}}\n",
        steady);
  };
  const double all_up = std::pow(0.99, 4);
  expect_agrees(answer("80 %").service().unavailability, 1 - all_up, "80 %");
  const double three = 4 * std::pow(0.99, 3) * 0.01;
  const Answer loose = answer("70 %");
  expect_agrees(loose.service().unavailability, 1 - all_up - three, "70 %");
  expect_agrees(*loose.service().degraded_per_year_s, three * kYear_s, "degraded");
}

TEST(Blame, OfAnOutageThatTheLoadBeginsGoesToTheProfile) {
  // One server of two is enough at night and not by day.
  Experiment experiment;
  experiment.runs = 500;
  const Answer a = ask(
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  n-[1..2]: {kind: node, capacity: 60/s, failures: {f: {mttf: 30d, mttr: 3d}}}\n"
      "groups: {g: {policy: active_active, members: n-*}}\n"
      "services: {s: {from: users, through: g, workload: {reads: 100/s}, serves_at_least: 90 %, "
      "profile: {night: {hours: 20:00-08:00, load: 50 %}}}}\n",
      experiment);
  bool profile = false;
  for (const BlameShare& share : a.service().by_cause) {
    profile = profile || share.names[0] == "s/load profile";
  }
  EXPECT_TRUE(profile);
  // What kept it down is a server, whatever began the outage.
  ASSERT_FALSE(a.service().by_set.empty());
  EXPECT_TRUE(a.service().by_set[0].names[0].starts_with("n-"));
}

TEST(Blame, BySetFollowsTheLoadWhileTheSameComponentsAreDown) {
  // Both are down from six to eighteen. Until noon either would do, so it takes both to keep it
  // down; after noon both must be up, and the second in the order of names is enough.
  Experiment day;
  day.runs = 2;
  day.horizon_s = 86400;
  const Answer a = ask(
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  a: {kind: node, capacity: 100/s, failures: {f: {time_to_failure: 6h, time_to_repair: "
      "12h}}}\n"
      "  b: {kind: node, capacity: 100/s, failures: {f: {time_to_failure: 6h, time_to_repair: "
      "12h}}}\n"
      "groups: {g: {policy: active_active, members: [a, b]}}\n"
      "services: {s: {from: users, through: g, workload: {reads: 100/s}, serves_at_least: 90 %, "
      "profile: {late: {hours: 12:00-24:00, load: 180 %}}}}\n",
      day);
  std::map<std::vector<std::string>, double> by_set;
  for (const BlameShare& share : a.service().by_set) by_set[share.names] = share.share.value;
  ASSERT_EQ(by_set.size(), 2u);
  const std::vector<std::string> morning{"a", "b"};
  const std::vector<std::string> afternoon{"b"};
  EXPECT_NEAR((by_set[morning]), 0.5, 1e-9);
  EXPECT_NEAR((by_set[afternoon]), 0.5, 1e-9);
}

TEST(Blame, BySetNamesARestoreThatIsNeededAtSomeDepth) {
  const std::string text =
      "nines: 1\ncomponents:\n  users: {kind: client}\n  web: {kind: node}\n"
      "  disk-[1..2]: {kind: volume, failures: {f: {mttf: 20d, time_to_repair: 0s, destroys_data: "
      "true}}}\n"
      "groups:\n  g: {policy: active_active, members: web";
  const std::string rest =
      "  array: {policy: raid, level: 1, members: disk-*, rebuild: 2d, restore: 1d}\n"
      "services: {s: {from: users, through: g";
  Experiment year;
  year.runs = 100;
  for (const auto& [of_group, of_service] :
       {std::pair{", needs: array}\n", "}}\n"}, std::pair{"}\n", ", needs: array}}\n"}}) {
    const Answer a = ask(text + of_group + rest + of_service, year);
    ASSERT_FALSE(a.service().by_set.empty());
    EXPECT_EQ(a.service().by_set[0].names, std::vector<std::string>{"array: restore"});
  }
}

}  // namespace
}  // namespace nines::test
