// What happens between a fault and normal service.
#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <fmt/format.h>

#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "models/tallies.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

Experiment runs_of(double horizon_s, std::uint64_t runs) {
  Experiment e;
  e.horizon_s = horizon_s;
  e.runs = runs;
  return e;
}

Estimate failed_share(const Answer& a, std::size_t service = 0) {
  const Estimate& served = *a.service(service).request_availability;
  return {1.0 - served.value, 1.0 - served.high, 1.0 - served.low};
}

// ---- The textbook's question -----------------------------------------------------------------

std::string two_servers(const std::string& group) {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..2]: {kind: node, failures: {f: {mttf: 1000h, time_to_repair: 2min}}}\n"
         "groups: {g: {members: n-*, " +
         group +
         "}}\n"
         "services: {s: {from: users, through: g, workload: {reads: 100/s}}}\n";
}

/// Two servers: active-active loses at most a share for the time until a failure is noticed,
/// active-standby all of it.
TEST(Textbook, ActiveActiveLosesAShareActiveStandbyAllOfIt) {
  const double life_s = 1000 * kHour_s;
  const double repair_s = 120.0;
  const double notice_s = 9.0;  // U(0, 2 s) + 2 * 4 s, of checks that are refused
  const std::string detection =
      "detection: {health_check: {interval: 2s, fast_interval: 4s, fall: 3}}";

  const Answer active =
      ask(two_servers("policy: active_active, " + detection), runs_of(kYear_s, 40'000));
  // Each server by itself is well (g), failed and in the pool (u), or out of it (o): back after
  // U(0, 2 s) + 4 s once it is repaired.
  const double cycle_s = life_s + repair_s;
  const double u = notice_s / cycle_s;
  const double o = (repair_s - notice_s + 5.0) / cycle_s;
  const double g = 1.0 - u - o;
  // One of two in the pool failed: half; both, or one alone: all; nobody in it: all.
  const double lost = 2.0 * g * u * 0.5 + u * u + 2.0 * u * o + o * o;
  expect_agrees(failed_share(active), lost, "active-active");
  const std::optional<DelayEstimate>& seen = active.estimates.groups.front().detection;
  expect_agrees(seen->mean_s, notice_s, "detection");

  // The other one stands by, and is always there: it is repaired in 2 min of 1000 h.
  const double takeover_s = 15.0;
  const Answer standby = ask(two_servers("policy: active_standby, takeover: 15s, " + detection),
                             runs_of(kYear_s, 40'000));
  const double outage_s = notice_s + takeover_s;
  expect_agrees(failed_share(standby), outage_s / (life_s + outage_s), "active-standby");
  expect_agrees(*standby.service().outage_length_s, outage_s, "outage of the standby pair");
  // The active-active pair has no outage in nearly all years, and is degraded instead.
  EXPECT_LT(active.service().outages_per_year.high, 0.01);
  expect_agrees(*active.service().degraded_per_year_s, 2.0 * u * kYear_s, "degraded");
  expect_agrees(standby.estimates.groups.front().recovery->mean_s, outage_s, "recovery");
}

// ---- Balancing -------------------------------------------------------------------------------

/// Half an hour in which one of three servers has failed and nobody notices; the share of all
/// requests that it loses then.
double lost_share(const std::string& group, const std::string& effect,
                  const std::string& capacity = "") {
  const Answer a = ask(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..3]: {kind: node" + capacity +
          "}\ngroups: {g: {policy: active_active, members: n-*, detection: {delay: {down: 10h}}" +
          group + "}}\nservices: {s: {from: users, through: g, workload: {reads: 90/s}}}\n" +
          "faults: [{at: 10min, component: n-1, effect: " + effect + ", for: 30min}]\n",
      runs_of(kHour_s, 1));
  return 2.0 * (1.0 - a.service().request_availability->value);
}

TEST(Balance, DecidesWhatAFailedMemberLoses) {
  EXPECT_NEAR(lost_share("", "crash"), 1.0 / 3, 1e-9);
  EXPECT_NEAR(lost_share(", balance: weighted, weights: [3, 2, 1]", "crash"), 0.5, 1e-9);
  EXPECT_NEAR(lost_share(", balance: source_hash", "crash"), 1.0 / 3, 1e-9);
  // The heavy users' server: half more than an even share.
  EXPECT_NEAR(lost_share(", balance: sticky, skew: 50 %", "crash"), 0.5, 1e-9);
  // One that hangs keeps its connections and gets no more; one that refuses is a black hole.
  EXPECT_NEAR(lost_share(", balance: least_connections", "hang"), 0.0, 1e-9);
  EXPECT_NEAR(lost_share(", balance: least_connections", "silent"), 0.0, 1e-9);
  EXPECT_NEAR(lost_share(", balance: least_connections", "crash"), 1.0, 1e-9);
  // A backup serves only once the others are taken for dead.
  EXPECT_NEAR(lost_share(", backup: [n-2, n-3]", "crash"), 1.0, 1e-9);
  EXPECT_NEAR(lost_share(", backup: n-3", "crash"), 0.5, 1e-9);
}

TEST(Balance, LeastConnectionsFollowsCapacities) {
  const auto load = [](const std::string& balance) {
    const Answer a =
        ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
            "  big: {kind: node, capacity: 100/s}\n  small: {kind: node, capacity: 40/s}\n"
            "groups: {g: {policy: active_active, members: [big, small], detection: health_check, "
            "balance: " +
                balance +
                "}}\n"
                "services: {s: {from: users, through: g, workload: {reads: 105/s}}}\n",
            runs_of(kHour_s, 1));
    return a.service().request_availability->value;
  };
  EXPECT_NEAR(load("round_robin"), (52.5 + 40.0) / 105.0, 1e-9);
  EXPECT_NEAR(load("least_connections"), 1.0, 1e-9);  // 75 and 30
}

TEST(Redispatch, ServesWhatMeetsAFailedMemberInTime) {
  const std::string last = ", redispatch: last";
  // Refused: two more tries on the same one, a second apart; then another one serves.
  EXPECT_NEAR(lost_share(last, "crash"), 0.0, 1e-9);
  EXPECT_NEAR(lost_share(last + ", gives_up_after: 1s", "crash"), 1.0 / 3, 1e-9);
  EXPECT_NEAR(lost_share(", redispatch: each, gives_up_after: 1s", "crash"), 0.0, 1e-9);
  // Silent: each try takes the time-out of a connection, 5 s.
  EXPECT_NEAR(lost_share(last, "silent"), 0.0, 1e-9);
  EXPECT_NEAR(lost_share(last + ", gives_up_after: 10s", "silent"), 1.0 / 3, 1e-9);
  EXPECT_NEAR(lost_share(", redispatch: each, gives_up_after: 10s", "silent"), 0.0, 1e-9);
  // What hangs has accepted the request: nobody tries it again.
  EXPECT_NEAR(lost_share(last, "hang"), 1.0 / 3, 1e-9);
  EXPECT_NEAR(lost_share(last + ", balance: least_connections", "crash"), 0.0, 1e-9);
}

TEST(Capacity, OfTheRestBearsTheLoadOfThoseTakenOut) {
  // Three servers of 40/s under 90/s; one is taken out at once: two serve 80 of 90.
  const Answer a = ask(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..3]: {kind: node, capacity: 40/s}\n"
      "groups: {g: {policy: active_active, members: n-*, detection: {delay: {down: 0s}}}}\n"
      "services: {s: {from: users, through: g, workload: {reads: 90/s}}}\n"
      "faults: [{at: 10min, component: n-1, for: 30min}]\n",
      runs_of(kHour_s, 1));
  EXPECT_NEAR(1.0 - a.service().request_availability->value, 0.5 * 10.0 / 90.0, 1e-9);
}

// ---- Roles -----------------------------------------------------------------------------------

/// What the state of a run says, at stated times.
class History {
 public:
  explicit History(const std::string& text, std::uint32_t run = 0)
      : system_(compile(topology_of(text))), simulator_(*system_->model, {}) {
    simulator_.begin(run);
  }
  History& at(double t_s) {
    simulator_.advance(t_s);
    return *this;
  }
  bool active(std::size_t member, std::size_t group = 0) {
    const auto& m = system_->groups[group].members[member];
    return simulator_.cell(m.active) != 0;
  }
  bool available() { return simulator_.value(system_->services[0].available); }
  bool split() { return !simulator_.value(system_->groups[0].failovers.split); }

 private:
  std::unique_ptr<System> system_;
  Simulator simulator_;
};

std::string pair_on_a_switch(const std::string& group, const std::string& faults,
                             const std::string& more = "", const std::string& links = "") {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  left: {kind: switch}\n"
         "  right: {kind: switch}\n"
         "  a: {kind: node, restart: 30s, failures: {f: {time_to_failure: never, mttr: 1h}}}\n"
         "  b: {kind: node, restart: 30s, failures: {f: {time_to_failure: never, mttr: 1h}}}\n" +
         more +
         "links:\n"
         "  to-left: {between: [users, left]}\n"
         "  to-right: {between: [users, right]}\n"
         "  trunk: {between: [left, right]}\n"
         "  l-a: {between: [left, a]}\n"
         "  l-b: {between: [right, b]}\n" +
         links + "groups:\n  g: {policy: active_standby, members: [a, b], " + group +
         "}\nservices: {s: {from: users, through: g}}\nfaults:\n" + faults;
}

const char* const kHeartbeat = "detection: {heartbeat: {interval: 1s, misses: 3}}, takeover: 5s";
const char* const kTrunkCut = "  - {at: 100s, component: trunk, effect: silent, for: 100s}\n";

TEST(SplitBrain, ComesOfAPartitionAndEndsWithIt) {
  History run(pair_on_a_switch(kHeartbeat, kTrunkCut));
  EXPECT_TRUE(run.at(99).active(0));
  EXPECT_FALSE(run.at(101).active(1));  // not noticed yet: at least 2 s
  EXPECT_TRUE(run.at(109).active(0));   // at most 3 s, and the takeover
  EXPECT_TRUE(run.active(1));
  EXPECT_TRUE(run.split());
  EXPECT_TRUE(run.available());
  EXPECT_TRUE(run.at(201).active(1));  // the newer one stays
  EXPECT_FALSE(run.active(0));
  EXPECT_FALSE(run.split());
}

TEST(SplitBrain, IsPreventedByFencing) {
  // The active one is reached by its users and wins: the standby is switched off, comes back, and
  // does not shoot at whom it has not heard since.
  History run(pair_on_a_switch(std::string(kHeartbeat) + ", fencing: true", kTrunkCut));
  for (const double t_s : {101.0, 110.0, 150.0, 199.0, 300.0}) {
    EXPECT_TRUE(run.at(t_s).active(0)) << t_s;
    EXPECT_FALSE(run.active(1)) << t_s;
    EXPECT_FALSE(run.split()) << t_s;
    EXPECT_TRUE(run.available()) << t_s;
  }
  // Cut off from all, it is switched off itself, and the other takes over.
  History cut(pair_on_a_switch(std::string(kHeartbeat) + ", fencing: true",
                               "  - {at: 100s, component: l-a, effect: silent, for: 100s}\n"));
  EXPECT_FALSE(cut.at(104).active(0));
  EXPECT_FALSE(cut.available());
  EXPECT_TRUE(cut.at(109).active(1));
  EXPECT_FALSE(cut.split());
  EXPECT_TRUE(cut.available());
}

TEST(SplitBrain, SendsNobodyToWhomTheyDoNotReach) {
  // The second router alone thinks that it is master; requests go to the first.
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n  sw: {kind: switch}\n"
          "  lb-[1..2]: {kind: load_balancer}\nlinks:\n  u: {between: [users, sw]}\n"
          "  l-1: {between: [sw, lb-1]}\n  l-2: {between: [sw, lb-2]}\n"
          "groups: {edge: {policy: active_standby, members: lb-*, detection: vrrp}}\n"
          "services: {s: {from: users, through: edge, workload: {reads: 90/s}}}\n"
          "faults: [{at: 100s, component: l-2, effect: silent, for: 10min}]\n",
          runs_of(kHour_s, 100));
  EXPECT_EQ(a.summary().unserved.x, 0.0);
  EXPECT_GT(a.outcome.summary.groups[0].split_s.x, 0.0);
}

TEST(Vrrp, IsHeardWithinASegmentOnly) {
  const auto split = [](const std::string& between) {
    History run(
        "nines: 1\ncomponents:\n  users: {kind: client}\n  left: {kind: switch}\n"
        "  right: {kind: switch}\n  middle: {kind: " +
        between +
        "}\n  lb-1: {kind: load_balancer}\n  lb-2: {kind: load_balancer}\n"
        "links:\n  u: {between: [users, middle]}\n  a: {between: [middle, left]}\n"
        "  b: {between: [middle, right]}\n  c: {between: [left, lb-1]}\n"
        "  d: {between: [right, lb-2]}\n"
        "groups: {edge: {policy: active_standby, members: lb-*, detection: vrrp}}\n"
        "services: {s: {from: users, through: edge}}\n");
    return run.at(60).split();
  };
  EXPECT_FALSE(split("switch"));
  EXPECT_TRUE(split("router"));  // as a configuration over two segments would
}

TEST(SplitBrain, IsPreventedByAQuorum) {
  // Two votes of two: nobody has more than half, and the service stops.
  History two(pair_on_a_switch(std::string(kHeartbeat) + ", quorum: true", kTrunkCut));
  EXPECT_TRUE(two.at(99).active(0));
  EXPECT_FALSE(two.at(110).active(0));
  EXPECT_FALSE(two.active(1));
  EXPECT_FALSE(two.available());
  EXPECT_TRUE(two.at(230).available());

  // A witness on the right decides for b, one on the left for a.
  const std::string witness = "  w: {kind: node}\n";
  const std::string with = std::string(kHeartbeat) + ", witness: w";
  History right(pair_on_a_switch(with, kTrunkCut, witness, "  l-w: {between: [right, w]}\n"));
  EXPECT_FALSE(right.at(110).active(0));
  EXPECT_TRUE(right.active(1));
  EXPECT_FALSE(right.split());
  EXPECT_TRUE(right.available());
  History left(pair_on_a_switch(with, kTrunkCut, witness, "  l-w: {between: [left, w]}\n"));
  EXPECT_TRUE(left.at(110).active(0));
  EXPECT_FALSE(left.active(1));
}

TEST(SplitBrain, ComesOfDeadDaemonsOnLivingHosts) {
  const std::string mute = "  - {at: 100s, component: a, effect: mute, for: 100s}\n";
  History vrrp(pair_on_a_switch("detection: vrrp", mute));
  EXPECT_TRUE(vrrp.at(110).active(0));  // the address stays where it is
  EXPECT_TRUE(vrrp.active(1));
  EXPECT_TRUE(vrrp.split());
  EXPECT_FALSE(vrrp.at(210).split());
  EXPECT_TRUE(vrrp.active(0));  // of two masters the one of higher priority stays
}

TEST(Vrrp, TracksOnlyWhatItsScriptsSee) {
  const auto run = [](const std::string& vrrp, const std::string& effect) {
    const std::string text =
        "nines: 1\ncomponents:\n  users: {kind: client}\n"
        "  lb-[1..2]: {kind: load_balancer, failures: {seen: {time_to_failure: never, mttr: 1h}, "
        "unseen: {time_to_failure: never, mttr: 1h}, host: {effect: silent, time_to_failure: "
        "never, mttr: 1h}}}\n"
        "groups: {g: {policy: active_standby, members: lb-*, detection: {vrrp: {" +
        vrrp + "}}}}\nservices: {s: {from: users, through: g}}\n" +
        "faults: [{at: 100s, component: lb-1, mode: " + effect + ", for: 100s}]\n";
    History r(text);
    EXPECT_TRUE(r.at(99).available());
    EXPECT_FALSE(r.at(100.5).available());
    return r.at(110).available();
  };
  EXPECT_TRUE(run("", "unseen"));
  EXPECT_TRUE(run("tracks: seen", "seen"));
  EXPECT_FALSE(run("tracks: seen", "unseen"));  // the outage lasts as long as the repair
  EXPECT_TRUE(run("tracks: seen", "host"));
}

TEST(Takeover, WaitsForAPersonAndEndsWhenTheOldOneReturns) {
  const std::string text =
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..2]: {kind: node}\n"
      "groups: {g: {policy: active_standby, members: n-*, detection: perfect, automatic: 0 %, "
      "otherwise: 20min}}\nservices: {s: {from: users, through: g}}\n";
  History waits(text + "faults: [{at: 100s, component: n-1, for: 1h}]\n");
  EXPECT_FALSE(waits.at(1290).available());
  EXPECT_TRUE(waits.at(1301).available());
  EXPECT_TRUE(waits.at(8000).active(1));
  History returns(text + "faults: [{at: 100s, component: n-1, for: 5min}]\n");
  EXPECT_FALSE(returns.at(399).available());
  EXPECT_TRUE(returns.at(401).available());
  EXPECT_TRUE(returns.active(0));
  EXPECT_TRUE(returns.at(2000).active(0));  // and nobody comes any more
}

