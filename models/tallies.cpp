#include "models/tallies.hpp"

#include <algorithm>
#include <cmath>

#include "models/mechanisms/writes.hpp"

namespace nines {

TallyObserver::TallyObserver(const Model& model, const std::deque<CompiledGroup>& groups,
                             const std::vector<CompiledService>& services,
                             const Questions& questions)
    : by_signal_(model.signals.size()),
      by_measure_(model.measures.size()),
      commits_of_(model.evaluations.size()),
      buffers_of_(model.evaluations.size()),
      sources_of_(model.evaluations.size()),
      sources_of_signal_(model.signals.size()),
      questions_(questions) {
  using What = Said::What;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (!groups[g].copies) continue;
    const std::size_t row = copies_.size();
    Copies copies;
    copies.number = g;
    copies.compiled = &*groups[g].copies;
    for (const CompiledWrites& source : copies.compiled->writes) {
      if (source.evaluation != kNone<EvaluationId>) {
        sources_of_[index(source.evaluation)].emplace_back(row, copies.rates.size());
      } else {
        sources_of_signal_[index(source.available)].emplace_back(row, copies.rates.size());
      }
      copies.rates.push_back(0.0);
      copies.to_former.push_back(0.0);
    }
    if (copies.compiled->lost != kNone<MeasureId>) {
      by_measure_[index(copies.compiled->lost)] = {What::lost_writes, row, 0};
    }
    if (copies.compiled->data_losses != kNone<MeasureId>) {
      by_measure_[index(copies.compiled->data_losses)] = {What::data_loss, row, 0};
    }
    copies_.push_back(std::move(copies));
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (!groups[g].interrupted) continue;
    Commits commits;
    commits.number = g;
    for (const CompiledWrites& source : groups[g].interrupted->writes) {
      if (source.evaluation == kNone<EvaluationId>) continue;  // they take no time
      commits_of_[index(source.evaluation)].emplace_back(commits_.size(), commits.sources.size());
      commits.sources.push_back({source});
    }
    if (commits.sources.empty()) continue;
    by_measure_[index(groups[g].interrupted->leader)] = {What::leader_failed, commits_.size(), 0};
    commits_.push_back(std::move(commits));
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (!groups[g].buffer) continue;
    const CompiledGroup::Buffer& compiled = *groups[g].buffer;
    for (const auto* sources : {&compiled.takes, &compiled.passes}) {
      for (const CompiledWrites& source : *sources) {
        std::vector<std::size_t>& rows = buffers_of_[index(source.evaluation)];
        if (rows.empty() || rows.back() != buffers_.size()) rows.push_back(buffers_.size());
      }
    }
    Buffer buffer;
    buffer.number = g;
    buffer.compiled = &compiled;
    buffers_.push_back(buffer);
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const CompiledGroup::Failovers& f = groups[g].failovers;
    if (!f.any()) continue;
    const std::size_t row = groups_.size();
    const auto say = [&](MeasureId measure, What what, std::size_t item = 0) {
      if (measure != kNone<MeasureId>) by_measure_[index(measure)] = {what, row, item};
    };
    for (std::size_t w = 0; w < f.watched.size(); ++w) {
      by_signal_[index(f.watched[w].unnoticed)] = {What::unnoticed, row, w};
      say(f.watched[w].noticed, What::noticed, w);
    }
    say(f.begun, What::begun);
    say(f.done, What::done);
    say(f.failed, What::failed);
    say(f.unfounded, What::unfounded);
    say(f.returned, What::returned);
    if (f.split != kNone<SignalId>) by_signal_[index(f.split)] = {What::split, row, 0};
    splits_.push_back(f.split);
    Group group;
    group.number = g;
    group.failed_since_s.assign(f.watched.size(), kNot);
    groups_.push_back(std::move(group));
  }
  for (std::size_t s = 0; s < services.size(); ++s) {
    if (!services[s].sessions) continue;
    const std::size_t row = sessions_.size();
    by_measure_[index(services[s].sessions->lost)] = {What::lost, row, 0};
    by_signal_[index(services[s].sessions->open)] = {What::open, row, 0};
    opens_.push_back(services[s].sessions->open);
    sessions_.push_back({.number = s});
  }
}

