// The text of the document, with its problems marked where they stand.
#pragma once

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

#include "gui/document/document.hpp"
#include "gui/look/theme.hpp"

namespace nines::gui {

class YamlHighlighter;

class YamlEditor final : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit YamlEditor(Document& document, QWidget* parent = nullptr);

  /// Lines, from 1, that have a mark in the margin.
  std::vector<int> marked_lines() const;
  /// Puts the cursor there, and shows it.
  void go_to(Place place);
  void paint_margin(QPaintEvent* event);
  int margin_width() const;
  void margin_asked(QPoint position, QPoint global);

 protected:
  bool event(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  /// A file that is dropped is opened by the window.
  bool canInsertFromMimeData(const QMimeData* source) const override;

 private:
  QString plain() const;
  void show_document();
  void show_problems();
  int index_of(std::uint32_t offset) const;
  void retranslate();

  Document& document_;
  QWidget* margin_;
  YamlHighlighter* highlighter_;
  struct Problem {
    int line = 0;  ///< from 0
    int begin = 0;
    int end = 0;
    QString text;
  };
  std::vector<Problem> problems_;
  bool showing_ = false;
};

}  // namespace nines::gui
