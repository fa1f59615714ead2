// Quorum groups: copies of which so many must acknowledge a write. With a leader that is elected,
// as in Raft, or without one, as in Dynamo.
#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/mechanisms/holders.hpp"
#include "models/mechanisms/missed.hpp"
#include "models/mechanisms/writes.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

// ---- What is asked of the members --------------------------------------------------------------

int members_of(const CompiledGroup& group) { return static_cast<int>(group.members.size()); }
bool is_led(const Settings& settings) { return settings.chosen("election") != "none"; }

/// More than half of the votes: of the members, and of a witness.
int majority(const CompiledGroup& group, const Settings& settings) {
  return all_votes(settings, group.members.size()) / 2 + 1;
}

/// Signals of the members, in order, each with its votes.
std::vector<Gate::Input> with_votes(const std::vector<SignalId>& signals,
                                    const Settings& settings) {
  const std::vector<int> votes = votes_of(settings, signals.size());
  std::vector<Gate::Input> inputs;
  for (std::size_t m = 0; m < signals.size(); ++m) inputs.push_back({signals[m], votes[m]});
  std::erase_if(inputs, [](const Gate::Input& input) { return input.weight == 0; });
  return inputs;
}

/// Whether reads ask otherwise than writes: with a leader they go through it.
bool reads_ask_otherwise(const Settings& settings) {
  return !is_led(settings) || settings.has("read_quorum");
}
/// Or must be told from writes all the same, as these may be lost.
bool reads_apart(const Settings& settings, std::size_t members) {
  const int votes = all_votes(settings, members);
  return reads_ask_otherwise(settings) || settings.has("recovery") ||
         static_cast<int>(settings.number_or("write_quorum", votes)) <= votes / 2;
}

int write_quorum(const CompiledGroup& group, const Settings& settings) {
  return static_cast<int>(settings.number_or("write_quorum", majority(group, settings)));
}
int read_quorum(const CompiledGroup& group, const Settings& settings) {
  return static_cast<int>(settings.number_or("read_quorum", majority(group, settings)));
}

/// A leader may be elected by those who do not have all that was acknowledged.
bool rolls_back(const CompiledGroup& group, const Settings& settings) {
  return is_led(settings) && write_quorum(group, settings) < majority(group, settings);
}

/// What a group waits for, as blame calls it, while nobody has enough votes to lead.
const char* const kMajority = "majority";

// ---- With a leader -----------------------------------------------------------------------------

/// Elects a leader. Whether that serves is a matter of gates: while it has as many as a write
/// needs.
///
/// A leader is gone when it is not usable, and steps down when it has been without a majority,
/// itself among the usable members that it reaches, for an election time-out (Ongaro, "Consensus:
/// Bridging Theory and Practice", 2014, section 6.2). While none is, and somebody could win, an
/// election is on its way.
class Election final : public Reaction {
 public:
  struct Member {
    SignalId usable{};
    CellId leads{};
    int votes = 1;                             ///< none: it does not stand, either
    std::vector<SignalId> reach;               ///< by member; empty: all reach one another
    SignalId reach_witness = kNone<SignalId>;  ///< none: always
  };
  struct Plan {
    std::vector<Member> members;
    int majority = 1;                    ///< of the votes
    SignalId witness = kNone<SignalId>;  ///< one more vote; none: there is none
    CellId electing{};                   ///< 0 while an election is on its way
    CellId votes = kNone<CellId>;  ///< 0 while nobody leads or could win; none: the members tell
    CellId stage{};                ///< of Raft
    TimerId timer{};
    TimerId step_down = kNone<TimerId>;  ///< none: a leader without a majority is gone at once
    LawId steps_down = kNone<LawId>;
    LawId takes = kNone<LawId>;  ///< from no leader to the next; none: Raft, as follows
    LawId silence{};             ///< of a leader, up to the least time-out
    LawId silence_again{};       ///< after a split vote, the same
    LawId waited{};  ///< until the next time-out where there has been no leader for long
    /// By how many could win, from 1: the rest of the least time-out.
    std::vector<LawId> wins;    ///< given that nobody else follows within the window
    std::vector<LawId> splits;  ///< given that somebody does
    std::vector<double> split_probability;
    MeasureId begun{}, done{}, failed{}, split{}, leader_failed{};
  };
  explicit Election(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& context, Wake why) const override {
    bool by_fault = false;
    if (why.is(plan_.timer)) {
      on_timer(context);
    } else if (plan_.step_down != kNone<TimerId> && why.is(plan_.step_down)) {
      depose(context);
    }
    const Member* leads = leader(context);
    if (leads != nullptr && !context.value(leads->usable)) {
      context.earn(plan_.leader_failed, {});
      depose(context);
      by_fault = true;
      leads = nullptr;
    }
    const bool has_votes = leads != nullptr && reached(context, *leads) >= plan_.majority;
    watch_majority(context, leads != nullptr && !has_votes);
    if (plan_.step_down == kNone<TimerId> && leads != nullptr && !has_votes) {
      depose(context);
      leads = nullptr;
    }
    const int could_win = has_votes ? 0 : candidates(context);
    if (could_win == 0) {
      abandon(context);
    } else if (!context.pending(plan_.timer)) {
      begin(context, by_fault || leads != nullptr);
    }
    context.set(plan_.electing, context.pending(plan_.timer) ? 0 : 1);
    if (plan_.votes == kNone<CellId>) return;
    const bool none = leader(context) == nullptr && could_win == 0;
    context.set(plan_.votes, none ? 0 : 1);
  }

