#include "topologies/language/edit.hpp"

#include <algorithm>
#include <charconv>

#include "topologies/language/reader.hpp"

namespace nines {
namespace {

constexpr std::size_t kIndent = 2;

/// An item of a list by its number, or the entry of a map.
const MapEntry* entry_of(const Node& node, const std::string& key) {
  const auto at = std::find_if(node.entries.begin(), node.entries.end(),
                               [&](const MapEntry& e) { return e.key.text == key; });
  return at == node.entries.end() ? nullptr : &*at;
}

const Node* step(const Node& node, const std::string& key) {
  if (node.kind == Node::Kind::sequence) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (error != std::errc() || end != key.data() + key.size()) return nullptr;
    return number < node.items.size() ? &node.items[number] : nullptr;
  }
  return node.find(key);
}

KeyPath without_last(const KeyPath& path) { return {path.begin(), path.end() - 1}; }

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
      a.entries.size() != b.entries.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (a.entries[i].key.text != b.entries[i].key.text ||
        !same(a.entries[i].value, b.entries[i].value)) {
      return false;
    }
  }
  return true;
}

/// Whether two documents say the same but for what stands at a path: there, one may have what the
/// other has not.
bool same_but_at(const Node& a, const Node& b, const KeyPath& path, std::size_t depth) {
  if (depth == path.size()) return true;
  const std::string& key = path[depth];
  if (a.kind == Node::Kind::sequence && b.kind == Node::Kind::sequence) {
    std::size_t number = 0;
    std::from_chars(key.data(), key.data() + key.size(), number);
    const std::size_t least = std::min(a.items.size(), b.items.size());
    if (std::max(a.items.size(), b.items.size()) - least > 1) return false;
    const bool one_less = a.items.size() != b.items.size();
    for (std::size_t i = 0; i < least; ++i) {
      const std::size_t skip = one_less && i >= number ? 1 : 0;
      const Node& left = a.items[a.items.size() > least ? i + skip : i];
      const Node& right = b.items[b.items.size() > least ? i + skip : i];
      if (!one_less && i == number) {
        if (!same_but_at(left, right, path, depth + 1)) return false;
      } else if (!same(left, right)) {
        return false;
      }
    }
    return true;
  }
  const auto is_map = [](const Node& node) {
    return node.kind == Node::Kind::map || node.kind == Node::Kind::null;
  };
  if (!is_map(a) || !is_map(b)) return same(a, b);
  const auto all_but = [&](const Node& of, const Node& in) {
    return std::all_of(of.entries.begin(), of.entries.end(), [&](const MapEntry& entry) {
      if (entry.key.text == key) return true;
      const Node* other = in.find(entry.key.text);
      return other != nullptr && same(entry.value, *other);
    });
  };
  if (!all_but(a, b) || !all_but(b, a)) return false;
  const Node* left = a.find(key);
  const Node* right = b.find(key);
  return left == nullptr || right == nullptr || same_but_at(*left, *right, path, depth + 1);
}

bool is_empty(const Node& node) {
  return node.kind == Node::Kind::null || (node.kind == Node::Kind::map && node.entries.empty()) ||
         (node.kind == Node::Kind::sequence && node.items.empty());
}

}  // namespace

DocumentEdit::DocumentEdit(std::string text) : source_("", std::move(text)) {
  Diagnostics diagnostics;
  root_ = read_document(source_, diagnostics);
  // What is no YAML leaves nothing; other findings (a duplicate key) leave the rest.
  readable_ =
      root_.kind == Node::Kind::map || (root_.kind == Node::Kind::null && diagnostics.empty());
}

const Node* find_node(const Node& root, const KeyPath& path) {
  const Node* node = &root;
  for (const std::string& key : path) {
    node = step(*node, key);
    if (node == nullptr) return nullptr;
  }
  return node;
}

const Node* DocumentEdit::find(const KeyPath& path) const { return find_node(root_, path); }

