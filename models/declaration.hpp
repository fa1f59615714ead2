// Declarations: everything that is said about a key or a kind, once. The reader, its messages, the
// JSON Schema, the forms of the front end and the reference manual are all made from these.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/contract/builder.hpp"
#include "models/settings.hpp"
#include "models/units.hpp"

namespace nines {

struct Record;

/// What a value may be.
enum class Type : unsigned char {
  quantity,   ///< a number with a unit of `dimension`
  law,        ///< a distribution of a duration; a bare duration is a deterministic one
  mean,       ///< a duration, short for an exponential law of that mean
  count,      ///< a whole number
  number,     ///< a pure number
  numbers,    ///< a list of pure numbers
  word,       ///< one of `words`
  text,       ///< anything
  truth,      ///< true or false
  hours,      ///< a stretch of the day: 08:00-20:00
  days,       ///< a day of the week or a stretch of them: mon-fri
  names,      ///< one name or pattern, or a list of them, of what `refers_to` says
  bundles,    ///< names, or maps from one of `words` to names, or a list of both
  record,     ///< a map with the keys of `record`
  choice,     ///< one key of `record` with its own map, or that key by itself as a word
  list,       ///< a list of maps with the keys of `record`
  table,      ///< a map from names of the user's to `record`
  positions,  ///< where the front end draws things: a map from names to pairs of numbers
  any,        ///< whatever stands there: who reads it looks at the document
};

/// One key: its type, range, default and meaning.
struct Parameter {
  std::string key;
  Type type = Type::text;
  std::string help;  ///< one sentence

  Dimension dimension = Dimension::duration;
  double low = 0.0;  ///< smallest value, in SI units
  double high = 1e300;
  bool low_open = false;   ///< the smallest value itself is refused
  bool high_open = false;  ///< the largest value itself is refused
  std::vector<std::string> words;
  std::string refers_to;
  bool single = false;  ///< of names: exactly one
  std::shared_ptr<const Record> record;

