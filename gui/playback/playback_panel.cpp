#include "gui/playback/playback_panel.hpp"

#include <algorithm>
#include <cmath>

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include "gui/look/icons.hpp"
#include "gui/look/words.hpp"
#include "gui/playback/sentences.hpp"
#include "topologies/structure/separate.hpp"

namespace nines::gui {
namespace {

constexpr int kFrame_ms = 33;
constexpr int kFrameBudget_ms = 20;
constexpr int kMostLines = 2000;
constexpr double kHorizon_s = 10 * kYear_s;
constexpr double kSlowest_per_s = 1.0;
constexpr double kFastest_per_s = kYear_s;

QString text(const std::string& s) { return QString::fromStdString(s); }

QString badge_of(Standing standing) {
  switch (standing) {
    case Standing::up:
      return {};
    case Standing::degraded:
      return QStringLiteral("~");
    case Standing::waiting:
      return QStringLiteral("…");
    case Standing::restarting:
      return QStringLiteral("↻");
    case Standing::masked:
      return QStringLiteral("–");
    case Standing::failed:
      return QStringLiteral("✕");
  }
  return {};
}

}  // namespace

PlaybackPanel::PlaybackPanel(Document& document, CanvasScene& scene, CanvasView& view,
                             QWidget* parent)
    : QWidget(parent), document_(document), scene_(scene), view_(view) {
  begin_ = new QPushButton;
  begin_->setCheckable(true);
  begin_->setObjectName("begin");
  play_ = new QToolButton;
  play_->setObjectName("play");
  back_ = new QToolButton;
  back_->setObjectName("back");
  step_ = new QToolButton;
  step_->setObjectName("step");
  speed_ = new QSlider(Qt::Horizontal);
  speed_->setRange(0, 1000);
  speed_->setValue(620);
  speed_->setMaximumWidth(150);
  speed_text_ = new QLabel;
  speed_text_->setMinimumWidth(104);
  skip_ = new QCheckBox;
  skip_->setChecked(true);
  run_ = new QSpinBox;
  run_->setRange(0, 999'999'999);
  outage_ = new QPushButton;
  clock_ = new QLabel;
  QFont font = clock_->font();
  font.setBold(true);
  clock_->setFont(font);
  state_ = new QLabel;
  state_->setTextFormat(Qt::RichText);
  timeline_ = new Timeline;
  events_ = new QListWidget;
  events_->setObjectName("events");
  events_->setFrameShape(QFrame::NoFrame);
  events_->setUniformItemSizes(true);

  auto* run_label = new QLabel;
  run_label->setBuddy(run_);
  auto* bar = new QHBoxLayout;
  bar->addWidget(begin_);
  bar->addWidget(run_label);
  bar->addWidget(run_);
  bar->addWidget(outage_);
  bar->addSpacing(6);
  bar->addWidget(back_);
  bar->addWidget(play_);
  bar->addWidget(step_);
  bar->addWidget(speed_);
  bar->addWidget(speed_text_);
  bar->addWidget(skip_);
  bar->addStretch();
  auto* second = new QHBoxLayout;
  second->addWidget(clock_);
  second->addSpacing(16);
  second->addWidget(state_, 1);
  auto* split = new QSplitter(Qt::Horizontal);
  split->addWidget(timeline_);
  split->addWidget(events_);
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 1);
  split->setSizes({400, 400});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 4, 6, 4);
  layout->setSpacing(4);
  layout->addLayout(bar);
  layout->addLayout(second);
  layout->addWidget(split, 1);

  texts_.set([this, run_label] {
    begin_->setText(active() ? tr("End playback") : tr("Begin playback"));
    outage_->setText(tr("Find an outage"));
    outage_->setToolTip(tr("The next run in which a service goes down"));
    run_label->setText(tr("run"));
    run_->setAccessibleName(tr("Number of the run"));
    skip_->setText(tr("skip quiet times"));
    play_->setToolTip(tr("Play or pause (F10)"));
    play_->setAccessibleName(tr("Play or pause"));
    back_->setToolTip(tr("Back by one event (,)"));
    back_->setAccessibleName(tr("Back by one event"));
    step_->setToolTip(tr("On to the next event (.)"));
    step_->setAccessibleName(tr("On to the next event"));
    speed_->setAccessibleName(tr("Speed"));
    timeline_->setAccessibleName(tr("Timeline"));
    events_->setAccessibleName(tr("What happened"));
    speed_text_->setText(tr("%1 a second").arg(duration(speed())));
    shown_lines_ = 0;
    events_->clear();
    show_now();
  });

  connect(begin_, &QPushButton::clicked, this, [this] { active() ? end() : void(begin()); });
  connect(play_, &QToolButton::clicked, this, [this] { playing() ? pause() : play(); });
  connect(step_, &QToolButton::clicked, this, &PlaybackPanel::step);
  connect(back_, &QToolButton::clicked, this, &PlaybackPanel::back);
  connect(outage_, &QPushButton::clicked, this, &PlaybackPanel::find_outage);
  connect(speed_, &QSlider::valueChanged, this,
          [this] { speed_text_->setText(tr("%1 a second").arg(duration(speed()))); });
  connect(run_, &QSpinBox::valueChanged, this, [this] {
    if (active()) begin();
  });
  connect(timeline_, &Timeline::seek, this, &PlaybackPanel::seek);
  connect(events_, &QListWidget::itemActivated, this,
          [this](QListWidgetItem* item) { seek(item->data(Qt::UserRole).toDouble()); });
  connect(&seeker_, &Task::failed, this, &PlaybackPanel::say);
  frames_.setInterval(kFrame_ms);
  connect(&frames_, &QTimer::timeout, this, &PlaybackPanel::frame);
  connect(&document_, &Document::changed, this, [this] {
    seeker_.cancel();
    if (active()) end();
  });
  connect(&scene_, &CanvasScene::drawn_anew, this, [this] { show_marks(); });
}

void PlaybackPanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) texts_.again();
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
    const Theme theme = theme_of(palette());
    back_->setIcon(icon("back", theme));
    step_->setIcon(icon("step", theme));
    play_->setIcon(icon(playing() ? "pause" : "run", theme));
    shown_lines_ = 0;
    events_->clear();
    show_now();
  }
  QWidget::changeEvent(event);
}

bool PlaybackPanel::begin() {
  if (!document_.topology()) {
    begin_->setChecked(false);
    Q_EMIT say(tr("Something is wrong with the topology: see the problems."));
    return false;
  }
  pause();
  topology_ = document_.topology();
  try {
    playback_ = std::make_unique<Playback>(*topology_, 1, static_cast<std::uint32_t>(run_->value()),
                                           kHorizon_s);
  } catch (const std::exception& error) {
    begin_->setChecked(false);
    Q_EMIT say(text(error.what()));
    return false;
  }
  shown_lines_ = 0;
  events_->clear();
  timeline_->show_playback(playback_.get());
  begin_->setChecked(true);
  begin_->setText(tr("End playback"));
  view_.set_read_only(true);
  show_now();
  Q_EMIT active_changed(true);
  return true;
}

void PlaybackPanel::end() {
  pause();
  timeline_->show_playback(nullptr);
  playback_.reset();
  events_->clear();
  shown_lines_ = 0;
  begin_->setChecked(false);
  begin_->setText(tr("Begin playback"));
  view_.set_read_only(false);
  scene_.clear_marks();
  show_now();
  Q_EMIT active_changed(false);
}

double PlaybackPanel::speed() const {
  return kSlowest_per_s * std::pow(kFastest_per_s / kSlowest_per_s, speed_->value() / 1000.0);
}

void PlaybackPanel::set_speed(double per_s) {
  speed_->setValue(static_cast<int>(std::lround(1000.0 * std::log(per_s / kSlowest_per_s) /
                                                std::log(kFastest_per_s / kSlowest_per_s))));
}

void PlaybackPanel::play() {
  if (!active() && !begin()) return;
  since_.start();
  frames_.start();
  play_->setIcon(icon("pause", theme_of(palette())));
}

void PlaybackPanel::pause() {
  frames_.stop();
  play_->setIcon(icon("run", theme_of(palette())));
}

