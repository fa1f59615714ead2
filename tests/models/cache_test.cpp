// A cache before a database: what the database gets when a part of it is lost.
#include <cmath>

#include <fmt/format.h>

#include "engine/run/simulate.hpp"
#include "studies/estimates.hpp"
#include "studies/exact.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

/// 400 reads a second, of which 90 % are in the cache; the database serves 100 a second.
std::string shop(const std::string& faults, const std::string& failures = {},
                 const std::string& more = "warm_up: 50s",
                 const std::string& load = "reads: 400/s") {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  app: {{kind: client}}\n"
      "  mem-[1..2]: {{kind: node{}}}\n"
      "  db: {{kind: node, capacity: 100/s}}\n"
      "groups:\n"
      "  cache: {{policy: cache, members: mem-*, hit_ratio: 90 %, {}}}\n"
      "  store: {{policy: active_active, members: db}}\n"
      "services: {{s: {{from: app, through: [cache, store], workload: {{{}}}}}}}\n"
      "{}",
      failures, more, load, faults.empty() ? std::string() : "faults:\n" + faults);
}

std::string fault(const std::string& who, double at_s, double for_s) {
  return fmt::format("  - {{at: {}s, component: {}, for: {}s}}\n", at_s, who, for_s);
}

struct Seen {
  double failed = 0.0;
  double down_s = 0.0;
};

Seen seen(const std::string& text, double until_s = 5000.0) {
  const auto system = compile(topology_of(text));
  class Watch final : public Observer {
   public:
    explicit Watch(const CompiledService& service) : service_(service) {}
    void evaluated(const Moment& moment, EvaluationId id,
                   std::span<const double> numbers) override {
      if (id != service_.evaluation) return;
      settle(moment.t_s);
      now_ = ServiceNumbers::read(numbers.data() + service_.first_number);
    }
    void run_ends(const Moment& moment) override { settle(moment.t_s); }
    Seen seen;

   private:
    void settle(double t_s) {
      seen.failed += (now_.offered_per_s - now_.served_per_s) * (t_s - since_s_);
      if (now_.available == 0 && t_s > 0) seen.down_s += t_s - since_s_;
      since_s_ = t_s;
    }
    const CompiledService& service_;
    ServiceNumbers now_;
    double since_s_ = 0.0;
  } watch(system->services[0]);
  Simulator simulator(*system->model, {}, {&watch});
  simulator.begin(0);
  simulator.advance(until_s);
  simulator.end();
  return watch.seen;
}

TEST(Cache, WhatALostMemberHadGoesToTheDatabase) {
  EXPECT_EQ(seen(shop("")).failed, 0.0);  // 40 a second miss
  // One of two: 220 a second miss, of which 100 are served, until it is back and warm.
  const Seen half = seen(shop(fault("mem-1", 100, 150)));
  EXPECT_NEAR(half.failed, 120.0 * (150.0 + 50.0), 1e-6);
  EXPECT_EQ(half.down_s, 0.0);
  // Both: all 400 miss.
  const Seen both = seen(shop(fault("mem-1", 100, 150) + fault("mem-2", 100, 150)));
  EXPECT_NEAR(both.failed, 300.0 * 200.0, 1e-6);
}

TEST(Cache, ServesItsHitsWithoutWhatIsBehindIt) {
  const Seen without = seen(shop(fault("db", 100, 150)));
  EXPECT_NEAR(without.failed, 40.0 * 150.0, 1e-6);
  EXPECT_NEAR(without.down_s, 150.0, 1e-9);  // for what it lacks
}

TEST(Cache, WritesPassItBy) {
  const Seen writes = seen(shop(fault("mem-1", 100, 150) + fault("mem-2", 100, 150), "",
                                "warm_up: 50s", "reads: 40/s, writes: 60/s"));
  EXPECT_EQ(writes.failed, 0.0);  // 40 + 60 are just what the database serves
}

TEST(Cache, AverageOverItsStates) {
  // Each member up or warming by itself: failures are a mean over how many are warm.
  const std::string text =
      shop("", ", failures: {f: {mttf: 100h, mttr: 4h}}", "warm_up: exponential(mean=6h)");
  const auto system = compile(topology_of(text), Laws::memoryless);
  const Exact exact = solve(*system, {});
  // A member's states: warm, down, cold; it fails at rate l warm or cold. Renewal: warm again after
  // down and a warm-up that a failure may cut off.
  const double l = 1.0 / 100.0;
  const double m = 1.0 / 4.0;
  const double w = 1.0 / 6.0;
  const double down = l / (l + m);
  const double warm = w * (1.0 - down) / (w + l);
  double failed = 0.0;
  for (int k = 0; k <= 2; ++k) {
    const double p = (k == 1 ? 2.0 : 1.0) * std::pow(warm, k) * std::pow(1.0 - warm, 2 - k);
    failed += p * std::max(0.0, 400.0 * (1.0 - 0.9 * k / 2.0) - 100.0);
  }
  EXPECT_NEAR(exact.services[0].load->failed_per_s / failed, 1.0, 1e-9);
  Experiment experiment;
  experiment.runs = 200;
  experiment.horizon_s = 20'000 * kHour_s;
  experiment.confidence = 0.9999;
  const Estimates ours = estimate(*system, experiment, run_experiment(*system, experiment));
  const Estimate& lost = *ours.services[0].failed_requests_per_year;
  EXPECT_LE(lost.low, failed * kYear_s);
  EXPECT_GE(lost.high, failed * kYear_s);
  EXPECT_LT(lost.high - lost.low, 0.05 * lost.value);
}

TEST(Cache, IsReachedBesideThePath) {
  // Cut off it is as good as lost, and the database is reached all the same.
  std::string text = shop(fault("c", 100, 150), "", "warm_up: 50s");
  const std::string parts = "  sw-[1..2]: {kind: switch}\n";
  text.replace(text.find("  mem-"), 0, parts);
  text.replace(text.find("groups:"), 0,
               "links:\n  a: {between: [app, sw-1]}\n  b: {between: [sw-1, db]}\n"
               "  c: {between: [sw-1, sw-2]}\n  d: {between: [sw-2, mem-1]}\n"
               "  e: {between: [sw-2, mem-2]}\n");
  const Seen cut = seen(text);
  EXPECT_NEAR(cut.failed, 300.0 * 150.0, 1e-6);  // it stays warm
  EXPECT_EQ(cut.down_s, 0.0);
}

}  // namespace
}  // namespace nines::test
