#include "gui/document/editor.hpp"

#include <algorithm>

#include <QFontDatabase>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QTextBlock>
#include <QToolTip>

namespace nines::gui {
namespace {

class Margin final : public QWidget {
 public:
  explicit Margin(YamlEditor* editor) : QWidget(editor), editor_(*editor) {}
  QSize sizeHint() const override { return {editor_.margin_width(), 0}; }

 protected:
  void paintEvent(QPaintEvent* event) override { editor_.paint_margin(event); }
  bool event(QEvent* event) override {
    if (event->type() == QEvent::ToolTip) {
      const auto* help = static_cast<QHelpEvent*>(event);
      editor_.margin_asked(help->pos(), help->globalPos());
      return true;
    }
    return QWidget::event(event);
  }

 private:
  YamlEditor& editor_;
};

}  // namespace

/// Comments, keys, numbers and quoted text.
class YamlHighlighter final : public QSyntaxHighlighter {
 public:
  explicit YamlHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}
  void set_theme(const Theme& theme) {
    comment_.setForeground(theme.faint);
    comment_.setFontItalic(true);
    key_.setForeground(theme.accent);
    number_.setForeground(theme.of(Role::third));
    quoted_.setForeground(theme.of(Role::fourth));
    rehighlight();
  }

 protected:
  void highlightBlock(const QString& line) override {
    static const QRegularExpression key(R"((?:^|[\s{,])([^\s{},:#"][^\s{},:#]*)(?=:(?:\s|$)))");
    static const QRegularExpression number(
        R"((?<![\w.-])\d+(?:\.\d+)?(?:e-?\d+)?(?:[a-z%µ]\w*)?(?:/[a-z]+)?)");
    static const QRegularExpression quoted(R"("(?:[^"\\]|\\.)*"|'[^']*')");
    static const QRegularExpression comment(R"((?:^|\s)#.*$)");
    const auto paint = [&](const QRegularExpression& what, const QTextCharFormat& how, int group) {
      for (auto it = what.globalMatch(line); it.hasNext();) {
        const auto match = it.next();
        setFormat(static_cast<int>(match.capturedStart(group)),
                  static_cast<int>(match.capturedLength(group)), how);
      }
    };
    paint(number, number_, 0);
    paint(key, key_, 1);
    paint(quoted, quoted_, 0);
    paint(comment, comment_, 0);
  }

 private:
  QTextCharFormat comment_, key_, number_, quoted_;
};

YamlEditor::YamlEditor(Document& document, QWidget* parent)
    : QPlainTextEdit(parent), document_(document), margin_(new Margin(this)) {
  setObjectName("yaml");
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPixelSize(12);
  setFont(font);
  setUndoRedoEnabled(false);  // the document has its own
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setTabChangesFocus(true);
  setFrameShape(QFrame::NoFrame);
  highlighter_ = new YamlHighlighter(this->document());
  highlighter_->set_theme(theme_of(palette()));
  connect(this, &QPlainTextEdit::blockCountChanged, this,
          [this] { setViewportMargins(margin_width(), 0, 0, 0); });
  connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
    dy != 0 ? margin_->scroll(0, dy)
            : margin_->update(0, rect.y(), margin_->width(), rect.height());
  });
  connect(this, &QPlainTextEdit::textChanged, this, [this] {
    if (showing_) return;
    showing_ = true;
    document_.type(plain().toStdString());
    showing_ = false;
    show_problems();
  });
  connect(&document_, &Document::changed, this, [this] {
    if (!showing_) show_document();
  });
  setViewportMargins(margin_width(), 0, 0, 0);
  retranslate();
  show_document();
}

void YamlEditor::retranslate() { setAccessibleName(tr("Text of the topology, in YAML")); }

void YamlEditor::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange && highlighter_ != nullptr) {
    highlighter_->set_theme(theme_of(palette()));
    show_problems();
  }
  if (event->type() == QEvent::LanguageChange) retranslate();
  QPlainTextEdit::changeEvent(event);
}

bool YamlEditor::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
      event->ignore();
      return false;
    }
  }
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPoint at = help->pos() - QPoint(margin_width(), 0);
    const int position = cursorForPosition(at).position();
    for (const Problem& p : problems_) {
      if (position < p.begin || position > p.end) continue;
      QToolTip::showText(help->globalPos(), p.text, this);
      return true;
    }
  }
  return QPlainTextEdit::event(event);
}

void YamlEditor::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return && event->modifiers() == Qt::NoModifier) {
    // The next line begins below this one.
    const QString line = textCursor().block().text();
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == ' ') ++indent;
    QString more = "\n" + QString(indent, ' ');
    if (line.trimmed().endsWith(':') && textCursor().atBlockEnd()) more += "  ";
    insertPlainText(more);
    ensureCursorVisible();
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
}

