#include "topologies/structure/success.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

#include "engine/base/check.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

constexpr int kDeepest = 64;  // needs in needs

bool is_domain_only(const Topology& topology, const Clause& clause) {
  return std::all_of(clause.begin(), clause.end(), [&](Ref ref) {
    return !ref.group && topology.components[ref.index].is(Part::domain);
  });
}

}  // namespace

/// SEMANTICS: two components reach each other if a working link joins them directly, or both have a
/// working link into one connected set of working forwarders.
struct Success::Network {
  /// For each component the sets of forwarders that it is linked into; direct links besides.
  std::vector<std::vector<std::size_t>> sets;
  std::set<std::pair<std::size_t, std::size_t>> direct;

  void build(const Success& success, const Ups& up) {
    const Topology& topology = success.topology_;
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
    const std::size_t n = topology.components.size();
    Graph graph(n);
    std::vector<std::uint8_t> forwards(n, 0);
    for (std::size_t c = 0; c < n; ++c) {
      forwards[c] = success.forwards(c) && success.works(c, up) ? 1 : 0;
    }
    std::vector<std::pair<std::size_t, std::size_t>> links;
    for (std::size_t l = 0; l < n; ++l) {
      const std::vector<std::size_t>& ends = topology.components[l].between;
      if (ends.size() != 2 || !success.usable(l, up)) continue;
      links.emplace_back(ends[0], ends[1]);
      if (forwards[ends[0]] != 0 && forwards[ends[1]] != 0) {
        boost::add_edge(ends[0], ends[1], graph);
      }
    }
    std::vector<std::size_t> set_of(n);
    boost::connected_components(graph, set_of.data());
    sets.assign(n, {});
    direct.clear();
    for (std::size_t c = 0; c < n; ++c) {
      if (forwards[c] != 0) sets[c].push_back(set_of[c]);
    }
    for (const auto& [a, b] : links) {
      if (forwards[a] != 0) sets[b].push_back(set_of[a]);
      if (forwards[b] != 0) sets[a].push_back(set_of[b]);
      direct.insert(std::minmax(a, b));
    }
  }

  bool reach(std::size_t a, std::size_t b) const {
    if (a == b || direct.count(std::minmax(a, b)) > 0) return true;
    return std::any_of(sets[a].begin(), sets[a].end(), [&](std::size_t set) {
      return std::find(sets[b].begin(), sets[b].end(), set) != sets[b].end();
    });
  }
};

/// Who is usable, and who reaches whom; by component.
struct Success::Given {
  std::function<bool(std::size_t)> usable;
  std::function<bool(std::size_t, std::size_t)> reach;
};

Success::Success(const Topology& topology, std::size_t service)
    : topology_(topology),
      service_(topology.services[service]),
      networked_(topology.networked()),
      end_of_(topology.components.size(), -1),
      linked_(topology.components.size(), 0),
      network_(std::make_unique<Network>()) {
  for (const TopologyComponent& link : topology.components) {
    for (const std::size_t end : link.between) linked_[end] = 1;
  }
  add_end(service_.from);
  add_ends_of_clauses(service_.from, service_.needs);
  for (const TopologyPath& path : service_.paths) {
    for (const TopologyStep& step : path.steps) {
      for (const std::size_t g : step.groups) add_ends_of_group(g);
    }
  }
}

Success::~Success() = default;

void Success::add_end(std::size_t component) {
  if (end_of_[component] >= 0) return;
  end_of_[component] = static_cast<std::int32_t>(ends_.size());
  ends_.push_back(component);
  add_ends_of_clauses(component, topology_.components[component].needs);
}

void Success::add_ends_of_clauses(std::size_t who, const std::vector<Clause>& clauses) {
  for (const Clause& clause : clauses) {
    if (!is_by_path(who, clause)) continue;
    for (const Ref ref : clause) ref.group ? add_ends_of_group(ref.index) : add_end(ref.index);
  }
}

void Success::add_ends_of_group(std::size_t g) {
  const TopologyGroup& group = topology_.groups[g];
  for (const Ref ref : group.members) {
    ref.group ? add_ends_of_group(ref.index) : add_end(ref.index);
  }
  for (const Clause& clause : group.needs) {
    for (const Ref ref : clause) ref.group ? add_ends_of_group(ref.index) : add_end(ref.index);
  }
}

bool Success::forwards(std::size_t c) const {
  const TopologyComponent& component = topology_.components[c];
  return component.is(Part::forwarder) || component.settings->truth("forwards");
}

