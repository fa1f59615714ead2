// Edits of the text: what is touched, and that all else stays as it was written.
#include <functional>

#include <gtest/gtest.h>

#include "topologies/drawing/changes.hpp"
#include "topologies/language/edit.hpp"
#include "topologies/topology.hpp"

namespace nines {
namespace {

const char* const kShop = R"(# A shop.
nines: 1

components:
  users:      {kind: client}   # who buys
  web-[1..4]: {kind: node, capacity: 10/s}
  db-1:
    kind: node     # the first
    failures:
      disk: {mttf: 6y, mttr: 12h}

groups:
  web: {policy: active_active, members: web-*, need: 2}
  db:  {policy: active_standby, members: [db-1]}

services:
  shop: {from: users, through: [web, db]}
)";

/// The lines that differ, with - and +.
std::string difference(const std::string& a, const std::string& b) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    while (begin < text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      out.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return out;
  };
  const auto before = lines(a);
  const auto after = lines(b);
  std::size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  std::string out;
  for (std::size_t i = head; i < before.size() - tail; ++i) out += "-" + before[i] + "\n";
  for (std::size_t i = head; i < after.size() - tail; ++i) out += "+" + after[i] + "\n";
  return out;
}

std::string changed(const DocumentEdit& edit) { return difference(kShop, edit.text()); }

TEST(DocumentEdit, ChangesAValueInPlace) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(edit.set({"components", "db-1", "failures", "disk", "mttf"}, "3y"));
  EXPECT_EQ(changed(edit),
            "-      disk: {mttf: 6y, mttr: 12h}\n+      disk: {mttf: 3y, mttr: 12h}\n");
}

TEST(DocumentEdit, AddsAKeyInTheStyleOfItsMap) {
  DocumentEdit block(kShop);
  ASSERT_TRUE(block.set({"components", "db-1", "capacity"}, "500/s"));
  EXPECT_EQ(changed(block), "+    capacity: 500/s\n");
  DocumentEdit flow(kShop);
  ASSERT_TRUE(flow.set({"components", "users", "age"}, "1y"));
  EXPECT_EQ(
      changed(flow),
      "-  users:      {kind: client}   # who buys\n+  users:      {kind: client, age: 1y}   # "
      "who buys\n");
}

TEST(DocumentEdit, MakesWhatIsMissingOnTheWay) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(edit.set({"layout", "db-1"}, "[10, 20]"));
  EXPECT_EQ(changed(edit), "+\n+layout:\n+  db-1: [10, 20]\n");
  ASSERT_TRUE(edit.set({"links", "a"}, "{between: [users, web-1]}"));
  EXPECT_EQ(changed(edit),
            "+\n+links:\n+  a: {between: [users, web-1]}\n+\n+layout:\n+  db-1: [10, 20]\n");
  ASSERT_TRUE(edit.set({"services", "shop", "workload", "reads"}, "5/s"));
  EXPECT_NE(edit.text().find("through: [web, db], workload: {reads: 5/s}}"), std::string::npos);
}

TEST(DocumentEdit, WritesAWholeDocumentIntoNothing) {
  DocumentEdit edit("");
  ASSERT_TRUE(edit.set({"nines"}, "1"));
  ASSERT_TRUE(edit.set({"components", "web-1"}, "{kind: node}"));
  ASSERT_TRUE(edit.set({"components", "web-2"}, "{kind: node}"));
  EXPECT_EQ(edit.text(), "nines: 1\n\ncomponents:\n  web-1: {kind: node}\n  web-2: {kind: node}\n");
  ASSERT_TRUE(edit.erase({"components", "web-1"}));
  ASSERT_TRUE(edit.erase({"components", "web-2"}));
  EXPECT_EQ(edit.text(), "nines: 1\n");
}

TEST(DocumentEdit, TakesOutAKeyAndWhatIsEmptyThen) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(edit.erase({"components", "db-1", "failures", "disk"}));
  EXPECT_EQ(changed(edit), "-    failures:\n-      disk: {mttf: 6y, mttr: 12h}\n");
  ASSERT_TRUE(edit.erase({"components", "db-1", "kind"}));
  EXPECT_EQ(edit.text().find("db-1: {}") == std::string::npos, false);
  DocumentEdit flow(kShop);
  ASSERT_TRUE(flow.erase({"groups", "web", "policy"}));
  EXPECT_NE(flow.text().find("  web: {members: web-*, need: 2}"), std::string::npos);
  ASSERT_TRUE(flow.erase({"groups", "web", "need"}));
  EXPECT_NE(flow.text().find("  web: {members: web-*}"), std::string::npos);
}

