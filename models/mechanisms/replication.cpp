#include "models/mechanisms/replication.hpp"

#include <algorithm>
#include <cmath>

#include "models/mechanisms/roles.hpp"

namespace nines {
namespace {

class Replication final : public Reaction {
 public:
  using Plan = ReplicationPlan;
  using Member = Plan::Member;
  using Mode = Plan::Mode;
  explicit Replication(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake why) const override {
    note_destroyed(c);
    if (why.by == Wake::By::begin) {
      begin(c);
    } else if (!why.is(plan_.settle)) {
      if (why.by == Wake::By::timer) on_timer(c, why);
      // Whatever else happens at this moment happens first: it is one loss.
      if (!c.pending(plan_.settle)) c.start(plan_.settle, plan_.at_once);
      return;
    }
    settle(c);
  }

 private:
  using Size = std::size_t;

  // ---- What is so ----

  Size count() const { return plan_.members.size(); }
  Size head(const Reading& r) const { return static_cast<Size>(r.cell(plan_.head)); }
  const Member& member(Size m) const { return plan_.members[m]; }
  int standing(const Reading& r, Size m) const { return r.cell(member(m).standing); }
  bool lacks(const Reading& r, Size m) const { return r.cell(member(m).lacks) != 0; }
  bool whole(const Reading& r, Size m) const { return r.cell(member(m).whole) != 0; }
  /// The head runs, has its data, and is in its role or hands it over.
  bool alive(const Reading& r) const {
    const Member& h = member(head(r));
    if (!r.value(h.usable) || !whole(r, head(r))) return false;
    return r.cell(h.active) != 0 ||
           std::any_of(plan_.members.begin(), plan_.members.end(),
                       [&](const Member& m) { return r.cell(m.doing) == kReturning; });
  }
  /// Active, though another has taken its place, or though it was not promoted.
  bool acts_as_old(const Reading& r, Size m) const {
    return r.cell(member(m).active) != 0 && (r.cell(member(m).stale) != 0 || stands_in(r, m));
  }
  /// As long as the head may come back with its data, and has not handed its role over.
  bool stands_in(const Reading& r, Size m) const {
    return !plan_.promotes && m != head(r) && whole(r, head(r)) &&
           r.cell(plan_.handed_to) != static_cast<int>(m) + 1;
  }
  bool reaches(const Reading& r, Size a, Size b) const {
    const std::vector<SignalId>& reach = member(a).reach;
    return reach.empty() || reach[b] == kNone<SignalId> || r.value(reach[b]);
  }
  bool connected(const Reading& r, Size m) const {
    const Member& to = member(m);
    if (!alive(r) || !r.value(to.usable) || acts_as_old(r, m)) return false;
    if (to.stream != kNone<SignalId> && !r.value(to.stream)) return false;
    const Size from = feeder(r, m);
    const bool has_it =
        from == head(r) || (standing(r, from) == Plan::kInStep && connected(r, from));
    return has_it && reaches(r, from, m);
  }
  /// Whoever a copy gets its writes from.
  Size feeder(const Reading& r, Size m) const {
    return member(m).from && m != head(r) ? *member(m).from : head(r);
  }
  /// The copy itself and those that its writes pass on their way from the head.
  template <class Each>
  void each_on_the_way(const Reading& r, Size m, const Each& each) const {
    for (; m != head(r); m = feeder(r, m)) each(member(m));
  }
  /// Acknowledged writes per second: by the head, and by a former one beside it.
  struct Rates {
    double head = 0.0;
    double former = 0.0;
  };
  Rates rates(const Reading& r) const {
    Rates rates;
    double by_signal = 0.0;
    for (const CompiledWrites& source : plan_.sources) {
      if (source.evaluation == kNone<EvaluationId>) {
        by_signal += r.value(source.available) ? 1.0 : 0.0;
        continue;
      }
      const double former = r.number(source.evaluation, source.former);
      rates.head += r.number(source.evaluation, source.number) - former;
      rates.former += former;
    }
    const Member* const former = acting_former(r);
    if (former == nullptr) rates = {rates.head + rates.former, 0.0};  // nobody has its place yet
    // Who stands in may be the newest primary to those who send requests, and the head the former.
    if (former != nullptr && r.cell(former->stale) == 0) std::swap(rates.head, rates.former);
    const bool to_former = former != nullptr && r.value(former->could_serve) &&
                           !(alive(r) && r.value(member(head(r)).could_serve));
    (to_former ? rates.former : rates.head) += by_signal;
    return rates;
  }
  bool periodic(Size m) const { return member(m).mode == Mode::periodic; }

