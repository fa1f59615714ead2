#include "gui/main_window.hpp"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDrag>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QInputDialog>
#include <QLibraryInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include "gui/look/icons.hpp"
#include "gui/look/words.hpp"
#include "models/catalogue.hpp"
#include "nines_version.hpp"
#include "topologies/document.hpp"

namespace nines::gui {
namespace {

constexpr int kMostRecent = 8;

QString text(const std::string& s) { return QString::fromStdString(s); }

QString told(const std::string& sentence) {
  return QCoreApplication::translate("Declarations", sentence.c_str());
}

/// A list of kinds that are dragged onto the canvas, or added by Enter.
class Palette final : public QListWidget {
 public:
  Palette() {
    setObjectName("palette");
    setDragEnabled(true);
    setFrameShape(QFrame::NoFrame);
    setIconSize({28, 28});
    setSpacing(1);
  }

 protected:
  QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override {
    auto* mime = new QMimeData;
    if (!items.isEmpty()) {
      mime->setData(CanvasView::kMime, items.front()->data(Qt::UserRole).toString().toUtf8());
    }
    return mime;
  }
};

QString settings_file(const QString& folder) {
  const QString base = folder.isEmpty()
                           ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                           : folder;
  return base + "/nines-gui.ini";
}

QString recovery_folder(const QString& folder) {
  const QString base = folder.isEmpty()
                           ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                           : folder;
  return base + "/recovery";
}

}  // namespace

MainWindow::MainWindow(const QString& settings_folder)
    : settings_(settings_file(settings_folder), QSettings::IniFormat) {
  setObjectName("main");
  setAcceptDrops(true);
  ask_about_changes = [this] {
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"),
                    tr("%1 has changes that are not saved.").arg(document_.name()),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    const int answer = box.exec();
    return answer == QMessageBox::Save      ? Answer::save
           : answer == QMessageBox::Discard ? Answer::discard
                                            : Answer::cancel;
  };
  ask_name = [this](const QString& title, const QString& before) {
    bool yes = false;
    const QString name =
        QInputDialog::getText(this, title, tr("Its name:"), QLineEdit::Normal, before, &yes);
    return yes ? name.trimmed() : QString();
  };
  scene_ = new CanvasScene(document_, this);
  make_pages();
  make_actions();
  make_menus();
  recovery_ = std::make_unique<Recovery>(document_, recovery_folder(settings_folder));

  connect(&document_, &Document::changed, this, [this] {
    show_problems();
    show_outline();
    show_title();
  });
  connect(&document_, &Document::path_changed, this, &MainWindow::show_title);
  connect(&document_.undo_stack(), &QUndoStack::cleanChanged, this, &MainWindow::show_title);
  resize(1280, 800);
  restoreGeometry(settings_.value("geometry").toByteArray());
  for (const auto& [name, splitter] :
       {std::pair("across", across_), std::pair("down", down_), std::pair("outer", outer_)}) {
    splitter->restoreState(settings_.value(name).toByteArray());
  }
  set_dark(settings_.value("dark", false).toBool());
  const QString language = settings_.value("language").toString();
  set_language(!language.isEmpty()                               ? language
               : QLocale::system().language() == QLocale::Korean ? "ko"
                                                                 : "en");
  show_problems();
  show_outline();
  show_title();
  show_recent();
}

MainWindow::~MainWindow() {
  disconnect(&document_, nullptr, this, nullptr);
  disconnect(&document_.undo_stack(), nullptr, this, nullptr);
  qApp->removeTranslator(&translator_);
  qApp->removeTranslator(&library_translator_);
  qApp->removeTranslator(&qt_translator_);
}

// ---- What is on the screen -------------------------------------------------------------------

void MainWindow::make_pages() {
  view_ = new CanvasView(document_, *scene_);
  editor_ = new YamlEditor(document_);
  sheet_ = new PropertySheet(document_);
  results_ = new ResultsPage(document_);
  compare_ = new ComparePage(document_);
  playback_ = new PlaybackPanel(document_, *scene_, *view_);
  structure_ = new StructurePanel(document_, *scene_);
  lessons_ = new LessonsPage;
  lesson_ = new LessonPanel;
  lesson_->hide();
  palette_ = new Palette;
  problems_ = new QTableWidget(0, 3);
  problems_->setObjectName("problems");
  outline_ = new QTableWidget(0, 4);
  outline_->setObjectName("outline");
  for (QTableWidget* table : {problems_, outline_}) {
    table->verticalHeader()->hide();
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
  }

  side_ = new QTabWidget;
  side_->setDocumentMode(true);
  side_->addTab(sheet_, {});
  side_->addTab(editor_, {});
  tray_ = new QTabWidget;
  tray_->setDocumentMode(true);
  tray_->addTab(problems_, {});
  tray_->addTab(outline_, {});
  tray_->addTab(playback_, {});
  tray_->addTab(structure_, {});
  down_ = new QSplitter(Qt::Vertical);
  down_->addWidget(view_);
  down_->addWidget(tray_);
  down_->setSizes({520, 230});
  down_->setStretchFactor(0, 1);
  across_ = new QSplitter(Qt::Horizontal);
  palette_->setMinimumWidth(140);
  across_->addWidget(palette_);
  across_->addWidget(down_);
  across_->addWidget(side_);
  across_->setSizes({150, 780, 350});
  across_->setStretchFactor(1, 1);
  pages_ = new QTabWidget;
  pages_->setDocumentMode(true);
  pages_->addTab(across_, {});
  pages_->addTab(results_, {});
  pages_->addTab(compare_, {});
  pages_->addTab(lessons_, {});
  outer_ = new QSplitter(Qt::Horizontal);
  outer_->addWidget(lesson_);
  outer_->addWidget(pages_);
  outer_->setSizes({300, 980});
  outer_->setStretchFactor(1, 1);
  setCentralWidget(outer_);
  said_ = new QLabel;
  statusBar()->addWidget(said_, 1);

  texts_.set([this] {
    pages_->setTabText(0, tr("Design"));
    pages_->setTabText(1, tr("Results"));
    pages_->setTabText(2, tr("Compare"));
    pages_->setTabText(3, tr("Lessons"));
    side_->setTabText(0, tr("Properties"));
    side_->setTabText(1, tr("Text"));
    tray_->setTabText(1, tr("Outline"));
    tray_->setTabText(2, tr("Playback"));
    tray_->setTabText(3, tr("Structure"));
    problems_->setHorizontalHeaderLabels({tr("line"), tr("problem"), tr("what to write")});
    problems_->setAccessibleName(tr("Problems"));
    outline_->setHorizontalHeaderLabels({tr("kind"), tr("name"), tr("in or with"), tr("state")});
    outline_->setAccessibleName(tr("Outline: everything there is, as a table"));
    view_->setAccessibleName(tr("Canvas; the outline has the same as a table"));
    palette_->setAccessibleName(tr("Parts: drag them onto the canvas, or press Enter"));
    const int row = palette_->currentRow();
    palette_->clear();
    for (const Kind& kind : all_kinds()) {
      if (section_of(kind) != "components") continue;
      const QString name = text(kind.record.name);
      auto* item = new QListWidgetItem(told(kind.record.name).replace('_', ' '));
      item->setIcon(icon(name, theme_of(palette())));
      item->setData(Qt::UserRole, name);
      item->setToolTip(told(kind.record.help));
      palette_->addItem(item);
    }
    palette_->setCurrentRow(row);
    show_problems();
    show_outline();
    show_title();
  });

  connect(&document_, &Document::refused, this, [this](const QString& what) {
    say(tr("%1: the text as it is written does not allow it. Change it there.").arg(what));
  });
  connect(scene_, &CanvasScene::names_selected, this, &MainWindow::thing_selected);
  connect(view_, &CanvasView::clicked_to_look, this, &MainWindow::context_menu);
  connect(view_, &CanvasView::rename_asked, this, &MainWindow::rename);
  connect(sheet_, &PropertySheet::rename_asked, this, &MainWindow::rename);
  connect(view_, &CanvasView::say, this, &MainWindow::say);
  connect(results_, &ResultsPage::say, this, &MainWindow::say);
  connect(compare_, &ComparePage::say, this, &MainWindow::say);
  connect(playback_, &PlaybackPanel::say, this, &MainWindow::say);
  connect(structure_, &StructurePanel::say, this, &MainWindow::say);
  connect(palette_, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
    view_->add_in_the_middle(item->data(Qt::UserRole).toString());
  });
  connect(problems_, &QTableWidget::cellActivated, this, [this](int row) {
    const auto& diagnostics = document_.loaded().diagnostics;
    if (row < 0 || static_cast<std::size_t>(row) >= diagnostics.size()) return;
    const Diagnostic& d = diagnostics[static_cast<std::size_t>(row)];
    show_side(Side::text);
    editor_->go_to(d.place);
    const KeyPath path = path_at(document_.loaded().root, d.place.begin);
    if (path.size() > 1) {
      const QString name = (path[0] == "domains" ? "domain:" : "") + text(path[1]);
      scene_->select({name});
      sheet_->show_thing(name);
    }
    editor_->setFocus();
  });
  connect(tray_, &QTabWidget::currentChanged, this, [this] {
    if (outline_is_old_) show_outline();
  });
  connect(outline_, &QTableWidget::currentCellChanged, this, [this](int row) {
    if (selecting_ || row < 0 || outline_->item(row, 1) == nullptr) return;
    const QString name = outline_->item(row, 1)->data(Qt::UserRole).toString();
    selecting_ = true;
    view_->show_thing(name);
    sheet_->show_thing(name);
    selecting_ = false;
  });
  connect(outline_, &QTableWidget::cellActivated, this,
          [this](int row) { rename(outline_->item(row, 1)->data(Qt::UserRole).toString()); });
  connect(lessons_, &LessonsPage::open_topology, this, &MainWindow::open_library);
  connect(lessons_, &LessonsPage::compare_topology, this, [this](const QString& name) {
    compare_->add_file(text(library_path(name.toStdString())));
    show_page(Page::compare);
  });
  connect(lessons_, &LessonsPage::begin_lesson, this, &MainWindow::begin_lesson);
  connect(lesson_, &LessonPanel::deed, this, &MainWindow::do_deed);
  connect(playback_, &PlaybackPanel::active_changed, this, [this](bool) { show_outline(); });
  connect(results_, &ResultsPage::finished, this, [this] {
    if (!waiting_ || waiting_->deed != Deed::run) return;
    waiting_.reset();
    const ServiceEstimates& s = results_->result()->estimates.services.front();
    lesson_->deed_done({{"nines", QString::number(s.nines.value, 'f', 2)},
                        {"downtime", duration(s.downtime_per_year_s.value)},
                        {"outages", number(s.outages_per_year.value)}});
  });
  connect(compare_, &ComparePage::finished, this, [this] {
    if (!waiting_ || waiting_->deed != Deed::compare) return;
    waiting_.reset();
    std::map<QString, QString> figures{{"lost", "0"}};
    for (const Difference& d : compare_->comparison()->designs.back().differences) {
      const double value = d.difference.value;
      const QString sign = value > 0 ? QStringLiteral("+") : QString();
      if (d.measure == Compared::unavailability && figures.count("difference") == 0) {
        figures["difference"] = sign + duration(value * kYear_s);
      }
      if (d.measure == Compared::lost_writes_per_year) figures["lost"] = sign + number(value);
    }
    lesson_->deed_done(figures);
  });
  connect(structure_, &StructurePanel::finished, this, [this] {
    if (!waiting_ || waiting_->deed != Deed::spofs) return;
    waiting_.reset();
    lesson_->deed_done({});
  });
}