void TallyObserver::run_begins(const Moment& moment) {
  counting_ = false;
  for (Group& group : groups_) {
    std::fill(group.failed_since_s.begin(), group.failed_since_s.end(), kNot);
    group.fault_s = group.noticed_s = kNot;
    group.under_way.clear();
  }
  for (Commits& commits : commits_) {
    for (Commits::Source& source : commits.sources) source = {source.of, 0.0, 0.0, moment.t_s};
  }
  for (Buffer& buffer : buffers_) {
    buffer.level = buffer.slope = buffer.in = 0.0;
    buffer.since_s = moment.t_s;
  }
  for (Copies& copies : copies_) {
    copies.history.clear();
    copies.at_s = kNot;
    copies.doomed = 0.0;
    copies.doomed_s = moment.t_s;
    std::fill(copies.to_former.begin(), copies.to_former.end(), 0.0);
    for (std::size_t i = 0; i < copies.rates.size(); ++i) {
      const CompiledWrites& source = copies.compiled->writes[i];
      const bool by_signal = source.evaluation == kNone<EvaluationId>;
      copies.rates[i] = by_signal && moment.reading.value(source.available) ? 1.0 : 0.0;
    }
    write(copies, moment.t_s);
  }
}

// ---- What is written and lost ------------------------------------------------------------------

void TallyObserver::evaluated(const Moment& moment, EvaluationId id,
                              std::span<const double> numbers) {
  for (const auto& [row, number] : commits_of_[index(id)]) {
    Commits::Source& source = commits_[row].sources[number];
    if (moment.t_s > source.since_s) source.before = source.under_way;
    source.since_s = moment.t_s;
    const double response_s =
        numbers[source.of.number - ServiceNumbers::kServed + ServiceNumbers::kResponse];
    // Without bound where a queue is saturated: nobody knows how many.
    const double writes = numbers[source.of.number] * source.of.share;
    source.under_way = std::isfinite(response_s) ? writes * response_s : 0.0;
  }
  for (const std::size_t row : buffers_of_[index(id)]) {
    Buffer& buffer = buffers_[row];
    buffer.settle(moment.t_s);
    buffer.slope = moment.reading.inflow(buffer.compiled->waiting);
    buffer.in = written_per_s(moment.reading, buffer.compiled->takes);
  }
  for (const auto& [row, source] : sources_of_[index(id)]) {
    Copies& copies = copies_[row];
    const CompiledWrites& from = copies.compiled->writes[source];
    doom(copies, moment.t_s);
    copies.to_former[source] = copies.compiled->promotes ? numbers[from.former] : 0.0;
    copies.rates[source] = numbers[from.number];
    write(copies, moment.t_s);
  }
}

/// On until now, but not below nothing.
void TallyObserver::Buffer::settle(double t_s) {
  const double span_s = t_s - since_s;
  since_s = t_s;
  const double until_empty_s = slope < 0 ? std::min(span_s, level / -slope) : span_s;
  const double then = std::max(0.0, level + slope * until_empty_s);
  area += 0.5 * (level + then) * until_empty_s;
  taken += in * span_s;
  most = std::max({most, level, then});
  level = slope < 0 && until_empty_s < span_s ? 0.0 : then;
}

void TallyObserver::doom(Copies& copies, double t_s) {
  for (const double rate : copies.to_former) copies.doomed += rate * (t_s - copies.doomed_s);
  copies.doomed_s = t_s;
}

TallyObserver::Copies* TallyObserver::copies_of(std::size_t group) {
  const auto at = std::find_if(copies_.begin(), copies_.end(),
                               [&](const Copies& copies) { return copies.number == group; });
  return at == copies_.end() ? nullptr : &*at;
}

/// From now on at the rates as they are.
void TallyObserver::write(Copies& copies, double t_s) const {
  double rate = 0.0;
  for (const double each : copies.rates) rate += each;
  auto& history = copies.history;
  double written = 0.0;
  if (!history.empty()) {
    const Copies::Break& last = history.back();
    if (last.rate == rate) return;
    written = last.written + last.rate * (t_s - last.t_s);
    if (last.t_s == t_s) history.pop_back();
  }
  history.push_back({t_s, written, rate});
}

/// How long before the last write that was acknowledged the oldest of so many was.
double TallyObserver::reach_of(const Copies& copies, double amount, double t_s) {
  auto at = std::partition_point(copies.history.begin(), copies.history.end(),
                                 [&](const Copies::Break& each) { return each.t_s < t_s; });
  if (at == copies.history.begin()) return 0.0;
  --at;
  double end_s = t_s;
  while (at->rate == 0 && at != copies.history.begin()) end_s = (at--)->t_s;
  const double last_s = end_s;
  for (double left = amount;; --at) {
    const double written = at->rate * (end_s - at->t_s);
    if (written >= left && at->rate > 0) return last_s - (end_s - left / at->rate);
    left -= written;
    end_s = at->t_s;
    if (at == copies.history.begin()) return last_s - end_s;
  }
}

