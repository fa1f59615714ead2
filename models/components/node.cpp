// A node: a machine or instance that runs something.
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"

namespace nines {

Parameter capacity_parameter() {
  Parameter p = quantity("capacity", Dimension::rate,
                         "The most requests it can serve; left out, as many as come.");
  p.low_open = true;
  return p;
}

Kind node_kind() {
  Kind kind;
  kind.record = {"node", "A machine or instance that runs something and may hold data.",
                 failing_parameters()};
  kind.record.parameters.push_back(capacity_parameter());
  kind.compile = compile_failing;
  return kind;
}

Kind load_balancer_kind() {
  Kind kind;
  kind.record = {"load_balancer", "Hands the requests of a service on to the next group.",
                 failing_parameters()};
  kind.record.parameters.push_back(capacity_parameter());
  kind.compile = compile_failing;
  return kind;
}

}  // namespace nines
