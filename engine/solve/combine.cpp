#include "engine/solve/combine.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/run/memo.hpp"

namespace nines {
namespace {

enum class Said : char { open = 0, no = 1, yes = 2 };

/// What is known after some modules. The first byte is what is known of the goal; then comes, for
/// each gate, the weight that is true and the weight that is open (kDone and 0 for one that is
/// decided or matters no more), and for each evaluation how many of its inputs are open and which
/// of the others are true (zeros once it is decided or matters no more).
using Known = std::string;
constexpr std::int32_t kDone = -1;

class Frontier {
 public:
  struct Goal {
    SignalId signal = kNone<SignalId>;              ///< this or
    EvaluationId evaluation = kNone<EvaluationId>;  ///< that
  };

  Frontier(const Model& model, Goal goal) : model_(model), goal_(goal) {
    gate_at_.assign(model.gates.size(), kNot);
    evaluation_at_.assign(model.evaluations.size(), kNot);
    is_leaf_.assign(model.signals.size(), 0);
    if (goal.signal != kNone<SignalId>) {
      find(goal.signal);
    } else {
      find_evaluation(index(goal.evaluation));
    }
    size_ = 1;
    for (const std::size_t g : gates_) {
      gate_at_[g] = size_;
      size_ += 2 * sizeof(std::int32_t);
    }
    for (const std::size_t e : evaluations_) {
      evaluation_at_[e] = size_;
      size_ += sizeof(std::int32_t) + model.evaluations[e].words() * sizeof(std::uint64_t);
      memos_.emplace(e, Memo(model.evaluations[e]));
    }
    in_order_ = gates_and_evaluations();
  }

  const std::vector<SignalId>& leaves() const { return leaves_; }

  Known begin() {
    Known known(size_, 0);
    for (const std::size_t g : gates_) {
      std::int32_t open = 0;
      for (const Gate::Input& input : model_.gates[g].inputs) open += input.weight;
      put(known, gate_at_[g] + sizeof open, open);
    }
    for (const std::size_t e : evaluations_) {
      put(known, evaluation_at_[e], static_cast<std::int32_t>(model_.evaluations[e].inputs.size()));
    }
    // Gates that need nothing, or more than there is.
    for (const std::size_t g : gates_) settle_gate(known, g);
    for (const std::size_t e : evaluations_) {
      if (model_.evaluations[e].inputs.empty()) settle_evaluation(known, e);
    }
    return known;
  }

  static Said said(const Known& known) { return static_cast<Said>(known[0]); }

  void learn(Known& known, SignalId signal, bool value) {
    if (goal_.signal == signal) known[0] = static_cast<char>(value ? Said::yes : Said::no);
    for (const Signal::Parent parent : model_.parents[index(signal)]) {
      const std::size_t at = gate_at_[parent.gate];
      if (at == kNot) continue;
      const auto open = get<std::int32_t>(known, at + sizeof(std::int32_t));
      if (open == 0) continue;  // decided, or of no matter
      put(known, at + sizeof(std::int32_t), open - parent.weight);
      if (value) put(known, at, get<std::int32_t>(known, at) + parent.weight);
      settle_gate(known, parent.gate);
    }
    for (const Signal::Bit bit : model_.bits[index(signal)]) {
      const std::size_t at = evaluation_at_[bit.evaluation];
      if (at == kNot) continue;
      const auto open = get<std::int32_t>(known, at);
      if (open == 0) continue;
      if (value) {
        const std::size_t word = at + sizeof open + bit.bit / 64 * sizeof(std::uint64_t);
        put(known, word, get<std::uint64_t>(known, word) | std::uint64_t{1} << (bit.bit % 64));
      }
      put(known, at, open - 1);
      if (open == 1) settle_evaluation(known, bit.evaluation);
    }
  }

