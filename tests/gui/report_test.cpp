// Reports: one file that needs nothing else, as a browser sees it.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const std::string kNines = NINES_PROGRAM;
const fs::path kFiles = fs::path(NINES_TESTS_DIRECTORY) / "studies" / "files";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Said {
  int code = -1;
  std::string text;
};

Said shell(const std::string& command) {
  Said said;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 65536> buffer{};
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) {
    said.text.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  said.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return said;
}

class Report : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::path(testing::TempDir()) / "nines-report-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    // Two factors, one at a time, with prices: a page with every kind of figure.
    std::ofstream(folder_ / "study.yaml")
        << "nines-study: 1\ntitle: Which <of> these & those?\ntopology: "
        << (kFiles / "pair.yaml").string()
        << "\nfactors:\n  repair: {path: types.server.failures.crash.mttr, values: [1h, 16h]}\n"
           "  price: {path: types.server.cost, values: [{buy: 9000 USD}]}\n"
           "sweep: one_at_a_time\nruns: 640\n";
  }
  void TearDown() override {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::string made() {
    const Said ran =
        shell(kNines + " study run " + at("study.yaml") + " --store " + at("x.db") + " --quiet");
    EXPECT_EQ(ran.code, 0) << ran.text;
    const Said wrote = shell(kNines + " study report " + at("x.db") + " -o " + at("x.html"));
    EXPECT_EQ(wrote.code, 0) << wrote.text;
    EXPECT_EQ(wrote.text, at("x.html") + "\n");
    return content(at("x.html"));
  }
  fs::path folder_;
};

std::multiset<std::string> all(const std::string& text, const std::string& pattern) {
  std::multiset<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator m(text.begin(), text.end(), regex), end; m != end; ++m) {
    found.insert((*m)[1]);
  }
  return found;
}

TEST_F(Report, NeedsNothingElse) {
  const std::string html = made();
  // No network, no script: the names of the XML spaces are the only addresses.
  for (const std::string& address : all(html, "(https?://[^\"'<> ]*)")) {
    EXPECT_TRUE(address.starts_with("http://www.w3.org/")) << address;
  }
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<link"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_NE(html.find("<h1>Which &lt;of&gt; these &amp; those?</h1>"), std::string::npos);
  const auto ids = all(html, " id=\"([^\"]+)\"");
  const auto links = all(html, "href=\"#([^\"]+)\"");
  EXPECT_GE(links.size(), 4u);
  for (const std::string& link : links) EXPECT_EQ(ids.count(link), 1u) << link;
  const auto figures = all(html, "data-key=\"([^\"]+)\"");
  for (const char* once : {"designs", "differences", "pareto", "tornado"}) {
    EXPECT_EQ(figures.count(once), 1u) << once;
  }
  for (const char* of_each : {"convergence", "downtime", "blame"}) {
    EXPECT_EQ(figures.count(of_each), 4u) << of_each;
  }
  // Figures have words, in both colours.
  EXPECT_GE(all(html, "(<text )").size(), 2 * 6 * figures.size());
  EXPECT_NE(html.find("nines study run "), std::string::npos);
}

TEST_F(Report, OfARunIsTheSameKindOfPage) {
  const Said ran = shell(kNines + " run " + (kFiles / "pair.yaml").string() +
                         " --runs 640 --json --quiet --report " + at("run.html"));
  ASSERT_EQ(ran.code, 0) << ran.text;
  const std::string html = content(at("run.html"));
  EXPECT_NE(html.find("<h1>Pair</h1>"), std::string::npos);
  EXPECT_NE(html.find("--runs 640 --json --quiet --report"), std::string::npos);
  EXPECT_EQ(all(html, "data-key=\"(convergence)\"").size(), 1u);
  // The command says it, and so does the figure in the table: of one run, one truth.
  const auto value = all(ran.text, "\"outages_per_year\": \\{\\s*\"value\": ([0-9.]+)");
  ASSERT_EQ(value.size(), 1u);
  const std::string rounded = value.begin()->substr(0, 4);
  EXPECT_NE(html.find("<td>" + rounded), std::string::npos) << rounded;
}

TEST_F(Report, IsShownAndPrintedByABrowser) {
  if (shell("command -v chromium").code != 0) GTEST_SKIP() << "there is no chromium";
  made();
  const std::string browser =
      "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "
      "--user-data-dir=" +
      at("profile") + " ";
  const std::string page = "file://" + at("x.html");
  const Said dom = shell(browser + "--dump-dom " + page + " 2>/dev/null");
  EXPECT_NE(dom.text.find("Which &lt;of&gt; these &amp; those?"), std::string::npos);
  EXPECT_EQ(all(dom.text, "<figure data-key=\"([^\"]+)\"").size(), 20u) << dom.text.size();
  EXPECT_NE(dom.text.find("What each factor does to the downtime"), std::string::npos);
  shell(browser + "--window-size=1100,1600 --screenshot=" + at("light.png") + " " + page);
  shell(browser + "--blink-settings=preferredColorScheme=0 --window-size=1100,1600 --screenshot=" +
        at("dark.png") + " " + page);
  shell(browser + "--no-pdf-header-footer --print-to-pdf=" + at("x.pdf") + " " + page);
  const std::string light = content(at("light.png"));
  const std::string dark = content(at("dark.png"));
  EXPECT_GT(light.size(), 40'000u);
  EXPECT_GT(dark.size(), 40'000u);
  EXPECT_NE(light, dark);
  const std::string pdf = content(at("x.pdf"));
  EXPECT_TRUE(pdf.starts_with("%PDF"));
  EXPECT_GT(pdf.size(), 40'000u);
}

TEST_F(Report, SaysWhatIsMissing) {
  made();
  // The program alone, as on a server: no nines-figures beside it nor on the path.
  fs::copy_file(kNines, at("nines"));
  const Said refused = shell("PATH=/nowhere " + at("nines") + " study report " + at("x.db"));
  EXPECT_EQ(refused.code, 4);
  EXPECT_NE(refused.text.find("drawn by nines-figures, which comes with the front end"),
            std::string::npos)
      << refused.text;
  const Said plain = shell("PATH=/nowhere " + at("nines") + " study report " + at("x.db") +
                           " --no-figures -o " + at("plain.html"));
  EXPECT_EQ(plain.code, 0) << plain.text;
  EXPECT_EQ(content(at("plain.html")).find("<figure"), std::string::npos);
}

}  // namespace
