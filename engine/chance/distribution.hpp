// Laws of random times, in seconds: how long until a failure, how long a repair takes.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/chance/lanes.hpp"

namespace nines {

/// A law of a non-negative time. Immutable; shared by all threads.
///
/// `draw` is by inversion of the survival function and uses exactly one uniform number, so that
/// streams stay aligned whatever the laws are (common random numbers). What `draw` and `residual`
/// compute on the trajectory comes from nines::arithmetic or, where a law needs the system's
/// mathematics (gamma), is computed one value at a time on every machine.
class Law {
 public:
  virtual ~Law() = default;

  /// One of the Erlang laws that a law is a mixture of.
  struct ErlangPart {
    double weight;
    int phases;
    double phase_mean_s;
  };

  /// The mean, in seconds; infinite for `never`.
  virtual double mean() const = 0;
  /// The standard deviation over the mean; 1 for an exponential.
  virtual double cv() const = 0;
  /// P(X <= t).
  virtual double cdf(double t_s) const = 0;
  /// P(X > t), accurate where cdf is nearly 1.
  virtual double complement(double t_s) const = 0;
  /// The smallest t with P(X > t) <= q, for q in (0, 1): accurate for tiny q.
  virtual double quantile_of_complement(double q) const = 0;
  /// The smallest t with P(X <= t) >= p, for p in (0, 1).
  virtual double quantile(double p) const { return quantile_of_complement(1.0 - p); }
  /// The integral of P(X > x) over x > t, in seconds: the integrated tail.
  virtual double tail_integral(double t_s) const = 0;

  /// One value, from one uniform number in (0, 1).
  virtual double draw(double u) const { return quantile_of_complement(u); }
  /// Replaces uniform numbers by values; the same bits as `draw` of each.
  virtual void draw_many(double* u_to_s, std::size_t count, const Lanes& lanes) const;
  /// What remains of a life that has already lasted `age_s`: a value of (X - age | X > age).
  /// Where P(X > age) is too small for a double, 0 if the law is bounded, else as by its hazard.
  virtual double residual(double age_s, double u) const;
  /// The remaining life seen at a random instant of an endless renewal process: density
  /// P(X > t) / mean (Cox, "Renewal Theory", 1962, section 5.2).
  virtual double equilibrium(double u) const;

  /// The rate, per second, if the law has no memory: exponential, and `never` with rate 0.
  virtual std::optional<double> memoryless_rate() const { return std::nullopt; }

  /// What it is a mixture of, if all its parts are Erlang laws: such a law is made of exponential
  /// phases exactly.
  virtual std::optional<std::vector<ErlangPart>> erlang_parts() const { return std::nullopt; }

  /// The law as the topology language writes it, with all digits: equal texts, equal laws.
  virtual std::string text() const = 0;
};

using LawPtr = std::shared_ptr<const Law>;

/// Arguments are checked by CHECK: the language has refused bad ones with a message before.
LawPtr exponential(double mean_s);
/// P(X > t) = exp(-(t / scale)^shape).
LawPtr weibull(double shape, double scale_s);
/// log X is normal with that median exp(mu) and standard deviation sigma.
LawPtr lognormal(double median_s, double sigma);
/// Shape k > 0 and scale theta: mean k theta. An Erlang law has a whole k.
LawPtr gamma_law(double shape, double scale_s);
LawPtr deterministic(double value_s);
LawPtr uniform(double low_s, double high_s);
/// The least of so many independent values, each uniform between the two.
LawPtr least_of_uniform(int count, double low_s, double high_s);
LawPtr triangular(double low_s, double mode_s, double high_s);
/// `by_s` later than `law`.
LawPtr shifted(double by_s, LawPtr law);
struct MixturePart {
  double weight;  ///< > 0; the weights add up to 1
  LawPtr law;
};
/// One of the parts, by its weight. A hyperexponential law is a mixture of exponentials.
LawPtr mixture(std::vector<MixturePart> parts);
/// Each of the samples with equal probability.
LawPtr empirical(std::vector<double> samples_s);
/// The time that never comes: failures that do not happen.
LawPtr never();

}  // namespace nines
