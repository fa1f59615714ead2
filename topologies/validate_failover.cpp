// What does not fit together in how failures are noticed and roles go from one to another.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "models/mechanisms/detection.hpp"
#include "models/policies/policy_keys.hpp"
#include "topologies/validate.hpp"

namespace nines {
namespace {

/// The checks of one group.
class FailoverCheck {
 public:
  FailoverCheck(const Topology& topology, const TopologyGroup& group, Diagnostics& diagnostics)
      : topology_(topology), group_(group), s_(group.settings), diagnostics_(diagnostics) {}

  void run() {
    const std::string& policy = group_.policy->record.name;
    if (policy == "quorum") check_quorum();
    if (group_.members.empty() || s_.has_refused("detection") || !s_.has("detection")) return;
    how_ = s_.chosen("detection");
    by_ = &s_.record("detection").record(how_);
    if (policy == "raid") {
      if (how_ != "perfect") {
        tell(s_.at("detection"), fmt::format("'detection: {}' has no effect: a RAID controller "
                                             "knows its disks",
                                             how_));
      }
      return;
    }
    if (policy == "active_active" || policy == "multi_primary") check_active_active();
    if (policy == "active_standby" || policy == "primary_replica") check_roles();
    check_takeover();
    if (how_ == "health_check") check_health_check();
    if (how_ == "vrrp") check_vrrp();
    if (detects_by_peers(s_)) check_peers();
  }

 private:
  bool given(const Settings& s, const char* key) const {
    return s.has(key) && !s.at(key).is_default;
  }
  bool given(const char* key) const { return given(s_, key); }
  void tell(const Setting& at, std::string message, std::string hint = {}) {
    diagnostics_.add(at.key_place, std::move(message), std::move(hint));
  }
  void no_effect(const Settings& s, const char* key, const std::string& why,
                 std::string hint = {}) {
    if (given(s, key)) {
      tell(s.at(key), fmt::format("'{}' has no effect: {}", key, why), std::move(hint));
    }
  }
  void no_effect(const char* key, const std::string& why, std::string hint = {}) {
    no_effect(s_, key, why, std::move(hint));
  }
  bool is_member(const std::string& name) const {
    return std::any_of(group_.members.begin(), group_.members.end(), [&](Ref member) {
      return (member.group ? topology_.groups[member.index].name
                           : topology_.components[member.index].name) == name;
    });
  }

  void check_numbers(const Settings& s, const char* key) {
    if (!s.has(key)) return;
    const std::size_t count = s.numbers(key).size();
    if (count == group_.members.size()) return;
    diagnostics_.add(s.at(key).place,
                     fmt::format("'{}' has {} number{}; group '{}' has {} members", key, count,
                                 count == 1 ? "" : "s", group_.name, group_.members.size()));
  }

  void check_active_active() {
    if (detects_by_peers(s_)) {
      tell(s_.at("detection"),
           fmt::format("'{}' is how members of an active_standby group watch one another; expected "
                       "health_check, dns, delay or perfect",
                       how_));
    }
    const std::string balance = s_.has("balance") ? s_.text("balance") : "";
    if (balance == "weighted" && !s_.has("weights") && !s_.has_refused("weights")) {
      tell(s_.at("balance"), "'balance: weighted' needs 'weights'", "write weights: [3, 1]");
    }
    if (balance != "weighted") {
      no_effect("weights", fmt::format("'balance' is {}", balance), "write balance: weighted");
    }
    check_numbers(s_, "weights");
    if (balance != "source_hash" && balance != "sticky") {
      no_effect("skew", fmt::format("'balance' is {}", balance), "write balance: source_hash");
    }
    if (s_.has("backup")) check_backup();
    if (counts_errors(s_)) check_errors();
    if (s_.has("backup") && given("takeover")) {
      tell(s_.at("takeover"), "'takeover' and 'backup': a backup takes over at once");
    }
    const bool never = s_.has("redispatch") && s_.text("redispatch") == "never";
    const bool perfect = how_ == "perfect";
    if (perfect) {
      no_effect("redispatch", "detection is perfect, so no request meets a failed member");
    }
    for (const char* key : {"retries", "connect_timeout", "gives_up_after"}) {
      if (key != std::string_view("retries") && counts_errors(s_)) continue;
      if (never || perfect) {
        no_effect(key,
                  perfect ? "detection is perfect, so no request meets a failed member"
                          : "no try goes to another member",
                  perfect ? "" : "write redispatch: last");
      }
    }
  }

