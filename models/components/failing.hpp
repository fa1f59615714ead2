// What all components that can fail have in common: failure modes, age, restart, domains, needs,
// capacity.
#pragma once

#include "models/declaration.hpp"

namespace nines {

/// The keys of a failure mode.
const std::shared_ptr<const Record>& failure_mode_record();

/// What a failure mode says: the law of its time to failure and of its repair, from whichever of
/// their keys is given, and whether it takes its component down.
LawPtr life_of(const Settings& mode);
LawPtr repair_of(const Settings& mode);
bool takes_down(const Settings& mode);

/// Not of the language: in a mode that a scripted fault adds, the name of the one it imitates.
inline constexpr const char* kImitates = "imitates";

/// Keys of all that can fail: `failures`, `age`, `restart`, `domain`, `needs`, `needs_any`.
std::vector<Parameter> failing_parameters();
/// And of what serves requests: `capacity`, `maxconn`, `forwards`.
std::vector<Parameter> serving_parameters();
/// The key `latency` of what requests pass.
Parameter latency_key();

/// Compiles those keys. Clocks run in operating time; each mode has a repair of its own or waits
/// for its crew, and is then as good as new.
CompiledComponent compile_failing(const std::string& name, const Settings& settings,
                                  ModelBuilder& model, std::vector<CrewJob>& jobs);

}  // namespace nines
