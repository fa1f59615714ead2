// Folders of files that come with nines, each known by its name without ending.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nines {

/// The names of the YAML files of a folder, sorted; none if there is no such folder.
std::vector<std::string> names_in(const std::filesystem::path& folder);
/// The path of the one called so; empty if there is none.
std::string path_in(const std::filesystem::path& folder, const std::string& name);

}  // namespace nines