 private:
  enum Stage : int { kIdle, kSilence, kWins, kSplits };

  const Member* leader(const Reading& r) const {
    for (const Member& member : plan_.members) {
      if (r.cell(member.leads) != 0) return &member;
    }
    return nullptr;
  }
  bool reaches(const Reading& r, const Member& a, const Member& b) const {
    if (a.reach.empty()) return true;
    const SignalId signal = a.reach[static_cast<std::size_t>(&b - plan_.members.data())];
    return signal == kNone<SignalId> || r.value(signal);
  }
  /// How many votes this one gets: of usable members that it reaches, itself included, and of the
  /// witness.
  int reached(const Reading& r, const Member& of) const {
    int count = 0;
    for (const Member& member : plan_.members) {
      const bool has = r.value(member.usable) && (&member == &of || reaches(r, of, member));
      count += has ? member.votes : 0;
    }
    if (plan_.witness != kNone<SignalId> && r.value(plan_.witness)) {
      count += of.reach_witness == kNone<SignalId> || r.value(of.reach_witness) ? 1 : 0;
    }
    return count;
  }
  bool could_win(const Reading& r, const Member& member) const {
    return r.value(member.usable) && member.votes > 0 && reached(r, member) >= plan_.majority;
  }
  int candidates(const Reading& r) const {
    return static_cast<int>(
        std::count_if(plan_.members.begin(), plan_.members.end(),
                      [&](const Member& member) { return could_win(r, member); }));
  }

  void depose(Context& context) const {
    for (const Member& member : plan_.members) context.set(member.leads, 0);
  }
  void watch_majority(Context& context, bool lost) const {
    if (plan_.step_down == kNone<TimerId>) return;
    if (!lost) {
      context.cancel(plan_.step_down);
    } else if (!context.pending(plan_.step_down)) {
      context.start(plan_.step_down, plan_.steps_down);
    }
  }

  /// `fresh`: the leader has just been lost; else there has been none, and time-outs come and go.
  void begin(Context& context, bool fresh) const {
    context.earn(plan_.begun, {});
    if (plan_.takes != kNone<LawId>) {
      context.start(plan_.timer, plan_.takes);
    } else if (fresh) {
      context.set(plan_.stage, kSilence);
      context.start(plan_.timer, plan_.silence);
    } else {
      context.set(plan_.stage, kWins);
      context.start(plan_.timer, plan_.waited);
    }
  }
  void abandon(Context& context) const {
    if (!context.pending(plan_.timer)) return;
    context.cancel(plan_.timer);
    context.set(plan_.stage, kIdle);
    context.earn(plan_.failed, {});
  }

