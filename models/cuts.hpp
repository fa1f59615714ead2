// Which components take a service down at this moment: blame by set.
#pragma once

#include <cstdint>
#include <vector>

#include "models/service.hpp"

namespace nines {

/// The components of a minimal cut, by index, in name order; where none is down, what the service
/// waits for, as kWait + the index among its waits, or kMisplaced; empty: the load alone.
using CutSet = std::vector<std::uint32_t>;
inline constexpr std::uint32_t kWait = 0x80000000U;
/// A role is with a member that does not serve here, though another could, and nobody moves it.
inline constexpr std::uint32_t kMisplaced = 0xFFFFFFFFU;

/// Thins sets of components that are down. Holds a memory of what it has asked: one for each
/// thread.
class Cuts {
 public:
  Cuts(const Model& model, const std::vector<CompiledService>& services);

  /// The components of the service's support that are down, or up with less than their capacity.
  CutSet down(std::size_t service, const Reading& reading) const;
  /// What else decides the cut: roles, data, load, what is waited for.
  std::vector<bool> flags(std::size_t service, const Reading& reading) const;
  /// The down set thinned in name order until nothing can be left out, every role following at
  /// once; if then nothing is left, what the service waits for.
  CutSet thinned(std::size_t service, const CutSet& down, const Reading& reading);

 private:
  std::vector<SignalId> flags_of(SignalId id) const;
  bool stands(SignalId signal, const Reading& reading);
  bool find_whether_stands(SignalId signal, const Reading& reading);
  bool is_down(const CompiledComponent& component, const Reading& reading) const;

  const Model& model_;
  const std::vector<CompiledService>& services_;
  std::vector<std::uint8_t> is_role_;       ///< by signal: taken to follow at once
  std::vector<std::uint8_t> pretended_up_;  ///< by component, while a cut is thinned
  /// By signal: what it would be under the pretence of that number.
  struct Known {
    std::uint64_t time = 0;
    bool stands = false;
  };
  std::vector<Known> known_;
  std::uint64_t pretences_ = 0;
  std::vector<std::vector<SignalId>> flags_;  ///< by service: what `could_be` reads of cells
};

/// How people call the parts of a cut: "db-1", "db: takeover", "load".
std::vector<std::string> cut_names(const Model& model, const CompiledService& service,
                                   const CutSet& cut);

}  // namespace nines
