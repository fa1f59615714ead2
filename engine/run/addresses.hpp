// Where each draw of a run lives, and how slots move through time: shared by both simulators, so
// that they follow one contract. No cache, queue or batch here.
#pragma once

#include <cstdint>
#include <span>

#include "engine/contract/model.hpp"

namespace nines {

/// What an event follows from, for the addresses of the draws made in consequence.
struct Chain {
  SlotId origin = kNone<SlotId>;     ///< the slot of the fault or repair at its root
  std::uint32_t origin_ordinal = 0;  ///< of that life or repair; the index of every draw
  std::uint64_t path = 0;            ///< tells this event from all others of that root
};

/// The chain that a failure or repair of a mode begins.
Chain chain_of_mode(const Model& model, ModeId mode, std::uint32_t ordinal, bool repaired);
/// The chain that goes on when a timer or restart fires.
Chain chain_of_timer(const Model& model, const State& state, SlotId slot);

/// Notes for a timer or restart which event starts it.
void address_slot(const Model& model, State& state, SlotId slot, const Chain& chain);

/// The uniform number of a pending slot: of a mode by its ordinal (first half of the block for a
/// life, second for a repair), of a timer or restart by the event that started it.
double slot_unit(const Model& model, std::uint64_t seed, const State& state, SlotId slot);

/// The uniform number of the `nth` choice or drawn earning of one reaction in one event.
double choice_unit(std::uint64_t seed, const State& state, std::uint64_t reaction_stream,
                   const Chain& chain, std::uint32_t nth);

/// How a mode begins: the first life given its age or, in equilibrium, what a random instant of
/// an endless past shows of an independent renewal.
struct FirstPhase {
  bool failed = false;
  double age_s = 0.0;
  double left_s = 0.0;
};
FirstPhase first_phase(const Model& model, std::uint64_t seed, const State& state, ModeId mode,
                       bool equilibrium);

/// Brings age and remainder of a pending slot up to date.
void move_to(Slot& slot, double speed, double now_s);

/// The index that a uniform number picks, with probabilities in proportion to the weights.
std::size_t pick(std::span<const double> weights, double u);

}  // namespace nines
