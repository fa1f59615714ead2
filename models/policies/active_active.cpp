// Active-active: all members serve at once; the group stands while enough of them are up. Whoever
// deals requests out has a view of the members, which may be behind the truth.
#include <algorithm>
#include <memory>

#include "models/catalogue.hpp"
#include "models/mechanisms/sessions.hpp"
#include "models/mechanisms/views.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

bool has_views(const Settings& settings) {
  return !detects_perfectly(settings) || settings.has("backup") || settings.has("sessions");
}

bool pauses(const Settings& settings) {
  const LawPtr& takeover = settings.law("takeover");
  return takeover->mean() > 0 || settings.number("automatic") < 1.0;
}

void take_balance(CompiledGroup& group, const Settings& settings) {
  CompiledGroup::Balance& balance = group.balance;
  using By = CompiledGroup::Balance::By;
  const std::string& how = settings.text("balance");
  balance.by = how == "weighted"            ? By::weights
               : how == "least_connections" ? By::connections
                                            : By::even;
  if (settings.has("weights")) balance.weights = settings.numbers("weights");
  balance.skew = settings.number_or("skew", 0.0);
  if (settings.has("backup")) {
    for (const CompiledGroup::Member& member : group.members) {
      const std::vector<NamedAt>& names = settings.names("backup");
      balance.backup.push_back(std::any_of(names.begin(), names.end(), [&](const NamedAt& name) {
        return name.name == member.name();
      }));
    }
  }
  // HAProxy Configuration Manual, `retries`, `option redispatch`: after a failure to connect the
  // same server is tried again, after a pause if it refused; the last try, or each, goes to another
  // one. One that has accepted and hangs is not retried.
  const double tries = settings.number("retries");
  const std::string& redispatch = settings.text("redispatch");
  if (redispatch == "never" || tries < 1) return;
  const double same = redispatch == "last" ? tries - 1 : 0;  // tries on the same server
  const double gives_up_s = settings.number("gives_up_after");
  const double connect_s = settings.number("connect_timeout");
  balance.retried[0] = same * std::min(1.0, connect_s) < gives_up_s;
  balance.retried[2] = (same + 1) * connect_s < gives_up_s;
}

}  // namespace

