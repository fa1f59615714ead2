#include "engine/contract/state.hpp"

#include <cstring>
#include <limits>

namespace nines {

double fire_time(const Slot& slot, double speed) {
  if (!slot.pending() || speed == 0.0) return std::numeric_limits<double>::infinity();
  if (slot.law == kCrossing) return slot.since_s;
  return speed == 1.0 ? slot.since_s + slot.left_s : slot.since_s + slot.left_s / speed;
}

namespace {

template <class T>
void append(std::string& key, const T& value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  key.append(bytes, sizeof value);
}

}  // namespace

std::string chain_key(const State& state) {
  std::string key;
  for (const auto failed : state.failed) append(key, failed);
  for (const auto restarting : state.restarting) append(key, restarting);
  for (const auto operating : state.operating) append(key, operating);
  for (const auto cell : state.cells) append(key, cell);
  for (std::size_t i = 0; i < state.slots.size(); ++i) {
    append(key, state.slots[i].law);
    if (!state.slots[i].pending()) continue;
    append(key, state.speeds[i]);
    if (state.slots[i].law != kCrossing) continue;
    append(key, state.timers[i - (state.slots.size() - state.timers.size())].fluid);
    append(key, state.slots[i].left_s);
  }
  return key;
}

}  // namespace nines
