// Timeline: who stood how, from the start until now, as bars; and where in it the playback is.
#pragma once

#include <QAbstractScrollArea>

#include "gui/look/theme.hpp"
#include "studies/playback.hpp"

namespace nines::gui {

class Timeline final : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit Timeline(QWidget* parent = nullptr);
  /// Null: nothing to show.
  void show_playback(const Playback* playback);
  void refresh();
  /// As a picture.
  void paint(QPainter& painter, QSize size, const Theme& theme) const;

 Q_SIGNALS:
  void seek(double t_s);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Row {
    bool of_service = false;
    std::size_t index = 0;
    bool operator==(const Row&) const = default;
  };
  void find_rows();
  double x_of(double t_s, int width) const;
  double t_at(double x) const;

  const Playback* playback_ = nullptr;
  std::vector<Row> rows_;
  double from_s_ = 0.0;
  double to_s_ = 1.0;
  bool follows_ = true;  ///< the view goes with the clock
};

}  // namespace nines::gui
