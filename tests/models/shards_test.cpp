// Shards: groups that have each a part of the keys.
#include <cmath>

#include "studies/exact.hpp"
#include "tests/models/copies.hpp"
#include "topologies/structure/structure.hpp"

namespace nines::test {
namespace {

/// Nodes that are down one eleventh of the time.
std::string ring(int nodes, const std::string& keys, const std::string& service = {}) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  n-[1..{}]: {{kind: node, failures: {{f: {{mttf: 100h, mttr: 10h}}}}}}\n"
      "groups:\n"
      "  g: {{policy: quorum, members: n-*, election: none, write_quorum: 1, read_quorum: 1, {}}}\n"
      "services: {{s: {{from: users, through: g{}}}}}\n",
      nodes, keys, service);
}

double availability(const std::string& text) {
  return 1.0 - solve(*compile(topology_of(text)), {}).services[0].unavailability;
}

constexpr double kDown = 1.0 / 11.0;
constexpr double kUp = 1.0 - kDown;

TEST(Shards, AreAllNeededUnlessLessWillDo) {
  const std::string keys = "shards: 3, copies: 2";
  const std::string load = ", workload: {reads: 30/s, writes: 3/s}";
  const double p = 1.0 - kDown * kDown;  // of each: one of its two nodes
  EXPECT_NEAR(availability(ring(6, keys)), p * p * p, 1e-12);
  EXPECT_NEAR(availability(ring(6, keys, load)), p * p * p, 1e-12);
  EXPECT_NEAR(availability(ring(6, keys, load + ", serves_at_least: 60 %")),
              p * p * p + 3 * p * p * (1 - p), 1e-12);
  EXPECT_NEAR(availability(ring(6, keys, load + ", serves_at_least: 30 %")), 1 - std::pow(1 - p, 3),
              1e-12);
}

TEST(Shards, OnARingShareTheirMembers) {
  // Those of neighbours overlap: no two neighbours may be down.
  EXPECT_NEAR(availability(ring(3, "shards: 3, copies: 2")),
              std::pow(kUp, 3) + 3 * kUp * kUp * kDown, 1e-12);
  EXPECT_NEAR(availability(ring(4, "shards: 4, copies: 2")),
              std::pow(kUp, 4) + 4 * std::pow(kUp, 3) * kDown + 2 * kUp * kUp * kDown * kDown,
              1e-12);
  // More shards than places: the same members again. And all on all: any member will do.
  EXPECT_NEAR(availability(ring(3, "shards: 6, copies: 2")),
              std::pow(kUp, 3) + 3 * kUp * kUp * kDown, 1e-12);
  EXPECT_NEAR(availability(ring(3, "shards: 2")), 1 - std::pow(kDown, 3), 1e-12);
}

TEST(Shards, HaveAnEqualPartOfTheWritesEach) {
  // Of 200/s half go to the first: with 100 ms of lag its master takes 10 with it.
  const std::string keys =
      "replication: {lag: 100ms}, detection: {delay: {down: 1s}}, shards: 2, copies: 2";
  const std::vector<Story> seen =
      stories(pair_of(keys, fault("db-1", 100, 900), {}, "writes: 200/s", 4), 1);
  ASSERT_EQ(seen[0].amounts.size(), 1U);
  EXPECT_NEAR(seen[0].amounts[0], 10.0, 1e-9);
  EXPECT_NEAR(seen[0].rejected, 100.0, 1e-9);
  EXPECT_NEAR(seen[0].down_s, 1.0, 1e-9);
  // That of the other shard loses nothing of this one.
  EXPECT_TRUE(stories(pair_of(keys, fault("db-3", 100, 900), {}, "writes: 200/s", 4), 1)[0]
                  .amounts.empty());
}

TEST(Shards, AreTheSameWrittenOut) {
  const std::string head =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..4]: {kind: node, failures: {f: {mttf: 100h, mttr: 1h}}}\n"
      "groups:\n";
  const std::string keys =
      "replication: {lag: 1s}, detection: {delay: {down: exponential(mean=20min)}}}\n";
  const std::string load = ", workload: {reads: 10/s, writes: 2/s}, serves_at_least: 50 %}}\n";
  const std::string by_key = head +
                             "  g: {policy: primary_replica, members: n-*, shards: 2, copies: 2, " +
                             keys + "services: {s: {from: users, through: g" + load;
  const std::string by_hand = head + "  a: {policy: primary_replica, members: [n-1, n-2], " + keys +
                              "  b: {policy: primary_replica, members: [n-3, n-4], " + keys +
                              "services: {s: {from: users, through: {shards: [a, b]}" + load;
  const Exact one = solve(*compile(topology_of(by_key), Laws::memoryless), {});
  const Exact other = solve(*compile(topology_of(by_hand), Laws::memoryless), {});
  ASSERT_EQ(one.services.size(), other.services.size());
  for (std::size_t s = 0; s < one.services.size(); ++s) {
    EXPECT_NEAR(one.services[s].unavailability / other.services[s].unavailability, 1.0, 1e-9);
  }
  ASSERT_EQ(one.groups.size(), 2U);
  for (std::size_t g = 0; g < 2; ++g) {
    EXPECT_NEAR(*one.groups[g].lost_writes_per_s / *other.groups[g].lost_writes_per_s, 1.0, 1e-9);
  }
  EXPECT_EQ(one.groups[1].name, "g.2");
  // Half a service is down only with both its shards.
  const double each = one.services[1].unavailability;
  EXPECT_NEAR(one.services[0].unavailability / (each * each), 1.0, 1e-6);
}

TEST(Shards, AreCutOneByOne) {
  const auto cuts = [](const std::string& service) {
    const Topology topology = topology_of(ring(4, "shards: 2, copies: 2", service));
    return structure_of(topology, 0, {}).cuts.sets.size();
  };
  EXPECT_EQ(cuts(", workload: {reads: 1/s}"), 2U);
  EXPECT_EQ(cuts(", workload: {reads: 1/s}, serves_at_least: 50 %"), 0U);  // up to three at once
}

}  // namespace
}  // namespace nines::test
