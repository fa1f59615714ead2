#include "topologies/structure/frontier.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <numeric>

#include "engine/base/check.hpp"
#include "engine/solve/combine.hpp"
#include "engine/solve/key_table.hpp"

namespace nines {
namespace {

/// What is learnt when the last element that decides it is known.
struct Fact {
  enum class Kind : std::uint8_t { link, end };
  Kind kind = Kind::end;
  std::size_t row = 0;               ///< of links, of ends
  std::vector<std::size_t> support;  ///< positions in the order of elements
  std::vector<std::uint8_t> truth;   ///< by the bits of its support
};

constexpr std::size_t kMostSupport = 20;
constexpr int kMostBlocks = 32;

class Frontier {
 public:
  Frontier(const Success& success, const std::vector<std::size_t>& elements)
      : success_(success), topology_(success.topology()) {
    put_in_order(elements);
    find_facts();
    find_lives();
  }

  const std::vector<std::size_t>& order() const { return order_; }  ///< components

  DiagramAnswer run(const std::vector<double>& down, std::size_t most_per_level,
                    const std::function<void(double)>& progress);

 private:
  struct Link {
    std::size_t component;
    std::size_t a, b;  ///< components
  };
  /// How things are joined so far.
  struct Joined {
    std::vector<std::uint8_t> bits;    ///< by position: of live elements
    std::vector<std::int8_t> block;    ///< by vertex; -1: not met yet, or met for the last time
    std::vector<std::uint32_t> mask;   ///< by end: the blocks that it is linked into
    std::vector<std::uint8_t> usable;  ///< by end, once known
    std::uint32_t taken = 0;           ///< blocks in use
  };
  enum Verdict : std::uint8_t { kOpen, kStands, kDown };

  void put_in_order(const std::vector<std::size_t>& elements);
  void find_facts();
  void find_lives();
  void add_fact(Fact::Kind kind, std::size_t row, const std::vector<std::size_t>& components,
                const std::function<bool(const Ups&)>& is);
  std::size_t key_bytes(std::size_t level) const {
    return live_bits_[level].size() + live_vertices_[level].size() + 5 * ends_;
  }
  void decode(const std::uint8_t* key, std::size_t level, Joined& out) const;
  void encode(const Joined& in, std::size_t level, std::uint8_t* key) const;
  void learn(Joined& joined, const Fact& fact) const;
  std::uint32_t new_block(Joined& joined) const;
  void unite(Joined& joined, std::uint32_t a, std::uint32_t b) const;
  void tidy(Joined& joined, std::size_t level) const;
  Verdict verdict(const Joined& joined, std::size_t level);

