// Settings: what a document says about one thing, checked and typed, each value with its place.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/chance/distribution.hpp"

namespace nines {

/// A stretch of the document's text, in bytes: [begin, end).
struct Place {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A name or a pattern of names, where it stands.
struct NamedAt {
  std::string name;
  Place place;
};

/// Names under one word: `{all: [cache, db]}`, `{spread: [rack-a, rack-b]}`; a name by itself has
/// none.
struct Bundle {
  std::string word;
  std::vector<NamedAt> names;
  Place place;
};

struct Setting;
struct Entry;

/// Values by key. A key that the document leaves out has its default, or is absent.
struct Settings {
  std::map<std::string, Setting> values;
  std::vector<std::string> refused;  ///< keys that are given, but wrong: they have their message
  Place place;

  bool has(const std::string& key) const { return values.count(key) != 0; }
  bool has_refused(const std::string& key) const;
  const Setting& at(const std::string& key) const;
  // Each checks that the value has that type.
  double number(const std::string& key) const;  ///< in SI units: seconds, per second, fractions
  double number_or(const std::string& key, double otherwise) const;
  const std::vector<double>& numbers(const std::string& key) const;
  const LawPtr& law(const std::string& key) const;
  const std::string& text(const std::string& key) const;
  const std::vector<NamedAt>& names(const std::string& key) const;
  const std::vector<Bundle>& bundles(const std::string& key) const;
  bool truth(const std::string& key) const;  ///< false if absent
  const Settings& record(const std::string& key) const;
  /// The entries of a table or a list; none if it is absent.
  const std::vector<Entry>& table(const std::string& key) const;
  /// Of a choice: the word that was chosen.
  const std::string& chosen(const std::string& key) const;
};

/// Entries of a table, in the order of the document; those of a list have no names.
struct Entry {
  NamedAt name;
  Settings settings;
};

struct Setting {
  std::variant<double, bool, std::vector<double>, LawPtr, std::string, std::vector<NamedAt>,
               std::vector<Bundle>, Settings, std::vector<Entry>>
      value;
  Place place;      ///< of the value
  Place key_place;  ///< of the key
  bool is_default = false;
  std::string text;  ///< as the document, or the declaration of the default, wrote it
};

}  // namespace nines