QAction* MainWindow::add_action(const QString& name, const QString& icon_name,
                                const QKeySequence& keys, const std::function<QString()>& words,
                                const std::function<void()>& act) {
  auto* made = new QAction(this);
  made->setObjectName(name);
  made->setShortcut(keys);
  if (!icon_name.isEmpty()) icons_.emplace_back(made, icon_name);
  texts_.set([made, words] {
    made->setText(words());
    QString tip = words().remove('&');
    if (!made->shortcut().isEmpty()) {
      tip += " (" + made->shortcut().toString(QKeySequence::NativeText) + ")";
    }
    made->setToolTip(tip);
  });
  connect(made, &QAction::triggered, this, act);
  addAction(made);
  actions_[name] = made;
  return made;
}

void MainWindow::make_actions() {
  using K = QKeySequence;
  const auto add = [this](const char* name, const char* icon_name, const K& keys,
                          const std::function<QString()>& words, const std::function<void()>& act) {
    return add_action(name, icon_name, keys, words, act);
  };
  // Files.
  add(
      "new", "new", K::New, [] { return tr("&New"); },
      [this] {
        if (may_lose_changes()) start_new();
      });
  add(
      "open", "open", K::Open, [] { return tr("&Open…"); },
      [this] {
        if (!may_lose_changes()) return;
        const QString path = QFileDialog::getOpenFileName(
            this, tr("Open a topology"), {}, tr("Topologies (*.yaml *.yml *.json);;All files (*)"));
        if (!path.isEmpty()) open(path);
      });
  add(
      "save", "save", K::Save, [] { return tr("&Save"); }, [this] { save(); });
  add(
      "save-as", "", K("Ctrl+Shift+S"), [] { return tr("Save &as…"); },
      [this] {
        const QString path = QFileDialog::getSaveFileName(
            this, tr("Save the topology"),
            document_.path().isEmpty() ? "topology.yaml" : document_.path(),
            tr("Topologies (*.yaml)"));
        if (!path.isEmpty()) save_as(path);
      });
  add(
      "save-canvas", "", K("Ctrl+Shift+E"), [] { return tr("Save the &drawing…"); },
      [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("Save the drawing"),
                                                          "topology.svg", picture_filter());
        if (!path.isEmpty()) save_canvas(path);
      });
  add(
      "save-charts", "", K("Ctrl+E"), [] { return tr("Save all &charts and their data…"); },
      [this] { results_->save_all(this); });
  add(
      "save-figures", "", K("Ctrl+Shift+C"), [] { return tr("Save all &figures…"); },
      [this] {
        if (!results_->result() || !results_->topology()) {
          say(tr("There is no result yet."));
          return;
        }
        const QString path = QFileDialog::getSaveFileName(
            this, tr("Save all figures"), "figures.csv", tr("Data (*.csv);;JSON (*.json)"));
        if (path.isEmpty()) return;
        QFile file(path);
        const std::string figures = path.endsWith(".json")
                                        ? json_of(*results_->topology(), *results_->result())
                                        : csv_of(*results_->topology(), *results_->result());
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(figures.data(), static_cast<qint64>(figures.size())) < 0) {
          QMessageBox::warning(this, tr("Save all figures"), path + ": " + file.errorString());
        }
      });
  add(
      "print", "", K::Print, [] { return tr("&Print the drawing…"); }, [this] { print_canvas(); });
  add(
      "quit", "", K("Ctrl+Q"), [] { return tr("&Quit"); }, [this] { close(); });

  // Changes.
  QAction* undo = document_.undo_stack().createUndoAction(this);
  QAction* redo = document_.undo_stack().createRedoAction(this);
  const auto add_stack = [this](QAction* made, const char* name, K::StandardKey key) {
    made->setObjectName(name);
    made->setShortcut(key);
    icons_.emplace_back(made, name);
    addAction(made);
    actions_[name] = made;
  };
  add_stack(undo, "undo", K::Undo);
  add_stack(redo, "redo", K::Redo);
  // Its own words around those of the command.
  const auto name_undo = [this, undo, redo] {
    const QUndoStack& stack = document_.undo_stack();
    undo->setText(stack.canUndo() ? tr("&Undo: %1").arg(stack.undoText()) : tr("&Undo"));
    redo->setText(stack.canRedo() ? tr("&Redo: %1").arg(stack.redoText()) : tr("&Redo"));
  };
  connect(&document_.undo_stack(), &QUndoStack::indexChanged, this, name_undo);
  texts_.set(name_undo);
  const auto on_canvas = [this](void (CanvasView::*act)()) {
    return [this, act] {
      if (!view_->read_only()) (view_->*act)();
    };
  };
  // These keys belong to the text while that is typed in.
  const auto add_local = [&](const char* name, const K& keys, const std::function<QString()>& words,
                             void (CanvasView::*act)()) {
    QAction* made = add(name, "", keys, words, on_canvas(act));
    removeAction(made);
    made->setShortcutContext(Qt::WidgetShortcut);
    view_->addAction(made);
    return made;
  };
  add_local(
      "cut", K::Cut, [] { return tr("Cu&t"); }, &CanvasView::cut_selected);
  add_local(
      "copy", K::Copy, [] { return tr("&Copy"); }, &CanvasView::copy_selected);
  add_local(
      "paste", K::Paste, [] { return tr("&Paste"); }, &CanvasView::paste);
  add_local(
      "duplicate", K("Ctrl+D"), [] { return tr("&Duplicate"); }, &CanvasView::duplicate_selected);
  add_local(
      "delete", K::Delete, [] { return tr("De&lete"); }, &CanvasView::remove_selected);
  add_local(
      "select-all", K::SelectAll, [] { return tr("Select &all"); }, &CanvasView::select_everything);
  add(
      "rename", "", {}, [] { return tr("&Rename… (F2)"); },
      [this] {
        const QStringList names = scene_->selected_names();
        if (names.size() == 1) rename(names.front());
      });

  // Drawing.
  QAction* connecting = add(
      "connect", "connect", K("Ctrl+L"), [] { return tr("Draw &links"); },
      [this] {
        view_->set_tool(actions_["connect"]->isChecked() ? CanvasView::Tool::link
                                                         : CanvasView::Tool::select);
      });
  QAction* streaming = add(
      "stream", "stream", K("Ctrl+Shift+L"), [] { return tr("Draw replication &streams"); },
      [this] {
        view_->set_tool(actions_["stream"]->isChecked() ? CanvasView::Tool::stream
                                                        : CanvasView::Tool::select);
      });
  connecting->setCheckable(true);
  streaming->setCheckable(true);
  connect(view_, &CanvasView::tool_changed, this, [this, connecting, streaming] {
    connecting->setChecked(view_->tool() == CanvasView::Tool::link);
    streaming->setChecked(view_->tool() == CanvasView::Tool::stream);
  });
  add(
      "link", "link", K("Ctrl+K"), [] { return tr("Lin&k what is selected"); },
      on_canvas(&CanvasView::link_selected));
  int number = 1;
  for (const Policy& policy : all_policies()) {
    const QString name = text(policy.record.name);
    add(("group-" + name).toUtf8().constData(), "", K(QStringLiteral("Ctrl+%1").arg(number++)),
        [name, help = policy.record.name] { return told(help).replace('_', '-'); },
        [this, name] { view_->group_selected(name); })
        ->setData(name);
  }
  add(
      "group", "group", K("Ctrl+G"), [] { return tr("&Group what is selected"); },
      [this] { view_->group_selected("active_active"); });
  add(
      "domain", "domain", K("Ctrl+Shift+G"), [] { return tr("Put into a &domain"); },
      on_canvas(&CanvasView::put_in_domain));
  add(
      "service", "service", K("Ctrl+Shift+V"), [] { return tr("Add a s&ervice"); },
      on_canvas(&CanvasView::service_from_selected));
  const auto align = [&](const char* name, const char* keys, const std::function<QString()>& words,
                         CanvasView::Edge edge) {
    add(name, "", K(keys), words, [this, edge] { view_->align(edge); });
  };
  align(
      "align-left", "Alt+Shift+Left", [] { return tr("Align &left"); }, CanvasView::Edge::left);
  align(
      "align-right", "Alt+Shift+Right", [] { return tr("Align &right"); }, CanvasView::Edge::right);
  align(
      "align-top", "Alt+Shift+Up", [] { return tr("Align &top"); }, CanvasView::Edge::top);
  align(
      "align-bottom", "Alt+Shift+Down", [] { return tr("Align &bottom"); },
      CanvasView::Edge::bottom);
  align(
      "row", "Alt+Shift+R", [] { return tr("In a ro&w"); }, CanvasView::Edge::row);
  align(
      "column", "Alt+Shift+C", [] { return tr("In a &column"); }, CanvasView::Edge::column);
  add(
      "layout", "layout", K("Ctrl+Shift+A"), [] { return tr("&Lay out anew"); },
      on_canvas(&CanvasView::lay_out));

  // Looking.
  add(
      "zoom-in", "", K::ZoomIn, [] { return tr("Zoom &in"); }, [this] { view_->zoom_by(1.25); });
  add(
      "zoom-out", "", K::ZoomOut, [] { return tr("Zoom &out"); }, [this] { view_->zoom_by(0.8); });
  add(
      "fit", "fit", K("Ctrl+0"), [] { return tr("&Fit"); }, [this] { view_->fit(); });
  QAction* dark = add(
      "dark", "", K("Ctrl+Shift+D"), [] { return tr("&Dark"); },
      [this] { set_dark(actions_["dark"]->isChecked()); });
  dark->setCheckable(true);
  // In their own words, whatever the language.
  add(
      "english", "", {}, [] { return QStringLiteral("English"); }, [this] { set_language("en"); })
      ->setCheckable(true);
  add(
      "korean", "", {}, [] { return QStringLiteral("한국어"); }, [this] { set_language("ko"); })
      ->setCheckable(true);
  add(
      "page-design", "", K("F5"), [] { return tr("&Design"); },
      [this] { show_page(Page::design); });
  add(
      "page-results", "", K("F6"), [] { return tr("&Results"); },
      [this] { show_page(Page::results); });
  add(
      "page-compare", "", K("F7"), [] { return tr("&Compare"); },
      [this] { show_page(Page::compare); });
  add(
      "page-lessons", "", K("F8"), [] { return tr("&Lessons"); },
      [this] { show_page(Page::lessons); });
  add(
      "tray-problems", "", K("Alt+1"), [] { return tr("&Problems"); },
      [this] { show_tray(Tray::problems); });
  add(
      "tray-outline", "", K("Alt+2"), [] { return tr("&Outline"); },
      [this] { show_tray(Tray::outline); });
  add(
      "tray-playback", "", K("Alt+3"), [] { return tr("Play&back"); },
      [this] { show_tray(Tray::playback); });
  add(
      "tray-structure", "", K("Alt+4"), [] { return tr("&Structure"); },
      [this] { show_tray(Tray::structure); });
  add(
      "side-properties", "", K("Alt+5"), [] { return tr("P&roperties"); },
      [this] { show_side(Side::properties); });
  add(
      "side-text", "", K("Alt+6"), [] { return tr("&Text"); }, [this] { show_side(Side::text); });

  // Runs.
  add(
      "run", "run", K("Ctrl+R"), [] { return tr("&Run"); }, [this] { run(); });
  add(
      "pause", "pause", K("Ctrl+Shift+P"), [] { return tr("&Pause or go on"); },
      [this] {
        RunJob& job = results_->job();
        job.state() == RunJob::State::paused ? job.go_on() : job.pause();
      });
  add(
      "stop", "stop", K("Ctrl+."), [] { return tr("&Stop"); }, [this] { results_->job().stop(); });
  add(
      "solve", "exact", K("Ctrl+Shift+X"), [] { return tr("Solve &exactly"); },
      [this] {
        show_page(Page::results);
        results_->solve_exactly();
      });
  add(
      "spof", "spof", K("Ctrl+Shift+F"), [] { return tr("Find single points of &failure"); },
      [this] {
        show_page(Page::design);
        show_tray(Tray::structure);
        structure_->start();
      });
  add(
      "playback", "", K("Ctrl+P, P"), [] { return tr("&Begin or end playback"); },
      [this] {
        show_page(Page::design);
        show_tray(Tray::playback);
        playback_->active() ? playback_->end() : void(playback_->begin());
      });
  actions_["playback"]->setShortcut(K("F9"));
  add(
      "play", "", K("F10"), [] { return tr("P&lay or pause"); },
      [this] { playback_->playing() ? playback_->pause() : playback_->play(); });
  add(
      "step", "step", K("."), [] { return tr("On to the &next event"); },
      [this] { playback_->step(); });
  add(
      "back", "back", K(","), [] { return tr("&Back by one event"); },
      [this] { playback_->back(); });
  for (const char* name : {"step", "back"}) {
    QAction* made = actions_[name];
    removeAction(made);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    across_->addAction(made);
  }
  add(
      "compare-this", "", K("Ctrl+Shift+K"), [] { return tr("Add to the &comparison"); },
      [this] {
        compare_->add_current();
        show_page(Page::compare);
      });
  add(
      "about", "", {}, [] { return tr("&About nines"); }, [this] { about(); });
}

