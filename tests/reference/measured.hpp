// Trials with real software beside the same trials simulated, from topologies that state what was
// configured. measured/*.csv: each fault at a random phase, on a loaded machine of two cores.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/run/simulate.hpp"
#include "tests/kolmogorov.hpp"
#include "topologies/compile.hpp"

namespace nines::test {

/// One quantity of one set of trials.
struct Comparison {
  std::string what;     ///< "HAProxy, killed"
  std::string measure;  ///< "until marked down"
  enum class In { seconds, requests, writes };
  In in = In::seconds;
  std::vector<double> measured;
  std::vector<double> simulated;
  bool counted() const { return in != In::seconds; }

  /// What the machine of the trials, two loaded cores, may have added; at most one request was in
  /// flight.
  double slack() const { return counted() ? 1.0 : 0.020; }
  double distance() const { return ks_distance(measured, simulated, slack()); }
  double critical() const { return ks_critical(measured.size(), simulated.size(), 0.01); }
  /// The larger of 10 %, 60 ms, 2 requests and 5 writes.
  double median_may_differ_by() const {
    return std::max(0.1 * median(measured), in == In::writes     ? 5.0
                                            : in == In::requests ? 2.0
                                                                 : 0.060);
  }
};

/// The values of a column in the rows whose first columns are as given.
inline std::vector<double> column(const std::string& file, const std::vector<std::string>& first,
                                  const std::string& name) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  const auto cells_of = [](const std::string& text) {
    std::vector<std::string> cells;
    std::istringstream row(text);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    if (!cells.empty() && cells.back().ends_with('\r')) cells.back().pop_back();
    return cells;
  };
  const std::vector<std::string> head = cells_of(line);
  const auto at =
      static_cast<std::size_t>(std::find(head.begin(), head.end(), name) - head.begin());
  std::vector<double> values;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = cells_of(line);
    if (cells.size() > at && std::equal(first.begin(), first.end(), cells.begin()) &&
        !cells[at].empty()) {
      values.push_back(std::stod(cells[at]));
    }
  }
  return values;
}

/// What a run of a trial shows.
struct Trial {
  double down_s = 0.0;     ///< from the fault until it was noticed
  double up_s = 0.0;       ///< from its end until that was
  double requests = 0.0;   ///< not served
  double outage_s = 0.0;   ///< first outage of the service
  double standby_s = 0.0;  ///< from the fault until the second member was active
  double splits = 0.0;     ///< votes that were split
  double lost = 0.0;       ///< acknowledged writes
};

class TrialObserver final : public Observer {
 public:
  explicit TrialObserver(const System& system) : system_(system) {}
  Trial trial;

  void run_begins(const Moment&) override {
    trial = {};
    failed_per_s_ = since_s_ = down_since_s_ = 0.0;
  }
  void signal_changed(const Moment& moment, SignalId signal, bool value, SlotId) override {
    const CompiledGroup& group = system_.groups.front();
    const auto span = [&](SignalId of, double& from, double& length) {
      if (signal != of) return;
      if (!value) {
        from = moment.t_s;
      } else if (length == 0.0) {
        length = moment.t_s - from;
      }
    };
    span(group.waits[0].first, detection_since_s_, trial.down_s);
    if (group.waits.size() > 1) span(group.waits[1].first, return_since_s_, trial.up_s);
    span(system_.services.front().available, down_since_s_, trial.outage_s);
    trial.standby_s = trial.down_s;
  }
  void evaluated(const Moment& moment, EvaluationId, std::span<const double> numbers) override {
    settle(moment.t_s);
    const ServiceNumbers now = ServiceNumbers::read(numbers.data());
    failed_per_s_ = now.offered_per_s - now.served_per_s;
  }
  void earned(const Moment&, MeasureId measure, double amount) override {
    if (system_.model->measures[index(measure)].ends_with("/lost writes")) trial.lost += amount;
    if (system_.model->measures[index(measure)].ends_with("/split votes")) trial.splits += 1.0;
  }
  void run_ends(const Moment& moment) override { settle(moment.t_s); }

 private:
  void settle(double t_s) {
    trial.requests += failed_per_s_ * (t_s - since_s_);
    since_s_ = t_s;
  }
  const System& system_;
  double failed_per_s_ = 0.0;
  double since_s_ = 0.0;
  double detection_since_s_ = 0.0;
  double return_since_s_ = 0.0;
  double down_since_s_ = 0.0;
};

