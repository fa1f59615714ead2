// Work on a thread of its own, so that the window never waits.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include <QObject>
#include <QString>

#include "gui/charts/figures.hpp"
#include "studies/exact.hpp"
#include "topologies/structure/structure.hpp"

namespace nines::gui {

/// One piece of work at a time. What it returns is called on the thread of the window, unless it
/// was cancelled meanwhile.
class Task final : public QObject {
  Q_OBJECT
 public:
  using Done = std::function<void()>;
  using Work = std::function<Done(const std::atomic<bool>& cancelled)>;

  explicit Task(QObject* parent = nullptr);
  ~Task() override;
  /// Cancels what is under way, without waiting for it, and starts.
  void start(Work work);
  void cancel();
  bool running() const { return running_; }

 Q_SIGNALS:
  void running_changed(bool running);
  /// It could not be done; the text says why.
  void failed(const QString& why);

 private:
  struct Shared;
  std::shared_ptr<Shared> now_;
  bool running_ = false;
  std::vector<std::thread> threads_;
};

/// Experiments: start, pause, stop, and what is known so far, at most ten times a second.
class RunJob final : public QObject {
  Q_OBJECT
 public:
  enum class State : unsigned char { idle, running, paused };

  explicit RunJob(QObject* parent = nullptr);
  ~RunJob() override;

  void start(std::shared_ptr<const Topology> topology, const Experiment& experiment);
  void pause();
  void go_on();
  /// What is known by then is kept, and told by `finished`.
  void stop();
  State state() const { return state_; }
  double spent_s() const;

 Q_SIGNALS:
  void state_changed();
  void updated(std::shared_ptr<const nines::gui::RunResult> result, bool final);
  void failed(const QString& why);

 private:
  struct Shared;
  void set_state(State state);
  State state_ = State::idle;
  std::shared_ptr<Shared> now_;
  std::thread thread_;
};

/// What `nines run` would print of it as JSON, as CSV.
std::string json_of(const Topology& topology, const RunResult& result);
std::string csv_of(const Topology& topology, const RunResult& result);

/// An experiment from beginning to end, here and now: for files and lessons.
RunResult run_to_the_end(const Topology& topology, const Experiment& experiment,
                         const std::atomic<bool>* cancelled = nullptr);

}  // namespace nines::gui