/// What is lost at one moment is one loss.
void TallyObserver::count_loss(Copies& copies) {
  if (copies.at_s == kNot) return;
  const double reach_s = reach_of(copies, copies.at_once, copies.at_s);
  copies.lost += copies.at_once;
  copies.losses += 1.0;
  copies.largest = std::max(copies.largest, copies.at_once);
  copies.furthest_s = std::max(copies.furthest_s, reach_s);
  copies.writes.add(run_, copies.at_once, false);
  copies.reach_s.add(run_, reach_s, false);
  copies.reach_sum_s += reach_s;
  copies.at_s = kNot;
}

void TallyObserver::open(const Moment& moment, std::uint32_t run) {
  counting_ = true;
  run_ = run;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    Group& g = groups_[i];
    g.begun = g.done = g.failed = g.unfounded = g.returned = g.split_s = 0.0;
    const bool split = splits_[i] != kNone<SignalId> && !moment.reading.value(splits_[i]);
    g.split_since_s = split ? moment.t_s : kNot;
  }
  for (Buffer& buffer : buffers_) {
    buffer.settle(moment.t_s);
    buffer.area = buffer.taken = buffer.most = 0.0;
  }
  for (std::size_t i = 0; i < sessions_.size(); ++i) {
    Sessions& s = sessions_[i];
    s = {.number = s.number, .open_since_s = moment.reading.value(opens_[i]) ? moment.t_s : kNot};
  }
}

void TallyObserver::signal_changed(const Moment& moment, SignalId signal, bool value, SlotId) {
  const Said said = by_signal_[index(signal)];
  const double t_s = moment.t_s;
  for (const auto& [row, source] : sources_of_signal_[index(signal)]) {
    copies_[row].rates[source] = value ? 1.0 : 0.0;
    write(copies_[row], t_s);
  }
  switch (said.what) {
    case Said::What::unnoticed:
      groups_[said.row].failed_since_s[said.item] = value ? kNot : t_s;
      break;
    case Said::What::split: {
      Group& g = groups_[said.row];
      if (Copies* const copies = copies_of(g.number)) {
        doom(*copies, t_s);
        copies->doomed = 0.0;
      }
      if (counting_ && value && g.split_since_s != kNot) g.split_s += t_s - g.split_since_s;
      g.split_since_s = value ? kNot : t_s;
      break;
    }
    case Said::What::open: {
      Sessions& s = sessions_[said.row];
      if (counting_ && !value && s.open_since_s != kNot) s.open_s += t_s - s.open_since_s;
      s.open_since_s = value ? t_s : kNot;
      break;
    }
    default:
      break;
  }
}

void TallyObserver::earned(const Moment& moment, MeasureId measure, double amount) {
  const Said said = by_measure_[index(measure)];
  const double t_s = moment.t_s;
  if (said.what == Said::What::nothing) return;
  if (said.what == Said::What::leader_failed) {
    Commits& commits = commits_[said.row];
    for (const Commits::Source& source : commits.sources) {
      const double under_way = t_s > source.since_s ? source.under_way : source.before;
      commits.unknown += counting_ ? under_way : 0.0;
    }
    return;
  }
  if (said.what == Said::What::lost_writes || said.what == Said::What::data_loss) {
    Copies& copies = copies_[said.row];
    for (Buffer& buffer : buffers_) {
      if (buffer.number != copies.number) continue;
      buffer.settle(t_s);  // and all that waits is gone
      buffer.level = 0.0;
    }
    if (!counting_ || !(amount > 0)) return;
    if (said.what == Said::What::data_loss) {
      copies.data_losses += 1.0;
      return;
    }
    if (copies.at_s != t_s) count_loss(copies);
    copies.at_once = copies.at_s == t_s ? copies.at_once + amount : amount;
    copies.at_s = t_s;
    return;
  }
  if (said.what == Said::What::lost) {
    Sessions& s = sessions_[said.row];
    if (!counting_ || !(amount > 0)) return;
    // What is lost at one moment is one loss, on however many members it was.
    s.losses += t_s == s.last_s ? 0 : 1;
    s.at_once = t_s == s.last_s ? s.at_once + amount : amount;
    s.last_s = t_s;
    s.lost += amount;
    s.largest = std::max(s.largest, s.at_once);
    return;
  }
  Group& g = groups_[said.row];
  switch (said.what) {
    case Said::What::noticed: {
      // One that is noticed in no time was never told as unnoticed.
      double& since_s = g.failed_since_s[said.item];
      g.fault_s = since_s == kNot ? t_s : since_s;
      g.noticed_s = t_s;
      since_s = kNot;
      if (counting_) g.detection.add(run_, t_s - g.fault_s);
      break;
    }
    case Said::What::begun:
      // One that no notice has begun begins by itself.
      g.under_way.push_back({g.noticed_s == t_s ? g.fault_s : t_s, t_s});
      g.begun += counting_ ? 1.0 : 0.0;
      break;
    case Said::What::done:
      if (g.under_way.empty()) break;
      if (counting_) {
        g.done += 1.0;
        g.takeover.add(run_, t_s - g.under_way.front().begun_s);
        g.recovery.add(run_, t_s - g.under_way.front().fault_s);
      }
      g.under_way.pop_front();
      break;
    case Said::What::failed:
      g.failed += counting_ ? 1.0 : 0.0;
      if (!g.under_way.empty()) g.under_way.pop_back();
      break;
    case Said::What::unfounded:
      g.unfounded += counting_ ? 1.0 : 0.0;
      break;
    case Said::What::returned:
      g.returned += counting_ ? 1.0 : 0.0;
      break;
    default:
      break;
  }
}

