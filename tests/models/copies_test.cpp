// Copies that feed copies, that answer reads, that are needed, that are not promoted.
#include "tests/models/copies.hpp"
#include "studies/estimates.hpp"

namespace nines::test {
namespace {

// ---- Reads of copies ----------------------------------------------------------------------------

TEST(StaleReads, AreThoseThatACopyAnswersWithoutItsStream) {
  const std::string load = "reads: 100/s, writes: 20/s";
  const std::string keys = fmt::format("replication: {{}}, reads: any, {}", kAtOnce);
  const std::string cut = fault("wan", 100, 150);
  const Story any = story(pair_of(keys, cut, kStream, load));
  EXPECT_NEAR(any.stale, 150.0 * 50.0, 1e-6);  // the copy answers half of the reads
  // Not further behind than 40 s: then the primary answers all.
  const Story fresh = story(pair_of(keys + ", max_staleness: 40s", cut, kStream, load));
  EXPECT_NEAR(fresh.stale, 40.0 * 50.0, 1e-6);
  EXPECT_EQ(fresh.rejected, 0.0);
  // Nor does it help when the primary is lost: the copy that is behind is not promoted, and after
  // 40 s reads fail, too.
  const std::string both = cut + fault("db-1", 110, 300);
  const Story lost = story(pair_of(keys + ", max_staleness: 40s", both, kStream, load));
  EXPECT_NEAR(lost.stale, 10.0 * 50.0 + 30.0 * 100.0, 1e-6);
  EXPECT_NEAR(lost.rejected, 300.0 * 20.0 + 270.0 * 100.0, 1e-6);
  // One that follows is not counted, however it lags.
  EXPECT_EQ(story(pair_of(fmt::format("replication: {{lag: 5s}}, reads: any, {}", kAtOnce),
                          fault("db-2", 100, 10), "", load))
                .stale,
            0.0);
}

// ---- Copies that feed copies --------------------------------------------------------------------

// ---- Commits whose outcome nobody knows
// ----------------------------------------------------------

/// At a rate L and taking W each there are L W of them under way (Little, "A proof for the queuing
/// formula L = λW", 1961).
TEST(UnknownCommits, AreThoseUnderWayWhenWhoTakesThemFails) {
  const auto unknown = [](const std::string& group, const std::string& faults) {
    const auto system = compile(topology_of(
        "nines: 1\n"
        "components:\n"
        "  users: {kind: client}\n"
        "  here: {kind: switch}\n"
        "  db-[1..3]: {kind: node}\n"
        "links:\n"
        "  u: {between: [users, here], latency: 5ms}\n"
        "  a: {between: [here, db-1]}\n"
        "  b: {between: [here, db-2], latency: 30ms}\n"
        "  c: {between: [here, db-3], latency: 30ms}\n"
        "groups: {g: {members: db-*, " +
        group +
        "}}\n"
        "services: {s: {from: users, through: g, workload: {reads: 500/s, writes: 200/s}}}\n"
        "faults:\n" +
        faults));
    Experiment experiment;
    experiment.runs = 1;
    experiment.horizon_s = 1'000.0;
    const Estimates seen = estimate(*system, experiment, run_experiment(*system, experiment));
    return seen.groups.at(0).unknown_commits_per_year->value * 1'000.0 / kYear_s;
  };
  const std::string both = "policy: primary_replica, detection: {delay: {down: 5s}}, ";
  const std::string once = fault("db-1", 100, 50);
  EXPECT_NEAR(unknown(both + "replication: {mode: synchronous}", once), 200 * 0.070, 1e-9);
  EXPECT_NEAR(unknown(both + "replication: {lag: 0s}", once), 200 * 0.010, 1e-9);
  EXPECT_EQ(unknown(both + "replication: {lag: 0s}", fault("db-2", 100, 50)), 0.0);
  const std::string led = "policy: quorum, election: {delay: {takes: 1s}}";
  EXPECT_NEAR(unknown(led, once), 200 * 0.070, 1e-9);  // reads go the same way, and are none
  EXPECT_NEAR(unknown(led + ", read_quorum: 2", once), 200 * 0.070, 1e-9);
}

TEST(Cascading, ACopyIsBehindWithTheOneThatFeedsIt) {
  // db-3 gets its writes from db-2. Without db-2 it is away, though the primary is there.
  const std::string streams = "streams: {chain: {to: db-3, from: db-2}}\n";
  const std::string keys = fmt::format("replication: {{}}, stale_promotion: at_once, {}", kAtOnce);
  const std::string behind = fault("db-2", 100, 600) + fault("db-1", 190, 500);
  const Story chained = story(pair_of(keys, behind, streams, "writes: 200/s", 3));
  ASSERT_EQ(chained.amounts.size(), 1U);
  EXPECT_NEAR(chained.amounts[0], 90.0 * 200.0, 1e-6);
  EXPECT_TRUE(story(pair_of(keys, behind, "", "writes: 200/s", 3)).amounts.empty());
  // When db-2 is promoted it feeds db-3 on.
  const Story on = story(pair_of(keys, fault("db-1", 100, 800) + fault("db-2", 200, 500), streams,
                                 "writes: 200/s", 3));
  EXPECT_TRUE(on.amounts.empty());
  EXPECT_EQ(on.rejected, 0.0);
}

TEST(Cascading, LagsAddUpAlongTheWay) {
  // Both are lost at once: db-3 lacks what db-2 lacked, and what that had not sent.
  const std::string keys =
      fmt::format("replication: {{lag: 3s}}, stale_promotion: at_once, {}", kAtOnce);
  const std::string streams = "streams: {chain: {to: db-3, from: db-2, lag: 4s, delay: 2s}}\n";
  const std::string both = fault("db-1", 100, 600) + fault("db-2", 100, 600);
  const Story one = story(pair_of(keys, both, streams, "writes: 200/s", 3));
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], (3.0 + 4.0 + 2.0) * 200.0, 1e-6);
  // Alone the primary takes what it had not sent to db-2, which is promoted first.
  const Story head = story(pair_of(keys, fault("db-1", 100, 600), streams, "writes: 200/s", 3));
  EXPECT_NEAR(head.amounts.at(0), 3.0 * 200.0, 1e-6);
}

