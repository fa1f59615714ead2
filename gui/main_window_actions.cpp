// The actions of the main window, each with its words, keys and deed; and the menus they stand in.
#include <tuple>

#include <QCoreApplication>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolBar>

#include "gui/main_window.hpp"
#include "models/catalogue.hpp"

namespace nines::gui {
namespace {

QString text(const std::string& s) { return QString::fromStdString(s); }

QString told(const std::string& sentence) {
  return QCoreApplication::translate("Declarations", sentence.c_str());
}

}  // namespace

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

}  // namespace nines::gui
