// Located values: what stands in a document, each value with its place in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/settings.hpp"

namespace nines {

/// The text of a document and where its lines begin.
class Source {
 public:
  Source(std::string path, std::string text);

  struct Position {
    std::size_t line = 1;    ///< from 1
    std::size_t column = 1;  ///< from 1, in characters
  };

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }
  std::string_view at(Place place) const;
  Position position(std::uint32_t offset) const;
  /// The line, counted from 1, without its end.
  std::string_view line(std::size_t number) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_begins_;
};

struct MapEntry;

/// A value of the document.
struct Node {
  enum class Kind : unsigned char { null, scalar, sequence, map };
  Kind kind = Kind::null;
  std::string text;     ///< of a scalar
  bool quoted = false;  ///< of a scalar
  Place place;
  std::vector<Node> items;        ///< of a sequence
  std::vector<MapEntry> entries;  ///< of a map

  const Node* find(std::string_view key) const;
  /// "a map", "a list", "\"text\"": for messages.
  std::string described() const;
};

struct MapEntry {
  Node key;
  Node value;
};

}  // namespace nines
