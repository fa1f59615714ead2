// Summaries as bytes: for stores, and on their way between processes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/outages.hpp"

namespace nines {

/// All of a summary, with the response laws that it names, which are found in the books of the
/// services.
std::string to_bytes(const RunsSummary& summary, const std::vector<CompiledService>& services);

/// The same summary; the laws go into the books of the services. Throws std::runtime_error if the
/// bytes are none of `to_bytes` for these services.
RunsSummary from_bytes(std::string_view bytes, const std::vector<CompiledService>& services);

}  // namespace nines
