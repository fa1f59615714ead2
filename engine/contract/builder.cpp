#include "engine/contract/builder.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace nines {
namespace {

template <class Id, class T>
Id next(const std::vector<T>& table) {
  return Id(static_cast<std::uint32_t>(table.size()));
}

/// Lists by owner from (owner, item) pairs, in the order given.
template <class T>
Lists<T> gather(std::size_t owners, const std::vector<std::pair<std::size_t, T>>& pairs) {
  Lists<T> lists;
  lists.begin.assign(owners + 1, 0);
  for (const auto& pair : pairs) ++lists.begin[pair.first + 1];
  for (std::size_t i = 0; i < owners; ++i) lists.begin[i + 1] += lists.begin[i];
  lists.items.resize(pairs.size());
  std::vector<std::uint32_t> cursor(lists.begin.begin(), lists.begin.end() - 1);
  for (const auto& [owner, item] : pairs) lists.items[cursor[owner]++] = item;
  return lists;
}

}  // namespace

LawId ModelBuilder::law(LawPtr law) {
  CHECK(law != nullptr, "a null law");
  if (filter_) law = filter_(std::move(law));
  model_.laws.push_back(std::move(law));
  return LawId(static_cast<std::uint32_t>(model_.laws.size() - 1));
}

SignalId ModelBuilder::signal(Signal::Kind kind, std::size_t row, std::string name,
                              std::size_t item) {
  const auto id = next<SignalId>(model_.signals);
  model_.signals.push_back({kind, static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(item),
                            false, std::move(name)});
  return id;
}

ComponentId ModelBuilder::component(std::string name, std::vector<ModeSpec> modes, LawPtr restart) {
  const auto id = next<ComponentId>(model_.components);
  Component component;
  component.first_mode = static_cast<std::uint32_t>(model_.modes.size());
  component.mode_count = static_cast<std::uint32_t>(modes.size());
  component.signal = signal(Signal::Kind::component, model_.components.size(), name);
  for (ModeSpec& spec : modes) {
    Mode mode;
    mode.name = name + "/" + spec.name;
    mode.stream = stable_hash(mode.name);
    mode.life = law(std::move(spec.life));
    mode.repair = law(std::move(spec.repair));
    mode.component = id;
    mode.effect = spec.effect;
    mode.repair_start = spec.repair_start;
    mode.age_s = spec.age_s;
    model_.modes.push_back(std::move(mode));
  }
  if (restart) {
    component.restart = law(std::move(restart));
    model_.restarts.push_back(id);
  }
  component.name = std::move(name);
  model_.components.push_back(std::move(component));
  return id;
}

SignalId ModelBuilder::up(ComponentId id) const { return model_.components[index(id)].signal; }

ModeId ModelBuilder::mode(ComponentId id, std::size_t i) const {
  const Component& component = model_.components[index(id)];
  CHECK(i < component.mode_count, "{} has {} modes, asked for number {}", component.name,
        component.mode_count, i);
  return ModeId(component.first_mode + static_cast<std::uint32_t>(i));
}

SignalId ModelBuilder::working(ModeId id) {
  Mode& mode = model_.modes[index(id)];
  if (mode.signal == kNone<SignalId>) {
    mode.signal = signal(Signal::Kind::mode, index(id), mode.name);
  }
  return mode.signal;
}

SignalId ModelBuilder::gate(std::string name, std::int32_t need, std::vector<Gate::Input> inputs) {
  Gate gate;
  gate.need = need;
  gate.inputs = std::move(inputs);
  gate.signal = signal(Signal::Kind::gate, model_.gates.size(), std::move(name));
  model_.gates.push_back(std::move(gate));
  return model_.gates.back().signal;
}

SignalId ModelBuilder::gate(std::string name, std::int32_t need,
                            const std::vector<SignalId>& inputs) {
  std::vector<Gate::Input> weighted;
  for (const SignalId input : inputs) weighted.push_back({input, 1});
  return gate(std::move(name), need, std::move(weighted));
}

