#include "models/service.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace nines {
namespace {

bool in_service(const Reading& now, const CompiledGroup::Member& member) {
  return now.up(member.component->id) &&
         (member.active == kNone<CellId> || now.cell(member.active) != 0);
}

double capacity_of(const Reading& now, const CompiledComponent& component) {
  double capacity = component.capacity_per_s.value_or(std::numeric_limits<double>::infinity());
  for (const CompiledMode& mode : component.modes) {
    if (mode.capacity_factor < 1.0 && now.failed(mode.id)) capacity *= mode.capacity_factor;
  }
  return capacity;
}

/// Round robin: every member in service gets an equal share and serves what it can of it.
double served_by(const Reading& now, const CompiledGroup& group, double demand) {
  int serving = 0;
  for (const auto& member : group.members) serving += in_service(now, member) ? 1 : 0;
  if (serving == 0) return 0.0;
  const double portion = demand / serving;
  double served = 0.0;
  for (const auto& member : group.members) {
    if (in_service(now, member)) {
      served += std::min(portion, capacity_of(now, *member.component));
    }
  }
  // A sum of equal shares may miss the demand by a rounding error.
  return served > demand * (1.0 - 1e-12) ? demand : served;
}

}  // namespace

CompiledService compile_service(const std::string& name,
                                const std::vector<const CompiledGroup*>& chain,
                                double offered_per_s, ModelBuilder& model) {
  CompiledService service;
  service.name = name;
  service.offered_per_s = offered_per_s;
  std::vector<SignalId> stands;
  Watches inputs;
  std::set<const CompiledComponent*> members;
  for (const CompiledGroup* group : chain) {
    stands.push_back(group->stands);
    for (const CompiledGroup::Member& member : group->members) {
      members.insert(member.component);
      inputs.signals.push_back(member.component->up);
      if (member.active != kNone<CellId>) inputs.signals.push_back(model.flag(member.active));
      for (const CompiledMode& mode : member.component->modes) {
        if (mode.capacity_factor < 1.0) inputs.modes.push_back(mode.id);
      }
    }
  }
  service.available = model.gate("service/" + name, static_cast<int>(stands.size()), stands);
  model.observe(service.available);
  service.support.assign(members.begin(), members.end());
  std::sort(service.support.begin(), service.support.end(),
            [](const auto* a, const auto* b) { return a->name < b->name; });
  if (offered_per_s > 0) {
    inputs.signals.push_back(service.available);
    std::vector<CompiledGroup> groups;
    for (const CompiledGroup* group : chain) groups.push_back(*group);
    service.served =
        model.rate(name + "/served", std::move(inputs),
                   [groups, offered_per_s, available = service.available](const Reading& now) {
                     if (!now.value(available)) return 0.0;
                     double flow = offered_per_s;
                     for (const CompiledGroup& group : groups) flow = served_by(now, group, flow);
                     return flow;
                   });
  }
  return service;
}

}  // namespace nines
