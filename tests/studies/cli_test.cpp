// The program as a person and a script meet it: exit codes, streams, interruption, equal bytes.
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

namespace fs = std::filesystem;

struct Result {
  int code = -1;
  std::string out;
  std::string err;
};

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Result nines(const std::string& arguments) {
  static int number = 0;
  const fs::path base = fs::path(testing::TempDir()) /
                        ("nines-cli-" + std::to_string(getpid()) + "-" + std::to_string(++number));
  const std::string out = base.string() + ".out", err = base.string() + ".err";
  const int status = std::system(
      (std::string(NINES_PROGRAM) + " " + arguments + " >" + out + " 2>" + err + " </dev/null")
          .c_str());
  Result result{WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(out), content(err)};
  fs::remove(out);
  fs::remove(err);
  return result;
}

fs::path file_with(const std::string& name, const std::string& text) {
  const fs::path path = fs::path(testing::TempDir()) / (std::to_string(getpid()) + "-" + name);
  std::ofstream(path) << text;
  return path;
}

TEST(Cli, AnswersWithJsonThatRepeats) {
  const Result a = nines("run web-shop --runs 500 --json --threads 1");
  const Result b = nines("run web-shop --runs 500 --json --threads 2 --quiet --color always");
  EXPECT_EQ(a.code, 0) << a.err;
  EXPECT_EQ(a.err, "");
  EXPECT_EQ(a.out, b.out);
  const auto json = nlohmann::json::parse(a.out);
  EXPECT_EQ(json.at("schema_version"), 1);
  EXPECT_EQ(json.at("topology"), "web-shop");
  EXPECT_EQ(json.at("runs"), 500);
  EXPECT_TRUE(json.at("services").at("shop").at("unavailability").contains("low"));
  EXPECT_EQ(json.at("objectives").at("availability").at("target"), 0.9999);
}

TEST(Cli, WritesCsvThatAProgramCanRead) {
  const Result r = nines("run one-server --runs 200 --csv");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_TRUE(r.out.starts_with("service,measure,value,low,high\r\nsite,unavailability,")) << r.out;
}

TEST(Cli, TellsPeopleTheMainFigures) {
  const Result r = nines("run one-server --runs 500");
  EXPECT_EQ(r.code, 0) << r.err;
  for (const char* word : {"availability", "nines", "downtime", "outages", "what took it down",
                           "server hardware", "objective", "simulation error only"}) {
    EXPECT_NE(r.out.find(word), std::string::npos) << word << " in\n" << r.out;
  }
  EXPECT_EQ(r.out.find('\x1b'), std::string::npos) << "no colour where there is no terminal";
  EXPECT_NE(nines("run one-server --runs 500 --color always").out.find('\x1b'), std::string::npos);
}

TEST(Cli, ExitsWithTwoForAWrongWordAndSuggestsTheRightOne) {
  const Result r = nines("run web-shop --horizn 1y");
  EXPECT_EQ(r.code, 2);
  EXPECT_NE(r.err.find("did you mean '--horizon'?"), std::string::npos) << r.err;
  EXPECT_EQ(nines("").code, 2);
  EXPECT_EQ(nines("run web-shop --horizon 12").code, 2);
  EXPECT_EQ(nines("run web-shop --at 2y").code, 2);
  EXPECT_EQ(nines("run web-shop --confidence 100%").code, 2);
  EXPECT_EQ(nines("run web-shop --until tomorrow").code, 2);
  EXPECT_EQ(nines("run web-shop --until first-outage --at 1h").code, 2);
}

TEST(Cli, ExitsWithThreeForABadTopologyAndShowsThePlace) {
  const fs::path path = file_with("bad.yaml", "nines: 1\ncomponents: {users: {kind: clinet}}\n");
  const Result r = nines("run " + path.string());
  EXPECT_EQ(r.code, 3);
  EXPECT_EQ(r.out, "");
  EXPECT_NE(r.err.find(":2:28: error: 'kind' is \"clinet\""), std::string::npos) << r.err;
  EXPECT_EQ(nines("validate " + path.string()).code, 3);
}

TEST(Cli, ExitsWithFourWhenItCannotFinish) {
  const Result r = nines("run /no/such.yaml");
  EXPECT_EQ(r.code, 4);
  EXPECT_NE(r.err.find("/no/such.yaml: No such file or directory"), std::string::npos) << r.err;
  const Result n = nines("run web-shpo");
  EXPECT_EQ(n.code, 4);
  EXPECT_NE(n.err.find("did you mean 'web-shop'?"), std::string::npos) << n.err;
}

