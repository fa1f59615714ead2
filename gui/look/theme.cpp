#include "gui/look/theme.hpp"

#include <array>

namespace nines::gui {

Theme light_theme() {
  Theme t;
  t.dark = false;
  t.ground = QColor("#eef1f4");
  t.surface = QColor("#ffffff");
  t.text = QColor("#1c2733");
  t.faint = QColor("#5b6b7a");
  t.line = QColor("#b4c0cb");
  t.grid = QColor("#e6ebf0");
  t.accent = QColor("#1565c0");
  t.good = QColor("#2e7d32");
  t.warm = QColor("#b26a00");
  t.bad = QColor("#c62828");
  return t;
}

Theme dark_theme() {
  Theme t;
  t.dark = true;
  t.ground = QColor("#14191f");
  t.surface = QColor("#1c232b");
  t.text = QColor("#e3e9ef");
  t.faint = QColor("#93a3b3");
  t.line = QColor("#465564");
  t.grid = QColor("#28323c");
  t.accent = QColor("#64b5f6");
  t.good = QColor("#81c784");
  t.warm = QColor("#ffb74d");
  t.bad = QColor("#ef7b76");
  return t;
}

QColor Theme::of(Role role) const {
  switch (role) {
    case Role::first:
      return accent;
    case Role::second:
      return dark ? QColor("#ffb74d") : QColor("#e07b00");
    case Role::third:
      return dark ? QColor("#4db6ac") : QColor("#00796b");
    case Role::fourth:
      return dark ? QColor("#ce93d8") : QColor("#7b1fa2");
    case Role::good:
      return good;
    case Role::bad:
      return bad;
    case Role::muted:
      return faint;
  }
  return text;
}

QColor Theme::of(Standing standing) const {
  switch (standing) {
    case Standing::up:
      return good;
    case Standing::degraded:
      return warm;
    case Standing::waiting:
      return dark ? QColor("#90a4ae") : QColor("#78909c");
    case Standing::restarting:
      return accent;
    case Standing::masked:
      return dark ? QColor("#ba9bd0") : QColor("#7e57a3");
    case Standing::failed:
      return bad;
  }
  return text;
}

QColor Theme::area(std::size_t number) const {
  static const std::array<const char*, 8> kColors{"#1e88e5", "#43a047", "#fb8c00", "#8e24aa",
                                                  "#00897b", "#d81b60", "#6d4c41", "#3949ab"};
  return QColor(kColors[number % kColors.size()]);
}

Theme theme_of(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128 ? dark_theme() : light_theme();
}

QPalette palette_of(const Theme& t) {
  QPalette p;
  p.setColor(QPalette::Window, t.ground);
  p.setColor(QPalette::WindowText, t.text);
  p.setColor(QPalette::Base, t.surface);
  p.setColor(QPalette::AlternateBase, t.grid);
  p.setColor(QPalette::Text, t.text);
  p.setColor(QPalette::Button, t.dark ? QColor("#2a343f") : QColor("#f7f9fb"));
  p.setColor(QPalette::ButtonText, t.text);
  p.setColor(QPalette::BrightText, t.bad);
  p.setColor(QPalette::ToolTipBase, t.surface);
  p.setColor(QPalette::ToolTipText, t.text);
  p.setColor(QPalette::PlaceholderText, t.faint);
  p.setColor(QPalette::Highlight, t.accent);
  p.setColor(QPalette::HighlightedText, t.dark ? QColor("#10161c") : QColor("#ffffff"));
  p.setColor(QPalette::Link, t.accent);
  p.setColor(QPalette::LinkVisited, t.of(Role::fourth));
  p.setColor(QPalette::Light, t.dark ? QColor("#364350") : QColor("#ffffff"));
  p.setColor(QPalette::Midlight, t.grid);
  p.setColor(QPalette::Mid, t.line);
  p.setColor(QPalette::Dark, t.line);
  p.setColor(QPalette::Shadow, t.dark ? QColor("#000000") : QColor("#8a97a3"));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    p.setColor(QPalette::Disabled, role, t.line);
  }
  return p;
}

QString style_sheet_of(const Theme& t) {
  return QStringLiteral(
             "QToolTip { color: %1; background: %2; border: 1px solid %3; padding: 4px }")
      .arg(t.text.name(), t.surface.name(), t.line.name());
}

}  // namespace nines::gui
