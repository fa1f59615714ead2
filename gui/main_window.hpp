// The main window: draw it, run it, watch it fail, compare, learn.
#pragma once

#include <functional>
#include <map>

#include <QActionGroup>
#include <QLabel>
#include <QMainWindow>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QTranslator>

#include "gui/canvas/canvas.hpp"
#include "gui/document/document.hpp"
#include "gui/document/editor.hpp"
#include "gui/document/recovery.hpp"
#include "gui/forms/property_sheet.hpp"
#include "gui/lessons/lessons_page.hpp"
#include "gui/look/texts.hpp"
#include "gui/playback/playback_panel.hpp"
#include "gui/work/compare_page.hpp"
#include "gui/work/results_page.hpp"
#include "gui/work/structure_panel.hpp"

namespace nines::gui {

class MainWindow final : public QMainWindow {
  Q_OBJECT
 public:
  /// `settings_folder`: where settings and recoveries are kept; empty: where they always are.
  explicit MainWindow(const QString& settings_folder = {});
  ~MainWindow() override;

  /// False, and a message on the screen, if it cannot be read.
  bool open(const QString& path);
  bool open_library(const QString& name);
  bool save();
  bool save_as(const QString& path);
  void start_new();
  /// True if something was taken back.
  bool offer_recoveries();

  void set_language(const QString& language);  ///< "en", "ko"
  void set_dark(bool dark);
  bool dark() const { return dark_; }

  enum class Page : unsigned char { design, results, compare, lessons };
  void show_page(Page page);
  enum class Tray : unsigned char { problems, outline, playback, structure };
  void show_tray(Tray tray);
  enum class Side : unsigned char { properties, text };
  void show_side(Side side);

  void run();
  void begin_lesson(const QString& key);
  void save_canvas(const QString& path);
  void do_deed(const LessonStep& step);

  Document& document() { return document_; }
  CanvasScene& scene() { return *scene_; }
  CanvasView& canvas() { return *view_; }
  YamlEditor& editor() { return *editor_; }
  PropertySheet& sheet() { return *sheet_; }
  ResultsPage& results() { return *results_; }
  ComparePage& compare_page() { return *compare_; }
  PlaybackPanel& playback() { return *playback_; }
  StructurePanel& structure() { return *structure_; }
  LessonsPage& lessons_page() { return *lessons_; }
  LessonPanel& lesson() { return *lesson_; }
  QTableWidget& problems() { return *problems_; }
  QTableWidget& outline() { return *outline_; }
  QListWidget& palette_list() { return *palette_; }
  QAction* action(const QString& name) const { return actions_.at(name); }
  const std::map<QString, QAction*>& actions() const { return actions_; }

  /// Asked before unsaved changes are lost. Tests answer in its place.
  enum class Answer : unsigned char { save, discard, cancel };
  std::function<Answer()> ask_about_changes;
  /// Asked for a name. Tests answer in its place.
  std::function<QString(const QString& title, const QString& before)> ask_name;

 protected:
  void closeEvent(QCloseEvent* event) override;
  void changeEvent(QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QAction* add_action(const QString& name, const QString& icon_name, const QKeySequence& keys,
                      const std::function<QString()>& text, const std::function<void()>& act);
  void make_actions();
  void make_menus();
  void make_pages();
  void show_problems();
  void show_outline();
  void show_title();
  void show_recent();
  void note_recent(const QString& path);
  void refresh_theme();
  bool may_lose_changes();
  void rename(const QString& name);
  void thing_selected(const QStringList& names);
  void context_menu(const QString& name, QPoint global);
  void about();
  void say(const QString& text);
  void print_canvas();

  QSettings settings_;
  Document document_;
  std::unique_ptr<Recovery> recovery_;
  Texts texts_;
  QTranslator translator_;
  QTranslator library_translator_;
  QTranslator qt_translator_;
  QString language_ = "en";
  bool dark_ = false;
  bool selecting_ = false;
  bool outline_is_old_ = false;

  CanvasScene* scene_ = nullptr;
  CanvasView* view_ = nullptr;
  YamlEditor* editor_ = nullptr;
  PropertySheet* sheet_ = nullptr;
  ResultsPage* results_ = nullptr;
  ComparePage* compare_ = nullptr;
  PlaybackPanel* playback_ = nullptr;
  StructurePanel* structure_ = nullptr;
  LessonsPage* lessons_ = nullptr;
  LessonPanel* lesson_ = nullptr;
  QListWidget* palette_ = nullptr;
  QTableWidget* problems_ = nullptr;
  QTableWidget* outline_ = nullptr;
  QTabWidget* pages_ = nullptr;
  QTabWidget* tray_ = nullptr;
  QTabWidget* side_ = nullptr;
  QSplitter* across_ = nullptr;
  QSplitter* down_ = nullptr;
  QSplitter* outer_ = nullptr;
  QMenu* recent_ = nullptr;
  QLabel* said_ = nullptr;
  std::map<QString, QAction*> actions_;
  std::vector<std::pair<QAction*, QString>> icons_;
  std::optional<LessonStep> waiting_;  ///< for a run or a comparison to be done
};

}  // namespace nines::gui
