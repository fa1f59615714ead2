#include "models/mechanisms/holders.hpp"

#include <algorithm>

#include "models/mechanisms/writes.hpp"

namespace nines {
namespace {

class Holders final : public Reaction {
 public:
  using Member = HoldersPlan::Member;
  explicit Holders(HoldersPlan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake why) const override {
    if (why.by == Wake::By::begin && plan_.backup != kNone<TimerId>) {
      c.start(plan_.backup, plan_.backup_every);
    }
    if (why.by == Wake::By::timer) on_timer(c, why);
    note_destroyed(c);
    get_in_step(c);
    copy(c);
    recover(c);
    let_flow(c);
  }

 private:
  using Set = std::size_t;  ///< of members: bits

  // ---- What is so ----

  std::size_t count() const { return plan_.members.size(); }
  Set all() const { return (Set{1} << count()) - 1; }
  static Set only(std::size_t m) { return Set{1} << m; }
  bool usable(const Reading& r, std::size_t m) const { return r.value(plan_.members[m].usable); }
  bool whole(const Reading& r, std::size_t m) const { return r.cell(plan_.members[m].whole) != 0; }
  bool led() const { return plan_.led; }
  bool reaches(const Reading& r, std::size_t a, std::size_t b) const {
    const std::vector<SignalId>& reach = plan_.members[a].reach;
    return a == b || reach.empty() || reach[b] == kNone<SignalId> || r.value(reach[b]);
  }
  template <class Test>
  Set those(const Test& test) const {
    Set set = 0;
    for (std::size_t m = 0; m < count(); ++m) set |= test(m) ? only(m) : 0;
    return set;
  }
  Set whole_ones(const Reading& r) const {
    return those([&](std::size_t m) { return whole(r, m); });
  }
  Set usable_ones(const Reading& r) const {
    return those([&](std::size_t m) { return usable(r, m); });
  }
  /// Where the leader is; or whoever is there, if none is needed.
  Set sources(const Reading& r) const {
    return those([&](std::size_t m) {
      return usable(r, m) && whole(r, m) && (!led() || r.cell(plan_.members[m].leads) != 0);
    });
  }
  bool is_fed(const Reading& r, std::size_t m) const {
    const Set from = sources(r);
    bool fed = false;
    for (std::size_t s = 0; s < count(); ++s) {
      fed = fed || ((from & only(s)) != 0 && reaches(r, s, m));
    }
    return fed && usable(r, m);
  }

  /// It gets what is written now.
  bool gets(const Reading& r, std::size_t m) const { return whole(r, m) && is_fed(r, m); }
  bool lacks(const Reading& r, std::size_t m) const {
    const CellId cell = plan_.members[m].lacks;
    return cell != kNone<CellId> && r.cell(cell) != 0;
  }

  // ---- Who has what ----

  void move(Context& c, Set from, Set to) const {
    const FluidId fluid = plan_.only[from];
    if (to != all()) c.raise(to == 0 ? plan_.going : plan_.only[to], fluid);
    c.level(fluid, 0.0);
  }
  void empty(Context& c) const {
    for (Set set = 1; set < all(); ++set) c.level(plan_.only[set], 0.0);
  }

  void note_destroyed(Context& c) const {
    Set gone = 0;
    for (std::size_t m = 0; m < count(); ++m) {
      const Member& member = plan_.members[m];
      const bool destroyed = std::any_of(member.destroying.begin(), member.destroying.end(),
                                         [&](ModeId mode) { return c.failed(mode); });
      if (!destroyed || (!whole(c, m) && !c.pending(member.copied))) continue;
      c.cancel(member.copied);
      if (whole(c, m)) gone |= only(m);
      c.set(member.whole, 0);
    }
    if (gone == 0) return;
    if (whole_ones(c) == 0) {  // all that there was since the backup, when it is back
      empty(c);
      c.earn(plan_.data_loss, {});
      c.set(plan_.data_there, 0);
      return;
    }
    for (Set set = 1; set < all(); ++set) {
      if ((set & gone) != 0) move(c, set, set & ~gone);
    }
    lose(c);
  }

