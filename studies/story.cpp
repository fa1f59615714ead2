#include "studies/story.hpp"

#include <cmath>

#include <fmt/format.h>

namespace nines {
namespace {

using Tone = StoryLine::Tone;
using Argument = StoryLine::Argument;

Argument named(std::string text) { return {std::move(text), std::nullopt, std::nullopt}; }
Argument lasting(double span_s) { return {{}, span_s, std::nullopt}; }
Argument counted(double count) { return {{}, std::nullopt, count}; }

}  // namespace

StoryTeller::StoryTeller(const System& system, Listener listener)
    : system_(&system), listener_(std::move(listener)), down_since_(system.services.size(), -1.0) {}

void StoryTeller::run_begins(const Moment& moment) {
  members_.clear();
  for (const CompiledGroup& group : system_->groups) {
    for (const CompiledGroup::Member& member : group.members) {
      if (member.active == kNone<CellId>) continue;
      members_.push_back({&group, &member, moment.reading.cell(member.active) != 0,
                          moment.reading.value(member.usable)});
    }
  }
  losses_.clear();
  failed_.clear();
  for (std::size_t m = 0; m < system_->model->modes.size(); ++m) {
    const ComponentId component = system_->model->modes[m].component;
    if (system_->model->components[index(component)].governed) failed_[m] = false;
  }
}

void StoryTeller::fired(double t_s, SlotId slot, const Reading& after) {
  const Model& model = *system_->model;
  const std::size_t i = index(slot);
  if (i < model.modes.size()) {
    tell_mode(t_s, i, after, How::by_itself);
  } else if (i < model.modes.size() + model.restarts.size()) {
    const std::string& component =
        model.components[index(model.restarts[i - model.modes.size()])].name;
    tell({t_s,
          "restarted",
          component,
          "",
          Tone::plain,
          false,
          "{} has restarted",
          {named(component)}});
  } else {
    // What has nothing to tell shows in what follows from it.
    const std::string& tells = model.timers[i - model.modes.size() - model.restarts.size()].tells;
    StoryLine line{t_s, "timer", model.slot_name(slot), tells, Tone::plain, true, "", {}};
    if (!tells.empty()) {
      line.pattern = "{}";
      line.arguments = {named(tells)};
    }
    tell(std::move(line));
  }
  for (auto& [mode, failed] : failed_) {
    const bool now = after.failed(ModeId(static_cast<std::uint32_t>(mode)));
    if (now && !failed && mode != i) tell_mode(t_s, mode, after, How::made_to);
    failed = now;
  }
  for (Member& member : members_) tell_member(t_s, member, after);
  for (const auto& [loss, amount] : losses_) {
    const auto& [of_writes, name] = loss;
    tell({t_s,
          of_writes ? "writes_lost" : "sessions_lost",
          name,
          fmt::format("{:.0f}", amount),
          Tone::warm,
          true,
          of_writes ? "{} acknowledged writes of {} are lost" : "{} sessions of {} are lost",
          {counted(std::round(amount)), named(name)}});
  }
  losses_.clear();
}

void StoryTeller::signal_changed(const Moment& moment, SignalId signal, bool up, SlotId) {
  for (std::size_t i = 0; i < system_->services.size(); ++i) {
    if (system_->services[i].available != signal) continue;
    const std::string& name = system_->services[i].name;
    if (!up) {
      down_since_[i] = moment.t_s;
      tell({moment.t_s,
            "service_down",
            name,
            "",
            Tone::bad,
            true,
            "service {} is down",
            {named(name)}});
    } else {
      tell({moment.t_s,
            "service_up",
            name,
            "",
            Tone::good,
            true,
            "service {} is available again, after {}",
            {named(name), lasting(moment.t_s - down_since_[i])}});
    }
  }
  for (const CompiledGroup& group : system_->groups) {
    if (group.failovers.split == signal) {
      tell({moment.t_s,
            up ? "split_brain_ends" : "split_brain",
            group.name,
            "",
            up ? Tone::plain : Tone::bad,
            true,
            up ? "{}: one is active again" : "{}: two are active, split brain",
            {named(group.name)}});
    }
    for (const auto& [wait, what] : group.waits) {
      if (wait != signal || up || what == "detection" || what == "return") continue;
      tell({moment.t_s,
            "waits",
            group.name,
            what,
            Tone::plain,
            true,
            "{}: {}",
            {named(group.name), named(what)}});
    }
  }
}

void StoryTeller::earned(const Moment&, MeasureId measure, double amount) {
  for (const CompiledService& service : system_->services) {
    if (!service.sessions || service.sessions->lost != measure || !(amount >= 0.5)) continue;
    losses_[{false, service.name}] += amount;
  }
  for (const CompiledGroup& group : system_->groups) {
    if (!group.copies || group.copies->lost != measure || !(amount >= 0.5)) continue;
    if (!group.copies->counted()) continue;
    losses_[{true, group.name}] += amount;
  }
}

void StoryTeller::tell_mode(double t_s, std::size_t i, const Reading& after, How how) {
  const Mode& mode = system_->model->modes[i];
  const std::string& component = system_->model->components[index(mode.component)].name;
  const std::string name = mode.name.substr(component.size() + 1);
  const bool fails = after.failed(ModeId(static_cast<std::uint32_t>(i)));
  const bool restarts = !fails && after.restarting(mode.component);
  const bool made = how == How::made_to;
  tell({t_s,
        fails ? "fails" : "repaired",
        component,
        name,
        fails ? Tone::warm : Tone::plain,
        false,
        fails && made ? "{} fails: {}, made to fail"
        : fails       ? "{} fails: {}"
        : restarts    ? "{} is repaired ({}) and restarts"
                      : "{} is repaired ({})",
        {named(component), named(name)}});
}

void StoryTeller::tell_member(double t_s, Member& m, const Reading& reading) {
  const bool usable = reading.value(m.member->usable);
  if (usable != m.usable) m.changed_s = t_s;
  if (!usable && m.usable && m.active) m.serving_till_s = t_s;
  m.usable = usable;
  const bool active = reading.cell(m.member->active) != 0;
  if (active == m.active) return;
  m.active = active;
  const Argument name = named(m.member->name());
  const Argument group = named(m.group->name);
  const Argument after = lasting(t_s - m.changed_s);
  const bool role = m.group->places > 0;  // not only a view
  const bool elected = role && m.group->failovers.watched.empty();
  StoryLine line{t_s,         active ? "becomes_active" : "becomes_inactive",
                 name.text,   group.text,
                 Tone::plain, true,
                 "",          {name, group}};
  if (role && active) {
    line.pattern = elected ? "{} leads {}" : "{} is active in {}";
    if (const auto failed = failed_before(m)) {
      line.pattern += ", {} after {} failed";
      line.arguments.push_back(lasting(t_s - failed->second));
      line.arguments.push_back(named(failed->first));
    }
  } else if (elected) {
    line.pattern = "{} no longer leads {}";
  } else if (role && usable) {
    line.pattern = "{} gives up its role in {}";
  } else if (role && m.changed_s == t_s && m.group->watches_itself) {
    line.pattern = "{} is switched off by {}";
  } else if (role) {
    line.pattern = "{} misses {}, {} after it failed";
    line.arguments = {group, name, after};
  } else if (active) {
    line.pattern = "{} takes {} in again";
    line.arguments = {group, name};
    if (usable && m.changed_s > 0) {
      line.pattern += ", after {}";
      line.arguments.push_back(after);
    }
  } else if (usable) {
    m.changed_s = 0.0;  // it is not its return that ends this
    line.pattern = "{} takes {} out, though it is up";
    line.arguments = {group, name};
  } else {
    line.pattern = "{} takes {} out, {} after it failed";
    line.arguments = {group, name, after};
  }
  tell(std::move(line));
}

std::optional<std::pair<std::string, double>> StoryTeller::failed_before(const Member& of) const {
  double since_s = -1.0;
  const Member* failed = nullptr;
  for (const Member& other : members_) {
    if (other.group != of.group || other.usable || other.changed_s < since_s) continue;
    if (other.serving_till_s != other.changed_s) continue;  // it stood by
    since_s = other.changed_s;
    failed = &other;
  }
  if (failed == nullptr) return std::nullopt;
  return std::pair(failed->member->name(), since_s);
}

}  // namespace nines
