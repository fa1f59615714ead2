// Lessons and the gallery: a picture of each topology of the library, and what it teaches.
#pragma once

#include <QLabel>
#include <map>

#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>

#include "gui/lessons/lessons.hpp"
#include "gui/look/texts.hpp"
#include "gui/look/theme.hpp"

namespace nines::gui {

/// What the comments at the head of a library topology say, and its title.
struct LibraryText {
  QString title;
  QString about;
};
LibraryText library_text(const QString& name);

class LessonsPage final : public QWidget {
  Q_OBJECT
 public:
  explicit LessonsPage(QWidget* parent = nullptr);
  QListWidget* gallery() const { return gallery_; }
  QListWidget* lesson_list() const { return lessons_; }

 Q_SIGNALS:
  void open_topology(const QString& name);
  void compare_topology(const QString& name);
  void begin_lesson(const QString& key);

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void fill();
  void draw_next();
  void show_about();

  Texts texts_;
  QListWidget* lessons_;
  QListWidget* gallery_;
  QLabel* lessons_title_;
  QLabel* gallery_title_;
  QTextBrowser* about_;
  QPushButton* open_;
  QPushButton* compare_;
  QTimer drawing_;
  int next_ = 0;
};

/// The lesson that is going on, beside the window's pages.
class LessonPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit LessonPanel(QWidget* parent = nullptr);
  void begin(const QString& key);
  bool active() const { return lesson_ >= 0; }
  LessonStep step() const;
  int step_number() const { return step_; }
  void answer(int which);
  void next();
  /// What has come of the deed: texts for {nines}, {downtime}, {difference}, {lost}.
  void deed_done(const std::map<QString, QString>& figures);

 Q_SIGNALS:
  void deed(const nines::gui::LessonStep& step);
  void ended();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show_step();
  void end();

  Texts texts_;
  QString key_;
  int lesson_ = -1;
  int step_ = 0;
  int answered_ = -1;
  bool done_ = false;
  std::map<QString, QString> figures_;

  QLabel* title_;
  QTextBrowser* text_;
  QWidget* question_;
  QLabel* asked_;
  QVBoxLayout* answers_;
  std::vector<QRadioButton*> buttons_;
  QPushButton* do_;
  QPushButton* next_;
  QPushButton* end_;
};

}  // namespace nines::gui
