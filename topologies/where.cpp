#include "topologies/where.hpp"

#include <optional>
#include <string_view>

namespace nines {
namespace {

/// The place of a law anywhere below; of its key's value.
std::optional<Place> find_law(const Settings& settings, const std::string& law) {
  for (const auto& [key, setting] : settings.values) {
    if (const auto* value = std::get_if<LawPtr>(&setting.value)) {
      if ((*value)->text() == law && setting.place.end > 0) return setting.place;
    } else if (const auto* record = std::get_if<Settings>(&setting.value)) {
      if (const auto place = find_law(*record, law)) return place;
    } else if (const auto* entries = std::get_if<std::vector<Entry>>(&setting.value)) {
      for (const Entry& entry : *entries) {
        if (const auto place = find_law(entry.settings, law)) return place;
      }
    }
  }
  return std::nullopt;
}

/// How much of a slot's name is this thing's: its whole name and then a separator.
std::size_t matched(const std::string& slot, const std::string& name) {
  if (slot.compare(0, name.size(), name) != 0) return 0;
  return slot.size() == name.size() || slot[name.size()] == '/' || slot[name.size()] == '#'
             ? name.size()
             : 0;
}

Place place_in(const Settings& settings, Place otherwise, const std::string& law) {
  if (const auto place = find_law(settings, law)) return *place;
  if (law.empty() && settings.has("replication")) {  // a level: a backlog
    const Settings& by = settings.record("replication");
    if (by.has("bandwidth")) return by.at("bandwidth").place;
  }
  if (settings.has("detection") && settings.at("detection").place.end > 0) {
    return settings.at("detection").place;
  }
  return otherwise;
}

}  // namespace

Place place_of(const Topology& topology, const std::string& slot, const std::string& law) {
  std::size_t longest = 0;
  Place place;
  const auto offer = [&](const std::string& name, const Settings& settings, Place own) {
    const std::size_t length = matched(slot, name);
    if (length <= longest) return;
    longest = length;
    const std::string_view rest = std::string_view(slot).substr(length);
    if (settings.has("failures") && rest.starts_with("/")) {
      for (const Entry& mode : settings.table("failures")) {
        if (rest.substr(1) == mode.name.name) {
          place = place_in(mode.settings, mode.name.place, law);
          return;
        }
      }
    }
    place = place_in(settings, own, law);
  };
  for (const TopologyComponent& c : topology.components) offer(c.name, *c.settings, c.place);
  for (const TopologyGroup& g : topology.groups) offer(g.name, g.settings, g.place);
  for (const TopologyService& s : topology.services) offer(s.name, s.settings, s.place);
  return place;
}

}  // namespace nines
