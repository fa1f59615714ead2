// Playback: the same run as everywhere, forwards and backwards, with faults by hand.
#include <gtest/gtest.h>

#include "studies/playback.hpp"
#include "tests/support.hpp"
#include "topologies/structure/separate.hpp"

namespace nines {
namespace {

constexpr double kDay_s = 86400.0;

Topology of_library(const std::string& name) {
  Loaded loaded = load_topology_file(library_path(name));
  EXPECT_TRUE(loaded.topology) << name;
  return loaded.topology.value();
}

std::size_t component_called(const Topology& topology, const std::string& name) {
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    if (topology.components[c].name == name) return c;
  }
  ADD_FAILURE() << "no component is called " << name;
  return 0;
}

struct Told {
  double t_s;
  std::string event, name, detail;
  bool operator==(const Told&) const = default;
};

std::vector<Told> told(const std::vector<StoryLine>& story) {
  std::vector<Told> out;
  for (const StoryLine& line : story) out.push_back({line.t_s, line.event, line.name, line.detail});
  return out;
}

TEST(Playback, IsTheRunThatTraceTells) {
  for (const char* name : {"web-shop", "postgresql-patroni", "etcd-three", "split-brain"}) {
    const Topology topology = of_library(name);
    const auto system = compile(topology);
    std::vector<StoryLine> story;
    StoryTeller teller(*system, [&](const StoryLine& line) { story.push_back(line); });
    Simulator simulator(*system->model, {7}, {&teller}, &teller);
    simulator.begin(3);
    while (simulator.step(730 * kDay_s)) {
    }
    Playback playback(topology, 7, 3, 730 * kDay_s);
    while (playback.step()) {
    }
    EXPECT_FALSE(story.empty()) << name;
    EXPECT_EQ(told(playback.story()), told(story)) << name;
  }
}

TEST(Playback, StepsBackToTheSameStateBitForBit) {
  for (const std::string& name : library_names()) {
    Playback playback(of_library(name), 1, 0, 30 * kDay_s);
    std::vector<State> states{playback.state()};
    std::vector<std::size_t> lines{playback.story().size()};
    while (states.size() < 150 && playback.step()) {
      states.push_back(playback.state());
      lines.push_back(playback.story().size());
    }
    const std::vector<Told> whole = told(playback.story());
    if (playback.now_s() == playback.horizon_s()) playback.back();
    for (std::size_t i = states.size() - 1; i-- > 0;) {
      ASSERT_TRUE(playback.back());
      ASSERT_EQ(playback.position(), i);
      ASSERT_TRUE(playback.state() == states[i]) << name << ", event " << i;
      ASSERT_EQ(playback.story().size(), lines[i]) << name << ", event " << i;
    }
    EXPECT_FALSE(playback.back());
    for (std::size_t i = 1; i < states.size(); ++i) {
      ASSERT_TRUE(playback.step());
      ASSERT_TRUE(playback.state() == states[i]) << name << ", event " << i;
    }
    EXPECT_EQ(told(playback.story()), whole) << name;
  }
}

const char* const kPair = R"(
nines: 1
components:
  users: {kind: client}
  a: {kind: node, failures: {crash: {mttf: 30d, mttr: 1h}}}
  b: {kind: node, failures: {crash: {mttf: 30d, mttr: 1h}}}
groups:
  pair:
    policy: active_standby
    members: [a, b]
    detection: {heartbeat: {interval: 1s, misses: 3}}
    takeover: 10s
services:
  app: {from: users, through: [pair]}
)";

TEST(Playback, ShowsDetectionAndTakeoverOfWhoIsKilled) {
  const Topology topology = test::topology_of(kPair);
  Playback playback(topology, 1, 0, 365 * kDay_s);
  playback.seek(3600.0);
  ASSERT_TRUE(playback.fails_by_hand(component_called(topology, "a")));
  EXPECT_EQ(playback.view().components[component_called(topology, "a")], Standing::failed);
  EXPECT_FALSE(playback.view().services[0].available);
  EXPECT_FALSE(playback.view().groups[0].members[1].serves);
  while (!playback.view().services[0].available) ASSERT_TRUE(playback.step());
  EXPECT_TRUE(playback.view().groups[0].members[1].serves);
  EXPECT_GT(playback.now_s(), 3600.0 + 10.0);
  EXPECT_LT(playback.now_s(), 3600.0 + 10.0 + 4.0);
  // Nobody repairs what was failed by hand, until a person does.
  EXPECT_EQ(playback.view().components[component_called(topology, "a")], Standing::failed);
  ASSERT_TRUE(playback.mend_all(component_called(topology, "a")));
  EXPECT_EQ(playback.view().components[component_called(topology, "a")], Standing::up);
}