// ---- Promotion ----------------------------------------------------------------------------------

TEST(Promotion, WaitsForWhatWasReceivedToBeApplied) {
  const std::string keys = "replication: {}, takeover: 20s, detection: {delay: {down: 10s}}";
  const std::string streams = "streams: {late: {to: db-2, replay: 6min}}\n";
  const Story one = story(pair_of(keys, fault("db-1", 100, 5000), streams), 2000.0);
  EXPECT_NEAR(one.down_s, 10.0 + 20.0 + 360.0, 1e-9);
  EXPECT_TRUE(one.amounts.empty());
}

// ---- Primaries that need followers --------------------------------------------------------------

TEST(MinReplicas, APrimaryWithoutFollowersStopsAfterAWhile) {
  const std::string load = "reads: 100/s, writes: 20/s";
  const std::string keys =
      fmt::format("replication: {{min_replicas: 1, max_lag: 10s}}, {}", kAtOnce);
  const Story cut = story(pair_of(keys, fault("wan", 100, 150), kStream, load));
  EXPECT_NEAR(cut.rejected, 140.0 * 20.0, 1e-6);
  EXPECT_TRUE(cut.amounts.empty());
  // Shorter than that, it is not even noticed.
  EXPECT_EQ(story(pair_of(keys, fault("wan", 100, 9.9), kStream, load)).rejected, 0.0);
  // One of two is enough.
  EXPECT_EQ(story(pair_of(keys, fault("db-2", 100, 150), "", load, 3)).rejected, 0.0);
}

TEST(MinReplicas, CountsCopiesThatFollowThePrimaryAndHaveAll) {
  const std::string load = "reads: 100/s, writes: 20/s";
  // db-3 follows db-2, which alone follows the primary.
  const std::string keys =
      fmt::format("replication: {{min_replicas: 1, max_lag: 10s}}, {}", kAtOnce);
  const std::string streams = "streams: {chain: {to: db-3, from: db-2}}\n";
  EXPECT_NEAR(story(pair_of(keys, fault("db-2", 100, 150), streams, load, 3)).rejected,
              140.0 * 20.0, 1e-6);
  // One that is being copied does not follow yet.
  const Story copied = story(
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  db-[1..2]: {kind: node, failures: {disk: {mttf: 1e9h, mttr: 1h, destroys_data: true}}}\n"
      "groups:\n"
      "  db: {policy: primary_replica, members: db-*, detection: perfect, backup: {every: 1d, "
      "restore: 1h}, replication: {min_replicas: 1, data: 100GB, resync: 1GB/s}}\n"
      "services: {s: {from: users, through: db, workload: {reads: 100/s, writes: 20/s}}}\n"
      "faults: [{at: 100s, component: db-2, mode: disk, for: 50s}]\n");
  EXPECT_NEAR(copied.rejected, (50.0 + 100.0 - 10.0) * 20.0, 1e-6);
}

