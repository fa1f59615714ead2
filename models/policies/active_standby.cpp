// Active-standby: some members serve, the others wait; one takes over at once when another fails.
#include <memory>

#include "models/catalogue.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

/// Gives roles. An active member that goes down loses its role to the first standby member that is
/// up, in the order of the list; a member that returns becomes active if a place is free, else
/// standby. Standby members age at the dormancy.
class Roles final : public Reaction {
 public:
  struct Member {
    ComponentId component;
    SignalId up;
    CellId active;
  };

  Roles(std::vector<Member> members, int places, double dormancy)
      : members_(std::move(members)), places_(places), dormancy_(dormancy) {}

  void wake(Context& context, Wake why) const override {
    int serving = 0;
    for (const Member& member : members_) {
      if (context.cell(member.active) == 0) continue;
      if (context.up(member.component)) {
        ++serving;
      } else {
        give(context, member, 0);
      }
    }
    for (const Member& member : members_) {
      if (serving == places_) break;
      if (context.cell(member.active) != 0 || !context.up(member.component)) continue;
      give(context, member, 1);
      ++serving;
    }
    if (why.by != Wake::By::begin) return;
    for (const Member& member : members_) {
      if (context.cell(member.active) == 0) context.operate(member.component, dormancy_);
    }
  }

 private:
  void give(Context& context, const Member& member, int active) const {
    context.set(member.active, active);
    context.operate(member.component, active != 0 ? 1.0 : dormancy_);
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
  policy.compile = [](const std::string& name, const std::vector<const CompiledComponent*>& members,
                      const Settings& settings, ModelBuilder& model) {
    const int active_count = static_cast<int>(settings.number("active"));
    CompiledGroup group;
    group.name = name;
    std::vector<Roles::Member> roles;
    Watches watches;
    std::vector<SignalId> up;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const bool first = i < static_cast<std::size_t>(active_count);
      const CellId cell = model.cell({name + "/active/" + members[i]->name, 0, 1, first ? 1 : 0});
      model.govern(members[i]->id);
      roles.push_back({members[i]->id, members[i]->up, cell});
      watches.signals.push_back(members[i]->up);
      up.push_back(members[i]->up);
      group.members.push_back({members[i], cell});
    }
    model.reaction(
        name + "#roles",
        std::make_unique<Roles>(std::move(roles), active_count, settings.number("dormancy")),
        std::move(watches));
    // Takeover takes no time, so the group stands exactly while enough members are up.
    group.stands = model.gate(
        name, static_cast<int>(settings.number_or("need", static_cast<double>(active_count))), up);
    return group;
  };
  return policy;
}

}  // namespace nines
