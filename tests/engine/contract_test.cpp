// The contract, part by part, on fixture models: slots with age and speed, choices, earnings,
// fluids, handlers, state and forks. Both simulators must tell the same story.
#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include <gtest/gtest.h>

#include "engine/contract/builder.hpp"
#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"

namespace nines {
namespace {

/// What fired, and when.
struct Story final : EventObserver {
  struct Line {
    double t_s;
    SlotId slot;
    bool operator==(const Line&) const = default;
  };
  std::vector<Line> lines;
  void fired(double t_s, SlotId slot, const Reading&) override { lines.push_back({t_s, slot}); }
  std::vector<double> times(SlotId slot) const {
    std::vector<double> out;
    for (const Line& line : lines) {
      if (line.slot == slot) out.push_back(line.t_s);
    }
    return out;
  }
};

/// What was earned, and which signals changed.
struct Ledger final : Observer {
  struct Earning {
    double t_s;
    MeasureId measure;
    double amount;
    bool operator==(const Earning&) const = default;
  };
  struct Change {
    double t_s;
    SignalId signal;
    bool value;
    SlotId origin;
    bool operator==(const Change&) const = default;
  };
  std::vector<Earning> earnings;
  std::vector<double> numbers;  ///< the first of each evaluation
  void evaluated(const Moment&, EvaluationId, std::span<const double> now) override {
    numbers.push_back(now[0]);
  }
  std::vector<Change> changes;
  void earned(const Moment& m, MeasureId measure, double amount) override {
    earnings.push_back({m.t_s, measure, amount});
  }
  void signal_changed(const Moment& m, SignalId signal, bool value, SlotId origin) override {
    changes.push_back({m.t_s, signal, value, origin});
  }
};

/// A reaction made of a function: handlers hold no memory of their own, so neither does this.
class Does final : public Reaction {
 public:
  using Function = std::function<void(Context&, Wake)>;
  explicit Does(Function function) : function_(std::move(function)) {}
  void wake(Context& context, Wake why) const override { function_(context, why); }

 private:
  Function function_;
};

std::unique_ptr<const Reaction> does(Does::Function function) {
  return std::make_unique<Does>(std::move(function));
}

struct Told {
  Story story;
  Ledger ledger;
};

/// Runs number `run` in both simulators, expects one story, and returns it.
Told tell(const Model& model, double horizon_s, std::uint32_t run = 0, std::uint64_t seed = 1) {
  Told fast;
  Told slow;
  Simulator simulator(model, {seed, Start::all_new, Width::automatic, horizon_s}, {&fast.ledger},
                      &fast.story);
  simulator.begin(run);
  simulator.advance(horizon_s);
  simulator.end();
  ReferenceSimulator reference(model, seed, Start::all_new, {&slow.ledger}, &slow.story);
  reference.run(run, horizon_s);
  EXPECT_EQ(fast.story.lines, slow.story.lines);
  EXPECT_EQ(fast.ledger.earnings, slow.ledger.earnings);
  EXPECT_EQ(fast.ledger.changes, slow.ledger.changes);
  EXPECT_EQ(fast.ledger.numbers, slow.ledger.numbers);
  return fast;
}

using Times = std::vector<double>;

TEST(Modes, CompeteInOperatingTimeAndKeepTheirAge) {
  ModelBuilder b;
  b.component("c", {{"a", deterministic(100), deterministic(10)},
                    {"b", deterministic(150), deterministic(5)}});
  const auto model = b.build();
  const Told told = tell(*model, 300);
  // a fails at 100 with b aged 100; b goes on at 110 and fails at 160 with a aged 50; a goes on at
  // 165 and fails at 215.
  EXPECT_EQ(told.story.times(SlotId{0}), (Times{100, 110, 215, 225}));
  EXPECT_EQ(told.story.times(SlotId{1}), (Times{160, 165}));
}

TEST(Modes, OfPartialEffectLeaveTheOtherClocksRunning) {
  ModelBuilder b;
  b.component("c", {{"a", deterministic(100), deterministic(10)},
                    {"b", deterministic(60), deterministic(30), Effect::part}});
  const auto model = b.build();
  const Told told = tell(*model, 300);
  EXPECT_EQ(told.story.times(SlotId{0}), (Times{100, 110, 210, 220}));
  // Repaired at 90; its next life stands still from 100 to 110 and from 210 to 220.
  EXPECT_EQ(told.story.times(SlotId{1}), (Times{60, 90, 160, 190, 260, 290}));
}

TEST(Restart, FollowsTheLastRepairWithClocksStandingStill) {
  ModelBuilder b;
  const ComponentId c =
      b.component("c", {{"a", deterministic(100), deterministic(10)}}, deterministic(7));
  b.observe(b.up(c));
  const auto model = b.build();
  const Told told = tell(*model, 250);
  EXPECT_EQ(told.story.times(SlotId{0}), (Times{100, 110, 217, 227}));
  EXPECT_EQ(told.story.times(SlotId{1}), (Times{117, 234}));
  ASSERT_EQ(told.ledger.changes.size(), 4u);
  EXPECT_EQ(told.ledger.changes[1].t_s, 117);
}

TEST(Mode, OfAGivenAgeHasTheRestOfItsLife) {
  ModelBuilder b;
  b.component("c", {{"a", deterministic(100), deterministic(10), Effect::down, RepairStart::at_once,
                     30.0}});
  const auto model = b.build();
  EXPECT_EQ(tell(*model, 200).story.times(SlotId{0}), (Times{70, 80, 180, 190}));
}

TEST(Clock, RunsAtTheSpeedThatAReactionGives) {
  ModelBuilder b;
  const ComponentId c = b.component("c", {{"a", deterministic(100), deterministic(10)}});
  b.govern(c);
  const TimerId timer = b.timer("later");
  const LawId fifty = b.law(deterministic(50));
  b.reaction("governor", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) {
                 context.operate(c, 0.5);
                 context.start(timer, fifty);
               } else {
                 context.operate(c, 2.0);
               }
             }),
             {});
  const auto model = b.build();
  // Age 25 at 50, the other 75 at double speed.
  EXPECT_EQ(tell(*model, 90).story.times(SlotId{0}).front(), 87.5);
}

