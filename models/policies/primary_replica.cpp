// Primary and replicas: one member takes the writes, streams carry them to the others, and one of
// those is promoted when the primary is lost. With what it lacks, acknowledged writes are gone.
#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/mechanisms/detection.hpp"
#include "models/mechanisms/min_replicas.hpp"
#include "models/mechanisms/replication.hpp"
#include "models/mechanisms/sessions.hpp"
#include "models/mechanisms/writes.hpp"
#include "models/policies/policy_keys.hpp"
#include "models/policies/role_policy.hpp"

namespace nines {
namespace {

using Mode = ReplicationPlan::Mode;

/// The settings of the stream to a member: what the stream itself says, else the group.
class StreamSettings {
 public:
  StreamSettings(const CompiledGroup::Member& member, const Settings& group)
      : own_(member.stream_settings), group_(group.record("replication")) {}
  bool has(const char* key) const { return of(key).has(key); }
  double number_or(const char* key, double otherwise) const {
    return of(key).number_or(key, otherwise);
  }
  LawPtr law(const char* key) const { return of(key).law(key); }
  const std::string& mode() const { return of("mode").text("mode"); }

 private:
  const Settings& of(const char* key) const {
    return own_ != nullptr && own_->has(key) ? *own_ : group_;
  }
  const Settings* own_;
  const Settings& group_;
};

bool is_synchronous(const std::string& mode) {
  return mode == "synchronous" || mode == "semi_synchronous";
}

/// How many synchronous copies a primary waits for when this member is the primary.
int acknowledging(const CompiledGroup& group, const Settings& settings, std::size_t primary) {
  int all = 0;
  for (std::size_t j = 0; j < group.members.size(); ++j) {
    all +=
        j != primary && is_synchronous(StreamSettings(group.members[j], settings).mode()) ? 1 : 0;
  }
  const double asked = settings.record("replication").number_or("acknowledged_by", all);
  return std::min(all, static_cast<int>(asked));
}

/// A member acknowledges writes while it has enough synchronous copies, or waits for them no
/// longer.
void require_acknowledgements(CompiledGroup& group, const GroupView& view, const Settings& settings,
                              ModelBuilder& model) {
  const SignalId alone = model.flag(group.replication->alone);
  for (std::size_t p = 0; p < group.members.size(); ++p) {
    const int needed = acknowledging(group, settings, p);
    if (needed == 0) continue;
    std::vector<SignalId> strict;  // copies that are waited for without end
    const std::string& primary = group.members[p].name();
    std::vector<SignalId> copies;
    for (std::size_t j = 0; j < group.members.size(); ++j) {
      const CompiledGroup::Member& member = group.members[j];
      if (j == p || !is_synchronous(StreamSettings(member, settings).mode())) continue;
      std::vector<SignalId> there{group.replication->members[j].usable};
      if (member.stream != nullptr) there.push_back(member.stream->usable);
      if (!view.reach.empty() && view.reach[p][j] != kNone<SignalId>) {
        there.push_back(view.reach[p][j]);
      }
      copies.push_back(there.size() == 1 ? there[0]
                                         : model.gate(fmt::format("{}/{} feeds {}", group.name,
                                                                  primary, member.name()),
                                                      static_cast<int>(there.size()), there));
      if (!group.replication->members[j].degrades) strict.push_back(copies.back());
    }
    const std::string of = fmt::format("{}/{}", group.name, primary);
    const SignalId enough = model.gate(of + "/acknowledged", needed, copies);
    SignalId goes_on = alone;
    if (!strict.empty()) {
      const int waited_for = std::min(needed, static_cast<int>(strict.size()));
      const SignalId those = model.gate(of + "/acknowledged strictly", waited_for, strict);
      goes_on = model.gate(of + "/goes on", 2, {alone, those});
    }
    group.members[p].conditions.push_back(
        model.gate(of + "/may acknowledge", 1, {enough, goes_on}));
  }
}

/// Whether a copy would get the writes of a primary, and has what came before them.
SignalId is_fed(const CompiledGroup& group, const GroupView& view, std::size_t primary,
                std::size_t copy, ModelBuilder& model) {
  const CompiledGroup::Member& member = group.members[copy];
  std::vector<SignalId> there{member.component->usable};
  if (group.replication->data_may_go) {
    there.push_back(model.flag(group.replication->members[copy].whole));
  }
  if (member.stream != nullptr) there.push_back(member.stream->usable);
  if (!view.reach.empty() && view.reach[primary][copy] != kNone<SignalId>) {
    there.push_back(view.reach[primary][copy]);
  }
  if (there.size() == 1) return there[0];
  return model.gate(fmt::format("{}/{} is followed by {}", group.name,
                                group.members[primary].name(), member.name()),
                    static_cast<int>(there.size()), there);
}

void react_min_replicas(const CompiledGroup& group, const GroupView& view, const Settings& by,
                        ModelBuilder& model) {
  MinReplicasPlan plan;
  Watches watches;
  plan.max_lag = model.law(deterministic(by.number("max_lag")));
  for (std::size_t p = 0; p < group.members.size(); ++p) {
    const std::string of = fmt::format("{}/{}", group.name, group.members[p].name());
    std::vector<SignalId> copies;
    for (std::size_t j = 0; j < group.members.size(); ++j) {
      const std::optional<std::size_t>& from = group.members[j].stream_from;
      if (j == p || (from && *from != p)) continue;  // a copy of a copy
      copies.push_back(is_fed(group, view, p, j, model));
    }
    MinReplicasPlan::Member row;
    row.enough =
        model.gate(of + "/has followers", static_cast<int>(by.number("min_replicas")), copies);
    row.takes = model.cell_of(group.replication->takes_writes[p]);
    row.waited = model.timer(of + "/without followers");
    watches.follow(row.enough);
    plan.members.push_back(row);
  }
  model.reaction(group.name + "#min replicas", min_replicas(std::move(plan)), std::move(watches));
}

void prepare(CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
  group.need = 1;
  group.replication = std::make_shared<ReplicationPlan>();
  ReplicationPlan& plan = *group.replication;
  const Settings& by = settings.record("replication");
  const int members = static_cast<int>(group.members.size());
  const double infinite = std::numeric_limits<double>::infinity();
  bool destroyed = false;
  bool degrades = false;
  for (CompiledGroup::Member& member : group.members) {
    const StreamSettings stream(member, settings);
    const std::string of = group.name + "/" + member.name();
    const bool first = plan.members.empty();
    ReplicationPlan::Member row;
    row.usable = member.usable;
    const std::string& mode = stream.mode();
    row.mode = is_synchronous(mode)     ? Mode::synchronous
               : mode == "asynchronous" ? Mode::asynchronous
                                        : Mode::periodic;
    row.degrades =
        row.mode == Mode::synchronous && (mode == "semi_synchronous" || by.has("degrade_after"));
    degrades = degrades || row.degrades;
    if (stream.has("bandwidth")) {
      row.most_per_s = stream.number_or("bandwidth", infinite) / stream.number_or("write_size", 1);
    }
    row.standing =
        model.cell({of + "/standing", 0, ReplicationPlan::kCopying, ReplicationPlan::kInStep});
    row.lacks = model.cell({of + "/lacks", 0, members + 1, 0});
    row.known = model.cell({of + "/known to lack", 0, 1, 0});
    row.diverged = model.cell({of + "/diverged", 0, 1, 0});
    row.whole = model.cell({of + "/whole", 0, 1, 1});
    row.fit = model.cell({of + "/fit", 0, 1, 1});
    row.worth = model.cell({of + "/worth", 0, 2 * members + 1, first ? 0 : members});
    row.behind = model.fluid({of + "/behind", 0.0, infinite, 0.0});
    if (row.mode == Mode::asynchronous) {
      const LawPtr lag = stream.law("lag");
      if (lag->mean() > 0) {
        row.unsent = model.fluid({of + "/unsent", 0.0, infinite, 0.0, model.law(lag)});
      }
      const double delay_s = stream.number_or("delay", 0.0);
      if (delay_s > 0) {
        row.wire = model.fluid(
            {of + "/on the wire", 0.0, infinite, 0.0, model.law(deterministic(delay_s))});
      }
    }
    if (row.mode == Mode::periodic) {
      row.unsent = model.fluid({of + "/since the snapshot", 0.0, infinite, 0.0});
      row.every = model.law(stream.law("every"));
      row.ship = model.law(stream.law("ship"));
    }
    row.from = member.stream_from;
    member.behind = row.behind;
    member.unsent = row.unsent;
    if (member.component != nullptr) {
      for (const CompiledMode& m : member.component->modes) {
        if (m.destroys_data) row.destroying.push_back(m.id);
      }
    }
    destroyed = destroyed || !row.destroying.empty();
    plan.members.push_back(std::move(row));
  }
  const bool copies_take_time = by.has("data") && by.has("resync");
  // Of several copies the one that is likely to lack least comes first.
  std::vector<std::pair<double, std::size_t>> lags_s;
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    const StreamSettings stream(group.members[m], settings);
    const ReplicationPlan::Member& row = plan.members[m];
    const double lag_s = row.mode == Mode::synchronous ? -1.0
                         : row.mode == Mode::asynchronous
                             ? stream.law("lag")->mean() + stream.number_or("delay", 0)
                             : 0.5 * stream.law("every")->mean() + stream.law("ship")->mean();
    lags_s.emplace_back(lag_s, m);
  }
  std::vector<bool> placed(group.members.size(), false);
  while (plan.in_order.size() < group.members.size()) {
    for (std::size_t m = 0; m < group.members.size(); ++m) {
      const std::optional<std::size_t>& from = plan.members[m].from;
      if (placed[m] || (from && !placed[*from])) continue;
      placed[m] = true;
      plan.in_order.push_back(m);
      if (from && plan.by_head == kNone<FluidId>) {
        plan.by_head = model.fluid({group.name + "/by this head", 0.0, infinite, 0.0});
      }
      if (from)
        lags_s[m].first = std::max(0.0, lags_s[m].first) + std::max(0.0, lags_s[*from].first);
    }
  }
  std::sort(lags_s.begin(), lags_s.end());
  for (std::size_t rank = 0, i = 0; i < lags_s.size(); ++i) {
    if (i > 0 && lags_s[i].first > lags_s[i - 1].first) ++rank;
    plan.members[lags_s[i].second].rank = static_cast<int>(rank) + 1;
  }
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    plan.data_may_go = destroyed || copies_take_time;
    if (!plan.data_may_go) break;
    group.members[m].conditions.push_back(model.flag(plan.members[m].whole));
  }
  plan.acknowledged_by = static_cast<int>(by.number_or("acknowledged_by", 0));
  plan.promotes = settings.text("promotion") == "takeover";
  plan.rewinds = by.text("diverged") == "rewind";
  const std::string& stale = settings.chosen("stale_promotion");
  plan.stale = stale == "never"     ? ReplicationPlan::Stale::never
               : stale == "at_once" ? ReplicationPlan::Stale::at_once
                                    : ReplicationPlan::Stale::after;
  if (stale == "after") {
    plan.stale_after = model.law(settings.record("stale_promotion").law("after"));
  }
  plan.copy =
      model.law(deterministic(copies_take_time ? by.number("data") / by.number("resync") : 0.0));
  if (degrades) {
    plan.degrade_after = model.law(deterministic(by.number_or("degrade_after", 10.0)));
  }
  plan.head = model.cell({group.name + "/head", 0, members - 1, 0});
  plan.head_alive = model.cell({group.name + "/head alive", 0, 1, 1});
  plan.handed_to = model.cell({group.name + "/handed to", 0, members, 0});
  plan.old_acts = model.cell({group.name + "/old acts", 0, 1, 0});
  plan.acknowledges = model.cell({group.name + "/acknowledges", 0, 1, 1});
  plan.alone = model.cell({group.name + "/alone", 0, 1, 0});
  plan.stale_may = model.cell({group.name + "/stale may", 0, 1, 0});
  plan.data_there = model.cell({group.name + "/data there", 0, 1, 1});
  plan.newest_there = model.cell({group.name + "/newest there", 0, 1, 1});
  plan.doomed = model.fluid({group.name + "/doomed", 0.0, infinite, 0.0});
  plan.lost = model.measure(group.name + "/lost writes");
  plan.data_loss = model.measure(group.name + "/data losses");
  group.copies = {plan.lost, plan.data_loss};
  group.copies->promotes = plan.promotes;
  group.copies->longest_lag_s = std::max(0.0, lags_s.back().first);
  plan.head_failed = model.measure(group.name + "/primary failed");
  group.interrupted = {plan.head_failed};
  if (destroyed) {
    plan.since_backup = model.fluid({group.name + "/since the backup", 0.0, infinite, 0.0});
    const bool backup = settings.has("backup");
    group.copies->endless = !backup;
    if (backup) plan.backup_every = model.law(settings.record("backup").law("every"));
    plan.restore =
        model.law(backup ? settings.record("backup").law("restore") : deterministic(0.0));
    if (backup) group.longest_wait_s = settings.record("backup").law("restore")->mean();
  }
  const double wait_s = std::max(group.longest_wait_s, model.law(plan.copy).mean());
  prepare_roles(group, settings, 1, model);
  group.longest_wait_s = std::max(group.longest_wait_s, wait_s);
  group.waits.emplace_back(model.flag(plan.newest_there), "newest copy");
  group.waits.emplace_back(model.flag(plan.data_there), "restore");

