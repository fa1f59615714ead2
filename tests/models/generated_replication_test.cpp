// Accounting in generated topologies with copies of data: what was written is there, or lost.
#include <algorithm>
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "engine/run/fluids.hpp"
#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "models/mechanisms/replication.hpp"
#include "models/tallies.hpp"
#include "tests/models/told.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

constexpr double kHorizon_s = 200 * kHour_s;
constexpr std::uint64_t kTopologies = 2000;

/// A group of two to four copies, of any mode, with all that may happen to them; half of them in a
/// network of two racks.
class CopiesTopology {
 public:
  explicit CopiesTopology(std::uint64_t seed) : random_(seed) {}

  bool promotes = true;
  int cascades = 0;    ///< streams from copies
  bool strict = true;  ///< all synchronous, never degrading, and no data are destroyed

  std::string text() {
    const int members = one_of({2, 2, 3, 3, 4});
    const bool networked = chance(0.5);
    const bool destroys = chance(0.3);
    std::string out = "nines: 1\ncomponents:\n  users: {kind: client}\n";
    if (networked) out += "  r-[1..2]: {kind: router, failures: {f: {mttf: 120h, mttr: 2h}}}\n";
    out += fmt::format(
        "  db-[1..{}]: {{kind: node, failures: {{crash: {{mttf: {}h, mttr: {}h}}{}}}}}\n", members,
        one_of({30, 60, 120}), one_of({1, 4, 10}),
        destroys ? ", disk: {effect: silent, mttf: 150h, mttr: 3h, destroys_data: "
                   "true}"
                 : "");
    if (networked) {
      out += "links:\n  u-1: {between: [users, r-1]}\n";
      if (chance(0.7)) out += "  u-2: {between: [users, r-2]}\n";
      out += "  trunk: {between: [r-1, r-2], failures: {cut: {mttf: 80h, mttr: 2h}}}\n";
      for (int m = 1; m <= members; ++m) {
        out += fmt::format("  l-{}: {{between: [r-{}, db-{}]}}\n", m, 1 + (m + 1) % 2, m);
      }
    }
    std::string streams;
    const bool chained = members > 2 && chance(0.15);
    for (int m = 3; chained && m <= members; ++m) {
      streams += fmt::format(
          "  s-{0}: {{to: db-{0}, from: db-{1}, {2}}}\n", m, m - 1,
          chance(0.5) ? "delay: 2min" : "lag: 5min, failures: {f: {mttf: 60h, mttr: 3h}}");
      ++cascades;
    }
    for (int m = 1; !chained && m <= members; ++m) {
      if (!chance(0.4)) continue;
      std::string keys = chance(0.6) ? mode() : std::string();
      if (chance(0.5)) {
        keys += fmt::format(", failures: {{f: {{mttf: {}h, mttr: {}h}}}}", one_of({40, 100}),
                            one_of({1, 5}));
      }
      streams += fmt::format("  s-{}: {{to: db-{}{}}}\n", m, m, keys);
    }
    if (!streams.empty()) out += "streams:\n" + streams;
    std::string by = mode();
    if (chained) {
      by = chance(0.5) ? ", lag: 10min" : ", lag: exponential(mean=10min)";
      strict = false;
    }
    by.erase(0, 2);  // the comma
    if (by.find("synchronous") != std::string::npos && by[6] != 'a' && chance(0.4)) {
      by += fmt::format(", degrade_after: {}", chance(0.3) ? "0s" : "10min");
      strict = false;
    }
    if (chance(0.4)) by += ", data: 100GB, resync: 20MB/s";
    if (chance(0.4)) by += ", diverged: rewind";
    if (destroys) strict = false;
    std::string group =
        fmt::format("policy: primary_replica, members: db-*, replication: {{{}}}", by);
    const bool heartbeat = chance(0.5);
    group += heartbeat     ? ", detection: {heartbeat: {interval: 1s, misses: 5}}"
             : chance(0.5) ? ", detection: perfect"
                           : ", detection: {delay: {down: exponential(mean=5min), up: 1min}}";
    promotes = heartbeat || !chance(0.2);
    if (!promotes) {
      group += ", promotion: none";
      strict = false;
    }
    if (promotes && heartbeat && chance(0.3)) group += ", fencing: true";
    if (promotes && heartbeat && chance(0.3)) group += ", quorum: true";
    const bool perfect = group.find("perfect") != std::string::npos;
    if (!perfect && chance(0.6)) group += ", takeover: 2min";
    if (promotes && chance(0.6)) {
      group += fmt::format(", stale_promotion: {}", chance(0.5) ? "at_once" : "{after: 1h}");
    }
    if (chance(0.4)) {
      group += ", failback: automatic";
      if (chance(0.5)) group += ", failback_takes: 1min";
    }
    if (chance(0.3)) group += chance(0.5) ? ", reads: any" : ", reads: any, max_staleness: 2h";
    if (destroys && chance(0.7)) group += ", backup: {every: 24h, restore: 2h}";
    return out + "groups:\n  db: {" + group +
           "}\nservices:\n  s: {from: users, through: db, workload: {reads: 50/s, writes: 10/s}}\n";
  }

