#include "models/outages.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nines {
namespace {

constexpr std::int32_t kNotOurs = -1;

template <class Key>
void merge_maps(std::map<Key, PairSums>& into, const std::map<Key, PairSums>& from) {
  for (const auto& [key, sums] : from) into[key].merge(sums);
}

}  // namespace

void ServiceSummary::merge(const ServiceSummary& other) {
  down.merge(other.down);
  runs_with_downtime += other.runs_with_downtime;
  runs_with_outage += other.runs_with_outage;
  counts.merge(other.counts);
  downtime_s.merge(other.downtime_s);
  for (const auto& [outages, runs] : other.runs_by_outages) runs_by_outages[outages] += runs;
  lengths_s.merge(other.lengths_s);
  between_s.merge(other.between_s);
  first_outage_s.merge(other.first_outage_s);
  first.merge(other.first);
  degraded.merge(other.degraded);
  unserved.merge(other.unserved);
  stale.merge(other.stale);
  offered += other.offered;
  response.merge(other.response);
  saturated.merge(other.saturated);
  for (const auto& [law, weights] : other.response_laws) {
    auto& into = response_laws[law];
    for (std::size_t g = 0; g < weights.size(); ++g) into[g] += weights[g];
  }
  down_at.resize(std::max(down_at.size(), other.down_at.size()));
  for (std::size_t i = 0; i < other.down_at.size(); ++i) down_at[i] += other.down_at[i];
  merge_maps(by_cause, other.by_cause);
  merge_maps(by_set, other.by_set);
  lost_sessions.merge(other.lost_sessions);
  largest_loss_of_sessions = std::max(largest_loss_of_sessions, other.largest_loss_of_sessions);
  sessions_open_s += other.sessions_open_s;
}

void GroupSummary::merge(const GroupSummary& other) {
  detection_s.merge(other.detection_s);
  takeover_s.merge(other.takeover_s);
  recovery_s.merge(other.recovery_s);
  detection.merge(other.detection);
  takeover.merge(other.takeover);
  recovery.merge(other.recovery);
  begun.merge(other.begun);
  done.merge(other.done);
  failed.merge(other.failed);
  unfounded.merge(other.unfounded);
  returned.merge(other.returned);
  split_s.merge(other.split_s);
  lost_writes.merge(other.lost_writes);
  losses.merge(other.losses);
  lost_writes_of_a_run.merge(other.lost_writes_of_a_run);
  loss_writes.merge(other.loss_writes);
  loss_reach_s.merge(other.loss_reach_s);
  loss_reach.merge(other.loss_reach);
  data_losses.merge(other.data_losses);
  unknown.merge(other.unknown);
  waited.merge(other.waited);
  most_waiting = std::max(most_waiting, other.most_waiting);
}

void RunsSummary::merge(const RunsSummary& other) {
  runs += other.runs;
  for (std::size_t g = 0; g < runs_by_group.size(); ++g) runs_by_group[g] += other.runs_by_group[g];
  observed_s += other.observed_s;
  missed_availability += other.missed_availability;
  missed_rto += other.missed_rto;
  missed_rpo_writes += other.missed_rpo_writes;
  missed_rpo_s += other.missed_rpo_s;
  events += other.events;
  services.resize(std::max(services.size(), other.services.size()));
  for (std::size_t i = 0; i < other.services.size(); ++i) services[i].merge(other.services[i]);
  groups.resize(std::max(groups.size(), other.groups.size()));
  for (std::size_t i = 0; i < other.groups.size(); ++i) groups[i].merge(other.groups[i]);
  costs.merge(other.costs);
}

OutageObserver::OutageObserver(const Model& model, const std::vector<CompiledService>& services,
                               Questions questions)
    : services_(services),
      questions_(std::move(questions)),
      service_of_signal_(model.signals.size(), kNotOurs),
      watches_(services.size()),
      loads_(services.size()),
      services_of_evaluation_(model.evaluations.size()),
      last_cause_(services.size(), static_cast<std::uint32_t>(kNone<SlotId>)),
      cuts_(model, services),
      down_s_(services.size(), 0.0) {
  for (std::size_t i = 0; i < services.size(); ++i) {
    service_of_signal_[index(services[i].available)] = static_cast<std::int32_t>(i);
    wholes_ += services[i].part_of ? 0 : 1;
    if (!services[i].with_load) continue;
    with_load_.push_back(static_cast<std::uint32_t>(i));
    services_of_evaluation_[index(services[i].evaluation)].push_back(with_load_.back());
  }
  take();
}

std::unique_ptr<RunsSummary> OutageObserver::take() {
  auto fresh = std::make_unique<RunsSummary>();
  fresh->services.resize(services_.size());
  for (ServiceSummary& service : fresh->services) {
    service.down_at.resize(questions_.at_s.size());
  }
  std::swap(fresh, summary_);
  return fresh;
}

void OutageObserver::run_begins(const Moment&) {
  counting_ = false;
  down_now_.clear();  // the count of attention begins anew with the run
  std::fill(last_cause_.begin(), last_cause_.end(), static_cast<std::uint32_t>(kNone<SlotId>));
}

