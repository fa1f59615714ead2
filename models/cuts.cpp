#include "models/cuts.hpp"

#include <algorithm>
#include <set>

namespace nines {

Cuts::Cuts(const Model& model, const std::vector<CompiledService>& services)
    : model_(model),
      services_(services),
      is_role_(model.signals.size(), 0),
      pretended_up_(model.components.size(), 0),
      known_(model.signals.size()) {
  for (const CompiledService& service : services) {
    for (const SignalId role : service.roles) is_role_[index(role)] = 1;
    flags_.push_back(flags_of(service.could_be));
  }
}

/// The flags (roles, load, whole data) that a signal depends on.
std::vector<SignalId> Cuts::flags_of(SignalId id) const {
  std::set<SignalId> seen;
  std::vector<SignalId> flags;
  std::vector<SignalId> open{id};
  while (!open.empty()) {
    const SignalId at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    const Signal& signal = model_.signals[index(at)];
    if (signal.kind == Signal::Kind::flag) flags.push_back(at);
    if (signal.kind == Signal::Kind::gate) {
      for (const Gate::Input& input : model_.gates[signal.row].inputs) open.push_back(input.signal);
    }
    if (signal.kind == Signal::Kind::evaluation) {
      const std::vector<SignalId>& inputs = model_.evaluations[signal.row].inputs;
      open.insert(open.end(), inputs.begin(), inputs.end());
    }
  }
  return flags;
}

bool Cuts::stands(SignalId id, const Reading& reading) {
  Known& known = known_[index(id)];
  if (known.time != pretences_) known = {pretences_, find_whether_stands(id, reading)};
  return known.stands;
}

bool Cuts::find_whether_stands(SignalId id, const Reading& reading) {
  const Signal& signal = model_.signals[index(id)];
  const auto pretended = [this](std::size_t component) { return pretended_up_[component] != 0; };
  switch (signal.kind) {
    case Signal::Kind::component:
      return pretended(signal.row) || reading.value(id);
    case Signal::Kind::mode:
      return pretended(index(model_.modes[signal.row].component)) || reading.value(id);
    case Signal::Kind::flag:
      return is_role_[index(id)] != 0 || reading.value(id);
    case Signal::Kind::evaluation: {
      const Evaluation& evaluation = model_.evaluations[signal.row];
      std::vector<std::uint8_t> outputs(evaluation.outputs.size());
      std::vector<double> numbers(evaluation.numbers);
      const auto pattern =
          pattern_of(evaluation, [&](SignalId input) { return stands(input, reading); });
      evaluation.value(pattern.data(), outputs.data(), numbers.data());
      return outputs[signal.item] != 0;
    }
    case Signal::Kind::gate:
      break;
  }
  const Gate& gate = model_.gates[signal.row];
  std::int32_t sum = 0;
  for (const Gate::Input& input : gate.inputs) {
    if (stands(input.signal, reading)) sum += input.weight;
  }
  return sum >= gate.need;
}

bool Cuts::is_down(const CompiledComponent& component, const Reading& reading) const {
  return !reading.up(component.id) ||
         std::any_of(component.modes.begin(), component.modes.end(), [&](const CompiledMode& mode) {
           return mode.capacity_factor < 1.0 && reading.failed(mode.id);
         });
}

CutSet Cuts::down(std::size_t service, const Reading& reading) const {
  CutSet down;
  for (const CompiledComponent* component : services_[service].support) {
    if (is_down(*component, reading)) down.push_back(static_cast<std::uint32_t>(component->id));
  }
  return down;
}

std::vector<bool> Cuts::flags(std::size_t service, const Reading& reading) const {
  std::vector<bool> flags;
  for (const SignalId flag : flags_[service]) flags.push_back(reading.value(flag));
  for (const auto& [signal, what] : services_[service].waits) {
    flags.push_back(reading.value(signal));
  }
  return flags;
}

CutSet Cuts::thinned(std::size_t service, const CutSet& down, const Reading& reading) {
  CutSet cut;
  const SignalId could_be = services_[service].could_be;
  // If all that is needed is up, and only does not serve yet, no cut is down.
  ++pretences_;
  const bool waits_only = stands(could_be, reading);
  for (const std::uint32_t component : waits_only ? CutSet{} : down) {
    pretended_up_[component] = 1;
    ++pretences_;
    if (stands(could_be, reading)) {
      pretended_up_[component] = 0;
      cut.push_back(component);
    }
  }
  for (const std::uint32_t component : down) pretended_up_[component] = 0;
  const auto& waits = services_[service].waits;
  for (std::uint32_t i = 0; cut.empty() && i < waits.size(); ++i) {
    if (reading.value(waits[i].first)) continue;
    // Several members of a group may wait for the same: by its first index.
    const auto first = std::find_if(waits.begin(), waits.end(), [&](const auto& wait) {
      return wait.second == waits[i].second;
    });
    cut.push_back(kWait + static_cast<std::uint32_t>(first - waits.begin()));
  }
  // Nothing is down and nothing is waited for: a role is where it does not serve.
  if (cut.empty() && waits_only && !down.empty()) cut.push_back(kMisplaced);
  return cut;
}

std::vector<std::string> cut_names(const Model& model, const CompiledService& service,
                                   const CutSet& cut) {
  std::vector<std::string> names;
  for (const std::uint32_t c : cut) {
    names.push_back(c < kWait         ? model.components[c].name
                    : c == kMisplaced ? kMisplacedRoles
                                      : service.waits[c - kWait].second);
  }
  if (names.empty()) names.emplace_back(kLoadAlone);
  return names;
}

}  // namespace nines
