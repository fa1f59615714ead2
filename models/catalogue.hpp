// The catalogue: every kind of component and every policy, one line each.
#pragma once

#include <vector>

#include "models/declaration.hpp"

namespace nines {

Kind client_kind();
Kind node_kind();
Kind load_balancer_kind();
Kind switch_kind();
Kind router_kind();
Kind firewall_kind();
Kind wan_kind();
Kind internet_kind();
Kind storage_kind();
Kind volume_kind();
Kind stream_kind();
Kind link_kind();
Kind domain_kind();

Policy active_active_policy();
Policy active_standby_policy();
Policy cache_policy();
Policy queue_policy();
Policy multi_primary_policy();
Policy primary_replica_policy();
Policy quorum_policy();
Policy raid_policy();

/// Links, domains and streams are kinds too, of sections of their own.
const std::vector<Kind>& all_kinds();
const std::vector<Policy>& all_policies();

/// Null if there is none of that name.
const Kind* find_kind(const std::string& name);
const Policy* find_policy(const std::string& name);

}  // namespace nines
