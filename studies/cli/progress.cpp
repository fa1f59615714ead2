#include "studies/cli/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "studies/cli/text.hpp"

namespace nines::cli {

ProgressBar::ProgressBar(const Experiment& experiment, bool shown, bool color)
    : experiment_(experiment), shown_(shown), color_(color) {}

void ProgressBar::show(const Progress& progress) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const double spent_s = std::chrono::duration<double>(now - begun_).count();
  double done =
      static_cast<double>(progress.runs_done) / static_cast<double>(progress.runs_at_most);
  if (experiment_.time_limit_s) done = std::max(done, spent_s / *experiment_.time_limit_s);
  constexpr int kWidth = 30;
  const int filled = static_cast<int>(std::floor(std::min(1.0, done) * kWidth));
  std::string bar;
  for (int i = 0; i < kWidth; ++i) bar += i < filled ? "━" : "╌";
  const std::string left = experiment_.precision
                               ? "until precise"
                               : duration(spent_s * (1.0 - done) / std::max(done, 1e-9)) + " left";
  const Paint paint(color_);
  fmt::print(stderr, "\r\x1b[K{} {} runs  {}", paint.good(bar), grouped(progress.runs_done),
             paint.faint(left));
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressBar::clear() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

void StatusLine::show(const std::string& what, std::optional<double> share) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const std::string done =
      share ? Paint(color_).good(fmt::format("{:3.0f} % ", 100.0 * *share)) : std::string();
  fmt::print(stderr, "\r\x1b[K{}{}", done, what);
  std::fflush(stderr);
  drawn_ = true;
}

void StatusLine::clear() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace nines::cli
