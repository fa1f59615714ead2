// What independent modules say together, through the gates and evaluations that bring them
// together.
#pragma once

#include <functional>
#include <stdexcept>
#include <vector>

#include "engine/contract/model.hpp"

namespace nines {

/// A module as it looks from outside: what its leaves (components, modes and flags) say, how likely
/// each pattern of that is, and how often per second one turns into another.
struct Aspect {
  std::vector<SignalId> leaves;
  struct Pattern {
    std::vector<std::uint8_t> values;  ///< by leaf
    double probability = 0.0;
  };
  std::vector<Pattern> patterns;
  struct Turn {
    std::uint32_t from = 0;  ///< patterns
    std::uint32_t to = 0;
    double per_s = 0.0;
  };
  std::vector<Turn> turns;
};

/// The leaves from which a signal follows.
std::vector<SignalId> leaves_of(const Model& model, SignalId signal);

/// Too many combinations: more than `most` at one time, or sixteen times that in all.
class TooManyCombinations : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Together {
  double is_false = 0.0;     ///< probability
  double falls_per_s = 0.0;  ///< how often it turns from true to false
};

/// How often a signal is false, and falls. Modules are brought in one after the other; what is kept
/// of those before is only what the rest may still decide (the sum of each gate that is open, the
/// pattern of each evaluation), so k of n costs k n and not 2^n. Falls: pairs of such states,
/// before and after one module's turn, carried on with the same patterns of the others. Leaves of
/// which no module tells stay as they are at the start of a run.
Together combine(const Model& model, const std::vector<const Aspect*>& modules, SignalId signal,
                 std::size_t most = 200'000);

/// Every outcome of an evaluation, with its probability and numbers; some may come more than once.
void outcomes(const Model& model, const std::vector<const Aspect*>& modules,
              EvaluationId evaluation,
              const std::function<void(double probability, std::span<const double> numbers)>& each,
              std::size_t most = 200'000);

}  // namespace nines
