// Invariants in generated topologies with failover, and the reference simulator on each of them.
#include <algorithm>
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "models/tallies.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

constexpr double kHorizon_s = 500 * kHour_s;
constexpr std::uint64_t kTopologies = 2000;

/// A topology of one to three groups with whatever detection, roles, balancing and sessions go
/// together, sometimes on two switches, sometimes in two racks.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::string text() {
    networked_ = chance(50);
    racks_ = chance(40);
    loaded_ = chance(70);
    sessions_ = chance(50);
    const int tiers = number(1, 3);
    std::string groups;
    std::string through;
    bool held = false;
    for (int g = 1; g <= tiers; ++g) {
      groups += group(g, held);
      through += fmt::format("{}g-{}", g > 1 ? ", " : "", g);
    }
    sessions_ = sessions_ && held;
    std::string text = "nines: 1\n";
    if (racks_) {
      text +=
          "domains:\n  r-1: {failures: {power: {mttf: 900h, mttr: 9h}}}\n"
          "  r-2: {failures: {power: {mttf: 900h, mttr: 9h}}}\n";
    }
    text += "components:\n  users: {kind: client}\n" + components_;
    if (networked_) {
      text +=
          "  sw-1: {kind: switch, failures: {f: {mttf: 500h, mttr: 5h}}}\n"
          "  sw-2: {kind: switch, failures: {f: {mttf: 500h, mttr: 5h}}}\n"
          "links:\n  u-1: {between: [users, sw-1]}\n  u-2: {between: [users, sw-2]}\n"
          "  trunk: {between: [sw-1, sw-2], failures: {cut: {mttf: 200h, mttr: 10h}}}\n" +
          links_;
    }
    text += "groups:\n" + groups + "services:\n  s: {from: users, through: [" + through + "]";
    std::string load = loaded_ ? "reads: 100/s" : "";
    if (sessions_) {
      load += std::string(loaded_ ? ", " : "") + "sessions: 1000";
      if (chance(70)) load += ", session_length: 5h";
    }
    if (!load.empty()) text += ", workload: {" + load + "}";
    text += "}\n";
    if (chance(30)) text += "faults:\n  - {at: 100h, phase: 50h, component: n-1-1, for: 5h}\n";
    return text;
  }

 private:
  bool chance(int percent) { return number(1, 100) <= percent; }
  int number(int low, int high) { return std::uniform_int_distribution<>(low, high)(random_); }
  std::string pick(std::initializer_list<const char*> words) {
    return *(words.begin() + number(0, static_cast<int>(words.size()) - 1));
  }

  std::string span() { return pick({"0s", "30s", "uniform(1min 20min)", "exponential(mean=1h)"}); }
  std::string health_check() {
    const int fall = number(1, 4);
    std::string text = fmt::format("{{health_check: {{interval: {}, fall: {}, rise: {}",
                                   pick({"2s", "1min", "10min"}), fall, number(1, 3));
    if (chance(30)) text += ", layer: 4";
    if (chance(30)) text += ", paced: start";
    if (fall >= 3 && chance(50)) text += ", errs: 5 %";
    return text + "}}";
  }
  std::string others() {
    switch (number(1, 4)) {
      case 1:
        return "perfect";
      case 2:
        return fmt::format("{{dns: {{ttl: {}}}}}", pick({"5min", "2h"}));
      case 3:
        return fmt::format("{{delay: {{down: {}, up: {}}}}}", span(), span());
      default:
        return health_check();
    }
  }

  void member(int g, int m, bool peers) {
    const std::string name = fmt::format("n-{}-{}", g, m);
    std::string text = "  " + name + ": {kind: node";
    if (loaded_ && chance(50)) text += fmt::format(", capacity: {}/s", pick({"40", "70", "150"}));
    if (racks_) text += fmt::format(", domain: r-{}", 1 + m % 2);
    if (chance(40)) text += ", restart: 10min";
    text += ", failures: {f: {mttf: 100h, mttr: 4h}";
    if (chance(50)) text += ", g: {effect: hang, mttf: 150h, mttr: 20min}";
    if (chance(50)) text += ", h: {effect: silent, mttf: 300h, mttr: 20h}";
    if (peers && chance(50)) text += ", m: {effect: mute, mttf: 100h, mttr: 5h}";
    components_ += text + "}}\n";
    const int where = number(1, 3);  // one switch, the other, or both
    for (const int sw : {1, 2}) {
      if ((where & sw) == 0) continue;
      links_ += fmt::format("  l-{}-{}: {{between: [{}, sw-{}]}}\n", sw, name, name, sw);
    }
  }

  std::string takeover() {
    std::string text = fmt::format(", takeover: {}", span());
    if (chance(30)) text += ", automatic: 70 %, otherwise: exponential(mean=2h)";
    return text;
  }

  std::string group(int g, bool& held) {
    const int size = number(2, 4);
    const bool standby = chance(50);
    const bool peers = standby && chance(60);
    for (int m = 1; m <= size; ++m) member(g, m, peers);
    std::string text = fmt::format("  g-{}: {{members: n-{}-*", g, g);
    if (sessions_ && !held) {
      held = true;
      text += ", sessions: ";
      text += chance(50) ? "sticky" : fmt::format("{{copies: {}}}", number(2, size));
    }
    if (!standby) {
      text += ", policy: active_active, detection: " + others();
      const int need = number(1, 2);
      text += fmt::format(", need: {}", need);
      text += need < size && chance(30) ? fmt::format(", backup: n-{}-{}", g, size) : takeover();
      if (chance(30)) text += ", balance: least_connections";
      return text + "}\n";
    }
    const bool vrrp = peers && chance(50);
    const int active = vrrp ? 1 : number(1, size - 1);
    text +=
        fmt::format(", policy: active_standby, active: {}, need: {}", active, number(1, active));
    if (vrrp) {
      text += fmt::format(", detection: {{vrrp: {{advertisement: 1s, preempt: {}}}}}",
                          chance(50) ? "true" : "false");
    } else if (peers) {
      text += ", detection: {heartbeat: {interval: 1min}}";
      if (chance(30)) text += ", fencing: true";
      if (chance(30)) text += ", quorum: true";
    } else {
      text += ", detection: " + others();
    }
    text += takeover();
    if (!vrrp && chance(40)) {
      text += fmt::format(", failback: {}, failback_after: {}, failback_takes: {}",
                          chance(50) ? "automatic" : "manual", span(), span());
    }
    if (chance(30)) text += ", fails_on_demand: 10 %";
    if (chance(30)) text += ", dormancy: 50 %";
    return text + "}\n";
  }

  std::mt19937_64 random_;
  bool networked_ = false;
  bool racks_ = false;
  bool loaded_ = false;
  bool sessions_ = false;
  std::string components_;
  std::string links_;
};

