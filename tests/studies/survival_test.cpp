// Studies from end to end: the same bytes however they are run, and whatever happens to them.
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "studies/study/answer.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;

const fs::path kFiles = fs::path(NINES_TESTS_DIRECTORY) / "studies" / "files";
const std::string kNines = NINES_PROGRAM;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder of its own for each test, gone at its end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::path(testing::TempDir()) / "nines-study-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Ended {
  int code = -1;  ///< of the program; -1: it was killed
  std::string said;
};

/// Runs a program; kills it after so long, if it still runs then.
Ended run(const std::vector<std::string>& words, std::chrono::microseconds kill_after = {},
          std::size_t largest_file = 0) {
  const std::string log =
      (fs::path(testing::TempDir()) / ("nines-said-" + std::to_string(getpid()))).string();
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int to = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(to, 1);
    dup2(to, 2);
    if (largest_file != 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{largest_file, largest_file};
      setrlimit(RLIMIT_FSIZE, &limit);
    }
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  if (kill_after.count() > 0) {
    const auto end = std::chrono::steady_clock::now() + kill_after;
    while (waitpid(child, &status, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() >= end) {
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        break;
      }
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  } else {
    waitpid(child, &status, 0);
  }
  Ended ended;
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  ended.said = content(log);
  fs::remove(log);
  return ended;
}

std::string exported(const std::string& store, const char* format = "--json") {
  const Ended ended = run({kNines, "study", "export", store, format});
  EXPECT_EQ(ended.code, 0) << ended.said;
  return ended.said;
}

/// The blocks of a store, by their numbers: what they hold.
std::map<std::int64_t, std::string> blocks_in(const std::string& store) {
  std::map<std::int64_t, std::string> blocks;
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(store.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
    sqlite3_stmt* get = nullptr;
    sqlite3_prepare_v2(database, "SELECT id, summary FROM block", -1, &get, nullptr);
    while (sqlite3_step(get) == SQLITE_ROW) {
      blocks.emplace(sqlite3_column_int64(get, 0),
                     std::string(static_cast<const char*>(sqlite3_column_blob(get, 1)),
                                 static_cast<std::size_t>(sqlite3_column_bytes(get, 1))));
    }
    sqlite3_finalize(get);
  }
  sqlite3_close(database);
  return blocks;
}

bool has(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

/// The exports of a study that nothing has disturbed, once.
struct Undisturbed {
  std::string json, csv;
};
const Undisturbed& undisturbed(const std::string& study) {
  static std::map<std::string, Undisturbed> known;
  const auto [at, fresh] = known.try_emplace(study);
  if (fresh) {
    const Folder folder;
    const Ended ended = run({kNines, "study", "run", (kFiles / study).string(), "--store",
                             folder / "x.db", "--threads", "1", "--quiet"});
    EXPECT_EQ(ended.code, 0) << ended.said;
    at->second = {exported(folder / "x.db"), exported(folder / "x.db", "--csv")};
    EXPECT_GT(at->second.json.size(), 1000u);
  }
  return at->second;
}

class Studies : public testing::TestWithParam<std::string> {};

TEST_P(Studies, GiveTheSameBytesOnAnyNumberOfThreads) {
  for (const char* threads : {"2", "7"}) {
    const Folder folder;
    const Ended ended = run({kNines, "study", "run", (kFiles / GetParam()).string(), "--store",
                             folder / "x.db", "--threads", threads, "--quiet"});
    ASSERT_EQ(ended.code, 0) << ended.said;
    EXPECT_EQ(exported(folder / "x.db"), undisturbed(GetParam()).json) << threads;
    EXPECT_EQ(exported(folder / "x.db", "--csv"), undisturbed(GetParam()).csv) << threads;
  }
}

TEST_P(Studies, GiveTheSameBytesOnAnyNumberOfRanks) {
  if (!has("mpirun")) GTEST_SKIP() << "there is no mpirun";
  for (const char* ranks : {"1", "2", "4"}) {
    const Folder folder;
    const Ended ended =
        run({"mpirun", "--allow-run-as-root", "--oversubscribe", "-n", ranks, kNines, "study",
             "run", (kFiles / GetParam()).string(), "--store", folder / "x.db", "--quiet"});
    ASSERT_EQ(ended.code, 0) << ended.said;
    EXPECT_EQ(exported(folder / "x.db"), undisturbed(GetParam()).json) << ranks;
  }
}

TEST_P(Studies, GiveTheSameBytesFromPartsThatAreMerged) {
  const Folder folder;
  std::vector<std::string> merge{kNines, "study", "merge", folder / "all.db"};
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    const std::string store = folder / ("part-" + std::string(shard, 1) + ".db");
    const Ended ended = run({kNines, "study", "run", (kFiles / GetParam()).string(), "--store",
                             store, "--shard", shard, "--quiet"});
    ASSERT_EQ(ended.code, 0) << ended.said;
    merge.push_back(store);
  }
  const Ended alone = run({kNines, "study", "export", folder / "part-1.db"});
  EXPECT_EQ(alone.code, 4);
  EXPECT_NE(alone.said.find("has part 1 of 3 of its study"), std::string::npos) << alone.said;
  const Ended merged = run(merge);
  ASSERT_EQ(merged.code, 0) << merged.said;
  EXPECT_EQ(exported(folder / "all.db"), undisturbed(GetParam()).json);
  // Of two parts only, the rest is simulated.
  const Ended two = run(
      {kNines, "study", "merge", folder / "two.db", folder / "part-1.db", folder / "part-3.db"});
  ASSERT_EQ(two.code, 0) << two.said;
  EXPECT_NE(two.said.find("What is missing: nines study resume"), std::string::npos) << two.said;
  ASSERT_EQ(run({kNines, "study", "resume", folder / "two.db", "--quiet"}).code, 0);
  EXPECT_EQ(exported(folder / "two.db"), undisturbed(GetParam()).json);
}

INSTANTIATE_TEST_SUITE_P(Files, Studies, testing::Values("kill.yaml", "precise.yaml"),
                         [](const auto& test) {
                           return test.param.substr(0, test.param.find('.'));
                         });

TEST(Study, IsKilledAtRandomMomentsAndLosesNothing) {
  constexpr int kKills = 60;
  // As long as it takes alone, so that kills come before, while and after blocks are written.
  const auto begun = std::chrono::steady_clock::now();
  {
    const Folder folder;
    ASSERT_EQ(run({kNines, "study", "run", (kFiles / "kill.yaml").string(), "--store",
                   folder / "x.db", "--threads", "2", "--quiet"})
                  .code,
              0);
  }
  const auto whole_us = std::chrono::duration_cast<std::chrono::microseconds>(
                            std::chrono::steady_clock::now() - begun)
                            .count();
  std::mt19937 random(20261122);
  std::uniform_int_distribution<std::int64_t> moment_us(whole_us / 200, whole_us / 8);
  int kills = 0;
  int finished = 0;
  int while_writing = 0;  // kills after which the store had more than before
  while (kills < kKills || finished == 0) {
    const Folder folder;
    const std::string store = folder / "x.db";
    std::map<std::int64_t, std::string> before;
    while (true) {
      std::vector<std::string> words{kNines, "study"};
      if (fs::exists(store)) {
        words.insert(words.end(), {"resume", store});
      } else {
        words.insert(words.end(), {"run", (kFiles / "kill.yaml").string(), "--store", store});
      }
      words.insert(words.end(), {"--threads", "2", "--quiet"});
      const bool spared = kills >= 3 * kKills;  // so that it ends on the slowest machine, too
      const Ended ended = run(words, std::chrono::microseconds(spared ? 0 : moment_us(random)));
      ASSERT_TRUE(ended.code == -1 || ended.code == 0) << ended.code << ": " << ended.said;
      // What was there is there, byte for byte; a block that was done again would be refused.
      const auto after = blocks_in(store);
      for (const auto& [id, summary] : before) {
        const auto at = after.find(id);
        ASSERT_TRUE(at != after.end()) << "block " << id << " is lost";
        ASSERT_EQ(at->second, summary);
      }
      while_writing += ended.code == -1 && after.size() > before.size() ? 1 : 0;
      before = after;
      if (ended.code == 0) break;
      ++kills;
    }
    ++finished;
    EXPECT_EQ(exported(store), undisturbed("kill.yaml").json);
    EXPECT_EQ(exported(store, "--csv"), undisturbed("kill.yaml").csv);
  }
  EXPECT_GE(kills, kKills);
  EXPECT_GE(while_writing, 10) << "most kills came before anything was done";
  std::printf("%d kills, of which %d while blocks were written; %d studies ended\n", kills,
              while_writing, finished);
}

TEST(Study, OfRanksIsKilledAndGoesOn) {
  if (!has("mpirun")) GTEST_SKIP() << "there is no mpirun";
  const Folder folder;
  const std::string store = folder / "x.db";
  // A rank that dies takes the job with it, as MPI has it. Rank 0 may be the one.
  int kills = 0;
  for (int i = 0; i < 6; ++i) {
    const std::string verb =
        fs::exists(store) ? "resume '" + store + "'"
                          : "run '" + (kFiles / "kill.yaml").string() + "' --store '" + store + "'";
    // How long ranks take to begin hangs on the machine: there is a store first.
    const std::string begun =
        "for i in $(seq 200); do [ -e '" + store + "' ] && break; sleep 0.1; done";
    const std::string script =
        "mpirun --allow-run-as-root --oversubscribe -n 3 '" + kNines + "' study " + verb +
        " --quiet & " + begun + "; sleep 0.6; pgrep -f '" + store + "' | sort -n | tail -n " +
        std::to_string(1 + i % 3) + " | head -n 1 | xargs -r kill -9; wait $!";
    const Ended ended = run({"sh", "-c", script});
    kills += ended.code != 0 ? 1 : 0;
  }
  EXPECT_GE(kills, 1);
  ASSERT_EQ(run({kNines, "study", "resume", store, "--quiet"}).code, 0);
  EXPECT_EQ(exported(store), undisturbed("kill.yaml").json);
}

/// Until it fits, each time a little more than the last.
template <class Run>
void fill_up(const std::string& store, Run run_with) {
  int full = 0;
  for (int step = 0; step < 200; ++step) {
    const Ended ended = run_with(step);
    if (ended.code == 0) break;
    ASSERT_EQ(ended.code, 4) << ended.said;
    EXPECT_TRUE(ended.said.find("full") != std::string::npos ||
                ended.said.find("disk I/O error") != std::string::npos)
        << ended.said;
    ++full;
  }
  EXPECT_GE(full, 3);
  EXPECT_EQ(exported(store), undisturbed("kill.yaml").json);
}

std::vector<std::string> begin_or_resume(const std::string& store) {
  if (fs::exists(store)) return {kNines, "study", "resume", store, "--quiet"};
  return {kNines, "study", "run", (kFiles / "kill.yaml").string(), "--store", store, "--quiet"};
}

TEST(Study, SurvivesFilesThatMayNotGrow) {
  const Folder folder;
  const std::string store = folder / "x.db";
  fill_up(store, [&](int step) {
    return run(begin_or_resume(store), {}, 100'000 + 400'000 * static_cast<std::size_t>(step));
  });
}

TEST(Study, SurvivesAFullDisk) {
  const Folder folder;
  const std::string disk = folder / "disk";
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=200k") != 0) {
    std::printf("no small disk may be mounted here; files that may not grow stand for it\n");
    return;
  }
  const std::string store = disk + "/x.db";
  fill_up(store, [&](int step) {
    const std::string size = "size=" + std::to_string(200 + 400 * step) + "k";
    EXPECT_EQ(mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, size.c_str()), 0);
    return run(begin_or_resume(store));
  });
  EXPECT_EQ(umount(disk.c_str()), 0);
}