  /// Errors are counted in requests: their rate must be known.
  void check_errors() {
    const Setting& at = s_.at("detection");
    bool passed = false;
    for (const TopologyService& service : topology_.services) {
      for (const TopologyPath& path : service.paths) {
        for (const TopologyStep& step : path.steps) {
          for (const std::size_t g : step.groups) {
            if (&topology_.groups[g] != &group_ || !(path.offered_per_s > 0)) continue;
            passed = true;
            if (!service.settings.table("profile").empty()) {
              tell(at,
                   fmt::format("'detection': errors of requests whose rate changes over the day "
                               "are not supported yet: service '{}' has a profile",
                               service.name));
              return;
            }
          }
        }
      }
    }
    const bool even = s_.has("balance") && s_.text("balance") == "round_robin" && !s_.has("backup");
    if (!even) {
      tell(at,
           "'detection': errors of requests are supported with round robin and without backups: "
           "the rate of each member must be known");
      return;
    }
    if (!passed) {
      tell(at,
           fmt::format("'detection': no service with a workload passes group '{}', so no "
                       "request can fail",
                       group_.name),
           "write workload: {reads: 100/s} in the service");
    }
    if (how_ == "passive" && s_.has("redispatch") && s_.text("redispatch") == "never") {
      tell(at, "'detection: passive' tries a member with a request, which must then go to another",
           "write redispatch: each");
    }
  }

  void check_backup() {
    std::size_t found = 0;
    for (const NamedAt& name : s_.names("backup")) {
      if (is_member(name.name)) {
        ++found;
      } else {
        diagnostics_.add(name.place,
                         fmt::format("'{}' is no member of group '{}'", name.name, group_.name));
      }
    }
    if (found >= group_.members.size()) {
      tell(s_.at("backup"), "every member is a backup; expected one that is not");
      return;
    }
    const std::size_t others = group_.members.size() - found;
    if (s_.has("need") && s_.number("need") > static_cast<double>(others)) {
      diagnostics_.add(s_.at("need").place,
                       fmt::format("'need' is {}, but only {} of the members {} no backup",
                                   s_.number("need"), others, others == 1 ? "is" : "are"));
    }
  }

  void check_roles() {
    if (counts_errors(s_)) {
      tell(s_.at("detection"),
           "errors of requests are counted by a balancer: expected an "
           "active_active group");
    }
    const std::string failback = s_.has("failback") ? s_.text("failback") : "none";
    if (how_ == "vrrp") {
      for (const char* key : {"failback", "failback_after", "failback_takes"}) {
        if (given(key)) tell(s_.at(key), fmt::format("'{}': VRRP has 'preempt' for that", key));
      }
    } else if (failback == "none") {
      for (const char* key : {"failback_after", "failback_takes"}) {
        no_effect(key, "'failback' is none", "write failback: automatic");
      }
    } else if (failback == "manual" && !s_.has("failback_after") &&
               !s_.has_refused("failback_after")) {
      tell(s_.at("failback"), "'failback: manual' needs 'failback_after': when somebody does it",
           "write failback_after: 4h");
    }
    if (how_ != "heartbeat") {
      for (const char* key : {"fencing", "quorum", "witness"}) {
        no_effect(key, fmt::format("detection is {}; it goes with heartbeat", how_));
      }
    }
    if (!(s_.has("quorum") && s_.truth("quorum")) && !s_.has("witness")) {
      no_effect("goes_on", "there is no 'quorum' for which a member would stop",
                "write quorum: true");
    }
    check_witness();
    if (s_.has("fails_on_demand") && s_.number("fails_on_demand") > 0) {
      for (const Ref member : group_.members) {
        if (!member.group &&
            !topology_.components[member.index].settings->table("failures").empty()) {
          continue;
        }
        tell(s_.at("fails_on_demand"),
             fmt::format("'fails_on_demand': '{}' has no failure mode in which it could fail",
                         member.group ? topology_.groups[member.index].name
                                      : topology_.components[member.index].name));
        break;
      }
    }
  }

