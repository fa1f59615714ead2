#include "models/policies/role_policy.hpp"

#include <algorithm>
#include <memory>

#include "models/mechanisms/roles.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

double mean_of(const LawPtr& law) { return law ? law->mean() : 0.0; }

/// The mode in which a member fails that was to take over and did not.
ModeId mode_on_demand(const CompiledGroup::Member& member) {
  if (member.component == nullptr) return kNone<ModeId>;
  for (const CompiledMode& mode : member.component->modes) {
    if (mode.takes_down()) return mode.id;
  }
  return kNone<ModeId>;
}

}  // namespace

void prepare_roles(CompiledGroup& group, const Settings& settings, int places,
                   ModelBuilder& model) {
  group.places = places;
  group.watches_itself = detects_by_peers(settings);
  for (std::size_t i = 0; i < group.members.size(); ++i) {
    CompiledGroup::Member& member = group.members[i];
    const bool first = static_cast<int>(i) < places;
    const std::string of = group.name + "/" + member.name();
    member.active = model.cell({group.name + "/active/" + member.name(), 0, 1, first ? 1 : 0});
    member.doing = model.cell({of + "/doing", kStandby, kReturning, first ? kActive : kStandby});
    member.stale = model.cell({of + "/stale", 0, 1, 0});
    for (const CompiledComponent* leaf : leaves_of(member)) model.govern(leaf->id);
  }
  for (const char* phase : {"detection", "takeover", "by hand", "failback", "return", "quorum"}) {
    const CellId cell = model.cell({group.name + "/" + phase, 0, 1, 1});
    group.waits.emplace_back(model.flag(cell), phase);
  }
  for (const CompiledGroup::Member& member : group.members) {
    const CellId cell = model.cell({group.name + "/unnoticed/" + member.name(), 0, 1, 1});
    group.failovers.watched.push_back(
        {model.flag(cell), model.measure(group.name + "/noticed/" + member.name())});
  }
  group.failovers.begun = model.measure(group.name + "/failovers");
  group.failovers.done = model.measure(group.name + "/failovers done");
  group.failovers.failed = model.measure(group.name + "/failed failovers");
  group.failovers.unfounded = model.measure(group.name + "/unfounded failovers");
  group.failovers.returned = model.measure(group.name + "/failbacks");
  const CellId split = model.cell({group.name + "/split brain", 0, 1, 1});
  group.failovers.split = model.flag(split);
  const Detection detection = detection_of(settings, group.members.size());
  double wait_s = settings.law("takeover")->mean();
  for (const auto& laws : detection.notice) {
    for (const LawPtr& law : laws) wait_s = std::max(wait_s, mean_of(law));
  }
  for (const char* key : {"otherwise", "failback_takes"}) {
    if (settings.has(key)) wait_s = std::max(wait_s, settings.law(key)->mean());
  }
  group.longest_wait_s = wait_s;
}

