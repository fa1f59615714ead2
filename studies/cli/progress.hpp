// A progress bar on standard error.
#pragma once

#include <chrono>

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

}  // namespace nines::cli