void MainWindow::make_menus() {
  const auto menu = [this](QMenu* parent, const std::function<QString()>& words,
                           const std::vector<const char*>& names) {
    QMenu* made = parent == nullptr ? menuBar()->addMenu(QString()) : parent->addMenu(QString());
    texts_.set([made, words] { made->setTitle(words()); });
    for (const char* name : names) {
      name == nullptr ? void(made->addSeparator()) : made->addAction(actions_.at(name));
    }
    return made;
  };
  QMenu* file = menu(nullptr, [] { return tr("&File"); }, {"new", "open"});
  recent_ = menu(file, [] { return tr("Open &recent"); }, {});
  for (const char* name :
       {"save", "save-as", "save-canvas", "save-charts", "save-figures", "print", "quit"}) {
    if (QLatin1String(name) == "save-canvas" || QLatin1String(name) == "quit") file->addSeparator();
    file->addAction(actions_.at(name));
  }
  menu(nullptr, [] { return tr("&Edit"); },
       {"undo", "redo", nullptr, "cut", "copy", "paste", "duplicate", "delete", nullptr,
        "select-all", "rename"});
  QMenu* draw =
      menu(nullptr, [] { return tr("&Draw"); }, {"connect", "link", "stream", nullptr, "group"});
  QMenu* policies = menu(draw, [] { return tr("Group &as"); }, {});
  for (const Policy& policy : all_policies()) {
    policies->addAction(actions_.at("group-" + text(policy.record.name)));
  }
  for (const char* name : {"domain", "service"}) draw->addAction(actions_.at(name));
  draw->addSeparator();
  menu(draw, [] { return tr("A&lign"); },
       {"align-left", "align-right", "align-top", "align-bottom", "row", "column"});
  draw->addAction(actions_.at("layout"));
  QMenu* view =
      menu(nullptr, [] { return tr("&View"); },
           {"zoom-in", "zoom-out", "fit", nullptr, "page-design", "page-results", "page-compare",
            "page-lessons", nullptr, "tray-problems", "tray-outline", "tray-playback",
            "tray-structure", "side-properties", "side-text", nullptr, "dark"});
  menu(view, [] { return tr("Lan&guage"); }, {"english", "korean"});
  menu(nullptr, [] { return tr("&Run"); },
       {"run", "pause", "stop", nullptr, "solve", "spof", nullptr, "playback", "play", "back",
        "step", nullptr, "compare-this"});
  menu(nullptr, [] { return tr("&Help"); }, {"page-lessons", "about"});

  QToolBar* bar = addToolBar(QString());
  bar->setObjectName("tools");
  bar->setMovable(false);
  bar->setIconSize({22, 22});
  for (const char* name : {"new",   "open",   "save",    "",       "undo", "redo", "",    "connect",
                           "group", "domain", "service", "layout", "fit",  "",     "run", "pause",
                           "stop",  "",       "solve",   "spof",   "",     "back", "step"}) {
    *name == '\0' ? void(bar->addSeparator()) : bar->addAction(actions_.at(name));
  }
  texts_.set([bar] { bar->setWindowTitle(tr("Tools")); });
}