TEST(Timer, GrowsOlderAtItsSpeedAndCanBeCancelled) {
  ModelBuilder b;
  const TimerId slow = b.timer("slow");
  const TimerId gone = b.timer("gone");
  const TimerId clock = b.timer("clock");
  const LawId ten = b.law(deterministic(10));
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) {
                 context.start(slow, ten);
                 context.speed(slow, 0.0);
                 context.start(gone, ten);
                 context.start(clock, ten);
                 context.cancel(gone);
               } else if (why.is(clock)) {
                 EXPECT_TRUE(context.pending(slow));
                 EXPECT_FALSE(context.pending(gone));
                 context.speed(slow, 0.25);
               }
             }),
             {});
  const auto model = b.build();
  const Told told = tell(*model, 1000);
  EXPECT_EQ(told.story.times(model->slot(slow)), Times{50});
  EXPECT_TRUE(told.story.times(model->slot(gone)).empty());
}

TEST(Repair, ThatAwaitsAReactionCanBePreempted) {
  ModelBuilder b;
  const ComponentId c = b.component(
      "c", {{"a", deterministic(100), deterministic(10), Effect::down, RepairStart::by_reaction}});
  const ModeId mode = b.mode(c, 0);
  const TimerId timer = b.timer("t");
  const LawId four = b.law(deterministic(4));
  const CellId stage = b.cell({"stage", 0, 3, 0});
  b.reaction("crew", does([=](Context& context, Wake why) {
               if (why.is(mode) && context.failed(mode)) {
                 context.repair(mode);
                 context.start(timer, four);
               } else if (why.is(timer)) {
                 const int now = context.cell(stage);
                 context.set(stage, now + 1);
                 context.repair_speed(mode, now == 0 ? 0.0 : 1.0);  // stands still from 104 to 108
                 if (now == 0) context.start(timer, four);
               }
             }),
             {{}, {mode}});
  const auto model = b.build();
  EXPECT_EQ(tell(*model, 150).story.times(SlotId{0}), (Times{100, 114}));
}

