// A queue: writes are acknowledged when they are in it, and go on to what is behind it when that
// takes them. So what is behind may be down for a while; and what waits is lost with the queue.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "models/catalogue.hpp"
#include "models/mechanisms/writes.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

/// A queue that has been full takes writes again when this share of its size is free, so that it
/// does not go from full to free and back with each write.
constexpr double kFreedShare = 0.01;

/// Fills with what is acknowledged and drains into what is behind.
///
/// All members that are usable have what waits; who was away while something waited lacks it until
/// it meets one who has it, or nothing waits any more. With the data of the last who has it all
/// that waits is lost.
class Queue final : public Reaction {
 public:
  struct Member {
    SignalId usable{};
    CellId has{};                    ///< all that waits
    std::vector<ModeId> destroying;  ///< modes that destroy what it has
  };
  struct Plan {
    std::vector<Member> members;
    std::vector<CompiledWrites> takes;
    std::vector<CompiledWrites> behind;
    FluidId waiting{};
    double size = 0.0;
    double drains_per_s = 0.0;  ///< while all that is offered behind it is served; else what is
    CellId room{};              ///< 0 while it is full
    TimerId full{}, freed{};
    /// With several members: 1 while nothing waits, and when that begins.
    CellId empty = kNone<CellId>;
    TimerId emptied = kNone<TimerId>;
    MeasureId lost = kNone<MeasureId>;
  };
  explicit Queue(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake why) const override {
    note_destroyed(c);
    const double in = written_per_s(c, plan_.takes);
    share(c);
    if (std::isfinite(plan_.size)) {
      if (why.is(plan_.full)) c.set(plan_.room, 0);
      if (why.is(plan_.freed)) c.set(plan_.room, 1);
    }
    const bool all = all_served(c, plan_.behind);
    const double out = all ? plan_.drains_per_s : written_per_s(c, plan_.behind);
    if (c.inflow(plan_.waiting) != in - out) c.flow(plan_.waiting, in - out);
    empty_or_not(c, why, in - out);
    if (!std::isfinite(plan_.size)) return;
    const bool room = c.cell(plan_.room) != 0;
    const TimerId next = room ? plan_.full : plan_.freed;
    const double level = room ? plan_.size : plan_.size * (1.0 - kFreedShare);
    if (!c.pending(next)) c.when(plan_.waiting, level, next);
  }

 private:
  void note_destroyed(Context& c) const {
    bool any = false;
    bool left = false;
    for (const Member& member : plan_.members) {
      const bool destroyed = std::any_of(member.destroying.begin(), member.destroying.end(),
                                         [&](ModeId mode) { return c.failed(mode); });
      any = any || (destroyed && c.cell(member.has) != 0);
      if (destroyed) c.set(member.has, 0);
      left = left || c.cell(member.has) != 0;
    }
    if (!any || left) return;
    c.earn(plan_.lost, {1.0, kNone<LawId>, plan_.waiting});
    c.level(plan_.waiting, 0.0);
    if (std::isfinite(plan_.size)) {
      c.cancel(plan_.full);  // it may be full at this very moment
      c.cancel(plan_.freed);
      c.set(plan_.room, 1);
    }
    if (plan_.empty != kNone<CellId>) {
      c.cancel(plan_.emptied);
      c.set(plan_.empty, 1);
    }
    for (const Member& member : plan_.members) c.set(member.has, 1);  // of nothing
  }
  /// Of nothing all have all.
  void empty_or_not(Context& c, Wake why, double grows_per_s) const {
    if (plan_.empty == kNone<CellId>) return;
    if (why.is(plan_.emptied)) c.set(plan_.empty, 1);
    if (grows_per_s > 0) {
      c.set(plan_.empty, 0);
    } else if (c.cell(plan_.empty) == 0 && !c.pending(plan_.emptied)) {
      c.when(plan_.waiting, 0.0, plan_.emptied);
    }
    share(c);
  }
  void share(Context& c) const {
    if (plan_.empty == kNone<CellId>) return;
    if (c.cell(plan_.empty) != 0) {
      for (const Member& member : plan_.members) c.set(member.has, 1);
      return;
    }

    const bool some = std::any_of(plan_.members.begin(), plan_.members.end(), [&](const Member& m) {
      return c.value(m.usable) && c.cell(m.has) != 0;
    });
    for (const Member& member : plan_.members) {
      if (c.value(member.usable)) {
        if (some) c.set(member.has, 1);
      } else if (some) {
        c.set(member.has, 0);
      }
    }
  }

