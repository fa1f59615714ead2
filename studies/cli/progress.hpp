// A progress bar on standard error.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "studies/experiment.hpp"

namespace nines::cli {

class ProgressBar {
 public:
  ProgressBar(const Experiment& experiment, bool shown, bool color);
  /// Draws at most ten times a second.
  void show(const Progress& progress);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  const Experiment& experiment_;
  bool shown_;
  bool color_;
  bool drawn_ = false;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point last_ = Clock::now();
};

/// One line on standard error that says what is being done.
class StatusLine {
 public:
  StatusLine(bool shown, bool color) : shown_(shown), color_(color) {}
  ~StatusLine() { clear(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;
  /// Drawn at most ten times a second. `share`: how much of it is done, where that is known.
  void show(const std::string& what, std::optional<double> share);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool shown_;
  bool color_;
  bool drawn_ = false;
  Clock::time_point last_ = Clock::now();
};

}  // namespace nines::cli
