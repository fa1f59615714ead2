// Network devices: what forwards requests between those who are linked to it.
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"

namespace nines {
namespace {

/// Switch, router, firewall, WAN and the internet are alike to the simulator: they forward. They
/// have names of their own because drawings and blame do.
Kind device(const char* name, const char* help) {
  Kind kind;
  kind.part = Part::forwarder;
  kind.record = {name, help, failing_parameters()};
  kind.record.parameters.push_back(latency_key());
  kind.compile = compile_failing;
  return kind;
}

}  // namespace

Kind switch_kind() { return device("switch", "Forwards between all that is linked to it."); }
Kind router_kind() { return device("router", "Forwards between networks."); }
Kind firewall_kind() { return device("firewall", "Forwards what it lets through."); }
Kind wan_kind() { return device("wan", "A wide-area network between sites."); }
Kind internet_kind() { return device("internet", "The network between clients and a site."); }

}  // namespace nines
