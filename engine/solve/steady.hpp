// The long run of a Markov chain, without a subtraction: so that what is rare keeps its digits.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "engine/solve/chain.hpp"

namespace nines {

struct SteadyOptions {
  /// States up to which elimination is used; iteration beyond.
  std::size_t most_direct = 2'000;
  double tolerance = 1e-12;  ///< of the relative residual of each probability that matters
  int most_cycles = 10'000;
  std::function<void(int cycle, double residual)> progress = {};
  const std::atomic<bool>* interrupted = nullptr;
};

struct Steady {
  Vector probability;  ///< by state; they add up to 1
  std::string method;  ///< "elimination", "multilevel"
  /// The largest of |in - out| / out over the states that matter: how far probabilities, one by
  /// one, are from flowing evenly.
  double residual = 0.0;
  int cycles = 0;
};

/// The shares of time in the long run, from the chain's initial states. Where it may end in several
/// closed classes, each counts with the probability of ending there.
///
/// Up to `most_direct` states by the elimination of Grassmann, Taksar and Heyman ("Regenerative
/// analysis and steady state distributions for Markov chains", Operations Research 33, 1985), whose
/// relative error in every single probability is of the order of n times the machine's (O'Cinneide,
/// Numerische Mathematik 65, 1993). Beyond, by a multilevel method (Horton and Leutenegger, "A
/// multi-level solution algorithm for steady-state Markov chains", SIGMETRICS 1994) with Gauss-
/// Seidel sweeps, until every probability that `matters` is even to `tolerance`, and all stand
/// still.
Steady steady_state(const MarkovChain& chain, const std::vector<std::uint8_t>& matters,
                    const SteadyOptions& options = {});

/// The long-run rate of jumps from states where `from` is not 0 to states where `to` is not 0.
double flow_between(const MarkovChain& chain, const Vector& probability,
                    const std::vector<std::uint8_t>& from, const std::vector<std::uint8_t>& to);

/// The expected time, in seconds, until a state where `stop` is not 0 is entered; 0 if it begins
/// there, infinite if it may never be.
double mean_time_to(const MarkovChain& chain, const std::vector<std::uint8_t>& stop,
                    const SteadyOptions& options = {});

}  // namespace nines
