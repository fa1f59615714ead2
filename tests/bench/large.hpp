// The large benchmark model, written out.
#pragma once

#include <string>

#include <fmt/format.h>

namespace nines::bench {

/// The large model: 10,000 nodes in 500 racks, 1,000 groups of which 8 of 10 are needed. Its exact
/// mean unavailability over the services is 8.120311e-08.
inline std::string large_text() {
  std::string text =
      "nines: 1\ntypes:\n  part: {failures: {f: {mttf: 10000h, mttr: 8h}}}\n"
      "domains:\n  r-[0..499]: {failures: {f: {mttf: 50000h, mttr: 4h}}}\n"
      "components:\n  users: {kind: client}\n";
  for (int r = 0; r < 500; ++r) {
    text += fmt::format("  c-[{}..{}]: {{kind: node, type: part, domain: r-{}}}\n", 20 * r,
                        20 * r + 19, r);
  }
  text += "groups:\n";
  std::string services = "services:\n";
  for (int g = 0; g < 1000; ++g) {
    std::string members;
    for (int i = g; i < 10'000; i += 1000) members += fmt::format("{}c-{}", i == g ? "" : ", ", i);
    text += fmt::format("  g-{}: {{policy: active_active, members: [{}], need: 8}}\n", g, members);
    services += fmt::format("  s-{}: {{from: users, through: g-{}}}\n", g, g);
  }
  return text + services;
}

}  // namespace nines::bench