bool YamlEditor::canInsertFromMimeData(const QMimeData* source) const {
  return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

/// As it is: `toPlainText` turns blanks that do not break into others.
QString YamlEditor::plain() const {
  return document()->toRawText().replace(QChar::ParagraphSeparator, '\n');
}

/// Brings the text to what the document says, touching only what differs, so that cursor and view
/// stay where they are.
void YamlEditor::show_document() {
  showing_ = true;
  const QString before = plain();
  const QString after = QString::fromStdString(document_.text());
  if (before != after) {
    qsizetype head = 0;
    const qsizetype shorter = std::min(before.size(), after.size());
    while (head < shorter && before[head] == after[head]) ++head;
    qsizetype tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
      ++tail;
    }
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(head));
    cursor.setPosition(static_cast<int>(before.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(after.mid(head, after.size() - head - tail));
  }
  showing_ = false;
  show_problems();
}

int YamlEditor::index_of(std::uint32_t offset) const {
  const std::string& text = document_.text();
  return static_cast<int>(
      QString::fromUtf8(text.data(), static_cast<int>(std::min<std::size_t>(offset, text.size())))
          .size());
}

void YamlEditor::show_problems() {
  problems_.clear();
  QList<QTextEdit::ExtraSelection> selections;
  const Theme theme = theme_of(palette());
  for (const Diagnostic& d : document_.loaded().diagnostics) {
    Problem p;
    p.begin = index_of(d.place.begin);
    p.end = std::max(p.begin + 1, index_of(d.place.end));
    p.line = document()->findBlock(p.begin).blockNumber();
    // Of a place over several lines the first.
    const QTextBlock block = document()->findBlock(p.begin);
    p.end = std::min(p.end, block.position() + std::max(1, block.length() - 1));
    p.text = QString::fromStdString(d.message);
    if (!d.hint.empty()) p.text += "\n" + QString::fromStdString(d.hint);
    QTextEdit::ExtraSelection selection;
    selection.cursor = QTextCursor(document());
    const int last = document()->characterCount() - 1;
    selection.cursor.setPosition(std::min(p.begin, last));
    selection.cursor.setPosition(std::min(p.end, last), QTextCursor::KeepAnchor);
    selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    selection.format.setUnderlineColor(theme.bad);
    QColor ground = theme.bad;
    ground.setAlpha(36);
    selection.format.setBackground(ground);
    selections << selection;
    problems_.push_back(std::move(p));
  }
  setExtraSelections(selections);
  margin_->update();
}

std::vector<int> YamlEditor::marked_lines() const {
  std::vector<int> lines;
  for (const Problem& p : problems_) lines.push_back(p.line + 1);
  return lines;
}

void YamlEditor::go_to(Place place) {
  QTextCursor cursor(document());
  const int last = document()->characterCount() - 1;
  cursor.setPosition(std::min(index_of(place.begin), last));
  cursor.setPosition(std::min(index_of(place.end), last), QTextCursor::KeepAnchor);
  setTextCursor(cursor);
  centerCursor();
}

int YamlEditor::margin_width() const {
  const int digits = std::max(2, static_cast<int>(QString::number(blockCount()).size()));
  return 22 + fontMetrics().horizontalAdvance('9') * digits;
}

void YamlEditor::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  const QRect box = contentsRect();
  margin_->setGeometry(box.left(), box.top(), margin_width(), box.height());
}

void YamlEditor::paint_margin(QPaintEvent* event) {
  const Theme theme = theme_of(palette());
  QPainter painter(margin_);
  painter.fillRect(event->rect(), theme.ground);
  painter.setFont(font());
  QTextBlock block = firstVisibleBlock();
  double top = blockBoundingGeometry(block).translated(contentOffset()).top();
  for (; block.isValid() && top <= event->rect().bottom(); block = block.next()) {
    const double height = blockBoundingRect(block).height();
    painter.setPen(theme.faint);
    painter.drawText(QRectF(0, top, margin_->width() - 6, height),
                     Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
    const bool wrong = std::any_of(problems_.begin(), problems_.end(),
                                   [&](const Problem& p) { return p.line == block.blockNumber(); });
    if (wrong) {
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setPen(Qt::NoPen);
      painter.setBrush(theme.bad);
      painter.drawEllipse(QPointF(8, top + height / 2), 4, 4);
    }
    top += height;
  }
}

void YamlEditor::margin_asked(QPoint position, QPoint global) {
  const int line = cursorForPosition({0, position.y()}).blockNumber();
  QStringList texts;
  for (const Problem& p : problems_) {
    if (p.line == line) texts << p.text;
  }
  texts.isEmpty() ? QToolTip::hideText() : QToolTip::showText(global, texts.join('\n'), this);
}

}  // namespace nines::gui