TEST(Choice, FollowsItsWeights) {
  ModelBuilder b;
  const ComponentId c = b.component("c", {{"a", deterministic(1), deterministic(1)}});
  const ModeId mode = b.mode(c, 0);
  const MeasureId which = b.measure("which");
  b.reaction("r", does([=](Context& context, Wake) {
               if (!context.failed(mode)) return;
               const double weights[] = {1.0, 0.0, 3.0};
               context.earn(which, {static_cast<double>(context.choose(weights))});
             }),
             {{}, {mode}});
  const auto model = b.build();
  const Told told = tell(*model, 80'001);
  double twos = 0;
  for (const auto& e : told.ledger.earnings) {
    EXPECT_NE(e.amount, 1.0);
    twos += e.amount == 2.0;
  }
  const auto n = static_cast<double>(told.ledger.earnings.size());
  EXPECT_EQ(n, 40'000);
  EXPECT_NEAR(twos / n, 0.75, 5 * std::sqrt(0.75 * 0.25 / n));
}

TEST(Earning, IsAConstantALawOrALevel) {
  ModelBuilder b;
  const ComponentId c = b.component("c", {{"a", deterministic(10), deterministic(10)}});
  const ModeId mode = b.mode(c, 0);
  const FluidId fluid = b.fluid({"backlog", 0.0, 1e9, 0.0});
  const MeasureId constant = b.measure("constant");
  const MeasureId drawn = b.measure("drawn");
  const MeasureId level = b.measure("level");
  const LawId law = b.law(exponential(8));
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) context.flow(fluid, 3.0);
               if (!why.is(mode) || !context.failed(mode)) return;
               context.earn(constant, {2.5});
               context.earn(drawn, {0.5, law});
               context.earn(level, {2.0, kNone<LawId>, fluid});
               context.level(fluid, 0.0);
             }),
             {{}, {mode}});
  const auto model = b.build();
  const Told told = tell(*model, 400'000);
  double sum = 0, n = 0;
  std::vector<double> levels;
  for (const auto& e : told.ledger.earnings) {
    if (e.measure == constant) {
      EXPECT_EQ(e.amount, 2.5);
    }
    if (e.measure == drawn) sum += e.amount, ++n;
    if (e.measure == level) levels.push_back(e.amount);
  }
  EXPECT_NEAR(sum / n, 4.0, 5 * 4.0 / std::sqrt(n));
  EXPECT_EQ(levels[0], 60.0);   // 2 × 3 × 10 s
  EXPECT_EQ(levels[1], 120.0);  // 20 s later
}

TEST(Fluid, FlowsAtASlopeBetweenFloorAndCeiling) {
  ModelBuilder b;
  const FluidId fluid = b.fluid({"f", 0.0, 100.0, 20.0});
  const TimerId at_80 = b.timer("at 80");
  const TimerId at_zero = b.timer("at zero");
  const TimerId unreachable = b.timer("unreachable");
  const TimerId clock = b.timer("clock");
  const LawId wait = b.law(deterministic(60));
  const MeasureId level = b.measure("level");
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) {
                 context.flow(fluid, 2.0);
                 context.when(fluid, 80.0, at_80);
                 context.when(fluid, 101.0, unreachable);
                 context.start(clock, wait);
               } else if (why.is(clock)) {
                 context.earn(level, {1.0, kNone<LawId>, fluid});  // at the ceiling since 40
                 context.flow(fluid, -4.0);
                 context.when(fluid, 0.0, at_zero);
               } else if (why.is(at_zero)) {
                 context.earn(level, {1.0, kNone<LawId>, fluid});
               }
             }),
             {});
  const auto model = b.build();
  const Told told = tell(*model, 1000);
  EXPECT_EQ(told.story.times(model->slot(at_80)), Times{30});
  EXPECT_EQ(told.story.times(model->slot(at_zero)), Times{85});
  EXPECT_TRUE(told.story.times(model->slot(unreachable)).empty());
  EXPECT_EQ(told.ledger.earnings[0].amount, 100.0);
  EXPECT_EQ(told.ledger.earnings[1].amount, 0.0);
}

TEST(Fluid, RelaxesToItsTargetAndTheCrossingMovesWithTheFlow) {
  ModelBuilder b;
  const FluidId fluid = b.fluid({"f", 0.0, 1000.0, 100.0});
  const TimerId low = b.timer("low");
  const TimerId clock = b.timer("clock");
  const LawId wait = b.law(deterministic(5));
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) {
                 context.flow(fluid, 0.0, 0.1);
                 context.when(fluid, 10.0, low);
                 context.start(clock, wait);
               } else if (why.is(clock)) {
                 context.flow(fluid, 0.0, 0.4);
               }
             }),
             {});
  const auto model = b.build();
  const Told told = tell(*model, 1000);
  // 100 exp(-0.5) after 5 s, then a factor exp(-0.4 t) down to 10.
  const double expected = 5.0 + std::log(100.0 * std::exp(-0.5) / 10.0) / 0.4;
  ASSERT_EQ(told.story.times(model->slot(low)).size(), 1u);
  EXPECT_NEAR(told.story.times(model->slot(low))[0], expected, 1e-12 * expected);
}

TEST(Instant, ThatLastsNoTimeEndsNothing) {
  // b returns at the very instant at which a fails: the pair was never down for any time.
  ModelBuilder b;
  const ComponentId a = b.component("a", {{"f", deterministic(100), deterministic(50)}});
  const ComponentId c = b.component("b", {{"f", deterministic(90), deterministic(10)}});
  const SignalId pair = b.gate("pair", 1, {b.up(a), b.up(c)});
  b.observe(pair);
  const auto model = b.build();
  const Told told = tell(*model, 149);
  EXPECT_TRUE(told.ledger.changes.empty());
}

