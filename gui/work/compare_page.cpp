#include "gui/work/compare_page.hpp"

#include <algorithm>
#include <cmath>

#include <QElapsedTimer>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QVBoxLayout>

#include "gui/look/words.hpp"
#include "topologies/compile.hpp"

namespace nines::gui {
namespace {

QString text(const std::string& s) { return QString::fromStdString(s); }

QString shown(Compared measure, double value) {
  return measure == Compared::unavailability ? duration(value * kYear_s) : number(value);
}

}  // namespace

ComparePage::ComparePage(Document& document, QWidget* parent)
    : QWidget(parent), document_(document) {
  list_ = new QListWidget;
  list_->setObjectName("designs");
  list_->setMaximumHeight(104);
  auto* add_this = new QPushButton;
  auto* add_file = new QPushButton;
  auto* add_library = new QPushButton;
  auto* remove = new QPushButton;
  runs_ = new QSpinBox;
  runs_->setRange(640, 100'000'000);
  runs_->setValue(10'000);
  runs_->setGroupSeparatorShown(true);
  auto* runs_label = new QLabel;
  runs_label->setBuddy(runs_);
  start_ = new QPushButton;
  start_->setObjectName("compare");
  progress_text_ = new QLabel;
  progress_text_->setWordWrap(true);
  auto* buttons = new QGridLayout;
  buttons->addWidget(add_this, 0, 0);
  buttons->addWidget(add_file, 0, 1);
  buttons->addWidget(add_library, 1, 0);
  buttons->addWidget(remove, 1, 1);
  auto* go = new QGridLayout;
  go->addWidget(runs_label, 0, 0);
  go->addWidget(runs_, 0, 1);
  go->addWidget(start_, 0, 2);
  go->addWidget(progress_text_, 1, 0, 1, 3);
  auto* top = new QHBoxLayout;
  top->addWidget(list_, 2);
  top->addLayout(buttons, 1);
  top->addLayout(go, 2);

  auto* grid = new QGridLayout;
  for (int i = 0; i < 4; ++i) {
    auto* view = new ChartView;
    view->setMinimumHeight(190);
    views_.push_back(view);
    grid->addWidget(view, i / 2, i % 2);
  }
  table_ = new QTableWidget(0, 7);
  table_->setObjectName("differences");
  table_->verticalHeader()->hide();
  table_->setAlternatingRowColors(true);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->setMaximumHeight(210);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addLayout(grid, 1);
  layout->addWidget(table_);

  texts_.set([=, this] {
    add_this->setText(tr("Add the open one"));
    add_file->setText(tr("Add a file…"));
    add_library->setText(tr("Add from the library…"));
    remove->setText(tr("Remove"));
    runs_label->setText(tr("runs of 1 year each"));
    runs_->setAccessibleName(tr("Number of runs"));
    start_->setText(running() ? tr("Stop") : tr("Compare"));
    list_->setAccessibleName(tr("Designs; the first is compared with the others"));
    table_->setAccessibleName(tr("Differences"));
    table_->setHorizontalHeaderLabels({tr("design"), tr("measure"), tr("service"), tr("first"),
                                       tr("this"), tr("difference"), tr("what that means")});
    show_designs();
    show_comparison();
  });

  connect(add_this, &QPushButton::clicked, this, &ComparePage::add_current);
  connect(add_file, &QPushButton::clicked, this, [this] {
    for (const QString& path : QFileDialog::getOpenFileNames(
             this, tr("Add files"), {}, tr("Topologies (*.yaml *.yml *.json)"))) {
      this->add_file(path);
    }
  });
  connect(add_library, &QPushButton::clicked, this, [this] {
    QStringList names;
    for (const std::string& name : library_names()) names << text(name);
    bool yes = false;
    const QString name = QInputDialog::getItem(this, tr("Add from the library"), tr("Topology:"),
                                               names, 0, false, &yes);
    if (yes) this->add_file(text(library_path(name.toStdString())));
  });
  connect(remove, &QPushButton::clicked, this, [this] {
    const int row = list_->currentRow();
    if (row < 0) return;
    designs_.erase(designs_.begin() + row);
    show_designs();
  });
  connect(start_, &QPushButton::clicked, this, [this] { running() ? task_.cancel() : start(); });
  connect(&task_, &Task::running_changed, this, [this](bool running) {
    start_->setText(running ? tr("Stop") : tr("Compare"));
    if (running) progress_text_->setText(tr("running…"));
    if (!running && !comparison_) progress_text_->clear();
  });
  connect(&task_, &Task::failed, this, &ComparePage::say);
}

void ComparePage::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) texts_.again();
  if (event->type() == QEvent::PaletteChange) show_comparison();
  QWidget::changeEvent(event);
}

void ComparePage::add(const QString& name, std::shared_ptr<const Topology> topology) {
  QString own = name;
  for (int n = 2; std::any_of(designs_.begin(), designs_.end(),
                              [&](const Listed& d) { return d.name == own; });
       ++n) {
    own = QStringLiteral("%1 (%2)").arg(name).arg(n);
  }
  designs_.push_back({own, std::move(topology)});
  show_designs();
}

void ComparePage::add_current() {
  if (!document_.topology()) {
    Q_EMIT say(tr("Something is wrong with the topology: see the problems."));
    return;
  }
  QString name = document_.name();
  if (name.endsWith(".yaml")) name.chop(5);
  add(name, document_.topology());
}

