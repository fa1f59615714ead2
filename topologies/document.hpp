// The declarations of the document itself: its sections and their keys.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// Where components of a kind stand in the document: `components`, `links` or `domains`.
std::string section_of(const Kind& kind);
/// The top level. Its parameters `types` and `components` are tables of `component_record`.
const Record& document_record();
/// What any component may have: the keys of all kinds, and `kind` and `type`.
const Record& component_record();
/// What a type may have: the keys of all kinds, and `like`.
const Record& type_record();
const Record& service_record();
/// What any group may have: the keys of all policies.
const Record& group_record();

}  // namespace nines