TEST(Cli, ExitsWithOneWhenAnObjectiveIsMissed) {
  EXPECT_EQ(nines("run web-shop --runs 200 --check").code, 0);
  const fs::path path = file_with(
      "strict.yaml",
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  n: {kind: node, failures: {f: {mttf: 10d, mttr: 4h}}}\n"
      "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: users, through: g}}\n"
      "objectives: {availability: 99.999 %}\n");
  EXPECT_EQ(nines("run " + path.string() + " --runs 200 --check").code, 1);
}

TEST(Cli, StopsCleanlyWhenInterruptedAndMarksTheResultAsPartial) {
  for (const auto& [signal, code] : {std::pair{"INT", 130}, std::pair{"TERM", 143}}) {
    const fs::path out = fs::path(testing::TempDir()) / ("nines-int-" + std::to_string(getpid()));
    const std::string command = std::string(NINES_PROGRAM) +
                                " run web-shop --runs 3000000000 --json >" + out.string() +
                                " & p=$!; sleep 1; kill -" + signal + " $p; wait $p";
    const int status = std::system(("bash -c '" + command + "'").c_str());
    EXPECT_EQ(WEXITSTATUS(status), code);
    const auto partial = nlohmann::json::parse(content(out));
    EXPECT_EQ(partial.at("stopped_by"), "interrupt");
    EXPECT_GT(partial.at("runs").get<long>(), 64);
    fs::remove(out);
  }
  const Result limited = nines("run web-shop --time-limit 300ms --json");
  EXPECT_EQ(limited.code, 0);
  const auto json = nlohmann::json::parse(limited.out);
  EXPECT_EQ(json.at("stopped_by"), "time");
  EXPECT_GT(json.at("runs").get<long>(), 64);
}

TEST(Cli, TracesOneRun) {
  const Result text = nines("trace web-shop --run 3");
  EXPECT_EQ(text.code, 0);
  EXPECT_NE(text.out.find("fails: software"), std::string::npos);
  EXPECT_NE(text.out.find("is active in db"), std::string::npos);
  const Result lines = nines("trace web-shop --run 3 --json");
  const std::string first = lines.out.substr(0, lines.out.find('\n'));
  EXPECT_EQ(nlohmann::json::parse(first).at("event"), "fails");
}

TEST(Cli, HelpsWithAnExample) {
  for (const char* command : {"run", "solve", "spof", "validate", "trace", "schema"}) {
    const Result r = nines(std::string(command) + " --help");
    EXPECT_EQ(r.code, 0) << command;
    EXPECT_NE(r.out.find("Example:"), std::string::npos) << command;
  }
  EXPECT_EQ(nines("--version").code, 0);
}

TEST(Cli, ValidatesAndWritesBack) {
  EXPECT_EQ(nines("validate web-shop").out, "web-shop: good: 9 components, 3 groups, 1 service\n");
  const Result written = nines("validate web-shop --write");
  const fs::path path = file_with("written.yaml", written.out);
  EXPECT_EQ(nines("validate " + path.string() + " --quiet").code, 0);
}

TEST(Cli, PrintsTheReferencePageThatTheDocsHold) {
  EXPECT_EQ(nines("schema --reference").out,
            content(fs::path(NINES_SOURCE_DIRECTORY) / "docs/reference/language.md"))
      << "run: nines schema --reference > docs/reference/language.md";
  EXPECT_EQ(nines("schema").out,
            content(fs::path(NINES_SOURCE_DIRECTORY) / "topologies/topology.schema.json"))
      << "run: nines schema > topologies/topology.schema.json";
}

TEST(Cli, PrintsResultsThatMatchTheirSchema) {
  for (const auto& [command, all] :
       {std::pair<std::string, std::vector<std::string>>{
            "run",
            {"web-shop --runs 300 --at 1h", "three-of-everything --runs 100",
             "one-server --runs 100 --until first-outage", "cold-spare --runs 100 --steady-state",
             "two-and-two --runs 64 --memoryless --check-exact", "mysql-asynchronous --runs 100",
             "raid-6 --runs 50", "one-server --runs 64 --memoryless --precision 50%"}},
        {"solve",
         {"web-shop --memoryless --at 1h --horizon 1y", "sticky-clusters --memoryless",
          "one-server --phase-type 4", "haproxy-keepalived --memoryless", "raid-1 --memoryless",
          "cassandra-one --memoryless"}},
        {"spof", {"web-shop", "san-hidden-spof --paths", "two-regions --order 1", "raid-6"}}}) {
    const fs::path schema =
        file_with(command + ".schema.json", nines("schema --result " + command).out);
    for (const std::string& arguments : all) {
      const fs::path result =
          file_with("result.json", nines(command + " " + arguments + " --json").out);
      const std::string check =
          "python3 -c 'import json, jsonschema, sys; "
          "jsonschema.validate(json.load(open(sys.argv[1])), "
          "json.load(open(sys.argv[2])))' " +
          result.string() + " " + schema.string();
      EXPECT_EQ(std::system(check.c_str()), 0) << command << " " << arguments;
    }
  }
  EXPECT_EQ(nines("schema --result").out, nines("schema --result run").out);
}

