// A cache beside what it saves work: reads that it has go no further. What it loses with a member
// goes on until that is back and warm.
#include <memory>

#include "models/catalogue.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

/// A member is cold when it comes back, and warm after a while.
class Warmth final : public Reaction {
 public:
  struct Member {
    SignalId usable{};
    CellId warm{};
    TimerId warming{};
  };
  struct Plan {
    std::vector<Member> members;
    LawId warm_up{};
  };
  explicit Warmth(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake why) const override {
    for (const Member& member : plan_.members) {
      if (!c.value(member.usable)) {
        c.cancel(member.warming);
        c.set(member.warm, 0);
      } else if (why.is(member.warming)) {
        c.set(member.warm, 1);
      } else if (c.cell(member.warm) == 0 && !c.pending(member.warming)) {
        c.start(member.warming, plan_.warm_up);
      }
    }
  }

 private:
  Plan plan_;
};

}  // namespace

Policy cache_policy() {
  Policy policy;
  policy.record = {
      "cache",
      "Answers reads that it has; the others, and what a lost member had, go on to the next group. "
      "A service is up while those behind it are, and its hits are served without them, too.",
      {}};
  for (Parameter& key : group_keys()) {
    if (key.key != "detection") policy.record.parameters.push_back(std::move(key));
  }
  Parameter ratio = quantity("hit_ratio", Dimension::fraction,
                             "Of the reads: those that it has, each member its share of the keys.");
  ratio.required = true;
  ratio.low_open = true;
  Parameter warm =
      law_of_time("warm_up", "How long a member that comes back empty has none of them.");
  warm.default_text = "0s";
  warm.default_source = "a cache that is filled at once";
  policy.record.parameters.push_back(ratio);
  policy.record.parameters.push_back(warm);
  policy.beside = true;
  policy.reads_apart = [](const Settings&, std::size_t) { return true; };
  policy.prepare = [](CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
    group.hit_ratio = settings.number("hit_ratio");
    for (CompiledGroup::Member& member : group.members) {
      member.warm = model.cell({group.name + "/" + member.name() + "/warm", 0, 1, 1});
    }
  };
  policy.react = [](CompiledGroup& group, const GroupView&, const Settings& settings,
                    ModelBuilder& model) {
    Warmth::Plan plan;
    Watches watches;
    plan.warm_up = model.law(settings.law("warm_up"));
    for (const CompiledGroup::Member& member : group.members) {
      plan.members.push_back({member.usable, member.warm,
                              model.timer(group.name + "/" + member.name() + "/warming",
                                          member.name() + " of " + group.name + " is warm")});
      watches.follow(member.usable);
    }
    model.reaction(group.name + "#cache", std::make_unique<Warmth>(std::move(plan)),
                   std::move(watches));
  };
  return policy;
}

}  // namespace nines