TEST(Instant, WithoutEndNamesWhoTakesPart) {
  ModelBuilder b;
  const CellId cell = b.cell({"tick", 0, 1, 0});
  const SignalId flag = b.flag(cell);
  b.reaction("restless",
             does([=](Context& context, Wake) { context.set(cell, 1 - context.cell(cell)); }),
             {{flag}, {}});
  const auto model = b.build();
  Simulator simulator(*model, {});
  try {
    simulator.begin(0);
    FAIL() << "an endless loop ended";
  } catch (const EndlessLoop& loop) {
    EXPECT_NE(std::string(loop.what()).find("restless"), std::string::npos) << loop.what();
  }
}

TEST(Instant, WithoutEndOfFailuresAndRepairsIsFoundToo) {
  ModelBuilder b;
  b.component("mayfly", {{"f", deterministic(0), deterministic(0)}});
  const auto model = b.build();
  Simulator simulator(*model, {});
  simulator.begin(0);
  EXPECT_THROW(simulator.advance(1.0), EndlessLoop);
}

/// A model that uses every part of the contract, with random laws: nodes with several modes, a
/// detection timer, a takeover by choice, a backlog, a strike, and earnings.
std::shared_ptr<const Model> everything(int extra_components = 0) {
  ModelBuilder b;
  const auto node = [&](const std::string& name) {
    return b.component(name,
                       {{"software", exponential(500), lognormal(20, 1.0)},
                        {"hardware", weibull(1.5, 4000), gamma_law(2.0, 50)},
                        {"slow", exponential(900), uniform(5, 60), Effect::part}},
                       deterministic(3));
  };
  const ComponentId first = node("first");
  const ComponentId second = node("second");
  b.govern(second);
  b.govern(first);
  const ComponentId line = b.component("line", {{"cut", exponential(300), exponential(30)}});
  for (int i = 0; i < extra_components; ++i) {
    b.component("extra-" + std::to_string(i), {{"f", exponential(100), exponential(10)}});
  }
  const CellId active = b.cell({"active", 0, 2, 1});
  const CellId full = b.cell({"full", 0, 1, 0});
  const FluidId backlog = b.fluid({"backlog", 0.0, 500.0, 0.0});
  const MeasureId lost = b.measure("lost");
  const MeasureId toll = b.measure("toll");
  const TimerId noticed = b.timer("noticed");
  const LawId detection = b.law(uniform(1, 4));
  const LawId cost = b.law(lognormal(10, 0.5));
  const SignalId serving = b.flag(active);
  const SignalId whole = b.gate("whole", 3, {{serving, 2}, {b.up(line), 1}});
  b.observe(whole);
  b.reaction("failover", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) {
                 context.operate(second, 0.3);
               } else if (why.by == Wake::By::signal) {
                 const int now = context.cell(active);
                 const bool good = now == 1 ? context.up(first) : now == 2 && context.up(second);
                 if (!good && !context.pending(noticed)) context.start(noticed, detection);
               } else if (why.is(noticed)) {
                 const double weights[] = {context.up(first) ? 2.0 : 0.0,
                                           context.up(second) ? 1.0 : 0.0, 0.2};
                 const int chosen = static_cast<int>(context.choose(weights)) + 1;
                 context.set(active, chosen == 3 ? 0 : chosen);
                 context.operate(second, chosen == 2 ? 1.0 : 0.3);
                 context.earn(lost, {1.0, kNone<LawId>, backlog});
                 context.earn(toll, {1.0, cost});
                 if (chosen == 3) context.start(noticed, detection);
               }
             }),
             {{b.up(first), b.up(second)}, {}});
  const TimerId overflow = b.timer("overflow");
  b.reaction("stream", does([=](Context& context, Wake why) {
               if (why.is(overflow)) {
                 context.set(full, 1);
                 context.fail(ModeId{0});
               } else if (context.up(line)) {
                 context.set(full, 0);
                 context.cancel(overflow);
                 context.flow(backlog, 0.0, 0.2);
               } else {
                 context.flow(backlog, 5.0);
                 if (!context.pending(overflow)) context.when(backlog, 200.0, overflow);
               }
             }),
             {{b.up(line)}, {}});
  return b.build();
}

