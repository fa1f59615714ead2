// Keys that several policies share.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// `policy`, `members` and what no policy supports yet.
std::vector<Parameter> group_keys();
Parameter need_key(std::string default_text);

}  // namespace nines
