// The reference cases as topologies: simulated in one test, solved exactly in another.
#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace nines::test {

inline std::string one_node(const std::string& failure) {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  node: {kind: node, failures: {f: {" +
         failure +
         "}}}\n"
         "groups: {g: {policy: active_active, members: node}}\n"
         "services: {s: {from: users, through: g}}\n";
}

/// Nodes that do not fail, as switches, and links that do: two-terminal reliability from s to t.
inline std::string network(const std::vector<std::string>& nodes,
                           const std::vector<std::pair<std::string, std::string>>& links,
                           const std::function<std::string(std::size_t)>& failure,
                           const std::string& from, const std::string& to) {
  std::string text = "nines: 1\ncomponents:\n  users: {kind: client}\n  target: {kind: node}\n";
  for (const std::string& node : nodes) text += "  " + node + ": {kind: switch}\n";
  text +=
      "links:\n  at-s: {between: [users, " + from + "]}\n  at-t: {between: [target, " + to + "]}\n";
  for (std::size_t i = 0; i < links.size(); ++i) {
    text += "  e" + std::to_string(i + 1) + ": {between: [" + links[i].first + ", " +
            links[i].second + "], failures: {f: {" + failure(i) + "}}}\n";
  }
  return text +
         "groups: {g: {policy: active_active, members: target}}\n"
         "services: {s: {from: users, through: g}}\n";
}

inline const char* const kFiveServers =
    "nines: 1\n"
    "components:\n"
    "  users: {kind: client}\n"
    "  n-[1..5]: {kind: node, capacity: 250/s, failures: {f: {mttf: 700h, mttr: 5h}}}\n"
    "groups: {web: {policy: active_active, members: n-*}}\n";

/// Disks that are replaced at once, in a RAID group that is the whole service.
inline std::string raid(int disks, const std::string& mttf, const std::string& keys) {
  return "nines: 1\ncomponents:\n  users: {kind: client}\n  disk-[1.." + std::to_string(disks) +
         "]:\n    kind: volume\n    failures: {f: {mttf: " + mttf +
         ", time_to_repair: 0s, destroys_data: true}}\n"
         "groups:\n  array: {policy: raid, members: disk-*, restore: exponential(mean=1h), " +
         keys + "}\nservices: {data: {from: users, through: array}}\n";
}

/// Nodes in a quorum group that is the whole service, read and written.
inline std::string quorum(int nodes, const std::string& failure, const std::string& keys,
                          const std::string& workload = ", workload: {reads: 10/s, writes: 10/s}") {
  return "nines: 1\ncomponents:\n  users: {kind: client}\n  n-[1.." + std::to_string(nodes) +
         "]: {kind: node, failures: {f: {" + failure +
         "}}}\n"
         "groups: {g: {policy: quorum, members: n-*, " +
         keys + "}}\nservices: {s: {from: users, through: g" + workload + "}}\n";
}

/// Regions with three nodes each, and one more thing that may fail.
inline const char* const kThreeRegions = R"(nines: 1
components:
  users: {kind: client}
  r-1: {kind: node, failures: {f: {mttf: 5000h, mttr: 3h}}}
  r-2: {kind: node, failures: {f: {mttf: 5000h, mttr: 3h}}}
  r-3: {kind: node, failures: {f: {mttf: 5000h, mttr: 3h}}}
  a-[1..3]: {kind: node, failures: {f: {mttf: 1000h, mttr: 8h}}}
  b-[1..3]: {kind: node, failures: {f: {mttf: 1000h, mttr: 8h}}}
  c-[1..3]: {kind: node, failures: {f: {mttf: 1000h, mttr: 8h}}}
groups:
  region-1: {policy: active_active, members: a-*, need: 2, needs: r-1}
  region-2: {policy: active_active, members: b-*, need: 2, needs: r-2}
  region-3: {policy: active_active, members: c-*, need: 2, needs: r-3}
  all: {policy: quorum, members: [region-1, region-2, region-3], election: none, read_quorum: 1}
services:
  s: {from: users, through: all, workload: {reads: 10/s, writes: 10/s}}
  region: {from: users, through: region-1}
)";

inline std::string pair_of(const std::string& failure, const std::string& group,
                           const std::string& head = {}) {
  return "nines: 1\n" + head +
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..2]: {kind: node, failures: {f: {" +
         failure + "}}}\ngroups:\n  g: {members: n-*, " + group +
         "}\n"
         "services: {s: {from: users, through: g}}\n";
}

/// Trivedi's simplification, nothing else failing during a failover, is not ours: a second failure
/// in 30 s or 10 min of 1,000 h changes the result by some 1e-5 of it.
inline const char* const kImperfect =
    "policy: active_active, detection: perfect, takeover: exponential(mean=30s), automatic: 95 %, "
    "otherwise: exponential(mean=10min)";

inline std::string b01() {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  lb: {kind: load_balancer, failures: {f: {mttf: 8760h, mttr: 2h}}}\n"
         "  app: {kind: node, failures: {f: {mttf: 1500h, mttr: 1h}}}\n"
         "  db: {kind: node, failures: {f: {mttf: 4000h, mttr: 6h}}}\n"
         "groups:\n"
         "  edge: {policy: active_active, members: lb}\n"
         "  apps: {policy: active_active, members: app}\n"
         "  data: {policy: active_active, members: db}\n"
         "services: {s: {from: users, through: [edge, apps, data]}}\n";
}

inline std::string b02() {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..2]: {kind: node, failures: {f: {mttf: 1000h, mttr: 10h}}}\n"
         "groups: {g: {policy: active_active, members: n-*}}\n"
         "services: {s: {from: users, through: g}}\n";
}

inline std::string b03() {
  return "nines: 1\n"
         "crews: {ops: {size: 1}}\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..4]: {kind: node, failures: {f: {mttf: 500h, mttr: 20h, repair: {crew: ops}}}}\n"
         "groups: {g: {policy: active_active, members: n-*, need: 2}}\n"
         "services: {s: {from: users, through: g}}\n";
}

inline std::string b04() {
  return "nines: 1\n"
         "crews: {ops: {size: 1}}\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..2]: {kind: node, failures: {f: {mttf: 1000h, mttr: 20h, repair: {crew: ops}}}}\n"
         "groups: {g: {policy: active_standby, members: n-*, dormancy: 0 %}}\n"
         "services: {s: {from: users, through: g}}\n";
}

inline std::string b08() {
  return "nines: 1\n"
         "crews: {ops: {size: 1}}\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..5]: {kind: node, failures: {f: {mttf: 2000h, mttr: 24h, repair: {crew: ops}}}}\n"
         "groups: {g: {policy: active_standby, members: n-*, active: 4, dormancy: 0 %}}\n"
         "services: {s: {from: users, through: g}}\n";
}

inline std::string b09() {
  return "nines: 1\n"
         "crews: {ops: {size: 1, discipline: preemptive}}\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  w-[1..2]: {kind: node, failures: {f: {mttf: 10000h, mttr: 1h, repair: {crew: ops, "
         "priority: 2}}}}\n"
         "  server: {kind: node, failures: {f: {mttf: 20000h, mttr: 2h, repair: {crew: ops, "
         "priority: "
         "1}}}}\n"
         "groups:\n"
         "  stations: {policy: active_active, members: w-*}\n"
         "  files: {policy: active_active, members: server}\n"
         "services:\n"
         "  s: {from: users, through: [stations, files]}\n"
         "  server: {from: users, through: files}\n";
}

inline std::string e03() {
  return "nines: 1\n"
         "crews: {ops: {size: 1}}\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  lb-[1..2]: {kind: load_balancer, failures: {f: {mttf: 8000h, mttr: 4h}}}\n"
         "  web-[1..4]: {kind: node, failures: {f: {mttf: 900h, mttr: 3h}}}\n"
         "  db-[1..2]: {kind: node, failures: {f: {mttf: 1000h, mttr: 5h, repair: {crew: ops}}}}\n"
         "groups:\n"
         "  edge: {policy: active_active, members: lb-*}\n"
         "  web: {policy: active_active, members: web-*, need: 3}\n"
         "  db: {members: db-*, " +
         std::string(kImperfect) +
         "}\n"
         "services: {s: {from: users, through: [edge, web, db]}}\n";
}

inline std::string c05() {
  return R"(nines: 1
components:
  client: {kind: client}
  isp1: {kind: internet, failures: {f: {mttf: 700h, mttr: 3h}}}
  isp2: {kind: internet, failures: {f: {mttf: 500h, mttr: 5h}}}
  fw1: {kind: firewall, failures: {f: {mttf: 9000h, mttr: 8h}}}
  fw2: {kind: firewall, failures: {f: {mttf: 9000h, mttr: 8h}}}
  core: {kind: switch, failures: {f: {mttf: 40000h, mttr: 4h}}}
  lb1: {kind: load_balancer, forwards: true, failures: {f: {mttf: 6000h, mttr: 2h}}}
  lb2: {kind: load_balancer, forwards: true, failures: {f: {mttf: 6000h, mttr: 2h}}}
  app1: {kind: node, forwards: true, failures: {f: {mttf: 1200h, mttr: 1h}}}
  app2: {kind: node, forwards: true, failures: {f: {mttf: 1200h, mttr: 1h}}}
  app3: {kind: node, forwards: true, failures: {f: {mttf: 1200h, mttr: 1h}}}
  sw1: {kind: switch, failures: {f: {mttf: 30000h, mttr: 6h}}}
  sw2: {kind: switch, failures: {f: {mttf: 30000h, mttr: 6h}}}
  db1: {kind: node, forwards: true, failures: {f: {mttf: 2500h, mttr: 10h}}}
  db2: {kind: node, forwards: true, failures: {f: {mttf: 2500h, mttr: 10h}}}
  dbvip: {kind: node}
links:
  l1: {between: [client, isp1]}
  l2: {between: [client, isp2]}
  l3: {between: [isp1, fw1]}
  l4: {between: [isp2, fw2]}
  l5: {between: [fw1, fw2]}
  l6: {between: [fw1, core]}
  l7: {between: [fw2, core]}
  l8: {between: [core, lb1]}
  l9: {between: [core, lb2]}
  l10: {between: [lb1, app1]}
  l11: {between: [lb1, app2]}
  l12: {between: [lb2, app2]}
  l13: {between: [lb2, app3]}
  l14: {between: [app1, sw1]}
  l15: {between: [app2, sw1]}
  l16: {between: [app2, sw2]}
  l17: {between: [app3, sw2]}
  l18: {between: [sw1, sw2]}
  l19: {between: [sw1, db1]}
  l20: {between: [sw2, db2]}
  l21: {between: [db1, dbvip]}
  l22: {between: [db2, dbvip]}
groups: {vip: {policy: active_active, members: dbvip}}
services: {s: {from: client, through: vip}}
)";
}

inline std::string d01() {
  return R"(nines: 1
domains:
  both: {failures: {shock: {time_to_failure: exponential(mean=100000h), strike: {mode: shaken}}}}
components:
  users: {kind: client}
  n-[1..2]:
    kind: node
    domain: both
    failures:
      own: {time_to_failure: exponential(mean=11111.111111111111h), mttr: 10h}
      shaken: {time_to_failure: never, mttr: 10h}
groups:
  pair: {policy: active_active, members: n-*}
  one: {policy: active_active, members: n-1}
services:
  s: {from: users, through: pair}
  node: {from: users, through: one}
)";
}

inline std::string d03() {
  return R"(nines: 1
domains:
  region: {failures: {shock: {time_to_failure: exponential(mean=50000h), strike: {mode: shaken}}}}
  zone-[1..3]:
    in: region
    failures: {shock: {time_to_failure: exponential(mean=5000h), strike: {mode: shaken}}}
components:
  users: {kind: client}
  n-[1..3]:
    kind: node
    domain: {spread: [zone-1, zone-2, zone-3]}
    failures:
      own: {mttf: 2000h, mttr: 6h}
      shaken: {time_to_failure: never, mttr: 6h}
groups:
  majority: {policy: active_active, members: n-*, need: 2}
  any: {policy: active_active, members: n-*}
services:
  s: {from: users, through: majority}
  any: {from: users, through: any}
)";
}

