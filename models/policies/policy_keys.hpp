// Keys that several policies share.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// `policy`, `members` and what no policy supports yet.
std::vector<Parameter> group_keys();
/// `takeover`, `automatic`, `otherwise`.
std::vector<Parameter> takeover_keys(std::string help);
Parameter need_key(std::string default_text);
/// `resync` and `data`: how long a copy takes that is made anew.
std::vector<Parameter> resync_keys();
Parameter backup_key();

}  // namespace nines
