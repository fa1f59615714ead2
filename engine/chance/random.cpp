#include "engine/chance/random.hpp"

#include <Random123/philox.h>

#include "engine/chance/lanes_kernels.hpp"

namespace nines {

UnitPair draw_units(std::uint64_t seed, Address address) {
  const r123::Philox4x32::ctr_type counter = {{address.index, address.run,
                                               static_cast<std::uint32_t>(address.stream),
                                               static_cast<std::uint32_t>(address.stream >> 32)}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const auto words = r123::Philox4x32()(counter, key);
  const auto join = [](std::uint32_t low, std::uint32_t high) {
    return std::uint64_t{low} | std::uint64_t{high} << 32;
  };
  return {unit_of(join(words[0], words[1])), unit_of(join(words[2], words[3]))};
}

}  // namespace nines