TEST(Everything, IsToldAlikeByBothSimulators) {
  const auto model = everything();
  std::size_t events = 0;
  for (std::uint32_t run = 0; run < 40; ++run) {
    const Told told = tell(*model, 20'000, run, 77);
    events += told.story.lines.size();
    EXPECT_FALSE(told.ledger.earnings.empty());
    EXPECT_FALSE(told.ledger.changes.empty());
  }
  EXPECT_GT(events, 20'000u);
}

Story story_of(const Model& model, Width width, std::vector<Observer*> observers = {}) {
  Story story;
  Simulator simulator(model, {3, Start::all_new, width, 20'000}, std::move(observers), &story);
  for (std::uint32_t run = 0; run < 5; ++run) {
    simulator.begin(run);
    simulator.advance(20'000);
    simulator.end();
  }
  return story;
}

TEST(Everything, HasTheSameBitsAtEveryWidth) {
  const auto model = everything();
  const Story scalar = story_of(*model, Width::scalar);
  EXPECT_EQ(story_of(*model, Width::avx2).lines, scalar.lines);
  EXPECT_EQ(story_of(*model, Width::avx512).lines, scalar.lines);
}

TEST(Everything, IsNotChangedByObservers) {
  const auto model = everything();
  Ledger ledger;
  EXPECT_EQ(story_of(*model, Width::automatic, {&ledger}).lines,
            story_of(*model, Width::automatic).lines);
}

TEST(Everything, IsNotChangedByComponentsThatNothingIsConnectedTo) {
  const auto alone = everything(0);
  const auto beside = everything(3);
  const std::size_t modes = alone->modes.size();
  const Story a = story_of(*alone, Width::automatic);
  const Story b = story_of(*beside, Width::automatic);
  std::size_t extra = 0;
  std::vector<std::pair<double, std::string>> told_alone, told_beside;
  for (const auto& line : a.lines) told_alone.emplace_back(line.t_s, alone->slot_name(line.slot));
  for (const auto& line : b.lines) {
    const std::string name = beside->slot_name(line.slot);
    name.starts_with("extra-") ? void(++extra) : void(told_beside.emplace_back(line.t_s, name));
  }
  EXPECT_GT(extra, 100u);
  EXPECT_GT(modes, 0u);
  EXPECT_EQ(told_alone, told_beside);
}

TEST(State, ThatIsCopiedHasTheSameFuture) {
  const auto model = everything();
  Story first;
  Simulator simulator(*model, {5}, {}, &first);
  simulator.begin(9);
  simulator.advance(3000);
  const State fork = simulator.now();
  first.lines.clear();
  simulator.advance(20'000);

  Story second;
  Simulator other(*model, {5}, {}, &second);
  other.load(fork);
  other.advance(20'000);
  EXPECT_GT(first.lines.size(), 100u);
  EXPECT_EQ(first.lines, second.lines);
}

TEST(State, OfABranchHasAnotherFutureAndAnotherBranchYetAnother) {
  const auto model = everything();
  Simulator simulator(*model, {5});
  simulator.begin(9);
  simulator.advance(3000);
  const auto future = [&](const State& state) {
    Story story;
    Simulator other(*model, {5}, {}, &story);
    other.load(state);
    other.advance(20'000);
    return story.lines;
  };
  const auto trunk = future(simulator.now());
  const auto one = future(branch(*model, simulator.now(), 5, 1));
  const auto two = future(branch(*model, simulator.now(), 5, 2));
  EXPECT_NE(trunk, one);
  EXPECT_NE(trunk, two);
  EXPECT_NE(one, two);
  EXPECT_EQ(one, future(branch(*model, simulator.now(), 5, 1)));
}

TEST(State, OfABranchLeavesNothingBehindInTheSimulator) {
  const auto model = everything();
  const auto run_three = [&](Simulator& simulator, Story& story) {
    story.lines.clear();
    simulator.begin(3);
    simulator.advance(5000);
    return story.lines;
  };
  Story fresh_story, used_story;
  Simulator fresh(*model, {5}, {}, &fresh_story);
  Simulator used(*model, {5}, {}, &used_story);
  used.begin(9);
  used.advance(1000);
  used.load(branch(*model, used.now(), 5, 1));
  used.advance(5000);
  EXPECT_EQ(run_three(used, used_story), run_three(fresh, fresh_story));
}

TEST(Timer, IsDrawnAnewEachTimeThatItIsStarted) {
  // One timer of a group, started behind fault a, behind fault b, and again behind the repair of a:
  // three draws, although the first and the last have one root.
  ModelBuilder b;
  const ComponentId x = b.component("x", {{"f", deterministic(100), deterministic(50)}});
  const ComponentId y = b.component("y", {{"f", deterministic(120), deterministic(1e6)}});
  const TimerId timer = b.timer("t");
  const LawId wait = b.law(exponential(1e-3));
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::signal) context.start(timer, wait);
             }),
             {{b.up(x), b.up(y)}, {}});
  const auto model = b.build();
  const Told told = tell(*model, 160);
  const Times fired = told.story.times(model->slot(timer));
  ASSERT_EQ(fired.size(), 3u);
  EXPECT_NE(fired[0] - 100, fired[2] - 150);
  EXPECT_NE(fired[0] - 100, fired[1] - 120);
}

TEST(Cell, OfSeveralValuesWakesWhoWatchesIt) {
  ModelBuilder b;
  const CellId role = b.cell({"role", 0, 2, 1});
  const TimerId timer = b.timer("t");
  const LawId ten = b.law(deterministic(10));
  b.reaction("changer", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) {
                 context.start(timer, ten);
               } else {
                 context.set(role, 2);
               }
             }),
             {});
  const MeasureId seen = b.measure("seen");
  b.reaction("watcher", does([=](Context& context, Wake why) {
               if (why.is(role)) context.earn(seen, {static_cast<double>(context.cell(role))});
             }),
             {{}, {}, {role}});
  b.evaluation({"doubled",
                {b.equals(role, 2)},
                {},
                1,
                [](const std::uint64_t* pattern, std::uint8_t*, double* numbers) {
                  numbers[0] = (pattern[0] & 1U) != 0 ? 4.0 : 2.0;
                }});
  const auto model = b.build();
  const Told told = tell(*model, 20);
  ASSERT_EQ(told.ledger.earnings.size(), 1u);
  EXPECT_EQ(told.ledger.earnings[0].amount, 2.0);
  EXPECT_EQ(told.ledger.numbers, (std::vector<double>{2.0, 4.0}));
}

/// Seventy parts, so that the pattern has two words; an evaluation that counts them, a gate over
/// what it says, a second evaluation over both, and a number.
std::shared_ptr<const Model> evaluated() {
  ModelBuilder b;
  std::vector<SignalId> up;
  for (int i = 0; i < 70; ++i) {
    const ComponentId c =
        b.component("c" + std::to_string(i), {{"f", exponential(50.0 + i), exponential(20)}});
    up.push_back(b.up(c));
  }
  const auto count = [](const std::uint64_t* pattern) {
    return __builtin_popcountll(pattern[0]) + __builtin_popcountll(pattern[1]);
  };
  const auto outputs =
      b.evaluation({"counts",
                    up,
                    {"most", "even"},
                    1,
                    [count](const std::uint64_t* pattern, std::uint8_t* out, double* numbers) {
                      const int n = count(pattern);
                      out[0] = n >= 54;
                      out[1] = n % 2 == 0;
                      numbers[0] = n / 10;
                    }});
  const SignalId either = b.gate("either", 1, outputs);
  const auto last = b.evaluation({"both",
                                  {either, outputs[0], up[3]},
                                  {"xor"},
                                  0,
                                  [](const std::uint64_t* pattern, std::uint8_t* out, double*) {
                                    out[0] = __builtin_popcountll(pattern[0]) % 2 != 0;
                                  }});
  for (const SignalId signal : {outputs[0], outputs[1], either, last[0]}) b.observe(signal);
  // Someone acts on it, so that the state depends on what the evaluation says.
  const CellId seen = b.cell({"seen", 0, 1, 0});
  b.reaction("watcher", does([=](Context& context, Wake) {
               context.set(seen, context.value(last[0]) ? 1 : 0);
             }),
             {{last[0]}, {}});
  b.observe(b.flag(seen));
  return b.build();
}

TEST(Evaluation, IsToldAlikeByBothSimulators) {
  const auto model = evaluated();
  for (std::uint32_t run = 0; run < 20; ++run) {
    const Told told = tell(*model, 300, run);
    EXPECT_GT(told.ledger.changes.size(), 300u);
    EXPECT_GT(told.ledger.numbers.size(), 10u);
  }
}

TEST(Evaluation, GoesOnInACopiedState) {
  const auto model = evaluated();
  Story whole, rest;
  Ledger of_whole, of_rest;
  Simulator simulator(*model, {1}, {&of_whole}, &whole);
  simulator.begin(3);
  simulator.advance(100);
  const State copy = simulator.now();
  whole.lines.clear();
  of_whole.changes.clear();
  simulator.advance(300);
  Simulator other(*model, {1}, {&of_rest}, &rest);
  other.load(copy);
  other.advance(300);
  EXPECT_EQ(whole.lines, rest.lines);
  EXPECT_EQ(of_whole.changes, of_rest.changes);
  EXPECT_EQ(simulator.now().signal, other.now().signal);
}

TEST(Evaluation, WithoutWatchersOfEventsReachesTheSameStates) {
  // Through the loop for plain modes, which looks into the memo itself.
  const auto model = evaluated();
  Story story;
  Simulator quiet(*model, {1});
  Simulator watched(*model, {1}, {}, &story);
  for (std::uint32_t run = 0; run < 5; ++run) {
    quiet.begin(run);
    watched.begin(run);
    for (int t = 10; t <= 300; t += 10) {
      quiet.advance(t);
      watched.advance(t);
      ASSERT_EQ(quiet.now().signal, watched.now().signal);
      ASSERT_EQ(quiet.now().cells, watched.now().cells);
    }
  }
}

TEST(Signal, ThatFallsAndRisesInOneChangeWakesNobody) {
  // A cell goes from 1 to 2: one flag falls, the other rises, and the gate over them stays.
  ModelBuilder b;
  const CellId cell = b.cell({"cell", 0, 2, 1});
  const SignalId one = b.equals(cell, 1);
  const SignalId two = b.equals(cell, 2);
  const SignalId any = b.gate("any", 1, std::vector<SignalId>{one, two});
  const MeasureId woken = b.measure("woken");
  b.reaction("watcher", does([=](Context& context, Wake why) {
               if (why.is(any)) context.earn(woken, {});
             }),
             {{any}, {}});
  const TimerId timer = b.timer("t");
  const LawId ten = b.law(deterministic(10));
  b.reaction("changer", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::timer) context.set(cell, (context.cell(cell) + 1) % 3);
               context.start(timer, ten);
             }),
             {});
  const auto model = b.build();
  const Told told = tell(*model, 35);
  // At 10 to 2: nothing; at 20 to 0: it falls; at 30 to 1: it rises.
  ASSERT_EQ(told.ledger.earnings.size(), 2u);
  EXPECT_EQ(told.ledger.earnings[0].t_s, 20.0);
  EXPECT_EQ(told.ledger.earnings[1].t_s, 30.0);
}