  void check_witness() {
    if (group_.witness) {
      const TopologyComponent& witness = topology_.components[*group_.witness];
      if (is_member(witness.name)) {
        diagnostics_.add(s_.at("witness").place,
                         fmt::format("'{}' is a member of group '{}' and has a vote already",
                                     witness.name, group_.name));
      }
      if (witness.kind != nullptr && !witness.is(Part::end_point) && !witness.is(Part::storage)) {
        diagnostics_.add(
            s_.at("witness").place,
            fmt::format("'{}' is a {}; it cannot vote", witness.name, witness.kind->record.name));
      }
    }
  }

  void check_quorum() {
    const std::size_t members = group_.members.size();
    if (members == 0 || s_.has_refused("election") || !s_.has("election")) return;
    const std::string& how = s_.chosen("election");
    const bool led = how != "none";
    if (!led) no_effect("witness", "without a leader nobody is elected");
    check_witness();
    check_numbers(s_, "votes");
    if (s_.has("votes")) check_votes();
    const int votes = all_votes(s_, members);
    if (led && s_.has("witness") && !s_.has("write_quorum") && votes / 2 + 1 > votes - 1) {
      tell(s_.at("witness"),
           "with this witness more than half of the votes is more than there are "
           "members with data; expected another member, or a 'write_quorum'");
    }
    if (how == "raft") {
      const Settings& raft = s_.record("election").record(how);
      for (const char* key : {"heartbeat", "vote_window"}) {
        if (raft.number(key) < raft.number("timeout")) continue;
        tell(raft.has(key) && given(raft, key) ? raft.at(key) : raft.at("timeout"),
             fmt::format("'{}' is {}s; expected less than the time-out, {}s", key, raft.number(key),
                         raft.number("timeout")));
      }
    }
    for (const Ref member : group_.members) {
      if (!member.group || !topology_.networked()) continue;
      tell(s_.at("members"),
           fmt::format("'{}' is a group: members that deal with one another over the network must "
                       "be components",
                       topology_.groups[member.index].name));
      break;
    }
    if (topology_.networked()) check_quorum_needs();
    if (how == "delay" && s_.record("election").record(how).has("takes") &&
        !std::isfinite(s_.record("election").record(how).law("takes")->mean())) {
      tell(s_.record("election").record(how).at("takes"), "an election that never ends");
    }
    for (const TopologyGroup& outer : topology_.groups) {
      for (const Ref member : outer.members) {
        if (!member.group || &topology_.groups[member.index] != &group_) continue;
        if (!group_.policy->reads_apart(s_, group_.members.size())) continue;
        tell(given("election") ? s_.at("election") : s_.at("members"),
             fmt::format("group '{}' asks reads otherwise than writes; as a member of '{}' that is "
                         "not supported yet",
                         group_.name, outer.name));
      }
    }
  }

  void check_votes() {
    const std::vector<double>& votes = s_.numbers("votes");
    const auto is_none = [](double v) { return v == 0.0; };
    const bool whole = std::all_of(votes.begin(), votes.end(), [](double v) {
      return v >= 0.0 && v <= 1000.0 && v == std::floor(v);
    });
    if (!whole || std::all_of(votes.begin(), votes.end(), is_none)) {
      diagnostics_.add(s_.at("votes").place,
                       whole ? "nobody has a vote" : "votes are whole numbers from 0 to 1000",
                       "write votes: [1, 1, 0]");
    }
  }

