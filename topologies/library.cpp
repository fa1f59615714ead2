#include "topologies/library.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "topologies/topology.hpp"

namespace nines {
namespace {

std::filesystem::path library_directory() {
  if (const char* given = std::getenv("NINES_LIBRARY")) return given;
  return NINES_LIBRARY_DIRECTORY;
}

}  // namespace

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string path_in(const std::filesystem::path& folder, const std::string& name) {
  const std::filesystem::path path = folder / (name + ".yaml");
  std::error_code error;
  return std::filesystem::exists(path, error) ? path.string() : std::string();
}

std::vector<std::string> library_names() { return names_in(library_directory()); }

std::string library_path(const std::string& name) { return path_in(library_directory(), name); }

}  // namespace nines
