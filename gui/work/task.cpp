#include "gui/work/task.hpp"

#include <algorithm>
#include <chrono>

#include <QMetaObject>
#include <QPointer>

#include "studies/cli/report.hpp"
#include "topologies/compile.hpp"

namespace nines::gui {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kBetweenUpdates = std::chrono::milliseconds(100);
/// What making a snapshot may take of the time of the runs.
constexpr int kSnapshotShare = 10;

QString words_of(const std::exception& error) { return QString::fromStdString(error.what()); }

/// Follows an experiment: how its estimates come in.
class Follower {
 public:
  Follower(const Topology& topology, const System& system, const Experiment& experiment)
      : system_(system) {
    result_.topology = topology.name;
    result_.experiment = experiment;
    result_.experiment.interrupted = nullptr;
    for (const CompiledGroup& group : system.groups) result_.groups.push_back(group.name);
    result_.convergence.resize(system.services.size());
  }

  /// Called for every block: notes the estimates now and then.
  void note(const RunsSummary& summary) {
    if (summary.runs < next_) return;
    next_ = summary.runs + std::max<std::uint64_t>(kRunsPerBlock, summary.runs / 25);
    for (std::size_t s = 0; s < summary.services.size(); ++s) {
      Experiment by_time = result_.experiment;
      by_time.precision_of = PrecisionOf::unavailability;
      const Estimate u = estimate_for_precision(system_, by_time, summary, summary.services[s]);
      result_.convergence[s].push_back(
          {static_cast<double>(summary.runs),
           map_falling(u, [&](double down_s) { return 1.0 - down_s / by_time.horizon_s; })});
    }
  }

  RunResult snapshot(Outcome outcome) const {
    RunResult result = result_;
    result.outcome = std::move(outcome);
    result.estimates = estimate(system_, result.experiment, result.outcome);
    for (std::size_t s = 0; s < result.convergence.size(); ++s) {
      auto& points = result.convergence[s];
      const auto runs = static_cast<double>(result.outcome.summary.runs);
      if (runs > 0 && (points.empty() || points.back().runs < runs)) {
        points.push_back({runs, result.estimates.services[s].availability});
      }
    }
    return result;
  }

 private:
  const System& system_;
  RunResult result_;
  std::uint64_t next_ = 0;
};

}  // namespace

// ---- Task ------------------------------------------------------------------------------------

struct Task::Shared {
  std::atomic<bool> cancelled{false};
  std::atomic<bool> ended{false};
};

Task::Task(QObject* parent) : QObject(parent) {}

Task::~Task() {
  if (now_) now_->cancelled = true;
  for (std::thread& thread : threads_) thread.join();
}

void Task::start(Work work) {
  cancel();
  // One that was cancelled looks up soon; the next waits for it on its own thread.
  auto before = std::make_shared<std::vector<std::thread>>(std::move(threads_));
  threads_.clear();
  now_ = std::make_shared<Shared>();
  running_ = true;
  Q_EMIT running_changed(true);
  threads_.emplace_back([this, shared = now_, before, work = std::move(work)] {
    for (std::thread& thread : *before) thread.join();
    Done done;
    QString why;
    try {
      if (!shared->cancelled) done = work(shared->cancelled);
    } catch (const std::exception& error) {
      why = words_of(error);
    }
    QMetaObject::invokeMethod(
        this,
        [this, shared, done = std::move(done), why] {
          if (shared->cancelled) return;
          running_ = false;
          now_.reset();
          if (!why.isEmpty()) {
            Q_EMIT failed(why);
          } else if (done) {
            done();
          }
          Q_EMIT running_changed(running_);
        },
        Qt::QueuedConnection);
  });
}

void Task::cancel() {
  if (!now_) return;
  now_->cancelled = true;
  now_.reset();
  if (!running_) return;
  running_ = false;
  Q_EMIT running_changed(false);
}

// ---- RunJob ----------------------------------------------------------------------------------

struct RunJob::Shared {
  std::atomic<bool> interrupted{false};
  std::atomic<bool> shown{true};  ///< the last update has arrived
  std::mutex mutex;
  std::condition_variable go_on;
  bool paused = false;
  Clock::time_point begun = Clock::now();
  Clock::duration rested{};
  Clock::time_point paused_at;
};

