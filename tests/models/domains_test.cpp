// Failure domains: what masking leaves alone, what a return starts, whom a strike hits.
#include <algorithm>
#include <cmath>

#include "engine/run/simulate.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

struct Event {
  double t_s;
  std::string what;
  bool operator==(const Event&) const = default;
};

struct Events final : EventObserver {
  const Model* model = nullptr;
  std::vector<Event> all;
  void fired(double t_s, SlotId slot, const Reading&) override {
    all.push_back({t_s, model->slot_name(slot)});
  }
  std::vector<Event> of(const std::string& prefix) const {
    std::vector<Event> some;
    std::copy_if(all.begin(), all.end(), std::back_inserter(some),
                 [&](const Event& event) { return event.what.starts_with(prefix); });
    return some;
  }
};

Events events_of(const std::string& text, double years, std::uint32_t runs = 1) {
  const auto system = compile(topology_of(text));
  Events events;
  events.model = system->model.get();
  Simulator simulator(*system->model, {3}, {}, &events);
  for (std::uint32_t run = 0; run < runs; ++run) {
    simulator.begin(run);
    simulator.advance(years * kYear_s);
  }
  events.model = nullptr;
  return events;
}

std::string racks(const std::string& power, const std::string& of_node = "") {
  return "nines: 1\ndomains:\n  rack: {failures: {power: {" + power +
         "}}}\ncomponents:\n  users: {kind: client}\n"
         "  n-[1..3]: {kind: node, domain: rack, failures: {f: {mttf: 20d, mttr: 1d}}" +
         of_node +
         "}\ngroups: {g: {policy: active_active, members: n-*}}\n"
         "services: {s: {from: users, through: g}}\n";
}

TEST(Masking, LeavesTheMembersTheirClocks) {
  // A rack that is down half of the time, and one that never is: the nodes fail and are repaired
  // at the very same moments.
  const Events often = events_of(racks("mttf: 1d, mttr: 1d"), 5);
  const Events never = events_of(racks("time_to_failure: never, mttr: 1d"), 5);
  EXPECT_GT(often.of("domain:rack").size(), 1000u);
  EXPECT_TRUE(never.of("domain:rack").empty());
  EXPECT_GT(often.of("n-").size(), 400u);
  EXPECT_EQ(often.of("n-"), never.of("n-"));
}

TEST(Masking, AndFailuresOfMembersAreIndependent) {
  // So availability is a product: one node that must be up, in a rack that must be up.
  const std::string text =
      "nines: 1\ndomains:\n  zone: {failures: {f: {mttf: 30d, mttr: 3d}}}\n"
      "  rack: {in: zone, failures: {f: {mttf: 40d, mttr: 4d}}}\n"
      "components:\n  users: {kind: client}\n"
      "  n: {kind: node, domain: rack, failures: {f: {mttf: 9d, mttr: 1d}}}\n"
      "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: users, through: "
      "g}}\n";
  Experiment steady;
  steady.steady_state = true;
  steady.runs = 20'000;
  const Answer a = ask(text, steady);
  EXPECT_TRUE(a.outcome.warm_up.exact);
  expect_agrees(a.service().availability, 30.0 / 33 * 40 / 44 * 0.9, "availability", true);
}

TEST(Masking, StartsMembersAnewWhenItEnds) {
  const Events events =
      events_of(racks("time_to_failure: 100h, time_to_repair: 10h", ", restart: 30min"), 0.1);
  // Power fails at 100 h and returns at 110 h: those that are up then restart until 110.5 h.
  int restarted = 0;
  for (const Event& event : events.all) {
    restarted += event.t_s == 110.5 * kHour_s && event.what.ends_with("#restart") ? 1 : 0;
  }
  EXPECT_GE(restarted, 2);
  // The clocks of what restarts stand still: a member's failure comes half an
  // hour later for each return of the power.
  const Events unpowered =
      events_of(racks("time_to_failure: never, mttr: 1h", ", restart: 30min"), 0.1);
  const auto first_after = [](const Events& list, const std::string& name) {
    for (const Event& event : list.all) {
      if (event.t_s > 110.5 * kHour_s && event.what == name) return event.t_s;
    }
    return 0.0;
  };
  int compared = 0;
  for (const char* name : {"n-1/f", "n-2/f", "n-3/f"}) {
    const bool early = std::any_of(unpowered.all.begin(), unpowered.all.end(), [&](const Event& e) {
      return e.what == name && e.t_s < 110.5 * kHour_s;
    });
    if (early || first_after(unpowered, name) == 0.0) continue;
    const double fails_s = first_after(events, name);
    const std::string restart = std::string(name).substr(0, 3) + "#restart";
    const auto restarts = std::count_if(events.all.begin(), events.all.end(), [&](const Event& e) {
      return e.what == restart && e.t_s < fails_s;
    });
    EXPECT_GE(restarts, 1);
    EXPECT_NEAR(fails_s - first_after(unpowered, name), 1800.0 * static_cast<double>(restarts),
                1e-6)
        << name;
    ++compared;
  }
  EXPECT_GT(compared, 0);
}

