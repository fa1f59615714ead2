#include "models/mechanisms/missed.hpp"

#include <algorithm>

#include "models/mechanisms/writes.hpp"

namespace nines {
namespace {

class Missed final : public Reaction {
 public:
  using Member = MissedPlan::Member;
  explicit Missed(MissedPlan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake why) const override {
    const bool written = written_per_s(c, plan_.sources) > 0;
    for (std::size_t m = 0; m < plan_.members.size(); ++m) {
      const Member& member = plan_.members[m];
      if (why.is(member.caught_up)) forget(c, member);
      if (member.window != kNone<TimerId> && why.is(member.window)) c.set(member.long_away, 1);
      if (member.whole != kNone<SignalId> && !c.value(member.whole)) {
        c.cancel(member.caught_up);
        forget(c, member);
      } else if (misses(c, m)) {
        c.cancel(member.caught_up);
        if (written) begin_to_lack(c, member);
      } else {
        if (member.window != kNone<TimerId>) c.cancel(member.window);
        if (c.cell(member.lacks) == 0 || c.pending(member.caught_up)) continue;
        const bool by_repair = member.long_away != kNone<CellId> && c.cell(member.long_away) != 0;
        c.start(member.caught_up, by_repair ? plan_.repair : plan_.catch_up);
      }
    }
  }

 private:
  void forget(Context& c, const Member& member) const {
    c.set(member.lacks, 0);
    if (member.window == kNone<TimerId>) return;
    c.cancel(member.window);
    c.set(member.long_away, 0);
  }
  void begin_to_lack(Context& c, const Member& member) const {
    c.set(member.lacks, 1);
    if (member.window == kNone<TimerId> || c.cell(member.long_away) != 0) return;
    if (!c.pending(member.window)) c.start(member.window, plan_.window);
  }

  bool reaches(const Reading& r, std::size_t a, std::size_t b) const {
    const std::vector<SignalId>& reach = plan_.members[a].reach;
    return a == b || reach.empty() || reach[b] == kNone<SignalId> || r.value(reach[b]);
  }
  bool there(const Reading& r, std::size_t m) const {
    const Member& member = plan_.members[m];
    return r.value(member.usable) && (member.whole == kNone<SignalId> || r.value(member.whole));
  }
  bool takes_writes(const Reading& r, std::size_t m) const {
    if (!there(r, m)) return false;
    if (plan_.members[m].leads != kNone<CellId>) return r.cell(plan_.members[m].leads) != 0;
    int answers = 0;
    for (std::size_t other = 0; other < plan_.members.size(); ++other) {
      answers += there(r, other) && reaches(r, m, other) ? 1 : 0;
    }
    return answers >= plan_.write_quorum;
  }
  /// It is away, or whoever takes writes does not reach it.
  bool misses(const Reading& r, std::size_t m) const {
    if (!there(r, m)) return true;
    for (std::size_t other = 0; other < plan_.members.size(); ++other) {
      if (takes_writes(r, other) && !reaches(r, other, m)) return true;
    }
    return false;
  }

  MissedPlan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> missed(MissedPlan plan) {
  return std::make_unique<Missed>(std::move(plan));
}

}  // namespace nines
