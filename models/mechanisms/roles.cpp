#include "models/mechanisms/roles.hpp"

#include <algorithm>

namespace nines {
namespace {

class Roles final : public Reaction {
 public:
  using Plan = RolesPlan;
  using Member = RolesPlan::Member;
  explicit Roles(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& context, Wake why) const override {
    if (why.by == Wake::By::begin) {
      for (const Member& member : plan_.members) {
        if (context.cell(member.doing) == kStandby) operate(context, member, plan_.dormancy);
      }
    }
    const Member* const loser = why.by == Wake::By::timer ? on_timer(context, why) : nullptr;
    drop_candidates(context);
    if (plan_.notices_returns) {
      for (const Member& member : plan_.members) watch_return(context, member, loser);
    }
    if (plan_.fencing) {
      for (const Member& member : plan_.members) note_joined(context, member);
    }
    if (plan_.quorum) restart_stopped(context);
    resume_lapsed(context);
    fill_places(context, loser);
    settle_stale(context);
    for (const Member& member : plan_.members) watch(context, member);
    for (const Member& member : plan_.members) consider_failback(context, member);
    note_phase(context);
  }

 private:
  using Size = std::size_t;

  int doing(const Reading& r, const Member& m) const { return r.cell(m.doing); }
  bool is_active(const Reading& r, const Member& m) const { return r.cell(m.doing) == kActive; }
  bool stale(const Reading& r, const Member& m) const { return r.cell(m.stale) != 0; }
  /// It runs: it is heard, and has a vote.
  bool usable(const Reading& r, const Member& m) const { return r.value(m.usable); }
  bool has_data(const Reading& r, const Member& m) const {
    return m.whole == kNone<SignalId> || r.value(m.whole);
  }
  /// It can do its job.
  bool works(const Reading& r, const Member& m) const { return usable(r, m) && has_data(r, m); }
  /// It could begin to serve.
  bool ready(const Reading& r, const Member& m) const {
    return usable(r, m) && (m.fit == kNone<SignalId> || r.value(m.fit)) &&
           (!plan_.notices_returns || r.cell(m.known) != 0) && !m.sight.mute(r) &&
           (!plan_.quorum || has_quorum(r, m));
  }
  bool is_sent(const Reading& r, const Member& m) const {  // heartbeats
    if (m.sight.mute(r)) return false;
    return usable(r, m) || m.sight.looks(r, false) == Looks::hidden;
  }
  bool reaches(const Reading& r, const Member& a, const Member& b) const {
    if (a.reach.empty()) return true;
    const SignalId signal = a.reach[index_of(b)];
    return signal == kNone<SignalId> || r.value(signal);
  }
  bool hears(const Reading& r, const Member& who, const Member& whom) const {
    return is_sent(r, whom) && reaches(r, who, whom);
  }
  Size index_of(const Member& m) const { return static_cast<Size>(&m - plan_.members.data()); }

  bool leads(const Reading& r, const Member& m) const {
    return is_active(r, m) && !stale(r, m) && r.cell(m.active) != 0 && works(r, m);
  }
  bool reaches_witness(const Reading& r, const Member& m) const {
    return m.reach_witness == kNone<SignalId> || r.value(m.reach_witness);
  }
  /// It is active itself, or hears one that is; whoever is active now keeps its voters.
  bool follows_another(const Reading& r, const Member& voter, const Member& m) const {
    if (leads(r, m)) return false;
    return std::any_of(plan_.members.begin(), plan_.members.end(), [&](const Member& leader) {
      return &leader != &m && leads(r, leader) && (&leader == &voter || hears(r, voter, leader));
    });
  }

