// Fluids that are added to one another, and those that hold what came in within a time; the numbers
// of evaluations as handlers read them.
#include <cmath>

#include <gtest/gtest.h>

#include "engine/contract/builder.hpp"
#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "engine/solve/explore.hpp"
#include "engine/solve/levels.hpp"
#include "engine/solve/steady.hpp"

namespace nines {
namespace {

template <class Function>
class Does final : public Reaction {
 public:
  explicit Does(Function function) : function_(std::move(function)) {}
  void wake(Context& context, Wake why) const override { function_(context, why); }

 private:
  Function function_;
};
template <class Function>
std::unique_ptr<const Reaction> does(Function function) {
  return std::make_unique<Does<Function>>(std::move(function));
}

class Earned final : public Observer {
 public:
  std::vector<double> amounts;
  void earned(const Moment&, MeasureId, double amount) override { amounts.push_back(amount); }
};

/// Both simulators, which must agree to the last bit.
std::vector<double> earned(const Model& model, double horizon_s, std::uint32_t run = 0) {
  Earned fast;
  Simulator simulator(model, {3}, {&fast});
  simulator.begin(run);
  simulator.advance(horizon_s);
  simulator.end();
  Earned slow;
  ReferenceSimulator(model, 3, Start::all_new, {&slow}).run(run, horizon_s);
  EXPECT_EQ(fast.amounts, slow.amounts);
  return fast.amounts;
}

/// A reaction that does something at 0, 10, 20, … s.
template <class At>
std::shared_ptr<const Model> every_ten(ModelBuilder& b, At at) {
  const TimerId tick = b.timer("tick");
  const LawId ten = b.law(deterministic(10));
  const CellId count = b.cell({"count", 0, 100, 0});
  b.reaction("r", does([=](Context& c, Wake why) {
               at(c, c.cell(count));
               c.set(count, c.cell(count) + 1);
               c.start(tick, ten);
               (void)why;
             }),
             {});
  return b.build();
}

TEST(Window, HoldsWhatCameInWithinATime) {
  ModelBuilder b;
  const FluidId fluid = b.fluid({"f", 0.0, 1e9, 0.0, b.law(deterministic(15))});
  const MeasureId held = b.measure("held");
  // 3/s for 20 s, nothing for 10 s, then 7/s.
  const auto model = every_ten(b, [=](Context& c, int n) {
    if (n > 0) c.earn(held, {1.0, kNone<LawId>, fluid});
    if (n == 0) c.flow(fluid, 3.0);
    if (n == 2) c.flow(fluid, 0.0);
    if (n == 3) c.flow(fluid, 7.0);
    if (n == 6) c.level(fluid, 0.0);
  });
  const std::vector<double> expected{30.0, 45.0, 15.0, 70.0, 105.0, 105.0, 70.0, 105.0};
  EXPECT_EQ(earned(*model, 85.0), expected);
}

TEST(Window, IsDrawnAnewAtEachLook) {
  ModelBuilder b;
  const FluidId fluid = b.fluid({"f", 0.0, 1e9, 0.0, b.law(exponential(5))});
  const MeasureId held = b.measure("held");
  const auto model = every_ten(b, [=](Context& c, int n) {
    if (n == 0) c.flow(fluid, 2.0);
    if (n == 1) c.earn(held, {1.0, kNone<LawId>, fluid});
  });
  double sum = 0.0;
  constexpr int kRuns = 20'000;
  for (std::uint32_t run = 0; run < kRuns; ++run) sum += earned(*model, 15.0, run).front();
  const double mean = 2.0 * 5.0 * (1.0 - std::exp(-10.0 / 5.0));
  EXPECT_NEAR(sum / kRuns, mean, 5.0 * 10.0 / std::sqrt(kRuns));
}

TEST(Raise, AddsWhatAnotherHoldsAndLowerTakesItOff) {
  ModelBuilder b;
  const FluidId a = b.fluid({"a", 0.0, 1e9, 5.0});
  const FluidId f = b.fluid({"f", 0.0, 1e9, 1.0});
  const FluidId cap = b.fluid({"cap", 0.0, 1e9, 30.0});
  const MeasureId level = b.measure("level");
  const auto model = every_ten(b, [=](Context& c, int n) {
    if (n == 0) c.flow(a, 2.0);       // 25 at 10 s, 45 at 20 s
    if (n == 1) c.raise(f, a);        // 26
    if (n == 2) c.raise(f, a, cap);   // 71, but for the cap
    if (n == 3) c.lower(f, a, true);  // nothing is left
    c.earn(level, {1.0, kNone<LawId>, f});
  });
  const std::vector<double> expected{1.0, 26.0, 30.0, 0.0};
  EXPECT_EQ(earned(*model, 35.0), expected);
}

/// A part that fails and is repaired; what flowed in while it worked is added to another fluid when
/// it fails, of which a part is taken off when it is repaired.
TEST(Levels, OfFluidsThatAreMixedAreExact) {
  ModelBuilder b;
  const ComponentId part = b.component("part", {{"m", exponential(10), exponential(4)}});
  const ModeId mode = b.mode(part, 0);
  const FluidId in = b.fluid({"in", 0.0, INFINITY, 0.0, b.law(exponential(2))});
  const FluidId sum = b.fluid({"sum", 0.0, INFINITY, 0.0});
  const MeasureId got = b.measure("got");
  b.reaction("r", does([=](Context& c, Wake) {
               if (!c.failed(mode)) {
                 c.level(in, 0.0);
                 c.flow(in, 3.0);
                 c.flow(sum, 0.0);
               } else {
                 c.raise(sum, in);
                 c.flow(in, 0.0);
                 c.flow(sum, 1.0);
                 c.earn(got, {1.0, kNone<LawId>, sum});
                 c.scale(sum, 0.5);
               }
             }),
             {{}, {mode}});
  const auto model = b.build();
  Modules modules(*model);
  modules.join_all();
  class Nobody final : public StateVisitor {
    void visit(StateId, const Reading&,
               const std::function<std::span<const double>(EvaluationId)>&) override {}
  } nobody;
  const auto explored = explore(*model, modules, modules.list().front(), {}, nobody);
  ASSERT_TRUE(explored);
  const MarkovChain& chain = explored->chain;
  const Vector p = steady_state(chain, std::vector<std::uint8_t>(chain.size(), 1)).probability;
  const std::vector<Vector> levels = mean_levels(explored->chain, p, explored->fluids);
  double per_s = 0.0;
  for (const auto& earning : explored->earnings) {
    for (std::size_t f = 0; f < explored->fluids.size(); ++f) {
      if (explored->fluids[f].fluid == earning.fluid) {
        per_s += levels[f][earning.state] * earning.per_s;
      }
    }
  }
  // Once a cycle of 14 s: what was held within 2 s of the 10, 3 (1/(1/2 + 1/10)) = 5, and in the
  // long run x = x / 2 + 5 + 4 for the repair, of which x / 2 was there at the failure before.
  const double at_failure = 5.0 + (0.5 * 5.0 + 4.0) / 0.5;
  EXPECT_NEAR(per_s, at_failure / 14.0, 1e-9);
  double mean = 0.0;
  double count = 0.0;
  for (const double amount : earned(*model, 300'000.0)) {
    mean += amount;
    count += 1.0;
  }
  EXPECT_NEAR(mean / count, at_failure, 0.02 * at_failure);
}

TEST(Numbers, AreReadAndWakeWhoWatchesThem) {
  ModelBuilder b;
  const ComponentId part = b.component("part", {{"m", deterministic(10), deterministic(5)}});
  EvaluationSpec spec;
  spec.name = "rate";
  spec.inputs = {b.up(part)};
  spec.outputs = {"any"};
  spec.numbers = 1;
  spec.value = [](const std::uint64_t* pattern, std::uint8_t* outputs, double* numbers) {
    outputs[0] = 1;
    numbers[0] = (pattern[0] & 1U) != 0 ? 4.0 : 1.5;
  };
  b.evaluation(std::move(spec));
  const EvaluationId rate = b.last_evaluation();
  const MeasureId told = b.measure("told");
  Watches watches;
  watches.numbers = {rate};
  b.reaction("r", does([=](Context& c, Wake why) {
               if (why.by == Wake::By::begin) return;
               EXPECT_EQ(why.by, Wake::By::evaluation);
               c.earn(told, {c.number(rate, 0)});
             }),
             std::move(watches));
  const auto model = b.build();
  EXPECT_EQ(earned(*model, 31.0), (std::vector<double>{1.5, 4.0, 1.5, 4.0}));
}

}  // namespace
}  // namespace nines