  // Reads need no acknowledgement; those that any copy may answer need no role either.
  group.for_reads = std::make_unique<CompiledGroup>();
  CompiledGroup& reads = *group.for_reads;
  reads.name = group.name + "/reads";
  reads.members = group.members;
  reads.places = group.places;
  if (settings.text("reads") == "any") {
    reads.places = 0;
    for (CompiledGroup::Member& member : reads.members) {
      member.active = member.doing = member.stale = kNone<CellId>;
    }
    for (std::size_t m = 0; m < group.members.size(); ++m) {
      reads.members[m].lacks = plan.members[m].lacks;
      if (!settings.has("max_staleness")) continue;
      CellId& fresh = plan.members[m].fresh;
      fresh = model.cell({group.name + "/" + group.members[m].name() + "/fresh", 0, 1, 1});
      reads.members[m].conditions.push_back(model.flag(fresh));
    }
    if (settings.has("max_staleness")) {
      plan.max_staleness = model.law(deterministic(settings.number("max_staleness")));
    }
  } else {
    reads.reads_of = &group;
  }
  if (by.has("min_replicas")) {
    for (CompiledGroup::Member& member : group.members) {
      const CellId takes =
          model.cell({group.name + "/" + member.name() + "/takes writes", 0, 1, 1});
      plan.takes_writes.push_back(model.flag(takes));
      member.conditions.push_back(plan.takes_writes.back());
    }
  }
  const bool waits = std::any_of(plan.members.begin(), plan.members.end(),
                                 [](const auto& m) { return m.mode == Mode::synchronous; });
  if (!waits) return;
  const SignalId acknowledges = model.flag(plan.acknowledges);
  group.conditions.push_back(acknowledges);
  group.pauses.push_back(acknowledges);
  group.waits.emplace_back(acknowledges, "resync");
  group.answers = 1;
  for (std::size_t p = 0; p < group.members.size(); ++p) {
    group.answers = std::max(group.answers, 1 + acknowledging(group, settings, p));
    group.members[p].answers = plan.members[p].mode == Mode::synchronous ? 1 : 0;
  }
  if (!group.networked) require_acknowledgements(group, {}, settings, model);
}

