// The reference cases: exact values that nobody here computed, against topologies in our language.
// public.json says of each measure how it was derived. Every measure that nines has is compared.
#include <fstream>
#include <limits>
#include <map>

#include <nlohmann/json.hpp>

#include "engine/measure/interval.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

/// The exact values of one case, by the name of the measure.
class Case {
 public:
  explicit Case(const std::string& id) : id_("P-" + id) {
    std::ifstream file(NINES_TESTS_DIRECTORY "/reference/public.json");
    const auto all = nlohmann::json::parse(file);
    for (const auto& each : all.at("cases")) {
      if (each.at("id") != id_) continue;
      for (const auto& measure : each.at("measures")) {
        if (measure.at("value").is_number()) {
          values_[measure.at("measure")] = measure.at("value").get<double>();
        }
      }
    }
    EXPECT_FALSE(values_.empty()) << id_ << " is not in public.json";
  }

  double exact(const std::string& measure) const { return values_.at(measure); }

  /// `unit`: how many of ours one of theirs is (an hour is 3600 seconds).
  void agrees(const Estimate& e, const std::string& measure, double unit = 1.0) const {
    expect_agrees(e, exact(measure) * unit, id_ + " " + measure);
  }
  void agrees_as_probability(const Estimate& e, const std::string& measure) const {
    expect_agrees(e, exact(measure), id_ + " " + measure, true);
  }

 private:
  std::string id_;
  std::map<std::string, double> values_;
};

Experiment years(double count, std::uint64_t runs) {
  Experiment e;
  e.horizon_s = count * kYear_s;
  e.runs = runs;
  return e;
}

Experiment steady(double count, std::uint64_t runs) {
  Experiment e = years(count, runs);
  e.steady_state = true;
  return e;
}

Experiment first_outage(std::uint64_t runs) {
  Experiment e;
  e.runs = runs;
  e.horizon_s = std::numeric_limits<double>::infinity();
  e.questions.until_first_outage = true;
  return e;
}

/// First outages only, up to a horizon: for the probability of none, at little cost.
Experiment first_outage_within(double horizon_s, std::uint64_t runs) {
  Experiment e = first_outage(runs);
  e.horizon_s = horizon_s;
  return e;
}

Experiment at_times(std::vector<double> hours, double horizon_h, std::uint64_t runs) {
  Experiment e;
  e.runs = runs;
  e.horizon_s = horizon_h * kHour_s;
  for (const double h : hours) e.questions.at_s.push_back(h * kHour_s);
  return e;
}

/// The share of runs of which the summary says so.
Estimate share_of(double runs_that_do, const Answer& answer) {
  return share(runs_that_do, static_cast<double>(answer.outcome.summary.runs), 0.95);
}

/// P(number of outages in a run = n).
Estimate exactly(std::uint64_t n, const Answer& answer) {
  const auto& law = answer.summary().runs_by_outages;
  const auto at = law.find(n);
  return share_of(at == law.end() ? 0.0 : static_cast<double>(at->second), answer);
}

/// P(downtime in a run <= hours).
Estimate downtime_within(double hours, const Answer& answer) {
  const ServiceSummary& s = answer.summary();
  const auto quiet = answer.outcome.summary.runs - s.downtime_s.count();
  return share_of(static_cast<double>(quiet + s.downtime_s.count_up_to(hours * kHour_s)), answer);
}

/// The measures that nearly every case has.
void steady_measures(const Case& c, const Answer& a, std::size_t service = 0) {
  const ServiceEstimates& s = a.service(service);
  c.agrees(s.unavailability, "steady_unavailability");
  expect_agrees(s.availability, c.exact("steady_availability"), "steady_availability", true);
}

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
