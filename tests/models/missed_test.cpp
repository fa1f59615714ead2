// What members of quorum groups missed while they were away, and how stale they answer.
#include <cmath>

#include "studies/estimates.hpp"
#include "studies/exact.hpp"
#include "tests/models/copies.hpp"

namespace nines::test {
namespace {

/// Copies without a leader; 300 reads a second.
std::string ring(int members, const std::string& keys, const std::string& faults) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  n-[1..{}]: {{kind: node}}\n"
      "groups: {{g: {{policy: quorum, members: n-*, election: none, {}}}}}\n"
      "services: {{s: {{from: users, through: g, workload: {{reads: 300/s, writes: 10/s}}}}}}\n"
      "faults:\n{}",
      members, keys, faults);
}

double stale(const std::string& text, double horizon_s = 1'000.0) {
  const auto system = compile(topology_of(text));
  Experiment experiment;
  experiment.runs = 1;
  experiment.horizon_s = horizon_s;
  const Estimates seen = estimate(*system, experiment, run_experiment(*system, experiment));
  return seen.services.at(0).stale_per_year->value * horizon_s / kYear_s;
}

TEST(MissedWrites, AreLackedUntilTheMemberHasCaughtUp) {
  const std::string one = "write_quorum: 1, read_quorum: 1, replication: {catch_up: 20s}";
  // A third of the reads asks the one that has just come back.
  EXPECT_NEAR(stale(ring(3, one, fault("n-2", 100, 50))), 300 * 20 / 3.0, 1e-6);
  // Away again before it has caught up: it begins anew.
  EXPECT_NEAR(stale(ring(3, one, fault("n-2", 100, 50) + fault("n-2", 160, 10))),
              300 * (10 + 20) / 3.0, 1e-6);
  // While nobody takes writes there is nothing to miss: the first is back whole.
  EXPECT_NEAR(stale(ring(2, one, fault("n-2", 90, 70) + fault("n-1", 100, 50))), 300 * 20 / 2.0,
              1e-6);
}

TEST(MissedWrites, AreBroughtByRepairAfterALongAbsence) {
  const std::string one =
      "write_quorum: 1, read_quorum: 1, replication: {catch_up: 20s, hint_window: 40s, repair: "
      "100s}";
  EXPECT_NEAR(stale(ring(3, one, fault("n-2", 100, 30))), 300 * 20 / 3.0, 1e-6);
  EXPECT_NEAR(stale(ring(3, one, fault("n-2", 100, 50))), 300 * 100 / 3.0, 1e-6);
  // The next short absence is one again.
  EXPECT_NEAR(stale(ring(3, one, fault("n-2", 100, 50) + fault("n-2", 400, 30))),
              300 * (100 + 20) / 3.0, 1e-6);
}

TEST(MissedWrites, AreSeenUnlessAllWhoAreAskedLackThem) {
  // Two of four lack something; of the six pairs that may be asked one is those two.
  const std::string two = "write_quorum: 2, read_quorum: 2, replication: {catch_up: 20s}";
  EXPECT_NEAR(stale(ring(4, two, fault("n-1", 100, 50) + fault("n-2", 100, 50))), 300 * 20 / 6.0,
              1e-6);
  EXPECT_NEAR(stale(ring(4, two, fault("n-1", 100, 50))), 0.0, 1e-6);
}

TEST(MissedWrites, AreThoseOfTheOtherSideOfAPartition) {
  // Both sides take writes and read what they have; afterwards both lack for 20 s.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  sw-[1..2]: {kind: switch}\n"
      "  n-[1..2]: {kind: node}\n"
      "links:\n"
      "  u: {between: [users, sw-1]}\n  v: {between: [users, sw-2]}\n"
      "  a: {between: [sw-1, n-1]}\n  b: {between: [sw-2, n-2]}\n"
      "  trunk: {between: [sw-1, sw-2]}\n"
      "groups: {g: {policy: quorum, members: n-*, election: none, write_quorum: 1, read_quorum: 1, "
      "replication: {catch_up: 20s}}}\n"
      "services: {s: {from: users, through: g, workload: {reads: 300/s, writes: 10/s}}}\n"
      "faults:\n" +
      fault("trunk", 100, 50);
  EXPECT_NEAR(stale(text), 300 * 70, 1e-6);
}

TEST(MissedWrites, AreNotThoseOfWhomNobodyReaches) {
  // Cut off from users and peers a member takes no writes, so that the others miss none.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  sw: {kind: switch}\n"
      "  n-[1..3]: {kind: node}\n"
      "links:\n"
      "  u: {between: [users, sw]}\n  a: {between: [sw, n-1]}\n  b: {between: [sw, n-2]}\n"
      "  c: {between: [sw, n-3]}\n"
      "groups: {g: {policy: quorum, members: n-*, election: none, write_quorum: 1, read_quorum: 1, "
      "replication: {catch_up: 20s}}}\n"
      "services: {s: {from: users, through: g, workload: {reads: 300/s, writes: 10/s}}}\n"
      "faults:\n" +
      fault("c", 100, 50);
  EXPECT_NEAR(stale(text), 300 * 20 / 3.0, 1e-6);
}

