// The reference cases: exact values that nobody here computed, against topologies in our language.
// public.json says of each measure how it was derived. Every measure that nines has is compared.
#include <functional>
#include <limits>
#include <map>

#include "tests/bench/large.hpp"
#include "tests/reference/case.hpp"

namespace nines::test {
namespace {

std::string one_node(const std::string& failure) {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  node: {kind: node, failures: {f: {" +
         failure +
         "}}}\n"
         "groups: {g: {policy: active_active, members: node}}\n"
         "services: {s: {from: users, through: g}}\n";
}

TEST(ReferenceCase, A01_SingleRepairableNode) {
  const Case c("A01");
  const std::string text = one_node("mttf: 1000h, mttr: 4h");
  const Answer a = ask(text, steady(1, 20'000));
  steady_measures(c, a);
  expect_agrees(a.service().nines, c.exact("nines"), "nines");
  c.agrees(a.service().downtime_per_year_s, "downtime_min_per_year", 60.0);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  const Answer at_10h = ask(text, at_times({10}, 24, 2'000'000));
  c.agrees_as_probability(at_10h.service().available_at[0].second, "A(t=10h)");
  c.agrees_as_probability(at_10h.service().availability, "mean_interval_availability[0,24h]");
  const Answer year = ask(text, years(1, 20'000));
  c.agrees_as_probability(year.service().availability, "mean_interval_availability[0,8760h]");
  const Answer none = ask(text, first_outage_within(kYear_s, 20'000'000));
  c.agrees_as_probability(none.service().no_outage, "P(no outage in [0,8760h])");
}

TEST(ReferenceCase, A02_WeibullLivesLognormalRepairs) {
  const Case c("A02");
  const Answer a = ask(one_node("time_to_failure: weibull(shape=0.7 scale=4000h), "
                                "time_to_repair: lognormal(median=2h sigma=1.2)"),
                       steady(10, 20'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  const Model& model = *a.system->model;
  EXPECT_NEAR(model.law(model.modes[0].life).mean() / kHour_s, c.exact("MTTF_h"), 1e-9 * 5063);
  EXPECT_NEAR(model.law(model.modes[0].repair).mean() / kHour_s, c.exact("MTTR_h"), 1e-9 * 4.1);
}

TEST(ReferenceCase, A03_LawOfTheNumberOfOutages) {
  const Case c("A03");
  const Answer a = ask(one_node("mttf: 2190h, mttr: 24h"), years(1, 400'000));
  c.agrees_as_probability(a.service().no_outage, "P(N=0)");
  for (const int n : {1, 2, 4, 8}) {
    c.agrees_as_probability(exactly(static_cast<std::uint64_t>(n), a),
                            "P(N=" + std::to_string(n) + ")");
  }
  double up_to_4 = static_cast<double>(a.outcome.summary.runs - a.summary().runs_with_outage);
  for (std::uint64_t n = 1; n <= 4; ++n) {
    up_to_4 += static_cast<double>(a.summary().runs_by_outages.at(n));
  }
  c.agrees_as_probability(share_of(up_to_4, a), "P(N<=4)");
  c.agrees(a.service().outages_per_year, "E[N]");
  // The variance, whose standard error is about variance * sqrt(2 / n) for a law near normal.
  const auto runs = static_cast<double>(a.outcome.summary.runs);
  const double mean = a.summary().counts.x / runs;
  const double variance = a.summary().counts.xx / runs - mean * mean;
  const double error = c.exact("Var[N]") * std::sqrt(2.5 / runs);
  EXPECT_NEAR(variance, c.exact("Var[N]"), 5.0 * error);
  EXPECT_LE(error, 0.02 * c.exact("Var[N]"));
}

TEST(ReferenceCase, A04_LawOfTheYearlyDowntime) {
  const Case c("A04");
  const Answer a = ask(one_node("mttf: 2190h, mttr: 2h") + "objectives: {availability: 99.9 %}\n",
                       years(1, 400'000));
  c.agrees_as_probability(a.service().no_outage, "P(D=0)");
  c.agrees_as_probability(downtime_within(4, a), "P(D<=4 h)");
  c.agrees_as_probability(a.estimates.objectives.at(0).met, "P(D<=8.76 h)");
  c.agrees_as_probability(downtime_within(20, a), "P(D<=20 h)");
  c.agrees(a.service().downtime_quantiles_s.p50, "downtime_quantile_0.5", kHour_s);
  c.agrees(a.service().downtime_quantiles_s.p95, "downtime_quantile_0.95", kHour_s);
  c.agrees(a.service().downtime_quantiles_s.p99, "downtime_quantile_0.99", kHour_s);
  // P(D <= the 90 % quantile) is 90 %.
  expect_agrees(downtime_within(c.exact("downtime_quantile_0.9"), a), 0.9, "quantile 0.9", true);
  c.agrees(a.service().downtime_per_year_s, "E[D]", kHour_s);
}

TEST(ReferenceCase, A05_WeibullNodeNewAgedAndStationary) {
  const Case c("A05");
  const std::string law = "time_to_failure: weibull(shape=2 scale=10000h), time_to_repair: 1ms";
  const auto with_age = [&](const std::string& age) {
    std::string text = one_node(law);
    return text.replace(text.find("kind: node"), 10, "kind: node, age: " + age);
  };
  const std::uint64_t runs = 200'000;
  c.agrees_as_probability(ask(one_node(law), years(1, runs)).service().no_outage,
                          "P(no outage in T | new)");
  c.agrees_as_probability(ask(with_age("5000h"), years(1, runs)).service().no_outage,
                          "P(no outage in T | age 5000, up)");
  c.agrees_as_probability(ask(one_node(law), steady(1, runs)).service().no_outage,
                          "P(no outage in T | stationary, up)");
}

TEST(ReferenceCase, B01_SeriesOfThreeNodes) {
  const Case c("B01");
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  lb: {kind: load_balancer, failures: {f: {mttf: 8760h, mttr: 2h}}}\n"
      "  app: {kind: node, failures: {f: {mttf: 1500h, mttr: 1h}}}\n"
      "  db: {kind: node, failures: {f: {mttf: 4000h, mttr: 6h}}}\n"
      "groups:\n"
      "  edge: {policy: active_active, members: lb}\n"
      "  apps: {policy: active_active, members: app}\n"
      "  data: {policy: active_active, members: db}\n"
      "services: {s: {from: users, through: [edge, apps, data]}}\n";
  const Answer a = ask(text, steady(1, 40'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().time_between_s, "mean_up_time_h", kHour_s);
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
  c.agrees(*ask(text, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
  c.agrees_as_probability(ask(text, first_outage_within(kYear_s, 30'000'000)).service().no_outage,
                          "P(no outage in [0,8760h])");
  c.agrees_as_probability(ask(text, at_times({2}, 3, 5'000'000)).service().available_at[0].second,
                          "A(t=2h)");
}

TEST(ReferenceCase, B02_TwoNodesInParallel) {
  const Case c("B02");
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..2]: {kind: node, failures: {f: {mttf: 1000h, mttr: 10h}}}\n"
      "groups: {g: {policy: active_active, members: n-*}}\n"
      "services: {s: {from: users, through: g}}\n";
  const Answer a = ask(text, steady(10, 20'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
  c.agrees(*a.service().time_between_s, "mean_up_time_h", kHour_s);
  c.agrees(*ask(text, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
  c.agrees_as_probability(ask(text, years(1, 100'000)).service().no_outage,
                          "P(no outage in [0,8760h])");
  const auto outages = static_cast<double>(a.summary().lengths_s.count());
  const double longer = a.summary().lengths_s.survival(10 * kHour_s);
  expect_agrees(share(longer * outages, outages, 0.95), c.exact("P(outage lasts more than 10 h)"),
                "P(outage lasts more than 10 h)", true);
}

TEST(ReferenceCase, B03_TwoOfFourWithOneCrew) {
  const Case c("B03");
  const std::string text =
      "nines: 1\n"
      "crews: {ops: {size: 1}}\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..4]: {kind: node, failures: {f: {mttf: 500h, mttr: 20h, repair: {crew: ops}}}}\n"
      "groups: {g: {policy: active_active, members: n-*, need: 2}}\n"
      "services: {s: {from: users, through: g}}\n";
  const Answer a = ask(text, steady(10, 10'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
  c.agrees(*ask(text, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, B04_ColdStandbyWithOneCrew) {
  const Case c("B04");
  const std::string text =
      "nines: 1\n"
      "crews: {ops: {size: 1}}\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..2]: {kind: node, failures: {f: {mttf: 1000h, mttr: 20h, repair: {crew: ops}}}}\n"
      "groups: {g: {policy: active_standby, members: n-*, dormancy: 0 %}}\n"
      "services: {s: {from: users, through: g}}\n";
  const Answer a = ask(text, steady(20, 10'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*ask(text, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, B08_FourPlusOneColdSpareAndOneCrew) {
  const Case c("B08");
  const std::string text =
      "nines: 1\n"
      "crews: {ops: {size: 1}}\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..5]: {kind: node, failures: {f: {mttf: 2000h, mttr: 24h, repair: {crew: ops}}}}\n"
      "groups: {g: {policy: active_standby, members: n-*, active: 4, dormancy: 0 %}}\n"
      "services: {s: {from: users, through: g}}\n";
  const Answer a = ask(text, steady(10, 10'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*ask(text, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, B09_WorkstationsAndFileServer) {
  const Case c("B09");
  const std::string text =
      "nines: 1\n"
      "crews: {ops: {size: 1, discipline: preemptive}}\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  w-[1..2]: {kind: node, failures: {f: {mttf: 10000h, mttr: 1h, repair: {crew: ops, "
      "priority: 2}}}}\n"
      "  server: {kind: node, failures: {f: {mttf: 20000h, mttr: 2h, repair: {crew: ops, priority: "
      "1}}}}\n"
      "groups:\n"
      "  stations: {policy: active_active, members: w-*}\n"
      "  files: {policy: active_active, members: server}\n"
      "services:\n"
      "  s: {from: users, through: [stations, files]}\n"
      "  server: {from: users, through: files}\n";
  const Answer a = ask(text, steady(100, 20'000));
  steady_measures(c, a);
  c.agrees(a.service(1).unavailability, "P(file server down)");
  const std::string alone = text.substr(0, text.find("  server: {from"));
  c.agrees(*ask(alone, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, B10_OneCrewByOrderOfArrivalOrPriority) {
  const Case c("B10");
  const auto unavailability = [](const std::string& crew, const std::string& a_priority,
                                 const std::string& b_priority) {
    const auto repair = [&](const std::string& priority) {
      return crew.empty() ? "" : ", repair: {crew: ops" + priority + "}";
    };
    return ask("nines: 1\n" + (crew.empty() ? "" : "crews: {ops: {" + crew + "}}\n") +
                   "components:\n"
                   "  users: {kind: client}\n"
                   "  a: {kind: node, failures: {f: {mttf: 1000h, mttr: 10h" +
                   repair(a_priority) +
                   "}}}\n"
                   "  b: {kind: node, failures: {f: {mttf: 300h, mttr: 40h" +
                   repair(b_priority) +
                   "}}}\n"
                   "groups: {g: {policy: active_active, members: [a, b]}}\n"
                   "services: {s: {from: users, through: g}}\n",
               steady(10, 20'000))
        .service()
        .unavailability;
  };
  c.agrees(unavailability("discipline: fcfs", "", ""), "U_FCFS");
  c.agrees(unavailability("discipline: preemptive", ", priority: 1", ", priority: 2"),
           "U_priority_A");
  c.agrees(unavailability("discipline: preemptive", ", priority: 2", ", priority: 1"),
           "U_priority_B");
  c.agrees(unavailability("size: 2", "", ""), "U_two_crews");
  c.agrees(unavailability("", "", ""), "U_two_crews");
}

/// Nodes that do not fail, as switches, and links that do: two-terminal reliability from s to t.
std::string network(const std::vector<std::string>& nodes,
                    const std::vector<std::pair<std::string, std::string>>& links,
                    const std::function<std::string(std::size_t)>& failure, const std::string& from,
                    const std::string& to) {
  std::string text = "nines: 1\ncomponents:\n  users: {kind: client}\n  target: {kind: node}\n";
  for (const std::string& node : nodes) text += "  " + node + ": {kind: switch}\n";
  text +=
      "links:\n  at-s: {between: [users, " + from + "]}\n  at-t: {between: [target, " + to + "]}\n";
  for (std::size_t i = 0; i < links.size(); ++i) {
    text += "  e" + std::to_string(i + 1) + ": {between: [" + links[i].first + ", " +
            links[i].second + "], failures: {f: {" + failure(i) + "}}}\n";
  }
  return text +
         "groups: {g: {policy: active_active, members: target}}\n"
         "services: {s: {from: users, through: g}}\n";
}

TEST(ReferenceCase, C01_BridgeNetwork) {
  const Case c("C01");
  const char* const failures[] = {"mttf: 1000h, mttr: 10h", "mttf: 800h, mttr: 20h",
                                  "mttf: 500h, mttr: 50h", "mttf: 1200h, mttr: 8h",
                                  "mttf: 900h, mttr: 15h"};
  const std::string text = network(
      {"s", "a", "b", "t"}, {{"s", "a"}, {"s", "b"}, {"a", "b"}, {"a", "t"}, {"b", "t"}},
      [&](std::size_t i) { return failures[i]; }, "s", "t");
  const Answer a = ask(text, steady(10, 10'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
  const Answer first = ask(text, first_outage(10'000));
  c.agrees(*first.service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, C02_CompleteGraphOfFour) {
  // All-terminal reliability asks whether all nodes reach one another: no service does.
  const Case c("C02");
  const std::string text = network(
      {"n1", "n2", "n3", "n4"},
      {{"n1", "n2"}, {"n1", "n3"}, {"n1", "n4"}, {"n2", "n3"}, {"n2", "n4"}, {"n3", "n4"}},
      [](std::size_t) { return "mttf: 900h, mttr: 100h"; }, "n1", "n4");
  const Answer a = ask(text, steady(10, 20'000));
  c.agrees(a.service().unavailability, "two_terminal_unreliability");
  c.agrees_as_probability(a.service().availability, "two_terminal_reliability");
}

TEST(ReferenceCase, C03_LadderNetwork) {
  const Case c("C03");
  std::vector<std::string> nodes;
  std::vector<std::pair<std::string, std::string>> links;
  for (int i = 0; i < 5; ++i) {
    const std::string n = std::to_string(i);
    nodes.push_back("a" + n);
    nodes.push_back("b" + n);
    links.emplace_back("a" + n, "b" + n);
    if (i == 4) break;
    links.emplace_back("a" + n, "a" + std::to_string(i + 1));
    links.emplace_back("b" + n, "b" + std::to_string(i + 1));
  }
  for (const char* to : {"b4", "a4", "b0"}) {
    const std::string text = network(
        nodes, links, [](std::size_t) { return "mttf: 95h, mttr: 5h"; }, "a0", to);
    const Answer a = ask(text, steady(1, 4'000));
    c.agrees(a.service().unavailability, std::string("two_terminal_unreliability(a0,") + to + ")");
  }
}

TEST(ReferenceCase, C04_Dodecahedron) {
  // q = 0.001 and 0.0001 are for the exact solver: 2e-9 and 2e-12.
  const Case c("C04");
  std::vector<std::string> nodes;
  std::vector<std::pair<std::string, std::string>> links;
  const auto name = [](int i) { return "n" + std::to_string(i); };
  for (int i = 0; i < 20; ++i) nodes.push_back(name(i));
  for (int i = 0; i < 10; ++i) {
    links.emplace_back(name(i), name((i + 1) % 10));
    links.emplace_back(name(i), name(10 + i));
    links.emplace_back(name(10 + i), name(10 + (i + 2) % 10));
  }
  const auto ask_for = [&](const char* failure, double horizon_years, std::uint64_t runs) {
    return ask(network(
                   nodes, links, [&](std::size_t) { return failure; }, "n0", "n5"),
               steady(horizon_years, runs));
  };
  const Answer often = ask_for("mttf: 9h, mttr: 1h", 1, 1'500);
  c.agrees(often.service().unavailability, "two_terminal_unreliability(q=0.1)");
  const Answer rare = ask_for("mttf: 99h, mttr: 1h", 100, 1'000);
  c.agrees(rare.service().unavailability, "two_terminal_unreliability(q=0.01)");
}

TEST(ReferenceCase, C05_ThreeTierTopology) {
  const Case c("C05");
  const char* const text = R"(nines: 1
components:
  client: {kind: client}
  isp1: {kind: internet, failures: {f: {mttf: 700h, mttr: 3h}}}
  isp2: {kind: internet, failures: {f: {mttf: 500h, mttr: 5h}}}
  fw1: {kind: firewall, failures: {f: {mttf: 9000h, mttr: 8h}}}
  fw2: {kind: firewall, failures: {f: {mttf: 9000h, mttr: 8h}}}
  core: {kind: switch, failures: {f: {mttf: 40000h, mttr: 4h}}}
  lb1: {kind: load_balancer, forwards: true, failures: {f: {mttf: 6000h, mttr: 2h}}}
  lb2: {kind: load_balancer, forwards: true, failures: {f: {mttf: 6000h, mttr: 2h}}}
  app1: {kind: node, forwards: true, failures: {f: {mttf: 1200h, mttr: 1h}}}
  app2: {kind: node, forwards: true, failures: {f: {mttf: 1200h, mttr: 1h}}}
  app3: {kind: node, forwards: true, failures: {f: {mttf: 1200h, mttr: 1h}}}
  sw1: {kind: switch, failures: {f: {mttf: 30000h, mttr: 6h}}}
  sw2: {kind: switch, failures: {f: {mttf: 30000h, mttr: 6h}}}
  db1: {kind: node, forwards: true, failures: {f: {mttf: 2500h, mttr: 10h}}}
  db2: {kind: node, forwards: true, failures: {f: {mttf: 2500h, mttr: 10h}}}
  dbvip: {kind: node}
links:
  l1: {between: [client, isp1]}
  l2: {between: [client, isp2]}
  l3: {between: [isp1, fw1]}
  l4: {between: [isp2, fw2]}
  l5: {between: [fw1, fw2]}
  l6: {between: [fw1, core]}
  l7: {between: [fw2, core]}
  l8: {between: [core, lb1]}
  l9: {between: [core, lb2]}
  l10: {between: [lb1, app1]}
  l11: {between: [lb1, app2]}
  l12: {between: [lb2, app2]}
  l13: {between: [lb2, app3]}
  l14: {between: [app1, sw1]}
  l15: {between: [app2, sw1]}
  l16: {between: [app2, sw2]}
  l17: {between: [app3, sw2]}
  l18: {between: [sw1, sw2]}
  l19: {between: [sw1, db1]}
  l20: {between: [sw2, db2]}
  l21: {between: [db1, dbvip]}
  l22: {between: [db2, dbvip]}
groups: {vip: {policy: active_active, members: dbvip}}
services: {s: {from: client, through: vip}}
)";
  const Answer a = ask(text, steady(10, 10'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
}

TEST(ReferenceCase, D01_BetaFactor) {
  const Case c("D01");
  const char* const text = R"(nines: 1
domains:
  both: {failures: {shock: {time_to_failure: exponential(mean=100000h), strike: {mode: shaken}}}}
components:
  users: {kind: client}
  n-[1..2]:
    kind: node
    domain: both
    failures:
      own: {time_to_failure: exponential(mean=11111.111111111111h), mttr: 10h}
      shaken: {time_to_failure: never, mttr: 10h}
groups:
  pair: {policy: active_active, members: n-*}
  one: {policy: active_active, members: n-1}
services:
  s: {from: users, through: pair}
  node: {from: users, through: one}
)";
  // A node fails in one way or the other; while it is down neither clock runs, as in the model.
  const Answer a = ask(text, steady(1000, 2'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(a.service(1).unavailability, "node_unavailability");
  const Answer first = ask(text, first_outage(10'000));
  c.agrees(*first.service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, D02_TwoRacks) {
  const Case c("D02");
  const char* const head = R"(nines: 1
domains:
  pdu-[1..2]: {failures: {f: {mttf: 20000h, mttr: 8h}}}
components:
  users: {kind: client}
  core: {kind: switch}
  tor-1: {kind: switch, failures: {f: {mttf: 30000h, mttr: 4h}}}
  tor-2: {kind: switch, failures: {f: {mttf: 30000h, mttr: 4h}}}
  s-[1..4]: {kind: node, domain: {spread: [pdu-1, pdu-2]}, failures: {f: {mttf: 3000h, mttr: 6h}}}
links:
  u: {between: [users, core]}
  c-1: {between: [core, tor-1]}
  c-2: {between: [core, tor-2]}
  in-1: {between: [tor-1, domain:pdu-1]}
  in-2: {between: [tor-2, domain:pdu-2]}
groups:
)";
  const auto answer = [&](int k, const Experiment& experiment) {
    return ask(std::string(head) + "  g: {policy: active_active, members: s-*, need: " +
                   std::to_string(k) + "}\nservices: {s: {from: users, through: g}}\n",
               experiment);
  };
  const Answer one = answer(1, steady(1000, 8'000));
  c.agrees(one.service().unavailability, "steady_unavailability(k=1)");
  c.agrees(one.service().outages_per_year, "outage_frequency_per_year(k=1)");
  const Answer two = answer(2, steady(1000, 1'000));
  c.agrees(two.service().unavailability, "steady_unavailability(k=2)");
  c.agrees(two.service().outages_per_year, "outage_frequency_per_year(k=2)");
  const Answer three = answer(3, steady(100, 500));
  c.agrees(three.service().unavailability, "steady_unavailability(k=3)");
  c.agrees(three.service().outages_per_year, "outage_frequency_per_year(k=3)");
}

TEST(ReferenceCase, D03_ZonesAndShocks) {
  const Case c("D03");
  const char* const text = R"(nines: 1
domains:
  region: {failures: {shock: {time_to_failure: exponential(mean=50000h), strike: {mode: shaken}}}}
  zone-[1..3]:
    in: region
    failures: {shock: {time_to_failure: exponential(mean=5000h), strike: {mode: shaken}}}
components:
  users: {kind: client}
  n-[1..3]:
    kind: node
    domain: {spread: [zone-1, zone-2, zone-3]}
    failures:
      own: {mttf: 2000h, mttr: 6h}
      shaken: {time_to_failure: never, mttr: 6h}
groups:
  majority: {policy: active_active, members: n-*, need: 2}
  any: {policy: active_active, members: n-*}
services:
  s: {from: users, through: majority}
  any: {from: users, through: any}
)";
  const Answer a = ask(text, steady(100, 5'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(a.service(1).unavailability, "P(all three down)");
  const Answer first = ask(text, first_outage(10'000));
  c.agrees(*first.service().first_outage_s, "MTTFF_h", kHour_s);
}

const char* const kFiveServers =
    "nines: 1\n"
    "components:\n"
    "  users: {kind: client}\n"
    "  n-[1..5]: {kind: node, capacity: 250/s, failures: {f: {mttf: 700h, mttr: 5h}}}\n"
    "groups: {web: {policy: active_active, members: n-*}}\n";

/// Requests that were not served, of one service.
Estimate lost_per_year(const Answer& a, double per_year_offered) {
  return map_falling(*a.service().request_availability,
                     [&](double served) { return (1.0 - served) * per_year_offered; });
}

TEST(ReferenceCase, E01_CapacityOfFiveServers) {
  // "Down" below half of the demand has a probability of 1.3e-8: for the exact solver.
  const Case c("E01");
  const Answer a = ask(std::string(kFiveServers) +
                           "services:\n  s: {from: users, through: web, serves_at_least: 50 %, "
                           "workload: {reads: 1000/s}}\n",
                       steady(10, 10'000));
  const double year = c.exact("P(degraded)") * kYear_s;
  expect_agrees(*a.service().degraded_per_year_s, year, "degraded time");
  const double offered = 1000.0 * kYear_s;
  expect_agrees(lost_per_year(a, offered), c.exact("lost_requests_per_year"), "lost requests");
  c.agrees_as_probability(*a.service().request_availability, "expected_served_fraction");
  // The same as an outage: a service that is down as soon as it is overloaded.
  const Answer strict = ask(std::string(kFiveServers) +
                                "services:\n  s: {from: users, through: web, "
                                "serves_at_least: 100 %, workload: {reads: 1000/s}}\n",
                            steady(10, 10'000));
  c.agrees(strict.service().unavailability, "P(capacity<demand)");
  c.agrees_as_probability(strict.service().availability, "P(full)");
  c.agrees(strict.service().outages_per_year, "overload_frequency_per_year");
  c.agrees(*strict.service().outage_length_s, "mean_overload_duration_h", kHour_s);
}

TEST(ReferenceCase, E02_DailyProfile) {
  const Case c("E02");
  const std::string service =
      "services:\n  s: {from: users, through: web, workload: {reads: 1000/s},\n"
      "      profile: {night: {hours: 20:00-08:00, load: 40 %}}";
  // The steady state of the failures, whole days of the profile.
  const Answer a = ask(kFiveServers + service + "}\n", steady(10, 8'000));
  expect_agrees(lost_per_year(a, 700.0 * kYear_s), c.exact("lost_requests_per_year"),
                "lost requests");
  c.agrees_as_probability(*a.service().request_availability, "served_requests/offered_requests");
  const Answer strict =
      ask(kFiveServers + service + ", serves_at_least: 100 %}\n", steady(10, 8'000));
  c.agrees(strict.service().unavailability, "fraction_of_time_capacity<demand");
}

/// Disks that are replaced at once, in a RAID group that is the whole service.
std::string raid(int disks, const std::string& mttf, const std::string& keys) {
  return "nines: 1\ncomponents:\n  users: {kind: client}\n  disk-[1.." + std::to_string(disks) +
         "]:\n    kind: volume\n    failures: {f: {mttf: " + mttf +
         ", time_to_repair: 0s, destroys_data: true}}\n"
         "groups:\n  array: {policy: raid, members: disk-*, restore: 1h, " +
         keys + "}\nservices: {data: {from: users, through: array}}\n";
}

TEST(ReferenceCase, G05_Mirror) {
  // P(data loss in 10 years) = 4e-6 is for the exact solver.
  const Case c("G05");
  const Answer a =
      ask(raid(2, "1000000h", "level: 1, rebuild: exponential(mean=24h)"), first_outage(2'800));
  c.agrees(*a.service().first_outage_s, "MTTDL_h", kHour_s);
}

TEST(ReferenceCase, G07_ReadErrorsWhileRebuilding) {
  // G06, RAID-6 with an MTTDL of 47 million years, is out of reach of simulation; a scaled sibling
  // is held to its closed form in the tests of RAID.
  const Case c("G07");
  const std::string keys = "level: 5, rebuilds: one_at_a_time, rebuild: exponential(mean=24h)";
  const std::string with_errors = keys + ", read_errors: 1e-15, disk_size: 4TB";
  const Answer loss = ask(raid(8, "1000000h", with_errors), first_outage(10'000));
  c.agrees(*loss.service().first_outage_s, "MTTDL_h", kHour_s);
  const Answer five_years =
      ask(raid(8, "1000000h", with_errors), first_outage_within(5 * kYear_s, 200'000));
  const double lost = c.exact("P(data loss in 5 years)");
  expect_agrees(map_falling(five_years.service().no_outage, [](double p) { return 1.0 - p; }), lost,
                "P(data loss in 5 years)");
  const Answer without = ask(raid(8, "1000000h", keys), first_outage(3'000));
  c.agrees(*without.service().first_outage_s, "MTTDL_without_UER_h", kHour_s);
}

// The benchmark models: only means matter to independent renewals, so their exact steady state is
// known whatever the laws.

TEST(BenchmarkModel, MediumHasItsExactUnavailability) {
  std::ifstream file(NINES_TESTS_DIRECTORY "/bench/medium.yaml");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const Answer a = ask(text, steady(10, 20'000));
  EXPECT_TRUE(a.outcome.warm_up.exact);
  expect_agrees(a.service().unavailability, 1.433518e-05, "medium");
  EXPECT_LE(a.service().unavailability.low, 1.433518e-05);
  EXPECT_GE(a.service().unavailability.high, 1.433518e-05);
}

TEST(BenchmarkModel, LargeHasItsExactMeanUnavailability) {
  // The mean over a thousand services that share racks: its error from independent batches.
  constexpr int kBatches = 16;
  const auto system = compile(topology_of(bench::large_text()));
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t seed = 1; seed <= kBatches; ++seed) {
    Experiment e = steady(1, 640);
    e.seed = seed;
    const Outcome outcome = run_experiment(*system, e);
    double down_s = 0.0;
    for (const ServiceSummary& service : outcome.summary.services) down_s += service.down.x;
    const double mean = down_s / outcome.summary.observed_s / 1000.0;
    sum += mean;
    squares += mean * mean;
  }
  const double mean = sum / kBatches;
  const double error = std::sqrt((squares / kBatches - mean * mean) / (kBatches - 1));
  const double half = t_quantile_upper(0.95, kBatches - 1) * error;
  EXPECT_LE(std::fabs(mean - 8.120311e-08), half) << mean << " ± " << half;
  EXPECT_LE(error, 0.05 * mean);
}

TEST(ReferenceCase, K01_InfantMortalityInTheFirstYear) {
  const Case c("K01");
  const Answer a = ask(one_node("time_to_failure: weibull(shape=0.6 scale=5000h), "
                                "time_to_repair: 4h"),
                       years(1, 200'000));
  c.agrees(a.service().outages_per_year, "E[N]");
  c.agrees(a.service().downtime_per_year_s, "E[D]", kHour_s);
  c.agrees_as_probability(a.service().availability, "mean_interval_availability[0,8760h]");
  c.agrees_as_probability(a.service().no_outage, "P(N=0)");
  c.agrees_as_probability(exactly(1, a), "P(N=1)");
  double four_or_more = 0.0;
  for (const auto& [n, runs] : a.summary().runs_by_outages) {
    if (n >= 4) four_or_more += static_cast<double>(runs);
  }
  c.agrees_as_probability(share_of(four_or_more, a), "P(N>=4)");
  const Model& model = *a.system->model;
  EXPECT_NEAR(model.law(model.modes[0].life).mean() / kHour_s, c.exact("MTTF_h"), 1e-9 * 7523);
}

TEST(ReferenceCase, K02_ParallelPairOneCrewDeterministicRepair) {
  const Case c("K02");
  const std::string text =
      "nines: 1\n"
      "crews: {ops: {size: 1}}\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..2]: {kind: node, failures: {f: {mttf: 100h, time_to_repair: 10h, repair: {crew: "
      "ops}}}}\n"
      "groups: {g: {policy: active_active, members: n-*}}\n"
      "services: {s: {from: users, through: g}}\n";
  const Answer a = ask(text, steady(1, 20'000));
  steady_measures(c, a);
  c.agrees(a.service().outages_per_year, "outage_frequency_per_year");
  c.agrees(*a.service().outage_length_s, "mean_outage_duration_h", kHour_s);
  c.agrees(*ask(text, first_outage(20'000)).service().first_outage_s, "MTTFF_h", kHour_s);
}

TEST(ReferenceCase, K04_DeterministicRepairPointAvailability) {
  const Case c("K04");
  const std::string text = one_node("mttf: 10h, time_to_repair: 5h");
  const Answer a = ask(text, at_times({4, 5, 7.5, 10, 15, 40}, 41, 1'000'000));
  const char* const names[] = {"A(t=4h)",  "A(t=5h)",  "A(t=7.5h)",
                               "A(t=10h)", "A(t=15h)", "A(t=40h)"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    c.agrees_as_probability(a.service().available_at[i].second, names[i]);
  }
  Experiment long_run = steady(1, 2'000);
  expect_agrees(ask(text, long_run).service().availability, c.exact("steady_availability"),
                "steady_availability", true);
}

}  // namespace
}  // namespace nines::test
