#include "models/components/failing.hpp"

#include "models/mechanisms/hosts.hpp"

#include <cmath>

namespace nines {
namespace {

std::shared_ptr<const Record> repair_record() {
  Parameter crew;
  crew.key = "crew";
  crew.type = Type::names;
  crew.refers_to = "crew";
  crew.single = true;
  crew.required = true;
  crew.help = "The crew that repairs it, one of `crews`.";
  Parameter priority =
      count("priority", 1000, "1", "all alike",
            "Its rank with crews of discipline `priority` or `preemptive`: 1 comes first.");
  return std::make_shared<Record>(
      Record{"repair", "Who repairs, and in which order.", {crew, priority}});
}

std::shared_ptr<const Record> strike_record() {
  Parameter mode;
  mode.key = "mode";
  mode.type = Type::text;
  mode.required = true;
  mode.help = "The failure mode in which members fail; those that do not have it are spared.";
  Parameter probability = quantity("probability", Dimension::fraction,
                                   "With which each member that is up is struck, independently.");
  probability.low_open = true;
  probability.default_text = "100 %";
  probability.default_source = "a shock that spares nobody, as in the Marshall-Olkin model";
  return std::make_shared<Record>(
      Record{"strike", "Makes members of the domain fail.", {mode, probability}});
}

std::shared_ptr<const Record> cost_record() {
  return std::make_shared<Record>(
      Record{"cost",
             "What one of it costs.",
             {quantity("buy", Dimension::money, "Once in its lifetime: see `costs`."),
              quantity("run", Dimension::money_rate, "Power, space, licences, rent."),
              quantity("repair", Dimension::money,
                       "Of each failure: visit, parts, work. A failure mode may say otherwise.")}});
}

Parameter mean_time(std::string key, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::mean;
  p.low_open = true;
  p.help = std::move(help);
  return p;
}

}  // namespace

LawPtr life_of(const Settings& mode) {
  if (mode.has("time_to_failure")) return mode.law("time_to_failure");
  if (mode.has("mttf")) return mode.law("mttf");
  // AFR is the probability to fail within a year of operation: 1 - exp(-1 y / MTTF) (Seagate,
  // "Hard disk drive reliability and MTBF / AFR").
  if (mode.has("afr")) return exponential(-kYear_s / std::log1p(-mode.number("afr")));
  // FIT counts failures in 1e9 hours (JEDEC JESD85A).
  if (mode.has("fit")) return exponential(1e9 * 3600.0 / mode.number("fit"));
  const double available = mode.number("availability");
  const double repair_s =
      (mode.has("mttr") ? mode.law("mttr") : mode.law("time_to_repair"))->mean();
  return exponential(repair_s * available / (1.0 - available));
}

LawPtr repair_of(const Settings& mode) {
  // A strike is over at once; those whom it strikes are repaired, each for itself.
  return mode.has("strike") ? deterministic(0.0)
         : mode.has("mttr") ? mode.law("mttr")
                            : mode.law("time_to_repair");
}

bool takes_down(const Settings& mode) {
  return !mode.has("degraded") && !mode.has("strike") && mode.text("effect") != "mute";
}

namespace {

std::shared_ptr<const Record> make_failure_mode_record() {
  Parameter afr = quantity("afr", Dimension::fraction,
                           "Yearly failure rate: the probability to fail within a year of "
                           "operation; the time to failure is exponential.");
  afr.low_open = afr.high_open = true;
  Parameter fit;
  fit.key = "fit";
  fit.type = Type::number;
  fit.low_open = true;
  fit.help = "Failures in 1e9 hours of operation; the time to failure is exponential.";
  Parameter availability =
      quantity("availability", Dimension::fraction,
               "What the mode alone would leave of the component's time; gives the mean of an "
               "exponential time to failure, together with the time to repair.");
  availability.low_open = availability.high_open = true;

  Parameter effect = word("effect", {"crash", "hang", "silent", "mute"},
                          "What the failure does: crash (the process is gone, the host refuses), "
                          "hang (it accepts and never answers), silent (host or path is gone): "
                          "these take it down, and differ in how detection sees them; mute (it "
                          "serves on, but its heartbeats or VRRP advertisements stop).");
  effect.default_text = "crash";
  effect.default_source = "the commonest failure of software";
  Parameter degraded = quantity("degraded", Dimension::fraction,
                                "The component stays up, with this fraction of its capacity; its "
                                "other clocks run on, and fractions of several modes multiply.");
  degraded.low_open = degraded.high_open = true;

  auto record = std::make_shared<Record>();
  record->name = "failure mode";
  record->help = "One way in which a component fails.";
  record->parameters = {
      law_of_time("time_to_failure",
                  "From new, or from the end of the last repair, until it "
                  "fails, in operating time."),
      mean_time("mttf", "Mean time to failure; the time is exponential."),
      afr,
      fit,
      availability,
      law_of_time("time_to_repair", "From the start of the repair until it is as good as new."),
      mean_time("mttr", "Mean time to repair; the time is exponential."),
      effect,
      degraded,
      record_of("repair", repair_record(), "Left out: repaired at once, by a crew of its own."),
      truth("destroys_data",
            "What the component stores is gone: its group must copy or rebuild it."),
      record_of("strike", strike_record(),
                "Of a domain: instead of masking its members for a while it makes them fail, each "
                "with a repair of its own. Takes the place of the time to repair."),
      quantity("repair_cost", Dimension::money,
               "Of each failure in this mode, in place of the component's `cost: {repair: …}`."),
      later_key("repair_starts", "monitoring"),
  };
  record->exactly_one_of = {{"time_to_failure", "mttf", "afr", "fit", "availability"},
                            {"time_to_repair", "mttr", "strike"}};
  return record;
}

}  // namespace

const std::shared_ptr<const Record>& failure_mode_record() {
  static const std::shared_ptr<const Record> record = make_failure_mode_record();
  return record;
}

std::vector<Parameter> failing_parameters() {
  Parameter age = quantity("age", Dimension::duration, "How old it is when a run starts.");
  age.default_text = "0s";
  age.default_source = "a run starts with all components new";
  Parameter restart = law_of_time("restart",
                                  "From the end of a repair until it is up again; its clocks stand "
                                  "still meanwhile.");
  return {table("failures", failure_mode_record(), "Its failure modes, by name."),
          age,
          restart,
          bundles("domain", "domain", {"spread"},
                  "The failure domains that it is in: all of a list; with {spread: […]} the "
                  "components of a range take turns."),
          names("needs", "component, group or domain",
                "What must be available to it; in a network, what it must reach, too."),
          names("needs_any", "component, group or domain",
                "Of these, one must be available to it: two power feeds."),
          record_of("cost", cost_record(), "What one of it costs.")};
}

std::vector<Parameter> serving_parameters() {
  std::vector<Parameter> parameters = failing_parameters();
  Parameter capacity = quantity("capacity", Dimension::rate,
                                "The most requests it can serve; left out, as many as come, in no "
                                "time.");
  capacity.low_open = true;
  parameters.push_back(capacity);
  parameters.push_back(
      count("maxconn", 1e5, "1", "one queue, one server: M/M/1",
            "How many requests it works on at once, each at capacity/maxconn; the "
            "others wait in its queue (HAProxy Configuration Manual, `maxconn`)."));
  parameters.push_back(
      truth("forwards", "It passes on what is not for it: in line, like a bridge."));
  parameters.push_back(runs_on_key());
  return parameters;
}

Parameter latency_key() {
  Parameter latency = quantity("latency", Dimension::duration, "One way; a response comes back.");
  latency.default_text = "0s";
  latency.default_source = "negligible beside what is served";
  return latency;
}

CompiledComponent compile_failing(const std::string& name, const Settings& settings,
                                  ModelBuilder& model, std::vector<CrewJob>& jobs) {
  CompiledComponent component;
  component.name = name;
  if (settings.has("capacity")) component.capacity_per_s = settings.number("capacity");
  component.concurrency = static_cast<int>(settings.number_or("maxconn", 1.0));
  component.latency_s = settings.number_or("latency", 0.0);
  component.restarts = settings.has("restart");

  std::vector<ModeSpec> specs;
  const std::vector<Entry>& failures = settings.table("failures");
  for (const Entry& entry : failures) {
    const Settings& mode = entry.settings;
    ModeSpec spec;
    spec.name = entry.name.name;
    spec.life = life_of(mode);
    spec.repair = repair_of(mode);
    spec.effect = takes_down(mode) ? Effect::down : Effect::part;
    spec.repair_start = mode.has("repair") ? RepairStart::by_reaction : RepairStart::at_once;
    spec.age_s = settings.number("age");
    specs.push_back(std::move(spec));
  }
  component.id = model.component(name, std::move(specs),
                                 settings.has("restart") ? settings.law("restart") : nullptr);
  component.up = model.up(component.id);
  for (std::size_t i = 0; i < failures.size(); ++i) {
    const Settings& mode = failures[i].settings;
    const ModeId id = model.mode(component.id, i);
    CompiledMode compiled;
    compiled.name = failures[i].name.name;
    compiled.like = mode.has(kImitates) ? mode.text(kImitates) : compiled.name;
    compiled.id = id;
    compiled.capacity_factor = mode.number_or("degraded", 1.0);
    const double usual_cost =
        settings.has("cost") ? settings.record("cost").number_or("repair", 0.0) : 0.0;
    compiled.repair_cost = mode.number_or("repair_cost", usual_cost);
    compiled.destroys_data = mode.truth("destroys_data");
    using Shows = CompiledMode::Shows;
    const std::string& effect = mode.text("effect");
    compiled.shows = effect == "hang"     ? Shows::hangs
                     : effect == "silent" ? Shows::silent
                     : effect == "mute"   ? Shows::mute
                                          : Shows::refused;
    if (mode.has("strike")) {
      compiled.strikes = mode.record("strike").text("mode");
      compiled.strike_probability = mode.record("strike").number("probability");
    }
    if (mode.has("repair")) {
      const Settings& repair = mode.record("repair");
      jobs.push_back({name + "/" + compiled.name, repair.names("crew").front().name, id,
                      static_cast<int>(repair.number("priority"))});
    }
    component.modes.push_back(std::move(compiled));
  }
  return component;
}

}  // namespace nines