TEST(Takeover, OnceBegunRunsToItsEnd) {
  History run(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..2]: {kind: node}\n"
      "groups: {g: {policy: active_standby, members: n-*, detection: perfect, takeover: 10min}}\n"
      "services: {s: {from: users, through: g}}\n"
      "faults: [{at: 100s, component: n-1, for: 60s}]\n");
  EXPECT_FALSE(run.at(699).available());
  EXPECT_TRUE(run.at(701).active(1));
}

TEST(Takeover, OfAFaultThatEndsUnnoticedNeverComes) {
  History run(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..2]: {kind: node}\n"
      "groups: {g: {policy: active_standby, members: n-*, detection: {heartbeat: {misses: 5}}}}\n"
      "services: {s: {from: users, through: g}}\n"
      "faults: [{at: 100s, component: n-1, for: 3s}]\n");
  EXPECT_FALSE(run.at(101).available());
  EXPECT_TRUE(run.at(104).active(0));
  EXPECT_TRUE(run.at(200).active(0));
  EXPECT_FALSE(run.active(1));
}

TEST(Failback, ByHandComesWhenSomebodyDoesIt) {
  History run(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..2]: {kind: node}\n"
      "groups: {g: {policy: active_standby, members: n-*, detection: perfect, failback: manual, "
      "failback_after: 10min, failback_takes: 20s}}\n"
      "services: {s: {from: users, through: g}}\n"
      "faults: [{at: 100s, component: n-1, for: 60s}]\n");
  EXPECT_TRUE(run.at(700).active(1));
  EXPECT_FALSE(run.at(770).available());
  EXPECT_TRUE(run.at(781).active(0));
}

