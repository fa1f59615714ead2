#include "engine/run/blocks.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace nines {
namespace {

/// TBB passes work from thread to thread with synchronisation of its own, which the thread
/// sanitizer does not see, because the library is not built with it. This tells it: what was done
/// before a stage is visible in the stage, and what a stage did is visible to those that begin
/// after its end. Stages that run at the same time stay unordered, so that races between them are
/// found.
class Handover {
 public:
  Handover() { acquire(); }
  ~Handover() { release(); }
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;

  static void acquire() {
#ifdef __SANITIZE_THREAD__
    __tsan_acquire(&tag);
#endif
  }
  static void release() {
#ifdef __SANITIZE_THREAD__
    __tsan_release(&tag);
#endif
  }

 private:
  [[maybe_unused]] static inline char tag = 0;  ///< only its address counts
};

struct Done {
  std::unique_ptr<Summary> summary;
  std::uint32_t runs = 0;
};

}  // namespace

std::uint64_t next_look(std::uint64_t blocks) { return std::max(blocks + 1, (blocks * 5 + 3) / 4); }

BlocksOutcome run_blocks(const BlocksPlan& plan,
                         const std::function<std::unique_ptr<BlockWorker>()>& make_worker,
                         const std::function<void(const Summary&, std::uint32_t)>& merge,
                         const std::function<bool(std::uint64_t)>& enough) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  const std::uint64_t blocks = (plan.runs + kRunsPerBlock - 1) / kRunsPerBlock;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = plan.threads == 0 ? cores : plan.threads;

  std::atomic<bool> cancelled = false;  // no more work is wanted, also not that under way
  std::atomic<int> why = static_cast<int>(StoppedBy::runs);
  const auto cancel = [&](StoppedBy reason) {
    if (!cancelled.exchange(true)) why = static_cast<int>(reason);
  };
  const auto look_around = [&] {
    if (plan.interrupted != nullptr && plan.interrupted->load()) cancel(StoppedBy::interrupt);
    if (plan.time_limit_s) {
      const std::chrono::duration<double> spent = Clock::now() - begun;
      if (spent.count() > *plan.time_limit_s) cancel(StoppedBy::time);
    }
    return cancelled.load();
  };

  // Cancellation by time or interruption must be noticed inside long blocks too.
  std::mutex mutex;
  std::condition_variable wake;
  bool finished = false;
  std::thread watch([&] {
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, std::chrono::milliseconds(10), [&] { return finished; })) {
      if (look_around()) return;
    }
  });

  oneapi::tbb::enumerable_thread_specific<std::unique_ptr<BlockWorker>> workers;
  std::uint64_t next = 0;    // of the serial input stage
  std::uint64_t merged = 0;  // of the serial output stage
  std::uint64_t look = next_look(0);
  bool prefix_ended = false;
  bool precise = false;
  BlocksOutcome outcome;

  namespace tbb = oneapi::tbb;
  // At most so many blocks are under way, and they are consecutive, so each has a place of its own.
  std::vector<Done> under_way(static_cast<std::size_t>(threads) * 4);
  const auto produce = [&](tbb::flow_control& control) -> std::uint64_t {
    const Handover handover;
    if (next == blocks || look_around()) control.stop();
    return next++;
  };
  const auto simulate = [&](std::uint64_t block) -> std::uint64_t {
    const Handover handover;
    auto& worker = workers.local();
    if (!worker) worker = make_worker();
    const std::uint64_t first = block * kRunsPerBlock;
    const auto count =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(kRunsPerBlock, plan.runs - first));
    under_way[block % under_way.size()] = {
        worker->block(static_cast<std::uint32_t>(first), count, cancelled), count};
    return block;
  };
  const auto collect = [&](std::uint64_t block) {
    const Handover handover;
    const Done done = std::move(under_way[block % under_way.size()]);
    if (prefix_ended || !done.summary) {
      prefix_ended = true;
      return;
    }
    merge(*done.summary, done.runs);
    outcome.runs += done.runs;
    ++merged;
    if (merged == look) {
      look = next_look(merged);
      if (enough(outcome.runs)) {
        prefix_ended = true;
        precise = true;
        cancel(StoppedBy::precision);
      }
    }
  };

  std::exception_ptr failure;
  Handover::release();
  try {
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(static_cast<int>(threads));
    arena.execute([&] {
      tbb::parallel_pipeline(
          under_way.size(),
          tbb::make_filter<void, std::uint64_t>(tbb::filter_mode::serial_in_order, produce) &
              tbb::make_filter<std::uint64_t, std::uint64_t>(tbb::filter_mode::parallel, simulate) &
              tbb::make_filter<std::uint64_t, void>(tbb::filter_mode::serial_in_order, collect));
    });
  } catch (...) {
    failure = std::current_exception();
  }
  Handover::acquire();
  {
    const std::lock_guard lock(mutex);
    finished = true;
  }
  wake.notify_one();
  watch.join();
  if (failure) std::rethrow_exception(failure);
  // A limit that struck after the last block was merged has cut nothing off.
  outcome.stopped_by = precise            ? StoppedBy::precision
                       : merged == blocks ? StoppedBy::runs
                                          : static_cast<StoppedBy>(why.load());
  return outcome;
}

}  // namespace nines