/// An end point in a network must reach what it names; power and links are there or not.
bool Success::must_reach(std::size_t who, Ref what) const {
  if (!networked_) return false;
  const TopologyComponent& of = topology_.components[who];
  if (!of.is(Part::end_point) && !of.is(Part::storage) && !of.is(Part::client)) return false;
  return knows_paths(what);
}

bool Success::knows_paths(Ref what) const {
  if (what.group) return true;
  const TopologyComponent& target = topology_.components[what.index];
  return target.in_graph();
}

/// What a group needs each of its members must reach, whatever it is.
bool Success::group_is_by_path(const Clause& clause) const {
  return networked_ &&
         std::any_of(clause.begin(), clause.end(), [&](Ref ref) { return knows_paths(ref); });
}

bool Success::is_by_path(std::size_t who, const Clause& clause) const {
  return std::any_of(clause.begin(), clause.end(), [&](Ref ref) { return must_reach(who, ref); });
}

/// Without how many copies beside the primary no write is ever acknowledged, where that is the same
/// for each primary: all are synchronous, and waited for without end.
std::size_t Success::must_acknowledge(const TopologyGroup& group) const {
  const Settings& by = group.settings.record("replication");
  const auto mode_of = [&](Ref member) {
    for (const TopologyComponent& stream : topology_.components) {
      if (stream.feeds == member.index && stream.settings->has("mode")) {
        return stream.settings->text("mode");
      }
    }
    return by.text("mode");
  };
  const bool strict = !by.has("degrade_after") &&
                      std::all_of(group.members.begin(), group.members.end(),
                                  [&](Ref member) { return mode_of(member) == "synchronous"; });
  if (!strict) return 0;
  const auto others = static_cast<double>(group.members.size() - 1);
  return static_cast<std::size_t>(by.number_or("acknowledged_by", others));
}

std::size_t Success::need_of(std::size_t g, bool reads) const {
  const TopologyGroup& group = topology_.groups[g];
  const std::string& policy = group.policy->record.name;
  if (policy == "active_standby") {
    return static_cast<std::size_t>(
        group.settings.number_or("need", group.settings.number("active")));
  }
  if (policy == "primary_replica") return reads ? 1 : 1 + must_acknowledge(group);
  if (policy == "raid") {
    const std::size_t disks = group.members.size();
    if (group.settings.has("parity")) {
      return disks - static_cast<std::size_t>(group.settings.number("parity"));
    }
    const int level = static_cast<int>(group.settings.number("level"));
    return level == 1 ? 1 : disks - (level == 5 ? 1 : 2);
  }
  if (policy == "quorum") {
    const int votes = all_votes(group.settings, group.members.size());
    const bool led = group.settings.chosen("election") != "none";
    const bool asks_otherwise = !led || group.settings.has("read_quorum");
    const char* const key = reads && asks_otherwise ? "read_quorum" : "write_quorum";
    return static_cast<std::size_t>(
        group.settings.number_or(key, static_cast<double>(votes / 2 + 1)));
  }
  return static_cast<std::size_t>(group.settings.number("need"));
}

std::vector<int> Success::votes_of(std::size_t g) const {
  const TopologyGroup& group = topology_.groups[g];
  return nines::votes_of(group.settings, group.members.size());
}

bool Success::works(std::size_t c, const Ups& up) const {
  const TopologyComponent& component = topology_.components[c];
  if (up[c] == 0) return false;
  for (const std::size_t domain : component.domains) {
    if (!works(domain, up)) return false;
  }
  for (const Clause& clause : component.needs) {
    if (!is_domain_only(topology_, clause)) continue;
    if (std::none_of(clause.begin(), clause.end(), [&](Ref ref) { return works(ref.index, up); })) {
      return false;
    }
  }
  return true;
}

bool Success::usable(std::size_t c, const Ups& up) const { return usable_within(c, up, 0); }

bool Success::usable_within(std::size_t c, const Ups& up, int depth) const {
  CHECK(depth < kDeepest, "needs that go round");
  const TopologyComponent& component = topology_.components[c];
  if (!works(c, up)) return false;
  if (!component.hosts.empty()) {
    // It moves to any that is left, or waits for its own.
    const Settings& runs_on = component.settings->record("runs_on");
    const std::size_t own = component.hosts[component.number_in_range % component.hosts.size()];
    const bool hosted =
        runs_on.truth("moves")
            ? std::any_of(component.hosts.begin(), component.hosts.end(),
                          [&](std::size_t h) { return usable_within(h, up, depth + 1); })
            : usable_within(own, up, depth + 1);
    if (!hosted) return false;
  }
  for (const Clause& clause : component.needs) {
    if (is_by_path(c, clause)) continue;
    if (std::none_of(clause.begin(), clause.end(), [&](Ref ref) {
          return ref.group ? group_usable(ref.index, up, depth + 1)
                           : usable_within(ref.index, up, depth + 1);
        })) {
      return false;
    }
  }
  return true;
}