// ---- Settings --------------------------------------------------------------------------------

void MainWindow::set_language(const QString& language) {
  language_ = language;
  settings_.setValue("language", language);
  for (QTranslator* t : {&translator_, &library_translator_, &qt_translator_}) {
    qApp->removeTranslator(t);
  }
  if (language != "en") {
    if (translator_.load(":/translations/nines_" + language)) qApp->installTranslator(&translator_);
    if (library_translator_.load(":/translations/library_" + language)) {
      qApp->installTranslator(&library_translator_);
    }
    if (qt_translator_.load("qtbase_" + language,
                            QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
      qApp->installTranslator(&qt_translator_);
    }
  }
  actions_["english"]->setChecked(language == "en");
  actions_["korean"]->setChecked(language == "ko");
}

void MainWindow::set_dark(bool dark) {
  dark_ = dark;
  settings_.setValue("dark", dark);
  actions_["dark"]->setChecked(dark);
  const Theme theme = dark ? dark_theme() : light_theme();
  qApp->setPalette(palette_of(theme));
  qApp->setStyleSheet(style_sheet_of(theme));
  refresh_theme();
}

void MainWindow::refresh_theme() {
  const Theme theme = dark_ ? dark_theme() : light_theme();
  for (const auto& [made, name] : icons_) made->setIcon(icon(name, theme));
  for (int i = 0; i < palette_->count(); ++i) {
    QListWidgetItem* item = palette_->item(i);
    item->setIcon(icon(item->data(Qt::UserRole).toString(), theme));
  }
  scene_->set_theme(theme);
  view_->resetCachedContent();
  show_problems();
  show_outline();
}

void MainWindow::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) {
    texts_.again();
    show_recent();
  }
  QMainWindow::changeEvent(event);
}

