// Components that run on hosts and are moved when theirs is lost.
#include <cmath>

#include "engine/run/simulate.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

std::string pod_on(const std::string& runs_on, const std::string& faults) {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  w-[1..3]: {kind: node}\n"
         "  control: {kind: node}\n"
         "  pod: {kind: node, runs_on: {hosts: w-*, evicted_after: 340s, start: 20s" +
         runs_on +
         "}}\n"
         "groups:\n"
         "  app: {policy: active_active, members: pod}\n"
         "  plane: {policy: active_active, members: control}\n"
         "services:\n  app: {from: users, through: app}\n  plane: {from: users, through: plane}\n"
         "faults:\n" +
         faults;
}

/// When the service is available, of so many seconds.
double available_s(const std::string& text, double from_s, double to_s) {
  const auto system = compile(topology_of(text));
  Simulator simulator(*system->model, {});
  simulator.begin(0);
  double sum = 0.0;
  for (double t = from_s + 0.5; t < to_s; t += 1.0) {
    simulator.advance(t);
    sum += simulator.value(system->services[0].available) ? 1.0 : 0.0;
  }
  return sum;
}

TEST(Hosts, AreLeftWhenTheyAreLost) {
  const std::string lost = "  - {at: 100s, component: w-1, effect: silent, for: 5h}\n";
  EXPECT_EQ(available_s(pod_on("", lost), 0, 1000), 1000 - 360);
  // A volume must be detached and attached first.
  EXPECT_EQ(available_s(pod_on(", reattach: 6min", lost), 0, 1000), 1000 - 720);
  // The loss of another host is nothing to it.
  EXPECT_EQ(available_s(pod_on("", "  - {at: 100s, component: w-2, for: 5h}\n"), 0, 1000), 1000);
  // Without the control plane nobody moves it, until that is back.
  EXPECT_EQ(available_s(pod_on(", scheduler: plane",
                               lost + "  - {at: 50s, component: control, for: 1000s}\n"),
                        0, 2000),
            2000 - (1050 - 100) - 20);
  // Nor does anybody evict it: if its host is back first, it goes on there.
  EXPECT_EQ(available_s(pod_on(", scheduler: plane",
                               "  - {at: 100s, component: w-1, effect: silent, for: 500s}\n"
                               "  - {at: 50s, component: control, for: 1000s}\n"),
                        0, 2000),
            2000 - 500 - 20);
  // One that waits for its host has it back after the repair.
  EXPECT_EQ(available_s("nines: 1\ncomponents:\n  users: {kind: client}\n  w-1: {kind: node}\n"
                        "  pod: {kind: node, runs_on: {hosts: w-1, moves: false, start: 20s}}\n"
                        "groups: {app: {policy: active_active, members: pod}}\n"
                        "services: {app: {from: users, through: app}}\n"
                        "faults: [{at: 100s, component: w-1, for: 600s}]\n",
                        0, 1000),
            1000 - 620);
}

TEST(Hosts, ThatReturnInTimeKeepWhatRunsOnThem) {
  EXPECT_EQ(available_s(pod_on("", "  - {at: 100s, component: w-1, for: 60s}\n"), 0, 1000),
            1000 - 80);
  // Lost again while it starts: it starts anew.
  EXPECT_EQ(available_s(pod_on("",
                               "  - {at: 100s, component: w-1, for: 60s}\n"
                               "  - {at: 170s, component: w-1, for: 30s}\n"),
                        0, 1000),
            1000 - 120);
}

TEST(Hosts, WithFewestOthersAreChosen) {
  const auto system = compile(
      topology_of("nines: 1\ncomponents:\n  users: {kind: client}\n  w-[1..3]: {kind: node}\n"
                  "  pod-[1..5]: {kind: node, runs_on: {hosts: w-*, evicted_after: 10s}}\n"
                  "groups: {app: {policy: active_active, members: pod-*}}\n"
                  "services: {app: {from: users, through: app}}\n"
                  "faults: [{at: 100s, component: w-1, for: 5h}]\n"));
  Simulator simulator(*system->model, {});
  simulator.begin(0);
  const auto on = [&](int pod, int worker) {
    const std::string name = "pod-" + std::to_string(pod) + "/host";
    const auto& cells = system->model->cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (cells[c].name == name) return simulator.now().cells[c] == worker;
    }
    return false;
  };
  // In turn: 1 and 4 on the first, 2 and 5 on the second, 3 on the third.
  EXPECT_TRUE(on(1, 1) && on(2, 2) && on(3, 3) && on(4, 1) && on(5, 2));
  simulator.advance(200);
  EXPECT_TRUE(on(1, 3));  // there is one
  const bool second = on(4, 2);
  EXPECT_TRUE(second || on(4, 3));  // two each
  simulator.advance(86400);
  EXPECT_TRUE(on(1, 3) && on(4, second ? 2 : 3));  // and nobody moves back
  int on_the_second = 0;
  for (std::uint32_t run = 0; run < 400; ++run) {
    simulator.begin(run);
    simulator.advance(200);
    if (on(4, 2)) ++on_the_second;
  }
  EXPECT_NEAR(on_the_second, 200, 50);  // at random: five standard deviations
}

/// With spare hosts each loss of the present one costs eviction and start: renewal and reward.
TEST(Hosts, CostTheirEvictionsAndStarts) {
  const Answer a =
      ask("nines: 1\ncomponents:\n  users: {kind: client}\n"
          "  w-[1..5]: {kind: node, failures: {f: {effect: silent, mttf: 1000h, mttr: 5h}}}\n"
          "  pod: {kind: node, runs_on: {hosts: w-*, start: 20s}}\n"
          "groups: {app: {policy: active_active, members: pod}}\n"
          "services: {app: {from: users, through: app}}\n",
          [] {
            Experiment e;
            e.runs = 20'000;
            return e;
          }());
  // Some hosts are back before the eviction.
  const double back = 1.0 - std::exp(-340.0 / (5 * kHour_s));
  const double mean_s = 5 * kHour_s * back + 20.0;  // E min(repair, 340 s), and the start
  expect_agrees(*a.service().outage_length_s, mean_s, "outage");
  expect_agrees(a.service().unavailability, mean_s / (1000 * kHour_s + mean_s), "unavailability");
}

}  // namespace
}  // namespace nines::test
