// Laws made of exponential phases, so that a model with any laws becomes a Markov chain.
#pragma once

#include <optional>
#include <vector>

#include "engine/chance/distribution.hpp"

namespace nines {

/// Begins in a phase drawn by `start`; a phase ends at its rate and goes on to the next one with
/// probability `onward`, else the time is over.
struct PhaseType {
  struct Phase {
    double start = 0.0;
    double rate_per_s = 0.0;
    double onward = 0.0;
  };
  std::vector<Phase> phases;

  double mean() const;
  double complement(double t_s) const;  ///< P(X > t), by uniformisation
};

/// The phases of a law that is made of such, exactly: a mixture of Erlang laws with at most
/// `most` phases in all. Nothing for others.
std::optional<PhaseType> phases_of(const Law& law, int most = 64);

/// A law of the same mean with at most `phases` phases: that law itself, if it is made of so few;
/// else a mixture of Erlang laws, the likeliest that expectation and maximisation find (Thümmler,
/// Buchholz, Telek, "A novel approach for phase-type fitting with the EM algorithm", IEEE
/// Transactions on Dependable and Secure Computing 3(3), 2006), over branches of one order and over
/// pairs of orders. More phases come nearer, in distribution as in the moments.
///
/// Remembers what it has fitted: models have few laws and many that follow them.
PhaseType fit_phases(const Law& law, int phases);

}  // namespace nines