void ComparePage::add_file(const QString& path) {
  try {
    Loaded loaded = load_topology_file(path.toStdString());
    if (!loaded.topology) {
      Q_EMIT say(tr("%1 has problems: open it to see them.").arg(path));
      return;
    }
    const QString name = text(loaded.topology->name);
    add(name, std::make_shared<const Topology>(std::move(*loaded.topology)));
  } catch (const std::exception& error) {
    Q_EMIT say(text(error.what()));
  }
}

void ComparePage::clear() {
  designs_.clear();
  comparison_.reset();
  show_designs();
  show_comparison();
}

void ComparePage::show_designs() {
  list_->clear();
  for (std::size_t i = 0; i < designs_.size(); ++i) {
    list_->addItem(i == 0 ? tr("%1 (the others are compared with it)").arg(designs_[i].name)
                          : designs_[i].name);
  }
  start_->setEnabled(designs_.size() > 1 || running());
}

void ComparePage::start() {
  if (designs_.size() < 2) {
    Q_EMIT say(tr("Two designs or more are compared."));
    return;
  }
  comparison_.reset();
  Experiment experiment = experiment_for(*designs_.front().topology);
  experiment.runs = static_cast<std::uint64_t>(runs_->value());
  experiment.threads = std::max(1U, std::thread::hardware_concurrency() - 1);
  task_.start([this, designs = designs_, experiment](const std::atomic<bool>& cancelled) {
    std::vector<std::unique_ptr<System>> systems;
    std::vector<Design> asked;
    for (const Listed& design : designs) {
      systems.push_back(compile(*design.topology));
      asked.push_back({design.name.toStdString(), systems.back().get()});
    }
    Experiment own = experiment;
    own.interrupted = &cancelled;
    QElapsedTimer since;
    since.start();
    qint64 last_ms = -1000;
    auto comparison = std::make_shared<Comparison>(
        compare(asked, own, [&](std::size_t design, const Progress& progress) {
          if (since.elapsed() - last_ms < 100) return;
          last_ms = since.elapsed();
          const double share =
              (static_cast<double>(design) + static_cast<double>(progress.runs_done) /
                                                 static_cast<double>(progress.runs_at_most)) /
              static_cast<double>(asked.size());
          QMetaObject::invokeMethod(
              this,
              [this, share] {
                if (running()) progress_text_->setText(tr("%1 % done").arg(100 * share, 0, 'f', 0));
              },
              Qt::QueuedConnection);
        }));
    return Task::Done([this, comparison] {
      comparison_ = comparison;
      progress_text_->setText(
          tr("All designs had the same luck: whatever is called alike failed at the same times."));
      show_comparison();
      Q_EMIT finished();
    });
  });
}

std::vector<Chart> ComparePage::charts() const {
  std::vector<Chart> charts;
  if (!comparison_) return charts;
  charts.push_back(designs_chart(*comparison_, 0));
  for (const Compared measure :
       {Compared::unavailability, Compared::outages_per_year, Compared::lost_writes_per_year}) {
    Chart chart = differences_chart(*comparison_, measure);
    chart.key += std::to_string(charts.size());
    const bool any = !chart.dots.front().dots.empty();
    if (any) charts.push_back(std::move(chart));
  }
  if (charts.size() < 4) {
    Chart chart = differences_chart(*comparison_, Compared::failed_requests_per_year);
    if (!chart.dots.front().dots.empty()) charts.push_back(std::move(chart));
  }
  return charts;
}

void ComparePage::show_comparison() {
  const std::vector<Chart> drawn = charts();
  for (std::size_t i = 0; i < views_.size(); ++i) {
    Chart nothing;
    if (i == 0) nothing.title = tr("Two designs or more, side by side").toStdString();
    views_[i]->show_chart(i < drawn.size() ? drawn[i] : nothing);
    views_[i]->setVisible(i < drawn.size() || (i == 0 && drawn.empty()));
  }
  table_->setRowCount(0);
  if (!comparison_) return;
  const Theme theme = theme_of(palette());
  for (std::size_t i = 1; i < comparison_->designs.size(); ++i) {
    for (const Difference& d : comparison_->designs[i].differences) {
      const int row = table_->rowCount();
      table_->setRowCount(row + 1);
      const QString measure = d.measure == Compared::unavailability     ? tr("downtime a year")
                              : d.measure == Compared::outages_per_year ? tr("outages a year")
                              : d.measure == Compared::lost_writes_per_year
                                  ? tr("lost writes a year")
                                  : tr("failed requests a year");
      QString meaning;
      if (!d.sure()) {
        meaning = d.from_both ? tr("too few runs differ to tell") : tr("may be chance");
      } else {
        meaning = d.difference.value < 0 ? tr("less, surely") : tr("more, surely");
      }
      if (d.variance_saved && std::isfinite(*d.variance_saved) && *d.variance_saved > 1.5) {
        meaning += tr("; common luck stands for %1 times the runs").arg(number(*d.variance_saved));
      }
      const QStringList cells{
          text(comparison_->designs[i].name),
          measure,
          text(d.service),
          shown(d.measure, d.first.value),
          shown(d.measure, d.other.value),
          QStringLiteral("%1  (%2 … %3)")
              .arg(shown(d.measure, d.difference.value), shown(d.measure, d.difference.low),
                   shown(d.measure, d.difference.high)),
          meaning};
      for (int c = 0; c < cells.size(); ++c) {
        auto* item = new QTableWidgetItem(cells[c]);
        item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
        if (c == 6 && d.sure()) {
          item->setForeground(d.difference.value < 0 ? theme.good : theme.bad);
        }
        table_->setItem(row, c, item);
      }
    }
  }
}

}  // namespace nines::gui