  template <class Each>
  void each_copy(const Reading& r, const Each& each) const {
    const Size h = head(r);
    for (const Size m : plan_.in_order) {
      if (m != h) each(m);
    }
  }

  // ---- Ranks ----

  /// Those who begin to at one instant are equal: they get their rank when it ends.
  int unranked() const { return static_cast<int>(count()) + 1; }
  void begin_to_lack(Context& c, Size m) const {
    if (!lacks(c, m)) c.set(member(m).lacks, unranked());
  }
  void rank(Context& c) const {
    const auto fresh = [&](const Member& m) { return c.cell(m.lacks) == unranked(); };
    if (std::none_of(plan_.members.begin(), plan_.members.end(), fresh)) return;
    for (const Member& m : plan_.members) {
      const int was = c.cell(m.lacks);
      if (was > 0) c.set(m.lacks, fresh(m) ? 1 : was + 1);
    }
  }
  void no_longer_lack(Context& c, Size m) const {
    const int rank = c.cell(member(m).lacks);
    if (rank == 0) return;
    c.set(member(m).lacks, 0);
    for (const Member& other : plan_.members) {
      if (c.cell(other.lacks) == rank || rank == unranked()) return;  // nobody moves up
    }
    for (const Member& other : plan_.members) {
      const int theirs = c.cell(other.lacks);
      if (theirs > rank && theirs != unranked()) c.set(other.lacks, theirs - 1);
    }
  }

  // ---- Fluids ----

  static void flow(Context& c, FluidId fluid, double per_s) {
    if (fluid != kNone<FluidId> && c.inflow(fluid) != per_s) c.flow(fluid, per_s);
  }
  static void empty(Context& c, FluidId fluid) {
    if (fluid != kNone<FluidId>) c.level(fluid, 0.0);
  }
  /// Not more than was acknowledged since this head began; of a wire alone nobody counts that.
  void add_under_way(Context& c, const Member& to, const Member& by, FluidId fluid) const {
    const FluidId most = plan_.by_head != kNone<FluidId> ? plan_.by_head
                         : fluid == by.wire              ? by.unsent
                                                         : kNone<FluidId>;
    c.raise(to.behind, fluid, most);
  }
  /// What is under way to a copy stays with the head.
  void fall_behind(Context& c, Size m) const {
    const Member& to = member(m);
    each_on_the_way(c, m, [&](const Member& by) {
      for (const FluidId fluid : {by.unsent, by.wire}) {
        if (fluid == kNone<FluidId>) continue;
        add_under_way(c, to, by, fluid);
        begin_to_lack(c, m);
      }
    });
    empty(c, to.wire);
    if (periodic(m)) empty(c, to.unsent);
  }

  // ---- Timers ----

  void begin(Context& c) const {
    for (const Member& to : plan_.members) {
      if (to.mode == Mode::periodic) c.start(to.snapshot, to.every);
    }
    if (plan_.backup != kNone<TimerId>) c.start(plan_.backup, plan_.backup_every);
  }

  void on_timer(Context& c, Wake why) const {
    const auto is = [&](TimerId timer) { return timer != kNone<TimerId> && why.is(timer); };
    for (Size m = 0; m < count(); ++m) {
      const Member& to = member(m);
      if (is(to.caught_up) || is(to.copied)) {
        join(c, m);
      } else if (is(to.snapshot)) {
        take_snapshot(c, m);
      } else if (is(to.shipped)) {
        empty(c, to.behind);
      } else if (is(to.too_stale)) {
        c.set(to.fresh, 0);
      }
    }
    if (is(plan_.degrade)) c.set(plan_.alone, 1);
    if (is(plan_.allow_stale)) c.set(plan_.stale_may, 1);
    if (is(plan_.backup)) {
      if (alive(c)) empty(c, plan_.since_backup);
      c.start(plan_.backup, plan_.backup_every);
    }
    if (is(plan_.restored)) restore(c);
  }

