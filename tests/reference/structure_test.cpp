// The reference cases by structure: cut sets, probabilities and importance, straight from
// topologies.
#include <cmath>
#include <set>

#include "studies/exact.hpp"
#include "tests/reference/case.hpp"
#include "tests/reference/topologies.hpp"
#include "topologies/structure/structure.hpp"

namespace nines::test {
namespace {

constexpr double kTight = 1e-9;

struct Read {
  Topology topology;
  Structure structure;

  std::string name(std::uint32_t element) const {
    return topology.components[structure.elements[element].component].name;
  }
  std::set<std::set<std::string>> named(const std::vector<ElementSet>& sets) const {
    std::set<std::set<std::string>> result;
    for (const ElementSet& set : sets) {
      std::set<std::string> names;
      for (const std::uint32_t element : set) names.insert(name(element));
      result.insert(names);
    }
    return result;
  }
  const Importance& importance(const std::string& of) const {
    for (std::uint32_t i = 0; i < structure.elements.size(); ++i) {
      if (name(i) == of) return structure.importance.at(i);
    }
    throw std::out_of_range(of);
  }
};

Read read(const std::string& text, StructureQuestion question = {}) {
  Topology topology = topology_of(text);
  Structure structure = structure_of(topology, 0, question);
  EXPECT_TRUE(structure.no_probability.empty())
      << (structure.no_probability.empty() ? "" : structure.no_probability.front());
  return {std::move(topology), std::move(structure)};
}

class Structural : public Case {
 public:
  explicit Structural(const std::string& id) : Case(id), all_(id) {}
  void is(double ours, const std::string& measure, double unit = 1.0) const {
    const double theirs = exact(measure) * unit;
    EXPECT_NEAR(ours, theirs, kTight * std::abs(theirs)) << measure;
  }
  void steady(const Read& r) const {
    EXPECT_TRUE(r.structure.exact());
    is(r.structure.unavailability_low, "steady_unavailability");
  }
  /// All measures of importance that the case has, of each component.
  void all_importance(const Read& r) const {
    int compared = 0;
    for (const StructureElement& element : r.structure.elements) {
      const std::string name = r.topology.components[element.component].name;
      const Importance& i = r.importance(name);
      const auto compare = [&](const std::string& measure, double ours) {
        const std::string full = measure + "[" + name + "]";
        if (!all_.has(full)) return;
        is(ours, full);
        ++compared;
      };
      compare("Birnbaum", i.birnbaum);
      compare("criticality", i.criticality);
      compare("RAW", i.risk_achievement);
      compare("RRW", i.risk_reduction);
      compare("DIF", i.diagnostic);
      if (i.fussell_vesely) compare("FussellVesely", *i.fussell_vesely);
      if (i.barlow_proschan) compare("BarlowProschan", *i.barlow_proschan);
    }
    EXPECT_EQ(compared, all_.count_with("["));
  }
  std::set<std::set<std::string>> sets(const std::string& measure) const {
    return all_.sets(measure);
  }

