// Guided lessons for a class: predict, run, explain.
#pragma once

#include <functional>
#include <vector>

#include <QString>
#include <QStringList>

namespace nines::gui {

/// What a step has the window do.
enum class Deed : unsigned char {
  none,
  open,     ///< the topology of the step, on the canvas
  run,      ///< and simulate it
  spofs,    ///< light up single points of failure
  fail,     ///< play it back, and make `who` fail at once
  compare,  ///< with the topology of `other`
};

struct LessonStep {
  QString title;
  QString html;
  /// A question before the deed, its answers, and which of them is right.
  QString question = {};
  QStringList answers = {};
  int right = -1;
  Deed deed = Deed::none;
  QString topology = {};     ///< a name of the library
  QString other = {};        ///< to compare with
  QString who = {};          ///< to make fail
  QString explanation = {};  ///< after the answer and the deed
};

struct Lesson {
  QString key;
  QString title;
  QString about;
  std::vector<LessonStep> steps;
};

/// In the language of the program.
std::vector<Lesson> lessons();

}  // namespace nines::gui