inline std::string c01() {
  const char* const failures[] = {"mttf: 1000h, mttr: 10h", "mttf: 800h, mttr: 20h",
                                  "mttf: 500h, mttr: 50h", "mttf: 1200h, mttr: 8h",
                                  "mttf: 900h, mttr: 15h"};
  return network(
      {"s", "a", "b", "t"}, {{"s", "a"}, {"s", "b"}, {"a", "b"}, {"a", "t"}, {"b", "t"}},
      [&](std::size_t i) { return failures[i]; }, "s", "t");
}

inline std::string c02() {
  return network(
      {"n1", "n2", "n3", "n4"},
      {{"n1", "n2"}, {"n1", "n3"}, {"n1", "n4"}, {"n2", "n3"}, {"n2", "n4"}, {"n3", "n4"}},
      [](std::size_t) { return "mttf: 900h, mttr: 100h"; }, "n1", "n4");
}

/// From a0.
inline std::string c03(const std::string& to) {
  std::vector<std::string> nodes;
  std::vector<std::pair<std::string, std::string>> links;
  for (int i = 0; i < 5; ++i) {
    const std::string n = std::to_string(i);
    nodes.push_back("a" + n);
    nodes.push_back("b" + n);
    links.emplace_back("a" + n, "b" + n);
    if (i == 4) break;
    links.emplace_back("a" + n, "a" + std::to_string(i + 1));
    links.emplace_back("b" + n, "b" + std::to_string(i + 1));
  }
  return network(
      nodes, links, [](std::size_t) { return "mttf: 95h, mttr: 5h"; }, "a0", to);
}

