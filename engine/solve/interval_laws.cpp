#include "engine/solve/interval_laws.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <boost/math/special_functions/beta.hpp>

#include "engine/solve/poisson.hpp"
#include "engine/solve/transient.hpp"

namespace nines {
namespace {

constexpr double kMostWork = 4e9;

double fastest(const MarkovChain& chain) {
  const Vector exits = chain.exits();
  return exits.empty() ? 0.0 : *std::max_element(exits.begin(), exits.end());
}

/// Probabilities by count and state: count c of state i stands at c * states + i.
class Counted {
 public:
  Counted(const MarkovChain& chain, std::size_t counts, double rate)
      : in_(chain.out.transposed()),
        exits_(chain.exits()),
        states_(chain.size()),
        rate_(rate),
        p_(counts * states_, 0.0),
        next_(p_.size()) {}

  double& at(std::size_t count, StateId state) { return p_[count * states_ + state]; }
  double of_count(std::size_t count) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < states_; ++i) sum += p_[count * states_ + i];
    return sum;
  }

  /// One jump of the uniformised chain among the first `used` counts. `step(i, j)`: by how much the
  /// count grows from state i to j, 0 or 1. What would grow beyond all counts is dropped.
  template <class Step>
  void jump(std::size_t used, const Step& step) {
    std::fill(next_.begin(), next_.begin() + static_cast<std::ptrdiff_t>(used * states_), 0.0);
    for (StateId j = 0; j < states_; ++j) {
      const Rates::Row row = in_[j];
      const auto take = [&](StateId i, double share) {
        if (share == 0) return;
        const std::size_t by = step(i, j);
        for (std::size_t c = by; c < used; ++c) {
          next_[c * states_ + j] += p_[(c - by) * states_ + i] * share;
        }
      };
      take(j, 1.0 - exits_[j] / rate_);
      for (std::size_t e = 0; e < row.size(); ++e) take(row.other[e], row.rate[e] / rate_);
    }
    p_.swap(next_);
  }

 private:
  Rates in_;
  Vector exits_;
  std::size_t states_;
  double rate_;
  Vector p_;
  Vector next_;
};

void check_work(double work) {
  if (work > kMostWork) throw OutOfReach(fmt::format("a law over {:.1g} steps", work));
}

}  // namespace

Vector law_of_entries(const MarkovChain& chain, const std::vector<std::uint8_t>& marked, double t_s,
                      std::size_t most) {
  const double rate = fastest(chain);
  Vector law(most + 1, 0.0);
  if (rate == 0.0) {
    law[0] = 1.0;
    return law;
  }
  const Poisson poisson(rate * t_s);
  const auto edges = static_cast<double>(chain.out.other.size() + chain.size());
  check_work(static_cast<double>(poisson.end()) * static_cast<double>(most + 1) * edges);
  Counted counted(chain, most + 1, rate);
  for (const auto& [state, probability] : chain.initial) counted.at(0, state) += probability;
  for (std::size_t n = 0; n < poisson.end(); ++n) {
    if (n >= poisson.first) {
      for (std::size_t c = 0; c <= most; ++c) {
        law[c] += poisson.weight[n - poisson.first] * counted.of_count(c);
      }
    }
    counted.jump(most + 1, [&](StateId i, StateId j) -> std::size_t {
      return marked[i] == 0 && marked[j] != 0 ? 1 : 0;
    });
  }
  return law;
}

Vector law_of_time(const MarkovChain& chain, const std::vector<std::uint8_t>& marked, double t_s,
                   const std::vector<double>& at_most_s) {
  const double rate = fastest(chain);
  Vector law(at_most_s.size(), 0.0);
  const auto whole = [&](double weight, std::size_t k, std::size_t n, double probability) {
    // k of n + 1 stays are marked.
    for (std::size_t i = 0; i < law.size(); ++i) {
      const double share = std::clamp(at_most_s[i] / t_s, 0.0, 1.0);
      double below = share >= 1.0 ? 1.0 : 0.0;
      if (k == 0) {
        below = 1.0;
      } else if (k <= n && share > 0 && share < 1) {
        below = boost::math::ibeta(static_cast<double>(k), static_cast<double>(n + 1 - k), share);
      }
      law[i] += weight * probability * below;
    }
  };
  if (rate == 0.0) {
    for (const auto& [state, probability] : chain.initial) {
      whole(1.0, marked[state] != 0 ? 1 : 0, 0, probability);
    }
    return law;
  }
  const Poisson poisson(rate * t_s);
  const std::size_t jumps = poisson.end();
  const auto edges = static_cast<double>(chain.out.other.size() + chain.size());
  check_work(0.5 * static_cast<double>(jumps) * static_cast<double>(jumps) * edges);
  Counted counted(chain, jumps + 1, rate);
  for (const auto& [state, probability] : chain.initial) {
    counted.at(marked[state] != 0 ? 1 : 0, state) += probability;
  }
  for (std::size_t n = 0; n < jumps; ++n) {
    if (n >= poisson.first) {
      for (std::size_t k = 0; k <= n + 1; ++k) {
        const double probability = k < jumps + 1 ? counted.of_count(k) : 0.0;
        if (probability > 1e-18) whole(poisson.weight[n - poisson.first], k, n, probability);
      }
    }
    counted.jump(std::min(n + 3, jumps + 1),
                 [&](StateId, StateId j) -> std::size_t { return marked[j] != 0 ? 1 : 0; });
  }
  return law;
}

}  // namespace nines