// ---- Files -----------------------------------------------------------------------------------

bool MainWindow::may_lose_changes() {
  sheet_->commit();
  if (!document_.is_changed()) return true;
  switch (ask_about_changes()) {
    case Answer::save:
      return save();
    case Answer::discard:
      return true;
    case Answer::cancel:
      break;
  }
  return false;
}

void MainWindow::start_new() {
  playback_->end();
  structure_->clear();
  document_.start_new();
  show_page(Page::design);
}

bool MainWindow::open(const QString& path) {
  playback_->end();
  structure_->clear();
  try {
    document_.open(path);
  } catch (const std::exception& error) {
    say(text(error.what()));
    return false;
  }
  note_recent(document_.path());
  scene_->clearSelection();
  sheet_->show_thing({});
  view_->fit();
  show_page(Page::design);
  if (!document_.loaded().diagnostics.empty()) show_tray(Tray::problems);
  return true;
}

bool MainWindow::open_library(const QString& name) {
  if (!may_lose_changes()) return false;
  const QString path = text(library_path(name.toStdString()));
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) {
    say(path + ": " + file.errorString());
    return false;
  }
  playback_->end();
  structure_->clear();
  // A copy: what comes with nines stays as it is.
  document_.take(QString::fromUtf8(file.readAll()), {}, name + ".yaml");
  sheet_->show_thing({});
  view_->fit();
  show_page(Page::design);
  return true;
}