inline std::string c04(const std::string& failure) {
  std::vector<std::string> nodes;
  std::vector<std::pair<std::string, std::string>> links;
  const auto name = [](int i) { return "n" + std::to_string(i); };
  for (int i = 0; i < 20; ++i) nodes.push_back(name(i));
  for (int i = 0; i < 10; ++i) {
    links.emplace_back(name(i), name((i + 1) % 10));
    links.emplace_back(name(i), name(10 + i));
    links.emplace_back(name(10 + i), name(10 + (i + 2) % 10));
  }
  return network(
      nodes, links, [&](std::size_t) { return failure; }, "n0", "n5");
}

inline std::string d02(int k) {
  return R"(nines: 1
domains:
  pdu-[1..2]: {failures: {f: {mttf: 20000h, mttr: 8h}}}
components:
  users: {kind: client}
  core: {kind: switch}
  tor-1: {kind: switch, failures: {f: {mttf: 30000h, mttr: 4h}}}
  tor-2: {kind: switch, failures: {f: {mttf: 30000h, mttr: 4h}}}
  s-[1..4]: {kind: node, domain: {spread: [pdu-1, pdu-2]}, failures: {f: {mttf: 3000h, mttr: 6h}}}
links:
  u: {between: [users, core]}
  c-1: {between: [core, tor-1]}
  c-2: {between: [core, tor-2]}
  in-1: {between: [tor-1, domain:pdu-1]}
  in-2: {between: [tor-2, domain:pdu-2]}
groups:
)" + std::string("  g: {policy: active_active, members: s-*, need: ") +
         std::to_string(k) + "}\nservices: {s: {from: users, through: g}}\n";
}

