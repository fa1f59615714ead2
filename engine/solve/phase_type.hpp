// Laws made of exponential phases, so that a model with any laws becomes a Markov chain.
#pragma once

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

/// A law of the same mean with at most `phases` phases.
///
/// With a coefficient of variation below 1: a mixture of two Erlang laws of neighbouring orders and
/// one rate, which keeps it (Tijms, "A First Course in Stochastic Models", 2003, appendix B), as
/// far as so many phases can; below 1 / sqrt(phases), the Erlang law of so many phases. Above 1: a
/// hyperexponential law, fitted to the tail from the slowest phase to the fastest (Feldmann and
/// Whitt, "Fitting mixtures of exponentials to long-tail distributions", Performance Evaluation 31,
/// 1998), the last phase taking what keeps the mean.
PhaseType fit_phases(const Law& law, int phases);

}  // namespace nines
