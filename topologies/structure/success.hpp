// When a service stands, straight from the topology: a second reading of the language, which shares
// nothing with the compiled model, so that each checks the other.
//
// It knows no time: whoever can take over has done so, every balancer knows the truth, data is
// whole. What that leaves out is said by `Structure::assumptions`.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "topologies/topology.hpp"

namespace nines {

/// By component: not 0 while it is up.
using Ups = std::vector<std::uint8_t>;

class Success {
 public:
  Success(const Topology& topology, std::size_t service);
  ~Success();

  bool stands(const Ups& up) const;
  /// Why it does not: "users reach none of web", "web has 1 of the 2 members that it needs".
  std::string why_not(const Ups& up) const;

  // The same in two halves: what each component says of itself, and what follows.

  /// It is up, powered and in no domain that is down: then a device forwards, a link connects.
  bool works(std::size_t component, const Ups& up) const;
  /// It works, and what it needs without a path is there.
  bool usable(std::size_t component, const Ups& up) const;
  /// The same for what the client needs without a path.
  bool client_usable(const Ups& up) const;
  /// The components of whose state that is a function.
  std::vector<std::size_t> support_of_works(std::size_t component) const;
  std::vector<std::size_t> support_of_usable(std::size_t component) const;
  std::vector<std::size_t> support_of_client() const;

  /// End points that matter: the client, members, and what must be reached. Whether the service
  /// stands given which of these are usable (by their number) and who reaches whom.
  const std::vector<std::size_t>& ends() const { return ends_; }
  bool stands_given(const std::vector<std::uint8_t>& usable,
                    const std::function<bool(std::size_t, std::size_t)>& reach) const;

  const Topology& topology() const { return topology_; }
  const TopologyService& service() const { return service_; }
  /// How many members of a group must serve; for reads where they ask otherwise.
  std::size_t need_of(std::size_t group, bool reads = false) const;
  /// As how many each member of a group counts there.
  std::vector<int> votes_of(std::size_t group) const;
  /// Components that forward.
  bool forwards(std::size_t component) const;
  /// Whether something must reach one of these over the network; else they are there or not.
  bool is_by_path(std::size_t who, const Clause& clause) const;

 private:
  std::size_t must_acknowledge(const TopologyGroup& group) const;
  struct Network;
  struct Given;
  bool usable_within(std::size_t component, const Ups& up, int depth) const;
  bool group_usable(std::size_t group, const Ups& up, int depth) const;
  bool knows_paths(Ref what) const;
  bool must_reach(std::size_t who, Ref what) const;
  bool group_is_by_path(const Clause& clause) const;
  void add_support(std::size_t component, bool needs, std::vector<std::uint8_t>& seen) const;
  void add_clause_support(const Clause& clause, std::vector<std::uint8_t>& seen) const;
  void add_end(std::size_t component);
  void add_ends_of_group(std::size_t group);
  void add_ends_of_clauses(std::size_t who, const std::vector<Clause>& clauses);
  bool path_stands(const TopologyPath& path, const Given& given, std::string* why) const;
  bool paths_stand(const Given& given) const;

  const Topology& topology_;
  const TopologyService& service_;
  bool networked_;
  std::vector<std::size_t> ends_;
  std::vector<std::int32_t> end_of_;  ///< by component; -1: none
  std::vector<std::uint8_t> linked_;  ///< by component: some link ends there
  std::unique_ptr<Network> network_;
};

}  // namespace nines
