// Playback: one run on the canvas, with its story and a timeline.
#pragma once

#include <QCheckBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>

#include "gui/canvas/canvas.hpp"
#include "gui/look/texts.hpp"
#include "gui/playback/timeline.hpp"
#include "gui/work/task.hpp"

namespace nines::gui {

class PlaybackPanel final : public QWidget {
  Q_OBJECT
 public:
  PlaybackPanel(Document& document, CanvasScene& scene, CanvasView& view,
                QWidget* parent = nullptr);

  /// Begins a run of the topology as it is; false, with a word about why, if something is wrong.
  bool begin();
  void end();
  bool active() const { return playback_ != nullptr; }
  Playback* playback() { return playback_.get(); }

  void play();
  void pause();
  bool playing() const { return frames_.isActive(); }
  void step();
  void back();
  void seek(double t_s);
  /// Simulated seconds per second.
  double speed() const;
  void set_speed(double per_s);

  void fail(const QString& name);
  void fail(const QString& name, std::size_t mode);
  void mend(const QString& name);
  /// Cuts the fewest links that part two domains; of one, those that leave it.
  void part(const QString& domain, const QString& from);
  QMenu* menu_for(const QString& name);

  QListWidget* events() const { return events_; }
  Timeline* timeline() const { return timeline_; }

 Q_SIGNALS:
  void say(const QString& text);
  void active_changed(bool active);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void frame();
  void show_now();
  void show_marks();
  void show_story();
  void find_outage();
  std::optional<std::size_t> component(const QString& name) const;

  Document& document_;
  CanvasScene& scene_;
  CanvasView& view_;
  Texts texts_;
  std::unique_ptr<Playback> playback_;
  std::shared_ptr<const Topology> topology_;
  QTimer frames_;
  QElapsedTimer since_;
  Task seeker_;
  std::size_t shown_lines_ = 0;

  QPushButton* begin_;
  QToolButton* play_;
  QToolButton* back_;
  QToolButton* step_;
  QSlider* speed_;
  QLabel* speed_text_;
  QCheckBox* skip_;
  QSpinBox* run_;
  QPushButton* outage_;
  QLabel* clock_;
  QLabel* state_;
  Timeline* timeline_;
  QListWidget* events_;
};

}  // namespace nines::gui
