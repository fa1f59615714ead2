// The sets of kernels that were compiled; lanes.cpp chooses among them.
#pragma once

#include "engine/chance/lanes.hpp"

namespace nines {

extern const Lanes kLanesScalar;
extern const Lanes kLanesAvx2;
extern const Lanes kLanesAvx512;

}  // namespace nines
