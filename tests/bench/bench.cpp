// Speed: nines through its public path, all default measures on, beside a loop written by hand for
// the same model in the same process. What counts is the ratio, not the seconds.
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/resource.h>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "engine/solve/explore.hpp"
#include "engine/solve/steady.hpp"
#include "studies/estimates.hpp"
#include "studies/experiment.hpp"
#include "tests/bench/hand_written.hpp"
#include "tests/bench/large.hpp"
#include "topologies/compile.hpp"
#include "topologies/topology.hpp"

namespace nines::bench {
namespace {

constexpr double kHour_s = 3600.0;

std::string text_of(const char* name) {
  std::ifstream file(std::string(NINES_TESTS_DIRECTORY "/bench/") + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::unique_ptr<System> system_of(const std::string& text) {
  const Loaded loaded = load_topology("bench.yaml", text, "");
  return compile(loaded.topology.value());
}

void through_nines(benchmark::State& state, const std::string& text, double horizon_s,
                   std::uint64_t runs, unsigned threads) {
  const auto system = system_of(text);
  Experiment experiment;
  experiment.horizon_s = horizon_s;
  experiment.runs = runs;
  experiment.threads = threads;
  std::uint64_t events = 0;
  for (auto _ : state) {
    ++experiment.seed;
    const Outcome outcome = run_experiment(*system, experiment);
    benchmark::DoNotOptimize(estimate(*system, experiment, outcome));
    events += outcome.summary.events;
  }
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["ns/event"] =
      benchmark::Counter(static_cast<double>(events) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void report(benchmark::State& state, const Totals& totals) {
  benchmark::DoNotOptimize(totals.downtime_s);
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(totals.events), benchmark::Counter::kIsRate);
  state.counters["ns/event"] =
      benchmark::Counter(static_cast<double>(totals.events) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <class Queue>
void by_hand(benchmark::State& state, Queue queue, std::size_t parts, std::size_t groups,
             int most_down, double up_s, double down_s, double horizon_s, std::uint64_t runs) {
  std::vector<std::uint8_t> failed;
  std::vector<int> down;
  std::vector<double> since(groups);
  Totals totals;
  std::uint64_t seed = 1;
  for (auto _ : state) {
    BlockOfDraws draws(++seed);
    for (std::uint64_t r = 0; r < runs; ++r) {
      if constexpr (requires { queue.clear(); }) queue.clear();
      run_groups(queue, draws, parts, groups, most_down, up_s, down_s, horizon_s, failed, down,
                 since, totals);
    }
  }
  report(state, totals);
}

void small_by_hand(benchmark::State& state, double horizon_s, std::uint64_t runs) {
  by_hand(state, QuaternaryHeap(5), 5, 1, 2, 1000 * kHour_s, 10 * kHour_s, horizon_s, runs);
}

constexpr std::uint64_t kLargeRuns = 640;

BENCHMARK_CAPTURE(small_by_hand, 1_year, kYear_s, 20'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(through_nines, small_1_year, text_of("small.yaml"), kYear_s, 20'000, 1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(small_by_hand, 100_years, 100 * kYear_s, 200)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(through_nines, small_100_years, text_of("small.yaml"), 100 * kYear_s, 200, 1)
    ->Unit(benchmark::kMillisecond);

void medium_by_hand(benchmark::State& state, double horizon_s, std::uint64_t runs) {
  MediumByHand model;
  Totals totals;
  std::uint64_t seed = 1;
  for (auto _ : state) {
    model.begin(++seed);
    for (std::uint64_t r = 0; r < runs; ++r) model.run(horizon_s, totals);
  }
  report(state, totals);
  state.counters["unavailability"] = totals.downtime_s / (horizon_s * static_cast<double>(runs) *
                                                          static_cast<double>(state.iterations()));
}
BENCHMARK_CAPTURE(medium_by_hand, 10_years, 10 * kYear_s, 2000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(through_nines, medium_10_years, text_of("medium.yaml"), 10 * kYear_s, 2000, 1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(medium_by_hand, 1_year, kYear_s, 10'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(through_nines, medium_1_year, text_of("medium.yaml"), kYear_s, 10'000, 1)
    ->Unit(benchmark::kMillisecond);

template <class Queue>
void large_by_hand(benchmark::State& state, Queue queue) {
  LargeByHand<Queue> model(std::move(queue));
  Totals totals;
  std::uint64_t seed = 1;
  for (auto _ : state) {
    BlockOfDraws draws(++seed);
    for (std::uint64_t r = 0; r < kLargeRuns; ++r) model.run(draws, kYear_s, totals);
  }
  report(state, totals);
}
void large_by_hand_heap(benchmark::State& state) { large_by_hand(state, QuaternaryHeap(10'500)); }
void large_by_hand_calendar(benchmark::State& state) {
  // About one event a bucket: 10,500 parts of which nearly all wait for a failure.
  large_by_hand(state, CalendarQueue(10'500, kHour_s));
}
BENCHMARK(large_by_hand_heap)->Unit(benchmark::kMillisecond);
BENCHMARK(large_by_hand_calendar)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(through_nines, large_1_year, large_text(), kYear_s, kLargeRuns, 1)
    ->Unit(benchmark::kMillisecond);

/// Runs per second on one core and on two: their quotient is the efficiency.
/// The web shop in two racks, with failover, sessions and a replica: simulated years a second.
void web_shop(benchmark::State& state) {
  const auto system =
      compile(load_topology_file(library_path("web-shop-two-racks")).topology.value());
  Experiment experiment;
  experiment.horizon_s = kYear_s;
  experiment.runs = 2'000;
  experiment.threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state) {
    ++experiment.seed;
    const Outcome outcome = run_experiment(*system, experiment);
    benchmark::DoNotOptimize(estimate(*system, experiment, outcome));
  }
  const double years = static_cast<double>(state.iterations()) * 2'000.0;
  state.counters["years/s"] = benchmark::Counter(years, benchmark::Counter::kIsRate);
  state.counters["years/s a core"] =
      benchmark::Counter(years / static_cast<double>(state.range(0)), benchmark::Counter::kIsRate);
}
BENCHMARK(web_shop)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

BENCHMARK_CAPTURE(through_nines, small_1_core, text_of("small.yaml"), kYear_s, 200'000, 1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(through_nines, small_2_cores, text_of("small.yaml"), kYear_s, 200'000, 2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void load_and_compile_10000(benchmark::State& state) {
  const std::string text = large_text();
  for (auto _ : state) benchmark::DoNotOptimize(system_of(text));
}
BENCHMARK(load_and_compile_10000)->Unit(benchmark::kMillisecond);

/// Members behind a balancer with a delayed view: each up or down, in view or not, so 4^members.
std::string viewed(std::int64_t members) {
  return "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1.." + std::to_string(members) +
         "]: {kind: node, failures: {f: {mttf: 900h, mttr: 4h}}}\n"
         "groups:\n  g: {policy: active_active, members: n-*, need: 3,\n"
         "      detection: {delay: {down: exponential(mean=30s), up: exponential(mean=10s)}}}\n"
         "services: {s: {from: users, through: g}}\n";
}

class DownStates final : public StateVisitor {
 public:
  explicit DownStates(SignalId available) : available_(available) {}
  void visit(StateId, const Reading& reading,
             const std::function<std::span<const double>(EvaluationId)>&) override {
    down.push_back(reading.value(available_) ? 0 : 1);
  }
  std::vector<std::uint8_t> down;

 private:
  SignalId available_;
};

/// Explores all members as one chain, then solves it for the long run.
void explore_and_solve(benchmark::State& state) {
  const auto system = system_of(viewed(state.range(0)));
  double explore_s = 0.0;
  double solve_s = 0.0;
  std::size_t states = 0;
  std::size_t transitions = 0;
  using Clock = std::chrono::steady_clock;
  for (auto _ : state) {
    Modules modules(*system->model);
    modules.join_all();
    DownStates visitor(system->services[0].available);
    const auto begun = Clock::now();
    const auto explored =
        explore(*system->model, modules, modules.list().front(), ExploreOptions{}, visitor);
    const auto found = Clock::now();
    benchmark::DoNotOptimize(steady_state(explored->chain, visitor.down));
    const auto solved = Clock::now();
    explore_s += std::chrono::duration<double>(found - begun).count();
    solve_s += std::chrono::duration<double>(solved - found).count();
    states = explored->chain.size();
    transitions = explored->chain.out.other.size();
  }
  const auto rounds = static_cast<double>(state.iterations());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["states"] = static_cast<double>(states);
  state.counters["transitions"] = static_cast<double>(transitions);
  state.counters["states/s"] = static_cast<double>(states) * rounds / explore_s;
  state.counters["explore_s"] = explore_s / rounds;
  state.counters["solve_s"] = solve_s / rounds;
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}
BENCHMARK(explore_and_solve)->Arg(7)->Arg(8)->Arg(10)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nines::bench

BENCHMARK_MAIN();