TEST(Store, ThatIsForeignOrDamagedIsRefusedAndLeftAsItIs) {
  const Folder folder;
  const std::string good = folder / "good.db";
  ASSERT_EQ(
      run({kNines, "study", "run", (kFiles / "precise.yaml").string(), "--store", good, "--quiet"})
          .code,
      0);
  const auto foreign = [&](const std::string& name, const std::string& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  };
  sqlite3* other = nullptr;
  const std::string stranger = folder / "stranger.db";
  ASSERT_EQ(sqlite3_open(stranger.c_str(), &other), SQLITE_OK);
  sqlite3_exec(other, "CREATE TABLE block(id INTEGER PRIMARY KEY, runs, summary)", nullptr, nullptr,
               nullptr);
  sqlite3_close(other);
  std::string damaged = content(good);
  // In the middle of a page of the tree of blocks, and beyond the half.
  for (std::size_t i = damaged.size() / 2; i < damaged.size() / 2 + 20'000; ++i) damaged[i] ^= 0x5A;
  std::string newer = content(good);
  newer[63] = 9;  // PRAGMA user_version
  const std::vector<std::pair<std::string, std::string>> cases{
      {foreign("empty.db", ""), "is no store of nines, nor any database"},
      {foreign("text.db", std::string(5000, 'x')), "is no store of nines, nor any database"},
      {stranger, "is a database, but no store of nines"},
      {foreign("damaged.db", damaged), "is damaged"},
      {foreign("short.db", content(good).substr(0, content(good).size() / 2)), "is damaged"},
      {foreign("newer.db", newer), "is a store of layout 9; this nines knows 2"},
  };
  for (const auto& [path, words] : cases) {
    const std::string before = content(path);
    for (const char* verb : {"resume", "status", "export"}) {
      const Ended ended = run({kNines, "study", verb, path});
      EXPECT_EQ(ended.code, 4) << path << ' ' << verb;
      EXPECT_NE(ended.said.find(words), std::string::npos) << path << ": " << ended.said;
      EXPECT_EQ(content(path), before) << path << ' ' << verb;
    }
  }
  const Ended missing = run({kNines, "study", "resume", folder / "there is none.db"});
  EXPECT_EQ(missing.code, 4);
  EXPECT_NE(missing.said.find("No such file or directory"), std::string::npos) << missing.said;
  const Ended twice =
      run({kNines, "study", "run", (kFiles / "precise.yaml").string(), "--store", good, "--quiet"});
  EXPECT_EQ(twice.code, 4);
  EXPECT_NE(twice.said.find("exists already"), std::string::npos) << twice.said;
}

TEST(Store, OfAnotherStudyDoesNotMerge) {
  const Folder folder;
  for (const char* name : {"precise", "kill"}) {
    ASSERT_EQ(run({kNines, "study", "run", (kFiles / (std::string(name) + ".yaml")).string(),
                   "--store", folder / (std::string(name) + ".db"), "--quiet"})
                  .code,
              0);
  }
  const Ended ended =
      run({kNines, "study", "merge", folder / "all.db", folder / "precise.db", folder / "kill.db"});
  EXPECT_EQ(ended.code, 4);
  EXPECT_NE(ended.said.find("only parts of one study merge"), std::string::npos) << ended.said;
}

TEST(Store, IsForPeopleToQuery) {
  const Folder folder;
  const std::string store = folder / "x.db";
  ASSERT_EQ(
      run({kNines, "study", "run", (kFiles / "precise.yaml").string(), "--store", store, "--quiet"})
          .code,
      0);
  const LoadedStudy loaded = load_study_file((kFiles / "precise.yaml").string());
  CompiledDesigns designs(loaded);
  const StudyAnswer answer = answer_of(designs, Store::open(store, Store::Access::read));
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open_v2(store.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  sqlite3_stmt* get = nullptr;
  sqlite3_prepare_v2(database, "SELECT label, stopped_by, runs, unavailability FROM designs", -1,
                     &get, nullptr);
  for (std::size_t d = 0; d < 3; ++d) {
    ASSERT_EQ(sqlite3_step(get), SQLITE_ROW);
    EXPECT_EQ(reinterpret_cast<const char*>(sqlite3_column_text(get, 0)), loaded.study->label(d));
    EXPECT_STREQ(reinterpret_cast<const char*>(sqlite3_column_text(get, 1)), "precision");
    EXPECT_EQ(static_cast<std::uint64_t>(sqlite3_column_int64(get, 2)), answer.designs[d].runs);
    EXPECT_EQ(sqlite3_column_double(get, 3),
              answer.designs[d].estimates.services[0].unavailability.value);
  }
  sqlite3_finalize(get);
  sqlite3_close(database);
}

}  // namespace
}  // namespace nines
