// Leader: who decides which blocks of a study are simulated next, and takes what they say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "studies/store/store.hpp"

namespace nines {

/// Blocks of one design, one after the other, for one worker.
struct Assignment {
  std::uint32_t design = 0;
  std::uint32_t first_block = 0;
  std::uint32_t blocks = 0;
};

/// Asked and told by one thread at a time. What it decides does not depend on how many workers
/// there are nor on who is quicker.
class Leader {
 public:
  virtual ~Leader() = default;
  /// What to simulate next, at most so many blocks of it; nothing: not now, ask again after the
  /// next `take`.
  virtual std::optional<Assignment> assign(std::uint32_t at_most) = 0;
  /// What an assignment has found: its blocks, in order.
  virtual void take(std::vector<StoredBlock> blocks) = 0;
  /// Nothing is left to do, now or later.
  virtual bool over() const = 0;
};

}  // namespace nines
