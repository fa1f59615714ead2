// What the tests of reference cases share. public.json says of each measure how it was derived.
#pragma once

#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/measure/interval.hpp"
#include "tests/support.hpp"

namespace nines::test {

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

/// All measures of a case, also those that are lists of sets.
class CaseTable {
 public:
  explicit CaseTable(const std::string& id) {
    std::ifstream file(NINES_TESTS_DIRECTORY "/reference/public.json");
    const auto all = nlohmann::json::parse(file);
    for (const auto& each : all.at("cases")) {
      if (each.at("id") != "P-" + id) continue;
      for (const auto& measure : each.at("measures")) {
        values_[measure.at("measure")] = measure.at("value");
      }
    }
  }
  bool has(const std::string& measure) const {
    const auto at = values_.find(measure);
    return at != values_.end() && at->second.is_number();
  }
  /// How many numbers have that in their name.
  int count_with(const std::string& part) const {
    int count = 0;
    for (const auto& [name, value] : values_) {
      count += value.is_number() && name.find(part) != std::string::npos ? 1 : 0;
    }
    return count;
  }
  std::set<std::set<std::string>> sets(const std::string& measure) const {
    std::set<std::set<std::string>> result;
    for (const auto& set : values_.at(measure)) {
      result.insert(set.get<std::set<std::string>>());
    }
    return result;
  }

 private:
  std::map<std::string, nlohmann::json> values_;
};

inline Experiment years(double count, std::uint64_t runs) {
  Experiment e;
  e.horizon_s = count * kYear_s;
  e.runs = runs;
  return e;
}

inline Experiment steady(double count, std::uint64_t runs) {
  Experiment e = years(count, runs);
  e.steady_state = true;
  return e;
}

inline Experiment first_outage(std::uint64_t runs) {
  Experiment e;
  e.runs = runs;
  e.horizon_s = std::numeric_limits<double>::infinity();
  e.questions.until_first_outage = true;
  return e;
}

/// First outages only, up to a horizon: for the probability of none, at little cost.
inline Experiment first_outage_within(double horizon_s, std::uint64_t runs) {
  Experiment e = first_outage(runs);
  e.horizon_s = horizon_s;
  return e;
}

inline Experiment at_times(std::vector<double> hours, double horizon_h, std::uint64_t runs) {
  Experiment e;
  e.runs = runs;
  e.horizon_s = horizon_h * kHour_s;
  for (const double h : hours) e.questions.at_s.push_back(h * kHour_s);
  return e;
}

/// The share of runs of which the summary says so.
inline Estimate share_of(double runs_that_do, const Answer& answer) {
  return share(runs_that_do, static_cast<double>(answer.outcome.summary.runs), 0.95);
}

/// P(number of outages in a run = n).
inline Estimate exactly(std::uint64_t n, const Answer& answer) {
  const auto& law = answer.summary().runs_by_outages;
  const auto at = law.find(n);
  return share_of(at == law.end() ? 0.0 : static_cast<double>(at->second), answer);
}

/// P(downtime in a run <= hours).
inline Estimate downtime_within(double hours, const Answer& answer) {
  const ServiceSummary& s = answer.summary();
  const auto quiet = answer.outcome.summary.runs - s.downtime_s.count();
  return share_of(static_cast<double>(quiet + s.downtime_s.count_up_to(hours * kHour_s)), answer);
}

/// The measures that nearly every case has.
inline void steady_measures(const Case& c, const Answer& a, std::size_t service = 0) {
  const ServiceEstimates& s = a.service(service);
  c.agrees(s.unavailability, "steady_unavailability");
  expect_agrees(s.availability, c.exact("steady_availability"), "steady_availability", true);
}

}  // namespace nines::test
