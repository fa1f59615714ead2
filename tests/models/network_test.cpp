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

/// A graph of at most twelve parts that fail, with all that the definition knows: forwarders, end
/// points in line, domains in domains, needs, groups in groups, chains that branch.
struct Generated {
  struct Part {
    std::string name;
    bool forwards = false;
    bool fails = false;
    std::vector<std::string> domains;
    std::vector<std::string> needs;
    std::vector<std::string> needs_any;
  };
  struct Link {
    Part part;
    std::string a, b;
  };
  struct Group {
    std::string name;
    std::vector<std::string> members;  ///< parts or groups
    int need = 1;
    std::vector<std::string> needs;  ///< of each member
  };
  struct Step {
    std::string word;  ///< "", "all", "any"
    std::vector<std::string> groups;
  };
  std::map<std::string, Part> domains;
  std::map<std::string, Part> parts;  ///< "users" is the client
  std::vector<Link> links;
  std::map<std::string, Group> groups;
  std::vector<Step> chain;
  std::vector<std::string> service_needs;
  int copies = 1;  ///< of the service
};

std::string numbered(const char* what, std::size_t number) {
  return std::string(what) + "-" + std::to_string(number);
}

Generated generate(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const auto chance = [&](std::size_t percent) { return below(100) < percent; };
  int budget = 12;
  const auto fails = [&](std::size_t percent) {
    const bool yes = budget > 0 && chance(percent);
    budget -= yes ? 1 : 0;
    return yes;
  };
  Generated g;
  const std::size_t domains = below(3);
  for (std::size_t d = 0; d < domains; ++d) {
    Generated::Part domain{numbered("dom", d), false, fails(80), {}, {}, {}};
    if (d > 0 && chance(50)) domain.domains.push_back("dom-0");
    g.domains[domain.name] = domain;
  }
  const auto place = [&](Generated::Part& part) {
    for (const auto& [name, domain] : g.domains) {
      if (chance(25)) part.domains.push_back(name);
    }
    if (domains == 2 && chance(15)) part.needs_any = {"dom-0", "dom-1"};
  };
  g.parts["users"] = {"users", false, false, {}, {}, {}};
  const std::size_t forwarders = below(4);
  for (std::size_t i = 0; i < forwarders; ++i) {
    Generated::Part part{numbered("sw", i), true, fails(50), {}, {}, {}};
    place(part);
    g.parts[part.name] = part;
  }
  const std::size_t nodes = 2 + below(5);
  for (std::size_t i = 0; i < nodes; ++i) {
    Generated::Part part{numbered("n", i), chance(15), fails(60), {}, {}, {}};
    place(part);
    // Of those after it, so that there is no circle.
    if (i + 1 < nodes && chance(15)) {
      part.needs.push_back(numbered("n", i + 1 + below(nodes - i - 1)));
    }
    g.parts[part.name] = part;
  }
  std::vector<std::string> names;
  for (const auto& [name, part] : g.parts) names.push_back(name);
  const auto link = [&](const std::string& a, const std::string& b) {
    Generated::Part part{numbered("l", g.links.size()), false, fails(40), {}, {}, {}};
    if (chance(20)) place(part);
    g.links.push_back({part, a, b});
  };
  for (const std::string& a : names) {
    // Rather to a switch, where there is one.
    std::string b = a;
    while (b == a) {
      b = forwarders > 0 && chance(70) ? numbered("sw", below(forwarders))
                                       : names[below(names.size())];
    }
    link(a, b);
  }
  for (std::size_t extra = below(5); extra > 0; --extra) {
    const std::string& a = names[below(names.size())];
    const std::string& b = names[below(names.size())];
    if (a != b) link(a, b);
  }
  const std::size_t groups = 1 + below(std::min<std::size_t>(3, nodes));
  for (std::size_t k = 0; k < groups; ++k) {
    Generated::Group group{numbered("g", k), {}, 1, {}};
    for (std::size_t i = 0; i < nodes; ++i) {
      if (i % groups == k || chance(15)) group.members.push_back(numbered("n", i));
    }
    if (group.members.size() >= 3 && chance(25)) {
      // The last two become a group in the group.
      Generated::Group inner{
          group.name + "-in", {group.members.end() - 2, group.members.end()}, 1, {}};
      if (chance(50)) inner.need = 2;
      group.members.resize(group.members.size() - 2);
      group.members.push_back(inner.name);
      g.groups[inner.name] = inner;
    }
    group.need = 1 + static_cast<int>(below(group.members.size()));
    if (chance(50)) group.need = 1;
    if (chance(10)) group.needs.push_back(numbered("n", below(nodes)));
    g.groups[group.name] = group;
  }
  for (std::size_t k = 0; k < groups; ++k) {
    if (k + 1 < groups && chance(30)) {
      g.chain.push_back({chance(50) ? "all" : "any", {numbered("g", k), numbered("g", k + 1)}});
      ++k;
    } else {
      g.chain.push_back({"", {numbered("g", k)}});
    }
  }
  if (chance(15)) g.service_needs.push_back("n-0");
  if (chance(40)) g.copies = 9;
  return g;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return "[" + list + "]";
}

std::string yaml_of(const Generated& g) {
  const auto keys = [](const Generated::Part& part, const char* domain_key) {
    std::string out;
    if (part.fails) out += ", failures: {f: {mttf: 90h, mttr: 10h}}";
    if (!part.domains.empty()) out += fmt::format(", {}: {}", domain_key, list_of(part.domains));
    if (!part.needs.empty()) out += ", needs: " + list_of(part.needs);
    if (!part.needs_any.empty()) out += ", needs_any: " + list_of(part.needs_any);
    return out;
  };
  std::string out = "nines: 1\n";
  if (!g.domains.empty()) out += "domains:\n";
  for (const auto& [name, domain] : g.domains) {
    const std::string said = keys(domain, "in");
    out += fmt::format("  {}: {{{}}}\n", name, said.empty() ? "" : said.substr(2));
  }
  out += "components:\n  users: {kind: client}\n";
  for (const auto& [name, part] : g.parts) {
    if (name == "users") continue;
    const bool is_switch = name.starts_with("sw");
    out += fmt::format("  {}: {{kind: {}{}{}}}\n", name, is_switch ? "switch" : "node",
                       part.forwards && !is_switch ? ", forwards: true" : "", keys(part, "domain"));
  }
  out += "links:\n";
  for (const auto& link : g.links) {
    out += fmt::format("  {}: {{between: [{}, {}]{}}}\n", link.part.name, link.a, link.b,
                       keys(link.part, "domain"));
  }
  out += "groups:\n";
  for (const auto& [name, group] : g.groups) {
    out += fmt::format("  {}: {{policy: active_active, members: {}, need: {}{}}}\n", name,
                       list_of(group.members), group.need,
                       group.needs.empty() ? "" : ", needs: " + list_of(group.needs));
  }
  std::vector<std::string> through;
  for (const auto& step : g.chain) {
    through.push_back(step.word.empty()
                          ? step.groups[0]
                          : fmt::format("{{{}: {}}}", step.word, list_of(step.groups)));
  }
  // Many services share an evaluation of the network; a few have one each.
  out += "services:\n";
  for (int copy = 0; copy < g.copies; ++copy) {
    out += fmt::format("  s-{}: {{from: users, through: {}{}}}\n", copy, list_of(through),
                       g.service_needs.empty() ? "" : ", needs: " + list_of(g.service_needs));
  }
  return out;
}

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