/// What a schema can say, it must say as the code does: files with wrong structure are refused by
/// both, good ones accepted by both.
TEST(Cli, SchemaAndCodeAcceptAndRefuseTheSameFiles) {
  const std::string script = std::string(NINES_TESTS_DIRECTORY) + "/topologies/schema_check.py";
  const int status = std::system(("python3 " + script + " " NINES_SOURCE_DIRECTORY).c_str());
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Cli, SolvesAndSaysWhatItCannot) {
  const Result solved = nines("solve cold-spare --memoryless --json --at 10h --horizon 1y");
  EXPECT_EQ(solved.code, 0) << solved.err;
  EXPECT_EQ(solved.err, "");
  const auto json = nlohmann::json::parse(solved.out);
  EXPECT_NEAR(json.at("services").at("compute").at("unavailability").at("value").get<double>(),
              0.002274356108220857, 1e-14);
  EXPECT_EQ(json.at("chain").at("states"), 330);
  EXPECT_EQ(solved.out, nines("solve cold-spare --memoryless --json --at 10h --horizon 1y").out);

  const Result refused = nines("solve active-standby");
  EXPECT_EQ(refused.code, 3);
  EXPECT_EQ(refused.out, "");
  EXPECT_NE(refused.err.find("active-standby.yaml:18:45: error: not applicable: 'web-1/software' "
                             "and 1 more: lognormal("),
            std::string::npos)
      << refused.err;
  EXPECT_NE(refused.err.find("hint: --memoryless"), std::string::npos);

  const Result phases = nines("solve active-standby --phase-type 3");
  EXPECT_EQ(phases.code, 0) << phases.err;
  EXPECT_NE(phases.out.find("with twice as many phases"), std::string::npos) << phases.out;

  const Result large = nines("solve web-shop --memoryless --most-states 100");
  EXPECT_EQ(large.code, 0) << large.err;  // its largest part has fewer
  const Result larger = nines("solve cold-spare --most-states 100 --memoryless");
  EXPECT_EQ(larger.code, 4);
  EXPECT_EQ(
      larger.err,
      "nines: solve: more than 100 states, which is the limit (--most-states). Use: nines run "
      "cold-spare\n");
  EXPECT_EQ(nines("solve one-server --memoryless --check").code, 0);
}

TEST(Cli, FindsSinglePointsOfFailure) {
  const Result found = nines("spof san-hidden-spof --json");
  EXPECT_EQ(found.code, 0) << found.err;
  const auto json = nlohmann::json::parse(found.out);
  const auto& points = json.at("services").at("site").at("single_points");
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].at("component"), "san");
  EXPECT_EQ(nines("spof san-hidden-spof --check").code, 1);
  EXPECT_EQ(nines("spof three-of-everything --check").code, 0);
  const Result dot = nines("spof san-hidden-spof --dot");
  EXPECT_NE(dot.out.find("\"san (SPOF)\""), std::string::npos) << dot.out;
  const Result csv = nines("spof two-and-two --csv");
  EXPECT_EQ(csv.out.find("service,component,single_point,"), 0U);
  const Result none = nines("spof two-and-two --service sitte");
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("did you mean 'site'?"), std::string::npos) << none.err;
}

TEST(Cli, HoldsAResultBesideTheExactOne) {
  const Result run = nines("run two-and-two --memoryless --runs 640 --check-exact --json");
  EXPECT_EQ(run.code, 0) << run.err;
  const auto exact = nlohmann::json::parse(run.out).at("exact");
  EXPECT_EQ(exact.at("states"), 30);  // of 45: what is alike is joined
  EXPECT_TRUE(exact.at("services").at("site").at("outages_per_year").contains("inside"));
  EXPECT_EQ(nines("run one-server --check-exact --runs 64").code, 3);  // laws with a memory
}