using Story = std::vector<std::pair<double, std::uint32_t>>;

struct Events final : EventObserver {
  Story story;
  void fired(double t_s, SlotId slot, const Reading&) override {
    story.emplace_back(t_s, static_cast<std::uint32_t>(slot));
  }
};

/// Looks at every state that a run passes through.
class Watch final : public Observer, public EventObserver {
 public:
  Watch(const System& system, const Topology& topology) : system_(system), topology_(topology) {}
  const Simulator* simulator = nullptr;
  Story story;
  std::uint64_t splits = 0;
  std::uint64_t losses = 0;

  void begin() {
    lost_ = arrived_ = ended_ = 0.0;
    first_ = living();
    remember(0.0);
  }
  void fired(double t_s, SlotId slot, const Reading& after) override {
    story.emplace_back(t_s, static_cast<std::uint32_t>(slot));
    count_sessions(t_s);
    remember(t_s);
    for (const CompiledGroup& group : system_.groups) {
      if (group.failovers.split == kNone<SignalId>) continue;
      int active = 0;
      for (const CompiledGroup::Member& member : group.members) {
        active += after.cell(member.active) != 0 && after.value(member.usable) ? 1 : 0;
      }
      const bool split = !after.value(group.failovers.split);
      splits += split ? 1 : 0;
      EXPECT_EQ(active > places(group), split) << group.name << " at " << t_s;
    }
  }
  void evaluated(const Moment&, EvaluationId, std::span<const double> numbers) override {
    const ServiceNumbers now = ServiceNumbers::read(numbers.data());
    EXPECT_LE(now.served_per_s, now.offered_per_s * (1.0 + 1e-12));
    EXPECT_GE(now.served_per_s, 0.0);
  }
  void earned(const Moment&, MeasureId measure, double amount) override {
    const auto& sessions = system_.services.front().sessions;
    if (!sessions || sessions->lost != measure) return;
    lost_ += amount;
    losses += amount > 0 ? 1 : 0;
  }
  /// Begun = living + ended + lost, where sessions have a length.
  void end(double t_s) {
    const auto& sessions = system_.services.front().sessions;
    if (!sessions || sessions->begin_per_s == 0.0) return;
    count_sessions(t_s);
    EXPECT_NEAR(first_ + arrived_ - ended_ - lost_, living_at(t_s), 1e-6 * (1.0 + arrived_));
  }

