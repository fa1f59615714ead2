// A load balancer: hands the requests of a service on to the next group.
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"

namespace nines {

Kind load_balancer_kind() {
  Kind kind;
  kind.record = {"load_balancer", "Hands the requests of a service on to the next group.",
                 serving_parameters()};
  kind.compile = compile_failing;
  return kind;
}

}  // namespace nines
