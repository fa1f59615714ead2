// The laws of detection against clocks that run check by check and advertisement by advertisement,
// as the products do.
#include <algorithm>
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "models/mechanisms/detection.hpp"
#include "tests/kolmogorov.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

constexpr std::size_t kSamples = 20'000;
constexpr double kOdds = 1e-4;  // that a right law is rejected

std::vector<double> draws(const LawPtr& law, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<double> values;
  for (std::size_t i = 0; i < kSamples; ++i) {
    values.push_back(law->draw(std::uniform_real_distribution<>(1e-15, 1.0)(random)));
  }
  return values;
}

void expect_one_law(const LawPtr& law, const std::vector<double>& clock, const std::string& what) {
  // Values that should be equal differ in their last bits.
  EXPECT_LE(ks_distance(draws(law, 7), clock, 1e-9), ks_critical(kSamples, clock.size(), kOdds))
      << what;
}

/// A checker, check by check. The server fails once and comes back.
class CheckClock {
 public:
  CheckClock(const HealthCheck& check, std::uint64_t seed) : check_(check), random_(seed) {}

  struct Delays {
    double down_s = -1.0;  ///< from the fault
    double up_s = -1.0;    ///< from its end
  };
  Delays trial(Looks looks) {
    const double cycle_s = check_.interval_s + check_.timeout_s;
    fails_s_ = uniform(40 * cycle_s, 50 * cycle_s);
    returns_s_ = fails_s_ + uniform(2000 * cycle_s, 2100 * cycle_s);
    looks_ = looks;
    double start_s = uniform(0.0, check_.interval_s);
    bool up = true;
    int in_a_row = 0;
    Delays delays;
    while (delays.up_s < 0.0) {
      const auto [good, end_s] = one(start_s);
      in_a_row = good == up ? 0 : in_a_row + 1;
      if (up && in_a_row == check_.fall) {
        up = false;
        in_a_row = 0;
        delays.down_s = end_s - fails_s_;
      } else if (!up && in_a_row == check_.rise) {
        up = true;
        delays.up_s = end_s - returns_s_;
      }
      if (end_s > returns_s_ + 100 * cycle_s) break;  // it never went down
      const double gap_s = in_a_row > 0 ? check_.fast_s : up ? check_.interval_s : check_.down_s;
      start_s = std::max(end_s, (check_.paced_by_start ? start_s : end_s) + gap_s);
    }
    return delays;
  }

  /// From when all is well until the next false alarm, and from that until it is up again.
  Delays false_alarm() {
    double at_s = uniform(0.0, check_.interval_s);
    bool up = true;
    int in_a_row = 0;
    Delays delays;
    while (true) {
      const bool good = uniform(0.0, 1.0) >= check_.errs;
      in_a_row = good == up ? 0 : in_a_row + 1;
      if (up && in_a_row == check_.fall) {
        up = false;
        in_a_row = 0;
        delays.down_s = at_s;
      } else if (!up && in_a_row == check_.rise) {
        delays.up_s = at_s - delays.down_s;
        return delays;
      }
      at_s += in_a_row > 0 ? check_.fast_s : up ? check_.interval_s : check_.down_s;
    }
  }

 private:
  double uniform(double low, double high) {
    return std::uniform_real_distribution<>(low, high)(random_);
  }
  bool well(double t_s) const { return t_s < fails_s_ || t_s >= returns_s_; }
  /// Whether a check that starts then succeeds, and when that is known.
  std::pair<bool, double> one(double start_s) const {
    if (well(start_s)) return {true, start_s};
    if (looks_ == Looks::refused) return {false, start_s};
    if (looks_ == Looks::hangs && check_.layer == 4) return {true, start_s};  // it accepts
    const double end_s = start_s + check_.timeout_s;
    // A process that goes on answers what it has accepted; a packet that was dropped is lost.
    if (looks_ == Looks::hangs && returns_s_ < end_s) return {true, returns_s_};
    return {false, end_s};
  }

  HealthCheck check_;
  std::mt19937_64 random_;
  double fails_s_ = 0.0;
  double returns_s_ = 0.0;
  Looks looks_ = Looks::refused;
};

struct CheckCase {
  std::string name;
  HealthCheck check;
};