/// One standby for several actives: it takes the first place that falls vacant; the next failure
/// finds nobody.
TEST(Standby, OfSeveralActivesTakesOnePlace) {
  History run(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..4]: {kind: node}\n"
      "groups: {g: {policy: active_standby, members: n-*, active: 3, detection: heartbeat, "
      "takeover: 10s}}\nservices: {s: {from: users, through: g}}\n"
      "faults:\n  - {at: 100s, component: n-2, for: 1h}\n  - {at: 500s, component: n-1, for: "
      "1h}\n");
  EXPECT_FALSE(run.at(105).available());
  EXPECT_TRUE(run.at(120).available());
  EXPECT_TRUE(run.active(3));
  EXPECT_FALSE(run.at(520).available());
  EXPECT_TRUE(run.at(3800).available());  // n-2 is back and takes the place
}

TEST(Standby, ThatFailsOnDemandLeavesTheNextOne) {
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  n-[1..2]: {kind: node, failures: {f: {time_to_failure: never, time_to_repair: 1h}}}\n"
          "groups: {g: {policy: active_standby, members: n-*, detection: perfect, fails_on_demand: "
          "20 %}}\nservices: {s: {from: users, through: g}}\n"
          "faults: [{at: 100s, component: n-1, for: 10h}]\n",
          runs_of(kHour_s, 40'000));
  // In one of five runs the standby needs its hour of repair, and then takes over alone.
  expect_agrees(a.service().unavailability, 0.2 * (3600.0 - 100.0) / 3600.0, "unavailability");
  expect_agrees(a.estimates.groups.front().failed_per_year, 0.2 * 8760.0, "failed failovers");
}

/// A cold site with a plan for disasters: people decide, and it takes hours.
TEST(ColdSite, TakesHours) {
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  site-[1..2]: {kind: node, failures: {disaster: {effect: silent, mttf: 1y, "
          "time_to_repair: 30d}}}\n"
          "groups: {g: {policy: active_standby, members: site-*, dormancy: 0 %, detection: {delay: "
          "{down: 30min}}, automatic: 0 %, otherwise: 8h}}\n"
          "services: {s: {from: users, through: g}}\n",
          runs_of(0.5 * kYear_s, 40'000));
  const Quantiles& lengths = *a.service().outage_length_quantiles_s;
  EXPECT_NEAR(lengths.p50.value, 8.5 * kHour_s, 0.001 * 8.5 * kHour_s);
}

TEST(SplitBrain, OfOneWhoIsCutOffTouchesNobodyElse) {
  // The third router alone becomes master of nobody; the others neither take over nor fail back.
  const std::string text =
      "nines: 1\ncomponents:\n  users: {kind: client}\n  sw: {kind: switch}\n"
      "  lb-[1..3]: {kind: load_balancer}\n"
      "links:\n  u: {between: [users, sw]}\n  l-1: {between: [sw, lb-1]}\n"
      "  l-2: {between: [sw, lb-2]}\n  l-3: {between: [sw, lb-3]}\n"
      "groups: {edge: {policy: active_standby, members: lb-*, detection: vrrp}}\n"
      "services: {s: {from: users, through: edge}}\n"
      "faults: [{at: 100s, component: l-3, effect: silent, for: 10min}]\n";
  const Answer a = ask(text, runs_of(kHour_s, 200));
  EXPECT_EQ(a.outcome.summary.groups[0].begun.x, 200.0);
  EXPECT_EQ(a.outcome.summary.groups[0].returned.x, 0.0);
  EXPECT_EQ(a.summary().down.x, 0.0);
  History run(text);
  EXPECT_TRUE(run.at(600).active(0));
  EXPECT_TRUE(run.active(2));
  EXPECT_TRUE(run.split());
  EXPECT_FALSE(run.at(701).active(2));
}

/// The voters that both sides hear vote for the one whom they follow.
TEST(Quorum, CountsEachVoteOnce) {
  const std::string witness = "  w: {kind: node}\n";
  const std::string with = std::string(kHeartbeat) + ", witness: w";
  // Only the link between the two is cut; the witness is heard by both.
  History run(
      "nines: 1\ncomponents:\n  users: {kind: client}\n  a: {kind: node}\n  b: {kind: node}\n"
      "  w: {kind: node}\n"
      "links:\n  ua: {between: [users, a]}\n  ub: {between: [users, b]}\n  ab: {between: [a, b]}\n"
      "  aw: {between: [a, w]}\n  bw: {between: [b, w]}\n"
      "groups: {g: {policy: active_standby, members: [a, b], detection: heartbeat, witness: w}}\n"
      "services: {s: {from: users, through: g}}\n"
      "faults: [{at: 100s, component: ab, effect: silent, for: 10min}]\n");
  EXPECT_TRUE(run.at(300).active(0));
  EXPECT_FALSE(run.active(1));
  EXPECT_FALSE(run.split());
  // In no run is there a moment with two: whoever is cut off stops before the other begins.
  const Answer a = ask(pair_on_a_switch(with, kTrunkCut, witness, "  l-w: {between: [right, w]}\n"),
                       runs_of(kHour_s, 2'000));
  EXPECT_EQ(a.outcome.summary.groups[0].split_s.x, 0.0);
  EXPECT_EQ(a.outcome.summary.groups[0].done.x, 2'000.0);
}

TEST(Detection, FollowsWhatTheFailureLooksLike) {
  // A hang that a check of layer 4 cannot see, and then the power goes.
  for (const std::string policy : {"active_standby", "active_active"}) {
    History run(
        "nines: 1\ndomains: {rack: {}}\ncomponents:\n  users: {kind: client}\n"
        "  n-1: {kind: node, domain: rack}\n  n-2: {kind: node}\n"
        "groups: {g: {policy: " +
        policy +
        ", members: [n-1, n-2], detection: {health_check: {layer: 4}}}}\n"
        "services: {s: {from: users, through: g}}\n"
        "faults:\n  - {at: 100s, component: n-1, effect: hang, for: 2h}\n"
        "  - {at: 500s, component: rack, for: 2h}\n");
    EXPECT_TRUE(run.at(499).active(0)) << policy;
    EXPECT_FALSE(run.at(515).active(0)) << policy;
  }
  // Behind a cut link a server is silent, though it is up.
  const auto detection_s = [](const std::string& what) {
    const Answer a = ask(
        "nines: 1\ncomponents:\n  users: {kind: client}\n  sw: {kind: switch}\n"
        "  n-[1..2]: {kind: node}\nlinks:\n  u: {between: [users, sw]}\n"
        "  l-1: {between: [sw, n-1]}\n  l-2: {between: [sw, n-2]}\n"
        "groups: {g: {policy: active_active, members: n-*, detection: {health_check: {interval: "
        "10s}}}}\nservices: {s: {from: users, through: g}}\n"
        "faults: [{at: 100s, component: " +
            what + ", effect: silent, for: 30min}]\n",
        runs_of(kHour_s, 20'000));
    return a.estimates.groups[0].detection->mean_s;
  };
  expect_agrees(detection_s("n-1"), 55.0, "a silent server");
  expect_agrees(detection_s("l-1"), 55.0, "a silent link");
}

TEST(Recovery, RunsFromTheFault) {
  const std::string head =
      "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..4]: {kind: node}\n";
  const std::string tail = "services: {s: {from: users, through: g}}\n";
  // Nobody need notice: the pause is all.
  const Answer pause = ask(head +
                               "groups: {g: {policy: active_active, members: n-*, detection: "
                               "perfect, takeover: 10s}}\n" +
                               tail + "faults: [{at: 20d, component: n-1, for: 1h}]\n",
                           runs_of(30 * 86400.0, 5));
  EXPECT_NEAR(pause.estimates.groups[0].recovery->mean_s.value, 10.0, 1e-6);
  // Two at a time: each 10 s until it is noticed and 100 s until another serves.
  const Answer two = ask(head +
                             "groups: {g: {policy: active_standby, members: n-*, active: 2, "
                             "detection: {delay: {down: 10s}}, takeover: 100s}}\n" +
                             tail +
                             "faults:\n  - {at: 100s, component: n-1, for: 1h}\n"
                             "  - {at: 101s, component: n-2, for: 1h}\n",
                         runs_of(kHour_s, 5));
  EXPECT_NEAR(two.estimates.groups[0].detection->mean_s.value, 10.0, 1e-6);
  EXPECT_NEAR(two.estimates.groups[0].takeover->mean_s.value, 100.0, 1e-6);
  EXPECT_NEAR(two.estimates.groups[0].recovery->mean_s.value, 110.0, 1e-6);
}

TEST(Takeover, ByHandNeedNotComeWhenTheOldOneIsBack) {
  // Cut off for a minute. Where roles are taken over, whoever had the role has it again; a group
  // that must form anew stays stopped until somebody has done that.
  for (const std::string policy : {"active_standby", "active_active"}) {
    const Answer a =
        ask("nines: 1\ncomponents:\n  users: {kind: client}\n  sw: {kind: switch}\n"
            "  n-[1..2]: {kind: node}\nlinks:\n  u: {between: [users, sw]}\n"
            "  l-1: {between: [sw, n-1]}\n  l-2: {between: [sw, n-2]}\n"
            "groups: {g: {policy: " +
                policy +
                ", members: n-*, detection: {delay: {down: 10s}}, automatic: 0 %, otherwise: 2h}}\n"
                "services: {s: {from: users, through: g}}\n"
                "faults: [{at: 100s, component: l-1, effect: silent, for: 1min}]\n",
            runs_of(4 * kHour_s, 1));
    EXPECT_NEAR(a.summary().down.x, policy == "active_active" ? 7200.0 : 60.0, 1e-6) << policy;
  }
}

TEST(Backup, OfSeveralTheFirstServes) {
  for (const std::string load : {"", ", workload: {reads: 10/s}"}) {
    History run(
        "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1..3]: {kind: node}\n"
        "groups: {g: {policy: active_active, members: n-*, backup: [n-2, n-3], detection: {delay: "
        "{down: 60s}}}}\nservices: {s: {from: users, through: g" +
        load +
        "}}\nfaults:\n  - {at: 100s, component: n-1, for: 2h}\n"
        "  - {at: 500s, component: n-2, for: 2h}\n");
    EXPECT_FALSE(run.at(130).available()) << load;
    EXPECT_TRUE(run.at(400).available()) << load;
    EXPECT_FALSE(run.at(530).available()) << load;
    EXPECT_TRUE(run.at(600).available()) << load;
  }
}

TEST(Needs, OfAGroupSeeItsFailovers) {
  for (const std::string links :
       {"",
        "links:\n  u: {between: [users, sw]}\n  l-w: {between: [sw, front]}\n"
        "  l-1: {between: [sw, n-1]}\n  l-2: {between: [sw, n-2]}\n"}) {
    History run("nines: 1\ncomponents:\n  users: {kind: client}\n" +
                std::string(links.empty() ? "" : "  sw: {kind: switch}\n") +
                "  n-[1..2]: {kind: node}\n  front: {kind: node, needs: db}\n" + links +
                "groups:\n  web: {policy: active_active, members: front}\n"
                "  db: {policy: active_standby, members: n-*, detection: {delay: {down: 10s}}, "
                "takeover: 20s}\nservices: {s: {from: users, through: web}}\n"
                "faults: [{at: 100s, component: n-1, for: 2h}]\n");
    EXPECT_TRUE(run.at(99).available()) << links;
    EXPECT_FALSE(run.at(129).available()) << links;
    EXPECT_TRUE(run.at(131).available()) << links;
  }
}

// ---- Sessions --------------------------------------------------------------------------------

double lost_sessions(const std::string& group, const std::string& faults,
                     const std::string& more = "", const std::string& groups = "") {
  const Answer a = ask(
      "nines: 1\n" + more +
          "components:\n  users: {kind: client}\n  n-[1..4]: {kind: node, domain: {spread: [r-1, "
          "r-2]}}\n  store-[1..2]: {kind: node}\n"
          "domains: {r-1: {}, r-2: {}}\n"
          "groups:\n  g: {policy: active_active, members: n-*, " +
          group + "}\n" + groups +
          "services: {s: {from: users, through: g, workload: {sessions: 1200, session_length: "
          "30min}}}\nfaults:\n" +
          faults,
      runs_of(kHour_s, 1));
  return a.summary().lost_sessions.x;
}

TEST(Sessions, AreLostWithAllTheirCopies) {
  const std::string one = "  - {at: 10min, component: n-1, for: 10min}\n";
  const std::string rack = "  - {at: 10min, component: r-1, for: 10min}\n";
  EXPECT_NEAR(lost_sessions("sessions: sticky", one), 300.0, 1e-6);
  EXPECT_NEAR(lost_sessions("sessions: sticky", rack), 600.0, 1e-6);
  // Two copies on two of four: one of six pairs is the one that the rack takes along.
  EXPECT_NEAR(lost_sessions("sessions: {copies: 2}", one), 0.0, 1e-6);
  EXPECT_NEAR(lost_sessions("sessions: {copies: 2}", rack), 200.0, 1e-6);
  EXPECT_NEAR(lost_sessions("sessions: {copies: 3}", rack), 0.0, 1e-6);
  // In a store: only with the store.
  const std::string store = "  stores: {policy: active_active, members: store-*}\n";
  EXPECT_NEAR(lost_sessions("sessions: {store: stores}", rack, "", store), 0.0, 1e-6);
  EXPECT_NEAR(lost_sessions("sessions: {store: stores}",
                            "  - {at: 10min, component: store-1, for: 10min}\n"
                            "  - {at: 15min, component: store-2, for: 10min}\n",
                            "", store),
              1200.0, 1e-6);
}

TEST(Sessions, AreOneLossThatComesAtOneMoment) {
  const auto ask_for = [](const std::string& group, const std::string& faults) {
    return ask(
        "nines: 1\ncomponents:\n  users: {kind: client}\n  sw: {kind: switch}\n"
        "  n-[1..10]: {kind: node}\nlinks:\n  u: {between: [users, sw]}\n"
        "  l: {between: [sw, n-*]}\ngroups: {g: {members: n-*, " +
            group +
            "}}\nservices: {s: {from: users, through: g, workload: {sessions: 1000}}}\nfaults:\n" +
            faults,
        runs_of(kHour_s, 1));
  };
  const Answer cut =
      ask_for("policy: active_active, sessions: sticky, detection: {delay: {down: 5s}}",
              "  - {at: 100s, component: u, effect: silent, for: 1min}\n");
  EXPECT_NEAR(cut.summary().lost_sessions.x, 1000.0, 1e-9);
  EXPECT_EQ(cut.summary().lost_sessions.y, 1.0);
  EXPECT_NEAR(cut.summary().largest_loss_of_sessions, 1000.0, 1e-9);
  // Whoever stands by holds the other copy.
  const Answer copied =
      ask_for("policy: active_standby, sessions: {copies: 2}, detection: heartbeat",
              "  - {at: 100s, component: n-1, for: 1h}\n");
  EXPECT_EQ(copied.summary().lost_sessions.x, 0.0);
  const Answer alone = ask_for("policy: active_standby, sessions: sticky, detection: heartbeat",
                               "  - {at: 100s, component: n-1, for: 1h}\n");
  EXPECT_NEAR(alone.summary().lost_sessions.x, 1000.0, 1e-9);
}

/// After a loss the sessions of those who are left grow at the pace of new arrivals.
TEST(Sessions, FillUpAtThePaceOfTheirLength) {
  // 300 are lost at 10 min; what arrives from then on goes to three servers: 400 each in the end.
  // Ten minutes later the second server has 300 + 100 (1 - exp(-10 / 30)).
  const double lost = lost_sessions("sessions: sticky",
                                    "  - {at: 10min, component: n-1, for: 40min}\n"
                                    "  - {at: 20min, component: n-2, for: 30min}\n");
  EXPECT_NEAR(lost, 300.0 + 300.0 + 100.0 * (1.0 - std::exp(-1.0 / 3.0)), 1e-6);
}

TEST(Sessions, AreLostWhenTheBalancerTurnsAway) {
  // Cut off, the server keeps its sessions until it is taken out: after 60 s.
  const auto lost = [](double seconds) {
    const Answer a = ask(
        "nines: 1\ncomponents:\n  users: {kind: client}\n  sw: {kind: switch}\n"
        "  n-[1..2]: {kind: node}\n"
        "links:\n  u: {between: [users, sw]}\n  l-1: {between: [sw, n-1]}\n"
        "  l-2: {between: [sw, n-2]}\n"
        "groups: {g: {policy: active_active, members: n-*, sessions: sticky, detection: {delay: "
        "{down: 60s}}}}\n"
        "services: {s: {from: users, through: g, workload: {sessions: 1000}}}\n" +
            fmt::format("faults: [{{at: 10min, component: l-1, for: {}s}}]\n", seconds),
        runs_of(kHour_s, 1));
    return a.summary().lost_sessions.x;
  };
  EXPECT_NEAR(lost(30), 0.0, 1e-9);
  EXPECT_NEAR(lost(90), 500.0, 1e-9);
}

TEST(Blame, OfAFalseAlarmIsItsOwn) {
  // Each takeover takes 10 s, whatever began it, and detection one second at most: the share of the
  // downtime that is blamed on false alarms is about that of the failovers that were unfounded.
  const Answer a = ask(
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  n-[1..2]: {kind: node, failures: {crash: {mttf: 30d, mttr: 1min}}}\n"
      "groups: {g: {policy: active_standby, members: n-*, takeover: 10s, detection: "
      "{health_check: {interval: 1s, fall: 1, rise: 2, errs: 0.0003 %}}}}\n"
      "services: {s: {from: users, through: g}}\n",
      runs_of(365 * 24 * kHour_s, 2000));
  double by_alarms = 0.0;
  for (const BlameShare& share : a.service().by_cause) {
    if (share.names.front().ends_with("false alarm")) by_alarms += share.share.value;
  }
  const GroupEstimates& g = a.estimates.groups.front();
  EXPECT_NEAR(by_alarms, g.unfounded_per_year.value / g.failovers_per_year.value, 0.01);
  EXPECT_GT(by_alarms, 0.8);
}

}  // namespace
}  // namespace nines::test
