// Do the 95 % intervals cover? 400 independent estimates of each of six cases whose exact values
// are closed forms. Long: behind scripts/test.sh --long.
#include <cmath>
#include <functional>

#include <gtest/gtest.h>
#include <boost/math/special_functions/gamma.hpp>

#include "tests/support.hpp"

namespace nines::test {
namespace {

constexpr int kEstimates = 400;

struct Exact {
  double unavailability;
  double outages_per_year;
  double mean_length_s;  ///< expected downtime over expected outages
};

struct Coverage {
  std::string name;
  std::string text;
  Experiment experiment;
  Exact exact;
  double outages_expected;  ///< per estimate
};

std::string nodes(const std::string& count, const std::string& mode, const std::string& group) {
  return "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1.." + count +
         "]: {kind: node, failures: {f: {" + mode +
         "}}}\ngroups: {g: {policy: active_active, members: n-*" + group +
         "}}\nservices: {s: {from: users, through: g}}\n";
}

Experiment of(std::uint64_t runs, bool steady) {
  Experiment e;
  e.runs = runs;
  e.steady_state = steady;
  return e;
}

/// In steady state the expected downtime is U T and the expected number of outages f T.
Exact steady(double unavailability, double per_hour) {
  return {unavailability, per_hour * 8760, unavailability / per_hour * kHour_s};
}

std::vector<Coverage> cases() {
  std::vector<Coverage> out;
  {
    // A node that is new at first, one year: transient means of the two-state chain.
    const double l = 1.0 / 1000, m = 1.0 / 4, t = 8760;
    const double down_h = l / (l + m) * (t - (1 - std::exp(-(l + m) * t)) / (l + m));
    const double outages = l * (t - down_h);
    out.push_back({"one_node_from_new",
                   nodes("1", "mttf: 1000h, mttr: 4h", ""),
                   of(100, false),
                   {down_h / t, outages, down_h / outages * kHour_s},
                   100 * outages});
  }
  {
    const double up = 1000, down = 6;
    out.push_back({"lognormal_repair_of_cv_2_5",
                   nodes("1", "mttf: 1000h, time_to_repair: lognormal(mean=6h cv=2.5)", ""),
                   of(400, true), steady(down / (up + down), 1 / (up + down)),
                   400 * 8760 / (up + down)});
  }
  {
    // A pair, an outage in about one run of eleven hundred.
    const double u = 5.0 / 10005, f = u * u * 2 / 5;
    out.push_back({"rare_pair", nodes("2", "mttf: 10000h, mttr: 5h", ""), of(20'000, true),
                   steady(u * u, f), 20'000 * f * 8760});
  }
  {
    // 3 of 5, an outage in about one run of three hundred: down when three or more are.
    const double u = 10.0 / 2010, v = 1 - u, l = 1.0 / 2000;
    const double down = 10 * std::pow(u, 3) * v * v + 5 * std::pow(u, 4) * v + std::pow(u, 5);
    const double f = 10 * u * u * std::pow(v, 3) * 3 * l;
    out.push_back({"rare_three_of_five", nodes("5", "mttf: 2000h, mttr: 10h", ", need: 3"),
                   of(20'000, true), steady(down, f), 20'000 * f * 8760});
  }
  {
    const double u = 10.0 / 1010, f = u * u * 2 / 10;
    Experiment e = of(10'000'000, true);
    e.precision = 0.1;
    out.push_back({"pair_stopped_by_precision", nodes("2", "mttf: 1000h, mttr: 10h", ""), e,
                   steady(u * u, f), 400});
  }
  {
    const double a = 8760.0 / 8762 * 1500 / 1501 * 4000 / 4006;
    const double f = a * (1.0 / 8760 + 1.0 / 1500 + 1.0 / 4000);
    out.push_back({"three_in_series",
                   "nines: 1\ncomponents:\n  users: {kind: client}\n"
                   "  a: {kind: node, failures: {f: {mttf: 8760h, mttr: 2h}}}\n"
                   "  b: {kind: node, failures: {f: {mttf: 1500h, mttr: 1h}}}\n"
                   "  c: {kind: node, failures: {f: {mttf: 4000h, mttr: 6h}}}\n"
                   "groups: {g: {policy: active_active, members: [a, b, c], need: 3}}\n"
                   "services: {s: {from: users, through: g}}\n",
                   of(100, true), steady(1 - a, f), 100 * f * 8760});
  }
  return out;
}

class Covers : public testing::TestWithParam<Coverage> {};

TEST_P(Covers, AsOftenAsItSays) {
  const Coverage& c = GetParam();
  const auto system = compile(topology_of(c.text));
  int unavailability = 0, outages = 0, length = 0, with_length = 0;
  double widest = 0.0;
  for (int i = 0; i < kEstimates; ++i) {
    Experiment e = c.experiment;
    e.seed = 1000 + static_cast<std::uint64_t>(i);
    const Outcome outcome = run_experiment(*system, e);
    const ServiceEstimates s = estimate(*system, e, outcome).services[0];
    const auto holds = [](const Estimate& x, double exact) {
      return x.low <= exact && exact <= x.high ? 1 : 0;
    };
    unavailability += holds(s.unavailability, c.exact.unavailability);
    outages += holds(s.outages_per_year, c.exact.outages_per_year);
    if (s.outage_length_s) {
      ++with_length;
      length += holds(*s.outage_length_s, c.exact.mean_length_s);
    }
    // Garwood's exact Poisson interval for the count that was seen.
    const double n = outcome.summary.services[0].counts.x;
    const double low = n > 0 ? boost::math::gamma_p_inv(n, 0.025) : 0.0;
    const double high = boost::math::gamma_p_inv(n + 1, 0.975);
    const double years = static_cast<double>(outcome.summary.runs);
    widest =
        std::max(widest, (s.outages_per_year.high - s.outages_per_year.low) * years / (high - low));
  }
  const auto check = [&](const char* what, int covered, int of) {
    const double share = static_cast<double>(covered) / of;
    RecordProperty(what, std::to_string(share));
    std::printf("%s: %s covered in %d of %d (%.1f %%)\n", c.name.c_str(), what, covered, of,
                100 * share);
    EXPECT_GE(share, 0.925) << what;
    if (c.outages_expected >= 30) {
      EXPECT_LE(share, 0.99) << what;
    }
  };
  check("unavailability", unavailability, kEstimates);
  check("outages", outages, kEstimates);
  check("mean_outage_length", length, with_length);
  EXPECT_GE(with_length, 0.99 * kEstimates);
  if (c.outages_expected < 30) {
    std::printf("%s: at most %.2f times as wide as the exact Poisson interval\n", c.name.c_str(),
                widest);
    EXPECT_LE(widest, 2.0);
  }
}

INSTANTIATE_TEST_SUITE_P(Intervals, Covers, testing::ValuesIn(cases()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace nines::test
