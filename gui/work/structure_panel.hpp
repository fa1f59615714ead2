// Structure: single points of failure, cut sets and importance, lit up on the canvas.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include "gui/canvas/canvas.hpp"
#include "gui/look/texts.hpp"
#include "gui/work/task.hpp"

namespace nines::gui {

class StructurePanel final : public QWidget {
  Q_OBJECT
 public:
  StructurePanel(Document& document, CanvasScene& scene, QWidget* parent = nullptr);

  void start();
  void clear();
  bool running() const { return task_.running(); }
  const std::vector<Structure>& structures() const { return found_; }
  QTableWidget* cuts() const { return cuts_; }
  enum class Show : unsigned char { points, cuts, importance };
  void show_on_canvas(Show what);

 Q_SIGNALS:
  void say(const QString& text);
  void finished();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show_found();
  void mark();
  const Structure* now() const;

  Document& document_;
  CanvasScene& scene_;
  Task task_;
  Texts texts_;
  std::vector<Structure> found_;
  Show show_ = Show::points;
  bool marking_ = false;

  QPushButton* start_;
  QComboBox* what_;
  QComboBox* services_;
  QLabel* note_;
  QTableWidget* cuts_;
};

}  // namespace nines::gui
