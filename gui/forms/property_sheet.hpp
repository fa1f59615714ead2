// Property sheet: a form for whatever is selected, made from its declaration.
#pragma once

#include <QLabel>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QWidget>

#include "gui/charts/draw.hpp"
#include "gui/document/document.hpp"

namespace nines::gui {

class PropertySheet final : public QWidget {
  Q_OBJECT
 public:
  explicit PropertySheet(Document& document, QWidget* parent = nullptr);

  /// Shows the form of a component, link, stream, group, service, crew or "domain:rack-a"; of
  /// nothing: of the topology.
  void show_thing(const QString& name);
  const QString& thing() const { return thing_; }
  /// The row of a key, for tests and for those who lead to a place: {"failures", "disk", "mttf"}.
  QTreeWidgetItem* row(const QStringList& keys) const;
  /// What a person does who types a value and presses Enter. Empty: as it is by default.
  void set_value(QTreeWidgetItem* row, const QString& text);
  /// What is in an open field goes into the document: before it is saved, run, closed.
  void commit();
  QTreeWidget* tree() const { return tree_; }
  ChartView* law_view() const { return law_; }

 Q_SIGNALS:
  void rename_asked(const QString& name);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct At {
    KeyPath path;
    const Parameter* parameter = nullptr;  ///< null: an entry of a table or list
    const Record* adds_to = nullptr;       ///< the row that adds an entry to a table or list
  };
  friend class ValueDelegate;

  void rebuild();
  void retranslate();
  void add_rows(QTreeWidgetItem* parent, const Record& record, const KeyPath& path,
                const Settings* settings);
  QTreeWidgetItem* add_row(QTreeWidgetItem* parent, const QString& key, const At& at);
  void explain(QTreeWidgetItem* row);
  void add_entry(QTreeWidgetItem* row);
  void take_out(const KeyPath& path, const QString& name);
  void write(const KeyPath& path, Type type, const QString& value);
  QString written(const KeyPath& path) const;
  QString in_field(const KeyPath& path) const;
  const At& at(const QTreeWidgetItem* row) const;

  Document& document_;
  QString thing_;
  QLabel* title_;
  QTreeWidget* tree_;
  QTextBrowser* help_;
  ChartView* law_;
  std::vector<At> rows_;
  std::vector<std::shared_ptr<const Record>> records_;  ///< made for this sheet
  bool rebuilding_ = false;
};

}  // namespace nines::gui
