#include "models/serving.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include <boost/graph/adjacency_list.hpp>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "models/serving_rows.hpp"

namespace nines {

double ResponseBook::number_of(const ResponseLaw& law) const {
  std::uint64_t hash = 1;
  const std::vector<double> content = law.content();
  for (const double value : content) hash = mix(hash, std::bit_cast<std::uint64_t>(value));
  hash = (hash >> 12U) | 1U;  // a whole number that a double holds, and not 0
  const std::lock_guard lock(mutex_);
  const auto [at, fresh] = laws_.emplace(hash, law);
  CHECK(fresh || at->second.content() == content, "two response laws have one hash");
  return static_cast<double>(hash);
}

const ResponseLaw& ResponseBook::law(double number) const {
  const std::lock_guard lock(mutex_);
  return laws_.at(static_cast<std::uint64_t>(number));
}

// ---- Made once -------------------------------------------------------------------------------

Serving::Bit Serving::bit(SignalId signal) {
  const auto [at, fresh] =
      bit_of_.emplace(static_cast<std::uint32_t>(signal), static_cast<Bit>(inputs_.size()));
  if (fresh) inputs_.push_back(signal);
  return at->second;
}

std::uint64_t Serving::pair_key(int a, int b) {
  return static_cast<std::uint64_t>(std::min(a, b)) << 32U |
         static_cast<std::uint32_t>(std::max(a, b));
}

void Serving::add_leaves_of(int group, std::vector<int>& leaves) const {
  for (const Member& member : groups[index_of(group)].members) {
    if (member.vertex >= 0) {
      leaves.push_back(member.vertex);
    } else {
      add_leaves_of(member.group, leaves);
    }
  }
}

std::vector<std::pair<int, int>> Serving::pairs_needed() const {
  std::set<std::pair<int, int>> pairs;
  const auto add = [&](const std::vector<int>& from, const std::vector<int>& to) {
    for (const int a : from) {
      for (const int b : to) {
        if (a != b) pairs.insert(std::minmax(a, b));
      }
    }
  };
  const auto targets = [&](const std::vector<Clause>& clauses) {
    std::vector<int> all;
    for (const Clause& clause : clauses) {
      for (const Need& need : clause) {
        if (need.vertex >= 0) {
          all.push_back(need.vertex);
        } else {
          add_leaves_of(need.group, all);
        }
      }
    }
    return all;
  };
  for (const Chain& chain : chains) {
    std::vector<int> before;
    if (!chain.from_first) before.push_back(chain.client);
    for (const Step& step : chain.steps) {
      std::vector<int> here;
      for (const int g : step.groups) add_leaves_of(g, here);
      add(before, here);
      before = std::move(here);
    }
  }
  for (std::size_t v = 0; v < vertices.size(); ++v) {
    add({static_cast<int>(v)}, targets(vertices[v].needs));
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    std::vector<int> leaves;
    add_leaves_of(static_cast<int>(g), leaves);
    add(leaves, targets(groups[g].needs));
  }
  for (const Service& service : services) {
    add({chains[index_of(service.chains.front())].client}, targets(service.needs));
  }
  return {pairs.begin(), pairs.end()};
}

void Serving::set_pair(int a, int b, SignalId signal) { pair_signals_[pair_key(a, b)] = signal; }

void Serving::prune() {
  std::vector<std::uint8_t> terminal(vertices.size(), 0);
  for (std::size_t v = 0; v < vertices.size(); ++v) terminal[v] = vertices[v].terminal;
  for (const Chain& chain : chains) terminal[index_of(chain.client)] = 1;
  const auto note = [&](const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) {
      for (const Need& need : clause) {
        if (need.vertex >= 0) terminal[index_of(need.vertex)] = 1;
      }
    }
  };
  for (const Group& group : groups) {
    for (const Member& member : group.members) {
      if (member.vertex >= 0) terminal[index_of(member.vertex)] = 1;
    }
    note(group.needs);
  }
  for (const Service& service : services) note(service.needs);
  for (std::size_t v = 0; v < vertices.size(); ++v) note(vertices[v].needs);