void connect(CompiledGroup& group, const GroupView& view, const Settings& settings,
             ModelBuilder& model) {
  require_acknowledgements(group, view, settings, model);
}

void react(CompiledGroup& group, const GroupView& view, const Settings& settings,
           ModelBuilder& model) {
  ReplicationPlan& plan = *group.replication;
  if (!plan.takes_writes.empty()) {
    react_min_replicas(group, view, settings.record("replication"), model);
  }
  Watches watches;
  RoleRules rules;
  plan.sources = view.writes;
  group.copies->writes = group.interrupted->writes = view.writes;
  follow(watches, view.writes);
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    const CompiledGroup::Member& member = group.members[m];
    ReplicationPlan::Member& row = plan.members[m];
    const std::string of = group.name + "/" + member.name();
    row.could_serve = view.could_serve[m];
    row.active = member.active;
    row.doing = member.doing;
    row.stale = member.stale;
    if (member.stream != nullptr) row.stream = member.stream->usable;
    if (!view.reach.empty()) row.reach = view.reach[m];
    for (const SignalId signal : {row.usable, row.could_serve, row.stream}) watches.follow(signal);
    for (const SignalId signal : row.reach) watches.follow(signal);
    for (const CellId cell : {row.active, row.doing, row.stale}) watches.cells.push_back(cell);
    for (const ModeId mode : row.destroying) watches.modes.push_back(mode);
    if (std::isfinite(row.most_per_s)) {
      row.caught_up =
          model.timer(of + "/caught up", member.name() + " of " + group.name + " has caught up");
    }
    if (row.fresh != kNone<CellId>) {
      row.too_stale = model.timer(
          of + "/too stale", member.name() + " of " + group.name + " is too far behind for reads");
    }
    row.copied =
        model.timer(of + "/copied", member.name() + " of " + group.name + " is copied anew");
    if (row.mode == Mode::periodic) {
      row.snapshot = model.timer(of + "/snapshot");
      row.shipped =
          model.timer(of + "/shipped", "a snapshot of " + group.name + " reaches " + member.name());
    }
    rules.replay_s.push_back(StreamSettings(member, settings).number_or("replay", 0.0));
    rules.fit.push_back(model.flag(row.fit));
    if (plan.data_may_go) rules.whole.push_back(model.flag(row.whole));
    rules.standing.push_back(row.worth);
  }
  plan.settle = model.timer(group.name + "/copies settle");
  plan.at_once = model.law(deterministic(0.0));
  if (plan.degrade_after != kNone<LawId>) {
    plan.degrade = model.timer(group.name + "/degrade",
                               group.name + " no longer waits for its synchronous copies");
  }
  if (plan.stale == ReplicationPlan::Stale::after) {
    plan.allow_stale = model.timer(group.name + "/allow stale",
                                   "a copy of " + group.name + " that is behind may be promoted");
  }
  if (plan.backup_every != kNone<LawId>) plan.backup = model.timer(group.name + "/backup");
  if (plan.restore != kNone<LawId>) {
    plan.restored =
        model.timer(group.name + "/restored", group.name + " is restored from its backup");
  }
  model.reaction(group.name + "#replication", replication(std::move(plan)), std::move(watches));
  group.replication.reset();
  react_roles(group, view, settings, rules, model);
}