 private:
  int one_of(std::vector<int> values) {
    return values[std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random_)];
  }
  bool chance(double p) { return std::uniform_real_distribution<double>(0.0, 1.0)(random_) < p; }
  std::string mode() {
    switch (one_of({0, 0, 1, 1, 2, 3})) {
      case 0: {
        strict = false;
        std::string keys = ", mode: asynchronous";
        if (chance(0.6)) keys += chance(0.5) ? ", lag: 10min" : ", lag: exponential(mean=10min)";
        if (chance(0.4)) keys += ", delay: 5min";
        if (chance(0.3)) keys += ", bandwidth: 15kB/s, write_size: 1kB";
        return keys;
      }
      case 1:
        return ", mode: synchronous";
      case 2:
        strict = false;
        return ", mode: semi_synchronous";
      default:
        strict = false;
        return ", mode: periodic, every: 6h, ship: 1h";
    }
  }
  std::mt19937_64 random_;
};

/// The books of a group, kept from what is served and what is told, not from how it was found.
class Books final : public Observer {
 public:
  explicit Books(const System& system) : system_(system), model_(*system.model) {
    for (std::size_t f = 0; f < model_.fluids.size(); ++f) {
      if (model_.fluids[f].name.ends_with("/behind")) behind_.push_back(f);
      if (model_.fluids[f].name.ends_with("/doomed")) doomed_ = f;
    }
    const auto cell = [&](const std::string& name) {
      for (std::size_t c = 0; c < model_.cells.size(); ++c) {
        if (model_.cells[c].name == name) return c;
      }
      ADD_FAILURE() << name;
      return std::size_t{0};
    };
    head_ = cell("db/head");
    former_ = cell("db/old acts");
    for (const CompiledGroup::Member& member : system.groups[0].members) {
      standing_.push_back(cell("db/" + member.name() + "/standing"));
      whole_.push_back(cell("db/" + member.name() + "/whole"));
    }
  }
  const Simulator* simulator = nullptr;
  bool promotes = true;
  double acknowledged = 0.0;
  double lost = 0.0;
  double rejected = 0.0;
  double offered = 0.0;
  std::uint64_t losses = 0;
  std::uint64_t backlogs = 0;  ///< that were followed

