#include "models/mechanisms/missed.hpp"

#include <algorithm>

#include "models/mechanisms/writes.hpp"

namespace nines {
namespace {

class Missed final : public Reaction {
 public:
  using Member = MissedPlan::Member;
  using Size = std::size_t;
  explicit Missed(MissedPlan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake why) const override {
    const bool written = written_per_s(c, plan_.sources) > 0;
    for (Size m = 0; m < count(); ++m) {
      const Member& member = plan_.members[m];
      if (member.window != kNone<TimerId> && why.is(member.window)) c.set(member.long_away, 1);
      if (why.is(member.caught_up)) learn(c, m);
      if (member.whole == kNone<SignalId>) continue;
      if (!c.value(member.whole)) {
        forget(c, m);
      } else if (why.is(member.whole)) {
        copy(c, m);
      }
    }
    for (Size m = 0; m < count(); ++m) {
      if (written) miss(c, m);
      c.set(plan_.members[m].lacks, lacks_any(c, m) ? 1 : 0);
      catch_up(c, m, written);
    }
  }

 private:
  Size count() const { return plan_.members.size(); }
  bool reaches(const Reading& r, Size a, Size b) const {
    const std::vector<SignalId>& reach = plan_.members[a].reach;
    return a == b || reach.empty() || reach[b] == kNone<SignalId> || r.value(reach[b]);
  }
  bool there(const Reading& r, Size m) const {
    const Member& member = plan_.members[m];
    return r.value(member.usable) && (member.whole == kNone<SignalId> || r.value(member.whole));
  }
  bool takes(const Reading& r, Size m) const {
    const SignalId takes = plan_.members[m].takes;
    return there(r, m) && (takes == kNone<SignalId> || r.value(takes));
  }
  bool gets(const Reading& r, Size m, Size of) const { return there(r, m) && reaches(r, of, m); }
  bool lacks(const Reading& r, Size m, Size of) const {
    return m != of && r.cell(plan_.members[m].lacks_of[of]) != 0;
  }
  void set_lacks(Context& c, Size m, Size of, bool so) const {
    if (m != of) c.set(plan_.members[m].lacks_of[of], so ? 1 : 0);
  }
  bool lacks_any(const Reading& r, Size m) const {
    for (Size of = 0; of < count(); ++of) {
      if (lacks(r, m, of)) return true;
    }
    return false;
  }
  bool misses_now(const Reading& r, Size m) const {
    for (Size taker = 0; taker < count(); ++taker) {
      if (takes(r, taker) && !gets(r, m, taker)) return true;
    }
    return false;
  }

  /// Those who get what it does not have writes that it lacks.
  void miss(Context& c, Size m) const {
    const Member& member = plan_.members[m];
    if (member.whole != kNone<SignalId> && !c.value(member.whole)) return;  // it is copied anew
    for (Size taker = 0; taker < count(); ++taker) {
      if (!takes(c, taker) || gets(c, m, taker)) continue;
      for (Size other = 0; other < count(); ++other) {
        if (gets(c, other, taker)) set_lacks(c, m, other, true);
      }
    }
  }
  /// It has what those have who are there: it lacks only what all of them lack as well.
  void learn(Context& c, Size m) const {
    for (Size other = 0; other < count(); ++other) {
      if (other == m || !there(c, other) || !reaches(c, other, m)) continue;
      for (Size of = 0; of < count(); ++of) {
        if (!lacks(c, other, of)) set_lacks(c, m, of, false);
      }
    }
    stop_window(c, m);
  }
  /// Its data are gone: nobody lacks what only it had.
  void forget(Context& c, Size m) const {
    c.cancel(plan_.members[m].caught_up);
    stop_window(c, m);
    for (Size other = 0; other < count(); ++other) {
      set_lacks(c, m, other, false);
      set_lacks(c, other, m, false);
    }
  }
  /// It has been copied from those who are there.
  void copy(Context& c, Size m) const {
    for (Size of = 0; of < count(); ++of) {
      bool some = false;
      bool all = true;
      for (Size other = 0; other < count(); ++other) {
        if (other == m || !there(c, other) || !reaches(c, other, m)) continue;
        some = true;
        all = all && lacks(c, other, of);
      }
      set_lacks(c, m, of, some && all);
    }
  }
  void stop_window(Context& c, Size m) const {
    const Member& member = plan_.members[m];
    if (member.window == kNone<TimerId>) return;
    c.cancel(member.window);
    c.set(member.long_away, 0);
  }

  void catch_up(Context& c, Size m, bool written) const {
    const Member& member = plan_.members[m];
    const bool hinted = member.window != kNone<TimerId>;
    const bool away = !there(c, m) || (written && misses_now(c, m));
    if (hinted && away && written && lacks_any(c, m) && c.cell(member.long_away) == 0 &&
        !c.pending(member.window)) {
      c.start(member.window, plan_.window);
    }
    if (hinted && !away) c.cancel(member.window);
    bool some = false;  // are there who have what it lacks
    for (Size other = 0; other < count(); ++other) {
      some = some || (lacks(c, m, other) && there(c, other) && reaches(c, other, m));
    }
    if (away || !some) {
      c.cancel(member.caught_up);
    } else if (!c.pending(member.caught_up)) {
      const bool by_repair = hinted && c.cell(member.long_away) != 0;
      c.start(member.caught_up, by_repair ? plan_.repair : plan_.catch_up);
    }
  }

  MissedPlan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> missed(MissedPlan plan) {
  return std::make_unique<Missed>(std::move(plan));
}

}  // namespace nines