/// Whether a value stands where its keys say, and not in an anchor that aliases repeat.
bool DocumentEdit::stands_here(const KeyPath& path) const {
  const Node* node = &root_;
  for (const std::string& key : path) {
    if (node->kind == Node::Kind::map) {
      const MapEntry* entry = entry_of(*node, key);
      if (entry == nullptr) return true;
      if (entry->value.kind != Node::Kind::null &&
          entry->value.place.begin < entry->key.place.end) {
        return false;
      }
    }
    node = step(*node, key);
    if (node == nullptr) return true;
  }
  return true;
}

bool DocumentEdit::replace(std::size_t begin, std::size_t end, const std::string& by) {
  if (begin > end || end > text().size()) return false;
  std::string changed = text();
  changed.replace(begin, end - begin, by);
  DocumentEdit next(std::move(changed));
  if (!next.readable_) return false;
  *this = std::move(next);
  return true;
}

/// Does an edit, and takes it back if it fails on the way or touches what stands elsewhere: in an
/// anchor that is repeated, in a style that is not understood.
bool DocumentEdit::only_at(const KeyPath& path, const std::function<bool()>& edit) {
  if (!readable_) return false;
  const DocumentEdit before = *this;
  if (edit() && same_but_at(before.root_, root_, path, 0)) return true;
  *this = before;
  return false;
}

std::size_t DocumentEdit::colon_after(const MapEntry& entry) const {
  std::size_t i = entry.key.place.end;
  while (i < text().size() &&
         std::string_view(" \t\r\n").find(text()[i]) != std::string_view::npos) {
    ++i;
  }
  return i < text().size() && text()[i] == ':' ? i : std::string::npos;
}

std::size_t DocumentEdit::line_end(std::size_t offset) const {
  return std::min(text().find('\n', offset), text().size());
}

std::size_t DocumentEdit::line_begin(std::size_t offset) const {
  if (offset == 0) return 0;
  const std::size_t before = text().rfind('\n', offset - 1);
  return before == std::string::npos ? 0 : before + 1;
}

bool DocumentEdit::is_flow(const Node& node) const {
  const char first = node.place.begin < text().size() ? text()[node.place.begin] : '\0';
  return first == '{' || first == '[';
}

bool DocumentEdit::set(const KeyPath& path, const std::string& value) {
  return set_all(without_last(path), {{path.back(), value}});
}

bool DocumentEdit::set_all(const KeyPath& map,
                           const std::vector<std::pair<std::string, std::string>>& values) {
  KeyPath at = map;
  if (values.size() == 1) at.push_back(values.front().first);
  const bool nothing = text().find_first_not_of(" \r\n") == std::string::npos;
  return nothing ? put(map, values) : only_at(at, [&] { return put(map, values); });
}

