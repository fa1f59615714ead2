#include "engine/solve/steady.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <Eigen/Core>

#include "engine/base/check.hpp"
#include "engine/base/interrupted.hpp"

namespace nines {
namespace {

/// Elimination from the last state to the first. `q`: rates, row by row; destroyed.
Vector eliminate(Eigen::MatrixXd& q) {
  const Eigen::Index n = q.rows();
  Vector exits(static_cast<std::size_t>(n), 0.0);
  for (Eigen::Index k = n - 1; k > 0; --k) {
    // The rate at which k goes to states before it: a sum, not one minus a sum.
    const double exit = q.row(k).head(k).sum();
    CHECK(exit > 0, "state {} of a closed class is left to nowhere", k);
    exits[static_cast<std::size_t>(k)] = exit;
    // Whoever goes to k goes on at once to where k goes.
    q.col(k).head(k) /= exit;
    for (Eigen::Index j = 0; j < k; ++j) {
      const double to = q(k, j);
      if (to == 0.0) continue;
      q.col(j).head(k).noalias() += to * q.col(k).head(k);
    }
  }
  Vector p(static_cast<std::size_t>(n), 0.0);
  p[0] = 1.0;
  double sum = 1.0;
  for (Eigen::Index k = 1; k < n; ++k) {
    double in = 0.0;
    for (Eigen::Index i = 0; i < k; ++i) in += p[static_cast<std::size_t>(i)] * q(i, k);
    p[static_cast<std::size_t>(k)] = in;
    sum += in;
  }
  for (double& x : p) x /= sum;
  return p;
}

Vector eliminate(const Rates& out) {
  const auto n = static_cast<Eigen::Index>(out.rows());
  Eigen::MatrixXd q = Eigen::MatrixXd::Zero(n, n);
  for (std::size_t i = 0; i < out.rows(); ++i) {
    const Rates::Row row = out[i];
    for (std::size_t e = 0; e < row.size(); ++e) {
      q(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(row.other[e])) += row.rate[e];
    }
  }
  return eliminate(q);
}

/// One level of the multilevel method: rates into each state, and how its states join into those of
/// the next, coarser level.
struct Level {
  Rates in;
  Vector exits;
  Vector p;
  std::vector<StateId> coarse_of;          ///< by state
  std::vector<std::uint32_t> coarse_edge;  ///< by edge of `in`: which of the coarser level's
  static constexpr std::uint32_t kInside = 0xFFFFFFFFU;
};

class Multilevel {
 public:
  Multilevel(const Rates& out, std::size_t most_direct) : most_direct_(most_direct) {
    levels_.emplace_back();
    levels_[0].in = out.transposed();
    levels_[0].exits.assign(out.rows(), 0.0);
    for (std::size_t i = 0; i < out.rows(); ++i) {
      for (const double rate : out[i].rate) levels_[0].exits[i] += rate;
    }
    levels_[0].p.assign(out.rows(), 1.0 / static_cast<double>(out.rows()));
    while (levels_.back().in.rows() > most_direct_) {
      if (!coarsen()) break;
    }
  }

  void cycle() { cycle(0); }
  Vector& p() { return levels_[0].p; }

  double residual(const std::vector<std::uint8_t>& matters) const {
    const Level& level = levels_[0];
    double worst = 0.0;
    for (std::size_t j = 0; j < level.p.size(); ++j) {
      if (matters[j] == 0) continue;
      const double out = level.p[j] * level.exits[j];
      if (!(out > 0)) continue;
      worst = std::max(worst, std::abs(inflow(level, j) - out) / out);
    }
    return worst;
  }

 private:
  static double inflow(const Level& level, std::size_t j) {
    const Rates::Row row = level.in[j];
    double in = 0.0;
    for (std::size_t e = 0; e < row.size(); ++e) in += level.p[row.other[e]] * row.rate[e];
    return in;
  }

  static void sweep(Level& level) {
    for (std::size_t j = 0; j < level.p.size(); ++j) level.p[j] = inflow(level, j) / level.exits[j];
    const double sum = std::accumulate(level.p.begin(), level.p.end(), 0.0);
    for (double& x : level.p) x /= sum;
  }