  void on_timer(Context& context) const {
    const int count = candidates(context);
    if (count == 0) return;
    const int stage = context.cell(plan_.stage);
    if (stage == kSilence) {
      // Of those who could win the first stands; if another follows before it is heard, the vote is
      // split and all wait anew.
      const auto k = static_cast<std::size_t>(count - 1);
      const double odds[] = {plan_.split_probability[k], 1.0 - plan_.split_probability[k]};
      const bool split = odds[0] > 0 && context.choose(odds) == 0;
      if (split) context.earn(plan_.split, {});
      context.set(plan_.stage, split ? kSplits : kWins);
      context.start(plan_.timer, (split ? plan_.splits : plan_.wins)[k]);
      return;
    }
    if (stage == kSplits) {
      context.set(plan_.stage, kSilence);
      context.start(plan_.timer, plan_.silence_again);
      return;
    }
    const std::vector<double> alike(static_cast<std::size_t>(count), 1.0);
    std::size_t left = count > 1 ? context.choose(alike) : 0;
    depose(context);
    for (const Member& member : plan_.members) {
      if (!could_win(context, member) || left-- > 0) continue;
      context.set(member.leads, 1);
      break;
    }
    context.set(plan_.stage, kIdle);
    context.earn(plan_.done, {});
  }

  Plan plan_;
};

void prepare_led(CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
  group.places = 1;
  std::vector<SignalId> usable;
  const std::vector<int> of_each = votes_of(settings, group.members.size());
  const auto first_with_votes =
      std::find_if(of_each.begin(), of_each.end(), [](int v) { return v > 0; }) - of_each.begin();
  for (CompiledGroup::Member& member : group.members) {
    const int first = &member - group.members.data() == first_with_votes ? 1 : 0;
    member.active = model.cell({group.name + "/leads/" + member.name(), 0, 1, first});
    usable.push_back(member.usable);
  }
  if (!group.networked) {
    group.conditions.push_back(model.gate(
        group.name + "/write quorum", write_quorum(group, settings), with_votes(usable, settings)));
  }
  const SignalId electing = model.flag(model.cell({group.name + "/election", 0, 1, 1}));
  group.waits.emplace_back(electing, "election");
  group.failovers.electing = electing;
  if (settings.has("witness") || rolls_back(group, settings)) {
    const CellId votes = model.cell({group.name + "/votes", 0, 1, 1});
    group.waits.emplace_back(model.flag(votes), kMajority);
  }
  group.interrupted = {model.measure(group.name + "/leader failed")};
  group.failovers.begun = model.measure(group.name + "/elections");
  group.failovers.done = model.measure(group.name + "/elections won");
  group.failovers.failed = model.measure(group.name + "/elections given up");
  const Settings& by = settings.record("election").record(settings.chosen("election"));
  const double election_s =
      settings.chosen("election") == "delay" ? by.law("takes")->mean() : 2.0 * by.number("timeout");
  group.longest_wait_s = std::max(group.longest_wait_s, election_s);
}

void react_led(CompiledGroup& group, const GroupView& view, const Settings& settings,
               ModelBuilder& model) {
  Election::Plan plan;
  Watches watches;
  for (std::size_t i = 0; i < group.members.size(); ++i) {
    Election::Member row;
    row.usable = group.members[i].usable;
    row.leads = group.members[i].active;
    row.votes = votes_of(settings, group.members.size())[i];
    watches.follow(row.usable);
    if (!view.reach.empty()) row.reach = view.reach[i];
    for (const SignalId signal : row.reach) watches.follow(signal);
    if (!view.reach_witness.empty()) row.reach_witness = view.reach_witness[i];
    watches.follow(row.reach_witness);
    plan.members.push_back(std::move(row));
  }
  if (view.witness != nullptr) plan.witness = view.witness->usable;
  watches.follow(plan.witness);
  plan.majority = majority(group, settings);
  plan.electing = model.cell_of(group.failovers.electing);
  for (const auto& [signal, what] : group.waits) {
    if (what == kMajority) plan.votes = model.cell_of(signal);
  }
  plan.stage = model.cell({group.name + "/stage", 0, 3, 0});
  plan.timer = model.timer(group.name + "/election");
  plan.begun = group.failovers.begun;
  plan.done = group.failovers.done;
  plan.failed = group.failovers.failed;
  plan.split = model.measure(group.name + "/split votes");
  plan.leader_failed = group.interrupted->leader;
  group.interrupted->writes = view.writes;
  const std::string& how = settings.chosen("election");
  const Settings& by = settings.record("election").record(how);
  if (how == "delay") {
    plan.takes = model.law(by.law("takes"));
  } else {
    const double e_s = by.number("timeout");
    const double heartbeat_s = by.number("heartbeat");
    const double window_s = by.number("vote_window");
    plan.step_down = model.timer(group.name + "/step down",
                                 "the leader of " + group.name + " steps down without a majority");
    plan.steps_down = model.law(deterministic(e_s));
    plan.silence = model.law(uniform(e_s - heartbeat_s, e_s));
    plan.silence_again = model.law(deterministic(e_s));
    // What is left of a time-out that is uniform from E to 2 E, seen at a random instant: Cox,
    // "Renewal Theory", 1962, section 5.2.
    plan.waited = model.law(
        mixture({{2.0 / 3.0, uniform(0.0, e_s)}, {1.0 / 3.0, triangular(e_s, e_s, 2.0 * e_s)}}));
    // Of k values uniform on (0, E) the two least are further apart than w with probability
    // (1 - w/E)^k, and then the least is that of k on (0, E - w); else, to the first order in w/E,
    // that of k - 1 on (0, E) (David and Nagaraja, "Order Statistics", 2003, section 2.2).
    for (int k = 1; k <= members_of(group); ++k) {
      const bool alone = k == 1 || window_s == 0.0;
      plan.split_probability.push_back(alone ? 0.0 : 1.0 - std::pow(1.0 - window_s / e_s, k));
      plan.wins.push_back(model.law(least_of_uniform(k, 0.0, alone ? e_s : e_s - window_s)));
      plan.splits.push_back(model.law(least_of_uniform(std::max(1, k - 1), 0.0, e_s)));
    }
  }
  model.reaction(group.name + "#election", std::make_unique<Election>(std::move(plan)),
                 std::move(watches));
}