void PlaybackPanel::frame() {
  const double passed = 1e-3 * static_cast<double>(since_.restart()) * speed();
  QElapsedTimer budget;
  budget.start();
  double to_s = playback_->now_s() + std::min(passed, speed());
  if (skip_->isChecked() && playback_->next_s() - playback_->now_s() > speed()) {
    // Nothing for more than a second of the one who looks: on to the next.
    to_s = playback_->next_s();
  }
  while (playback_->next_s() <= to_s && playback_->next_s() < playback_->horizon_s() &&
         budget.elapsed() < kFrameBudget_ms) {
    playback_->step();
  }
  if (playback_->next_s() > to_s || playback_->next_s() >= playback_->horizon_s()) {
    playback_->seek(to_s);
  }
  show_now();
  if (playback_->now_s() >= playback_->horizon_s()) pause();
}

void PlaybackPanel::step() {
  if (!active() && !begin()) return;
  pause();
  playback_->step_told();
  show_now();
}

void PlaybackPanel::back() {
  if (!active()) return;
  pause();
  playback_->back_told();
  show_now();
}

void PlaybackPanel::seek(double t_s) {
  if (!active()) return;
  playback_->seek(t_s);
  show_now();
}

std::optional<std::size_t> PlaybackPanel::component(const QString& name) const {
  if (!active()) return std::nullopt;
  const auto& components = playback_->topology().components;
  for (std::size_t c = 0; c < components.size(); ++c) {
    if (text(components[c].name) == name) return c;
  }
  return std::nullopt;
}

void PlaybackPanel::fail(const QString& name) {
  const auto c = component(name);
  if (!c || !playback_->fails_by_hand(*c)) {
    Q_EMIT say(tr("%1 cannot be made to fail.").arg(name));
    return;
  }
  show_now();
}

void PlaybackPanel::fail(const QString& name, std::size_t mode) {
  const auto c = component(name);
  if (c && playback_->fail(*c, mode)) show_now();
}

void PlaybackPanel::mend(const QString& name) {
  const auto c = component(name);
  if (!c) return;
  if (!playback_->mend_all(*c)) {
    Q_EMIT say(tr("%1 waits for a crew, or has not failed.").arg(name));
  }
  show_now();
}

void PlaybackPanel::part(const QString& domain, const QString& from) {
  const auto a = component(domain);
  const auto b = component(from);
  if (!a) return;
  const std::vector<std::size_t> links =
      b ? links_between(playback_->topology(), *a, *b) : links_out_of(playback_->topology(), *a);
  if (links.empty()) {
    Q_EMIT say(tr("There is no link to cut."));
    return;
  }
  for (const std::size_t link : links) playback_->fails_by_hand(link);
  show_now();
}

QMenu* PlaybackPanel::menu_for(const QString& name) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto c = component(name);
  if (!c) return menu;
  const CompiledComponent& of = playback_->system().components[*c];
  const bool is_link = playback_->topology().components[*c].is(Part::link);
  const bool is_domain = playback_->topology().components[*c].is(Part::domain);
  for (std::size_t m = 0; m < of.modes.size(); ++m) {
    const bool by_hand = m + 1 == of.modes.size();
    const QString what = by_hand ? is_link ? tr("Cut it, until it is repaired by hand")
                                           : tr("Fail it, until it is repaired by hand")
                                 : tr("Fail: %1").arg(text(of.modes[m].name));
    menu->addAction(what, this, [this, name, m] { fail(name, m); })
        ->setEnabled(playback_->state().failed[static_cast<std::size_t>(of.modes[m].id)] == 0);
  }
  menu->addSeparator();
  menu->addAction(tr("Repair it now"), this, [this, name] { mend(name); });
  if (is_domain && playback_->topology().networked()) {
    menu->addSeparator();
    menu->addAction(tr("Cut off: all links that leave it"), this, [this, name] { part(name, {}); });
    for (const TopologyComponent& other : playback_->topology().components) {
      if (!other.is(Part::domain) || text(other.name) == name) continue;
      menu->addAction(tr("Partition from %1").arg(plain_name(other.name)), this,
                      [this, name, to = text(other.name)] { part(name, to); });
    }
  }
  return menu;
}

