// Theme: colours for light and dark, by meaning. Taken from the palette of the application, so that
// whoever draws follows a change of it.
#pragma once

#include <QColor>
#include <QPalette>

#include "gui/charts/chart.hpp"
#include "studies/playback.hpp"

namespace nines::gui {

struct Theme {
  bool dark = false;
  QColor ground;   ///< behind everything
  QColor surface;  ///< of cards, charts, the canvas
  QColor text;
  QColor faint;  ///< text of less weight
  QColor line;   ///< borders, links, grids
  QColor grid;
  QColor accent;
  QColor good;
  QColor warm;
  QColor bad;

  QColor of(Role role) const;
  QColor of(Standing standing) const;
  /// A colour for the area of a domain or group, by its number.
  QColor area(std::size_t number) const;
};

Theme light_theme();
Theme dark_theme();
/// That which a palette was made from.
Theme theme_of(const QPalette& palette);
QPalette palette_of(const Theme& theme);
/// What a style sheet must say that a palette cannot.
QString style_sheet_of(const Theme& theme);

}  // namespace nines::gui
