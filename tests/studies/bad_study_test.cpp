// Bad studies: each file under bad/ has, beside it, the exact text that its reader must print.
// To accept new texts after reading them: NINES_ACCEPT=1 ctest -R BadStudy
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

#include "studies/study/study.hpp"
#include "tests/pages.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;

const fs::path kBad = fs::path(NINES_TESTS_DIRECTORY) / "studies" / "bad";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kBad)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".yaml" && !name.starts_with("_")) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

class BadStudy : public testing::TestWithParam<std::string> {};

TEST_P(BadStudy, GetsItsExactMessage) {
  const fs::path here = fs::current_path();
  fs::current_path(kBad);  // so that messages have no folders of this machine
  LoadedStudy loaded = load_study_file(GetParam() + ".yaml");
  const std::string said = loaded.study ? invalid_designs(loaded) : render(loaded);
  fs::current_path(here);
  EXPECT_NE(said, "") << "refused without a word";
  const fs::path expected = kBad / (GetParam() + ".txt");
  if (std::getenv("NINES_ACCEPT") != nullptr) std::ofstream(expected, std::ios::binary) << said;
  EXPECT_EQ(said, content(expected));
}

INSTANTIATE_TEST_SUITE_P(Files, BadStudy, testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-'; }, '_');
  return name;
});

TEST(Docs, ShowStudiesThatAreValid) {
  std::size_t seen = 0;
  for (const fs::path& page : test::pages()) {
    for (const std::string& text : test::blocks_of(page, "yaml")) {
      if (!test::is_study(text)) continue;
      const fs::path path =
          fs::path(testing::TempDir()) / ("shown-" + page.stem().string() + ".yaml");
      std::ofstream(path) << text;
      LoadedStudy loaded = load_study_file(path.string());
      ASSERT_TRUE(loaded.study) << render(loaded);
      EXPECT_EQ(invalid_designs(loaded), "");
      ++seen;
      fs::remove(path);
    }
  }
  EXPECT_GE(seen, 1u);
}

TEST(BadStudies, AreAtLeastTwentyFive) { EXPECT_GE(names().size(), 25u); }

/// Whatever stands in a file: read or refused, never worse.
TEST(StudyFile, MayHoldAnything) {
  const fs::path here = fs::current_path();
  fs::current_path(kBad);
  std::mt19937 random(7);
  std::vector<std::string> texts;
  for (const std::string& name : names()) texts.push_back(content(kBad / (name + ".yaml")));
  std::size_t read = 0;
  for (int i = 0; i < 20'000; ++i) {
    StudyTexts study;
    study.path = "x.yaml";
    study.topology_path = "_shop.yaml";
    study.topology_text = content("_shop.yaml");
    study.text = texts[random() % texts.size()];
    for (std::size_t k = random() % 4; k-- > 0 && !study.text.empty();) {
      const std::size_t at = random() % study.text.size();
      const std::size_t length = std::min<std::size_t>(random() % 12, study.text.size() - at);
      const std::string& other = texts[random() % texts.size()];
      const std::size_t from = other.empty() ? 0 : random() % other.size();
      study.text.replace(at, length, other.substr(from, random() % 20));
    }
    read += load_study(std::move(study)).study ? 1 : 0;
  }
  EXPECT_GT(read, 10u);
  fs::current_path(here);
}

TEST(StudyFile, ThatIsMissingIsSaidSo) {
  EXPECT_THROW(load_study_file("there/is/none.yaml"), std::runtime_error);
}

}  // namespace
}  // namespace nines