TEST(Playback, LeavesTheLuckOfOthersAsItWas) {
  const Topology topology = test::topology_of(kPair);
  const auto failures_of_b = [&](bool fail_a) {
    Playback playback(topology, 5, 2, 365 * kDay_s);
    playback.seek(kDay_s);
    if (fail_a) {
      playback.fails_by_hand(component_called(topology, "a"));
      playback.seek(kDay_s + 7200);
      playback.mend_all(component_called(topology, "a"));
    }
    playback.seek(365 * kDay_s);
    std::vector<double> times;
    for (const StoryLine& line : playback.story()) {
      if (line.event == "fails" && line.name == "b") times.push_back(line.t_s);
    }
    return times;
  };
  EXPECT_FALSE(failures_of_b(false).empty());
  EXPECT_EQ(failures_of_b(true), failures_of_b(false));
}

TEST(Playback, GoesOverFaultsByHandAgainAndForgetsThemForAnotherFuture) {
  const Topology topology = test::topology_of(kPair);
  const std::size_t a = component_called(topology, "a");
  Playback playback(topology, 1, 0, 365 * kDay_s);
  playback.seek(1000.0);
  playback.fails_by_hand(a);
  playback.seek(2000.0);
  const State later = playback.state();
  playback.seek(500.0);
  EXPECT_EQ(playback.view().components[a], Standing::up);
  EXPECT_EQ(playback.recorded_s() >= 1000.0, true);
  playback.seek(2000.0);
  EXPECT_TRUE(playback.state() == later);
  playback.seek(500.0);
  playback.fails_by_hand(component_called(topology, "b"));
  playback.seek(2000.0);
  EXPECT_EQ(playback.view().components[a], Standing::up);
}

TEST(Playback, TrafficTakesTheWayThatIsLeft) {
  const Topology topology = test::topology_of(R"(
nines: 1
components:
  users: {kind: client}
  s1: {kind: switch}
  s2: {kind: switch}
  web: {kind: node}
links:
  u1: {between: [users, s1]}
  u2: {between: [users, s2]}
  w1: {between: [s1, web]}
  w2: {between: [s2, web]}
groups: {g: {policy: active_active, members: [web]}}
services: {app: {from: users, through: [g], workload: {reads: 8/s}}}
)");
  Playback playback(topology, 1, 0, kDay_s);
  const auto over = [&](const char* link) {
    return playback.view().traffic_per_s[component_called(topology, link)];
  };
  EXPECT_EQ(over("u1") + over("u2"), 8.0);
  ASSERT_TRUE(playback.fails_by_hand(component_called(topology, "w1")));
  EXPECT_EQ(over("u1"), 0.0);
  EXPECT_EQ(over("w2"), 8.0);
  ASSERT_TRUE(playback.fails_by_hand(component_called(topology, "w2")));
  EXPECT_EQ(over("w2"), 0.0);
  EXPECT_FALSE(playback.view().services[0].available);
}

TEST(Playback, ShowsWhatAStreamHasUnderWay) {
  // 20 writes a second, 300 ms behind: six, also long after the last event.
  Playback playback(of_library("two-sites-asynchronous"), 1, 0, 30 * kDay_s);
  const auto backlog = [&] { return playback.view().groups[0].members[1].backlog; };
  playback.seek(600.0);
  EXPECT_NEAR(backlog(), 6.0, 1e-6);
  const Topology& topology = playback.topology();
  ASSERT_TRUE(playback.fails_by_hand(component_called(topology, "db-2")));
  playback.seek(660.0);
  EXPECT_GT(backlog(), 1000.0);  // what it misses while it is away, and no more than that
  EXPECT_LT(backlog(), 20.0 * 60.0 + 7.0);
}

TEST(Separate, CutsTheFewestLinksAndOnlyThoseThatCarry) {
  const Topology topology = test::topology_of(R"(
nines: 1
components:
  users: {kind: client}
  a: {kind: node, domain: A}
  b: {kind: node, domain: B}
  m: {kind: node}
  r: {kind: router}
links:
  am: {between: [a, m]}
  mb: {between: [m, b]}
  au: {between: [a, users]}
  ub: {between: [users, b]}
  ar-1: {between: [a, r]}
  ar-2: {between: [a, r]}
  rb: {between: [r, b]}
domains: {A: {}, B: {}}
groups: {g: {policy: active_active, members: [a, b, m]}}
services: {s: {from: users, through: g}}
)");
  const auto names = [&](const std::vector<std::size_t>& links) {
    std::vector<std::string> out;
    for (const std::size_t l : links) out.push_back(topology.components[l].name);
    return out;
  };
  const std::size_t a = component_called(topology, "domain:A");
  const std::size_t b = component_called(topology, "domain:B");
  EXPECT_EQ(names(links_between(topology, a, b)), std::vector<std::string>{"rb"});
  EXPECT_EQ(links_out_of(topology, a).size(), 4u);
}

}  // namespace
}  // namespace nines