 private:
  CaseTable all_;
};

TEST(StructuralCase, A02_OnlyMeansMatter) {
  const Structural c("A02");
  const Read r =
      read(one_node("time_to_failure: weibull(shape=0.7 scale=4000h), "
                    "time_to_repair: lognormal(median=2h sigma=1.2)"));
  c.steady(r);
  c.is(*r.structure.outages_per_s * kYear_s, "outage_frequency_per_year");
}

TEST(StructuralCase, B01_B02_H01_SeriesAndParallel) {
  for (const auto& [id, text] :
       {std::pair<std::string, std::string>{"B01", b01()}, {"B02", b02()}, {"H01", h01()}}) {
    const Structural c(id);
    const Read r = read(text);
    c.steady(r);
    c.is(*r.structure.outages_per_s * kYear_s, "outage_frequency_per_year");
  }
}

TEST(StructuralCase, C01_BridgeNetwork) {
  const Structural c("C01");
  StructureQuestion question;
  question.order = 5;
  question.paths = true;
  const Read r = read(c01(), question);
  c.steady(r);
  c.is(*r.structure.outages_per_s * kYear_s, "outage_frequency_per_year");
  c.is(r.structure.unavailability_low / *r.structure.outages_per_s, "mean_outage_duration_h",
       kHour_s);
  c.is(r.structure.sum_of_cuts, "rare_event_approximation_U");
  c.is(r.structure.cut_upper_bound, "min_cut_upper_bound_U");
  EXPECT_TRUE(r.structure.cuts.complete);
  EXPECT_EQ(r.named(r.structure.cuts.sets), c.sets("minimal_cut_sets"));
  EXPECT_EQ(r.named(r.structure.paths->sets), c.sets("minimal_path_sets"));
  c.all_importance(r);
}

TEST(StructuralCase, C02_C03_CompleteGraphAndLadder) {
  const Structural k4("C02");
  k4.is(read(c02()).structure.unavailability_low, "two_terminal_unreliability");
  const Structural ladder("C03");
  for (const char* to : {"b4", "a4", "b0"}) {
    ladder.is(read(c03(to)).structure.unavailability_low,
              std::string("two_terminal_unreliability(a0,") + to + ")");
  }
}

TEST(StructuralCase, C04_Dodecahedron) {
  const Structural c("C04");
  const auto unreliability = [](const char* failure) {
    return read(c04(failure)).structure.unavailability_low;
  };
  c.is(unreliability("mttf: 9h, mttr: 1h"), "two_terminal_unreliability(q=0.1)");
  c.is(unreliability("mttf: 99h, mttr: 1h"), "two_terminal_unreliability(q=0.01)");
  c.is(unreliability("mttf: 999h, mttr: 1h"), "two_terminal_unreliability(q=0.001)");
  c.is(unreliability("mttf: 9999h, mttr: 1h"), "two_terminal_unreliability(q=0.0001)");
}

TEST(StructuralCase, C05_ThreeTierTopology) {
  const Structural c("C05");
  StructureQuestion question;
  question.order = 14;
  question.paths = true;
  const Read r = read(c05(), question);
  c.steady(r);
  c.is(*r.structure.outages_per_s * kYear_s, "outage_frequency_per_year");
  EXPECT_TRUE(r.structure.cuts.complete);
  EXPECT_EQ(r.named(r.structure.cuts.sets), c.sets("minimal_cut_sets"));
  EXPECT_EQ(r.named(r.structure.paths->sets), c.sets("minimal_path_sets"));
  ASSERT_EQ(r.structure.single_points.size(), 1U);
  EXPECT_EQ(r.name(r.structure.single_points[0].element), "core");
  EXPECT_EQ(r.structure.single_points[0].why, "no path from 'client' through all groups is left");
  c.all_importance(r);
}

TEST(StructuralCase, C06_PublishedFaultTree) {
  const Structural c("C06");
  StructureQuestion question;
  question.order = 6;
  question.at_s = kHour_s;
  const Read r = read(c06(), question);
  c.is(r.structure.unavailability_low, "P(failed by t=1)");
  c.all_importance(r);
  EXPECT_TRUE(std::isinf(r.importance("x1").risk_reduction));
}

TEST(StructuralCase, D02_TwoRacks) {
  const Structural c("D02");
  for (const int k : {1, 2, 3}) {
    const Read r = read(d02(k));
    const std::string of = "(k=" + std::to_string(k) + ")";
    c.is(r.structure.unavailability_low, "steady_unavailability" + of);
    c.is(*r.structure.outages_per_s * kYear_s, "outage_frequency_per_year" + of);
  }
}

TEST(StructuralCase, H02_LargeHighlyReliableSystem) {
  const Structural c("H02");
  for (const int scale : {1, 100}) {
    const Read r = read(h02(scale));
    const std::string of = "(s=" + std::to_string(scale) + ")";
    c.is(r.structure.unavailability_low, "steady_unavailability" + of);
    c.is(*r.structure.outages_per_s * kYear_s, "outage_frequency_per_year" + of);
  }
}

/// Six pairs in a row; failures per hour, repairs in 2 minutes, of the second pair in 4.
TEST(Published, SixPairs) {
  const double rates[] = {5e-5, 0.3e-5, 4e-5, 0.1e-5, 3e-5, 2e-5};
  std::string components;
  std::string groups;
  std::string through;
  for (int i = 0; i < 6; ++i) {
    const std::string n = "p" + std::to_string(i);
    char mttf[32];
    std::snprintf(mttf, sizeof mttf, "%.17g", 1.0 / rates[i]);
    components += "  " + n + "-[1..2]: {kind: node, failures: {f: {mttf: " + mttf +
                  "h, mttr: " + (i == 1 ? "4min" : "2min") + "}}}\n";
    groups += "  " + n + ": {policy: active_active, members: " + n + "-*}\n";
    through += (i == 0 ? "" : ", ") + n;
  }
  const Read r =
      read("nines: 1\ncomponents:\n  users: {kind: client}\n" + components + "groups:\n" + groups +
           "services: {s: {from: users, through: [" + through + "]}}\n");
  // Six independent pairs have 1 - prod(1 - (l / (l + m))^2) = 6.0410945e-12; the published value
  // is 6.3e-6 of it lower.
  double log_up = 0.0;
  for (int i = 0; i < 6; ++i) {
    const double q = rates[i] / (rates[i] + (i == 1 ? 15.0 : 30.0));
    log_up += std::log1p(-q * q);
  }
  EXPECT_NEAR(r.structure.unavailability_low, -std::expm1(log_up), 1e-20);
  EXPECT_NEAR(r.structure.unavailability_low, 6.04105654e-12, 1e-5 * 6.04e-12);
  const auto system = compile(
      topology_of("nines: 1\ncomponents:\n  users: {kind: client}\n" + components + "groups:\n" +
                  groups + "services: {s: {from: users, through: [" + through + "]}}\n"));
  EXPECT_NEAR(solve(*system, {}).services[0].unavailability, -std::expm1(log_up), 1e-20);
}

/// Corner to corner of a grid of 11 by 11: 220 links. Few links down: the two corners decide, each
/// with two links; the next terms come from cuts of three.
TEST(Strike, TakesDownThoseThatHaveTheMode) {
  const auto two = [](const char* a, const char* b) {
    return std::string(
               "nines: 1\n"
               "domains: {z: {failures: {shock: {mttf: 200h, strike: {mode: m}}}}}\n"
               "components:\n"
               "  users: {kind: client}\n") +
           "  a: {kind: node, domain: z, failures: {" + a + ": {mttf: 100h, mttr: 9h}}}\n" +
           "  b: {kind: node, domain: z, failures: {" + b +
           ": {mttf: 100h, mttr: 9h}}}\n"
           "groups: {g: {policy: active_active, members: [a, b]}}\n"
           "services: {v: {from: users, through: g}}\n";
  };
  const auto single_points = [](const std::string& text) {
    const Structure s = structure_of(topology_of(text), 0, {});
    std::vector<std::string> names;
    for (const SinglePoint& point : s.single_points)
      names.push_back(s.elements[point.element].name);
    return names;
  };
  EXPECT_EQ(single_points(two("m", "m")), std::vector<std::string>{"domain:z/shock"});
  EXPECT_TRUE(single_points(two("m", "n")).empty());  // the other is spared
}

TEST(Structure, ReadsAskOtherwiseOnlyWhereTheyPass) {
  // What a path of reads needs is asked for as writes ask.
  const Structure s = structure_of(
      topology_of(
          "nines: 1\n"
          "components:\n"
          "  users: {kind: client}\n"
          "  a: {kind: node}\n"
          "  n-[1..3]: {kind: node, failures: {f: {mttf: 100h, mttr: 3h}}}\n"
          "groups:\n"
          "  g: {policy: quorum, members: n-*, election: none, write_quorum: 3, read_quorum: "
          "1}\n"
          "  w: {policy: active_active, members: a, needs: g}\n"
          "services: {s: {from: users, through: [w, g], workload: {reads: 1/s}}}\n"),
      0, {});
  EXPECT_EQ(s.single_points.size(), 3U);
}

TEST(Structure, SaysWhatItDoesNotLookAt) {
  const auto of = [](const std::string& text) { return structure_of(topology_of(text), 0, {}); };
  const auto with = [&](const std::string& group, const std::string& service) {
    return of("nines: 1\n"
              "components:\n"
              "  users: {kind: client}\n"
              "  a-[1..3]: {kind: node, capacity: 100/s, failures: {m: {mttf: 100h, mttr: 9h}}}\n"
              "groups: {g: {members: a-*, " +
              group + "}}\nservices: {v: {from: users, through: g" + service + "}}\n")
        .not_seen;
  };
  EXPECT_TRUE(with("policy: active_active", "").empty());
  EXPECT_EQ(
      with("policy: active_active", ", workload: {reads: 250/s}, serves_at_least: 90 %").size(),
      1U);
  EXPECT_EQ(with("policy: active_standby, quorum: true, detection: {heartbeat: {interval: 1s}}", "")
                .size(),
            1U);
}

TEST(Structure, KnowsWhatIsNeverRepairedAndWhatTakesNoTime) {
  const auto of = [](const char* a) {
    return read(std::string("nines: 1\ncomponents:\n  users: {kind: client}\n"
                            "  a: {kind: node, failures: {m: {mttf: 100h, ") +
                a +
                "}}}\n"
                "  b: {kind: node, failures: {m: {mttf: 100h, mttr: 10h}}}\n"
                "groups: {g: {policy: active_active, members: [a, b]}}\n"
                "services: {v: {from: users, through: g}}\n")
        .structure;
  };
  EXPECT_NEAR(of("time_to_repair: never").unavailability_low, 1.0 / 11.0, 1e-15);
  const Structure none = of("time_to_repair: 0s");
  EXPECT_EQ(none.unavailability_low, 0.0);
  EXPECT_TRUE(none.cuts.sets.empty());
}

TEST(Diagram, AGridOfElevenByEleven) {
  std::vector<std::string> nodes;
  std::vector<std::pair<std::string, std::string>> links;
  const auto at = [](int x, int y) { return "n" + std::to_string(x) + "x" + std::to_string(y); };
  for (int x = 0; x < 11; ++x) {
    for (int y = 0; y < 11; ++y) {
      nodes.push_back(at(x, y));
      if (x > 0) links.emplace_back(at(x - 1, y), at(x, y));
      if (y > 0) links.emplace_back(at(x, y - 1), at(x, y));
    }
  }
  ASSERT_EQ(links.size(), 220U);
  StructureQuestion question;
  question.order = 2;
  const Read r = read(
      network(
          nodes, links, [](std::size_t) { return "mttf: 9999h, mttr: 1h"; }, at(0, 0), at(10, 10)),
      question);
  EXPECT_TRUE(r.structure.exact());
  EXPECT_EQ(r.structure.cuts.sets.size(), 2U);
  // Cuts of two: 2; of three: at each corner both of {x, y} and the next diagonal: 4 with one link
  // of the corner and two beyond. 1e-4 each: 2e-8 + 4e-12 + ...
  EXPECT_NEAR(r.structure.unavailability_low, 2e-8 + 4e-12, 1e-14);
}

TEST(Diagram, CutOffItGivesBoundsThatHoldTheTruth) {
  StructureQuestion question;
  const double exact = read(c04("mttf: 9h, mttr: 1h")).structure.unavailability_low;
  question.most_nodes = 150;
  const Read cut = read(c04("mttf: 9h, mttr: 1h"), question);
  EXPECT_FALSE(cut.structure.exact());
  EXPECT_LE(cut.structure.unavailability_low, exact);
  EXPECT_GE(cut.structure.unavailability_high, exact);
  EXPECT_LT(cut.structure.unavailability_high - cut.structure.unavailability_low, 0.3);
  EXPECT_TRUE(cut.structure.importance.empty());
}

TEST(Importance, OfMarginalNinesIsWhatTheChangedTopologyHas) {
  // Doubling a member of a chain, or halving its repair, against the topology in which that is so.
  const auto chain = [](const std::string& lb, const std::string& repair) {
    return "nines: 1\n"
           "components:\n"
           "  users: {kind: client}\n"
           "  lb-[1.." +
           lb +
           "]: {kind: load_balancer, failures: {f: {mttf: 1000h, mttr: 4h}}}\n"
           "  app-[1..2]: {kind: node, failures: {f: {mttf: 500h, mttr: " +
           repair +
           "}}}\n"
           "groups:\n"
           "  edge: {policy: active_active, members: lb-*}\n"
           "  apps: {policy: active_active, members: app-*}\n"
           "services: {s: {from: users, through: [edge, apps]}}\n";
  };
  const auto nines = [](const std::string& text) {
    return -std::log10(read(text).structure.unavailability_low);
  };
  const Read r = read(chain("1", "10h"));
  const double before = nines(chain("1", "10h"));
  EXPECT_NEAR(r.importance("lb-1").nines_gained_if_doubled, nines(chain("2", "10h")) - before,
              1e-10);
  std::string faster = chain("1", "10h");
  faster.replace(faster.find("mttr: 4h"), 8, "mttr: 2h");
  EXPECT_NEAR(r.importance("lb-1").nines_gained_if_repaired_twice_as_fast, nines(faster) - before,
              1e-10);
}

}  // namespace
}  // namespace nines::test
