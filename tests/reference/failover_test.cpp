// The reference cases of redundancy with failover in time.
#include <cmath>

#include "models/mechanisms/detection.hpp"
#include "tests/reference/case.hpp"
#include "tests/reference/topologies.hpp"

namespace nines::test {
namespace {

/// The share of all time in which a service is down for want of what `name` says.
Estimate time_blamed_on(const Answer& a, const std::string& name, std::size_t service = 0) {
  const ServiceSummary& s = a.summary(service);
  const auto& waits = a.system->services[service].waits;
  PairSums sums;
  for (const auto& [set, pair] : s.by_set) {
    std::string of;
    for (const std::uint32_t item : set) {
      if (item >= kWait) {
        of = waits[item - kWait].second;
      } else {
        of += (of.empty() ? "" : "+") + a.system->model->components[item].name;
      }
    }
    if (of == name) sums.merge(pair);
  }
  const auto runs = static_cast<double>(a.outcome.summary.runs);
  const double horizon_s = a.outcome.summary.observed_s / runs;
  const double mean = sums.x / runs;
  const double error = std::sqrt((sums.xx / runs - mean * mean) / runs);
  constexpr double kZ = 1.959963985;
  return {mean / horizon_s, (mean - kZ * error) / horizon_s, (mean + kZ * error) / horizon_s};
}

TEST(ReferenceCase, B05_ActiveActiveWithImperfectCoverage) {
  const Case c("B05");
  const Answer a = ask(b05(), steady(10, 20'000));
  steady_measures(c, a);
  c.agrees(a.service().downtime_per_year_s, "downtime_min_per_year", 60.0);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(time_blamed_on(a, "g: takeover"), "P(failover state)");
  c.agrees(time_blamed_on(a, "g: by hand"), "P(reboot state)");
  c.agrees(time_blamed_on(a, "n-1+n-2"), "P(both down)");
}

TEST(ReferenceCase, B06_TakeoverOfAFixedTime) {
  const Case c("B06");
  const Answer a = ask(b06(), steady(10, 20'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
  c.agrees(time_blamed_on(a, "g: takeover"), "P(takeover in progress)");
  c.agrees(time_blamed_on(a, "n-1+n-2"), "P(both nodes down)");
}

TEST(ReferenceCase, B07_FailbackWithAnOutageOfItsOwn) {
  const Case c("B07");
  const Answer a = ask(b07(), steady(20, 40'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(time_blamed_on(a, "g: failback"), "P(failback in progress)");
  c.agrees(time_blamed_on(a, "g: takeover"), "P(takeover in progress)");
  c.agrees(time_blamed_on(a, "p+s"), "P(both nodes down)");
}

TEST(ReferenceCase, B11_SwitchThatMayFail) {
  const Case c("B11");
  const Answer a = ask(b11(), steady(10, 20'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
}

TEST(ReferenceCase, E03_ThreeTiersWithImperfectCoverage) {
  const Case c("E03");
  const std::string text = e03();
  const Answer a = ask(text, steady(10, 5'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
  c.agrees(a.service().downtime_per_year_s, "downtime_min_per_year", 60.0);
  c.agrees(*ask(text, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, E04_StalePool) {
  const Case c("E04");
  const Answer a = ask(e04(), steady(1, 20'000));
  const Estimate& served = *a.service().request_availability;
  const Estimate failed{1.0 - served.value, 1.0 - served.high, 1.0 - served.low};
  c.agrees(failed, "failed_request_fraction");
  const double per_year = 1000.0 * kYear_s;
  c.agrees({failed.value * per_year, failed.low * per_year, failed.high * per_year},
           "failed_requests_per_year");
}

TEST(ReferenceCase, F01_LatencyOfAHealthCheck) {
  const Case c("F01");
  HealthCheck check;
  check.interval_s = check.fast_s = check.down_s = 10.0;
  check.timeout_s = 2.0;
  check.paced_by_start = true;
  const LawPtr latency = check.notice(Looks::silent);
  EXPECT_NEAR(latency->mean(), c.exact("mean_latency_s"), 1e-9);
  EXPECT_NEAR(latency->quantile(1e-12), c.exact("min_latency_s"), 1e-9);
  EXPECT_NEAR(latency->quantile_of_complement(1e-12), c.exact("max_latency_s"), 1e-9);
  EXPECT_NEAR(std::pow(latency->cv() * latency->mean(), 2.0), c.exact("variance_s2"), 1e-9);
  EXPECT_NEAR(latency->quantile(0.95), c.exact("p95_latency_s"), 1e-9);
  EXPECT_NEAR(latency->complement(30.0), c.exact("P(latency>30s)"), 1e-9);
}

/// Their standby is always there; ours is repaired in a minute, and one time in 120,000 is not.
TEST(ReferenceCase, F02_HealthChecksThenPromotion) {
  const Case c("F02");
  const std::string text = pair_of(
      "effect: silent, mttf: 2000h, time_to_repair: 1min",
      "policy: active_standby, takeover: 15s, detection: {health_check: {interval: 10s, fall: 3, "
      "timeout: 2s, paced: start}}");
  const Answer a = ask(text, steady(1, 20'000));
  c.agrees(*a.service().outage_length_s, "mean_outage_s");
  c.agrees(a.service().unavailability, "steady_unavailability");
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(a.service().downtime_per_year_s, "downtime_s_per_year");
  const Answer year = ask(text, years(1, 20'000));
  c.agrees(year.service().downtime_per_year_s, "expected_downtime_in_[0,8760h]_s");
}

TEST(ReferenceCase, F03_VrrpTimers) {
  const Case c("F03");
  struct Row {
    std::string what;
    int version;
    double advertisement_s;
    int priority;
  };
  for (const Row& row :
       {Row{"(v2,adv=1,prio=100)", 2, 1.0, 100}, Row{"(v2,adv=1,prio=254)", 2, 1.0, 254},
        Row{"(v3,adv=0.1,prio=200)", 3, 0.1, 200}}) {
    Vrrp vrrp;
    vrrp.version = row.version;
    vrrp.advertisement_s = row.advertisement_s;
    EXPECT_NEAR(vrrp.skew_s(row.priority), c.exact("skew_s" + row.what), 1e-12);
    EXPECT_NEAR(vrrp.master_down_s(row.priority), c.exact("master_down_interval_s" + row.what),
                1e-12);
    const LawPtr outage = vrrp.notice(row.priority);
    EXPECT_NEAR(outage->mean(), c.exact("mean_outage_s" + row.what), 1e-12);
    EXPECT_NEAR(outage->quantile(1e-12), c.exact("min_outage_s" + row.what), 1e-9);
    EXPECT_NEAR(outage->quantile_of_complement(1e-12), c.exact("max_outage_s" + row.what), 1e-9);
    // And through the whole simulator: two routers of which one is back in a minute.
    const Answer a =
        ask(pair_of("effect: silent, mttf: 4380h, time_to_repair: 1min",
                    "policy: active_standby, detection: {vrrp: {preempt: false, version: " +
                        std::to_string(row.version) +
                        ", advertisement: " + (row.version == 2 ? "1s" : "100ms") +
                        ", priorities: [255, " + std::to_string(row.priority) + "]}}"),
            years(1, 20'000));
    if (row.priority != 100) continue;
    // The first failure of a run is that of the first router; then each takes over from the other,
    // with the skew of its own priority: 0.004 s and 0.609 s.
    const double first = c.exact("mean_outage_s" + row.what);
    EXPECT_GT(a.service().outage_length_s->value, first - 0.61);
    EXPECT_LT(a.service().outage_length_s->value, first);
  }
  // With pre-emption the first router is master nearly always.
  const Answer a =
      ask(pair_of("effect: silent, mttf: 4380h, time_to_repair: 1min",
                  "policy: active_standby, detection: {vrrp: {priorities: [150, 100]}}"),
          years(1, 200'000));
  expect_agrees(*a.service().outage_length_s, c.exact("mean_outage_s(v2,adv=1,prio=100)"),
                "mean outage through the simulator");
  c.agrees(a.service().unavailability,
           "steady_unavailability(v2,adv=1,prio=100,MTTF=4380h,backup always available)");
}

/// The mean over runs of a quantity, with its interval.
Estimate mean_of(const PairSums& sums, const Answer& answer) {
  const std::uint64_t runs = answer.outcome.summary.runs;
  return mean_over_runs(sums.x, sums.xx, sums.largest_x, sums.added, runs, 0.95);
}

TEST(ReferenceCase, J01_StickySessionsOfAConstantPopulation) {
  const Case c("J01");
  const Answer a = ask(j01(), steady(1, 20'000));
  const ServiceSummary& s = a.summary();
  c.agrees(mean_of(s.lost_sessions, a), "lost_sessions_per_year");
  c.agrees(ratio(s.lost_sessions, 0.95), "mean_lost_per_failure");
  PairSums failures = s.lost_sessions;
  failures.x = failures.y;
  failures.xx = failures.yy;
  failures.largest_x = 60;
  c.agrees(mean_of(failures, a), "server_failures_per_year");
  // The first failure finds all five up, nearly always.
  const Answer soon = ask(j01(), [] {
    Experiment e = years(1.0 / 8760.0, 200'000);
    return e;
  }());
  EXPECT_NEAR(ratio(soon.summary().lost_sessions, 0.95).value,
              c.exact("lost_sessions_per_first_failure"), 2.0);
}

TEST(ReferenceCase, J02_SessionsPinnedToServers) {
  const Case c("J02");
  const Answer a = ask(j02(), steady(1, 20'000));
  const ServiceSummary& s = a.summary();
  const Estimate lost = mean_of(s.lost_sessions, a);
  c.agrees(lost, "lost_sessions_per_year");
  const double begun = 20.0 * s.sessions_open_s / static_cast<double>(a.outcome.summary.runs);
  const double factor = 1.0 / begun;
  c.agrees({lost.value * factor, lost.low * factor, lost.high * factor}, "P(session lost)");
  // Whoever lives ends at rate 1 / length, so as many live as end in that time.
  const double alive = (begun - lost.value) / kYear_s * 1800.0;
  EXPECT_NEAR(alive, c.exact("mean_sessions_alive"), 1e-4 * alive);
}

}  // namespace
}  // namespace nines::test
