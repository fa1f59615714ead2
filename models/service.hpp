// A service as compiled: what it means for it to stand, and how much it serves.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/declaration.hpp"
#include "models/mechanisms/sessions.hpp"
#include "models/serving.hpp"

namespace nines {

/// The graph of a topology.
struct Graph {
  struct Link {
    const CompiledComponent* component = nullptr;
    std::size_t a = 0;  ///< vertices
    std::size_t b = 0;
  };
  bool networked = false;  ///< false: there is no link, and all reach one another
  std::vector<const CompiledComponent*> vertices;
  std::vector<Link> links;
};

/// A service to be compiled: one or two chains, each for a class of requests.
struct ServiceSpec {
  struct Step {
    Serving::Step::Kind kind = Serving::Step::Kind::one;
    std::vector<const CompiledGroup*> groups;
  };
  struct Path {
    std::vector<Step> steps;
    double offered_per_s = 0.0;
    bool reads = false;  ///< only; several paths for them, or for others, are of shards
    /// Of requests that end at a cache, its last step: which path those take that it does not have.
    std::optional<std::size_t> hits_for = {};
  };
  std::string name;
  /// Of a class with a path of its own: the number of its service among the specs.
  std::optional<std::size_t> part_of = {};
  std::vector<std::size_t> paths_of_whole = {};  ///< and which of its paths these are
  /// What is taken from a queue, its first step: a path of its own, from wherever that is.
  bool from_first = false;
  const CompiledComponent* client = nullptr;
  std::vector<Path> paths;
  std::vector<CompiledClause> needs;              ///< what the client must reach
  std::vector<SignalId> conditions;               ///< what else must hold
  std::vector<const CompiledComponent*> depends;  ///< whatever the conditions read
  std::vector<const CompiledGroup*> depends_on_groups = {};
  bool with_load = false;
  double serves_at_least = 0.0;
  bool any_may_fail = false;  ///< of shards, so long as `serves_at_least` is served in all
  std::vector<std::pair<SignalId, double>> loads;  ///< of a profile: level and factor
};

/// A service: chains of groups that serve the requests of a client.
struct CompiledService {
  std::string name;
  std::optional<std::size_t> part_of;
  SignalId available{};
  /// Whether it could be if every role followed: what blame by set is thinned with.
  SignalId could_be{};
  bool with_load = false;
  bool may_be_stale = false;    ///< copies answer that may lack writes
  bool with_responses = false;  ///< it has one path, so that a request has one time
  EvaluationId evaluation = kNone<EvaluationId>;  ///< with a load: whose numbers are its
  std::uint32_t first_number = 0;
  std::shared_ptr<const ResponseBook> book;
  std::optional<CompiledSessions> sessions;
  std::vector<const CompiledComponent*> support;  ///< all that matters to it, in name order
  /// What it may wait for while nothing is down: a signal that is false then, "array: restore".
  std::vector<std::pair<SignalId, std::string>> waits;
  /// Roles, views and pauses: blame by set takes them to follow at once.
  std::vector<SignalId> roles;
};

/// What blame by set says where no component is down and nothing is waited for: too much load.
inline constexpr const char* kLoadAlone = "load";
inline constexpr const char* kMisplacedRoles = "roles that nobody moves";

/// Signals that tell of pairs of components whether the network joins them; `within_segment`: by
/// switches alone, as multicast needs.
std::vector<SignalId> compile_reach(
    const std::string& name, const Graph& graph,
    const std::vector<std::pair<const CompiledComponent*, const CompiledComponent*>>& pairs,
    ModelBuilder& model, bool within_segment = false);

/// Whether each member of a group could serve if it had the role, by group.
struct ByName {
  bool operator()(const CompiledGroup* a, const CompiledGroup* b) const {
    return a->name < b->name;
  }
};
using CouldServe = std::map<const CompiledGroup*, std::vector<SignalId>, ByName>;

/// Without a network and a load a service is a tree of gates; else an evaluation says what is
/// available and how much is served, for all services together that share capacity. `could_serve`
/// is filled for the groups whose members have roles.
std::vector<CompiledService> compile_services(const std::vector<ServiceSpec>& specs,
                                              const Graph& graph, ModelBuilder& model,
                                              CouldServe& could_serve);

}  // namespace nines
