#include "models/policies/policy_keys.hpp"

#include "models/catalogue.hpp"

namespace nines {

std::vector<Parameter> group_keys() {
  Parameter policy = word("policy", {"active_active", "active_standby", "raid"},
                          "The redundancy policy of the group.");
  policy.required = true;
  policy.later_words = later_policies();
  Parameter members = names("members", "component or group", "");
  members.required = true;
  members.help =
      "Who does the job, in order: names or patterns of components, sets such as "
      "`domain:rack-a`, or groups.";
  Parameter detection = word("detection", {"perfect"}, "How a failed member is noticed.");
  detection.default_text = "perfect";
  detection.default_source = "the ideal that delays are compared with";
  detection.later_words = {{"health_check", "failover in time"},
                           {"vrrp", "failover in time"},
                           {"heartbeat", "failover in time"},
                           {"dns", "failover in time"}};
  return {policy,
          members,
          detection,
          later_key("takeover", "failover in time"),
          later_key("automatic", "failover in time"),
          later_key("otherwise", "failover in time"),
          later_key("failback", "failover in time"),
          later_key("replication", "replication"),
          later_key("shards", "replication"),
          names("needs", "component, group or domain", "What must be available to each member.")};
}

Parameter need_key(std::string default_text) {
  Parameter need = count("need", 1e6, std::move(default_text), "one member can do the job",
                         "How many members must serve for the group to stand.");
  return need;
}

}  // namespace nines