Parameter replication_key() {
  auto record = std::make_shared<Record>();
  record->name = "replication";
  record->help = "How writes get to the copies; a stream may say otherwise.";
  record->parameters = stream_keys();
  std::vector<Parameter>& keys = record->parameters;
  keys.push_back(count("acknowledged_by", 1000, "", "",
                       "How many synchronous copies must have a write before it is acknowledged. "
                       "Left out: all of them."));
  Parameter degrade = quantity("degrade_after", Dimension::duration,
                               "With synchronous copies: the primary waits for those that are "
                               "missing so long, then goes on without them. Left out: with "
                               "`semi_synchronous` 10s, as MySQL's "
                               "rpl_semi_sync_source_timeout; else it never does.");
  keys.push_back(degrade);
  keys.push_back(count("min_replicas", 1000, "", "",
                       "The primary takes writes only while so many copies follow it, though it "
                       "waits for none (Redis, min-replicas-to-write)."));
  Parameter max_lag = quantity("max_lag", Dimension::duration,
                               "With `min_replicas`: it goes on so long after it last heard of "
                               "enough of them.");
  max_lag.default_text = "10s";
  max_lag.default_source = "Redis 7, redis.conf: min-replicas-max-lag";
  keys.push_back(max_lag);
  for (Parameter& p : resync_keys()) keys.push_back(std::move(p));
  Parameter diverged = word("diverged", {"full", "rewind"},
                            "What a former primary does that has writes which were lost: it is "
                            "copied in full, or drops them and follows.");
  diverged.default_text = "full";
  diverged.default_source = "PostgreSQL 15, pg_basebackup; pg_rewind must be asked for";
  keys.push_back(diverged);
  Parameter key = record_of("replication", record, record->help);
  return key;
}

}  // namespace