CellId ModelBuilder::cell(CellSpec spec) {
  CHECK(spec.low <= spec.initial && spec.initial <= spec.high, "cell {}: {} outside {}..{}",
        spec.name, spec.initial, spec.low, spec.high);
  model_.cells.push_back(
      {std::move(spec.name), spec.low, spec.high, spec.initial, {}, std::move(spec.stands_for)});
  return CellId(static_cast<std::uint32_t>(model_.cells.size() - 1));
}

SignalId ModelBuilder::flag(CellId id, std::optional<int> equals, std::string name) {
  Cell& cell = model_.cells[index(id)];
  for (const Cell::Flag& known : cell.flags) {
    if (known.equals == equals) return known.signal;
  }
  cell.flags.push_back(
      {signal(Signal::Kind::flag, index(id), std::move(name), cell.flags.size()), equals});
  return cell.flags.back().signal;
}

SignalId ModelBuilder::flag(CellId id) {
  return flag(id, std::nullopt, model_.cells[index(id)].name);
}

SignalId ModelBuilder::equals(CellId id, int value) {
  return flag(id, value, fmt::format("{}={}", model_.cells[index(id)].name, value));
}

CellId ModelBuilder::cell_of(SignalId flag) const {
  const Signal& signal = model_.signals[index(flag)];
  CHECK(signal.kind == Signal::Kind::flag, "{} is no flag", signal.name);
  return CellId(signal.row);
}

std::vector<SignalId> ModelBuilder::evaluation(EvaluationSpec spec) {
  const std::size_t row = model_.evaluations.size();
  for (const SignalId input : spec.inputs) {
    CHECK(index(input) < model_.signals.size(), "evaluation {} reads a dangling signal", spec.name);
  }
  Evaluation evaluation{
      std::move(spec.name), std::move(spec.inputs), {}, spec.numbers, std::move(spec.value)};
  for (std::string& output : spec.outputs) {
    evaluation.outputs.push_back(
        signal(Signal::Kind::evaluation, row, std::move(output), evaluation.outputs.size()));
  }
  model_.evaluations.push_back(std::move(evaluation));
  return model_.evaluations.back().outputs;
}

EvaluationId ModelBuilder::last_evaluation() const {
  return EvaluationId(static_cast<std::uint32_t>(model_.evaluations.size() - 1));
}

FluidId ModelBuilder::fluid(FluidSpec spec) {
  CHECK(spec.floor <= spec.initial && spec.initial <= spec.ceiling, "fluid {}: {} outside {}..{}",
        spec.name, spec.initial, spec.floor, spec.ceiling);
  model_.fluids.push_back({std::move(spec.name), spec.floor, spec.ceiling, spec.window});
  fluid_levels_.push_back(spec.initial);
  return FluidId(static_cast<std::uint32_t>(model_.fluids.size() - 1));
}

void Watches::follow(SignalId signal) {
  if (signal == kNone<SignalId>) return;
  if (std::count(signals.begin(), signals.end(), signal) == 0) signals.push_back(signal);
}

MeasureId ModelBuilder::measure(std::string name) {
  model_.measures.push_back(std::move(name));
  return MeasureId(static_cast<std::uint32_t>(model_.measures.size() - 1));
}

void ModelBuilder::observe(SignalId id) { model_.signals[index(id)].observed = true; }

TimerId ModelBuilder::timer(std::string name, std::string tells) {
  const auto id = next<TimerId>(model_.timers);
  const std::uint64_t stream = stable_hash(name);
  model_.timers.push_back(
      {std::move(name), stream, next<ReactionId>(model_.reactions), std::move(tells), false});
  return id;
}

void ModelBuilder::spontaneous(TimerId timer) { model_.timers[index(timer)].spontaneous = true; }