std::vector<CheckCase> check_cases() {
  std::vector<CheckCase> cases;
  HealthCheck haproxy;  // the defaults
  cases.push_back({"HAProxy", haproxy});
  HealthCheck fast = haproxy;
  fast.fast_s = 0.5;
  fast.down_s = 5.0;
  fast.timeout_s = 1.0;
  fast.rise = 3;
  cases.push_back({"HAProxy with fastinter, downinter and a time-out", fast});
  HealthCheck kubernetes;
  kubernetes.interval_s = kubernetes.fast_s = kubernetes.down_s = 10.0;
  kubernetes.timeout_s = 1.0;
  kubernetes.rise = 1;
  kubernetes.paced_by_start = true;
  cases.push_back({"Kubernetes", kubernetes});
  HealthCheck one;
  one.fall = 1;
  one.rise = 1;
  cases.push_back({"one check", one});
  return cases;
}

TEST(HealthCheckLaw, IsThatOfAClockThatRunsCheckByCheck) {
  for (const CheckCase& c : check_cases()) {
    for (const Looks looks : {Looks::refused, Looks::hangs, Looks::silent}) {
      CheckClock clock(c.check, 11);
      std::vector<double> down;
      std::vector<double> up;
      for (std::size_t i = 0; i < kSamples; ++i) {
        const CheckClock::Delays delays = clock.trial(looks);
        down.push_back(delays.down_s);
        up.push_back(delays.up_s);
      }
      const std::string what = fmt::format("{}, looks {}", c.name, static_cast<int>(looks));
      expect_one_law(c.check.notice(looks), down, what + ": down");
      expect_one_law(c.check.back(looks), up, what + ": up");
    }
  }
}

TEST(HealthCheckLaw, OfLayer4NeverNoticesAHang) {
  HealthCheck check;
  check.layer = 4;
  EXPECT_EQ(check.notice(Looks::hangs), nullptr);
  CheckClock clock(check, 3);
  EXPECT_LT(clock.trial(Looks::hangs).down_s, 0.0);
  EXPECT_GT(clock.trial(Looks::silent).down_s, 0.0);
}

TEST(HealthCheckLaw, OfFalseAlarmsIsThatOfChecksThatErr) {
  HealthCheck check;
  check.errs = 0.12;
  check.down_s = 3.0;
  check.fast_s = 2.0;
  CheckClock clock(check, 5);
  std::vector<double> alarm;
  std::vector<double> back;
  for (std::size_t i = 0; i < kSamples; ++i) {
    const CheckClock::Delays delays = clock.false_alarm();
    alarm.push_back(delays.down_s);
    back.push_back(delays.up_s);
  }
  // (1 - p^F) / ((1 - p) p^F) checks: 655 of them, after the first of which 2 s each.
  expect_one_law(check.false_alarm(), alarm, "false alarm");
  expect_one_law(check.back_after_false_alarm(), back, "back after a false alarm");
}

TEST(VrrpLaw, IsThatOfAClockThatRunsAdvertisementByAdvertisement) {
  std::mt19937_64 random(13);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<>(low, high)(random);
  };
  for (const int version : {2, 3}) {
    for (const double advertisement_s : {1.0, 0.1, 4.0}) {
      Vrrp vrrp;
      vrrp.version = version;
      vrrp.advertisement_s = advertisement_s;
      vrrp.script_interval_s = 2.0;
      vrrp.script_fall = 3;
      const double priority = 100.0;
      std::vector<double> silence;
      std::vector<double> release;
      for (std::size_t i = 0; i < kSamples; ++i) {
        const double dies_s = uniform(20 * advertisement_s, 30 * advertisement_s);
        double master_down_s = vrrp.master_down_s(priority);  // when the backup's timer fires
        for (double t = uniform(0.0, advertisement_s); t < dies_s; t += advertisement_s) {
          master_down_s = t + vrrp.master_down_s(priority);  // heard: the timer is set anew
        }
        silence.push_back(master_down_s - dies_s);
        // A tracked script fails in every run from then on; after so many priority 0 is sent, and
        // the backup waits for its skew alone.
        int failing = 0;
        double t = uniform(0.0, vrrp.script_interval_s);
        const double breaks_s = uniform(20.0, 30.0);
        while (failing < vrrp.script_fall) {
          t += vrrp.script_interval_s;
          if (t >= breaks_s) ++failing;
        }
        release.push_back(t + vrrp.skew_s(priority) - breaks_s);
      }
      const std::string what = fmt::format("version {}, {} s", version, advertisement_s);
      expect_one_law(vrrp.notice(priority), silence, what);
      expect_one_law(vrrp.release(priority), release, what + ", tracked");
    }
  }
}

