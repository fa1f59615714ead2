// Story: what happens in a run, told event by event in sentences.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/measure/observer.hpp"
#include "topologies/compile.hpp"

namespace nines {

/// One sentence. Its pattern has a {} for each argument, so that it can be said in another
/// language.
struct StoryLine {
  enum class Tone : unsigned char { plain, good, warm, bad };
  struct Argument {
    std::string text;              ///< a name, as it is; or
    std::optional<double> span_s;  ///< a duration; or
    std::optional<double> count;   ///< how many
  };
  double t_s = 0.0;
  std::string event;   ///< "fails", "service_down": for programs
  std::string name;    ///< of whom it is told
  std::string detail;  ///< of a failure its mode, of a role the group
  Tone tone = Tone::plain;
  bool follows = false;  ///< what follows from what was told before it
  std::string pattern;   ///< English; empty: of no interest to a person
  std::vector<Argument> arguments;
};

/// Tells what happens, as it happens. A copy goes on telling from where it is: it and the state of
/// the run are copied together.
class StoryTeller final : public EventObserver, public Observer {
 public:
  using Listener = std::function<void(const StoryLine&)>;
  StoryTeller(const System& system, Listener listener);

  void run_begins(const Moment& moment) override;
  void fired(double t_s, SlotId slot, const Reading& after) override;
  void signal_changed(const Moment& moment, SignalId signal, bool up, SlotId) override;
  void earned(const Moment&, MeasureId measure, double amount) override;

 private:
  struct Member {
    const CompiledGroup* group = nullptr;
    const CompiledGroup::Member* member = nullptr;
    bool active = false;
    bool usable = true;
    double changed_s = 0.0;        ///< when `usable` did
    double serving_till_s = -1.0;  ///< when it last failed in service
  };
  enum class How : unsigned char { by_itself, made_to };

  void tell_mode(double t_s, std::size_t mode, const Reading& after, How how);
  void tell_member(double t_s, Member& m, const Reading& reading);
  /// Which other member of the group failed in service and is still down, and when.
  std::optional<std::pair<std::string, double>> failed_before(const Member& of) const;
  void tell(StoryLine line) const { listener_(line); }

  const System* system_;
  Listener listener_;
  std::vector<Member> members_;
  /// In the event that happens: whether of writes, of which group or service, how many.
  std::map<std::pair<bool, std::string>, double> losses_;
  std::map<std::size_t, bool> failed_;  ///< of modes that reactions may make fail
  std::vector<double> down_since_;
};

}  // namespace nines