/// `crew`: its keys; empty: every repair by itself.
inline std::string b10(const std::string& crew, const std::string& a_priority,
                       const std::string& b_priority) {
  const auto repair = [&](const std::string& priority) {
    return crew.empty() ? "" : ", repair: {crew: ops" + priority + "}";
  };
  return "nines: 1\n" + (crew.empty() ? "" : "crews: {ops: {" + crew + "}}\n") +
         "components:\n"
         "  users: {kind: client}\n"
         "  a: {kind: node, failures: {f: {mttf: 1000h, mttr: 10h" +
         repair(a_priority) +
         "}}}\n"
         "  b: {kind: node, failures: {f: {mttf: 300h, mttr: 40h" +
         repair(b_priority) +
         "}}}\n"
         "groups: {g: {policy: active_active, members: [a, b]}}\n"
         "services: {s: {from: users, through: g}}\n";
}

inline std::string b05() {
  return pair_of("mttf: 1000h, mttr: 5h, repair: {crew: ops}", kImperfect,
                 "crews: {ops: {size: 1}}\n");
}

inline std::string b07() {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  p: {kind: node, failures: {f: {mttf: 800h, mttr: 6h}}}\n"
         "  s: {kind: node, failures: {f: {mttf: 2000h, mttr: 10h}}}\n"
         "groups:\n"
         "  g: {policy: active_standby, members: [p, s], detection: perfect,\n"
         "      takeover: exponential(mean=60s), failback: automatic,\n"
         "      failback_takes: exponential(mean=20s)}\n"
         "services: {s: {from: users, through: g}}\n";
}

inline std::string b11() {
  return pair_of("mttf: 700h, mttr: 12h",
                 "policy: active_standby, automatic: 98 %, "
                 "otherwise: exponential(mean=1h)");
}

inline std::string e04() {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..4]: {kind: node, failures: {f: {mttf: 500h, mttr: 2h}}}\n"
         "groups:\n"
         "  g: {policy: active_active, members: n-*,\n"
         "      detection: {delay: {down: exponential(mean=30s)}}}\n"
         "services: {s: {from: users, through: g, workload: {reads: 1000/s}}}\n";
}

inline std::string j01() {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..5]: {kind: node, failures: {f: {mttf: 1000h, mttr: 8h}}}\n"
         "groups: {g: {policy: active_active, members: n-*, sessions: sticky}}\n"
         "services: {s: {from: users, through: g, workload: {sessions: 10000}}}\n";
}

