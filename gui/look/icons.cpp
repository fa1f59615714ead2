#include "gui/look/icons.hpp"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

/// A static library's resources are taken in by hand, outside of any namespace.
static void take_in_resources() { Q_INIT_RESOURCE(icons); }

namespace nines::gui {

QPixmap icon_pixmap(const QString& name, const QColor& color, int size) {
  const QString key = QStringLiteral("nines/%1/%2/%3").arg(name, color.name()).arg(size);
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  take_in_resources();
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QByteArray svg = file.readAll();
  svg.replace("#445566", color.name().toLatin1());
  QSvgRenderer renderer(svg);
  pixmap = QPixmap(2 * size, 2 * size);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter);
  painter.end();
  pixmap.setDevicePixelRatio(2);
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

QIcon icon(const QString& name, const Theme& theme) {
  QIcon out;
  out.addPixmap(icon_pixmap(name, theme.text, 24));
  out.addPixmap(icon_pixmap(name, theme.line, 24), QIcon::Disabled);
  return out;
}

}  // namespace nines::gui