  /// Of what was written until now; it has all of it when it has arrived.
  void take_snapshot(Context& c, Size m) const {
    const Member& to = member(m);
    c.start(to.snapshot, to.every);
    if (m == head(c) || c.pending(to.shipped) || standing(c, m) != Plan::kInStep) return;
    if (!connected(c, m)) return;
    c.raise(to.behind, to.unsent);
    empty(c, to.unsent);
    c.start(to.shipped, to.ship);
  }

  // ---- What happens to copies ----

  void note_destroyed(Context& c) const {
    for (const Member& member : plan_.members) {
      for (const ModeId mode : member.destroying) {
        if (c.failed(mode)) c.set(member.whole, 0);
      }
    }
  }

  /// It has all that the head has, but for what is always under way.
  void join(Context& c, Size m) const {
    const Member& to = member(m);
    empty(c, to.behind);
    flow(c, to.behind, 0.0);
    no_longer_lack(c, m);
    c.set(to.diverged, 0);
    c.set(to.whole, 1);
    c.set(to.standing, Plan::kInStep);
  }

  void leave(Context& c, Size m) const {
    const Member& to = member(m);
    for (const TimerId timer : {to.caught_up, to.copied, to.shipped}) {
      if (timer != kNone<TimerId>) c.cancel(timer);
    }
    // What was under way when the head went is told already.
    if (standing(c, m) == Plan::kInStep && alive(c)) fall_behind(c, m);
    c.set(to.standing, Plan::kAway);
  }

  /// The head is gone, and with it what it had not sent; what is on the wire still arrives.
  void lose_head(Context& c) const {
    each_copy(c, [&](Size m) {
      const Member& to = member(m);
      if (periodic(m)) c.cancel(to.shipped);
      flow(c, to.wire, 0.0);
      flow(c, to.unsent, 0.0);
      if (standing(c, m) != Plan::kInStep) return;
      each_on_the_way(c, m, [&](const Member& by) {
        if (by.unsent != kNone<FluidId>) add_under_way(c, to, by, by.unsent);
      });
      if (periodic(m)) empty(c, to.unsent);
    });
  }

  /// It is there again before another was promoted: it sends what it had not sent, to those who
  /// have a stream.
  void regain_head(Context& c) const {
    each_copy(c, [&](Size m) {
      const Member& to = member(m);
      if (standing(c, m) != Plan::kInStep || periodic(m)) return;
      bool sends_later = false;
      each_on_the_way(c, m, [&](const Member& by) {
        sends_later = sends_later || by.unsent != kNone<FluidId>;
      });
      if (connected(c, m)) {
        empty(c, to.behind);
      } else if (sends_later) {
        c.set(to.standing, Plan::kAway);
        begin_to_lack(c, m);
      }
    });
  }