/// Enough of its members are usable, paths aside.
bool Success::group_usable(std::size_t g, const Ups& up, int depth) const {
  const TopologyGroup& group = topology_.groups[g];
  std::size_t count = 0;
  const std::vector<int> votes = votes_of(g);
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    const Ref ref = group.members[m];
    const bool there = ref.group ? group_usable(ref.index, up, depth + 1)
                                 : usable_within(ref.index, up, depth + 1);
    count += there ? static_cast<std::size_t>(votes[m]) : 0;
  }
  if (count < need_of(g)) return false;
  return std::all_of(group.needs.begin(), group.needs.end(), [&](const Clause& clause) {
    return group_is_by_path(clause) || std::any_of(clause.begin(), clause.end(), [&](Ref ref) {
             return ref.group ? group_usable(ref.index, up, depth + 1)
                              : usable_within(ref.index, up, depth + 1);
           });
  });
}

bool Success::client_usable(const Ups& up) const {
  for (const Clause& clause : service_.needs) {
    if (is_by_path(service_.from, clause)) continue;
    if (std::none_of(clause.begin(), clause.end(), [&](Ref ref) {
          return ref.group ? group_usable(ref.index, up, 0) : usable(ref.index, up);
        })) {
      return false;
    }
  }
  return usable(service_.from, up);
}

void Success::add_clause_support(const Clause& clause, std::vector<std::uint8_t>& seen) const {
  for (const Ref ref : clause) {
    if (!ref.group) {
      add_support(ref.index, true, seen);
      continue;
    }
    const TopologyGroup& group = topology_.groups[ref.index];
    add_clause_support(group.members, seen);
    for (const Clause& inner : group.needs) add_clause_support(inner, seen);
  }
}

void Success::add_support(std::size_t c, bool needs, std::vector<std::uint8_t>& seen) const {
  if (seen[c] == 2 || (seen[c] == 1 && !needs)) return;
  seen[c] = needs ? 2 : 1;
  const TopologyComponent& component = topology_.components[c];
  for (const std::size_t domain : component.domains) add_support(domain, false, seen);
  for (const Clause& clause : component.needs) {
    if (is_domain_only(topology_, clause) || (needs && !is_by_path(c, clause))) {
      add_clause_support(clause, seen);
    }
  }
  for (const std::size_t host : component.hosts) {
    if (needs) add_support(host, true, seen);
  }
}

namespace {

std::vector<std::size_t> listed(const std::vector<std::uint8_t>& seen) {
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i] != 0) list.push_back(i);
  }
  return list;
}

}  // namespace

std::vector<std::size_t> Success::support_of_works(std::size_t c) const {
  std::vector<std::uint8_t> seen(topology_.components.size(), 0);
  add_support(c, false, seen);
  return listed(seen);
}

std::vector<std::size_t> Success::support_of_usable(std::size_t c) const {
  std::vector<std::uint8_t> seen(topology_.components.size(), 0);
  add_support(c, true, seen);
  return listed(seen);
}

std::vector<std::size_t> Success::support_of_client() const {
  std::vector<std::uint8_t> seen(topology_.components.size(), 0);
  add_support(service_.from, true, seen);
  for (const Clause& clause : service_.needs) {
    if (!is_by_path(service_.from, clause)) add_clause_support(clause, seen);
  }
  return listed(seen);
}

// ---- Chains ----------------------------------------------------------------------------------

namespace {

/// Chains of groups, given what each component says of itself.
class Chains {
 public:
  using Is = std::function<bool(std::size_t)>;
  using Reach = std::function<bool(std::size_t, std::size_t)>;
  Chains(const Success& success, bool reads, const Is& usable, const Reach& reach)
      : success_(success),
        reads_(reads),
        topology_(success.topology()),
        usable_(usable),
        reach_(reach),
        serves_(topology_.components.size(), Answer::unknown) {}

  /// A component is usable and has what it must reach.
  bool serves(std::size_t c) {
    Answer& known = serves_[c];
    if (known == Answer::unknown) {
      known = Answer::no;  // needs that go round are refused by the language
      known = usable_(c) && has(c, topology_.components[c].needs) ? Answer::yes : Answer::no;
    }
    return known == Answer::yes;
  }

