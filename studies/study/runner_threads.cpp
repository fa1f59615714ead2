#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "studies/study/runner.hpp"

namespace nines {

void Errand::took(std::uint32_t blocks, double seconds) {
  constexpr double kErrand_s = 0.05;
  const double fits = kErrand_s * blocks / std::max(1e-9, seconds);
  blocks_ = static_cast<std::uint32_t>(std::clamp(fits, 1.0, 256.0));
}

bool run_on_threads(Leader& leader, CompiledDesigns& designs, unsigned threads,
                    const std::atomic<bool>& interrupted) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned count = threads == 0 ? cores : threads;
  std::mutex mutex;
  std::condition_variable wake;
  std::exception_ptr failure;
  std::atomic<bool> stopped = false;

  const auto work = [&] {
    StudyWorker worker(designs);
    Errand errand;
    std::unique_lock lock(mutex);
    try {
      while (!stopped && !leader.over()) {
        const std::optional<Assignment> next = leader.assign(errand.blocks());
        if (!next) {
          if (leader.over()) break;
          wake.wait(lock);
          continue;
        }
        lock.unlock();
        const auto begun = std::chrono::steady_clock::now();
        std::vector<StoredBlock> done =
            worker.work(next->design, next->first_block, next->blocks, stopped);
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
        errand.took(next->blocks, spent.count());
        lock.lock();
        if (failure) break;
        leader.take(std::move(done));
        wake.notify_all();
      }
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!failure) failure = std::current_exception();
      stopped = true;
    }
    wake.notify_all();
  };

  // Interruption must be noticed inside long blocks, too.
  std::atomic<bool> finished = false;
  std::thread watch([&] {
    while (!finished) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (!interrupted.load()) continue;
      stopped = true;
      const std::lock_guard lock(mutex);
      wake.notify_all();
    }
  });
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < count; ++i) workers.emplace_back(work);
  for (std::thread& each : workers) each.join();
  finished = true;
  watch.join();
  if (failure) std::rethrow_exception(failure);
  return leader.over();
}

}  // namespace nines