/// Simulates trials of a topology in which the effect of the fault is replaced.
inline std::vector<Trial> trials(const std::string& file, const std::string& effect,
                                 std::uint32_t count) {
  std::ifstream in(file);
  std::string text(std::istreambuf_iterator<char>(in), {});
  const std::string key = "effect: ";
  const std::size_t at = text.find(key) + key.size();
  if (!effect.empty()) text.replace(at, text.find(',', at) - at, effect);
  const std::string directory = file.substr(0, file.rfind('/'));
  const Loaded loaded = load_topology(file, text, directory);
  if (!loaded.topology) throw std::runtime_error(render(loaded.diagnostics, loaded.source));
  const auto system = compile(*loaded.topology);
  TrialObserver observer(*system);
  Simulator simulator(*system->model, {}, {&observer});
  std::vector<Trial> all;
  for (std::uint32_t run = 0; run < count; ++run) {
    simulator.begin(run);
    simulator.advance(60.0);
    simulator.end();
    all.push_back(observer.trial);
  }
  return all;
}

inline std::vector<double> pick(const std::vector<Trial>& trials, double Trial::*what) {
  std::vector<double> values;
  for (const Trial& trial : trials) values.push_back(trial.*what);
  return values;
}

/// All comparisons. `directory`: of the measured values and the topologies.
inline std::vector<Comparison> compare_with_measured(const std::string& directory) {
  using In = Comparison::In;
  std::vector<Comparison> all;
  constexpr std::uint32_t kTrials = 20'000;
  struct Haproxy {
    std::string config, fault, topology, effect, name;
  };
  const std::vector<Haproxy> haproxy{
      {"rr200", "kill", "haproxy-rr200", "crash", "HAProxy, two servers, one killed"},
      {"rr200", "hang", "haproxy-rr200", "hang", "HAProxy, two servers, one stopped"},
      {"rr200", "bh", "haproxy-rr200", "silent", "HAProxy, two servers, packets to one dropped"},
      {"rr200_fast", "kill", "haproxy-rr200-fast", "crash", "HAProxy with fastinter, one killed"},
      {"bk200", "kill", "haproxy-bk200", "crash", "HAProxy with a backup, the other killed"}};
  for (const Haproxy& h : haproxy) {
    const std::vector<Trial> simulated =
        trials(directory + "/" + h.topology + ".yaml", h.effect, kTrials);
    const auto measured = [&](const char* name) {
      return column(directory + "/haproxy.csv", {h.config, h.fault}, name);
    };
    all.push_back({h.name, "until marked down, s", In::seconds, measured("detect_down_s"),
                   pick(simulated, &Trial::down_s)});
    const std::vector<double> requests = pick(simulated, &Trial::requests);
    all.push_back({h.name, "failed requests", In::requests, measured("n_fail"), requests});
    all.push_back({h.name, "until marked up, s", In::seconds, measured("up_detect_s"),
                   pick(simulated, &Trial::up_s)});
  }
  all.push_back({"keepalived, link cut", "outage, s", In::seconds,
                 column(directory + "/keepalived.csv", {"v2_adv1_link"}, "outage_s"),
                 pick(trials(directory + "/keepalived.yaml", "", kTrials), &Trial::outage_s)});
  all.push_back(
      {"keepalived, daemon killed", "until the backup is master, s", In::seconds,
       column(directory + "/keepalived.csv", {"v2_adv1_kill"}, "b_master_log_s"),
       pick(trials(directory + "/keepalived-daemon.yaml", "", kTrials), &Trial::standby_s)});
  all.push_back({"etcd, leader killed", "no write is taken, s", In::seconds,
                 column(directory + "/etcd.csv", {"kill", "100", "1000"}, "write_unavail_s"),
                 pick(trials(directory + "/etcd.yaml", "", kTrials), &Trial::outage_s)});
  struct Postgresql {
    std::string trials, topology, name;
  };
  const std::vector<Postgresql> postgresql{
      {"async_d0_kill_p0", "async-d0-kill", "asynchronous, killed"},
      {"async_d100_kill_p0", "async-d100-kill", "asynchronous, 100 ms away, killed"},
      {"async_d20_cut_p0", "async-d20-cut", "asynchronous, 20 ms away, cut off"},
      {"on_d20_kill_p0", "on-d20-kill", "synchronous, 20 ms away, killed"},
      {"apply_d20_kill_p0", "apply-d20-kill", "remote_apply, 20 ms away, killed"}};
  for (const Postgresql& p : postgresql) {
    all.push_back({"PostgreSQL, " + p.name, "acknowledged writes lost", In::writes,
                   column(directory + "/postgresql.csv", {p.trials}, "lost_acked"),
                   pick(trials(directory + "/postgresql-" + p.topology + ".yaml", "", kTrials),
                        &Trial::lost)});
  }
  return all;
}

}  // namespace nines::test
