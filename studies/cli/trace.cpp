// nines trace: one run as a readable timeline, or as JSON Lines.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "engine/run/simulate.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/text.hpp"
#include "topologies/compile.hpp"

namespace nines::cli {
namespace {

struct TraceOptions {
  std::string file;
  std::uint32_t run = 0;
  std::string seed = "1";
  std::string horizon = "1y";
  bool memoryless = false;
  bool with_outage = false;
  Look look;
};

/// Day and time of day since the start, which is a Monday, 00:00.
std::string clock_text(double t_s) {
  const double day = std::floor(t_s / 86400.0);
  const double rest = t_s - day * 86400.0;
  const int hours = static_cast<int>(rest / 3600.0);
  const int minutes = static_cast<int>((rest - hours * 3600.0) / 60.0);
  const double seconds = rest - hours * 3600.0 - minutes * 60.0;
  return fmt::format("day {:>4}  {:02}:{:02}:{:06.3f}", static_cast<long>(day) + 1, hours, minutes,
                     std::floor(seconds * 1000.0) / 1000.0);
}

/// Tells what happens, as it happens.
class Teller final : public EventObserver, public Observer {
 public:
  Teller(const System& system, bool json, Paint paint)
      : system_(system), json_(json), paint_(paint) {
    for (std::size_t i = 0; i < system.services.size(); ++i) down_since_.push_back(-1.0);
  }

  void run_begins(const Moment& moment) override {
    members_.clear();
    for (const CompiledGroup& group : system_.groups) {
      for (const CompiledGroup::Member& member : group.members) {
        if (member.active == kNone<CellId>) continue;
        members_.push_back({&group, &member, moment.reading.cell(member.active) != 0,
                            moment.reading.value(member.usable)});
      }
    }
    failed_.clear();
    for (std::size_t m = 0; m < system_.model->modes.size(); ++m) {
      const ComponentId component = system_.model->modes[m].component;
      if (system_.model->components[index(component)].governed) failed_[m] = false;
    }
  }

  void fired(double t_s, SlotId slot, const Reading& after) override {
    const Model& model = *system_.model;
    const std::size_t i = index(slot);
    if (i < model.modes.size()) {
      tell_mode(t_s, i, after, "");
    } else if (i < model.modes.size() + model.restarts.size()) {
      const std::string& component =
          model.components[index(model.restarts[i - model.modes.size()])].name;
      tell(t_s, "restarted", component, "", fmt::format("{} has restarted", component));
    } else {
      // What has nothing to tell shows in what follows from it.
      const std::string& tells = model.timers[i - model.modes.size() - model.restarts.size()].tells;
      if (json_ || !tells.empty()) tell(t_s, "timer", model.slot_name(slot), tells, "  " + tells);
    }
    for (auto& [mode, failed] : failed_) {
      const bool now = after.failed(ModeId(static_cast<std::uint32_t>(mode)));
      if (now && !failed && mode != i) tell_mode(t_s, mode, after, "made to fail");
      failed = now;
    }
    for (Member& member : members_) tell_member(t_s, member, after);
    for (const auto& [loss, amount] : losses_) {
      tell(t_s, loss.first ? "writes_lost" : "sessions_lost", loss.second,
           fmt::format("{:.0f}", amount),
           paint_.warm(fmt::format("  {} {} of {} are lost", number(std::round(amount)),
                                   loss.first ? "acknowledged writes" : "sessions", loss.second)));
    }
    losses_.clear();
  }

  void signal_changed(const Moment& moment, SignalId signal, bool up, SlotId) override {
    for (std::size_t i = 0; i < system_.services.size(); ++i) {
      if (system_.services[i].available != signal) continue;
      const std::string& name = system_.services[i].name;
      if (!up) {
        down_since_[i] = moment.t_s;
        tell(moment.t_s, "service_down", name, "",
             paint_.bad(fmt::format("  service {} is down", name)));
      } else {
        tell(moment.t_s, "service_up", name, "",
             paint_.good(fmt::format("  service {} is available again, after {}", name,
                                     duration(moment.t_s - down_since_[i]))));
      }
    }
    for (const CompiledGroup& group : system_.groups) {
      if (group.failovers.split == signal) {
        tell(moment.t_s, up ? "split_brain_ends" : "split_brain", group.name, "",
             up ? fmt::format("  {}: one is active again", group.name)
                : paint_.bad(fmt::format("  {}: two are active, split brain", group.name)));
      }
      for (const auto& [wait, what] : group.waits) {
        if (wait != signal || up || what == "detection" || what == "return") continue;
        tell(moment.t_s, "waits", group.name, what, fmt::format("  {}: {}", group.name, what));
      }
    }
  }

