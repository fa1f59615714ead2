// What does not fit together in how data is copied.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "models/mechanisms/holders.hpp"
#include "models/mechanisms/missed.hpp"
#include "models/mechanisms/profile.hpp"
#include "models/policies/policy_keys.hpp"
#include "topologies/validate.hpp"

namespace nines {
namespace {

bool given(const Settings& s, const char* key) { return s.has(key) && !s.at(key).is_default; }

void no_effect(const Settings& s, const char* key, const std::string& why, Diagnostics& diagnostics,
               std::string hint = {}) {
  if (!given(s, key)) return;
  diagnostics.add(s.at(key).key_place, fmt::format("'{}' has no effect: {}", key, why),
                  std::move(hint));
}

void check_resync(const Settings& by, Diagnostics& diagnostics) {
  if (by.has_refused("resync") || by.has_refused("data")) return;
  if (by.has("resync") != by.has("data")) {
    diagnostics.add(by.at(by.has("resync") ? "resync" : "data").key_place,
                    "'resync' and 'data' go together: how fast, and how much",
                    "write resync: 80MB/s and data: 200GB");
  }
}

/// What a stream says, where the group says the rest.
class Streams {
 public:
  Streams(const Topology& topology, const TopologyGroup& group, Diagnostics& diagnostics)
      : topology_(topology),
        group_(group),
        by_(group.settings.record("replication")),
        diagnostics_(diagnostics) {}

  void check() {
    std::vector<const Settings*> all;  // by member
    for (const Ref member : group_.members) {
      const TopologyComponent* const stream = stream_to(member);
      all.push_back(stream != nullptr ? stream->settings.get() : nullptr);
      if (stream != nullptr) check_pairs(*stream->settings, mode_of(all.back()), true);
    }
    const auto any = [&](const char* mode) {
      return std::any_of(all.begin(), all.end(),
                         [&](const Settings* stream) { return mode_of(stream) == mode; });
    };
    const bool asynchronous = any("asynchronous");
    const bool periodic = any("periodic");
    const bool synchronous = any("synchronous") || any("semi_synchronous");
    if (!asynchronous) {
      for (const char* key : {"lag", "delay"}) {
        no_effect(by_, key, "no stream is asynchronous", diagnostics_);
      }
    }
    if (!periodic) {
      for (const char* key : {"every", "ship"}) {
        no_effect(by_, key, "no stream is periodic", diagnostics_, "write mode: periodic");
      }
    }
    if (!synchronous) {
      for (const char* key : {"acknowledged_by", "degrade_after"}) {
        no_effect(by_, key, "no stream is synchronous", diagnostics_, "write mode: synchronous");
      }
    }
    check_pairs(by_, mode_of(nullptr), false);
    if (periodic) check_every(all);
    check_cascades(all);
    check_without_promotion(all);
    check_staleness(all);
    check_count(all);
    if (!by_.has("min_replicas")) {
      no_effect(by_, "max_lag", "'min_replicas' is not given", diagnostics_,
                "write min_replicas: 1");
    } else if (by_.number("min_replicas") > static_cast<double>(all.size()) - 1.0) {
      diagnostics_.add(by_.at("min_replicas").place,
                       fmt::format("'min_replicas' is {}; group '{}' has {} cop{} beside the "
                                   "primary",
                                   by_.number("min_replicas"), group_.name, all.size() - 1,
                                   all.size() == 2 ? "y" : "ies"));
    }
    check_carried(all);
    check_resync(by_, diagnostics_);
  }

 private:
  const TopologyComponent* stream_to(Ref member) const {
    if (member.group) return nullptr;
    for (const TopologyComponent& stream : topology_.components) {
      if (stream.feeds == member.index) return &stream;
    }
    return nullptr;
  }
  const std::string& mode_of(const Settings* stream) const {
    return stream != nullptr && stream->has("mode") ? stream->text("mode") : by_.text("mode");
  }
  const Settings& of(const Settings* stream, const char* key) const {
    return stream != nullptr && stream->has(key) ? *stream : by_;
  }

