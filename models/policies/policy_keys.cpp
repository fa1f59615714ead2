#include "models/policies/policy_keys.hpp"

#include "models/catalogue.hpp"
#include "models/mechanisms/detection.hpp"

namespace nines {

std::vector<Parameter> group_keys() {
  Parameter policy = word("policy",
                          {"active_active", "active_standby", "cache", "multi_primary",
                           "primary_replica", "quorum", "raid"},
                          "The redundancy policy of the group.");
  policy.required = true;
  Parameter members = names("members", "component or group", "");
  members.required = true;
  members.help =
      "Who does the job, in order: names or patterns of components, sets such as "
      "`domain:rack-a`, or groups.";
  return {policy, members, detection_key(),
          later_key("shards",
                    "groups of shards; until then each is a group, as in the library's "
                    "redis-cluster"),
          names("needs", "component, group or domain", "What must be available to each member.")};
}

std::vector<Parameter> takeover_keys(std::string help) {
  Parameter takeover = law_of_time("takeover", std::move(help));
  takeover.default_text = "0s";
  takeover.default_source = "the ideal that delays are compared with";
  Parameter automatic = quantity("automatic", Dimension::fraction,
                                 "With which a takeover needs nobody; decided for each.");
  automatic.default_text = "100 %";
  automatic.default_source = "automation that always works";
  Parameter otherwise = law_of_time("otherwise",
                                    "From the notice until a person has done it, where automation "
                                    "did not work.");
  return {takeover, automatic, otherwise};
}

Parameter need_key(std::string default_text) {
  Parameter need = count("need", 1e6, std::move(default_text), "one member can do the job",
                         "How many members must serve for the group to stand.");
  return need;
}

std::vector<Parameter> resync_keys() {
  Parameter resync = quantity("resync", Dimension::throughput,
                              "How fast a copy is written anew from another; goes with `data`. "
                              "Left out: in no time.");
  resync.low_open = true;
  Parameter data = quantity("data", Dimension::size, "How much there is to copy.");
  data.low_open = true;
  return {resync, data};
}

Parameter backup_key() {
  auto record = std::make_shared<Record>();
  record->name = "backup";
  record->help = "What is gone with all copies is lost back to the newest backup.";
  Parameter every = law_of_time("every", "From one backup to the next.");
  every.required = true;
  Parameter restore = law_of_time("restore", "Until the newest backup is in place.");
  restore.required = true;
  record->parameters = {every, restore};
  return record_of("backup", record, record->help);
}

}  // namespace nines
