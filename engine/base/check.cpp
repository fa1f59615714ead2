#include "engine/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace nines {

void check_failed(const char* condition, const char* file, int line, const std::string& message) {
  fmt::print(stderr, "{}:{}: CHECK({}) failed: {}\n", file, line, condition, message);
  std::fflush(stderr);
  std::abort();
}

}  // namespace nines
