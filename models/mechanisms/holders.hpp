// Holders: which members of a quorum group have a write, and which are lost with the last of them.
#pragma once

#include <memory>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// The data of a group whose members may lose what they store.
struct HoldersPlan {
  struct Member {
    SignalId usable{};               ///< it runs, whatever data it has
    std::vector<ModeId> destroying;  ///< modes that destroy what it has
    std::vector<SignalId> reach;     ///< by member; none: always; empty: all reach one another
    CellId leads = kNone<CellId>;    ///< none: there is no leader
    CellId whole{};                  ///< 0 while its data are gone, or not all copied yet
    CellId lacks = kNone<CellId>;    ///< it has not caught up yet; none: it does so at once
    CellId in_step{};                ///< it gets what is written now, and has what others had
    int votes = 1;
    TimerId copied{};
  };
  static constexpr std::size_t kMost = 7;  ///< members: there is a fluid for each set of them

  std::vector<Member> members;
  std::vector<CompiledWrites> sources;
  /// Acknowledged writes that these members have, as the bits of the index, and no other.
  std::vector<FluidId> only;
  FluidId going{};  ///< those whose last holder is being destroyed
  FluidId since_backup{};
  LawId copy{};
  LawId backup_every = kNone<LawId>;
  LawId restore{};
  bool led = false;
  bool rolls_back = false;        ///< a leader may be elected that lacks writes: these are lost
  LawId recovery = kNone<LawId>;  ///< until those who are left form the group anew; none: never
  int majority = 1;               ///< of the votes
  CellId data_there{};            ///< 0 while no member is whole
  CellId enough_left{};           ///< 0 while so few are that they cannot elect
  TimerId backup = kNone<TimerId>;
  TimerId restored{};
  TimerId recovered = kNone<TimerId>;
  MeasureId lost{};
  MeasureId data_loss = kNone<MeasureId>;  ///< none: nothing destroys data
};

/// Follows the writes of a quorum group. A write is on the members that were in step when it was
/// acknowledged: with the votes of a write quorum at the least. Whoever gets in step with one of
/// those has it as well. It is lost when the data of the last of them are destroyed; a member that
/// is down keeps what it has. With a write quorum below a majority a leader may be elected without
/// any of them: then it is lost, too, as they will follow that leader.
std::unique_ptr<const Reaction> holders(HoldersPlan plan);

}  // namespace nines
