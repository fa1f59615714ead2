// The JSON Schema and the reference page of the language, both made from the declarations.
#pragma once

#include <string>

namespace nines {

/// JSON Schema (draft 2020-12) of a topology, for editors: structure, keys, units and words.
std::string json_schema();

/// The reference manual's page of all keys, in Markdown.
std::string language_reference();

}  // namespace nines
