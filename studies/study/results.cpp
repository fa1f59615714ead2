#include "studies/study/results.hpp"

#include <algorithm>

#include "models/summary_bytes.hpp"

namespace nines {

DesignResult::DesignResult(std::shared_ptr<const CompiledDesign> compiled)
    : compiled_(std::move(compiled)),
      runs_at_most_(compiled_->experiment.runs),
      by_precision_(compiled_->experiment.precision.has_value()) {
  summary_.services.resize(compiled_->system->services.size());
  summary_.groups.resize(compiled_->system->groups.size());
}

DesignResult::DesignResult(std::shared_ptr<const CompiledDesign> compiled,
                           std::uint64_t runs_at_most)
    : compiled_(std::move(compiled)), runs_at_most_(runs_at_most), by_precision_(false) {
  summary_.services.resize(compiled_->system->services.size());
  summary_.groups.resize(compiled_->system->groups.size());
}

std::uint32_t DesignResult::blocks_at_most() const {
  return static_cast<std::uint32_t>((runs_at_most_ + kRunsPerBlock - 1) / kRunsPerBlock);
}

std::uint32_t DesignResult::wanted() const {
  const std::uint64_t all = blocks_at_most();
  if (!by_precision_) return static_cast<std::uint32_t>(all);
  std::uint64_t look = next_look(0);
  while (look <= blocks_) look = next_look(look);
  return static_cast<std::uint32_t>(std::min(all, look));
}

void DesignResult::add(const StoredBlock& block) {
  if (!block.laws.empty()) add_laws(block.laws, compiled_->system->services);
  waiting_.emplace(block.block, block);
  for (auto at = waiting_.begin(); at != waiting_.end() && at->first <= blocks_ && !done_;
       at = waiting_.erase(at)) {
    if (at->first < blocks_) continue;
    const StoredBlock& next = at->second;
    const auto summary =
        next.parsed ? next.parsed : std::make_shared<const RunsSummary>(from_bytes(next.summary));
    summary_.merge(*summary);
    series_.add(*compiled_->system, *summary);
    ++blocks_;
    judge();
  }
}

void DesignResult::add_all(const Store& store, std::uint32_t design) {
  store.laws_of(design,
                [&](const std::string& laws) { add_laws(laws, compiled_->system->services); });
  store.blocks_of(design, [&](const StoredBlock& block) { add(block); });
}

void DesignResult::judge() {
  const Experiment& experiment = compiled_->experiment;
  if (by_precision_) {
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