bool DocumentEdit::put(const KeyPath& map,
                       const std::vector<std::pair<std::string, std::string>>& values) {
  if (!readable_ || !stands_here(map)) return false;
  // Values that are there already, from the last to the first, so that places stay right.
  const Node* node = find(map);
  std::vector<std::pair<std::string, std::string>> fresh;
  if (node != nullptr && !is_empty(*node)) {
    if (node->kind != Node::Kind::map) return false;
    struct Change {
      std::size_t begin, end;
      std::string by;
    };
    std::vector<Change> changes;
    for (const auto& [key, value] : values) {
      const MapEntry* entry = entry_of(*node, key);
      if (entry == nullptr) {
        fresh.emplace_back(key, value);
        continue;
      }
      // In an alias: what is written there is somebody else's.
      if (entry->value.place.begin < entry->key.place.end) return false;
      const bool nothing = entry->value.place.begin == entry->value.place.end;
      const std::size_t begin = entry->value.place.begin;
      const std::size_t colon = colon_after(*entry);
      if (colon == std::string::npos) {
        changes.push_back({entry->key.place.end, entry->key.place.end, ": " + value});
      } else if (nothing) {
        changes.push_back({colon + 1, colon + 1, " " + value});
      } else if (!is_flow(entry->value) && (entry->value.kind == Node::Kind::map ||
                                            entry->value.kind == Node::Kind::sequence)) {
        changes.push_back({colon + 1, entry->value.place.end, " " + value});
      } else {
        changes.push_back({begin, entry->value.place.end, value});
      }
    }
    std::sort(changes.begin(), changes.end(),
              [](const Change& a, const Change& b) { return a.begin > b.begin; });
    if (!changes.empty()) {
      std::string changed = text();
      for (const Change& c : changes) changed.replace(c.begin, c.end - c.begin, c.by);
      *this = DocumentEdit(std::move(changed));
      if (!readable_) return false;
      node = find(map);
    }
  } else {
    fresh = values;
  }
  if (fresh.empty()) return true;

  if (node != nullptr && node->kind == Node::Kind::map && !node->entries.empty()) {
    const MapEntry& last = node->entries.back();
    if (last.value.place.begin < last.key.place.end && last.value.kind != Node::Kind::null) {
      return false;
    }
    std::size_t end = std::max(last.key.place.end, last.value.place.end);
    if (last.value.kind == Node::Kind::null && last.value.place.end <= last.key.place.end) {
      const std::size_t colon = colon_after(last);
      if (colon != std::string::npos) end = colon + 1;
    }
    std::string added;
    if (is_flow(*node)) {
      for (const auto& [key, value] : fresh) {
        added += ", " + yaml_text(key, true) + ": " + value;
      }
      return replace(end, end, added);
    }
    const std::string indent(source_.position(node->entries.front().key.place.begin).column - 1,
                             ' ');
    std::size_t at = line_end(end);
    if (map.empty()) {
      // A section of its own: after a blank line, but before the positions, which come last.
      for (const auto& [key, value] : fresh) {
        added += (added.empty() ? "" : "\n") + yaml_text(key, false) + ":" +
                 (value.starts_with('\n') ? value : " " + value) + "\n";
      }
      if (const MapEntry* layout = entry_of(*node, "layout")) {
        std::size_t before = line_begin(layout->key.place.begin);
        // Comments above it belong to it.
        while (before > 0 && text()[line_begin(before - 1)] == '#') before = line_begin(before - 1);
        return replace(before, before, added + "\n");
      }
      return replace(at, std::min(at + 1, text().size()), "\n\n" + added);
    }
    for (const auto& [key, value] : fresh) {
      added += "\n" + indent + yaml_text(key, false) + ": " + value;
    }
    return replace(at, at, added);
  }

  // There is no such map, or nothing in it.
  std::string inside;
  if (map.empty()) {
    for (const auto& [key, value] : fresh) {
      inside +=
          yaml_text(key, false) + ":" + (value.starts_with('\n') ? value : " " + value) + "\n";
    }
    const bool written = root_.place.end > root_.place.begin;  // as {} or ~
    if (written) return replace(root_.place.begin, root_.place.end, inside);
    std::string before = text();
    if (!before.empty() && before.back() != '\n') before += '\n';
    return replace(0, text().size(), before + inside);
  }
  const Node* parent = find(without_last(map));
  const MapEntry* own = parent == nullptr || parent->kind != Node::Kind::map
                            ? nullptr
                            : entry_of(*parent, map.back());
  if (parent != nullptr && parent->kind == Node::Kind::sequence) return false;
  if (own != nullptr && own->value.kind != Node::Kind::null && !is_empty(own->value)) return false;
  const bool top = map.size() == 1 && !is_flow(root_);
  const bool written_out = own != nullptr && own->value.place.begin >= own->key.place.end &&
                           own->value.place.end > own->value.place.begin;
  if (top) {
    for (const auto& [key, value] : fresh) {
      inside += "\n" + std::string(kIndent, ' ') + yaml_text(key, false) + ": " + value;
    }
    if (own == nullptr) return put({}, {{map.back(), inside}});
    const std::size_t colon = colon_after(*own);
    if (colon == std::string::npos) return false;
    if (written_out) return replace(colon + 1, own->value.place.end, inside);
    const std::size_t at = line_end(colon);
    return replace(at, at, inside);
  }
  for (const auto& [key, value] : fresh) {
    inside += (inside.empty() ? "" : ", ") + yaml_text(key, true) + ": " + value;
  }
  return put(without_last(map), {{map.back(), "{" + inside + "}"}});
}

