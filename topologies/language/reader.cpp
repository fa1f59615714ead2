#include "topologies/language/reader.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace nines {
namespace {

/// Thrown to stop the parser where going on makes no sense.
struct GaveUp {
  Place place;
  std::string message;
  std::string hint;
};

/// The first byte that is not UTF-8, or the size.
std::size_t first_bad_byte(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    std::size_t more = 0;
    if (lead < 0x80) {
      more = 0;
    } else if (lead >= 0xC2 && lead < 0xE0) {
      more = 1;
    } else if (lead >= 0xE0 && lead < 0xF0) {
      more = 2;
    } else if (lead >= 0xF0 && lead < 0xF5) {
      more = 3;
    } else {
      return i;
    }
    for (std::size_t k = 1; k <= more; ++k) {
      if (i + k >= text.size() || (static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) {
        return i;
      }
    }
    i += more + 1;
  }
  return text.size();
}

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    node.place = written_null(mark);
    add(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto it = anchored_.find(anchor);
    if (it == anchored_.end()) {
      throw GaveUp{from(mark), "an alias inside the value that it stands for", {}};
    }
    Node copy = it->second.node;
    count(it->second.size, mark);
    add(std::move(copy), 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = value;
    node.quoted = tag == "!";
    node.place = scalar_place(mark, value, node.quoted);
    if (tag != "?" && tag != "!" && !tag.empty()) refuse_tag(node.place);
    count(1, mark);
    add(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  Place from(const YAML::Mark& mark) const {
    const auto begin = mark.is_null() ? last_end_ : clamp(mark.pos);
    return {begin, begin};
  }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;
    Node key;
    std::size_t nodes_before = 0;
    std::map<std::string, std::uint32_t> seen;  ///< keys of a map, and where they stand
  };
  struct Anchored {
    Node node;
    std::size_t size = 0;
  };

  std::uint32_t clamp(int position) const {
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(position, 0, static_cast<std::int64_t>(source_.text().size())));
  }

  Place written_null(const YAML::Mark& mark) const {
    Place place = from(mark);
    const std::string_view rest = std::string_view(source_.text()).substr(place.begin);
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (rest.starts_with(word)) {
        place.end = place.begin + static_cast<std::uint32_t>(word.size());
        return place;
      }
    }
    // Nothing is written: point behind the key.
    return {last_end_, last_end_};
  }

  /// The library tells where a scalar begins, not where it ends: that is found in the text.
  Place scalar_place(const YAML::Mark& mark, const std::string& value, bool quoted) const {
    const std::string& text = source_.text();
    std::uint32_t begin = clamp(mark.pos);
    std::uint32_t i = begin;
    const auto size = static_cast<std::uint32_t>(text.size());
    if (i < size && (text[i] == '"' || text[i] == '\'')) {
      const char quote = text[i++];
      while (i < size) {
        if (quote == '"' && text[i] == '\\') {
          i += 2;
        } else if (text[i] == quote) {
          if (quote == '\'' && i + 1 < size && text[i + 1] == quote) {
            i += 2;
            continue;
          }
          return {begin, i + 1};
        } else {
          ++i;
        }
      }
      return {begin, size};
    }
    if (!quoted && text.compare(begin, value.size(), value) == 0) {
      return {begin, begin + static_cast<std::uint32_t>(value.size())};
    }
    // A plain scalar over several lines, or a block scalar: match word by word.
    for (const char c : value) {
      if (c == ' ' || c == '\n' || c == '\t') continue;
      while (i < size && text[i] != c) ++i;
      if (i < size) ++i;
    }
    return {begin, std::min(i, size)};
  }

  void refuse_tag(Place place) {
    diagnostics_.add(place, "a YAML tag; the language has none", "leave the '!…' out");
  }

  void count(std::size_t nodes, const YAML::Mark& mark) {
    nodes_ += nodes;
    if (nodes_ > kMostNodes) {
      throw GaveUp{from(mark), fmt::format("more than {} values, aliases expanded", kMostNodes),
                   "write ranges of components, like web-[1..1000], instead of single ones"};
    }
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    if (stack_.size() >= kDeepest) {
      throw GaveUp{from(mark), fmt::format("nested deeper than {} levels", kDeepest), {}};
    }
    Open opened;
    opened.nodes_before = nodes_;
    count(1, mark);
    opened.node.kind = kind;
    opened.node.place = from(mark);
    opened.anchor = anchor;
    if (tag != "?" && tag != "!" && !tag.empty()) refuse_tag(opened.node.place);
    stack_.push_back(std::move(opened));
  }

  void close() {
    Open closed = std::move(stack_.back());
    stack_.pop_back();
    Node& node = closed.node;
    node.place.end = std::max(node.place.begin, last_end_);
    const std::string& text = source_.text();
    const char first = node.place.begin < text.size() ? text[node.place.begin] : '\0';
    if (first == '{' || first == '[') {
      // Flow style: up to the closing bracket, past what may stand before it.
      std::uint32_t i = std::max(node.place.end, node.place.begin + 1);
      while (i < text.size() && text[i] != '}' && text[i] != ']') {
        if (text[i] == '#') {
          while (i < text.size() && text[i] != '\n') ++i;
        } else {
          ++i;
        }
      }
      node.place.end = std::min(i + 1, static_cast<std::uint32_t>(text.size()));
    }
    last_end_ = node.place.end;
    nested_size_ = nodes_ - closed.nodes_before;
    add(std::move(node), closed.anchor);
  }

