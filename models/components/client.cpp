// A client: where the requests of a service come from. It does not fail.
#include "models/catalogue.hpp"

namespace nines {

Kind client_kind() {
  Kind kind;
  kind.record = {"client", "Where the requests of a service come from. It does not fail.", {}};
  kind.part = Part::client;
  kind.compile = [](const std::string& name, const Settings&, ModelBuilder&,
                    std::vector<CrewJob>&) {
    CompiledComponent client;
    client.name = name;
    return client;
  };
  return kind;
}

}  // namespace nines
