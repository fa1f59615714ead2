// How long a frame of the canvas takes while it is panned and a run goes on, with 500 components:
// nines_gui_bench [FRAMES]. Prints the median and the slowest of twenty.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include "gui/main_window.hpp"
#include "tests/bench/large_topology.hpp"

int main(int argc, char** argv) {
  using namespace nines;
  using namespace nines::gui;
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  QApplication::setStyle("Fusion");
  const int frames = argc > 1 ? std::atoi(argv[1]) : 300;
  QTemporaryDir folder;
  MainWindow window(folder.path());
  window.ask_about_changes = [] { return MainWindow::Answer::discard; };
  window.resize(1600, 1000);
  window.show();
  window.document().take(QString::fromStdString(test::large_topology(500)), {}, "large.yaml");
  const bool valid = window.document().topology() != nullptr;
  std::printf("%zu components drawn\n", window.scene().components().size());
  CanvasView& view = window.canvas();
  int status = valid ? 0 : 1;
  for (const double zoom : {0.0, 0.5, 1.0}) {
    view.fit();
    if (zoom > 0) view.zoom_by(zoom / view.transform().m11());
    window.results().start(2'000'000'000, "1y", 1);
    QTest::qWait(500);
    std::vector<double> ms;
    for (int i = 0; i < frames; ++i) {
      const int by = i % 40 < 20 ? 17 : -17;
      QElapsedTimer time;
      time.start();
      view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + by);
      view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + by / 2);
      view.viewport()->repaint();
      ms.push_back(1e-6 * static_cast<double>(time.nsecsElapsed()));
      QTest::qWait(2);
    }
    const bool running = window.results().job().state() == RunJob::State::running;
    window.results().job().stop();
    if (!QTest::qWaitFor([&] { return window.results().job().state() == RunJob::State::idle; })) {
      status = 1;
    }
    std::sort(ms.begin(), ms.end());
    std::printf("zoom %.2f: median %.1f ms, one in 20 above %.1f ms%s\n", view.transform().m11(),
                ms[ms.size() / 2], ms[ms.size() * 19 / 20], running ? "" : " (no run going on)");
    if (!running) status = 1;
  }
  return status;
}
