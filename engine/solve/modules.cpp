#include <algorithm>
#include <numeric>

#include "engine/solve/explore.hpp"

namespace nines {

Modules::Modules(const Model& model)
    : model_(model),
      components_(model.components.size()),
      cells_(model.cells.size()),
      timers_(model.timers.size()),
      fluids_(model.fluids.size()),
      parent_(components_ + cells_ + timers_ + fluids_ + model.reactions.size()) {
  std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  for (std::size_t t = 0; t < model.timers.size(); ++t) {
    join(atom(TimerId(static_cast<std::uint32_t>(t))), atom(model.timers[t].owner));
  }
  const auto each = [&](const Lists<ReactionId>& watchers, auto join_with) {
    for (std::size_t i = 0; i + 1 < watchers.begin.size(); ++i) {
      for (const ReactionId reaction : watchers[i]) {
        join_with(atom(reaction), static_cast<std::uint32_t>(i));
      }
    }
  };
  each(model.signal_watchers, [&](std::size_t a, std::uint32_t i) { join(a, SignalId(i)); });
  each(model.mode_watchers,
       [&](std::size_t a, std::uint32_t i) { join(a, atom(model.modes[i].component)); });
  each(model.cell_watchers, [&](std::size_t a, std::uint32_t i) { join(a, atom(CellId(i))); });
  each(model.number_watchers, [&](std::size_t a, std::uint32_t i) {
    for (const SignalId input : model.evaluations[i].inputs) join(a, input);
  });
}

std::size_t Modules::of(std::size_t atom) const {
  while (parent_[atom] != atom) {
    parent_[atom] = parent_[parent_[atom]];
    atom = parent_[atom];
  }
  return atom;
}

void Modules::join(std::size_t a, std::size_t b) {
  a = of(a);
  b = of(b);
  if (a != b) parent_[std::max(a, b)] = std::min(a, b);
}

void Modules::visit(SignalId id, const std::function<void(std::size_t)>& atom_found) const {
  std::vector<std::uint8_t> seen(model_.signals.size(), 0);
  std::vector<SignalId> open{id};
  while (!open.empty()) {
    const SignalId at = open.back();
    open.pop_back();
    if (seen[index(at)]++ != 0) continue;
    const Signal& signal = model_.signals[index(at)];
    switch (signal.kind) {
      case Signal::Kind::component:
        atom_found(atom(ComponentId(signal.row)));
        break;
      case Signal::Kind::mode:
        atom_found(atom(model_.modes[signal.row].component));
        break;
      case Signal::Kind::flag:
        atom_found(atom(CellId(signal.row)));
        break;
      case Signal::Kind::gate:
        for (const Gate::Input& input : model_.gates[signal.row].inputs) {
          open.push_back(input.signal);
        }
        break;
      case Signal::Kind::evaluation: {
        const std::vector<SignalId>& inputs = model_.evaluations[signal.row].inputs;
        open.insert(open.end(), inputs.begin(), inputs.end());
        break;
      }
    }
  }
}

void Modules::join(std::size_t atom, SignalId signal) {
  visit(signal, [&](std::size_t other) { join(atom, other); });
}

bool Modules::apart(std::size_t atom, SignalId signal) const {
  bool apart = false;
  visit(signal, [&](std::size_t other) { apart = apart || of(atom) != of(other); });
  return apart;
}

std::vector<std::vector<std::size_t>> Modules::list() const {
  std::vector<std::vector<std::size_t>> by_root(parent_.size());
  for (std::size_t i = 0; i < parent_.size(); ++i) by_root[of(i)].push_back(i);
  std::vector<std::vector<std::size_t>> result;
  for (std::vector<std::size_t>& atoms : by_root) {
    const bool lives = std::any_of(atoms.begin(), atoms.end(), [&](std::size_t a) {
      return (a < components_ && model_.components[a].mode_count > 0) ||
             a >= components_ + cells_ + timers_ + fluids_;
    });
    if (lives) result.push_back(std::move(atoms));
  }
  return result;
}

void Modules::join_all() {
  for (std::size_t i = 1; i < parent_.size(); ++i) join(0, i);
}

}  // namespace nines