  void promote(Context& c, Size m) const {
    const Size before = head(c);
    const Member& to = member(m);
    const bool follows = standing(c, m) == Plan::kInStep && !periodic(m) && connected(c, m);
    const bool handed_over = c.cell(plan_.handed_to) == static_cast<int>(m) + 1;
    bool may_lack = lacks(c, m);
    each_on_the_way(c, m, [&](const Member& by) {
      may_lack = may_lack || by.unsent != kNone<FluidId> || by.wire != kNone<FluidId>;
    });
    const bool clean = follows || handed_over || !may_lack;
    // What a snapshot has not carried is lacked like anything else.
    for (Size j = 0; j < count(); ++j) {
      if (!periodic(j) || j == before || (j == m && clean)) continue;
      c.cancel(member(j).shipped);
      c.raise(member(j).behind, member(j).unsent);
      empty(c, member(j).unsent);
    }
    if (!clean) {
      each_on_the_way(c, m, [&](const Member& by) {
        if (by.wire != kNone<FluidId>) add_under_way(c, to, by, by.wire);
      });
      c.earn(plan_.lost, {1.0, kNone<LawId>, to.behind});
      if (plan_.since_backup != kNone<FluidId>) c.lower(plan_.since_backup, to.behind, true);
    }
    for (const Member& other : plan_.members) {
      empty(c, other.unsent);
      flow(c, other.unsent, 0.0);
      empty(c, other.wire);
      flow(c, other.wire, 0.0);
    }
    const int rank = c.cell(to.lacks);
    each_copy(c, [&](Size j) {
      if (j == m) return;
      const Member& other = member(j);
      const int theirs = c.cell(other.lacks);
      if (theirs > rank || periodic(j)) {
        if (!clean) c.lower(other.behind, to.behind, !periodic(j));
      } else {
        if (theirs < rank) c.set(other.diverged, 1);  // it has what is lost
        empty(c, other.behind);
        no_longer_lack(c, j);
      }
      if (c.cell(other.diverged) != 0) leave(c, j);
    });
    join(c, m);
    empty(c, plan_.by_head);
    c.set(plan_.head, static_cast<int>(m));
    c.set(plan_.head_alive, 1);
    c.set(plan_.handed_to, 0);
    c.set(plan_.alone, 0);
    if (plan_.degrade != kNone<TimerId>) c.cancel(plan_.degrade);
    const bool acts = acting_former(c) != nullptr;
    if (!acts) empty(c, plan_.doomed);  // it was the former primary that has become the one again
    c.set(plan_.old_acts, acts ? 1 : 0);
    const bool in_step = clean && !acts_as_old(c, before);
    c.set(member(before).standing, in_step ? Plan::kInStep : Plan::kAway);
    c.set(member(before).diverged, clean ? 0 : 1);
    empty(c, member(before).behind);
  }

  /// The data are gone, with all copies: from a backup.
  void restore(Context& c) const {
    if (plan_.since_backup != kNone<FluidId>) {
      c.earn(plan_.lost, {1.0, kNone<LawId>, plan_.since_backup});
      empty(c, plan_.since_backup);
    }
    Size best = count();
    for (Size m = 0; m < count(); ++m) {
      if (!c.value(member(m).usable)) continue;
      if (best == count() || c.cell(member(m).active) != 0) best = m;
    }
    if (best == count()) return;
    for (Size m = 0; m < count(); ++m) {
      leave(c, m);
      empty(c, member(m).behind);
      empty(c, member(m).unsent);
      empty(c, member(m).wire);
    }
    join(c, best);
    empty(c, plan_.by_head);
    c.set(plan_.head, static_cast<int>(best));
    c.set(plan_.head_alive, 1);
  }

  // ---- All together ----

  void settle(Context& c) const {
    const bool was_alive = c.cell(plan_.head_alive) != 0;
    const bool is_alive = alive(c);
    if (was_alive && !is_alive) {
      c.earn(plan_.head_failed, {});
      lose_head(c);
    }
    if (!was_alive && is_alive) regain_head(c);
    rank(c);
    c.set(plan_.head_alive, is_alive ? 1 : 0);
    follow_roles(c);
    if (plan_.by_head != kNone<FluidId>) leave_in_order(c);
    each_copy(c, [&](Size m) { connect(c, m); });
    look_for_acknowledgements(c);
    let_flow(c);
    demote(c);
    rank(c);
    look_for_data(c);
    consider_promotion(c);
    for (Size m = 0; m < count(); ++m) look_for_staleness(c, m);
  }

  /// Whoever feeds others leaves behind them, as it joins before them.
  void leave_in_order(Context& c) const {
    const Size h = head(c);
    for (auto m = plan_.in_order.rbegin(); m != plan_.in_order.rend(); ++m) {
      if (*m != h && !connected(c, *m)) connect(c, *m);
    }
  }

  /// Without its stream a copy is as far behind as it has been away.
  void look_for_staleness(Context& c, Size m) const {
    const Member& to = member(m);
    if (to.fresh == kNone<CellId>) return;
    if (!lacks(c, m)) {
      c.cancel(to.too_stale);
      c.set(to.fresh, 1);
    } else if (c.cell(to.fresh) != 0 && !c.pending(to.too_stale)) {
      c.start(to.too_stale, plan_.max_staleness);
    }
  }