TEST(DocumentEdit, TouchesNothingThatIsNoYaml) {
  DocumentEdit edit("components: {a: [");
  EXPECT_FALSE(edit.readable());
  EXPECT_FALSE(edit.set({"nines"}, "1"));
  EXPECT_EQ(edit.text(), "components: {a: [");
}

TEST(DocumentEdit, RefusesToWriteIntoAnAlias) {
  DocumentEdit edit("components:\n  a: &x {kind: node}\n  b: *x\n");
  EXPECT_FALSE(edit.set({"components", "b", "capacity"}, "1/s"));
  EXPECT_FALSE(edit.set({"components", "b"}, "{}"));
}

/// What cannot be done without touching something else is not done at all.
TEST(DocumentEdit, ChangesNothingWhereItWouldTouchSomethingElse) {
  struct Case {
    const char* text;
    std::function<bool(DocumentEdit&)> edit;
  };
  const std::vector<Case> cases{
      {"w: {capacity: &c 5/s}\nx: {capacity: *c}\n",
       [](DocumentEdit& e) {
         return e.set({"w", "capacity"}, "6/s");
       }},
      {"x: {domain: &d rack}\ny: {domain: [other, *d]}\nz: 1\n",
       [](DocumentEdit& e) {
         return e.erase({"y", "domain", "1"});
       }},
      {"c: {n: &n {k: 1}, x: *n, y: {k: 2}}\n",
       [](DocumentEdit& e) {
         return e.erase({"c", "y"});
       }},
      {"a: [&x 1, *x, 2]\n",
       [](DocumentEdit& e) {
         return e.erase({"a", "2"});
       }},
      {"w: &n {kind: node}\nv: 1\n",
       [](DocumentEdit& e) {
         return e.set({"w", "capacity"}, "5/s");
       }},
      {"a: &x {b: 1}\nc: 2\n", [](DocumentEdit& e) { return e.set({"a"}, "7"); }},
      {"{\"b\":1}", [](DocumentEdit& e) { return e.rename({"b"}, "c"); }},
      {"a:\n  - - 1\n    - 2\n",
       [](DocumentEdit& e) {
         return e.erase({"a", "0", "0"});
       }},
      {"a: {b: 1}\n", [](DocumentEdit& e) { return e.set({"c"}, "[1, 2"); }},
  };
  for (const Case& c : cases) {
    DocumentEdit edit(c.text);
    ASSERT_TRUE(edit.readable()) << c.text;
    const bool done = c.edit(edit);
    EXPECT_TRUE(edit.readable()) << c.text << " -> " << edit.text();
    EXPECT_TRUE(done || edit.text() == c.text) << c.text << " -> " << edit.text();
  }
}

TEST(DocumentEdit, WritesIntoKeysThatHaveNothing) {
  DocumentEdit flow("a: {b, c: 1}\n");
  ASSERT_TRUE(flow.set({"a", "b"}, "3"));
  EXPECT_EQ(flow.text(), "a: {b: 3, c: 1}\n");
  DocumentEdit open("a: {b: }\n");
  ASSERT_TRUE(open.set({"a", "c"}, "3"));
  EXPECT_EQ(open.find({"a", "c"})->text, "3");
  EXPECT_EQ(open.find({"a", "b"})->kind, Node::Kind::null);
  DocumentEdit root("{nines: 1, components: {a: {kind: node}}}\n");
  ASSERT_TRUE(root.set({"layout", "a"}, "[1, 2]"));
  EXPECT_EQ(root.text(), "{nines: 1, components: {a: {kind: node}}, layout: {a: [1, 2]}}\n");
  DocumentEdit empty("{}\n");
  ASSERT_TRUE(empty.set({"a", "b"}, "1"));
  EXPECT_EQ(empty.find({"a", "b"})->text, "1");
}

TEST(YamlText, QuotesWhatWouldBeReadOtherwise) {
  EXPECT_EQ(yaml_text("web-1", true), "web-1");
  EXPECT_EQ(yaml_text("lognormal(median=3h p95=9h)", true), "lognormal(median=3h p95=9h)");
  EXPECT_EQ(yaml_text("web-[1..4]", true), "\"web-[1..4]\"");
  EXPECT_EQ(yaml_text("web-[1..4]", false), "web-[1..4]");
  EXPECT_EQ(yaml_text("*-a", false), "\"*-a\"");
  EXPECT_EQ(yaml_text("a: b", false), "\"a: b\"");
  EXPECT_EQ(yaml_text("", false), "\"\"");
  EXPECT_EQ(yaml_text("say \"hi\"", false), "say \"hi\"");
}

