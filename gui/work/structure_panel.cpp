#include "gui/work/structure_panel.hpp"

#include <algorithm>
#include <cmath>

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "gui/look/words.hpp"

namespace nines::gui {
namespace {

QString text(const std::string& s) { return QString::fromStdString(s); }

/// Of a strike of a domain, the domain.
QString thing_of(const StructureElement& element) {
  return text(element.name.substr(0, element.name.find('/')));
}

}  // namespace

StructurePanel::StructurePanel(Document& document, CanvasScene& scene, QWidget* parent)
    : QWidget(parent), document_(document), scene_(scene) {
  start_ = new QPushButton;
  start_->setObjectName("find-spofs");
  what_ = new QComboBox;
  services_ = new QComboBox;
  note_ = new QLabel;
  note_->setWordWrap(true);
  cuts_ = new QTableWidget(0, 3);
  cuts_->setObjectName("cuts");
  cuts_->verticalHeader()->hide();
  cuts_->setSelectionBehavior(QAbstractItemView::SelectRows);
  cuts_->setSelectionMode(QAbstractItemView::SingleSelection);
  cuts_->setAlternatingRowColors(true);
  cuts_->horizontalHeader()->setStretchLastSection(true);
  auto* bar = new QHBoxLayout;
  bar->addWidget(start_);
  bar->addWidget(what_);
  bar->addWidget(services_);
  bar->addWidget(note_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 4, 6, 4);
  layout->addLayout(bar);
  layout->addWidget(cuts_, 1);
  texts_.set([this] {
    start_->setText(found_.empty() ? tr("Find single points of failure") : tr("Clear"));
    const int row = std::max(0, what_->currentIndex());
    const QSignalBlocker quiet(what_);
    what_->clear();
    what_->addItems({tr("Single points"), tr("Cut sets"), tr("Importance")});
    what_->setCurrentIndex(row);
    what_->setAccessibleName(tr("What is shown on the canvas"));
    services_->setAccessibleName(tr("Service"));
    cuts_->setAccessibleName(tr("Single points of failure and cut sets"));
    show_found();
  });
  connect(start_, &QPushButton::clicked, this, [this] { found_.empty() ? start() : clear(); });
  connect(what_, &QComboBox::currentIndexChanged, this,
          [this](int row) { show_on_canvas(static_cast<Show>(std::max(0, row))); });
  connect(services_, &QComboBox::currentIndexChanged, this, &StructurePanel::show_found);
  connect(cuts_, &QTableWidget::currentCellChanged, this, &StructurePanel::mark);
  connect(&task_, &Task::failed, this, &StructurePanel::say);
  connect(&task_, &Task::running_changed, this, [this](bool running) {
    if (running) note_->setText(tr("looking…"));
  });
  connect(&document_, &Document::changed, this, [this] {
    task_.cancel();
    if (!found_.empty()) clear();
  });
  connect(&scene_, &CanvasScene::drawn_anew, this, [this] { mark(); });
}

void StructurePanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) texts_.again();
  QWidget::changeEvent(event);
}

void StructurePanel::start() {
  if (!document_.topology()) {
    Q_EMIT say(tr("Something is wrong with the topology: see the problems."));
    return;
  }
  task_.start([this, topology = document_.topology()](const std::atomic<bool>& cancelled) {
    std::vector<Structure> found;
    for (std::size_t s = 0; s < topology->services.size() && !cancelled; ++s) {
      found.push_back(structure_of(*topology, s, {}));
    }
    return Task::Done([this, found = std::move(found)] {
      found_ = found;
      const QSignalBlocker quiet(services_);
      services_->clear();
      for (const Structure& s : found_) services_->addItem(text(s.service));
      services_->setVisible(found_.size() > 1);
      start_->setText(tr("Clear"));
      show_found();
      Q_EMIT finished();
    });
  });
}

void StructurePanel::clear() {
  task_.cancel();
  found_.clear();
  start_->setText(tr("Find single points of failure"));
  scene_.clear_marks();
  show_found();
}

const Structure* StructurePanel::now() const {
  const auto s = static_cast<std::size_t>(std::max(0, services_->currentIndex()));
  return s < found_.size() ? &found_[s] : nullptr;
}

void StructurePanel::show_on_canvas(Show what) {
  show_ = what;
  {
    const QSignalBlocker quiet(what_);
    what_->setCurrentIndex(static_cast<int>(what));
  }
  show_found();
}

