#include "studies/playback.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "engine/run/fluids.hpp"

namespace nines {
namespace {

constexpr std::size_t kActsPerCheckpoint = 32;

/// Whether any service goes down.
class OutageSeeker final : public Observer {
 public:
  explicit OutageSeeker(const System& system) : system_(system) {}
  bool found = false;
  void run_begins(const Moment&) override { found = false; }
  void signal_changed(const Moment& moment, SignalId signal, bool up, SlotId) override {
    const auto is_it = [&](const CompiledService& s) { return s.available == signal; };
    if (up || std::none_of(system_.services.begin(), system_.services.end(), is_it)) return;
    found = true;
    moment.control.stop = true;
  }

 private:
  const System& system_;
};

}  // namespace

std::optional<std::uint32_t> run_with_outage(const System& system, std::uint64_t seed,
                                             std::uint32_t first, double horizon_s,
                                             std::uint32_t most,
                                             const std::atomic<bool>& interrupted) {
  OutageSeeker seeker(system);
  Simulator simulator(*system.model, {seed, Start::all_new, Width::automatic, horizon_s},
                      {&seeker});
  for (std::uint32_t run = first; run - first < most && !interrupted.load(); ++run) {
    simulator.begin(run);
    simulator.advance(horizon_s);
    if (seeker.found) return run;
  }
  return std::nullopt;
}

/// Adds up the acknowledged writes that each group has lost.
class Playback::Losses final : public Observer {
 public:
  Losses(const System& system, std::vector<double>& lost) : system_(system), lost_(lost) {}
  void earned(const Moment&, MeasureId measure, double amount) override {
    for (std::size_t g = 0; g < system_.groups.size(); ++g) {
      const auto& copies = system_.groups[g].copies;
      if (copies && copies->counted() && copies->lost == measure) lost_[g] += amount;
    }
  }

