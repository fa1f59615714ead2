// A link: an undirected network connection between two components.
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"

namespace nines {

Kind link_kind() {
  Kind kind;
  kind.part = Part::link;
  kind.record = {"link", "An undirected network connection between two components.",
                 failing_parameters()};
  Parameter between = names("between", "component",
                            "Two ends: a name, and a name, pattern or set (`domain:rack-a`), which "
                            "makes one link to each other component of it.");
  between.required = true;
  kind.record.parameters.insert(kind.record.parameters.begin(), between);
  kind.record.parameters.push_back(latency_key());
  kind.compile = compile_failing;
  return kind;
}

}  // namespace nines