TEST(Changes, OneOfARangeGoesAndTheOthersStayARange) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(remove(edit, {"web-2"}));
  EXPECT_EQ(changed(edit),
            "-  web-[1..4]: {kind: node, capacity: 10/s}\n+  web-1: {kind: node, capacity: 10/s}\n"
            "+  web-[3..4]: {kind: node, capacity: 10/s}\n");
}

TEST(Changes, MentionsGoWithTheirName) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(add_link(edit, "users", "db-1"));
  ASSERT_TRUE(remove(edit, {"db-1"}));
  EXPECT_EQ(edit.text().find("db-1"), std::string::npos) << edit.text();
  EXPECT_NE(edit.text().find("  db:  {policy: active_standby}"), std::string::npos);
}

TEST(Changes, ARenameFollowsEveryMention) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(rename_thing(edit, "db", "store"));
  ASSERT_TRUE(rename_thing(edit, "db-1", "postgres"));
  EXPECT_NE(edit.text().find("  store:  {policy: active_standby, members: [postgres]}"),
            std::string::npos)
      << edit.text();
  EXPECT_NE(edit.text().find("through: [web, store]"), std::string::npos);
  EXPECT_TRUE(load_topology("x.yaml", edit.text(), "").diagnostics.empty() ||
              edit.text().find("db-1") == std::string::npos);
}

TEST(Changes, ADomainIsDrawnAroundPartOfARange) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(add_domain(edit, "rack-a", {"web-1", "web-2"}));
  ASSERT_TRUE(add_domain(edit, "zone", {"web-1"}));
  const Loaded loaded = load_topology("x.yaml", edit.text(), "");
  ASSERT_TRUE(loaded.draft || loaded.topology);
  EXPECT_NE(edit.text().find("web-1: {kind: node, capacity: 10/s, domain: [rack-a, zone]}"),
            std::string::npos)
      << edit.text();
  EXPECT_NE(edit.text().find("web-2: {kind: node, capacity: 10/s, domain: rack-a}"),
            std::string::npos);
}

TEST(Changes, CopiesOfABlockKeepItsIndentation) {
  DocumentEdit edit(kShop);
  const auto copies = paste(edit, copied(edit, {"db-1"}, {{"db-1", {100, 50}}}));
  ASSERT_EQ(copies, std::vector<std::string>{"db-2"});
  const Loaded loaded = load_topology("x.yaml", edit.text(), "");
  const Node* original = loaded.root.find("components")->find("db-1");
  const Node* copy = loaded.root.find("components")->find("db-2");
  ASSERT_NE(copy, nullptr) << edit.text();
  EXPECT_EQ(copy->find("failures")->find("disk")->find("mttr")->text,
            original->find("failures")->find("disk")->find("mttr")->text);
  EXPECT_EQ(written_positions(loaded.root).at("db-2"), (Position{140, 90}));
}

TEST(Changes, CopiesBringTheLinksBetweenThem) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(add_component(edit, "s", "{kind: switch}", {0, 0}));
  ASSERT_TRUE(add_link(edit, "s", "db-1"));
  const auto copies = paste(edit, copied(edit, {"db-1", "s"}, {}));
  ASSERT_EQ(copies, (std::vector<std::string>{"db-2", "s-1"}));
  EXPECT_NE(edit.text().find("  s--db-1-1: {between: [s-1, db-2]}"), std::string::npos)
      << edit.text();
}

TEST(PathAt, TellsTheKeysAround) {
  const DocumentEdit edit(kShop);
  const auto at = [&](const char* text) {
    return path_at(edit.root(), static_cast<std::uint32_t>(edit.text().find(text)));
  };
  EXPECT_EQ(at("6y"), (KeyPath{"components", "db-1", "failures", "disk", "mttf"}));
  EXPECT_EQ(at("web-[1"), (KeyPath{"components", "web-[1..4]"}));
  EXPECT_EQ(at("db]}"), (KeyPath{"services", "shop", "through", "1"}));
}

