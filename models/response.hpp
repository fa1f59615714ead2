// Response times: queues with Poisson arrivals and exponential service, one after the other.
#pragma once

#include <complex>
#include <cstdint>
#include <vector>

namespace nines {

/// One queue M/M/c: requests come at `arrivals_per_s`, each of `servers` works at
/// `capacity_per_s / servers`. Kleinrock, "Queueing Systems", volume 1, 1975, section 3.5.
struct Queue {
  Queue() = default;
  Queue(double arrivals, double capacity, int server_count);

  double arrivals_per_s = 0.0;
  double capacity_per_s = 0.0;
  int servers = 1;
  /// The probability that a request must wait (Erlang's C formula); 1 if the queue is saturated.
  double waits = 0.0;

  double utilisation() const { return arrivals_per_s / capacity_per_s; }
  /// As much to do as it can, but for rounding, or more: its queue grows without bound.
  bool saturated() const { return utilisation() >= 1.0 - 1e-9; }
  /// Mean time in the queue and in service, in seconds; infinite if the queue is saturated.
  double mean_response_s() const;
  /// Laplace-Stieltjes transform of that time; the queue must not be saturated.
  std::complex<double> transform(std::complex<double> s) const;
};

/// Members of a group among which a request is dealt out: to each with its weight.
struct Stage {
  struct Choice {
    double weight = 1.0;  ///< they add up to 1
    bool queues = false;  ///< false: served in no time
    Queue queue;
  };
  std::vector<Choice> choices;
};

/// The time of a request through stages in a row, in one state of the system.
struct ResponseLaw {
  std::vector<Stage> stages;
  double latency_s = 0.0;  ///< of the network, there and back

  bool saturated() const;
  /// In seconds; infinite if a queue is saturated.
  double mean_s() const;
  /// P(time > t_s), t_s >= 0; to about 1e-8, by the Euler method of numerical inversion (Abate,
  /// Whitt, "Numerical inversion of Laplace transforms of probability distributions", ORSA
  /// Journal on Computing 7, 1995). Waiting times of the stages are taken as independent, which
  /// is exact for queues in a row fed by a Poisson stream (Burke, Reich).
  double tail(double t_s) const;
  /// Equal exactly if two laws are.
  std::vector<double> content() const;
  /// The law of such a content. Throws std::runtime_error if it is none.
  static ResponseLaw of(const std::vector<double>& content);
};

}  // namespace nines
