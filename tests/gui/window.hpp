// What tests of the front end share: a window with settings of its own, and ways to drive it.
#pragma once

#include <functional>

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include "gui/main_window.hpp"

namespace nines::gui::test {

/// QTest's own macros pass silently within GoogleTest: these are waited for, then expected.
inline bool wait_for(const std::function<bool()>& done, int most_ms = 60'000) {
  return QTest::qWaitFor(done, most_ms);
}

class Window : public ::testing::Test {
 protected:
  void SetUp() override {
    window_ = std::make_unique<MainWindow>(folder_.path());
    window_->set_language("en");
    window_->ask_about_changes = [] { return MainWindow::Answer::discard; };
    window_->resize(1280, 800);
    window_->show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(window_.get()));
  }

  MainWindow& window() { return *window_; }
  Document& document() { return window_->document(); }
  QString file(const QString& name) const { return folder_.path() + "/" + name; }

  /// Drags a kind from the palette to a place on the canvas.
  void drop(const QString& kind, QPointF at) {
    QMimeData mime;
    mime.setData(CanvasView::kMime, kind.toUtf8());
    CanvasView& view = window_->canvas();
    const QPoint where = view.mapFromScene(at);
    QDragEnterEvent enter(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view.viewport(), &enter);
    QDropEvent drop_event(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view.viewport(), &drop_event);
  }

  /// Presses at one place of the canvas and lets go at another.
  void drag(QPointF from, QPointF to) {
    QWidget* port = window_->canvas().viewport();
    const QPoint a = window_->canvas().mapFromScene(from);
    const QPoint b = window_->canvas().mapFromScene(to);
    QTest::mousePress(port, Qt::LeftButton, Qt::NoModifier, a);
    // The view starts to move things when the pointer has.
    for (const double share : {0.3, 0.6, 1.0}) {
      const QPoint at = a + (b - a) * share;
      QMouseEvent move(QEvent::MouseMove, at, port->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                       Qt::NoModifier);
      QApplication::sendEvent(port, &move);
    }
    QTest::mouseRelease(port, Qt::LeftButton, Qt::NoModifier, b);
  }

  QPointF place_of(const QString& name) {
    ComponentItem* item = window_->scene().component(name);
    EXPECT_NE(item, nullptr) << name.toStdString();
    return item == nullptr ? QPointF() : item->pos();
  }

  QTemporaryDir folder_;
  std::unique_ptr<MainWindow> window_;
};

}  // namespace nines::gui::test