void OutageObserver::open(const Moment& moment, std::uint32_t run) {
  run_ = run;
  counting_ = true;
  quick_enough_ = true;
  undecided_.clear();
  opened_s_ = moment.t_s;
  without_outage_ = wholes_;
  for (const std::uint32_t i : touched_) {
    watches_[i] = Watch{};
  }
  touched_.clear();
  moment.control.attention -= static_cast<int>(down_now_.size());
  down_now_.clear();
  for (const std::uint32_t i : with_load_) {
    loads_[i] = {.now = loads_[i].now, .since_s = moment.t_s};
  }
  for (std::size_t i = 0; i < services_.size(); ++i) {
    if (!moment.reading.value(services_[i].available)) {
      goes_down(moment, i, last_cause_[i], false);
    }
  }
}

void OutageObserver::touch(std::size_t service) {
  Watch& watch = watches_[service];
  if (watch.touched) return;
  watch.touched = true;
  watch.down_at.assign(questions_.at_s.size(), false);
  touched_.push_back(static_cast<std::uint32_t>(service));
}

void OutageObserver::goes_down(const Moment& moment, std::size_t service, std::uint32_t cause,
                               bool begins) {
  touch(service);
  Watch& watch = watches_[service];
  if (begins) {
    if (watch.outages == 0) {
      watch.first_s = moment.t_s - opened_s_;
      if (!services_[service].part_of && --without_outage_ == 0 && questions_.until_first_outage) {
        moment.control.stop = true;
      }
    } else {
      summary_->services[service].between_s.add(run_, moment.t_s - watch.since_s, false);
    }
    ++watch.outages;
  }
  watch.up = false;
  watch.outage_counted = begins;
  watch.cause = cause;
  watch.since_s = moment.t_s;
  watch.down.clear();
  watch.cut.clear();
  watch.cut_since_s = moment.t_s;
  ++moment.control.attention;
  down_now_.push_back(service);
  look_at_cut(moment, service);
}

void OutageObserver::comes_up(double t_s, std::size_t service, bool cut_off) {
  Watch& watch = watches_[service];
  const double length_s = t_s - watch.since_s;
  watch.downtime_s += length_s;
  watch.by_cause[watch.cause] += length_s;
  watch.by_set[watch.cut] += t_s - watch.cut_since_s;
  for (std::size_t k = 0; k < questions_.at_s.size(); ++k) {
    const double at_s = opened_s_ + questions_.at_s[k];
    if (watch.since_s <= at_s && at_s < t_s) watch.down_at[k] = true;
  }
  if (watch.outage_counted) {
    summary_->services[service].lengths_s.add(run_, length_s, cut_off);
    watch.longest_s = std::max(watch.longest_s, length_s);
  }
  watch.up = true;
  watch.since_s = t_s;
}

void OutageObserver::signal_changed(const Moment& moment, SignalId signal, bool value,
                                    SlotId origin) {
  const std::int32_t service = service_of_signal_[index(signal)];
  if (service == kNotOurs) return;
  const auto i = static_cast<std::size_t>(service);
  if (!value) last_cause_[i] = static_cast<std::uint32_t>(origin);
  if (!counting_) {
    const auto open = undecided_.find(i);
    if (value && open != undecided_.end()) {
      if (moment.t_s - open->second > *questions_.rto_s) quick_enough_ = false;
      undecided_.erase(open);
    }
    return;
  }
  if (!value) {
    goes_down(moment, i, static_cast<std::uint32_t>(origin), true);
    return;
  }
  comes_up(moment.t_s, i, false);
  --moment.control.attention;
  std::erase(down_now_, i);
}

void OutageObserver::settle_load(double t_s, std::size_t service) {
  Load& load = loads_[service];
  const double span_s = t_s - load.since_s;
  load.since_s = t_s;
  const ServiceNumbers& now = load.now;
  if (!(span_s > 0) || !(now.offered_per_s > 0)) return;
  load.offered += now.offered_per_s * span_s;
  load.stale += now.stale_per_s * span_s;
  const double missing = now.offered_per_s - now.served_per_s;
  if (missing > 0) {
    load.unserved += missing * span_s;
    if (now.available > 0) load.degraded_s += span_s;
  }
  if (std::isinf(now.response_s)) {
    load.saturated_s += span_s;
  } else if (services_[service].with_responses && now.served_per_s > 0) {
    const double requests = now.served_per_s * span_s;
    load.responded += requests;
    load.response_s += requests * now.response_s;
    if (now.response_law == 0.0) return;
    if (load.weights == nullptr) {
      load.weights = &summary_->services[service].response_laws[now.response_law];
    }
    (*load.weights)[run_ % Spans::kGroups] += requests;
  }
}

