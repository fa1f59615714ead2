// Serving: who reaches whom, which services stand and how much they serve, as a pure function of
// what is up. Compiled once; the engine calls it for each new pattern of its inputs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/contract/builder.hpp"
#include "models/response.hpp"

namespace nines {

/// Laws of response times that occurred, by a number that only their content decides, so that it
/// does not matter which thread met one first.
class ResponseBook {
 public:
  double number_of(const ResponseLaw& law) const;
  const ResponseLaw& law(double number) const;

 private:
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::uint64_t, ResponseLaw> laws_;
};

struct LatencyGraph;

/// What a service's numbers are, in order.
struct ServiceNumbers {
  double offered_per_s = 0.0;
  double served_per_s = 0.0;
  double response_s = 0.0;    ///< mean; infinite while a queue is saturated
  double response_law = 0.0;  ///< its number in the book; 0: there is none at this moment
  double available = 0.0;     ///< 1 or 0
  /// Of what is served, what reaches only former primaries, which are active still.
  double to_former_per_s = 0.0;
  double stale_per_s = 0.0;  ///< of what is served, answers of copies that lack writes
  static constexpr std::uint32_t kServed = 1;  ///< the place of served_per_s
  static constexpr std::uint32_t kResponse = 2;
  static constexpr std::uint32_t kToFormer = 5;
  static constexpr std::uint32_t kCount = 7;
  static ServiceNumbers read(const double* from) {
    return {from[0], from[1], from[2], from[3], from[4], from[5], from[6]};
  }
  void write(double* to) const {
    to[0] = offered_per_s;
    to[1] = served_per_s;
    to[2] = response_s;
    to[3] = response_law;
    to[4] = available;
    to[5] = to_former_per_s;
    to[6] = stale_per_s;
  }
};

/// The graph and the chains of some services, as rows of indices. Inputs are bits of a pattern;
/// -1 stands for "always".
class Serving {
 public:
  using Bit = int;
  static constexpr Bit kAlways = -1;

  struct Need {
    int vertex = -1;  ///< this or
    int group = -1;   ///< that
  };
  using Clause = std::vector<Need>;  ///< one of these
  struct Vertex {
    SignalId signal = kNone<SignalId>;  ///< that it is usable; none: always
    Bit usable = kAlways;               ///< set by `seal`, as are those below
    bool matters = true;
    bool terminal = false;  ///< of some pair that is asked about
    bool forwards = false;
    bool attached = false;  ///< without a link: whoever needs it has it
    double latency_s = 0.0;
    std::optional<double> capacity_per_s;
    int concurrency = 1;
    std::vector<std::pair<SignalId, double>> factors;  ///< of the capacity, while it is false
    std::vector<std::pair<Bit, double>> degradations;
    std::vector<Clause> needs;
  };
  struct Edge {
    int a = 0;
    int b = 0;
    SignalId signal = kNone<SignalId>;
    Bit usable = kAlways;
    double latency_s = 0.0;
  };
  struct Member {
    int vertex = -1;  ///< this or
    int group = -1;   ///< that
    std::vector<Bit> conditions;
    Bit role = kAlways;  ///< it is in service, or in the view of a balancer
    double weight = 1.0;
    Bit former = kAlways;    ///< it is in service, but another has taken its place; none: never
    Bit warm = kAlways;      ///< of a cache: it has its share
    Bit lacks = kAlways;     ///< it lacks writes, so that what it answers is stale; none: never
    int answers = 1;         ///< as how many its answer counts, where answers are waited for
    bool backup = false;     ///< in service only while none of the others is in view
    std::vector<Bit> host;   ///< all on: its host is there, so a failure is refused
    std::vector<Bit> talks;  ///< all on: it does not hang
  };
  struct Group {
    int need = 1;
    int places = 0;               ///< of a group with roles: how many are to be active; 0: views
    std::vector<Bit> pauses;      ///< conditions that follow by themselves, like roles
    bool by_connections = false;  ///< each gets what keeps its connections as many as others'
    double skew = 0.0;            ///< how much more than even the first in view gets
    /// Whether what meets a failed member goes to another: refused, hanging, silent.
    std::array<bool, 3> retried{};
    std::vector<Bit> conditions;
    std::vector<Member> members;
    std::vector<Clause> needs;  ///< of each member
    int answers = 1;            ///< whoever serves waits for so many, its own among them
    int leaves = 0;             ///< set by `seal`
  };
  struct Step {
    enum class Kind : std::uint8_t { one, all, any };
    Kind kind = Kind::one;
    std::vector<int> groups;
  };
  /// A path with its load.
  struct Chain {
    int client = 0;
    bool from_first = false;  ///< requests do not come from the client, but begin at the first step
    std::vector<Step> steps;
    double offered_per_s = 0.0;  ///< at a load of 100 %; 0: no workload, all or nothing
    double hit_ratio = 0.0;      ///< ends at a cache: of what is offered only what that has
    int hits = -1;               ///< a chain that takes what a cache has; none: there is no cache
    std::vector<std::pair<Bit, double>> loads;  ///< the bit that is on tells the load; none: 1
  };
  struct Service {
    std::vector<int> chains;
    std::vector<Clause> needs;  ///< of its client
    std::vector<Bit> conditions;
    std::vector<std::uint8_t> is_read;  ///< by chain; several alike are those of shards
    double serves_at_least = 0.0;       ///< of what each chain is offered
    bool any_may_fail = false;          ///< or of what all chains alike are offered together
    bool with_roles = false;
    bool with_load = false;
    bool may_be_stale = false;
    bool keeps_laws = true;  ///< of response times, for their quantiles
  };
  /// Asked besides: which members of a group could serve if they had the role.
  struct Question {
    int chain = 0;
    int group = 0;
  };