void StructurePanel::show_found() {
  const QSignalBlocker quiet(cuts_);
  cuts_->setRowCount(0);
  const Structure* s = now();
  services_->setVisible(found_.size() > 1);
  if (s == nullptr) {
    note_->setText(
        tr("What fails alone or together and takes the service down, from the drawing "
           "alone."));
    return;
  }
  const auto row = [&](const QString& a, const QString& b, const QString& c, qulonglong which) {
    const int at = cuts_->rowCount();
    cuts_->setRowCount(at + 1);
    const QStringList cells{a, b, c};
    for (int i = 0; i < 3; ++i) {
      auto* item = new QTableWidgetItem(cells[i]);
      item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
      item->setData(Qt::UserRole, which);
      cuts_->setItem(at, i, item);
    }
  };
  const bool probable = s->no_probability.empty();
  if (show_ == Show::importance) {
    cuts_->setHorizontalHeaderLabels(
        {tr("component"), tr("share of downtime with it"), tr("nines gained if doubled")});
    std::vector<std::size_t> order(s->importance.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return s->importance[a].criticality > s->importance[b].criticality;
    });
    for (const std::size_t i : order) {
      row(plain_name(s->elements[i].name), quantity(s->importance[i].criticality, Quantity::share),
          number(s->importance[i].nines_gained_if_doubled), static_cast<qulonglong>(i));
    }
  } else if (show_ == Show::points) {
    cuts_->setHorizontalHeaderLabels({tr("single point of failure"), tr("unavailable"), tr("why")});
    for (const SinglePoint& point : s->single_points) {
      row(plain_name(s->elements[point.element].name),
          probable ? number(s->elements[point.element].down) : QString(),
          tr("without it %1").arg(text(point.why)), static_cast<qulonglong>(point.element));
    }
  } else {
    cuts_->setHorizontalHeaderLabels({tr("cut set"), tr("probability"), tr("how many")});
    std::vector<std::size_t> order(s->cuts.sets.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (probable) {
      std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return s->cut_probability[a] > s->cut_probability[b];
      });
    }
    for (const std::size_t i : order) {
      QStringList names;
      for (const std::uint32_t e : s->cuts.sets[i]) names << plain_name(s->elements[e].name);
      row(names.join(" + "), probable ? number(s->cut_probability[i]) : QString(),
          QString::number(s->cuts.sets[i].size()), static_cast<qulonglong>(i));
    }
  }
  cuts_->resizeColumnsToContents();
  QString note = s->single_points.empty() ? tr("No single point of failure.")
                                          : tr("%n single point(s) of failure.", nullptr,
                                               static_cast<int>(s->single_points.size()));
  if (probable && s->exact()) {
    note += "  " + tr("%1 nines, if failovers took no time.")
                       .arg(-std::log10(s->unavailability_low), 0, 'f', 2);
  }
  if (!s->not_seen.empty()) note += "  " + tr("Not looked at: %1.").arg(text(s->not_seen.front()));
  if (show_ == Show::importance && s->importance.empty() && !probable) {
    note += "  " + tr("No importance: %1.").arg(text(s->no_probability.front()));
  }
  note_->setText(note);
  if (cuts_->rowCount() > 0 && show_ == Show::cuts) cuts_->setCurrentCell(0, 0);
  mark();
}

void StructurePanel::mark() {
  const Structure* s = now();
  if (s == nullptr || marking_) return;
  marking_ = true;
  scene_.clear_marks();
  const Theme& theme = scene_.theme();
  const auto mark_element = [&](std::size_t e, const Mark& mark) {
    scene_.mark(thing_of(s->elements[e]), mark);
  };
  if (show_ == Show::importance) {
    double most = 0.0;
    for (const Importance& m : s->importance) most = std::max(most, m.criticality);
    for (std::size_t e = 0; e < s->importance.size(); ++e) {
      const double share = most > 0 ? s->importance[e].criticality / most : 0.0;
      Mark mark;
      mark.color = share > 0.5 ? theme.bad : share > 0.05 ? theme.warm : theme.line;
      mark.fill = 0.6 * share;
      mark.caption = quantity(s->importance[e].criticality, Quantity::share);
      mark_element(e, mark);
    }
  } else if (show_ == Show::points) {
    for (const SinglePoint& point : s->single_points) {
      mark_element(point.element, {theme.bad, QStringLiteral("!"), tr("SPOF"), 0.25, false});
    }
  }
  const int row = cuts_->currentRow();
  if (show_ == Show::cuts && row >= 0) {
    const auto i = cuts_->item(row, 0)->data(Qt::UserRole).toULongLong();
    const auto size = s->cuts.sets[i].size();
    for (const std::uint32_t e : s->cuts.sets[i]) {
      mark_element(e, {theme.bad, QString::number(size), {}, 0.3, false});
    }
  }
  marking_ = false;
}

}  // namespace nines::gui