// ---- In a network ------------------------------------------------------------------------------

/// A member serves while it reaches, with itself, so many that are usable.
void connect(CompiledGroup& group, const GroupView& view, const Settings& settings,
             ModelBuilder& model) {
  const std::size_t size = group.members.size();
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<SignalId> there;
    for (std::size_t j = 0; j < size; ++j) {
      const SignalId usable = group.members[j].usable;
      const SignalId reach = view.reach[i][j];
      if (i == j || reach == kNone<SignalId>) {
        there.push_back(usable);
        continue;
      }
      there.push_back(model.gate(
          fmt::format("{}/{} has {}", group.name, group.members[i].name(), group.members[j].name()),
          2, {usable, reach}));
    }
    const auto require = [&](CompiledGroup& of, int votes) {
      of.members[i].conditions.push_back(model.gate(
          of.name + "/answers to " + group.members[i].name(), votes, with_votes(there, settings)));
    };
    require(group, write_quorum(group, settings));
    if (!is_led(settings)) group.need = 1;
    if (!group.for_reads) continue;
    require(*group.for_reads, read_quorum(group, settings));
    group.for_reads->need = 1;
  }
}

// ---- What they store ---------------------------------------------------------------------------

std::vector<ModeId> destroying(const CompiledGroup::Member& member) {
  std::vector<ModeId> modes;
  if (member.component == nullptr) return modes;
  for (const CompiledMode& mode : member.component->modes) {
    if (mode.destroys_data) modes.push_back(mode.id);
  }
  return modes;
}

/// The members of a set, for the name of what only they have.
std::string names_of(const CompiledGroup& group, std::size_t set) {
  std::string names;
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    if ((set >> m & 1U) != 0) names += " " + group.members[m].name();
  }
  return names;
}

