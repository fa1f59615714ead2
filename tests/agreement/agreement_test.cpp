// Three answers that share as little as they can: simulation, the Markov chain of the same model,
// and structure, straight from the topology.
#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/solve/combine.hpp"
#include "engine/solve/explore.hpp"
#include "studies/exact.hpp"
#include "tests/models/generated_failover.hpp"
#include "tests/models/generated_graphs.hpp"
#include "tests/support.hpp"
#include "topologies/structure/structure.hpp"
#include "topologies/symmetry.hpp"

namespace nines::test {
namespace {

constexpr double kConfidence = 0.999;

/// Whether intervals hold exact values as often as they promise, and how far estimates are off on
/// average, in standard errors.
class Score {
 public:
  void hold(const Estimate& e, double exact, const std::string& what) {
    if (!(e.high > e.low)) {
      EXPECT_NEAR(e.value, exact, 1e-9 * std::abs(exact) + 1e-300) << what;
      return;
    }
    ++held_;
    if (exact < e.low || exact > e.high) {
      missed_.push_back(
          fmt::format("{}: {:.6g} … {:.6g}, exact {:.6g}", what, e.low, e.high, exact));
    }
    constexpr double kQuantile = 3.2905;  // of the normal law at 99.9 %
    sum_ += (e.value - exact) / ((e.high - e.low) / (2.0 * kQuantile));
  }
  /// One in a thousand is missed; so many more that it would happen once in 10,000 times.
  void judge(const std::string& of) const {
    const double expected = (1.0 - kConfidence) * held_;
    const double most = expected + 4.0 * std::sqrt(expected) + 2.0;
    const double mean = sum_ / std::max(held_, 1);
    fmt::print("{}: {} intervals of 99.9 %, {} missed ({:.1f} expected), mean error {:+.3f}\n", of,
               held_, missed_.size(), expected, mean);
    EXPECT_LE(static_cast<double>(missed_.size()), most)
        << fmt::format("{}", fmt::join(missed_, "\n"));
    EXPECT_LT(std::abs(mean), 5.0 / std::sqrt(std::max(held_, 1))) << of;
  }
  int held() const { return held_; }