TEST(Changes, ADomainMayShareItsNameWithAComponent) {
  const char* const text =
      "nines: 1\ncomponents:\n  u: {kind: client}\n  w: {kind: node, domain: w}\n"
      "domains:\n  w: {in: dc}\n  dc: {}\ngroups:\n  g: {policy: active_active, members: [w]}\n"
      "services:\n  s: {from: u, through: g}\n";
  DocumentEdit edit(text);
  ASSERT_TRUE(rename_thing(edit, "domain:w", "rack"));
  ASSERT_TRUE(rename_thing(edit, "domain:dc", "site"));
  EXPECT_NE(edit.text().find("w: {kind: node, domain: rack}"), std::string::npos) << edit.text();
  EXPECT_NE(edit.text().find("rack: {in: site}"), std::string::npos) << edit.text();
  EXPECT_NE(edit.text().find("members: [w]"), std::string::npos) << edit.text();
  EXPECT_TRUE(load_topology("x.yaml", edit.text(), "").topology);
  DocumentEdit gone(text);
  ASSERT_TRUE(remove(gone, {"domain:w"}));
  EXPECT_NE(gone.text().find("members: [w]"), std::string::npos) << gone.text();
}

TEST(Changes, WhoLeavesAPatternStaysAMember) {
  DocumentEdit edit(kShop);
  ASSERT_TRUE(rename_thing(edit, "web-2", "apache"));
  EXPECT_NE(edit.text().find("members: [web-*, apache]"), std::string::npos) << edit.text();
  EXPECT_FALSE(rename_thing(edit, "apache", "db-1"));
  EXPECT_TRUE(rename_thing(edit, "apache", "apache"));
}

TEST(Changes, ABlockIsPastedAtTheIndentationOfItsPlace) {
  DocumentEdit edit("nines: 1\ncomponents:\n    a: {kind: node}\n");
  ASSERT_EQ(
      paste(edit, "components:\n  b:\n    kind: node\n    failures:\n      x: {mttf: 1y}\n").size(),
      1u);
  ASSERT_NE(edit.find({"components", "b", "failures", "x", "mttf"}), nullptr) << edit.text();
}

TEST(Draft, ShowsWhatCouldBeMadeOut) {
  const Loaded loaded =
      load_topology("x.yaml",
                    "nines: 1\ncomponents:\n  a: {kind: node, capacty: 3/s}\n  b: {kind: node}\n"
                    "links:\n  l: {between: [a, b]}\n",
                    "");
  ASSERT_FALSE(loaded.topology);
  ASSERT_TRUE(loaded.draft);
  EXPECT_EQ(loaded.draft->components.size(), 3u);
  EXPECT_FALSE(loaded.diagnostics.empty());
}

TEST(Positions, AreWrittenOrLaidOut) {
  Loaded loaded = load_topology_file(library_path("web-shop"));
  ASSERT_TRUE(loaded.topology);
  const auto at = positions_of(*loaded.topology, loaded.root);
  EXPECT_EQ(at.size(), 9u);
  // From the client to the right.
  EXPECT_LT(at.at("users").x, at.at("lb-1").x);
  EXPECT_LT(at.at("lb-1").x, at.at("web-1").x);
  EXPECT_LT(at.at("web-1").x, at.at("db-1").x);
  DocumentEdit edit(loaded.source.text());
  ASSERT_TRUE(place(edit, {{"users", {-100, 33}}}));
  const Loaded again = load_topology("web-shop.yaml", edit.text(), "");
  ASSERT_TRUE(again.topology) << render(again.diagnostics, again.source);
  EXPECT_EQ(again.topology->input_hash, loaded.topology->input_hash);
  const auto moved = positions_of(*again.topology, again.root);
  EXPECT_EQ(moved.at("users"), (Position{-100, 33}));
  EXPECT_GT(moved.at("db-2").y, 33);
}

/// Whatever of the library is edited, it says the same when the edit is taken back.
TEST(DocumentEdit, LeavesTheLibraryAsItWas) {
  for (const std::string& name : library_names()) {
    const Loaded loaded = load_topology_file(library_path(name));
    ASSERT_TRUE(loaded.topology) << name;
    DocumentEdit edit(loaded.source.text());
    for (const auto& [key, value] : loaded.root.find("components")->entries) {
      ASSERT_TRUE(edit.set({"components", key.text, "age"}, "1d")) << name << " " << key.text;
    }
    for (const auto& [key, value] : loaded.root.find("components")->entries) {
      if (value.find("age") != nullptr) continue;
      ASSERT_TRUE(edit.erase({"components", key.text, "age"})) << name << " " << key.text;
    }
    EXPECT_EQ(edit.text(), loaded.source.text()) << name;
  }
}

}  // namespace
}  // namespace nines