void TallyObserver::close(const Moment& moment, RunsSummary& summary) {
  counting_ = false;
  const auto add = [](PairSums& sums, double x) {
    if (x > 0) sums.add(x, 0.0);
  };
  const auto move = [](Delays& delays, Spans& spans, PairSums& sums) {
    if (delays.count > 0) {
      spans.merge(delays.spans_s);
      sums.add(delays.sum_s, delays.count);
    }
    delays = {};
  };
  for (Group& g : groups_) {
    if (g.split_since_s != kNot) g.split_s += moment.t_s - g.split_since_s;
    GroupSummary& sums = summary.groups[g.number];
    add(sums.begun, g.begun);
    add(sums.done, g.done);
    add(sums.failed, g.failed);
    add(sums.unfounded, g.unfounded);
    add(sums.returned, g.returned);
    add(sums.split_s, g.split_s);
    move(g.detection, sums.detection_s, sums.detection);
    move(g.takeover, sums.takeover_s, sums.takeover);
    move(g.recovery, sums.recovery_s, sums.recovery);
  }
  for (Commits& commits : commits_) {
    add(summary.groups[commits.number].unknown, commits.unknown);
    commits.unknown = 0.0;
  }
  for (Buffer& buffer : buffers_) {
    buffer.settle(moment.t_s);
    GroupSummary& sums = summary.groups[buffer.number];
    if (buffer.taken > 0) sums.waited.add(buffer.area, buffer.taken);
    sums.most_waiting = std::max(sums.most_waiting, buffer.most);
    buffer.area = buffer.taken = buffer.most = 0.0;
  }
  // What is lost when two become one again is lost at the horizon, too.
  for (const Group& g : groups_) {
    Copies* const copies = g.split_since_s != kNot ? copies_of(g.number) : nullptr;
    if (copies == nullptr) continue;
    doom(*copies, moment.t_s);
    if (!(copies->doomed > 0)) continue;
    count_loss(*copies);
    copies->at_once = copies->doomed;
    copies->at_s = moment.t_s;
  }
  lost_writes_ = 0.0;
  bool within_writes = true;
  bool within_time = true;
  for (Copies& copies : copies_) {
    count_loss(copies);
    GroupSummary& sums = summary.groups[copies.number];
    if (copies.losses > 0) {
      sums.lost_writes.add(copies.lost, copies.losses);
      sums.losses.add(copies.losses, 0.0);
      sums.lost_writes_of_a_run.add(copies.lost);
      sums.loss_writes.merge(copies.writes);
      sums.loss_reach_s.merge(copies.reach_s);
      sums.loss_reach.add(copies.reach_sum_s, copies.losses);
    }
    if (copies.compiled->counted()) lost_writes_ += copies.lost;
    add(sums.data_losses, copies.data_losses);
    within_writes = within_writes && copies.largest <= questions_.rpo_writes.value_or(1e300);
    within_time = within_time && copies.furthest_s <= questions_.rpo_s.value_or(1e300);
    copies.lost = copies.losses = copies.data_losses = 0.0;
    copies.largest = copies.furthest_s = copies.reach_sum_s = 0.0;
    copies.writes = copies.reach_s = {};
  }
  summary.missed_rpo_writes += within_writes ? 0 : 1;
  summary.missed_rpo_s += within_time ? 0 : 1;
  for (Sessions& s : sessions_) {
    if (s.open_since_s != kNot) s.open_s += moment.t_s - s.open_since_s;
    ServiceSummary& sums = summary.services[s.number];
    if (s.losses > 0) sums.lost_sessions.add(s.lost, static_cast<double>(s.losses));
    sums.largest_loss_of_sessions = std::max(sums.largest_loss_of_sessions, s.largest);
    sums.sessions_open_s += s.open_s;
  }
}

}  // namespace nines
