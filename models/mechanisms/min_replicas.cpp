#include "models/mechanisms/min_replicas.hpp"

namespace nines {
namespace {

class MinReplicas final : public Reaction {
 public:
  explicit MinReplicas(MinReplicasPlan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake why) const override {
    for (const MinReplicasPlan::Member& member : plan_.members) {
      if (c.value(member.enough)) {
        c.cancel(member.waited);
        c.set(member.takes, 1);
      } else if (why.is(member.waited)) {
        c.set(member.takes, 0);
      } else if (c.cell(member.takes) != 0 && !c.pending(member.waited)) {
        c.start(member.waited, plan_.max_lag);
      }
    }
  }

 private:
  MinReplicasPlan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> min_replicas(MinReplicasPlan plan) {
  return std::make_unique<MinReplicas>(std::move(plan));
}

}  // namespace nines
