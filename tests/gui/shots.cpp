// Takes the pictures of the documentation from the real program: nines_shots DIR [NAME…]
#include <cstdio>
#include <functional>
#include <map>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QTemporaryDir>
#include <QTest>

#include "gui/main_window.hpp"

namespace {

using namespace nines;
using namespace nines::gui;

bool wait_for(const std::function<bool()>& done, int most_ms = 60'000) {
  return QTest::qWaitFor(done, most_ms);
}

void take(MainWindow& window, const QString& path) {
  QTest::qWait(120);
  QPixmap picture = window.grab();
  if (!picture.save(path)) std::fprintf(stderr, "cannot write %s\n", qPrintable(path));
  std::printf("%s\n", qPrintable(path));
}

void show_design(MainWindow& window) {
  window.open_library("web-shop-two-racks");
  window.show_tray(MainWindow::Tray::structure);
  window.show_side(MainWindow::Side::properties);
  window.structure().show_on_canvas(StructurePanel::Show::cuts);
  window.structure().start();
  wait_for([&] { return !window.structure().structures().empty(); });
  window.sheet().show_thing("web-1");
  if (QTreeWidgetItem* row = window.sheet().row({"failures", "hardware", "time_to_failure"})) {
    window.sheet().tree()->setCurrentItem(row, 0);
  }
  window.canvas().fit();
}

void show_results(MainWindow& window) {
  window.open_library("web-shop-two-racks");
  window.show_page(MainWindow::Page::results);
  window.results().start(20'000, "1y", 1);
  wait_for([&] { return window.results().job().state() == RunJob::State::idle; });
}

void show_playback(MainWindow& window) {
  window.open_library("web-shop-two-racks");
  window.show_tray(MainWindow::Tray::playback);
  window.playback().begin();
  window.playback().seek(3600.0);
  window.playback().fail("web-2");
  window.playback().seek(3610.0);
  window.playback().fail("db-1");
  window.playback().seek(3640.0);
  window.canvas().fit();
}

void show_compare(MainWindow& window) {
  window.compare_page().clear();
  for (const char* name : {"two-sites-synchronous", "two-sites-asynchronous"}) {
    window.compare_page().add_file(QString::fromStdString(library_path(name)));
  }
  window.show_page(MainWindow::Page::compare);
  window.compare_page().start();
  wait_for([&] { return !window.compare_page().running(); });
}

void show_lesson(MainWindow& window) {
  window.begin_lesson("quorum");
  window.lesson().answer(2);
  window.do_deed(window.lesson().step());
  QTest::qWait(400);
  window.playback().pause();
  window.playback().seek(90.0);
}

void show_gallery(MainWindow& window) {
  window.show_page(MainWindow::Page::lessons);
  window.lessons_page().gallery()->setCurrentRow(0);
  QTest::qWait(6000);
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  QApplication::setStyle("Fusion");
  const QString folder = argc > 1 ? argv[1] : ".";
  QStringList only;
  for (int i = 2; i < argc; ++i) only << argv[i];
  const std::vector<std::pair<QString, std::function<void(MainWindow&)>>> shots{
      {"design", show_design},      {"results", show_results}, {"playback", show_playback},
      {"comparison", show_compare}, {"lesson", show_lesson},   {"gallery", show_gallery}};
  for (const auto& [name, make] : shots) {
    for (const char* language : {"en", "ko"}) {
      for (const bool dark : {false, true}) {
        const QString key = QStringLiteral("%1-%2-%3").arg(name, language, dark ? "dark" : "light");
        if (!only.isEmpty() && !only.contains(name) && !only.contains(key)) continue;
        QTemporaryDir settings;
        MainWindow window(settings.path());
        window.ask_about_changes = [] { return MainWindow::Answer::discard; };
        window.set_language(language);
        window.set_dark(dark);
        window.resize(1360, 850);
        window.show();
        QTest::qWait(50);
        make(window);
        take(window, folder + "/" + key + ".png");
        window.playback().end();
      }
    }
  }
  return 0;
}
