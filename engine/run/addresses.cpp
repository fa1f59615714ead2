#include "engine/run/addresses.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "engine/chance/random.hpp"

namespace nines {
namespace {

/// Sets the draws of an equilibrium start apart from those of the lives that follow.
constexpr std::uint64_t kEquilibriumStream = stable_hash("equilibrium");

std::uint64_t own_stream(const Model& model, SlotId slot) {
  const std::size_t i = index(slot);
  const std::size_t restarts = model.restarts.size();
  if (i < model.modes.size()) return model.modes[i].stream;
  if (i < model.modes.size() + restarts) return model.restart_streams[i - model.modes.size()];
  return model.timers[i - model.modes.size() - restarts].stream;
}

}  // namespace

Chain chain_of_mode(const Model& model, ModeId mode, std::uint32_t ordinal, bool repaired) {
  return {model.slot(mode), ordinal, mix(model.modes[index(mode)].stream, repaired ? 1 : 0)};
}

Chain chain_of_timer(const Model& model, const State& state, SlotId slot) {
  const TimerState& timer = state.timers[index(slot) - model.modes.size()];
  const std::size_t before = model.modes.size() + model.restarts.size();
  const bool spontaneous = index(slot) >= before && model.timers[index(slot) - before].spontaneous;
  return {spontaneous ? slot : timer.origin, state.slots[index(slot)].ordinal, timer.path};
}

void address_slot(const Model& model, State& state, SlotId slot, const Chain& chain) {
  Slot& s = state.slots[index(slot)];
  TimerState& timer = state.timers[index(slot) - model.modes.size()];
  // What no fault has started, a calendar say, is the root of what follows from it.
  const SlotId origin = chain.origin != kNone<SlotId> ? chain.origin : slot;
  const bool again =
      timer.event == chain.path && timer.origin == origin && s.ordinal == chain.origin_ordinal;
  timer.repeat = again ? timer.repeat + 1 : 0;
  timer.event = chain.path;
  timer.origin = origin;
  timer.path = mix(mix(own_stream(model, slot), chain.path), timer.repeat);
  s.ordinal = chain.origin_ordinal;
}

double slot_unit(const Model& model, std::uint64_t seed, const State& state, SlotId slot) {
  const Slot& s = state.slots[index(slot)];
  if (index(slot) < model.modes.size()) {
    const std::uint64_t own = own_stream(model, slot);
    const UnitPair units =
        draw_units(seed, {stream_in_branch(own, state.branch), state.run, s.ordinal});
    return state.failed[index(slot)] == 0 ? units.first : units.second;
  }
  const std::uint64_t path = state.timers[index(slot) - model.modes.size()].path;
  return draw_units(seed, {stream_in_branch(path, state.branch), state.run, s.ordinal}).first;
}

double choice_unit(std::uint64_t seed, const State& state, std::uint64_t reaction_stream,
                   const Chain& chain, std::uint32_t nth) {
  const std::uint64_t stream = mix(mix(reaction_stream, chain.path), nth);
  return draw_units(seed, {stream_in_branch(stream, state.branch), state.run, chain.origin_ordinal})
      .first;
}

FirstPhase first_phase(const Model& model, std::uint64_t seed, const State& state, ModeId id,
                       bool equilibrium) {
  const Mode& mode = model.modes[index(id)];
  const Law& life = model.law(mode.life);
  const std::uint64_t stream = stream_in_branch(mode.stream, state.branch);
  if (!equilibrium || !model.is_independent_renewal(model.components[index(mode.component)])) {
    const double u = draw_units(seed, {stream, state.run, 0}).first;
    return {false, mode.age_s, life.residual(mode.age_s, u)};
  }
  const double life_s = life.mean();
  if (std::isinf(life_s)) return {false, 0.0, life_s};
  const Law& repair = model.law(mode.repair);
  const double up = life_s / (life_s + repair.mean());
  // The state and then the age come from one number: what is left of it after the first decision
  // is uniform again. The age at a random instant has the same law as what remains.
  const UnitPair units = draw_units(seed, {mix(stream, kEquilibriumStream), state.run, 0});
  const bool failed = units.first >= up;
  const double u = failed ? (units.first - up) / (1.0 - up) : units.first / up;
  const Law& law = failed ? repair : life;
  const double age_s = law.equilibrium(std::clamp(u, 0x1p-53, 1.0 - 0x1p-53));
  return {failed, age_s, law.residual(age_s, units.second)};
}

void move_to(Slot& slot, double speed, double now_s) {
  const double spent = (now_s - slot.since_s) * speed;
  slot.age_s += spent;
  slot.left_s = std::max(0.0, slot.left_s - spent);
  slot.since_s = now_s;
}

std::size_t pick(std::span<const double> weights, double u) {
  double total = 0.0;
  for (const double weight : weights) {
    CHECK(weight >= 0, "weight {}", weight);
    total += weight;
  }
  CHECK(total > 0, "a choice among {} weights that add up to 0", weights.size());
  double left = u * total;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    last = i;
    if (left < weights[i]) return i;
    left -= weights[i];
  }
  return last;
}

}  // namespace nines
