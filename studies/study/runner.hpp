// Runners: how the blocks that a leader wants come to be simulated, on threads or on MPI ranks.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "studies/study/compiled.hpp"
#include "studies/study/leader.hpp"

namespace nines {

/// Simulates until the leader has all that it wants, or `interrupted` becomes true: then what is
/// under way is dropped, and false returned. Whatever a worker or the leader throws comes out.
bool run_on_threads(Leader& leader, CompiledDesigns& designs, unsigned threads,
                    const std::atomic<bool>& interrupted);

/// How many blocks are worth an errand, at the speed of the last: a twentieth of a second or so.
class Errand {
 public:
  std::uint32_t blocks() const { return blocks_; }
  void took(std::uint32_t blocks, double seconds);

 private:
  std::uint32_t blocks_ = 1;
};

// ---- MPI: in runner_mpi.cpp alone. Without MPI at build time there is one rank.

/// Whether this process was started by mpirun or srun, with others beside it.
bool on_ranks();
/// Whether nines was built with MPI.
bool knows_ranks();

/// From its making to its end this process is a rank among others.
class MpiRanks {
 public:
  MpiRanks();
  ~MpiRanks();
  MpiRanks(const MpiRanks&) = delete;
  MpiRanks& operator=(const MpiRanks&) = delete;
  int rank() const { return rank_; }
  int size() const { return size_; }
  /// What rank 0 says, for all.
  std::string shared(const std::string& said) const;
  /// Of rank 0: like run_on_threads.
  bool lead(Leader& leader, const std::atomic<bool>& interrupted) const;
  /// Of the others: works until rank 0 says that it is over.
  void follow(CompiledDesigns& designs, const std::atomic<bool>& interrupted) const;
  /// Ends all ranks at once, after a failure that was told.
  [[noreturn]] void abort(int exit_code) const;

 private:
  int rank_ = 0;
  int size_ = 1;
};

}  // namespace nines