  void check_pairs(const Settings& s, const std::string& mode, bool of_stream) {
    if (of_stream && mode != "asynchronous") {
      for (const char* key : {"lag", "delay"}) {
        no_effect(s, key, fmt::format("the stream is {}", mode), diagnostics_);
      }
    }
    if (of_stream && mode != "periodic") {
      for (const char* key : {"every", "ship"}) {
        no_effect(s, key, fmt::format("the stream is {}", mode), diagnostics_);
      }
    }
    const bool sized = s.has("write_size") || by_.has("write_size");
    if (s.has("bandwidth") && !sized && !s.has_refused("write_size")) {
      diagnostics_.add(s.at("bandwidth").key_place, "'bandwidth' needs 'write_size'",
                       "write write_size: 2kB");
    }

    if (of_stream && s.has("write_size") && !s.has("bandwidth") && !by_.has("bandwidth")) {
      no_effect(s, "write_size", "no stream has a bandwidth", diagnostics_,
                "write bandwidth: 1Gbit/s");
    }
    if (s.has("write_size") && !of_stream && !s.has("bandwidth") && !s.has_refused("bandwidth") &&
        !some_stream_has("bandwidth")) {
      no_effect(s, "write_size", "no stream has a bandwidth", diagnostics_,
                "write bandwidth: 1Gbit/s");
    }
    if (mode == "periodic") {
      no_effect(s, "bandwidth", "a snapshot takes as long as 'ship' says", diagnostics_);
    }
  }
  bool some_stream_has(const char* key) const {
    return std::any_of(group_.members.begin(), group_.members.end(), [&](Ref member) {
      const TopologyComponent* const stream = stream_to(member);
      return stream != nullptr && stream->settings->has(key);
    });
  }

  /// Who takes over without being promoted waits for nobody.
  void check_without_promotion(const std::vector<const Settings*>& all) {
    const Settings& s = group_.settings;
    if (!s.has("promotion") || s.text("promotion") != "none") return;
    no_effect(by_, "replay", "nobody is promoted", diagnostics_);
    for (const Settings* stream : all) {
      if (stream != nullptr) no_effect(*stream, "replay", "nobody is promoted", diagnostics_);
      if (mode_of(stream) != "synchronous" && mode_of(stream) != "semi_synchronous") continue;
      diagnostics_.add(s.at("promotion").key_place,
                       fmt::format("'promotion: none' with a {} stream: whom a server that nobody "
                                   "promoted would wait for is not supported yet",
                                   mode_of(stream)),
                       "write mode: asynchronous");
      return;
    }
  }

  /// A bound on how far behind a copy may be that answers reads.
  void check_staleness(const std::vector<const Settings*>& all) {
    const Settings& s = group_.settings;
    if (!s.has("max_staleness") || s.has_refused("max_staleness")) return;
    const double most_s = s.number("max_staleness");
    for (const Settings* stream : all) {
      const std::string& mode = mode_of(stream);
      if (mode == "periodic") {
        diagnostics_.add(
            s.at("max_staleness").key_place,
            "'max_staleness' with snapshots: a copy that is behind by up to 'every' at "
            "all times is not judged by it yet",
            "leave it out, or write mode: asynchronous");
        return;
      }
      const Settings& lag = of(stream, "lag");
      if (mode != "asynchronous" || !lag.has("lag") || lag.law("lag")->mean() < most_s) continue;
      diagnostics_.add(
          s.at("max_staleness").place,
          fmt::format("'max_staleness' is no longer than the lag of a stream, {:.10g}s "
                      "on average; expected more",
                      lag.law("lag")->mean()));
      return;
    }
  }

