// A Markov chain in continuous time: states, rates between them, where it begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace nines {

using StateId = std::uint32_t;

/// Rates of one state to others, or from others to it: row by row in one array.
struct Rates {
  std::vector<std::uint64_t> begin{0};  ///< by row; one more than there are rows
  std::vector<StateId> other;
  std::vector<double> rate;

  struct Row {
    std::span<const StateId> other;
    std::span<const double> rate;
    std::size_t size() const { return other.size(); }
  };
  std::size_t rows() const { return begin.size() - 1; }
  Row operator[](std::size_t row) const {
    const auto from = static_cast<std::ptrdiff_t>(begin[row]);
    const auto count = static_cast<std::size_t>(begin[row + 1] - begin[row]);
    return {{other.data() + from, count}, {rate.data() + from, count}};
  }
  void add(StateId to, double per_s) {
    other.push_back(to);
    rate.push_back(per_s);
  }
  void end_row() { begin.push_back(other.size()); }
  /// The same rates by their other end.
  Rates transposed() const;
};

struct MarkovChain {
  Rates out;                                        ///< per second, no loops
  std::vector<std::pair<StateId, double>> initial;  ///< probabilities
  std::size_t size() const { return out.rows(); }
  /// The rate at which each state is left.
  std::vector<double> exits() const;
};

/// A probability, or an expected time, for each state.
using Vector = std::vector<double>;

/// The same chain, but that from every state where `stop` is not 0 it begins anew at once: such
/// states are left with rate 1 towards `initial`. What enters them in the long run, per second and
/// per unit of probability elsewhere, tells of first passages (renewal theory).
MarkovChain restarted(const MarkovChain& chain, const std::vector<std::uint8_t>& stop);

/// The same chain, standing still in every state where `stop` is not 0.
MarkovChain stopped(const MarkovChain& chain, const std::vector<std::uint8_t>& stop);

/// The closed classes: sets of states that, once entered, are not left; each state's number, or
/// -1 for those that are left for good. By Tarjan's algorithm (SIAM J. Computing 1, 1972).
struct ClosedClasses {
  std::vector<std::int32_t> of_state;
  std::size_t count = 0;
};
ClosedClasses closed_classes(const MarkovChain& chain);

}  // namespace nines
