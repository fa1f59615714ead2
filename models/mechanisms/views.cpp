#include "models/mechanisms/views.hpp"

#include <algorithm>

namespace nines {
namespace {

class Check final : public Reaction {
 public:
  using Plan = ViewPlan;

  explicit Check(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& context, Wake why) const override {
    const bool well = context.value(plan_.well);
    if (why.is(plan_.notice) || (plan_.errors != kNone<TimerId> && why.is(plan_.errors))) {
      context.cancel(plan_.notice);
      if (plan_.errors != kNone<TimerId>) context.cancel(plan_.errors);
      context.set(plan_.view, 0);
      context.earn(plan_.found, {});
    } else if (why.is(plan_.alarm)) {
      context.set(plan_.view, 0);
      context.set(plan_.looked, kFalseAlarm);
      context.earn(plan_.unfounded, {});
      context.start(plan_.back, plan_.up_after_false_alarm);
    } else if (why.is(plan_.back)) {
      context.set(plan_.view, 1);
    } else if (well) {
      comes_back(context);
    } else {
      fails(context);
    }
    const bool view = context.cell(plan_.view) != 0;
    context.set(plan_.noticed, view && !well ? 0 : 1);
    context.set(plan_.welcomed, !view && well ? 0 : 1);
    if (plan_.false_alarm == kNone<LawId>) return;
    if (!well || !view) {
      context.cancel(plan_.alarm);
    } else if (!context.pending(plan_.alarm)) {
      context.start(plan_.alarm, plan_.false_alarm);
    }
  }

 private:
  void fails(Context& context) const {
    context.cancel(plan_.back);
    const auto looks =
        static_cast<std::size_t>(plan_.sight.looks(context, context.value(plan_.usable)));
    if (context.cell(plan_.looked) != static_cast<int>(looks)) {
      context.cancel(plan_.notice);  // one that looks otherwise now is noticed otherwise
      if (plan_.errors != kNone<TimerId>) context.cancel(plan_.errors);
    }
    context.set(plan_.looked, static_cast<int>(looks));
    if (context.cell(plan_.view) != 0 && plan_.down[looks] != kNone<LawId> &&
        !context.pending(plan_.notice)) {
      context.start(plan_.notice, plan_.down[looks]);
    }
    if (plan_.errors == kNone<TimerId> || context.cell(plan_.view) == 0) return;
    const auto in_view = static_cast<std::size_t>(
        std::count_if(plan_.views.begin(), plan_.views.end(),
                      [&](CellId view) { return context.cell(view) != 0; }));
    if (!context.pending(plan_.errors)) {
      context.start(plan_.errors, plan_.after_errors[in_view - 1][looks]);
    }
  }

  void comes_back(Context& context) const {
    context.cancel(plan_.notice);
    if (plan_.errors != kNone<TimerId>) context.cancel(plan_.errors);
    if (context.cell(plan_.view) != 0 || context.pending(plan_.back)) return;
    const auto looked = static_cast<std::size_t>(context.cell(plan_.looked));
    context.start(plan_.back, plan_.up[std::min(looked, kLooks - 1)]);
  }

  Plan plan_;
};

class Pause final : public Reaction {
 public:
  using Plan = PausePlan;
  explicit Pause(Plan plan) : plan_(std::move(plan)) {}

  void wake(Context& context, Wake why) const override {
    if (why.is(plan_.timer)) {
      context.earn(plan_.done, {});
      end(context);
    }
    bool lost = false;
    bool any = false;
    for (std::size_t m = 0; m < plan_.members.size(); ++m) {
      const bool there = context.value(plan_.members[m]);
      lost = lost || (!there && context.cell(plan_.counted[m]) != 0);
      any = any || context.value(plan_.well[m]);
      context.set(plan_.counted[m], there ? 1 : 0);
    }
    const bool pending = context.pending(plan_.timer);
    if (pending && !any) {  // nobody is left to whom it could go
      context.cancel(plan_.timer);
      context.earn(plan_.failed, {});
      end(context);
    } else if (lost && any) {
      if (pending) {  // one more is lost: anew
        context.cancel(plan_.timer);
        context.earn(plan_.failed, {});
        end(context);
      }
      context.earn(plan_.begun, {});
      const double odds[] = {plan_.automatic, 1.0 - plan_.automatic};
      const bool by_hand = plan_.automatic < 1.0 && context.choose(odds) == 1;
      context.set(by_hand ? plan_.by_hand : plan_.taking, 0);
      context.start(plan_.timer, by_hand ? plan_.otherwise : plan_.takeover);
    }
  }

 private:
  void end(Context& context) const {
    context.set(plan_.taking, 1);
    context.set(plan_.by_hand, 1);
  }

  Plan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> view_of_member(ViewPlan plan) {
  return std::make_unique<Check>(std::move(plan));
}

std::unique_ptr<const Reaction> pause_of_group(PausePlan plan) {
  return std::make_unique<Pause>(std::move(plan));
}

}  // namespace nines
