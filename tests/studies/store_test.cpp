// The store within one process: stopped, resumed, merged; and summaries as bytes.
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>
#include <unistd.h>

#include "models/summary_bytes.hpp"
#include "studies/study/answer.hpp"
#include "studies/study/runner.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;

const fs::path kFiles = fs::path(NINES_TESTS_DIRECTORY) / "studies" / "files";
const std::atomic<bool> kNever{false};

LoadedStudy small_study() {
  LoadedStudy loaded = load_study_file((kFiles / "precise.yaml").string());
  EXPECT_TRUE(loaded.study) << render(loaded);
  loaded.study->experiment.precision.reset();
  loaded.study->experiment.runs = 64 * 40 - 5;  // the last block is a part of one
  return loaded;
}

/// All figures of all designs, to the last bit.
std::vector<double> figures_in(const LoadedStudy& loaded, const Store& store) {
  CompiledDesigns designs(loaded);
  std::vector<double> figures;
  for (const AnsweredDesign& design : answer_of(designs, store).designs) {
    EXPECT_TRUE(design.complete);
    for (const Figure& f : figures_of(design.estimates, loaded.study->experiment)) {
      figures.insert(figures.end(), {f.estimate.value, f.estimate.low});
    }
  }
  return figures;
}

class StoreInProcess : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::path(testing::TempDir()) / "nines-store-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::vector<double> undisturbed(const LoadedStudy& loaded) {
    Store store = Store::create(at("whole.db"), loaded, {});
    CompiledDesigns designs(loaded);
    StudyLeader leader(designs, &store, {}, {});
    EXPECT_TRUE(run_on_threads(leader, designs, 2, kNever));
    return figures_in(loaded, store);
  }
  fs::path folder_;
};

TEST_F(StoreInProcess, IsStoppedAndGoesOn) {
  const LoadedStudy loaded = small_study();
  const std::vector<double> whole = undisturbed(loaded);
  Store::create(at("x.db"), loaded, {});
  std::size_t stops = 0;
  while (true) {
    Store store = Store::open(at("x.db"), Store::Access::write);
    CompiledDesigns designs(loaded);
    std::atomic<bool> stop = false;
    std::size_t told = 0;
    StudyLeader leader(designs, &store, {}, [&](const StudyProgress&) { stop = ++told > 8; });
    if (run_on_threads(leader, designs, 2, stop)) {
      EXPECT_EQ(figures_in(loaded, store), whole);
      break;
    }
    ASSERT_LT(++stops, 1000u);
  }
  EXPECT_GE(stops, 1u);
}

TEST_F(StoreInProcess, HasOneWriter) {
  const LoadedStudy loaded = small_study();
  const Store first = Store::create(at("x.db"), loaded, {});
  EXPECT_THROW(Store::open(at("x.db"), Store::Access::write), StoreError);
  const Store reader = Store::open(at("x.db"), Store::Access::read);
  EXPECT_EQ(reader.texts().text, loaded.texts.text);
}

/// What a killed writer left beside a store that was then removed is not taken for blocks of the
/// next one of that name, whether that is made or merged.
TEST_F(StoreInProcess, IsNotHeirToWhatAnotherLeft) {
  const LoadedStudy loaded = small_study();
  const std::vector<double> whole = undisturbed(loaded);
  {
    Store store = Store::create(at("x.db"), loaded, {});
    CompiledDesigns designs(loaded);
    StudyLeader leader(designs, &store, {}, {});
    EXPECT_TRUE(run_on_threads(leader, designs, 2, kNever));
    ASSERT_GT(fs::file_size(at("x.db-wal")), 0u);
    for (const char* name : {"new.db", "merged.db"}) {
      fs::copy_file(at("x.db-wal"), at(std::string(name) + "-wal"));
    }
  }
  const Store fresh = Store::create(at("new.db"), loaded, {});
  for (const std::uint32_t blocks : fresh.blocks_by_design()) EXPECT_EQ(blocks, 0u);
  {
    Store::create(at("unfinished"), loaded, {}).merge(Store::open(at("x.db"), Store::Access::read));
  }
  Store::publish(at("unfinished"), at("merged.db"));
  EXPECT_EQ(figures_in(loaded, Store::open(at("merged.db"), Store::Access::read)), whole);
  // A name that is taken stays with who has it.
  { Store::create(at("unfinished"), loaded, {}); }
  EXPECT_THROW(Store::publish(at("unfinished"), at("merged.db")), StoreError);
  EXPECT_EQ(figures_in(loaded, Store::open(at("merged.db"), Store::Access::read)), whole);
}

TEST_F(StoreInProcess, PartsMergeInAnyOrder) {
  const LoadedStudy loaded = small_study();
  const std::vector<double> whole = undisturbed(loaded);
  for (const std::uint32_t i : {1U, 2U, 3U, 4U}) {
    Store store = Store::create(at("part-" + std::to_string(i)), loaded, {i, 4});
    CompiledDesigns designs(loaded);
    StudyLeader leader(designs, &store, {i, 4}, {});
    EXPECT_TRUE(run_on_threads(leader, designs, 2, kNever));
    // A part of everything, and not more than there is.
    EXPECT_GT(leader.progress().blocks_done, 0u);
    EXPECT_EQ(leader.progress().blocks_done, *leader.progress().blocks_at_most);
  }
  Store all = Store::create(at("all.db"), loaded, {});
  for (const char* i : {"3", "1", "4", "2", "1"}) {
    all.merge(Store::open(at(std::string("part-") + i), Store::Access::read));
  }
  EXPECT_EQ(figures_in(loaded, all), whole);
}

