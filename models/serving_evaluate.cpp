// Evaluating: who reaches whom, which chains stand, how much is served and how fast.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "engine/base/check.hpp"
#include "models/serving.hpp"
#include "models/serving_rows.hpp"

namespace nines {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kRounding = 1e-12;
constexpr int kMostRounds = 5000;  // of the flow through shared members

}  // namespace

/// The evaluation of one pattern.
struct Serving::Work {
  /// Whom a set of vertices reaches.
  struct Reach {
    Small<std::uint8_t> vertex;  ///< in the set, or linked to a member of it
    Small<std::uint8_t> label;   ///< sets of working forwarders
    Small<int> from;             ///< by pairs: the set itself
  };
  /// The leaves of the groups of a chain that are left, step by step.
  struct Alive {
    Small<std::uint8_t> leaf;
    Small<int> vertex;  ///< by leaf
    bool stands = false;
  };
  using RoleCounts = std::vector<std::uint8_t>;  ///< by group: whether its roles count

  /// `with_roles`: of a group that is needed only those in service count.
  Work(const Serving& serving, const std::uint64_t* of, bool with_roles)
      : s(serving), pattern(of), roles_of_needs(serving.groups.size(), with_roles ? 1 : 0) {
    up.assign(s.vertices.size(), 0);
    label.assign(s.vertices.size(), -1);
    if (s.networked && !s.by_pairs) find_labels();
    for (const int v : s.in_order_) {
      up[index_of(v)] = on(pattern, vertex(v).usable) && has(v, vertex(v).needs);
    }
  }

  const Vertex& vertex(int v) const { return s.vertices[index_of(v)]; }
  const Group& group(int g) const { return s.groups[index_of(g)]; }
  bool works(int forwarder) const { return label[index_of(forwarder)] >= 0; }

  /// Connected sets of working forwarders. A forwarder needs no reachability to be usable, so its
  /// bit says all.
  void find_labels() {
    const std::size_t n = s.vertices.size();
    Small<int> rank(n);
    Small<int> parent(n);
    boost::disjoint_sets<int*, int*> sets(rank.data(), parent.data());
    for (std::size_t v = 0; v < n; ++v) {
      if (!s.vertices[v].forwards || !on(pattern, s.vertices[v].usable)) continue;
      label[v] = 0;
      sets.make_set(static_cast<int>(v));
    }
    for (const Edge& edge : s.edges) {
      if (on(pattern, edge.usable) && works(edge.a) && works(edge.b)) {
        sets.union_set(edge.a, edge.b);
      }
    }
    for (std::size_t v = 0; v < n; ++v) {
      if (label[v] >= 0) label[v] = sets.find_set(static_cast<int>(v));
    }
  }

  template <class Vertices>
  Reach reach_of(const Vertices& from) const {
    if (s.by_pairs) return {{}, {}, Small<int>(from.begin(), from.end())};
    Reach reach{Small<std::uint8_t>(s.vertices.size()), Small<std::uint8_t>(s.vertices.size()), {}};
    for (const int v : from) {
      reach.vertex[index_of(v)] = 1;
      if (works(v)) reach.label[index_of(label[static_cast<std::size_t>(v)])] = 1;
      for (const auto& [edge, other] : s.neighbours_[index_of(v)]) {
        if (!on(pattern, s.edges[index_of(edge)].usable)) continue;
        reach.vertex[index_of(other)] = 1;
        if (!works(other)) continue;
        reach.label[index_of(label[static_cast<std::size_t>(other)])] = 1;
      }
    }
    return reach;
  }

  bool reaches(const Reach& reach, int v) const {
    const auto i = index_of(v);
    if (s.by_pairs) {
      const Bit* const row = s.pair_bits_.data() + i * s.vertices.size();
      return std::any_of(reach.from.begin(), reach.from.end(),
                         [&](int other) { return other == v || on(pattern, row[other]); });
    }
    if (reach.vertex[i] != 0) return true;
    if (works(v) && reach.label[index_of(label[i])] != 0) return true;
    return std::any_of(
        s.neighbours_[i].begin(), s.neighbours_[i].end(), [&](const std::pair<int, int>& n) {
          return works(n.second) && on(pattern, s.edges[index_of(n.first)].usable) &&
                 reach.label[static_cast<std::size_t>(label[index_of(n.second)])] != 0;
        });
  }