/// Where members may lose what they store: who has not got it back neither votes nor serves.
void prepare_data(CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
  const bool may_go =
      std::any_of(group.members.begin(), group.members.end(),
                  [](const CompiledGroup::Member& m) { return !destroying(m).empty(); });
  if (!may_go && !rolls_back(group, settings)) return;
  group.holders = std::make_shared<HoldersPlan>();
  HoldersPlan& plan = *group.holders;
  plan.majority = majority(group, settings);
  plan.led = is_led(settings);
  plan.rolls_back = rolls_back(group, settings);
  const double infinite = std::numeric_limits<double>::infinity();
  for (CompiledGroup::Member& member : group.members) {
    const std::string of = group.name + "/" + member.name();
    HoldersPlan::Member row;
    row.usable = member.usable;
    row.votes = votes_of(settings, group.members.size())[plan.members.size()];
    row.destroying = destroying(member);
    row.whole = model.cell({of + "/whole", 0, 1, 1});
    row.in_step = model.cell({of + "/in step", 0, 1, 1});
    const SignalId whole = model.flag(row.whole);
    member.usable = model.gate(of + "/has data", 2, {row.usable, whole});
    member.conditions.push_back(whole);
    plan.members.push_back(std::move(row));
  }
  const std::size_t all = (std::size_t{1} << group.members.size()) - 1;
  plan.only.push_back(kNone<FluidId>);
  for (std::size_t set = 1; set < all; ++set) {
    plan.only.push_back(
        model.fluid({group.name + "/only" + names_of(group, set), 0.0, infinite, 0.0}));
  }
  plan.going = model.fluid({group.name + "/going", 0.0, infinite, 0.0});
  plan.since_backup = model.fluid({group.name + "/since the backup", 0.0, infinite, 0.0});
  double copy_s = 0.0;
  if (settings.has("replication")) {
    const Settings& by = settings.record("replication");
    if (by.has("data") && by.has("resync")) copy_s = by.number("data") / by.number("resync");
  }
  plan.copy = model.law(deterministic(copy_s));
  if (settings.has("recovery")) plan.recovery = model.law(settings.law("recovery"));
  const bool backup = settings.has("backup");
  if (backup) plan.backup_every = model.law(settings.record("backup").law("every"));
  plan.restore = backup ? model.law(settings.record("backup").law("restore"))
                 : plan.recovery != kNone<LawId> ? plan.recovery
                                                 : model.law(deterministic(0.0));
  plan.data_there = model.cell({group.name + "/data there", 0, 1, 1});
  plan.enough_left = model.cell({group.name + "/enough left", 0, 1, 1});
  plan.lost = model.measure(group.name + "/lost writes");
  if (may_go) plan.data_loss = model.measure(group.name + "/data losses");
  group.copies = {plan.lost, plan.data_loss};
  group.copies->endless = may_go && !backup;
  group.waits.emplace_back(model.flag(plan.data_there), "restore");
  group.waits.emplace_back(model.flag(plan.enough_left), "recovery");
  group.longest_wait_s = std::max(copy_s, model.law(plan.restore).mean());
  if (plan.recovery != kNone<LawId>) {
    group.longest_wait_s = std::max(group.longest_wait_s, model.law(plan.recovery).mean());
  }
}

void react_data(CompiledGroup& group, const GroupView& view, ModelBuilder& model) {
  HoldersPlan& plan = *group.holders;
  Watches watches;
  plan.sources = group.copies->writes = view.writes;
  follow(watches, view.writes);
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    const CompiledGroup::Member& member = group.members[m];
    HoldersPlan::Member& row = plan.members[m];
    row.leads = member.active;
    if (row.leads != kNone<CellId>) watches.cells.push_back(row.leads);
    if (!view.reach.empty()) row.reach = view.reach[m];
    watches.follow(row.usable);
    for (const SignalId signal : row.reach) watches.follow(signal);
    for (const ModeId mode : row.destroying) watches.modes.push_back(mode);
    if (row.lacks != kNone<CellId>) watches.cells.push_back(row.lacks);
    row.copied = model.timer(group.name + "/" + member.name() + "/copied",
                             member.name() + " of " + group.name + " is copied anew");
  }
  if (plan.backup_every != kNone<LawId>) plan.backup = model.timer(group.name + "/backup");
  plan.restored = model.timer(group.name + "/restored", group.name + " is restored");
  if (plan.recovery != kNone<LawId>) {
    plan.recovered = model.timer(group.name + "/recovered",
                                 group.name + " is formed anew from the members that are left");
  }
  model.reaction(group.name + "#data", holders(std::move(plan)), std::move(watches));
  group.holders.reset();
}

// ---- What they missed ---------------------------------------------------------------------------

bool catches_up(const Settings& settings) {
  return settings.has("replication") && settings.record("replication").has("catch_up");
}