bool MainWindow::save() {
  sheet_->commit();
  if (document_.path().isEmpty()) {
    actions_["save-as"]->trigger();
    return !document_.is_changed();
  }
  return save_as(document_.path());
}

bool MainWindow::save_as(const QString& path) {
  try {
    document_.save(path);
  } catch (const std::exception& error) {
    QMessageBox::warning(this, tr("Save"), text(error.what()));
    return false;
  }
  note_recent(document_.path());
  say(tr("Saved."));
  return true;
}

void MainWindow::note_recent(const QString& path) {
  QStringList recent = settings_.value("recent").toStringList();
  recent.removeAll(path);
  recent.prepend(path);
  while (recent.size() > kMostRecent) recent.removeLast();
  settings_.setValue("recent", recent);
  show_recent();
}

void MainWindow::show_recent() {
  if (recent_ == nullptr) return;
  recent_->clear();
  for (const QString& path : settings_.value("recent").toStringList()) {
    recent_->addAction(QDir::toNativeSeparators(path), this, [this, path] {
      if (may_lose_changes()) open(path);
    });
  }
  recent_->setEnabled(!recent_->isEmpty());
}

bool MainWindow::offer_recoveries() {
  for (const Recovery::Left& left : recovery_->left()) {
    const QString name = left.path.isEmpty() ? tr("a topology that was never saved") : left.path;
    const auto answer =
        QMessageBox::question(this, tr("Recovery"),
                              tr("The program ended without saving %1, of %2. Take it back?")
                                  .arg(name, QLocale().toString(left.when, QLocale::ShortFormat)),
                              QMessageBox::Yes | QMessageBox::No | QMessageBox::Ignore);
    if (answer == QMessageBox::Ignore) continue;
    if (answer == QMessageBox::Yes) {
      document_.take(left.text, left.path, {});
      recovery_->keep_now();
      Recovery::forget(left);
      return true;
    }
    Recovery::forget(left);
  }
  return false;
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!may_lose_changes()) {
    event->ignore();
    return;
  }
  results_->job().stop();
  playback_->pause();
  settings_.setValue("geometry", saveGeometry());
  settings_.setValue("across", across_->saveState());
  settings_.setValue("down", down_->saveState());
  settings_.setValue("outer", outer_->saveState());
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) {
    if (!url.isLocalFile() || !may_lose_changes()) continue;
    open(url.toLocalFile());
    return;
  }
}

