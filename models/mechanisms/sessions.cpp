#include "models/mechanisms/sessions.hpp"

#include <algorithm>
#include <memory>

namespace nines {
namespace {

/// The share of sessions with `copies` copies each, on `holders` members at random, all of whose
/// copies are on `lost` of them: hypergeometric.
double share_lost(int copies, int holders, int lost) {
  if (holders <= copies) return lost == holders ? 1.0 : 0.0;
  double share = 1.0;
  for (int i = 0; i < copies; ++i) {
    share *= std::max(0.0, static_cast<double>(lost - i)) / static_cast<double>(holders - i);
  }
  return share;
}

class Sessions final : public Reaction {
 public:
  struct Member {
    SignalId usable{};
    SignalId in_service = kNone<SignalId>;
    CellId holds{};
    FluidId fluid = kNone<FluidId>;
  };
  struct Group {
    std::vector<Member> members;
    int copies = 1;
    FluidId fluid = kNone<FluidId>;  ///< of all its members together, if there are copies
  };
  struct Plan {
    std::vector<Group> groups;
    double population = 0.0;
    double rate_per_s = 0.0;  ///< at which a session ends; 0: no length
    SignalId store = kNone<SignalId>;
    CellId stored{};
    FluidId fluid = kNone<FluidId>;  ///< of the store
    MeasureId lost{};
    CellId open{};
    TimerId settle{};
    LawId at_once{};
  };
  explicit Sessions(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& context, Wake why) const override {
    const bool begin = why.by == Wake::By::begin;
    if (!begin && !why.is(plan_.settle)) {
      // Whatever else happens at this moment happens first: it is one loss.
      if (!context.pending(plan_.settle)) context.start(plan_.settle, plan_.at_once);
      return;
    }
    if (!begin) lose(context);
    int groups = 0;
    for (const Group& group : plan_.groups) groups += count(context, group, false) > 0 ? 1 : 0;
    const bool stored = plan_.store == kNone<SignalId> || context.value(plan_.store);
    context.set(plan_.open, groups > 0 && stored ? 1 : 0);
    if (plan_.store != kNone<SignalId>) {
      context.set(plan_.stored, stored ? 1 : 0);
      fill(context, plan_.fluid, groups > 0 && stored ? plan_.population : 0.0, begin);
    }
    for (const Group& group : plan_.groups) {
      const int members = count(context, group, false);
      const double share = members > 0 ? plan_.population / groups : 0.0;
      for (const Member& member : group.members) {
        const bool holds = serves(context, member);
        context.set(member.holds, holds ? 1 : 0);
        fill(context, member.fluid, holds ? share / members : 0.0, begin);
      }
      fill(context, group.fluid, share, begin);
    }
  }

 private:
  static bool serves(const Reading& r, const Member& member) {
    return r.value(member.usable) &&
           (member.in_service == kNone<SignalId> || r.value(member.in_service));
  }
  /// How many of a group hold sessions; `before` this change.
  static int count(const Reading& r, const Group& group, bool before) {
    return static_cast<int>(
        std::count_if(group.members.begin(), group.members.end(), [&](const Member& member) {
          return before ? r.cell(member.holds) != 0 : serves(r, member);
        }));
  }

  void fill(Context& context, FluidId fluid, double target, bool begin) const {
    if (fluid == kNone<FluidId>) return;
    if (begin) context.level(fluid, target);
    context.flow(fluid, target, plan_.rate_per_s);
  }