  /// Whether vertex v has what it needs: of each clause one, available and reached.
  bool has(int v, const std::vector<Clause>& clauses) const {
    if (clauses.empty()) return true;
    std::optional<Reach> reach;
    if (s.networked && !vertex(v).attached) reach = reach_of(Small<int>{v});
    const auto reached = [&](int other) {
      return !reach || vertex(other).attached || reaches(*reach, other);
    };
    return std::all_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
      return std::any_of(clause.begin(), clause.end(), [&](const Need& need) {
        if (need.vertex >= 0) {
          return up[index_of(need.vertex)] != 0 && reached(need.vertex);
        }
        Alive alive;
        add_leaves(need.group, roles_of_needs, alive);
        for (std::size_t i = 0; i < alive.leaf.size(); ++i) {
          if (!reached(alive.vertex[i])) alive.leaf[i] = 0;
        }
        std::size_t first = 0;
        return settle(need.group, roles_of_needs, first, alive);
      });
    });
  }

  void add_leaves(int g, const RoleCounts& roles, Alive& alive, bool ok = true) const {
    const Group& row = group(g);
    const bool by_role = !roles.empty() && roles[index_of(g)] != 0;
    for (const Member& member : row.members) {
      const bool serves = ok && all_on(pattern, member.conditions) &&
                          (!by_role || (on(pattern, member.role) && is_called(row, member)));
      const std::size_t first = alive.leaf.size();
      if (member.vertex >= 0) {
        alive.vertex.push_back(member.vertex);
        alive.leaf.push_back(serves && up[index_of(member.vertex)] != 0 ? 1 : 0);
      } else {
        add_leaves(member.group, roles, alive, serves);
      }
      if (row.needs.empty()) continue;
      for (std::size_t i = first; i < alive.leaf.size(); ++i) {
        if (alive.leaf[i] != 0 && !has(alive.vertex[i], row.needs)) alive.leaf[i] = 0;
      }
    }
  }

  /// A backup member is in service only while no other is in view; of several the first.
  bool is_called(const Group& row, const Member& member) const {
    if (!member.backup) return true;
    return std::none_of(row.members.begin(), row.members.end(), [&](const Member& other) {
      return (!other.backup || &other < &member) && on(pattern, other.role);
    });
  }

  /// Whether a group stands on the leaves from `first` on; those of groups that do not are taken
  /// out.
  bool settle(int g, const RoleCounts& roles, std::size_t& first, Alive& alive) const {
    const Group& row = group(g);
    const std::size_t begin = first;
    int standing = 0;
    for (const Member& member : row.members) {
      if (member.vertex >= 0) {
        standing += alive.leaf[first++] != 0 ? 1 : 0;
      } else {
        standing += settle(member.group, roles, first, alive) ? 1 : 0;
      }
    }
    const bool paused = roles[index_of(g)] != 0 && !all_on(pattern, row.pauses);
    if (standing >= row.need && all_on(pattern, row.conditions) && !paused) return true;
    std::fill(alive.leaf.begin() + static_cast<std::ptrdiff_t>(begin),
              alive.leaf.begin() + static_cast<std::ptrdiff_t>(first), std::uint8_t{0});
    return false;
  }

  Small<int> vertices_of(const Alive& alive, std::size_t begin, std::size_t end) const {
    Small<int> of;
    for (std::size_t i = begin; i < end; ++i) {
      if (alive.leaf[i] != 0) of.push_back(alive.vertex[i]);
    }
    return of;
  }

  /// Lets only those leaves of a step live that reach each of the sets; says whether the step still
  /// stands, and sets `next` to what the neighbouring step must reach.
  bool sweep(const Step& step, const RoleCounts& roles, std::size_t begin,
             const std::vector<Reach>& sets, Alive& alive, std::vector<Reach>& next,
             bool& changed) const {
    bool all = true;
    bool any = false;
    next.clear();
    Small<int> together;
    std::size_t first = begin;
    for (const int g : step.groups) {
      const std::size_t from = first;
      const auto end = from + static_cast<std::size_t>(group(g).leaves);
      for (std::size_t i = from; i < end; ++i) {
        if (alive.leaf[i] == 0) continue;
        for (const Reach& set : sets) {
          if (reaches(set, alive.vertex[i])) continue;
          alive.leaf[i] = 0;
          changed = true;
          break;
        }
      }
      const bool stands = settle(g, roles, first, alive);
      all = all && stands;
      any = any || stands;
      if (!s.networked) continue;
      const Small<int> left = vertices_of(alive, from, end);
      if (step.kind == Step::Kind::all) {
        next.push_back(reach_of(left));
      } else {
        together.insert(together.end(), left.begin(), left.end());
      }
    }
    if (s.networked && step.kind != Step::Kind::all) next.push_back(reach_of(together));
    return step.kind == Step::Kind::any ? any : all;
  }

  /// SEMANTICS: forward from the client, then backward; with branches until nothing changes.
  Alive follow(const Chain& chain, const RoleCounts& roles) const {
    Alive alive;
    std::vector<std::size_t> begins;
    for (const Step& step : chain.steps) {
      begins.push_back(alive.leaf.size());
      for (const int g : step.groups) add_leaves(g, roles, alive);
    }
    bool changed = true;
    while (changed) {
      changed = false;
      std::vector<Reach> sets;
      std::vector<Reach> next;
      if (s.networked && !chain.from_first) sets.push_back(reach_of(Small<int>{chain.client}));
      for (std::size_t i = 0; i < chain.steps.size(); ++i) {
        if (!sweep(chain.steps[i], roles, begins[i], sets, alive, next, changed)) return alive;
        sets.swap(next);
      }
      if (!s.networked) break;
      sets.clear();
      for (std::size_t i = chain.steps.size(); i-- > 0;) {
        if (!sweep(chain.steps[i], roles, begins[i], sets, alive, next, changed)) return alive;
        sets.swap(next);
      }
    }
    alive.stands = true;
    return alive;
  }

  double capacity_of(int v) const {
    double capacity = vertex(v).capacity_per_s.value_or(kInfinity);
    for (const auto& [bit, factor] : vertex(v).degradations) {
      if (!on(pattern, bit)) capacity *= factor;
    }
    return capacity;
  }

  double offered_per_s(const Chain& chain) const {
    for (const auto& [bit, load] : chain.loads) {
      if (on(pattern, bit)) return chain.offered_per_s * load;
    }
    return chain.loads.empty() ? chain.offered_per_s : 0.0;
  }
  /// Where there is a cache: hits and misses apart.
  double offered_per_s(std::size_t c, const std::vector<Alive>& alive) const {
    const Chain& chain = s.chains[c];
    const double all = offered_per_s(chain);
    if (chain.hit_ratio > 0) return all * hit_share(chain, alive[c]);
    if (chain.hits < 0) return all;
    const auto hits = index_of(chain.hits);
    return all * (1.0 - hit_share(s.chains[hits], alive[hits]));
  }
  /// Of all requests those that a cache has: each member its share of the keys.
  double hit_share(const Chain& chain, const Alive& alive) const {
    if (!alive.stands) return 0.0;
    const std::vector<Member>& members = group(chain.steps.back().groups.front()).members;
    int warm = 0;
    for (std::size_t m = 0; m < members.size(); ++m) {
      const std::size_t leaf = alive.leaf.size() - members.size() + m;
      warm += alive.leaf[leaf] != 0 && on(pattern, members[m].warm) ? 1 : 0;
    }
    return chain.hit_ratio * warm / static_cast<double>(members.size());
  }

  /// A member as whoever deals requests out sees it.
  struct Seat {
    std::size_t first = 0;  ///< leaf
    bool serves = false;
    double weight = 0.0;  ///< 0: not in view
  };

  /// How a member that does not serve treats a request: an index of Group::retried.
  std::size_t failure_of(const Member& member) const {
    constexpr std::size_t kRefused = 0;
    constexpr std::size_t kHangs = 1;
    constexpr std::size_t kSilent = 2;
    if (member.vertex < 0 || up[index_of(member.vertex)] != 0) return kSilent;
    if (!all_on(pattern, member.host)) return kSilent;
    return all_on(pattern, member.talks) ? kRefused : kHangs;
  }

  /// Who gets how much: those in view, whether they serve or not. Where nobody has a view, those
  /// who serve.
  Small<Seat> seats_of(const Group& row, std::size_t first, const Alive& alive,
                       bool by_role) const {
    Small<Seat> seats;
    bool called = false;  // someone who is no backup
    for (const Member& member : row.members) {
      const std::size_t size =
          member.vertex >= 0 ? 1 : static_cast<std::size_t>(group(member.group).leaves);
      Seat seat{first, stands_at(alive, first, size), 0.0};
      const bool in_view =
          by_role && member.role != kAlways ? on(pattern, member.role) : seat.serves;
      if (in_view) seat.weight = member.weight;
      called = called || (in_view && !member.backup);
      seats.push_back(seat);
      first += size;
    }
    bool backed_up = called;  // of several backups the first serves
    for (std::size_t m = 0; m < seats.size(); ++m) {
      if (!row.members[m].backup || seats[m].weight == 0.0) continue;
      if (backed_up) seats[m].weight = 0.0;
      backed_up = true;
    }
    if (row.by_connections) weigh_connections(row, seats);
    if (row.places > 0 && by_role) weigh_roles(row, seats);
    double total = 0.0;
    for (const Seat& seat : seats) total += seat.weight;
    if (total == 0.0) return seats;
    for (Seat& seat : seats) seat.weight /= total;
    const auto heaviest =
        std::find_if(seats.begin(), seats.end(), [](const Seat& seat) { return seat.weight > 0; });
    if (row.skew == 0.0 || heaviest->weight == 1.0) return seats;
    const double even = heaviest->weight;
    const double heavy = std::min(1.0, even * (1.0 + row.skew));
    for (Seat& seat : seats) seat.weight *= (1.0 - heavy) / (1.0 - even);
    heaviest->weight = heavy;
    return seats;
  }

  /// Each active member has its part. Of two that hold one part requests go to the one that they
  /// reach.
  static void weigh_roles(const Group& row, Small<Seat>& seats) {
    int serving = 0;
    int others = 0;
    for (const Seat& seat : seats) {
      if (seat.weight > 0) (seat.serves ? serving : others) += 1;
    }
    if (others == 0) return;
    const double left = std::max(0, row.places - serving);
    for (Seat& seat : seats) {
      if (seat.weight > 0 && !seat.serves) seat.weight = std::min(1.0, left / others);
    }
  }

  /// Least connections: members that serve get shares in proportion to their capacity, which makes
  /// their queues alike (M/M/1 at equal utilisation). One that hangs keeps its connections and gets
  /// no more; one that refuses is always the least busy and gets all, unless they are retried.
  void weigh_connections(const Group& row, Small<Seat>& seats) const {
    bool hole = false;
    bool unlimited = false;  // one that takes no time has no connections, and gets all
    for (std::size_t m = 0; m < seats.size(); ++m) {
      const Member& member = row.members[m];
      Seat& seat = seats[m];
      if (seat.weight == 0.0) continue;
      if (seat.serves) {
        if (member.vertex >= 0 && vertex(member.vertex).capacity_per_s) {
          seat.weight = capacity_of(member.vertex);
        } else {
          unlimited = true;
        }
      } else if (failure_of(member) == 0 && !row.retried[0]) {
        hole = true;
      } else {
        seat.weight = 0.0;
      }
    }
    for (std::size_t m = 0; m < seats.size(); ++m) {
      const Member& member = row.members[m];
      const bool limited = member.vertex >= 0 && vertex(member.vertex).capacity_per_s.has_value();
      if (seats[m].serves && (hole || (unlimited && limited))) seats[m].weight = 0.0;
    }
  }

  /// Deals a flow out to the leaves of a group. What meets a member that does not serve is lost, or
  /// goes to the others who do.
  template <class To>
  void deal(int g, std::size_t& first, const Alive& alive, const RoleCounts& roles, double flow,
            To to) const {
    const Group& row = group(g);
    Small<Seat> seats = seats_of(row, first, alive, roles[index_of(g)] != 0);
    double again = 0.0;
    double serving = 0.0;
    for (std::size_t m = 0; m < seats.size(); ++m) {
      if (seats[m].weight == 0.0) continue;
      if (seats[m].serves) {
        serving += seats[m].weight;
      } else {
        if (row.retried[failure_of(row.members[m])]) again += seats[m].weight;
      }
    }
    const double more = serving > 0 ? 1.0 + again / serving : 0.0;
    for (std::size_t m = 0; m < seats.size(); ++m) {
      const Member& member = row.members[m];
      const double share = seats[m].serves ? flow * seats[m].weight * more : 0.0;
      if (member.vertex >= 0) {
        if (share > 0) to(member.vertex, share);
        ++first;
      } else if (share > 0) {
        deal(member.group, first, alive, roles, share, to);
      } else {
        first += static_cast<std::size_t>(group(member.group).leaves);
      }
    }
  }
  static bool stands_at(const Alive& alive, std::size_t first, std::size_t size) {
    const auto from = alive.leaf.begin() + static_cast<std::ptrdiff_t>(first);
    return std::any_of(from, from + static_cast<std::ptrdiff_t>(size),
                       [](std::uint8_t leaf) { return leaf != 0; });
  }

  /// Deals a flow that enters a step out: `each(k, v, share)` sees every leaf of the step's group
  /// number k with its share. Returns what leaves the step.
  template <class Each>
  double through(const Step& step, std::size_t first, const Alive& alive, const RoleCounts& roles,
                 double flow, const std::vector<double>& served_share, Each each) const {
    std::size_t standing = 0;
    std::size_t at = first;
    for (const int g : step.groups) {
      const auto size = static_cast<std::size_t>(group(g).leaves);
      standing += stands_at(alive, at, size) ? 1 : 0;
      at += size;
    }
    double passed = step.kind == Step::Kind::any ? 0.0 : 1.0;
    for (std::size_t k = 0; k < step.groups.size(); ++k) {
      const int g = step.groups[k];
      const bool stands = stands_at(alive, first, static_cast<std::size_t>(group(g).leaves));
      const double in = step.kind != Step::Kind::any ? flow
                        : stands                     ? flow / static_cast<double>(standing)
                                                     : 0.0;
      double out = 0.0;
      deal(g, first, alive, roles, in, [&](int v, double share) {
        out += share * served_share[index_of(v)];
        each(k, v, share);
      });
      if (step.kind == Step::Kind::any) {
        passed += out;
      } else {
        passed *= in > 0 ? out / in : 0.0;
      }
    }
    return step.kind == Step::Kind::any ? passed : flow * passed;
  }

  /// One for each chain.
  struct Flow {
    double offered_per_s = 0.0;
    double served_per_s = 0.0;
  };

  /// Flows of all chains together: members that several pass share their capacity in proportion to
  /// their load. The share that a member serves depends on its load, and that on what those before
  /// it serve; round by round the stages of the chains become right, the first one first.
  std::vector<Flow> flows(const std::vector<Alive>& alive, const RoleCounts& roles,
                          std::vector<double>& load, std::vector<double>& served_share) const {
    std::vector<Flow> result;
    served_share.assign(s.vertices.size(), 1.0);
    for (int round = 0; round < kMostRounds; ++round) {
      result.clear();
      load.assign(s.vertices.size(), 0.0);
      for (std::size_t c = 0; c < s.chains.size(); ++c) {
        Flow flow{offered_per_s(c, alive), 0.0};
        if (alive[c].stands && flow.offered_per_s > 0) {
          double at = flow.offered_per_s;
          std::size_t first = 0;
          for (const Step& step : s.chains[c].steps) {
            at = through(step, first, alive[c], roles, at, served_share,
                         [&](std::size_t, int v, double share) { load[index_of(v)] += share; });
            for (const int g : step.groups) first += static_cast<std::size_t>(group(g).leaves);
          }
          flow.served_per_s = at > flow.offered_per_s * (1.0 - kRounding) ? flow.offered_per_s : at;
        }
        result.push_back(flow);
      }
      double moved = 0.0;
      for (std::size_t v = 0; v < s.vertices.size(); ++v) {
        if (!s.vertices[v].capacity_per_s || load[v] == 0.0) continue;
        const double share = std::min(1.0, capacity_of(static_cast<int>(v)) / load[v]);
        moved = std::max(moved, std::fabs(share - served_share[v]));
        served_share[v] = share;
      }
      if (moved <= 1e-14) break;
    }
    return result;
  }

  /// Mean latency between those who are left in one step and in the next, one way. The same in
  /// both directions, so paths are sought from the smaller side.
  double hop_s(const Small<int>& from, const Small<int>& to) const {
    if (to.size() < from.size()) return hop_s(to, from);
    double sum = 0.0;
    int pairs = 0;
    for (const int source : from) {
      const std::vector<double> distance = distances_s(source);
      for (const int target : to) {
        const double d = distance[index_of(target)];
        if (d >= kFar) continue;
        sum += d;
        ++pairs;
      }
    }
    return pairs > 0 ? sum / pairs : 0.0;
  }

  static constexpr double kFar = std::numeric_limits<double>::max();

  /// By vertex the least latency from one, one way; kFar: it is not reached.
  std::vector<double> distances_s(int from) const {
    const LatencyGraph& latencies = *s.latencies_;
    const auto origin = index_of(from);
    // An end point passes nothing on.
    const auto open = [&](const LatencyGraph::edge_descriptor& e) {
      const std::size_t a = boost::source(e, latencies);
      return (a == origin || works(static_cast<int>(a))) &&
             on(pattern, s.edges[latencies[e]].usable);
    };
    const auto cost = [&](const LatencyGraph::edge_descriptor& e) {
      const std::size_t a = boost::source(e, latencies);
      return s.edges[latencies[e]].latency_s + (a == origin ? 0.0 : s.vertices[a].latency_s);
    };
    const std::function<bool(const LatencyGraph::edge_descriptor&)> predicate = open;
    const boost::filtered_graph graph(latencies, predicate);
    std::vector<double> distance(s.vertices.size());
    boost::dijkstra_shortest_paths(
        graph, origin,
        boost::weight_map(boost::make_function_property_map<LatencyGraph::edge_descriptor>(cost))
            .distance_map(boost::make_iterator_property_map(
                distance.begin(), boost::get(boost::vertex_index, latencies))));
    return distance;
  }

  /// How far, one way, the last of the members is whose answer is waited for: the mean over those
  /// who serve.
  double answers_s(const Small<int>& serving, const Group& row) const {
    double sum = 0.0;
    int count = 0;
    for (const int server : serving) {
      const std::vector<double> distance = distances_s(server);
      std::vector<std::pair<double, int>> others;  // how far, and as how many each counts
      int asked = 0;
      int own = 1;
      for (const Member& member : row.members) {
        if (member.vertex == server) own = std::max(own, member.answers);
        if (member.vertex < 0 || member.vertex == server || member.answers == 0) continue;
        asked += member.answers;
        const double d = distance[index_of(member.vertex)];
        if (up[index_of(member.vertex)] != 0 && d < kFar) others.emplace_back(d, member.answers);
      }
      const int needed = std::min(row.answers - own, asked);
      if (needed <= 0) continue;
      std::sort(others.begin(), others.end());
      int answered = 0;
      const auto last = std::find_if(others.begin(), others.end(), [&](const auto& other) {
        return (answered += other.second) >= needed;
      });
      if (last == others.end()) continue;
      sum += last->first;
      ++count;
    }
    return count > 0 ? sum / count : 0.0;
  }

  /// The share of requests that reach only former primaries of a group: what its newest primary is
  /// not reached by, each of those before it sending as much as the others.
  double share_to_former(const Chain& chain, const Alive& alive) const {
    Small<int> from;
    if (!chain.from_first) from.push_back(chain.client);
    std::size_t first = 0;
    double largest = 0.0;
    for (const Step& step : chain.steps) {
      Small<int> together;
      for (const int g : step.groups) {
        const auto end = first + static_cast<std::size_t>(group(g).leaves);
        const Small<int> to = vertices_of(alive, first, end);
        largest = std::max(largest, share_to_former(group(g), from, alive, first));
        together.insert(together.end(), to.begin(), to.end());
        first = end;
      }
      from = std::move(together);
    }
    return largest;
  }
  double share_to_former(const Group& row, const Small<int>& from, const Alive& alive,
                         std::size_t first) const {
    Small<int> former;
    Small<int> newest;
    for (std::size_t m = 0; m < row.members.size(); ++m) {
      const Member& member = row.members[m];
      if (member.vertex < 0 || member.former == kAlways) return 0.0;
      if (alive.leaf[first + m] == 0) continue;
      (on(pattern, member.former) ? former : newest).push_back(member.vertex);
    }
    if (former.empty()) return 0.0;
    if (newest.empty()) return 1.0;
    if (!s.networked) return 0.0;
    const auto reached = [&](const Reach& reach, const Small<int>& whom) {
      return std::any_of(whom.begin(), whom.end(), [&](int v) { return reaches(reach, v); });
    };
    double to_former = 0.0;
    double all = 0.0;
    for (const int sender : from) {
      const Reach reach = reach_of(Small<int>{sender});
      const bool to_newest = reached(reach, newest);
      if (!to_newest && !reached(reach, former)) continue;
      all += 1.0;
      to_former += to_newest ? 0.0 : 1.0;
    }
    return all > 0 ? to_former / all : 0.0;
  }

  /// The share of requests that are answered by a copy that lacks writes.
  double share_stale(const Chain& chain, const Alive& alive, const RoleCounts& roles,
                     double offered_per_s, const std::vector<double>& served_share) const {
    double largest = 0.0;
    double flow = offered_per_s;
    std::size_t first = 0;
    for (const Step& step : chain.steps) {
      const double into = flow;
      std::vector<double> stale(step.groups.size(), 0.0);
      std::vector<double> all(step.groups.size(), 0.0);
      flow = through(step, first, alive, roles, flow, served_share,
                     [&](std::size_t k, int v, double share) {
                       all[k] += share;
                       for (const Member& member : group(step.groups[k]).members) {
                         const bool lacks = member.lacks != kAlways && on(pattern, member.lacks);
                         if (member.vertex == v && lacks) stale[k] += share;
                       }
                     });
      double of_any = 0.0;
      double all_of_any = 0.0;
      for (std::size_t k = 0; k < step.groups.size(); ++k) {
        const Group& row = group(step.groups[k]);
        const double share = row.answers > 1 ? share_of_stale_sets(row, first, alive)
                             : all[k] > 0    ? stale[k] / all[k]
                                             : 0.0;
        if (into > 0 && step.kind != Step::Kind::any) largest = std::max(largest, share);
        of_any += share * all[k];
        all_of_any += all[k];
        first += static_cast<std::size_t>(row.leaves);
      }
      if (step.kind == Step::Kind::any && all_of_any > 0) {
        largest = std::max(largest, of_any / all_of_any);
      }
    }
    return largest;
  }

  /// Of all sets of members that may be asked together, those of whom each lacks something.
  double share_of_stale_sets(const Group& row, std::size_t first, const Alive& alive) const {
    int there = 0;
    int lacking = 0;
    for (std::size_t m = 0; m < row.members.size(); ++m) {
      if (alive.leaf[first + m] == 0) continue;
      ++there;
      const Bit lacks = row.members[m].lacks;
      lacking += lacks != kAlways && on(pattern, lacks) ? 1 : 0;
    }
    double share = 1.0;
    for (int i = 0; i < row.answers; ++i) {
      share *= std::max(0.0, static_cast<double>(lacking - i)) / std::max(1, there - i);
    }
    return share;
  }

  double latency_s(const Chain& chain, const Alive& alive) const {
    if (!s.with_latency_) return 0.0;
    double total = 0.0;
    Small<int> from{chain.client};
    std::size_t first = 0;
    for (const Step& step : chain.steps) {
      Small<int> together;
      for (const int g : step.groups) {
        const auto end = first + static_cast<std::size_t>(group(g).leaves);
        const Small<int> to = vertices_of(alive, first, end);
        if (step.kind == Step::Kind::all) total += hop_s(from, to);
        if (group(g).answers > 1) total += answers_s(to, group(g));
        together.insert(together.end(), to.begin(), to.end());
        first = end;
      }
      if (step.kind != Step::Kind::all) total += hop_s(from, together);
      from = std::move(together);
    }
    return 2.0 * total;
  }

  ResponseLaw response(const Chain& chain, const Alive& alive, const RoleCounts& roles,
                       double offered_per_s, const std::vector<double>& load,
                       const std::vector<double>& served_share) const {
    ResponseLaw law;
    double flow = offered_per_s;
    std::size_t first = 0;
    for (const Step& step : chain.steps) {
      // One stage for a step whose groups are alternatives, one for each group that all pass.
      const bool all = step.kind == Step::Kind::all;
      std::vector<std::map<std::vector<double>, double>> stages(all ? step.groups.size() : 1);
      const double into = flow;
      flow = through(step, first, alive, roles, flow, served_share,
                     [&](std::size_t k, int v, double share) {
                       std::vector<double> what;  // none: served in no time
                       if (vertex(v).capacity_per_s) {
                         what = {load[index_of(v)], capacity_of(v),
                                 static_cast<double>(vertex(v).concurrency)};
                       }
                       stages[all ? k : 0][what] += share / into;
                     });
      for (const auto& choices : stages) {
        Stage stage;
        double weights = 0.0;  // below 1 where some meet a member that does not serve
        for (const auto& [what, weight] : choices) weights += weight;
        for (const auto& [what, weight] : choices) {
          Stage::Choice choice{
              weights < 1.0 - kRounding ? weight / weights : weight, !what.empty(), {}};
          if (choice.queues) choice.queue = Queue(what[0], what[1], static_cast<int>(what[2]));
          stage.choices.push_back(choice);
        }
        law.stages.push_back(std::move(stage));
      }
      for (const int g : step.groups) first += static_cast<std::size_t>(group(g).leaves);
    }
    law.latency_s = latency_s(chain, alive);
    return law;
  }

  const Serving& s;
  const std::uint64_t* pattern;
  RoleCounts roles_of_needs;
  Small<std::uint8_t> up;
  Small<int> label;  ///< by vertex; -1: no working forwarder
};

