// Generated topologies with failover: detection, roles, balancing, sessions, racks, networks.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>

#include <fmt/format.h>

namespace nines::test {

/// A topology of one to three groups with whatever detection, roles, balancing and sessions go
/// together, sometimes on two switches, sometimes in two racks.
class FailoverTopology {
 public:
  /// `most_members` of a group, `most_groups` of the chain.
  explicit FailoverTopology(std::uint64_t seed, int most_members = 4, int most_groups = 3)
      : random_(seed), most_members_(most_members), most_groups_(most_groups) {}

  std::string text(bool without_faults = false) {
    networked_ = chance(50);
    racks_ = chance(40);
    loaded_ = chance(70);
    sessions_ = chance(50);
    const int tiers = number(1, most_groups_);
    std::string groups;
    std::string through;
    bool held = false;
    for (int g = 1; g <= tiers; ++g) {
      groups += group(g, held);
      through += fmt::format("{}g-{}", g > 1 ? ", " : "", g);
    }
    sessions_ = sessions_ && held;
    std::string text = "nines: 1\n";
    if (racks_) {
      text +=
          "domains:\n  r-1: {failures: {power: {mttf: 900h, mttr: 9h}}}\n"
          "  r-2: {failures: {power: {mttf: 900h, mttr: 9h}}}\n";
    }
    text += "components:\n  users: {kind: client}\n" + components_;
    if (networked_) {
      text +=
          "  sw-1: {kind: switch, failures: {f: {mttf: 500h, mttr: 5h}}}\n"
          "  sw-2: {kind: switch, failures: {f: {mttf: 500h, mttr: 5h}}}\n"
          "links:\n  u-1: {between: [users, sw-1]}\n  u-2: {between: [users, sw-2]}\n"
          "  trunk: {between: [sw-1, sw-2], failures: {cut: {mttf: 200h, mttr: 10h}}}\n" +
          links_;
    }
    text += "groups:\n" + groups + "services:\n  s: {from: users, through: [" + through + "]";
    std::string load = loaded_ ? "reads: 100/s" : "";
    if (sessions_) {
      load += std::string(loaded_ ? ", " : "") + "sessions: 1000";
      if (chance(70)) load += ", session_length: 5h";
    }
    if (!load.empty()) text += ", workload: {" + load + "}";
    text += "}\n";
    if (!without_faults && chance(30))
      text += "faults:\n  - {at: 100h, phase: 50h, component: n-1-1, for: 5h}\n";
    return text;
  }

 private:
  bool chance(int percent) { return number(1, 100) <= percent; }
  int number(int low, int high) { return std::uniform_int_distribution<>(low, high)(random_); }
  std::string pick(std::initializer_list<const char*> words) {
    return *(words.begin() + number(0, static_cast<int>(words.size()) - 1));
  }

  std::string span() { return pick({"0s", "30s", "uniform(1min 20min)", "exponential(mean=1h)"}); }
  std::string health_check() {
    const int fall = number(1, 4);
    std::string text = fmt::format("{{health_check: {{interval: {}, fall: {}, rise: {}",
                                   pick({"2s", "1min", "10min"}), fall, number(1, 3));
    if (chance(30)) text += ", layer: 4";
    if (chance(30)) text += ", paced: start";
    if (fall >= 3 && chance(50)) text += ", errs: 5 %";
    return text + "}}";
  }
  std::string others() {
    switch (number(1, 4)) {
      case 1:
        return "perfect";
      case 2:
        return fmt::format("{{dns: {{ttl: {}}}}}", pick({"5min", "2h"}));
      case 3:
        return fmt::format("{{delay: {{down: {}, up: {}}}}}", span(), span());
      default:
        return health_check();
    }
  }

  void member(int g, int m, bool peers) {
    const std::string name = fmt::format("n-{}-{}", g, m);
    std::string text = "  " + name + ": {kind: node";
    if (loaded_ && chance(50)) text += fmt::format(", capacity: {}/s", pick({"40", "70", "150"}));
    if (racks_) text += fmt::format(", domain: r-{}", 1 + m % 2);
    if (chance(40)) text += ", restart: 10min";
    text += ", failures: {f: {mttf: 100h, mttr: 4h}";
    if (chance(50)) text += ", g: {effect: hang, mttf: 150h, mttr: 20min}";
    if (chance(50)) text += ", h: {effect: silent, mttf: 300h, mttr: 20h}";
    if (peers && chance(50)) text += ", m: {effect: mute, mttf: 100h, mttr: 5h}";
    components_ += text + "}}\n";
    const int where = number(1, 3);  // one switch, the other, or both
    for (const int sw : {1, 2}) {
      if ((where & sw) == 0) continue;
      links_ += fmt::format("  l-{}-{}: {{between: [{}, sw-{}]}}\n", sw, name, name, sw);
    }
  }

  std::string takeover() {
    std::string text = fmt::format(", takeover: {}", span());
    if (chance(30)) text += ", automatic: 70 %, otherwise: exponential(mean=2h)";
    return text;
  }

  std::string group(int g, bool& held) {
    const int size = number(2, most_members_);
    const bool standby = chance(50);
    const bool peers = standby && chance(60);
    for (int m = 1; m <= size; ++m) member(g, m, peers);
    std::string text = fmt::format("  g-{}: {{members: n-{}-*", g, g);
    if (sessions_ && !held) {
      held = true;
      text += ", sessions: ";
      text += chance(50) ? "sticky" : fmt::format("{{copies: {}}}", number(2, size));
    }
    if (!standby) {
      text += ", policy: active_active, detection: " + others();
      const int need = number(1, 2);
      text += fmt::format(", need: {}", need);
      text += need < size && chance(30) ? fmt::format(", backup: n-{}-{}", g, size) : takeover();
      if (chance(30)) text += ", balance: least_connections";
      return text + "}\n";
    }
    const bool vrrp = peers && chance(50);
    const int active = vrrp ? 1 : number(1, size - 1);
    text +=
        fmt::format(", policy: active_standby, active: {}, need: {}", active, number(1, active));
    if (vrrp) {
      text += fmt::format(", detection: {{vrrp: {{advertisement: 1s, preempt: {}}}}}",
                          chance(50) ? "true" : "false");
    } else if (peers) {
      text += ", detection: {heartbeat: {interval: 1min}}";
      if (chance(30)) text += ", fencing: true";
      if (chance(30)) text += ", quorum: true";
    } else {
      text += ", detection: " + others();
    }
    text += takeover();
    if (!vrrp && chance(40)) {
      text += fmt::format(", failback: {}, failback_after: {}, failback_takes: {}",
                          chance(50) ? "automatic" : "manual", span(), span());
    }
    if (chance(30)) text += ", fails_on_demand: 10 %";
    if (chance(30)) text += ", dormancy: 50 %";
    return text + "}\n";
  }

  std::mt19937_64 random_;
  int most_members_;
  int most_groups_;
  bool networked_ = false;
  bool racks_ = false;
  bool loaded_ = false;
  bool sessions_ = false;
  std::string components_;
  std::string links_;
};

}  // namespace nines::test