void OutageObserver::evaluated(const Moment& moment, EvaluationId evaluation,
                               std::span<const double> numbers) {
  for (const std::uint32_t i : services_of_evaluation_[index(evaluation)]) {
    if (counting_) settle_load(moment.t_s, i);
    const double* const own = numbers.data() + services_[i].first_number;
    loads_[i].now = ServiceNumbers::read(own);
    loads_[i].weights = nullptr;
  }
}

/// Blame by set.
void OutageObserver::look_at_cut(const Moment& moment, std::size_t service) {
  Watch& watch = watches_[service];
  CutSet down = cuts_.down(service, moment.reading);
  std::vector<bool> flags = cuts_.flags(service, moment.reading);
  if (down == watch.down && flags == watch.flags && moment.t_s > watch.since_s) return;
  CutSet cut = cuts_.thinned(service, down, moment.reading);
  watch.down = std::move(down);
  watch.flags = std::move(flags);
  if (cut == watch.cut) return;
  if (moment.t_s > watch.cut_since_s) {
    watch.by_set[watch.cut] += moment.t_s - watch.cut_since_s;
    watch.cut_since_s = moment.t_s;
  }
  watch.cut = std::move(cut);
}

void OutageObserver::instant(const Moment& moment) {
  for (const std::size_t service : down_now_) look_at_cut(moment, service);
}

double OutageObserver::decided_by_s() const {
  double by_s = 0.0;
  for (const auto& [service, since_s] : undecided_) {
    by_s = std::max(by_s, since_s + *questions_.rto_s);
  }
  return by_s;
}

void OutageObserver::run_ends(const Moment& moment) {
  if (counting_) close(moment);
  // Still down when it should have been decided: longer than the objective.
  for (const auto& [service, since_s] : undecided_) {
    if (moment.t_s - since_s > *questions_.rto_s) quick_enough_ = false;
  }
  summary_->missed_rto += quick_enough_ ? 0 : 1;
}

void OutageObserver::close(const Moment& moment) {
  counting_ = false;
  const double horizon_s = moment.t_s - opened_s_;
  RunsSummary& all = *summary_;
  ++all.runs;
  ++all.runs_by_group[run_ % Spans::kGroups];
  all.observed_s += horizon_s;
  bool available_enough = true;
  for (const std::size_t i : down_now_) {
    const Watch& watch = watches_[i];
    if (questions_.rto_s && watch.outage_counted &&
        moment.t_s - watch.since_s <= *questions_.rto_s) {
      undecided_[i] = watch.since_s;
    }
    comes_up(moment.t_s, i, true);
  }
  moment.control.attention -= static_cast<int>(down_now_.size());
  down_now_.clear();
  for (const std::uint32_t i : with_load_) {
    settle_load(moment.t_s, i);
    const Load& load = loads_[i];
    ServiceSummary& sums = all.services[i];
    sums.offered += load.offered;
    sums.response.add(load.response_s, load.responded);
    if (load.degraded_s > 0) sums.degraded.add(load.degraded_s, 0.0);
    if (load.unserved > 0) sums.unserved.add(load.unserved, 0.0);
    if (load.stale > 0) sums.stale.add(load.stale, 0.0);
    if (load.saturated_s > 0) sums.saturated.add(load.saturated_s, 0.0);
  }
  std::fill(down_s_.begin(), down_s_.end(), 0.0);
  for (const std::uint32_t i : touched_) {
    Watch& watch = watches_[i];
    ServiceSummary& sums = all.services[i];
    down_s_[i] = watch.downtime_s;
    const auto outages = static_cast<double>(watch.outages);
    if (watch.outages > 0 && moment.t_s > watch.since_s) {
      sums.between_s.add(run_, moment.t_s - watch.since_s, true);
    }
    if (watch.downtime_s > 0 || watch.outages > 0) {
      sums.down.add(watch.downtime_s, outages);
      sums.downtime_s.add(watch.downtime_s);
      sums.runs_with_downtime += watch.downtime_s > 0 ? 1 : 0;
    }
    if (watch.outages > 0) {
      ++sums.runs_with_outage;
      sums.counts.add(outages, outages);
      ++sums.runs_by_outages[watch.outages];
      sums.first_outage_s.add(run_, watch.first_s, false);
      sums.first.add(watch.first_s, 1.0);
    }
    for (std::size_t k = 0; k < watch.down_at.size(); ++k) {
      sums.down_at[k] += watch.down_at[k] ? 1 : 0;
    }
    for (const auto& [cause, down_s] : watch.by_cause) {
      if (down_s > 0) sums.by_cause[cause].add(down_s, watch.downtime_s);
    }
    for (const auto& [set, down_s] : watch.by_set) {
      if (down_s > 0) sums.by_set[set].add(down_s, watch.downtime_s);
    }
    if (services_[i].part_of) continue;  // objectives are for whole services
    if (questions_.availability_objective &&
        watch.downtime_s > (1.0 - *questions_.availability_objective) * horizon_s) {
      available_enough = false;
    }
    if (questions_.rto_s && watch.longest_s > *questions_.rto_s) quick_enough_ = false;
  }
  all.missed_availability += available_enough ? 0 : 1;
}

}  // namespace nines
