// Queues: writes that wait while what is behind them is down.
#include "studies/estimates.hpp"
#include "tests/models/copies.hpp"

namespace nines::test {
namespace {

/// Users, a queue on so many brokers and a database; nothing fails by chance. 20 writes a second,
/// and 100 a second drain.
std::string queue(const std::string& keys, const std::string& faults, int brokers = 1) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  mq-[1..{}]: {{kind: node, failures: {{disk: {{mttf: 1e9h, mttr: 1h, destroys_data: "
      "true}}}}}}\n"
      "  store: {{kind: node}}\n"
      "groups:\n"
      "  orders: {{policy: queue, members: mq-*, drains: 100/s{}}}\n"
      "  db: {{policy: active_active, members: store}}\n"
      "services: {{s: {{from: users, through: [orders, db], workload: {{writes: 20/s}}}}}}\n"
      "faults:\n{}",
      brokers, keys, faults);
}

GroupEstimates told(const std::string& text, double horizon_s, std::uint64_t runs = 1) {
  const auto system = compile(topology_of(text));
  Experiment experiment;
  experiment.runs = runs;
  experiment.horizon_s = horizon_s;
  experiment.confidence = 0.9999;
  return estimate(*system, experiment, run_experiment(*system, experiment)).groups.at(0);
}

const std::string kDown = fault("store", 100, 100);  // from 100 s to 200 s

TEST(WriteQueues, FillAndDrain) {
  // 2,000 wait at 200 s; at 80 a second they are gone 25 s later. Between them a triangle.
  const GroupEstimates seen = told(queue("", kDown), 1000);
  EXPECT_NEAR(seen.buffer->most, 2000.0, 1e-6);
  EXPECT_NEAR(seen.buffer->waiting.value, 0.5 * 2000 * 125 / 1000, 1e-9);
  EXPECT_NEAR(seen.buffer->wait_s.value, 0.5 * 2000 * 125 / 20000, 1e-9);
  const Story story = stories(queue("", kDown), 1)[0];
  EXPECT_EQ(story.rejected, 0.0);
  EXPECT_TRUE(story.amounts.empty());
}

TEST(WriteQueues, RejectWritesWhileTheyAreFull) {
  // Full after 50 s; when the store is back, a hundredth, 10 writes, takes 0.1 s to drain.
  const std::string text = queue(", size: 1000 writes", kDown);
  const Story story = stories(text, 1)[0];
  EXPECT_NEAR(story.rejected, 20 * 50.1, 1e-6);
  EXPECT_NEAR(story.down_s, 50.1, 1e-9);
  EXPECT_NEAR(told(text, 1000).buffer->most, 1000.0, 1e-6);
}

TEST(WriteQueues, LoseWhatWaitsWithTheLastWhoHasIt) {
  const auto destroyed = [](const std::string& who, double at_s) {
    return fmt::format("  - {{at: {}s, component: {}, mode: disk, for: 5s}}\n", at_s, who);
  };
  // One broker, destroyed while 1,000 wait.
  const Story one = stories(queue("", kDown + destroyed("mq-1", 150)), 1)[0];
  ASSERT_EQ(one.amounts.size(), 1U);
  EXPECT_NEAR(one.amounts[0], 1000.0, 1e-6);
  EXPECT_NEAR(one.rejected, 100.0, 1e-9);
  // After that it fills from nothing: the 45 s until the store is back.
  EXPECT_NEAR(told(queue("", kDown + destroyed("mq-1", 150)), 1000).buffer->most, 1000.0, 1e-6);
  // Destroyed at the very moment at which it is full.
  const Story full = stories(queue(", size: 1000 writes", kDown + destroyed("mq-1", 150)), 1)[0];
  ASSERT_EQ(full.amounts.size(), 1U);
  EXPECT_NEAR(full.amounts[0], 1000.0, 1e-6);
  EXPECT_NEAR(full.down_s, 5.0, 1e-6);
  // Two have it both.
  EXPECT_TRUE(stories(queue("", kDown + destroyed("mq-1", 150), 2), 1)[0].amounts.empty());
  // The other was away while all this came.
  const Story away =
      stories(queue("", kDown + fault("mq-2", 90, 100) + destroyed("mq-1", 150), 2), 1)[0];
  ASSERT_EQ(away.amounts.size(), 1U);
  EXPECT_NEAR(away.amounts[0], 1000.0, 1e-6);
  // It was back before, and has it.
  EXPECT_TRUE(stories(queue("", kDown + fault("mq-2", 90, 50) + destroyed("mq-1", 150), 2), 1)[0]
                  .amounts.empty());
}

TEST(WriteQueues, WaitForWhoHasWhatWaits) {
  // The second lacks what came while it was away, and does not serve until the first is back.
  const Story story =
      stories(queue("", kDown + fault("mq-2", 110, 40) + fault("mq-1", 140, 30), 2), 1)[0];
  EXPECT_NEAR(story.down_s, 30.0, 1e-9);
  EXPECT_TRUE(story.amounts.empty());
}

TEST(WriteQueues, DoNotWaitWhenNothingDoes) {
  // What the first missed was drained long ago: it takes writes again at once.
  const Story story = stories(queue("", fault("mq-1", 500, 50) + fault("mq-2", 540, 100), 2), 1)[0];
  EXPECT_NEAR(story.down_s, 10.0, 1e-9);
  // So is what came while the store was down for a while, after 25 s more.
  const Story later =
      stories(queue("", kDown + fault("mq-1", 150, 90) + fault("mq-2", 230, 100), 2), 1)[0];
  EXPECT_NEAR(later.down_s, 10.0, 1e-9);
}

TEST(WriteQueues, LevelALoadThatTheStoreCannotTakeAtOnce) {
  // By day 20 a second come and 15 are taken: after twelve hours 216,000 wait, and by night 13 a
  // second more are taken than come.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  mq: {kind: node}\n"
      "  store: {kind: node, capacity: 15/s}\n"
      "groups:\n"
      "  orders: {policy: queue, members: mq, drains: 15/s}\n"
      "  db: {policy: active_active, members: store}\n"
      "services: {s: {from: users, through: [orders, db], workload: {writes: 20/s}, profile: "
      "{night: "
      "{hours: 20:00-08:00, load: 10 %}}}}\n";
  const GroupEstimates seen = told(text, 28 * 24 * kHour_s);
  const double high = 5.0 * 12 * kHour_s;
  EXPECT_NEAR(seen.buffer->most / high, 1.0, 1e-9);
  const double area = 0.5 * high * (12 * kHour_s + high / 13.0);  // of a day
  // The horizon ends four hours after the last evening.
  const double left = high - 13.0 * 4 * kHour_s;
  const double all = 28 * area - 0.5 * left * left / 13.0;
  EXPECT_NEAR(seen.buffer->waiting.value * 28 * 24 * kHour_s / all, 1.0, 1e-9);
}

TEST(WriteQueues, PassWritesOnToCopies) {
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  mq: {kind: node}\n"
      "  db-[1..2]: {kind: node}\n"
      "groups:\n"
      "  db: {policy: primary_replica, members: db-*, replication: {lag: 2s}, detection: {delay: "
      "{down: 10s}}}\n"
      "  orders: {policy: queue, members: mq, drains: 100/s}\n"
      "services: {s: {from: users, through: [orders, db], workload: {reads: 5/s, writes: 20/s}}}\n"
      "faults:\n" +
      fault("db-1", 100, 500);
  const Story story = stories(text, 1, 1000, 2)[0];  // the writes
  ASSERT_EQ(story.amounts.size(), 1U);
  EXPECT_NEAR(story.amounts[0], 40.0, 1e-9);  // in two seconds
  EXPECT_EQ(story.rejected, 0.0);             // none while the copy is promoted
}

TEST(WriteQueues, DrainWithoutWhoeverFilledThem) {
  // The users are cut off when the store is back.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  mq: {kind: node}\n"
      "  store: {kind: node}\n"
      "  sw: {kind: switch}\n"
      "links:\n"
      "  u: {between: [users, sw]}\n  m: {between: [sw, mq]}\n  d: {between: [sw, store]}\n"
      "groups:\n"
      "  orders: {policy: queue, members: mq, drains: 100/s}\n"
      "  db: {policy: active_active, members: store}\n"
      "services: {s: {from: users, through: [orders, db], workload: {writes: 20/s}}}\n"
      "faults:\n" +
      kDown + fault("u", 200, 100);
  EXPECT_NEAR(told(text, 1000).buffer->waiting.value, 0.5 * 2000 * 120 / 1000, 1e-9);
}

TEST(WriteQueues, HoldWhatAnOutageLeavesOnAverage) {
  // An outage of length D leaves a triangle as high as a D and D (1 + a / (d - a)) long; over a
  // cycle of U + D this is the mean (renewal reward: Ross, "Stochastic Processes", 1996, theorem
  // 3.6.1).
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  mq: {kind: node}\n"
      "  store: {kind: node, failures: {f: {mttf: 1000h, mttr: 2h}}}\n"
      "groups:\n"
      "  orders: {policy: queue, members: mq, drains: 100/s}\n"
      "  db: {policy: active_active, members: store}\n"
      "services: {s: {from: users, through: [orders, db], workload: {writes: 20/s}}}\n";
  const GroupEstimates seen = told(text, 20 * kYear_s, 400);
  const double d_s = 2 * kHour_s;
  const double mean = 0.5 * 20.0 * (1.0 + 20.0 / 80.0) * 2.0 * d_s * d_s / (1002 * kHour_s);
  EXPECT_LT(seen.buffer->waiting.low, mean);
  EXPECT_GT(seen.buffer->waiting.high, mean);
  EXPECT_LT(seen.buffer->waiting.high - seen.buffer->waiting.low, 0.1 * mean);
  EXPECT_NEAR(seen.buffer->wait_s.value * 20.0 / seen.buffer->waiting.value, 1.0, 1e-3);  // Little
}

}  // namespace
}  // namespace nines::test
