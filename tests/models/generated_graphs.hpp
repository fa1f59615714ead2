// Generated topologies: graphs of parts that fail, without anything that takes time.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace nines::test {

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

inline std::string numbered(const char* what, std::size_t number) {
  return std::string(what) + "-" + std::to_string(number);
}

inline Generated generate(std::uint64_t seed) {
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

inline std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return "[" + list + "]";
}

inline std::string yaml_of(const Generated& g) {
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

}  // namespace nines::test
