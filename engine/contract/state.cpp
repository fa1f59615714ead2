#include "engine/contract/state.hpp"

#include <limits>

namespace nines {

double fire_time(const Slot& slot, double speed) {
  if (!slot.pending() || speed == 0.0) return std::numeric_limits<double>::infinity();
  if (slot.law == kCrossing) return slot.since_s;
  return speed == 1.0 ? slot.since_s + slot.left_s : slot.since_s + slot.left_s / speed;
}

}  // namespace nines
