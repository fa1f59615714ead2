#include "models/mechanisms/profile.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

namespace nines {
namespace {

constexpr int kDay = 24 * 60;  // minutes
constexpr int kWeek = 7 * kDay;
constexpr std::array<const char*, 7> kDayNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Minutes of "08:30"; -1 if it is no time of day.
int minutes(const std::string& text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
    return -1;
  }
  const int at = std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3, 2));
  return at <= kDay && text[3] < '6' ? at : -1;
}

int day(const std::string& text) {
  const auto at = std::find(kDayNames.begin(), kDayNames.end(), text);
  return at == kDayNames.end() ? -1 : static_cast<int>(at - kDayNames.begin());
}

/// Goes through the week, and begins it again.
class Calendar final : public Reaction {
 public:
  struct Step {
    LawId length;
    int level;
  };
  Calendar(std::vector<Step> week, CellId step, CellId level, TimerId timer)
      : week_(std::move(week)), step_(step), level_(level), timer_(timer) {}

  void wake(Context& context, Wake why) const override {
    if (why.by == Wake::By::timer) {
      const int next = (context.cell(step_) + 1) % static_cast<int>(week_.size());
      context.set(step_, next);
      context.set(level_, week_[static_cast<std::size_t>(next)].level);
    }
    context.start(timer_, week_[static_cast<std::size_t>(context.cell(step_))].length);
  }

 private:
  std::vector<Step> week_;
  CellId step_;
  CellId level_;
  TimerId timer_;
};

}  // namespace

std::shared_ptr<const Record> profile_record() {
  Parameter hours;
  hours.key = "hours";
  hours.type = Type::hours;
  hours.default_text = "00:00-24:00";
  hours.default_source = "the whole day";
  hours.help =
      "When on each of its days; what goes past midnight belongs to the day on which it "
      "begins.";
  Parameter days;
  days.key = "days";
  days.type = Type::days;
  days.default_text = "mon-sun";
  days.default_source = "every day";
  days.help = "On which days; a run starts on a Monday, 00:00.";
  Parameter load = quantity("load", Dimension::fraction, "Of the workload.");
  load.high = 1000.0;
  load.required = true;
  return std::make_shared<Record>(Record{
      "load profile", "The load in some hours; in all others it is 100 %.", {hours, days, load}});
}

std::optional<Hours> parse_hours(const std::string& text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const Hours hours{minutes(text.substr(0, 5)), minutes(text.substr(6))};
  if (hours.from < 0 || hours.to < 0 || hours.from == hours.to || hours.from == kDay) {
    return std::nullopt;
  }
  return hours;
}

std::optional<Days> parse_days(const std::string& text) {
  const std::size_t dash = text.find('-');
  const int from = day(text.substr(0, dash));
  const int to = dash == std::string::npos ? from : day(text.substr(dash + 1));
  if (from < 0 || to < 0) return std::nullopt;
  return Days{from, to};
}

bool is_whole(const std::vector<Entry>& profile) {
  return std::all_of(profile.begin(), profile.end(), [](const Entry& entry) {
    return entry.settings.has("hours") && entry.settings.has("days") && entry.settings.has("load");
  });
}

Profile profile_of(const std::vector<Entry>& entries, std::optional<ProfileClash>& clash) {
  constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  std::vector<std::size_t> of_minute(kWeek, kNobody);
  for (std::size_t e = 0; e < entries.size(); ++e) {
    const Hours hours = parse_hours(entries[e].settings.text("hours")).value();
    const Days days = parse_days(entries[e].settings.text("days")).value();
    const int length = hours.to > hours.from ? hours.to - hours.from : hours.to + kDay - hours.from;
    for (int d = days.from;; d = (d + 1) % 7) {
      for (int m = 0; m < length; ++m) {
        const int at = (d * kDay + hours.from + m) % kWeek;
        std::size_t& here = of_minute[static_cast<std::size_t>(at)];
        if (here != kNobody && !clash) {
          clash = {here, e,
                   fmt::format("{} {:02}:{:02}", kDayNames[static_cast<std::size_t>(at / kDay)],
                               at % kDay / 60, at % 60)};
        }
        here = e;
      }
      if (d == days.to) break;
    }
  }
  Profile profile;
  const auto level_of = [&](double load) {
    const auto at = std::find(profile.levels.begin(), profile.levels.end(), load);
    if (at != profile.levels.end()) return static_cast<int>(at - profile.levels.begin());
    profile.levels.push_back(load);
    return static_cast<int>(profile.levels.size()) - 1;
  };
  for (const std::size_t e : of_minute) {
    const int level = level_of(e == kNobody ? 1.0 : entries[e].settings.number("load"));
    if (profile.week.empty() || profile.week.back().level != level) {
      profile.week.push_back({0.0, level});
    }
    profile.week.back().length_s += 60.0;
  }
  return profile;
}

CellId compile_profile(const std::string& service, const Profile& profile, ModelBuilder& model) {
  const int steps = static_cast<int>(profile.week.size());
  const int levels = static_cast<int>(profile.levels.size());
  const CellId step = model.cell({service + "/profile/step", 0, std::max(1, steps - 1), 0});
  const CellId level = model.cell({service + "/profile", 0, std::max(1, levels - 1), 0});
  if (steps == 1) return level;
  std::vector<Calendar::Step> week;
  for (const Profile::Stretch& stretch : profile.week) {
    week.push_back({model.law(deterministic(stretch.length_s)), stretch.level});
  }
  const TimerId timer =
      model.timer(service + "/load profile", "the load of " + service + " changes");
  model.reaction(service + "#profile",
                 std::make_unique<Calendar>(std::move(week), step, level, timer), {}, true);
  return level;
}

}  // namespace nines