  /// Who votes and acknowledges must have what it needs; over a network that is not known yet.
  void check_quorum_needs() {
    const auto is_reached = [&](const std::vector<Clause>& clauses) {
      return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
        return std::any_of(clause.begin(), clause.end(), [&](Ref ref) {
          return ref.group || topology_.components[ref.index].in_graph();
        });
      });
    };
    const TopologyComponent* needy = nullptr;
    for (const Ref member : group_.members) {
      if (!member.group && is_reached(topology_.components[member.index].needs)) {
        needy = &topology_.components[member.index];
      }
    }
    if (needy == nullptr && !is_reached(group_.needs)) return;
    diagnostics_.add(
        group_.place,
        fmt::format("group '{}' is a quorum in a network, and {}: that is not supported yet",
                    group_.name,
                    needy != nullptr ? fmt::format("'{}' needs something there", needy->name)
                                     : "needs something there"),
        "leave the links out, or the needs");
  }

  void check_takeover() {
    const bool takes = given("takeover") && s_.law("takeover")->mean() > 0;
    if (takes && !given("detection")) {
      tell(s_.at("takeover"),
           fmt::format("group '{}' has a takeover, but no detection: how is a failure noticed?",
                       group_.name),
           "write detection: {health_check: {interval: 2s}}, or detection: perfect");
    }
    const bool automatic = !s_.has("automatic") || s_.number("automatic") == 1.0;
    if (!automatic && !s_.has("otherwise") && !s_.has_refused("otherwise")) {
      tell(s_.at("automatic"),
           "'automatic' is below 100 %, so 'otherwise' is needed: until a "
           "person has done it",
           "write otherwise: lognormal(median=20min p95=1h)");
    }
    if (automatic) no_effect("otherwise", "every takeover is automatic", "write automatic: 97 %");
  }

  void check_health_check() {
    const Settings& s = *by_;
    const double layer = s.number_or("layer", 7);
    if (layer != 4 && layer != 7) {
      diagnostics_.add(s.at("layer").place, fmt::format("'layer' is {}; expected 4 or 7", layer));
    }
    const double interval_s = s.number_or("interval", 2.0);
    if (s.has("paced") && s.text("paced") == "start" &&
        s.number_or("timeout", interval_s) > interval_s) {
      diagnostics_.add(s.at("timeout").place,
                       "with 'paced: start' a check ends before the next; expected a timeout of at "
                       "most the interval");
    }
    if (layer != 7) return;
    for (const Ref member : group_.members) {
      if (member.group) continue;
      const TopologyComponent& component = topology_.components[member.index];
      if (component.kind == nullptr || component.is(Part::end_point)) continue;
      diagnostics_.add(
          s.has("layer") && given(s, "layer") ? s.at("layer").place : s_.at("detection").key_place,
          fmt::format("'{}' is a {}; it cannot answer a check of layer 7", component.name,
                      component.kind->record.name),
          "write layer: 4");
      break;
    }
  }

  void check_vrrp() {
    const Settings& s = *by_;
    if (s_.has("active") && s_.number("active") != 1.0) {
      diagnostics_.add(
          s_.at("active").place,
          fmt::format("'active' is {}; an address of VRRP has one master", s_.number("active")),
          "make a group for each address");
    }
    const double version = s.number_or("version", 2);
    if (version != 2 && version != 3) {
      diagnostics_.add(s.at("version").place,
                       fmt::format("'version' is {}; expected 2 or 3", version));
    }
    check_numbers(s, "priorities");
    if (!s.has("priorities") && group_.members.size() > 99) {
      tell(s_.at("detection"), "more than 99 members; expected 'priorities'");
    }
    if (s.has("priorities")) {
      const std::vector<double>& priorities = s.numbers("priorities");
      for (std::size_t i = 1; i < priorities.size(); ++i) {
        if (priorities[i] < priorities[i - 1]) continue;
        diagnostics_.add(
            s.at("priorities").place,
            priorities[i] == priorities[i - 1]
                ? fmt::format("two members have priority {}: which takes over is left to chance",
                              priorities[i])
                : "'priorities' must fall: the first member is the master",
            "write priorities: [150, 100]");
        break;
      }
    }
    if (!s.has("tracks")) {
      for (const char* key : {"script_interval", "script_fall"}) {
        no_effect(s, key, "no script is tracked", "write tracks: [software]");
      }
      return;
    }
    for (const NamedAt& name : s.names("tracks")) check_tracked(name);
  }

