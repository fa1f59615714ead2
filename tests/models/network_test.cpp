// Reachability and service against enumeration of their definition.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>

#include "engine/run/simulate.hpp"
#include "tests/frozen.hpp"
#include "tests/models/generated_graphs.hpp"
#include "tests/support.hpp"

namespace nines::test {
namespace {

// ---- Ten graphs drawn by hand ----------------------------------------------------------------

struct Drawn {
  const char* file;
  /// Summed over all states by a program of its own that walks paths in the YAML: no code of ours.
  double availability;
};

class DrawnGraph : public testing::TestWithParam<Drawn> {};

std::string text_of(const std::string& file) {
  std::ifstream in(NINES_TESTS_DIRECTORY "/models/graphs/" + file + ".yaml");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_P(DrawnGraph, HasItsExactAvailability) {
  const auto system = compile(topology_of(text_of(GetParam().file)));
  EXPECT_NEAR(enumerated_availability(*system), GetParam().availability, 1e-12);
  Experiment steady;
  steady.steady_state = true;
  steady.runs = 1500;
  const Answer answer = ask(text_of(GetParam().file), steady);
  expect_agrees(answer.service().availability, GetParam().availability, GetParam().file, true);
}

INSTANTIATE_TEST_SUITE_P(Graphs, DrawnGraph,
                         testing::Values(Drawn{"all-of-cache-and-database", 0.8323015599},
                                         Drawn{"any-of-two-stores", 0.7376932521},
                                         Drawn{"client-is-the-only-bridge", 0.473513931},
                                         Drawn{"dual-homed-databases", 0.9449932959},
                                         Drawn{"dual-homed-web", 0.8339031},
                                         Drawn{"in-line-balancer", 0.793559511},
                                         Drawn{"no-switch-at-all", 0.9649962036989845},
                                         Drawn{"servers-are-no-bridges", 0.5782609521},
                                         Drawn{"two-of-three-with-a-path", 0.713193822},
                                         Drawn{"two-sites", 0.9383688}),
                         [](const testing::TestParamInfo<Drawn>& drawn) {
                           std::string name = drawn.param.file;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Needs, OfPowerBesideAPathAskForNoPathToThePower) {
  // A feed, a domain, or else a battery that must be reached.
  const auto system =
      compile(topology_of("nines: 1\ndomains: {feed: {failures: {f: {mttf: 90h, mttr: 10h}}}}\n"
                          "components:\n  users: {kind: client}\n  sw: {kind: switch}\n"
                          "  battery: {kind: node, failures: {f: {mttf: 90h, mttr: 10h}}}\n"
                          "  web: {kind: node, needs_any: [feed, battery]}\n"
                          "links:\n  u: {between: [users, sw]}\n  w: {between: [sw, web]}\n"
                          "  b: {between: [sw, battery], failures: {f: {mttf: 90h, mttr: 10h}}}\n"
                          "groups: {g: {policy: active_active, members: web}}\n"
                          "services: {s: {from: users, through: g}}\n"));
  EXPECT_NEAR(enumerated_availability(*system), 1 - 0.1 * (1 - 0.81), 1e-12);
}

// ---- Roles -----------------------------------------------------------------------------------

const char* const kTwoSites =
    "nines: 1\n"
    "types: {p: {failures: {f: {mttf: 90h, mttr: 10h}}}}\n"
    "components:\n"
    "  users: {kind: client}\n"
    "  sw-[1..2]: {kind: switch, type: p}\n"
    "  web-[1..2]: {kind: node, type: p}\n"
    "  db-[1..2]: {kind: node, type: p}\n"
    "links:\n"
    "  up-1: {between: [users, sw-1]}\n"
    "  up-2: {between: [users, sw-2]}\n"
    "  trunk: {type: p, between: [sw-1, sw-2]}\n"
    "  w-1: {between: [sw-1, web-1]}\n"
    "  w-2: {between: [sw-2, web-2]}\n"
    "  d-1: {between: [sw-1, db-1]}\n"
    "  d-2: {between: [sw-2, db-2]}\n"
    "groups:\n"
    "  web: {policy: active_active, members: web-*}\n"
    "  db: {policy: active_standby, members: db-*}\n"
    "services: {s: {from: users, through: [web, db]}}\n";

TEST(Roles, FollowAtOnceToWhoCanServe) {
  // With perfect detection a hot pair serves whenever either of it could, cut off or not: as often
  // as the two databases side by side in the graph `two-sites`.
  Experiment steady;
  steady.steady_state = true;
  steady.runs = 2000;
  const Answer a = ask(kTwoSites, steady);
  expect_agrees(a.service().availability, 0.9383688, "hot pair over two sites", true);
}

TEST(Roles, MoveFromWhoIsCutOffToWhoIsNot) {
  const auto system = compile(topology_of(kTwoSites));
  const Model& model = *system->model;
  Simulator simulator(model, {1});
  simulator.begin(0);
  const CompiledGroup& db = system->groups[1];
  const auto active = [&](std::size_t m) {
    return simulator.now().cells[index(db.members[m].active)] != 0;
  };
  const auto fail = [&](const std::string& name) {
    for (std::uint32_t m = 0; m < model.modes.size(); ++m) {
      if (model.modes[m].name == name + "/f") simulator.inject(ModeId(m));
    }
    simulator.advance(simulator.now().now_s + 1e-3);  // what follows at once
  };
  EXPECT_TRUE(active(0));
  fail("sw-1");  // db-1 is up, and nobody reaches it
  EXPECT_FALSE(active(0));
  EXPECT_TRUE(active(1));
  EXPECT_NE(simulator.now().signal[index(system->services[0].available)], 0);
  fail("db-2");  // nobody can serve: whoever is up keeps or takes the role
  EXPECT_TRUE(active(0));
  EXPECT_FALSE(active(1));
  EXPECT_EQ(simulator.now().signal[index(system->services[0].available)], 0);
}

// ---- Generated graphs ------------------------------------------------------------------------

/// The definition, word by word: paths are walked, and what has lost its reason to serve is taken
/// out, one at a time, until nothing more is.
class Definition {
 public:
  Definition(const Generated& g, std::set<std::string> down) : g_(g), down_(std::move(down)) {
    for (const auto& [name, part] : g.parts) reached_[name] = walk(name);
  }

  bool stands() {
    std::map<std::string, std::set<std::string>> alive;
    for (const auto& step : g_.chain) {
      for (const std::string& name : step.groups) {
        for (const std::string& leaf : leaves(name)) {
          if (usable(leaf) && has_needs_of_groups(name, leaf)) alive[name].insert(leaf);
        }
      }
    }
    while (take_one_out(alive)) {
    }
    for (const std::string& need : g_.service_needs) {
      if (!usable(need) || reached_.at("users").count(need) == 0) return false;
    }
    return std::all_of(g_.chain.begin(), g_.chain.end(), [&](const Generated::Step& step) {
      const auto ok = [&](const std::string& name) { return group_stands(name, alive[name]); };
      return step.word == "any" ? std::any_of(step.groups.begin(), step.groups.end(), ok)
                                : std::all_of(step.groups.begin(), step.groups.end(), ok);
    });
  }

 private:
  bool domain_up(const std::string& name) const {
    const Generated::Part& domain = g_.domains.at(name);
    return down_.count(name) == 0 && powered(domain);
  }
  bool powered(const Generated::Part& part) const {
    return std::all_of(part.domains.begin(), part.domains.end(),
                       [&](const std::string& d) { return domain_up(d); }) &&
           (part.needs_any.empty() ||
            std::any_of(part.needs_any.begin(), part.needs_any.end(),
                        [&](const std::string& d) { return domain_up(d); }));
  }
  bool works(const Generated::Part& part) const {
    return down_.count(part.name) == 0 && powered(part);
  }
  bool usable(const std::string& name) const {
    const Generated::Part& part = g_.parts.at(name);
    return works(part) &&
           std::all_of(part.needs.begin(), part.needs.end(), [&](const std::string& need) {
             return usable(need) && reached_.at(name).count(need) != 0;
           });
  }
  /// What the groups around a leaf need of it.
  bool has_needs_of_groups(const std::string& name, const std::string& leaf) const {
    if (g_.groups.count(name) == 0) return true;
    const Generated::Group& group = g_.groups.at(name);
    for (const std::string& need : group.needs) {
      if (!usable(need) || reached_.at(leaf).count(need) == 0) return false;
    }
    for (const std::string& member : group.members) {
      const auto in = leaves(member);
      if (std::find(in.begin(), in.end(), leaf) != in.end() && !has_needs_of_groups(member, leaf)) {
        return false;
      }
    }
    return true;
  }
  std::set<std::string> walk(const std::string& from) const {
    std::set<std::string> seen{from};
    std::vector<std::string> open{from};
    while (!open.empty()) {
      const std::string at = open.back();
      open.pop_back();
      const Generated::Part& part = g_.parts.at(at);
      // A forwarder's own needs for others do not keep it from forwarding.
      if (at != from && (!part.forwards || !works(part))) continue;
      for (const auto& link : g_.links) {
        if (!works(link.part) || (link.a != at && link.b != at)) continue;
        const std::string& other = link.a == at ? link.b : link.a;
        if (seen.insert(other).second) open.push_back(other);
      }
    }
    return seen;
  }

  std::vector<std::string> leaves(const std::string& name) const {
    if (g_.groups.count(name) == 0) return {name};
    std::vector<std::string> all;
    for (const std::string& member : g_.groups.at(name).members) {
      for (const std::string& leaf : leaves(member)) all.push_back(leaf);
    }
    return all;
  }
  bool group_stands(const std::string& name, const std::set<std::string>& alive) const {
    if (g_.groups.count(name) == 0) return alive.count(name) != 0;
    int standing = 0;
    for (const std::string& member : g_.groups.at(name).members) {
      standing += group_stands(member, alive) ? 1 : 0;
    }
    return standing >= g_.groups.at(name).need;
  }

  /// Whether a leaf of one group has someone of the step before or after to work with.
  bool linked(const std::string& leaf, const Generated::Step& step,
              const std::map<std::string, std::set<std::string>>& alive) const {
    const auto ok = [&](const std::string& name) {
      const auto at = alive.find(name);
      return at != alive.end() &&
             std::any_of(at->second.begin(), at->second.end(), [&](const std::string& other) {
               return reached_.at(leaf).count(other) != 0;
             });
    };
    return step.word == "all" ? std::all_of(step.groups.begin(), step.groups.end(), ok)
                              : std::any_of(step.groups.begin(), step.groups.end(), ok);
  }

  bool take_one_out(std::map<std::string, std::set<std::string>>& alive) const {
    for (std::size_t i = 0; i < g_.chain.size(); ++i) {
      for (const std::string& name : g_.chain[i].groups) {
        for (const std::string& leaf : alive[name]) {
          const bool from =
              i == 0 ? reached_.at("users").count(leaf) != 0 : linked(leaf, g_.chain[i - 1], alive);
          const bool to = i + 1 == g_.chain.size() || linked(leaf, g_.chain[i + 1], alive);
          if (from && to && counts(name, leaf, alive[name])) continue;
          alive[name].erase(leaf);
          return true;
        }
      }
    }
    return false;
  }
  /// Every group around the leaf stands.
  bool counts(const std::string& name, const std::string& leaf,
              const std::set<std::string>& alive) const {
    if (g_.groups.count(name) == 0) return true;
    if (!group_stands(name, alive)) return false;
    for (const std::string& member : g_.groups.at(name).members) {
      const auto in = leaves(member);
      if (std::find(in.begin(), in.end(), leaf) != in.end() && !counts(member, leaf, alive)) {
        return false;
      }
    }
    return true;
  }

  const Generated& g_;
  std::set<std::string> down_;
  std::map<std::string, std::set<std::string>> reached_;
};

TEST(GeneratedGraphs, StandAsTheDefinitionSays) {
  constexpr std::uint64_t kFirstSeed = 1;
  constexpr int kGraphs = 1000;
  int graphs = 0;
  std::uint64_t states = 0;
  std::uint64_t up_states = 0;
  std::uint64_t seed = kFirstSeed;
  for (; graphs < kGraphs; ++seed) {
    const Generated g = generate(seed);
    const std::string text = yaml_of(g);
    const Loaded loaded = load_topology("generated.yaml", text, "");
    if (!loaded.topology) continue;  // a domain without members, a group that cannot be: refused
    ++graphs;
    const auto system = compile(*loaded.topology);
    std::vector<std::pair<std::string, ComponentId>> parts;
    for (const CompiledComponent& component : system->components) {
      if (component.modes.empty()) continue;
      const std::string name =
          component.name.starts_with("domain:") ? component.name.substr(7) : component.name;
      parts.emplace_back(name, component.id);
    }
    Frozen frozen(*system->model);
    for (std::uint32_t state = 0; state < (1U << parts.size()); ++state) {
      std::set<std::string> down;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool is_down = ((state >> i) & 1U) != 0;
        frozen.set_down(parts[i].second, is_down);
        if (is_down) down.insert(parts[i].first);
      }
      const bool ours = frozen.value(system->services.back().available);
      const bool meant = Definition(g, down).stands();
      ++states;
      up_states += meant ? 1 : 0;
      ASSERT_EQ(ours, meant) << "seed " << seed
                             << ", down: " << fmt::format("{}", fmt::join(down, " ")) << "\n"
                             << text;
    }
  }
  fmt::print("{} graphs of seeds {} to {}, {} states, {} of them up\n", graphs, kFirstSeed,
             seed - 1, states, up_states);
  EXPECT_GT(up_states, states / 20);
}

}  // namespace
}  // namespace nines::test
