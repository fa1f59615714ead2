#include "gui/work/export.hpp"

#include <stdexcept>

#include <QDir>
#include <QPainter>

#include "gui/canvas/canvas.hpp"
#include "gui/charts/draw.hpp"
#include "gui/work/task.hpp"

namespace nines::gui {
namespace {

QString text(const std::string& s) { return QString::fromStdString(s); }

}  // namespace

void export_charts(const QString& path, const QString& folder, const Theme& theme) {
  const Loaded loaded = load_topology_file(path.toStdString());
  if (!loaded.topology) throw std::runtime_error(render(loaded.diagnostics, loaded.source));
  if (!QDir().mkpath(folder)) {
    throw std::runtime_error((folder + ": cannot be made").toStdString());
  }
  const RunResult result = run_to_the_end(*loaded.topology, experiment_for(*loaded.topology));
  for (std::size_t s = 0; s < result.estimates.services.size(); ++s) {
    const ServiceEstimates& service = result.estimates.services[s];
    QString prefix = folder + "/";
    if (result.estimates.services.size() > 1) {
      prefix += text(service.name).replace('/', '-') + "-";
    }
    for (const Chart& chart : charts_of(result, s)) {
      for (const char* ending : {".png", ".svg", ".pdf", ".csv"}) {
        save_chart(chart, theme, prefix + text(chart.key) + ending);
      }
    }
  }
  Document document;
  document.open(path);
  CanvasScene scene(document);
  scene.set_theme(theme);
  const QRectF box = scene.drawn().adjusted(-30, -30, 30, 30);
  for (const char* ending : {".png", ".svg", ".pdf"}) {
    save_picture(folder + "/topology" + ending, box.size().toSize(), document.name(),
                 [&](QPainter& painter) {
                   painter.setRenderHint(QPainter::Antialiasing);
                   scene.render(&painter, QRectF(QPointF(), box.size()), box);
                 });
  }
}

}  // namespace nines::gui
