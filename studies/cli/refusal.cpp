#include "studies/cli/refusal.hpp"

#include <map>

#include <fmt/format.h>

#include "studies/cli/options.hpp"
#include "topologies/where.hpp"

namespace nines::cli {

int refuse_laws(const NotMarkovian& error, const Loaded& loaded) {
  // Components that share a place, in a type or a range, share a message.
  struct Slots {
    Place place;
    std::string what;
    std::vector<std::string> names;
  };
  bool laws = false;
  std::map<std::pair<std::uint32_t, std::string>, Slots> by_place;
  for (const NotMarkovian::Reason& reason : error.reasons()) {
    const Place place = place_of(*loaded.topology, reason.slot, reason.law);
    laws = laws || !reason.law.empty();
    Slots& slots = by_place[{place.begin, reason.law}];
    slots.place = place;
    slots.what = reason.law + (reason.law.empty() ? "" : " ") + reason.why;
    slots.names.push_back(reason.slot);
  }
  Diagnostics diagnostics;
  for (const auto& [key, slots] : by_place) {
    const std::string others =
        slots.names.size() == 1 ? "" : fmt::format(" and {} more", slots.names.size() - 1);
    diagnostics.add(slots.place, fmt::format("not applicable: '{}'{}: {}", slots.names.front(),
                                             others, slots.what));
  }
  fmt::print(stderr, "{}", render(diagnostics.sorted(), loaded.source));
  if (!laws) return kBadInput;
  fmt::print(stderr,
             "hint: --memoryless puts exponential laws of equal means in their place; nines solve\n"
             "      --phase-type 10 laws of up to ten phases; nines run simulates them as they "
             "are\n");
  return kBadInput;
}

}  // namespace nines::cli