/// Where a member that was away lacks writes for a while.
void prepare_missed(CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
  const Settings& by = settings.record("replication");
  group.missed = std::make_shared<MissedPlan>();
  MissedPlan& plan = *group.missed;
  plan.catch_up = model.law(by.law("catch_up"));
  if (by.has("hint_window")) {
    plan.window = model.law(deterministic(by.number("hint_window")));
    plan.repair = model.law(by.law("repair"));
  }
  group.asks_who_serves = true;
  // Of so many that are asked one has every write.
  const bool sees_all = write_quorum(group, settings) + read_quorum(group, settings) >
                        static_cast<int>(group.members.size());
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    const std::string of = group.name + "/" + group.members[m].name();
    MissedPlan::Member row;
    row.usable = group.members[m].usable;
    row.lacks = model.cell({of + "/lacks", 0, 1, 0});
    for (const CompiledGroup::Member& other : group.members) {
      const bool own = &other == &group.members[m];
      row.lacks_of.push_back(own ? kNone<CellId>
                                 : model.cell({of + "/lacks of " + other.name(), 0, 1, 0}));
    }
    if (plan.window != kNone<LawId>) row.long_away = model.cell({of + "/long away", 0, 1, 0});
    if (group.holders) {
      HoldersPlan::Member& holder = group.holders->members[m];
      row.usable = holder.usable;
      row.whole = model.flag(holder.whole);
      holder.lacks = row.lacks;
    }
    if (!sees_all) group.for_reads->members[m].lacks = row.lacks;
    plan.members.push_back(std::move(row));
  }
}

void react_missed(CompiledGroup& group, const GroupView& view, ModelBuilder& model) {
  MissedPlan& plan = *group.missed;
  Watches watches;
  plan.sources = view.writes;
  follow(watches, view.writes);
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    MissedPlan::Member& row = plan.members[m];
    const std::string of = group.name + "/" + group.members[m].name();
    if (!view.reach.empty()) row.reach = view.reach[m];
    if (!view.reach.empty()) row.takes = view.could_serve[m];
    watches.follow(row.takes);
    watches.follow(row.usable);
    watches.follow(row.whole);
    for (const SignalId signal : row.reach) watches.follow(signal);
    if (plan.window != kNone<LawId>) row.window = model.timer(of + "/hint window");
    row.caught_up = model.timer(of + "/caught up",
                                group.members[m].name() + " of " + group.name + " has caught up");
  }
  model.reaction(group.name + "#missed", missed(std::move(plan)), std::move(watches));
  group.missed.reset();
}

// ---- Both --------------------------------------------------------------------------------------

void prepare(CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
  const bool led = is_led(settings);
  prepare_data(group, settings, model);
  const std::vector<int> votes = votes_of(settings, group.members.size());
  for (std::size_t m = 0; m < votes.size(); ++m) group.members[m].answers = votes[m];
  // Of those who are there each counts as one, unless it has more votes, or none.
  const auto ask = [&](CompiledGroup& of, int quorum) {
    of.answers = quorum;
    if (!settings.has("votes")) {
      of.need = quorum;
    } else if (!group.networked) {
      std::vector<SignalId> there;
      for (const CompiledGroup::Member& member : group.members) there.push_back(member.usable);
      of.conditions.push_back(model.gate(of.name + "/votes", quorum, with_votes(there, settings)));
    }
  };
  if (reads_ask_otherwise(settings)) {
    group.for_reads = std::make_unique<CompiledGroup>();
    group.for_reads->name = group.name + "/reads";
    group.for_reads->members = group.members;
    ask(*group.for_reads, read_quorum(group, settings));
  }
  if (led) {
    group.answers = write_quorum(group, settings);
    prepare_led(group, settings, model);
  } else {
    ask(group, write_quorum(group, settings));
  }
  if (catches_up(settings)) prepare_missed(group, settings, model);
  if (!group.holders) return;
  for (const HoldersPlan::Member& member : group.holders->members) {
    group.waits.emplace_back(model.flag(member.whole), "resync");
  }
}

void react(CompiledGroup& group, const GroupView& view, const Settings& settings,
           ModelBuilder& model) {
  if (is_led(settings)) react_led(group, view, settings, model);
  if (group.missed) react_missed(group, view, model);
  if (group.holders) react_data(group, view, model);
}

