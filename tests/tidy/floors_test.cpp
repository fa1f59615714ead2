// Tidiness that a test can see: includes go down or stay, libraries stay in their rooms, headers
// say what they are for, and nothing speaks of machines.
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = NINES_SOURCE_DIRECTORY;
// From the ground up.
constexpr std::array<const char*, 5> kFloors{"engine", "models", "topologies", "studies", "gui"};

std::vector<fs::path> sources(const char* folder) {
  std::vector<fs::path> out;
  if (!fs::exists(kRoot / folder)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".hpp") out.push_back(entry.path());
  }
  return out;
}

std::vector<std::string> lines(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

int floor_of(const std::string& path) {
  for (std::size_t i = 0; i < kFloors.size(); ++i) {
    if (path.starts_with(std::string(kFloors[i]) + "/")) return static_cast<int>(i);
  }
  return -1;
}

TEST(Floors, IncludesOnlyGoDown) {
  const std::regex include("^ *# *include +[\"<]([^\">]+)[\">]");
  std::size_t seen = 0;
  for (const char* folder : kFloors) {
    for (const fs::path& path : sources(folder)) {
      const std::string relative = fs::relative(path, kRoot).string();
      for (const std::string& line : lines(path)) {
        std::smatch match;
        if (!std::regex_search(line, match, include)) continue;
        ++seen;
        const std::string what = match[1];
        EXPECT_LE(floor_of(what), floor_of(relative)) << relative << " climbs to " << what;
        EXPECT_FALSE(what.starts_with("tests/")) << relative << " includes " << what;
        if (what.starts_with("Q") || what.find("Qt") == 0) {
          EXPECT_EQ(floor_of(relative), 4) << relative << " includes Qt";
        }
        if (what.starts_with("yaml-cpp")) {
          EXPECT_EQ(relative, "topologies/language/reader.cpp") << "includes " << what;
        }
        EXPECT_FALSE(what == "mpi.h" && relative != "studies/study/runner_mpi.cpp") << relative;
        if (what.starts_with("CLI/")) {
          EXPECT_TRUE(relative.starts_with("studies/cli/")) << relative << " includes " << what;
        }
      }
    }
  }
  EXPECT_GT(seen, 100u);
}

TEST(Headers, SayInTheirFirstLineWhatTheyAreFor) {
  for (const char* folder : kFloors) {
    for (const fs::path& path : sources(folder)) {
      const auto text = lines(path);
      if (path.extension() != ".hpp") continue;
      ASSERT_FALSE(text.empty()) << path;
      EXPECT_TRUE(text[0].starts_with("// ")) << path;
      EXPECT_TRUE(std::find(text.begin(), text.end(), "#pragma once") != text.end()) << path;
    }
  }
}

TEST(Lines, HaveAtMostAHundredColumns) {
  for (const char* folder : {"engine", "models", "topologies", "studies", "gui", "tests"}) {
    for (const fs::path& path : sources(folder)) {
      std::size_t number = 0;
      for (const std::string& line : lines(path)) {
        ++number;
        const auto columns = std::count_if(line.begin(), line.end(), [](char c) {
          return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        });
        EXPECT_LE(columns, 100) << path << ":" << number;
      }
    }
  }
}

/// Within GoogleTest the macros of QTest pass silently when they are false.
TEST(Tests, OfTheFrontEndExpectByGoogleTest) {
  std::size_t seen = 0;
  for (const fs::path& path : sources("tests/gui")) {
    std::size_t number = 0;
    for (const std::string& line : lines(path)) {
      ++number;
      for (const char* macro : {"QVERIFY", "QCOMPARE", "QTRY_", "QFAIL", "QSKIP"}) {
        EXPECT_EQ(line.find(macro), std::string::npos) << path << ":" << number;
      }
    }
    ++seen;
  }
  EXPECT_GT(seen, 3u);
}

TEST(Library, TeachesInItsComments) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kRoot / "topologies/library")) {
    if (entry.path().extension() != ".yaml") continue;
    ++count;
    const auto text = lines(entry.path());
    std::size_t comments = 0;
    bool sources_named = false;
    for (const std::string& line : text) {
      comments += line.starts_with("# ") ? 1 : 0;
      sources_named = sources_named || line.find("Sources of the figures") != std::string::npos;
    }
    EXPECT_GE(comments, 5u) << entry.path();
    EXPECT_TRUE(sources_named) << entry.path();
  }
  EXPECT_GE(count, 6u);
}

}  // namespace