/// Looks for it on a thread of its own, as `nines trace --with-outage` does.
void PlaybackPanel::find_outage() {
  if (!document_.topology()) {
    Q_EMIT say(tr("Something is wrong with the topology: see the problems."));
    return;
  }
  const auto first = static_cast<std::uint32_t>(run_->value()) + (active() ? 1 : 0);
  Q_EMIT say(tr("Looking for an outage…"));
  seeker_.start([this, first, topology = document_.topology()](const std::atomic<bool>& cancelled) {
    const auto system = compile(*topology);
    const auto run = run_with_outage(*system, 1, first, kYear_s, 100'000, cancelled);
    return Task::Done([this, run] {
      if (!run) {
        Q_EMIT say(tr("A hundred thousand years have no outage."));
        return;
      }
      {
        const QSignalBlocker quiet(run_);
        run_->setValue(static_cast<int>(*run));
      }
      if (!begin()) return;
      // To where it begins.
      const auto down = [this] {
        const auto& changes = playback_->changes();
        return !changes.empty() && changes.back().of_service;
      };
      while (!down() && playback_->now_s() < kYear_s && playback_->step()) {
      }
      if (!down()) return;
      Q_EMIT say(
          tr("Run %1: a service goes down after %2.").arg(*run).arg(duration(playback_->now_s())));
      show_now();
    });
  });
}

void PlaybackPanel::show_now() {
  const bool on = active();
  play_->setEnabled(true);
  back_->setEnabled(on);
  const Theme theme = theme_of(palette());
  if (!on) {
    clock_->setText({});
    state_->setText(
        QStringLiteral("<span style=\"color:%1\">%2</span>")
            .arg(theme.faint.name(),
                 tr("Watch one run: a click on a part fails it, repairs it, cuts it.")));
    return;
  }
  clock_->setText(clock(playback_->now_s()));
  show_marks();
  show_story();
  timeline_->refresh();
}

void PlaybackPanel::show_marks() {
  if (!active()) return;
  const Theme& theme = scene_.theme();
  const Playback::View now = playback_->view();
  const Topology& topology = playback_->topology();
  std::vector<Mark> marks(topology.components.size());
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const Standing standing = now.components[c];
    Mark& mark = marks[c];
    if (topology.components[c].is(Part::client)) continue;
    mark.color = theme.of(standing);
    mark.badge = badge_of(standing);
    mark.fill = standing == Standing::up ? 0.06 : 0.22;
    if (standing != Standing::up) mark.caption = standing_name(standing);
    const bool edge =
        topology.components[c].is(Part::link) || topology.components[c].is(Part::stream);
    if (edge && standing == Standing::up) mark = {};
    if (edge) mark.hollow = standing != Standing::up;
    if (topology.components[c].is(Part::domain) && standing == Standing::up) mark = {};
  }
  double lost = 0.0;
  bool loses = false;
  for (std::size_t g = 0; g < topology.groups.size(); ++g) {
    const CompiledGroup& group = playback_->system().groups[g];
    if (group.copies && group.copies->counted()) {
      loses = true;
      lost += now.groups[g].lost_writes;
    }
    for (std::size_t m = 0; m < topology.groups[g].members.size(); ++m) {
      const Ref ref = topology.groups[g].members[m];
      if (ref.group) continue;
      Mark& mark = marks[ref.index];
      const Playback::Member& member = now.groups[g].members[m];
      const bool has_role = group.members[m].active != kNone<CellId>;
      if (now.components[ref.index] == Standing::up && has_role) {
        mark.hollow = !member.active;
        if (group.places > 0) mark.caption = member.active ? tr("active") : tr("standby");
        if (group.places == 0 && !member.active) mark.caption = tr("out of view");
      }
      if (!member.follows || m == 0 || member.active) continue;  // who leads is fed by nobody
      // On the stream that brings it writes.
      Mark stream;
      stream.color = member.backlog >= 0.5 ? theme.warm : theme.of(Role::fourth);
      stream.caption = member.backlog >= 0.5 ? tr("%1 writes behind").arg(whole(member.backlog))
                       : member.lag_s > 0    ? tr("lag %1").arg(duration(member.lag_s))
                                             : tr("in step");
      scene_.mark(
          text(topology.groups[g].name) + QChar(0x2192) + text(topology.components[ref.index].name),
          stream);
      const CompiledComponent* own = group.members[m].stream;
      if (own != nullptr && own->id != kNone<ComponentId>) {
        const auto c = component(text(own->name));
        if (c && now.components[*c] == Standing::up) marks[*c] = stream;
      }
    }
  }
  double most = 0.0;
  for (const double rate : now.traffic_per_s) most = std::max(most, rate);
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const QString name = text(topology.components[c].name);
    scene_.mark(name, marks[c]);
    if (topology.components[c].between.size() != 2) continue;
    const double rate = now.traffic_per_s[c];
    scene_.set_traffic(name, most > 0 ? rate / most : 0.0,
                       rate > 0 ? tr("%1/s").arg(number(rate)) : QString());
  }
  QStringList states;
  const auto& services = playback_->system().services;
  for (std::size_t s = 0; s < services.size(); ++s) {
    if (services[s].part_of) continue;
    const Playback::Service& service = now.services[s];
    QString line = QStringLiteral("<span style=\"color:%1\"><b>%2 %3</b></span>")
                       .arg((service.available ? theme.good : theme.bad).name(),
                            service.available ? QStringLiteral("●") : QStringLiteral("✕"),
                            text(services[s].name).toHtmlEscaped());
    line += " " + (service.available ? tr("available") : tr("down"));
    if (service.with_load) {
      line += tr(", %1 of %2 requests a second served")
                  .arg(number(service.served_per_s), number(service.offered_per_s));
    }
    states << line;
  }
  if (loses) {
    states << QStringLiteral("<span style=\"color:%1\">%2</span>")
                  .arg((lost > 0 ? theme.bad : theme.faint).name(),
                       tr("lost writes: <b>%1</b>").arg(whole(lost)));
  }
  for (std::size_t g = 0; g < topology.groups.size(); ++g) {
    if (!playback_->system().groups[g].buffer) continue;
    states << tr("%1 wait in %2").arg(whole(now.groups[g].waiting), text(topology.groups[g].name));
  }
  state_->setText(states.join(" &nbsp; "));
}

