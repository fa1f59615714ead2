// The exact answers of a system: its Markov chain, solved.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/solve/explore.hpp"
#include "topologies/compile.hpp"

namespace nines {

struct ExactQuestion {
  std::size_t most_states = 5'000'000;  ///< of one chain
  /// Independent parts are joined into one chain, of which more can be asked, up to so many states.
  std::size_t most_states_of_whole = 200'000;
  int phases = 0;  ///< for laws that have a memory; 0 refuses them
  /// What need not be told apart; none: everything is. Where it is not, blame by set is left out.
  std::vector<Interchangeable> interchangeable = {};
  /// Tells it apart all the same where that is a small matter.
  bool apart_if_small = false;
  std::optional<double> horizon_s;  ///< what happens from the start until then, too
  std::optional<double> availability_objective = {};  ///< with which probability over the horizon
  std::vector<double> at_s;                           ///< availability at these times
  /// Told what is being done, and how far it is: a share, or nothing.
  std::function<void(const std::string& what, std::optional<double> share)> progress = {};
  const std::atomic<bool>* interrupted = nullptr;
};

/// What the chain says of a service. Rates and shares are of the long run.
struct ExactService {
  std::string name;
  std::optional<std::size_t> part_of;
  double unavailability = 0.0;
  double outages_per_s = 0.0;
  std::optional<double> first_outage_s;  ///< mean; infinite if there may be none
  std::vector<double> unavailable_at;    ///< by ExactQuestion::at_s
  struct Horizon {                       ///< from the start to the horizon
    double unavailability = 0.0;
    double outages = 0.0;
    double some_outage = 0.0;             ///< probability
    double no_outage = 0.0;               ///< probability, with all its digits
    std::vector<double> outages_law;      ///< P(so many outages), from 0; empty: out of reach
    std::optional<double> objective_met;  ///< probability, where it was asked and is in reach
  };
  std::optional<Horizon> horizon;
  struct Load {
    double degraded = 0.0;  ///< share of time
    double unserved = 0.0;  ///< share of requests
    double stale_per_s = 0.0;
    double failed_per_s = 0.0;
    double saturated = 0.0;            ///< share of time
    std::optional<double> response_s;  ///< mean
  };
  std::optional<Load> load;
  std::optional<double> lost_sessions_per_s;
  std::optional<double> session_lost;  ///< probability
  struct Share {
    std::vector<std::string> names;
    double of_downtime = 0.0;
  };
  std::vector<Share> by_set;  ///< largest first; none where it was not asked of the whole

  double mean_outage_s() const { return unavailability / outages_per_s; }
  double mean_up_s() const { return (1.0 - unavailability) / outages_per_s; }
};

struct ExactGroup {
  std::string name;
  bool takes_over = false;
  bool endless = false;  ///< its lost writes are left out: they grow with the time looked at
  double begun_per_s = 0.0;
  double failed_per_s = 0.0;
  double unfounded_per_s = 0.0;
  double returned_per_s = 0.0;
  double split = 0.0;                       ///< share of time
  std::optional<double> lost_writes_per_s;  ///< acknowledged ones; where they have a workload
  std::optional<double> data_losses_per_s;
};

struct Exact {
  std::size_t states = 0;  ///< of all chains together
  std::size_t transitions = 0;
  std::size_t modules = 0;  ///< independent parts
  bool whole = false;       ///< one chain for all
  bool lumped = false;      ///< what is interchangeable is not told apart
  std::string method;
  double residual = 0.0;  ///< of the probabilities of down states, relative
  int phases = 0;
  std::vector<std::string> left_out;  ///< what could not be had, and why
  std::vector<ExactService> services;
  std::vector<ExactGroup> groups;
};

/// Throws NotMarkovian, TooManyStates, Interrupted, EndlessLoop.
Exact solve(const System& system, const ExactQuestion& question);

}  // namespace nines
