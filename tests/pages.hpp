// The pages of the documentation, and the blocks of text that they show.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace nines::test {

/// README.md and all that is under docs/.
inline std::vector<std::filesystem::path> pages() {
  const std::filesystem::path root = NINES_SOURCE_DIRECTORY;
  std::vector<std::filesystem::path> found{root / "README.md"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "docs")) {
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  }
  return found;
}

/// Blocks of a Markdown file that are marked as of that language.
inline std::vector<std::string> blocks_of(const std::filesystem::path& path,
                                          const std::string& language) {
  std::ifstream file(path);
  std::vector<std::string> blocks;
  bool inside = false;
  bool wanted = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      wanted = !inside && line == "```" + language;
      inside = !inside;
      if (wanted) blocks.emplace_back();
    } else if (wanted) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

inline bool is_study(const std::string& block) { return block.starts_with("nines-study:"); }

}  // namespace nines::test
