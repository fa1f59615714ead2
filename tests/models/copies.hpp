// Groups of copies with scripted faults, and what they lose.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/run/simulate.hpp"
#include "tests/support.hpp"

namespace nines::test {

/// Two databases that never fail by chance; `keys` of the group, `more` sections, faults.
inline std::string pair_of(const std::string& keys, const std::string& faults,
                           const std::string& more = {},
                           const std::string& workload = "writes: 200/s", int members = 2) {
  return fmt::format(
      "nines: 1\n"
      "components:\n"
      "  users: {{kind: client}}\n"
      "  db-[1..{}]: {{kind: node}}\n"
      "{}"
      "groups:\n"
      "  db: {{policy: primary_replica, members: db-*, {}}}\n"
      "services: {{s: {{from: users, through: db, workload: {{{}}}}}}}\n"
      "faults:\n{}",
      members, more, keys, workload, faults);
}

inline std::string fault(const std::string& who, double at_s, double for_s,
                         const std::string& more = {}) {
  return fmt::format("  - {{at: {}s, component: {}, for: {}s{}}}\n", at_s, who, for_s, more);
}

/// What the group of a topology lost, loss by loss.
class Losses final : public Observer {
 public:
  explicit Losses(const System& system) : system_(system) {}
  void run_begins(const Moment&) override {
    at_s.clear();
    amounts.clear();
    data_losses = 0;
  }
  void earned(const Moment& moment, MeasureId measure, double amount) override {
    const CompiledGroup::Copies& copies = *system_.groups.front().copies;
    if (measure == copies.data_losses) ++data_losses;
    if (measure != copies.lost || amount == 0) return;
    if (!at_s.empty() && at_s.back() == moment.t_s) {
      amounts.back() += amount;
    } else {
      at_s.push_back(moment.t_s);
      amounts.push_back(amount);
    }
  }
  double sum() const {
    double all = 0.0;
    for (const double amount : amounts) all += amount;
    return all;
  }
  std::vector<double> at_s;
  std::vector<double> amounts;
  int data_losses = 0;

 private:
  const System& system_;
};

struct Story {
  std::vector<double> at_s;
  std::vector<double> amounts;
  int data_losses = 0;
  double rejected = 0.0;  ///< writes
  double down_s = 0.0;    ///< of the service
  double stale = 0.0;     ///< reads
};

class Unserved final : public Observer {
 public:
  explicit Unserved(const CompiledService& service) : service_(service) {}
  void run_begins(const Moment&) override {
    missing = down_s = stale = since_s_ = rate_ = stale_per_s_ = 0.0;
  }
  void evaluated(const Moment& moment, EvaluationId id, std::span<const double> numbers) override {
    if (id != service_.evaluation) return;
    settle(moment.t_s);
    const auto now = ServiceNumbers::read(numbers.data() + service_.first_number);
    rate_ = now.offered_per_s - now.served_per_s;
    stale_per_s_ = now.stale_per_s;
  }
  void run_ends(const Moment& moment) override { settle(moment.t_s); }
  double missing = 0.0;
  double down_s = 0.0;
  double stale = 0.0;

 private:
  void settle(double t_s) {
    stale += stale_per_s_ * (t_s - since_s_);
    missing += rate_ * (t_s - since_s_);
    if (rate_ > 0) down_s += t_s - since_s_;
    since_s_ = t_s;
  }
  const CompiledService& service_;
  double rate_ = 0.0;
  double stale_per_s_ = 0.0;
  double since_s_ = 0.0;
};

inline std::vector<Story> stories(const std::string& text, std::uint32_t runs,
                                  double horizon_s = 1'000.0, std::size_t service = 0) {
  const auto system = compile(topology_of(text));
  Losses losses(*system);
  Unserved unserved(system->services[service]);
  Simulator simulator(*system->model, {}, {&losses, &unserved});
  std::vector<Story> all;
  for (std::uint32_t run = 0; run < runs; ++run) {
    simulator.begin(run);
    simulator.advance(horizon_s);
    simulator.end();
    all.push_back({losses.at_s, losses.amounts, losses.data_losses, unserved.missing,
                   unserved.down_s, unserved.stale});
  }
  return all;
}

inline Story story(const std::string& text, double horizon_s = 1'000.0, std::size_t service = 0) {
  return stories(text, 1, horizon_s, service).front();
}

inline const char* const kAtOnce = "detection: perfect";
inline const char* const kStream = "streams: {wan: {to: db-2}}\n";

}  // namespace nines::test
