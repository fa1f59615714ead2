#include "topologies/drawing/changes.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "topologies/document.hpp"
#include "topologies/names.hpp"

namespace nines {
namespace {

constexpr std::array<const char*, 7> kSections{"components", "domains",  "links", "streams",
                                               "groups",     "services", "crews"};
constexpr double kAside = 40.0;

std::string without_prefix(const std::string& name) {
  return name.starts_with("domain:") ? name.substr(7) : name;
}

/// What the text of an entry's value is.
std::string text_of(const DocumentEdit& edit, const Node& node) {
  return edit.text().substr(node.place.begin, node.place.end - node.place.begin);
}

/// Runs of neighbours of one range as keys again: web-[1..4] without the second is web-1 and
/// web-[3..4].
std::vector<std::string> keys_for(const std::string& key, const std::vector<std::string>& all,
                                  const std::vector<bool>& kept) {
  const std::size_t open = key.find('[');
  const std::size_t close = key.find(']');
  const std::size_t dots = key.find("..");
  const bool simple = open != std::string::npos && key.find('[', open + 1) == std::string::npos;
  std::vector<std::string> keys;
  const long first = simple ? std::stol(key.substr(open + 1, dots - open - 1)) : 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!kept[i]) continue;
    std::size_t end = i + 1;
    while (simple && end < all.size() && kept[end]) ++end;
    if (end == i + 1) {
      keys.push_back(all[i]);
    } else {
      const std::string low = all[i].substr(open, all[i].size() - open - (key.size() - close - 1));
      keys.push_back(fmt::format("{}[{}..{}]{}", key.substr(0, open), low,
                                 first + static_cast<long>(end) - 1, key.substr(close + 1)));
    }
    i = end - 1;
  }
  return keys;
}

/// Writes an entry anew under other keys, its value as it stands; under none it goes.
bool rekey(DocumentEdit& edit, const std::string& section, const std::string& key,
           const std::vector<std::string>& keys) {
  if (keys.empty()) return edit.erase({section, key});
  const Node* map = edit.find({section});
  if (map == nullptr) return false;
  const auto at = std::find_if(map->entries.begin(), map->entries.end(),
                               [&](const MapEntry& e) { return e.key.text == key; });
  if (at == map->entries.end()) return false;
  const bool flow = edit.text()[map->place.begin] == '{';
  const std::size_t begin = at->key.place.begin;
  const std::size_t end = std::max(at->key.place.end, at->value.place.end);
  const std::string rest = edit.text().substr(at->key.place.end, end - at->key.place.end);
  const std::string indent(edit.source().position(static_cast<std::uint32_t>(begin)).column - 1,
                           ' ');
  std::string by;
  for (const std::string& k : keys) {
    by += (by.empty() ? "" : flow ? ", " : "\n" + indent) + yaml_text(k, flow) + rest;
  }
  return edit.replace(begin, end, by);
}

/// Keys whose values are names of the user's: `members`, `between`, `domain`, from the
/// declarations.
struct ReferenceKeys {
  std::set<std::string> of_domains;  ///< and of nothing else
  std::set<std::string> others;
};

void gather(const Record& record, std::set<const Record*>& seen, ReferenceKeys& keys) {
  for (const Parameter& p : record.parameters) {
    if ((p.type == Type::names || p.type == Type::bundles) && p.refers_to != "type") {
      auto& into = p.refers_to == "domain" ? keys.of_domains : keys.others;
      into.insert(p.key);
      into.insert(p.words.begin(), p.words.end());
    }
    if (p.record && seen.insert(p.record.get()).second) gather(*p.record, seen, keys);
  }
}

ReferenceKeys reference_keys() {
  ReferenceKeys keys;
  std::set<const Record*> seen;
  gather(document_record(), seen, keys);
  for (const Kind& kind : all_kinds()) gather(kind.record, seen, keys);
  for (const Policy& policy : all_policies()) gather(policy.record, seen, keys);
  for (const std::string& key : keys.others) keys.of_domains.erase(key);
  return keys;
}

