// Benchmarks of studies, each a claim with a figure: nines_study_bench plan | luck | threads |
// store
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <boost/math/distributions/normal.hpp>

#include "studies/exact.hpp"
#include "studies/study/answer.hpp"
#include "studies/study/plan.hpp"
#include "studies/study/runner.hpp"
#include "topologies/symmetry.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;

const std::atomic<bool> kNever{false};

double seconds_of(const std::function<void()>& what) {
  const auto begun = std::chrono::steady_clock::now();
  what();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

LoadedStudy study_at(const std::string& path) {
  LoadedStudy loaded = load_study_file(path);
  if (!loaded.study) {
    std::fprintf(stderr, "%s", render(loaded).c_str());
    std::exit(3);
  }
  return loaded;
}

// ---- How often the plan is right, and with how many runs ---------------------------------------

struct Truth {
  double unavailability = 0.0;
  double cost = 0.0;
};

/// Whether a choice is right: it does not miss the bound by more than the tolerance, and nothing
/// cheaper meets it by more.
bool right(const std::vector<Truth>& truth, const Bound& bound,
           const std::optional<std::size_t>& chosen) {
  if (!chosen) return false;
  if (truth[*chosen].unavailability > bound.at_most + bound.tolerance) return false;
  return std::none_of(truth.begin(), truth.end(), [&](const Truth& t) {
    return t.cost < truth[*chosen].cost && t.unavailability < bound.at_most - bound.tolerance;
  });
}

/// The fewest runs of every design with which the cheapest whose mean meets the bound is the right
/// one with this probability, means being normal and their variances known: what favours equal
/// allocation.
double runs_of_equal_allocation(const std::vector<Truth>& truth, const std::vector<double>& sd,
                                const Bound& bound, double confidence) {
  std::vector<std::size_t> by_cost(truth.size());
  for (std::size_t i = 0; i < by_cost.size(); ++i) by_cost[i] = i;
  std::sort(by_cost.begin(), by_cost.end(),
            [&](std::size_t a, std::size_t b) { return truth[a].cost < truth[b].cost; });
  const boost::math::normal normal;
  const auto chance = [&](double runs) {
    double none_yet = 1.0;  // that all cheaper ones seem to miss it
    double correct = 0.0;
    for (const std::size_t i : by_cost) {
      const double z = (bound.at_most - truth[i].unavailability) / (sd[i] / std::sqrt(runs));
      const double meets = boost::math::cdf(normal, z);
      if (right(truth, bound, i)) correct += none_yet * meets;
      none_yet *= 1.0 - meets;
    }
    return correct;
  };
  double low = 64.0;
  double high = 64.0;
  while (chance(high) < confidence && high < 1e12) high *= 2.0;
  while (high - low > 64.0) {
    const double middle = 0.5 * (low + high);
    (chance(middle) < confidence ? low : high) = middle;
  }
  return high;
}

int plan(const std::string& folder) {
  LoadedStudy loaded = study_at(folder + "/plan_bench.yaml");
  Study& study = *loaded.study;
  const Bound& bound = study.plan.bounds[0];
  std::vector<Truth> truth;
  const double solving_s = seconds_of([&] {
    CompiledDesigns designs(loaded);
    for (std::size_t d = 0; d < designs.size(); ++d) {
      const auto design = designs.get(d);
      ExactQuestion question;
      question.horizon_s = study.experiment.horizon_s;
      question.interchangeable = interchangeable(design->topology, *design->system);
      const Exact exact = solve(*design->system, question);
      const CompiledCosts& costs = design->system->costs;
      truth.push_back({exact.services[0].horizon->unavailability,
                       (costs.capital_per_s + costs.running_per_s) * kYear_s});
    }
  });
  std::printf("%zu designs, solved exactly in %.1f s; at most %.3g unavailable, tolerance %.2g\n",
              truth.size(), solving_s, bound.at_most, bound.tolerance);
  std::vector<std::pair<double, std::size_t>> near;
  for (std::size_t d = 0; d < truth.size(); ++d) {
    near.emplace_back(std::fabs(truth[d].unavailability / bound.at_most - 1.0), d);
  }
  std::sort(near.begin(), near.end());
  std::printf("nearest to the bound:");
  for (std::size_t i = 0; i < 6; ++i) {
    std::printf(" %+.1f %%", 100.0 * (truth[near[i].second].unavailability / bound.at_most - 1.0));
  }
  std::printf("\n");

  constexpr int kSeeds = 100;
  int correct = 0;
  double runs = 0.0;
  std::map<std::size_t, int> choices;
  std::vector<double> variance(truth.size(), 0.0);  // of a run, over all seeds
  const double spent_s = seconds_of([&] {
    for (int seed = 1; seed <= kSeeds; ++seed) {
      study.experiment.seed = static_cast<std::uint64_t>(seed);
      CompiledDesigns designs(loaded);
      PlanLeader leader(designs, {});
      run_on_threads(leader, designs, 0, kNever);
      const PlanResult result = leader.result();
      correct += result.sure && right(truth, bound, result.chosen) ? 1 : 0;
      runs += static_cast<double>(result.runs) / kSeeds;
      if (result.chosen) ++choices[*result.chosen];
      for (std::size_t d = 0; d < truth.size(); ++d) {
        variance[d] += leader.variance_of_a_run(d) / kSeeds;
      }
    }
  });
  std::vector<double> sd;
  for (const double v : variance) sd.push_back(std::sqrt(v));
  const double equal = runs_of_equal_allocation(truth, sd, bound, study.plan.confidence) *
                       static_cast<double>(truth.size());
  std::printf("right in %d of %d seeds at %.0f %% stated confidence (%.1f s)\n", correct, kSeeds,
              100.0 * study.plan.confidence, spent_s);
  for (const auto& [d, times] : choices) {
    std::printf("  chosen %d times: %s, %.0f a year, %+.1f %% of the bound\n", times,
                study.label(d).c_str(), truth[d].cost,
                100.0 * (truth[d].unavailability / bound.at_most - 1.0));
  }
  std::printf(
      "runs: %.4g on average; equal allocation needs %.4g for the same: a share of 1/%.1f\n", runs,
      equal, equal / runs);
  return correct >= 90 && runs <= 0.2 * equal ? 0 : 1;
}

// ---- What common luck saves ---------------------------------------------------------------------

int luck() {
  int code = 0;
  for (const std::string& name : study_library_names()) {
    if (name == "cheapest-web-shop") continue;  // too many pairs, and the same base
    const LoadedStudy loaded = study_at(study_library_path(name));
    CompiledDesigns designs(loaded);
    std::vector<std::unique_ptr<DesignResult>> results(designs.size());
    StudyLeader leader(designs, nullptr, {}, {},
                       [&](std::size_t d, std::unique_ptr<DesignResult> result) {
                         results[d] = std::move(result);
                       });
    run_on_threads(leader, designs, 0, kNever);
    std::vector<double> saved;
    std::size_t alike = 0;  // differ by the same in every block: nothing is left to save
    for (std::size_t a = 0; a < results.size(); ++a) {
      for (std::size_t b = a + 1; b < results.size(); ++b) {
        for (std::size_t s = 0; s < results[a]->compiled().system->services.size(); ++s) {
          const auto factor = variance_saved(results[a]->series().of(s, Compared::unavailability),
                                             results[b]->series().of(s, Compared::unavailability));
          if (factor) {
            saved.push_back(*factor);
          } else {
            ++alike;
          }
        }
      }
    }
    std::sort(saved.begin(), saved.end());
    if (saved.empty()) return 1;
    std::printf(
        "%s: %zu designs, %zu pairs (of services), %zu of them alike: variance of the difference "
        "in "
        "unavailability down to 1/%.2f at the median, 1/%.2f at the least, 1/%.1f at the most\n",
        name.c_str(), results.size(), saved.size() + alike, alike, saved[saved.size() / 2],
        saved.front(), saved.back());
    // The claim is about these two; the others are told beside them.
    const bool claimed = name == "health-check-interval" || name == "what-matters";
    if (claimed && (saved[saved.size() / 2] < 2.0 || saved.front() < 0.9)) code = 1;
  }
  return code;
}

// ---- Threads and the store ----------------------------------------------------------------------

/// Median of five, alternating with another, so that both see the same machine.
std::array<double, 2> medians_of(const std::function<void()>& a, const std::function<void()>& b) {
  std::array<std::vector<double>, 2> times;
  for (int i = 0; i < 5; ++i) {
    times[0].push_back(seconds_of(a));
    times[1].push_back(seconds_of(b));
  }
  for (auto& each : times) std::sort(each.begin(), each.end());
  return {times[0][2], times[1][2]};
}

/// Estimates are made either way: a store keeps them, too.
void run_study(const LoadedStudy& loaded, unsigned threads, Store* store) {
  CompiledDesigns designs(loaded);
  std::size_t figures = 0;
  StudyLeader leader(
      designs, store, {}, {}, [&](std::size_t, std::unique_ptr<DesignResult> result) {
        if (store == nullptr) {
          figures += figures_of(result->estimates(), result->compiled().experiment).size();
        }
      });
  run_on_threads(leader, designs, threads, kNever);
}

int threads() {
  const LoadedStudy loaded = study_at(study_library_path("how-many-web-servers"));
  const auto [one, two] =
      medians_of([&] { run_study(loaded, 1, nullptr); }, [&] { run_study(loaded, 2, nullptr); });
  std::printf("web-shop study: %.2f s on one core, %.2f s on two: %.2f times the runs\n", one, two,
              one / two);
  return one / two >= 1.7 ? 0 : 1;
}

int store() {
  const LoadedStudy loaded = study_at(study_library_path("how-many-web-servers"));
  const std::string path = (fs::temp_directory_path() / "nines-bench.db").string();
  const auto [without, with] = medians_of([&] { run_study(loaded, 1, nullptr); },
                                          [&] {
                                            fs::remove(path);
                                            Store kept = Store::create(path, loaded, {});
                                            run_study(loaded, 1, &kept);
                                          });
  const auto size = fs::file_size(path);
  fs::remove(path);
  std::printf("web-shop study: %.3f s without a store, %.3f s with one (%.1f MB): %+.2f %%\n",
              without, with, static_cast<double>(size) / 1e6, 100.0 * (with / without - 1.0));
  return with / without <= 1.02 ? 0 : 1;
}

}  // namespace
}  // namespace nines

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "plan") return nines::plan(NINES_TESTS_DIRECTORY "/bench");
  if (what == "luck") return nines::luck();
  if (what == "threads") return nines::threads();
  if (what == "store") return nines::store();
  std::fprintf(stderr, "usage: nines_study_bench plan | luck | threads | store\n");
  return 2;
}
