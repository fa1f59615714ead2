// A model held still: what its signals say while some components are down. For enumerating states.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "engine/contract/model.hpp"
#include "topologies/compile.hpp"

namespace nines::test {

/// Every signal evaluated from its definition, without counters or simulation.
class Frozen final : public Reading {
 public:
  explicit Frozen(const Model& model) : Reading(model), model_(model), state_(model.initial) {}

  void set_down(ComponentId component, bool down) {
    state_.down[nines::index(component)] = down ? 1 : 0;
    known_.clear();
  }

  bool value(SignalId id) const override {
    const Signal& signal = model_.signals[nines::index(id)];
    switch (signal.kind) {
      case Signal::Kind::component:
        return state_.down[signal.row] == 0;
      case Signal::Kind::mode:
        return state_.failed[signal.row] == 0;
      case Signal::Kind::flag:
        return model_.cells[signal.row].flags[signal.item].of(state_.cells[signal.row]);
      case Signal::Kind::gate: {
        std::int32_t sum = 0;
        for (const Gate::Input& input : model_.gates[signal.row].inputs) {
          if (value(input.signal)) sum += input.weight;
        }
        return sum >= model_.gates[signal.row].need;
      }
      case Signal::Kind::evaluation:
        break;
    }
    auto known = known_.find(signal.row);
    if (known == known_.end()) {
      known = known_.emplace(signal.row, evaluated(model_.evaluations[signal.row])).first;
    }
    return known->second.outputs[signal.item] != 0;
  }

  double number(EvaluationId id, std::size_t i) const override {
    return evaluated(model_.evaluations[nines::index(id)]).numbers[i];
  }

  struct Evaluated {
    std::vector<std::uint8_t> outputs;
    std::vector<double> numbers;
  };
  Evaluated evaluated(const Evaluation& evaluation) const {
    Evaluated result{std::vector<std::uint8_t>(evaluation.outputs.size()),
                     std::vector<double>(evaluation.numbers)};
    const auto pattern = pattern_of(evaluation, [this](SignalId s) { return value(s); });
    evaluation.value(pattern.data(), result.outputs.data(), result.numbers.data());
    return result;
  }

 protected:
  const State& state() const override { return state_; }

 private:
  const Model& model_;
  State state_;
  mutable std::map<std::uint32_t, Evaluated> known_;  ///< of this state
};

/// The long-run availability of a service whose components are independent renewals of one mode
/// each, by summing over all their states.
inline double enumerated_availability(const System& system, std::size_t service = 0) {
  const Model& model = *system.model;
  struct Part {
    ComponentId id;
    double down;
  };
  std::vector<Part> parts;
  for (std::size_t c = 0; c < model.components.size(); ++c) {
    const Component& component = model.components[c];
    if (component.mode_count == 0) continue;
    const Mode& mode = model.modes[component.first_mode];
    const double life_s = model.law(mode.life).mean();
    const double repair_s = model.law(mode.repair).mean();
    parts.push_back({ComponentId(static_cast<std::uint32_t>(c)), repair_s / (life_s + repair_s)});
  }
  Frozen frozen(model);
  double available = 0.0;
  for (std::uint32_t state = 0; state < (1U << parts.size()); ++state) {
    double p = 1.0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool down = ((state >> i) & 1U) != 0;
      frozen.set_down(parts[i].id, down);
      p *= down ? parts[i].down : 1.0 - parts[i].down;
    }
    if (frozen.value(system.services[service].available)) available += p;
  }
  return available;
}

}  // namespace nines::test
