// A node: a machine or instance that runs something.
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"

namespace nines {

Kind node_kind() {
  Kind kind;
  kind.record = {"node", "A machine or instance that runs something and may hold data.",
                 serving_parameters()};
  kind.compile = compile_failing;
  return kind;
}

}  // namespace nines