TEST(Mode, HasASignalOfItsOwn) {
  ModelBuilder b;
  const ComponentId c =
      b.component("c", {{"slow", deterministic(10), deterministic(5), Effect::part},
                        {"dead", deterministic(12), deterministic(3)}});
  const SignalId slow = b.working(b.mode(c, 0));
  const SignalId dead = b.working(b.mode(c, 1));
  b.observe(slow);
  b.observe(dead);
  const auto model = b.build();
  const Told told = tell(*model, 20);
  std::vector<std::pair<double, bool>> slow_at, dead_at;
  for (const Ledger::Change& change : told.ledger.changes) {
    (change.signal == slow ? slow_at : dead_at).emplace_back(change.t_s, change.value);
  }
  EXPECT_EQ(slow_at, (std::vector<std::pair<double, bool>>{{10, false}, {15, true}}));
  EXPECT_EQ(dead_at, (std::vector<std::pair<double, bool>>{{12, false}, {15, true}}));
}

TEST(Restart, OfWhatIsUpTakesItDownForThatLong) {
  // Asked at 40 while up, at 43 while it restarts, at 105 while a failure keeps it down.
  ModelBuilder b;
  const ComponentId c =
      b.component("c", {{"f", deterministic(100), deterministic(10)}}, deterministic(7));
  b.observe(b.up(c));
  const TimerId timer = b.timer("t");
  const LawId first = b.law(deterministic(40));
  const LawId second = b.law(deterministic(3));
  const LawId third = b.law(deterministic(69));
  const CellId step = b.cell({"step", 0, 3, 0});
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::timer) {
                 context.restart(c);
                 context.set(step, context.cell(step) + 1);
               }
               const LawId laws[] = {first, second, third};
               if (context.cell(step) < 3) context.start(timer, laws[context.cell(step)]);
             }),
             {});
  const auto model = b.build();
  const Told told = tell(*model, 140);
  std::vector<std::pair<double, bool>> changes;
  for (const Ledger::Change& change : told.ledger.changes) {
    changes.emplace_back(change.t_s, change.value);
  }
  // Down from 40 to 50; the clock has stood still for 10, so f comes at 110; at 112 nothing.
  EXPECT_EQ(changes, (std::vector<std::pair<double, bool>>{
                         {40, false}, {50, true}, {110, false}, {127, true}}));
}

