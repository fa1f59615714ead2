#include "models/settings.hpp"

#include <algorithm>

#include "engine/base/check.hpp"

namespace nines {
namespace {

template <class T>
const T& get(const Settings& settings, const std::string& key) {
  const T* value = std::get_if<T>(&settings.at(key).value);
  CHECK(value != nullptr, "setting '{}' has another type", key);
  return *value;
}

}  // namespace

const Setting& Settings::at(const std::string& key) const {
  const auto it = values.find(key);
  CHECK(it != values.end(), "no setting '{}'", key);
  return it->second;
}

bool Settings::has_refused(const std::string& key) const {
  return std::find(refused.begin(), refused.end(), key) != refused.end();
}

double Settings::number(const std::string& key) const { return get<double>(*this, key); }
double Settings::number_or(const std::string& key, double otherwise) const {
  return has(key) ? number(key) : otherwise;
}
const std::vector<double>& Settings::numbers(const std::string& key) const {
  return get<std::vector<double>>(*this, key);
}
const LawPtr& Settings::law(const std::string& key) const { return get<LawPtr>(*this, key); }
const std::string& Settings::text(const std::string& key) const {
  return get<std::string>(*this, key);
}
const std::vector<NamedAt>& Settings::names(const std::string& key) const {
  return get<std::vector<NamedAt>>(*this, key);
}
const std::vector<Bundle>& Settings::bundles(const std::string& key) const {
  return get<std::vector<Bundle>>(*this, key);
}
bool Settings::truth(const std::string& key) const { return has(key) && get<bool>(*this, key); }
const std::vector<Entry>& Settings::table(const std::string& key) const {
  static const std::vector<Entry> none;
  return has(key) ? get<std::vector<Entry>>(*this, key) : none;
}
const std::string& Settings::chosen(const std::string& key) const {
  const Settings& choice = record(key);
  CHECK(choice.values.size() == 1, "setting '{}' is no choice", key);
  return choice.values.begin()->first;
}
const Settings& Settings::record(const std::string& key) const { return get<Settings>(*this, key); }

}  // namespace nines
