// Compiled designs: each made once, when someone needs it, and shared by all who do.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "models/summary_bytes.hpp"
#include "studies/store/store.hpp"
#include "topologies/compile.hpp"

namespace nines {

/// A design that is ready to be simulated.
struct CompiledDesign {
  Topology topology;
  std::unique_ptr<System> system;
  Experiment experiment;
  WarmUp warm_up;
};

/// May be used by several threads. The study must outlive it.
class CompiledDesigns {
 public:
  explicit CompiledDesigns(const LoadedStudy& study)
      : study_(study), runs_at_most_(study.study->experiment.runs) {}
  const Study& study() const { return *study_.study; }
  /// How many runs a design may have: those of the study, unless a plan asks for more.
  std::uint64_t runs_at_most() const { return runs_at_most_; }
  void allow(std::uint64_t runs) { runs_at_most_ = runs; }
  std::size_t size() const { return study_.study->designs.size(); }
  /// Throws std::invalid_argument if the design is no valid topology, or cannot be simulated.
  std::shared_ptr<const CompiledDesign> get(std::size_t design);

 private:
  const LoadedStudy& study_;
  std::uint64_t runs_at_most_;
  std::mutex mutex_;
  std::map<std::size_t, std::weak_ptr<const CompiledDesign>> known_;
};

/// Simulates what it is assigned; each thread has its own.
class StudyWorker {
 public:
  explicit StudyWorker(CompiledDesigns& designs)
      : designs_(designs), runs_at_most_(designs.runs_at_most()) {}
  /// The blocks, in order; fewer if `cancelled` became true meanwhile.
  std::vector<StoredBlock> work(std::uint32_t design, std::uint32_t first_block,
                                std::uint32_t blocks, const std::atomic<bool>& cancelled);

 private:
  CompiledDesigns& designs_;
  std::uint64_t runs_at_most_;
  std::size_t of_ = static_cast<std::size_t>(-1);  ///< the design of the next two
  std::shared_ptr<const CompiledDesign> compiled_;
  std::unique_ptr<BlockWorker> worker_;
  LawsInUse laws_;  ///< of that design, that were told
};

}  // namespace nines