bool DocumentEdit::erase(const KeyPath& path) {
  // What is empty then goes, too.
  KeyPath at = path;
  while (at.size() > 1) {
    const Node* above = find(without_last(at));
    if (above == nullptr || above->entries.size() + above->items.size() > 1) break;
    at.pop_back();
  }
  return only_at(at, [&] { return take_out(path); });
}

bool DocumentEdit::take_out(const KeyPath& path) {
  if (!readable_ || path.empty() || !stands_here(path)) return false;
  const KeyPath above = without_last(path);
  const Node* parent = find(above);
  if (parent == nullptr) return false;
  if (parent->kind == Node::Kind::sequence) {
    const Node* item = step(*parent, path.back());
    if (item == nullptr) return false;
    if (parent->items.size() == 1) return take_out(above);
    const auto number = static_cast<std::size_t>(item - parent->items.data());
    if (is_flow(*parent)) {
      return number == 0 ? replace(item->place.begin, parent->items[1].place.begin, "")
                         : replace(parent->items[number - 1].place.end, item->place.end, "");
    }
    const std::size_t begin = line_begin(item->place.begin);
    return replace(begin, std::min(line_end(item->place.end) + 1, text().size()), "");
  }
  if (parent->kind != Node::Kind::map) return false;
  const MapEntry* entry = entry_of(*parent, path.back());
  if (entry == nullptr) return false;
  const auto number = static_cast<std::size_t>(entry - parent->entries.data());
  const bool alone = parent->entries.size() == 1;
  if (alone && (path.size() == 2 || path.size() >= 4)) return take_out(above);
  const std::size_t end = std::max(entry->key.place.end, entry->value.place.end);
  if (is_flow(*parent)) {
    if (alone) return replace(parent->place.begin, parent->place.end, "{}");
    if (number == 0) return replace(entry->key.place.begin, parent->entries[1].key.place.begin, "");
    const MapEntry& before = parent->entries[number - 1];
    return replace(std::max(before.key.place.end, before.value.place.end), end, "");
  }
  if (alone && !path.empty() && path.size() > 1) {
    // The map stays, empty: a component with nothing said about it.
    const Node* around = find(without_last(above));
    const MapEntry* own = around == nullptr ? nullptr : entry_of(*around, above.back());
    if (own == nullptr) return false;
    const std::size_t colon = colon_after(*own);
    return colon != std::string::npos && replace(colon + 1, end, " {}");
  }
  const std::size_t begin = line_begin(entry->key.place.begin);
  const std::string_view before =
      std::string_view(text()).substr(begin, entry->key.place.begin - begin);
  if (before.find_first_not_of(' ') != std::string_view::npos) {
    // The first key of an item of a list stands behind its dash.
    return replace(entry->key.place.begin, parent->entries[1].key.place.begin, "");
  }
  std::size_t after = std::min(line_end(end) + 1, text().size());
  if (path.size() == 1) {
    // A section: one of the blank lines around it goes, too.
    if (begin >= 2 && text()[begin - 2] == '\n' && after >= text().size()) {
      return replace(begin - 1, after, "");
    }
    if (begin >= 2 && text()[begin - 2] == '\n' && after < text().size() && text()[after] == '\n') {
      ++after;
    }
  }
  return replace(begin, after, "");
}

