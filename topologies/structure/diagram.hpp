// The exact probability that a service stands, by a decision diagram over its components.
#pragma once

#include <functional>
#include <optional>

#include "topologies/structure/success.hpp"

namespace nines {

/// What a diagram says, by component of `elements`.
struct DiagramAnswer {
  double down_low = 0.0;  ///< probability that the service is down: at least
  double down_high = 0.0;
  bool exact() const { return down_low == down_high; }
  /// P(down | element down) - P(down | element up); of a diagram that was cut off, from what it
  /// has.
  std::vector<double> birnbaum;
  std::vector<double> down_if_up;    ///< P(down | that element is up)
  std::vector<double> down_if_down;  ///< P(down | that element is down)
  std::size_t nodes = 0;
};

/// Components are taken one after the other, as a walk from the client meets them, and states that
/// the rest cannot tell apart are one node. In a network a state is how the forwarders at the
/// frontier, and the end points, are joined so far (the frontier method: Hardy, Lucet, Limnios,
/// "K-terminal network reliability measures with binary decision diagrams", IEEE Transactions on
/// Reliability 56, 2007). Without links it is the counts of the groups that are still open.
///
/// `down`: by component of the topology its probability to be down; those with 0 are taken as up.
/// In a network, where a component would have more than eight times its share of `most_nodes`, the
/// least likely states are given up, and the answer is a pair of bounds.
DiagramAnswer diagram(const Success& success, const std::vector<std::size_t>& elements,
                      const std::vector<double>& down, std::size_t most_nodes = 20'000'000,
                      const std::function<void(double share)>& progress = {});

}  // namespace nines