TEST_F(StoreInProcess, HasTheFilesThatItWasBegunWith) {
  const auto write = [&](const char* name, const char* text) { std::ofstream(at(name)) << text; };
  write("slow.csv", "2d\n3d\n");
  write("fast.csv", "2h\n4h\n9h\n");
  write(
      "base.yaml",
      "nines: 1\n"
      "components:\n"
      "  users: {kind: client}\n"
      "  web: {kind: node, failures: {f: {mttf: 30d, time_to_repair: empirical(file=slow.csv)}}}\n"
      "groups: {all: {policy: active_active, members: web}}\n"
      "services: {site: {from: users, through: all}}\n");
  write("repair.yaml",
        "nines-study: 1\n"
        "topology: base.yaml\n"
        "factors: {repair: {path: components.web.failures.f.time_to_repair,\n"
        "                   values: [empirical(file=slow.csv), empirical(file=fast.csv)]}}\n"
        "runs: 640\n");
  LoadedStudy loaded = load_study_file(at("repair.yaml"));
  ASSERT_TRUE(loaded.study) << render(loaded);
  ASSERT_EQ(invalid_designs(loaded), "");
  const std::vector<double> whole = undisturbed(loaded);
  Store::create(at("x.db"), loaded, {});
  write("slow.csv", "5d\n");
  fs::remove(at("fast.csv"));
  {
    Store store = Store::open(at("x.db"), Store::Access::write);
    const LoadedStudy again = load_study(store.texts());
    ASSERT_TRUE(again.study) << render(again);
    CompiledDesigns designs(again);
    StudyLeader leader(designs, &store, {}, {});
    EXPECT_TRUE(run_on_threads(leader, designs, 2, kNever));
    EXPECT_EQ(figures_in(again, store), whole);
  }
  // Begun now it is another study, though all texts are the same.
  write("fast.csv", "2h\n4h\n9h\n");
  LoadedStudy changed = load_study_file(at("repair.yaml"));
  ASSERT_EQ(invalid_designs(changed), "");
  Store other = Store::create(at("y.db"), changed, {});
  EXPECT_THROW(other.merge(Store::open(at("x.db"), Store::Access::read)), StoreError);
}

/// What leaves a process comes back the same, for every topology of the library.
TEST(Summaries, AreTheSameAfterAWayAsBytes) {
  for (const std::string& name : library_names()) {
    const Loaded loaded = load_topology_file(library_path(name));
    const auto system = compile(*loaded.topology);
    const auto again = compile(*loaded.topology);
    Experiment experiment = experiment_for(*loaded.topology);
    experiment.horizon_s = 30 * 86400.0;
    const WarmUp none = prepare(*system, experiment);
    const auto worker = make_worker(*system, experiment, none);
    const std::atomic<bool> never{false};
    Outcome direct;
    Outcome by_bytes;
    LawsInUse laws;
    for (std::uint32_t b = 0; b < 2; ++b) {
      const auto block = worker->block(b * kRunsPerBlock, 16, never);
      const auto& summary = static_cast<const RunsSummary&>(*block);
      direct.summary.merge(summary);
      add_laws(laws.fresh(summary, system->services), again->services);
      const std::string bytes = to_bytes(summary);
      const RunsSummary read = from_bytes(bytes);
      EXPECT_EQ(to_bytes(read), bytes) << name;
      by_bytes.summary.merge(read);
    }
    const auto a = figures_of(estimate(*system, experiment, direct), experiment);
    const auto b = figures_of(estimate(*again, experiment, by_bytes), experiment);
    ASSERT_EQ(a.size(), b.size()) << name;
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].measure, b[i].measure) << name;
      EXPECT_EQ(a[i].estimate.value, b[i].estimate.value) << name << ' ' << a[i].measure;
      EXPECT_EQ(a[i].estimate.high, b[i].estimate.high) << name << ' ' << a[i].measure;
    }
  }
}

TEST(Summaries, ThatAreDamagedAreRefused) {
  const Loaded loaded = load_topology_file((kFiles / "pair.yaml").string());
  const auto system = compile(*loaded.topology);
  const Experiment experiment = experiment_for(*loaded.topology);
  const WarmUp none = prepare(*system, experiment);
  const std::atomic<bool> never{false};
  const auto block = make_worker(*system, experiment, none)->block(0, 4, never);
  const std::string bytes = to_bytes(static_cast<const RunsSummary&>(*block));
  EXPECT_THROW(from_bytes(bytes.substr(0, bytes.size() - 1)), std::runtime_error);
  EXPECT_THROW(from_bytes(bytes + "x"), std::runtime_error);
  EXPECT_THROW(from_bytes(""), std::runtime_error);
  // Whatever else is wrong: refused or read, never worse.
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    std::string wrong = bytes;
    wrong[random() % wrong.size()] = static_cast<char>(random());
    try {
      from_bytes(wrong);
    } catch (const std::runtime_error&) {
    }
  }
}

}  // namespace
}  // namespace nines
