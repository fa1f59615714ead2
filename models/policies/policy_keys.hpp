// Keys that several policies share.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// `policy`, `members`, `detection` and `needs`.
std::vector<Parameter> group_keys();
/// `takeover`, `automatic`, `otherwise`.
std::vector<Parameter> takeover_keys(std::string help);
Parameter need_key(std::string default_text);
/// `resync` and `data`: how long a copy takes that is made anew.
std::vector<Parameter> resync_keys();
Parameter backup_key();
/// Of a group whose members vote, how many votes each has: `votes`, or one.
std::vector<int> votes_of(const Settings& group, std::size_t members);
/// All votes together, that of a witness among them.
int all_votes(const Settings& group, std::size_t members);
/// `shards` and `copies`: the keys are spread over several groups, each on some of the members.
std::vector<Parameter> shard_keys();

}  // namespace nines
