// Bad topologies: each file under bad/ has, beside it, the exact text that its reader must print.
// To accept new texts after reading them: NINES_ACCEPT=1 ctest -R BadTopology
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "topologies/language/reader.hpp"
#include "topologies/topology.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;

const fs::path kBad = fs::path(NINES_TESTS_DIRECTORY) / "topologies" / "bad";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kBad)) {
    if (entry.path().extension() == ".yaml") out.push_back(entry.path().stem().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class BadTopology : public testing::TestWithParam<std::string> {};

TEST_P(BadTopology, GetsItsExactMessage) {
  const std::string name = GetParam();
  const Loaded loaded =
      load_topology(name + ".yaml", content(kBad / (name + ".yaml")), kBad.string());
  EXPECT_FALSE(loaded.topology);
  const std::string said = render(loaded.diagnostics, loaded.source);
  EXPECT_NE(said, "") << "refused without a word";
  const fs::path expected = kBad / (name + ".txt");
  if (std::getenv("NINES_ACCEPT") != nullptr) std::ofstream(expected, std::ios::binary) << said;
  EXPECT_EQ(said, content(expected));
}

INSTANTIATE_TEST_SUITE_P(Files, BadTopology, testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-'; }, '_');
  return name;
});

TEST(BadTopologies, AreAtLeastFifty) { EXPECT_GE(names().size(), 50u); }

TEST(HugeFile, IsRefusedBeforeItIsRead) {
  const fs::path path = fs::path(testing::TempDir()) / "nines-huge.yaml";
  {
    std::ofstream file(path, std::ios::binary);
    file.seekp(200'000'000 - 1);  // a sparse file of 200 MB
    file.put('\n');
  }
  const Loaded loaded = load_topology_file(path.string());
  fs::remove(path);
  ASSERT_EQ(loaded.diagnostics.size(), 1u);
  EXPECT_EQ(loaded.diagnostics[0].message,
            "the file has 200000000 bytes; at most 8388608 are read");
}

TEST(MissingFile, SaysThePathAndTheSystemsWords) {
  try {
    load_topology_file("/no/such/file.yaml");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "/no/such/file.yaml: No such file or directory");
  }
}

}  // namespace
}  // namespace nines
