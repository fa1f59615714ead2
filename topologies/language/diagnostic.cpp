#include "topologies/language/diagnostic.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace nines {
namespace {

constexpr std::size_t kMostShown = 100;  // diagnostics
constexpr std::size_t kWidest = 160;     // bytes of a line that is shown

/// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitution});
    }
  }
  return row.back();
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

void Diagnostics::add(Place place, std::string message, std::string hint) {
  list_.push_back({place, std::move(message), std::move(hint)});
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> list = list_;
  std::stable_sort(list.begin(), list.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.place.begin, a.place.end) < std::pair(b.place.begin, b.place.end);
  });
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.place.begin == b.place.begin && a.message == b.message;
  };
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
  return list;
}

std::string render(const Diagnostic& diagnostic, const Source& source) {
  const Source::Position at = source.position(diagnostic.place.begin);
  std::string out =
      fmt::format("{}:{}:{}: error: {}\n", source.path(), at.line, at.column, diagnostic.message);
  const std::string_view line = source.line(at.line);
  const bool readable = std::none_of(line.begin(), line.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t';
  });
  if (!line.empty() && line.size() <= kWidest && readable) {
    // White space is kept as it is, so that the caret stands under its character.
    std::string under;
    std::size_t column = 1;
    for (const char c : line) {
      if (column == at.column) break;
      if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
      under += c == '\t' ? '\t' : ' ';
      ++column;
    }
    const std::string_view marked = source.at(diagnostic.place);
    const std::size_t wide = characters(marked.substr(0, marked.find('\n')));
    under += '^';
    if (wide > 1) under.append(wide - 1, '~');
    out += fmt::format("{}\n{}\n", line, under);
  }
  if (!diagnostic.hint.empty()) out += fmt::format("hint: {}\n", diagnostic.hint);
  return out;
}

std::string render(const std::vector<Diagnostic>& diagnostics, const Source& source) {
  std::string out;
  for (std::size_t i = 0; i < std::min(diagnostics.size(), kMostShown); ++i) {
    out += render(diagnostics[i], source);
  }
  if (diagnostics.size() > kMostShown) {
    out += fmt::format("… and {} more\n", diagnostics.size() - kMostShown);
  }
  if (diagnostics.size() > 1) out += fmt::format("{} errors\n", diagnostics.size());
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& names) {
  std::string best;
  if (word.size() < 3 || word.size() > 100) return best;
  std::size_t least = std::min<std::size_t>(3, word.size() / 3) + 1;
  for (const std::string& name : names) {
    const std::size_t d = distance(word, name);
    if (d < least) {
      least = d;
      best = name;
    }
  }
  return best;
}

std::string suggest(std::string_view word, const std::vector<std::string>& names) {
  if (const std::string near = nearest(word, names); !near.empty()) {
    return fmt::format("did you mean '{}'?", near);
  }
  constexpr std::size_t kMost = 20;
  if (names.empty()) return {};
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
    list += (i == 0 ? "" : ", ") + names[i];
  }
  return fmt::format("one of: {}{}", list, names.size() > kMost ? ", …" : "");
}

}  // namespace nines
