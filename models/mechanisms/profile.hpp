// Load profiles: how the workload of a service goes up and down over the day and the week.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// The keys of an entry of `profile`.
std::shared_ptr<const Record> profile_record();

/// A stretch of the day, in minutes from midnight; it ends after midnight if `to` is not above
/// `from`.
struct Hours {
  int from = 0;
  int to = 24 * 60;
};
/// "08:00-20:00"; nullopt if it is written otherwise.
std::optional<Hours> parse_hours(const std::string& text);

/// Days of the week, Monday is 0.
struct Days {
  int from = 0;
  int to = 6;  ///< included; a stretch may go over Sunday
};
/// "mon-fri" or "sat".
std::optional<Days> parse_days(const std::string& text);

/// A week as stretches of equal load, the first from Monday, 00:00.
struct Profile {
  struct Stretch {
    double length_s = 0.0;
    int level = 0;
  };
  std::vector<double> levels;  ///< factors of the workload
  std::vector<Stretch> week;
};

/// Two entries that overlap, by index, and from when: "mon 12:00".
struct ProfileClash {
  std::size_t first = 0;
  std::size_t second = 0;
  std::string when;
};

/// Whether all entries say when and how much: one of them may have been refused.
bool is_whole(const std::vector<Entry>& profile);

/// The week of a profile that is whole: hours that no entry names have the full load. `clash` is
/// set if two entries overlap.
Profile profile_of(const std::vector<Entry>& entries, std::optional<ProfileClash>& clash);

/// Adds the calendar; the cell holds the level of the moment.
CellId compile_profile(const std::string& service, const Profile& profile, ModelBuilder& model);

}  // namespace nines
