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

}  // namespace nines::gui