 private:
  int held_ = 0;
  double sum_ = 0.0;
  std::vector<std::string> missed_;
};

void hold_all(Score& score, const System& system, const Exact& exact, const Experiment& experiment,
              const std::string& of) {
  const Outcome outcome = run_experiment(system, experiment);
  const Estimates estimates = estimate(system, experiment, outcome);
  for (std::size_t s = 0; s < exact.services.size(); ++s) {
    const ExactService& theirs = exact.services[s];
    const ServiceEstimates& ours = estimates.services[s];
    const std::string name = of + " " + theirs.name;
    if (ours.none_seen) continue;  // a bound, not an interval
    score.hold(ours.unavailability, theirs.unavailability, name + " unavailability");
    score.hold(ours.outages_per_year, theirs.outages_per_s * kYear_s, name + " outages");
    if (theirs.load && ours.failed_requests_per_year && ours.failed_requests_per_year->value > 0) {
      score.hold(*ours.failed_requests_per_year, theirs.load->failed_per_s * kYear_s,
                 name + " failed requests");
    }
    if (theirs.lost_sessions_per_s && ours.lost_sessions_per_year->value > 0) {
      score.hold(*ours.lost_sessions_per_year, *theirs.lost_sessions_per_s * kYear_s,
                 name + " lost sessions");
    }
  }
  for (const ExactGroup& theirs : exact.groups) {
    for (const GroupEstimates& ours : estimates.groups) {
      if (ours.name != theirs.name || !ours.takes_over) continue;
      if (ours.failovers_per_year.value > 0) {
        score.hold(ours.failovers_per_year, theirs.begun_per_s * kYear_s,
                   of + " failovers of " + theirs.name);
      }
      if (ours.split_brain_per_year_s.value > 0) {
        score.hold(ours.split_brain_per_year_s, theirs.split * kYear_s,
                   of + " split brain of " + theirs.name);
      }
      if (theirs.lost_writes_per_s && ours.losses->lost_writes_per_year.value > 0) {
        score.hold(ours.losses->lost_writes_per_year, *theirs.lost_writes_per_s * kYear_s,
                   of + " lost writes of " + theirs.name);
      }
    }
  }
}

TEST(Agreement, OfSimulationAndChainOnGeneratedTopologies) {
  constexpr int kTopologies = 500;
  Score score;
  int solved = 0;
  int too_large = 0;
  std::uint64_t seed = 1;
  for (; solved < kTopologies; ++seed) {
    const std::string text = FailoverTopology(seed, 3, 2).text(true);
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const auto system = compile(topology_of(text), Laws::memoryless);
    ExactQuestion question;
    question.most_states = 12'000;
    question.most_states_of_whole = 12'000;
    std::optional<Exact> exact;
    try {
      exact = solve(*system, question);
    } catch (const TooManyStates&) {
      ++too_large;
      continue;
    }
    ++solved;
    Experiment experiment;
    experiment.seed = seed;
    experiment.runs = 64;
    experiment.horizon_s = 8'000 * kHour_s;  // failures come every 100 h: the start is forgotten
    experiment.confidence = kConfidence;
    hold_all(score, *system, *exact, experiment, fmt::format("seed {}", seed));
  }
  score.judge(
      fmt::format("{} topologies of seeds 1 to {}, {} too large", solved, seed - 1, too_large));
  EXPECT_GT(score.held(), 3 * kTopologies);
}

TEST(Agreement, OfSimulationAndChainOnTheLibrary) {
  Score score;
  int solved = 0;
  std::vector<std::string> not_solved;
  for (const std::string& name : library_names()) {
    const Loaded loaded = load_topology_file(library_path(name));
    ASSERT_TRUE(loaded.topology);
    if (!loaded.topology->faults.empty()) {
      not_solved.push_back(name + " (scripted)");
      continue;
    }
    const auto system = compile(*loaded.topology, Laws::memoryless);
    ExactQuestion question;
    // One more has 942,432 lumped states; what has more than that takes too long to find out.
    question.most_states = name == "kubernetes-one-control-node" ? 1'000'000 : 300'000;
    question.interchangeable = interchangeable(*loaded.topology, *system);
    try {
      const Exact exact = solve(*system, question);
      ++solved;
      Experiment experiment;
      experiment.runs = 640;
      experiment.horizon_s = 50 * kYear_s;
      experiment.confidence = kConfidence;
      hold_all(score, *system, exact, experiment, name);
    } catch (const TooManyStates&) {
      not_solved.push_back(name + " (too many states)");
    } catch (const TooManyCombinations&) {
      not_solved.push_back(name + " (too many combinations)");
    } catch (const NotMarkovian& refused) {
      // Of what is memoryless only a finite bandwidth is refused.
      EXPECT_NE(std::string(refused.what()).find("hangs on a level"), std::string::npos);
      not_solved.push_back(fmt::format("{} ({})", name, refused.what()));
    }
  }
  score.judge(fmt::format("{} topologies of the library; not solved: {}", solved,
                          fmt::join(not_solved, ", ")));
  EXPECT_GE(solved, 33);
}

TEST(Agreement, OfStructureAndChainOnGeneratedGraphs) {
  constexpr int kGraphs = 500;
  int compared = 0;
  std::uint64_t seed = 1;
  double down = 0.0;
  for (; compared < kGraphs; ++seed) {
    const std::string text = yaml_of(generate(seed));
    const Loaded loaded = load_topology("generated.yaml", text, "");
    if (!loaded.topology) continue;
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const auto system = compile(*loaded.topology);
    const Exact exact = solve(*system, {});
    const Structure structure = structure_of(*loaded.topology, 0, {});
    ASSERT_TRUE(structure.no_probability.empty()) << structure.no_probability.front();
    ASSERT_TRUE(structure.exact());
    const double u = exact.services[0].unavailability;
    ASSERT_NEAR(structure.unavailability_low, u, 1e-10 * u);
    const double outages = exact.services[0].outages_per_s;
    ASSERT_NEAR(*structure.outages_per_s, outages, 1e-10 * outages);
    down += u;
    ++compared;
  }
  fmt::print("{} graphs of seeds 1 to {}, unavailable {:.2g} on average\n", compared, seed - 1,
             down / compared);
}

TEST(Agreement, OfStructureAndChainOnWhatGroupsNeed) {
  const std::string network =
      "nines: 1\n"
      "domains: {power: {failures: {cut: {mttf: 1000h, mttr: 10h}}}}\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  sw: {kind: switch}\n"
      "  dns: {kind: node, domain: power, failures: {m: {mttf: 300h, mttr: 2h}}}\n"
      "  lb-[1..2]: {kind: load_balancer, failures: {m: {mttf: 200h, mttr: 1h}}}\n"
      "  a-[1..2]: {kind: node, failures: {m: {mttf: 100h, mttr: 1h}}}\n"
      "links:\n"
      "  x: {between: [users, sw]}\n"
      "  y: {between: [sw, a-*]}\n"
      "  z: {between: [sw, lb-*]}\n"
      "  d: {between: [sw, dns], failures: {cut: {mttf: 700h, mttr: 4h}}}\n"
      "  isp: {between: [users, sw], failures: {cut: {mttf: 1000h, mttr: 10h}}}\n"
      "groups:\n"
      "  names: {policy: active_active, members: dns}\n"
      "  edge: {policy: active_active, members: lb-*NEEDS}\n"
      "  inner: {policy: active_active, members: a-*NEEDS}\n"
      "  g: {policy: active_active, members: inner}\n"
      "services: {v: {from: users, through: [edge, g]}, w: {from: users, through: names}}\n";
  std::string unlinked =
      network.substr(0, network.find("links:")) + network.substr(network.find("groups:"));
  unlinked.erase(unlinked.find("  sw:"), std::string("  sw: {kind: switch}\n").size());
  for (const std::string& base : {network, unlinked}) {
    for (const char* needs : {"", ", needs: power", ", needs: isp", ", needs: dns",
                              ", needs: names", ", needs: [dns, power]"}) {
      std::string text = base;
      for (std::size_t at; (at = text.find("NEEDS")) != std::string::npos;) {
        text.replace(at, 5, needs);
      }
      if (text.find("isp") != std::string::npos && base == unlinked) continue;
      SCOPED_TRACE(text);
      const Topology topology = topology_of(text);
      const double u = solve(*compile(topology), {}).services[0].unavailability;
      const Structure structure = structure_of(topology, 0, {});
      ASSERT_TRUE(structure.exact());
      EXPECT_NEAR(structure.unavailability_low, u, 1e-10 * u);
    }
  }
}

TEST(Agreement, OfStructureAndChainOnTheLibrary) {
  std::vector<std::string> compared;
  for (const std::string& name : library_names()) {
    const Loaded loaded = load_topology_file(library_path(name));
    const auto system = compile(*loaded.topology, Laws::memoryless);
    std::size_t whole = 0;
    for (std::size_t s = 0; s < loaded.topology->services.size(); ++s, ++whole) {
      while (system->services[whole].part_of) ++whole;
      const Structure structure = structure_of(*loaded.topology, s, {.order = 1});
      if (!structure.no_probability.empty()) continue;
      ExactQuestion question;
      question.most_states = 300'000;
      std::optional<Exact> exact;
      try {
        exact = solve(*system, question);
      } catch (const std::runtime_error&) {
        continue;
      }
      const double u = exact->services[whole].unavailability;
      EXPECT_NEAR(structure.unavailability_low, u, 1e-10 * u) << name;
      compared.push_back(name);
    }
  }
  fmt::print("compared: {}\n", fmt::join(compared, ", "));
  EXPECT_GE(compared.size(), 3U);
}

TEST(Agreement, OfModulesAndTheWhole) {
  int compared = 0;
  for (const char* name : {"web-shop", "capacity-n-plus-1", "three-of-everything", "spof-moved",
                           "raid-1", "raid-5", "dns-two-sites", "two-and-two"}) {
    const Loaded loaded = load_topology_file(library_path(name));
    const auto system = compile(*loaded.topology, Laws::memoryless);
    ExactQuestion apart;
    apart.most_states = 30'000;
    apart.most_states_of_whole = 1;
    apart.at_s = {10 * kHour_s};
    ExactQuestion whole = apart;
    whole.most_states_of_whole = 30'000;
    {
      const Exact a = solve(*system, apart);
      const Exact b = solve(*system, whole);
      EXPECT_FALSE(a.whole);
      EXPECT_TRUE(b.whole);
      ++compared;
      for (std::size_t s = 0; s < a.services.size(); ++s) {
        const ExactService& x = a.services[s];
        const ExactService& y = b.services[s];
        EXPECT_NEAR(x.unavailability, y.unavailability, 1e-9 * y.unavailability) << name;
        EXPECT_NEAR(x.outages_per_s, y.outages_per_s, 1e-9 * y.outages_per_s) << name;
        EXPECT_NEAR(x.unavailable_at[0], y.unavailable_at[0], 1e-7 * y.unavailable_at[0] + 1e-12)
            << name;
        if (y.load) {
          EXPECT_NEAR(x.load->failed_per_s, y.load->failed_per_s, 1e-9 * y.load->failed_per_s);
          EXPECT_NEAR(x.load->degraded, y.load->degraded, 1e-9 * y.load->degraded);
          if (y.load->response_s) {
            EXPECT_NEAR(*x.load->response_s, *y.load->response_s, 1e-9 * *y.load->response_s);
          }
        }
      }
      for (std::size_t g = 0; g < a.groups.size(); ++g) {
        EXPECT_NEAR(a.groups[g].begun_per_s, b.groups[g].begun_per_s,
                    1e-9 * b.groups[g].begun_per_s);
        EXPECT_NEAR(a.groups[g].split, b.groups[g].split, 1e-9 * b.groups[g].split);
      }
    }
  }
  EXPECT_GE(compared, 8);
}

/// Everything but blame by name.
void expect_same(const Exact& lumped, const Exact& apart) {
  const auto near = [](double a, double b, const char* what) {
    EXPECT_NEAR(a, b, 1e-9 * std::abs(b)) << what;
  };
  for (std::size_t s = 0; s < apart.services.size(); ++s) {
    const ExactService& a = lumped.services[s];
    const ExactService& b = apart.services[s];
    near(a.unavailability, b.unavailability, "unavailability");
    near(a.outages_per_s, b.outages_per_s, "outages");
    if (b.first_outage_s && a.first_outage_s) near(*a.first_outage_s, *b.first_outage_s, "first");
    if (b.load) {
      near(a.load->failed_per_s, b.load->failed_per_s, "failed");
      near(a.load->degraded, b.load->degraded, "degraded");
    }
    if (b.lost_sessions_per_s) {
      near(*a.lost_sessions_per_s, *b.lost_sessions_per_s, "lost sessions");
    }
  }
  for (std::size_t g = 0; g < apart.groups.size(); ++g) {
    near(lumped.groups[g].begun_per_s, apart.groups[g].begun_per_s, "failovers");
    near(lumped.groups[g].failed_per_s, apart.groups[g].failed_per_s, "failed failovers");
  }
}

/// How many states are left, after a test that nothing else has changed.
std::pair<std::size_t, std::size_t> lump(const std::string& text) {
  const Topology topology = topology_of(text);
  const auto system = compile(topology, Laws::memoryless);
  ExactQuestion question;
  question.most_states = 30'000;
  question.most_states_of_whole = 30'000;
  const Exact apart = solve(*system, question);
  question.interchangeable = interchangeable(topology, *system);
  const Exact lumped = solve(*system, question);
  if (question.interchangeable.empty()) return {apart.states, apart.states};
  EXPECT_TRUE(lumped.lumped) << "what looked interchangeable was not";
  expect_same(lumped, apart);
  return {lumped.states, apart.states};
}

std::string six_nodes(const std::string& crew, const std::string& group) {
  const auto repair = [&](const char* priority) -> std::string {
    if (crew.empty()) return "";
    const bool ranked = crew == "priority" || crew == "preemptive";
    return std::string(", repair: {crew: ops") + (ranked ? ", priority: " : "") +
           (ranked ? priority : "") + "}";
  };
  return "nines: 1\n" +
         (crew.empty() ? "" : "crews: {ops: {size: 1, discipline: " + crew + "}}\n") +
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..5]: {kind: node, failures: {f: {mttf: 100h, mttr: 4h" +
         repair("2") +
         "}}}\n"
         "  m: {kind: node, failures: {f: {mttf: 200h, mttr: 9h" +
         repair("1") +
         "}}}\n"
         "groups: {g: {policy: active_active, members: [n-*, m], need: 4" +
         group +
         "}}\n"
         "services: {s: {from: users, through: g, workload: {reads: 50/s, sessions: 100}}}\n";
}

TEST(Lumping, ChangesNothingWithCrewsOfEveryDiscipline) {
  for (const char* crew : {"fcfs", "random", "shared", "priority", "preemptive"}) {
    SCOPED_TRACE(crew);
    const auto [lumped, apart] = lump(six_nodes(crew, ", sessions: sticky"));
    EXPECT_LT(3 * lumped, apart) << crew;
  }
  // Five alike, each up or down, and one more: 2^6 and 6 * 2.
  const auto plain = lump(six_nodes("", ", sessions: sticky"));
  EXPECT_LT(plain.first, plain.second / 4);
}

TEST(Lumping, ChangesNothingWithViewsAndLinks) {
  const auto views = lump(six_nodes("", ", sessions: sticky, detection: {delay: {down: 1min}}"));
  EXPECT_LT(10 * views.first, views.second);
  const char* const network = R"(nines: 1
components:
  users: {kind: client}
  sw-[1..2]: {kind: switch, failures: {f: {mttf: 500h, mttr: 5h}}}
  n-[1..3]: {kind: node, failures: {f: {mttf: 100h, mttr: 4h}, g: {mttf: 300h, mttr: 1h}}}
links:
  u-1: {between: [users, sw-1]}
  u-2: {between: [users, sw-2]}
  a: {between: [sw-1, n-*], failures: {cut: {mttf: 900h, mttr: 3h}}}
  b: {between: [sw-2, n-*], failures: {cut: {mttf: 700h, mttr: 3h}}}
groups: {g: {policy: active_active, members: n-*, need: 2}}
services: {s: {from: users, through: g}}
)";
  const auto linked = lump(network);
  EXPECT_LT(3 * linked.first, linked.second);
}

TEST(Lumping, ChangesNothingWithHosts) {
  // Workers that are alike, though pods name them; pods that are alike, though they name workers.
  const auto hosted = [](int workers, int pods) {
    return fmt::format(
        "nines: 1\n"
        "components:\n"
        "  users: {{kind: client}}\n"
        "  w-[1..{}]: {{kind: node, failures: {{host: {{mttf: 30d, mttr: 2h, effect: silent}}}}}}\n"
        "  pod-[1..{}]:\n"
        "    kind: node\n"
        "    failures: {{crash: {{mttf: 5d, mttr: 10s}}}}\n"
        "    runs_on: {{hosts: w-*, start: 20s}}\n"
        "groups: {{app: {{policy: active_active, members: pod-*, need: 2}}}}\n"
        "services: {{s: {{from: users, through: app, workload: {{reads: 50/s}}}}}}\n",
        workers, pods);
  };
  for (const auto& [workers, pods] : {std::pair{2, 2}, {3, 2}, {2, 3}}) {
    SCOPED_TRACE(fmt::format("{} workers, {} pods", workers, pods));
    const auto [lumped, apart] = lump(hosted(workers, pods));
    EXPECT_LT(2 * lumped, apart);
    fmt::print("{} workers, {} pods: {} states of {}\n", workers, pods, lumped, apart);
  }
}

TEST(Lumping, AnswersMoreOfManyAlikeThatAreIndependent) {
  // 60 nodes of which 57 are needed: 2^60 states, or 61.
  const Topology topology = topology_of(
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..60]: {kind: node, failures: {f: {mttf: 1000h, mttr: 1h}}}\n"
      "groups: {g: {policy: active_active, members: n-*, need: 57}}\n"
      "services: {s: {from: users, through: g}}\n");
  const auto system = compile(topology);
  ExactQuestion question;
  question.interchangeable = interchangeable(topology, *system);
  question.apart_if_small = true;
  const Exact exact = solve(*system, question);
  EXPECT_TRUE(exact.whole);
  EXPECT_EQ(exact.states, 61U);
  // Up from a birth-death chain: the mean time to four down (Trivedi and Bobbio 2017, section 9.6).
  double first_h = 0.0;
  double onward_h = 0.0;  // from k down to k + 1 down
  for (int k = 0; k < 4; ++k) {
    const double fails = (60 - k) / 1000.0;
    onward_h = 1.0 / fails + k / fails * onward_h;
    first_h += onward_h;
  }
  EXPECT_NEAR(*exact.services[0].first_outage_s / kHour_s, first_h, 1e-10 * first_h);
}

TEST(Lumping, ChangesNothingInGeneratedTopologies) {
  int lumped = 0;
  std::uint64_t seed = 1;
  for (; lumped < 12 && seed < 2'000; ++seed) {
    const std::string text = FailoverTopology(seed, 3, 2).text(true);
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const Topology topology = topology_of(text);
    if (interchangeable(topology, *compile(topology, Laws::memoryless)).empty()) continue;
    try {
      const auto [fewer, all] = lump(text);
      EXPECT_LT(fewer, all);
      ++lumped;
    } catch (const TooManyStates&) {
    }
  }
  fmt::print("{} topologies of seeds 1 to {} lumped\n", lumped, seed - 1);
  EXPECT_EQ(lumped, 12);
}

TEST(Lumping, LeavesApartWhatGoesByOrder) {
  // Active-standby: the first of the list takes over.
  const std::string text =
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  n-[1..3]: {kind: node, failures: {f: {mttf: 100h, mttr: 4h}}}\n"
      "groups: {g: {policy: active_standby, members: n-*}}\n"
      "services: {s: {from: users, through: g}}\n";
  const Topology topology = topology_of(text);
  EXPECT_TRUE(interchangeable(topology, *compile(topology)).empty());
}

TEST(Lumping, OfWhatOnlyLooksAlikeIsFoundOut) {
  // Two nodes of different laws, said to be alike.
  const Topology topology = topology_of(
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  a: {kind: node, failures: {f: {mttf: 100h, mttr: 4h}}}\n"
      "  b: {kind: node, failures: {f: {mttf: 300h, mttr: 4h}}}\n"
      "groups: {g: {policy: active_active, members: [a, b]}}\n"
      "services: {s: {from: users, through: g}}\n");
  const auto system = compile(topology);
  ExactQuestion question;
  question.most_states_of_whole = 100;
  const Exact apart = solve(*system, question);
  Interchangeable wrong;
  wrong.rows = {{{ComponentId(0)}, {}, {}, {}}, {{ComponentId(1)}, {}, {}, {}}};
  for (const CompiledComponent& component : system->components) {
    if (component.name == "a") wrong.rows[0].components = {component.id};
    if (component.name == "b") wrong.rows[1].components = {component.id};
  }
  Modules modules(*system->model);
  modules.join_all();
  class Nobody final : public StateVisitor {
   public:
    void visit(StateId, const Reading&,
               const std::function<std::span<const double>(EvaluationId)>&) override {}
  } nobody;
  ExploreOptions options;
  options.interchangeable = {wrong};
  EXPECT_THROW(explore(*system->model, modules, modules.list().front(), options, nobody),
               NotInterchangeable);
  question.interchangeable = {wrong};  // and then all is told apart after all
  EXPECT_NEAR(solve(*system, question).services[0].unavailability, apart.services[0].unavailability,
              1e-15);
}

}  // namespace
}  // namespace nines::test