void Serving::evaluate(const std::uint64_t* pattern, std::uint8_t* outputs, double* numbers,
                       ResponseBook& book) const {
  const bool any_roles = std::any_of(services.begin(), services.end(),
                                     [](const Service& service) { return service.with_roles; });
  const bool any_load = std::any_of(services.begin(), services.end(),
                                    [](const Service& service) { return service.with_load; });
  for (const bool with_roles : {true, false}) {
    if (!with_roles && !any_roles) break;
    const Work work(*this, pattern, with_roles);
    const Work::RoleCounts roles(groups.size(), with_roles ? 1 : 0);
    std::vector<Work::Alive> alive;
    for (const Chain& chain : chains) alive.push_back(work.follow(chain, roles));
    std::vector<double> load;
    std::vector<double> served_share;
    const std::vector<Work::Flow> flows = any_load ? work.flows(alive, roles, load, served_share)
                                                   : std::vector<Work::Flow>(chains.size());
    std::size_t output = 0;
    double* number = numbers;
    for (const Service& service : services) {
      const bool has_all = all_on(pattern, service.conditions) &&
                           work.has(chains[index_of(service.chains.front())].client, service.needs);
      bool available = has_all;
      const auto enough = [&](const Work::Flow& flow) {
        return flow.served_per_s > 0 && flow.served_per_s >= service.serves_at_least *
                                                                 flow.offered_per_s *
                                                                 (1.0 - kRounding);
      };
      std::array<Work::Flow, 2> all;  // and of reads
      for (std::size_t i = 0; i < service.chains.size(); ++i) {
        const auto c = index_of(service.chains[i]);
        const Work::Flow& flow = flows[c];
        if (chains[c].from_first) available = available && alive[c].stands;
        if (service.with_load && !(flow.offered_per_s > 0)) continue;
        const bool may_fail = service.with_load && service.any_may_fail;
        available =
            available && (may_fail || (alive[c].stands && (!service.with_load || enough(flow))));
        Work::Flow& of_its_kind = all[service.is_read[i]];
        of_its_kind.offered_per_s += flow.offered_per_s;
        of_its_kind.served_per_s += flow.served_per_s;
      }
      for (const Work::Flow& flow : all) {
        if (flow.offered_per_s > 0) available = available && enough(flow);
      }
      const double offered = all[0].offered_per_s + all[1].offered_per_s;
      const double served = all[0].served_per_s + all[1].served_per_s;
      if (with_roles) {
        outputs[output] = available ? 1 : 0;
      } else if (service.with_roles) {
        outputs[output + 1] = available ? 1 : 0;
      }
      output += service.with_roles ? 2 : 1;
      if (!service.with_load || !with_roles) continue;
      ServiceNumbers out;
      out.offered_per_s = offered;
      out.served_per_s = has_all ? served : 0.0;
      out.available = available ? 1.0 : 0.0;
      const std::size_t c = index_of(service.chains[0]);
      if (out.served_per_s > 0) {
        out.to_former_per_s = out.served_per_s * work.share_to_former(chains[c], alive[c]);
      }
      for (const int chain : service.chains) {
        const auto i = index_of(chain);
        if (!service.may_be_stale || !has_all || !(flows[i].served_per_s > 0)) continue;
        out.stale_per_s +=
            flows[i].served_per_s *
            work.share_stale(chains[i], alive[i], roles, flows[i].offered_per_s, served_share);
      }
      if (out.served_per_s > 0 && service.chains.size() == 1 && !chains[c].from_first) {
        const ResponseLaw law =
            work.response(chains[c], alive[c], roles, offered, load, served_share);
        out.response_s = law.mean_s();
        if (service.keeps_laws && !law.saturated()) out.response_law = book.number_of(law);
      }
      out.write(number);
      number += ServiceNumbers::kCount;
    }
  }
}

