// Storage: what others need to hold their data, shared (a SAN, an array) or single (a disk).
#include "models/catalogue.hpp"
#include "models/components/failing.hpp"

namespace nines {
namespace {

Kind storage(const char* name, const char* help) {
  Kind kind;
  kind.part = Part::storage;
  kind.record = {name, help, serving_parameters()};
  kind.compile = compile_failing;
  return kind;
}

}  // namespace

Kind storage_kind() {
  return storage("storage",
                 "Shared storage that others need: a SAN, an array, a file server. Without a link "
                 "it is attached directly to those that need it.");
}

Kind volume_kind() {
  return storage("volume",
                 "A disk or a logical volume. Without a link it is attached directly to those that "
                 "need it.");
}

}  // namespace nines
