// Charts of a run into files, without a window.
#pragma once

#include <QString>

#include "gui/look/theme.hpp"

namespace nines::gui {

/// Simulates a topology as `nines run` does, and writes all its charts and its drawing into a
/// folder; without a display, too. Throws std::runtime_error.
void export_charts(const QString& topology, const QString& folder, const Theme& theme);

}  // namespace nines::gui
