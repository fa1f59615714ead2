// Where the front end draws each component: what the document says, and a layout where it does not.
#pragma once

#include <map>
#include <string>

#include "topologies/topology.hpp"

namespace nines {

/// In units of a screen's pixel at a zoom of 1; y grows downwards. The middle of what is drawn.
struct Position {
  double x = 0.0;
  double y = 0.0;
  bool operator==(const Position&) const = default;
};

/// By component, what stands under `layout`.
std::map<std::string, Position> written_positions(const Node& root);

/// Positions for all components but links, streams and domains: those written, and for the others a
/// layout by Graphviz ("dot", left to right); where some are written, the others are put in rows
/// below. Not from two threads at a time: Graphviz has a state of its own.
std::map<std::string, Position> positions_of(const Topology& topology, const Node& root);

/// The layout alone, whatever is written; of more than 150 components the members of each domain
/// stand together in a square.
std::map<std::string, Position> automatic_positions(const Topology& topology);

/// "[120, 80]"
std::string written(const Position& position);

}  // namespace nines