  // An end that is no terminal leads nowhere: off it goes, and what then is an end, too.
  std::vector<std::vector<std::size_t>> at(vertices.size());
  for (std::size_t e = 0; e < edges.size(); ++e) {
    at[static_cast<std::size_t>(edges[e].a)].push_back(e);
    at[static_cast<std::size_t>(edges[e].b)].push_back(e);
  }
  std::vector<std::uint8_t> dropped(edges.size(), 0);
  // How many others each still leads to; who goes takes one from each of those.
  const auto others_of = [&](std::size_t v) {
    std::set<std::size_t> others;
    for (const std::size_t e : at[v]) {
      if (dropped[e] != 0) continue;
      others.insert(index_of(edges[e].a) == v ? index_of(edges[e].b) : index_of(edges[e].a));
    }
    return others;
  };
  std::vector<std::size_t> leads_to(vertices.size());
  std::vector<std::size_t> ends;
  const auto look_at = [&](std::size_t v) {
    if (terminal[v] == 0 && (leads_to[v] <= 1 || !vertices[v].forwards)) ends.push_back(v);
  };
  for (std::size_t v = 0; v < vertices.size(); ++v) {
    leads_to[v] = others_of(v).size();
    look_at(v);
  }
  while (!ends.empty()) {
    const std::size_t v = ends.back();
    ends.pop_back();
    for (const std::size_t other : others_of(v)) {
      --leads_to[other];
      look_at(other);
    }
    for (const std::size_t e : at[v]) dropped[e] = 1;
  }
  std::vector<Edge> kept;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (dropped[e] == 0) kept.push_back(edges[e]);
  }
  edges = std::move(kept);
  for (std::size_t v = 0; v < vertices.size(); ++v) vertices[v].matters = terminal[v] != 0;
  for (const Edge& edge : edges) {
    vertices[index_of(edge.a)].matters = true;
    vertices[index_of(edge.b)].matters = true;
  }
}

int Serving::count_leaves(int group) const {
  int leaves = 0;
  for (const Member& member : groups[index_of(group)].members) {
    leaves += member.vertex >= 0 ? 1 : count_leaves(member.group);
  }
  return leaves;
}

void Serving::visit_group(int group, std::vector<std::uint8_t>& seen) {
  visit_needs(groups[index_of(group)].needs, seen);
  for (const Member& member : groups[index_of(group)].members) {
    member.vertex >= 0 ? visit(member.vertex, seen) : visit_group(member.group, seen);
  }
}

void Serving::visit(int vertex, std::vector<std::uint8_t>& seen) {
  const auto v = index_of(vertex);
  if (seen[v] != 0) return;
  seen[v] = 1;
  visit_needs(vertices[v].needs, seen);
  in_order_.push_back(vertex);
}

void Serving::visit_needs(const std::vector<Clause>& clauses, std::vector<std::uint8_t>& seen) {
  for (const Clause& clause : clauses) {
    for (const Need& need : clause) {
      need.vertex >= 0 ? visit(need.vertex, seen) : visit_group(need.group, seen);
    }
  }
}

void Serving::seal() {
  if (networked && !by_pairs) prune();
  if (by_pairs) {
    const std::size_t n = vertices.size();
    pair_bits_.assign(n * n, kAlways);
    for (const auto& [key, signal] : pair_signals_) {
      const auto a = static_cast<std::size_t>(key >> 32U);
      const auto b = static_cast<std::size_t>(key & 0xFFFFFFFFU);
      pair_bits_[a * n + b] = pair_bits_[b * n + a] = bit(signal);
    }
  }
  for (Vertex& vertex : vertices) {
    // Whoever only tells of pairs does not care whether their ends are up.
    if (!vertex.matters || (chains.empty() && !vertex.forwards)) continue;
    if (vertex.signal != kNone<SignalId>) vertex.usable = bit(vertex.signal);
    for (const auto& [signal, factor] : vertex.factors) {
      vertex.degradations.emplace_back(bit(signal), factor);
    }
  }
  for (Edge& edge : edges) {
    if (edge.signal != kNone<SignalId>) edge.usable = bit(edge.signal);
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    groups[g].leaves = count_leaves(static_cast<int>(g));
  }
  neighbours_.assign(vertices.size(), {});
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const Edge& edge = edges[e];
    neighbours_[index_of(edge.a)].emplace_back(static_cast<int>(e), edge.b);
    neighbours_[index_of(edge.b)].emplace_back(static_cast<int>(e), edge.a);
    with_latency_ = with_latency_ || edge.latency_s > 0;
  }
  for (const Vertex& vertex : vertices) with_latency_ = with_latency_ || vertex.latency_s > 0;
  if (!with_latency_) {
    latencies_.reset();
  } else {
    const auto graph = std::make_shared<LatencyGraph>(vertices.size());
    for (std::size_t e = 0; e < edges.size(); ++e) {
      boost::add_edge(index_of(edges[e].a), index_of(edges[e].b), e, *graph);
      boost::add_edge(index_of(edges[e].b), index_of(edges[e].a), e, *graph);
    }
    latencies_ = graph;
  }
  std::vector<std::uint8_t> seen(vertices.size(), 0);
  in_order_.clear();
  for (std::size_t v = 0; v < vertices.size(); ++v) visit(static_cast<int>(v), seen);
}

std::size_t Serving::output_count() const {
  std::size_t count = 0;
  for (const Service& service : services) count += service.with_roles ? 2 : 1;
  return count;
}

std::uint32_t Serving::number_count() const {
  std::uint32_t count = 0;
  for (const Service& service : services) {
    count += service.with_load ? ServiceNumbers::kCount : 0;
  }
  return count;
}

// ---- For each pattern ------------------------------------------------------------------------

}  // namespace nines