inline std::string j02() {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..4]: {kind: node, failures: {f: {mttf: 250h, mttr: 1h}}}\n"
         "groups: {g: {policy: active_active, members: n-*, sessions: sticky}}\n"
         "services: {s: {from: users, through: g, workload: {sessions: 36000, session_length: "
         "30min}}}\n";
}

inline std::string b06() {
  return pair_of("mttf: 500h, mttr: 8h",
                 "policy: active_standby, detection: perfect, takeover: 3min");
}

/// Its unit of time is an hour; what fails is never repaired.
inline std::string c06() {
  std::string text = "nines: 1\ncomponents:\n  users: {kind: client}\n";
  const double ln2 = 0.6931471805599453;
  const double rates[] = {ln2, ln2, 0.2, ln2, 0.6, 1.0};
  for (int i = 0; i < 6; ++i) {
    char mean[32];
    std::snprintf(mean, sizeof mean, "%.17g", 1.0 / rates[i]);
    text += "  x" + std::to_string(i + 1) + ": {kind: node, failures: {f: {mttf: " + mean +
            "h, time_to_repair: never}}}\n";
  }
  // The system works while x1, or both of x2 and x3, or all of x4 to x6 work.
  return text +
         "groups:\n"
         "  two: {policy: active_active, members: [x2, x3], need: 2}\n"
         "  three: {policy: active_active, members: [x4, x5, x6], need: 3}\n"
         "  top: {policy: active_active, members: [x1, two, three]}\n"
         "services: {s: {from: users, through: top}}\n";
}

inline std::string h01() {
  return "nines: 1\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  n-[1..4]: {kind: node, failures: {f: {mttf: 1000h, mttr: 1h}}}\n"
         "groups: {g: {policy: active_active, members: n-*}}\n"
         "services: {s: {from: users, through: g}}\n";
}

/// Two ways to fail at half the rate each: a mode for each. Which of them it is was drawn at the
/// failure; competing clocks draw it just so.
inline std::string h02(int scale) {
  const auto failures = [&](int hours) {
    const std::string mttf = std::to_string(2 * hours * scale) + "h";
    return "failures: {short: {mttf: " + mttf + ", mttr: 1h}, long: {mttf: " + mttf +
           ", mttr: 2h}}";
  };
  std::string components;
  std::string groups;
  std::string through;
  const auto add = [&](const std::string& name, int count, int hours, int need) {
    components += "  " + name + "-[1.." + std::to_string(count) + "]: {kind: node, " +
                  failures(hours) + "}\n";
    groups += "  " + name + ": {policy: active_active, members: " + name +
              "-*, need: " + std::to_string(need) + "}\n";
    through += (through.empty() ? "" : ", ") + name;
  };
  for (const char* name : {"pa", "pb", "ca", "cb"}) add(name, 2, 2000, 1);
  for (const char* name : {"d1x", "d2x", "d3x", "d4x", "d5x", "d6x"}) add(name, 4, 6000, 3);
  return "nines: 1\ncomponents:\n  users: {kind: client}\n" + components + "groups:\n" + groups +
         "services: {s: {from: users, through: [" + through + "]}}\n";
}

inline std::string h03() {
  return "nines: 1\n"
         "crews: {ops: {size: 1, discipline: shared}}\n"
         "components:\n"
         "  users: {kind: client}\n"
         "  p-[1..2]: {kind: node, failures: {f: {mttf: 10000h, mttr: 1h, repair: {crew: ops}}}}\n"
         "  c-[1..2]: {kind: node, failures: {f: {mttf: 10000h, mttr: 1h, repair: {crew: ops}}}}\n"
         "  d-[1..4]: {kind: node, failures: {f: {mttf: 20000h, mttr: 1h, repair: {crew: ops}}}}\n"
         "groups:\n"
         "  processors: {policy: active_active, members: p-*}\n"
         "  controllers: {policy: active_active, members: c-*}\n"
         "  disks: {policy: active_active, members: d-*, need: 3}\n"
         "services: {s: {from: users, through: [processors, controllers, disks]}}\n";
}

/// Two copies of a database; `mode` of failure of each, and keys of the group.
inline std::string copies(const std::string& mode, const std::string& keys,
                          const std::string& workload) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  db-[1..2]: {{kind: node, failures: {{f: {{{}}}}}}}\n"
      "groups:\n"
      "  db: {{policy: primary_replica, members: db-*, {}}}\n"
      "services: {{s: {{from: users, through: db, workload: {{{}}}}}}}\n",
      mode, keys, workload);
}

}  // namespace nines::test