  /// More than half of the votes. Nobody votes for one member while it follows another.
  bool has_quorum(const Reading& r, const Member& m) const {
    int votes = 1;
    for (const Member& other : plan_.members) {
      if (&other == &m || !usable(r, other) || follows_another(r, other, m)) continue;
      votes += hears(r, m, other) && hears(r, other, m) ? 1 : 0;
    }
    int all = static_cast<int>(plan_.members.size());
    if (plan_.witness != kNone<SignalId>) {
      ++all;
      const bool free =
          std::none_of(plan_.members.begin(), plan_.members.end(), [&](const Member& leader) {
            return &leader != &m && leads(r, leader) && is_sent(r, leader) &&
                   reaches_witness(r, leader);
          });
      votes += r.value(plan_.witness) && reaches_witness(r, m) && !m.sight.mute(r) &&
                       (free || leads(r, m))
                   ? 1
                   : 0;
    }
    return 2 * votes > all;
  }

  void operate(Context& context, const Member& member, double speed) const {
    for (const ComponentId component : member.components) context.operate(component, speed);
  }
  void become(Context& context, const Member& member, Doing doing) const {
    context.set(member.doing, doing);
    context.set(member.active, doing == kActive ? 1 : 0);
    if (doing != kActive) context.set(member.stale, 0);
    operate(context, member, doing == kStandby || doing == kLapsed ? plan_.dormancy : 1.0);
  }

  // ---- Timers ----

  /// Returns the member that has lost its place now, if one has.
  const Member* on_timer(Context& context, Wake why) const {
    for (const Member& member : plan_.members) {
      if (why.is(member.notice)) {
        context.earn(member.noticed_once, {});
        if (plan_.fencing && works(context, member) && context.value(member.could_serve)) {
          switch_off_others(context, member);
          continue;
        }
        lose_place(context, member);
        return &member;
      } else if (member.alarm != kNone<TimerId> && why.is(member.alarm)) {
        if (candidate(context, nullptr) == nullptr) continue;  // nobody to turn to
        context.earn(plan_.counts.unfounded, {});
        become(context, member, kStandby);
        return &member;
      } else if (member.back != kNone<TimerId> && why.is(member.back)) {
        context.set(member.known, 1);
      } else if (why.is(member.act)) {
        serve(context, member);
      } else if (why.is(member.go_back)) {
        go_back(context, member);
      } else if (member.step_down != kNone<TimerId> && why.is(member.step_down)) {
        context.set(member.active, 0);  // it keeps its place until others miss it
      }
    }
    return nullptr;
  }

  /// The failure of an active member has been noticed, or it is not heard.
  void lose_place(Context& context, const Member& member) const {
    if (plan_.by_peers && works(context, member)) {
      // Cut off from its users, too, it had to be replaced.
      if (context.value(member.could_serve)) context.earn(plan_.counts.unfounded, {});
      if (!plan_.fencing) {
        context.set(member.stale, 1);
        return;
      }
      switch_off(context, member);
    }
    become(context, member, kStandby);
  }

  void switch_off(Context& context, const Member& member) const {
    context.set(member.joined, 0);
    for (const ComponentId component : member.restartable) context.restart(component);
  }
  /// Both sides of a partition try to switch the other off; while its users reach it the active one
  /// wins, since the standby waits a little (Pacemaker, pcmk_delay_base).
  void switch_off_others(Context& context, const Member& active) const {
    for (const Member& member : plan_.members) {
      if (doing(context, member) != kStandby || !usable(context, member)) continue;
      if (!hears(context, member, active)) switch_off(context, member);
    }
  }

  void serve(Context& context, const Member& member) const {
    const int what = doing(context, member);
    const bool by_hand = what == kAwaiting;
    become(context, member, kActive);
    if (by_hand || what == kTaking) context.earn(plan_.counts.done, {});
    if (!by_hand) return;
    for (const Member& other : plan_.members) {
      if (doing(context, other) != kLapsed) continue;
      become(context, other, kStandby);
      return;
    }
  }

  /// The last of the active members gives its role to one that comes before it.
  void go_back(Context& context, const Member& member) const {
    const Member* last = nullptr;
    for (const Member& other : plan_.members) {
      if (comes_after(context, other, member)) last = &other;
    }
    if (last == nullptr || !ready(context, member)) return;
    become(context, *last, kStandby);
    become(context, member, kReturning);
    context.earn(plan_.counts.returned, {});
    context.start(member.act, plan_.failback_outage);
  }

