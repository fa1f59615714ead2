// The language: quantities, laws, what a topology means, and that it can be written back.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/pages.hpp"
#include "topologies/compile.hpp"
#include "topologies/language/law_text.hpp"
#include "topologies/language/quantity.hpp"
#include "topologies/language/reader.hpp"
#include "topologies/schema.hpp"
#include "topologies/topology.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;

constexpr double kHour_s = 3600.0;

TEST(Quantity, HasItsUnit) {
  const auto s = [](const char* text) { return *parse_quantity(text, Dimension::duration).value; };
  EXPECT_EQ(s("30s"), 30);
  EXPECT_EQ(s("4 h"), 14400);
  EXPECT_EQ(s("1.5min"), 90);
  EXPECT_EQ(s("200ms"), 0.2);
  EXPECT_EQ(s("5us"), 5e-6);
  EXPECT_EQ(s("1y"), 365 * 86400.0);
  EXPECT_EQ(s("12month"), 365 * 86400.0);
  EXPECT_EQ(s("2week"), 14 * 86400.0);
  EXPECT_EQ(s("1e3s"), 1000);
  EXPECT_EQ(*parse_quantity("99.9 %", Dimension::fraction).value, 0.999);
  EXPECT_EQ(*parse_quantity("120/min", Dimension::rate).value, 2);
  EXPECT_FALSE(parse_quantity("4", Dimension::duration).value);
  EXPECT_FALSE(parse_quantity("4 h 3", Dimension::duration).value);
  EXPECT_FALSE(parse_quantity("1e999s", Dimension::duration).value);
  EXPECT_FALSE(parse_quantity("0x10s", Dimension::duration).value);
  EXPECT_FALSE(parse_quantity("nan s", Dimension::duration).value);
}

LawPtr law(const std::string& text) {
  const LawResult result = parse_law(text, {});
  EXPECT_TRUE(result.law) << text << ": " << result.error.message;
  return result.law;
}

TEST(LawText, MeansWhatItSays) {
  EXPECT_NEAR(law("exponential(mean=90d)")->mean(), 90 * 86400.0, 1e-6);
  EXPECT_NEAR(law("weibull(shape=1.3 mean=4y)")->mean(), 4 * kYear_s, 1e-3);
  EXPECT_NEAR(law("weibull(shape=2 scale=1h)")->complement(kHour_s), std::exp(-1.0), 1e-12);
  EXPECT_NEAR(law("lognormal(median=4h p95=24h)")->quantile(0.95), 24 * kHour_s, 1e-6);
  EXPECT_NEAR(law("lognormal(median=4h p95=24h)")->quantile(0.5), 4 * kHour_s, 1e-6);
  EXPECT_NEAR(law("lognormal(mean=8h cv=0.8)")->mean(), 8 * kHour_s, 1e-6);
  EXPECT_NEAR(law("lognormal(mean=8h cv=0.8)")->cv(), 0.8, 1e-12);
  EXPECT_NEAR(law("lognormal(median=2h sigma=1)")->mean(), 2 * kHour_s * std::exp(0.5), 1e-6);
  EXPECT_NEAR(law("gamma(mean=2h cv=0.5)")->mean(), 2 * kHour_s, 1e-9);
  EXPECT_NEAR(law("gamma(mean=2h cv=0.5)")->cv(), 0.5, 1e-12);
  EXPECT_NEAR(law("erlang(k=3 mean=1h)")->cv(), 1 / std::sqrt(3.0), 1e-12);
  EXPECT_EQ(law("30s")->draw(0.3), 30);
  EXPECT_EQ(law("deterministic(30s)")->draw(0.3), 30);
  EXPECT_EQ(law("uniform(1s 3s)")->mean(), 2);
  EXPECT_EQ(law("triangular(1h 2h 6h)")->mean(), 3 * kHour_s);
  EXPECT_EQ(law("shifted(1h exponential(mean=2h))")->mean(), 3 * kHour_s);
  EXPECT_NEAR(law("hyperexponential(90%=5min 10%=6h)")->mean(), 0.9 * 300 + 0.1 * 21600, 1e-9);
  EXPECT_NEAR(law("mixture(90%=2min 10%=lognormal(mean=6h cv=1))")->mean(), 108 + 2160, 1e-6);
  EXPECT_TRUE(std::isinf(law("never")->mean()));
}

TEST(LawText, IsReadBackFromWhatALawPrints) {
  for (const LawForm& form : law_forms()) {
    if (form.name == "empirical") continue;  // reads a file
    const LawPtr first = law(std::string(form.example));
    EXPECT_EQ(law(first->text())->text(), first->text()) << form.example;
  }
}

