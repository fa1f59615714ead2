#include "topologies/language/located.hpp"

#include <algorithm>

namespace nines {

Source::Source(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {
  line_begins_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_begins_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

std::string_view Source::at(Place place) const {
  const std::size_t begin = std::min<std::size_t>(place.begin, text_.size());
  const std::size_t end = std::clamp<std::size_t>(place.end, begin, text_.size());
  return std::string_view(text_).substr(begin, end - begin);
}

Source::Position Source::position(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  Position position;
  position.line = static_cast<std::size_t>(after - line_begins_.begin());
  const std::size_t begin = line_begins_[position.line - 1];
  const std::size_t end = std::min<std::size_t>(offset, text_.size());
  for (std::size_t i = begin; i < end; ++i) {
    // Bytes that continue a character of UTF-8 do not count.
    if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U) ++position.column;
  }
  return position;
}

std::string_view Source::line(std::size_t number) const {
  const std::size_t begin = line_begins_[number - 1];
  std::size_t end = number < line_begins_.size() ? line_begins_[number] : text_.size();
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return std::string_view(text_).substr(begin, end - begin);
}

const Node* Node::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name.text == key) return &value;
  }
  return nullptr;
}

std::string Node::described() const {
  switch (kind) {
    case Kind::null:
      return "empty";
    case Kind::sequence:
      return "a list";
    case Kind::map:
      return "a map";
    case Kind::scalar:
      break;
  }
  constexpr std::size_t kMost = 60;
  return text.size() <= kMost ? "\"" + text + "\"" : "\"" + text.substr(0, kMost) + "…\"";
}

}  // namespace nines
