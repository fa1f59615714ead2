// Compiles a topology into a model: what fails, what it means, what follows.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "models/costs.hpp"
#include "models/service.hpp"
#include "topologies/topology.hpp"

namespace nines {

enum class Laws : unsigned char {
  as_written,
  memoryless,  ///< every law replaced by an exponential of equal mean
};

/// Whether every component but clients gets a failure mode more, `kByHand`, that never comes or
/// goes by itself: for whoever pulls plugs in a run. The luck of all others stays as it is.
enum class ByHand : unsigned char { no, yes };
inline constexpr const char* kByHand = "by hand";

/// A model and what its parts are called. Services point into it: it is not copied.
struct System {
  std::deque<CompiledComponent> components;
  std::deque<CompiledGroup> groups;
  std::vector<CompiledService> services;
  std::shared_ptr<const Model> model;
  CompiledCosts costs;
  bool scripted = false;  ///< something happens at a stated time
  /// The longest mean time from a fault to being up again, in seconds: repair and restart.
  /// Infinite if something is never repaired.
  double longest_mean_repair_s = 0.0;
};

/// Throws std::invalid_argument if two random streams have one name.
std::unique_ptr<System> compile(const Topology& topology, Laws laws = Laws::as_written,
                                ByHand by_hand = ByHand::no);

}  // namespace nines
