// Detection: how long it takes until a failed member is noticed, and one that is well again.
//
// No event is spent on a check, an advertisement or a heartbeat: each delay is drawn from the law
// that the checks would give, with the phase of the last one before the fault uniform.
#pragma once

#include <array>
#include <optional>

#include "models/declaration.hpp"

namespace nines {

/// How a member that does not serve looks to those who watch it. In the order of the words of
/// `effect`, so that the worst is the last.
enum class Looks : unsigned char {
  refused,
  hangs,
  silent,
  released,  ///< it says itself that it is out of service: a tracked script has told it
  hidden,    ///< as if all were well: what fails is not what is watched
};
inline constexpr std::size_t kLooks = 5;
inline constexpr int kFalseAlarm = kLooks;  ///< beside them: nothing had failed

/// A health check (HAProxy Configuration Manual, `check`; Kubernetes, `readinessProbe`).
struct HealthCheck {
  double interval_s = 2.0;
  double fast_s = 2.0;  ///< after a first failure, and after a first success of one that is down
  double down_s = 2.0;  ///< while it is down
  double timeout_s = 2.0;
  int fall = 3;
  int rise = 2;
  int layer = 7;
  bool paced_by_start = false;  ///< checks start at fixed instants, not an interval after the last
  double errs = 0.0;            ///< probability that a check of a member that is well fails

  /// From a fault until the member is marked down; null: it never is.
  LawPtr notice(Looks looks) const;
  /// From the end of a fault until the member is marked up.
  LawPtr back(Looks looks) const;
  /// From when all is well until `fall` checks in a row have erred; null: they never do.
  LawPtr false_alarm() const;
  /// From a false alarm until the member is marked up.
  LawPtr back_after_false_alarm() const;
};

/// The virtual router redundancy protocol (RFC 3768, RFC 5798) as keepalived speaks it.
struct Vrrp {
  double advertisement_s = 1.0;
  int version = 2;
  double script_interval_s = 1.0;
  int script_fall = 1;

  /// Section 6.1 of either RFC: (256 - priority) / 256 s, in version 3 of an advertisement.
  double skew_s(double priority) const;
  /// From the death of the master until a backup of that priority takes over.
  LawPtr notice(double priority) const;
  /// From a failure that a tracked script sees until it does so.
  LawPtr release(double priority) const;
  /// From the start of a router until it becomes master, hearing nobody that it must heed.
  double master_down_s(double priority) const { return 3 * advertisement_s + skew_s(priority); }
};

/// The detection of a group, as compiled.
struct Detection {
  bool perfect = false;
  /// The members watch one another, over the network between them; else those before them in the
  /// chain do.
  bool by_peers = false;
  /// By watching member, where it matters who watches, else one row. Null: never noticed.
  std::vector<std::array<LawPtr, kLooks>> notice;
  std::array<LawPtr, kLooks> back;
  /// Requests that fail mark a member down: how many; none: nobody counts them. And by how the
  /// failure looks, how long it is until a request has failed.
  std::optional<int> errors;
  std::array<double, kLooks> error_takes_s{};
  LawPtr false_alarm;  ///< null: none
  LawPtr back_after_false_alarm;
  double soonest_s = 0.0;  ///< of heartbeats: before that no silence is noticed
  /// Of VRRP: by member, how long it listens before it takes over when it returns.
  std::vector<double> listens_s;
  bool preempts = false;
  /// Of VRRP: the failure modes that a tracked script sees; other failures that leave the host
  /// alive stay hidden. None: any failure ends the advertisements.
  std::optional<std::vector<std::string>> tracks;
  std::vector<double> priorities;

  const LawPtr& notice_by(std::size_t watcher, Looks looks) const {
    return notice[notice.size() == 1 ? 0 : watcher][static_cast<std::size_t>(looks)];
  }
};

/// The key `detection`.
Parameter detection_key();
/// What a group of so many members says.
Detection detection_of(const Settings& group, std::size_t members);
/// Whether a group's detection is by its members themselves: VRRP or heartbeats.
bool detects_by_peers(const Settings& group);
bool detects_perfectly(const Settings& group);
/// Whether members are marked down by the requests that fail.
bool counts_errors(const Settings& group);
/// From a fault until so many requests have failed that come at that rate: Poisson arrivals.
LawPtr after_errors(int errors, double rate_per_s, double takes_s);

/// Tells from the state how a member looks.
class Sight {
 public:
  Sight() = default;
  Sight(const CompiledGroup::Member& member, const Detection& detection);
  /// Of a member that does not serve; `usable`: it is only cut off.
  Looks looks(const Reading& reading, bool usable) const;
  /// Its heartbeats have stopped though it serves on.
  bool mute(const Reading& reading) const;
  /// The modes that matter here, for whoever must wake.
  const std::vector<ModeId>& modes() const { return modes_; }
  const std::vector<ModeId>& mute_modes() const { return mute_; }
  std::vector<SignalId> beneath() const;  ///< its power and its host, where it has them

 private:
  struct Row {
    ModeId mode{};
    Looks looks{};
  };
  ComponentId component_ = kNone<ComponentId>;  ///< none: the member is a group
  SignalId powered_ = kNone<SignalId>;
  SignalId host_ = kNone<SignalId>;
  bool tracks_ = false;
  std::vector<Row> rows_;
  std::vector<ModeId> modes_;
  std::vector<ModeId> mute_;
};

}  // namespace nines
