// The JSON Schema and the reference page of the language, both made from the declarations.
#pragma once

#include <string>

#include "models/declaration.hpp"

namespace nines {

/// JSON Schema (draft 2020-12) of a topology, for editors: structure, keys, units and words.
std::string json_schema();

/// The same of any other document of ours, by its declaration.
std::string json_schema_of(const Record& record, const std::string& title);

/// The reference manual's page of all keys, in Markdown.
std::string language_reference();

}  // namespace nines