std::vector<Parameter> stream_keys() {
  Parameter mode = word("mode", {"asynchronous", "synchronous", "semi_synchronous", "periodic"},
                        "When a write is acknowledged: at once; when the copy has it; the same, "
                        "but for a time-out; or it is carried there with a snapshot now and then.");
  mode.default_text = "asynchronous";
  mode.default_source =
      "PostgreSQL, MySQL and Redis replicate asynchronously unless told otherwise";
  Parameter lag = law_of_time("lag",
                              "How long ago the oldest acknowledged write was that has not been "
                              "sent. It is lost with the primary.");
  lag.default_text = "0s";
  lag.default_source = "sent as soon as written";
  Parameter delay = quantity("delay", Dimension::duration,
                             "How long a write is on the wire. It is lost if a copy is promoted "
                             "sooner.");
  delay.default_text = "0s";
  delay.default_source = "within a rack";
  Parameter size = quantity("write_size", Dimension::size, "What a write takes on the stream.");
  size.low_open = true;
  Parameter bandwidth = quantity("bandwidth", Dimension::throughput,
                                 "What a stream can carry; goes with `write_size`. What is too "
                                 "much waits, and is caught up with what is spare. Left out: all.");
  bandwidth.low_open = true;
  Parameter every = law_of_time("every", "With `periodic`: from one snapshot to the next.");
  Parameter ship = law_of_time("ship", "Until a snapshot can be used at the copy.");
  ship.default_text = "0s";
  ship.default_source = "a snapshot that is there at once";
  Parameter replay = quantity("replay", Dimension::duration,
                              "How long a copy that is promoted applies what it has received but "
                              "not applied; it goes on top of `takeover`.");
  replay.default_text = "0s";
  replay.default_source = "applied as soon as received";
  return {mode, lag, delay, size, bandwidth, every, ship, replay};
}

