// RAID: disks that hold one another's data. A lost disk is replaced and rebuilt from the others;
// with more lost than the level tolerates the data is gone and comes back from a backup.
//
// Patterson, Gibson, Katz, "A case for redundant arrays of inexpensive disks (RAID)", SIGMOD 1988;
// Chen et al., "RAID: high-performance, reliable secondary storage", ACM Computing Surveys 26(2),
// 1994, also for read errors that a rebuild meets when no redundancy is left.
#include <algorithm>
#include <cmath>
#include <memory>

#include "models/catalogue.hpp"
#include "models/policies/policy_keys.hpp"

namespace nines {
namespace {

class Rebuilds final : public Reaction {
 public:
  struct Disk {
    SignalId usable;
    std::vector<ModeId> destroying;
    CellId whole;
    TimerId rebuild;
  };
  struct Plan {
    std::vector<Disk> disks;
    int tolerated = 1;
    bool one_at_a_time = false;
    double read_error = 0.0;  ///< probability that a rebuild without redundancy meets one
    LawId rebuild{};
    LawId restore{};
    TimerId restoring{};
    CellId lost{};
    MeasureId data_loss{};
  };

  explicit Rebuilds(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& context, Wake why) const override {
    if (why.is(plan_.restoring)) {
      for (const Disk& disk : plan_.disks) context.set(disk.whole, 1);
      context.set(plan_.lost, 0);
    }
    for (const Disk& disk : plan_.disks) {
      if (why.is(disk.rebuild)) end_rebuild(context, disk);
    }
    for (const Disk& disk : plan_.disks) note_destruction(context, disk);
    if (context.cell(plan_.lost) == 0 && not_whole(context) > plan_.tolerated) lose(context);
    context.cell(plan_.lost) != 0 ? restore(context) : rebuild(context);
  }

 private:
  int not_whole(const Context& context) const {
    int count = 0;
    for (const Disk& disk : plan_.disks) count += context.cell(disk.whole) == 0 ? 1 : 0;
    return count;
  }

  void note_destruction(Context& context, const Disk& disk) const {
    for (const ModeId mode : disk.destroying) {
      if (!context.failed(mode)) continue;
      context.set(disk.whole, 0);
      context.cancel(disk.rebuild);
    }
  }

  void end_rebuild(Context& context, const Disk& disk) const {
    const bool without_redundancy = not_whole(context) == plan_.tolerated;
    if (without_redundancy && plan_.read_error > 0) {
      const double odds[] = {plan_.read_error, 1.0 - plan_.read_error};
      if (context.choose(odds) == 0) {
        lose(context);
        return;
      }
    }
    context.set(disk.whole, 1);
  }

  void lose(Context& context) const {
    for (const Disk& disk : plan_.disks) context.cancel(disk.rebuild);
    context.set(plan_.lost, 1);
    context.earn(plan_.data_loss, {});
  }

  /// From a backup, as soon as all disks are there; anew if one fails meanwhile.
  void restore(Context& context) const {
    bool all_there = true;
    for (const Disk& disk : plan_.disks) all_there = all_there && context.value(disk.usable);
    if (!all_there) {
      context.cancel(plan_.restoring);
    } else if (!context.pending(plan_.restoring)) {
      context.start(plan_.restoring, plan_.restore);
    }
  }

  /// A rebuild waits while too few of the others can be read.
  void rebuild(Context& context) const {
    int readable = 0;
    bool one_is_under_way = false;
    for (const Disk& disk : plan_.disks) {
      readable += context.cell(disk.whole) != 0 && context.value(disk.usable) ? 1 : 0;
      one_is_under_way = one_is_under_way || context.pending(disk.rebuild);
    }
    const int sources = static_cast<int>(plan_.disks.size()) - plan_.tolerated;
    for (const Disk& disk : plan_.disks) {
      if (context.cell(disk.whole) != 0) continue;
      const bool there = context.value(disk.usable);
      if (!context.pending(disk.rebuild)) {
        if (!there || (plan_.one_at_a_time && one_is_under_way)) continue;
        context.start(disk.rebuild, plan_.rebuild);
        one_is_under_way = true;
      }
      context.speed(disk.rebuild, there && readable >= sources ? 1.0 : 0.0);
    }
  }