/// All keys and list items that may mention a name: paths to scalars or lists.
void mentions(const Node& node, const std::set<std::string>& keys, KeyPath& path,
              std::vector<KeyPath>& out) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    path.push_back(std::to_string(i));
    mentions(node.items[i], keys, path, out);
    path.pop_back();
  }
  for (const auto& [key, value] : node.entries) {
    path.push_back(key.text);
    const bool leaf = value.kind == Node::Kind::scalar || value.kind == Node::Kind::sequence;
    if (leaf && keys.count(key.text) != 0) out.push_back(path);
    mentions(value, keys, path, out);
    path.pop_back();
  }
}

/// Of a domain that shares its name with something else only what cannot mean that; and the other
/// way round.
std::set<std::string> keys_for(const Node& root, bool domain, const std::string& plain) {
  const ReferenceKeys keys = reference_keys();
  const std::optional<WrittenAt> other = written_at(root, plain);
  const Node* domains = root.find("domains");
  const bool shared = (other && other->section != "domains") && domains != nullptr &&
                      domains->find(plain) != nullptr;
  std::set<std::string> out = domain || !shared ? keys.of_domains : std::set<std::string>();
  if (!domain || !shared) out.insert(keys.others.begin(), keys.others.end());
  return out;
}

std::vector<KeyPath> mentions_in(const DocumentEdit& edit, const std::set<std::string>& keys) {
  std::vector<KeyPath> out;
  KeyPath path;
  mentions(edit.root(), keys, path, out);
  return out;
}

bool mentions_word(const Node& node, const std::string& word) {
  if (node.kind == Node::Kind::scalar) return node.text == word;
  return std::any_of(node.items.begin(), node.items.end(), [&](const Node& item) {
    return item.kind == Node::Kind::scalar && item.text == word;
  });
}

/// Takes a name out of lists; links and streams that end there go whole.
void remove_mentions(DocumentEdit& edit, const std::string& word,
                     const std::set<std::string>& keys) {
  for (bool again = true; again;) {
    again = false;
    for (const KeyPath& path : mentions_in(edit, keys)) {
      const Node* node = edit.find(path);
      if (node == nullptr || !mentions_word(*node, word)) continue;
      const bool whole = (path.front() == "links" || path.front() == "streams") &&
                         path.size() == 3 &&
                         (path.back() == "between" || path.back() == "to" || path.back() == "from");
      const bool fault = path.front() == "faults" && path.size() == 3;
      again = whole || fault ? edit.erase({path[0], path[1]}) : edit.remove_items(path, word);
      if (again) break;
    }
  }
}

}  // namespace

std::optional<WrittenAt> written_at(const Node& root, const std::string& name) {
  const bool domain = name.starts_with("domain:");
  const std::string plain = without_prefix(name);
  for (const char* section : kSections) {
    if (domain && std::string_view(section) != "domains") continue;
    const Node* map = root.find(section);
    if (map == nullptr) continue;
    for (const auto& [key, value] : map->entries) {
      if (key.text == plain) return WrittenAt{section, key.text, 0, 1};
      if (key.text.find('[') == std::string::npos) {
        // A link to a set is one link to each: "uplink.web-1".
        const bool of_set = std::string_view(section) == "links" &&
                            plain.starts_with(key.text + ".") && value.find("between") != nullptr;
        if (of_set) return WrittenAt{section, key.text, 0, 2};
        continue;
      }
      std::string problem;
      const std::vector<std::string> names = expanded(key.text, problem);
      const auto at = std::find(names.begin(), names.end(), plain);
      if (at == names.end()) continue;
      return WrittenAt{section, key.text, static_cast<std::size_t>(at - names.begin()),
                       names.size()};
    }
  }
  return std::nullopt;
}

std::string free_name(const Node& root, const std::string& stem) {
  for (std::size_t i = 1;; ++i) {
    std::string name = fmt::format("{}-{}", stem, i);
    if (!written_at(root, name)) return name;
  }
}

std::string why_no_name(const Node& root, const std::string& name) {
  if (name.empty()) return "a name has at least one character";
  if (name.find_first_of(" \t\n/:*?[]{},#'\"") != std::string::npos) {
    return "a name has no blanks and none of / : * ? [ ] { } , # and quotes";
  }
  if (written_at(root, name)) return fmt::format("something is called '{}' already", name);
  return {};
}