  void earned(const Moment&, MeasureId measure, double amount) override {
    for (const CompiledService& service : system_.services) {
      if (!service.sessions || service.sessions->lost != measure || !(amount >= 0.5)) continue;
      losses_[{false, service.name}] += amount;
    }
    for (const CompiledGroup& group : system_.groups) {
      if (!group.copies || group.copies->lost != measure || !(amount >= 0.5)) continue;
      if (!group.copies->counted()) continue;
      losses_[{true, group.name}] += amount;
    }
  }

 private:
  struct Member {
    const CompiledGroup* group = nullptr;
    const CompiledGroup::Member* member = nullptr;
    bool active = false;
    bool usable = true;
    double changed_s = 0.0;        ///< when `usable` did
    double serving_till_s = -1.0;  ///< when it last failed in service
  };

  void tell_mode(double t_s, std::size_t i, const Reading& after, const std::string& how) {
    const Mode& mode = system_.model->modes[i];
    const std::string& component = system_.model->components[index(mode.component)].name;
    const std::string name = mode.name.substr(component.size() + 1);
    const bool fails = after.failed(ModeId(static_cast<std::uint32_t>(i)));
    const bool restarts = !fails && after.restarting(mode.component);
    const std::string why = how.empty() ? "" : ", " + how;
    tell(t_s, fails ? "fails" : "repaired", component, name,
         fails      ? paint_.warm(fmt::format("{} fails: {}{}", component, name, why))
         : restarts ? fmt::format("{} is repaired ({}) and restarts", component, name)
                    : fmt::format("{} is repaired ({})", component, name));
  }

  /// Who is in service, or taken for well, and how long that took.
  void tell_member(double t_s, Member& m, const Reading& reading) {
    const bool usable = reading.value(m.member->usable);
    if (usable != m.usable) m.changed_s = t_s;
    if (!usable && m.usable && m.active) m.serving_till_s = t_s;
    m.usable = usable;
    const bool active = reading.cell(m.member->active) != 0;
    if (active == m.active) return;
    m.active = active;
    const std::string& name = m.member->name();
    const std::string& group = m.group->name;
    const std::string after = duration(t_s - m.changed_s);
    const bool role = m.group->places > 0;  // not only a view
    std::string text;
    const bool elected = role && m.group->failovers.watched.empty();
    if (elected) {
      text = active ? fmt::format("  {} leads {}{}", name, group, since_failure(t_s, m))
                    : fmt::format("  {} no longer leads {}", name, group);
    } else if (role && active) {
      text = fmt::format("  {} is active in {}{}", name, group, since_failure(t_s, m));
    } else if (role) {
      text = usable ? fmt::format("  {} gives up its role in {}", name, group)
             : m.changed_s == t_s && m.group->watches_itself
                 ? fmt::format("  {} is switched off by {}", name, group)
                 : fmt::format("  {} misses {}, {} after it failed", group, name, after);
    } else if (active) {
      text = usable && m.changed_s > 0
                 ? fmt::format("  {} takes {} in again, after {}", group, name, after)
                 : fmt::format("  {} takes {} in again", group, name);
    } else {
      if (usable) m.changed_s = 0.0;  // it is not its return that ends this
      text = usable ? fmt::format("  {} takes {} out, though it is up", group, name)
                    : fmt::format("  {} takes {} out, {} after it failed", group, name, after);
    }
    tell(t_s, active ? "becomes_active" : "becomes_inactive", name, group, text);
  }

  /// How long it was since the failure of another member of the group that is still down.
  std::string since_failure(double t_s, const Member& of) const {
    double since_s = -1.0;
    const Member* failed = nullptr;
    for (const Member& other : members_) {
      if (other.group != of.group || other.usable || other.changed_s < since_s) continue;
      if (other.serving_till_s != other.changed_s) continue;  // it stood by
      since_s = other.changed_s;
      failed = &other;
    }
    if (failed == nullptr) return {};
    return fmt::format(", {} after {} failed", duration(t_s - since_s), failed->member->name());
  }