  /// Forgets what the goal does not depend on any more.
  void forget(Known& known) {
    matters_.assign(model_.signals.size(), 0);
    const auto read = [&](const std::vector<SignalId>& inputs) {
      for (const SignalId input : inputs) matters_[index(input)] = 1;
    };
    if (goal_.signal != kNone<SignalId>) {
      matters_[index(goal_.signal)] = said(known) == Said::open ? 1 : 0;
    }
    for (const Node& node : in_order_) {
      if (node.is_gate) {
        const Gate& gate = model_.gates[node.row];
        const std::size_t at = gate_at_[node.row];
        if (get<std::int32_t>(known, at + sizeof(std::int32_t)) == 0) continue;
        if (matters_[index(gate.signal)] == 0) {
          put(known, at, kDone);
          put(known, at + sizeof(std::int32_t), std::int32_t{0});
          continue;
        }
        for (const Gate::Input& input : gate.inputs) matters_[index(input.signal)] = 1;
      } else {
        const Evaluation& evaluation = model_.evaluations[node.row];
        const std::size_t at = evaluation_at_[node.row];
        if (get<std::int32_t>(known, at) == 0) continue;
        const bool asked = index(goal_.evaluation) == node.row ||
                           std::any_of(evaluation.outputs.begin(), evaluation.outputs.end(),
                                       [&](SignalId s) { return matters_[index(s)] != 0; });
        if (asked) {
          read(evaluation.inputs);
          continue;
        }
        std::fill(
            known.begin() + static_cast<std::ptrdiff_t>(at),
            known.begin() + static_cast<std::ptrdiff_t>(at + sizeof(std::int32_t) +
                                                        evaluation.words() * sizeof(std::uint64_t)),
            char{0});
      }
    }
  }

  /// Of a goal that is an evaluation: what it says, once all is known; none before.
  std::optional<std::span<const double>> take_outcome() {
    if (!outcome_) return std::nullopt;
    outcome_ = false;
    return std::span<const double>(numbers_);
  }

 private:
  static constexpr std::size_t kNot = static_cast<std::size_t>(-1);
  struct Node {
    bool is_gate;
    std::size_t row;
    std::size_t made;  ///< a signal's number: what reads it was made later
  };

  template <class T>
  static T get(const Known& known, std::size_t at) {
    T value;
    std::memcpy(&value, known.data() + at, sizeof value);
    return value;
  }
  template <class T>
  static void put(Known& known, std::size_t at, T value) {
    std::memcpy(known.data() + at, &value, sizeof value);
  }

  void find(SignalId id) {
    std::vector<SignalId> open{id};
    while (!open.empty()) {
      const SignalId at = open.back();
      open.pop_back();
      const Signal& signal = model_.signals[index(at)];
      if (signal.kind == Signal::Kind::gate) {
        if (gate_at_[signal.row] != kNot) continue;
        gate_at_[signal.row] = 0;
        gates_.push_back(signal.row);
        const auto& inputs = model_.gates[signal.row].inputs;
        for (auto input = inputs.rbegin(); input != inputs.rend(); ++input) {
          open.push_back(input->signal);
        }
      } else if (signal.kind == Signal::Kind::evaluation) {
        find_evaluation(signal.row);
      } else if (is_leaf_[index(at)]++ == 0) {
        leaves_.push_back(at);
      }
    }
  }

  void find_evaluation(std::size_t row) {
    if (evaluation_at_[row] != kNot) return;
    evaluation_at_[row] = 0;
    evaluations_.push_back(row);
    for (const SignalId input : model_.evaluations[row].inputs) find(input);
  }

  std::vector<Node> gates_and_evaluations() const {
    std::vector<Node> nodes;
    for (const std::size_t g : gates_) nodes.push_back({true, g, index(model_.gates[g].signal)});
    for (const std::size_t e : evaluations_) {
      const auto& outputs = model_.evaluations[e].outputs;
      nodes.push_back({false, e, outputs.empty() ? model_.signals.size() : index(outputs.front())});
    }
    std::sort(nodes.begin(), nodes.end(),
              [](const Node& a, const Node& b) { return a.made > b.made; });
    return nodes;
  }

  void settle_gate(Known& known, std::size_t g) {
    const std::size_t at = gate_at_[g];
    const auto sum = get<std::int32_t>(known, at);
    const auto open = get<std::int32_t>(known, at + sizeof sum);
    if (sum == kDone) return;
    const std::int32_t need = model_.gates[g].need;
    const bool yes = sum >= need;
    if (!yes && sum + open >= need) return;
    put(known, at, kDone);
    put(known, at + sizeof sum, std::int32_t{0});
    learn(known, model_.gates[g].signal, yes);
  }

