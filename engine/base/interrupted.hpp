// Long work that was asked to stop.
#pragma once

#include <atomic>
#include <stdexcept>

namespace nines {

class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

/// Throws Interrupted if somebody has asked to stop; `asked` may be null.
inline void stop_if(const std::atomic<bool>* asked) {
  if (asked != nullptr && *asked) throw Interrupted();
}

}  // namespace nines
