// What the commands about studies share.
#pragma once

#include <optional>
#include <string>

#include "studies/cli/options.hpp"
#include "studies/study/study.hpp"

namespace nines::cli {

/// A study by its path or by its name in the library, with all its designs looked at. Prints what
/// is wrong, and returns nothing then; throws std::runtime_error if it cannot be read.
std::optional<LoadedStudy> load_study_or_say(const std::string& path_or_name, const Look& look);

}  // namespace nines::cli
