// Reads YAML (and so JSON) into located values. The only user of the YAML library.
#pragma once

#include "topologies/language/diagnostic.hpp"

namespace nines {

// Bounds against hostile files.
inline constexpr std::size_t kMostBytes = 8U << 20U;
inline constexpr std::size_t kMostNodes = 1'000'000;  ///< aliases expanded
inline constexpr std::size_t kDeepest = 24;

/// The root of the document. What is wrong goes to `diagnostics`; then the tree may be cut short.
Node read_document(const Source& source, Diagnostics& diagnostics);

}  // namespace nines