void MainWindow::save_canvas(const QString& path) {
  const QRectF box = scene_->drawn().adjusted(-30, -30, 30, 30);
  try {
    save_picture(path, box.size().toSize(), document_.name(), [&](QPainter& painter) {
      painter.setRenderHint(QPainter::Antialiasing);
      scene_->render(&painter, QRectF(QPointF(), box.size()), box);
    });
    say(tr("Saved."));
  } catch (const std::exception& error) {
    QMessageBox::warning(this, tr("Save the drawing"), text(error.what()));
  }
}

void MainWindow::print_canvas() {
  QPrinter printer(QPrinter::HighResolution);
  printer.setPageOrientation(QPageLayout::Landscape);
  QPrintDialog dialog(&printer, this);
  if (dialog.exec() != QDialog::Accepted) return;
  QPainter painter(&printer);
  scene_->render(&painter, {}, scene_->drawn().adjusted(-30, -30, 30, 30));
}

// ---- What is said ----------------------------------------------------------------------------

void MainWindow::say(const QString& what) {
  said_->setText(what);
  said_->setToolTip(what);
}

void MainWindow::show_title() {
  setWindowTitle(QStringLiteral("%1[*] – nines").arg(document_.name()));
  setWindowModified(document_.is_changed());
}

void MainWindow::show_problems() {
  const auto& diagnostics = document_.loaded().diagnostics;
  const bool empty = document_.text().find_first_not_of(" \n") == std::string::npos;
  const auto count = empty ? 0 : static_cast<int>(diagnostics.size());
  tray_->setTabText(0, count == 0 ? tr("Problems") : tr("Problems (%1)").arg(count));
  const Theme theme = theme_of(palette());
  tray_->setTabIcon(0, count == 0 ? QIcon() : QIcon(icon_pixmap("problem", theme.bad, 16)));
  problems_->setRowCount(count);
  for (int i = 0; i < count; ++i) {
    const Diagnostic& d = diagnostics[static_cast<std::size_t>(i)];
    const auto at = document_.loaded().source.position(d.place.begin);
    const QStringList cells{QString::number(at.line), text(d.message), text(d.hint)};
    for (int c = 0; c < 3; ++c) {
      auto* item = new QTableWidgetItem(cells[c]);
      item->setToolTip(cells[c]);
      problems_->setItem(i, c, item);
    }
  }
  problems_->setColumnWidth(0, 50);
  problems_->setColumnWidth(1, 520);
}

void MainWindow::show_outline() {
  // Of a large topology it takes its time: when somebody looks.
  outline_is_old_ = !outline_->isVisible() && document_.shown().components.size() > 200;
  if (outline_is_old_) return;
  const Topology& topology = document_.shown();
  const QSignalBlocker quiet(outline_);
  const Node& root = document_.loaded().root;
  struct Row {
    QString kind, name, with, key;
  };
  std::vector<Row> rows;
  for (const TopologyComponent& c : topology.components) {
    QStringList with;
    for (const std::size_t d : c.domains) with << plain_name(topology.components[d].name);
    for (const std::size_t end : c.between) with << text(topology.components[end].name);
    rows.push_back(
        {c.kind == nullptr ? tr("component") : told(c.kind->record.name).replace('_', ' '),
         plain_name(c.name), with.join(", "), text(c.name)});
  }
  for (const TopologyGroup& g : topology.groups) {
    QStringList with;
    for (const Ref ref : g.members) {
      with << text(ref.group ? topology.groups[ref.index].name
                             : topology.components[ref.index].name);
    }
    rows.push_back({tr("group"), text(g.name), with.join(", "), text(g.name)});
  }
  for (const TopologyService& s : topology.services) {
    QStringList with;
    for (const TopologyPath& path : s.paths) {
      for (const std::size_t g : path.groups()) {
        const QString name = text(topology.groups[g].name);
        if (!with.contains(name)) with << name;
      }
    }
    rows.push_back({tr("service"), text(s.name), with.join(" → "), text(s.name)});
  }
  for (const TopologyCrew& c : topology.crews) {
    rows.push_back({tr("crew"), text(c.name), {}, text(c.name)});
  }
  outline_->setRowCount(static_cast<int>(rows.size()));
  std::map<std::string, QStringList> problems;
  for (const Diagnostic& d : document_.loaded().diagnostics) {
    const KeyPath path = path_at(root, d.place.begin);
    if (path.size() > 1) problems[path[1]] << text(d.message);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    QString state;
    if (!problems.empty()) {
      const auto at = written_at(root, rows[i].key.toStdString());
      if (at && problems.count(at->key) != 0) state = problems[at->key].join("; ");
    }
    const QStringList cells{rows[i].kind, rows[i].name, rows[i].with, state};
    for (int c = 0; c < 4; ++c) {
      auto* item = new QTableWidgetItem(cells[c]);
      item->setData(Qt::UserRole, rows[i].key);
      if (c == 3) item->setForeground(theme_of(palette()).bad);
      outline_->setItem(static_cast<int>(i), c, item);
    }
  }
  outline_->setColumnWidth(0, 110);
  outline_->setColumnWidth(1, 150);
  outline_->setColumnWidth(2, 330);
}

void MainWindow::thing_selected(const QStringList& names) {
  sheet_->show_thing(names.size() == 1 ? names.front() : QString());
  if (selecting_ || names.size() != 1) return;
  selecting_ = true;
  for (int row = 0; row < outline_->rowCount(); ++row) {
    if (outline_->item(row, 1)->data(Qt::UserRole).toString() == names.front()) {
      outline_->setCurrentCell(row, 1);
    }
  }
  selecting_ = false;
}

