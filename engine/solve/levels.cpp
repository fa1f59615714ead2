#include "engine/solve/levels.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <Eigen/SparseLU>

#include "engine/base/check.hpp"

namespace nines {
namespace {

/// Of one fluid; `right` says what is poured into it, by state.
Vector mean_level(const MarkovChain& chain, const Vector& probability,
                  const Explored::FluidRow& fluid, Vector right, std::size_t most_direct) {
  const std::size_t n = chain.size();
  // The chain's rates, with those of jumps that do not keep the level put in their place.
  Rates kept = chain.out;
  Vector diagonal = chain.exits();
  for (const Explored::FluidRow::Jump& jump : fluid.jumps) {
    right[jump.to] += probability[jump.from] * jump.set_per_s;
    if (jump.from == jump.to) {
      diagonal[jump.from] += jump.rate_per_s - jump.kept_per_s;
      continue;
    }
    for (std::uint64_t e = kept.begin[jump.from]; e < kept.begin[jump.from + 1]; ++e) {
      if (kept.other[e] == jump.to) kept.rate[e] = jump.kept_per_s;
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    const Explored::Flow& flow = fluid.flows[fluid.of_state[j]];
    diagonal[j] += flow.rate;
    right[j] += probability[j] * (flow.rate * flow.target + flow.slope);
  }
  if (n <= most_direct) {
    using Matrix = Eigen::SparseMatrix<double>;
    std::vector<Eigen::Triplet<double>> entries;
    for (std::size_t i = 0; i < n; ++i) {
      entries.emplace_back(i, i, diagonal[i]);
      const Rates::Row row = kept[i];
      for (std::size_t e = 0; e < row.size(); ++e) {
        entries.emplace_back(row.other[e], i, -row.rate[e]);
      }
    }
    Matrix matrix(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
    matrix.setFromTriplets(entries.begin(), entries.end());
    Eigen::SparseLU<Matrix> lu(matrix);
    if (lu.info() != Eigen::Success) {
      throw std::runtime_error("the mean levels of a fluid have no unique solution");
    }
    const Eigen::VectorXd m =
        lu.solve(Eigen::Map<const Eigen::VectorXd>(right.data(), static_cast<Eigen::Index>(n)));
    return {m.begin(), m.end()};
  }
  const Rates in = kept.transposed();
  Vector m(n, 0.0);
  for (int sweep = 0; sweep < 100'000; ++sweep) {
    double change = 0.0;
    double sum = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      const Rates::Row row = in[j];
      double value = right[j];
      for (std::size_t e = 0; e < row.size(); ++e) value += m[row.other[e]] * row.rate[e];
      value /= diagonal[j];
      change += std::abs(value - m[j]);
      sum += std::abs(value);
      m[j] = value;
    }
    if (change <= 1e-14 * sum) return m;
  }
  throw std::runtime_error("the mean levels of a fluid do not settle");
}

}  // namespace

std::vector<Vector> mean_levels(const MarkovChain& chain, const Vector& probability,
                                const std::vector<Explored::FluidRow>& fluids,
                                std::size_t most_direct) {
  std::vector<Vector> levels(fluids.size());
  const auto row_of = [&](FluidId id) {
    const auto at = std::find_if(fluids.begin(), fluids.end(),
                                 [&](const auto& fluid) { return fluid.fluid == id; });
    return static_cast<std::size_t>(at - fluids.begin());
  };
  // One after the other; where they are mixed round in a circle, again until nothing changes.
  for (auto& level : levels) level.assign(chain.size(), 0.0);
  constexpr int kMostRounds = 1'000;
  for (int round = 0; round < kMostRounds; ++round) {
    double change = 0.0;
    double sum = 0.0;
    for (std::size_t f = 0; f < fluids.size(); ++f) {
      if (round > 0 && fluids[f].pours.empty()) continue;
      Vector right(chain.size(), 0.0);
      for (const auto& pour : fluids[f].pours) {
        right[pour.to] += levels[row_of(pour.source)][pour.from] * pour.per_s;
      }
      const Vector before = std::move(levels[f]);
      levels[f] = mean_level(chain, probability, fluids[f], std::move(right), most_direct);
      for (std::size_t s = 0; s < chain.size(); ++s) {
        change += std::abs(levels[f][s] - before[s]);
        sum += std::abs(levels[f][s]);
      }
    }
    if (change <= 1e-13 * sum) return levels;
  }
  throw std::runtime_error("the mean levels of fluids that are mixed do not settle");
}

}  // namespace nines
