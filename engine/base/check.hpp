// CHECK: assertions for programmer errors. Always on; prints what it was given and aborts.
#pragma once

#include <string>

#include <fmt/format.h>

namespace nines {

[[noreturn]] void check_failed(const char* condition, const char* file, int line,
                               const std::string& message);

}  // namespace nines

/// CHECK(condition, "what was expected, with {} values", value…)
#define CHECK(condition, ...)                                                            \
  do {                                                                                   \
    if (!(condition)) [[unlikely]] {                                                     \
      ::nines::check_failed(#condition, __FILE__, __LINE__, ::fmt::format(__VA_ARGS__)); \
    }                                                                                    \
  } while (false)