  // ---- What follows from how things are ----

  void drop_candidates(Context& context) const {
    for (const Member& member : plan_.members) {
      const int what = doing(context, member);
      if (what == kStandby || what == kActive || what == kLapsed) continue;
      if (ready(context, member)) continue;
      context.cancel(member.act);
      if (what == kTaking || what == kAwaiting) context.earn(plan_.counts.failed, {});
      become(context, member, kStandby);
      if (what != kAwaiting) continue;
      for (const Member& other : plan_.members) {  // both gone: whoever returns first
        if (doing(context, other) != kLapsed) continue;
        become(context, other, kStandby);
        break;
      }
    }
  }

  /// Of two that are active and hear each other one steps down; one that dies is no longer active.
  void settle_stale(Context& context) const {
    for (const Member& old : plan_.members) {
      if (!stale(context, old)) continue;
      if (!works(context, old)) {
        become(context, old, kStandby);
        continue;
      }
      const Member* successor = nullptr;
      for (const Member& other : plan_.members) {
        if (is_active(context, other) && !stale(context, other)) successor = &other;
      }
      if (successor == nullptr) {
        // Its successor is gone: it is the one again.
        if (places_taken(context) < plan_.places) context.set(old.stale, 0);
        continue;
      }
      if (!hears(context, old, *successor) || !hears(context, *successor, old)) continue;
      if (plan_.first_wins && index_of(old) < index_of(*successor)) {
        context.set(old.stale, 0);
        become(context, *successor, kStandby);
      } else {
        become(context, old, kStandby);
      }
    }
  }

  /// Whoever has failed out of its place, or lost it, is not taken for well before that is noticed.
  void watch_return(Context& context, const Member& member, const Member* loser) const {
    if (is_active(context, member)) return;
    const bool up = works(context, member);
    const bool serves = up && context.value(member.could_serve);
    if (!serves) {
      context.cancel(member.back);
      context.set(member.known, 0);
      context.set(member.looked, static_cast<int>(member.sight.looks(context, up)));
    } else if (&member == loser) {  // by mistake
      context.set(member.known, 0);
      context.set(member.looked, kFalseAlarm);
    }
    if (serves && context.cell(member.known) == 0 && !context.pending(member.back)) {
      context.start(member.back, plan_.back[static_cast<Size>(context.cell(member.looked))]);
    }
  }

  /// One that has stopped for want of a quorum, and has it again, starts like one that returns.
  void restart_stopped(Context& context) const {
    for (const Member& member : plan_.members) {
      if (!is_active(context, member) || stale(context, member)) continue;
      if (context.cell(member.active) != 0 || !has_quorum(context, member)) continue;
      become(context, member, kStandby);
      context.set(plan_.vacant, std::min(plan_.places, context.cell(plan_.vacant) + 1));
    }
  }

  /// Whoever has started hears others before it may call them dead (corosync, wait_for_all).
  void note_joined(Context& context, const Member& member) const {
    if (!usable(context, member)) {
      context.set(member.joined, 0);
    } else if (std::any_of(plan_.members.begin(), plan_.members.end(), [&](const Member& other) {
                 return &other != &member && hears(context, member, other);
               })) {
      context.set(member.joined, 1);
    }
  }

  /// One that returns while a person is awaited serves again, and nobody need come.
  void resume_lapsed(Context& context) const {
    for (const Member& member : plan_.members) {
      if (doing(context, member) != kLapsed || !ready(context, member)) continue;
      if (!plan_.by_peers && !context.value(member.could_serve)) continue;
      become(context, member, kActive);
      for (const Member& other : plan_.members) {
        if (doing(context, other) != kAwaiting) continue;
        context.cancel(other.act);
        context.earn(plan_.counts.failed, {});
        become(context, other, kStandby);
        break;
      }
    }
  }

  int places_taken(const Reading& r) const {
    int taken = 0;
    for (const Member& member : plan_.members) {
      const int what = doing(r, member);
      const bool empty = what == kStandby || what == kLapsed || stale(r, member);
      taken += empty ? 0 : 1;
    }
    return taken;
  }