void MainWindow::rename(const QString& name) {
  QString plain = name;
  plain.remove("domain:");
  const QString by = ask_name(tr("Rename %1").arg(plain), plain);
  if (by.isEmpty() || by == plain) return;
  const std::string why = why_no_name(document_.loaded().root, by.toStdString());
  if (!why.empty()) {
    say(text(why));
    return;
  }
  const bool done = document_.change(tr("Rename %1 to %2").arg(plain, by), [&](DocumentEdit& edit) {
    return rename_thing(edit, name.toStdString(), by.toStdString());
  });
  if (!done) return;
  const QString now = (name.startsWith("domain:") ? "domain:" : "") + by;
  scene_->select({now});
  sheet_->show_thing(now);
}

void MainWindow::context_menu(const QString& name, QPoint global) {
  if (playback_->active()) {
    if (name.isEmpty()) return;
    QMenu* menu = playback_->menu_for(name);
    if (menu->isEmpty()) {
      delete menu;
      return;
    }
    menu->popup(global);
    return;
  }
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const char* key : {"cut", "copy", "paste", "duplicate", "delete", "", "link", "group",
                          "domain", "service", "", "layout"}) {
    *key == '\0' ? void(menu->addSeparator()) : menu->addAction(actions_.at(key));
  }
  menu->popup(global);
}

void MainWindow::about() {
  QMessageBox::about(
      this, tr("About nines"),
      QStringLiteral("<h3>nines %1</h3><p>%2</p><p>Qt %3</p><p>%4</p>")
          .arg(NINES_VERSION,
               tr("How many nines will it have? A simulator of high-availability "
                  "topologies."),
               qVersion(), tr("The front end is under the GPL 3, as Qt Charts is.")));
}

// ---- Pages -----------------------------------------------------------------------------------

void MainWindow::show_page(Page page) { pages_->setCurrentIndex(static_cast<int>(page)); }
void MainWindow::show_tray(Tray tray) {
  show_page(Page::design);
  tray_->setCurrentIndex(static_cast<int>(tray));
}
void MainWindow::show_side(Side side) {
  show_page(Page::design);
  side_->setCurrentIndex(static_cast<int>(side));
}

void MainWindow::run() {
  sheet_->commit();
  if (!document_.topology()) {
    say(tr("Something is wrong with the topology: see the problems."));
    show_tray(Tray::problems);
    return;
  }
  show_page(Page::results);
  results_->start();
}

// ---- Lessons ---------------------------------------------------------------------------------

void MainWindow::begin_lesson(const QString& key) {
  lesson_->begin(key);
  outer_->setSizes({300, width() - 300});
}

void MainWindow::do_deed(const LessonStep& step) {
  waiting_.reset();
  const auto opened = [&] {
    const bool there = document_.path().isEmpty() && document_.name() == step.topology + ".yaml";
    return (there && document_.topology()) || open_library(step.topology);
  };
  switch (step.deed) {
    case Deed::none:
      return;
    case Deed::open:
      if (!step.topology.isEmpty()) open_library(step.topology);
      return;
    case Deed::run:
      if (!opened()) return;
      show_page(Page::results);
      results_->start(10'000, "1y", 1);
      if (results_->job().state() != RunJob::State::idle) waiting_ = step;
      return;
    case Deed::spofs:
      if (!opened()) return;
      waiting_ = step;
      show_tray(Tray::structure);
      structure_->show_on_canvas(StructurePanel::Show::points);
      structure_->start();
      return;
    case Deed::fail:
      if (!opened()) return;
      show_tray(Tray::playback);
      if (!playback_->begin()) return;
      playback_->seek(60.0);
      playback_->fail(step.who);
      playback_->set_speed(3.0);
      playback_->play();
      lesson_->deed_done({});
      return;
    case Deed::compare:
      waiting_ = step;
      compare_->clear();
      compare_->add_file(text(library_path(step.topology.toStdString())));
      compare_->add_file(text(library_path(step.other.toStdString())));
      show_page(Page::compare);
      compare_->start();
      return;
  }
}

// ---- Without a window ------------------------------------------------------------------------

void export_charts(const QString& path, const QString& folder, const Theme& theme) {
  const Loaded loaded = load_topology_file(path.toStdString());
  if (!loaded.topology) throw std::runtime_error(render(loaded.diagnostics, loaded.source));
  if (!QDir().mkpath(folder)) {
    throw std::runtime_error((folder + ": cannot be made").toStdString());
  }
  const RunResult result = run_to_the_end(*loaded.topology, experiment_for(*loaded.topology));
  for (std::size_t s = 0; s < result.estimates.services.size(); ++s) {
    const ServiceEstimates& service = result.estimates.services[s];
    QString prefix = folder + "/";
    if (result.estimates.services.size() > 1) {
      prefix += text(service.name).replace('/', '-') + "-";
    }
    for (const Chart& chart : charts_of(result, s)) {
      for (const char* ending : {".png", ".svg", ".pdf", ".csv"}) {
        save_chart(chart, theme, prefix + text(chart.key) + ending);
      }
    }
  }
  Document document;
  document.open(path);
  CanvasScene scene(document);
  scene.set_theme(theme);
  const QRectF box = scene.drawn().adjusted(-30, -30, 30, 30);
  for (const char* ending : {".png", ".svg", ".pdf"}) {
    save_picture(folder + "/topology" + ending, box.size().toSize(), document.name(),
                 [&](QPainter& painter) {
                   painter.setRenderHint(QPainter::Antialiasing);
                   scene.render(&painter, QRectF(QPointF(), box.size()), box);
                 });
  }
}

}  // namespace nines::gui
