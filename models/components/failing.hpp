// What all components that can fail have in common: failure modes, age, restart, capacity.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// The keys of a failure mode.
const std::shared_ptr<const Record>& failure_mode_record();

/// Keys `failures`, `age`, `restart` and `capacity`.
std::vector<Parameter> failing_parameters();

/// Compiles those keys. Clocks run in operating time; each mode has a repair of its own or waits
/// for its crew, and is then as good as new.
CompiledComponent compile_failing(const std::string& name, const Settings& settings,
                                  ModelBuilder& model, std::vector<CrewJob>& jobs);

}  // namespace nines
