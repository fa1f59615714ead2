// Compare: several topologies under common random numbers.
#pragma once

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

#include "gui/charts/draw.hpp"
#include "gui/document/document.hpp"
#include "gui/look/texts.hpp"
#include "gui/work/task.hpp"

namespace nines::gui {

class ComparePage final : public QWidget {
  Q_OBJECT
 public:
  explicit ComparePage(Document& document, QWidget* parent = nullptr);

  /// One of the designs; the first is the one that the others are compared with.
  void add(const QString& name, std::shared_ptr<const Topology> topology);
  void add_file(const QString& path);
  void add_current();
  void clear();
  void set_runs(int runs) { runs_->setValue(runs); }
  void start();
  bool running() const { return task_.running(); }
  const Comparison* comparison() const { return comparison_.get(); }
  std::vector<Chart> charts() const;

 Q_SIGNALS:
  void say(const QString& text);
  void finished();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show_designs();
  void show_comparison();

  struct Listed {
    QString name;
    std::shared_ptr<const Topology> topology;
  };
  Document& document_;
  Task task_;
  Texts texts_;
  std::vector<Listed> designs_;
  std::shared_ptr<const Comparison> comparison_;

  QListWidget* list_;
  QSpinBox* runs_;
  QPushButton* start_;
  QLabel* progress_text_;
  std::vector<ChartView*> views_;
  QTableWidget* table_;
};

}  // namespace nines::gui
