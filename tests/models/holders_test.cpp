// What quorum groups lose: who has which writes, held against a ledger of single lots.
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include <fmt/format.h>

#include "engine/run/fluids.hpp"
#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "models/tallies.hpp"
#include "studies/exact.hpp"
#include "tests/models/told.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

// ---- By hand
// -------------------------------------------------------------------------------------

std::string ring(int members, const std::string& keys, const std::string& faults) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  n-[1..{}]: {{kind: node, failures: {{crash: {{mttf: 1e9h, mttr: 1h}}, "
      "disk: {{mttf: 1e9h, mttr: 1h, destroys_data: true}}}}}}\n"
      "groups: {{g: {{policy: quorum, members: n-*, {}}}}}\n"
      "services: {{s: {{from: users, through: g, workload: {{writes: 10/s}}}}}}\n"
      "faults:\n{}",
      members, keys, faults);
}

std::string fault(const std::string& who, const std::string& mode, double at_s, double for_s) {
  return fmt::format("  - {{at: {}s, component: {}, mode: {}, for: {}s}}\n", at_s, who, mode,
                     for_s);
}

struct Story {
  std::vector<std::pair<double, double>> losses;  ///< when, how much
  int data_losses = 0;
};

Story story_of(const std::string& text, double until_s) {
  const auto system = compile(topology_of(text));
  class Tell final : public Observer {
   public:
    explicit Tell(const System& of) : copies_(*of.groups.front().copies) {}
    void earned(const Moment& moment, MeasureId measure, double amount) override {
      if (measure == copies_.data_losses) ++story.data_losses;
      if (measure == copies_.lost && amount > 0) story.losses.emplace_back(moment.t_s, amount);
    }
    Story story;

   private:
    const CompiledGroup::Copies& copies_;
  } tell(*system);
  Simulator simulator(*system->model, {}, {&tell});
  simulator.begin(0);
  simulator.advance(until_s);
  simulator.end();
  return tell.story;
}

TEST(Holders, AWriteIsLostWithTheLastWhoHasIt) {
  // n-2 is away for 50 s; 30 s later the only other copy is destroyed: these 300 are gone.
  const Story story = story_of(ring(2, "election: none, write_quorum: 1, read_quorum: 1",
                                    fault("n-2", "crash", 100, 50) + fault("n-1", "disk", 130, 5)),
                               1000);
  ASSERT_EQ(story.losses.size(), 1U);
  EXPECT_NEAR(story.losses[0].second, 300.0, 1e-9);
  EXPECT_EQ(story.data_losses, 0);
}

TEST(Holders, WhoIsBackHasWhatItMissed) {
  // Back for a moment, it has all, and then nothing is lost with the other.
  const Story story = story_of(ring(2, "election: none, write_quorum: 1, read_quorum: 1",
                                    fault("n-2", "crash", 100, 50) + fault("n-1", "disk", 151, 5)),
                               1000);
  EXPECT_TRUE(story.losses.empty());
}

TEST(Holders, WhoIsDownKeepsWhatItHas) {
  // Of three at ONE: n-1 alone takes writes, goes down whole, the others take over: they are stale,
  // but nothing is lost, until n-1 is destroyed while it is down, with what only it had.
  const std::string one = "election: none, write_quorum: 1, read_quorum: 1";
  const std::string alone = fault("n-2", "crash", 100, 50) + fault("n-3", "crash", 100, 50) +
                            fault("n-1", "crash", 140, 100);
  EXPECT_TRUE(story_of(ring(3, one, alone), 1000).losses.empty());
  const Story story = story_of(ring(3, one, alone + fault("n-1", "disk", 200, 5)), 1000);
  ASSERT_EQ(story.losses.size(), 1U);
  EXPECT_NEAR(story.losses[0].first, 200.0, 1e-9);
  EXPECT_NEAR(story.losses[0].second, 400.0, 1e-9);
}

TEST(Holders, AllGoneIsLostBackToTheBackup) {
  const Story story =
      story_of(ring(2,
                    "election: none, write_quorum: 1, read_quorum: 1, "
                    "backup: {every: 400s, restore: 60s}",
                    fault("n-1", "disk", 1000, 100) + fault("n-2", "disk", 1010, 20)),
               5000);
  EXPECT_EQ(story.data_losses, 1);
  ASSERT_EQ(story.losses.size(), 1U);
  EXPECT_NEAR(story.losses[0].second, 210 * 10.0, 1e-9);  // from 800 s on
  EXPECT_NEAR(story.losses[0].first, 1030.0 + 60.0, 1e-9);
}

TEST(Holders, ALeaderWithoutThemRollsWritesBack) {
  // Two members and a witness, each write on one of them (MongoDB with an arbiter): n-1 takes 500
  // while n-2 is away, then goes; n-2 is elected by the witness, and these are gone.
  std::string text =
      ring(2, "witness: w, write_quorum: 1, recovery: 1h, election: {delay: {takes: 2s}}",
           fault("n-2", "crash", 100, 100) + fault("n-1", "crash", 150, 250));
  text.replace(text.find("  n-["), 0, "  w: {kind: node}\n");
  const Story story = story_of(text, 5000);
  ASSERT_EQ(story.losses.size(), 1U);
  EXPECT_NEAR(story.losses[0].first, 202.0, 1e-9);
  EXPECT_NEAR(story.losses[0].second, 500.0, 1e-9);
  // Without a vote of its own n-2 waits for n-1, and nothing is lost.
  std::string both = text;
  both.replace(both.find("witness: w, write_quorum: 1"), 27, "write_quorum: 2");
  both.replace(both.find("  w: {kind: node}\n"), 18, "");
  EXPECT_TRUE(story_of(both, 5000).losses.empty());
}

TEST(Holders, ReadsAreNotLost) {
  // With a leader both go the same way; only writes count.
  std::string text = ring(3, "recovery: 1h, election: {delay: {takes: 1min}}",
                          fault("n-3", "crash", 3600, 6 * 3600) + fault("n-1", "disk", 7200, 3600) +
                              fault("n-2", "disk", 7200, 3600));
  text.replace(text.find("{writes: 10/s}"), 14, "{reads: 5/s, writes: 10/s}");
  const Story story = story_of(text, 86'400);
  ASSERT_EQ(story.losses.size(), 1U);
  EXPECT_NEAR(story.losses[0].second, 36'000.0, 1e-6);
}

TEST(Holders, BlameTellsRecoveryFromCopying) {
  const Exact exact =
      solve(*compile(topology_of("nines: 1\n"
                                 "components:\n"
                                 "  users: {kind: client}\n"
                                 "  n-[1..3]: {kind: node, failures: {disk: {mttf: 500h, mttr: 1h, "
                                 "destroys_data: true}}}\n"
                                 "groups: {g: {policy: quorum, members: n-*, recovery: 100h, "
                                 "election: {delay: {takes: 1s}}}}\n"
                                 "services: {s: {from: users, through: g, workload: {writes: "
                                 "10/s}}}\n"),
                     Laws::memoryless),
            {});
  ASSERT_FALSE(exact.services[0].by_set.empty());
  EXPECT_EQ(exact.services[0].by_set[0].names, std::vector<std::string>{"g: recovery"});
}

TEST(Holders, ALeaderIsNotElectedByThoseWhoHaveNothing) {
  // Two of three destroyed: the one that is left has all, but cannot win; a person forms the group
  // anew once two machines are there.
  const auto system =
      compile(topology_of(ring(3, "recovery: 600s, election: {delay: {takes: 2s}}",
                               fault("n-1", "disk", 1000, 100) + fault("n-2", "disk", 1010, 300))));
  class Watch final : public Observer {
   public:
    explicit Watch(SignalId signal) : signal_(signal) {}
    void signal_changed(const Moment& moment, SignalId signal, bool, SlotId) override {
      if (signal == signal_) at_s.push_back(moment.t_s);
    }
    std::vector<double> at_s;

   private:
    SignalId signal_;
  } watch(system->services[0].available);
  Simulator simulator(*system->model, {}, {&watch});
  simulator.begin(0);
  simulator.advance(5000);
  simulator.end();
  // Down with the leader, up with the next, down with the majority, up after recovery, election.
  ASSERT_EQ(watch.at_s.size(), 4U);
  EXPECT_DOUBLE_EQ(watch.at_s[0], 1000.0);
  EXPECT_DOUBLE_EQ(watch.at_s[1], 1002.0);
  EXPECT_DOUBLE_EQ(watch.at_s[2], 1010.0);
  EXPECT_DOUBLE_EQ(watch.at_s[3], 1100.0 + 600.0 + 2.0);
}

// ---- By formula
// ----------------------------------------------------------------------------------

/// n copies, each destroyed at rate l and replaced, with all there is, at rate m; at the end the
/// group is restored: a birth-death chain (Trivedi and Bobbio, "Reliability and Availability
/// Engineering", 2017, section 10.2), from which the mean time between losses follows.
TEST(Holders, TheMeanTimeToDataLossIsThatOfABirthDeathChain) {
  const double l = 1.0 / 1000.0;  // per hour
  const double m = 1.0 / 10.0;
  for (const int n : {2, 3, 4}) {
    const std::string text = fmt::format(
        "nines: 1\n"
        "components:\n"
        "  users: {{kind: client}}\n"
        "  n-[1..{}]: {{kind: node, failures: {{disk: {{mttf: 1000h, mttr: 10h, destroys_data: "
        "true}}}}}}\n"
        "groups: {{g: {{policy: quorum, members: n-*, election: none, write_quorum: 1, "
        "read_quorum: 1, backup: {{every: 1d, restore: 0s}}}}}}\n"
        "services: {{s: {{from: users, through: g, workload: {{writes: 10/s}}}}}}\n",
        n);
    const Exact exact = solve(*compile(topology_of(text), Laws::memoryless), {});
    // The chain of how many machines are down is n independent ones; data are lost whenever the
    // last goes. P(one is left) n-fold, times l.
    const double down = l / (l + m);
    const double frequency = n * std::pow(down, n - 1) * (1.0 - down) * l;
    EXPECT_NEAR(*exact.groups.at(0).data_losses_per_s * kHour_s / frequency, 1.0, 1e-9) << n;
  }
}

TEST(Holders, SimulationAndChainAgree) {
  const char* const machines =
      "{kind: node, failures: {crash: {mttf: 50h, mttr: 5h}, disk: {effect: silent, mttf: 200h, "
      "mttr: 10h, destroys_data: true}}}";
  for (const std::string keys :
       {"election: none, write_quorum: 1, read_quorum: 1, replication: {data: 100GB, resync: "
        "20MB/s}",
        "election: none", "recovery: 2h", "recovery: 2h, write_quorum: 1",
        "recovery: 2h, election: {delay: {takes: 1min}}, replication: {data: 1TB, resync: "
        "50MB/s}"}) {
    SCOPED_TRACE(keys);
    const Topology topology = topology_of(fmt::format(
        "nines: 1\n"
        "components:\n"
        "  users: {{kind: client}}\n"
        "  n-[1..3]: {}\n"
        "groups: {{g: {{policy: quorum, members: n-*, {}, backup: {{every: 1d, restore: 2h}}}}}}\n"
        "services: {{s: {{from: users, through: g, workload: {{writes: "
        "1/s}}}}}}\n",
        machines, keys));
    const auto system = compile(topology, Laws::memoryless);
    const Exact exact = solve(*system, {});
    double lost = 0.0;
    double squares = 0.0;
    const int runs = 300;
    const double warm_s = 500 * kHour_s;
    const double until_s = warm_s + 5000 * kHour_s;
    class Sum final : public Observer {
     public:
      Sum(const CompiledGroup::Copies& copies, double from_s) : copies_(copies), from_s_(from_s) {}
      void earned(const Moment& moment, MeasureId measure, double amount) override {
        if (measure != copies_.lost || moment.t_s < from_s_) return;
        lost += amount;
      }
      double lost = 0.0;

     private:
      const CompiledGroup::Copies& copies_;
      double from_s_;
    } sum(*system->groups[0].copies, warm_s);
    Simulator simulator(*system->model, {11}, {&sum});
    for (std::uint32_t run = 0; run < runs; ++run) {
      sum.lost = 0.0;
      simulator.begin(run);
      simulator.advance(until_s);
      simulator.end();
      lost += sum.lost / (until_s - warm_s);
      squares += std::pow(sum.lost / (until_s - warm_s), 2);
    }
    const double mean = lost / runs;
    const double error = std::sqrt((squares / runs - mean * mean) / runs);
    fmt::print("{}: lost {:.6g}/s, exact {:.6g}/s, error {:.2g}\n", keys, mean,
               *exact.groups.at(0).lost_writes_per_s, error);
    EXPECT_NEAR(mean, *exact.groups.at(0).lost_writes_per_s, 4.0 * error);
  }
}

// ---- Books
// ---------------------------------------------------------------------------------------

constexpr double kHorizon_s = 400 * kHour_s;
constexpr std::uint64_t kTopologies = 2000;

class QuorumTopology {
 public:
  explicit QuorumTopology(std::uint64_t seed) : random_(seed) {}
  int members = 0;
  std::vector<int> votes;
  int write_quorum = 0;
  int majority = 0;
  bool led = false;

  std::string text() {
    members = one_of({2, 3, 3, 3, 4, 5});
    led = chance(0.5);
    const bool witness = led && chance(0.3);
    votes.assign(static_cast<std::size_t>(members), 1);
    const bool weighted = chance(0.3);
    if (weighted) {
      for (int& of_one : votes) of_one = one_of({0, 1, 1, 2});
      votes[0] = one_of({1, 2});
    }
    const int all = std::accumulate(votes.begin(), votes.end(), 0);
    majority = (all + (witness ? 1 : 0)) / 2 + 1;
    write_quorum =
        std::min(all, led ? one_of({1, majority, majority, all}) : one_of({1, 2, majority}));
    const bool networked = led && chance(0.4);
    std::string out = "nines: 1\n";
    const bool racks = chance(0.4);
    if (racks) {
      out +=
          "domains:\n  rack-[1..2]: {failures: {fire: {mttf: 300h, strike: {mode: disk, "
          "probability: 60 %}}}}\n";
    }
    out += "components:\n  users: {kind: client}\n";
    if (networked) out += "  r-[1..2]: {kind: router, failures: {f: {mttf: 120h, mttr: 2h}}}\n";
    if (witness) out += "  w: {kind: node, failures: {f: {mttf: 100h, mttr: 3h}}}\n";
    const int crash_h = one_of({20, 40, 100});
    const int back_h = one_of({1, 5, 20});
    const int disk_h = one_of({60, 150});
    for (int m = 1; m <= members; ++m) {
      out += fmt::format(
          "  n-{}: {{kind: node{}, failures: {{crash: {{mttf: {}h, mttr: {}h}}, disk: {{effect: "
          "silent, mttf: {}h, mttr: {}h, destroys_data: true}}}}}}\n",
          m, racks ? fmt::format(", domain: rack-{}", 1 + m % 2) : "", crash_h, back_h, disk_h,
          back_h);
    }
    if (networked) {
      out +=
          "links:\n  u-1: {between: [users, r-1]}\n  u-2: {between: [users, r-2]}\n"
          "  trunk: {between: [r-1, r-2], failures: {cut: {mttf: 80h, mttr: 2h}}}\n";
      for (int m = 1; m <= members; ++m) {
        out += fmt::format("  l-{}: {{between: [r-{}, n-{}]}}\n", m, 1 + (m + 1) % 2, m);
      }
      if (witness) out += "  l-w: {between: [r-1, w]}\n";
    }
    std::string keys = fmt::format("write_quorum: {}", write_quorum);
    if (!led) keys += ", election: none";
    if (witness) keys += ", witness: w";
    std::string list;
    for (const int of_one : votes) list += (list.empty() ? "" : ", ") + std::to_string(of_one);
    if (weighted) keys += ", votes: [" + list + "]";
    if (led) keys += chance(0.5) ? ", recovery: 5h" : ", recovery: exponential(mean=20h)";
    if (led && chance(0.5)) keys += ", election: {delay: {takes: 10min}}";
    const bool copied = chance(0.6);
    const bool missed = !led && !weighted && chance(0.4);
    if (copied || missed) {
      keys +=
          fmt::format(", replication: {{{}{}{}{}}}", copied ? "data: 100GB, resync: 20MB/s" : "",
                      copied && missed ? ", " : "", missed ? "catch_up: 2h" : "",
                      missed && chance(0.5) ? ", hint_window: 6h, repair: uniform(0h 60h)" : "");
    }
    backed_up = chance(0.4);
    if (backed_up) keys += ", backup: {every: 24h, restore: 2h}";
    return out + "groups: {g: {policy: quorum, members: n-*, " + keys +
           "}}\nservices: {s: {from: users, through: g, workload: {reads: 5/s, writes: 10/s}}}\n";
  }
  bool backed_up = false;

 private:
  int one_of(std::vector<int> values) {
    return values[std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random_)];
  }
  bool chance(double p) { return std::uniform_real_distribution<double>(0.0, 1.0)(random_) < p; }
  std::mt19937_64 random_;
};

/// Every lot of writes with those who have it, kept from what is up, who leads, and whose disk
/// went.
class Ledger final : public Observer {
 public:
  Ledger(const System& system, const QuorumTopology& of) : system_(system), of_(of) {
    for (const CompiledGroup::Member& member : system.groups[0].members) {
      const std::string prefix = "g/" + member.name();
      for (std::size_t c = 0; c < system.model->cells.size(); ++c) {
        if (system.model->cells[c].name == prefix + "/whole") whole_.push_back(c);
        if (system.model->cells[c].name == prefix + "/lacks") lacks_.push_back(c);
      }
      for (const CompiledMode& mode : member.component->modes) {
        if (mode.name == "disk") disk_.push_back(mode.id);
      }
    }
  }
  const Simulator* simulator = nullptr;
  double offered = 0.0;
  double acknowledged = 0.0;
  double rejected = 0.0;
  double told = 0.0;       ///< as lost
  double lost = 0.0;       ///< by the ledger, with some copy left
  std::uint64_t lots = 0;  ///< lost ones
  std::uint64_t losses = 0;
  std::uint64_t all_gone = 0;
  std::uint64_t rolled_back = 0;  ///< lots that no leader had

  void run_begins(const Moment& moment) override {
    ++moment.control.attention;
    in_step_ = everybody();
    for (std::size_t m = 0; m < whole_.size(); ++m) has_data_.insert(m);
  }
  void evaluated(const Moment& moment, EvaluationId id, std::span<const double> numbers) override {
    for (const CompiledWrites& source : system_.groups[0].copies->writes) {
      if (source.evaluation != id) continue;
      accrue(moment.t_s);
      rate_ = numbers[source.number];
      offered_ = numbers[source.number - ServiceNumbers::kServed];
      EXPECT_LE(rate_, offered_);
    }
  }
  void earned(const Moment& moment, MeasureId measure, double amount) override {
    const CompiledGroup::Copies& copies = *system_.groups[0].copies;
    if (measure == copies.data_losses) {
      accrue(moment.t_s);
      restoring_ = true;
      ++all_gone;
      lots_.clear();
    }
    if (measure != copies.lost || restoring_) return;
    told += amount;
    losses += amount > 0 ? 1 : 0;
  }
  void instant(const Moment& moment) override {
    accrue(moment.t_s);
    const State& now = simulator->now();
    std::set<std::size_t> whole;
    std::set<std::size_t> gone;
    for (std::size_t m = 0; m < whole_.size(); ++m) {
      if (now.cells[whole_[m]] != 0) whole.insert(m);
      if (now.failed[index(disk_[m])] == 0) continue;
      EXPECT_EQ(now.cells[whole_[m]], 0);
      if (has_data_.count(m) != 0) gone.insert(m);
    }
    destroy(gone);
    if (restoring_ && !whole.empty()) restoring_ = false;
    // In step: whoever runs, has data and is reached by the leader, or just runs.
    in_step_.clear();
    const CompiledGroup& group = system_.groups[0];
    std::set<std::size_t> running;
    bool anew = false;  // somebody got his data back from nobody who leads
    for (const std::size_t m : whole) {
      if (now.signal[index(group.members[m].component->usable)] == 0) continue;
      running.insert(m);
      if (of_.led) {
        bool led = false;
        for (std::size_t l : whole) {
          const CompiledGroup::Member& leader = group.members[l];
          if (now.cells[index(leader.active)] == 0) continue;
          if (now.signal[index(leader.component->usable)] == 0) continue;
          led = led || l == m || linked(now, l, m);
        }
        anew = anew || (!led && has_data_.count(m) == 0);
        if (!led) continue;
      }
      in_step_.insert(m);
    }
    has_data_ = whole;
    std::set<std::size_t> caught_up = in_step_;
    std::erase_if(caught_up,
                  [&](std::size_t m) { return !lacks_.empty() && now.cells[lacks_[m]]; });
    share(anew ? running : caught_up);
    if (of_.led && of_.write_quorum < of_.majority && !in_step_.empty()) roll_back();
    if (rate_ > 0) {
      EXPECT_GE(votes_of(in_step_), of_.write_quorum) << "acknowledged by too few";
    }
  }
  void run_ends(const Moment& moment) override { accrue(moment.t_s); }
  double kept() const {
    double sum = 0.0;
    for (const auto& [lot, amount] : lots_) sum += amount;
    return sum;
  }
  double everywhere = 0.0;  ///< acknowledged, and on all

 private:
  struct Lot {
    std::set<std::size_t> holders;
    std::set<std::size_t> destroyed;  ///< of those who had it
    bool operator<(const Lot& other) const {
      return std::tie(holders, destroyed) < std::tie(other.holders, other.destroyed);
    }
  };
  std::set<std::size_t> everybody() const {
    std::set<std::size_t> all;
    for (std::size_t m = 0; m < whole_.size(); ++m) all.insert(m);
    return all;
  }
  int votes_of(const std::set<std::size_t>& members) const {
    int sum = 0;
    for (const std::size_t m : members) sum += of_.votes[m];
    return sum;
  }
  bool linked(const State& now, std::size_t a, std::size_t b) const {
    if (!system_.groups[0].networked) return true;
    const auto up = [&](const std::string& name) {
      for (const CompiledComponent& c : system_.components) {
        if (c.name == name) return now.signal[index(c.usable)] != 0;
      }
      return false;
    };
    const auto router = [](std::size_t m) { return m % 2 == 0 ? "r-1" : "r-2"; };
    return up(router(a)) && up(router(b)) && (a % 2 == b % 2 || up("trunk"));
  }
  void accrue(double t_s) {
    const double dt = t_s - since_s_;
    since_s_ = t_s;
    offered += offered_ * dt;
    acknowledged += rate_ * dt;
    rejected += (offered_ - rate_) * dt;
    if (!(rate_ * dt > 0)) return;
    if (in_step_ == everybody()) {
      everywhere += rate_ * dt;
    } else {
      lots_[{in_step_, {}}] += rate_ * dt;
    }
  }
  void destroy(const std::set<std::size_t>& gone) {
    std::map<Lot, double> after;
    for (const auto& [of, amount] : lots_) {
      Lot lot = of;
      for (const std::size_t m : gone) {
        if (lot.holders.erase(m) > 0) lot.destroyed.insert(m);
      }
      if (!lot.holders.empty()) {
        after[lot] += amount;
        continue;
      }
      lost += amount;
      ++lots;
      const int all = votes_of(everybody());
      EXPECT_GE(votes_of(lot.destroyed), of_.write_quorum);
      if (2 * of_.write_quorum > all) {
        EXPECT_GE(votes_of(lot.destroyed), all - of_.write_quorum + 1);
      }
    }
    lots_ = std::move(after);
  }
  /// What nobody has who follows the leader is lost.
  void roll_back() {
    std::map<Lot, double> after;
    for (const auto& [lot, amount] : lots_) {
      const bool some = std::any_of(in_step_.begin(), in_step_.end(),
                                    [&](std::size_t m) { return lot.holders.count(m) != 0; });
      if (some) {
        after[lot] += amount;
        continue;
      }
      lost += amount;
      ++rolled_back;
    }
    lots_ = std::move(after);
  }
  void share(const std::set<std::size_t>& with) {
    std::map<Lot, double> after;
    for (const auto& [of, amount] : lots_) {
      Lot lot = of;
      const bool some = std::any_of(with.begin(), with.end(),
                                    [&](std::size_t m) { return lot.holders.count(m) != 0; });
      if (some) lot.holders.insert(with.begin(), with.end());
      if (lot.holders == everybody()) {
        everywhere += amount;
      } else {
        after[lot] += amount;
      }
    }
    lots_ = std::move(after);
  }

  const System& system_;
  const QuorumTopology& of_;
  std::vector<std::size_t> whole_;
  std::vector<std::size_t> lacks_;  ///< where members catch up only after a while
  std::vector<ModeId> disk_;
  std::map<Lot, double> lots_;
  std::set<std::size_t> in_step_;
  std::set<std::size_t> has_data_;
  bool restoring_ = false;
  double rate_ = 0.0;
  double offered_ = 0.0;
  double since_s_ = 0.0;
};

TEST(GeneratedQuorums, KeepTheirBooks) {
  double acknowledged = 0.0;
  double lost = 0.0;
  std::uint64_t lots = 0;
  std::uint64_t losses = 0;
  std::uint64_t all_gone = 0;
  std::uint64_t rolled_back = 0;
  for (std::uint64_t seed = 1; seed <= kTopologies; ++seed) {
    QuorumTopology generated(seed);
    const std::string text = generated.text();
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const Topology topology = topology_of(text);
    const auto system = compile(topology);
    Ledger ledger(*system, generated);
    Told fast;
    Simulator simulator(*system->model, {seed}, {&ledger, &fast}, &fast);
    ledger.simulator = &simulator;
    simulator.begin(0);
    simulator.advance(kHorizon_s);
    double kept = 0.0;
    for (std::size_t f = 0; f < system->model->fluids.size(); ++f) {
      if (system->model->fluids[f].name.find("/only ") == std::string::npos) continue;
      kept += level_at(simulator.now().fluids[f], system->model->fluids[f], kHorizon_s);
    }
    simulator.end();
    const double rounding = 1e-9 * ledger.acknowledged + 1e-6;
    EXPECT_NEAR(ledger.offered, ledger.acknowledged + ledger.rejected, rounding);
    EXPECT_NEAR(ledger.told, ledger.lost, rounding);
    EXPECT_NEAR(kept, ledger.kept(), rounding);
    if (ledger.all_gone == 0) {
      EXPECT_NEAR(ledger.acknowledged, ledger.everywhere + kept + ledger.told, rounding);
    }
    acknowledged += ledger.acknowledged;
    lost += ledger.lost;
    lots += ledger.lots;
    losses += ledger.losses;
    all_gone += ledger.all_gone;
    rolled_back += ledger.rolled_back;

    Told slow;
    ReferenceSimulator reference(*system->model, seed, Start::all_new, {&slow}, &slow);
    reference.run(0, kHorizon_s);
    EXPECT_TRUE(fast.lines == slow.lines) << "the simulators differ";
    if (HasFailure()) break;
  }
  fmt::print(
      "{} topologies of seeds 1 to {}: {:.0f} writes acknowledged, {:.0f} in {} lots lost in {} "
      "losses, {} times all data; {} lots rolled back\n",
      kTopologies, kTopologies, acknowledged, lost, lots, losses, all_gone, rolled_back);
  EXPECT_GT(rolled_back, 20U);
  EXPECT_GT(losses, 200U);
}

}  // namespace
}  // namespace nines::test
