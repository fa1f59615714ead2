#include "studies/study/compiled.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace nines {

std::shared_ptr<const CompiledDesign> CompiledDesigns::get(std::size_t design) {
  {
    const std::lock_guard lock(mutex_);
    if (auto known = known_[design].lock()) return known;
  }
  // Outside the lock: it takes long, and two who make the same do no harm.
  Loaded loaded = design_document(study(), *study_.base, design);
  if (!loaded.topology) {
    throw std::invalid_argument(fmt::format("design {} ({}) is no valid topology:\n{}", design + 1,
                                            study().label(design),
                                            render(loaded.diagnostics, loaded.source)));
  }
  auto compiled = std::make_shared<CompiledDesign>();
  compiled->topology = std::move(*loaded.topology);
  compiled->system = compile(compiled->topology);
  compiled->experiment = study().experiment;
  // Questions are those of its own objectives.
  compiled->experiment.questions = experiment_for(compiled->topology).questions;
  compiled->warm_up = prepare(*compiled->system, compiled->experiment);
  const std::lock_guard lock(mutex_);
  if (auto known = known_[design].lock()) return known;
  known_[design] = compiled;
  return compiled;
}

std::vector<StoredBlock> StudyWorker::work(std::uint32_t design, std::uint32_t first_block,
                                           std::uint32_t blocks,
                                           const std::atomic<bool>& cancelled) {
  if (of_ != design) {
    worker_.reset();
    compiled_ = designs_.get(design);
    worker_ = make_worker(*compiled_->system, compiled_->experiment, compiled_->warm_up);
    of_ = design;
    laws_ = {};
  }
  std::vector<StoredBlock> done;
  for (std::uint32_t b = first_block; b < first_block + blocks; ++b) {
    const std::uint64_t first = std::uint64_t{b} * kRunsPerBlock;
    const auto runs = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(kRunsPerBlock, runs_at_most_ - std::min(first, runs_at_most_)));
    std::shared_ptr<const Summary> summary =
        worker_->block(static_cast<std::uint32_t>(first), runs, cancelled);
    if (!summary) break;
    auto found = std::static_pointer_cast<const RunsSummary>(summary);
    std::string laws = laws_.fresh(*found, compiled_->system->services);
    done.push_back({design, b, runs, to_bytes(*found), std::move(laws), std::move(found)});
  }
  return done;
}

}  // namespace nines
