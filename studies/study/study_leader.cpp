#include "studies/study/study_leader.hpp"

#include <algorithm>

#include "engine/base/check.hpp"

namespace nines {
namespace {

constexpr std::uint32_t kStretch = 16;  // blocks that a shard has one after the other

}  // namespace

StudyLeader::StudyLeader(CompiledDesigns& designs, Store* store, const Shard& shard,
                         std::function<void(const StudyProgress&)> progress,
                         std::function<void(std::size_t, std::unique_ptr<DesignResult>)> done)
    : designs_(designs),
      store_(store),
      shard_(shard),
      tell_(std::move(progress)),
      done_(std::move(done)) {
  const Experiment& experiment = designs_.study().experiment;
  states_.resize(designs_.size());
  blocks_of_design_ =
      static_cast<std::uint32_t>((experiment.runs + kRunsPerBlock - 1) / kRunsPerBlock);
  // Where the number of runs hangs on what they say, a design is whole or not there at all.
  by_block_ = shard_.of > 1 && !experiment.precision;
  std::uint64_t at_most = 0;
  for (std::uint32_t d = 0; d < states_.size(); ++d) {
    for (std::uint32_t b = 0; by_block_ && b < blocks_of_design_; ++b) {
      states_[d].left += ours(d, b) ? 1 : 0;
    }
    if (by_block_) at_most += states_[d].left;
    states_[d].done = by_block_ ? states_[d].left == 0 : !ours(d, 0);
    progress_.designs += states_[d].done ? 0 : 1;
  }
  if (!by_block_) at_most = std::uint64_t{blocks_of_design_} * progress_.designs;
  if (!experiment.precision) progress_.blocks_at_most = at_most;
  // What is there already counts at once, so that who has only to look need not wait.
  const std::vector<std::uint32_t> stored =
      store_ != nullptr ? store_->blocks_by_design() : std::vector<std::uint32_t>();
  for (std::uint32_t d = 0; d < stored.size(); ++d) {
    if (stored[d] > 0 && !states_[d].done) begin(d);
  }
}

/// A study with a fixed number of runs is parted by stretches of blocks, so that many shards share
/// few designs; else by designs.
bool StudyLeader::ours(std::uint32_t design, std::uint32_t block) const {
  const std::uint32_t number = by_block_ ? design + block / kStretch : design;
  return number % shard_.of == shard_.i - 1;
}

void StudyLeader::begin(std::uint32_t d) {
  Design& design = states_[d];
  design.begun = true;
  if (!by_block_) design.result = std::make_unique<DesignResult>(designs_.get(d));
  if (store_ == nullptr) return;
  if (design.result) design.result->add_all(*store_, d);
  store_->blocks_of(d, [&](const StoredBlock& block) {
    if (block.block >= blocks_of_design_) return;
    design.there.resize(std::max<std::size_t>(design.there.size(), block.block + 1));
    design.there[block.block] = true;
    ++progress_.blocks_done;
    progress_.runs_done += block.runs;
    if (by_block_) design.left -= ours(d, block.block) ? 1 : 0;
  });
  if (design.result ? design.result->done() : design.left == 0) finish(d);
}

void StudyLeader::finish(std::uint32_t d) {
  Design& design = states_[d];
  design.done = true;
  ++progress_.designs_done;
  if (design.result && store_ != nullptr) {
    const char* why = design.result->stopped_by() == StoppedBy::precision ? "precision" : "runs";
    store_->finish(d, why,
                   figures_of(design.result->estimates(), design.result->compiled().experiment));
  }
  if (design.result && done_) done_(d, std::move(design.result));
  design.result.reset();
  design.there.clear();
  while (first_open_ < states_.size() && states_[first_open_].done) ++first_open_;
  if (tell_) tell_(progress_);
}

std::optional<Assignment> StudyLeader::assign(std::uint32_t at_most) {
  for (std::uint32_t d = static_cast<std::uint32_t>(first_open_); d < states_.size(); ++d) {
    Design& design = states_[d];
    if (!design.begun && !design.done) begin(d);
    if (design.done) continue;
    const std::uint32_t limit = design.result ? design.result->wanted() : blocks_of_design_;
    const auto to_do = [&](std::uint32_t block) {
      const bool there = block < design.there.size() && design.there[block];
      return !there && (!by_block_ || ours(d, block));
    };
    while (design.next < limit && !to_do(design.next)) ++design.next;
    if (design.next >= limit) continue;
    Assignment assignment{d, design.next, 0};
    while (design.next < limit && assignment.blocks < at_most && to_do(design.next)) {
      ++design.next;
      ++assignment.blocks;
    }
    return assignment;
  }
  return std::nullopt;
}

void StudyLeader::take(std::vector<StoredBlock> blocks) {
  if (blocks.empty()) return;
  if (store_ != nullptr) store_->add(blocks);
  const std::uint32_t d = blocks.front().design;
  Design& design = states_[d];
  CHECK(design.begun && !design.done, "block of design {}", d);
  for (const StoredBlock& block : blocks) {
    ++progress_.blocks_done;
    progress_.runs_done += block.runs;
    if (design.result) {
      design.result->add(block);
    } else {
      --design.left;
    }
  }
  if (design.result ? design.result->done() : design.left == 0) {
    finish(d);
  } else if (tell_) {
    tell_(progress_);
  }
}

}  // namespace nines