  void settle_evaluation(Known& known, std::size_t e) {
    const Evaluation& evaluation = model_.evaluations[e];
    const std::size_t at = evaluation_at_[e] + sizeof(std::int32_t);
    Memo& memo = memos_.at(e);
    for (std::size_t w = 0; w < evaluation.words(); ++w) {
      memo.pattern()[w] = get<std::uint64_t>(known, at + w * sizeof(std::uint64_t));
      put(known, at + w * sizeof(std::uint64_t), std::uint64_t{0});
    }
    const Memo::Outcome outcome = memo.look_up();
    if (index(goal_.evaluation) == e) {
      outcome_ = true;
      numbers_.assign(outcome.numbers, outcome.numbers + evaluation.numbers);
      return;
    }
    const std::vector<std::uint64_t> bits(outcome.bits,
                                          outcome.bits + evaluation.outputs.size() / 64 + 1);
    for (std::size_t i = 0; i < evaluation.outputs.size(); ++i) {
      learn(known, evaluation.outputs[i], ((bits[i / 64] >> (i % 64)) & 1U) != 0);
    }
  }

  const Model& model_;
  Goal goal_;
  std::vector<std::size_t> gates_, evaluations_;
  std::vector<std::size_t> gate_at_, evaluation_at_;  ///< in Known; kNot: not in the closure
  std::vector<SignalId> leaves_;                      ///< as a walk from the goal meets them
  std::vector<std::uint8_t> is_leaf_;
  std::vector<Node> in_order_;
  std::map<std::size_t, Memo> memos_;
  std::size_t size_ = 0;
  std::vector<std::uint8_t> matters_;
  bool outcome_ = false;
  std::vector<double> numbers_;
};

/// A module, as far as one goal sees it.
struct Seen {
  std::vector<SignalId> leaves;
  std::vector<Aspect::Pattern> patterns;
  std::vector<Aspect::Turn> turns;
};

/// Patterns that differ only in leaves that do not matter become one.
Seen seen_by(const Frontier& frontier, const Aspect& aspect, const std::vector<std::size_t>& rank) {
  Seen seen;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < aspect.leaves.size(); ++i) {
    if (rank[index(aspect.leaves[i])] < frontier.leaves().size()) columns.push_back(i);
  }
  for (const std::size_t i : columns) seen.leaves.push_back(aspect.leaves[i]);
  std::map<std::string, std::uint32_t> number;
  std::vector<std::uint32_t> of;
  for (const Aspect::Pattern& pattern : aspect.patterns) {
    std::vector<std::uint8_t> values;
    for (const std::size_t i : columns) values.push_back(pattern.values[i]);
    const auto [it, fresh] = number.emplace(std::string(values.begin(), values.end()),
                                            static_cast<std::uint32_t>(number.size()));
    if (fresh) seen.patterns.push_back({values, 0.0});
    seen.patterns[it->second].probability += pattern.probability;
    of.push_back(it->second);
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> turns;
  for (const Aspect::Turn& turn : aspect.turns) {
    if (of[turn.from] != of[turn.to]) turns[{of[turn.from], of[turn.to]}] += turn.per_s;
  }
  for (const auto& [ends, per_s] : turns) seen.turns.push_back({ends.first, ends.second, per_s});
  return seen;
}

/// The modules in the order in which a walk from the goal meets their first leaves. What no module
/// tells of stays as it is at the start, as one more of them.
std::vector<Seen> in_order(const Model& model, const Frontier& frontier,
                           const std::vector<const Aspect*>& modules) {
  std::vector<std::size_t> rank(model.signals.size(), frontier.leaves().size());
  for (std::size_t i = 0; i < frontier.leaves().size(); ++i) {
    rank[index(frontier.leaves()[i])] = i;
  }
  std::vector<std::uint8_t> told(model.signals.size(), 0);
  std::vector<Seen> result;
  for (const Aspect* aspect : modules) {
    Seen seen = seen_by(frontier, *aspect, rank);
    for (const SignalId leaf : seen.leaves) told[index(leaf)] = 1;
    if (!seen.leaves.empty()) result.push_back(std::move(seen));
  }
  Seen still;
  still.patterns.push_back({{}, 1.0});
  for (const SignalId leaf : frontier.leaves()) {
    if (told[index(leaf)] != 0) continue;
    still.leaves.push_back(leaf);
    still.patterns[0].values.push_back(model.initial.signal[index(leaf)]);
  }
  if (!still.leaves.empty()) result.push_back(std::move(still));
  const auto first = [&](const Seen& seen) {
    std::size_t least = frontier.leaves().size();
    for (const SignalId leaf : seen.leaves) least = std::min(least, rank[index(leaf)]);
    return least;
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](const Seen& a, const Seen& b) { return first(a) < first(b); });
  return result;
}

void check_size(std::size_t size, std::size_t most) {
  if (size > most) {
    throw TooManyCombinations(
        fmt::format("more combinations of independent parts than are looked at ({})", most));
  }
}

/// What is known once a module says a pattern.
Known after(Frontier& frontier, Known known, const Seen& module, std::size_t pattern) {
  const std::vector<std::uint8_t>& values = module.patterns[pattern].values;
  for (std::size_t i = 0; i < module.leaves.size(); ++i) {
    frontier.learn(known, module.leaves[i], values[i] != 0);
  }
  frontier.forget(known);
  return known;
}

}  // namespace