RunJob::RunJob(QObject* parent) : QObject(parent) {}

RunJob::~RunJob() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void RunJob::set_state(State state) {
  if (state_ == state) return;
  state_ = state;
  Q_EMIT state_changed();
}

double RunJob::spent_s() const {
  if (!now_) return 0.0;
  const std::lock_guard lock(now_->mutex);
  const auto until = now_->paused ? now_->paused_at : Clock::now();
  return std::chrono::duration<double>(until - now_->begun - now_->rested).count();
}

void RunJob::start(std::shared_ptr<const Topology> topology, const Experiment& experiment) {
  stop();
  // The thread that was stopped ends after its slice; the new one waits for it.
  auto before = std::make_shared<std::thread>(std::move(thread_));
  now_ = std::make_shared<Shared>();
  set_state(State::running);
  thread_ = std::thread([this, shared = now_, before, topology, experiment] {
    if (before->joinable()) before->join();
    const auto tell = [&](std::shared_ptr<const RunResult> result, bool final) {
      shared->shown = false;
      QMetaObject::invokeMethod(
          this,
          [this, shared, result = std::move(result), final] {
            shared->shown = true;
            if (now_ != shared) return;
            if (final) set_state(State::idle);
            Q_EMIT updated(result, final);
          },
          Qt::QueuedConnection);
    };
    try {
      const auto system = compile(*topology);
      Experiment own = experiment;
      own.interrupted = &shared->interrupted;
      Follower follower(*topology, *system, own);
      Clock::time_point next = Clock::now() + kBetweenUpdates;
      Outcome outcome = run_experiment(*system, own, [&](const Progress& progress) {
        follower.note(*progress.so_far);
        {
          std::unique_lock lock(shared->mutex);
          shared->go_on.wait(lock, [&] { return !shared->paused || shared->interrupted; });
        }
        const Clock::time_point now = Clock::now();
        if (now < next || !shared->shown) return;
        Outcome so_far;
        so_far.summary = *progress.so_far;
        tell(std::make_shared<RunResult>(follower.snapshot(std::move(so_far))), false);
        const Clock::time_point after = Clock::now();
        next = after + std::max<Clock::duration>(kBetweenUpdates, kSnapshotShare * (after - now));
      });
      tell(std::make_shared<RunResult>(follower.snapshot(std::move(outcome))), true);
    } catch (const std::exception& error) {
      QMetaObject::invokeMethod(
          this,
          [this, shared, why = words_of(error)] {
            if (now_ != shared) return;
            set_state(State::idle);
            Q_EMIT failed(why);
          },
          Qt::QueuedConnection);
    }
  });
}

void RunJob::pause() {
  if (state_ != State::running) return;
  {
    const std::lock_guard lock(now_->mutex);
    now_->paused = true;
    now_->paused_at = Clock::now();
  }
  set_state(State::paused);
}

void RunJob::go_on() {
  if (state_ != State::paused) return;
  {
    const std::lock_guard lock(now_->mutex);
    now_->paused = false;
    now_->rested += Clock::now() - now_->paused_at;
  }
  now_->go_on.notify_all();
  set_state(State::running);
}

void RunJob::stop() {
  if (!now_ || state_ == State::idle) return;
  go_on();
  now_->interrupted = true;
  now_->go_on.notify_all();
}

RunResult run_to_the_end(const Topology& topology, const Experiment& experiment,
                         const std::atomic<bool>* cancelled) {
  const auto system = compile(topology);
  Experiment own = experiment;
  own.interrupted = cancelled;
  Follower follower(topology, *system, own);
  Outcome outcome = run_experiment(
      *system, own, [&](const Progress& progress) { follower.note(*progress.so_far); });
  return follower.snapshot(std::move(outcome));
}

std::string json_of(const Topology& topology, const RunResult& result) {
  return cli::report_json({topology, result.experiment, result.outcome, result.estimates});
}

std::string csv_of(const Topology& topology, const RunResult& result) {
  return cli::report_csv({topology, result.experiment, result.outcome, result.estimates});
}

}  // namespace nines::gui
