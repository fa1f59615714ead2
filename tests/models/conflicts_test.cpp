// Multi-primary: what is written on both sides of a partition, and what of it is lost.
#include <cmath>

#include <fmt/format.h>

#include "engine/run/reference.hpp"
#include "engine/run/simulate.hpp"
#include "studies/estimates.hpp"
#include "studies/exact.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

/// A site with an application each; `both`: users at the second site, too.
std::string two_sites(const std::string& faults, bool both, const std::string& failures = {}) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  r-[1..2]: {{kind: router}}\n"
      "  db-[1..2]: {{kind: node{}}}\n"
      "links:\n"
      "  u-1: {{between: [users, r-1]}}\n"
      "{}"
      "  trunk: {{between: [r-1, r-2]{}}}\n"
      "  l-1: {{between: [r-1, db-1]}}\n"
      "  l-2: {{between: [r-2, db-2]}}\n"
      "groups: {{db: {{policy: multi_primary, members: db-*, replication: {{conflicts: 5 %}}}}}}\n"
      "services: {{s: {{from: users, through: db, workload: {{reads: 90/s, writes: 10/s}}}}}}\n"
      "{}",
      failures, both ? "  u-2: {between: [users, r-2]}\n" : "",
      failures.empty() ? "" : ", failures: {cut: {mttf: 100h, mttr: 3h}}",
      faults.empty() ? std::string() : "faults:\n" + faults);
}

std::string fault(const std::string& who, double at_s, double for_s) {
  return fmt::format("  - {{at: {}s, component: {}, for: {}s}}\n", at_s, who, for_s);
}

std::vector<std::pair<double, double>> losses(const std::string& text) {
  const auto system = compile(topology_of(text));
  class Tell final : public Observer {
   public:
    explicit Tell(MeasureId lost) : lost_(lost) {}
    void earned(const Moment& moment, MeasureId measure, double amount) override {
      if (measure == lost_ && amount > 0) losses.emplace_back(moment.t_s, amount);
    }
    std::vector<std::pair<double, double>> losses;

   private:
    MeasureId lost_;
  } tell(system->groups[0].copies->lost);
  Simulator simulator(*system->model, {}, {&tell});
  simulator.begin(0);
  simulator.advance(5000.0);
  simulator.end();
  return tell.losses;
}

TEST(MultiPrimary, AShareOfWhatIsWrittenApartConflicts) {
  const auto cut = losses(two_sites(fault("trunk", 100, 200), true));
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut[0].first, 300.0);
  EXPECT_NEAR(cut[0].second, 0.05 * 200.0 * 10.0, 1e-9);
}

TEST(MultiPrimary, NothingConflictsWhereOneSideTakesNoWrites) {
  EXPECT_TRUE(losses(two_sites(fault("trunk", 100, 200), false)).empty());
  EXPECT_TRUE(losses(two_sites(fault("db-1", 100, 200), true)).empty());
}

TEST(MultiPrimary, AMemberOutOfViewTakesNoWrites) {
  // It is back, but not seen yet, when its stream fails.
  std::string text = two_sites(fault("db-2", 100, 50) + fault("trunk", 160, 100), true);
  text.replace(text.find("replication: {conflicts"), 0,
               "detection: {delay: {down: 1s, up: 200s}}, ");
  EXPECT_TRUE(losses(text).empty());
}

TEST(MultiPrimary, ConflictsComeToLightWhenBothAreBack) {
  // One goes down apart and returns after the cut: its writes are told then.
  const auto late = losses(two_sites(fault("trunk", 100, 200) + fault("db-2", 150, 400), true));
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].first, 550.0);
  EXPECT_NEAR(late[0].second, 0.05 * 50.0 * 10.0, 1e-9);
}

TEST(MultiPrimary, SimulationAndChainAgree) {
  const std::string text = two_sites("", true, ", failures: {crash: {mttf: 80h, mttr: 4h}}");
  const auto system = compile(topology_of(text), Laws::memoryless);
  const Exact exact = solve(*system, {});
  // Apart: the cut is there and both are up, independently; of each write then 5 % are lost.
  const double apart = 3.0 / 103.0 * std::pow(80.0 / 84.0, 2);
  EXPECT_NEAR(*exact.groups[0].lost_writes_per_s / (0.05 * 10.0 * apart), 1.0, 1e-9);
  Experiment experiment;
  experiment.runs = 300;
  experiment.horizon_s = 20'000 * kHour_s;
  experiment.confidence = 0.9999;
  const Estimates ours = estimate(*system, experiment, run_experiment(*system, experiment));
  const Estimate& lost = ours.groups[0].losses->lost_writes_per_year;
  EXPECT_LE(lost.low, 0.05 * 10.0 * apart * kYear_s);
  EXPECT_GE(lost.high, 0.05 * 10.0 * apart * kYear_s);
  EXPECT_LT(lost.high - lost.low, 0.1 * lost.value);
}

}  // namespace
}  // namespace nines::test