  Plan plan_;
};

void prepare(CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
  const double infinite = std::numeric_limits<double>::infinity();
  group.need = static_cast<int>(settings.number("need"));
  bool may_go = false;
  for (CompiledGroup::Member& member : group.members) {
    const SignalId has =
        model.flag(model.cell({group.name + "/" + member.name() + "/has", 0, 1, 1}));
    member.conditions.push_back(has);
    group.waits.emplace_back(has, "newest copy");
    for (const CompiledMode& mode : member.component->modes) may_go = may_go || mode.destroys_data;
  }
  // Those who take from it do so while it is full, too.
  group.for_reads = std::make_unique<CompiledGroup>();
  group.for_reads->name = group.name + "/behind";
  group.for_reads->members = group.members;
  group.for_reads->need = group.need;
  CompiledGroup::Buffer buffer;
  buffer.size = settings.number_or("size", infinite);
  buffer.waiting = model.fluid({group.name + "/waiting", 0.0, infinite, 0.0});
  group.buffer = std::move(buffer);
  if (std::isfinite(group.buffer->size)) {
    const SignalId room = model.flag(model.cell({group.name + "/room", 0, 1, 1}));
    group.conditions.push_back(room);
    group.waits.emplace_back(room, "full");
  }
  if (may_go) group.copies = {model.measure(group.name + "/lost writes")};
}

void react(CompiledGroup& group, const GroupView& view, const Settings& settings,
           ModelBuilder& model) {
  Queue::Plan plan;
  Watches watches;
  for (const CompiledGroup::Member& member : group.members) {
    Queue::Member row;
    row.usable = member.usable;
    row.has = model.cell_of(member.conditions.front());
    for (const CompiledMode& mode : member.component->modes) {
      if (!mode.destroys_data) continue;
      row.destroying.push_back(mode.id);
      watches.modes.push_back(mode.id);
    }
    watches.follow(row.usable);
    plan.members.push_back(std::move(row));
  }
  plan.takes = group.buffer->takes = view.writes;
  plan.behind = group.buffer->passes = view.behind;
  follow(watches, plan.takes);
  follow(watches, plan.behind);
  for (const CompiledWrites& source : plan.behind) watches.follow(source.available);
  if (group.copies) group.copies->writes = view.writes;
  if (group.copies) plan.lost = group.copies->lost;
  plan.waiting = group.buffer->waiting;
  plan.size = group.buffer->size;
  plan.drains_per_s = settings.number("drains");
  if (group.members.size() > 1) {
    plan.empty = model.cell({group.name + "/empty", 0, 1, 1});
    plan.emptied = model.timer(group.name + "/emptied");
  }
  if (std::isfinite(plan.size)) {
    plan.room = model.cell_of(group.conditions.front());
    plan.full = model.timer(group.name + "/full", group.name + " is full");
    plan.freed = model.timer(group.name + "/freed", group.name + " takes writes again");
  }
  model.reaction(group.name + "#queue", std::make_unique<Queue>(std::move(plan)),
                 std::move(watches));
}

}  // namespace

Policy queue_policy() {
  Policy policy;
  policy.record = {
      "queue",
      "Acknowledges writes and passes them on when what is behind it takes them; reads "
      "do not pass it.",
      {}};
  std::vector<Parameter>& keys = policy.record.parameters;
  for (Parameter& key : group_keys()) {
    if (key.key != "detection") keys.push_back(std::move(key));
  }
  keys.push_back(need_key("1"));
  Parameter drains = quantity("drains", Dimension::rate,
                              "How many writes those who take from it manage while what is behind "
                              "serves all that is offered; where it serves less, so many drain.");
  drains.required = true;
  drains.low_open = true;
  keys.push_back(drains);
  Parameter size = quantity("size", Dimension::writes,
                            "How many writes have room; more are rejected until a hundredth is "
                            "free again. Left out: there is no bound.");
  size.low_open = true;
  keys.push_back(size);
  policy.counts = {"need"};
  policy.buffers = true;
  policy.reads_apart = [](const Settings&, std::size_t) { return true; };
  policy.prepare = prepare;
  policy.react = react;
  return policy;
}

}  // namespace nines
