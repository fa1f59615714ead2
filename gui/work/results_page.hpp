// Results: start, pause and stop a run, and what it says, while it says it.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>

#include "gui/charts/draw.hpp"
#include "gui/document/document.hpp"
#include "gui/look/texts.hpp"
#include "gui/work/task.hpp"

namespace nines::gui {

class ResultsPage final : public QWidget {
  Q_OBJECT
 public:
  explicit ResultsPage(Document& document, QWidget* parent = nullptr);

  void start();
  /// The same with other settings: for lessons.
  void start(std::uint64_t runs, const QString& horizon, std::uint64_t seed);
  void solve_exactly();
  RunJob& job() { return job_; }
  std::shared_ptr<const RunResult> result() const { return result_; }
  /// That which the result is of.
  std::shared_ptr<const Topology> topology() const { return topology_; }
  QTableWidget* numbers() const { return numbers_; }
  const std::vector<Chart>& charts() const { return charts_; }
  QString exact_note() const { return exact_note_->text(); }
  std::size_t service() const;
  void save_all(QWidget* over);

 Q_SIGNALS:
  void say(const QString& text);
  void finished();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  Experiment asked(const Topology& topology) const;
  void show_result(const std::shared_ptr<const RunResult>& result, bool final);
  void show_state();
  void show_score();
  void show_numbers();
  void show_charts();
  void show_exact(const Exact& exact);

  Document& document_;
  RunJob job_;
  Task solver_;
  Texts texts_;
  std::shared_ptr<const Topology> topology_;
  std::shared_ptr<const RunResult> result_;
  bool final_ = false;
  std::vector<Chart> charts_;

  QSpinBox* runs_;
  QLineEdit* horizon_;
  QSpinBox* seed_;
  QComboBox* services_;
  QPushButton* start_;
  QPushButton* pause_;
  QPushButton* stop_;
  QProgressBar* progress_;
  QLabel* left_;
  QLabel* nines_;
  QLabel* availability_;
  QLabel* facts_;
  QLabel* objectives_;
  QLabel* stale_;
  QTabWidget* tabs_;
  std::vector<ChartView*> views_;
  QTableWidget* numbers_;
  QTableWidget* exact_;
  QLabel* exact_note_;
  QPushButton* solve_;
  QTimer clock_;
};

}  // namespace nines::gui
