// Draws charts with Qt Charts: in the window, and into files.
#pragma once

#include <QChartView>
#include <QPainter>
#include <QString>

#include "gui/charts/chart.hpp"
#include "gui/look/theme.hpp"

namespace nines::gui {

/// A chart in the window, which follows the theme. Its menu saves, copies and prints it.
class ChartView final : public QChartView {
  Q_OBJECT
 public:
  explicit ChartView(QWidget* parent = nullptr);
  void show_chart(const Chart& chart);
  const Chart& chart_shown() const { return data_; }

 protected:
  void changeEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void draw();
  void save_as();
  Chart data_;
};

inline constexpr QSize kFigureSize{960, 540};

/// Draws a chart into a rectangle.
void paint_chart(const Chart& chart, const Theme& theme, QPainter& painter, QSize size);

/// Writes a chart to a file: PNG, SVG, PDF or CSV, as the ending of its name says. Throws
/// std::runtime_error, with the path and what is wrong.
void save_chart(const Chart& chart, const Theme& theme, const QString& path,
                QSize size = kFigureSize);

/// Writes any picture: `paint` is called with a painter for the size. Endings as above, but CSV.
void save_picture(const QString& path, QSize size, const QString& title,
                  const std::function<void(QPainter&)>& paint);

/// What file dialogs offer.
QString picture_filter();

}  // namespace nines::gui