void PlaybackPanel::show_story() {
  const std::vector<StoryLine>& story = playback_->story();
  const Theme theme = theme_of(palette());
  // After a step back the last lines go; sentences without words are not shown.
  while (events_->count() > 0 &&
         events_->item(events_->count() - 1)->data(Qt::UserRole + 1).toULongLong() >=
             story.size()) {
    delete events_->takeItem(events_->count() - 1);
  }
  shown_lines_ = std::min(shown_lines_, story.size());
  if (story.size() - shown_lines_ > kMostLines) {
    events_->clear();
    shown_lines_ = story.size() - kMostLines;
  }
  bool added = false;
  for (; shown_lines_ < story.size(); ++shown_lines_) {
    const StoryLine& line = story[shown_lines_];
    if (line.pattern.empty()) continue;
    // Of a class of requests that goes with its service, the service is enough.
    const std::size_t slash = line.name.find('/');
    if (line.event.starts_with("service_") && slash != std::string::npos &&
        std::any_of(story.begin(), story.end(), [&](const StoryLine& other) {
          return other.t_s == line.t_s && other.event == line.event &&
                 other.name == line.name.substr(0, slash);
        })) {
      continue;
    }
    auto* item = new QListWidgetItem(short_clock(line.t_s) + "   " + (line.follows ? "   " : "") +
                                     sentence(line));
    item->setData(Qt::UserRole, line.t_s);
    item->setData(Qt::UserRole + 1, static_cast<qulonglong>(shown_lines_));
    switch (line.tone) {
      case StoryLine::Tone::good:
        item->setForeground(theme.good);
        break;
      case StoryLine::Tone::warm:
        item->setForeground(theme.warm);
        break;
      case StoryLine::Tone::bad:
        item->setForeground(theme.bad);
        break;
      case StoryLine::Tone::plain:
        break;
    }
    events_->addItem(item);
    added = true;
  }
  while (events_->count() > kMostLines) delete events_->takeItem(0);
  if (added) events_->scrollToBottom();
}

}  // namespace nines::gui