 private:
  const System& system_;
  std::vector<double>& lost_;
};

Playback::Playback(const Topology& topology, std::uint64_t seed, std::uint32_t run,
                   double horizon_s)
    : topology_(topology),
      system_(compile(topology_, Laws::as_written, ByHand::yes)),
      seed_(seed),
      run_(run),
      horizon_s_(horizon_s) {
  teller_ = std::make_unique<StoryTeller>(
      *system_, [this](const StoryLine& line) { story_.push_back(line); });
  losses_ = std::make_unique<Losses>(*system_, lost_);
  const SimulatorOptions options{seed_, Start::all_new, Width::automatic, horizon_s_};
  simulator_ = std::make_unique<Simulator>(*system_->model, options,
                                           std::vector<Observer*>{teller_.get(), losses_.get()},
                                           teller_.get());
  lost_.assign(system_->groups.size(), 0.0);
  simulator_->begin(run_);
  for (std::size_t c = 0; c < system_->components.size(); ++c) {
    standing_.push_back(standing_of(c));
  }
  for (const CompiledService& service : system_->services) {
    available_.push_back(simulator_->value(service.available));
  }
  remember();
}

Playback::~Playback() = default;

double Playback::next_s() const {
  const double next_s = position_ < acts_.size() ? acts_[position_].t_s : simulator_->next_s();
  return std::min(next_s, horizon_s_);
}

bool Playback::step() {
  if (position_ == acts_.size()) {
    const double next_s = simulator_->next_s();
    if (!(next_s < horizon_s_)) {
      now_s_ = horizon_s_;
      return false;
    }
    acts_.push_back({Act::What::event, next_s, {}});
  }
  forward();
  now_s_ = acts_[position_ - 1].t_s;
  return true;
}

bool Playback::step_told() {
  while (step()) {
    if (acts_[position_ - 1].told) return true;
  }
  return false;
}

bool Playback::back() {
  if (position_ == 0) {
    now_s_ = 0.0;
    return false;
  }
  if (now_s_ > acts_[position_ - 1].t_s) {
    // Between two instants: to the one that was.
    now_s_ = acts_[position_ - 1].t_s;
    return true;
  }
  go_to(position_ - 1);
  now_s_ = position_ == 0 ? 0.0 : acts_[position_ - 1].t_s;
  return true;
}

bool Playback::back_told() {
  while (back()) {
    if (position_ == 0 || acts_[position_ - 1].told) return true;
  }
  return false;
}

void Playback::seek(double t_s) {
  t_s = t_s >= 0 ? std::min(t_s, horizon_s_) : 0.0;
  const auto later = std::upper_bound(acts_.begin(), acts_.end(), t_s,
                                      [](double t, const Act& act) { return t < act.t_s; });
  const auto position = static_cast<std::size_t>(later - acts_.begin());
  if (position < position_) {
    go_to(position);
  } else {
    while (position_ < position) forward();
  }
  while (position_ == acts_.size() && simulator_->next_s() <= t_s &&
         simulator_->next_s() < horizon_s_) {
    step();
  }
  now_s_ = t_s;
}

/// The next of the acts happens.
void Playback::forward() {
  Act& act = acts_[position_];
  act.story = story_.size();
  act.changes = changes_.size();
  perform(act);
  ++position_;
  note_changes();
  act.told = changes_.size() > act.changes || act.what != Act::What::event;
  for (std::size_t i = act.story; i < story_.size(); ++i) {
    act.told = act.told || !story_[i].pattern.empty();
  }
  if (position_ % kActsPerCheckpoint == 0) remember();
}

void Playback::perform(const Act& act) {
  if (act.what == Act::What::event) {
    simulator_->step(horizon_s_);
    return;
  }
  simulator_->advance(act.t_s);
  act.what == Act::What::fail ? simulator_->inject(act.mode) : simulator_->mend(act.mode);
}

void Playback::go_to(std::size_t position) {
  const auto after = std::upper_bound(
      checkpoints_.begin(), checkpoints_.end(), position,
      [](std::size_t p, const Checkpoint& checkpoint) { return p < checkpoint.position; });
  const Checkpoint& from = *std::prev(after);
  story_.resize(from.position < acts_.size() ? acts_[from.position].story : story_.size());
  changes_.resize(from.position < acts_.size() ? acts_[from.position].changes : changes_.size());
  position_ = from.position;
  standing_ = from.standing;
  available_ = from.available;
  lost_ = from.lost;
  simulator_->load(from.state);
  *teller_ = from.teller;  // after `load`, which begins its story anew
  while (position_ < position) forward();
}

void Playback::remember() {
  if (!checkpoints_.empty() && checkpoints_.back().position >= position_) return;
  checkpoints_.push_back({position_, simulator_->now(), *teller_, standing_, available_, lost_});
}

void Playback::forget_later() {
  acts_.resize(position_);
  while (checkpoints_.back().position > position_) checkpoints_.pop_back();
}

void Playback::by_hand(Act::What what, ModeId mode) {
  forget_later();
  acts_.push_back({what, now_s_, mode});
  forward();
}

bool Playback::fail(std::size_t component, std::size_t mode) {
  const CompiledComponent& of = system_->components[component];
  if (mode >= of.modes.size() || simulator_->failed(of.modes[mode].id)) return false;
  by_hand(Act::What::fail, of.modes[mode].id);
  return true;
}

bool Playback::fails_by_hand(std::size_t component) {
  const std::vector<CompiledMode>& modes = system_->components[component].modes;
  return !modes.empty() && fail(component, modes.size() - 1);
}

bool Playback::mend(std::size_t component, std::size_t mode) {
  const CompiledComponent& of = system_->components[component];
  if (mode >= of.modes.size()) return false;
  const ModeId id = of.modes[mode].id;
  if (!simulator_->failed(id) || !state().slots[index(id)].pending()) return false;
  by_hand(Act::What::mend, id);
  return true;
}

bool Playback::mend_all(std::size_t component) {
  const std::vector<CompiledMode>& modes = system_->components[component].modes;
  bool any = false;
  bool all = true;
  for (std::size_t m = 0; m < modes.size(); ++m) {
    if (!simulator_->failed(modes[m].id)) continue;
    any = true;
    all = mend(component, m) && all;
  }
  return any && all;
}

Standing Playback::standing_of(std::size_t c) const {
  const CompiledComponent& component = system_->components[c];
  if (component.id == kNone<ComponentId>) return Standing::up;
  bool part = false;
  for (const CompiledMode& mode : component.modes) {
    if (!simulator_->failed(mode.id)) continue;
    if (mode.takes_down()) return Standing::failed;
    part = true;
  }
  if (simulator_->restarting(component.id)) return Standing::restarting;
  const auto is_false = [&](SignalId signal) {
    return signal != kNone<SignalId> && !simulator_->value(signal);
  };
  if (is_false(component.powered) || is_false(component.host)) return Standing::masked;
  if (is_false(component.ready)) return Standing::restarting;
  if (is_false(component.usable)) return Standing::waiting;
  return part ? Standing::degraded : Standing::up;
}

void Playback::note_changes() {
  const double t_s = simulator_->now().now_s;
  for (std::size_t c = 0; c < standing_.size(); ++c) {
    const Standing now = standing_of(c);
    if (now == standing_[c]) continue;
    standing_[c] = now;
    changes_.push_back({t_s, false, c, now});
  }
  for (std::size_t s = 0; s < available_.size(); ++s) {
    const bool now = simulator_->value(system_->services[s].available);
    if (now == available_[s]) continue;
    available_[s] = now;
    changes_.push_back({t_s, true, s, now ? Standing::up : Standing::failed});
  }
}

double Playback::recorded_s() const {
  return std::max(now_s_, acts_.empty() ? 0.0 : acts_.back().t_s);
}

Playback::View Playback::view() const {
  View view;
  view.t_s = now_s_;
  view.components = standing_;
  for (const CompiledService& service : system_->services) {
    Service& s = view.services.emplace_back();
    s.available = simulator_->value(service.available);
    s.with_load = service.with_load;
    if (!service.with_load) continue;
    std::array<double, ServiceNumbers::kCount> numbers{};
    for (std::uint32_t i = 0; i < ServiceNumbers::kCount; ++i) {
      numbers[i] = simulator_->number(service.evaluation, service.first_number + i);
    }
    const ServiceNumbers now = ServiceNumbers::read(numbers.data());
    s.offered_per_s = now.offered_per_s;
    s.served_per_s = now.served_per_s;
    s.response_s = now.response_s;
  }
  const Model& model = *system_->model;
  State at_now = state();  // what has flowed in since the last event, too
  at_now.now_s = now_s_;
  const auto level = [&](FluidId id) {
    return level_at(state().fluids[index(id)], model.fluids[index(id)], now_s_);
  };
  for (std::size_t g = 0; g < system_->groups.size(); ++g) {
    const CompiledGroup& group = system_->groups[g];
    Group& out = view.groups.emplace_back();
    out.lost_writes = lost_[g];
    if (group.buffer) out.waiting = level(group.buffer->waiting);
    for (const CompiledGroup::Member& member : group.members) {
      Member& m = out.members.emplace_back();
      m.active = member.active == kNone<CellId> || simulator_->cell(member.active) != 0;
      bool usable = member.usable == kNone<SignalId> || simulator_->value(member.usable);
      for (const SignalId condition : member.conditions) {
        usable = usable && simulator_->value(condition);
      }
      m.serves = m.active && usable;
      if (member.behind == kNone<FluidId>) continue;
      m.follows = true;
      m.backlog = level(member.behind);
      if (member.unsent == kNone<FluidId>) continue;
      const FluidRow& row = model.fluids[index(member.unsent)];
      m.lag_s = model.law(row.window).mean();
      // In step it lacks only what the stream has under way.
      if (m.backlog <= 0) m.backlog = held_within(at_now, member.unsent, row, m.lag_s);
    }
  }
  find_traffic(view);
  return view;
}

/// What is served goes from each that serves a step to all that serve the next, in equal parts,
/// over as few links as can be.
void Playback::find_traffic(View& view) const {
  view.traffic_per_s.assign(topology_.components.size(), 0.0);
  if (!topology_.networked()) return;
  const auto works = [&](std::size_t c) {
    return view.components[c] == Standing::up || view.components[c] == Standing::degraded;
  };
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> next(topology_.components.size());
  for (std::size_t l = 0; l < topology_.components.size(); ++l) {
    const std::vector<std::size_t>& ends = topology_.components[l].between;
    if (ends.size() != 2 || !works(l)) continue;
    next[ends[0]].emplace_back(ends[1], l);
    next[ends[1]].emplace_back(ends[0], l);
  }
  struct From {
    std::size_t before = 0;
    std::size_t link = 0;
    bool reached = false;
  };
  const auto spread = [&](std::size_t source, const std::vector<std::size_t>& targets,
                          double rate_per_s) {
    std::vector<From> from(topology_.components.size());
    std::deque<std::size_t> queue{source};
    from[source].reached = true;
    while (!queue.empty()) {
      const std::size_t at = queue.front();
      queue.pop_front();
      if (at != source && !system_->components[at].forwards) continue;
      for (const auto& [other, link] : next[at]) {
        if (from[other].reached || !works(other)) continue;
        from[other] = {at, link, true};
        queue.push_back(other);
      }
    }
    for (std::size_t target : targets) {
      if (!from[target].reached) continue;
      for (; target != source; target = from[target].before) {
        view.traffic_per_s[from[target].link] += rate_per_s;
      }
    }
  };
  const auto serving = [&](std::size_t g) {
    std::vector<std::size_t> out;
    std::vector<std::size_t> groups{g};
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const std::vector<Ref>& members = topology_.groups[groups[i]].members;
      for (std::size_t m = 0; m < members.size(); ++m) {
        if (!view.groups[groups[i]].members[m].serves) continue;
        members[m].group ? groups.push_back(members[m].index) : out.push_back(members[m].index);
      }
    }
    return out;
  };
  for (const TopologyService& service : topology_.services) {
    const auto compiled =
        std::find_if(system_->services.begin(), system_->services.end(),
                     [&](const CompiledService& s) { return s.name == service.name; });
    if (compiled == system_->services.end()) continue;
    const Service& now =
        view.services[static_cast<std::size_t>(compiled - system_->services.begin())];
    if (!now.with_load || now.offered_per_s <= 0) continue;
    double all_per_s = 0.0;
    for (const TopologyPath& path : service.paths) all_per_s += path.offered_per_s;
    for (const TopologyPath& path : service.paths) {
      if (all_per_s <= 0) break;
      const double rate_per_s = now.served_per_s * path.offered_per_s / all_per_s;
      std::vector<std::size_t> before{service.from};
      for (const TopologyStep& step : path.steps) {
        std::vector<std::size_t> here;
        for (const std::size_t g : step.groups) {
          for (const std::size_t c : serving(g)) here.push_back(c);
        }
        if (here.empty()) break;
        const double each_per_s = rate_per_s / static_cast<double>(before.size() * here.size());
        for (const std::size_t source : before) spread(source, here, each_per_s);
        before = std::move(here);
      }
    }
  }
}

}  // namespace nines
