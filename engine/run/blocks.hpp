// Runs in numbered blocks on all cores; summaries merge in the order of the blocks.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace nines {

/// Block b holds the runs 64 b … 64 b + 63: the unit of work, of checkpointing and distribution.
inline constexpr std::uint32_t kRunsPerBlock = 64;

/// What one block found out. The owner knows the true type.
class Summary {
 public:
  virtual ~Summary() = default;
};

/// Simulates blocks; each thread has its own.
class BlockWorker {
 public:
  virtual ~BlockWorker() = default;
  /// Runs `first_run` … `first_run + count - 1`. Null if `cancelled` became true meanwhile.
  virtual std::unique_ptr<Summary> block(std::uint32_t first_run, std::uint32_t count,
                                         const std::atomic<bool>& cancelled) = 0;
};

struct BlocksPlan {
  std::uint64_t runs = 0;                          ///< at most so many
  unsigned threads = 0;                            ///< 0: as many as there are cores
  const std::atomic<bool>* interrupted = nullptr;  ///< set from outside: Ctrl-C
  std::optional<double> time_limit_s;
};

enum class StoppedBy : std::uint8_t { runs, precision, time, interrupt };

struct BlocksOutcome {
  std::uint64_t runs = 0;
  StoppedBy stopped_by = StoppedBy::runs;
};

/// Runs blocks on threads. `merge` is called in the order of the blocks, by one thread at a time.
/// `enough` is asked at block counts that grow by a quarter, and stops everything when it says so;
/// what later blocks have found is then dropped, so that the result does not depend on the number
/// of threads. A stop by time or interruption keeps the longest prefix of finished blocks.
BlocksOutcome run_blocks(const BlocksPlan& plan,
                         const std::function<std::unique_ptr<BlockWorker>()>& make_worker,
                         const std::function<void(const Summary&, std::uint32_t runs)>& merge,
                         const std::function<bool(std::uint64_t runs)>& enough);

/// The next block count after `blocks` at which `enough` is asked: 1, 2, 3, 4, 5, 7, 9, 12, …
std::uint64_t next_look(std::uint64_t blocks);

}  // namespace nines