void Serving::reach_pairs(const std::uint64_t* pattern,
                          const std::vector<std::pair<int, int>>& pairs,
                          std::uint8_t* outputs) const {
  const Work work(*this, pattern, true);
  // The sets of working forwarders that a vertex has a link into, or is in.
  const auto each_label = [&](int v, auto take) {
    if (work.works(v) && take(work.label[index_of(v)])) return true;
    for (const auto& [edge, other] : neighbours_[index_of(v)]) {
      if (work.works(other) && on(pattern, edges[index_of(edge)].usable) &&
          take(work.label[index_of(other)])) {
        return true;
      }
    }
    return false;
  };
  for (const auto& [a, b] : pairs) {
    bool reached = false;
    for (const auto& [edge, other] : neighbours_[index_of(a)]) {
      reached = reached || (other == b && on(pattern, edges[index_of(edge)].usable));
    }
    const int other_end = b;
    reached = reached || each_label(a, [&](int label) {
                return each_label(other_end, [&](int other) { return other == label; });
              });
    *outputs++ = reached ? 1 : 0;
  }
}

void Serving::answer(const std::uint64_t* pattern, const std::vector<Question>& questions,
                     std::uint8_t* outputs) const {
  const Work work(*this, pattern, true);
  for (const Question& question : questions) {
    const Chain& chain = chains[index_of(question.chain)];
    // Roles count up to this group; those behind it may still follow.
    Work::RoleCounts roles(groups.size(), 1);
    std::size_t first = 0;
    std::size_t leaf = 0;
    bool found = false;
    for (const Step& step : chain.steps) {
      for (const int g : step.groups) {
        if (!found && find_group(g, question.group, leaf)) {
          found = true;
          first = leaf;
        }
      }
      if (!found) continue;
      for (const int g : step.groups) leave_open(g, roles);
    }
    const Work::Alive alive = work.follow(chain, roles);
    for (const Member& member : groups[index_of(question.group)].members) {
      const std::size_t size =
          member.vertex >= 0 ? 1 : static_cast<std::size_t>(groups[index_of(member.group)].leaves);
      *outputs++ = Work::stands_at(alive, first, size) ? 1 : 0;
      first += size;
    }
  }
}

/// Takes the roles of a group and of all in it out of the count.
void Serving::leave_open(int group, std::vector<std::uint8_t>& roles) const {
  roles[index_of(group)] = 0;
  for (const Member& member : groups[index_of(group)].members) {
    if (member.group >= 0) leave_open(member.group, roles);
  }
}

/// Where the leaves of a group begin within another; steps over them if it is not in there.
bool Serving::find_group(int in, int wanted, std::size_t& leaf) const {
  if (in == wanted) return true;
  for (const Member& member : groups[index_of(in)].members) {
    if (member.vertex >= 0) {
      ++leaf;
    } else if (find_group(member.group, wanted, leaf)) {
      return true;
    }
  }
  return false;
}

}  // namespace nines
