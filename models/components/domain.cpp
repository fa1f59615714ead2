// A failure domain: components that share a fate, such as a rack, a power feed, a zone, a region.
#include <algorithm>

#include "models/catalogue.hpp"
#include "models/components/failing.hpp"

namespace nines {

Kind domain_kind() {
  Kind kind;
  kind.part = Part::domain;
  kind.record = {"domain",
                 "Components that share a fate. Its failure masks its members: they are unusable "
                 "while it lasts, their own clocks and repairs run on, and they restart, if they "
                 "have a `restart`, when it returns.",
                 failing_parameters()};
  for (Parameter& p : kind.record.parameters) {
    if (p.key != "domain") continue;
    p = names("in", "domain", "The larger domains that it lies in.");
  }
  kind.compile = compile_failing;
  return kind;
}

}  // namespace nines
