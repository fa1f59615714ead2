#include "models/mechanisms/conflicts.hpp"

#include <algorithm>

#include "models/mechanisms/writes.hpp"

namespace nines {
namespace {

class Conflicts final : public Reaction {
 public:
  explicit Conflicts(ConflictsPlan plan) : plan_(std::move(plan)) {}

  void wake(Context& c, Wake) const override {
    bool apart = false;
    bool met = true;  // all who took any
    for (std::size_t a = 0; a < count(); ++a) {
      for (std::size_t b = a + 1; b < count(); ++b) {
        const bool exchange = linked(c, a, b);
        if (took(c, a) && took(c, b) && !exchange) met = false;
        if (exchange || !takes(c, a) || !takes(c, b)) continue;
        apart = true;
      }
    }
    const double written = apart ? written_per_s(c, plan_.sources) : 0.0;
    if (apart) {
      for (std::size_t m = 0; m < count(); ++m) {
        if (takes(c, m)) c.set(plan_.members[m].took, 1);
      }
    } else if (met && any_took(c)) {
      c.scale(plan_.apart, plan_.share);
      c.earn(plan_.lost, {1.0, kNone<LawId>, plan_.apart});
      c.level(plan_.apart, 0.0);
      for (const ConflictsPlan::Member& member : plan_.members) c.set(member.took, 0);
    }
    if (c.inflow(plan_.apart) != written) c.flow(plan_.apart, written);
  }

 private:
  std::size_t count() const { return plan_.members.size(); }
  bool took(const Reading& r, std::size_t m) const { return r.cell(plan_.members[m].took) != 0; }
  bool any_took(const Reading& r) const {
    return std::any_of(plan_.members.begin(), plan_.members.end(),
                       [&](const ConflictsPlan::Member& m) { return r.cell(m.took) != 0; });
  }
  bool takes(const Reading& r, std::size_t m) const {
    const ConflictsPlan::Member& member = plan_.members[m];
    const bool in_view = member.view == kNone<CellId> || r.cell(member.view) != 0;
    return in_view && r.value(member.usable) && r.value(member.could_serve);
  }
  bool linked(const Reading& r, std::size_t a, std::size_t b) const {
    const auto ready = [&](const ConflictsPlan::Member& m) {
      return r.value(m.usable) && (m.stream == kNone<SignalId> || r.value(m.stream));
    };
    const std::vector<SignalId>& reach = plan_.members[a].reach;
    const bool reached = reach.empty() || reach[b] == kNone<SignalId> || r.value(reach[b]);
    return ready(plan_.members[a]) && ready(plan_.members[b]) && reached;
  }
  ConflictsPlan plan_;
};

}  // namespace

std::unique_ptr<const Reaction> conflicts(ConflictsPlan plan) {
  return std::make_unique<Conflicts>(std::move(plan));
}

}  // namespace nines