Policy active_active_policy() {
  Policy policy;
  policy.record = {"active_active", "All members serve at once, each its share.", group_keys()};
  Parameter balance =
      word("balance", {"round_robin", "weighted", "least_connections", "source_hash", "sticky"},
           "How requests are shared among the members that are taken for well.");
  balance.default_text = "round_robin";
  balance.default_source = "HAProxy Configuration Manual, `balance`";
  Parameter weights;
  weights.key = "weights";
  weights.type = Type::numbers;
  weights.low_open = true;
  weights.help = "Of the members, in their order, with `balance: weighted`.";
  Parameter skew = quantity("skew", Dimension::fraction,
                            "With `source_hash` or `sticky`: how much more than an even share the "
                            "first member gets, where the heavy users are.");
  skew.high = 1000.0;
  Parameter backup = names("backup", "member",
                           "Members that serve only while none of the others is in view; of "
                           "several the first (HAProxy Configuration Manual, `backup`).");
  Parameter retries = count("retries", 1000, "3", "HAProxy Configuration Manual, `retries`",
                            "How often a connection that failed is tried again.");
  retries.low = 0;
  Parameter redispatch =
      word("redispatch", {"never", "last", "each"},
           "Which of these tries go to another member: a request that meets a failed one "
           "may still be served.");
  redispatch.default_text = "never";
  redispatch.default_source = "HAProxy Configuration Manual, `option redispatch`: off";
  Parameter connect =
      quantity("connect_timeout", Dimension::duration, "How long a try waits for a connection.");
  connect.low_open = true;
  connect.default_text = "5s";
  connect.default_source = "HAProxy Starter Guide, `timeout connect 5s`";
  Parameter gives_up = quantity("gives_up_after", Dimension::duration,
                                "How long a client waits before its request counts as failed.");
  gives_up.low_open = true;
  gives_up.default_text = "30s";
  gives_up.default_source = "HAProxy Starter Guide, `timeout client 30s`";
  policy.record.parameters.push_back(need_key("1"));
  policy.record.parameters.push_back(sessions_key());
  for (Parameter& p : std::vector<Parameter>{balance, weights, skew, backup, retries, redispatch,
                                             connect, gives_up}) {
    policy.record.parameters.push_back(p);
  }
  for (Parameter& p : takeover_keys(
           "From the notice of a failure until the others have taken over what the failed "
           "member did; none of them serves meanwhile, as when a cluster forms anew.")) {
    policy.record.parameters.push_back(p);
  }
  policy.counts = {"need"};
  policy.reacts = [](const Settings& settings) { return has_views(settings) || pauses(settings); };
  policy.prepare = [](CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
    group.need = static_cast<int>(settings.number("need"));
    take_balance(group, settings);
    const auto no_wait = [&](const std::string& what) {
      const CellId cell = model.cell({group.name + "/" + what, 0, 1, 1});
      group.waits.emplace_back(model.flag(cell), what);
      return group.waits.back().first;
    };
    if (has_views(settings)) {
      const Detection detection = detection_of(settings, group.members.size());
      for (CompiledGroup::Member& member : group.members) {
        member.active = model.cell({group.name + "/view/" + member.name(), 0, 1, 1});
        for (const char* what : {"detection", "return"}) {
          const CellId cell = model.cell({group.name + "/" + what + "/" + member.name(), 0, 1, 1});
          group.waits.emplace_back(model.flag(cell), what);
        }
        group.failovers.watched.push_back(
            {group.waits[group.waits.size() - 2].first,
             model.measure(group.name + "/noticed/" + member.name())});
      }
      for (const auto& laws : detection.notice) {
        for (const LawPtr& law : laws) {
          if (law) group.longest_wait_s = std::max(group.longest_wait_s, law->mean());
        }
      }
      for (const LawPtr& law : detection.back) {
        group.longest_wait_s = std::max(group.longest_wait_s, law->mean());
      }
      group.failovers.unfounded = model.measure(group.name + "/false alarms");
    }
    if (pauses(settings)) {
      group.conditions.push_back(no_wait("takeover"));
      group.conditions.push_back(no_wait("by hand"));
      group.pauses = group.conditions;
      group.longest_wait_s = std::max(group.longest_wait_s, settings.law("takeover")->mean());
      if (settings.has("otherwise")) {
        group.longest_wait_s = std::max(group.longest_wait_s, settings.law("otherwise")->mean());
      }
      group.failovers.begun = model.measure(group.name + "/failovers");
      group.failovers.done = model.measure(group.name + "/failovers done");
      group.failovers.failed = model.measure(group.name + "/failed failovers");
    }
  };
  policy.react = [](CompiledGroup& group, const GroupView& view, const Settings& settings,
                    ModelBuilder& model) {
    const Detection detection = detection_of(settings, group.members.size());
    const auto law_of = [&](const LawPtr& law) { return law ? model.law(law) : kNone<LawId>; };
    std::size_t wait = 0;
    std::vector<SignalId> seen = view.could_serve;
    for (std::size_t i = 0; has_views(settings) && i < group.members.size(); ++i) {
      const CompiledGroup::Member& member = group.members[i];
      ViewPlan plan;
      plan.well = view.could_serve[i];
      plan.usable = member.usable;
      plan.sight = Sight(member, detection);
      plan.view = member.active;
      plan.noticed = model.cell_of(group.waits[wait++].first);
      plan.welcomed = model.cell_of(group.waits[wait++].first);
      plan.found = group.failovers.watched[i].noticed;
      plan.looked = model.cell({group.name + "/looked/" + member.name(), 0, kFalseAlarm, 0});
      const std::string of = group.name + "/" + member.name();
      plan.notice = model.timer(of + "/notice");
      plan.back = model.timer(of + "/back");
      for (std::size_t k = 0; k < kLooks; ++k) {
        plan.down[k] = law_of(detection.notice[0][k]);
        plan.up[k] = law_of(detection.back[k]);
      }
      if (detection.errors) {
        plan.errors = model.timer(of + "/errors");
        for (const CompiledGroup::Member& other : group.members) {
          plan.views.push_back(other.active);
          const auto in_view = static_cast<double>(plan.views.size());
          auto& laws = plan.after_errors.emplace_back();
          for (std::size_t k = 0; k < kLooks; ++k) {
            laws[k] = model.law(after_errors(*detection.errors, view.offered_per_s / in_view,
                                             detection.error_takes_s[k]));
          }
        }
      }
      if (detection.false_alarm) {
        plan.alarm = model.timer(of + "/false alarm",
                                 group.name + " marks " + member.name() + " down by mistake");
        model.spontaneous(plan.alarm);
        plan.false_alarm = law_of(detection.false_alarm);
        plan.up_after_false_alarm = law_of(detection.back_after_false_alarm);
        plan.unfounded = group.failovers.unfounded;
      } else {
        plan.alarm = kNone<TimerId>;
      }
      seen[i] = model.flag(member.active);
      Watches watches{{plan.well}, plan.sight.modes()};
      if (plan.usable != plan.well) watches.signals.push_back(plan.usable);
      for (const SignalId signal : plan.sight.beneath()) {
        if (std::count(watches.signals.begin(), watches.signals.end(), signal) == 0) {
          watches.signals.push_back(signal);
        }
      }
      model.reaction(of + "#check", view_of_member(std::move(plan)), watches);
    }
    if (!pauses(settings)) return;
    PausePlan plan;
    plan.members = seen;
    plan.well = view.could_serve;
    plan.taking = model.cell_of(group.waits[wait++].first);
    plan.by_hand = model.cell_of(group.waits[wait++].first);
    plan.takeover = model.law(settings.law("takeover"));
    plan.automatic = settings.number("automatic");
    if (settings.has("otherwise")) plan.otherwise = model.law(settings.law("otherwise"));
    plan.timer = model.timer(group.name + "/takeover");
    for (const CompiledGroup::Member& member : group.members) {
      plan.counted.push_back(model.cell({group.name + "/counted/" + member.name(), 0, 1, 1}));
    }
    plan.begun = group.failovers.begun;
    plan.done = group.failovers.done;
    plan.failed = group.failovers.failed;
    Watches watches;
    watches.signals = view.could_serve;
    for (const SignalId signal : seen) {
      if (std::count(watches.signals.begin(), watches.signals.end(), signal) == 0) {
        watches.signals.push_back(signal);
      }
    }
    model.reaction(group.name + "#takeover", pause_of_group(std::move(plan)), watches);
  };
  return policy;
}

}  // namespace nines