  void follow_roles(Context& c) const {
    int handed_to = 0;
    for (Size m = 0; m < count(); ++m) {
      if (c.cell(member(m).doing) == kReturning) handed_to = static_cast<int>(m) + 1;
    }
    const bool serves = c.cell(member(head(c)).active) != 0;
    if (handed_to != 0 && alive(c)) c.set(plan_.handed_to, handed_to);
    if (handed_to == 0 && serves) c.set(plan_.handed_to, 0);
    for (Size m = 0; m < count(); ++m) {
      if (m != head(c) && c.cell(member(m).active) != 0 && !acts_as_old(c, m) && whole(c, m)) {
        promote(c, m);
      }
    }
  }

  void connect(Context& c, Size m) const {
    const Member& to = member(m);
    const bool joined = connected(c, m);
    const bool anew = !whole(c, m) || (c.cell(to.diverged) != 0 && !plan_.rewinds);
    switch (standing(c, m)) {
      case Plan::kInStep:
        if (anew || acts_as_old(c, m)) {
          leave(c, m);
        } else if (periodic(m)) {
          if (!joined) c.cancel(to.shipped);
        } else if (alive(c) && !joined) {
          leave(c, m);
        } else if (joined && to.mode != Mode::synchronous && rates(c).head > to.most_per_s) {
          fall_behind(c, m);
          begin_to_lack(c, m);
          c.set(to.standing, Plan::kCatchingUp);
        }
        break;
      case Plan::kCatchingUp:
      case Plan::kCopying:
        if (!joined) leave(c, m);
        break;
      default:
        break;
    }
    if (standing(c, m) != Plan::kAway || !joined) return;
    if (anew) {
      c.set(to.whole, 0);  // it is overwritten
      c.set(to.standing, Plan::kCopying);
      c.start(to.copied, plan_.copy);
    } else if (std::isfinite(to.most_per_s) && lacks(c, m)) {
      c.set(to.standing, Plan::kCatchingUp);
    } else {
      join(c, m);
    }
  }

  /// Whether enough copies have a write for it to be acknowledged.
  void look_for_acknowledgements(Context& c) const {
    struct Count {
      int all = 0;
      int there = 0;
    };
    Count every;
    Count strict;  // those that are waited for without end
    each_copy(c, [&](Size m) {
      if (member(m).mode != Mode::synchronous) return;
      const int there = standing(c, m) == Plan::kInStep && connected(c, m) ? 1 : 0;
      ++every.all;
      every.there += there;
      if (member(m).degrades) return;
      ++strict.all;
      strict.there += there;
    });
    const int asked = plan_.acknowledged_by > 0 ? plan_.acknowledged_by : every.all;
    const bool there = alive(c);
    const bool enough = !there || every.there >= std::min(every.all, asked);
    const bool enough_strict = strict.there >= std::min(strict.all, asked);
    if (enough && there) c.set(plan_.alone, 0);
    if (plan_.degrade != kNone<TimerId>) {
      if (enough || c.cell(plan_.alone) != 0) {
        c.cancel(plan_.degrade);
      } else if (!c.pending(plan_.degrade)) {
        c.start(plan_.degrade, plan_.degrade_after);
      }
    }
    const bool degraded = c.cell(plan_.alone) != 0 && enough_strict;
    c.set(plan_.acknowledges, enough || degraded ? 1 : 0);
  }

  /// A former head that is active still takes writes where its successor is not reached.
  const Member* acting_former(const Reading& r) const {
    for (Size m = 0; m < count(); ++m) {
      if (m != head(r) && acts_as_old(r, m) && r.value(member(m).usable)) return &member(m);
    }
    return nullptr;
  }

  void let_flow(Context& c) const {
    const bool head_alive = alive(c);
    const Rates now = rates(c);
    const Member* const former = acting_former(c);
    if (former != nullptr && now.former > 0) c.set(former->diverged, 1);
    const double written = head_alive ? now.head : 0.0;
    flow(c, plan_.doomed, now.former);
    flow(c, plan_.since_backup, written);
    flow(c, plan_.by_head, written);
    each_copy(c, [&](Size m) { let_flow(c, m, written, head_alive); });
    flow(c, member(head(c)).behind, 0.0);
  }

