#include "models/policies/policy_keys.hpp"

#include <algorithm>
#include <numeric>

#include "models/catalogue.hpp"
#include "models/mechanisms/detection.hpp"

namespace nines {

std::vector<Parameter> group_keys() {
  Parameter policy = word("policy",
                          {"active_active", "active_standby", "cache", "multi_primary",
                           "primary_replica", "queue", "quorum", "raid"},
                          "The redundancy policy of the group.");
  policy.required = true;
  Parameter members = names("members", "component or group", "");
  members.required = true;
  members.help =
      "Who does the job, in order: names or patterns of components, sets such as "
      "`domain:rack-a`, or groups.";
  return {policy, members, detection_key(),
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

std::vector<int> votes_of(const Settings& group, std::size_t members) {
  std::vector<int> votes(members, 1);
  if (!group.has("votes")) return votes;
  const std::vector<double>& given = group.numbers("votes");
  for (std::size_t m = 0; m < std::min(members, given.size()); ++m) {
    votes[m] = static_cast<int>(std::clamp(given[m], 0.0, 1000.0));  // more is refused
  }
  return votes;
}

int all_votes(const Settings& group, std::size_t members) {
  const std::vector<int> votes = votes_of(group, members);
  return std::accumulate(votes.begin(), votes.end(), group.has("witness") ? 1 : 0);
}

std::vector<Parameter> shard_keys() {
  return {count("shards", 1000, "", "",
                "Into how many equal parts the keys are divided. Each is a group by itself, on as "
                "many of the members as `copies` says, and a request goes to the one that has its "
                "key. Left out: one."),
          count("copies", 1e6, "", "",
                "On how many members each shard is: those that follow in the list from its share "
                "of the way on, the first behind the last. Left out: on all.")};
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