  bool has(std::size_t who, const std::vector<Clause>& clauses) {
    return std::all_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
      return !success_.is_by_path(who, clause) || has_any(who, clause);
    });
  }

  /// The survivors of each group of a path, by component; empty where a group does not stand.
  bool stands(const TopologyPath& path, std::size_t client, std::string* why) {
    std::vector<std::vector<std::set<std::size_t>>> left;  // by step and group
    for (const TopologyStep& step : path.steps) {
      left.emplace_back();
      for (const std::size_t g : step.groups) {
        std::set<std::size_t> leaves;
        collect(g, leaves);
        left.back().push_back(std::move(leaves));
      }
    }
    if (why != nullptr) {
      for (std::size_t i = 0; i < left.size() && why->empty(); ++i) {
        for (std::size_t k = 0; k < left[i].size() && why->empty(); ++k) {
          const std::size_t g = path.steps[i].groups[k];
          std::set<std::size_t> copy = left[i][k];
          const std::size_t count = thin(g, copy);
          const bool matters = path.steps[i].kind != TopologyStep::Kind::any;
          if (count < success_.need_of(g, reads_) && matters) {
            *why = fmt::format("'{}' is left with {} of the {} {} that it needs",
                               topology_.groups[g].name, count, success_.need_of(g, reads_),
                               topology_.groups[g].settings.has("votes") ? "votes" : "members");
          }
        }
      }
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < left.size(); ++i) {
        for (std::size_t k = 0; k < left[i].size(); ++k) {
          std::set<std::size_t> kept;
          for (const std::size_t leaf : left[i][k]) {
            const bool from_before =
                i == 0 ? reach_(client, leaf) : joined(leaf, path.steps[i - 1], left[i - 1]);
            const bool on = i + 1 == left.size() || joined(leaf, path.steps[i + 1], left[i + 1]);
            if (from_before && on) kept.insert(leaf);
          }
          const std::size_t g = path.steps[i].groups[k];
          if (thin(g, kept) < success_.need_of(g, reads_)) kept.clear();
          if (kept.size() != left[i][k].size()) {
            left[i][k] = std::move(kept);
            changed = true;
          }
        }
      }
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
      const bool any = path.steps[i].kind == TopologyStep::Kind::any;
      const auto stands = [](const std::set<std::size_t>& leaves) { return !leaves.empty(); };
      if (any ? std::none_of(left[i].begin(), left[i].end(), stands)
              : !std::all_of(left[i].begin(), left[i].end(), stands)) {
        if (why != nullptr && why->empty()) {
          *why = fmt::format("no path from '{}' through all groups is left",
                             topology_.components[client].name);
        }
        return false;
      }
    }
    return true;
  }

 private:
  enum class Answer : unsigned char { unknown, no, yes };

  /// Reached, or attached directly.
  bool at_hand(std::size_t who, std::size_t what) const {
    const TopologyComponent& target = topology_.components[what];
    if (!target.in_graph()) return true;
    return reach_(who, what);
  }

  bool members_reached(std::size_t who, std::size_t g) {
    std::set<std::size_t> leaves;
    collect(g, leaves);
    std::erase_if(leaves, [&](std::size_t leaf) { return !at_hand(who, leaf); });
    return thin(g, leaves) >= success_.need_of(g);
  }

  bool has_any(std::size_t who, const Clause& clause) {
    return std::any_of(clause.begin(), clause.end(), [&](Ref ref) {
      return ref.group ? members_reached(who, ref.index)
                       : at_hand(who, ref.index) && serves(ref.index);
    });
  }

  void collect(std::size_t g, std::set<std::size_t>& leaves) {
    const TopologyGroup& group = topology_.groups[g];
    for (const Ref ref : group.members) {
      std::set<std::size_t> below;
      if (ref.group) {
        collect(ref.index, below);
      } else if (serves(ref.index)) {
        below.insert(ref.index);
      }
      for (const std::size_t leaf : below) {
        const bool has_all =
            std::all_of(group.needs.begin(), group.needs.end(),
                        [&](const Clause& clause) { return has_any(leaf, clause); });
        if (has_all) leaves.insert(leaf);  // needs of a group are needs of each member
      }
    }
  }

  /// Drops the leaves of groups below that do not stand; how many members of this one are left.
  std::size_t thin(std::size_t g, std::set<std::size_t>& leaves) const {
    std::size_t count = 0;
    const std::vector<Ref>& members = topology_.groups[g].members;
    const std::vector<int> votes = success_.votes_of(g);
    for (std::size_t m = 0; m < members.size(); ++m) {
      const Ref ref = members[m];
      const auto counts_as = static_cast<std::size_t>(votes[m]);
      if (!ref.group) {
        count += counts_as * leaves.count(ref.index);
        continue;
      }
      if (thin(ref.index, leaves) >= success_.need_of(ref.index)) {
        count += counts_as;
      } else {
        drop(ref.index, leaves);
      }
    }
    return count;
  }

  void drop(std::size_t g, std::set<std::size_t>& leaves) const {
    for (const Ref ref : topology_.groups[g].members) {
      ref.group ? drop(ref.index, leaves) : static_cast<void>(leaves.erase(ref.index));
    }
  }

  bool joined(std::size_t leaf, const TopologyStep& step,
              const std::vector<std::set<std::size_t>>& groups) const {
    const auto some = [&](const std::set<std::size_t>& leaves) {
      return std::any_of(leaves.begin(), leaves.end(),
                         [&](std::size_t other) { return reach_(leaf, other); });
    };
    return step.kind == TopologyStep::Kind::any ? std::any_of(groups.begin(), groups.end(), some)
                                                : std::all_of(groups.begin(), groups.end(), some);
  }

  const Success& success_;
  bool reads_;
  const Topology& topology_;
  const Is& usable_;
  const Reach& reach_;
  std::vector<Answer> serves_;
};

}  // namespace