  bool required = false;
  std::string default_text;    ///< as one would write it; empty: none
  std::string default_source;  ///< where the default comes from
  std::string later;           ///< not empty: not supported yet, and what it needs
};

/// A map with declared keys.
struct Record {
  std::string name;  ///< "failure mode"
  std::string help;
  std::vector<Parameter> parameters;
  /// Of each set exactly one key must be given.
  std::vector<std::vector<std::string>> exactly_one_of = {};
};

const Parameter* find_parameter(const Record& record, const std::string& key);

// The usual makers.
Parameter later_key(std::string key, std::string why);
Parameter quantity(std::string key, Dimension dimension, std::string help);
/// A whole number from 1 to `high`; the default and where it comes from may be empty.
Parameter count(std::string key, double high, std::string default_text, std::string default_source,
                std::string help);
Parameter law_of_time(std::string key, std::string help);
Parameter word(std::string key, std::vector<std::string> words, std::string help);
Parameter truth(std::string key, std::string help);
Parameter names(std::string key, std::string refers_to, std::string help);
Parameter bundles(std::string key, std::string refers_to, std::vector<std::string> words,
                  std::string help);
Parameter table(std::string key, std::shared_ptr<const Record> record, std::string help);
Parameter record_of(std::string key, std::shared_ptr<const Record> record, std::string help);
/// One of several things, each with settings of its own.
Parameter choice_of(std::string key, std::string name, std::vector<Parameter> choices,
                    std::string help);
Parameter list_of(std::string key, std::shared_ptr<const Record> record, std::string help);

/// A mode as compiled: what services, crews and domains need to know of it.
struct CompiledMode {
  std::string name;  ///< "disk"
  std::string like;  ///< the same or, of a scripted fault, the name of the mode that it imitates
  ModeId id{};
  double capacity_factor = 1.0;  ///< below 1: degraded
  double repair_cost = 0.0;      ///< of each repair
  bool destroys_data = false;
  /// How the component looks to others while it lasts.
  enum class Shows : unsigned char {
    refused,  ///< the process is gone, its host refuses
    hangs,    ///< it accepts and never answers
    silent,   ///< nothing comes back
    mute,     ///< it serves on, but its heartbeats and advertisements stop
  };
  Shows shows = Shows::refused;
  bool takes_down() const {
    return capacity_factor == 1.0 && strikes.empty() && shows != Shows::mute;
  }
  std::string strikes;  ///< the mode in which members of the domain fail; empty: it masks them
  double strike_probability = 1.0;
};

struct CompiledComponent;
struct CompiledGroup;
struct HoldersPlan;
struct MissedPlan;
struct ReplicationPlan;

/// What a component, group or service needs: this or that.
struct CompiledNeed {
  const CompiledComponent* component = nullptr;
  const CompiledGroup* group = nullptr;
};
/// One of these must be available, and reached.
using CompiledClause = std::vector<CompiledNeed>;

/// A component as compiled.
struct CompiledComponent {
  std::string name;
  ComponentId id = kNone<ComponentId>;  ///< none: it is no part of the model (a client)
  SignalId up = kNone<SignalId>;
  SignalId powered = kNone<SignalId>;  ///< none of its domains is down; none: it is in none
  SignalId usable = kNone<SignalId>;   ///< up, powered, hosted, and what it needs is there
  SignalId host = kNone<SignalId>;     ///< the host on which it runs is usable; none: it has none
  SignalId ready = kNone<SignalId>;    ///< it has started on its host
  /// Signals that are false while it waits for something though nothing is down.
  std::vector<std::pair<SignalId, std::string>> waits;
  std::optional<double> capacity_per_s;
  int concurrency = 1;     ///< how many requests it works on at once
  double latency_s = 0.0;  ///< of a link or a device, one way
  bool restarts = false;
  bool forwards = false;
  bool bridges = false;   ///< it forwards within one network segment: a switch
  bool attached = false;  ///< storage without a link: whoever needs it reaches it
  std::vector<CompiledMode> modes;
  std::vector<const CompiledComponent*> depends;  ///< whatever `usable` reads besides itself
  std::vector<const CompiledGroup*> depends_on_groups;
  std::vector<CompiledClause> needs;  ///< what it must reach, beyond `usable`
};

/// A repair that waits for a crew.
struct CrewJob {
  std::string name;  ///< "db-1/disk"
  std::string crew;
  ModeId mode{};
  int priority = 1;
};

/// What a kind is to the network.
enum class Part : unsigned char {
  client,
  stream,     ///< carries writes from copy to copy, over the network
  end_point,  ///< forwards nothing, unless it says so
  storage,    ///< an end point that may be attached directly: without a link, all reach it
  forwarder,
  link,
  domain,
};

/// A kind of component: its keys, and what it becomes in the model.
struct Kind {
  Record record;
  Part part = Part::end_point;
  std::function<CompiledComponent(const std::string& name, const Settings&, ModelBuilder&,
                                  std::vector<CrewJob>&)>
      compile;
};

/// Where writes come from: a number of an evaluation, per second; or, of a service without a
/// workload, one a second while it is available.
struct CompiledWrites {
  EvaluationId evaluation = kNone<EvaluationId>;
  std::size_t number = 0;
  std::size_t former = 0;  ///< another number: of those, what only former primaries get
  SignalId available = kNone<SignalId>;
  double offered_per_s = 0.0;
  double share = 1.0;  ///< of writes in what that number counts: reads may go the same way
};

/// A group as compiled. It stands while at least `need` of its members do, and its conditions hold.
struct CompiledGroup {
  std::string name;
  struct Member {
    const CompiledComponent* component = nullptr;  ///< this or
    const CompiledGroup* group = nullptr;          ///< that
    SignalId usable{};                             ///< the component is usable; the group stands
    std::vector<SignalId> conditions = {};         ///< more that it needs: its data is whole
    CellId active = kNone<CellId>;  ///< not 0 while it is in service; none: always is
    int answers = 1;                ///< where answers are waited for, as how many its counts
    CellId doing = kNone<CellId>;   ///< with roles that are taken over: a Doing
    CellId stale = kNone<CellId>;   ///< the same: it is active, but another has taken its place
    CellId warm = kNone<CellId>;    ///< of a cache: 0 while it is empty
    CellId lacks = kNone<CellId>;   ///< not 0 while it lacks writes: its answers are stale
    /// The stream that brings it writes, with its settings; none: none of its own.
    const CompiledComponent* stream = nullptr;
    const Settings* stream_settings = nullptr;
    std::optional<std::size_t> stream_from = {};  ///< a member; none: it comes from the primary
    FluidId behind = kNone<FluidId>;  ///< acknowledged writes that it lacks; none: not followed
    FluidId unsent = kNone<FluidId>;  ///< of an asynchronous stream, those not sent yet
    const std::string& name() const { return component != nullptr ? component->name : group->name; }
  };
  std::vector<Member> members;
  int need = 1;
  /// The same members as reads see them, where they ask otherwise than writes; of a queue, as those
  /// see them who take from it. None: alike.
  std::unique_ptr<CompiledGroup> for_reads;
  const CompiledGroup* reads_of = nullptr;  ///< of such members: whose they are, with its waits
  bool networked = false;                   ///< members need not reach one another
  double hit_ratio = 0.0;                   ///< of a cache: of the reads, those that it has
  bool asks_who_serves = false;  ///< who could serve matters to it, though it has no roles
  int answers = 1;               ///< whoever serves waits for so many, its own among them
  int places = 0;                ///< with roles: how many are to be active
  bool watches_itself = false;   ///< by its members: one that lives may be switched off
  std::vector<SignalId> conditions;
  std::vector<const CompiledComponent*> depends;  ///< whatever the conditions read
  std::vector<const CompiledGroup*> depends_on_groups;
  std::vector<CompiledClause> needs;  ///< what each member must reach
  /// A balancer deals requests out to the members that it takes for well, whether they are or not.
  struct Balance {
    enum class By : unsigned char { even, weights, connections };
    By by = By::even;
    std::vector<double> weights;       ///< by member; of `connections` none
    std::vector<std::uint8_t> backup;  ///< by member: only while none of the others is in view
    double skew = 0.0;                 ///< how much more than even the first in view gets
    /// Whether a request that meets a failed member in time goes to another one, by how the failure
    /// shows: refused, hangs, silent.
    std::array<bool, 3> retried{};
  };
  Balance balance;
  /// Signals that are false while the group waits for something though nothing is down, and how
  /// blame calls that: "restore".
  std::vector<std::pair<SignalId, std::string>> waits;
  std::vector<SignalId> pauses;  ///< those conditions that are true again by themselves
  double longest_wait_s = 0.0;   ///< mean; beyond the repairs of its components
  /// What is counted of its failovers. Signals are false while what they say lasts.
  struct Failovers {
    struct Watched {
      SignalId unnoticed{};  ///< a failure is not noticed
      MeasureId noticed{};
    };
    std::vector<Watched> watched;
    MeasureId begun = kNone<MeasureId>;      ///< takeovers begun, whatever became of them
    MeasureId done = kNone<MeasureId>;       ///< that came to their end
    MeasureId failed = kNone<MeasureId>;     ///< that did not
    MeasureId unfounded = kNone<MeasureId>;  ///< of those begun or, of members in view, marked
                                             ///< down: nothing had failed
    MeasureId returned = kNone<MeasureId>;   ///< failbacks
    SignalId split = kNone<SignalId>;        ///< more are active than should be
    SignalId electing = kNone<SignalId>;     ///< false while a leader is elected
    bool any() const { return !watched.empty() || begun != kNone<MeasureId>; }
  };
  Failovers failovers;
  /// What is counted of its data, where it has copies.
  struct Copies {
    MeasureId lost = kNone<MeasureId>;         ///< acknowledged writes; none: not followed
    MeasureId data_losses = kNone<MeasureId>;  ///< of all copies; none: nothing destroys them
    std::vector<CompiledWrites> writes = {};   ///< where they come from
    bool endless = false;  ///< without a backup a loss of all data takes all that was ever written
    bool promotes = true;  ///< what only former primaries get is lost when they stop
    double longest_lag_s = 0.0;  ///< of the copy that lags most, on average
    /// Whether its writes are counted: they have a workload.
    bool counted() const {
      return std::any_of(writes.begin(), writes.end(),
                         [](const CompiledWrites& w) { return w.offered_per_s > 0; });
    }
  };
  std::optional<Copies> copies;
  /// Of a primary or leader: what is under way when it fails, nobody knows whether it is done.
  struct Interrupted {
    MeasureId leader{};                       ///< it has failed
    std::vector<CompiledWrites> writes = {};  ///< that go through it
  };
  std::optional<Interrupted> interrupted;
  /// Of a queue: what waits in it.
  struct Buffer {
    FluidId waiting{};
    double size = 0.0;                        ///< infinite: there is no bound
    std::vector<CompiledWrites> takes = {};   ///< what it has acknowledged
    std::vector<CompiledWrites> passes = {};  ///< what those behind it would take
  };
  std::optional<Buffer> buffer;
  /// Whether anything is counted of it.
  bool tells() const { return failovers.any() || copies.has_value() || buffer.has_value(); }
  std::shared_ptr<ReplicationPlan> replication;  ///< while it is compiled, as the next
  std::shared_ptr<HoldersPlan> holders;
  std::shared_ptr<MissedPlan> missed;
  /// As if all reached one another; none: nobody asked.
  SignalId stands = kNone<SignalId>;
};

/// All components below a member, at any depth.
std::vector<const CompiledComponent*> leaves_of(const CompiledGroup::Member& member);

/// What the members of a group can see.
struct GroupView {
  /// Member i could serve if it had the role: it is usable and, in a network, reached from those
  /// before it and reaching those after it.
  std::vector<SignalId> could_serve;
  /// Members i and j reach each other; none: always. Empty where members do not watch one another.
  std::vector<std::vector<SignalId>> reach;
  double offered_per_s = 0.0;  ///< by all services that pass the group, at a load of 100 %
  std::vector<CompiledWrites> writes;
  std::vector<CompiledWrites> behind;  ///< of a queue: the same as those behind it take them
  const CompiledComponent* witness = nullptr;
  std::vector<SignalId> reach_witness;  ///< by member; none: always
};

/// A redundancy policy: its keys, and what a group under it becomes.
struct Policy {
  Record record;
  /// The keys that say how many members must serve: checked against how many there are.
  std::vector<std::string> counts;
  /// Sets need, roles and conditions of a group whose members are known.
  std::function<void(CompiledGroup&, const Settings&, ModelBuilder&)> prepare;
  /// Adds what follows in time.
  std::function<void(CompiledGroup&, const GroupView&, const Settings&, ModelBuilder&)> react = {};
  /// Whether anything follows in time with these settings; none: always, if there is `react`.
  std::function<bool(const Settings&)> reacts = {};
  /// In a network: adds conditions of members that hang on whom they reach, before services are
  /// compiled. Of the view only that is known.
  std::function<void(CompiledGroup&, const GroupView&, const Settings&, ModelBuilder&)> connect =
      {};
  /// Whether members deal with one another over the network; none: never.
  std::function<bool(const Settings&)> by_peers = {};
  /// Whether reads of a group of so many ask otherwise than writes; none: never.
  std::function<bool(const Settings&, std::size_t members)> reads_apart = {};
  /// Requests pass it by where it does not have what they ask for.
  bool beside = false;
  /// Writes end in it, and go on later; reads do not pass it.
  bool buffers = false;
  bool follows(const Settings& settings) const { return react && (!reacts || reacts(settings)); }
};

}  // namespace nines
