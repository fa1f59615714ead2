// The program as a person and a script meet it: exit codes, streams, interruption, equal bytes.
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

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
  for (const char* command : {"run", "validate", "trace", "schema"}) {
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
  const fs::path schema = file_with("result.schema.json", nines("schema --result").out);
  for (const char* arguments :
       {"run web-shop --runs 300 --at 1h", "run three-of-everything --runs 100",
        "run one-server --runs 100 --until first-outage",
        "run cold-spare --runs 100 --steady-state",
        "run one-server --runs 64 --memoryless --precision 50%"}) {
    const fs::path result = file_with("result.json", nines(std::string(arguments) + " --json").out);
    const std::string command =
        "python3 -c 'import json, jsonschema, sys; "
        "jsonschema.validate(json.load(open(sys.argv[1])), "
        "json.load(open(sys.argv[2])))' " +
        result.string() + " " + schema.string();
    EXPECT_EQ(std::system(command.c_str()), 0) << arguments;
  }
}

/// What a schema can say, it must say as the code does: files with wrong structure are refused by
/// both, good ones accepted by both.
TEST(Cli, SchemaAndCodeAcceptAndRefuseTheSameFiles) {
  const std::string script = std::string(NINES_TESTS_DIRECTORY) + "/topologies/schema_check.py";
  const int status = std::system(("python3 " + script + " " NINES_SOURCE_DIRECTORY).c_str());
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