bool add_component(DocumentEdit& edit, const std::string& name, const std::string& value,
                   const Position& at) {
  if (edit.text().find_first_not_of(" \n") == std::string::npos && !edit.set({"nines"}, "1")) {
    return false;
  }
  return edit.set({"components", name}, value) && place(edit, {{name, at}});
}

bool place(DocumentEdit& edit, const std::map<std::string, Position>& at) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& [name, position] : at) values.emplace_back(name, written(position));
  return values.empty() || edit.set_all({"layout"}, values);
}

bool add_link(DocumentEdit& edit, const std::string& a, const std::string& b) {
  std::string name = a + "--" + b;
  if (written_at(edit.root(), name)) name = free_name(edit.root(), name);
  return edit.set({"links", name}, "{between: " + yaml_list({a, b}) + "}");
}

bool add_group(DocumentEdit& edit, const std::string& name, const std::string& policy,
               const std::vector<std::string>& members) {
  return edit.set({"groups", name},
                  "{policy: " + policy + ", members: " + yaml_list(members) + "}");
}

bool add_domain(DocumentEdit& edit, const std::string& name,
                const std::vector<std::string>& members) {
  if (!written_at(edit.root(), "domain:" + name) && !edit.set({"domains", name}, "{}"))
    return false;
  for (const std::string& member : members) {
    if (!set_apart(edit, member)) return false;
    const std::optional<WrittenAt> at = written_at(edit.root(), member);
    if (!at) return false;
    const Node* known = edit.find({at->section, at->key, "domain"});
    if (known != nullptr && mentions_word(*known, name)) continue;
    if (!edit.append({at->section, at->key, "domain"}, yaml_text(name, true))) return false;
    const Node* in = edit.find({at->section, at->key, "domain"});
    // One domain stands by itself, without brackets.
    if (in != nullptr && in->items.size() == 1 &&
        !edit.set({at->section, at->key, "domain"}, yaml_text(name, true))) {
      return false;
    }
  }
  return true;
}

bool add_service(DocumentEdit& edit, const std::string& name, const std::string& from,
                 const std::vector<std::string>& through) {
  return edit.set({"services", name},
                  "{from: " + yaml_text(from, true) + ", through: " + yaml_list(through) + "}");
}

bool add_stream(DocumentEdit& edit, const std::string& from, const std::string& to) {
  const std::string name = free_name(edit.root(), "stream-" + to);
  return edit.set({"streams", name},
                  fmt::format("{{from: {}, to: {}}}", yaml_text(from, true), yaml_text(to, true)));
}

bool set_apart(DocumentEdit& edit, const std::string& name) {
  const std::optional<WrittenAt> at = written_at(edit.root(), name);
  if (!at) return false;
  if (at->of == 1) return true;
  std::string problem;
  const std::vector<std::string> all = expanded(at->key, problem);
  if (all.size() != at->of) return false;  // of a link to a set
  std::vector<bool> before(all.size(), false);
  std::vector<bool> after(all.size(), false);
  for (std::size_t i = 0; i < all.size(); ++i) {
    before[i] = i < at->number;
    after[i] = i > at->number;
  }
  std::vector<std::string> keys = keys_for(at->key, all, before);
  keys.push_back(all[at->number]);
  for (std::string& key : keys_for(at->key, all, after)) keys.push_back(std::move(key));
  return rekey(edit, at->section, at->key, keys);
}