/// What took a night is not overwritten by a slip of the pen.
TEST(Cli, DoesNotWriteOverWhatItReads) {
  const fs::path folder = fs::path(testing::TempDir()) / ("over-" + std::to_string(getpid()));
  fs::create_directory(folder);
  const auto at = [&](const char* name) { return (folder / name).string(); };
  std::ofstream(at("s.yaml")) << "nines-study: 1\ntopology: " << at("one.yaml") << "\nruns: 640\n";
  fs::copy_file(fs::path(NINES_SOURCE_DIRECTORY) / "topologies/library/one-server.yaml",
                at("one.yaml"));
  ASSERT_EQ(nines("study run " + at("s.yaml") + " --store " + at("s.db") + " --quiet").code, 0);
  fs::copy_file(at("s.db"), at("other.db"));
  const std::string store = content(at("s.db"));
  const std::string topology = content(at("one.yaml"));
  for (const std::string& arguments :
       {"study export " + at("s.db") + " --csv -o " + at("s.db"),
        "study export " + at("s.db") + " --csv -o " + at("other.db"),
        "study report " + at("s.db") + " --no-figures -o " + at("s.db"),
        "run " + at("one.yaml") + " --runs 64 --no-figures --report " + at("one.yaml")}) {
    const Result r = nines(arguments);
    EXPECT_EQ(r.code, 2) << arguments;
    EXPECT_NE(r.err.find("write to another file"), std::string::npos) << r.err;
  }
  EXPECT_EQ(content(at("s.db")), store);
  EXPECT_EQ(content(at("other.db")), store);
  EXPECT_EQ(content(at("one.yaml")), topology);
  EXPECT_EQ(nines("study report " + at("s.db") + " --no-figures --quiet -o " + at("s.html")).code,
            0);
  // Whoever has only read leaves one file, as it was.
  EXPECT_EQ(nines("study status " + at("s.db")).code, 0);
  EXPECT_FALSE(fs::exists(at("s.db-wal")));
  EXPECT_FALSE(fs::exists(at("s.db-shm")));
  EXPECT_EQ(content(at("s.db")), store);
  EXPECT_EQ(nines("spof " + at("one.yaml") + " --svg " + at("one.yaml")).code, 2);
  EXPECT_EQ(content(at("one.yaml")), topology);
  // Nor is an older file lost to a disk that is full.
  std::ofstream(at("older.csv")) << "older";
  const int limited =
      std::system(("sh -c 'trap \"\" XFSZ; ulimit -f 1; exec " NINES_PROGRAM " study export " +
                   at("s.db") + " -o " + at("older.csv") + "' 2>/dev/null")
                      .c_str());
  EXPECT_EQ(WEXITSTATUS(limited), 4);
  EXPECT_EQ(content(at("older.csv")), "older");
  for (const char* what : {" study export ", " study status ", " study export --csv "}) {
    const int status = std::system(
        (NINES_PROGRAM + std::string(what) + at("s.db") + " >/dev/full 2>/dev/null").c_str());
    EXPECT_EQ(WEXITSTATUS(status), 4) << what;
  }
  for (const char* what :
       {" run one-server --runs 64 --json", " compare one-server web-shop --csv"}) {
    const int status =
        std::system((NINES_PROGRAM + std::string(what) + " >/dev/full 2>/dev/null").c_str());
    EXPECT_EQ(WEXITSTATUS(status), 4) << what;
  }
  fs::remove_all(folder);
}

TEST(Cli, ComparesWhatHasOneCurrency) {
  const auto priced = [](const char* currency) {
    return std::string(
               "nines: 1\ncomponents:\n  users: {kind: client}\n  a: {kind: node, cost: "
               "{buy: 100 ") +
           currency +
           "}, failures: {c: {mttf: 30d, mttr: 8h}}}\n"
           "groups: {g: {policy: active_active, members: a}}\n"
           "services: {app: {from: users, through: g}}\n";
  };
  const fs::path usd = file_with("usd.yaml", priced("USD"));
  const fs::path eur = file_with("eur.yaml", priced("EUR"));
  const Result r = nines("compare " + usd.string() + " one-server " + eur.string());
  EXPECT_EQ(r.code, 3);
  EXPECT_NE(r.err.find("has prices in EUR, those before it in USD"), std::string::npos) << r.err;
  EXPECT_EQ(nines("compare " + usd.string() + " one-server --runs 1280").code, 0);
}

}  // namespace