TEST(MinReplicas, BoundsWhatASplitBrainLoses) {
  // Users on both sides; the primary without followers goes on for 10 s, and that is what is lost.
  const auto lost = [](const std::string& more, const std::string& keys = {}) {
    const Story one = story(
        "nines: 1\n"
        "components:\n"
        "  users: {kind: client}\n"
        "  more: {kind: client}\n"
        "  r-[1..2]: {kind: router}\n"
        "  db-[1..3]: {kind: node}\n"
        "links:\n"
        "  u-1: {between: [users, r-1]}\n"
        "  u-2: {between: [more, r-2]}\n"
        "  trunk: {between: [r-1, r-2]}\n"
        "  l-1: {between: [r-1, db-1]}\n"
        "  l-2: {between: [r-2, db-2]}\n"
        "  l-3: {between: [r-2, db-3]}\n"
        "groups: {db: {policy: primary_replica, members: db-*, replication: {" +
        more + "}, detection: {heartbeat: {interval: 1s, misses: 5}}" + keys +
        "}}\n"
        "services:\n"
        "  s: {from: users, through: db, workload: {writes: 20/s}}\n"
        "  t: {from: more, through: db, workload: {writes: 20/s}}\n"
        "faults: [{at: 100s, component: trunk, for: 300s}]\n");
    double sum = 0.0;
    for (const double amount : one.amounts) sum += amount;
    return sum;
  };
  EXPECT_NEAR(lost("min_replicas: 1"), 10.0 * 20.0, 1e-6);
  EXPECT_NEAR(lost(""), 300.0 * 20.0, 1e-6);
  // The majority promotes. The primary stops for want of votes before that, unless it goes on.
  EXPECT_LE(lost("", ", quorum: true"), 6.0 * 20.0);
  EXPECT_NEAR(lost("", ", quorum: true, goes_on: true"), 300.0 * 20.0, 1e-6);
  EXPECT_NEAR(lost("min_replicas: 1", ", quorum: true, goes_on: true"), 10.0 * 20.0, 1e-6);
}

// ---- A server that nobody promotes --------------------------------------------------------------

TEST(WithoutPromotion, WhatTheBackupServerTookIsLostAtFailback) {
  const std::string keys =
      fmt::format("replication: {{lag: 5s}}, failback: automatic, {}", kAtOnce);
  const std::string none = keys + ", promotion: none";
  // What the primary had not sent comes back with it; what the other took meanwhile is gone.
  const Story trap = story(pair_of(none, fault("db-1", 100, 300)));
  ASSERT_EQ(trap.amounts.size(), 1U);
  EXPECT_NEAR(trap.amounts[0], 300.0 * 200.0, 1e-6);
  EXPECT_EQ(trap.at_s[0], 400.0);
  EXPECT_EQ(trap.rejected, 0.0);
  const Story promoted = story(pair_of(keys, fault("db-1", 100, 300)));
  ASSERT_EQ(promoted.amounts.size(), 1U);
  EXPECT_NEAR(promoted.amounts[0], 5.0 * 200.0, 1e-6);
  // It fails as well, and is back before the primary: still one loss, at failback.
  const Story both = story(pair_of(none, fault("db-1", 100, 300) + fault("db-2", 200, 50)));
  ASSERT_EQ(both.amounts.size(), 1U);
  EXPECT_NEAR(both.amounts[0], 250.0 * 200.0, 1e-6);
  // Afterwards it is copied anew, and stands in again.
  const Story twice = story(pair_of(none, fault("db-1", 100, 100) + fault("db-1", 300, 50)));
  ASSERT_EQ(twice.amounts.size(), 2U);
  EXPECT_NEAR(twice.amounts[1], 50.0 * 200.0, 1e-6);
}

TEST(WithoutPromotion, WhatItLackedIsLostOnce) {
  // First the primary stops, then its data are destroyed: what it had not sent, and no more.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  db-[1..2]: {kind: node, failures: {disk: {mttf: 1e9h, mttr: 1h, destroys_data: true}}}\n"
      "groups:\n"
      "  db: {policy: primary_replica, members: db-*, replication: {lag: 1s}, promotion: none, "
      "failback: automatic, detection: perfect, backup: {every: 1d, restore: 1h}}\n"
      "services: {s: {from: users, through: db, workload: {writes: 10/s}}}\n"
      "faults:\n"
      "  - {at: 100s, component: db-1, for: 800s}\n"
      "  - {at: 200s, component: db-1, mode: disk, for: 100s}\n";
  const Story one = story(text);
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 10.0, 1e-9);
}

TEST(WithoutPromotion, ItIsAllThereIsIfThePrimarysDataAreGone) {
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  db-[1..2]: {kind: node, failures: {disk: {mttf: 1e9h, mttr: 1h, destroys_data: true}}}\n"
      "groups:\n"
      "  db: {policy: primary_replica, members: db-*, replication: {lag: 5s}, promotion: none, "
      "failback: automatic, detection: perfect, backup: {every: 1d, restore: 1h}}\n"
      "services: {s: {from: users, through: db, workload: {writes: 200/s}}}\n"
      "faults: [{at: 100s, component: db-1, mode: disk, for: 300s}]\n";
  const Story one = story(text);
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 5.0 * 200.0, 1e-6);
  EXPECT_EQ(one.data_losses, 0);
}

}  // namespace
}  // namespace nines::test
