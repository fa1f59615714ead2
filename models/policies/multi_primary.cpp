// Multi-primary: every member takes writes and sends them to the others. While members do not
// exchange them, some contradict each other, and one of each two is lost.
#include <memory>

#include "models/catalogue.hpp"
#include "models/mechanisms/conflicts.hpp"
#include "models/mechanisms/writes.hpp"

namespace nines {
namespace {

void prepare(CompiledGroup& group, ModelBuilder& model) {
  group.asks_who_serves = true;
  group.copies.emplace(CompiledGroup::Copies{model.measure(group.name + "/lost writes")});
}

void react(CompiledGroup& group, const GroupView& view, const Settings& settings,
           ModelBuilder& model) {
  ConflictsPlan plan;
  Watches watches;
  plan.sources = group.copies->writes = view.writes;
  follow(watches, view.writes);
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    const CompiledGroup::Member& member = group.members[m];
    ConflictsPlan::Member row;
    row.usable = member.usable;
    row.could_serve = view.could_serve[m];
    if (member.active != kNone<CellId>) {
      row.view = member.active;
      watches.cells.push_back(row.view);
    }
    if (member.stream != nullptr) row.stream = member.stream->usable;
    if (!view.reach.empty()) row.reach = view.reach[m];
    row.took = model.cell({group.name + "/" + member.name() + "/took writes apart", 0, 1, 0});
    for (const SignalId signal : {row.usable, row.could_serve, row.stream}) watches.follow(signal);
    for (const SignalId signal : row.reach) watches.follow(signal);
    plan.members.push_back(std::move(row));
  }
  plan.share = settings.record("replication").number("conflicts");
  plan.apart = model.fluid(
      {group.name + "/written apart", 0.0, std::numeric_limits<double>::infinity(), 0.0});
  plan.lost = group.copies->lost;
  model.reaction(group.name + "#conflicts", conflicts(std::move(plan)), std::move(watches));
}

}  // namespace

Policy multi_primary_policy() {
  Policy policy = active_active_policy();
  policy.record.name = "multi_primary";
  policy.record.help = "All members take writes and send them to one another.";
  auto record = std::make_shared<Record>();
  record->name = "replication";
  record->help = "What becomes of writes that contradict each other.";
  Parameter share = quantity("conflicts", Dimension::fraction,
                             "Of the writes that are acknowledged while members do not exchange "
                             "them: those that contradict another, and are dropped when they "
                             "meet.");
  share.required = true;
  record->parameters.push_back(share);
  Parameter by = record_of("replication", record, record->help);
  by.required = true;
  policy.record.parameters.push_back(by);
  std::erase_if(policy.record.parameters, [](const Parameter& p) { return p.key == "backup"; });
  const Policy serving = policy;
  policy.reacts = {};
  policy.by_peers = [](const Settings&) { return true; };
  policy.reads_apart = [](const Settings&, std::size_t) { return true; };
  policy.prepare = [serving](CompiledGroup& group, const Settings& settings, ModelBuilder& model) {
    serving.prepare(group, settings, model);
    prepare(group, model);
  };
  policy.react = [serving](CompiledGroup& group, const GroupView& view, const Settings& settings,
                           ModelBuilder& model) {
    if (serving.follows(settings)) serving.react(group, view, settings, model);
    react(group, view, settings, model);
  };
  return policy;
}

}  // namespace nines