  void cycle(std::size_t l) {
    Level& fine = levels_[l];
    if (l + 1 == levels_.size()) {
      if (fine.in.rows() <= 2 * most_direct_) {
        Eigen::MatrixXd q = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(fine.p.size()),
                                                  static_cast<Eigen::Index>(fine.p.size()));
        for (std::size_t j = 0; j < fine.p.size(); ++j) {
          const Rates::Row row = fine.in[j];
          for (std::size_t e = 0; e < row.size(); ++e) {
            q(static_cast<Eigen::Index>(row.other[e]), static_cast<Eigen::Index>(j)) += row.rate[e];
          }
        }
        fine.p = eliminate(q);
      } else {
        for (int i = 0; i < 10; ++i) sweep(fine);
      }
      return;
    }
    sweep(fine);
    Level& coarse = levels_[l + 1];
    std::fill(coarse.p.begin(), coarse.p.end(), 0.0);
    for (std::size_t i = 0; i < fine.p.size(); ++i) coarse.p[fine.coarse_of[i]] += fine.p[i];
    std::fill(coarse.in.rate.begin(), coarse.in.rate.end(), 0.0);
    std::fill(coarse.exits.begin(), coarse.exits.end(), 0.0);
    for (std::size_t j = 0; j < fine.p.size(); ++j) {
      for (std::uint64_t e = fine.in.begin[j]; e < fine.in.begin[j + 1]; ++e) {
        const std::uint32_t edge = fine.coarse_edge[e];
        if (edge == Level::kInside) continue;
        const StateId from = fine.in.other[e];
        const StateId coarse_from = fine.coarse_of[from];
        const double rate = fine.p[from] / coarse.p[coarse_from] * fine.in.rate[e];
        coarse.in.rate[edge] += rate;
        coarse.exits[coarse_from] += rate;
      }
    }
    const Vector before = coarse.p;
    cycle(l + 1);
    for (std::size_t i = 0; i < fine.p.size(); ++i) {
      const StateId c = fine.coarse_of[i];
      fine.p[i] *= coarse.p[c] / before[c];
    }
    sweep(fine);
  }

  /// Joins each state with the neighbour to which most of its rate goes, or from which most comes:
  /// what is tightly coupled goes together. False if nothing would join.
  bool coarsen() {
    Level& fine = levels_.back();
    const std::size_t n = fine.in.rows();
    constexpr StateId kFree = 0xFFFFFFFFU;
    // The strongest way out of each state.
    std::vector<StateId> strongest(n, kFree);
    Vector strength(n, 0.0);
    for (std::size_t j = 0; j < n; ++j) {
      const Rates::Row row = fine.in[j];
      for (std::size_t e = 0; e < row.size(); ++e) {
        if (row.rate[e] > strength[row.other[e]]) {
          strength[row.other[e]] = row.rate[e];
          strongest[row.other[e]] = static_cast<StateId>(j);
        }
      }
    }
    std::vector<StateId> by_strength(n);
    std::iota(by_strength.begin(), by_strength.end(), StateId{0});
    std::stable_sort(by_strength.begin(), by_strength.end(),
                     [&](StateId a, StateId b) { return strength[a] > strength[b]; });
    fine.coarse_of.assign(n, kFree);
    std::vector<std::uint8_t> members;
    StateId next = 0;
    for (const StateId i : by_strength) {
      if (fine.coarse_of[i] != kFree) continue;
      const StateId to = strongest[i];
      if (to == kFree) {
        fine.coarse_of[i] = next++;
        members.push_back(1);
      } else if (fine.coarse_of[to] == kFree) {
        fine.coarse_of[i] = fine.coarse_of[to] = next++;
        members.push_back(2);
      } else if (members[fine.coarse_of[to]] < 8) {
        fine.coarse_of[i] = fine.coarse_of[to];
        ++members[fine.coarse_of[to]];
      } else {
        fine.coarse_of[i] = next++;
        members.push_back(1);
      }
    }
    if (next > n - n / 20) return false;
    // The edges of the coarser level.
    Level coarse;
    std::vector<std::uint64_t> first(next + 1, 0);
    for (std::size_t j = 0; j < n; ++j) ++first[fine.coarse_of[j] + 1];
    for (std::size_t c = 0; c < next; ++c) first[c + 1] += first[c];
    std::vector<StateId> grouped(n);
    {
      std::vector<std::uint64_t> cursor(first.begin(), first.end() - 1);
      for (std::size_t j = 0; j < n; ++j) {
        grouped[cursor[fine.coarse_of[j]]++] = static_cast<StateId>(j);
      }
    }
    fine.coarse_edge.assign(fine.in.other.size(), Level::kInside);
    std::vector<std::uint32_t> edge_from(next, Level::kInside);
    for (StateId c = 0; c < next; ++c) {
      const std::size_t begin = coarse.in.other.size();
      for (std::uint64_t k = first[c]; k < first[c + 1]; ++k) {
        const StateId j = grouped[k];
        for (std::uint64_t e = fine.in.begin[j]; e < fine.in.begin[j + 1]; ++e) {
          const StateId from = fine.coarse_of[fine.in.other[e]];
          if (from == c) continue;
          if (edge_from[from] == Level::kInside || edge_from[from] < begin) {
            edge_from[from] = static_cast<std::uint32_t>(coarse.in.other.size());
            coarse.in.add(from, 0.0);
          }
          fine.coarse_edge[e] = edge_from[from];
        }
      }
      coarse.in.end_row();
    }
    coarse.exits.assign(next, 0.0);
    coarse.p.assign(next, 0.0);
    levels_.push_back(std::move(coarse));
    return true;
  }

