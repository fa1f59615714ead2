#include "engine/contract/state.hpp"

#include <cstring>
#include <limits>

namespace nines {

double fire_time(const Slot& slot) {
  if (!slot.pending() || slot.law == kCrossing || slot.speed == 0.0) {
    return std::numeric_limits<double>::infinity();
  }
  return slot.speed == 1.0 ? slot.since_s + slot.left_s : slot.since_s + slot.left_s / slot.speed;
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
  for (const auto cell : state.cells) append(key, cell);
  for (const Slot& slot : state.slots) {
    append(key, slot.law);
    if (slot.pending()) append(key, slot.speed);
  }
  return key;
}

}  // namespace nines