bool DocumentEdit::rename(const KeyPath& path, const std::string& key) {
  const Node* parent = find(without_last(path));
  if (!readable_ || parent == nullptr || parent->kind != Node::Kind::map) return false;
  const MapEntry* entry = entry_of(*parent, path.back());
  if (entry == nullptr || !stands_here(path) || find(path) == nullptr) return false;
  if (entry_of(*parent, key) != nullptr) return false;
  const Node value = entry->value;
  const DocumentEdit before = *this;
  KeyPath to = path;
  to.back() = key;
  if (replace(entry->key.place.begin, entry->key.place.end, yaml_text(key, is_flow(*parent)))) {
    const Node* now = find(to);
    if (now != nullptr && same(*now, value)) return true;
  }
  *this = before;
  return false;
}

bool DocumentEdit::append(const KeyPath& path, const std::string& value) {
  return only_at(path, [&] { return add_item(path, value); });
}

bool DocumentEdit::add_item(const KeyPath& path, const std::string& value) {
  const Node* node = find(path);
  if (!readable_ || !stands_here(path)) return false;
  if (node == nullptr || is_empty(*node)) return set(path, "[" + value + "]");
  if (node->kind == Node::Kind::scalar) {
    const std::string own = text().substr(node->place.begin, node->place.end - node->place.begin);
    const std::string first = node->quoted ? own : yaml_text(node->text, true);
    return replace(node->place.begin, node->place.end, "[" + first + ", " + value + "]");
  }
  if (node->kind == Node::Kind::map) return false;
  const Node& last = node->items.back();
  if (is_flow(*node)) return replace(last.place.end, last.place.end, ", " + value);
  const std::size_t at = line_end(last.place.end);
  const std::size_t begin = line_begin(last.place.begin);
  const std::string dash = text().substr(begin, last.place.begin - begin);
  return replace(at, at, "\n" + dash + value);
}

bool DocumentEdit::remove_items(const KeyPath& path, const std::string& word) {
  const Node* node = find(path);
  if (!readable_ || node == nullptr) return false;
  if (node->kind == Node::Kind::scalar) return node->text == word && erase(path);
  if (node->kind != Node::Kind::sequence) return false;
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    if (node->items[i].kind != Node::Kind::scalar || node->items[i].text != word) continue;
    KeyPath item = path;
    item.push_back(std::to_string(i));
    return erase(item);
  }
  return false;
}

bool DocumentEdit::replace_items(const KeyPath& path, const std::string& word,
                                 const std::string& by) {
  const Node* node = find(path);
  if (!readable_ || node == nullptr || !stands_here(path)) return false;
  const auto write = [&](Place place) {
    return only_at(path, [&] { return replace(place.begin, place.end, yaml_text(by, true)); });
  };
  if (node->kind == Node::Kind::scalar) return node->text == word && write(node->place);
  for (const Node& item : node->items) {
    if (item.kind == Node::Kind::scalar && item.text == word) return write(item.place);
  }
  return false;
}

std::string yaml_text(std::string_view text, bool in_flow) {
  const auto plain = [&] {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') {
      return false;
    }
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      if (text == word) return false;
    }
    if (std::string_view("-?:,[]{}#&*!|>'\"%@`").find(text.front()) != std::string_view::npos) {
      const bool number = text.front() == '-' && text.size() > 1 && text[1] != ' ';
      if (!number) return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
      if (c == ':' && (i + 1 == text.size() || text[i + 1] == ' ')) return false;
      if (c == '#' && i > 0 && text[i - 1] == ' ') return false;
      if (in_flow && std::string_view(",[]{}").find(c) != std::string_view::npos) return false;
    }
    return true;
  };
  if (plain()) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
  return out + "\"";
}

std::string yaml_list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) {
    out += (out.size() == 1 ? "" : ", ") + yaml_text(item, true);
  }
  return out + "]";
}

}  // namespace nines