TEST(LawText, ReadsSamplesFromAFile) {
  const FileReader files = [](const std::string& name, std::string&) -> std::optional<std::string> {
    EXPECT_EQ(name, "disks.csv");
    return "# hours to failure\n1h\r\n3h\n\n8h\n";
  };
  const LawResult result = parse_law("empirical(file=disks.csv)", files);
  ASSERT_TRUE(result.law);
  EXPECT_EQ(result.law->mean(), 4 * kHour_s);
}

Topology good(const std::string& text) {
  Loaded loaded = load_topology("good.yaml", text, "");
  EXPECT_TRUE(loaded.topology) << render(loaded.diagnostics, loaded.source);
  return loaded.topology.value();
}

const char* const kPair =
    "nines: 1\n"
    "types:\n"
    "  base: {capacity: 100/s, failures: {a: {mttf: 90d, mttr: 4h}, b: {mttf: 1y, mttr: 1d}}}\n"
    "  big: {like: base, capacity: 200/s, failures: {a: {mttf: 60d}, b: none}}\n"
    "components:\n"
    "  users: {kind: client}\n"
    "  n-[08..10]: {kind: node, type: base}\n"
    "  n-x: {kind: node, type: big, failures: {a: {afr: 5 %}, c: {fit: 500, time_to_repair: 3h}}}\n"
    "groups: {g: {policy: active_active, members: [n-x, n-0*, n-10]}}\n"
    "services: {s: {from: users, through: g, workload: {reads: 90/s, writes: 600/min}}}\n";

TEST(Types, AreTakenMapByMap) {
  const Topology t = good(kPair);
  ASSERT_EQ(t.components.size(), 5u);
  EXPECT_EQ(t.components[1].name, "n-08");
  EXPECT_EQ(t.components[3].name, "n-10");
  const Settings& x = *t.components[4].settings;
  EXPECT_EQ(x.number("capacity"), 200);
  const auto& modes = std::get<std::vector<Entry>>(x.at("failures").value);
  ASSERT_EQ(modes.size(), 2u);  // b is removed
  EXPECT_EQ(modes[0].name.name, "a");
  EXPECT_TRUE(modes[0].settings.has("afr"));
  EXPECT_FALSE(modes[0].settings.has("mttf"));  // afr has taken its place
  EXPECT_TRUE(modes[0].settings.has("mttr"));   // from base
  EXPECT_EQ(modes[1].name.name, "c");
  EXPECT_EQ(t.services[0].paths[0].offered_per_s, 100);
}

TEST(Members, KeepTheOrderOfTheListAndMatchPatterns) {
  const Topology t = good(kPair);
  std::vector<std::size_t> members;
  for (const Ref member : t.groups[0].members) members.push_back(member.index);
  EXPECT_EQ(members, (std::vector<std::size_t>{4, 1, 2, 3}));
}

TEST(RatesOfFailure, GiveTheMeanThatTheirDefinitionsDo) {
  const auto system = compile(good(kPair));
  const Model& m = *system->model;
  const auto mean = [&](const std::string& name) {
    for (const Mode& mode : m.modes) {
      if (mode.name == name) return m.law(mode.life).mean();
    }
    return 0.0;
  };
  // 5 % fail within a year: 1 - exp(-1 y / MTTF) = 0.05.
  EXPECT_NEAR(1 - std::exp(-kYear_s / mean("n-x/a")), 0.05, 1e-12);
  EXPECT_NEAR(mean("n-x/c"), 1e9 * 3600 / 500, 1);
  EXPECT_NEAR(mean("n-08/a"), 90 * 86400.0, 1e-6);
}

TEST(Availability, WithARepairTimeGivesTheTimeToFailure) {
  const Topology t = good(
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  n: {kind: node, failures: {f: {availability: 99.9 %, mttr: 1h}}}\n"
      "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: users, through: "
      "g}}\n");
  const auto system = compile(t);
  const double up = system->model->law(system->model->modes[0].life).mean();
  EXPECT_NEAR(up / (up + kHour_s), 0.999, 1e-12);
}

