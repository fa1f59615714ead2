// Summaries as bytes: for stores, and on their way between processes.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/outages.hpp"

namespace nines {

/// All of a summary. Response laws are named by their numbers alone: see `LawsInUse`.
std::string to_bytes(const RunsSummary& summary);
/// The same summary. Throws std::runtime_error if the bytes are none of `to_bytes`.
RunsSummary from_bytes(std::string_view bytes);

/// The response laws that summaries have named so far, so that each is told once.
class LawsInUse {
 public:
  /// Those of a summary that none before it had, as bytes; empty: all are known.
  std::string fresh(const RunsSummary& summary, const std::vector<CompiledService>& services);

 private:
  std::set<std::pair<std::size_t, double>> known_;  ///< service and number
};
/// Writes laws into the books of the services. Throws std::runtime_error if the bytes are none of
/// `LawsInUse::fresh`.
void add_laws(std::string_view bytes, const std::vector<CompiledService>& services);

}  // namespace nines