std::vector<SignalId> leaves_of(const Model& model, SignalId signal) {
  return Frontier(model, {.signal = signal}).leaves();
}

Together combine(const Model& model, const std::vector<const Aspect*>& aspects, SignalId signal,
                 std::size_t most) {
  Frontier frontier(model, {.signal = signal});
  const std::vector<Seen> modules = in_order(model, frontier, aspects);
  Together result;
  std::size_t work = 0;
  const auto check_work = [&](std::size_t done) { check_size(done, 16 * most); };
  std::unordered_map<Known, double> states;
  struct PairHash {
    std::size_t operator()(const std::pair<Known, Known>& pair) const {
      return std::hash<Known>()(pair.first) * 31 + std::hash<Known>()(pair.second);
    }
  };
  std::unordered_map<std::pair<Known, Known>, double, PairHash> pairs;
  const auto add_pair = [&](auto& into, Known before, Known then, double per_s) {
    if (before == then || Frontier::said(before) == Said::no || Frontier::said(then) == Said::yes) {
      return;  // it cannot fall any more
    }
    if (Frontier::said(before) == Said::yes && Frontier::said(then) == Said::no) {
      result.falls_per_s += per_s;
      return;
    }
    into[{std::move(before), std::move(then)}] += per_s;
  };
  const Known begin = frontier.begin();
  if (Frontier::said(begin) == Said::no) result.is_false = 1.0;
  if (Frontier::said(begin) != Said::open) return result;
  states[begin] = 1.0;
  for (const Seen& module : modules) {
    decltype(pairs) next_pairs;
    for (const auto& [pair, per_s] : pairs) {
      for (std::size_t k = 0; k < module.patterns.size(); ++k) {
        const double probability = module.patterns[k].probability;
        if (probability == 0) continue;
        add_pair(next_pairs, after(frontier, pair.first, module, k),
                 after(frontier, pair.second, module, k), per_s * probability);
        check_size(next_pairs.size(), most);
        check_work(++work);
      }
    }
    decltype(states) next;
    for (const auto& [known, probability] : states) {
      std::vector<Known> then;
      for (std::size_t k = 0; k < module.patterns.size(); ++k) {
        then.push_back(after(frontier, known, module, k));
        check_work(++work);
      }
      for (const Aspect::Turn& turn : module.turns) {
        check_work(++work);
        add_pair(next_pairs, then[turn.from], then[turn.to], probability * turn.per_s);
      }
      for (std::size_t k = 0; k < then.size(); ++k) {
        const double p = probability * module.patterns[k].probability;
        if (Frontier::said(then[k]) == Said::no) {
          result.is_false += p;
        } else if (Frontier::said(then[k]) == Said::open && p > 0) {
          next[std::move(then[k])] += p;
        }
      }
      check_size(next.size() + next_pairs.size(), most);
    }
    states = std::move(next);
    pairs = std::move(next_pairs);
  }
  return result;
}

void outcomes(const Model& model, const std::vector<const Aspect*>& aspects,
              EvaluationId evaluation,
              const std::function<void(double, std::span<const double>)>& each, std::size_t most) {
  Frontier frontier(model, {.evaluation = evaluation});
  const std::vector<Seen> modules = in_order(model, frontier, aspects);
  std::unordered_map<Known, double> states;
  std::size_t work = 0;
  states[frontier.begin()] = 1.0;
  if (const auto numbers = frontier.take_outcome()) each(1.0, *numbers);
  for (const Seen& module : modules) {
    decltype(states) next;
    for (const auto& [known, probability] : states) {
      for (std::size_t k = 0; k < module.patterns.size(); ++k) {
        const double p = probability * module.patterns[k].probability;
        if (p == 0) continue;
        check_size(++work, 16 * most);
        Known then = after(frontier, known, module, k);
        if (const auto numbers = frontier.take_outcome()) {
          each(p, *numbers);
        } else {
          next[std::move(then)] += p;
        }
      }
      check_size(next.size(), most);
    }
    states = std::move(next);
  }
}

}  // namespace nines
