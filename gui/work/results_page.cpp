#include "gui/work/results_page.hpp"

#include <cmath>

#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QScrollArea>
#include <QVBoxLayout>

#include "gui/look/words.hpp"
#include "topologies/language/quantity.hpp"
#include "topologies/symmetry.hpp"

namespace nines::gui {
namespace {

constexpr int kMostCharts = 5;

QString text(const std::string& s) { return QString::fromStdString(s); }

QString nines_text(const Estimate& nines) {
  return std::isfinite(nines.value) ? QString::number(nines.value, 'f', 2)
         : std::isfinite(nines.low) ? QStringLiteral("> %1").arg(nines.low, 0, 'f', 2)
                                    : QStringLiteral("–");
}

QTableWidgetItem* cell(const QString& text, bool number) {
  auto* item = new QTableWidgetItem(text);
  item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
  if (number) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  return item;
}

}  // namespace

ResultsPage::ResultsPage(Document& document, QWidget* parent)
    : QWidget(parent), document_(document) {
  runs_ = new QSpinBox;
  runs_->setRange(1, 2'000'000'000);
  runs_->setValue(10'000);
  runs_->setGroupSeparatorShown(true);
  runs_->setObjectName("runs");
  horizon_ = new QLineEdit("1y");
  horizon_->setMaximumWidth(70);
  horizon_->setObjectName("horizon");
  seed_ = new QSpinBox;
  seed_->setRange(0, 2'000'000'000);
  seed_->setValue(1);
  services_ = new QComboBox;
  start_ = new QPushButton;
  start_->setObjectName("start");
  start_->setDefault(true);
  pause_ = new QPushButton;
  pause_->setObjectName("pause");
  stop_ = new QPushButton;
  stop_->setObjectName("stop");
  progress_ = new QProgressBar;
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  progress_->setMaximumHeight(14);
  left_ = new QLabel;
  left_->setMinimumWidth(210);

  auto* bar = new QHBoxLayout;
  const auto labelled = [&](QWidget* widget, const std::function<QString()>& name) {
    auto* label = new QLabel;
    label->setBuddy(widget);
    texts_.set([label, widget, name] {
      label->setText(name());
      widget->setAccessibleName(name().remove('&'));
    });
    bar->addWidget(label);
    bar->addWidget(widget);
  };
  labelled(runs_, [] { return tr("&Runs"); });
  labelled(horizon_, [] { return tr("of"); });
  labelled(seed_, [] { return tr("see&d"); });
  bar->addSpacing(8);
  bar->addWidget(start_);
  bar->addWidget(pause_);
  bar->addWidget(stop_);
  bar->addWidget(progress_, 1);
  bar->addWidget(left_);
  labelled(services_, [] { return tr("Service"); });

  nines_ = new QLabel(QStringLiteral("–"));
  nines_->setObjectName("nines");
  QFont large = nines_->font();
  large.setPixelSize(64);
  large.setBold(true);
  nines_->setFont(large);
  availability_ = new QLabel;
  availability_->setTextFormat(Qt::RichText);
  facts_ = new QLabel;
  facts_->setTextFormat(Qt::RichText);
  facts_->setWordWrap(true);
  objectives_ = new QLabel;
  objectives_->setTextFormat(Qt::RichText);
  objectives_->setWordWrap(true);
  stale_ = new QLabel;
  stale_->setWordWrap(true);
  auto* score = new QVBoxLayout;
  score->addWidget(nines_);
  score->addWidget(availability_);
  score->addSpacing(10);
  score->addWidget(facts_);
  score->addSpacing(10);
  score->addWidget(objectives_);
  score->addStretch();
  score->addWidget(stale_);
  auto* board = new QWidget;
  board->setLayout(score);
  board->setFixedWidth(290);

  auto* grid = new QGridLayout;
  grid->setSpacing(8);
  for (int i = 0; i < kMostCharts; ++i) {
    auto* view = new ChartView;
    view->setMinimumHeight(230);
    views_.push_back(view);
    grid->addWidget(view, i / 2, i % 2, 1, i == kMostCharts - 1 ? 2 : 1);
  }
  views_.back()->hide();
  auto* sheet = new QWidget;
  sheet->setLayout(grid);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(sheet);
  auto* overview = new QWidget;
  auto* beside = new QHBoxLayout(overview);
  beside->addWidget(board);
  beside->addWidget(scroll, 1);

  numbers_ = new QTableWidget(0, 5);
  numbers_->setObjectName("numbers");
  numbers_->verticalHeader()->hide();
  numbers_->setAlternatingRowColors(true);
  numbers_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);

  exact_ = new QTableWidget(0, 5);
  exact_->setObjectName("exact");
  exact_->verticalHeader()->hide();
  exact_->setAlternatingRowColors(true);
  exact_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  exact_note_ = new QLabel;
  exact_note_->setWordWrap(true);
  solve_ = new QPushButton;
  auto* exact_page = new QWidget;
  auto* exact_layout = new QVBoxLayout(exact_page);
  auto* exact_bar = new QHBoxLayout;
  exact_bar->addWidget(solve_);
  exact_bar->addWidget(exact_note_, 1);
  exact_layout->addLayout(exact_bar);
  exact_layout->addWidget(exact_);

  tabs_ = new QTabWidget;
  tabs_->setDocumentMode(true);
  tabs_->addTab(overview, {});
  tabs_->addTab(numbers_, {});
  tabs_->addTab(exact_page, {});
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(bar);
  layout->addWidget(tabs_, 1);

  texts_.set([this] {
    start_->setText(tr("&Start"));
    stop_->setText(tr("S&top"));
    solve_->setText(tr("Solve &exactly"));
    tabs_->setTabText(0, tr("Overview"));
    tabs_->setTabText(1, tr("All figures"));
    tabs_->setTabText(2, tr("Exact"));
    numbers_->setHorizontalHeaderLabels(
        {tr("of"), tr("measure"), tr("value"), tr("low"), tr("high")});
    numbers_->setAccessibleName(tr("All figures"));
    exact_->setHorizontalHeaderLabels(
        {tr("service"), tr("measure"), tr("exact"), tr("simulated"), tr("within the interval")});
    exact_->setAccessibleName(tr("Exact"));
    nines_->setAccessibleName(tr("Nines"));
    progress_->setAccessibleName(tr("Progress"));
    show_state();
    show_score();
    show_charts();
  });

  connect(start_, &QPushButton::clicked, this, [this] { start(); });
  connect(pause_, &QPushButton::clicked, this,
          [this] { job_.state() == RunJob::State::paused ? job_.go_on() : job_.pause(); });
  connect(stop_, &QPushButton::clicked, &job_, &RunJob::stop);
  connect(&job_, &RunJob::state_changed, this, &ResultsPage::show_state);
  connect(&job_, &RunJob::updated, this, &ResultsPage::show_result);
  connect(&job_, &RunJob::failed, this, &ResultsPage::say);
  connect(solve_, &QPushButton::clicked, this,
          [this] { solver_.running() ? solver_.cancel() : solve_exactly(); });
  connect(&solver_, &Task::running_changed, this, [this](bool running) {
    solve_->setText(running ? tr("Stop") : tr("Solve &exactly"));
    if (running) exact_note_->setText(tr("The Markov chain of the same model is solved…"));
  });
  connect(&solver_, &Task::failed, this,
          [this](const QString& why) { exact_note_->setText(tr("Not solved: %1").arg(why)); });
  connect(services_, &QComboBox::currentIndexChanged, this, [this] {
    show_score();
    show_charts();
  });
  connect(&document_, &Document::changed, this, [this] {
    // The answer would be about another topology than the one that is looked at.
    solver_.cancel();
    exact_->setRowCount(0);
    exact_note_->clear();
    show_score();
  });
  connect(tabs_, &QTabWidget::currentChanged, this, [this] {
    show_numbers();
    show_charts();
  });
  clock_.setInterval(250);
  connect(&clock_, &QTimer::timeout, this, &ResultsPage::show_state);
}

void ResultsPage::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) texts_.again();
  if (event->type() == QEvent::PaletteChange) show_score();
  QWidget::changeEvent(event);
}

std::size_t ResultsPage::service() const {
  return static_cast<std::size_t>(std::max(0, services_->currentIndex()));
}

Experiment ResultsPage::asked(const Topology& topology) const {
  Experiment experiment = experiment_for(topology);
  experiment.runs = static_cast<std::uint64_t>(runs_->value());
  experiment.seed = static_cast<std::uint64_t>(seed_->value());
  const Parsed<double> horizon =
      parse_quantity(horizon_->text().toStdString(), Dimension::duration);
  if (!horizon.value || !(*horizon.value > 0)) {
    throw std::runtime_error(
        tr("\"%1\" is no horizon: write 1y, 90d or 12h").arg(horizon_->text()).toStdString());
  }
  experiment.horizon_s = *horizon.value;
  // One core is left for the window.
  experiment.threads = std::max(1U, std::thread::hardware_concurrency() - 1);
  return experiment;
}

void ResultsPage::start(std::uint64_t runs, const QString& horizon, std::uint64_t seed) {
  runs_->setValue(static_cast<int>(runs));
  horizon_->setText(horizon);
  seed_->setValue(static_cast<int>(seed));
  start();
}

void ResultsPage::start() {
  if (!document_.topology()) {
    Q_EMIT say(tr("Something is wrong with the topology: see the problems."));
    return;
  }
  try {
    const std::shared_ptr<const Topology> topology = document_.topology();
    const Experiment experiment = asked(*topology);
    topology_ = topology;
    result_.reset();
    final_ = false;
    const QSignalBlocker quiet(services_);
    services_->clear();
    job_.start(topology_, experiment);
    clock_.start();
  } catch (const std::exception& error) {
    Q_EMIT say(text(error.what()));
  }
}

void ResultsPage::show_result(const std::shared_ptr<const RunResult>& result, bool final) {
  result_ = result;
  final_ = final;
  if (services_->count() == 0) {
    const QSignalBlocker quiet(services_);
    for (const ServiceEstimates& s : result->estimates.services) services_->addItem(text(s.name));
    services_->setEnabled(services_->count() > 1);
  }
  show_state();
  show_score();
  show_numbers();
  show_charts();
  if (final) Q_EMIT finished();
}

void ResultsPage::show_state() {
  const RunJob::State state = job_.state();
  start_->setEnabled(state == RunJob::State::idle);
  pause_->setEnabled(state != RunJob::State::idle);
  stop_->setEnabled(state != RunJob::State::idle);
  pause_->setText(state == RunJob::State::paused ? tr("Go o&n") : tr("&Pause"));
  if (state == RunJob::State::idle) clock_.stop();
  const double done = result_ ? static_cast<double>(result_->outcome.summary.runs) : 0.0;
  const double all = result_ ? static_cast<double>(result_->experiment.runs) : 1.0;
  progress_->setValue(static_cast<int>(1000.0 * done / all));
  if (!result_) {
    left_->setText(state == RunJob::State::idle ? QString() : tr("compiling…"));
  } else if (state == RunJob::State::idle) {
    const bool stopped = result_->outcome.stopped_by == StoppedBy::interrupt;
    left_->setText(stopped ? tr("stopped after %1 of %2 runs").arg(whole(done), whole(all))
                           : tr("%1 runs").arg(whole(done)));
  } else {
    const double spent_s = job_.spent_s();
    const QString left = done > 0 ? duration(spent_s * (all - done) / done) : QStringLiteral("…");
    left_->setText(state == RunJob::State::paused ? tr("paused at %1 runs").arg(whole(done))
                                                  : tr("%1 runs, %2 left").arg(whole(done), left));
  }
}

void ResultsPage::show_score() {
  const Theme theme = theme_of(palette());
  if (!result_ || result_->outcome.summary.runs == 0 ||
      service() >= result_->estimates.services.size()) {
    nines_->setText(QStringLiteral("–"));
    availability_->setText(tr("nines<br/>Press Start to simulate the topology."));
    facts_->clear();
    objectives_->clear();
    stale_->clear();
    return;
  }
  const ServiceEstimates& s = result_->estimates.services[service()];
  nines_->setText(nines_text(s.nines));
  const QString range =
      std::isfinite(s.nines.high)
          ? tr("nines, %1 to %2").arg(s.nines.low, 0, 'f', 2).arg(s.nines.high, 0, 'f', 2)
          : tr("nines at least");
  availability_->setText(QStringLiteral("<span style=\"color:%1\">%2</span><br/><b>%3</b> %4")
                             .arg(theme.faint.name(), range,
                                  s.none_seen ? tr("above %1").arg(percent(s.availability.low))
                                              : percent(s.availability),
                                  tr("available")));
  QStringList rows;
  const auto row = [&](const QString& name, const QString& value) {
    rows << QStringLiteral("<tr><td style=\"color:%1; padding-right:12px\">%2</td><td>%3</td></tr>")
                .arg(theme.faint.name(), name, value);
  };
  if (s.none_seen) {
    row(tr("downtime"), tr("none was seen"));
  } else {
    row(tr("downtime"), tr("<b>%1</b> a year").arg(duration(s.downtime_per_year_s.value)));
    row(QString(), tr("one year in 20 above %1").arg(duration(s.downtime_quantiles_s.p95.value)));
    row(tr("outages"), tr("<b>%1</b> a year").arg(number(s.outages_per_year.value)));
    if (s.outage_length_quantiles_s) {
      row(QString(),
          tr("half shorter than %1").arg(duration(s.outage_length_quantiles_s->p50.value)));
    }
  }
  if (s.request_availability) row(tr("served"), percent(*s.request_availability));
  if (s.response_s && std::isfinite(s.response_s->value)) {
    row(tr("response"), duration(s.response_s->value));
  }
  for (const GroupEstimates& g : result_->estimates.groups) {
    if (g.takes_over) {
      row(tr("failovers"),
          tr("%1 a year of %2")
              .arg(number(g.failovers_per_year.value), text(g.name).toHtmlEscaped()));
    }
    if (!g.losses || !g.losses->counted) continue;
    row(tr("lost writes"),
        tr("<b>%1</b> a year of %2")
            .arg(number(g.losses->lost_writes_per_year.value), text(g.name).toHtmlEscaped()));
  }
  facts_->setText("<table>" + rows.join("") + "</table>");
  QStringList objectives;
  for (const ObjectiveEstimate& o : result_->estimates.objectives) {
    const bool met = o.met.value >= 0.5;
    const QString target =
        o.name == "availability"
            ? tr("availability %1").arg(QString::number(100 * o.target, 'g', 10) + " %")
        : o.name == "rto_s"      ? tr("no outage longer than %1").arg(duration(o.target))
        : o.name == "rpo_writes" ? tr("no loss above %1 writes").arg(number(o.target))
                                 : tr("no loss further back than %1").arg(duration(o.target));
    objectives << QStringLiteral("<span style=\"color:%1\"><b>%2</b> %3</span>")
                      .arg((met ? theme.good : theme.bad).name(),
                           met ? QStringLiteral("✓") : QStringLiteral("✗"),
                           tr("%1: met in %2 of runs")
                               .arg(target, quantity(std::round(o.met.value * 1000) / 1000,
                                                     Quantity::share)));
  }
  objectives_->setText(objectives.join("<br/>"));
  const auto now = document_.topology();
  const bool other = !now || now->input_hash != topology_->input_hash;
  stale_->setText(other ? tr("The topology has changed since: start again.") : QString());
  stale_->setStyleSheet(QStringLiteral("color: %1").arg(theme.warm.name()));
}

void ResultsPage::show_numbers() {
  if (!result_ || !topology_ || (tabs_->currentIndex() != 1 && !final_)) return;
  const QString csv = text(csv_of(*topology_, *result_));
  const QStringList lines = csv.split("\r\n", Qt::SkipEmptyParts);
  numbers_->setUpdatesEnabled(false);
  numbers_->setRowCount(static_cast<int>(lines.size()) - 1);
  for (int i = 1; i < lines.size(); ++i) {
    const QStringList cells = lines[i].split(',');
    for (int c = 0; c < 5 && c < cells.size(); ++c) {
      if (QTableWidgetItem* item = numbers_->item(i - 1, c)) {
        item->setText(cells[c]);
      } else {
        numbers_->setItem(i - 1, c, cell(cells[c], c > 1));
      }
    }
  }
  numbers_->setUpdatesEnabled(true);
}

void ResultsPage::show_charts() {
  const bool there = result_ && result_->outcome.summary.runs > 0 &&
                     service() < result_->estimates.services.size();
  charts_ = there ? charts_of(*result_, service()) : std::vector<Chart>{};
  for (std::size_t i = 0; i < views_.size(); ++i) {
    const bool has = i < charts_.size();
    if (i == views_.size() - 1) views_[i]->setVisible(has);
    if (tabs_->currentIndex() == 0 || final_) views_[i]->show_chart(has ? charts_[i] : Chart{});
  }
}

void ResultsPage::solve_exactly() {
  if (!document_.topology()) {
    Q_EMIT say(tr("Something is wrong with the topology: see the problems."));
    return;
  }
  tabs_->setCurrentIndex(2);
  solver_.start([this, topology = document_.topology()](const std::atomic<bool>& cancelled) {
    const auto system = compile(*topology);
    ExactQuestion question;
    question.interrupted = &cancelled;
    question.interchangeable = interchangeable(*topology, *system);
    auto exact = std::make_shared<Exact>(solve(*system, question));
    return Task::Done([this, exact] { show_exact(*exact); });
  });
}

void ResultsPage::show_exact(const Exact& exact) {
  exact_->setRowCount(0);
  const auto add = [&](const std::string& service, const QString& measure, double value,
                       const Estimate* simulated) {
    const int row = exact_->rowCount();
    exact_->setRowCount(row + 1);
    exact_->setItem(row, 0, cell(text(service), false));
    exact_->setItem(row, 1, cell(measure, false));
    exact_->setItem(row, 2, cell(QString::number(value, 'g', 12), true));
    if (simulated == nullptr) return;
    exact_->setItem(row, 3, cell(QString::number(simulated->value, 'g', 6), true));
    const bool in = simulated->low <= value && value <= simulated->high;
    exact_->setItem(row, 4, cell(in ? tr("yes") : tr("no"), false));
  };
  // What a run from new until a horizon says is near the long run only.
  const auto now = document_.topology();
  const bool same = result_ && final_ && now && topology_->input_hash == now->input_hash;
  for (std::size_t i = 0; i < exact.services.size(); ++i) {
    const ExactService& s = exact.services[i];
    const ServiceEstimates* sim =
        same && i < result_->estimates.services.size() ? &result_->estimates.services[i] : nullptr;
    add(s.name, tr("unavailability"), s.unavailability,
        sim != nullptr ? &sim->unavailability : nullptr);
    add(s.name, tr("nines"), -std::log10(s.unavailability), sim != nullptr ? &sim->nines : nullptr);
    add(s.name, tr("outages a year"), s.outages_per_s * kYear_s,
        sim != nullptr ? &sim->outages_per_year : nullptr);
    if (s.load && sim != nullptr && sim->failed_requests_per_year) {
      add(s.name, tr("failed requests a year"), s.load->failed_per_s * kYear_s,
          &*sim->failed_requests_per_year);
    }
  }
  exact_note_->setText(
      tr("%1 states, in the long run. A simulation from new until a horizon differs by its "
         "beginning.")
          .arg(whole(static_cast<double>(exact.states))));
}

void ResultsPage::save_all(QWidget* over) {
  if (charts_.empty()) {
    Q_EMIT say(tr("There is no result yet."));
    return;
  }
  const QString folder = QFileDialog::getExistingDirectory(over, tr("Folder for charts and data"));
  if (folder.isEmpty()) return;
  try {
    for (const Chart& chart : charts_) {
      for (const char* ending : {".png", ".svg", ".pdf", ".csv"}) {
        save_chart(chart, theme_of(palette()), folder + "/" + text(chart.key) + ending);
      }
    }
    Q_EMIT say(tr("Saved %n chart(s).", nullptr, static_cast<int>(charts_.size())));
  } catch (const std::exception& error) {
    QMessageBox::warning(over, tr("Save charts"), text(error.what()));
  }
}

}  // namespace nines::gui
