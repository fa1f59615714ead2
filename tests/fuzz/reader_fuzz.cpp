// libFuzzer target: any bytes are read as a topology; what is good is written back and compiled.
#include <cstdint>
#include <stdexcept>
#include <string>

#include "topologies/compile.hpp"
#include "topologies/topology.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nines;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Loaded loaded = load_topology("fuzz.yaml", text, "");
  if (!loaded.topology) {
    if (loaded.diagnostics.empty()) __builtin_trap();  // refused without a word
    (void)render(loaded.diagnostics, loaded.source);
    return 0;
  }
  if (loaded.topology->components.size() > 1000) return 0;
  const Loaded again = load_topology("again.yaml", write_yaml(*loaded.topology), "");
  if (!again.topology || again.topology->input_hash != loaded.topology->input_hash) {
    __builtin_trap();  // not the same topology
  }
  try {
    (void)compile(*loaded.topology);
  } catch (const std::invalid_argument&) {
    // Two streams of one name: said with a message.
  }
  return 0;
}