  /// A copy may get its writes from another one.
  void check_cascades(const std::vector<const Settings*>& all) {
    std::map<std::size_t, std::size_t> from;
    for (std::size_t m = 0; m < all.size(); ++m) {
      if (all[m] == nullptr || !all[m]->has("from")) continue;
      const NamedAt& name = all[m]->names("from").front();
      const auto tell = [&](std::string message, std::string hint = {}) {
        diagnostics_.add(name.place, std::move(message), std::move(hint));
      };
      const auto is = [&](Ref member) {
        return !member.group && topology_.components[member.index].name == name.name;
      };
      const auto at = std::find_if(group_.members.begin(), group_.members.end(), is);
      if (at == group_.members.end()) {
        const auto named = [&](const TopologyComponent& c) { return c.name == name.name; };
        const auto& all_there = topology_.components;
        if (std::none_of(all_there.begin(), all_there.end(), named)) continue;  // told already
        tell(fmt::format("'{}' is no member of group '{}'", name.name, group_.name));
        continue;
      }
      const auto source = static_cast<std::size_t>(at - group_.members.begin());
      if (source == m) {
        tell(fmt::format("'{}' cannot copy itself", name.name));
        continue;
      }
      for (const auto& [who, stream] :
           {std::pair{"this stream", all[m]}, std::pair{"the stream to it", all[source]}}) {
        if (mode_of(stream) != "asynchronous") {
          tell(fmt::format("{} is {}; copies that feed copies are asynchronous", who,
                           mode_of(stream)),
               "leave 'from' out, or write mode: asynchronous in the streams");
          break;
        }
        if (of(stream, "bandwidth").has("bandwidth")) {
          tell(
              fmt::format("{} has a 'bandwidth': backlogs along several streams are not supported "
                          "yet",
                          who));
          break;
        }
      }
      from[m] = source;
    }
    for (const auto& [m, source] : from) {
      std::size_t at = source;
      for (std::size_t step = 0; step < all.size() && from.count(at) != 0; ++step) at = from[at];
      if (from.count(at) == 0) continue;
      diagnostics_.add(all[m]->at("from").place, "these streams run in a circle",
                       "let one of them come from the primary: leave its 'from' out");
      return;
    }
  }

  void check_every(const std::vector<const Settings*>& all) {
    for (const Settings* stream : all) {
      if (mode_of(stream) != "periodic") continue;
      const Settings& s = of(stream, "every");
      if (!s.has("every")) {
        if (s.has_refused("every")) return;
        diagnostics_.add(of(stream, "mode").at("mode").key_place,
                         "'mode: periodic' needs 'every': from one snapshot to the next",
                         "write every: 15min");
        return;
      }
      const double mean_s = s.law("every")->mean();
      if (mean_s > 0 && std::isfinite(mean_s)) continue;
      diagnostics_.add(s.at("every").place, "'every' must be longer than nothing, and come");
      return;
    }
  }

  void check_count(const std::vector<const Settings*>& all) {
    if (!by_.has("acknowledged_by")) return;
    const auto synchronous = std::count_if(all.begin(), all.end(), [&](const Settings* stream) {
      return mode_of(stream) == "synchronous" || mode_of(stream) == "semi_synchronous";
    });
    // One of them may be the primary.
    const auto others = std::min<std::ptrdiff_t>(synchronous, std::ssize(all) - 1);
    if (synchronous == 0 || by_.number("acknowledged_by") <= static_cast<double>(others)) return;
    diagnostics_.add(by_.at("acknowledged_by").place,
                     fmt::format("'acknowledged_by' is {}; there {} {} synchronous "
                                 "cop{} beside the primary",
                                 by_.number("acknowledged_by"), others == 1 ? "is" : "are", others,
                                 others == 1 ? "y" : "ies"));
  }

