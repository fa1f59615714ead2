// Document: the text that is edited, what it means, and how to undo every change of it.
#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QString>
#include <QUndoStack>

#include "topologies/drawing/changes.hpp"
#include "topologies/topology.hpp"

namespace nines::gui {

/// The text is all there is: canvas, forms and editor show what it says, and change it by commands
/// on the undo stack.
class Document final : public QObject {
  Q_OBJECT
 public:
  explicit Document(QObject* parent = nullptr);

  /// An empty topology without a file.
  void start_new();
  /// Throws std::runtime_error, with the path and the system's words; then nothing has changed.
  void open(const QString& path);
  /// A text that came from elsewhere (the library, a recovery): it has no file, or this one, and
  /// counts as changed.
  void take(const QString& text, const QString& path, const QString& name);
  void save(const QString& path);

  const std::string& text() const { return loaded_.source.text(); }
  const Loaded& loaded() const { return loaded_; }
  /// What there is to draw: of the text or, where that is no YAML at all, of the last that was.
  const Topology& shown() const { return *shown_; }
  const std::map<std::string, Position>& positions() const { return positions_; }
  /// False while the text is no YAML: then only the text can be edited.
  bool can_be_drawn() const { return readable_; }
  /// The topology, if nothing is wrong with it.
  std::shared_ptr<const Topology> topology() const { return topology_; }

  const QString& path() const { return path_; }
  QString name() const;
  bool is_changed() const { return !stack_.isClean() || taken_; }
  QUndoStack& undo_stack() { return stack_; }

  /// One change by drawing or by a form, as one command. False, and nothing has happened, where the
  /// edit says so or changes nothing. Changes that name the same thing in `merge` become one.
  bool change(const QString& what, const std::function<bool(DocumentEdit&)>& edit,
              const QString& merge = {});
  /// The text as somebody has typed it.
  void type(const std::string& text);

 Q_SIGNALS:
  /// The text is another, and everything that follows from it.
  void changed();
  void path_changed();
  /// Another document is here.
  void opened();
  /// A change that the text as it is written does not allow.
  void refused(const QString& what);

 private:
  friend class TextChange;
  void set_text(std::string text);
  void put(std::string text);
  std::string directory() const;

  Loaded loaded_;
  std::shared_ptr<const Topology> topology_;
  std::shared_ptr<const Topology> shown_;
  std::map<std::string, Position> positions_;
  bool readable_ = true;
  bool taken_ = false;
  bool windows_lines_ = false;  ///< the file ends its lines by \r\n
  QString path_;
  QString name_;
  QUndoStack stack_;
};

}  // namespace nines::gui