Parameter election_key() {
  const auto record_called = [](const char* name, const char* help,
                                std::vector<Parameter> parameters) {
    auto record = std::make_shared<Record>();
    record->name = name;
    record->help = help;
    record->parameters = std::move(parameters);
    return record_of(name, record, help);
  };
  Parameter heartbeat =
      quantity("heartbeat", Dimension::duration, "How often the leader says that it is there.");
  heartbeat.low_open = true;
  heartbeat.default_text = "100ms";
  heartbeat.default_source = "etcd 3.5, Tuning: heartbeat-interval";
  Parameter timeout = quantity("timeout", Dimension::duration,
                               "After that, up to twice as long and drawn by each, a member that "
                               "hears no leader stands for election.");
  timeout.low_open = true;
  timeout.default_text = "1s";
  timeout.default_source = "etcd 3.5, Tuning: election-timeout";
  Parameter window = quantity("vote_window", Dimension::duration,
                              "If two stand for election within that time of each other, the vote "
                              "is split and all draw again.");
  window.default_text = "50ms";
  window.default_source =
      "half a heartbeat: etcd 3.5, Tuning, asks for an interval of about a round trip, and a "
      "request for votes is on its way for half of one";
  Parameter takes = law_of_time("takes",
                                "From the loss of the leader, or the return of a majority, "
                                "until there is one.");
  takes.required = true;
  Parameter key = choice_of(
      "election", "election",
      {record_called("raft", "As in Raft: the first whose time-out ends wins.",
                     {heartbeat, timeout, window}),
       record_called("delay", "As long as a law says.", {takes}),
       record_called("none", "There is no leader: any member takes a request and asks the others.",
                     {})},
      "How a leader is found.");
  key.default_text = "raft";
  key.default_source = "etcd, Consul, Kafka's KRaft and RabbitMQ's quorum queues elect by Raft";
  return key;
}

}  // namespace

Policy quorum_policy() {
  Policy policy;
  policy.record = {
      "quorum", "Copies of which so many must acknowledge a write, with a leader or without.", {}};
  std::vector<Parameter>& keys = policy.record.parameters;
  for (Parameter& key : group_keys()) {
    if (key.key != "detection") keys.push_back(std::move(key));
  }
  for (Parameter& key : shard_keys()) keys.push_back(std::move(key));
  keys.push_back(election_key());
  Parameter votes;
  votes.key = "votes";
  votes.type = Type::numbers;
  votes.help =
      "Of the members, in their order, where they do not have one each: whole numbers. Quorums "
      "count votes; who has none stores a copy, but neither acknowledges nor leads.";
  keys.push_back(votes);
  keys.push_back(count("write_quorum", 1e6, "", "",
                       "How many members, or votes, must have a write before it is acknowledged. "
                       "Left out: more than half of the votes. With fewer a leader may be elected "
                       "that lacks some, and these are lost."));
  keys.push_back(count("read_quorum", 1e6, "", "",
                       "How many members, or votes, must answer a read. Left out: without a leader "
                       "more than half of them; with one, reads go through it as writes do."));
  auto replication = std::make_shared<Record>();
  replication->name = "replication";
  replication->help = "How a member gets back data that it has lost, or writes that it missed.";
  replication->parameters = resync_keys();
  replication->parameters.push_back(law_of_time(
      "catch_up",
      "Without a leader: how long a member that was away lacks what was written meanwhile, once it "
      "is back (Cassandra: until hints are replayed). Its answers are stale. Left out: it has it "
      "at "
      "once."));
  replication->parameters.push_back(quantity(
      "hint_window", Dimension::duration,
      "After a longer absence it takes `repair` instead (Cassandra: max_hint_window). Left out: "
      "never."));
  replication->parameters.push_back(law_of_time(
      "repair", "How long it lacks them after a longer absence: until the next repair."));
  keys.push_back(record_of("replication", replication, replication->help));
  keys.push_back(law_of_time("recovery",
                             "With a leader, when the data of so many members are destroyed that "
                             "those left cannot elect: from when these and a majority of machines "
                             "are there until a person has formed the group anew from them."));
  keys.push_back(backup_key());
  Parameter witness = names("witness", "component",
                            "With a leader: one more vote, without the data, that acknowledges no "
                            "write (MongoDB, arbiter).");
  witness.single = true;
  keys.push_back(witness);
  policy.counts = {"write_quorum", "read_quorum"};
  policy.prepare = prepare;
  policy.connect = connect;
  policy.react = react;
  policy.reads_apart = reads_apart;
  return policy;
}

}  // namespace nines
