// Runs, playback, comparison and lessons, in the real window.
#include <cstdio>
#include <fstream>
#include <map>
#include <utility>

#include <QComboBox>
#include <QElapsedTimer>
#include <QMenu>
#include <QProcess>
#include <QScrollBar>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/bench/large_topology.hpp"
#include "tests/gui/window.hpp"

namespace nines::gui::test {
namespace {

using Running = Window;
using Play = Window;

QPushButton* button(QWidget& in, const char* name) { return in.findChild<QPushButton*>(name); }

// Code that a sanitizer watches takes its time.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kWatched = true;
#else
constexpr bool kWatched = false;
#endif

/// Measures the longest time between two turns of the event loop.
class Watchdog final : public QObject {
 public:
  Watchdog() {
    last_.start();
    startTimer(1);
  }
  /// The longest so far, and from now on anew.
  qint64 take_ms() { return std::exchange(longest_ms_, 0); }

 protected:
  void timerEvent(QTimerEvent*) override { longest_ms_ = std::max(longest_ms_, last_.restart()); }

 private:
  QElapsedTimer last_;
  qint64 longest_ms_ = 0;
};

TEST_F(Running, FiguresAreThoseOfTheCommandLineDigitForDigit) {
  MainWindow& w = window();
  const std::vector<std::string> names =
      kWatched ? std::vector<std::string>{"one-server"}
               : std::vector<std::string>{"web-shop-two-racks", "etcd-three", "order-queue"};
  for (const std::string& name : names) {
    ASSERT_TRUE(w.open(QString::fromStdString(library_path(name))));
    w.run();
    ASSERT_TRUE(wait_for([&] { return w.results().job().state() == RunJob::State::idle; }));
    QProcess nines;
    nines.start(NINES_PROGRAM, {"run", QString::fromStdString(library_path(name)), "--json"});
    ASSERT_TRUE(nines.waitForFinished(120'000));
    const QByteArray out = nines.readAllStandardOutput();
    EXPECT_EQ(json_of(*document().topology(), *w.results().result()), out.toStdString());

    // And in the table on the screen.
    const auto json = nlohmann::json::parse(out.toStdString());
    std::map<std::pair<std::string, std::string>, std::array<std::string, 3>> shown;
    const QTableWidget& table = *w.results().numbers();
    for (int r = 0; r < table.rowCount(); ++r) {
      shown[{table.item(r, 0)->text().toStdString(), table.item(r, 1)->text().toStdString()}] = {
          table.item(r, 2)->text().toStdString(), table.item(r, 3)->text().toStdString(),
          table.item(r, 4)->text().toStdString()};
    }
    int compared = 0;
    const auto expect = [&](const std::string& of, const std::string& measure,
                            const nlohmann::json& figure) {
      const auto at = shown.find({of, measure});
      ASSERT_NE(at, shown.end()) << name << " " << of << " " << measure;
      const char* keys[] = {"value", "low", "high"};
      for (int i = 0; i < 3; ++i) {
        const auto& v = figure.at(keys[i]);
        EXPECT_EQ(at->second[static_cast<std::size_t>(i)],
                  v.is_null() ? "" : fmt::format("{}", v.get<double>()))
            << name << " " << of << " " << measure;
        ++compared;
      }
    };
    for (const auto& [service, figures] : json.at("services").items()) {
      for (const char* m : {"unavailability", "availability", "nines", "downtime_per_year_s",
                            "outages_per_year", "no_outage_probability"}) {
        expect(service, m, figures.at(m));
      }
      expect(service, "downtime_per_year_s_p95", figures.at("downtime_per_year_s").at("p95"));
    }
    for (const auto& [group, figures] : json.at("groups").items()) {
      if (figures.contains("lost_writes_per_year")) {
        expect(group, "lost_writes_per_year", figures.at("lost_writes_per_year"));
      }
    }
    EXPECT_GE(compared, 21);
    // In large type, to two places.
    const auto nines_now = json.at("services").begin()->at("nines").at("value");
    EXPECT_EQ(w.results().findChild<QLabel*>("nines")->text(),
              QString::number(nines_now.get<double>(), 'f', 2));
  }
}

TEST_F(Running, IsPausedGoesOnAndIsStopped) {
  MainWindow& w = window();
  w.open_library("web-shop");
  ResultsPage& page = w.results();
  page.start(50'000'000, "1y", 1);
  ASSERT_TRUE(wait_for([&] { return page.result() != nullptr; }));
  QTest::mouseClick(button(page, "pause"), Qt::LeftButton);
  EXPECT_EQ(page.job().state(), RunJob::State::paused);
  QTest::qWait(300);  // what was under way arrives
  const auto paused = page.result()->outcome.summary.runs;
  QTest::qWait(400);
  EXPECT_EQ(page.result()->outcome.summary.runs, paused);
  QTest::mouseClick(button(page, "pause"), Qt::LeftButton);
  ASSERT_TRUE(wait_for([&] { return page.result()->outcome.summary.runs > paused; }));
  QTest::mouseClick(button(page, "stop"), Qt::LeftButton);
  ASSERT_TRUE(wait_for([&] { return page.job().state() == RunJob::State::idle; }));
  // What is known by then is kept.
  EXPECT_EQ(page.result()->outcome.stopped_by, StoppedBy::interrupt);
  EXPECT_GT(page.result()->outcome.summary.runs, paused);
  EXPECT_FALSE(page.charts().empty());
}

TEST_F(Running, TheWindowClosesWhileItGoesOn) {
  window().open_library("web-shop");
  window().results().start(50'000'000, "1y", 1);
  ASSERT_TRUE(wait_for([&] { return window().results().result() != nullptr; }));
  EXPECT_TRUE(window().close());
  QElapsedTimer time;
  time.start();
  window_.reset();
  EXPECT_LT(time.elapsed(), 5'000);
}

TEST_F(Running, TheLanguageChangesWhileItGoesOn) {
  MainWindow& w = window();
  w.open_library("web-shop-two-racks");
  w.show_page(MainWindow::Page::results);
  w.results().start(2'000'000, "1y", 1);
  ASSERT_TRUE(wait_for([&] { return w.results().result() != nullptr; }));
  const QString before = button(w.results(), "start")->text();
  w.action("korean")->trigger();
  QTest::qWait(50);
  EXPECT_EQ(w.results().job().state(), RunJob::State::running);
  EXPECT_NE(button(w.results(), "start")->text().toStdString(), before.toStdString());
  const auto runs = w.results().result()->outcome.summary.runs;
  ASSERT_TRUE(wait_for([&] { return w.results().result()->outcome.summary.runs > runs; }));
  w.action("english")->trigger();
  QTest::qWait(50);
  EXPECT_EQ(button(w.results(), "start")->text().toStdString(), before.toStdString());
  w.results().job().stop();
  ASSERT_TRUE(wait_for([&] { return w.results().job().state() == RunJob::State::idle; }));
}

TEST_F(Running, EventLoopIsNeverBlockedForLong) {
  constexpr qint64 kMost_ms = kWatched ? 3'000 : 100;
  MainWindow& w = window();
  {
    std::ofstream out(file("large.yaml").toStdString());
    out << nines::test::large_topology(500);
  }
  // A block of the program's own comes every time, one by a machine that does something else does
  // not: of three tries the best counts, stage by stage.
  std::map<std::string, qint64> longest_ms;
  const auto once = [&] {
    w.start_new();
    Watchdog watchdog;
    const auto note = [&](const char* stage) {
      const qint64 ms = watchdog.take_ms();
      const auto [at, fresh] = longest_ms.emplace(stage, ms);
      if (!fresh) at->second = std::min(at->second, ms);
    };
    EXPECT_TRUE(w.open(file("large.yaml")));
    EXPECT_TRUE(document().topology())
        << render(document().loaded().diagnostics, document().loaded().source);
    QTest::qWait(100);
    note("opening");
    w.results().start(100'000, "1y", 1);
    for (int i = 0; i < 40; ++i) {
      w.canvas().horizontalScrollBar()->setValue(w.canvas().horizontalScrollBar()->value() + 20);
      QTest::qWait(20);
    }
    note("panning");
    w.show_page(MainWindow::Page::results);
    QTest::qWait(700);
    note("results");
    w.show_page(MainWindow::Page::design);
    w.scene().select({"s1-1"});
    QTest::qWait(50);
    note("selecting");
    for (const char key : {'#', ' ', 'a'}) {
      QTest::keyClick(&w.editor(), key);
      QTest::qWait(20);
    }
    note("typing");
    w.results().job().stop();
    EXPECT_TRUE(wait_for([&] { return w.results().job().state() == RunJob::State::idle; }));
    w.show_tray(MainWindow::Tray::playback);
    w.playback().set_speed(86400.0);
    w.playback().play();
    QTest::qWait(600);
    w.playback().end();
    note("playback");
  };
  const auto too_long = [&] {
    return std::any_of(longest_ms.begin(), longest_ms.end(),
                       [](const auto& stage) { return stage.second > kMost_ms; });
  };
  once();
  for (int again = 0; again < 2 && too_long(); ++again) once();
  for (const auto& [stage, ms] : longest_ms) {
    EXPECT_LE(ms, kMost_ms) << stage;
    std::printf("longest block of the event loop, %s: %lld ms\n", stage.c_str(),
                static_cast<long long>(ms));
  }
}

TEST_F(Running, ExactAndStructureAreTheLibrarysAnswers) {
  MainWindow& w = window();
  w.open_library("spof-moved");
  w.action("spof")->trigger();
  ASSERT_TRUE(wait_for([&] { return !w.structure().structures().empty(); }));
  ASSERT_EQ(w.structure().structures()[0].single_points.size(), 1u);
  EXPECT_FALSE(w.scene().component("lb")->mark().badge.isEmpty());
  EXPECT_TRUE(w.scene().component("web-1")->mark().badge.isEmpty());
  w.structure().show_on_canvas(StructurePanel::Show::cuts);
  for (int row = 0; row < w.structure().cuts()->rowCount(); ++row) {
    w.structure().cuts()->setCurrentCell(row, 0);
    int lit = 0;
    for (const auto& [name, item] : w.scene().components()) {
      lit += item->mark().badge.isEmpty() ? 0 : 1;
    }
    EXPECT_EQ(QString::number(lit), w.structure().cuts()->item(row, 2)->text());
  }
  w.structure().show_on_canvas(StructurePanel::Show::importance);
  EXPECT_GT(w.scene().component("lb")->mark().fill, 0.1);
  // A change of the drawing takes the marks away: they are no longer true.
  w.scene().select({"web-2"});
  w.canvas().remove_selected();
  EXPECT_TRUE(w.structure().structures().empty());

  w.open_library("one-server");
  w.results().solve_exactly();
  // Its lognormal repairs have a memory: that is said, not passed over.
  EXPECT_TRUE(wait_for([&] { return w.results().exact_note().contains("Not solved"); }));
  w.document().take(QString::fromStdString(R"(
nines: 1
components:
  users: {kind: client}
  a: {kind: node, failures: {crash: {mttf: 30d, mttr: 6h}}}
groups: {g: {policy: active_active, members: [a]}}
services: {app: {from: users, through: [g]}}
)"),
                    {}, "one.yaml");
  w.results().start(640, "1y", 1);
  ASSERT_TRUE(wait_for([&] { return w.results().job().state() == RunJob::State::idle; }));
  w.results().solve_exactly();
  QTableWidget* exact = w.results().findChild<QTableWidget*>("exact");
  ASSERT_TRUE(wait_for([&] { return exact->rowCount() > 0; }));
  // MTTR / (MTTF + MTTR)
  EXPECT_NEAR(exact->item(0, 2)->text().toDouble(), 6.0 / (30 * 24 + 6), 1e-9);
}

TEST_F(Play, AFailoverIsPlayedAndSteppedBackToTheSameState) {
  MainWindow& w = window();
  w.open_library("web-shop-two-racks");
  PlaybackPanel& panel = w.playback();
  ASSERT_TRUE(panel.begin());
  panel.seek(3600.0);
  panel.fail("db-1");
  const State failed = panel.playback()->state();
  const int lines = panel.events()->count();
  EXPECT_EQ(w.scene().component("db-1")->mark().caption, "failed");
  std::vector<State> states{failed};
  for (int i = 0; i < 4; ++i) {
    panel.step();
    states.push_back(panel.playback()->state());
  }
  EXPECT_GT(panel.events()->count(), lines);
  for (int i = 4; i-- > 0;) {
    panel.back();
    EXPECT_TRUE(panel.playback()->state() == states[static_cast<std::size_t>(i)]) << i;
  }
  EXPECT_EQ(panel.events()->count(), lines);
  EXPECT_EQ(w.scene().component("db-1")->mark().caption, "failed");
}

TEST_F(Play, WhoIsKilledIsReplacedBeforeOnesEyes) {
  MainWindow& w = window();
  w.open_library("web-shop-two-racks");
  PlaybackPanel& panel = w.playback();
  ASSERT_TRUE(panel.begin());
  panel.seek(60.0);
  EXPECT_EQ(w.scene().component("db-1")->mark().caption, "active");
  // By the menu of a right click.
  QMenu* menu = panel.menu_for("db-1");
  QAction* fail = nullptr;
  for (QAction* action : menu->actions()) {
    if (action->text().startsWith("Fail it")) fail = action;
  }
  ASSERT_NE(fail, nullptr);
  fail->trigger();
  menu->close();
  EXPECT_EQ(w.scene().component("db-1")->mark().caption, "failed");
  panel.set_speed(10.0);
  panel.play();
  ASSERT_TRUE(wait_for([&] { return w.scene().component("db-2")->mark().caption == "active"; }));
  panel.pause();
  bool told = false;
  for (int i = 0; i < panel.events()->count(); ++i) {
    told = told || panel.events()->item(i)->text().contains("db-2 is active in db");
  }
  EXPECT_TRUE(told);
  panel.mend("db-1");
  EXPECT_NE(w.scene().component("db-1")->mark().caption, "failed");
  // Drawing is for later.
  EXPECT_TRUE(w.canvas().read_only());
  panel.end();
  EXPECT_FALSE(w.canvas().read_only());
  EXPECT_FALSE(w.scene().component("db-1")->mark().color.isValid());
}

TEST_F(Play, RacksAreParted) {
  MainWindow& w = window();
  w.open_library("web-shop-two-racks");
  PlaybackPanel& panel = w.playback();
  ASSERT_TRUE(panel.begin());
  panel.seek(60.0);
  panel.part("domain:rack-a", "domain:rack-b");
  int cut = 0;
  for (const auto& [name, edge] : w.scene().edges()) cut += edge->mark().hollow ? 1 : 0;
  EXPECT_GE(cut, 1);
}

TEST_F(Running, DesignsAreComparedUnderTheSameLuck) {
  MainWindow& w = window();
  ComparePage& page = w.compare_page();
  page.add_file(QString::fromStdString(library_path("two-sites-synchronous")));
  page.add_file(QString::fromStdString(library_path("two-sites-asynchronous")));
  page.set_runs(2'000);
  page.start();
  ASSERT_TRUE(wait_for([&] { return page.comparison() != nullptr; }));
  EXPECT_EQ(page.comparison()->designs.size(), 2u);
  EXPECT_GT(w.compare_page().findChild<QTableWidget*>("differences")->rowCount(), 3);
  EXPECT_GE(page.charts().size(), 3u);
}

TEST_F(Running, EveryStepOfEveryLessonCanBeTaken) {
  MainWindow& w = window();
  for (const Lesson& lesson : lessons()) {
    w.begin_lesson(lesson.key);
    for (std::size_t s = 0; s < lesson.steps.size(); ++s) {
      ASSERT_TRUE(w.lesson().active()) << lesson.key.toStdString();
      const LessonStep step = w.lesson().step();
      if (!step.topology.isEmpty()) {
        EXPECT_FALSE(library_path(step.topology.toStdString()).empty());
      }
      if (step.right >= 0) {
        ASSERT_LT(step.right, step.answers.size());
        w.lesson().answer(step.right);
      }
      w.do_deed(step);
      QPushButton* next = w.lesson().findChild<QPushButton*>("next");
      ASSERT_TRUE(wait_for([&] { return next->isEnabled(); }))
          << lesson.key.toStdString() << " step " << s;
      if (step.deed == Deed::fail) {
        EXPECT_TRUE(w.playback().active());
        bool told = false;
        for (const StoryLine& line : w.playback().playback()->story()) {
          told = told || line.detail == kByHand;
        }
        EXPECT_TRUE(told) << lesson.key.toStdString() << ": nothing was made to fail";
      }
      const QString text = w.lesson().findChild<QTextBrowser*>("lesson")->toPlainText();
      EXPECT_FALSE(text.contains('{')) << text.toStdString();
      next->click();
    }
    EXPECT_FALSE(w.lesson().active());
  }
}

}  // namespace
}  // namespace nines::gui::test