  /// The first standby member that is ready, of the best standing; rather one who could serve than
  /// one who is cut off.
  const Member* candidate(const Reading& r, const Member* except) const {
    const Member* best = nullptr;
    const auto worth = [&](const Member& m) {
      return std::pair(!r.value(m.could_serve),
                       m.standing == kNone<CellId> ? 0 : r.cell(m.standing));
    };
    for (const Member& member : plan_.members) {
      if (&member == except || doing(r, member) != kStandby || !ready(r, member)) continue;
      if (plan_.by_peers && plan_.places == 1 && hears_an_active(r, member)) continue;
      if (best == nullptr || worth(member) < worth(*best)) best = &member;
    }
    return best;
  }
  bool hears_an_active(const Reading& r, const Member& member) const {
    return std::any_of(plan_.members.begin(), plan_.members.end(), [&](const Member& other) {
      return is_active(r, other) && hears(r, member, other);
    });
  }

  void fill_places(Context& context, const Member* loser) const {
    int vacant = context.cell(plan_.vacant);
    while (places_taken(context) < plan_.places) {
      const Member* const member = candidate(context, loser);
      if (member == nullptr) break;
      // Nobody was there: whoever returns first takes the place, and no automation can fail.
      const bool alone = vacant > 0;
      if (alone) --vacant;
      take_over(context, *member, alone, loser);
    }
    context.set(plan_.vacant, plan_.places - places_taken(context));
  }

  void take_over(Context& context, const Member& member, bool alone, const Member* loser) const {
    if (!alone) context.earn(plan_.counts.begun, {});
    const double by_itself[] = {plan_.automatic, 1.0 - plan_.automatic};
    if (!alone && plan_.automatic < 1.0 && context.choose(by_itself) == 1) {
      await_person(context, member, loser);
    } else {
      become(context, member, alone ? kStarting : kTaking);
      context.start(member.act, alone ? member.takes_over_alone : member.takes_over);
    }
    if (!(plan_.fails_on_demand > 0) || member.on_demand == kNone<ModeId>) return;
    const double odds[] = {plan_.fails_on_demand, 1.0 - plan_.fails_on_demand};
    if (context.choose(odds) == 0) context.fail(member.on_demand);
  }

  void await_person(Context& context, const Member& member, const Member* loser) const {
    become(context, member, kAwaiting);
    context.start(member.act, plan_.otherwise);
    // Whoever lost the place may still return to it.
    if (loser != nullptr && doing(context, *loser) == kStandby) become(context, *loser, kLapsed);
  }

  /// Starts and stops the clock of the notice that an active member is missed.
  void watch(Context& context, const Member& member) const {
    const bool in_place = is_active(context, member) && !stale(context, member);
    bool missed = false;
    int looked = 0;
    LawId law = kNone<LawId>;
    if (in_place) {
      const Member* const watcher =
          plan_.by_peers ? who_misses(context, member) : better_than(context, member);
      const bool serves = works(context, member);
      const bool heard = plan_.by_peers && is_sent(context, member) && has_data(context, member);
      const bool gone = !serves && !heard;
      missed = gone || watcher != nullptr;
      const bool heard_of = !plan_.by_peers || (!serves && !member.sight.mute(context));
      const Looks looks = heard_of ? member.sight.looks(context, serves) : Looks::silent;
      looked = static_cast<int>(looks);
      law = (watcher != nullptr ? *watcher : member).noticed[static_cast<Size>(looks)];
    }
    if (!missed || law == kNone<LawId>) {
      context.cancel(member.notice);
    } else if (!context.pending(member.notice) || context.cell(member.looked) != looked) {
      context.cancel(member.notice);  // one that looks otherwise now is noticed otherwise
      context.start(member.notice, law);
      context.set(member.looked, looked);
    }
    context.set(member.unnoticed, missed ? 0 : 1);
    if (member.alarm != kNone<TimerId>) {
      const bool may = in_place && !missed;
      if (!may) {
        context.cancel(member.alarm);
      } else if (!context.pending(member.alarm)) {
        context.start(member.alarm, plan_.false_alarm);
      }
    }
    if (member.step_down != kNone<TimerId>) {
      const bool must =
          is_active(context, member) && usable(context, member) && !has_quorum(context, member);
      if (!must) {
        context.cancel(member.step_down);
      } else if (context.cell(member.active) != 0 && !context.pending(member.step_down)) {
        context.start(member.step_down, plan_.steps_down);
      }
    }
  }