  void run_begins(const Moment& moment) override {
    ++moment.control.attention;
    acknowledged = lost = rejected = offered = since_s_ = 0.0;
    rate_ = to_former_ = offered_ = 0.0;
    before_.clear();
    former_acts_ = false;
  }
  void evaluated(const Moment& moment, EvaluationId id, std::span<const double> numbers) override {
    for (const CompiledWrites& source : system_.groups[0].copies->writes) {
      if (source.evaluation != id) continue;
      settle(moment.t_s);
      rate_ = numbers[source.number];
      to_former_ = numbers[source.former];
      offered_ = numbers[source.number - ServiceNumbers::kServed];
      EXPECT_LE(rate_, offered_ * (1.0 + 1e-12));
      EXPECT_LE(to_former_, rate_ * (1.0 + 1e-12));
    }
  }
  void earned(const Moment& moment, MeasureId measure, double amount) override {
    if (measure != system_.groups[0].copies->lost) return;
    settle(moment.t_s);
    EXPECT_GE(amount, 0.0);
    lost += amount;
    losses += amount > 0 ? 1 : 0;
    EXPECT_LE(lost, acknowledged + slack()) << "more is lost than was acknowledged";
  }
  void instant(const Moment& moment) override {
    settle(moment.t_s);
    look(moment.t_s);
  }
  void run_ends(const Moment& moment) override { settle(moment.t_s); }
  double doomed() const { return level(doomed_, simulator->now().now_s); }

 private:
  struct Then {
    double t_s;
    int head;
    bool head_alive;
    std::vector<int> standing;
    std::vector<double> behind;
    double to_head;  ///< acknowledged by heads until then
  };
  double to_head() const {
    if (!former_acts_) return rate_;
    if (promotes) return rate_ - to_former_;
    return head_active_ ? (head_stale_ ? to_former_ : rate_ - to_former_) : 0.0;
  }
  double slack() const { return 1e-9 * acknowledged + 1e-6; }
  double level(std::size_t fluid, double t_s) const {
    return level_at(simulator->now().fluids[fluid], model_.fluids[fluid], t_s);
  }
  void settle(double t_s) {
    acknowledged += rate_ * (t_s - since_s_);
    // A primary whose place is lost is the head until another takes it.
    to_head_ += to_head() * (t_s - since_s_);
    rejected += (offered_ - rate_) * (t_s - since_s_);
    offered += offered_ * (t_s - since_s_);
    since_s_ = t_s;
  }
  void look(double t_s) {
    const State& now = simulator->now();
    Then then{t_s, now.cells[head_], false, {}, {}, to_head_};
    // What survives is what was acknowledged and is not lost; no copy lacks more than there is.
    const double surviving = acknowledged - lost - level(doomed_, t_s);
    EXPECT_GE(surviving, -slack());
    for (std::size_t m = 0; m < behind_.size(); ++m) {
      then.standing.push_back(now.cells[standing_[m]]);
      then.behind.push_back(level(behind_[m], t_s));
      EXPECT_GE(then.behind[m], 0.0);
      EXPECT_LE(then.behind[m], surviving + slack()) << m;
    }
    EXPECT_NEAR(then.behind[static_cast<std::size_t>(then.head)], 0.0, slack());
    // Without a stream a copy falls behind by what the head acknowledges, and by nothing else.
    if (!before_.empty() && before_.back().head == then.head && losses == losses_then_) {
      const Then& last = before_.back();
      for (std::size_t m = 0; m < behind_.size(); ++m) {
        const bool away = last.standing[m] == ReplicationPlan::kAway &&
                          then.standing[m] == ReplicationPlan::kAway;
        if (!away || static_cast<int>(m) == then.head) continue;
        EXPECT_NEAR(then.behind[m] - last.behind[m], then.to_head - last.to_head, slack()) << m;
        ++backlogs;
      }
    }
    losses_then_ = losses;
    former_acts_ = now.cells[former_] != 0;
    const CompiledGroup::Member& head =
        system_.groups[0].members[static_cast<std::size_t>(then.head)];
    head_active_ = now.cells[index(head.active)] != 0;
    head_stale_ = now.cells[index(head.stale)] != 0;
    // Whoever takes writes as the head has its data.
    if (to_head() > 0) {
      EXPECT_EQ(now.cells[whole_[static_cast<std::size_t>(then.head)]], 1);
    }
    before_.assign(1, then);
  }

