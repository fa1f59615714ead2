// Scripted faults: what fails at a stated time, beside whatever fails by chance.
#pragma once

#include <optional>

#include "models/declaration.hpp"

namespace nines {

/// The keys of an entry of `faults`.
std::shared_ptr<const Record> fault_record();

/// The failure mode that a scripted fault adds to its component: it never comes by itself. `of` is
/// the mode of the component that it imitates; null: one with the effect that the entry says.
Settings scripted_mode(const Settings& fault, const Settings* of);

/// A failure mode that never comes by itself, nor goes: for faults by hand.
Settings mode_by_hand();

/// The mode fails `at_s` after the start of a run, or up to `phase_s` later.
void compile_script(const std::string& name, const CompiledComponent& component, ModeId mode,
                    double at_s, double phase_s, ModelBuilder& model);

}  // namespace nines
