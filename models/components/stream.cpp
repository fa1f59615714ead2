// A stream: what carries writes to a copy, with failures of its own, over the links beneath.
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"
#include "models/mechanisms/replication.hpp"

namespace nines {

Kind stream_kind() {
  Kind kind;
  kind.part = Part::stream;
  kind.record = {"stream",
                 "What carries writes to a copy: a process with failures of its own, over the "
                 "links beneath.",
                 failing_parameters()};
  std::erase_if(kind.record.parameters, [](const Parameter& p) {
    return p.key == "domain" || p.key == "needs" || p.key == "needs_any";
  });
  Parameter to = names("to", "component", "The member of a primary_replica group that it feeds.");
  to.single = true;
  to.required = true;
  Parameter from = names("from", "component",
                         "The member that it comes from. Left out: whichever is the primary.");
  from.single = true;
  std::vector<Parameter>& keys = kind.record.parameters;
  keys.insert(keys.begin(), {to, from});
  for (Parameter& key : stream_keys()) {
    key.default_text.clear();  // what is left out is as the group says
    key.default_source.clear();
    keys.push_back(std::move(key));
  }
  kind.compile = compile_failing;
  return kind;
}

}  // namespace nines