TEST(MissedWrites, ComeFromWhoHasThem) {
  // A second after the return of the one that lacks them the other is away: it catches up when that
  // is back, and both from each other, as each has written alone.
  const std::string one = "write_quorum: 1, read_quorum: 1, replication: {catch_up: 20s}";
  EXPECT_NEAR(stale(ring(2, one, fault("n-2", 100, 50) + fault("n-1", 151, 349))),
              300 * (1 / 2.0 + 349 + 20), 1e-6);
  // The third has all: it brings them.
  EXPECT_NEAR(stale(ring(3, one, fault("n-2", 100, 50) + fault("n-1", 151, 349))),
              300 * (1 / 3.0 + 19 / 2.0 + 20 / 3.0), 1e-6);
}

TEST(MissedWrites, AreAskedForInEveryGroupOfAStep) {
  const auto both = [](const char* step, int quorum) {
    return fmt::format(
        "nines: 1\n"
        "components:\n  users: {{kind: client}}\n  a-[1..4]: {{kind: node}}\n"
        "  b-[1..4]: {{kind: node}}\n"
        "groups:\n"
        "  g: {{policy: quorum, members: a-*, election: none, write_quorum: {1}, read_quorum: {1}, "
        "replication: {{catch_up: 20s}}}}\n"
        "  h: {{policy: quorum, members: b-*, election: none, write_quorum: {1}, read_quorum: {1}, "
        "replication: {{catch_up: 20s}}}}\n"
        "services: {{s: {{from: users, through: [{{{0}: [g, h]}}], workload: {{reads: 300/s, "
        "writes: "
        "10/s}}}}}}\n"
        "faults:\n{2}",
        step, quorum, fault("a-1", 100, 50));
  };
  EXPECT_NEAR(stale(both("all", 2)), 0.0, 1e-6);
  EXPECT_NEAR(stale(both("any", 2)), 0.0, 1e-6);
  EXPECT_NEAR(stale(both("all", 1)), 300 * 20 / 4.0, 1e-6);
  EXPECT_NEAR(stale(both("any", 1)), 300 * 20 / 8.0, 1e-6);
}

TEST(MissedWrites, AreReadByTheShareOfTimeOfAMarkovChain) {
  // Two fail at rate l, come back at m and catch up at v; the third never fails, so that writes
  // are always missed. A member that is up lacks some with l / (l + v): what enters "lacks" from
  // "down" leaves it to "has all" or to "down".
  const Exact exact = solve(
      *compile(topology_of(
          "nines: 1\n"
          "components:\n"
          "  users: {kind: client}\n"
          "  n-[1..2]: {kind: node, failures: {f: {mttf: 100h, mttr: 10h}}}\n"
          "  n-3: {kind: node}\n"
          "groups: {g: {policy: quorum, members: n-*, election: none, write_quorum: 1, "
          "read_quorum: "
          "1, replication: {catch_up: exponential(mean=5h)}}}\n"
          "services: {s: {from: users, through: g, workload: {reads: 300/s, writes: 10/s}}}\n")),
      {});
  const double up = 100.0 / 110.0;
  const double lacks = (1 / 100.0) / (1 / 100.0 + 1 / 5.0);
  const double share = up * up * 2 * lacks / 3 + 2 * up * (1 - up) * lacks / 2;
  EXPECT_NEAR(exact.services.at(0).load->stale_per_s / (300 * share), 1.0, 1e-9);
}

TEST(MissedWrites, AreOnNoMoreMembersThanHaveCaughtUp) {
  // Back for ten seconds of the twenty that it needs when the only other copy is destroyed: what it
  // missed in 50 s is lost, as without its return; what it got since then is not.
  const auto lost = [](double destroyed_s) {
    const std::vector<Story> seen = stories(
        fmt::format(
            "nines: 1\n"
            "components:\n"
            "  users: {{kind: client}}\n"
            "  n-[1..2]: {{kind: node, failures: {{disk: {{mttf: 1e9h, mttr: 1h, destroys_data: "
            "true}}}}}}\n"
            "groups: {{g: {{policy: quorum, members: n-*, election: none, write_quorum: 1, "
            "read_quorum: 1, replication: {{catch_up: 20s}}}}}}\n"
            "services: {{s: {{from: users, through: g, workload: {{writes: 10/s}}}}}}\n"
            "faults:\n{}  - {{at: {}s, component: n-1, mode: disk, for: 5s}}\n",
            fault("n-2", 100, 50), destroyed_s),
        1);
    return seen[0].amounts.empty() ? 0.0 : seen[0].amounts[0];
  };
  EXPECT_NEAR(lost(160), 500.0, 1e-9);
  EXPECT_NEAR(lost(171), 0.0, 1e-9);
}

}  // namespace
}  // namespace nines::test
