// StudyLeader: every design of a study gets its runs, and a store what they say.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "studies/study/leader.hpp"
#include "studies/study/results.hpp"

namespace nines {

struct StudyProgress {
  std::size_t designs_done = 0;
  std::size_t designs = 0;
  std::uint64_t blocks_done = 0;
  std::uint64_t runs_done = 0;
  std::optional<std::uint64_t> blocks_at_most = {};  ///< where it is known before the end
};

class StudyLeader final : public Leader {
 public:
  /// Goes on from what the store has. Without one, `done` is told of every design that is.
  StudyLeader(CompiledDesigns& designs, Store* store, const Shard& shard,
              std::function<void(const StudyProgress&)> progress,
              std::function<void(std::size_t design, std::unique_ptr<DesignResult>)> done = {});

  std::optional<Assignment> assign(std::uint32_t at_most) override;
  void take(std::vector<StoredBlock> blocks) override;
  bool over() const override { return progress_.designs_done == progress_.designs; }
  const StudyProgress& progress() const { return progress_; }

 private:
  struct Design {
    std::unique_ptr<DesignResult> result;  ///< while it goes on, unless others have parts of it
    std::uint32_t next = 0;                ///< the first block that nobody has been given
    std::uint32_t left = 0;   ///< where others have parts of it: blocks of ours to come
    std::vector<bool> there;  ///< blocks that the store had, by number
    bool begun = false;
    bool done = false;
  };
  bool ours(std::uint32_t design, std::uint32_t block) const;
  void begin(std::uint32_t design);
  void finish(std::uint32_t design);

  CompiledDesigns& designs_;
  Store* store_;
  Shard shard_;
  std::function<void(const StudyProgress&)> tell_;
  std::function<void(std::size_t, std::unique_ptr<DesignResult>)> done_;
  StudyProgress progress_;
  std::vector<Design> states_;
  std::uint32_t blocks_of_design_ = 0;  ///< at most
  bool by_block_ = false;               ///< how the study is parted among shards
  std::size_t first_open_ = 0;          ///< all before it are done
};

}  // namespace nines