  void let_flow(Context& c, Size m, double written, bool head_alive) const {
    const Member& to = member(m);
    const bool in_step = standing(c, m) == Plan::kInStep;
    if (head_alive) flow(c, to.unsent, in_step || !periodic(m) ? written : 0.0);
    if (head_alive) flow(c, to.wire, in_step ? written : 0.0);
    if (in_step) return;
    if (written > 0) begin_to_lack(c, m);
    if (standing(c, m) != Plan::kCatchingUp) {
      flow(c, to.behind, written);
      return;
    }
    flow(c, to.behind, written - to.most_per_s);
    if (written < to.most_per_s && !c.pending(to.caught_up)) c.when(to.behind, 0.0, to.caught_up);
  }

  /// What a former head has acknowledged beside its successor is lost when it stops.
  void demote(Context& c) const {
    bool acts = acting_former(c) != nullptr;
    // Who stands in keeps what it has until the head takes over again.
    acts = acts || (!plan_.promotes && !alive(c) && c.cell(plan_.old_acts) != 0);
    if (c.cell(plan_.old_acts) != 0 && !acts) {
      c.earn(plan_.lost, {1.0, kNone<LawId>, plan_.doomed});
      empty(c, plan_.doomed);
    }
    c.set(plan_.old_acts, acts ? 1 : 0);
  }

  void look_for_data(Context& c) const {
    if (plan_.restored == kNone<TimerId>) return;
    bool some = false;
    bool usable = false;
    for (Size m = 0; m < count(); ++m) {
      some = some || whole(c, m);
      usable = usable || c.value(member(m).usable);
    }
    if (!some && c.cell(plan_.data_there) != 0) c.earn(plan_.data_loss, {});
    c.set(plan_.data_there, some ? 1 : 0);
    if (some || !usable) {
      c.cancel(plan_.restored);
    } else if (!c.pending(plan_.restored)) {
      c.start(plan_.restored, plan_.restore);
    }
  }

  void consider_promotion(Context& c) const {
    const Size h = head(c);
    const bool head_alive = alive(c);
    bool somebody = false;  // who lacks nothing
    bool stale = false;     // and who does
    for (Size m = 0; m < count(); ++m) {
      const Member& to = member(m);
      if (m == h) continue;
      if (!lacks(c, m)) {
        c.set(to.known, 0);
      } else if (!c.value(to.usable) || c.cell(to.diverged) != 0 ||
                 (head_alive && reaches(c, h, m))) {
        c.set(to.known, 1);
      }
      const bool there = c.value(to.usable) && whole(c, m);
      somebody = somebody || (there && c.cell(to.known) == 0);
      stale = stale || (there && c.cell(to.known) != 0);
    }
    if (plan_.allow_stale != kNone<TimerId>) {
      if (head_alive || somebody || !stale) {
        c.cancel(plan_.allow_stale);
        if (head_alive) c.set(plan_.stale_may, 0);
      } else if (c.cell(plan_.stale_may) == 0 && !c.pending(plan_.allow_stale)) {
        c.start(plan_.allow_stale, plan_.stale_after);
      }
    }
    bool newest = false;  // it is not gone for good
    for (Size m = 0; m < count(); ++m) {
      newest = newest || (whole(c, m) && (m == h || !lacks(c, m)));
    }
    const bool stale_may = !head_alive && (plan_.stale == Plan::Stale::at_once ||
                                           c.cell(plan_.stale_may) != 0 || !newest);
    const bool may_serve = head_alive || somebody || !stale || stale_may || !plan_.promotes;
    c.set(plan_.newest_there, may_serve ? 1 : 0);
    for (Size m = 0; m < count(); ++m) {
      const Member& to = member(m);
      const bool known = m != h && c.cell(to.known) != 0;
      c.set(to.fit, whole(c, m) && (!known || stale_may || !plan_.promotes) ? 1 : 0);
      const int ranks = static_cast<int>(count());
      c.set(to.worth, m == h ? 0 : lacks(c, m) ? ranks + c.cell(to.lacks) : to.rank);
    }
  }

  Plan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> replication(ReplicationPlan plan) {
  return std::make_unique<Replication>(std::move(plan));
}

}  // namespace nines
