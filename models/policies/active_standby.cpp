// Active-standby: some members serve, the others wait. A failure is noticed, a standby member takes
// over, by itself or by hand, and the first may get its role back.
#include "models/catalogue.hpp"
#include "models/mechanisms/detection.hpp"
#include "models/mechanisms/sessions.hpp"
#include "models/policies/policy_keys.hpp"
#include "models/policies/role_policy.hpp"

namespace nines {
namespace {

int places_of(const Settings& settings) { return static_cast<int>(settings.number("active")); }

void prepare(CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
  group.need = static_cast<int>(settings.number_or("need", settings.number("active")));
  prepare_roles(group, settings, places_of(settings), model);
}

void react(CompiledGroup& group, const GroupView& view, const Settings& settings,
           ModelBuilder& model) {
  react_roles(
      group, view, settings,
      {places_of(settings), settings.number("dormancy"), settings.number("fails_on_demand")},
      model);
}

}  // namespace

Policy active_standby_policy() {
  Policy policy;
  policy.record = {"active_standby",
                   "Some members serve, the first of the list at the start; the others stand by.",
                   group_keys()};
  std::vector<Parameter>& keys = policy.record.parameters;
  keys.push_back(sessions_key());
  keys.push_back(need_key(""));
  keys.back().help += " Left out: as many as are active.";
  keys.push_back(count("active", 1e6, "1", "one active member, as in VRRP (RFC 5798)",
                       "How many members serve at a time."));
  Parameter dormancy = quantity("dormancy", Dimension::fraction,
                                "How fast a standby member ages: 0 % cold, 100 % hot, between "
                                "them warm.");
  dormancy.default_text = "100 %";
  dormancy.default_source = "a hot standby runs like the active member";
  keys.push_back(dormancy);
  Parameter on_demand =
      quantity("fails_on_demand", Dimension::fraction,
               "With which a standby member fails when it is to take over, in its "
               "first failure mode.");
  on_demand.default_text = "0 %";
  on_demand.default_source = "a standby that was tested";
  keys.push_back(on_demand);
  for (Parameter& p : role_keys()) keys.push_back(std::move(p));
  policy.counts = {"need", "active"};
  policy.prepare = prepare;
  policy.react = react;
  policy.by_peers = detects_by_peers;
  return policy;
}

}  // namespace nines
