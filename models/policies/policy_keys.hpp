// Keys that several policies share.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// `policy`, `members` and what no policy supports yet.
std::vector<Parameter> group_keys();
/// `takeover`, `automatic`, `otherwise`.
std::vector<Parameter> takeover_keys(std::string help);
Parameter need_key(std::string default_text);

}  // namespace nines