Policy primary_replica_policy() {
  Policy policy;
  policy.record = {"primary_replica",
                   "One member takes the writes, the others copy them; one of those is promoted "
                   "when it is lost.",
                   group_keys()};
  std::vector<Parameter>& keys = policy.record.parameters;
  keys.push_back(sessions_key());
  Parameter by = replication_key();
  by.required = true;
  keys.push_back(by);
  auto record_called = [](const char* name, const char* help, std::vector<Parameter> parameters) {
    return record_of(name, std::make_shared<Record>(Record{name, help, std::move(parameters)}),
                     help);
  };
  Parameter stale = choice_of(
      "stale_promotion", "stale promotion",
      {record_called("never", "It waits for the newest copy.", {}),
       record_called("at_once", "Like any other.", {}),
       law_of_time("after", "When only such copies have been there for so long.")},
      "Whether a copy is promoted that is known to lack acknowledged writes, while the newest is "
      "down.");
  stale.default_text = "never";
  stale.default_source = "Patroni 3, maximum_lag_on_failover: one that is too far behind is not";
  keys.push_back(stale);
  Parameter promotion =
      word("promotion", {"takeover", "none"},
           "Whether whoever takes over is promoted. With `none` it takes writes as it is: when the "
           "primary serves again these are lost (a `backup` server of a load balancer).");
  promotion.default_text = "takeover";
  promotion.default_source = "Patroni, Sentinel, Orchestrator: a failover promotes";
  keys.push_back(promotion);
  for (Parameter& key : shard_keys()) keys.push_back(std::move(key));
  Parameter reads = word("reads", {"primary", "any"}, "Who answers reads.");
  reads.default_text = "primary";
  reads.default_source = "a client that reads what it wrote";
  keys.push_back(reads);
  keys.push_back(quantity("max_staleness", Dimension::duration,
                          "With `reads: any`: a copy that lacks writes answers no more when it has "
                          "been behind for so long. Left out: it always does."));
  keys.push_back(backup_key());
  for (Parameter& p : role_keys()) keys.push_back(std::move(p));
  policy.prepare = prepare;
  policy.connect = connect;
  policy.react = react;
  policy.by_peers = [](const Settings&) { return true; };
  policy.reads_apart = [](const Settings&, std::size_t) { return true; };
  return policy;
}

}  // namespace nines