  /// A synchronous stream carries all that is acknowledged.
  void check_carried(const std::vector<const Settings*>& all) {
    double most_per_s = 0.0;
    for (const TopologyService& service : topology_.services) {
      double peak = 1.0;
      for (const Entry& level : service.settings.table("profile")) {
        if (level.settings.has("load")) peak = std::max(peak, level.settings.number("load"));
      }
      for (const TopologyPath& path : service.paths) {
        if (path.requests == Requests::reads) continue;
        for (const std::size_t g : path.groups()) {
          if (&topology_.groups[g] == &group_) most_per_s += peak * path.offered_per_s;
        }
      }
    }
    for (const Settings* stream : all) {
      const std::string& mode = mode_of(stream);
      const Settings& s = of(stream, "bandwidth");
      if (mode == "asynchronous" || mode == "periodic" || !s.has("bandwidth")) continue;
      const double size = of(stream, "write_size").number_or("write_size", 0.0);
      if (s.number("bandwidth") >= most_per_s * size) continue;
      diagnostics_.add(s.at("bandwidth").key_place,
                       fmt::format("a {} stream carries less than the {:.10g}/s writes that are "
                                   "offered; how it slows them down is not supported yet",
                                   mode, most_per_s));
      return;
    }
  }

  const Topology& topology_;
  const TopologyGroup& group_;
  const Settings& by_;
  Diagnostics& diagnostics_;
};

/// Members that each hold what the group stores.
bool are_components(const Topology& topology, const TopologyGroup& group,
                    Diagnostics& diagnostics) {
  for (const Ref member : group.members) {
    if (!member.group) continue;
    diagnostics.add(group.settings.at("members").place,
                    fmt::format("group '{}' is a member of '{}', which stores something on each of "
                                "its members; expected components",
                                topology.groups[member.index].name, group.name));
    return false;
  }
  return true;
}

/// Copies on several components.
bool are_copies(const Topology& topology, const TopologyGroup& group, Diagnostics& diagnostics) {
  if (!are_components(topology, group, diagnostics)) return false;
  if (group.members.size() > 1) return true;
  diagnostics.add(group.settings.at("members").place,
                  fmt::format("group '{}' has one member, so there is no copy", group.name),
                  "add another, or write policy: active_active");
  return false;
}

/// Of a stream between primaries only its failures count.
void check_stream_of_multi(const Settings& s, Diagnostics& diagnostics) {
  for (const auto& [key, setting] : s.values) {
    if (key == "to" || key == "failures" || key == "age" || key == "restart" ||
        setting.is_default) {
      continue;
    }
    no_effect(s, key.c_str(), "between primaries only the failures of a stream count", diagnostics);
  }
}

bool data_may_go(const Topology& topology, const TopologyGroup& group) {
  return std::any_of(group.members.begin(), group.members.end(), [&](Ref member) {
    if (member.group) return false;
    const auto& modes = topology.components[member.index].settings->table("failures");
    return std::any_of(modes.begin(), modes.end(),
                       [](const Entry& mode) { return mode.settings.truth("destroys_data"); });
  });
}

/// Of a quorum group with a leader, whether one may be elected that lacks writes.
bool rolls_back(const TopologyGroup& group) {
  const Settings& s = group.settings;
  if (!s.has("election") || s.chosen("election") == "none" || !s.has("write_quorum")) return false;
  return s.number("write_quorum") < all_votes(s, group.members.size()) / 2 + 1;
}

/// Who has which writes is followed for a few members, each a component.
void check_followed(const Topology& topology, const TopologyGroup& group,
                    Diagnostics& diagnostics) {
  if (!are_components(topology, group, diagnostics)) return;
  if (group.members.size() <= HoldersPlan::kMost) return;
  diagnostics.add(group.settings.at("members").place,
                  fmt::format("group '{}' has {} members and may lose writes; who has which is "
                              "followed for {} at the most",
                              group.name, group.members.size(), HoldersPlan::kMost));
}

/// What a member of a quorum group lacks when it is back.
void check_missed(const Topology& topology, const TopologyGroup& group, Diagnostics& diagnostics) {
  const Settings& s = group.settings;
  if (!s.has("replication")) return;
  const Settings& by = s.record("replication");
  if (!by.has("catch_up")) {
    for (const char* key : {"hint_window", "repair"}) {
      no_effect(by, key, "'catch_up' is not given", diagnostics, "write catch_up: 2min");
    }
    return;
  }
  if (by.has("hint_window") != by.has("repair") && !by.has_refused("hint_window") &&
      !by.has_refused("repair")) {
    diagnostics.add(by.at(by.has("repair") ? "repair" : "hint_window").key_place,
                    "'hint_window' and 'repair' go together: how long hints are kept, and what "
                    "takes their place",
                    "write hint_window: 3h and repair: uniform(0d 7d)");
  }
  if (s.chosen("election") != "none") {
    diagnostics.add(by.at("catch_up").key_place,
                    "'catch_up' with a leader is not supported yet: who of those who lack writes "
                    "may be elected",
                    "leave it out, or write election: none");
    return;
  }
  if (!are_components(topology, group, diagnostics)) return;
  if (group.members.size() > MissedPlan::kMost) {
    diagnostics.add(
        by.at("catch_up").key_place,
        fmt::format("group '{}' has {} members; who lacks writes of whom is followed for "
                    "{} at the most",
                    group.name, group.members.size(), MissedPlan::kMost));
  }
  if (s.has("votes")) {
    diagnostics.add(by.at("catch_up").key_place,
                    "'catch_up' with 'votes': who of those that are asked has a write is not "
                    "supported yet");
    return;
  }
  const auto n = static_cast<double>(group.members.size());
  const double majority = std::floor(n / 2.0) + 1.0;
  const double asked = s.number_or("write_quorum", majority) + s.number_or("read_quorum", majority);
  if (asked > n && !data_may_go(topology, group)) {
    diagnostics.add(by.at("catch_up").key_place,
                    fmt::format("'catch_up' has no effect: write_quorum and read_quorum are more "
                                "than the {} members together, so that one who is asked has every "
                                "write",
                                n),
                    "write read_quorum: 1");
  }
}

/// Of a quorum group whose members may lose what they store.
void check_quorum_data(const Topology& topology, const TopologyGroup& group,
                       Diagnostics& diagnostics) {
  const Settings& s = group.settings;
  if (s.has_refused("election") || !s.has("election")) return;
  check_missed(topology, group, diagnostics);
  const bool led = s.chosen("election") != "none";
  if (!led) {
    no_effect(s, "recovery", "without a leader nobody is elected", diagnostics,
              "write backup: {every: 1d, restore: 4h} for the loss of all members");
  }
  if (!data_may_go(topology, group)) {
    const bool catches_up = s.has("replication") && s.record("replication").has("catch_up");
    for (const char* key : {"backup", "recovery", "replication"}) {
      if (catches_up && key == std::string_view("replication")) continue;
      no_effect(s, key, "no failure of a member destroys its data", diagnostics,
                "write destroys_data: true in a failure mode");
    }
    for (const char* key : {"data", "resync"}) {
      if (!catches_up) break;
      no_effect(s.record("replication"), key, "no failure of a member destroys its data",
                diagnostics, "write destroys_data: true in a failure mode");
    }
    if (rolls_back(group)) check_followed(topology, group, diagnostics);
    return;
  }
  if (s.has("replication")) check_resync(s.record("replication"), diagnostics);
  check_followed(topology, group, diagnostics);
  if (led && !s.has("recovery") && !s.has_refused("recovery")) {
    diagnostics.add(s.at("members").place,
                    fmt::format("so many members of '{}' may lose their data that those left "
                                "cannot elect a leader; say how long a person then takes",
                                group.name),
                    "write recovery: lognormal(mean=2h cv=1)");
  }
  if (!led && topology.networked()) {
    diagnostics.add(s.at("members").place,
                    fmt::format("'{}' has no leader, and its members may lose their data: which of "
                                "them have a write in a network with links is not supported yet",
                                group.name),
                    "leave the links out, or destroys_data");
  }
}

/// Writes are followed in groups that services pass; caches are only beside them.
void check_nested(const Topology& topology, Diagnostics& diagnostics) {
  const auto has_copies = [&](const TopologyGroup& group) {
    const std::string& policy = group.policy->record.name;
    return policy == "primary_replica" || policy == "multi_primary" ||
           (policy == "quorum" && (data_may_go(topology, group) || rolls_back(group)));
  };
  for (const TopologyGroup& outer : topology.groups) {
    for (const Ref ref : outer.members) {
      if (!ref.group) continue;
      const TopologyGroup& inner = topology.groups[ref.index];
      const bool by_itself = inner.policy->beside || inner.policy->buffers;
      if (!by_itself && !has_copies(inner)) continue;
      if (inner.policy->buffers) {
        diagnostics.add(outer.settings.at("members").place,
                        fmt::format("queue '{}' is a member of '{}'; it belongs before what "
                                    "takes from it",
                                    inner.name, outer.name),
                        "write through: [web, queue, db]");
        continue;
      }
      diagnostics.add(outer.settings.at("members").place,
                      inner.policy->beside
                          ? fmt::format("cache '{}' is a member of '{}'; it belongs before what it "
                                        "saves work",
                                        inner.name, outer.name)
                          : fmt::format("'{}' copies data; which of its writes are lost as a "
                                        "member of '{}' is not supported yet",
                                        inner.name, outer.name),
                      inner.policy->beside ? "write through: [web, cache, db]"
                                           : "let services pass it by itself");
    }
  }
  for (const TopologyService& service : topology.services) {
    for (const TopologyPath& path : service.paths) {
      std::vector<TopologyStep> steps = path.steps;
      if (path.queue) {
        steps.insert(steps.end(), path.queue->behind.begin(), path.queue->behind.end());
      }
      for (const TopologyStep& step : steps) {
        if (path.requests == Requests::reads || step.groups.size() < 2) continue;
        if (step.kind != TopologyStep::Kind::any) continue;
        const auto copies =
            std::find_if(step.groups.begin(), step.groups.end(),
                         [&](std::size_t g) { return has_copies(topology.groups[g]); });
        if (copies == step.groups.end()) continue;
        diagnostics.add(service.settings.place,
                        fmt::format("'{}' copies data and is one of several alternatives: which of "
                                    "them has a write is not supported yet",
                                    topology.groups[*copies].name),
                        "write {shards: [...]} if each has its part of the keys");
      }
    }
  }
  const auto look_at = [&](const std::vector<Clause>& clauses, const Settings& settings) {
    for (const Clause& clause : clauses) {
      for (const Ref ref : clause) {
        if (!ref.group || !topology.groups[ref.index].policy->beside) continue;
        const char* const key = settings.has("needs") ? "needs" : "needs_any";
        diagnostics.add(settings.has(key) ? settings.at(key).place : settings.place,
                        fmt::format("cache '{}' cannot be needed: what it lacks goes on without it",
                                    topology.groups[ref.index].name),
                        "write through: [web, cache, db]");
      }
    }
  };
  for (const TopologyComponent& c : topology.components) look_at(c.needs, *c.settings);
  for (const TopologyGroup& group : topology.groups) look_at(group.needs, group.settings);
  for (const TopologyService& service : topology.services) look_at(service.needs, service.settings);
}

void check_group(const Topology& topology, const TopologyGroup& group, Diagnostics& diagnostics) {
  const Settings& s = group.settings;
  if (!are_copies(topology, group, diagnostics)) return;
  if (s.has("replication") && !s.record("replication").has_refused("mode")) {
    Streams(topology, group, diagnostics).check();
  }
  if (s.has("promotion") && s.text("promotion") == "none") {
    no_effect(s, "stale_promotion", "nobody is promoted", diagnostics);
    no_effect(s, "max_staleness", "with 'promotion: none' whoever takes over answers as it is",
              diagnostics);
    if (!given(s, "failback") && !s.has_refused("failback")) {
      diagnostics.add(s.at("promotion").key_place,
                      "'promotion: none' needs 'failback': when the primary is used again",
                      "write failback: automatic, as load balancers do");
    }
    if (s.has("detection") && !s.has_refused("detection") && s.chosen("detection") == "heartbeat") {
      diagnostics.add(s.at("detection").key_place,
                      "with 'promotion: none' those who send requests choose the server; expected "
                      "health_check, delay or perfect");
    } else if (given(s, "fencing") || given(s, "quorum") || s.has("witness")) {
      const char* const key = given(s, "fencing")  ? "fencing"
                              : given(s, "quorum") ? "quorum"
                                                   : "witness";
      no_effect(s, key, "nobody is promoted", diagnostics, "write promotion: takeover");
    }
  }
  if (s.has("reads") && s.text("reads") != "any") {
    no_effect(s, "max_staleness", "reads go to the primary", diagnostics, "write reads: any");
  }
  if (!data_may_go(topology, group)) {
    no_effect(s, "backup", "no failure of a member destroys its data", diagnostics,
              "write destroys_data: true in a failure mode");
  }
  if (s.has("detection") && !s.has_refused("detection") && s.chosen("detection") == "vrrp") {
    diagnostics.add(s.at("detection").key_place,
                    "'vrrp' moves an address and knows no data; expected heartbeat, health_check, "
                    "delay or perfect");
  }
}

/// The mean load of a service, as a share of its workload.
double mean_load(const TopologyService& service) {
  const std::vector<Entry>& entries = service.settings.table("profile");
  std::optional<ProfileClash> clash;
  if (entries.empty() || !is_whole(entries)) return 1.0;
  const Profile profile = profile_of(entries, clash);
  double sum = 0.0;
  double length_s = 0.0;
  for (const Profile::Stretch& stretch : profile.week) {
    sum += stretch.length_s * profile.levels[static_cast<std::size_t>(stretch.level)];
    length_s += stretch.length_s;
  }
  return length_s > 0 ? sum / length_s : 1.0;
}

/// What a group serves at most, where each of its members says so.
std::optional<double> capacity_of(const Topology& topology, const TopologyGroup& group) {
  double sum = 0.0;
  for (const Ref member : group.members) {
    if (member.group || !topology.components[member.index].settings->has("capacity")) {
      return std::nullopt;
    }
    sum += topology.components[member.index].settings->number("capacity");
  }
  return sum;
}

/// A queue that is filled faster than it drains only grows.
void check_queue(const Topology& topology, const TopologyGroup& group, Diagnostics& diagnostics) {
  if (!group.settings.has("drains")) return;
  const double drains = group.settings.number("drains");
  const Place place = group.settings.at("drains").place;
  double comes_per_s = 0.0;
  std::optional<std::vector<std::size_t>> behind;
  for (const TopologyService& service : topology.services) {
    for (const TopologyPath& path : service.paths) {
      if (!path.queue || &topology.groups[path.queue->group] != &group) continue;
      comes_per_s += mean_load(service) * path.offered_per_s;
      std::vector<std::size_t> groups;
      for (const TopologyStep& step : path.queue->behind) {
        groups.insert(groups.end(), step.groups.begin(), step.groups.end());
        for (const std::size_t g : step.groups) {
          const std::optional<double> most = capacity_of(topology, topology.groups[g]);
          // Alternatives share what drains.
          const bool shared = step.kind == TopologyStep::Kind::any && step.groups.size() > 1;
          if (!most || *most >= drains || shared) continue;
          diagnostics.add(place,
                          fmt::format("'drains' is {:.10g}/s, and '{}' behind it has a capacity of "
                                      "{:.10g}/s",
                                      drains, topology.groups[g].name, *most),
                          fmt::format("write drains: {:.10g}/s, or less", *most));
        }
      }
      if (behind && *behind != groups) {
        diagnostics.add(service.place,
                        fmt::format("services pass queue '{}' to different groups behind it: what "
                                    "waits for one would drain into the other",
                                    group.name),
                        "write a queue for each");
      }
      behind = std::move(groups);
    }
  }
  if (drains > comes_per_s) return;
  diagnostics.add(place,
                  fmt::format("queue '{}' never keeps up: {:.10g}/s writes come on average, and "
                              "{:.10g}/s drain",
                              group.name, comes_per_s, drains),
                  fmt::format("write drains: {:.10g}/s, or more", std::ceil(2 * comes_per_s)));
}

/// How many groups that copy data a component is in.
std::ptrdiff_t copied_in(const Topology& topology, std::size_t component) {
  return std::count_if(
      topology.groups.begin(), topology.groups.end(), [&](const TopologyGroup& group) {
        const std::string& policy = group.policy->record.name;
        return (policy == "primary_replica" || policy == "multi_primary") &&
               std::count(group.members.begin(), group.members.end(), Ref{false, component}) > 0;
      });
}

}  // namespace

void check_replication(const Topology& topology, Diagnostics& diagnostics) {
  std::set<std::size_t> copies;
  std::set<std::size_t> multi;  // members that write to one another
  bool counted = false;         // what a quorum group loses, or one of several primaries
  for (const TopologyGroup& group : topology.groups) {
    if (group.members.empty()) continue;
    if (group.policy->beside || group.policy->buffers) {
      are_components(topology, group, diagnostics);
    }
    if (group.policy->buffers) check_queue(topology, group, diagnostics);
    if (group.policy->record.name == "multi_primary") {
      are_copies(topology, group, diagnostics);
      counted = true;
      for (const Ref member : group.members) {
        if (!member.group) multi.insert(member.index);
      }
    }
    if (group.policy->record.name == "quorum") check_quorum_data(topology, group, diagnostics);
    if (group.policy->record.name == "quorum" &&
        (data_may_go(topology, group) || rolls_back(group))) {
      counted = true;
    }
    if (group.policy->buffers && data_may_go(topology, group)) counted = true;
    if (group.policy->record.name != "primary_replica") continue;
    check_group(topology, group, diagnostics);
    for (const Ref member : group.members) {
      if (!member.group) copies.insert(member.index);
    }
  }
  check_nested(topology, diagnostics);
  const Settings& objectives = topology.objectives.settings;
  const bool some_writes =
      std::any_of(topology.services.begin(), topology.services.end(), [](const auto& service) {
        return service.settings.has("workload") &&
               service.settings.record("workload").number_or("writes", 0.0) > 0;
      });
  if (copies.empty() && !counted) {
    for (const char* key : {"rpo", "rpo_time"}) {
      no_effect(objectives, key,
                "no group is of policy primary_replica or multi_primary, or a quorum or queue that "
                "may lose writes",
                diagnostics);
    }
  } else if (!some_writes) {
    no_effect(objectives, "rpo", "no workload says how many writes there are", diagnostics,
              "write workload: {writes: 20/s} in the service, or rpo_time: 5s");
  }
  std::map<std::size_t, const TopologyComponent*> stream_of;
  for (const TopologyComponent& stream : topology.components) {
    if (!stream.feeds) continue;
    const Place place = stream.settings->at("to").place;
    const std::string& fed = topology.components[*stream.feeds].name;
    if (copies.count(*stream.feeds) + multi.count(*stream.feeds) == 0) {
      diagnostics.add(place, fmt::format("'{}' is no member of a primary_replica or multi_primary "
                                         "group, so no stream feeds it",
                                         fed));
    }
    if (multi.count(*stream.feeds) != 0) check_stream_of_multi(*stream.settings, diagnostics);
    if (copied_in(topology, *stream.feeds) > 1) {
      diagnostics.add(place,
                      fmt::format("'{}' has copies of several groups or shards; a stream of "
                                  "its own that brings the writes of all is not supported "
                                  "yet",
                                  fed),
                      "write 'replication' in the groups: each has a stream then");
    }
    const auto [it, fresh] = stream_of.emplace(*stream.feeds, &stream);
    if (!fresh) {
      diagnostics.add(place, fmt::format("stream '{}' feeds '{}' already", it->second->name, fed));
    }
  }
}

}  // namespace nines
