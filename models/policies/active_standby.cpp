// Active-standby: some members serve, the others wait; one takes over at once when another fails.
#include <memory>

#include "models/catalogue.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

/// Gives roles. A member that becomes unusable loses its role to the first standby member, in the
/// order of the list, that could serve; so does one that is cut off while another is not. A member
/// that returns becomes active if a place is free, else standby. Standby members age at the
/// dormancy.
class Roles final : public Reaction {
 public:
  struct Member {
    std::vector<ComponentId> components;  ///< all below it
    SignalId usable;
    SignalId could_serve;
    CellId active;
  };

  Roles(std::vector<Member> members, int places, double dormancy)
      : members_(std::move(members)), places_(places), dormancy_(dormancy) {}

  void wake(Context& context, Wake why) const override {
    int serving = 0;
    for (const Member& member : members_) {
      if (context.cell(member.active) == 0) continue;
      if (context.value(member.usable)) {
        ++serving;
      } else {
        give(context, member, 0);
      }
    }
    // Rather one who could serve than one who is cut off; but rather him than nobody.
    for (const bool cut_off : {false, true}) {
      for (const Member& member : members_) {
        if (serving == places_) break;
        if (context.cell(member.active) != 0) continue;
        if (!context.value(cut_off ? member.usable : member.could_serve)) continue;
        give(context, member, 1);
        ++serving;
      }
    }
    for (const Member& member : members_) {
      if (context.cell(member.active) == 0 || context.value(member.could_serve)) continue;
      for (const Member& other : members_) {
        if (context.cell(other.active) != 0 || !context.value(other.could_serve)) continue;
        give(context, member, 0);
        give(context, other, 1);
        break;
      }
    }
    if (why.by != Wake::By::begin) return;
    for (const Member& member : members_) {
      if (context.cell(member.active) == 0) operate(context, member, dormancy_);
    }
  }

 private:
  void give(Context& context, const Member& member, int active) const {
    context.set(member.active, active);
    operate(context, member, active != 0 ? 1.0 : dormancy_);
  }
  static void operate(Context& context, const Member& member, double speed) {
    for (const ComponentId component : member.components) context.operate(component, speed);
  }

  std::vector<Member> members_;
  int places_;
  double dormancy_;
};

}  // namespace

Policy active_standby_policy() {
  Policy policy;
  policy.record = {"active_standby",
                   "Some members serve, the first of the list at the start; the others stand by.",
                   group_keys()};
  Parameter active = count("active", 1e6, "1", "one active member, as in VRRP (RFC 5798)",
                           "How many members serve at a time.");
  Parameter dormancy = quantity("dormancy", Dimension::fraction,
                                "How fast a standby member ages: 0 % cold, 100 % hot, between "
                                "them warm.");
  dormancy.default_text = "100 %";
  dormancy.default_source = "a hot standby runs like the active member";
  policy.record.parameters.push_back(need_key(""));
  policy.record.parameters.back().help += " Left out: as many as are active.";
  policy.record.parameters.push_back(active);
  policy.record.parameters.push_back(dormancy);
  policy.record.parameters.push_back(later_key("fails_on_demand", "failover in time"));
  policy.counts = {"need", "active"};
  policy.prepare = [](CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
    const double places = settings.number("active");
    group.need = static_cast<int>(settings.number_or("need", places));
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      CompiledGroup::Member& member = group.members[i];
      const int first = static_cast<double>(i) < places ? 1 : 0;
      member.active = model.cell({group.name + "/active/" + member.name(), 0, 1, first});
      for (const CompiledComponent* leaf : leaves_of(member)) model.govern(leaf->id);
    }
  };
  policy.react = [](const CompiledGroup& group, const std::vector<SignalId>& could_serve,
                    const Settings& settings, ModelBuilder& model) {
    std::vector<Roles::Member> roles;
    Watches watches;
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      const CompiledGroup::Member& member = group.members[i];
      Roles::Member role{{}, member.usable, could_serve[i], member.active};
      for (const CompiledComponent* leaf : leaves_of(member)) role.components.push_back(leaf->id);
      watches.signals.push_back(role.usable);
      if (role.could_serve != role.usable) watches.signals.push_back(role.could_serve);
      roles.push_back(std::move(role));
    }
    model.reaction(
        group.name + "#roles",
        std::make_unique<Roles>(std::move(roles), static_cast<int>(settings.number("active")),
                                settings.number("dormancy")),
        std::move(watches));
  };
  return policy;
}

}  // namespace nines