 private:
  int places(const CompiledGroup& group) const {
    for (const TopologyGroup& g : topology_.groups) {
      if (g.name == group.name) return static_cast<int>(g.settings.number("active"));
    }
    return 0;
  }
  double living() const {
    double sum = 0.0;
    for (const Fluid& fluid : simulator->now().fluids) sum += fluid.level;
    return sum;
  }
  double living_at(double t_s) const {
    double sum = 0.0;
    for (const Fluid& f : simulator->now().fluids) {
      sum += f.target + (f.level - f.target) * std::exp(-f.rate * (t_s - f.since_s));
    }
    return sum;
  }
  void remember(double t_s) {
    since_s_ = t_s;
    fluids_ = simulator->now().fluids;
  }
  /// Those of the time since the last event, by what the fluids were then.
  void count_sessions(double t_s) {
    for (const Fluid& f : fluids_) {
      const double level =
          f.target + (f.level - f.target) * std::exp(-f.rate * (since_s_ - f.since_s));
      const double span_s = t_s - since_s_;
      arrived_ += f.rate * f.target * span_s;
      ended_ += f.rate * f.target * span_s - (level - f.target) * std::expm1(-f.rate * span_s);
    }
  }

  const System& system_;
  const Topology& topology_;
  std::vector<Fluid> fluids_;
  double since_s_ = 0.0;
  double first_ = 0.0;
  double arrived_ = 0.0;
  double ended_ = 0.0;
  double lost_ = 0.0;
};

TEST(GeneratedFailover, KeepsItsInvariants) {
  std::uint64_t splits = 0;
  std::uint64_t losses = 0;
  std::uint64_t failovers = 0;
  std::uint64_t outages = 0;
  for (std::uint64_t seed = 1; seed <= kTopologies && !testing::Test::HasFailure(); ++seed) {
    const std::string text = Generator(seed).text();
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const Loaded loaded = load_topology("generated.yaml", text, "");
    ASSERT_TRUE(loaded.topology) << render(loaded.diagnostics, loaded.source);
    const auto system = compile(*loaded.topology);
    OutageObserver outage(*system->model, system->services, {});
    TallyObserver tally(*system->model, system->groups, system->services);
    Watch watch(*system, *loaded.topology);
    Simulator simulator(*system->model, {seed}, {&outage, &tally, &watch}, &watch);
    watch.simulator = &simulator;
    simulator.begin(0);
    watch.begin();
    outage.open(simulator.moment(), 0);
    tally.open(simulator.moment(), 0);
    simulator.advance(kHorizon_s);
    watch.end(kHorizon_s);
    outage.close(simulator.moment());
    simulator.end();
    const auto summary = outage.take();
    summary->groups.resize(system->groups.size());
    tally.close(simulator.moment(), *summary);
    const ServiceSummary& service = summary->services.front();
    EXPECT_LE(service.down.x, kHorizon_s * (1.0 + 1e-12));
    double by_cause = 0.0;
    double by_set = 0.0;
    for (const auto& [cause, sums] : service.by_cause) by_cause += sums.x;
    for (const auto& [set, sums] : service.by_set) by_set += sums.x;
    EXPECT_NEAR(by_cause, service.down.x, 1e-6);
    EXPECT_NEAR(by_set, service.down.x, 1e-6);
    for (const GroupSummary& group : summary->groups) {
      EXPECT_LE(group.done.x + group.failed.x, group.begun.x);
      failovers += static_cast<std::uint64_t>(group.begun.x);
    }
    outages += static_cast<std::uint64_t>(service.down.y);
    splits += watch.splits;
    losses += watch.losses;

    Events slow;
    ReferenceSimulator reference(*system->model, seed, Start::all_new, {}, &slow);
    reference.run(0, kHorizon_s);
    EXPECT_TRUE(watch.story == slow.story) << "the reference simulator tells another story";
  }
  // Each of what is checked does happen.
  EXPECT_GT(splits, 1000U);
  EXPECT_GT(losses, 1000U);
  EXPECT_GT(failovers, 10'000U);
  EXPECT_GT(outages, 10'000U);
  fmt::print(
      "seeds 1 to {}: {} outages, {} failovers, {} losses of sessions, {} states of split "
      "brain\n",
      kTopologies, outages, failovers, losses, splits);
}

}  // namespace
}  // namespace nines::test