  void check_tracked(const NamedAt& name) {
    bool known = false;
    for (const Ref member : group_.members) {
      if (member.group) continue;
      for (const Entry& mode : topology_.components[member.index].settings->table("failures")) {
        if (mode.name.name != name.name) continue;
        known = true;
        const Settings& m = mode.settings;
        if (m.has("effect") && (m.text("effect") == "crash" || m.text("effect") == "hang")) return;
      }
    }
    diagnostics_.add(
        name.place,
        known ? fmt::format("'{}' leaves no host on which a script could see it; expected a mode "
                            "with effect crash or hang",
                            name.name)
              : fmt::format("no member of group '{}' has a failure mode '{}'", group_.name,
                            name.name));
  }

  void check_peers() {
    for (const Ref member : group_.members) {
      if (!member.group) continue;
      diagnostics_.add(s_.at("members").place,
                       fmt::format("group '{}' is a member; with {} the members, which watch one "
                                   "another, are components",
                                   topology_.groups[member.index].name, how_));
      break;
    }
  }

  const Topology& topology_;
  const TopologyGroup& group_;
  const Settings& s_;
  Diagnostics& diagnostics_;
  std::string how_;
  const Settings* by_ = nullptr;
};

/// Modes that only stop heartbeats, where nobody listens to any.
void check_mute(const Topology& topology, Diagnostics& diagnostics) {
  std::set<std::size_t> heard;
  for (const TopologyGroup& group : topology.groups) {
    if (group.policy != nullptr && group.policy->record.name == "quorum") continue;
    if (group.settings.has_refused("detection") || !group.settings.has("detection")) return;
    if (!detects_by_peers(group.settings)) continue;
    for (const Ref member : group.members) {
      if (!member.group) heard.insert(member.index);
    }
  }
  for (const TopologyFault& fault : topology.faults) {
    const Settings& s = fault.settings;
    if (heard.count(fault.component) != 0 || !s.has("effect") || s.text("effect") != "mute") {
      continue;
    }
    diagnostics.add(s.at("effect").place,
                    fmt::format("'effect: mute' has no effect: '{}' is in no group whose members "
                                "listen to one another (vrrp, heartbeat)",
                                topology.components[fault.component].name));
  }
  std::set<std::uint32_t> told;  // one message for all that one key stands for
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    if (heard.count(c) != 0) continue;
    for (const Entry& mode : topology.components[c].settings->table("failures")) {
      const Settings& m = mode.settings;
      if (!m.has("effect") || m.text("effect") != "mute") continue;
      if (!told.insert(m.at("effect").place.begin).second) continue;
      diagnostics.add(m.at("effect").place,
                      fmt::format("'effect: mute' has no effect: '{}' is in no group whose members "
                                  "listen to one another (vrrp, heartbeat)",
                                  topology.components[c].name));
    }
  }
}

