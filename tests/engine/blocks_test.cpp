// Blocks of runs: the same result for any number of threads, and clean stops.
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/hash.hpp"
#include "engine/run/blocks.hpp"

namespace nines {
namespace {

struct Numbers final : Summary {
  std::vector<std::uint32_t> runs;
};

class Counter final : public BlockWorker {
 public:
  std::unique_ptr<Summary> block(std::uint32_t first, std::uint32_t count,
                                 const std::atomic<bool>& cancelled) override {
    // Blocks take very different times, so that they end out of order.
    std::this_thread::sleep_for(std::chrono::microseconds(mix(first) % 800));
    if (cancelled.load()) return nullptr;
    auto numbers = std::make_unique<Numbers>();
    for (std::uint32_t i = 0; i < count; ++i) numbers->runs.push_back(first + i);
    return numbers;
  }
};

std::vector<std::uint32_t> run(BlocksPlan plan, BlocksOutcome& outcome,
                               const std::function<bool(std::uint64_t)>& enough = {}) {
  std::vector<std::uint32_t> seen;
  outcome = run_blocks(
      plan, [] { return std::make_unique<Counter>(); },
      [&](const Summary& s, std::uint32_t) {
        const auto& numbers = static_cast<const Numbers&>(s).runs;
        seen.insert(seen.end(), numbers.begin(), numbers.end());
      },
      [&](std::uint64_t runs) { return enough && enough(runs); });
  return seen;
}

std::vector<std::uint32_t> up_to(std::uint32_t n) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < n; ++i) all.push_back(i);
  return all;
}

TEST(Blocks, ComeInOrderForAnyNumberOfThreads) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    BlocksPlan plan;
    plan.runs = 64 * 50 + 13;
    plan.threads = threads;
    BlocksOutcome outcome;
    EXPECT_EQ(run(plan, outcome), up_to(64 * 50 + 13)) << threads;
    EXPECT_EQ(outcome.stopped_by, StoppedBy::runs);
    EXPECT_EQ(outcome.runs, 64u * 50 + 13);
  }
}

TEST(Blocks, StopWhereTheRuleSaysForAnyNumberOfThreads) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    BlocksPlan plan;
    plan.runs = 1'000'000;
    plan.threads = threads;
    BlocksOutcome outcome;
    const auto seen = run(plan, outcome, [](std::uint64_t runs) { return runs >= 1000; });
    EXPECT_EQ(seen, up_to(19 * 64)) << threads;  // looks at 1, 2, 3, 4, 5, 7, 9, 12, 15, 19 blocks
    EXPECT_EQ(outcome.stopped_by, StoppedBy::precision);
  }
}

TEST(Blocks, LookAtCountsThatGrowByAQuarter) {
  std::vector<std::uint64_t> looks;
  for (std::uint64_t n = next_look(0); n < 30; n = next_look(n)) looks.push_back(n);
  EXPECT_EQ(looks, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 7, 9, 12, 15, 19, 24}));
}

TEST(Blocks, KeepALongPrefixWhenTimeRunsOut) {
  BlocksPlan plan;
  plan.runs = 1'000'000'000;
  plan.threads = 2;
  plan.time_limit_s = 0.1;
  BlocksOutcome outcome;
  const auto seen = run(plan, outcome);
  EXPECT_EQ(outcome.stopped_by, StoppedBy::time);
  EXPECT_EQ(seen.size(), outcome.runs);
  EXPECT_EQ(seen, up_to(static_cast<std::uint32_t>(outcome.runs)));
  EXPECT_GT(outcome.runs, 64u);
}

TEST(Blocks, StopWhenInterrupted) {
  std::atomic<bool> interrupted = false;
  BlocksPlan plan;
  plan.runs = 1'000'000'000;
  plan.threads = 2;
  plan.interrupted = &interrupted;
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    interrupted = true;
  });
  BlocksOutcome outcome;
  const auto seen = run(plan, outcome);
  later.join();
  EXPECT_EQ(outcome.stopped_by, StoppedBy::interrupt);
  EXPECT_EQ(seen, up_to(static_cast<std::uint32_t>(outcome.runs)));
}

TEST(Blocks, PassAnExceptionOn) {
  struct Broken final : BlockWorker {
    std::unique_ptr<Summary> block(std::uint32_t, std::uint32_t,
                                   const std::atomic<bool>&) override {
      throw std::runtime_error("broken");
    }
  };
  BlocksPlan plan;
  plan.runs = 1000;
  EXPECT_THROW(run_blocks(
                   plan, [] { return std::make_unique<Broken>(); },
                   [](const Summary&, std::uint32_t) {}, [](std::uint64_t) { return false; }),
               std::runtime_error);
}

}  // namespace
}  // namespace nines