TEST(Memoryless, KeepsEveryMean) {
  const Topology t = good(
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  n: {kind: node, failures: {f: {time_to_failure: weibull(shape=2 mean=1y), "
      "time_to_repair: 4h}}}\n"
      "groups: {g: {policy: active_active, members: n}}\nservices: {s: {from: users, through: "
      "g}}\n");
  const auto written = compile(t);
  const auto memoryless = compile(t, Laws::memoryless);
  for (std::size_t i = 0; i < written->model->laws.size(); ++i) {
    EXPECT_NEAR(memoryless->model->laws[i]->mean(), written->model->laws[i]->mean(), 1e-6);
    EXPECT_TRUE(memoryless->model->laws[i]->memoryless_rate());
  }
}

/// What no topology of the library has.
const char* const kScripted =
    "nines: 1\n"
    "components:\n"
    "  users: {kind: client}\n"
    "  n-[1..3]: {kind: node, failures: {f: {mttf: 90d, mttr: 4h}}}\n"
    "  store-[1..2]: {kind: node}\n"
    "groups:\n"
    "  stores: {policy: active_active, members: store-*}\n"
    "  g:\n"
    "    policy: active_active\n"
    "    members: n-*\n"
    "    balance: weighted\n"
    "    weights: [3, 1.5, 1]\n"
    "    backup: n-3\n"
    "    sessions: {store: stores}\n"
    "    detection: {health_check: {interval: 1s, layer: 4}}\n"
    "services: {s: {from: users, through: g, workload: {reads: 90/s, sessions: 500}}}\n"
    "faults:\n"
    "  - {at: 1h, phase: 10min, component: n-1, mode: f, for: lognormal(median=3min p95=20min)}\n"
    "  - {at: 2h, component: n-2, effect: hang, for: 5min}\n";

TEST(WriteBack, LoadsToTheSameTopology) {
  std::vector<std::string> texts{kPair, kScripted};
  for (const std::string& name : library_names()) {
    std::ifstream file(library_path(name));
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  ASSERT_GE(texts.size(), 7u);
  for (const std::string& text : texts) {
    const Topology first = good(text);
    const std::string written = write_yaml(first);
    const Topology second = good(written);
    EXPECT_EQ(first.input_hash, second.input_hash) << written;
    EXPECT_EQ(first.title, second.title);
    EXPECT_EQ(write_yaml(second), written);
  }
}

TEST(InputHash, IsOfTheMeaning) {
  const std::string text = kPair;
  EXPECT_EQ(good(text).input_hash, good("# a comment\n" + text).input_hash);
  EXPECT_EQ(good(text).input_hash, good(text + "layout: {n-x: [10, 20]}\n").input_hash);
  EXPECT_EQ(good(text).input_hash, good("title: another\n" + text).input_hash);
  std::string other = text;
  other.replace(other.find("90d"), 3, "91d");
  EXPECT_NE(good(text).input_hash, good(other).input_hash);
}

TEST(Json, IsReadByTheSameReader) {
  const Topology t = good(
      R"({"nines": 1, "components": {"users": {"kind": "client"}, "n": {"kind": "node"}},
          "groups": {"g": {"policy": "active_active", "members": ["n"]}},
          "services": {"s": {"from": "users", "through": ["g"]}}})");
  EXPECT_EQ(t.components.size(), 2u);
}

TEST(Places, KnowWhereEveryValueBeginsAndEnds) {
  const Source source("p.yaml",
                      "a: plain text  # c\nb: 'it''s'\nc: {x: \"q\\\"\", y: [1, 22 ]}\nd: é1\n");
  Diagnostics diagnostics;
  const Node root = read_document(source, diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  const auto text = [&](const Node& node) { return std::string(source.at(node.place)); };
  EXPECT_EQ(text(*root.find("a")), "plain text");
  EXPECT_EQ(text(*root.find("b")), "'it''s'");
  EXPECT_EQ(text(*root.find("c")), "{x: \"q\\\"\", y: [1, 22 ]}");
  EXPECT_EQ(text(*root.find("c")->find("x")), "\"q\\\"\"");
  EXPECT_EQ(text(*root.find("c")->find("y")), "[1, 22 ]");
  EXPECT_EQ(text(root.find("c")->find("y")->items[1]), "22");
  EXPECT_EQ(text(*root.find("d")), "é1");
  EXPECT_EQ(source.position(root.find("d")->place.begin).line, 4u);
}

TEST(Docs, ShowTopologiesThatLoad) {
  std::size_t seen = 0;
  for (const fs::path& page : test::pages()) {
    for (const std::string& text : test::blocks_of(page, "yaml")) {
      if (test::is_study(text)) continue;
      const Loaded loaded = load_topology(page.filename().string(), text, "");
      EXPECT_TRUE(loaded.topology) << render(loaded.diagnostics, loaded.source);
      ++seen;
    }
  }
  EXPECT_GE(seen, 1u);
}

TEST(Docs, ShowTheMistakeOfTheReadmeAsItIsPrinted) {
  const fs::path readme = fs::path(NINES_SOURCE_DIRECTORY) / "README.md";
  std::string text = test::blocks_of(readme, "yaml").at(0);
  text.replace(text.find("mttf: 5y"), 8, "mttf: 5");
  const Loaded loaded = load_topology("shop.yaml", text, "");
  const std::string said = render(loaded.diagnostics, loaded.source);
  std::string all;
  for (const std::string& block : test::blocks_of(readme, "")) all += block;
  EXPECT_NE(all.find(said), std::string::npos) << said;
}

TEST(Schema, IsJsonAndCoversEveryKey) {
  const auto schema = nlohmann::json::parse(json_schema());
  EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_TRUE(schema.at("properties").contains("services"));
}

}  // namespace
}  // namespace nines
