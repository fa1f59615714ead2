#include "studies/study/results.hpp"

#include <algorithm>

#include "models/summary_bytes.hpp"

namespace nines {

DesignResult::DesignResult(std::shared_ptr<const CompiledDesign> compiled)
    : compiled_(std::move(compiled)) {
  summary_.services.resize(compiled_->system->services.size());
  summary_.groups.resize(compiled_->system->groups.size());
}

std::uint32_t DesignResult::blocks_at_most() const {
  return static_cast<std::uint32_t>((compiled_->experiment.runs + kRunsPerBlock - 1) /
                                    kRunsPerBlock);
}

std::uint32_t DesignResult::wanted() const {
  const std::uint64_t all = blocks_at_most();
  if (!compiled_->experiment.precision) return static_cast<std::uint32_t>(all);
  std::uint64_t look = next_look(0);
  while (look <= blocks_) look = next_look(look);
  return static_cast<std::uint32_t>(std::min(all, look));
}

void DesignResult::add(const StoredBlock& block) {
  waiting_.emplace(block.block, block.summary);
  for (auto at = waiting_.begin(); at != waiting_.end() && at->first <= blocks_ && !done_;
       at = waiting_.erase(at)) {
    if (at->first < blocks_) continue;
    const RunsSummary summary = from_bytes(at->second, compiled_->system->services);
    summary_.merge(summary);
    series_.add(*compiled_->system, summary);
    ++blocks_;
    judge();
  }
}

void DesignResult::judge() {
  const Experiment& experiment = compiled_->experiment;
  if (experiment.precision) {
    std::uint64_t look = next_look(0);
    while (look < blocks_) look = next_look(look);
    if (look == blocks_ && precise_enough(*compiled_->system, experiment, summary_)) {
      done_ = true;
      stopped_by_ = StoppedBy::precision;
      return;
    }
  }
  if (blocks_ == blocks_at_most()) {
    done_ = true;
    stopped_by_ = StoppedBy::runs;
  }
}

Estimates DesignResult::estimates() const {
  Outcome outcome;
  outcome.summary = summary_;
  outcome.stopped_by = stopped_by_;
  outcome.warm_up = compiled_->warm_up;
  return estimate(*compiled_->system, compiled_->experiment, outcome);
}

}  // namespace nines