bool Success::path_stands(const TopologyPath& path, const Given& given, std::string* why) const {
  // Storage without a link is attached to whoever needs it.
  const std::function<bool(std::size_t, std::size_t)> reach = [&](std::size_t a, std::size_t b) {
    if (!networked_) return true;
    const auto attached = [&](std::size_t c) {
      return topology_.components[c].is(Part::storage) && linked_[c] == 0;
    };
    return attached(a) || attached(b) || given.reach(a, b);
  };
  Chains chains(*this, path.requests == Requests::reads, given.usable, reach);
  if (!given.usable(service_.from) || !chains.has(service_.from, service_.needs)) {
    if (why != nullptr) {
      *why =
          fmt::format("'{}' does not have what it needs", topology_.components[service_.from].name);
    }
    return false;
  }
  return chains.stands(path, service_.from, why);
}

namespace {

/// Every class that is asked for anything.
bool counts(const TopologyService& service, const TopologyPath& path) {
  return !service.has_workload() || path.offered_per_s > 0;
}

}  // namespace

/// All paths; or, if so little is asked, those of enough shards for reads and for writes.
bool Success::paths_stand(const Given& given) const {
  const Setting& least = service_.settings.at("serves_at_least");
  const bool some = service_.has_workload() && !least.is_default;
  std::map<Requests, std::pair<double, double>> rates;  // offered, and on paths that stand
  for (const TopologyPath& path : service_.paths) {
    if (!counts(service_, path)) continue;
    const bool stands = path_stands(path, given, nullptr);
    if (!stands && !some) return false;
    auto& [offered_per_s, served_per_s] = rates[path.requests];
    offered_per_s += path.offered_per_s;
    served_per_s += stands ? path.offered_per_s : 0.0;
  }
  constexpr double kRounding = 1e-9;
  return std::all_of(rates.begin(), rates.end(), [&](const auto& of) {
    const auto& [offered_per_s, served_per_s] = of.second;
    const double share = service_.settings.number("serves_at_least");
    return !some || (served_per_s > 0 && served_per_s >= share * offered_per_s * (1 - kRounding));
  });
}

bool Success::stands(const Ups& up) const {
  if (networked_) network_->build(*this, up);
  const Given given{
      [&](std::size_t c) { return c == service_.from ? client_usable(up) : usable(c, up); },
      [&](std::size_t a, std::size_t b) { return network_->reach(a, b); }};
  return paths_stand(given);
}

std::string Success::why_not(const Ups& up) const {
  if (networked_) network_->build(*this, up);
  const Given given{
      [&](std::size_t c) { return c == service_.from ? client_usable(up) : usable(c, up); },
      [&](std::size_t a, std::size_t b) { return network_->reach(a, b); }};
  for (const TopologyPath& path : service_.paths) {
    std::string why;
    if (counts(service_, path) && !path_stands(path, given, &why)) return why;
  }
  return {};
}

bool Success::stands_given(const std::vector<std::uint8_t>& usable,
                           const std::function<bool(std::size_t, std::size_t)>& reach) const {
  const Given given{
      [&](std::size_t c) { return usable[static_cast<std::size_t>(end_of_[c])] != 0; },
      [&](std::size_t a, std::size_t b) {
        return a == b ||
               reach(static_cast<std::size_t>(end_of_[a]), static_cast<std::size_t>(end_of_[b]));
      }};
  return paths_stand(given);
}

}  // namespace nines
