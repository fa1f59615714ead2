#include "models/mechanisms/hosts.hpp"

#include <algorithm>
#include <memory>

namespace nines {
namespace {

class Moves final : public Reaction {
 public:
  struct Host {
    SignalId usable{};
    std::vector<std::pair<CellId, int>> others;  ///< who may run on it: where it is, and this one
  };
  struct Plan {
    std::vector<Host> hosts;
    CellId on{};  ///< number of its host, from 1; 0: evicted, it may start elsewhere
    CellId ready{};
    CellId lost{};  ///< its host was lost
    TimerId eviction{};
    TimerId starting{};
    LawId evicted_after{};
    LawId starts{};
    LawId starts_elsewhere{};
    bool moves = true;
    SignalId scheduler = kNone<SignalId>;
  };
  explicit Moves(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& context, Wake why) const override {
    if (why.by == Wake::By::begin) {
      if (!stands(context)) lose(context);
      return;
    }
    if (why.is(plan_.eviction)) context.set(plan_.lost, kOverdue);
    if (why.is(plan_.starting)) context.set(plan_.ready, 1);
    // Whoever is overdue is evicted by those who decide; if its host is back before them, it stays.
    if (context.cell(plan_.lost) == kOverdue && decided(context) && !stands(context)) {
      context.set(plan_.on, 0);
    }
    if (context.cell(plan_.on) == 0) {
      move(context);
      return;
    }
    if (!stands(context)) {
      lose(context);
      return;
    }
    if (context.cell(plan_.lost) == kNot) return;
    context.cancel(plan_.eviction);
    start(context, plan_.starts);
  }

 private:
  enum Lost : unsigned char { kNot, kWaits, kOverdue };

  bool decided(const Reading& r) const {
    return plan_.scheduler == kNone<SignalId> || r.value(plan_.scheduler);
  }
  /// Whether it has a host, and that is usable.
  bool stands(const Reading& r) const {
    const int on = r.cell(plan_.on);
    return on > 0 && r.value(plan_.hosts[static_cast<std::size_t>(on - 1)].usable);
  }

  void lose(Context& context) const {
    // It is the host that is missed, not that it starts.
    context.set(plan_.ready, 1);
    context.cancel(plan_.starting);
    if (context.cell(plan_.lost) != kNot) return;
    context.set(plan_.lost, kWaits);
    if (plan_.moves) context.start(plan_.eviction, plan_.evicted_after);
  }

  void start(Context& context, LawId takes) const {
    context.set(plan_.lost, kNot);
    context.set(plan_.ready, 0);
    context.start(plan_.starting, takes);
  }

  /// To the host on which fewest others run; when there is none, or nobody to decide it, later.
  /// Among equals at random (Kubernetes documentation 1.31, kube-scheduler: node selection).
  void move(Context& context) const {
    if (!decided(context)) return;
    std::vector<int> best;
    std::ptrdiff_t fewest = 0;
    for (std::size_t h = 0; h < plan_.hosts.size(); ++h) {
      const Host& host = plan_.hosts[h];
      if (!context.value(host.usable)) continue;
      const auto there = std::count_if(
          host.others.begin(), host.others.end(),
          [&](const auto& other) { return context.cell(other.first) == other.second; });
      if (!best.empty() && there > fewest) continue;
      if (there < fewest) best.clear();
      best.push_back(static_cast<int>(h) + 1);
      fewest = there;
    }
    if (best.empty()) return;
    const std::vector<double> alike(best.size(), 1.0);
    context.set(plan_.on, best.size() == 1 ? best[0] : best[context.choose(alike)]);
    start(context, plan_.starts_elsewhere);
  }