ReactionId ModelBuilder::reaction(std::string name, std::unique_ptr<const Reaction> reaction,
                                  Watches watches, bool calendar) {
  const auto id = next<ReactionId>(model_.reactions);
  const std::uint64_t stream = stable_hash(name);
  model_.reactions.push_back({std::move(name), stream, std::move(reaction), calendar});
  reaction_watches_.push_back(std::move(watches));
  owned_timers_ = model_.timers.size();
  return id;
}

void ModelBuilder::govern(ComponentId id) { model_.components[index(id)].governed = true; }

std::shared_ptr<const Model> ModelBuilder::build() {
  Model& m = model_;
  if (owned_timers_ != m.timers.size()) {
    throw std::invalid_argument(
        fmt::format("timer '{}' belongs to no reaction", m.timers[owned_timers_].name));
  }

  // Every stream has a name of its own.
  std::unordered_map<std::uint64_t, std::string> streams;
  const auto claim = [&](std::uint64_t stream, const std::string& name) {
    const auto [it, fresh] = streams.emplace(stream, name);
    if (!fresh) {
      throw std::invalid_argument(
          it->second == name ? fmt::format("two random streams are named '{}'", name)
                             : fmt::format("the random streams '{}' and '{}' have one hash: rename "
                                           "one of them",
                                           it->second, name));
    }
  };
  for (const Mode& mode : m.modes) claim(mode.stream, mode.name);
  for (const ComponentId id : m.restarts) {
    const std::string name = m.components[index(id)].name + "#restart";
    m.restart_streams.push_back(stable_hash(name));
    claim(m.restart_streams.back(), name);
  }
  for (const Timer& timer : m.timers) claim(timer.stream, timer.name);
  for (const auto& reaction : m.reactions) claim(reaction.stream, reaction.name);

  for (std::size_t i = 0; i < m.restarts.size(); ++i) {
    m.components[index(m.restarts[i])].restart_slot =
        SlotId(static_cast<std::uint32_t>(m.modes.size() + i));
  }

  // Who depends on whom. A gate may only read signals that were made before it, so no circle.
  std::vector<std::pair<std::size_t, Signal::Parent>> parents;
  for (std::size_t g = 0; g < m.gates.size(); ++g) {
    for (const Gate::Input& input : m.gates[g].inputs) {
      CHECK(input.weight > 0, "gate {}: weight {}", m.signals[index(m.gates[g].signal)].name,
            input.weight);
      if (index(input.signal) >= index(m.gates[g].signal)) {
        throw std::invalid_argument(
            fmt::format("gate '{}' reads a signal that is not made before it",
                        m.signals[index(m.gates[g].signal)].name));
      }
      parents.push_back({index(input.signal), {static_cast<std::uint32_t>(g), input.weight}});
    }
  }
  m.parents = gather(m.signals.size(), parents);

  std::vector<std::pair<std::size_t, ReactionId>> by_signal;
  std::vector<std::pair<std::size_t, ReactionId>> by_mode;
  std::vector<std::pair<std::size_t, ReactionId>> by_cell;
  std::vector<std::pair<std::size_t, ReactionId>> by_number;
  for (std::size_t r = 0; r < m.reactions.size(); ++r) {
    const auto id = ReactionId(static_cast<std::uint32_t>(r));
    for (const SignalId signal : reaction_watches_[r].signals) {
      CHECK(index(signal) < m.signals.size(), "{} watches a dangling signal", m.reactions[r].name);
      by_signal.push_back({index(signal), id});
    }
    for (const ModeId mode : reaction_watches_[r].modes) {
      CHECK(index(mode) < m.modes.size(), "{} watches a dangling mode", m.reactions[r].name);
      by_mode.push_back({index(mode), id});
    }
    for (const CellId cell : reaction_watches_[r].cells) by_cell.push_back({index(cell), id});
    for (const EvaluationId e : reaction_watches_[r].numbers) by_number.push_back({index(e), id});
  }
  m.signal_watchers = gather(m.signals.size(), by_signal);
  m.mode_watchers = gather(m.modes.size(), by_mode);
  m.cell_watchers = gather(m.cells.size(), by_cell);
  m.number_watchers = gather(m.evaluations.size(), by_number);

  std::vector<std::pair<std::size_t, Signal::Bit>> bits;
  for (std::size_t e = 0; e < m.evaluations.size(); ++e) {
    const std::vector<SignalId>& inputs = m.evaluations[e].inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      bits.push_back(
          {index(inputs[i]), {static_cast<std::uint32_t>(e), static_cast<std::uint32_t>(i)}});
    }
  }
  m.bits = gather(m.signals.size(), bits);

  // All up and new.
  State& s = m.initial;
  s.failed.assign(m.modes.size(), 0);
  s.down.assign(m.components.size(), 0);
  s.restarting.assign(m.components.size(), 0);
  s.operating.assign(m.components.size(), 1.0);
  for (const Cell& cell : m.cells) s.cells.push_back(cell.initial);
  s.slots.assign(m.slot_count(), Slot{});
  s.speeds.assign(m.slot_count(), 1.0);
  s.timers.assign(m.slot_count() - m.modes.size(), TimerState{});
  for (std::size_t f = 0; f < m.fluids.size(); ++f) {
    Fluid fluid;
    fluid.level = fluid_levels_[f];
    s.fluids.push_back(fluid);
    s.inflows.emplace_back();
  }
  s.signal.assign(m.signals.size(), 0);
  for (std::size_t i = 0; i < m.signals.size(); ++i) {
    const Signal& signal = m.signals[i];
    switch (signal.kind) {
      case Signal::Kind::component:
      case Signal::Kind::mode:
        s.signal[i] = 1;
        break;
      case Signal::Kind::flag:
        s.signal[i] = m.cells[signal.row].flags[signal.item].of(s.cells[signal.row]);
        break;
      case Signal::Kind::gate: {
        std::int32_t sum = 0;
        for (const Gate::Input& input : m.gates[signal.row].inputs) {
          if (s.signal[index(input.signal)] != 0) sum += input.weight;
        }
        s.count.push_back(sum);
        s.signal[i] = sum >= m.gates[signal.row].need;
        break;
      }
      case Signal::Kind::evaluation: {
        const Evaluation& evaluation = m.evaluations[signal.row];
        if (signal.item > 0) break;  // all outputs are found with the first
        std::vector<std::uint8_t> outputs(evaluation.outputs.size());
        std::vector<double> numbers(evaluation.numbers);
        const auto pattern =
            pattern_of(evaluation, [&](SignalId id) { return s.signal[index(id)] != 0; });
        evaluation.value(pattern.data(), outputs.data(), numbers.data());
        for (std::size_t k = 0; k < outputs.size(); ++k) {
          s.signal[index(evaluation.outputs[k])] = outputs[k];
        }
        break;
      }
    }
  }
  return std::make_shared<const Model>(std::move(model_));
}

std::string Model::slot_name(SlotId slot) const {
  const std::size_t i = index(slot);
  if (i < modes.size()) return modes[i].name;
  if (i < modes.size() + restarts.size()) {
    return components[index(restarts[i - modes.size()])].name + "#restart";
  }
  return timers[i - modes.size() - restarts.size()].name;
}

double Model::event_rate() const {
  double rate = 0.0;
  for (const Mode& mode : modes) {
    const double cycle_s = law(mode.life).mean() + law(mode.repair).mean();
    if (std::isfinite(cycle_s) && cycle_s > 0) rate += 2.0 / cycle_s;
  }
  return rate;
}

bool Model::is_independent_renewal(const Component& component) const {
  return !component.governed && component.mode_count == 1 && component.restart == kNone<LawId> &&
         modes[component.first_mode].repair_start == RepairStart::at_once;
}

}  // namespace nines
