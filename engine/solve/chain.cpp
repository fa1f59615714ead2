#include "engine/solve/chain.hpp"

#include <algorithm>
#include <limits>

namespace nines {

Rates Rates::transposed() const {
  Rates result;
  const std::size_t n = rows();
  result.begin.assign(n + 1, 0);
  for (const StateId to : other) ++result.begin[to + 1];
  for (std::size_t i = 0; i < n; ++i) result.begin[i + 1] += result.begin[i];
  result.other.resize(other.size());
  result.rate.resize(rate.size());
  std::vector<std::uint64_t> cursor(result.begin.begin(), result.begin.end() - 1);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::uint64_t e = begin[i]; e < begin[i + 1]; ++e) {
      const std::uint64_t at = cursor[other[e]]++;
      result.other[at] = static_cast<StateId>(i);
      result.rate[at] = rate[e];
    }
  }
  return result;
}

Vector MarkovChain::exits() const {
  Vector exits(size(), 0.0);
  for (std::size_t i = 0; i < size(); ++i) {
    for (const double rate : out[i].rate) exits[i] += rate;
  }
  return exits;
}

MarkovChain restarted(const MarkovChain& chain, const std::vector<std::uint8_t>& stop) {
  MarkovChain result;
  result.initial = chain.initial;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (stop[i] == 0) {
      const Rates::Row row = chain.out[i];
      for (std::size_t e = 0; e < row.size(); ++e) result.out.add(row.other[e], row.rate[e]);
    } else {
      for (const auto& [state, probability] : chain.initial) {
        if (state != i) result.out.add(state, probability);
      }
    }
    result.out.end_row();
  }
  return result;
}

MarkovChain stopped(const MarkovChain& chain, const std::vector<std::uint8_t>& stop) {
  MarkovChain result;
  result.initial = chain.initial;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Rates::Row row = chain.out[i];
    for (std::size_t e = 0; stop[i] == 0 && e < row.size(); ++e) {
      result.out.add(row.other[e], row.rate[e]);
    }
    result.out.end_row();
  }
  return result;
}

ClosedClasses closed_classes(const MarkovChain& chain) {
  constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();
  const std::size_t n = chain.size();
  ClosedClasses result;
  result.of_state.assign(n, -1);
  std::vector<std::uint32_t> number(n, kUnseen);
  std::vector<std::uint32_t> low(n, 0);
  std::vector<std::uint8_t> on_stack(n, 0);
  std::vector<StateId> stack;
  struct Frame {
    StateId state;
    std::uint64_t edge;
  };
  std::vector<Frame> open;
  std::uint32_t next = 0;
  const auto enter = [&](StateId state) {
    number[state] = low[state] = next++;
    stack.push_back(state);
    on_stack[state] = 1;
    open.push_back({state, chain.out.begin[state]});
  };
  for (StateId root = 0; root < n; ++root) {
    if (number[root] != kUnseen) continue;
    enter(root);
    while (!open.empty()) {
      Frame& frame = open.back();
      const StateId state = frame.state;
      if (frame.edge < chain.out.begin[state + 1]) {
        const StateId to = chain.out.other[frame.edge++];
        if (number[to] == kUnseen) {
          enter(to);
        } else if (on_stack[to] != 0) {
          low[state] = std::min(low[state], number[to]);
        }
        continue;
      }
      open.pop_back();
      if (!open.empty()) {
        low[open.back().state] = std::min(low[open.back().state], low[state]);
      }
      if (low[state] != number[state]) continue;
      // A component is complete: is it closed?
      std::size_t first = stack.size();
      do {
        --first;
        on_stack[stack[first]] = 0;
      } while (stack[first] != state);
      bool closed = true;
      // Marked with its number while it is looked at, so that membership is a comparison.
      const auto mark = static_cast<std::int32_t>(result.count);
      for (std::size_t k = first; k < stack.size(); ++k) result.of_state[stack[k]] = mark;
      for (std::size_t k = first; closed && k < stack.size(); ++k) {
        for (const StateId to : chain.out[stack[k]].other) {
          if (result.of_state[to] != mark) {
            closed = false;
            break;
          }
        }
      }
      if (closed) {
        ++result.count;
      } else {
        for (std::size_t k = first; k < stack.size(); ++k) result.of_state[stack[k]] = -1;
      }
      stack.resize(first);
    }
  }
  return result;
}

}  // namespace nines