  const Success& success_;
  const Topology& topology_;
  std::size_t ends_ = 0;
  std::vector<std::size_t> order_;      ///< components
  std::vector<std::int64_t> position_;  ///< by component; -1: never down
  std::vector<Link> links_;
  std::vector<std::int32_t> vertex_of_;  ///< by component that forwards
  std::vector<std::int32_t> end_of_;     ///< by component
  std::size_t vertices_ = 0;
  std::vector<Fact> facts_;
  std::vector<std::vector<std::size_t>> facts_at_;  ///< by level: those decided by it
  std::vector<std::size_t> at_start_;
  std::vector<std::vector<std::size_t>> live_bits_;      ///< by level: positions
  std::vector<std::vector<std::size_t>> live_vertices_;  ///< by level
  std::vector<std::vector<std::uint8_t>> is_live_;       ///< by level and vertex
  std::vector<std::size_t> end_known_;                   ///< by end: the level that decides it
  std::vector<std::size_t> last_link_;  ///< by end: after that level no link of its is open
  std::map<std::vector<std::uint32_t>, Verdict> verdicts_;
};

/// A walk through the network, breadth first, from the client: each component after what it stands
/// in, links when their second end is met.
void Frontier::put_in_order(const std::vector<std::size_t>& elements) {
  const std::size_t n = topology_.components.size();
  std::vector<std::uint8_t> wanted(n, 0);
  for (const std::size_t e : elements) wanted[e] = 1;
  position_.assign(n, -1);
  const auto place = [&](std::size_t c) {
    if (wanted[c] == 0 || position_[c] >= 0) return;
    position_[c] = static_cast<std::int64_t>(order_.size());
    order_.push_back(c);
  };
  const auto place_all = [&](const std::vector<std::size_t>& components) {
    for (const std::size_t c : components) place(c);
  };
  std::vector<std::vector<std::size_t>> links_of(n);
  for (std::size_t l = 0; l < n; ++l) {
    for (const std::size_t end : topology_.components[l].between) links_of[end].push_back(l);
  }
  std::vector<std::uint8_t> met(n, 0);
  std::vector<std::size_t> queue{success_.service().from};
  for (const std::size_t end : success_.ends()) queue.push_back(end);  // whoever is not linked
  place_all(success_.support_of_client());
  const std::size_t roots = queue.size();
  std::vector<std::size_t> walk;
  for (std::size_t root = 0; root < roots; ++root) {
    if (met[queue[root]] != 0) continue;
    met[queue[root]] = 1;
    std::vector<std::size_t> open{queue[root]};
    for (std::size_t i = 0; i < open.size(); ++i) {
      const std::size_t c = open[i];
      place_all(success_.support_of_usable(c));
      for (const std::size_t l : links_of[c]) {
        const std::vector<std::size_t>& ends = topology_.components[l].between;
        const std::size_t other = ends[0] == c ? ends[1] : ends[0];
        if (met[other] == 0) {
          met[other] = 1;
          open.push_back(other);
        } else if (std::find(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                             other) != open.begin() + static_cast<std::ptrdiff_t>(i) + 1) {
          place_all(success_.support_of_usable(l));
        }
      }
    }
  }
}

void Frontier::add_fact(Fact::Kind kind, std::size_t row,
                        const std::vector<std::size_t>& components,
                        const std::function<bool(const Ups&)>& is) {
  Fact fact;
  fact.kind = kind;
  fact.row = row;
  for (const std::size_t c : components) {
    if (position_[c] >= 0) fact.support.push_back(static_cast<std::size_t>(position_[c]));
  }
  std::sort(fact.support.begin(), fact.support.end());
  fact.support.erase(std::unique(fact.support.begin(), fact.support.end()), fact.support.end());
  if (fact.support.size() > kMostSupport) {
    throw TooManyCombinations("a component that depends on more than 20 others");
  }
  Ups up(topology_.components.size(), 1);
  for (std::size_t bits = 0; bits < std::size_t{1} << fact.support.size(); ++bits) {
    for (std::size_t i = 0; i < fact.support.size(); ++i) {
      up[order_[fact.support[i]]] = static_cast<std::uint8_t>(bits >> i & 1U);
    }
    fact.truth.push_back(is(up) ? 1 : 0);
  }
  facts_.push_back(std::move(fact));
}

void Frontier::find_facts() {
  const std::size_t n = topology_.components.size();
  ends_ = success_.ends().size();
  vertex_of_.assign(n, -1);
  end_of_.assign(n, -1);
  for (std::size_t t = 0; t < ends_; ++t) {
    end_of_[success_.ends()[t]] = static_cast<std::int32_t>(t);
  }
  for (std::size_t c = 0; c < n; ++c) {
    if (success_.forwards(c)) vertex_of_[c] = static_cast<std::int32_t>(vertices_++);
  }
  const auto joined = [](std::vector<std::size_t> a, const std::vector<std::size_t>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  for (std::size_t l = 0; l < n; ++l) {
    const std::vector<std::size_t>& ends = topology_.components[l].between;
    if (ends.size() != 2) continue;
    const std::size_t row = links_.size();
    links_.push_back({l, ends[0], ends[1]});
    std::vector<std::size_t> support = success_.support_of_usable(l);
    for (const std::size_t end : ends) {
      if (success_.forwards(end)) support = joined(support, success_.support_of_works(end));
    }
    add_fact(Fact::Kind::link, row, support, [&, l, ends](const Ups& up) {
      return success_.usable(l, up) && std::all_of(ends.begin(), ends.end(), [&](std::size_t end) {
               return !success_.forwards(end) || success_.works(end, up);
             });
    });
  }
  for (std::size_t t = 0; t < ends_; ++t) {
    const std::size_t c = success_.ends()[t];
    const bool client = c == success_.service().from;
    add_fact(Fact::Kind::end, t,
             client ? success_.support_of_client() : success_.support_of_usable(c),
             [&, c, client](const Ups& up) {
               return client ? success_.client_usable(up) : success_.usable(c, up);
             });
  }
}

/// Level i is when elements before i are known.
void Frontier::find_lives() {
  const std::size_t levels = order_.size() + 1;
  facts_at_.resize(order_.size());
  std::vector<std::size_t> decided(facts_.size(), 0);  // level from which a fact is known
  for (std::size_t f = 0; f < facts_.size(); ++f) {
    if (facts_[f].support.empty()) {
      at_start_.push_back(f);
    } else {
      decided[f] = facts_[f].support.back() + 1;
      facts_at_[facts_[f].support.back()].push_back(f);
    }
  }
  live_bits_.resize(levels);
  for (std::size_t level = 0; level < levels; ++level) {
    std::vector<std::uint8_t> live(order_.size(), 0);
    for (std::size_t f = 0; f < facts_.size(); ++f) {
      if (decided[f] <= level) continue;
      for (const std::size_t p : facts_[f].support) live[p] = p < level ? 1 : 0;
    }
    for (std::size_t p = 0; p < order_.size(); ++p) {
      if (live[p] != 0) live_bits_[level].push_back(p);
    }
  }
  std::vector<std::size_t> first(vertices_, levels);
  std::vector<std::size_t> last(vertices_, 0);
  end_known_.assign(ends_, 0);
  last_link_.assign(ends_, 0);
  for (std::size_t f = 0; f < facts_.size(); ++f) {
    if (facts_[f].kind == Fact::Kind::end) {
      end_known_[facts_[f].row] = decided[f];
      continue;
    }
    const Link& link = links_[facts_[f].row];
    for (const std::size_t end : {link.a, link.b}) {
      if (vertex_of_[end] >= 0) {
        const auto v = static_cast<std::size_t>(vertex_of_[end]);
        first[v] = std::min(first[v], decided[f]);
        last[v] = std::max(last[v], decided[f]);
      }
      if (end_of_[end] >= 0) {
        std::size_t& until = last_link_[static_cast<std::size_t>(end_of_[end])];
        until = std::max(until, decided[f]);
      }
    }
  }
  live_vertices_.resize(levels);
  is_live_.assign(levels, std::vector<std::uint8_t>(vertices_, 0));
  for (std::size_t level = 0; level < levels; ++level) {
    for (std::size_t v = 0; v < vertices_; ++v) {
      if (first[v] <= level && level < last[v]) {
        live_vertices_[level].push_back(v);
        is_live_[level][v] = 1;
      }
    }
  }
}

void Frontier::decode(const std::uint8_t* key, std::size_t level, Joined& out) const {
  for (const std::size_t p : live_bits_[level]) out.bits[p] = *key++;
  std::fill(out.block.begin(), out.block.end(), std::int8_t{-1});
  out.taken = 0;
  for (const std::size_t v : live_vertices_[level]) {
    out.block[v] = static_cast<std::int8_t>(*key++);
    out.taken |= 1U << static_cast<unsigned>(out.block[v]);
  }
  for (std::size_t t = 0; t < ends_; ++t) {
    out.usable[t] = *key++;
    std::memcpy(&out.mask[t], key, 4);
    key += 4;
    out.taken |= out.mask[t];
  }
}

void Frontier::encode(const Joined& in, std::size_t level, std::uint8_t* key) const {
  for (const std::size_t p : live_bits_[level]) *key++ = in.bits[p];
  for (const std::size_t v : live_vertices_[level]) {
    *key++ = static_cast<std::uint8_t>(in.block[v]);
  }
  for (std::size_t t = 0; t < ends_; ++t) {
    *key++ = in.usable[t];
    std::memcpy(key, &in.mask[t], 4);
    key += 4;
  }
}

std::uint32_t Frontier::new_block(Joined& joined) const {
  for (int b = 0; b < kMostBlocks; ++b) {
    if ((joined.taken >> b & 1U) != 0) continue;
    joined.taken |= 1U << b;
    return static_cast<std::uint32_t>(b);
  }
  throw TooManyCombinations("a network with more than 32 separate parts at its frontier");
}

void Frontier::unite(Joined& joined, std::uint32_t a, std::uint32_t b) const {
  if (a == b) return;
  for (std::int8_t& block : joined.block) {
    if (block == static_cast<std::int8_t>(b)) block = static_cast<std::int8_t>(a);
  }
  for (std::uint32_t& mask : joined.mask) {
    if ((mask >> b & 1U) != 0) mask = (mask & ~(1U << b)) | 1U << a;
  }
  joined.taken &= ~(1U << b);
}

void Frontier::learn(Joined& joined, const Fact& fact) const {
  std::size_t bits = 0;
  for (std::size_t i = 0; i < fact.support.size(); ++i) {
    bits |= static_cast<std::size_t>(joined.bits[fact.support[i]]) << i;
  }
  const bool is = fact.truth[bits] != 0;
  if (fact.kind == Fact::Kind::end) {
    joined.usable[fact.row] = is ? 1 : 0;
    return;
  }
  const Link& link = links_[fact.row];
  const auto block_of = [&](std::size_t c) {
    std::int8_t& block = joined.block[static_cast<std::size_t>(vertex_of_[c])];
    if (block < 0) {
      block = static_cast<std::int8_t>(new_block(joined));
      if (end_of_[c] >= 0) {
        joined.mask[static_cast<std::size_t>(end_of_[c])] |= 1U << static_cast<unsigned>(block);
      }
    }
    return static_cast<std::uint32_t>(block);
  };
  const bool a_forwards = vertex_of_[link.a] >= 0;
  const bool b_forwards = vertex_of_[link.b] >= 0;
  if (a_forwards) block_of(link.a);
  if (b_forwards) block_of(link.b);
  if (!is) return;
  const auto attach = [&](std::size_t c, std::uint32_t block) {
    if (end_of_[c] >= 0) joined.mask[static_cast<std::size_t>(end_of_[c])] |= 1U << block;
  };
  if (a_forwards && b_forwards) {
    unite(joined, block_of(link.a), block_of(link.b));
  } else if (a_forwards) {
    attach(link.b, block_of(link.a));
  } else if (b_forwards) {
    attach(link.a, block_of(link.b));
  } else {
    const std::uint32_t block = new_block(joined);
    attach(link.a, block);
    attach(link.b, block);
  }
}

/// Forgets what nothing depends on any more, and numbers blocks in the order in which they occur.
void Frontier::tidy(Joined& joined, std::size_t level) const {
  const std::vector<std::uint8_t>& live = is_live_[level];
  std::array<std::int8_t, kMostBlocks> number;
  number.fill(-1);
  std::int8_t next = 0;
  std::uint32_t alive = 0;
  for (std::size_t v = 0; v < vertices_; ++v) {
    if (joined.block[v] < 0) continue;
    if (live[v] == 0) {
      joined.block[v] = -1;
      continue;
    }
    const auto block = static_cast<std::size_t>(joined.block[v]);
    alive |= 1U << block;
    if (number[block] < 0) number[block] = next++;
    joined.block[v] = number[block];
  }
  // Of a part that no open link can reach matters only which of the ends it joins.
  std::array<std::uint64_t, kMostBlocks> members{};
  for (std::size_t t = 0; t < ends_; ++t) {
    if (end_known_[t] <= level && joined.usable[t] == 0) joined.mask[t] = 0;
    for (std::uint32_t m = joined.mask[t]; m != 0; m &= m - 1) {
      members[static_cast<std::size_t>(__builtin_ctz(m))] |= std::uint64_t{1} << (t % 64);
    }
  }
  std::uint32_t kept = alive;
  for (int b = 0; b < kMostBlocks; ++b) {
    const auto i = static_cast<std::size_t>(b);
    if ((alive >> b & 1U) != 0 || members[i] == 0) continue;
    if (ends_ <= 64) {
      if ((members[i] & (members[i] - 1)) == 0) continue;  // one end by itself
      bool inside = false;  // another part joins all of these, and perhaps more
      for (int other = 0; other < kMostBlocks && !inside; ++other) {
        const auto k = static_cast<std::size_t>(other);
        if (other == b || (members[i] & ~members[k]) != 0) continue;
        inside = members[k] != members[i] || (alive >> other & 1U) != 0 || other < b;
      }
      if (inside) continue;
    }
    kept |= 1U << b;
  }
  std::uint32_t taken = 0;
  for (std::size_t t = 0; t < ends_; ++t) {
    std::uint32_t mask = 0;
    for (std::uint32_t m = joined.mask[t] & kept; m != 0; m &= m - 1) {
      const auto block = static_cast<std::size_t>(__builtin_ctz(m));
      if (number[block] < 0) number[block] = next++;
      mask |= 1U << static_cast<unsigned>(number[block]);
    }
    joined.mask[t] = mask;
    taken |= mask;
  }
  for (const std::size_t v : live_vertices_[level]) {
    taken |= 1U << static_cast<unsigned>(joined.block[v]);
  }
  joined.taken = taken;
}

/// Whether the service stands, or is down, whatever is still open.
Frontier::Verdict Frontier::verdict(const Joined& joined, std::size_t level) {
  std::uint32_t alive = 0;
  for (const std::size_t v : live_vertices_[level]) {
    alive |= 1U << static_cast<unsigned>(joined.block[v]);
  }
  // For each end: its parts, whether it is usable (2: open), whether open links may join it to
  // more.
  std::vector<std::uint32_t> what;
  for (std::size_t t = 0; t < ends_; ++t) {
    const bool known = end_known_[t] <= level;
    const bool may_join = last_link_[t] > level || (joined.mask[t] & alive) != 0;
    what.push_back(joined.mask[t]);
    what.push_back((known ? joined.usable[t] : 2U) | (may_join ? 4U : 0U));
  }
  const auto known = verdicts_.find(what);
  if (known != verdicts_.end()) return known->second;
  std::vector<std::uint8_t> least(ends_);
  std::vector<std::uint8_t> most(ends_);
  for (std::size_t t = 0; t < ends_; ++t) {
    const std::uint32_t usable = what[2 * t + 1] & 3U;
    least[t] = usable == 1 ? 1 : 0;
    most[t] = usable != 0 ? 1 : 0;
  }
  const auto joins = [&](std::size_t a, std::size_t b) { return (what[2 * a] & what[2 * b]) != 0; };
  const auto may = [&](std::size_t a, std::size_t b) {
    return joins(a, b) || ((what[2 * a + 1] & what[2 * b + 1] & 4U) != 0);
  };
  const Verdict result = success_.stands_given(least, joins) ? kStands
                         : !success_.stands_given(most, may) ? kDown
                                                             : kOpen;
  verdicts_[what] = result;
  return result;
}

DiagramAnswer Frontier::run(const std::vector<double>& down, std::size_t most_per_level,
                            const std::function<void(double)>& progress) {
  constexpr std::uint32_t kToDown = 0xFFFFFFFFU;
  constexpr std::uint32_t kToStands = 0xFFFFFFFEU;
  constexpr std::uint32_t kGivenUp = 0xFFFFFFFDU;
  struct Node {
    std::uint32_t if_down;
    std::uint32_t if_up;
  };
  const std::size_t n = order_.size();
  Joined joined;
  joined.bits.assign(n, 1);
  joined.block.assign(vertices_, -1);
  joined.mask.assign(ends_, 0);
  joined.usable.assign(ends_, 0);
  const auto target = [&](Joined& state, std::size_t level, KeyTable& table,
                          std::vector<std::uint8_t>& key) {
    tidy(state, level);
    const Verdict said = verdict(state, level);
    if (said != kOpen) return said == kStands ? kToStands : kToDown;
    for (std::size_t t = 0; t < ends_; ++t) {
      if (end_known_[t] > level) state.usable[t] = 0;
    }
    encode(state, level, key.data());
    return table.number_of(key.data());
  };
  for (const std::size_t f : at_start_) learn(joined, facts_[f]);
  std::vector<std::vector<Node>> nodes(n);
  std::vector<std::vector<double>> forward(n + 1);
  std::vector<std::uint8_t> key(std::max<std::size_t>(1, key_bytes(0)));
  KeyTable table(key_bytes(0));
  const std::uint32_t root = target(joined, 0, table, key);
  DiagramAnswer answer;
  answer.birnbaum.assign(n, 0.0);
  answer.down_if_up.assign(n, 0.0);
  answer.down_if_down.assign(n, 0.0);
  if (root >= kGivenUp) {
    answer.down_low = answer.down_high = root == kToDown ? 1.0 : 0.0;
    std::fill(answer.down_if_up.begin(), answer.down_if_up.end(), answer.down_low);
    std::fill(answer.down_if_down.begin(), answer.down_if_down.end(), answer.down_low);
    return answer;
  }
  forward[0] = {1.0};
  std::vector<double> down_before(n + 1, 0.0);   // already down
  std::vector<double> given_before(n + 1, 0.0);  // already given up
  Joined before = joined;
  for (std::size_t level = 0; level < n; ++level) {
    const double q = down[order_[level]];
    KeyTable next(key_bytes(level + 1));
    key.resize(std::max<std::size_t>(1, key_bytes(level + 1)));
    std::vector<double>& to = forward[level + 1];
    down_before[level + 1] = down_before[level];
    given_before[level + 1] = given_before[level];
    nodes[level].resize(table.size());
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      decode(table.key(i), level, before);
      for (const bool up : {false, true}) {
        joined = before;
        joined.bits[level] = up ? 1 : 0;
        for (const std::size_t f : facts_at_[level]) learn(joined, facts_[f]);
        const std::uint32_t there = target(joined, level + 1, next, key);
        (up ? nodes[level][i].if_up : nodes[level][i].if_down) = there;
        const double p = forward[level][i] * (up ? 1.0 - q : q);
        if (there == kToDown) {
          down_before[level + 1] += p;
        } else if (there < kGivenUp) {
          if (to.size() <= there) to.resize(there + 1, 0.0);
          to[there] += p;
        }
      }
    }
    to.resize(next.size(), 0.0);
    if (next.size() > most_per_level) {
      // The least likely are given up; what leads to them leads nowhere.
      std::vector<std::uint32_t> by_weight(next.size());
      std::iota(by_weight.begin(), by_weight.end(), 0U);
      std::nth_element(
          by_weight.begin(), by_weight.begin() + static_cast<std::ptrdiff_t>(most_per_level),
          by_weight.end(), [&](std::uint32_t a, std::uint32_t b) { return to[a] > to[b]; });
      std::vector<std::uint32_t> renamed(next.size(), kGivenUp);
      KeyTable kept(key_bytes(level + 1));
      std::vector<double> kept_weight;
      by_weight.resize(most_per_level);
      std::sort(by_weight.begin(), by_weight.end());
      for (const std::uint32_t i : by_weight) {
        renamed[i] = kept.number_of(next.key(i));
        kept_weight.push_back(to[i]);
      }
      for (std::uint32_t i = 0; i < renamed.size(); ++i) {
        if (renamed[i] == kGivenUp) given_before[level + 1] += to[i];
      }
      for (Node& node : nodes[level]) {
        if (node.if_down < kGivenUp) node.if_down = renamed[node.if_down];
        if (node.if_up < kGivenUp) node.if_up = renamed[node.if_up];
      }
      next = std::move(kept);
      to = std::move(kept_weight);
    }
    answer.nodes += nodes[level].size();
    table = std::move(next);
    if (progress) progress(static_cast<double>(level + 1) / static_cast<double>(n));
  }
  CHECK(table.size() == 0, "{} states are open though all is known", table.size());
  answer.down_low = down_before[n];
  answer.down_high = down_before[n] + given_before[n];
  // Backwards: the probability to be down from each node.
  std::vector<double> below;
  for (std::size_t level = n; level-- > 0;) {
    const double q = down[order_[level]];
    std::vector<double> here(nodes[level].size());
    const auto down_from = [&](std::uint32_t to) {
      return to == kToDown ? 1.0 : to >= kGivenUp ? 0.0 : below[to];
    };
    double if_down = down_before[level];
    double if_up = down_before[level];
    for (std::size_t i = 0; i < here.size(); ++i) {
      const double a = down_from(nodes[level][i].if_down);
      const double b = down_from(nodes[level][i].if_up);
      here[i] = q * a + (1.0 - q) * b;
      if_down += forward[level][i] * a;
      if_up += forward[level][i] * b;
    }
    answer.down_if_down[level] = if_down;
    answer.down_if_up[level] = if_up;
    answer.birnbaum[level] = if_down - if_up;
    below = std::move(here);
  }
  return answer;
}

}  // namespace

DiagramAnswer with_links(const Success& success, const std::vector<std::size_t>& elements,
                         const std::vector<double>& down, std::size_t most_per_level,
                         const std::function<void(double)>& progress) {
  Frontier frontier(success, elements);
  DiagramAnswer by_order = frontier.run(down, most_per_level, progress);
  // From the order of the walk to that of `elements`; what the walk does not meet does not matter.
  std::map<std::size_t, std::size_t> at;
  for (std::size_t i = 0; i < frontier.order().size(); ++i) at[frontier.order()[i]] = i;
  DiagramAnswer answer = by_order;
  answer.birnbaum.clear();
  answer.down_if_up.clear();
  answer.down_if_down.clear();
  for (const std::size_t e : elements) {
    const auto found = at.find(e);
    const bool met = found != at.end();
    answer.birnbaum.push_back(met ? by_order.birnbaum[found->second] : 0.0);
    answer.down_if_up.push_back(met ? by_order.down_if_up[found->second] : by_order.down_low);
    answer.down_if_down.push_back(met ? by_order.down_if_down[found->second] : by_order.down_low);
  }
  return answer;
}

}  // namespace nines
