// Invariants in generated topologies with failover, and the reference simulator on each of them.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "models/tallies.hpp"
#include "tests/models/generated_failover.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

constexpr double kHorizon_s = 500 * kHour_s;
constexpr std::uint64_t kTopologies = 2000;

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
    const std::string text = FailoverTopology(seed).text();
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const Loaded loaded = load_topology("generated.yaml", text, "");
    ASSERT_TRUE(loaded.topology) << render(loaded.diagnostics, loaded.source);
    const auto system = compile(*loaded.topology);
    OutageObserver outage(*system->model, system->services, {});
    TallyObserver tally(*system->model, system->groups, system->services, {});
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