void react_roles(CompiledGroup& group, const GroupView& view, const Settings& settings,
                 const RoleRules& rules, ModelBuilder& model) {
  const Detection detection = detection_of(settings, group.members.size());
  const auto law_of = [&](const LawPtr& law) { return law ? model.law(law) : kNone<LawId>; };
  RolesPlan plan;
  Watches watches;
  plan.places = rules.places;
  plan.dormancy = rules.dormancy;
  plan.by_peers = detection.by_peers;
  plan.automatic = settings.number("automatic");
  if (settings.has("otherwise")) plan.otherwise = model.law(settings.law("otherwise"));
  plan.fails_on_demand = rules.fails_on_demand;
  const bool vrrp = !detection.listens_s.empty();
  plan.fails_back = vrrp ? detection.preempts : settings.text("failback") != "none";
  plan.failback_outage = model.law(settings.law("failback_takes"));
  plan.false_alarm = law_of(detection.false_alarm);
  plan.fencing = settings.truth("fencing");
  plan.quorum = settings.truth("quorum") || view.witness != nullptr;
  plan.first_wins = vrrp;
  if (view.witness != nullptr) plan.witness = view.witness->usable;
  watches.follow(plan.witness);
  // Before anyone can have noticed that it is gone: so that no two are ever active.
  plan.steps_down = model.law(deterministic(detection.soonest_s));
  plan.vacant = model.cell({group.name + "/vacant", 0, plan.places, 0});
  plan.split = model.cell_of(group.failovers.split);
  std::vector<CellId> phases;
  for (const auto& [signal, what] : group.waits) phases.push_back(model.cell_of(signal));
  plan.detection = phases[0];
  plan.takeover = phases[1];
  plan.by_hand = phases[2];
  plan.failback = phases[3];
  plan.returning = phases[4];
  plan.no_quorum = phases[5];
  plan.notices_returns = !detection.perfect && !detection.by_peers;
  if (plan.notices_returns) {
    for (std::size_t k = 0; k < kLooks; ++k) plan.back[k] = law_of(detection.back[k]);
    plan.back[kFalseAlarm] = law_of(detection.back_after_false_alarm);
  }
  plan.counts = group.failovers;
  const LawPtr& takeover = settings.law("takeover");
  for (std::size_t i = 0; i < group.members.size(); ++i) {
    const CompiledGroup::Member& member = group.members[i];
    const std::string of = group.name + "/" + member.name();
    RolesPlan::Member row;
    for (const CompiledComponent* leaf : leaves_of(member)) {
      row.components.push_back(leaf->id);
      if (leaf->restarts) row.restartable.push_back(leaf->id);
    }
    row.usable = member.usable;
    row.could_serve = view.could_serve[i];
    watches.follow(row.usable);
    watches.follow(row.could_serve);
    row.sight = Sight(member, detection);
    for (const ModeId mode : row.sight.mute_modes()) watches.modes.push_back(mode);
    for (const ModeId mode : row.sight.modes()) watches.modes.push_back(mode);
    for (const SignalId signal : row.sight.beneath()) watches.follow(signal);
    row.active = member.active;
    row.doing = member.doing;
    row.stale = member.stale;
    if (!rules.fit.empty()) {
      row.fit = rules.fit[i];
      watches.follow(row.fit);
    }
    if (!rules.whole.empty()) {
      row.whole = rules.whole[i];
      watches.follow(row.whole);
    }
    if (!rules.standing.empty()) row.standing = rules.standing[i];
    row.notice = model.timer(of + "/notice");
    row.act = model.timer(of + "/takeover");
    row.go_back = model.timer(of + "/failback");
    if (plan.false_alarm != kNone<LawId>) {
      row.alarm = model.timer(of + "/false alarm",
                              group.name + " takes " + member.name() + " for dead by mistake");
      model.spontaneous(row.alarm);
    }
    row.joined = model.cell({of + "/joined", 0, 1, 1});
    row.known = model.cell({of + "/known", 0, 1, 1});
    row.looked = model.cell({of + "/looked", 0, kFalseAlarm, 0});
    if (plan.notices_returns) row.back = model.timer(of + "/back");
    if (plan.quorum && !settings.truth("goes_on")) {
      row.step_down = model.timer(of + "/step down");
    }
    for (std::size_t k = 0; k < kLooks; ++k) {
      row.noticed[k] = law_of(detection.notice_by(i, static_cast<Looks>(k)));
    }
    const double replay_s = rules.replay_s.empty() ? 0.0 : rules.replay_s[i];
    const double listens_s = vrrp ? detection.listens_s[i] : 0.0;
    const auto after = [&](double more_s) {
      return model.law(more_s > 0 ? shifted(more_s, takeover) : takeover);
    };
    row.takes_over = after(replay_s);
    row.takes_over_alone = after(replay_s + listens_s);
    row.goes_back = model.law(vrrp                             ? deterministic(listens_s)
                              : settings.has("failback_after") ? settings.law("failback_after")
                                                               : deterministic(0.0));
    if (!view.reach.empty()) {
      row.reach = view.reach[i];
      for (const SignalId signal : row.reach) watches.follow(signal);
    }
    if (!view.reach_witness.empty()) {
      row.reach_witness = view.reach_witness[i];
      watches.follow(row.reach_witness);
    }
    row.on_demand = mode_on_demand(member);
    row.unnoticed = model.cell_of(group.failovers.watched[i].unnoticed);
    row.noticed_once = group.failovers.watched[i].noticed;
    plan.members.push_back(std::move(row));
  }
  model.reaction(group.name + "#roles", roles(std::move(plan)), std::move(watches));
}

std::vector<Parameter> role_keys() {
  std::vector<Parameter> keys = takeover_keys("From the notice until the standby member serves.");
  Parameter failback = word("failback", {"none", "automatic", "manual"},
                            "Whether a member that comes before the active one gets its role back "
                            "when it returns.");
  failback.default_text = "none";
  failback.default_source = "Pacemaker Explained, `resource-stickiness`: stay where it runs";
  keys.push_back(failback);
  keys.push_back(law_of_time("failback_after",
                             "How long it must be back first; with `manual`, until a person does "
                             "it."));
  Parameter takes =
      law_of_time("failback_takes", "How long nobody serves while the role goes back.");
  takes.default_text = "0s";
  takes.default_source = "handed over without a gap, as VRRP does";
  keys.push_back(takes);
  keys.push_back(
      truth("fencing",
            "With `heartbeat`: a member that is not heard is switched off before another "
            "takes over (STONITH), so that two are never active."));
  keys.push_back(truth("quorum",
                       "With `heartbeat`: only a member that hears more than half of the votes may "
                       "be active; one that does not steps down."));
  keys.push_back(truth("goes_on",
                       "With `quorum`: an active member that no longer hears more than half of the "
                       "votes goes on all the same, as nobody tells it (a Redis master under "
                       "Sentinel)."));
  Parameter witness = names("witness", "component",
                            "One more vote, without a copy of the service. Needs `heartbeat`, "
                            "implies `quorum`.");
  witness.single = true;
  keys.push_back(witness);
  return keys;
}

}  // namespace nines