  void add(Node node, YAML::anchor_t anchor) {
    if (node.kind == Node::Kind::scalar || node.kind == Node::Kind::null) {
      last_end_ = std::max(last_end_, node.place.end);
      nested_size_ = 1;
    }
    if (anchor != 0) anchored_[anchor] = {node, nested_size_};
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.kind == Node::Kind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      if (node.kind != Node::Kind::scalar) {
        diagnostics_.add(node.place, fmt::format("a key is {}; expected a name", node.described()));
      }
      parent.key = std::move(node);
      parent.has_key = true;
    } else {
      parent.has_key = false;
      insert(parent, std::move(node));
    }
  }

  void insert(Open& map, Node value) {
    Node& key = map.key;
    if (key.kind != Node::Kind::scalar) return;
    const auto [it, fresh] = map.seen.emplace(key.text, key.place.begin);
    if (!fresh) {
      diagnostics_.add(
          key.place, fmt::format("duplicate key '{}'", key.text),
          fmt::format("it stands in line {} already", source_.position(it->second).line));
      return;
    }
    map.node.entries.push_back({std::move(key), std::move(value)});
  }

  const Source& source_;
  Diagnostics& diagnostics_;
  Node root_;
  std::vector<Open> stack_;
  std::map<YAML::anchor_t, Anchored> anchored_;
  std::size_t nodes_ = 0;
  std::size_t nested_size_ = 0;
  std::uint32_t last_end_ = 0;
};

/// What the library says, in words that help.
GaveUp explained(const YAML::ParserException& error, Place place, const Source& source) {
  const std::string_view rest = std::string_view(source.text()).substr(place.begin);
  std::string_view before = std::string_view(source.text()).substr(0, place.begin);
  const bool alias = rest.starts_with('*') || before.ends_with('*') ||
                     error.msg.find("anchor") != std::string::npos;
  if (alias) {
    return {place, "a leading '*' is a YAML alias, not a pattern", "quote the pattern: \"*-a\""};
  }
  const std::string_view line = source.line(source.position(place.begin).line);
  const std::size_t indent = line.find_first_not_of(" \t");
  if (const std::size_t tab = line.substr(0, indent).find('\t'); tab != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(
        static_cast<std::size_t>(line.data() - source.text().data()) + tab);
    return {{at, at + 1}, "a tab; YAML is indented by spaces", "replace the tab by two spaces"};
  }
  if (rest.starts_with('%') || rest.starts_with('@') || rest.starts_with('`')) {
    return {place, fmt::format("'{}' cannot begin a value in YAML", rest[0]), "quote the value"};
  }
  const bool unclosed = error.msg.find("flow not found") != std::string::npos;
  if (unclosed && source.text().find("-[") != std::string::npos) {
    return {place, "not YAML: " + error.msg,
            "a '{' or '[' is not closed, or a range inside {…} is not quoted: \"web-[1..4]\""};
  }
  return {place, "not YAML: " + error.msg, unclosed ? "a '{' or '[' is not closed" : ""};
}

}  // namespace

Node read_document(const Source& source, Diagnostics& diagnostics) {
  const std::string& text = source.text();
  if (text.size() > kMostBytes) {
    diagnostics.add(
        {0, 0}, fmt::format("the file has {} bytes; at most {} are read", text.size(), kMostBytes));
    return {};
  }
  if (const std::size_t zero = text.find('\0'); zero != std::string::npos) {
    const auto at = static_cast<std::uint32_t>(zero);
    diagnostics.add({at, at}, "a zero byte: this is not a text file");
    return {};
  }
  if (const std::size_t bad = first_bad_byte(text); bad != text.size()) {
    const auto at = static_cast<std::uint32_t>(bad);
    diagnostics.add({at, at}, "a byte that is not UTF-8", "save the file in the encoding UTF-8");
    return {};
  }

  TreeBuilder builder(source, diagnostics);
  std::istringstream stream(text);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    Node root = builder.take();
    TreeBuilder second(source, diagnostics);
    if (parser.HandleNextDocument(second)) {
      diagnostics.add(second.take().place, "a second YAML document; expected one",
                      "leave out the line '---'");
    }
    return root;
  } catch (const GaveUp& gave_up) {
    diagnostics.add(gave_up.place, gave_up.message, gave_up.hint);
  } catch (const YAML::ParserException& error) {
    const GaveUp said = explained(error, builder.from(error.mark), source);
    diagnostics.add(said.place, said.message, said.hint);
  } catch (const YAML::Exception& error) {
    diagnostics.add(builder.from(error.mark), "not YAML: " + error.msg);
  }
  return {};
}

}  // namespace nines
