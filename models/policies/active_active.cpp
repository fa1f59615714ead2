// Active-active: all members serve at once; the group stands while enough of them are up.
#include "models/catalogue.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {

Policy active_active_policy() {
  Policy policy;
  policy.record = {"active_active", "All members serve at once, each its share.", group_keys()};
  Parameter balance = word("balance", {"round_robin"}, "How requests are shared among members.");
  balance.default_text = "round_robin";
  balance.default_source = "HAProxy Configuration Manual, `balance`";
  balance.later_words = {{"weighted", "load balancing"},
                         {"least_connections", "load balancing"},
                         {"source_hash", "load balancing"},
                         {"sticky", "load balancing"}};
  policy.record.parameters.push_back(need_key("1"));
  policy.record.parameters.push_back(balance);
  policy.record.parameters.push_back(later_key("sessions", "sessions"));
  policy.counts = {"need"};
  policy.prepare = [](CompiledGroup& group, const Settings& settings, ModelBuilder&) {
    group.need = static_cast<int>(settings.number("need"));
  };
  return policy;
}

}  // namespace nines
