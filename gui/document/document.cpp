#include "gui/document/document.hpp"

#include <stdexcept>

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSaveFile>
#include <QUndoCommand>

namespace nines::gui {

/// A stretch of the text is replaced by another.
class TextChange final : public QUndoCommand {
 public:
  TextChange(Document& document, const QString& what, const std::string& before,
             const std::string& after, QString merge)
      : document_(document), merge_(std::move(merge)) {
    setText(what);
    std::size_t head = 0;
    while (head < before.size() && head < after.size() && before[head] == after[head]) ++head;
    std::size_t tail = 0;
    while (tail < before.size() - head && tail < after.size() - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
      ++tail;
    }
    at_ = head;
    removed_ = before.substr(head, before.size() - head - tail);
    added_ = after.substr(head, after.size() - head - tail);
    time_.start();
  }

  int id() const override { return merge_.isEmpty() ? -1 : 1; }

  bool mergeWith(const QUndoCommand* other) override {
    const auto& next = *static_cast<const TextChange*>(other);
    if (next.merge_ != merge_) return false;
    constexpr qint64 kPause_ms = 1500;
    if (time_.elapsed() > kPause_ms) return false;
    if (merge_ == kTyping) {
      // One word after the other; a blank or a new line begins another command.
      const bool goes_on = next.removed_.empty() && next.at_ == at_ + added_.size();
      if (!goes_on || next.added_.find_first_of(" \n") != std::string::npos) return false;
      added_ += next.added_;
    } else {
      // From before this to after that: both are known, since that has just been done.
      const std::string after = document_.text();
      std::string between = after;
      between.replace(next.at_, next.added_.size(), next.removed_);
      between.replace(at_, added_.size(), removed_);
      const TextChange both(document_, text(), between, after, merge_);
      at_ = both.at_;
      removed_ = both.removed_;
      added_ = both.added_;
      setObsolete(removed_ == added_);
    }
    time_.restart();
    return true;
  }

  void undo() override { splice(added_.size(), removed_); }
  void redo() override { splice(removed_.size(), added_); }

  static constexpr const char* kTyping = "typing";

 private:
  void splice(std::size_t length, const std::string& by) {
    std::string text = document_.text();
    text.replace(at_, length, by);
    document_.set_text(std::move(text));
  }

  Document& document_;
  QString merge_;
  std::size_t at_ = 0;
  std::string removed_;
  std::string added_;
  QElapsedTimer time_;
};

Document::Document(QObject* parent) : QObject(parent), loaded_{Source("", "")} {
  shown_ = std::make_shared<Topology>();
  start_new();
}

std::string Document::directory() const {
  return path_.isEmpty() ? std::string() : QFileInfo(path_).absolutePath().toStdString();
}

QString Document::name() const {
  if (!path_.isEmpty()) return QFileInfo(path_).fileName();
  return name_.isEmpty() ? tr("untitled") : name_;
}

void Document::put(std::string text) {
  stack_.clear();
  stack_.setClean();
  windows_lines_ = text.find("\r\n") != std::string::npos;
  for (std::size_t at = 0; (at = text.find("\r\n", at)) != std::string::npos;) text.erase(at, 1);
  set_text(std::move(text));
  Q_EMIT path_changed();
  Q_EMIT opened();
}

void Document::start_new() {
  path_.clear();
  name_.clear();
  taken_ = false;
  shown_ = std::make_shared<Topology>();
  put("");
}

void Document::open(const QString& path) {
  Loaded loaded = load_topology_file(path.toStdString());
  path_ = QFileInfo(path).absoluteFilePath();
  name_.clear();
  taken_ = false;
  shown_ = std::make_shared<Topology>();
  put(loaded.source.text());
}

void Document::take(const QString& text, const QString& path, const QString& name) {
  path_ = path;
  name_ = name;
  taken_ = true;
  shown_ = std::make_shared<Topology>();
  put(text.toStdString());
}

void Document::save(const QString& path) {
  QSaveFile file(path);
  std::string out = text();
  if (windows_lines_) {
    for (std::size_t at = 0; (at = out.find('\n', at)) != std::string::npos; at += 2) {
      out.insert(at, 1, '\r');
    }
  }
  const auto size = static_cast<qint64>(out.size());
  if (!file.open(QIODevice::WriteOnly) || file.write(out.data(), size) != size || !file.commit()) {
    throw std::runtime_error((path + ": " + file.errorString()).toStdString());
  }
  const std::string before = directory();
  path_ = QFileInfo(path).absoluteFilePath();
  taken_ = false;
  stack_.setClean();
  if (directory() != before) set_text(text());  // files that it names are looked up beside it
  Q_EMIT path_changed();
}

bool Document::change(const QString& what, const std::function<bool(DocumentEdit&)>& edit,
                      const QString& merge) {
  DocumentEdit change(text());
  if (!change.readable() || !edit(change) || !change.readable()) {
    Q_EMIT refused(what);
    return false;
  }
  if (change.text() == text()) return false;
  stack_.push(new TextChange(*this, what, text(), change.text(), merge));
  return true;
}

void Document::type(const std::string& typed) {
  if (typed == text()) return;
  stack_.push(new TextChange(*this, tr("Typing"), text(), typed, TextChange::kTyping));
}

void Document::set_text(std::string text) {
  const std::string file = path_.isEmpty() ? name().toStdString() : path_.toStdString();
  loaded_ = load_topology(file, std::move(text), directory());
  const bool empty = loaded_.root.kind == Node::Kind::null &&
                     loaded_.source.text().find_first_not_of(" \n") == std::string::npos;
  readable_ = loaded_.root.kind == Node::Kind::map || empty;
  topology_ = loaded_.topology ? std::make_shared<const Topology>(*loaded_.topology) : nullptr;
  if (topology_) {
    shown_ = topology_;
  } else if (loaded_.draft) {
    shown_ = std::make_shared<const Topology>(*loaded_.draft);
  } else if (empty) {
    shown_ = std::make_shared<const Topology>();
  }
  if (readable_) positions_ = positions_of(*shown_, loaded_.root);
  Q_EMIT changed();
}

}  // namespace nines::gui