bool remove(DocumentEdit& edit, const std::vector<std::string>& names) {
  if (!edit.readable()) return false;
  bool any = false;
  for (const std::string& name : names) {
    const std::optional<WrittenAt> at = written_at(edit.root(), name);
    if (!at) continue;
    const std::set<std::string> keys =
        keys_for(edit.root(), at->section == "domains", without_prefix(name));
    std::string problem;
    const std::vector<std::string> all = expanded(at->key, problem);
    bool gone = false;
    if (at->of == 1 || all.size() != at->of) {
      gone = edit.erase({at->section, at->key});
    } else {
      std::vector<bool> kept(all.size(), true);
      kept[at->number] = false;
      gone = rekey(edit, at->section, at->key, keys_for(at->key, all, kept));
    }
    if (!gone) continue;
    any = true;
    const std::string plain = without_prefix(name);
    remove_mentions(edit, plain, keys);
    if (at->section == "domains") {
      remove_mentions(edit, "domain:" + plain, reference_keys().others);
    } else if (edit.find({"layout", plain}) != nullptr) {
      edit.erase({"layout", plain});
    }
  }
  return any;
}

bool rename_thing(DocumentEdit& edit, const std::string& name, const std::string& by) {
  const std::string plain = without_prefix(name);
  if (plain == by) return true;
  if (!why_no_name(edit.root(), by).empty() || !set_apart(edit, name)) return false;
  const std::optional<WrittenAt> at = written_at(edit.root(), name);
  if (!at) return false;
  const std::set<std::string> keys = keys_for(edit.root(), at->section == "domains", plain);
  if (!edit.rename({at->section, at->key}, by)) return false;
  std::set<std::string> all = keys;
  all.merge(reference_keys().others);
  for (bool again = true; again;) {
    again = false;
    for (const KeyPath& path : mentions_in(edit, all)) {
      const Node* node = edit.find(path);
      if (node == nullptr) continue;
      if (keys.count(path.back()) != 0 && mentions_word(*node, plain)) {
        again = edit.replace_items(path, plain, by);
      } else if (at->section == "domains" && mentions_word(*node, "domain:" + plain)) {
        again = edit.replace_items(path, "domain:" + plain, "domain:" + by);
      }
      if (again) break;
    }
  }
  if (at->section == "domains") return true;
  if (edit.find({"layout", plain}) != nullptr) edit.rename({"layout", plain}, by);
  // A pattern that meant it does so no longer: the new name stands beside it.
  for (const KeyPath& path : mentions_in(edit, keys)) {
    const Node* node = edit.find(path);
    const auto meant = [&](const Node& item) {
      return item.kind == Node::Kind::scalar && item.text.find('*') != std::string::npos &&
             matches(item.text, plain) && !matches(item.text, by);
    };
    const bool lost = node != nullptr &&
                      (meant(*node) || std::any_of(node->items.begin(), node->items.end(), meant));
    if (lost && path.back() == "members") edit.append(path, yaml_text(by, true));
  }
  return true;
}

std::string copied(const DocumentEdit& edit, const std::vector<std::string>& names,
                   const std::map<std::string, Position>& at) {
  std::string components;
  std::string layout;
  for (const std::string& name : names) {
    const std::optional<WrittenAt> from = written_at(edit.root(), name);
    if (!from || from->section != "components") continue;
    const Node* value = edit.find({"components", from->key});
    if (value == nullptr || value->kind != Node::Kind::map) continue;
    std::string text = " " + text_of(edit, *value);
    if (!text.starts_with(" {")) {
      // A block goes below its key as it stands, with its own indentation.
      const std::size_t column = edit.source().position(value->place.begin).column - 1;
      text = "\n" + std::string(column, ' ') + text.substr(1);
    }
    components += "  " + yaml_text(name, false) + ":" + text + "\n";
    const auto where = at.find(name);
    if (where != at.end())
      layout += "  " + yaml_text(name, false) + ": " + written(where->second) + "\n";
  }
  if (components.empty()) return {};
  std::string links;
  if (const Node* all = edit.find({"links"})) {
    for (const auto& [key, value] : all->entries) {
      const Node* between = value.find("between");
      if (between == nullptr || between->items.size() != 2 ||
          !text_of(edit, value).starts_with("{")) {
        continue;
      }
      const bool inside =
          std::all_of(between->items.begin(), between->items.end(), [&](const Node& end) {
            return std::find(names.begin(), names.end(), end.text) != names.end();
          });
      if (inside) links += "  " + yaml_text(key.text, false) + ": " + text_of(edit, value) + "\n";
    }
  }
  return "components:\n" + components + (links.empty() ? "" : "links:\n" + links) +
         (layout.empty() ? "" : "layout:\n" + layout);
}