  bool networked = false;  ///< false: all reach one another
  /// The network is another's, who tells of pairs of vertices whether they reach each other; there
  /// are no edges here.
  bool by_pairs = false;
  std::vector<Vertex> vertices;
  std::vector<Edge> edges;
  std::vector<Group> groups;
  std::vector<Chain> chains;
  std::vector<Service> services;

  /// Adds an input, once, and returns its bit.
  Bit bit(SignalId signal);
  const std::vector<SignalId>& inputs() const { return inputs_; }
  /// To be called when all is added. Drops what cannot matter to any path between clients, members
  /// and what they need.
  void seal();

  /// Outputs: for each service whether it is available and, if `with_roles`, whether it could be if
  /// all roles followed. Numbers: ServiceNumbers of each service with a load.
  void evaluate(const std::uint64_t* pattern, std::uint8_t* outputs, double* numbers,
                ResponseBook& book) const;
  /// The pairs that `evaluate` and `answer` will ask about, each once, lower vertex first.
  std::vector<std::pair<int, int>> pairs_needed() const;
  /// Says which signal tells of a pair.
  void set_pair(int a, int b, SignalId signal);
  /// Outputs: for each pair of vertices whether they reach each other.
  void reach_pairs(const std::uint64_t* pattern, const std::vector<std::pair<int, int>>& pairs,
                   std::uint8_t* outputs) const;
  /// Outputs: for each question the members of its group, in order.
  void answer(const std::uint64_t* pattern, const std::vector<Question>& questions,
              std::uint8_t* outputs) const;
  std::size_t output_count() const;
  std::uint32_t number_count() const;

 private:
  struct Work;
  int count_leaves(int group) const;
  void prune();
  void add_leaves_of(int group, std::vector<int>& leaves) const;
  static std::uint64_t pair_key(int a, int b);
  void leave_open(int group, std::vector<std::uint8_t>& roles) const;
  bool find_group(int in, int wanted, std::size_t& leaf) const;
  void visit(int vertex, std::vector<std::uint8_t>& seen);
  void visit_group(int group, std::vector<std::uint8_t>& seen);
  void visit_needs(const std::vector<Clause>& clauses, std::vector<std::uint8_t>& seen);

  std::vector<SignalId> inputs_;
  std::unordered_map<std::uint32_t, Bit> bit_of_;
  std::vector<std::vector<std::pair<int, int>>> neighbours_;  ///< by vertex: edge, other end
  std::vector<int> in_order_;  ///< vertices, each behind those that it needs
  bool with_latency_ = false;
  std::shared_ptr<const LatencyGraph> latencies_;  ///< where there are any
  std::unordered_map<std::uint64_t, SignalId> pair_signals_;
  std::vector<Bit> pair_bits_;  ///< row a, column b; kAlways where nobody asks
};

}  // namespace nines