  /// Those who are in step have what any of them has.
  void get_in_step(Context& c) const {
    Set before = 0;
    Set now = 0;
    for (std::size_t m = 0; m < count(); ++m) {
      const Member& member = plan_.members[m];
      before |= c.cell(member.in_step) != 0 ? only(m) : 0;
      const bool in_step = gets(c, m) && !lacks(c, m);
      now |= in_step ? only(m) : 0;
      c.set(member.in_step, in_step ? 1 : 0);
    }
    if ((now & ~before) == 0) return;
    for (Set set = 1; set < all(); ++set) {
      if ((set & now) != 0 && (set | now) != set) move(c, set, set | now);
    }
    if (!plan_.rolls_back) return;
    for (Set set = 1; set < all(); ++set) {
      if ((set & now) == 0) move(c, set, 0);
    }
    lose(c);
  }
  void lose(Context& c) const {
    c.earn(plan_.lost, {1.0, kNone<LawId>, plan_.going});
    // With a backup nobody knows how much of it is in there: a loss of all may count it again.
    if (plan_.backup == kNone<TimerId>) c.lower(plan_.since_backup, plan_.going, true);
    c.level(plan_.going, 0.0);
  }

  void copy(Context& c) const {
    for (std::size_t m = 0; m < count(); ++m) {
      const Member& member = plan_.members[m];
      if (whole(c, m)) continue;
      if (!is_fed(c, m)) {
        c.cancel(member.copied);
      } else if (!c.pending(member.copied)) {
        c.start(member.copied, plan_.copy);
      }
    }
  }

  // ---- When too few are left ----

  int votes_of(Set set) const {
    int votes = 0;
    for (std::size_t m = 0; m < count(); ++m) {
      votes += (set & only(m)) != 0 ? plan_.members[m].votes : 0;
    }
    return votes;
  }
  /// A person forms the group anew, from a backup or from those who are left, when all of these and
  /// as many as are needed are there.
  void recover(Context& c) const {
    const Set left = whole_ones(c);
    const Set there = usable_ones(c);
    const bool some = left != 0;
    c.set(plan_.data_there, some ? 1 : 0);
    const bool enough_there = led() ? votes_of(there) >= plan_.majority : there != 0;
    wait(c, plan_.restored, plan_.restore, !some && enough_there);
    if (plan_.recovery == kNone<LawId>) return;
    const bool enough_left = !some || votes_of(left) >= plan_.majority;
    c.set(plan_.enough_left, enough_left ? 1 : 0);
    wait(c, plan_.recovered, plan_.recovery, !enough_left && enough_there && (left & ~there) == 0);
  }
  static void wait(Context& c, TimerId timer, LawId law, bool so) {
    if (!so) {
      c.cancel(timer);
    } else if (!c.pending(timer)) {
      c.start(timer, law);
    }
  }

  void on_timer(Context& c, Wake why) const {
    for (const Member& member : plan_.members) {
      if (why.is(member.copied)) c.set(member.whole, 1);
    }
    if (plan_.backup != kNone<TimerId> && why.is(plan_.backup)) {
      if (sources(c) != 0) c.level(plan_.since_backup, 0.0);
      c.start(plan_.backup, plan_.backup_every);
    }
    const bool restored = why.is(plan_.restored);
    if (restored) {
      c.earn(plan_.lost, {1.0, kNone<LawId>, plan_.since_backup});
      c.level(plan_.since_backup, 0.0);
    }
    if (!restored && (plan_.recovered == kNone<TimerId> || !why.is(plan_.recovered))) return;
    const Set there = usable_ones(c);
    for (std::size_t m = 0; m < count(); ++m) {
      if ((there & only(m)) != 0) c.set(plan_.members[m].whole, 1);
    }
    if (restored) return;
    for (Set set = 1; set < all(); ++set) {
      if ((set & there) != 0 && (set | there) != set) move(c, set, set | there);
    }
  }

  // ---- What is written ----

  void let_flow(Context& c) const {
    const Set now = those([&](std::size_t m) { return gets(c, m); });
    const double written = now != 0 ? written_per_s(c, plan_.sources) : 0.0;
    for (Set set = 1; set < all(); ++set) flow(c, plan_.only[set], set == now ? written : 0.0);
    flow(c, plan_.since_backup, written);
  }
  static void flow(Context& c, FluidId fluid, double per_s) {
    if (c.inflow(fluid) != per_s) c.flow(fluid, per_s);
  }

  HoldersPlan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> holders(HoldersPlan plan) {
  return std::make_unique<Holders>(std::move(plan));
}

}  // namespace nines