namespace {

/// A block below a key, with its first line break: moved so that it stands `column` blanks in.
std::string moved_to(const std::string& block, std::size_t from, std::size_t column) {
  std::string out;
  for (std::size_t at = 0; at < block.size();) {
    const std::size_t end = std::min(block.find('\n', at), block.size());
    std::string line = block.substr(at, end - at);
    const std::size_t blanks = std::min(line.find_first_not_of(' '), from);
    if (at > 0 && !line.empty())
      line = std::string(column, ' ') + line.substr(std::min(blanks, line.size()));
    out += line + (end < block.size() ? "\n" : "");
    at = end + 1;
  }
  return out;
}

}  // namespace

std::vector<std::string> paste(DocumentEdit& edit, const std::string& what) {
  const DocumentEdit from(what);
  const Node* components = from.find({"components"});
  std::vector<std::string> names;
  if (!from.readable() || !edit.readable() || components == nullptr) return names;
  const std::map<std::string, Position> at = written_positions(from.root());
  std::map<std::string, std::string> called;
  for (const auto& [key, value] : components->entries) {
    if (value.kind != Node::Kind::map) continue;
    std::string name = key.text;
    if (written_at(edit.root(), name)) {
      const std::size_t digits = name.find_last_not_of("0123456789") + 1;
      const bool numbered = digits > 1 && digits < name.size() && name[digits - 1] == '-';
      name = free_name(edit.root(), numbered ? name.substr(0, digits - 1) : name);
    }
    std::string text = text_of(from, value);
    if (!text.starts_with('{')) {
      const std::size_t column = from.source().position(value.place.begin).column - 1;
      text = "\n" + std::string(column, ' ') + text;
      const Node* present = edit.find({"components"});
      std::size_t own = 2;
      if (present != nullptr && !present->entries.empty()) {
        own = edit.source().position(present->entries.front().key.place.begin).column - 1;
      }
      text = moved_to(text, column, own + 2);
    }
    const auto where = at.find(key.text);
    const Position position = where == at.end() ? Position{} : where->second;
    if (!add_component(edit, name, text, {position.x + kAside, position.y + kAside})) continue;
    called[key.text] = name;
    names.push_back(name);
  }
  if (const Node* links = from.find({"links"})) {
    for (const auto& [key, value] : links->entries) {
      const Node* between = value.find("between");
      std::string name = key.text;
      if (between == nullptr || between->items.size() != 2) continue;
      if (written_at(edit.root(), name)) name = free_name(edit.root(), name);
      if (!edit.set({"links", name}, text_of(from, value))) continue;
      for (std::size_t i = 0; i < 2; ++i) {
        const auto by = called.find(between->items[i].text);
        if (by == called.end()) continue;
        const Node* end = edit.find({"links", name, "between", std::to_string(i)});
        if (end != nullptr)
          edit.replace(end->place.begin, end->place.end, yaml_text(by->second, true));
      }
    }
  }
  return names;
}

KeyPath path_at(const Node& root, std::uint32_t offset) {
  KeyPath path;
  const Node* node = &root;
  for (bool deeper = true; deeper;) {
    deeper = false;
    for (std::size_t i = 0; i < node->entries.size(); ++i) {
      const MapEntry& entry = node->entries[i];
      const std::uint32_t end = std::max(entry.key.place.end, entry.value.place.end);
      if (offset < entry.key.place.begin || offset > end) continue;
      // Where one ends at which the next begins, it is the next.
      if (i + 1 < node->entries.size() && offset >= node->entries[i + 1].key.place.begin) continue;
      path.push_back(entry.key.text);
      node = &entry.value;
      deeper = true;
      break;
    }
    for (std::size_t i = 0; !deeper && i < node->items.size(); ++i) {
      const Node& item = node->items[i];
      if (offset < item.place.begin || offset > item.place.end) continue;
      path.push_back(std::to_string(i));
      node = &item;
      deeper = true;
    }
  }
  return path;
}

}  // namespace nines
