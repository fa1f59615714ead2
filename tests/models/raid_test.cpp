// RAID groups against the birth-death chains of the literature.
#include <cmath>
#include <limits>

#include "studies/exact.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

std::string array_of(int disks, const std::string& keys, const std::string& mode = "mttf: 1000h",
                     const std::string& repair = "time_to_repair: 0s") {
  return "nines: 1\ncomponents:\n  users: {kind: client}\n  d-[1.." + std::to_string(disks) +
         "]: {kind: volume, failures: {f: {" + mode + ", " + repair +
         ", destroys_data: true}}}\n"
         "groups: {array: {policy: raid, members: d-*, " +
         keys + "}}\nservices: {data: {from: users, through: array}}\n";
}

/// Mean time from all well to more than `tolerated` lost: a birth-death chain with n - j disks at
/// risk and min(j, crews) rebuilds under way; T_j, from j lost to j + 1, is (1 + m_j T_(j-1)) / l_j
/// (Trivedi 2002, section 8.4).
double mttdl_h(int n, int tolerated, double mttf_h, double rebuild_h, int crews) {
  double total = 0.0;
  double last = 0.0;
  for (int j = 0; j <= tolerated; ++j) {
    const double fails = (n - j) / mttf_h;
    const double rebuilds = std::min(j, crews) / rebuild_h;
    last = (1.0 + rebuilds * last) / fails;
    total += last;
  }
  return total;
}

Experiment until_loss(std::uint64_t runs) {
  Experiment e;
  e.runs = runs;
  e.horizon_s = std::numeric_limits<double>::infinity();
  e.questions.until_first_outage = true;
  return e;
}

TEST(Raid6, LosesDataAsItsBirthDeathChainSays) {
  // The structure of reference case G06 with rebuilds a tenth of a life long, so that it is seen.
  const std::string keys = "level: 6, rebuild: exponential(mean=100h), restore: 1h";
  const Answer parallel = ask(array_of(8, keys), until_loss(6000));
  expect_agrees(*parallel.service().first_outage_s, mttdl_h(8, 2, 1000, 100, 8) * kHour_s,
                "parallel");
  const Answer serial = ask(array_of(8, keys + ", rebuilds: one_at_a_time"), until_loss(6000));
  expect_agrees(*serial.service().first_outage_s, mttdl_h(8, 2, 1000, 100, 1) * kHour_s,
                "one at a time");
}

TEST(Raid1, OfThreeToleratesTwo) {
  const Answer a =
      ask(array_of(3, "level: 1, rebuild: exponential(mean=100h), restore: 1h"), until_loss(6000));
  expect_agrees(*a.service().first_outage_s, mttdl_h(3, 2, 1000, 100, 3) * kHour_s,
                "three mirrors");
}

TEST(Raid, IsBackAfterTheRestore) {
  // A mirror that is lost every MTTDL for exactly 50 h, from when both disks are there (at once).
  Experiment e;
  e.runs = 4000;
  e.horizon_s = 20 * kYear_s;
  const Answer a = ask(array_of(2, "level: 1, rebuild: exponential(mean=50h), restore: 50h"), e);
  // During the restore a disk may fail: it begins anew. Mean length L of runs of 50 h without a
  // failure at rate 2/1000 per hour: (exp(0.1) - 1) / 0.002.
  expect_agrees(*a.service().outage_length_s, (std::exp(0.1) - 1) / 0.002 * kHour_s,
                "length of a restore");
  ASSERT_FALSE(a.service().by_set.empty());
  EXPECT_EQ(a.service().by_set[0].names, std::vector<std::string>{"array: restore"});
}

TEST(Raid, MemberThatIsOnlyUnpluggedKeepsItsData) {
  // Both disks lose power together every ten days: the array is down for an hour each time, and no
  // data is lost.
  Experiment e;
  e.runs = 200;
  const Answer a = ask(
      "nines: 1\ndomains: {shelf: {failures: {power: {time_to_failure: 10d, time_to_repair: "
      "1h}}}}\n"
      "components:\n  users: {kind: client}\n"
      "  d-[1..2]: {kind: volume, domain: shelf, failures: {f: {time_to_failure: never, mttr: 1h, "
      "destroys_data: true}}}\n"
      "groups: {array: {policy: raid, level: 1, members: d-*, rebuild: 1d, restore: 9d}}\n"
      "services: {data: {from: users, through: array}}\n",
      e);
  EXPECT_NEAR(a.service().outage_length_s->value, 3600.0, 1e-6);
  EXPECT_NEAR(a.service().outages_per_year.value, 36.0, 1e-9);
}

TEST(Raid, RebuildWaitsForWhatItMustRead) {
  // Disk 1 is lost at 100 h and back at once; disk 2 is unplugged from 110 h to 130 h, while the
  // rebuild of 24 h stands still: it ends at 144 h, and only a loss after that finds two copies.
  const auto text = [](const std::string& second_loss) {
    return "nines: 1\ncomponents:\n  users: {kind: client}\n"
           "  d-1: {kind: volume, failures: {f: {time_to_failure: 100h, time_to_repair: 0s, "
           "destroys_data: true}}}\n"
           "  d-2: {kind: volume, failures: {cable: {time_to_failure: 110h, time_to_repair: 20h}, "
           "f: {time_to_failure: " +
           second_loss +
           ", time_to_repair: 0s, destroys_data: true}}}\n"
           "groups: {array: {policy: raid, level: 1, members: [d-1, d-2], rebuild: 24h, restore: "
           "100h}}\nservices: {data: {from: users, through: array}}\n";
  };
  Experiment e;
  e.runs = 2;
  e.horizon_s = 199 * kHour_s;
  // The clock of f stands still while the cable is out: 122 h of operation are 142 h.
  EXPECT_NEAR(ask(text("122h"), e).service().outage_length_s->value / kHour_s, (20 + 57) / 2.0, 1);
  EXPECT_NEAR(ask(text("125h"), e).service().outage_length_s->value / kHour_s, 20.0, 1e-6);
}

TEST(ErasureCode, LosesDataAsItsBirthDeathChainSays) {
  // Six data parts and three of parity, each rebuilt by itself.
  const std::string keys = "parity: 3, rebuild: exponential(mean=100h), restore: 1h";
  const auto exact = [](const std::string& of) {
    return solve(*compile(topology_of(array_of(9, of)), Laws::memoryless), {});
  };
  const double all_h = mttdl_h(9, 3, 1000, 100, 9);
  const Exact ours = exact(keys);
  EXPECT_NEAR(1.0 / *ours.groups.at(0).data_losses_per_s / kHour_s, all_h + 1.0, 1e-6 * all_h);
  EXPECT_FALSE(ours.groups[0].lost_writes_per_s.has_value());
  // With two parity parts it is RAID-6.
  const std::string rest = ", rebuild: exponential(mean=100h), restore: 1h";
  EXPECT_EQ(exact("parity: 2" + rest).services[0].unavailability,
            exact("level: 6" + rest).services[0].unavailability);
}

}  // namespace
}  // namespace nines::test
