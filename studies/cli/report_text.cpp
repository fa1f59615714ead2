#include "studies/cli/report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "nines_version.hpp"
#include "studies/cli/report_checked.hpp"

namespace nines::cli {
namespace {

constexpr std::size_t kMostServicesInFull = 3;
constexpr std::size_t kMostServicesInTable = 20;
constexpr std::size_t kMostPartsInText = 6;  // of services: reads and writes, shards
constexpr std::size_t kMostGroupsInFull = 4;
constexpr std::size_t kMostBlamedInText = 5;
constexpr std::size_t kLabel = 17;
constexpr double kFewRuns = 100;  // that carry the downtime

std::string row(const std::string& label, const std::string& text) {
  return "  " + padded(label, kLabel) + text + "\n";
}

template <class Format>
std::string interval(const Estimate& e, Format format) {
  return fmt::format("{} … {}", format(e.low), std::isinf(e.high) ? "no bound" : format(e.high));
}

std::string bar(double share) {
  constexpr double kWidth = 24.0;
  static const char* const kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto eighths = static_cast<std::size_t>(std::llround(share * kWidth * 8.0));
  std::string out;
  for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
  return out + kEighths[eighths % 8];
}

std::string percent_with(const Estimate& availability) {
  const double half = 0.5 * (availability.high - availability.low);
  return percent(availability.value, half);
}

/// A probability, with its interval; never "100 %" of a thing of which only the runs were seen.
std::string probability_text(const Estimate& p, const Paint& paint) {
  const double half = 0.5 * (p.high - p.low);
  const auto as_percent = [half](double x) { return percent(x, half); };
  if (p.value >= 1.0) return fmt::format("more than {} %", as_percent(p.low));
  return fmt::format("{} %{}", as_percent(p.value),
                     paint.faint("  (" + interval(p, as_percent) + ")"));
}

/// A share of the downtime in whole per cent.
std::string whole_percent(double share) {
  const double value = share * 100.0;
  return value > 0 && value < 0.5 ? "<1" : fmt::format("{:.0f}", value);
}

std::string blamed_name(const BlameShare& share) {
  std::string name;
  for (const std::string& part : share.names) name += (name.empty() ? "" : " + ") + part;
  for (std::size_t at = 0; (at = name.find('/', at)) != std::string::npos;) name[at] = ' ';
  return without_domain(name);
}

std::size_t widest_name(const std::vector<BlameShare>& shares) {
  constexpr std::size_t kWidest = 48;
  std::size_t widest = 0;
  for (std::size_t i = 0; i < std::min(shares.size(), kMostBlamedInText); ++i) {
    widest = std::max(widest, columns(blamed_name(shares[i])));
  }
  return std::min(widest, kWidest);
}

void add_blame(std::string& out, const std::string& title, const std::vector<BlameShare>& shares,
               std::size_t width, const Paint& paint) {
  if (shares.empty()) return;
  out += "\n  " + paint.bold(title) + "\n";
  const std::size_t shown = std::min(shares.size(), kMostBlamedInText);
  for (std::size_t i = 0; i < shown; ++i) {
    const Estimate& e = shares[i].share;
    out += fmt::format(
        "  {}  {} {}  {}\n", padded(blamed_name(shares[i]), width),
        paint.warm(padded(bar(e.value), 24)), fmt::format("{:>3} %", whole_percent(e.value)),
        paint.faint(fmt::format("({} … {})", whole_percent(e.low), whole_percent(e.high))));
  }
  if (shares.size() > shown) {
    out += "  " + paint.faint(fmt::format("and {} more", shares.size() - shown)) + "\n";
  }
}

void add_response(std::string& out, const ServiceEstimates& s, const std::string& per,
                  const Paint& paint) {
  if (s.response_s && s.response_s->value > 0) {
    out +=
        row("response", fmt::format("{} on average{}", duration(s.response_s->value),
                                    paint.faint("  (" + interval(*s.response_s, duration) + ")")));
    if (const auto& q = s.response_quantiles_s) {
      out += row("", fmt::format("one request in 20 slower than {}{}", duration(q->p95.value),
                                 paint.faint("  (" + interval(q->p95, duration) + ")")));
      out += row("", fmt::format("one request in 100 slower than {}{}", duration(q->p99.value),
                                 paint.faint("  (" + interval(q->p99, duration) + ")")));
    } else {
      out += row("", paint.faint("no quantiles: its members are of more than eight kinds"));
    }
  }
  if (s.saturated_per_year_s->value > 0) {
    out += row("overload",
               fmt::format("{} {}{}", duration(s.saturated_per_year_s->value), per,
                           paint.faint("  (" + interval(*s.saturated_per_year_s, duration) + ")")));
    out += row("", paint.faint("a queue without bound: these requests have no response time"));
  }
}

/// A count: "12.3 a year (12.1 … 12.5)", or how few there are at most.
std::string rate_text(const Estimate& e, const std::string& per, const Paint& paint) {
  if (!(e.value > 0)) return fmt::format("none seen; fewer than {} {}", number(e.high), per);
  return fmt::format("{} {}{}", number(e.value), per,
                     paint.faint("  (" + interval(e, number) + ")"));
}

/// What was lost of acknowledged writes.
std::string losses_text(const GroupEstimates& g, const std::string& per, const Paint& paint) {
  if (!g.losses) return {};
  const LossEstimates& l = *g.losses;
  if (!l.followed) {
    return "\n  " + paint.bold(fmt::format("data of {}", g.name)) + "\n" +
           row("data losses", rate_text(l.data_losses_per_year, per, paint));
  }
  std::string out =
      "\n  " + paint.bold(fmt::format("acknowledged writes lost by {}", g.name)) + "\n";
  const auto faint = [&](const std::string& text) { return paint.faint("  (" + text + ")"); };
  if (l.counted) {
    out += row("lost", l.lost_writes_per_year.value > 0
                           ? rate_text(l.lost_writes_per_year, per, paint)
                           : fmt::format("none seen; fewer than {} losses {}",
                                         number(l.losses_per_year.high), per));
    const auto& q = l.lost_writes_quantiles;
    if (q.p95.value > 0) {
      out += row("", fmt::format("one {} in 20 more than {}{}", per.substr(2), number(q.p95.value),
                                 faint(interval(q.p95, number))));
    }
  }
  if (l.losses_per_year.value > 0 || !l.counted) {
    out += row("losses", rate_text(l.losses_per_year, per, paint));
  }
  if (l.writes && l.counted) {
    out += row(
        "", fmt::format("{} writes each on average{}, at most {}", number(l.writes->mean_s.value),
                        faint(interval(l.writes->mean_s, number)), number(l.largest_loss)));
  }
  if (l.reach_s && l.reach_s->mean_s.value > 0) {
    out += row("recovery point",
               fmt::format("{} back on average{}, at most {}", duration(l.reach_s->mean_s.value),
                           faint(interval(l.reach_s->mean_s, duration)), duration(l.furthest_s)));
  }
  if (l.data_losses_per_year.value > 0) {
    out += row("data losses", paint.bad(rate_text(l.data_losses_per_year, per, paint)));
  }
  return out;
}

std::string group_text(const GroupEstimates& g, const std::string& per, const Paint& paint) {
  std::string out;
  const auto delay = [&](const char* label, const std::optional<DelayEstimate>& d) {
    if (!d || !(d->quantiles_s.p99.value > 0)) return;
    out += row(label, fmt::format("{} on average{}", duration(d->mean_s.value),
                                  paint.faint("  (" + interval(d->mean_s, duration) + ")")));
    out += row("", fmt::format("one in 20 longer than {}{}", duration(d->quantiles_s.p95.value),
                               paint.faint("  (" + interval(d->quantiles_s.p95, duration) + ")")));
  };
  const auto some = [&](const char* label, const Estimate& e) {
    if (e.value > 0) out += row(label, rate_text(e, per, paint));
  };
  if (g.takes_over) {
    out += row("tried", rate_text(g.failovers_per_year, per, paint));
    some("failed", g.failed_per_year);
    some("unfounded", g.unfounded_per_year);
    some("failbacks", g.failbacks_per_year);
  } else {
    some("false alarms", g.unfounded_per_year);
  }
  delay("detection", g.detection);
  delay("takeover", g.takeover);
  delay("recovery", g.recovery);
  if (g.split_brain_per_year_s.value > 0) {
    out += row("split brain",
               paint.bad(duration(g.split_brain_per_year_s.value) + " " + per) +
                   paint.faint("  (" + interval(g.split_brain_per_year_s, duration) + ")"));
  }
  if (g.unknown_commits_per_year && g.unknown_commits_per_year->value > 0) {
    out += row("unknown", rate_text(*g.unknown_commits_per_year, per, paint));
    out +=
        row("", paint.faint("writes under way at a failure: whether they are done, nobody knows"));
  }
  if (!out.empty()) {  // else nothing was ever to be noticed, or it takes no time
    const char* const what = g.takes_over ? "failovers" : "checks";
    out = "\n  " + paint.bold(fmt::format("{} of {}", what, g.name)) + "\n" + out;
  }
  if (g.buffer) {
    out +=
        "\n  " + paint.bold(fmt::format("writes that wait in {}", g.name)) + "\n" +
        row("waiting", fmt::format("{} on average{}, at most {}", number(g.buffer->waiting.value),
                                   paint.faint("  (" + interval(g.buffer->waiting, number) + ")"),
                                   number(g.buffer->most))) +
        row("each for",
            fmt::format("{} on average{}", duration(g.buffer->wait_s.value),
                        paint.faint("  (" + interval(g.buffer->wait_s, duration) + ")")));
  }
  return out + losses_text(g, per, paint);
}

std::string service_text(const Report& report, const ServiceEstimates& s, const Paint& paint,
                         bool named) {
  const std::string per = report.scripted() ? "a run" : "a year";
  std::string out;
  if (named) out += paint.bold(s.name) + "\n";
  const auto faint = [&](const std::string& text) { return paint.faint("  (" + text + ")"); };
  if (report.experiment.questions.until_first_outage) {
    if (s.first_outage_s) {
      out += row("first outage", paint.bold("after " + duration(s.first_outage_s->value)) +
                                     " on average" + faint(interval(*s.first_outage_s, duration)));
    }
    if (s.first_outage_quantiles_s) {
      out += row("", fmt::format("half of the runs by {}{}",
                                 duration(s.first_outage_quantiles_s->p50.value),
                                 faint(interval(s.first_outage_quantiles_s->p50, duration))));
    } else {
      out += row("first outage", "none in any run");
    }
    return out;
  }
  if (s.none_seen && std::isinf(s.nines.low)) {
    out += row("availability",
               "no downtime is possible: what it needs does not fail, or is "
               "repaired in no time");
  } else if (s.none_seen) {
    out += row("availability",
               paint.bold(fmt::format("above {} %",
                                      percent(s.availability.low, 0.5 * s.unavailability.high))) +
                   fmt::format("   more than {:.2f} nines", s.nines.low));
    out +=
        row("", paint.faint("no downtime was seen; the bound assumes that an outage would last"));
    out += row("", paint.faint(fmt::format("{}, the longest mean repair in the topology",
                                           duration(report.estimates.assumed_repair_s))));
    out += row("outages", fmt::format("fewer than {} {}", number(s.outages_per_year.high), per));
  } else {
    const auto as_percent = [&](double a) {
      return percent(a, 0.5 * (s.availability.high - s.availability.low));
    };
    out += row("availability",
               paint.bold(percent_with(s.availability) + " %") +
                   faint(interval(s.availability, as_percent)) + "   " +
                   paint.bold(fmt::format("{:.2f} nines", s.nines.value)) +
                   faint(interval(s.nines, [](double n) { return fmt::format("{:.2f}", n); })));
    out += row("downtime", fmt::format("{} {}{}", duration(s.downtime_per_year_s.value), per,
                                       faint(interval(s.downtime_per_year_s, duration))));
    if (s.carried_by_runs < kFewRuns) {
      out += row("", paint.warm(fmt::format("{:.0f} runs carry the downtime: rarer, longer outages "
                                            "may be missing;",
                                            std::max(1.0, s.carried_by_runs))));
      out += row("", paint.warm("the upper end may be too low. Add --precision 5%"));
    }
    const bool yearly = std::fabs(report.experiment.horizon_s - kYear_s) < 1.0;
    const Quantiles& years = s.downtime_quantiles_s;
    out += row("", fmt::format("one {} in 20 above {}{}",
                               yearly              ? "year"
                               : report.scripted() ? "run"
                                                   : "run, a year of it,",
                               duration(years.p95.value), faint(interval(years.p95, duration))));
    out += row("", fmt::format("one {} in 100 above {}{}",
                               yearly              ? "year"
                               : report.scripted() ? "run"
                                                   : "run, a year of it,",
                               duration(years.p99.value), faint(interval(years.p99, duration))));
    out += row("outages", fmt::format("{} {}{}", number(s.outages_per_year.value), per,
                                      faint(interval(s.outages_per_year, number))));
    if (s.outage_length_s) {
      out += row("", fmt::format("{} long on average{}", duration(s.outage_length_s->value),
                                 faint(interval(*s.outage_length_s, duration))));
      const Quantiles& lengths = *s.outage_length_quantiles_s;
      out += row("", fmt::format("half shorter than {}{}", duration(lengths.p50.value),
                                 faint(interval(lengths.p50, duration))));
      out += row("", fmt::format("one in 20 longer than {}{}", duration(lengths.p95.value),
                                 faint(interval(lengths.p95, duration))));
    }
  }
  const bool years = std::fabs(report.experiment.horizon_s - kYear_s) < 1.0;
  out += row("without outage",
             probability_text(s.no_outage, paint) + (years ? " of years" : " of runs"));
  for (const auto& [t_s, available] : s.available_at) {
    out += row("at " + span(t_s), "available with " + probability_text(available, paint));
  }
  if (s.degraded_per_year_s) {
    out += row("requests", probability_text(*s.request_availability, paint) + " served");
    if (s.failed_requests_per_year->value > 0) {
      out += row("failed", rate_text(*s.failed_requests_per_year, per, paint));
    }
    if (s.stale_per_year) out += row("stale reads", rate_text(*s.stale_per_year, per, paint));
    if (s.degraded_per_year_s->value > 0) {
      out += row("degraded", fmt::format("{} {}{}", duration(s.degraded_per_year_s->value), per,
                                         faint(interval(*s.degraded_per_year_s, duration))));
    } else {
      out += row("degraded", "never seen");
    }
    add_response(out, s, per, paint);
  }
  if (s.lost_sessions_per_year) {
    out += row("lost sessions", rate_text(*s.lost_sessions_per_year, per, paint));
    if (s.largest_loss_of_sessions > 0) {
      out += row("", fmt::format("at most {} at once", number(s.largest_loss_of_sessions)));
    }
  }
  const std::size_t width = std::max({widest_name(s.by_cause), widest_name(s.by_set), kLabel - 2});
  add_blame(out, "what took it down", s.by_cause, width, paint);
  add_blame(out, "what kept it down", s.by_set, width, paint);
  return out;
}

/// The same with all that is counted by the year counted by `years`.
Estimates of_a_run(Estimates estimates, double years) {
  const auto scale = [years](Estimate& e) {
    for (double* value : {&e.value, &e.low, &e.high}) *value *= years;
  };
  for (ServiceEstimates& s : estimates.services) {
    for (Estimate* e : {&s.downtime_per_year_s, &s.outages_per_year, &s.downtime_quantiles_s.p50,
                        &s.downtime_quantiles_s.p95, &s.downtime_quantiles_s.p99}) {
      scale(*e);
    }
    for (std::optional<Estimate>* e :
         {&s.degraded_per_year_s, &s.saturated_per_year_s, &s.failed_requests_per_year,
          &s.lost_sessions_per_year, &s.stale_per_year}) {
      if (*e) scale(**e);
    }
  }
  for (GroupEstimates& g : estimates.groups) {
    for (Estimate* e : {&g.failovers_per_year, &g.failed_per_year, &g.unfounded_per_year,
                        &g.failbacks_per_year, &g.split_brain_per_year_s}) {
      scale(*e);
    }
    if (g.unknown_commits_per_year) scale(*g.unknown_commits_per_year);
    if (!g.losses) continue;
    for (Estimate* e : {&g.losses->lost_writes_per_year, &g.losses->lost_writes_quantiles.p50,
                        &g.losses->lost_writes_quantiles.p95, &g.losses->lost_writes_quantiles.p99,
                        &g.losses->losses_per_year, &g.losses->data_losses_per_year}) {
      scale(*e);
    }
  }
  return estimates;
}

/// Many services, or parts of services: the worst of them, one line each.
std::string table_text(const Report& report, std::vector<const ServiceEstimates*> worst,
                       std::size_t most, const Paint& paint) {
  std::stable_sort(worst.begin(), worst.end(), [](const auto* a, const auto* b) {
    return a->unavailability.value > b->unavailability.value;
  });
  std::size_t widest = 7;
  const std::size_t shown = std::min(worst.size(), most);
  for (std::size_t i = 0; i < shown; ++i) widest = std::max(widest, columns(worst[i]->name));
  std::string out = "\n  " + paint.bold(padded("service", widest)) +
                    paint.bold("  availability             nines  outages " +
                               std::string(report.scripted() ? "a run" : "a year") + "\n");
  for (std::size_t i = 0; i < shown; ++i) {
    const ServiceEstimates& s = *worst[i];
    const std::string available = (s.none_seen ? "above " : "") +
                                  percent(s.none_seen ? s.availability.low : s.availability.value,
                                          0.5 * (s.availability.high - s.availability.low)) +
                                  " %";
    out += fmt::format("  {}  {} {}  {}\n", padded(s.name, widest), padded(available, 22),
                       fmt::format("{}{:5.2f}", s.none_seen ? ">" : " ",
                                   s.none_seen ? s.nines.low : s.nines.value),
                       number(s.outages_per_year.value));
  }
  if (worst.size() > shown) {
    out += paint.faint(fmt::format("  and {} more; --json has them all\n", worst.size() - shown));
  }
  return out;
}

/// Money a year, as a sum.
std::string costs_text(const CostEstimates& costs, const Paint& paint) {
  const auto amount = [](double value) {
    return grouped(static_cast<std::uint64_t>(std::llround(std::max(0.0, value))));
  };
  const auto line = [&](const char* label, const Estimate& e, const std::string& more) {
    return row(label, fmt::format("{} {}{}{}", amount(e.value), costs.currency,
                                  paint.faint("  (" + interval(e, amount) + ")"), more));
  };
  std::string out = "\n" + paint.bold("Cost a year") + "\n";
  out += line("in all", costs.all, "");
  out +=
      row("bought", fmt::format("{} {}, over its lifetime", amount(costs.capital), costs.currency));
  out += row("running", fmt::format("{} {}", amount(costs.running), costs.currency));
  if (costs.repair_visits.high > 0) {
    out += line("repairs", costs.repairs,
                fmt::format(", {} of them", number(costs.repair_visits.value)));
  }
  if (costs.downtime.high > 0) out += line("downtime", costs.downtime, "");
  if (costs.lost_writes.high > 0) out += line("lost writes", costs.lost_writes, "");
  return out;
}

/// Both spreads: by chance within the runs, and by what nobody knows of the inputs.
std::string doubt_text(const Report& report, const Paint& paint) {
  const InputDoubt& doubt = *report.doubt;
  std::string out = "\n" + paint.bold("Doubt about inputs") +
                    paint.faint(fmt::format("  {} drawn {} times, {} runs each",
                                            counted(report.topology.doubts.size(), "input"),
                                            doubt.samples, grouped(doubt.runs_each))) +
                    "\n";
  for (const ServiceDoubt& service : doubt.services) {
    const DoubtSpread& u = service.unavailability;
    const auto time = [](double share) { return duration(share * kYear_s); };
    const std::string name = doubt.services.size() > 1 ? service.service + ": " : "";
    if (!(u.mean > 0)) {
      out += row("downtime a year", name + "none in any draw: too few runs to tell a spread");
      continue;
    }
    out += row("downtime a year",
               fmt::format("{}{} on average, give or take {}; nine in ten between {} and {}", name,
                           time(u.mean), time(u.mean_error), time(u.p05), time(u.p95)));
    out += row("by the inputs", fmt::format("standard deviation {}", time(u.input_sd)));
    out +=
        row("by chance", fmt::format("standard deviation {} within a draw", time(u.simulation_sd)));
  }
  return out;
}

std::string exact_text(const Report& report, const Paint& paint) {
  const bool ahead = report.exact->services.front().horizon.has_value();
  std::string out =
      "\n  " + paint.bold("beside the exact answer") +
      paint.faint(fmt::format("  a Markov chain of {} states{}", grouped(report.exact->states),
                              ahead ? "" : ", in the long run")) +
      "\n";
  for (std::size_t s = 0; s < report.exact->services.size(); ++s) {
    if (report.exact->services.size() > 1) {
      out += "  " + report.exact->services[s].name + "\n";
    }
    for (const Checked& check : checked(report, s)) {
      std::string name = check.measure;
      std::replace(name.begin(), name.end(), '_', ' ');
      out += fmt::format(
          "  {}  {:>11.5g}  {}  exact {:>11.5g}  {}\n", padded(name, 24), check.estimate.value,
          padded(fmt::format("({:.5g} … {:.5g})", check.estimate.low, check.estimate.high), 26),
          check.exact, check.inside() ? paint.good("inside") : paint.bad("outside"));
    }
  }
  return out;
}

}  // namespace

std::string report_text(const Report& yearly, const Paint& paint, double seconds) {
  // What happens at a stated time happens once a run: there is no year of it.
  const Estimates by_run =
      of_a_run(yearly.estimates, yearly.scripted() ? yearly.experiment.horizon_s / kYear_s : 1.0);
  const Report report{yearly.topology,   yearly.experiment, yearly.outcome, by_run,
                      yearly.memoryless, yearly.exact,      yearly.doubt};
  const std::string per = report.scripted() ? "a run" : "a year";
  const Experiment& experiment = report.experiment;
  const RunsSummary& summary = report.outcome.summary;
  const std::string head = experiment.questions.until_first_outage
                               ? fmt::format("{} runs until the first outage, seed {}",
                                             grouped(summary.runs), experiment.seed)
                               : fmt::format("{} runs of {}, seed {}", grouped(summary.runs),
                                             span(experiment.horizon_s), experiment.seed);
  std::string out = fmt::format("{}   {}   {}\n", paint.bold(report.topology.name), head,
                                paint.faint(fmt::format("{:.1f} s", seconds)));
  if (!report.topology.title.empty()) out += paint.faint(report.topology.title) + "\n";
  if (report.outcome.stopped_by == StoppedBy::interrupt) {
    out += paint.bad("interrupted: partial result") + "\n";
  } else if (report.outcome.stopped_by == StoppedBy::time) {
    out += paint.warm("stopped by --time-limit") + "\n";
  } else if (report.outcome.stopped_by == StoppedBy::precision) {
    out += paint.faint("stopped by --precision") + "\n";
  }
  if (experiment.precision && report.outcome.stopped_by != StoppedBy::precision) {
    out += paint.warm("--precision was not reached") + "\n";
  }
  if (report.memoryless) out += paint.warm("every law replaced by an exponential of its mean\n");
  if (experiment.steady_state) {
    const WarmUp& warm_up = report.outcome.warm_up;
    out += paint.faint(warm_up.exact
                           ? std::string("steady state: all components start in equilibrium\n")
                           : fmt::format("steady state: the first {} of every run dropped{}\n",
                                         duration(warm_up.length_s),
                                         warm_up.found ? ""
                                                       : ", though no end of the transient "
                                                         "was found"));
  }
  if (summary.runs == 0) return out + "no run was finished\n";
  const std::vector<ServiceEstimates>& services = report.estimates.services;
  const auto is_whole = [](const ServiceEstimates& s) { return !s.part_of; };
  const bool few = services.size() <= kMostServicesInFull;
  const bool few_whole = static_cast<std::size_t>(std::count_if(services.begin(), services.end(),
                                                                is_whole)) <= kMostServicesInFull;
  std::vector<const ServiceEstimates*> in_table;
  const bool until_first = report.experiment.questions.until_first_outage;
  for (const ServiceEstimates& s : services) {
    if (until_first && s.part_of) continue;  // runs end with the first outage of a whole
    if (few || until_first || (few_whole && is_whole(s))) {
      out += "\n" + service_text(report, s, paint, services.size() > 1);
    } else {
      in_table.push_back(&s);
    }
  }
  if (!in_table.empty()) {
    out += table_text(report, std::move(in_table),
                      few_whole ? kMostPartsInText : kMostServicesInTable, paint);
  }
  const std::vector<GroupEstimates>& groups = report.estimates.groups;
  for (std::size_t g = 0; g < std::min(groups.size(), kMostGroupsInFull); ++g) {
    out += group_text(groups[g], per, paint);
  }
  if (groups.size() > kMostGroupsInFull) {
    out += paint.faint(fmt::format("\n  and the failovers of {} more groups; --json has them all\n",
                                   groups.size() - kMostGroupsInFull));
  }
  if (report.estimates.costs) out += costs_text(*report.estimates.costs, paint);
  if (report.doubt != nullptr) out += doubt_text(report, paint);
  if (report.exact != nullptr) out += exact_text(report, paint);
  if (!report.estimates.objectives.empty()) out += "\n";
  for (const ObjectiveEstimate& o : report.estimates.objectives) {
    const std::string target =
        o.name == "availability" ? fmt::format("availability {:.10g} %", o.target * 100.0)
        : o.name == "rto_s"      ? fmt::format("no outage above {}", duration(o.target))
        : o.name == "rpo_s" ? fmt::format("no loss of writes older than {}", duration(o.target))
        : o.target == 0     ? std::string("no acknowledged write lost")
                            : fmt::format("no loss above {} writes", number(o.target));
    const std::string met = "met in " + probability_text(o.met, paint) + " of runs";
    out +=
        row("objective", target + ": " + (o.met.value >= 0.5 ? paint.good(met) : paint.bad(met)));
  }
  out += "\n" +
         paint.faint(fmt::format("{:.10g} % intervals; {}", experiment.confidence * 100.0,
                                 report.doubt != nullptr
                                     ? "of simulation error; doubt about inputs is told apart"
                                     : "simulation error only")) +
         "\n";
  return out;
}

}  // namespace nines::cli
