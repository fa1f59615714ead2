// Structure: what follows from what is wired to what, without time. SPOFs, cut sets, importance.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "topologies/structure/sets.hpp"
#include "topologies/topology.hpp"

namespace nines {

struct StructureQuestion {
  std::size_t order = 3;            ///< of the largest cut sets that are listed
  std::size_t most_sets = 20'000;   ///< of cuts, and of paths
  bool paths = false;               ///< list minimal path sets, too
  std::optional<double> at_s = {};  ///< probabilities at that time from new; none: in the long run
  std::size_t most_nodes = 20'000'000;
  std::function<void(const std::string& what, std::optional<double> share)> progress = {};
};

/// A component that may fail, alone; or a strike of a domain, with those whom it takes down.
struct StructureElement {
  std::size_t component = 0;
  std::string name;                 ///< "web-1", "domain:rack-a", "domain:rack-a/surge" of a strike
  std::vector<std::size_t> struck;  ///< empty: the component itself is down
  double down = 0.0;                ///< probability
  double fails_per_s = 0.0;         ///< how often, in the long run
  double down_if_repaired_twice_as_fast = 0.0;
};

/// Measures of importance (Kuo and Zhu, "Importance Measures in Reliability, Risk, and
/// Optimization", 2012), with q the component's probability to be down and U the service's.
struct Importance {
  double birnbaum = 0.0;                  ///< U(q = 1) - U(q = 0)
  double criticality = 0.0;               ///< q B / U
  double diagnostic = 0.0;                ///< P(component down | service down) = q U(q = 1) / U
  std::optional<double> fussell_vesely;   ///< P(some minimal cut with it is down | service down)
  double risk_achievement = 0.0;          ///< U(q = 1) / U
  double risk_reduction = 0.0;            ///< U / U(q = 0); infinite for one that all outages need
  std::optional<double> barlow_proschan;  ///< share of outages that its failure begins
  double nines_gained_if_doubled = 0.0;   ///< by two like it, of which one is enough
  double nines_gained_if_repaired_twice_as_fast = 0.0;
};

struct SinglePoint {
  std::uint32_t element = 0;
  std::string why;  ///< "'web' is left with 1 of the 2 members that it needs"
};

struct Structure {
  std::string service;
  std::vector<StructureElement> elements;
  std::vector<SinglePoint> single_points;
  MinimalSets cuts;
  std::vector<double> cut_probability;  ///< by cut; where there are probabilities
  std::optional<MinimalSets> paths;

  /// What may take the service down and is not looked at, so that sets may be missing: "a majority
  /// of votes". Empty: nothing.
  std::vector<std::string> not_seen;
  /// Why there are no probabilities: "repairs of 'db' wait for the crew 'ops'". Empty: there are.
  std::vector<std::string> no_probability;
  double unavailability_low = 0.0;  ///< equal where the diagram was not cut off
  double unavailability_high = 0.0;
  std::optional<double> outages_per_s;
  double sum_of_cuts = 0.0;            ///< rare-event approximation, of the cuts that are listed
  double cut_upper_bound = 0.0;        ///< 1 - product of (1 - P(cut)), of the cuts that are listed
  std::vector<Importance> importance;  ///< by element
  bool exact() const { return unavailability_low == unavailability_high; }
};

/// Throws std::invalid_argument where `at_s` meets a law that is not exponential.
Structure structure_of(const Topology& topology, std::size_t service,
                       const StructureQuestion& question);

}  // namespace nines
