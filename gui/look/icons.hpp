// Icons: our own SVG, in the colours of the theme.
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

#include "gui/look/theme.hpp"

namespace nines::gui {

/// "node", "switch", "run": the files of gui/icons. `size` in device-independent pixels, at twice
/// the resolution.
QPixmap icon_pixmap(const QString& name, const QColor& color, int size);
QIcon icon(const QString& name, const Theme& theme);

}  // namespace nines::gui