TEST(Crossing, WaitsOnInACopiedStateToTheLastBit) {
  ModelBuilder b;
  const ComponentId c = b.component("c", {{"f", deterministic(7), deterministic(3)}});
  const FluidId fluid = b.fluid({"f", 0.0, 1e9, 0.0});
  const TimerId timer = b.timer("t");
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by == Wake::By::begin) {
                 context.flow(fluid, 0.1);
                 context.when(fluid, 1.7, timer);
               }
             }),
             {{b.up(c)}, {}});
  const auto model = b.build();
  Story straight, forked;
  Simulator first(*model, {1}, {}, &straight);
  first.begin(0);
  first.advance(100);
  Simulator second(*model, {1}, {}, &forked);
  second.begin(0);
  for (double t = 0.37; t < 100; t += 0.37) {
    second.advance(t);
    second.load(State(second.now()));
  }
  EXPECT_EQ(straight.times(model->slot(timer)), forked.times(model->slot(timer)));
}

TEST(State, OfABranchDrawsResidualLivesFromTheSameLaw) {
  // Kolmogorov–Smirnov on what remains of lives that have reached age 700.
  ModelBuilder b;
  b.component("c", {{"f", weibull(2.0, 1000), deterministic(1e9)}});
  const auto model = b.build();
  const Law& law = *model->laws[0];
  std::vector<double> ratios;
  Simulator simulator(*model, {11});
  for (std::uint32_t run = 0; run < 30'000; ++run) {
    simulator.begin(run);
    simulator.advance(700);
    if (simulator.now().failed[0] != 0) continue;
    const State fork = branch(*model, simulator.now(), 11, 1);
    const double life = 700 + fork.slots[0].left_s;
    ratios.push_back(law.complement(life) / law.complement(700));  // uniform if the law is right
  }
  std::sort(ratios.begin(), ratios.end());
  const auto n = static_cast<double>(ratios.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    worst = std::max(worst, std::fabs(ratios[i] - (static_cast<double>(i) + 0.5) / n));
  }
  EXPECT_GT(n, 10'000);
  EXPECT_LT(worst, 2.7 / std::sqrt(n));
}

TEST(Injection, LeavesTheLuckOfTheOthersAsItWas) {
  const auto model = everything();
  const auto cuts = [&](bool inject) {
    Story story;
    Simulator simulator(*model, {5}, {}, &story);
    simulator.begin(2);
    simulator.advance(100);
    if (inject) simulator.inject(ModeId{1});
    simulator.advance(20'000);
    return story.times(model->slot(ModeId{model->components[2].first_mode}));  // of the line
  };
  EXPECT_GT(cuts(true).size(), 50u);
  EXPECT_EQ(cuts(true), cuts(false));
}

TEST(Equilibrium, StartsAlikeInBothSimulatorsAndAtTheRightShare) {
  ModelBuilder b;
  const ComponentId c = b.component("c", {{"f", weibull(0.7, 1000), lognormal(300, 1.0)}});
  b.observe(b.up(c));
  const auto model = b.build();
  int down = 0;
  const std::uint32_t runs = 20'000;
  Story fast, slow;
  Simulator simulator(*model, {8, Start::equilibrium}, {}, &fast);
  ReferenceSimulator reference(*model, 8, Start::equilibrium, {}, &slow);
  for (std::uint32_t run = 0; run < runs; ++run) {
    simulator.begin(run);
    down += simulator.up(c) ? 0 : 1;
    if (run >= 200) continue;
    simulator.advance(5000);
    reference.run(run, 5000);
  }
  EXPECT_GT(fast.lines.size(), 200u);
  EXPECT_EQ(fast.lines, slow.lines);
  const double up_s = model->laws[0]->mean();
  const double down_s = model->laws[1]->mean();
  const double share = down_s / (up_s + down_s);
  EXPECT_NEAR(down / static_cast<double>(runs), share, 5 * std::sqrt(share * (1 - share) / runs));
}

TEST(Builder, RefusesTwoStreamsOfOneName) {
  ModelBuilder b;
  b.component("c", {{"f", exponential(1), exponential(1)}});
  b.component("c", {{"f", exponential(1), exponential(1)}});
  try {
    b.build();
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "two random streams are named 'c/f'");
  }
}

TEST(Builder, RefusesATimerWithoutAReaction) {
  ModelBuilder b;
  b.timer("lonely");
  EXPECT_THROW(b.build(), std::invalid_argument);
}

TEST(Builder, RefusesAGateThatReadsWhatComesLater) {
  ModelBuilder b;
  b.gate("ahead", 1, {SignalId{0}});
  EXPECT_THROW(b.build(), std::invalid_argument);
}

using ContractDeathTest = testing::Test;

TEST(ContractDeathTest, StartingAPendingTimerIsAnError) {
  ModelBuilder b;
  const TimerId timer = b.timer("t");
  const LawId one = b.law(deterministic(1));
  b.reaction("r", does([=](Context& context, Wake why) {
               if (why.by != Wake::By::begin) return;
               context.start(timer, one);
               context.start(timer, one);
             }),
             {});
  const auto model = b.build();
  Simulator simulator(*model, {1});
  EXPECT_DEATH(simulator.begin(0), "timer t is pending already");
}

TEST(ContractDeathTest, OperatingAComponentThatIsNotGovernedIsAnError) {
  ModelBuilder b;
  const ComponentId c = b.component("c", {{"f", exponential(1), exponential(1)}});
  const auto model = b.build();
  Simulator simulator(*model, {1});
  simulator.begin(0);
  EXPECT_DEATH(simulator.operate(c, 0.5), "c is not declared as governed");
}

}  // namespace
}  // namespace nines