  const System& system_;
  const Model& model_;
  std::vector<std::size_t> behind_, standing_, whole_;
  std::size_t doomed_ = 0;
  std::size_t head_ = 0;
  std::size_t former_ = 0;
  bool former_acts_ = false;
  bool head_active_ = true;
  bool head_stale_ = false;
  std::vector<Then> before_;
  std::uint64_t losses_then_ = 0;
  double rate_ = 0.0;
  double to_former_ = 0.0;
  double to_head_ = 0.0;
  double offered_ = 0.0;
  double since_s_ = 0.0;
};

TEST(GeneratedReplication, KeepsItsBooks) {
  double acknowledged = 0.0;
  double lost = 0.0;
  std::uint64_t losses = 0;
  std::uint64_t backlogs = 0;
  int strict = 0;
  int cascades = 0;
  std::uint64_t good = 0;
  std::uint64_t seed = 0;
  while (good < kTopologies) {
    ++seed;
    CopiesTopology generated(seed);
    const std::string text = generated.text();
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    // Some have keys that the modes of all streams leave without effect.
    const Loaded loaded = load_topology("generated.yaml", text, "");
    if (!loaded.topology) continue;
    ++good;
    const auto system = compile(*loaded.topology);
    Books books(*system);
    TallyObserver tally(*system->model, system->groups, system->services, {});
    OutageObserver outages(*system->model, system->services, {});
    Told fast;
    Simulator simulator(*system->model, {seed}, {&books, &tally, &outages, &fast}, &fast);
    books.simulator = &simulator;
    books.promotes = generated.promotes;
    simulator.begin(0);
    outages.open(simulator.moment(), 0);
    tally.open(simulator.moment(), 0);
    simulator.advance(kHorizon_s);
    const double doomed = books.doomed();
    RunsSummary summary;
    summary.groups.resize(system->groups.size());
    summary.services.resize(system->services.size());
    outages.close(simulator.moment());
    tally.close(simulator.moment(), summary);
    simulator.end();

    EXPECT_NEAR(books.offered, books.acknowledged + books.rejected, 1e-9 * books.offered);
    const auto seen = outages.take();
    EXPECT_NEAR(seen->services[2].unserved.x, books.rejected, 1e-6 * books.offered);
    // What the runs say was lost is what was told, and what a former primary has had by now.
    EXPECT_NEAR(summary.groups[0].lost_writes.x, books.lost + (generated.promotes ? doomed : 0.0),
                1e-9 * books.acknowledged + 1e-6);
    EXPECT_LE(summary.groups[0].lost_writes.x, books.acknowledged + 1e-6);
    if (generated.strict) {
      EXPECT_EQ(books.lost, 0.0) << "synchronous, and never degrading";
      ++strict;
    }
    cascades += generated.cascades;
    acknowledged += books.acknowledged;
    lost += books.lost;
    losses += books.losses;
    backlogs += books.backlogs;

    Told slow;
    ReferenceSimulator reference(*system->model, seed, Start::all_new, {&slow}, &slow);
    reference.run(0, kHorizon_s);
    EXPECT_TRUE(fast.lines == slow.lines) << "the simulators differ";
    if (HasFailure()) break;
  }
  fmt::print(
      "{} topologies of seeds 1 to {}: {:.0f} writes acknowledged, {:.0f} lost in {} losses; {} of "
      "the "
      "topologies strictly synchronous; {} stretches of backlog followed, {} streams from copies\n",
      good, seed, acknowledged, lost, losses, strict, backlogs, cascades);
  EXPECT_GT(cascades, 100);
  EXPECT_LT(seed, kTopologies * 5 / 4);
  EXPECT_GT(losses, 2 * kTopologies);
  EXPECT_GT(strict, 50);
}

}  // namespace
}  // namespace nines::test
