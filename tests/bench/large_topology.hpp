// A network of so many components: racks with a switch each, under two core switches.
#pragma once

#include <string>

#include <fmt/format.h>

namespace nines::test {

inline std::string large_topology(int nodes) {
  std::string components =
      "nines: 1\ncomponents:\n  users: {kind: client}\n"
      "  core-[1..2]: {kind: switch, failures: {hardware: {mttf: 10y, mttr: 4h}}}\n";
  std::string links = "links:\n  up: {between: [users, core-*]}\n";
  std::string domains = "domains:\n";
  std::string members;
  for (int r = 0; r < nodes / 25; ++r) {
    components += fmt::format(
        "  tor-{0}: {{kind: switch, domain: rack-{0}, failures: {{hardware: {{mttf: 8y, mttr: "
        "4h}}}}}}\n"
        "  s{0}-[1..24]: {{kind: node, domain: rack-{0}, failures: {{software: {{mttf: 60d, mttr: "
        "5min}}}}}}\n",
        r);
    links += fmt::format(
        "  t{0}: {{between: [tor-{0}, core-*]}}\n  l{0}: {{between: [tor-{0}, \"s{0}-*\"]}}\n", r);
    domains += fmt::format("  rack-{}: {{failures: {{power: {{mttf: 5y, mttr: 2h}}}}}}\n", r);
    members += fmt::format("{}\"s{}-*\"", r == 0 ? "" : ", ", r);
  }
  return components + links + domains + "groups: {web: {policy: active_active, members: [" +
         members + fmt::format("], need: {}}}}}\n", nodes * 2 / 3) +
         "services: {shop: {from: users, through: web}}\n";
}

}  // namespace nines::test