/// Where sessions live, and whose they are.
void check_sessions(const Topology& topology, Diagnostics& diagnostics) {
  for (const TopologyGroup& group : topology.groups) {
    if (group.settings.has_refused("sessions")) return;
  }
  std::set<std::size_t> used;
  for (const TopologyService& service : topology.services) {
    if (!service.settings.has("workload") || service.paths.empty()) continue;
    const Settings& load = service.settings.record("workload");
    if (!load.has("sessions")) {
      if (load.has("session_length")) {
        diagnostics.add(load.at("session_length").key_place,
                        "'session_length' has no effect: the workload has no sessions",
                        "write sessions: 6000 beside it");
      }
      continue;
    }
    const std::vector<std::size_t> holders = topology.session_holders(service);
    used.insert(holders.begin(), holders.end());
    if (holders.empty()) {
      diagnostics.add(
          load.at("sessions").key_place,
          fmt::format("service '{}' has sessions, but none of its groups holds them", service.name),
          "write sessions: sticky, {copies: 2} or {store: …} in the group that does");
    }
    std::set<std::size_t> steps;
    for (const TopologyPath& path : service.paths)
      for (const TopologyStep& step : path.steps) {
        for (const std::size_t g : step.groups) {
          for (const std::size_t holder : holders) {
            const auto& members = topology.groups[g].members;
            if (g == holder || std::count(members.begin(), members.end(), Ref{true, holder}) > 0) {
              steps.insert(g);
            }
          }
        }
      }
    if (!holders.empty() && topology.groups[holders.front()].shard) {
      diagnostics.add(load.at("sessions").key_place,
                      "sessions on shards are not supported yet: which of them has one",
                      "let a group without shards hold them");
      continue;
    }
    if (steps.size() > 1) {
      diagnostics.add(load.at("sessions").key_place,
                      fmt::format("the sessions of service '{}' live in groups '{}' and '{}'; "
                                  "expected one of them",
                                  service.name, topology.groups[*steps.begin()].name,
                                  topology.groups[*std::next(steps.begin())].name));
    }
  }
  for (std::size_t g = 0; g < topology.groups.size(); ++g) {
    const Settings& s = topology.groups[g].settings;
    if (!s.has("sessions")) continue;
    if (used.count(g) == 0) {
      diagnostics.add(s.at("sessions").key_place,
                      fmt::format("'sessions' has no effect: no service that passes group '{}' has "
                                  "sessions",
                                  topology.groups[g].name),
                      "write workload: {sessions: 6000} in the service");
    }
    const Settings& how = s.record("sessions");
    if (how.has("copies") &&
        how.number("copies") > static_cast<double>(topology.groups[g].members.size())) {
      diagnostics.add(how.at("copies").place,
                      fmt::format("'copies' is {}; group '{}' has {} members", how.number("copies"),
                                  topology.groups[g].name, topology.groups[g].members.size()));
    }
    if (topology.groups[g].store == g) {
      diagnostics.add(how.at("store").place,
                      fmt::format("group '{}' is its own store", topology.groups[g].name));
    }
  }
}

void check_hosts(const Topology& topology, Diagnostics& diagnostics) {
  for (const TopologyComponent& component : topology.components) {
    if (component.number_in_range > 0 || !component.settings->has("runs_on")) continue;
    const Settings& s = component.settings->record("runs_on");
    const Setting& at = component.settings->at("runs_on");
    if (topology.networked()) {
      diagnostics.add(
          at.key_place,
          "'runs_on' in a topology with links is not supported yet: links would have to "
          "move with it");
    }
    for (const std::size_t h : component.hosts) {
      const TopologyComponent& host = topology.components[h];
      if (host.kind == nullptr || host.is(Part::end_point)) continue;
      diagnostics.add(s.at("hosts").place, fmt::format("'{}' is a {}; nothing runs on it",
                                                       host.name, host.kind->record.name));
      break;
    }
    const bool stays = s.has("moves") && !s.truth("moves");
    if (!stays && component.hosts.size() == 1) {
      diagnostics.add(s.at("hosts").place,
                      fmt::format("'{}' has one host, so it cannot be moved", component.name),
                      "write moves: false, or more hosts");
    }
    for (const char* key : {"evicted_after", "scheduler", "reattach"}) {
      if (!stays || !s.has(key) || s.at(key).is_default) continue;
      diagnostics.add(s.at(key).key_place,
                      fmt::format("'{}' has no effect: '{}' is not moved", key, component.name));
    }
  }
}

}  // namespace

void check_failover(const Topology& topology, Diagnostics& diagnostics) {
  for (const TopologyGroup& group : topology.groups) {
    FailoverCheck(topology, group, diagnostics).run();
  }
  check_mute(topology, diagnostics);
  check_sessions(topology, diagnostics);
  check_hosts(topology, diagnostics);
}

}  // namespace nines
