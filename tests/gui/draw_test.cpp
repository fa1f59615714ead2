// Drawing: by mouse and keyboard, undone and redone, saved and read again.
#include <QClipboard>
#include <QFile>
#include <QLineEdit>

#include "tests/gui/window.hpp"

namespace nines::gui::test {
namespace {

using Draw = Window;

QByteArray bytes(const QString& path) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  return file.readAll();
}

TEST_F(Draw, TenComponentsFromAnEmptyCanvas) {
  MainWindow& w = window();
  CanvasView& view = w.canvas();
  ASSERT_TRUE(document().text().empty());
  // By mouse: dropped from the palette.
  drop("client", {-300, 0});
  drop("load_balancer", {-150, -60});
  drop("load_balancer", {-150, 60});
  for (int i = 0; i < 4; ++i) drop("node", {20, -150.0 + 100 * i});
  drop("switch", {-220, 160});
  drop("storage", {200, -50});
  // By keyboard: from the palette with Enter.
  w.palette_list().setCurrentRow(1);
  w.palette_list().setFocus();
  QTest::keyClick(&w.palette_list(), Qt::Key_Return);
  EXPECT_EQ(w.scene().components().size(), 10u);
  EXPECT_NE(w.scene().component("users"), nullptr);
  EXPECT_NE(w.scene().component("lb-2"), nullptr);
  EXPECT_NE(w.scene().component("node-5"), nullptr);

  // Moved by mouse, and by the arrow keys.
  const QPointF before = place_of("storage-1");
  drag(before, before + QPointF(60, 40));
  EXPECT_EQ(place_of("storage-1"), before + QPointF(60, 40));
  w.scene().select({"storage-1"});
  view.setFocus();
  QTest::keyClick(&view, Qt::Key_Right);
  EXPECT_EQ(place_of("storage-1"), before + QPointF(70, 40));

  // Links by drawing, with the tool.
  w.action("connect")->trigger();
  drag(place_of("switch-1"), place_of("users"));
  for (const char* end :
       {"lb-1", "lb-2", "node-1", "node-2", "node-3", "node-4", "node-5", "storage-1"}) {
    drag(place_of("switch-1"), place_of(end));
  }
  EXPECT_EQ(w.scene().edges().size(), 9u);
  QTest::keyClick(&view, Qt::Key_Escape);
  EXPECT_EQ(view.tool(), CanvasView::Tool::select);

  // Groups, a domain and a service of what is selected.
  w.scene().select({"lb-1", "lb-2"});
  view.group_selected("active_standby");
  w.scene().select({"node-1", "node-2", "node-3", "node-4", "node-5"});
  w.action("group")->trigger();
  w.scene().select({"node-1", "node-2"});
  w.action("domain")->trigger();
  w.scene().clearSelection();
  w.action("service")->trigger();
  EXPECT_EQ(w.scene().areas().size(), 3u);

  // A failure mode in the form of a node.
  w.sheet().show_thing("node-1");
  ASSERT_TRUE(document().change("failures", [](DocumentEdit& edit) {
    return edit.set({"components", "node-1", "failures", "crash"}, "{mttf: 60d, mttr: 5min}");
  }));
  QTreeWidgetItem* row = w.sheet().row({"failures", "crash", "mttr"});
  ASSERT_NE(row, nullptr);
  w.sheet().set_value(row, "10min");
  EXPECT_NE(document().text().find("mttr: 10min"), std::string::npos);
  w.sheet().set_value(w.sheet().row({"needs"}), "storage-1");

  ASSERT_TRUE(document().topology())
      << render(document().loaded().diagnostics, document().loaded().source);
  const QString path = file("drawn.yaml");
  ASSERT_TRUE(w.save_as(path));
  EXPECT_FALSE(document().is_changed());
  const std::string text = document().text();
  const std::string hash = document().topology()->input_hash;

  // Read again: the same.
  ASSERT_TRUE(w.open(path));
  EXPECT_EQ(document().text(), text);
  EXPECT_EQ(document().topology()->input_hash, hash);
  EXPECT_EQ(w.scene().components().size(), 10u);
  EXPECT_EQ(place_of("storage-1"), before + QPointF(70, 40));
  EXPECT_EQ(bytes(path), QByteArray::fromStdString(text));
}

TEST_F(Draw, EverythingIsUndoneAndRedoneToTheSameBytes) {
  MainWindow& w = window();
  drop("client", {-200, 0});
  drop("node", {0, 0});
  drop("node", {0, 120});
  drag(place_of("node-1"), place_of("node-1") + QPointF(50, 10));
  w.scene().select({"node-1", "node-2"});
  w.action("group")->trigger();
  w.scene().select({"node-2"});
  w.canvas().duplicate_selected();
  w.scene().select({"node-1", "node-2", "node-3"});
  w.canvas().align(CanvasView::Edge::left);
  w.action("domain")->trigger();
  w.action("service")->trigger();
  w.scene().select({"node-3"});
  w.canvas().remove_selected();
  w.ask_name = [](const QString&, const QString&) { return QString("web-1"); };
  w.scene().select({"node-1"});
  w.action("rename")->trigger();
  w.editor().selectAll();
  w.editor().moveCursor(QTextCursor::End);
  QTest::keyClicks(&w.editor(), "# the end");
  const std::string all = document().text();
  EXPECT_NE(all.find("web-1"), std::string::npos) << all;
  EXPECT_NE(all.find("# the end"), std::string::npos);

  int steps = 0;
  std::vector<std::string> states;
  while (document().undo_stack().canUndo()) {
    states.push_back(document().text());
    w.action("undo")->trigger();
    ASSERT_LT(++steps, 200);
  }
  EXPECT_GE(steps, 11);
  EXPECT_EQ(document().text(), "");
  EXPECT_TRUE(w.scene().components().empty());
  while (document().undo_stack().canRedo()) {
    w.action("redo")->trigger();
    EXPECT_EQ(document().text(), states.back());
    states.pop_back();
  }
  EXPECT_EQ(document().text(), all);
  EXPECT_EQ(w.editor().toPlainText().toStdString(), all);
}

TEST_F(Draw, CutAndPasteBringsWhatWasLinked) {
  MainWindow& w = window();
  drop("node", {0, 0});
  drop("switch", {150, 0});
  w.scene().select({"node-1", "switch-1"});
  w.canvas().link_selected();
  EXPECT_EQ(w.scene().edges().size(), 1u);
  w.canvas().select_everything();
  w.canvas().copy_selected();
  w.canvas().paste();
  EXPECT_EQ(w.scene().components().size(), 4u);
  EXPECT_EQ(w.scene().edges().size(), 2u);
  w.canvas().cut_selected();
  EXPECT_EQ(w.scene().components().size(), 2u);
}

TEST_F(Draw, OneOfARangeIsChangedByItself) {
  MainWindow& w = window();
  w.open_library("web-shop");
  w.scene().select({"web-2"});
  w.canvas().remove_selected();
  EXPECT_EQ(w.scene().component("web-2"), nullptr);
  EXPECT_NE(w.scene().component("web-3"), nullptr);
  EXPECT_NE(document().text().find("# A web shop: two load balancers"), std::string::npos);
  w.action("undo")->trigger();
  EXPECT_NE(w.scene().component("web-2"), nullptr);
}

TEST_F(Draw, WhatIsWrongInTheTextIsMarkedAtItsLine) {
  MainWindow& w = window();
  w.open_library("web-shop");
  w.show_side(MainWindow::Side::text);
  EXPECT_TRUE(w.editor().marked_lines().empty());
  // Somebody types into a value.
  const QString text = w.editor().toPlainText();
  const qsizetype at = text.indexOf("mttr:");
  ASSERT_GT(at, 0);
  const int line = static_cast<int>(text.left(at).count('\n')) + 1;
  QTextCursor cursor = w.editor().textCursor();
  cursor.setPosition(static_cast<int>(at) + 6);
  w.editor().setTextCursor(cursor);
  QTest::keyClicks(&w.editor(), "apples");
  ASSERT_EQ(w.editor().marked_lines(), std::vector<int>{line});
  EXPECT_EQ(w.problems().rowCount(), 1);
  EXPECT_EQ(w.problems().item(0, 0)->text(), QString::number(line));
  // On the canvas, too; and a click in the list leads there.
  EXPECT_NE(w.scene().component("web-1"), nullptr);
  w.editor().moveCursor(QTextCursor::Start);
  Q_EMIT w.problems().cellActivated(0, 0);
  EXPECT_EQ(w.editor().textCursor().blockNumber() + 1, line);
  // The drawing is still there, and can be undone.
  while (document().undo_stack().canUndo()) w.action("undo")->trigger();
  EXPECT_TRUE(w.editor().marked_lines().empty());
  EXPECT_EQ(w.editor().toPlainText(), text);
}

TEST_F(Draw, WhatIsNoYamlKeepsTheLastDrawing) {
  MainWindow& w = window();
  w.open_library("web-shop");
  const std::size_t count = w.scene().components().size();
  w.editor().moveCursor(QTextCursor::End);
  QTest::keyClicks(&w.editor(), "x: {a: [");
  EXPECT_FALSE(document().can_be_drawn());
  EXPECT_EQ(w.scene().components().size(), count);
  EXPECT_FALSE(w.editor().marked_lines().empty());
  // Nothing is drawn into a text that cannot be read.
  EXPECT_TRUE(w.canvas().add("node", {0, 0}).isEmpty());
}

TEST_F(Draw, FormsShowDefaultsAndWhatIsWrong) {
  MainWindow& w = window();
  w.open_library("web-shop");
  w.sheet().show_thing("web");
  QTreeWidgetItem* policy = w.sheet().row({"policy"});
  ASSERT_NE(policy, nullptr);
  EXPECT_EQ(policy->text(1).toStdString(), "active_active");
  w.sheet().set_value(w.sheet().row({"need"}), "four apples");
  EXPECT_EQ(w.problems().rowCount(), 1);
  EXPECT_FALSE(w.sheet().row({"need"})->toolTip(1).isEmpty());
  w.sheet().set_value(w.sheet().row({"need"}), "3");
  EXPECT_EQ(w.problems().rowCount(), 0)
      << render(document().loaded().diagnostics, document().loaded().source);
  w.sheet().set_value(w.sheet().row({"need"}), "");
  EXPECT_EQ(document().text().find("need"), std::string::npos);
  // What comes from a type is shown, and its law is drawn.
  w.sheet().show_thing("web-1");
  QTreeWidgetItem* law = w.sheet().row({"failures", "hardware", "time_to_failure"});
  ASSERT_NE(law, nullptr);
  EXPECT_EQ(law->text(1), "weibull(shape=1.2 mean=4y)");
  w.sheet().tree()->setCurrentItem(law, 0);
  EXPECT_FALSE(w.sheet().law_view()->chart_shown().empty());
}

TEST_F(Draw, LookingAtFieldsWritesNothing) {
  MainWindow& w = window();
  w.open_library("active-standby");
  const std::string before = document().text();
  w.sheet().show_thing("web");
  for (const char* key : {"detection", "sessions", "failback", "quorum", "members", "takeover"}) {
    QTreeWidgetItem* row = w.sheet().row({key});
    ASSERT_NE(row, nullptr) << key;
    w.sheet().tree()->setCurrentItem(row, 1);
    w.sheet().tree()->editItem(row, 1);
    // A click on the canvas, while the field is open: the form is made anew.
    w.scene().select({"web-1"});
    QTest::qWait(20);
    w.scene().select({"web"});
    QTest::qWait(20);
    EXPECT_EQ(document().text(), before) << key;
  }
}

TEST_F(Draw, WhatIsInAnOpenFieldIsSaved) {
  MainWindow& w = window();
  ASSERT_TRUE(w.open(QString::fromStdString(library_path("web-shop"))));
  ASSERT_TRUE(w.save_as(file("a.yaml")));
  w.sheet().show_thing("web");
  w.sheet().tree()->setCurrentItem(w.sheet().row({"need"}), 1);
  w.sheet().tree()->setFocus();
  QTest::keyClick(w.sheet().tree(), Qt::Key_F2);
  auto* field = w.sheet().tree()->findChild<QLineEdit*>();
  ASSERT_NE(field, nullptr);
  field->selectAll();
  QTest::keyClicks(field, "3");
  w.action("save")->trigger();
  EXPECT_NE(bytes(file("a.yaml")).indexOf("need: 3"), -1);
  EXPECT_FALSE(document().is_changed());
}

TEST_F(Draw, ListsAreEditedAsWords) {
  MainWindow& w = window();
  document().take(
      "nines: 1\ncomponents:\n  a: {kind: node}\n  b: {kind: node}\n  u: {kind: client}\n"
      "groups:\n  g:\n    policy: active_active\n    members:\n      - a\n"
      "services:\n  s: {from: u, through: g}\n",
      {}, "x.yaml");
  w.sheet().show_thing("g");
  ASSERT_NE(w.sheet().row({"members"}), nullptr);
  EXPECT_EQ(w.sheet().row({"members"})->text(1).toStdString(), "a");
  w.sheet().set_value(w.sheet().row({"members"}), "a, b");
  EXPECT_NE(document().text().find("members: [a, b]"), std::string::npos) << document().text();
  EXPECT_TRUE(document().topology());
}

TEST_F(Draw, TheEndsOfLinesStayAsTheyWere) {
  QFile made(file("windows.yaml"));
  ASSERT_TRUE(made.open(QIODevice::WriteOnly));
  made.write("nines: 1\r\ncomponents:\r\n  a: {kind: node}\r\n");
  made.close();
  ASSERT_TRUE(window().open(file("windows.yaml")));
  ASSERT_FALSE(window().canvas().add("node", {50, 50}).isEmpty());
  ASSERT_TRUE(window().save());
  const QByteArray saved = bytes(file("windows.yaml"));
  EXPECT_EQ(saved.count('\n'), saved.count("\r\n"));
  EXPECT_TRUE(saved.contains("  a: {kind: node}\r\n"));
}

TEST_F(Draw, EscapeDropsALinkThatIsBeingDrawn) {
  MainWindow& w = window();
  drop("node", {0, 0});
  drop("node", {200, 0});
  w.action("stream")->trigger();
  QWidget* port = w.canvas().viewport();
  QTest::mousePress(port, Qt::LeftButton, Qt::NoModifier,
                    w.canvas().mapFromScene(place_of("node-1")));
  QTest::keyClick(&w.canvas(), Qt::Key_Escape);
  QTest::mouseRelease(port, Qt::LeftButton, Qt::NoModifier,
                      w.canvas().mapFromScene(place_of("node-2")));
  EXPECT_EQ(document().text().find("links"), std::string::npos) << document().text();
}

TEST_F(Draw, TheOutlineHasWhatTheCanvasHas) {
  MainWindow& w = window();
  w.open_library("web-shop-two-racks");
  EXPECT_GT(w.outline().rowCount(), 10);
  int row = -1;
  for (int i = 0; i < w.outline().rowCount(); ++i) {
    if (w.outline().item(i, 1)->text() == "web-3") row = i;
  }
  ASSERT_GE(row, 0);
  w.outline().setCurrentCell(row, 1);
  EXPECT_EQ(w.scene().selected_names(), QStringList{"web-3"});
  EXPECT_EQ(w.sheet().thing(), "web-3");
}

TEST_F(Draw, WhatWasNotSavedIsRecovered) {
  const QString folder = file("settings");
  {
    Document document;
    auto left = std::make_unique<Recovery>(document, folder + "/recovery");
    document.type("nines: 1\n");
    left->keep_now();
    // As if the program had died: the file stays, the lock does not.
    const QStringList kept = QDir(folder + "/recovery").entryList({"*.json"});
    ASSERT_EQ(kept.size(), 1);
    const QByteArray content = bytes(folder + "/recovery/" + kept.front());
    left.reset();
    QFile again(folder + "/recovery/" + kept.front());
    ASSERT_TRUE(again.open(QIODevice::WriteOnly));
    again.write(content);
  }
  Document document;
  const Recovery recovery(document, folder + "/recovery");
  const auto left = recovery.left();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].text, "nines: 1\n");
  Recovery::forget(left[0]);
  EXPECT_TRUE(recovery.left().empty());
}

TEST_F(Draw, ChangesAreNotLostWithoutAQuestion) {
  MainWindow& w = window();
  drop("node", {0, 0});
  int asked = 0;
  w.ask_about_changes = [&] {
    ++asked;
    return MainWindow::Answer::cancel;
  };
  w.action("new")->trigger();
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(w.scene().components().size(), 1u);
  EXPECT_FALSE(w.close());
  EXPECT_EQ(asked, 2);
  w.ask_about_changes = [&] { return MainWindow::Answer::discard; };
  w.action("new")->trigger();
  EXPECT_TRUE(w.scene().components().empty());
}

}  // namespace
}  // namespace nines::gui::test
