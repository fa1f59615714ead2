// A primary that takes no writes while too few copies follow it.
#pragma once

#include <memory>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

struct MinReplicasPlan {
  struct Member {
    SignalId enough{};  ///< so many copies would follow if this one were the primary
    CellId takes{};     ///< 0 when that has not been so for long
    TimerId waited{};
  };
  std::vector<Member> members;
  LawId max_lag{};
};

/// Redis, `min-replicas-to-write` and `min-replicas-max-lag`: nobody waits for a copy, but a
/// primary that has not heard of enough of them for `max_lag` takes no more writes.
std::unique_ptr<const Reaction> min_replicas(MinReplicasPlan plan);

}  // namespace nines