  void lose(Context& context) const {
    if (plan_.store != kNone<SignalId>) {
      if (context.cell(plan_.stored) == 0 || context.value(plan_.store)) return;
      earn(context, plan_.fluid, 1.0, plan_.population);
      return;
    }
    int groups = 0;
    for (const Group& group : plan_.groups) groups += count(context, group, true) > 0 ? 1 : 0;
    for (const Group& group : plan_.groups) {
      const int holders = count(context, group, true);
      int lost = 0;
      for (const Member& member : group.members) {
        if (context.cell(member.holds) == 0 || serves(context, member)) continue;
        ++lost;
        if (member.fluid != kNone<FluidId>) earn(context, member.fluid, 1.0, 0.0);
      }
      if (lost == 0) continue;
      const double share = share_lost(group.copies, holders, lost);
      const bool by_member = group.members.front().fluid != kNone<FluidId>;
      if (!by_member && share > 0) {
        earn(context, group.fluid, share, plan_.population / groups);
      }
    }
  }

  /// A share of a fluid or, without lengths, of a number.
  void earn(Context& context, FluidId fluid, double share, double number) const {
    if (fluid == kNone<FluidId>) {
      context.earn(plan_.lost, {share * number});
      return;
    }
    context.earn(plan_.lost, {share, kNone<LawId>, fluid});
    context.scale(fluid, 1.0 - share);
  }

  Plan plan_;
};

}  // namespace

Parameter sessions_key() {
  auto sticky = std::make_shared<Record>(
      Record{"sticky", "On the member that serves it: its requests go there.", {}});
  Parameter copies =
      count("copies", 1000, "", "", "On so many members; copied anew as soon as one is lost.");
  copies.low = 2;
  Parameter store = names("store", "group",
                          "In a group of its own, where losing a server loses "
                          "none.");
  store.single = true;
  return choice_of("sessions", "sessions",
                   {record_of("sticky", sticky, sticky->help), copies, store},
                   "Where sessions live; a session is lost when all its copies are.");
}

CompiledSessions compile_sessions(const SessionsSpec& spec, ModelBuilder& model) {
  const std::string of = spec.service + "/sessions";
  CompiledSessions compiled;
  compiled.population = spec.population;
  compiled.lost = model.measure(spec.service + "/lost sessions");
  Sessions::Plan plan;
  plan.population = spec.population;
  plan.lost = compiled.lost;
  plan.open = model.cell({of + "/open", 0, 1, 1});
  compiled.open = model.flag(plan.open);
  model.observe(compiled.open);
  if (spec.length_s) {
    plan.rate_per_s = 1.0 / *spec.length_s;
    compiled.begin_per_s = spec.population / *spec.length_s;
  }
  const auto fluid = [&](const std::string& name) {
    return spec.length_s ? model.fluid({name, 0.0, spec.population, 0.0}) : kNone<FluidId>;
  };
  Watches watches;
  plan.store = spec.store;
  watches.follow(spec.store);
  const bool stored = spec.store != kNone<SignalId>;
  if (stored) {
    plan.stored = model.cell({of + "/stored", 0, 1, 1});
    plan.fluid = fluid(of + "/in store");
  }
  for (const SessionHolder& holder : spec.holders) {
    Sessions::Group group;
    group.copies = holder.copies;
    const std::string in = of + "/" + holder.group->name;
    if (!stored && holder.copies > 1) group.fluid = fluid(in);
    for (const CompiledGroup::Member& member : holder.group->members) {
      Sessions::Member row;
      row.usable = member.usable;
      // Copies also live on those who stand by.
      const bool anywhere = holder.copies > 1 && holder.group->failovers.split != kNone<SignalId>;
      if (member.active != kNone<CellId> && !anywhere) row.in_service = model.flag(member.active);
      row.holds = model.cell({in + "/" + member.name(), 0, 1, 0});
      if (!stored && holder.copies == 1) row.fluid = fluid(in + "/on " + member.name());
      watches.follow(row.usable);
      watches.follow(row.in_service);
      group.members.push_back(row);
    }
    plan.groups.push_back(std::move(group));
  }
  plan.settle = model.timer(of + "/settle");
  plan.at_once = model.law(deterministic(0.0));
  model.reaction(spec.service + "#sessions", std::make_unique<Sessions>(std::move(plan)),
                 std::move(watches));
  return compiled;
}

}  // namespace nines
