#include "models/mechanisms/domains.hpp"

#include <memory>

namespace nines {
namespace {

class RestartWithPower final : public Reaction {
 public:
  RestartWithPower(ComponentId component, SignalId powered)
      : component_(component), powered_(powered) {}
  void wake(Context& context, Wake why) const override {
    if (why.by == Wake::By::signal && context.value(powered_)) context.restart(component_);
  }

 private:
  ComponentId component_;
  SignalId powered_;
};

class Strike final : public Reaction {
 public:
  Strike(ModeId shock, ModeId struck, ComponentId component, double probability)
      : shock_(shock), struck_(struck), component_(component), probability_(probability) {}
  void wake(Context& context, Wake why) const override {
    if (why.by != Wake::By::mode || !context.failed(shock_) || !context.up(component_)) return;
    const double odds[] = {probability_, 1.0 - probability_};
    if (probability_ >= 1.0 || context.choose(odds) == 0) context.fail(struck_);
  }

 private:
  ModeId shock_;
  ModeId struck_;
  ComponentId component_;
  double probability_;
};

}  // namespace

void compile_mask(const CompiledComponent& member, ModelBuilder& model) {
  if (!member.restarts || member.powered == kNone<SignalId>) return;
  model.reaction(member.name + "#power",
                 std::make_unique<RestartWithPower>(member.id, member.powered),
                 {{member.powered}, {}});
}

void compile_strike(const CompiledMode& shock, const std::string& shock_name,
                    const CompiledComponent& member, ModelBuilder& model) {
  for (const CompiledMode& mode : member.modes) {
    if (mode.name != shock.strikes) continue;
    model.govern(member.id);
    // A reaction for each member, so that no member's luck depends on how many there are.
    model.reaction(shock_name + "#strikes/" + member.name,
                   std::make_unique<Strike>(shock.id, mode.id, member.id, shock.strike_probability),
                   {{}, {shock.id}});
  }
}

}  // namespace nines
