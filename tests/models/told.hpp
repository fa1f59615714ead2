// All that a run tells, to compare one simulator with another.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "engine/measure/observer.hpp"

namespace nines::test {

/// Slots that fire, and what is earned, in order.
class Told final : public EventObserver, public Observer {
 public:
  std::vector<std::tuple<double, std::uint32_t, double>> lines;
  void fired(double t_s, SlotId slot, const Reading&) override {
    lines.emplace_back(t_s, static_cast<std::uint32_t>(slot), -1.0);
  }
  void earned(const Moment& moment, MeasureId measure, double amount) override {
    lines.emplace_back(moment.t_s, static_cast<std::uint32_t>(measure), amount);
  }
};

}  // namespace nines::test
