// Quorum groups: elections against a clock of each member, majorities, partitions.
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "engine/run/simulate.hpp"
#include "studies/exact.hpp"
#include "tests/frozen.hpp"
#include "tests/kolmogorov.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

std::string three(const std::string& keys, const std::string& faults, int members = 3) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  n-[1..{}]: {{kind: node}}\n"
      "groups:\n"
      "  g: {{policy: quorum, members: n-*{}}}\n"
      "services: {{s: {{from: users, through: g}}}}\n"
      "faults:\n{}",
      members, keys, faults);
}

std::string fault(const std::string& who, double at_s, double for_s) {
  return fmt::format("  - {{at: {}s, component: {}, for: {}s}}\n", at_s, who, for_s);
}

/// The first outages of the service, from a time on, of many runs.
std::vector<double> outages_s(const std::string& text, double from_s, std::uint32_t runs,
                              std::size_t service = 0) {
  const auto system = compile(topology_of(text));
  class Watch final : public Observer {
   public:
    explicit Watch(SignalId signal) : signal_(signal) {}
    void signal_changed(const Moment& moment, SignalId signal, bool value, SlotId) override {
      if (signal != signal_ || moment.t_s < from_s) return;
      if (!value) down_s = moment.t_s;
      if (value && length_s < 0) length_s = moment.t_s - down_s;
    }
    double from_s = 0.0;
    double down_s = 0.0;
    double length_s = -1.0;

   private:
    SignalId signal_;
  } watch(system->services[service].available);
  watch.from_s = from_s;
  Simulator simulator(*system->model, {}, {&watch});
  std::vector<double> lengths;
  for (std::uint32_t run = 0; run < runs; ++run) {
    watch.length_s = -1.0;
    simulator.begin(run);
    simulator.advance(from_s + 1'000.0);
    simulator.end();
    lengths.push_back(watch.length_s);
  }
  return lengths;
}

/// Followers with a time-out each, drawn anew from [E, 2 E) whenever they hear the leader or a
/// vote: who stands for election is heard a window later, and wins if nobody else stood before
/// that.
double clock_of_followers(std::mt19937_64& random, int followers, double heartbeat_s,
                          double timeout_s, double window_s) {
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  double now_s = -heartbeat_s * uniform(random);  // when they last heard the leader
  for (;;) {
    std::vector<double> ends_s;
    for (int i = 0; i < followers; ++i) ends_s.push_back(now_s + timeout_s * (1 + uniform(random)));
    std::sort(ends_s.begin(), ends_s.end());
    if (followers == 1 || ends_s[1] - ends_s[0] > window_s) return ends_s[0];
    now_s = ends_s[0];
  }
}

TEST(Elections, TakeAsLongAsTheClocksOfTheFollowers) {
  struct Setting {
    int members;
    double heartbeat_s, timeout_s, window_s;
  };
  for (const Setting& s : {Setting{3, 0.1, 1.0, 0.05},
                           {5, 0.1, 1.0, 0.05},
                           {3, 0.5, 1.0, 0.0},
                           {5, 0.05, 0.15, 0.01}}) {
    SCOPED_TRACE(fmt::format("{} members, window {}", s.members, s.window_s));
    std::mt19937_64 random(7);
    std::vector<double> clock;
    for (int i = 0; i < 20'000; ++i) {
      clock.push_back(
          clock_of_followers(random, s.members - 1, s.heartbeat_s, s.timeout_s, s.window_s));
    }
    const std::string keys =
        fmt::format(", election: {{raft: {{heartbeat: {}s, timeout: {}s, vote_window: {}s}}}}",
                    s.heartbeat_s, s.timeout_s, s.window_s);
    const std::vector<double> ours =
        outages_s(three(keys, fault("n-1", 100, 500), s.members), 0.0, 20'000);
    EXPECT_LT(ks_distance(clock, ours, 0.0), ks_critical(clock.size(), ours.size(), 0.001));
  }
}

TEST(Elections, FollowersThatFailLeaveTheLeaderAlone) {
  const std::vector<double> none = outages_s(three("", fault("n-2", 100, 50)), 0.0, 50);
  for (const double length_s : none) EXPECT_EQ(length_s, -1.0);
  // With the second gone too there is no majority, until one is back; the leader has not stepped
  // down within its time-out.
  for (const double length_s :
       outages_s(three("", fault("n-2", 100, 50) + fault("n-3", 149.5, 50)), 0.0, 50)) {
    EXPECT_NEAR(length_s, 0.5, 1e-9);
  }
  // Without one for long it has, and somebody waits for a time-out: its mean is what is left of one
  // that is uniform from E to 2 E, 7/9 E.
  const std::vector<double> after =
      outages_s(three("", fault("n-2", 100, 50) + fault("n-3", 120, 50)), 0.0, 4'000);
  double sum = 0.0;
  for (const double length_s : after) sum += length_s - 30.0;
  EXPECT_NEAR(sum / 4'000, 7.0 / 9.0, 0.03);
}

TEST(Elections, AWriteMayAskMoreThanAMajority) {
  // Four of five: with two gone the leader stays, and takes no writes.
  const std::string four = ", write_quorum: 4, election: {delay: {takes: 2s}}";
  EXPECT_EQ(outages_s(three(four, fault("n-2", 100, 50), 5), 0.0, 1).front(), -1.0);
  EXPECT_EQ(
      outages_s(three(four, fault("n-2", 100, 50) + fault("n-3", 110, 70), 5), 0.0, 1).front(),
      40.0);
  // And the leader gone as well: another is found meanwhile.
  EXPECT_EQ(
      outages_s(three(four, fault("n-1", 100, 50) + fault("n-3", 110, 70), 5), 0.0, 1).front(),
      2.0);
}

TEST(Elections, SidesOfAPartitionHaveOneLeader) {
  // The leader alone on its side: the others elect one, whom the users reach.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  near: {kind: switch}\n"
      "  far: {kind: switch}\n"
      "  n-[1..3]: {kind: node}\n"
      "links:\n"
      "  u-1: {between: [users, near]}\n"
      "  u-2: {between: [users, far]}\n"
      "  a: {between: [near, n-1]}\n"
      "  b: {between: [far, n-2]}\n"
      "  c: {between: [far, n-3]}\n"
      "  trunk: {between: [near, far]}\n"
      "groups: {g: {policy: quorum, members: n-*, election: {delay: {takes: 3s}}}}\n"
      "services: {s: {from: users, through: g}}\n"
      "faults: [{at: 100s, component: trunk, for: 50s}]\n";
  EXPECT_EQ(outages_s(text, 0.0, 1).front(), 3.0);
  // With two on its side the leader goes on.
  std::string with_two = text;
  with_two.replace(with_two.find("[far, n-2]"), 10, "[near, n-2]");
  EXPECT_EQ(outages_s(with_two, 0.0, 1).front(), -1.0);
}

TEST(Leaderless, MembersAskThoseWhomTheyReach) {
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  near: {kind: switch}\n"
      "  far: {kind: switch}\n"
      "  n-[1..4]: {kind: node}\n"
      "links:\n"
      "  u-1: {between: [users, near]}\n"
      "  u-2: {between: [users, far]}\n"
      "  a: {between: [near, n-1]}\n"
      "  b: {between: [near, n-2]}\n"
      "  c: {between: [far, n-3]}\n"
      "  d: {between: [far, n-4]}\n"
      "  trunk: {between: [near, far]}\n"
      "groups: {g: {policy: quorum, members: n-*, election: none, write_quorum: 3, read_quorum: "
      "2}}\n"
      "services: {s: {from: users, through: g, workload: {reads: 1/s, writes: 1/s}}}\n"
      "faults: [{at: 100s, component: trunk, for: 50s}]\n";
  // Users reach all four, but no member reaches three.
  EXPECT_EQ(outages_s(text, 0.0, 1, 1).front(), -1.0);  // reads
  EXPECT_EQ(outages_s(text, 0.0, 1, 2).front(), 50.0);  // writes
}

/// Blame by set names what is down, in a network as without one.
TEST(Quorum, BlamesWhatTheMajorityLacks) {
  for (const char* election : {"none", "{delay: {takes: exponential(mean=1s)}}"}) {
    const Exact exact = solve(
        *compile(topology_of(std::string("nines: 1\n"
                                         "components:\n"
                                         "  users: {kind: client}\n"
                                         "  core: {kind: switch}\n"
                                         "  sw-[1..3]: {kind: switch, failures: {f: {mttf: 100h, "
                                         "mttr: 10h}}}\n"
                                         "  n-[1..3]: {kind: node}\n"
                                         "links:\n"
                                         "  u: {between: [users, core]}\n"
                                         "  c: {between: [core, sw-*]}\n"
                                         "  a: {between: [sw-1, n-1]}\n"
                                         "  b: {between: [sw-2, n-2]}\n"
                                         "  d: {between: [sw-3, n-3]}\n"
                                         "groups: {g: {policy: quorum, members: n-*, election: ") +
                             election +
                             "}}\n"
                             "services: {s: {from: users, through: g}}\n")),
        {});
    // Two of three switches, each down one eleventh of the time; of elections there is little.
    const double q = 1.0 / 11.0;
    EXPECT_NEAR(exact.services[0].unavailability, 3 * q * q * (1 - q) + q * q * q, 1e-5);
    double of_pairs = 0.0;
    for (const ExactService::Share& share : exact.services[0].by_set) {
      if (share.names.size() == 2) of_pairs += share.of_downtime;
    }
    EXPECT_GT(of_pairs, 0.999);
  }
}

TEST(Quorum, WaitsForTheSlowestAnswerThatItNeeds) {
  // The leader beside one member, and 30 ms from another: two answers are near, three are not.
  const auto response_s = [](const std::string& keys, const std::string& down) {
    const auto system = compile(topology_of(
        "nines: 1\n"
        "components:\n"
        "  users: {kind: client}\n"
        "  here: {kind: switch}\n"
        "  there: {kind: switch}\n"
        "  n-[1..3]: {kind: node, failures: {f: {mttf: 100h, mttr: 1h}}}\n"
        "links:\n"
        "  u: {between: [users, here], latency: 5ms}\n"
        "  a: {between: [here, n-1], latency: 1ms}\n"
        "  b: {between: [here, n-2], latency: 2ms}\n"
        "  c: {between: [there, n-3], latency: 1ms}\n"
        "  w: {between: [here, there], latency: 28ms}\n"
        "groups: {g: {policy: quorum, members: n-*, " +
        keys +
        "}}\n"
        "services: {s: {from: users, through: g, workload: {reads: 1/s, writes: 1/s}}}\n"));
    Frozen frozen(*system->model);
    for (const CompiledComponent& component : system->components) {
      if (component.name == down) frozen.set_down(component.id, true);
    }
    std::vector<double> all;
    for (const CompiledService& service : system->services) {
      const auto now = frozen.evaluated(system->model->evaluations[index(service.evaluation)]);
      all.push_back(ServiceNumbers::read(now.numbers.data() + service.first_number).response_s);
    }
    return all;
  };
  const std::string led = "election: {delay: {takes: 2s}}";
  // There and back: 5 and 1 ms to the leader, and 1 and 2 ms from it to the nearest.
  EXPECT_NEAR(response_s(led, "")[0], 2 * (0.006 + 0.003), 1e-12);
  EXPECT_NEAR(response_s(led + ", write_quorum: 3", "")[0], 2 * (0.006 + 0.030), 1e-12);
  // The far one has most of the votes.
  EXPECT_NEAR(response_s(led + ", votes: [2, 1, 3]", "")[0], 2 * (0.006 + 0.030), 1e-12);
  EXPECT_NEAR(response_s(led + ", votes: [3, 1, 3]", "")[0], 2 * (0.006 + 0.003), 1e-12);
  // Without the nearest it waits for the far one.
  EXPECT_NEAR(response_s(led, "n-2")[0], 2 * (0.006 + 0.030), 1e-12);
  // Without a leader: writes ask two, from whichever member; reads one.
  const std::vector<double> apart =
      response_s("election: none, write_quorum: 2, read_quorum: 1", "");
  const double to_member = (0.006 + 0.007 + 0.034) / 3;
  EXPECT_NEAR(apart[1], 2 * to_member, 1e-12);
  EXPECT_NEAR(apart[2], 2 * (to_member + (0.003 + 0.003 + 0.030) / 3), 1e-12);
}

// ---- Votes -------------------------------------------------------------------------------------

/// Gifford, "Weighted voting for replicated data", 1979: quorums count votes.
TEST(Votes, CountInQuorums) {
  const auto down = [](const std::string& keys, int members) {
    return solve(*compile(topology_of(fmt::format(
                     "nines: 1\n"
                     "components:\n"
                     "  users: {{kind: client}}\n"
                     "  n-[1..{}]: {{kind: node, failures: {{f: {{mttf: 100h, mttr: 10h}}}}}}\n"
                     "groups: {{g: {{policy: quorum, members: n-*, {}}}}}\n"
                     "services: {{s: {{from: users, through: g, workload: {{reads: 1/s, writes: "
                     "1/s}}}}}}\n",
                     members, keys))),
                 {})
        .services[0]
        .unavailability;
  };
  const double q = 1.0 / 11.0;
  const double p = 1.0 - q;
  // The first has two of four votes: three are the first and any of the others.
  EXPECT_NEAR(down("election: none, votes: [2, 1, 1]", 3), 1.0 - p * (1.0 - q * q), 1e-12);
  // Writes ask for two votes, reads for three.
  EXPECT_NEAR(down("election: none, votes: [2, 1, 1], write_quorum: 2, read_quorum: 3", 3),
              1.0 - p * (1.0 - q * q), 1e-12);
  EXPECT_NEAR(down("election: none, votes: [2, 1, 1], write_quorum: 2, read_quorum: 1", 3),
              q * (1.0 - p * p), 1e-12);
  // Copies without a vote are there for nothing of this.
  const std::string election = "election: {delay: {takes: exponential(mean=1min)}}";
  EXPECT_NEAR(down(election + ", votes: [1, 0, 1, 0, 1]", 5), down(election, 3), 1e-12);
  // With a leader as without, if it is found in no time at all.
  EXPECT_NEAR(down("votes: [2, 1, 1], election: {delay: {takes: exponential(mean=1ms)}}", 3),
              1.0 - p * (1.0 - q * q), 1e-6);
}

TEST(Quorum, SimulationAndChainAgree) {
  const char* const components =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..3]: {kind: node, failures: {f: {mttf: 100h, mttr: 3h}, g: {mttf: 300h, mttr: "
      "1h}}}\n";
  const char* const network =
      "  sw-[1..2]: {kind: switch, failures: {f: {mttf: 400h, mttr: 4h}}}\n"
      "links:\n"
      "  u: {between: [users, sw-*]}\n"
      "  a: {between: [sw-1, n-*]}\n"
      "  b-1: {between: [sw-2, n-1]}\n  b-2: {between: [sw-2, n-2]}\n"
      "  t: {between: [sw-1, sw-2], failures: {f: {mttf: 200h, mttr: 2h}}}\n";
  int held = 0;
  for (const std::string& net : {std::string(), std::string(network)}) {
    for (const char* keys :
         {"", ", election: {delay: {takes: 10min}}",
          ", read_quorum: 1, election: {delay: {takes: 10min}}", ", election: none"}) {
      std::string text =
          components + net + std::string("groups: {g: {policy: quorum, members: n-*") + keys +
          "}}\n"
          "services: {s: {from: users, through: g, workload: {reads: 5/s, writes: 5/s}}}\n";
      SCOPED_TRACE(text);
      const auto system = compile(topology_of(text), Laws::memoryless);
      const Exact exact = solve(*system, {});
      Experiment experiment;
      experiment.runs = 640;
      experiment.horizon_s = 5 * kYear_s;
      experiment.confidence = 0.9999;
      const Estimates estimates =
          estimate(*system, experiment, run_experiment(*system, experiment));
      for (std::size_t s = 0; s < exact.services.size(); ++s) {
        const Estimate& u = estimates.services[s].unavailability;
        EXPECT_LE(u.low, exact.services[s].unavailability) << exact.services[s].name;
        EXPECT_GE(u.high, exact.services[s].unavailability) << exact.services[s].name;
        const Estimate& n = estimates.services[s].outages_per_year;
        EXPECT_LE(n.low, exact.services[s].outages_per_s * kYear_s);
        EXPECT_GE(n.high, exact.services[s].outages_per_s * kYear_s);
        ++held;
      }
    }
  }
  EXPECT_EQ(held, 16);
}

}  // namespace
}  // namespace nines::test
