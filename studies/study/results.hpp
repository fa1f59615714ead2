// Results: what the blocks of a design say together, merged in their order as they come.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "studies/compare.hpp"
#include "studies/study/compiled.hpp"

namespace nines {

/// One design on its way. Blocks may come in any order; they count in theirs.
class DesignResult {
 public:
  explicit DesignResult(std::shared_ptr<const CompiledDesign> compiled);
  /// One that does not stop by itself before so many runs.
  DesignResult(std::shared_ptr<const CompiledDesign> compiled, std::uint64_t runs_at_most);

  /// Adds a block, and all that waited for it.
  void add(const StoredBlock& block);

  /// All that a store has of it.
  void add_all(const Store& store, std::uint32_t design);

  const CompiledDesign& compiled() const { return *compiled_; }
  std::shared_ptr<const CompiledDesign> compiled_shared() const { return compiled_; }
  std::uint32_t blocks() const { return blocks_; }  ///< that count, from the first without a gap
  const RunsSummary& summary() const { return summary_; }
  const BlockSeries& series() const { return series_; }
  Estimates estimates() const;
  /// Whether it need not go on, judged at the block counts of `next_look`; and why.
  bool done() const { return done_; }
  StoppedBy stopped_by() const { return stopped_by_; }
  /// How many blocks must be there before anything is decided anew.
  std::uint32_t wanted() const;
  std::uint32_t blocks_at_most() const;

 private:
  void judge();
  std::shared_ptr<const CompiledDesign> compiled_;
  std::uint64_t runs_at_most_;
  bool by_precision_;
  RunsSummary summary_;
  BlockSeries series_;
  std::uint32_t blocks_ = 0;
  std::map<std::uint32_t, StoredBlock> waiting_;
  bool done_ = false;
  StoppedBy stopped_by_ = StoppedBy::interrupt;
};

}  // namespace nines
