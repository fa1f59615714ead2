// Hosts: components that run on others and are moved when their host is lost, as the pods of
// Kubernetes run on worker nodes.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// The key `runs_on`.
Parameter runs_on_key();

/// A component that runs on one of several hosts.
struct HostedComponent {
  const CompiledComponent* component = nullptr;
  std::vector<const CompiledComponent*> hosts;
  CellId on = kNone<CellId>;     ///< where it runs: the number of its host, from 1
  CellId ready = kNone<CellId>;  ///< it has started there
};

/// Places a component on host number `first`. `hosted` becomes true while it runs: its host is
/// usable and it has started there.
HostedComponent place_on_host(CompiledComponent& component,
                              std::vector<const CompiledComponent*> hosts, std::size_t first,
                              ModelBuilder& model);

/// Adds what follows when a host is lost. `others`: those that share the hosts, itself included;
/// the host with the fewest of them is chosen. `scheduler`: must hold for a move; none: always.
void compile_moves(const HostedComponent& hosted, const std::vector<const HostedComponent*>& others,
                   SignalId scheduler, const Settings& settings, ModelBuilder& model);

}  // namespace nines
