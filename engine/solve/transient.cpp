#include "engine/solve/transient.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <optional>

#include <fmt/format.h>
#include <Eigen/Dense>
#include <Eigen/SparseLU>

#include "engine/base/interrupted.hpp"
#include "engine/solve/poisson.hpp"

namespace nines {
namespace {

double fastest(const Vector& exits) {
  double rate = 0.0;
  for (const double exit : exits) rate = std::max(rate, exit);
  return rate;
}

Vector begin_of(const MarkovChain& chain) {
  Vector p(chain.size(), 0.0);
  for (const auto& [state, probability] : chain.initial) p[state] += probability;
  return p;
}

/// How all states but the sinks change from one jump to the next: each by a factor in [least,
/// most]. As all terms are positive, later jumps keep within these (Collatz; Seneta, "Non-negative
/// Matrices and Markov Chains", 1981, section 1.4).
struct Factor {
  double least = std::numeric_limits<double>::infinity();
  double most = 0.0;
};

/// Nothing if it would take more than `most_jumps`.
std::optional<Transient> uniformise(const MarkovChain& chain, double t_s, double rate,
                                    double most_jumps, const TransientOptions& options) {
  constexpr double kSettled = 1e-10;  // relative error that going on by a factor may make
  constexpr std::size_t kLook = 32;   // jumps between two looks
  const Rates in = chain.out.transposed();
  const Vector exits = chain.exits();
  const Poisson poisson(rate * t_s);
  const std::size_t n = chain.size();
  const bool sinks = std::any_of(exits.begin(), exits.end(), [](double exit) { return exit == 0; });
  Transient result;
  result.method = "uniformisation";
  result.error = kTruncation;
  result.probability.assign(n, 0.0);
  result.time_s.assign(n, 0.0);
  Vector p = begin_of(chain);
  Vector next(n);
  const std::size_t last = poisson.first + poisson.weight.size();
  const auto weight = [&](std::size_t k) {
    return k >= poisson.first ? poisson.weight[k - poisson.first] : 0.0;
  };
  // The k-th jump has come with P(N >= k), and the time between two is 1 / rate.
  const auto beyond_s = [&](std::size_t k) {
    return (k >= poisson.first ? poisson.beyond[k - poisson.first] : 1.0) / rate;
  };
  for (std::size_t k = 0; k < last; ++k) {
    const double w = weight(k);
    const double s = beyond_s(k);
    for (std::size_t i = 0; i < n; ++i) {
      result.probability[i] += w * p[i];
      result.time_s[i] += s * p[i];
    }
    Factor factor;
    for (std::size_t j = 0; j < n; ++j) {
      const Rates::Row row = in[j];
      double sum = p[j] * (1.0 - exits[j] / rate);
      for (std::size_t e = 0; e < row.size(); ++e) {
        sum += p[row.other[e]] * (row.rate[e] / rate);
      }
      next[j] = sum;
    }
    const bool looks = k % kLook == kLook - 1;
    for (std::size_t j = 0; looks && j < n; ++j) {
      if (exits[j] == 0 || next[j] == 0) continue;
      factor.least = std::min(factor.least, next[j] / p[j]);
      factor.most = std::max(factor.most, next[j] / p[j]);
    }
    p.swap(next);
    const auto left = static_cast<double>(last - k);
    if (looks && factor.most == 0) factor.least = 0.0;  // all is in the sinks
    if (looks && (factor.most - factor.least) * left <= kSettled) {
      // From here on every state but the sinks goes on by one factor, and so does what they gain.
      const double by = sinks ? 0.5 * (factor.least + factor.most) : 1.0;
      double now = 1.0;   // by to the power of jumps since
      double gone = 0.0;  // sum of those before
      double stay = 0.0, stay_s = 0.0, gain = 0.0, gain_s = 0.0, all = 0.0, all_s = 0.0;
      for (std::size_t m = k + 1; m < last; ++m) {
        const double wm = weight(m);
        const double sm = beyond_s(m);
        stay += wm * now;
        stay_s += sm * now;
        gain += wm * gone;
        gain_s += sm * gone;
        all += wm;
        all_s += sm;
        gone += now;
        now *= by;
      }
      for (std::size_t j = 0; j < n; ++j) {
        if (exits[j] > 0) {
          result.probability[j] += stay * p[j];
          result.time_s[j] += stay_s * p[j];
          continue;
        }
        double inflow = 0.0;  // of a jump
        const Rates::Row row = in[j];
        for (std::size_t e = 0; e < row.size(); ++e) {
          inflow += p[row.other[e]] * (row.rate[e] / rate);
        }
        result.probability[j] += all * p[j] + gain * inflow;
        result.time_s[j] += all_s * p[j] + gain_s * inflow;
      }
      result.error = kSettled;
      return result;
    }
    if (static_cast<double>(k) > most_jumps) return std::nullopt;
    if (k % 256 == 0) {
      stop_if(options.interrupted);
      if (options.progress) {
        options.progress(static_cast<double>(k) / std::min(most_jumps, static_cast<double>(last)));
      }
    }
  }
  return result;
}

Transient doubling(const MarkovChain& chain, double t_s, double rate,
                   const TransientOptions& options) {
  const auto n = static_cast<Eigen::Index>(chain.size());
  const Vector exits = chain.exits();
  int k = 0;
  double h = t_s;
  while (rate * h > 0.5) {
    h /= 2.0;
    ++k;
  }
  using Matrix = Eigen::MatrixXd;
  Matrix jump = Matrix::Zero(n, n);  // of the uniformised chain
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto state = static_cast<std::size_t>(i);
    jump(i, i) = 1.0 - exits[state] / rate;
    const Rates::Row row = chain.out[state];
    for (std::size_t e = 0; e < row.size(); ++e) {
      jump(i, static_cast<Eigen::Index>(row.other[e])) += row.rate[e] / rate;
    }
  }
  const Poisson poisson(rate * h);
  Matrix power = Matrix::Identity(n, n);
  Matrix p = Matrix::Zero(n, n);
  Matrix s = Matrix::Zero(n, n);
  for (std::size_t m = 0; m < poisson.first + poisson.weight.size(); ++m) {
    const bool counts = m >= poisson.first;
    p += (counts ? poisson.weight[m - poisson.first] : 0.0) * power;
    s += (counts ? poisson.beyond[m - poisson.first] : 1.0) / rate * power;
    power *= jump;
  }
  const auto even_out = [](Matrix& m, double sum) {
    for (Eigen::Index i = 0; i < m.rows(); ++i) m.row(i) *= sum / m.row(i).sum();
  };
  even_out(p, 1.0);
  even_out(s, h);
  for (int i = 0; i < k; ++i) {
    stop_if(options.interrupted);
    if (options.progress) options.progress(static_cast<double>(i) / k);
    s += p * s;
    p *= p;
    h *= 2.0;
    even_out(p, 1.0);
    even_out(s, h);
  }
  Transient result;
  result.method = "doubling";
  result.error = kTruncation;
  result.probability.assign(chain.size(), 0.0);
  result.time_s.assign(chain.size(), 0.0);
  for (const auto& [state, probability] : chain.initial) {
    for (Eigen::Index j = 0; j < n; ++j) {
      const auto to = static_cast<std::size_t>(j);
      result.probability[to] += probability * p(static_cast<Eigen::Index>(state), j);
      result.time_s[to] += probability * s(static_cast<Eigen::Index>(state), j);
    }
  }
  return result;
}

Transient contour(const MarkovChain& chain, double t_s, const TransientOptions& options) {
  using Complex = std::complex<double>;
  using Matrix = Eigen::SparseMatrix<Complex>;
  const auto n = static_cast<Eigen::Index>(chain.size());
  const Vector exits = chain.exits();
  std::vector<Eigen::Triplet<Complex>> entries;
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto state = static_cast<std::size_t>(i);
    entries.emplace_back(i, i, Complex(exits[state], 0.0));
    const Rates::Row row = chain.out[state];
    for (std::size_t e = 0; e < row.size(); ++e) {
      entries.emplace_back(static_cast<Eigen::Index>(row.other[e]), i, Complex(-row.rate[e], 0.0));
    }
  }
  Matrix minus_q(n, n);  // transposed
  minus_q.setFromTriplets(entries.begin(), entries.end());
  Eigen::VectorXcd start = Eigen::VectorXcd::Zero(n);
  for (const auto& [state, probability] : chain.initial) {
    start(static_cast<Eigen::Index>(state)) += probability;
  }
  // Weideman and Trefethen 2007, eq. (3.3) with the optimal parameters of section 3 for a spectrum
  // on the negative real axis; the sector that they leave holds the complex eigenvalues of chains.
  constexpr int kNodes = 14;
  constexpr double kAlpha = 1.172104229;
  const double spacing = 1.081792140 / kNodes;
  const double mu = 4.492075287 * kNodes / t_s;
  Transient result;
  result.method = "contour";
  result.probability.assign(chain.size(), 0.0);
  result.time_s.assign(chain.size(), 0.0);
  Eigen::SparseLU<Matrix> lu;
  for (int node = 0; node < kNodes; ++node) {
    stop_if(options.interrupted);
    if (options.progress) options.progress(static_cast<double>(node) / kNodes);
    const double u = (node + 0.5) * spacing;
    const Complex angle(-kAlpha, u);
    const Complex z = mu * (1.0 + std::sin(angle));
    const Complex dz = mu * Complex(0.0, 1.0) * std::cos(angle);
    Matrix shifted = minus_q;
    for (Eigen::Index i = 0; i < n; ++i) shifted.coeffRef(i, i) += z;
    shifted.makeCompressed();
    if (node == 0) lu.analyzePattern(shifted);
    lu.factorize(shifted);
    if (lu.info() != Eigen::Success) throw OutOfReach("a system could not be factorised");
    const Eigen::VectorXcd x = lu.solve(start);
    const Complex weight = std::exp(z * t_s) * dz * spacing / Complex(0.0, 2.0 * std::numbers::pi);
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto state = static_cast<std::size_t>(i);
      // Nodes come in conjugate pairs.
      result.probability[state] += 2.0 * (weight * x(i)).real();
      result.time_s[state] += 2.0 * (weight * x(i) / z).real();
    }
  }
  double sum = 0.0;
  for (const double p : result.probability) sum += p;
  result.error = std::max(1e-13, std::abs(1.0 - sum));
  for (double& p : result.probability) p = std::max(p, 0.0);
  return result;
}

}  // namespace

Transient transient(const MarkovChain& chain, double t_s, const TransientOptions& options) {
  const double rate = fastest(chain.exits());
  if (t_s == 0.0 || rate == 0.0) {
    Transient result;
    result.method = "uniformisation";
    result.probability = begin_of(chain);
    result.time_s = result.probability;
    for (double& time_s : result.time_s) time_s *= t_s;
    return result;
  }
  const double jumps = rate * t_s;
  const auto rates = static_cast<double>(chain.out.other.size() + chain.size());
  const bool few = chain.size() <= options.most_doubling;
  if (few && jumps * rates > 1e7) return doubling(chain, t_s, rate, options);
  if (const auto result = uniformise(chain, t_s, rate, options.most_work / rates, options)) {
    return *result;
  }
  if (chain.size() <= options.most_contour) return contour(chain, t_s, options);
  throw OutOfReach(fmt::format("{} states that change up to {:.2g} times within that time",
                               chain.size(), jumps));
}

}  // namespace nines