  /// The first standby member that is ready and hears no active one.
  const Member* who_misses(const Reading& r, const Member& active) const {
    for (const Member& member : plan_.members) {
      if (doing(r, member) != kStandby || !ready(r, member)) continue;
      if (plan_.fencing && usable(r, active) && r.cell(member.joined) == 0) continue;
      const bool hears_one =
          plan_.places == 1 ? hears_an_active(r, member) : hears(r, member, active);
      if (!hears_one) return &member;
    }
    return nullptr;
  }
  /// One who could serve, where the active member is cut off.
  const Member* better_than(const Reading& r, const Member& active) const {
    if (r.value(active.could_serve)) return nullptr;
    for (const Member& member : plan_.members) {
      if (doing(r, member) == kStandby && ready(r, member) && r.value(member.could_serve)) {
        return &member;
      }
    }
    return nullptr;
  }

  /// Whether `other` is active, comes after the member, and both know it of each other.
  bool comes_after(const Reading& r, const Member& other, const Member& member) const {
    if (!is_active(r, other) || stale(r, other) || !works(r, other)) return false;
    if (index_of(other) < index_of(member)) return false;
    return !plan_.by_peers || (hears(r, member, other) && hears(r, other, member));
  }

  void consider_failback(Context& context, const Member& member) const {
    if (!plan_.fails_back) return;
    bool busy = false;
    bool behind = false;  // an active member that comes after it
    for (const Member& other : plan_.members) {
      const int what = doing(context, other);
      busy = busy || (what != kStandby && what != kActive);
      behind = behind || comes_after(context, other, member);
    }
    const bool may = behind && !busy && doing(context, member) == kStandby &&
                     ready(context, member) && context.value(member.could_serve) &&
                     places_taken(context) == plan_.places;
    if (!may) {
      context.cancel(member.go_back);
    } else if (!context.pending(member.go_back)) {
      context.start(member.go_back, member.goes_back);
    }
  }

  void note_phase(Context& context) const {
    bool detection = false;
    bool takeover = false;
    bool by_hand = false;
    bool failback = false;
    bool returning = false;
    int active = 0;
    for (const Member& member : plan_.members) {
      detection = detection || context.pending(member.notice);
      const int what = doing(context, member);
      takeover = takeover || what == kTaking || what == kStarting;
      by_hand = by_hand || what == kAwaiting;
      failback = failback || what == kReturning;
      returning = returning || (plan_.notices_returns && usable(context, member) &&
                                context.cell(member.known) == 0);
      active += context.cell(member.active) != 0 && works(context, member) ? 1 : 0;
    }
    context.set(plan_.detection, detection ? 0 : 1);
    context.set(plan_.takeover, takeover ? 0 : 1);
    context.set(plan_.by_hand, by_hand ? 0 : 1);
    context.set(plan_.failback, failback ? 0 : 1);
    context.set(plan_.returning, returning ? 0 : 1);
    context.set(plan_.split, active > plan_.places ? 0 : 1);
    const bool wants_quorum =
        plan_.quorum && active < plan_.places &&
        std::any_of(plan_.members.begin(), plan_.members.end(), [&](const Member& member) {
          return usable(context, member) && !has_quorum(context, member);
        });
    context.set(plan_.no_quorum, wants_quorum ? 0 : 1);
  }

  Plan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> roles(RolesPlan plan) {
  return std::make_unique<Roles>(std::move(plan));
}

}  // namespace nines
