// Primaries and replicas: what is lost at a promotion, what a stream owes, who may be promoted.
#include <cmath>
#include <fstream>
#include <random>

#include <fmt/format.h>

#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "models/tallies.hpp"
#include "studies/exact.hpp"
#include "tests/kolmogorov.hpp"
#include "tests/models/copies.hpp"
#include "tests/models/told.hpp"
#include "tests/support.hpp"
#include "topologies/structure/structure.hpp"

namespace nines::test {
namespace {

// ---- What is unsent
// ------------------------------------------------------------------------------

TEST(LostWrites, OfAConstantLagAreThoseOfThatTime) {
  const std::string keys = "replication: {lag: 5s}, detection: {delay: {down: 60s}}";
  const Story once = story(pair_of(keys, fault("db-1", 100, 500)));
  ASSERT_EQ(once.amounts.size(), 1U);
  EXPECT_NEAR(once.amounts[0], 5.0 * 200.0, 1e-9);
  EXPECT_EQ(once.at_s[0], 160.0);  // at the promotion
  // At most what was acknowledged since this primary began: here, three seconds.
  const Story young = story(pair_of(keys, fault("db-1", 3, 500)));
  EXPECT_NEAR(young.amounts[0], 3.0 * 200.0, 1e-9);
}

TEST(LostWrites, FollowTheLawOfTheLag) {
  std::mt19937_64 random(7);
  for (const double up_s : {100.0, 4.0}) {
    std::exponential_distribution<double> lag(1.0 / 5.0);
    std::vector<double> expected;
    for (int i = 0; i < 20'000; ++i) expected.push_back(200.0 * std::min(up_s, lag(random)));
    std::vector<double> ours;
    const std::string keys = fmt::format("replication: {{lag: exponential(mean=5s)}}, {}", kAtOnce);
    for (const Story& each : stories(pair_of(keys, fault("db-1", up_s, 500)), 20'000)) {
      ours.push_back(each.amounts.front());
    }
    EXPECT_LT(ks_distance(expected, ours), ks_critical(expected.size(), ours.size(), 1e-3)) << up_s;
  }
}

TEST(LostWrites, ArePreservedIfThePrimaryIsBackInTime) {
  const std::string keys = "replication: {lag: 5s}, detection: {delay: {down: 60s}}";
  EXPECT_TRUE(story(pair_of(keys, fault("db-1", 100, 30))).amounts.empty());
  // Back after its place was lost, but before the other has taken over: it is too late.
  const std::string slow = keys + ", takeover: 30s";
  EXPECT_EQ(story(pair_of(slow, fault("db-1", 100, 70))).amounts.size(), 1U);
}

TEST(LostWrites, AndDivergenceCostAFullCopy) {
  // 100 GB at 100 MB/s is 1,000 s, in which there is no replica: the second failure waits for it.
  const auto keys = [](const char* diverged) {
    return fmt::format("replication: {{lag: 5s, data: 100GB, resync: 100MB/s, diverged: {}}}, {}",
                       diverged, kAtOnce);
  };
  const std::string two = fault("db-1", 100, 50) + fault("db-2", 500, 2'000);
  const Story full = story(pair_of(keys("full"), two), 4'000);
  EXPECT_EQ(full.amounts.size(), 1U);
  EXPECT_NEAR(full.down_s, 2'000.0, 1e-6);  // nobody else is fit
  const Story rewound = story(pair_of(keys("rewind"), two), 4'000);
  EXPECT_EQ(rewound.amounts.size(), 2U);
  EXPECT_EQ(rewound.down_s, 0.0);
}

// ---- What is on the wire
// -------------------------------------------------------------------------

TEST(LostWrites, OnTheWireAreLostIfPromotionComesSooner) {
  for (const double takes_ms : {0.0, 30.0, 70.0, 99.0, 100.0, 150.0}) {
    const std::string keys =
        fmt::format("replication: {{delay: 100ms}}, takeover: {}ms, {}", takes_ms, kAtOnce);
    const Story one = story(pair_of(keys, fault("db-1", 100, 500)));
    const double expected = 200.0 * std::max(0.0, 0.1 - takes_ms / 1'000.0);
    double lost = 0.0;
    for (const double amount : one.amounts) lost += amount;
    EXPECT_NEAR(lost, expected, 1e-6) << takes_ms;
  }
}

TEST(LostWrites, UnsentAndOnTheWireAddUp) {
  const std::string keys =
      fmt::format("replication: {{lag: 2s, delay: 100ms}}, takeover: 30ms, {}", kAtOnce);
  const Story one = story(pair_of(keys, fault("db-1", 100, 500)));
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 200.0 * (2.0 + 0.07), 1e-6);
}

// ---- Backlogs
// ------------------------------------------------------------------------------------

TEST(Backlog, IsWhatWasWrittenWithoutAStream) {
  // Down for 120 s; the primary dies 90 s into that, and the copy is promoted all the same.
  const std::string keys = fmt::format("replication: {{}}, stale_promotion: at_once, {}", kAtOnce);
  const Story one = story(pair_of(keys, fault("wan", 100, 120) + fault("db-1", 190, 500), kStream));
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 90.0 * 200.0, 1e-6);
}

TEST(Backlog, IsCaughtUpWithWhatIsSpare) {
  // 200 writes a second of 1 MB, 300 MB/s: a backlog of 120 s is gone after 120 * 200 / 100 s.
  const std::string keys = fmt::format(
      "replication: {{bandwidth: 300MB/s, write_size: 1MB}}, stale_promotion: at_once, {}",
      kAtOnce);
  const double caught_up_s = 220.0 + 120.0 * 200.0 / (300.0 - 200.0);
  for (const double dies_s : {220.0 + 60.0, 220.0 + 239.0, caught_up_s + 0.001}) {
    const Story one =
        story(pair_of(keys, fault("wan", 100, 120) + fault("db-1", dies_s, 500), kStream));
    double lost = 0.0;
    for (const double amount : one.amounts) lost += amount;
    EXPECT_NEAR(lost, std::max(0.0, 100.0 * (caught_up_s - dies_s)), 1e-6) << dies_s;
  }
}

TEST(Backlog, GrowsWhileMoreIsWrittenThanTheStreamCarries) {
  const std::string keys = fmt::format(
      "replication: {{bandwidth: 150MB/s, write_size: 1MB}}, stale_promotion: at_once, {}",
      kAtOnce);
  const Story one = story(pair_of(keys, fault("db-1", 100, 500)));
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 100.0 * 50.0, 1e-6);
}

TEST(Backlog, OfACopyThatWasDownWaitsForTheNewest) {
  // The copy is down and misses 100 s; the primary dies before it is back.
  const std::string faults = fault("db-2", 100, 150) + fault("db-1", 200, 400);
  const auto keys = [](const char* stale) {
    return fmt::format("replication: {{}}, stale_promotion: {}, {}", stale, kAtOnce);
  };
  const Story never = story(pair_of(keys("never"), faults));
  EXPECT_TRUE(never.amounts.empty());
  EXPECT_NEAR(never.down_s, 400.0, 1e-9);
  const Story at_once = story(pair_of(keys("at_once"), faults));
  ASSERT_EQ(at_once.amounts.size(), 1U);
  EXPECT_NEAR(at_once.amounts[0], 100.0 * 200.0, 1e-6);
  EXPECT_NEAR(at_once.down_s, 50.0, 1e-9);
  const Story after = story(pair_of(keys("{after: 60s}"), faults));
  EXPECT_NEAR(after.amounts.at(0), 100.0 * 200.0, 1e-6);
  EXPECT_NEAR(after.down_s, 110.0, 1e-9);
  const Story later = story(pair_of(keys("{after: 500s}"), faults));
  EXPECT_TRUE(later.amounts.empty());
}

TEST(Backlog, OfSeveralCopiesTheFreshestIsPromoted) {
  // db-2 misses 300 s, db-3 the last 100 s of them; db-3 is promoted. What db-2 lacks beyond that
  // is lost if it is promoted next.
  const std::string keys = fmt::format("replication: {{}}, stale_promotion: at_once, {}", kAtOnce);
  const std::string faults = fault("db-2", 100, 302) + fault("db-3", 300, 101) +
                             fault("db-1", 400, 500) + fault("db-3", 403, 500);
  const Story one = story(pair_of(keys, faults, "", "writes: 200/s", 3));
  // db-3 is back first, at 401 s; then db-2, at 402 s, follows it, and has all when db-3 fails.
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 100.0 * 200.0, 1e-6);
  // Without a stream from 90 s on nobody tells db-2: it lacks what db-3 had, and took, beyond it.
  const Story cut =
      story(pair_of(keys, faults + fault("wan", 90, 800), kStream, "writes: 200/s", 3));
  ASSERT_EQ(cut.amounts.size(), 2U);
  EXPECT_NEAR(cut.amounts[0], 100.0 * 200.0, 1e-6);
  EXPECT_NEAR(cut.amounts[1], (400.0 - 90.0 - 100.0 + 2.0) * 200.0, 1e-6);
}

// ---- Synchronous copies
// ----------------------------------------------------------------------------

TEST(Synchronous, LosesNothingAndRejects) {
  const std::string keys = fmt::format("replication: {{mode: synchronous}}, {}", kAtOnce);
  // Without its copy the primary takes no writes.
  const Story alone = story(pair_of(keys, fault("db-2", 100, 50)));
  EXPECT_NEAR(alone.rejected, 50.0 * 200.0, 1e-6);
  // Nor does the copy that was promoted, without the former primary.
  const Story promoted = story(pair_of(keys, fault("db-1", 100, 50)));
  EXPECT_NEAR(promoted.rejected, 50.0 * 200.0, 1e-6);
  EXPECT_TRUE(promoted.amounts.empty());
  // Nothing was acknowledged without it, so it may be promoted when it is back.
  const Story both = story(pair_of(keys, fault("db-2", 100, 50) + fault("db-1", 120, 100)));
  EXPECT_TRUE(both.amounts.empty());
  EXPECT_NEAR(both.down_s, 120.0, 1e-9);
}

TEST(Synchronous, MayBeAcknowledgedByOneOfTwo) {
  const std::string one =
      fmt::format("replication: {{mode: synchronous, acknowledged_by: 1}}, {}", kAtOnce);
  EXPECT_EQ(story(pair_of(one, fault("db-2", 100, 50), "", "writes: 200/s", 3)).rejected, 0.0);
  const std::string all = fmt::format("replication: {{mode: synchronous}}, {}", kAtOnce);
  EXPECT_NEAR(story(pair_of(all, fault("db-2", 100, 50), "", "writes: 200/s", 3)).rejected,
              50.0 * 200.0, 1e-6);
  EXPECT_NEAR(
      story(pair_of(one, fault("db-2", 100, 50) + fault("db-3", 110, 20), "", "writes: 200/s", 3))
          .rejected,
      20.0 * 200.0, 1e-6);
}

TEST(Synchronous, DegradesAfterATime) {
  const std::string keys = fmt::format(
      "replication: {{mode: synchronous, degrade_after: 10s}}, stale_promotion: at_once, {}",
      kAtOnce);
  const Story alone = story(pair_of(keys, fault("db-2", 100, 50)));
  EXPECT_NEAR(alone.rejected, 10.0 * 200.0, 1e-6);
  // What it took alone is what a copy lacks that is promoted then.
  const Story stale = story(pair_of(keys, fault("db-2", 100, 150) + fault("db-1", 200, 400)));
  ASSERT_EQ(stale.amounts.size(), 1U);
  EXPECT_NEAR(stale.amounts[0], 90.0 * 200.0, 1e-6);
  // Semi-synchronous: the same with MySQL's time-out, 10 s.
  const std::string semi = fmt::format("replication: {{mode: semi_synchronous}}, {}", kAtOnce);
  EXPECT_NEAR(story(pair_of(semi, fault("db-2", 100, 50))).rejected, 10.0 * 200.0, 1e-6);
}

TEST(Synchronous, AStreamThatFailsStopsWritesAndNotReads) {
  const std::string keys = fmt::format("replication: {{mode: synchronous}}, {}", kAtOnce);
  const std::string text =
      pair_of(keys, fault("wan", 100, 50), kStream, "reads: 100/s, writes: 200/s");
  EXPECT_NEAR(story(text, 1'000, 1).rejected, 0.0, 1e-9);
  EXPECT_NEAR(story(text, 1'000, 2).rejected, 50.0 * 200.0, 1e-6);
}

TEST(Synchronous, CopiesAreSinglePointsOfFailureForWrites) {
  const auto singles = [](const std::string& mode) {
    std::string text = pair_of(fmt::format("replication: {{{}}}, {}", mode, kAtOnce), "");
    text.erase(text.find("faults:"));
    text.replace(text.find("{kind: node}"), 12,
                 "{kind: node, failures: {f: {mttf: 90d, mttr: 4h}}}");
    const Topology topology = topology_of(text);
    return structure_of(topology, 0, {.order = 1}).single_points.size();
  };
  EXPECT_EQ(singles("mode: synchronous"), 2U);
  EXPECT_EQ(singles("mode: synchronous, degrade_after: 10s"), 0U);
  EXPECT_EQ(singles("mode: asynchronous"), 0U);
}

TEST(Synchronous, BesideAsynchronousIsPromotedFirst) {
  const std::string keys = fmt::format("replication: {{lag: 5s}}, {}", kAtOnce);
  const Story one =
      story(pair_of(keys, fault("db-1", 100, 500),
                    "streams: {near: {to: db-3, mode: synchronous}}\n", "writes: 200/s", 3));
  EXPECT_TRUE(one.amounts.empty());
}

// ---- Snapshots
// -------------------------------------------------------------------------------------

TEST(Periodic, LosesWhatCameAfterTheLastSnapshotThatArrived) {
  const std::string keys =
      fmt::format("replication: {{mode: periodic, every: 100s, ship: 20s}}, {}", kAtOnce);
  for (const auto& [dies_s, since_s] : std::vector<std::pair<double, double>>{
           {50, 0}, {110, 0}, {119.9, 0}, {120.1, 100}, {199, 100}, {210, 100}, {225, 200}}) {
    const Story one = story(pair_of(keys, fault("db-1", dies_s, 500)));
    ASSERT_EQ(one.amounts.size(), 1U);
    EXPECT_NEAR(one.amounts[0], 200.0 * (dies_s - since_s), 1e-6) << dies_s;
  }
}

// ---- Data that are destroyed
// -----------------------------------------------------------------------

std::string fragile(const std::string& keys, const std::string& faults) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  db-[1..2]: {{kind: node, failures: {{disk: {{mttf: 1000000000y, mttr: 1h, "
      "destroys_data: true}}}}}}\n"
      "groups:\n"
      "  db: {{policy: primary_replica, members: db-*, {}, {}}}\n"
      "services: {{s: {{from: users, through: db, workload: {{writes: 200/s}}}}}}\n"
      "faults:\n{}",
      keys, kAtOnce, faults);
}

TEST(Destroyed, DataAreCopiedAnewFromTheOther) {
  const std::string keys =
      "replication: {mode: synchronous, degrade_after: 0s, data: 10GB, "
      "resync: 100MB/s}";
  const std::string disk = ", mode: disk";
  // db-2 loses its disk at 100 s, is back at 110 s and whole at 210 s.
  const Story early = story(fragile(keys, fault("db-2", 100, 10, disk) + fault("db-1", 150, 300)));
  EXPECT_NEAR(early.down_s, 300.0, 1e-9);
  const Story late = story(fragile(keys, fault("db-2", 100, 10, disk) + fault("db-1", 211, 300)));
  EXPECT_EQ(late.down_s, 0.0);
  EXPECT_EQ(early.data_losses + late.data_losses, 0);
}

TEST(Destroyed, TheNewestCopyIsNotWaitedFor) {
  // The copy is stale, never to be promoted while the newest is down; but that one is gone.
  const std::string keys = "replication: {}";
  const Story one =
      story(fragile(keys, fault("db-2", 100, 150) + fault("db-1", 200, 400, ", mode: disk")));
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 100.0 * 200.0, 1e-6);
  EXPECT_NEAR(one.down_s, 50.0, 1e-9);
}

TEST(Destroyed, AllCopiesReachBackToTheBackup) {
  const std::string keys = "replication: {}, backup: {every: 300s, restore: 60s}";
  const std::string disk = ", mode: disk";
  const Story one =
      story(fragile(keys, fault("db-1", 400, 50, disk) + fault("db-2", 420, 50, disk)));
  EXPECT_EQ(one.data_losses, 1);
  ASSERT_FALSE(one.amounts.empty());
  // From 300 s, the backup, to 420 s, when the second was lost; back 60 s after the first is.
  EXPECT_NEAR(one.amounts.back(), 120.0 * 200.0, 1e-6);
  EXPECT_NEAR(one.down_s, 450.0 + 60.0 - 420.0, 1e-9);
}

// ---- Handing over, and two at a time
// -----------------------------------------------------------------

TEST(Failback, LosesNothing) {
  const std::string keys =
      fmt::format("replication: {{lag: 5s}}, failback: automatic, failback_takes: 3s, {}", kAtOnce);
  const Story one = story(pair_of(keys, fault("db-1", 100, 100)));
  ASSERT_EQ(one.amounts.size(), 1U);  // at the failover, not at the failback
  EXPECT_EQ(one.at_s[0], 100.0);
  EXPECT_NEAR(one.down_s, 3.0, 1e-9);
}

const char* const kTwoSites =
    "nines: 1\n"
    "components:\n"
    "  users: {{kind: client}}\n"
    "  r-[1..2]: {{kind: router}}\n"
    "  db-[1..2]: {{kind: node}}\n"
    "links:\n"
    "  isp: {{between: [users, r-{}]}}\n"
    "  l-1: {{between: [r-1, db-1]}}\n"
    "  l-2: {{between: [r-2, db-2]}}\n"
    "  trunk: {{between: [r-1, r-2]}}\n"
    "groups:\n"
    "  db: {{policy: primary_replica, members: [db-1, db-2], replication: {{}}, detection: "
    "{{heartbeat: {{interval: 1s, misses: 5}}}}{}}}\n"
    "services: {{s: {{from: users, through: db, workload: {{writes: 200/s}}}}}}\n"
    "faults: [{{at: 100s, component: trunk, for: 60s}}]\n";

TEST(SplitBrain, LosesWhatTheFormerPrimaryAcknowledged) {
  // Users are on its side: it goes on; the other is promoted, and hears it again after 60 s.
  for (const Story& one : stories(fmt::format(fmt::runtime(kTwoSites), 1, ""), 200)) {
    double lost = 0.0;
    for (const double amount : one.amounts) lost += amount;
    EXPECT_NEAR(lost, 60.0 * 200.0, 1e-6);
    EXPECT_NEAR(one.at_s.back(), 160.0, 1e-9);
  }
  // Users on the other side: it takes nothing more, and nothing is lost.
  for (const Story& one : stories(fmt::format(fmt::runtime(kTwoSites), 2, ""), 200)) {
    EXPECT_TRUE(one.amounts.empty());
  }
}

TEST(SplitBrain, CountsWhatIsLostAtTheHorizonToo) {
  const std::string text =
      std::string(fmt::format(fmt::runtime(kTwoSites), 1, ""))
          .replace(std::string(fmt::format(fmt::runtime(kTwoSites), 1, "")).find("for: 60s"), 8,
                   "for: 9000s");
  Experiment experiment;
  experiment.runs = 100;
  experiment.horizon_s = 1'000.0;
  const Answer a = ask(text, experiment);
  EXPECT_NEAR(a.outcome.summary.groups[0].lost_writes.x, 100 * 900.0 * 200.0, 1e-3);
}

TEST(SplitBrain, EachWritesToThePrimaryThatItReaches) {
  // Two clients, one on each side: one writes 200/s to the former primary for as long as it lasts.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  near: {kind: client}\n"
      "  far: {kind: client}\n"
      "  r-[1..2]: {kind: router}\n"
      "  db-[1..2]: {kind: node}\n"
      "  web-[1..4]: {kind: node}\n"
      "links:\n"
      "  n: {between: [near, r-1]}\n"
      "  f: {between: [far, r-2]}\n"
      "  l-1: {between: [r-1, db-1]}\n"
      "  l-2: {between: [r-2, db-2]}\n"
      "  w-1: {between: [r-1, web-1]}\n"
      "  w-2: {between: [r-2, web-2]}\n"
      "  w-3: {between: [r-2, web-3]}\n"
      "  w-4: {between: [r-2, web-4]}\n"
      "  trunk: {between: [r-1, r-2]}\n"
      "groups:\n"
      "  db: {policy: primary_replica, members: [db-1, db-2], replication: {}, detection: "
      "{heartbeat: {interval: 1s, misses: 5}}}\n"
      "services:\n"
      "  a: {from: near, through: db, workload: {writes: 200/s}}\n"
      "  b: {from: far, through: db, workload: {writes: 100/s}}\n"
      "faults: [{at: 100s, component: trunk, for: 60s}]\n";
  EXPECT_NEAR(story(text).amounts.back() + story(text).amounts.front(), 60.0 * 200.0, 1e-6);
  // Through four servers, one of them on the side of the former primary, which three do not reach.
  std::string through = text;
  through.replace(through.find("  n: {between: [near, r-1]}\n"), 28,
                  "  n: {between: [near, r-1]}\n  m: {between: [near, r-2]}\n");
  through.replace(through.find("{from: near, through: db,"), 25,
                  "{from: near, through: [web, db],");
  through.replace(through.find("services:"), 9,
                  "  web: {policy: active_active, members: web-*}\nservices:");
  through.erase(through.find("  b: {from: far"),
                through.find("faults:") - through.find("  b: {from: far"));
  through.erase(through.find("  far: {kind"), 22);
  through.erase(through.find("  f: {between"), 27);
  const Story one = story(through);
  ASSERT_EQ(one.amounts.size(), 2U);
  EXPECT_NEAR(one.amounts[1], 0.25 * 200.0 * (160.0 - one.at_s[0]), 1e-6);
}

// ---- Sequences
// ---------------------------------------------------------------------------------------

TEST(Sequences, WhatWasWrittenBeforeAPauseIsSentInTime) {
  // The only server in front fails a second before the primary: of a lag of 5 s four are left.
  const std::string keys = fmt::format("replication: {{lag: 5s}}, {}", kAtOnce);
  std::string text = pair_of(keys, fault("web-1", 100, 500) + fault("db-1", 101, 500));
  text.replace(text.find("groups:\n"), 8,
               "groups:\n  web: {policy: active_active, members: web-1}\n");
  text.replace(text.find("  users:"), 8, "  web-1: {kind: node}\n  users:");
  text.replace(text.find("through: db"), 11, "through: [web, db]");
  EXPECT_NEAR(story(text, 1'000.0).amounts.at(0), 4.0 * 200.0, 1e-6);
}

TEST(Sequences, ALoadThatChangesIsCountedAsItWas) {
  // 2/s until 01:00, then 200/s: of the last 60 s ten are at the higher rate.
  const std::string keys = fmt::format("replication: {{lag: 60s}}, {}", kAtOnce);
  std::string text = pair_of(keys, fault("db-1", 3610, 500));
  text.replace(text.find("workload:"), 9,
               "profile: {night: {days: mon-sun, hours: 00:00-01:00, load: 1 %}}, workload:");
  EXPECT_NEAR(story(text, 5'000.0).amounts.at(0), 10.0 * 200.0 + 50.0 * 2.0, 1e-6);
}

TEST(Sequences, TheCopyThatLagsLeastIsPromoted) {
  const std::string keys = fmt::format("replication: {{lag: 1s}}, {}", kAtOnce);
  const Story lags = story(pair_of(keys, fault("db-1", 500, 100),
                                   "streams: {far: {to: db-2, lag: 100s}}\n", "writes: 200/s", 3));
  EXPECT_NEAR(lags.amounts.at(0), 200.0, 1e-6);
}

TEST(Sequences, SnapshotsOutliveAPromotion) {
  // db-3 never got a snapshot; db-2 and db-1 are gone by 600 s.
  const std::string keys = fmt::format("replication: {{lag: 0s}}, {}", kAtOnce);
  const Story one = story(pair_of(keys, fault("db-1", 500, 500) + fault("db-2", 600, 400),
                                  "streams: {far: {to: db-3, mode: periodic, every: 2000s}}\n",
                                  "writes: 200/s", 3));
  EXPECT_NEAR(one.amounts.at(0), 600.0 * 200.0, 1e-6);
}

TEST(Sequences, WhatIsLostOnceIsNotLostAgain) {
  const std::string keys = "replication: {lag: 5s}, backup: {every: 1000s, restore: 60s}";
  const std::string disk = ", mode: disk";
  const Story one = story(fragile(
      keys, fault("db-1", 100, 50) + fault("db-2", 200, 50, disk) + fault("db-1", 220, 50, disk)));
  double lost = 0.0;
  for (const double amount : one.amounts) lost += amount;
  EXPECT_NEAR(lost, 220.0 * 200.0, 1e-6);  // all that was ever acknowledged
}

TEST(Sequences, ACopyThatOnlyRestartsIsWaitedFor) {
  // db-1's disk is lost; db-2 is stale; db-3 has all, and is back in 47 s.
  std::string text = fragile(
      "replication: {}, detection: {delay: {down: 5s}}",
      fault("wan", 100, 800) + fault("db-1", 300, 500, ", mode: disk") + fault("db-3", 302, 50));
  text.replace(text.find(", detection: perfect"), 20, "");
  text.replace(text.find("db-[1..2]"), 9, "db-[1..3]");
  text.replace(text.find("groups:"), 7, std::string(kStream) + "groups:");
  const Story one = story(text);
  EXPECT_TRUE(one.amounts.empty());
  EXPECT_NEAR(one.down_s, 52.0, 1e-9);
}

TEST(Sequences, APrefixNeedsNoFullCopy) {
  const std::string keys =
      fmt::format("replication: {{data: 100GB, resync: 100MB/s}}, {}", kAtOnce);
  EXPECT_EQ(story(pair_of(keys, fault("db-1", 100, 50) + fault("db-2", 500, 300))).down_s, 0.0);
  const std::string sync =
      fmt::format("replication: {{mode: synchronous, data: 100GB, resync: 100MB/s}}, {}", kAtOnce);
  EXPECT_NEAR(story(pair_of(sync, fault("db-2", 100, 50) + fault("db-1", 120, 100) +
                                      fault("db-2", 400, 100)))
                  .down_s,
              220.0, 1e-9);
}

TEST(Sequences, WhatWasNotDeliveredWhenTheCopyFailedIsStillMissing) {
  const std::string keys =
      "replication: {lag: 5s}, stale_promotion: at_once, detection: {delay: {down: 60s}}";
  const Story one = story(
      pair_of(keys, fault("db-1", 100, 10) + fault("db-2", 105, 100) + fault("db-1", 120, 500)));
  EXPECT_NEAR(one.amounts.at(0), 5.0 * 200.0 + 10.0 * 200.0, 1e-6);
}

TEST(Sequences, AStrictCopyIsWaitedForBesideOneThatIsNot) {
  const std::string keys = fmt::format("replication: {{mode: synchronous}}, {}", kAtOnce);
  const char* const semi = "streams: {far: {to: db-3, mode: semi_synchronous}}\n";
  EXPECT_NEAR(story(pair_of(keys, fault("db-2", 100, 100), semi, "writes: 200/s", 3)).rejected,
              100.0 * 200.0, 1e-6);
  EXPECT_NEAR(story(pair_of(keys, fault("db-3", 100, 100), semi, "writes: 200/s", 3)).rejected,
              10.0 * 200.0, 1e-6);
}

TEST(Sequences, MembersWithoutDataHaveAVote) {
  // While db-2 is copied anew, db-1 and db-2 are a majority without db-3.
  std::string text = fragile(
      "quorum: true, replication: {data: 100GB, resync: 100MB/s}, detection: {heartbeat: "
      "{interval: 1s, misses: 5}}",
      fault("db-2", 100, 10, ", mode: disk") + fault("db-3", 200, 20));
  text.replace(text.find(", detection: perfect"), 20, "");
  text.replace(text.find("db-[1..2]"), 9, "db-[1..3]");
  EXPECT_EQ(story(text, 5'000.0).down_s, 0.0);
}

TEST(Sequences, ACopyThatIsBehindGetsNoRoleBack) {
  const std::string keys =
      fmt::format("replication: {{}}, stale_promotion: at_once, failback: automatic, {}", kAtOnce);
  const Story one = story(pair_of(keys, fault("wan", 50, 900) + fault("db-1", 100, 10),
                                  "streams: {wan: {to: db-1}}\n"));
  EXPECT_TRUE(one.amounts.empty());
  const auto system = compile(topology_of(pair_of(
      keys, fault("wan", 50, 900) + fault("db-1", 100, 10), "streams: {wan: {to: db-1}}\n")));
  Simulator simulator(*system->model, {});
  simulator.begin(0);
  simulator.advance(900.0);
  EXPECT_EQ(simulator.cell(system->groups[0].members[0].active), 0);
  simulator.advance(1'000.0);
  EXPECT_EQ(simulator.cell(system->groups[0].members[0].active), 1);
}

// ---- The textbook's trade
// ------------------------------------------------------------------------------

/// Formulas of the two topologies of the library, whose comments have them.
TEST(Textbook, SynchronousAgainstAsynchronousOverTwoDistances) {
  const double l = 1.0 / (90 * 86400.0);
  const double m = 1.0 / (4 * 3600.0);
  const double a = m / (l + m);
  // The copy down, or up and stale, while the newest is down.
  const double y = l / (2 * m + l);  // of pi_1
  const double z = l * (1.0 + y) / (2 * m);
  const double one = 2 * l / (m * (1.0 + y));  // of pi_2
  const double both = 1.0 / (1.0 + one * (1.0 + y + z));
  for (const double latency_s : {0.001, 0.060}) {
    const auto text_of = [&](const std::string& name) {
      std::ifstream file(library_path(name));
      std::string text(std::istreambuf_iterator<char>(file), {});
      return text.replace(text.find("latency: 60ms"), 13, fmt::format("latency: {}s", latency_s));
    };
    const auto check = [&](const std::string& name, double writes, double reads, double lost_per_s,
                           double write_s, double read_s) {
      SCOPED_TRACE(fmt::format("{} over {} s", name, latency_s));
      const auto system = compile(topology_of(text_of(name)), Laws::memoryless);
      const Exact exact = solve(*system, ExactQuestion{});
      EXPECT_NEAR(exact.services[1].unavailability, 1.0 - reads, 1e-9 * (1.0 - reads));
      EXPECT_NEAR(exact.services[2].unavailability, 1.0 - writes, 1e-9 * (1.0 - writes));
      EXPECT_NEAR(exact.services[2].load->failed_per_s, 20.0 * (1.0 - writes),
                  1e-8 * (1.0 - writes));
      EXPECT_NEAR(*exact.groups[0].lost_writes_per_s, lost_per_s, 2e-7 * lost_per_s);
      EXPECT_NEAR(*exact.services[1].load->response_s, read_s, 1e-9 * read_s);
      EXPECT_NEAR(*exact.services[2].load->response_s, write_s, 1e-9 * write_s);
      // And by simulation, of the laws as written: the lag is constant there.
      Experiment experiment;
      experiment.runs = 300;
      experiment.horizon_s = 100 * kYear_s;
      experiment.confidence = 0.9999;
      const auto as_written = compile(topology_of(text_of(name)));
      const Estimates ours =
          estimate(*as_written, experiment, run_experiment(*as_written, experiment));
      const auto holds = [&](const Estimate& e, double value) {
        EXPECT_LE(e.low, value * (1.0 + 1e-12));
        EXPECT_GE(e.high, value * (1.0 - 1e-12));
      };
      holds(ours.services[1].unavailability, 1.0 - reads);
      holds(ours.services[2].unavailability, 1.0 - writes);
      holds(*ours.services[2].failed_requests_per_year, 20.0 * (1.0 - writes) * kYear_s);
      holds(ours.groups[0].losses->lost_writes_per_year, lost_per_s * kYear_s);
      // The first site has the primary at the start, and half of the time in the long run.
      EXPECT_NEAR(ours.services[2].response_s->value, write_s, 0.02 * write_s);
    };
    // Half of the time the primary is beside its users, half of the time at the other end.
    check("two-sites-synchronous", a * a, 1.0 - (1.0 - a) * (1.0 - a), 0.0, 3.0 * latency_s,
          latency_s);
    check("two-sites-asynchronous", both * (1.0 + one), both * (1.0 + one), l * both * 20.0 * 0.3,
          latency_s, latency_s);
  }
}

// ---- Two simulators, and the chain
// -------------------------------------------------------------------

const std::vector<std::string>& settings() {
  static const std::vector<std::string> all{
      "replication: {lag: 300ms, delay: 50ms}, takeover: 15s",
      "replication: {lag: exponential(mean=2h), diverged: rewind}, stale_promotion: at_once",
      "replication: {mode: synchronous}",
      "replication: {}, reads: any, max_staleness: 30min",
      "replication: {mode: synchronous, degrade_after: 10min}, stale_promotion: {after: 2h}",
      "replication: {mode: semi_synchronous, data: 100GB, resync: 10MB/s}, takeover: 1min, "
      "stale_promotion: at_once, failback: automatic",
      "replication: {mode: periodic, every: 6h, ship: 20min}, reads: any",
      "replication: {lag: 10min, delay: 5min, data: 1TB, resync: 50MB/s}, automatic: 50 %, "
      "otherwise: "
      "1h, backup: {every: 1d, restore: 5h}, stale_promotion: at_once"};
  return all;
}

std::string random_pair(const std::string& keys, bool with_stream) {
  const bool destroys = keys.find("backup") != std::string::npos;
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  db-[1..2]: {{kind: node, failures: {{crash: {{mttf: 200h, mttr: 4h}}{}}}}}\n"
      "{}"
      "groups:\n"
      "  db: {{policy: primary_replica, members: db-*, {}, detection: {{delay: {{down: 1min}}}}}}\n"
      "services: {{s: {{from: users, through: db, workload: {{reads: 10/s, writes: 1/s}}}}}}\n",
      destroys ? ", disk: {mttf: 900h, mttr: 9h, destroys_data: true}" : "",
      with_stream ? "streams: {wan: {to: db-2, failures: {f: {mttf: 300h, mttr: 10h}}}}\n" : "",
      keys);
}

TEST(Replication, TheReferenceSimulatorTellsTheSameStory) {
  for (const std::string& keys : settings()) {
    for (const bool with_stream : {false, true}) {
      const auto system = compile(topology_of(random_pair(keys, with_stream)));
      Told fast;
      Simulator simulator(*system->model, {7}, {&fast}, &fast);
      Told slow;
      ReferenceSimulator reference(*system->model, 7, Start::all_new, {&slow}, &slow);
      for (std::uint32_t run = 0; run < 5; ++run) {
        simulator.begin(run);
        simulator.advance(2'000 * kHour_s);
        simulator.end();
        reference.run(run, 2'000 * kHour_s);
      }
      ASSERT_GT(fast.lines.size(), 100U);
      ASSERT_EQ(fast.lines, slow.lines) << keys;
    }
  }
}

TEST(Replication, SimulationAndChainAgree) {
  for (const std::string& keys : settings()) {
    for (const bool with_stream : {false, true}) {
      SCOPED_TRACE(keys + (with_stream ? " with a stream" : ""));
      const auto system = compile(topology_of(random_pair(keys, with_stream)), Laws::memoryless);
      const Exact exact = solve(*system, ExactQuestion{});
      Experiment experiment;
      experiment.runs = 500;
      experiment.horizon_s = 40'000 * kHour_s;
      experiment.confidence = 0.9999;
      const Outcome outcome = run_experiment(*system, experiment);
      const Estimates ours = estimate(*system, experiment, outcome);
      const auto holds = [](const Estimate& e, double value, const char* what) {
        if (!(e.value > 0)) {
          EXPECT_LE(value, e.high) << what;
          return;
        }
        EXPECT_LE(e.low, value) << what;
        EXPECT_LE(value, e.high) << what;
        EXPECT_LT(e.high - e.low, 0.5 * e.value) << what << ": too few runs to tell";
      };
      for (std::size_t s = 0; s < exact.services.size(); ++s) {
        holds(ours.services[s].unavailability, exact.services[s].unavailability, "unavailability");
        holds(ours.services[s].outages_per_year, exact.services[s].outages_per_s * kYear_s,
              "outages");
      }
      holds(ours.groups[0].losses->lost_writes_per_year,
            *exact.groups[0].lost_writes_per_s * kYear_s, "lost writes");
      holds(ours.groups[0].losses->data_losses_per_year,
            *exact.groups[0].data_losses_per_s * kYear_s, "data losses");
      for (std::size_t s = 0; s < exact.services.size(); ++s) {
        if (!ours.services[s].stale_per_year || !with_stream) continue;  // else they are too rare
        holds(*ours.services[s].stale_per_year, exact.services[s].load->stale_per_s * kYear_s,
              "stale reads");
      }
      holds(ours.groups[0].failovers_per_year, exact.groups[0].begun_per_s * kYear_s, "failovers");
    }
  }
}

/// With links as without: a copy that no write could be acknowledged by answers reads.
TEST(Replication, PromotesForReadsInANetworkToo) {
  for (const char* links : {"",
                            "links: {u: {between: [users, sw]}, a: {between: [sw, db-1]}, b: "
                            "{between: [sw, db-2]}}\n"}) {
    const std::string text =
        "nines: 1\n"
        "components:\n"
        "  users: {kind: client}\n"
        "  db-[1..2]: {kind: node}\n" +
        std::string(*links != 0 ? "  sw: {kind: switch}\n" : "") + links +
        "groups: {db: {policy: primary_replica, members: db-*, replication: {mode: synchronous}, "
        "detection: {delay: {down: 10s}}}}\n"
        "services: {s: {from: users, through: db, workload: {reads: 5/s, writes: 2/s}}}\n"
        "faults:\n" +
        fault("db-1", 100, 100);
    EXPECT_NEAR(stories(text, 1, 1000, 1)[0].down_s, 10.0, 1e-9) << links;   // reads
    EXPECT_NEAR(stories(text, 1, 1000, 2)[0].down_s, 100.0, 1e-9) << links;  // writes
  }
}

}  // namespace
}  // namespace nines::test