TEST(HeartbeatLaw, IsThatOfAClockThatRunsBeatByBeat) {
  const Topology topology = topology_of(
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  n-[1..2]: {kind: node, failures: {f: {mttf: 90d, mttr: 4h}}}\n"
      "groups: {g: {policy: active_standby, members: n-*, detection: {heartbeat: {interval: 2s, "
      "misses: 5}}}}\n"
      "services: {s: {from: users, through: g}}\n");
  const Detection detection = detection_of(topology.groups.front().settings, 2);
  std::mt19937_64 random(17);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<>(low, high)(random);
  };
  std::vector<double> noticed;
  for (std::size_t i = 0; i < kSamples; ++i) {
    const double dies_s = uniform(40.0, 60.0);
    double last_s = 0.0;
    for (double t = uniform(0.0, 2.0); t < dies_s; t += 2.0) last_s = t;
    noticed.push_back(last_s + 5 * 2.0 - dies_s);
  }
  expect_one_law(detection.notice_by(1, Looks::silent), noticed, "heartbeat");
}

TEST(ErrorsLaw, IsThatOfRequestsThatArriveOneByOne) {
  std::mt19937_64 random(19);
  for (const int errors : {1, 10}) {
    std::exponential_distribution<> gap(30.0);
    std::vector<double> noticed;
    for (std::size_t i = 0; i < kSamples; ++i) {
      double t = 0.0;
      for (int k = 0; k < errors; ++k) t += gap(random);
      noticed.push_back(t + 5.0);  // each is known when its connection has timed out
    }
    expect_one_law(after_errors(errors, 30.0, 5.0), noticed, fmt::format("{} errors", errors));
  }
}

TEST(ErrorsLaw, HoldsForTheShareOfTheMember) {
  const auto detection_s = [](const std::string& detection, const std::string& effect) {
    const Answer a =
        ask("nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..3]: {kind: node}\n"
            "groups: {g: {policy: active_active, members: n-*, redispatch: each, detection: " +
                detection +
                "}}\nservices: {s: {from: users, through: g, workload: {reads: 90/s}}}\n"
                "faults: [{at: 10min, component: n-1, effect: " +
                effect + ", for: 30min}]\n",
            [] {
              Experiment e;
              e.horizon_s = kHour_s;
              e.runs = 20'000;
              return e;
            }());
    return a.estimates.groups.front().detection->mean_s;
  };
  // A third of 90 requests a second.
  expect_agrees(detection_s("passive", "crash"), 1.0 / 30, "passive, refused");
  expect_agrees(detection_s("passive", "silent"), 5.0 + 1.0 / 30, "passive, silent");
  const std::string slow = "{health_check: {interval: 10min, fall: 1, observed_errors: 10}}";
  // Before the next check, U(0, 600 s), of which the tenth error is after a third of a second.
  expect_agrees(detection_s(slow, "crash"), 1.0 / 3, "observed errors");
}

/// Clients that have asked at times spread evenly leave when their answer has run out.
TEST(DnsLaw, SpreadsOverTheTimeToLive) {
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..2]: {kind: node}\n"
          "groups: {g: {policy: active_active, members: n-*, detection: {dns: {ttl: 5min}}}}\n"
          "services: {s: {from: users, through: g, workload: {reads: 10/s}}}\n"
          "faults: [{at: 1h, phase: 10min, component: n-1, effect: silent, for: 1h}]\n",
          [] {
            Experiment e;
            e.horizon_s = 4 * kHour_s;
            e.runs = 20'000;
            return e;
          }());
  // Half of the requests, for half of the time to live on average.
  const double lost = 0.5 * 10.0 * 150.0;
  const double offered = 10.0 * 4 * kHour_s;
  const Estimate& served = *a.service().request_availability;
  expect_agrees({1 - served.value, 1 - served.high, 1 - served.low}, lost / offered, "lost");
}

}  // namespace
}  // namespace nines::test