  Plan plan_;
};

}  // namespace

Parameter runs_on_key() {
  auto record = std::make_shared<Record>();
  record->name = "runs_on";
  record->help = "The hosts on one of which it runs; it is moved to another when its own is lost.";
  Parameter hosts = names("hosts", "component", "Where it may run; at first in turn.");
  hosts.required = true;
  Parameter evicted =
      law_of_time("evicted_after", "From the loss of its host until it may start elsewhere.");
  evicted.default_text = "340s";
  evicted.default_source =
      "Kubernetes: 40 s (node-monitor-grace-period) and 5 min (tolerationSeconds of not-ready)";
  Parameter starts =
      law_of_time("start", "Until it is ready on another host, or on its own once that is back.");
  starts.default_text = "0s";
  starts.default_source = "ready as soon as it is placed";
  Parameter reattach = quantity("reattach", Dimension::duration,
                                "More than that on another host: a volume is detached and attached "
                                "there.");
  reattach.default_text = "0s";
  reattach.default_source = "it keeps nothing, as a Deployment";
  Parameter moves = truth("moves",
                          "Left out: yes. `false`: it waits for its own host, as with a local "
                          "volume.");
  moves.default_text = "true";
  moves.default_source = "Kubernetes, Deployment";
  Parameter scheduler = names("scheduler", "group", "Which group must stand for it to be moved.");
  scheduler.single = true;
  record->parameters = {hosts, evicted, starts, reattach, moves, scheduler};
  return record_of("runs_on", record, record->help);
}

HostedComponent place_on_host(CompiledComponent& component,
                              std::vector<const CompiledComponent*> hosts, std::size_t first,
                              ModelBuilder& model) {
  HostedComponent hosted;
  hosted.component = &component;
  const int count = static_cast<int>(hosts.size());
  std::vector<ModeId> names;
  for (const CompiledComponent* host : hosts) {
    if (!host->modes.empty()) names.push_back(host->modes.front().id);
  }
  if (names.size() < hosts.size()) names.clear();
  hosted.on = model.cell(
      {component.name + "/host", 0, count, static_cast<int>(first) + 1, std::move(names)});
  std::vector<SignalId> runs;
  for (std::size_t h = 0; h < hosts.size(); ++h) {
    const SignalId here = model.equals(hosted.on, static_cast<int>(h) + 1);
    runs.push_back(
        model.gate(component.name + "/on " + hosts[h]->name, 2, {here, hosts[h]->usable}));
    component.depends.push_back(hosts[h]);
  }
  hosted.hosts = std::move(hosts);
  hosted.ready = model.cell({component.name + "/ready", 0, 1, 1});
  component.host = runs.size() == 1 ? runs[0] : model.gate(component.name + "/host", 1, runs);
  component.ready = model.flag(hosted.ready);
  component.waits.emplace_back(component.ready, "start");
  return hosted;
}

void compile_moves(const HostedComponent& hosted, const std::vector<const HostedComponent*>& others,
                   SignalId scheduler, const Settings& settings, ModelBuilder& model) {
  const std::string& name = hosted.component->name;
  Moves::Plan plan;
  Watches watches;
  for (std::size_t h = 0; h < hosted.hosts.size(); ++h) {
    Moves::Host host{hosted.hosts[h]->usable, {}};
    for (const HostedComponent* other : others) {
      if (other == &hosted) continue;
      for (std::size_t k = 0; k < other->hosts.size(); ++k) {
        if (other->hosts[k] == hosted.hosts[h]) host.others.emplace_back(other->on, k + 1);
      }
    }
    watches.signals.push_back(host.usable);
    plan.hosts.push_back(std::move(host));
  }
  plan.on = hosted.on;
  plan.scheduler = scheduler;
  if (scheduler != kNone<SignalId>) watches.signals.push_back(scheduler);
  plan.ready = hosted.ready;
  plan.lost = model.cell({name + "/lost", 0, 2, 0});
  plan.eviction = model.timer(name + "/eviction", name + " is evicted from its lost host");
  plan.starting = model.timer(name + "/start", name + " has started");
  plan.evicted_after = model.law(settings.law("evicted_after"));
  plan.starts = model.law(settings.law("start"));
  const double reattach_s = settings.number("reattach");
  plan.starts_elsewhere =
      reattach_s > 0 ? model.law(shifted(reattach_s, settings.law("start"))) : plan.starts;
  plan.moves = settings.truth("moves");
  model.reaction(name + "#host", std::make_unique<Moves>(std::move(plan)), std::move(watches));
}

}  // namespace nines
