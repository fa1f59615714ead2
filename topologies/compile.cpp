#include "topologies/compile.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "models/mechanisms/crew.hpp"

namespace nines {
namespace {

LawPtr without_memory(LawPtr law) {
  const double mean_s = law->mean();
  if (std::isinf(mean_s) && !law->memoryless_rate()) {
    throw std::invalid_argument(
        fmt::format("--memoryless: the law {} has no finite mean to keep", law->text()));
  }
  return mean_s > 0 && std::isfinite(mean_s) ? exponential(mean_s) : law;
}

double longest_mean_repair_s(const Model& model) {
  double longest = 0.0;
  for (const Mode& mode : model.modes) {
    const Component& component = model.components[index(mode.component)];
    const double restart_s =
        component.restart == kNone<LawId> ? 0.0 : model.law(component.restart).mean();
    const double repair_s = model.law(mode.repair).mean();
    longest = std::max(longest, repair_s + restart_s);
  }
  return longest;
}

}  // namespace

std::unique_ptr<System> compile(const Topology& topology, Laws laws) {
  auto system = std::make_unique<System>();
  ModelBuilder model;
  if (laws == Laws::memoryless) {
    // Equal laws stay one object, so that their draws are still made together.
    auto replaced = std::make_shared<std::map<LawPtr, LawPtr>>();
    model.filter_laws([replaced](LawPtr law) {
      LawPtr& twin = (*replaced)[law];
      if (!twin) twin = without_memory(law);
      return twin;
    });
  }

  std::vector<CrewJob> jobs;
  for (const TopologyComponent& component : topology.components) {
    system->components.push_back(
        component.kind->compile(component.name, *component.settings, model, jobs));
  }
  for (const TopologyCrew& crew : topology.crews) {
    std::vector<CrewJob> own;
    std::copy_if(jobs.begin(), jobs.end(), std::back_inserter(own),
                 [&](const CrewJob& job) { return job.crew == crew.name; });
    if (!own.empty()) compile_crew(crew.name, crew.settings, own, model);
  }
  for (const TopologyGroup& group : topology.groups) {
    std::vector<const CompiledComponent*> members;
    for (const std::size_t m : group.members) members.push_back(&system->components[m]);
    system->groups.push_back(group.policy->compile(group.name, members, group.settings, model));
  }
  for (const TopologyService& service : topology.services) {
    std::vector<const CompiledGroup*> chain;
    for (const std::size_t g : service.through) chain.push_back(&system->groups[g]);
    system->services.push_back(compile_service(service.name, chain, service.offered_per_s, model));
  }
  system->model = model.build();
  system->longest_mean_repair_s = longest_mean_repair_s(*system->model);
  return system;
}

}  // namespace nines