  std::size_t most_direct_;
  std::vector<Level> levels_;
};

/// The states of one closed class as a chain of their own.
Rates class_of(const MarkovChain& chain, const std::vector<StateId>& states,
               const std::vector<StateId>& number) {
  Rates out;
  for (const StateId state : states) {
    const Rates::Row row = chain.out[state];
    for (std::size_t e = 0; e < row.size(); ++e) out.add(number[row.other[e]], row.rate[e]);
    out.end_row();
  }
  return out;
}

Vector solve_class(const Rates& out, const std::vector<std::uint8_t>& matters,
                   const SteadyOptions& options, Steady& result) {
  if (out.rows() <= options.most_direct) return eliminate(out);
  result.method = "multilevel";
  Multilevel levels(out, std::min<std::size_t>(options.most_direct, 400));
  const auto that_matters = [&] {
    double sum = 0.0;
    for (std::size_t i = 0; i < matters.size(); ++i) sum += matters[i] != 0 ? levels.p()[i] : 0.0;
    return sum;
  };
  double before = 0.0;
  for (int cycle = 1;; ++cycle) {
    stop_if(options.interrupted);
    levels.cycle();
    const double residual = levels.residual(matters);
    // Each of them may be even with its neighbours while these still move: all together must stand
    // still, too.
    const double now = that_matters();
    const double moved = now > 0 ? std::abs(now - before) / now : 0.0;
    before = now;
    result.residual = std::max(residual, moved);
    result.cycles = cycle;
    if (options.progress) options.progress(cycle, result.residual);
    if (result.residual <= options.tolerance || cycle >= options.most_cycles) break;
  }
  return levels.p();
}

}  // namespace

Steady steady_state(const MarkovChain& chain, const std::vector<std::uint8_t>& matters,
                    const SteadyOptions& options) {
  Steady result;
  result.method = "elimination";
  result.probability.assign(chain.size(), 0.0);
  const ClosedClasses classes = closed_classes(chain);
  std::vector<std::vector<StateId>> states(classes.count);
  std::vector<StateId> number(chain.size(), 0);
  for (StateId i = 0; i < chain.size(); ++i) {
    if (classes.of_state[i] < 0) continue;
    auto& own = states[static_cast<std::size_t>(classes.of_state[i])];
    number[i] = static_cast<StateId>(own.size());
    own.push_back(i);
  }
  Vector weights(classes.count, 1.0);
  if (classes.count > 1) {
    // Begun anew whenever it has ended somewhere: the classes are entered in proportion to how
    // likely each is.
    std::vector<std::uint8_t> ended(chain.size(), 0);
    for (StateId i = 0; i < chain.size(); ++i) ended[i] = classes.of_state[i] >= 0 ? 1 : 0;
    std::vector<std::uint8_t> all(chain.size(), 1);
    const Steady again = steady_state(restarted(chain, ended), all, options);
    std::fill(weights.begin(), weights.end(), 0.0);
    double sum = 0.0;
    for (StateId i = 0; i < chain.size(); ++i) {
      if (classes.of_state[i] < 0) continue;
      weights[static_cast<std::size_t>(classes.of_state[i])] += again.probability[i];
      sum += again.probability[i];
    }
    for (double& weight : weights) weight /= sum;
  }
  for (std::size_t k = 0; k < classes.count; ++k) {
    if (weights[k] == 0) continue;
    std::vector<std::uint8_t> matter(states[k].size(), 0);
    for (std::size_t i = 0; i < states[k].size(); ++i) matter[i] = matters[states[k][i]];
    const Vector p = solve_class(class_of(chain, states[k], number), matter, options, result);
    for (std::size_t i = 0; i < states[k].size(); ++i) {
      result.probability[states[k][i]] = weights[k] * p[i];
    }
  }
  return result;
}

double flow_between(const MarkovChain& chain, const Vector& probability,
                    const std::vector<std::uint8_t>& from, const std::vector<std::uint8_t>& to) {
  double flow = 0.0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (from[i] == 0 || probability[i] == 0) continue;
    const Rates::Row row = chain.out[i];
    for (std::size_t e = 0; e < row.size(); ++e) {
      if (to[row.other[e]] != 0) flow += probability[i] * row.rate[e];
    }
  }
  return flow;
}

double mean_time_to(const MarkovChain& chain, const std::vector<std::uint8_t>& stop,
                    const SteadyOptions& options) {
  for (const auto& [state, probability] : chain.initial) {
    if (stop[state] != 0) return 0.0;
  }
  // In the chain that begins anew whenever it has got there, a cycle is a first passage and the
  // stay of mean 1 s there: time outside over time there is the mean, in seconds.
  const MarkovChain again = restarted(chain, stop);
  const ClosedClasses classes = closed_classes(again);
  if (classes.count != 1) return std::numeric_limits<double>::infinity();
  const Steady steady = steady_state(again, stop, options);
  double there = 0.0;
  double outside = 0.0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    (stop[i] != 0 ? there : outside) += steady.probability[i];
  }
  return there > 0 ? outside / there : std::numeric_limits<double>::infinity();
}

}  // namespace nines
