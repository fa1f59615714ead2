#include "models/mechanisms/detection.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/check.hpp"

namespace nines {
namespace {

/// U(low, high), also where the two are one.
LawPtr between(double low_s, double high_s) {
  return high_s > low_s ? uniform(low_s, high_s) : deterministic(low_s);
}

LawPtr either(double probability, LawPtr one, LawPtr other) {
  if (!(probability > 0)) return other;
  if (!(probability < 1)) return one;
  return mixture({{probability, std::move(one)}, {1.0 - probability, std::move(other)}});
}

}  // namespace

LawPtr HealthCheck::notice(Looks looks) const {
  if (looks == Looks::hidden || (layer == 4 && looks == Looks::hangs)) return nullptr;
  const double lasts_s = looks == Looks::refused ? 0.0 : timeout_s;
  const double failing = paced_by_start ? 1.0 : fall;  // whose duration adds to the delay
  const double least_s = (fall - 1) * fast_s + failing * lasts_s;
  return between(least_s, interval_s + least_s);
}

LawPtr HealthCheck::back(Looks looks) const {
  const double more_s = (rise - 1) * fast_s;
  const double lasts_s = looks == Looks::refused ? 0.0 : timeout_s;
  if (looks == Looks::hangs) {
    // A check that is under way succeeds as soon as the process goes on.
    const double rest_s = paced_by_start ? std::max(0.0, down_s - lasts_s) : down_s;
    return either(lasts_s / (rest_s + lasts_s), deterministic(more_s),
                  between(more_s, rest_s + more_s));
  }
  if (paced_by_start) return between(more_s, down_s + more_s);
  // One that is under way still fails after silence: what was sent is lost.
  return either(lasts_s / (down_s + lasts_s), between(down_s + more_s, lasts_s + down_s + more_s),
                between(more_s, down_s + more_s));
}

LawPtr HealthCheck::false_alarm() const {
  if (!(errs > 0)) return nullptr;
  const double all = std::pow(errs, fall);
  // Checks until `fall` in a row have erred, a renewal argument (Feller, An Introduction to
  // Probability Theory, vol. 1, XIII.7): (1 - p^F) / ((1 - p) p^F) of them on average.
  return exponential((1.0 - all) * interval_s / ((1.0 - errs) * all));
}

LawPtr HealthCheck::back_after_false_alarm() const {
  // Check by check: after a failure the next comes a down interval later, after a success a fast
  // one; `rise` successes in a row end it.
  struct Row {
    int successes;
    double s;
    double probability;
  };
  constexpr double kLeast = 1e-13;
  std::map<double, double> ends;
  std::vector<Row> open{{0, 0.0, 1.0}};
  while (!open.empty()) {
    std::map<std::pair<int, double>, double> next;
    for (const Row& row : open) {
      const double at_s = row.s + (row.successes == 0 ? down_s : fast_s);
      if (row.successes + 1 == rise) {
        ends[at_s] += row.probability * (1.0 - errs);
      } else {
        next[{row.successes + 1, at_s}] += row.probability * (1.0 - errs);
      }
      next[{0, at_s}] += row.probability * errs;
    }
    open.clear();
    for (const auto& [state, probability] : next) {
      if (probability > kLeast) open.push_back({state.first, state.second, probability});
    }
  }
  double all = 0.0;
  for (const auto& [s, probability] : ends) all += probability;
  std::vector<MixturePart> parts;
  for (const auto& [s, probability] : ends) parts.push_back({probability / all, deterministic(s)});
  return parts.size() == 1 ? parts[0].law : mixture(std::move(parts));
}

double Vrrp::skew_s(double priority) const {
  return (256.0 - priority) / 256.0 * (version == 2 ? 1.0 : advertisement_s);
}

LawPtr Vrrp::notice(double priority) const {
  const double down_s = master_down_s(priority);
  return between(down_s - advertisement_s, down_s);
}

LawPtr Vrrp::release(double priority) const {
  const double least_s = (script_fall - 1) * script_interval_s + skew_s(priority);
  return between(least_s, script_interval_s + least_s);
}

// ---- The key ---------------------------------------------------------------------------------

namespace {

Parameter span(std::string key, std::string default_text, std::string source, std::string help) {
  Parameter p = quantity(std::move(key), Dimension::duration, std::move(help));
  p.low_open = true;
  p.default_text = std::move(default_text);
  p.default_source = std::move(source);
  return p;
}

Parameter record_choice(std::string key, std::string help, std::vector<Parameter> parameters) {
  auto record = std::make_shared<Record>();
  record->name = key;
  record->help = help;
  record->parameters = std::move(parameters);
  return record_of(std::move(key), std::move(record), std::move(help));
}

Parameter health_check_choice() {
  Parameter layer = count("layer", 7, "7", "HAProxy Configuration Manual, `option httpchk`",
                          "4: whether it accepts a connection, which one that hangs does; 7: "
                          "whether it answers.");
  layer.low = 4;
  Parameter paced = word("paced", {"end", "start"},
                         "Whether an interval begins at the end of a check, as in HAProxy, or at "
                         "its start, as in Kubernetes.");
  paced.default_text = "end";
  paced.default_source = "measured with HAProxy 2.6";
  Parameter errs =
      quantity("errs", Dimension::fraction, "With which a check of a member that is well fails.");
  errs.high_open = true;
  errs.default_text = "0 %";
  errs.default_source = "checks that never err";
  return record_choice(
      "health_check", "Those before it in the chain ask each member at intervals.",
      {span("interval", "2s", "HAProxy Configuration Manual, `inter`", "Between checks."),
       [] {
         Parameter p = quantity("fast_interval", Dimension::duration,
                                "After a first failure, or a first success of one that is down "
                                "(`fastinter`). Left out: the interval.");
         p.low_open = true;
         return p;
       }(),
       [] {
         Parameter p = quantity("down_interval", Dimension::duration,
                                "While it is down (`downinter`). Left out: the interval.");
         p.low_open = true;
         return p;
       }(),
       [] {
         Parameter p = quantity("timeout", Dimension::duration,
                                "How long a check waits for an answer (`timeout check`). Left "
                                "out: the interval.");
         p.low_open = true;
         return p;
       }(),
       count("fall", 1000, "3", "HAProxy Configuration Manual, `fall`",
             "Failing checks in a row until a member is marked down."),
       count("rise", 1000, "2", "HAProxy Configuration Manual, `rise`",
             "Good checks in a row until it is marked up."),
       layer, paced, errs,
       count("observed_errors", 1000, "", "",
             "So many failed requests in a row mark a member down, too, before the checks do "
             "(`observe layer7`, `error-limit`, `on-error mark-down`).")});
}

Parameter vrrp_choice() {
  Parameter version = count("version", 3, "2", "keepalived.conf(5), `vrrp_version`",
                            "2 (RFC 3768) or 3 (RFC 5798): the skew is a part of a second, or of "
                            "an advertisement.");
  version.low = 2;
  Parameter priorities;
  priorities.key = "priorities";
  priorities.type = Type::numbers;
  priorities.low = 1;
  priorities.high = 255;
  priorities.help =
      "Of the members, in their order, the highest first. Left out: 100 (RFC 5798, 5.2.4), and "
      "one less for each that follows.";
  Parameter preempt = truth("preempt",
                            "One of higher priority that returns takes the address back. Left "
                            "out: yes (RFC 5798, 6.1).");
  preempt.default_text = "true";
  preempt.default_source = "RFC 5798, section 6.1";
  Parameter tracks;
  tracks.key = "tracks";
  tracks.type = Type::names;
  tracks.refers_to = "failure mode";
  tracks.help =
      "The failure modes that a tracked script sees. Then others that leave the host alive (crash, "
      "hang) go unnoticed. Left out: with any failure the advertisements stop.";
  return record_choice(
      "vrrp", "The active member advertises itself; another takes over when it hears nothing.",
      {span("advertisement", "1s", "RFC 5798, section 5.2.7", "Between advertisements."), version,
       priorities, preempt, tracks,
       span("script_interval", "1s", "keepalived.conf(5), `vrrp_script`",
            "Between runs of the tracked script."),
       count("script_fall", 1000, "1", "keepalived.conf(5), `vrrp_script`",
             "Failing runs in a row until the address is given up.")});
}

Parameter passive_choice() {
  Parameter span_of = span("for", "10s", "ngx_http_upstream_module, `fail_timeout`",
                           "How long it is left out then; after that one request tries it.");
  return record_choice("passive",
                       "No checks: requests that fail tell, and are passed to another member.",
                       {count("errors", 1000, "1", "ngx_http_upstream_module, `max_fails`",
                              "Failed requests until a member is left out."),
                        span_of});
}

Parameter heartbeat_choice() {
  return record_choice(
      "heartbeat", "The members send one another heartbeats.",
      {span("interval", "1s", "corosync.conf(5), `token`, with `misses`", "Between heartbeats."),
       count("misses", 1000, "3", "corosync.conf(5): a token time-out of 3 s, three heartbeats",
             "Heartbeats in a row that must be missing.")});
}

Parameter dns_choice() {
  Parameter ttl = span("ttl", "1h", "RFC 1912, section 2.2: an hour is a low value",
                       "How long clients keep an answer: they leave at a time spread over it.");
  Parameter noticed = quantity("after", Dimension::duration,
                               "From the fault until the name no longer points there.");
  noticed.default_text = "0s";
  noticed.default_source = "a name server that knows at once";
  return record_choice("dns", "Clients are sent elsewhere by a change of a name's answer.",
                       {ttl, noticed});
}

Parameter delay_choice() {
  Parameter down = law_of_time("down", "From the fault until it is noticed.");
  down.required = true;
  Parameter up = law_of_time("up", "From the end of the fault until that is noticed.");
  up.default_text = "0s";
  up.default_source = "it tells that it is back";
  return record_choice("delay", "By monitoring of which only the delay is known.", {down, up});
}

}  // namespace

Parameter detection_key() {
  Parameter p =
      choice_of("detection", "detection",
                {record_choice("perfect", "At once.", {}), health_check_choice(), vrrp_choice(),
                 heartbeat_choice(), passive_choice(), dns_choice(), delay_choice()},
                "How a failed member is noticed.");
  p.default_text = "perfect";
  p.default_source = "the ideal that delays are compared with";
  return p;
}

bool detects_perfectly(const Settings& group) { return group.chosen("detection") == "perfect"; }

bool counts_errors(const Settings& group) {
  const std::string& how = group.chosen("detection");
  return how == "passive" || group.record("detection").record(how).has("observed_errors");
}

LawPtr after_errors(int errors, double rate_per_s, double takes_s) {
  LawPtr law = errors == 1 ? exponential(1.0 / rate_per_s)
                           : gamma_law(static_cast<double>(errors), 1.0 / rate_per_s);
  return takes_s > 0 ? shifted(takes_s, std::move(law)) : law;
}

bool detects_by_peers(const Settings& group) {
  const std::string& how = group.chosen("detection");
  return how == "vrrp" || how == "heartbeat";
}

namespace {

HealthCheck health_check_of(const Settings& s) {
  HealthCheck check;
  check.interval_s = s.number("interval");
  check.fast_s = s.number_or("fast_interval", check.interval_s);
  check.down_s = s.number_or("down_interval", check.interval_s);
  check.timeout_s = s.number_or("timeout", check.interval_s);
  check.fall = static_cast<int>(s.number("fall"));
  check.rise = static_cast<int>(s.number("rise"));
  check.layer = static_cast<int>(s.number("layer"));
  check.paced_by_start = s.text("paced") == "start";
  check.errs = s.number("errs");
  return check;
}

void take_health_check(const Settings& s, Detection& detection) {
  const HealthCheck check = health_check_of(s);
  detection.notice.resize(1);
  for (std::size_t i = 0; i < kLooks; ++i) {
    detection.notice[0][i] = check.notice(static_cast<Looks>(i));
    detection.back[i] = check.back(static_cast<Looks>(i));
  }
  detection.false_alarm = check.false_alarm();
  if (detection.false_alarm) detection.back_after_false_alarm = check.back_after_false_alarm();
}

void take_vrrp(const Settings& s, std::size_t members, Detection& detection) {
  Vrrp vrrp;
  vrrp.advertisement_s = s.number("advertisement");
  vrrp.version = static_cast<int>(s.number("version"));
  vrrp.script_interval_s = s.number("script_interval");
  vrrp.script_fall = static_cast<int>(s.number("script_fall"));
  detection.by_peers = true;
  detection.preempts = s.truth("preempt");
  if (s.has("tracks")) {
    detection.tracks.emplace();
    for (const NamedAt& name : s.names("tracks")) detection.tracks->push_back(name.name);
  }
  for (std::size_t m = 0; m < members; ++m) {
    const double priority =
        s.has("priorities") ? s.numbers("priorities")[m] : 100.0 - static_cast<double>(m);
    const LawPtr silence = vrrp.notice(priority);
    detection.notice.push_back({silence, silence, silence, vrrp.release(priority), nullptr});
    detection.listens_s.push_back(vrrp.master_down_s(priority));
    detection.priorities.push_back(priority);
  }
}

void take_same(const LawPtr& down, const LawPtr& up, Detection& detection) {
  detection.notice.push_back({down, down, down, down, down});
  detection.back = {up, up, up, up, up};
}

}  // namespace

Detection detection_of(const Settings& group, std::size_t members) {
  Detection detection;
  const std::string& how = group.chosen("detection");
  const Settings& s = group.record("detection").record(how);
  const LawPtr at_once = deterministic(0.0);
  if (how == "perfect") {
    detection.perfect = true;
    take_same(at_once, at_once, detection);
  } else if (how == "health_check") {
    take_health_check(s, detection);
    if (s.has("observed_errors")) detection.errors = static_cast<int>(s.number("observed_errors"));
  } else if (how == "passive") {
    const LawPtr back = uniform(0.0, s.number("for"));
    take_same(nullptr, back, detection);
    detection.errors = static_cast<int>(s.number("errors"));
  } else if (how == "vrrp") {
    take_vrrp(s, members, detection);
  } else if (how == "heartbeat") {
    const double interval_s = s.number("interval");
    const double misses = s.number("misses");
    detection.by_peers = true;
    detection.soonest_s = (misses - 1) * interval_s;
    take_same(between((misses - 1) * interval_s, misses * interval_s), at_once, detection);
  } else if (how == "dns") {
    const double after_s = s.number("after");
    take_same(uniform(after_s, after_s + s.number("ttl")), uniform(0.0, s.number("ttl")),
              detection);
  } else {
    take_same(s.law("down"), s.law("up"), detection);
  }
  if (detection.errors) {
    // A refusal tells at once; silence when the connection times out, a hang when the client does.
    detection.error_takes_s[static_cast<std::size_t>(Looks::silent)] =
        group.number("connect_timeout");
    detection.error_takes_s[static_cast<std::size_t>(Looks::hangs)] =
        group.number("gives_up_after");
  }
  return detection;
}

// ---- What is seen ----------------------------------------------------------------------------

Sight::Sight(const CompiledGroup::Member& member, const Detection& detection) {
  if (member.component == nullptr) return;
  component_ = member.component->id;
  powered_ = member.component->powered;
  host_ = member.component->host;
  tracks_ = detection.tracks.has_value();
  for (const CompiledMode& mode : member.component->modes) {
    using Shows = CompiledMode::Shows;
    if (mode.shows == Shows::mute) {
      mute_.push_back(mode.id);
      continue;
    }
    if (mode.capacity_factor < 1.0 || !mode.strikes.empty()) continue;
    Looks looks = mode.shows == Shows::refused ? Looks::refused
                  : mode.shows == Shows::hangs ? Looks::hangs
                                               : Looks::silent;
    if (detection.tracks && looks != Looks::silent) {
      const auto& tracks = *detection.tracks;
      const bool tracked = std::find(tracks.begin(), tracks.end(), mode.like) != tracks.end();
      looks = tracked ? Looks::released : Looks::hidden;
    }
    rows_.push_back({mode.id, looks});
    modes_.push_back(mode.id);
  }
}

Looks Sight::looks(const Reading& reading, bool usable) const {
  if (usable || component_ == kNone<ComponentId>) return Looks::silent;
  for (const SignalId beneath : {powered_, host_}) {
    if (beneath != kNone<SignalId> && !reading.value(beneath)) return Looks::silent;
  }
  bool any = false;
  Looks looks = tracks_ ? Looks::hidden : Looks::refused;  // a store that it needs is away
  for (const Row& row : rows_) {
    if (!reading.failed(row.mode)) continue;
    if (row.looks == Looks::silent) return Looks::silent;
    // What is seen at all tells more than what is hidden.
    const bool more =
        !any || looks == Looks::hidden || (row.looks == Looks::hangs && looks == Looks::refused);
    if (more && !(any && row.looks == Looks::hidden)) looks = row.looks;
    any = true;
  }
  return looks;
}

std::vector<SignalId> Sight::beneath() const {
  std::vector<SignalId> signals;
  for (const SignalId signal : {powered_, host_}) {
    if (signal != kNone<SignalId>) signals.push_back(signal);
  }
  return signals;
}

bool Sight::mute(const Reading& reading) const {
  return std::any_of(mute_.begin(), mute_.end(), [&](ModeId mode) { return reading.failed(mode); });
}

}  // namespace nines