TEST(Masking, ByDualFeedsNeedsBothDown) {
  const std::string text =
      "nines: 1\ndomains:\n  feed-[1..2]: {failures: {f: {mttf: 9d, mttr: 1d}}}\n"
      "  rack: {needs_any: [feed-1, feed-2]}\n"
      "components:\n  users: {kind: client}\n  n: {kind: node, domain: rack}\n"
      "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: users, through: "
      "g}}\n";
  Experiment steady;
  steady.steady_state = true;
  steady.runs = 20'000;
  const Answer a = ask(text, steady);
  expect_agrees(a.service().unavailability, 0.01, "both feeds down");
  // The outage is blamed on the feed that went last, and the set is both.
  ASSERT_FALSE(a.service().by_set.empty());
  EXPECT_EQ(a.service().by_set[0].names,
            (std::vector<std::string>{"domain:feed-1", "domain:feed-2"}));
}

TEST(Strike, HitsEachMemberWithItsProbability) {
  // Ten nodes, shocks of 30 %: the number struck at a shock is binomial.
  const std::string text =
      "nines: 1\ndomains:\n"
      "  all: {failures: {shock: {time_to_failure: 10d, strike: {mode: hit, probability: 30 %}}}}\n"
      "components:\n  users: {kind: client}\n"
      "  n-[1..10]: {kind: node, domain: all, failures: {hit: {time_to_failure: never, "
      "time_to_repair: 1h}}}\n"
      "groups: {g: {policy: active_active, members: n-*}}\nservices: {s: {from: users, through: "
      "g}}\n";
  const Events events = events_of(text, 10, 40);
  const double shocks = 365.0 * 40;
  const std::vector<Event> repaired = events.of("n-");  // each an hour after its shock
  const auto struck = static_cast<double>(repaired.size());
  EXPECT_NEAR(struck / shocks, 3.0, 5.0 * std::sqrt(2.1 / shocks));
  // And independently: two given members together with 9 %.
  const std::vector<Event> first = events.of("n-1/");
  EXPECT_NEAR(static_cast<double>(first.size()) / shocks, 0.3, 5.0 * std::sqrt(0.21 / shocks));
  int together = 0;
  for (std::size_t i = 0; i + 1 < repaired.size(); ++i) {
    // Those of one shock stand side by side, in the order of their names.
    if (repaired[i].what == "n-1/hit" && repaired[i + 1].what == "n-2/hit" &&
        repaired[i].t_s == repaired[i + 1].t_s) {
      ++together;
    }
  }
  EXPECT_NEAR(together / shocks, 0.09, 5.0 * std::sqrt(0.09 * 0.91 / shocks));
}

TEST(Strike, LeavesTheLuckOfOthersAsItWas) {
  // Another member changes nothing for those who were there.
  const auto text = [](int members) {
    return "nines: 1\ndomains:\n  all: {failures: {shock: {mttf: 10d, strike: {mode: hit, "
           "probability: 50 %}}}}\n"
           "components:\n  users: {kind: client}\n  n-[1.." +
           std::to_string(members) +
           "]: {kind: node, domain: all, failures: {hit: {time_to_failure: never, mttr: 1h}}}\n"
           "groups: {g: {policy: active_active, members: n-*}}\n"
           "services: {s: {from: users, through: g}}\n";
  };
  const Events few = events_of(text(2), 10);
  const Events many = events_of(text(9), 10);
  EXPECT_GT(few.of("n-1").size(), 100u);
  EXPECT_EQ(few.of("n-1"), many.of("n-1"));
  EXPECT_EQ(few.of("n-2"), many.of("n-2"));
}

TEST(Spread, TakesTurnsOverARange) {
  const Topology t = topology_of(
      "nines: 1\ndomains:\n  zone-[1..3]: {}\n  power: {}\n"
      "components:\n  users: {kind: client}\n"
      "  n-[1..5]: {kind: node, domain: [power, {spread: [zone-1, zone-2, zone-3]}]}\n"
      "groups: {g: {policy: active_active, members: 'domain:zone-1'}}\n"
      "services: {s: {from: users, through: g}}\n");
  std::vector<std::string> zones;
  for (const TopologyComponent& component : t.components) {
    if (!component.name.starts_with("n-")) continue;
    ASSERT_EQ(component.domains.size(), 2u);
    EXPECT_EQ(t.components[component.domains[0]].name, "domain:power");
    zones.push_back(t.components[component.domains[1]].name.substr(7));
  }
  EXPECT_EQ(zones, (std::vector<std::string>{"zone-1", "zone-2", "zone-3", "zone-1", "zone-2"}));
  // A set is all that is in the domain.
  ASSERT_EQ(t.groups[0].members.size(), 2u);
  EXPECT_EQ(t.components[t.groups[0].members[1].index].name, "n-4");
}

}  // namespace
}  // namespace nines::test