  Plan plan_;
};

/// How many disks a level may lose (Chen et al. 1994, section 3), or a code with parity parts.
int tolerated(const Settings& settings, std::size_t disks) {
  if (settings.has("parity")) return static_cast<int>(settings.number("parity"));
  const auto level = static_cast<int>(settings.number("level"));
  return level == 1 ? static_cast<int>(disks) - 1 : level == 5 ? 1 : 2;
}

/// The probability that reading `bytes` meets an unrecoverable error.
double read_error(double per_bit, double bytes) {
  return -std::expm1(8.0 * bytes * std::log1p(-per_bit));
}

}  // namespace

Policy raid_policy() {
  Policy policy;
  policy.record = {"raid",
                   "Disks that hold one another's data. A failure mode with `destroys_data` loses "
                   "what a member stores; once the member is back it is rebuilt from the others. "
                   "With more lost than the level tolerates the data is gone until it is restored.",
                   group_keys()};
  Parameter level =
      count("level", 6, "", "", "1: mirrors, all but one may be lost; 5: one may be lost; 6: two.");
  Parameter parity =
      count("parity", 1000, "", "",
            "Instead of a level: an erasure code of which so many parts may be lost. With 8 data "
            "and 3 parity parts the group has 11 members.");
  policy.record.exactly_one_of = {{"level", "parity"}};
  Parameter rebuild = law_of_time("rebuild",
                                  "From the replacement of a disk until it holds its "
                                  "share again.");
  rebuild.required = true;
  Parameter restore = law_of_time("restore",
                                  "After a loss, once all disks are there, until the "
                                  "data is back from a backup.");
  restore.required = true;
  Parameter rebuilds = word("rebuilds", {"parallel", "one_at_a_time"},
                            "Whether several lost disks are rebuilt at once, or in the order of "
                            "`members`.");
  rebuilds.default_text = "parallel";
  rebuilds.default_source = "a disk is filled as soon as it is replaced";
  Parameter errors;
  errors.key = "read_errors";
  errors.type = Type::number;
  errors.high = 1.0;
  errors.high_open = true;
  errors.low_open = true;
  errors.help =
      "Unrecoverable read errors per bit, as in data sheets of disks: 1e-15. One that a "
      "rebuild meets when no redundancy is left loses the data. Needs `disk_size`.";
  Parameter size =
      quantity("disk_size", Dimension::size, "What a rebuild reads of each disk that it needs.");
  size.low_open = true;
  for (Parameter& p :
       std::vector<Parameter>{level, parity, rebuild, restore, rebuilds, errors, size}) {
    policy.record.parameters.push_back(p);
  }
  policy.prepare = [](CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
    const std::size_t disks = group.members.size();
    group.need = static_cast<int>(disks) - tolerated(settings, disks);
    group.copies = {kNone<MeasureId>, model.measure(group.name + "/data losses")};
    for (CompiledGroup::Member& member : group.members) {
      const CellId whole = model.cell({group.name + "/whole/" + member.name(), 0, 1, 1});
      member.conditions.push_back(model.flag(whole));
    }
    const double restore_s = settings.law("restore")->mean();
    group.longest_wait_s = std::max(settings.law("rebuild")->mean(), restore_s);
    const CellId lost = model.cell({group.name + "/lost", 0, 1, 0});
    group.conditions.push_back(model.equals(lost, 0));
    group.waits.emplace_back(group.conditions.back(), "restore");
    for (const CompiledGroup::Member& member : group.members) {
      group.waits.emplace_back(member.conditions.front(), "rebuild");
    }
  };
  policy.react = [](CompiledGroup& group, const GroupView&, const Settings& settings,
                    ModelBuilder& model) {
    Rebuilds::Plan plan;
    plan.tolerated = static_cast<int>(group.members.size()) - group.need;
    plan.one_at_a_time = settings.text("rebuilds") == "one_at_a_time";
    if (settings.has("read_errors")) {
      plan.read_error =
          read_error(settings.number("read_errors"), group.need * settings.number("disk_size"));
    }
    plan.rebuild = model.law(settings.law("rebuild"));
    plan.restore = model.law(settings.law("restore"));
    plan.restoring = model.timer(group.name + "/restore", group.name + " is restored");
    plan.lost = model.cell_of(group.conditions.front());
    plan.data_loss = group.copies->data_losses;
    Watches watches;
    for (const CompiledGroup::Member& member : group.members) {
      Rebuilds::Disk disk{member.usable,
                          {},
                          model.cell_of(member.conditions.front()),
                          model.timer(group.name + "/rebuild/" + member.name(),
                                      "a rebuild of " + member.name() + " ends")};
      for (const CompiledMode& mode : member.component->modes) {
        if (!mode.destroys_data) continue;
        disk.destroying.push_back(mode.id);
        watches.modes.push_back(mode.id);
      }
      watches.signals.push_back(member.usable);
      plan.disks.push_back(std::move(disk));
    }
    model.reaction(group.name + "#raid", std::make_unique<Rebuilds>(std::move(plan)),
                   std::move(watches));
  };
  return policy;
}

}  // namespace nines
