#include "models/catalogue.hpp"

namespace nines {

const std::vector<Kind>& all_kinds() {
  static const std::vector<Kind> kinds{
      client_kind(),   node_kind(),   load_balancer_kind(), switch_kind(),  router_kind(),
      firewall_kind(), wan_kind(),    internet_kind(),      storage_kind(), volume_kind(),
      link_kind(),     domain_kind(), stream_kind()};
  return kinds;
}

const std::vector<Policy>& all_policies() {
  static const std::vector<Policy> policies{
      active_active_policy(),   active_standby_policy(), cache_policy(),  multi_primary_policy(),
      primary_replica_policy(), queue_policy(),          quorum_policy(), raid_policy()};
  return policies;
}

const Kind* find_kind(const std::string& name) {
  for (const Kind& kind : all_kinds()) {
    if (kind.record.name == name) return &kind;
  }
  return nullptr;
}

const Policy* find_policy(const std::string& name) {
  for (const Policy& policy : all_policies()) {
    if (policy.record.name == name) return &policy;
  }
  return nullptr;
}

}  // namespace nines
