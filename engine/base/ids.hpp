// Strong indices into the tables of a model: a ModeId cannot be passed where a GateId is meant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace nines {

enum class LawId : std::uint32_t {};
enum class ModeId : std::uint32_t {};       ///< one failure mode; its slot has the same number
enum class ComponentId : std::uint32_t {};  ///< a thing that is up or down
enum class SlotId : std::uint32_t {};       ///< a place in the calendar
enum class SignalId : std::uint32_t {};     ///< a boolean of the model
enum class CellId : std::uint32_t {};       ///< a small integer of the discrete state
enum class FluidId : std::uint32_t {};
enum class EvaluationId : std::uint32_t {};
enum class MeasureId : std::uint32_t {};
enum class ReactionId : std::uint32_t {};
enum class TimerId : std::uint32_t {};  ///< a timer of a reaction; its slot follows those of modes

template <class Id>
requires std::is_enum_v<Id>
constexpr std::size_t index(Id id) { return static_cast<std::size_t>(id); }

template <class Id>
requires std::is_enum_v<Id>
inline constexpr Id kNone{std::numeric_limits<std::uint32_t>::max()};

}  // namespace nines