  void tell(double t_s, const char* event, const std::string& what, const std::string& detail,
            const std::string& sentence) {
    if (json_) {
      nlohmann::ordered_json line{{"t_s", t_s}, {"event", event}, {"name", what}};
      if (!detail.empty()) line["detail"] = detail;
      fmt::print("{}\n", line.dump());
    } else {
      fmt::print("{}  {}\n", paint_.faint(clock_text(t_s)), without_domain(sentence));
    }
  }

  const System& system_;
  bool json_;
  Paint paint_;
  std::vector<Member> members_;
  /// In the event that happens: whether of writes, of which group or service, how many.
  std::map<std::pair<bool, std::string>, double> losses_;
  std::map<std::size_t, bool> failed_;  ///< of modes that reactions may make fail
  std::vector<double> down_since_;
};

/// Whether any service goes down.
class OutageSeeker final : public Observer {
 public:
  explicit OutageSeeker(const System& system) : system_(system) {}
  bool found = false;
  void run_begins(const Moment&) override { found = false; }
  void signal_changed(const Moment& moment, SignalId signal, bool up, SlotId) override {
    const auto is_it = [&](const CompiledService& s) { return s.available == signal; };
    if (up || std::none_of(system_.services.begin(), system_.services.end(), is_it)) return;
    found = true;
    moment.control.stop = true;
  }

 private:
  const System& system_;
};

/// The first run from `first` on in which a service goes down.
std::uint32_t run_with_outage(const System& system, const SimulatorOptions& options,
                              std::uint32_t first, double horizon_s) {
  constexpr std::uint32_t kMost = 1'000'000;
  OutageSeeker seeker(system);
  Simulator simulator(*system.model, options, {&seeker});
  for (std::uint32_t run = first; run - first < kMost && !interrupted().load(); ++run) {
    simulator.begin(run);
    simulator.advance(horizon_s);
    if (seeker.found) return run;
  }
  if (interrupted().load()) return first;  // the caller ends as interrupted
  throw std::runtime_error("--with-outage: a million runs have no outage");
}

int trace(const TraceOptions& options) {
  const std::optional<Topology> topology = load(options.file);
  if (!topology) return kBadInput;
  const double horizon_s = duration_option("--horizon", options.horizon);
  const auto system = compile(*topology, options.memoryless ? Laws::memoryless : Laws::as_written);
  const Paint paint(wants_color(options.look.color, STDOUT_FILENO));
  Teller teller(*system, options.look.json, paint);
  const SimulatorOptions how{seed_option(options.seed), Start::all_new, Width::automatic,
                             horizon_s};
  const std::uint32_t run =
      options.with_outage ? run_with_outage(*system, how, options.run, horizon_s) : options.run;
  if (interrupted().load()) return interrupted_exit_code();
  Simulator simulator(*system->model, how, {&teller}, &teller);
  if (!options.look.json) {
    fmt::print("{}   run {} of seed {}, {}\n", paint.bold(topology->name), run, options.seed,
               span(horizon_s));
  }
  simulator.begin(run);
  while (simulator.step(horizon_s)) {
    if (interrupted().load()) return interrupted_exit_code();
  }
  if (!options.look.json) {
    fmt::print("{}  end; {} event{}\n", paint.faint(clock_text(horizon_s)), simulator.events(),
               simulator.events() == 1 ? "" : "s");
  }
  return kDone;
}

}  // namespace

void add_trace(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<TraceOptions>();
  CLI::App* command = app.add_subcommand("trace", "Tell one run event by event");
  command->footer("Example:\n  nines trace web-shop --run 7 --horizon 1y\n");
  command->add_option("file", options->file, "A topology, or a name of the library")->required();
  command->add_option("--run", options->run, "Which run: the one that `nines run` numbers so (0)");
  command->add_option("--seed", options->seed, "The seed of that `nines run` (1)");
  command->add_option("--horizon", options->horizon, "How long (1y)");
  command->add_flag("--memoryless", options->memoryless,
                    "Replace every law by an exponential of its mean");
  command->add_flag("--with-outage", options->with_outage,
                    "The first run, from --run on, in which a service goes down");
  command->add_flag("--json", options->look.json, "JSON Lines: one event a line");
  add_color(*command, options->look);
  command->callback([options, &exit_code] { exit_code = trace(*options); });
}

}  // namespace nines::cli
