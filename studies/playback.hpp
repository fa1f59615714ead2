// Playback: one run, event by event, forwards and backwards, with faults by hand.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/run/simulate.hpp"
#include "studies/story.hpp"
#include "topologies/compile.hpp"

namespace nines {

/// How a component stands, for whoever looks at it.
enum class Standing : unsigned char {
  up,
  degraded,  ///< up, with part of its capacity
  waiting,   ///< up, but something that it needs is not there
  restarting,
  masked,  ///< a domain or host of its is down
  failed,
};

/// The first run from `first` on, of `most`, in which a service goes down; none: no such run, or
/// interrupted.
std::optional<std::uint32_t> run_with_outage(const System& system, std::uint64_t seed,
                                             std::uint32_t first, double horizon_s,
                                             std::uint32_t most,
                                             const std::atomic<bool>& interrupted);

/// One run that is watched. What has happened is kept, faults by hand included, so that it can be
/// gone back over; a fault by hand at an earlier time makes another future, in which all other
/// components have the luck they had.
class Playback {
 public:
  /// A view of one instant.
  struct Service {
    bool available = true;
    bool with_load = false;
    double offered_per_s = 0.0;
    double served_per_s = 0.0;
    double response_s = 0.0;  ///< mean; infinite while a queue is saturated; 0: there is none
  };
  struct Member {
    bool serves = true;    ///< in its role or in view, and usable
    bool active = true;    ///< it has a role or is in view, whether it is usable or not
    double backlog = 0.0;  ///< acknowledged writes that it lacks
    bool follows = false;  ///< `backlog` means something
    double lag_s = 0.0;    ///< how far behind it is while it keeps up: the mean of its lag
  };
  struct Group {
    double lost_writes = 0.0;  ///< since the start
    double waiting = 0.0;      ///< in a queue
    std::vector<Member> members;
  };
  struct View {
    double t_s = 0.0;
    std::vector<Standing> components;  ///< by component of the topology
    std::vector<Service> services;     ///< by compiled service
    std::vector<Group> groups;         ///< by group of the topology
    /// Requests per second over each link, both ways together, by component of the topology: as
    /// if all that is served took one of the shortest ways.
    std::vector<double> traffic_per_s;
  };
  /// A change of standing, or of a service, for a timeline.
  struct Change {
    double t_s = 0.0;
    bool of_service = false;
    std::size_t index = 0;
    Standing to = Standing::up;
  };

  /// The run that `nines run` and `nines trace` number so. Throws like `compile`.
  Playback(const Topology& topology, std::uint64_t seed, std::uint32_t run, double horizon_s);
  ~Playback();
  Playback(const Playback&) = delete;
  Playback& operator=(const Playback&) = delete;

  const Topology& topology() const { return topology_; }
  const System& system() const { return *system_; }
  double horizon_s() const { return horizon_s_; }
  double now_s() const { return now_s_; }
  /// When the next instant is at which anything happens; the horizon, if none comes before.
  double next_s() const;

  /// Goes on to the next instant; false at the horizon, where it then stands.
  bool step();
  /// To the next instant of which there is something to tell.
  bool step_told();
  /// Back to where the last instant but this left everything; false at the start.
  bool back();
  bool back_told();
  /// To that time: everything up to it has happened.
  void seek(double t_s);

  /// Faults by hand, now. What was recorded later is forgotten. False where there is nothing to do.
  bool fail(std::size_t component, std::size_t mode);
  bool mend(std::size_t component, std::size_t mode);
  bool fails_by_hand(std::size_t component);
  /// All of its failures are over; false if one waits for a crew, or nothing was failed.
  bool mend_all(std::size_t component);

  View view() const;
  const State& state() const { return simulator_->now(); }
  /// All that was told until now, and all changes.
  const std::vector<StoryLine>& story() const { return story_; }
  const std::vector<Change>& changes() const { return changes_; }
  /// Until where it is known what happens: how far the timeline reaches.
  double recorded_s() const;
  std::size_t position() const { return position_; }

 private:
  struct Act {
    enum class What : unsigned char { event, fail, mend };
    What what = What::event;
    double t_s = 0.0;
    ModeId mode{};
    // What stood before it.
    std::size_t story = 0;    ///< how many lines
    std::size_t changes = 0;  ///< and how many changes
    bool told = false;
  };
  struct Checkpoint {
    std::size_t position = 0;
    State state;
    StoryTeller teller;
    std::vector<Standing> standing;
    std::vector<bool> available;
    std::vector<double> lost;
  };
  class Losses;

  void perform(const Act& act);
  void forward();
  void go_to(std::size_t position);
  void forget_later();
  void by_hand(Act::What what, ModeId mode);
  Standing standing_of(std::size_t component) const;
  void note_changes();
  void remember();
  void find_traffic(View& view) const;

  const Topology topology_;
  std::unique_ptr<System> system_;
  std::uint64_t seed_;
  std::uint32_t run_;
  double horizon_s_;
  std::vector<StoryLine> story_;
  std::unique_ptr<StoryTeller> teller_;
  std::unique_ptr<Losses> losses_;
  std::unique_ptr<Simulator> simulator_;
  std::vector<Act> acts_;
  std::vector<Checkpoint> checkpoints_;
  std::size_t position_ = 0;  ///< how many of the acts have happened
  double now_s_ = 0.0;
  std::vector<Change> changes_;
  std::vector<Standing> standing_;
  std::vector<bool> available_;
  std::vector<double> lost_;  ///< by group
};

}  // namespace nines
