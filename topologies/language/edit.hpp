// Edits of a document's text: only what changes is touched; comments, order and spelling of the
// rest stay.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "topologies/language/located.hpp"

namespace nines {

/// Keys from the top of the document down: {"components", "web-1", "capacity"}. An item of a list
/// is called by its number: {"faults", "0", "at"}.
using KeyPath = std::vector<std::string>;

/// The value at a path; null if there is none.
const Node* find_node(const Node& root, const KeyPath& path);

/// A text on its way through several edits. Each works on what the one before has left. An edit
/// that would touch what stands elsewhere (an anchor that is repeated), or that a style of writing
/// does not allow, returns false and changes nothing.
class DocumentEdit {
 public:
  explicit DocumentEdit(std::string text);

  const std::string& text() const { return source_.text(); }
  const Source& source() const { return source_; }
  const Node& root() const { return root_; }
  /// Whether the text is YAML at all; where it is not, nothing is edited.
  bool readable() const { return readable_; }

  /// The value at a path; null if there is none.
  const Node* find(const KeyPath& path) const;

  /// Gives a key a value, as YAML writes it in one line. The maps around it are made where there
  /// are none. False, and nothing has changed, where a value on the way is no map or stands in an
  /// alias.
  bool set(const KeyPath& path, const std::string& value);
  /// The same for several keys of one map, in order.
  bool set_all(const KeyPath& map, const std::vector<std::pair<std::string, std::string>>& values);
  /// Takes out a key with its value, and a section or inner map that is empty then.
  bool erase(const KeyPath& path);
  bool rename(const KeyPath& path, const std::string& key);
  /// Adds an item to a list; a value by itself becomes a list of two.
  bool append(const KeyPath& path, const std::string& value);
  /// Takes the items out of a list that are this word; the key, if none is left.
  bool remove_items(const KeyPath& path, const std::string& word);
  /// Writes this word for another wherever it is the value, or one of the values, of a key.
  bool replace_items(const KeyPath& path, const std::string& word, const std::string& by);

  bool replace(std::size_t begin, std::size_t end, const std::string& by);

 private:
  bool stands_here(const KeyPath& path) const;
  bool only_at(const KeyPath& path, const std::function<bool()>& edit);
  bool put(const KeyPath& map, const std::vector<std::pair<std::string, std::string>>& values);
  bool take_out(const KeyPath& path);
  bool add_item(const KeyPath& path, const std::string& value);
  std::size_t colon_after(const MapEntry& entry) const;
  std::size_t line_end(std::size_t offset) const;
  std::size_t line_begin(std::size_t offset) const;
  bool is_flow(const Node& node) const;

  Source source_;
  Node root_;
  bool readable_ = false;
};

/// A word, a number or a name as YAML writes it, quoted where it must be. `in_flow`: within {…} or
/// […].
std::string yaml_text(std::string_view text, bool in_flow);
/// A list in one line: [web-1, "web-[2..4]"].
std::string yaml_list(const std::vector<std::string>& items);

}  // namespace nines
