// Replication: which copy has which writes, and which are lost when another copy takes over.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// What a group of copies is made of. One of them, the head, has the newest writes; streams carry
/// them to the others.
struct ReplicationPlan {
  enum class Mode : unsigned char { synchronous, asynchronous, periodic };
  /// Where a copy stands: nothing between it and the head but what a stream always has under way;
  /// without a stream; with one, and behind; written anew from the head.
  enum Standing : int { kInStep, kAway, kCatchingUp, kCopying };
  struct Member {
    SignalId usable{};       ///< it runs, whatever data it has
    SignalId could_serve{};  ///< and its users would reach it
    CellId active{};
    CellId doing{};
    CellId stale{};
    std::vector<ModeId> destroying;     ///< modes that destroy what it has
    std::vector<SignalId> reach;        ///< by member; none: always; empty: all reach one another
    SignalId stream = kNone<SignalId>;  ///< what carries writes to it works; none: always
    std::optional<std::size_t> from;    ///< the copy that it gets them from; none: the head
    Mode mode = Mode::asynchronous;
    double most_per_s = std::numeric_limits<double>::infinity();  ///< writes that it can carry
    bool degrades = false;  ///< synchronous, but for a time-out
    int rank = 0;           ///< of those who lack nothing, the least is promoted first
    LawId every{};          ///< of a periodic stream: from snapshot to snapshot
    LawId ship{};           ///< and until it has arrived

    CellId standing{};
    CellId lacks{};     ///< 0 nothing that was acknowledged, but for what is under way; k: of those
                        ///< who do, it left its stream k-th last
    CellId known{};     ///< that it lacks something is known
    CellId diverged{};  ///< it has writes that are lost, and cannot follow as it is
    CellId whole{};     ///< 0 while its data are gone
    CellId fit{};       ///< it may be promoted
    CellId fresh = kNone<CellId>;     ///< it may answer reads; none: however far behind
    CellId worth{};                   ///< of those who are fit, the least has most
    FluidId behind{};                 ///< acknowledged writes that it lacks
    FluidId unsent = kNone<FluidId>;  ///< those that the head has not sent it, as it lags
    FluidId wire = kNone<FluidId>;
    TimerId too_stale = kNone<TimerId>;
    TimerId caught_up = kNone<TimerId>;
    TimerId copied = kNone<TimerId>;
    TimerId snapshot = kNone<TimerId>;
    TimerId shipped = kNone<TimerId>;
  };
  enum class Stale : unsigned char { never, at_once, after };

  std::vector<Member> members;
  /// Each behind whoever feeds it.
  std::vector<std::size_t> in_order;
  std::vector<CompiledWrites> sources;
  std::vector<SignalId> takes_writes;  ///< by member: enough copies follow; empty: not asked
  int acknowledged_by = 0;             ///< synchronous copies beside the head; 0: all there are
  bool data_may_go = false;            ///< a copy may be without its data
  bool promotes = true;  ///< else whoever takes over writes beside the head, which gets it all back
  bool rewinds = false;  ///< one that has diverged drops what it has too much, and follows
  Stale stale = Stale::never;
  LawId stale_after{};
  LawId degrade_after = kNone<LawId>;  ///< none: never
  LawId max_staleness = kNone<LawId>;  ///< of a copy that answers reads; none: any
  LawId copy{};
  LawId backup_every = kNone<LawId>;
  LawId restore = kNone<LawId>;

  CellId head{};
  CellId head_alive{};    ///< it runs, has its data, and is in its role
  CellId handed_to{};     ///< 1 + whoever the head hands its role over to; 0: nobody
  CellId old_acts{};      ///< a former head is active still
  CellId acknowledges{};  ///< enough copies do
  CellId alone{};         ///< the head no longer waits for them
  CellId stale_may{};
  CellId data_there{};    ///< 0 while no copy is whole
  CellId newest_there{};  ///< 0 while only copies are there that may not be promoted
  FluidId doomed{};       ///< acknowledged by a former head beside its successor
  FluidId since_backup = kNone<FluidId>;
  FluidId by_head = kNone<FluidId>;  ///< acknowledged by this head; none: no copy feeds another
  TimerId settle{};
  LawId at_once{};
  TimerId degrade = kNone<TimerId>;
  TimerId allow_stale = kNone<TimerId>;
  TimerId backup = kNone<TimerId>;
  TimerId restored = kNone<TimerId>;
  MeasureId lost{};
  MeasureId data_loss{};
  MeasureId head_failed{};
};

/// Follows the writes of a group: how far each copy is behind, what is lost at a promotion, who may
/// be promoted, whether a write is acknowledged.
///
/// A write that is acknowledged is lost when a copy is promoted that does not have it: it was not
/// sent (the stream lags), it is on the wire still, or the copy had been without a stream. It is
/// not lost as long as its holder may return as the head.
std::unique_ptr<const Reaction> replication(ReplicationPlan plan);

/// The keys of a stream: how far it lags, what it can carry.
std::vector<Parameter> stream_keys();

}  // namespace nines
