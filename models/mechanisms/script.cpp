#include "models/mechanisms/script.hpp"

#include "models/components/failing.hpp"

namespace nines {
namespace {

class Script final : public Reaction {
 public:
  Script(ModeId mode, TimerId timer, LawId when) : mode_(mode), timer_(timer), when_(when) {}
  void wake(Context& context, Wake why) const override {
    if (why.by == Wake::By::begin) {
      context.start(timer_, when_);
    } else {
      context.fail(mode_);
    }
  }

 private:
  ModeId mode_;
  TimerId timer_;
  LawId when_;
};

}  // namespace

std::shared_ptr<const Record> fault_record() {
  static const auto record = [] {
    Parameter at = quantity("at", Dimension::duration, "When, from the start of a run.");
    at.required = true;
    Parameter phase = quantity("phase", Dimension::duration,
                               "Up to how much later, at random: each run has a phase of its own.");
    phase.default_text = "0s";
    phase.default_source = "at that very time";
    Parameter component = names("component", "component, link or domain", "What fails.");
    component.single = true;
    component.required = true;
    Parameter mode;
    mode.key = "mode";
    mode.type = Type::text;
    mode.help = "In which of its failure modes. Left out: as `effect` says.";
    Parameter effect = *find_parameter(*failure_mode_record(), "effect");
    effect.help = "Instead of a mode: " + effect.help;
    effect.default_text.clear();
    return std::make_shared<const Record>(
        Record{"scripted fault",
               "Something that fails at a stated time.",
               {at, phase, component, mode, effect,
                law_of_time("for", "Until it is repaired. Left out: as the mode is repaired.")}});
  }();
  return record;
}

Settings scripted_mode(const Settings& fault, const Settings* of) {
  Settings mode;
  if (of != nullptr) mode = *of;
  for (const char* key : {"mttf", "afr", "fit", "availability"}) mode.values.erase(key);
  const auto set = [&](const char* key, LawPtr law) {
    Setting setting;
    setting.value = std::move(law);
    mode.values[key] = std::move(setting);
  };
  set("time_to_failure", never());
  if (fault.has("for")) {
    mode.values.erase("mttr");
    set("time_to_repair", fault.law("for"));
  }
  if (of != nullptr) {
    Setting imitates;
    imitates.value = fault.text("mode");
    mode.values[kImitates] = std::move(imitates);
  } else {
    Setting effect;
    effect.value = fault.has("effect") ? fault.text("effect") : std::string("crash");
    mode.values["effect"] = std::move(effect);
  }
  return mode;
}

Settings mode_by_hand() {
  Setting for_ever;
  for_ever.value = never();
  Settings fault;
  fault.values["for"] = std::move(for_ever);
  return scripted_mode(fault, nullptr);
}

void compile_script(const std::string& name, const CompiledComponent& component, ModeId mode,
                    double at_s, double phase_s, ModelBuilder& model) {
  model.govern(component.id);
  const LawPtr when = phase_s > 0 ? uniform(at_s, at_s + phase_s) : deterministic(at_s);
  const TimerId timer = model.timer(name);
  model.reaction(name + "#script", std::make_unique<Script>(mode, timer, model.law(when)), {});
}

}  // namespace nines
