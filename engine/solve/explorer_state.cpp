#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <string>

#include "engine/solve/explorer.hpp"

namespace nines {
namespace {

/// Two numbers as one, well spread (the finaliser of SplitMix64: Steele, Lea and Flood, OOPSLA
/// 2014).
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t z = a * 0x9e3779b97f4a7c15U + b + 0x632be59bd9b4e019U;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

}  // namespace

// ---- Keys ------------------------------------------------------------------------------------

void Explorer::encode() {
  std::uint8_t* at = key_.data();
  const auto code_of = [&](std::size_t slot, bool implied, std::size_t most) {
    SlotCode code;
    const Slot& s = state_.slots[slot];
    if (implied) {
      code.phase = phase_[slot];
    } else if (s.pending()) {
      code = {law_class_[index(s.law)], state_.speeds[slot], phase_[slot]};
    }
    return slot_codes_[slot_column_[slot]].of(code, most);
  };
  const auto put = [&](std::size_t value) {
    *at++ = static_cast<std::uint8_t>(value & 255);
    *at++ = static_cast<std::uint8_t>(value >> 8);
  };
  for (const std::uint32_t m : modes_) {
    // The first bit tells a failed one that waits from one that works.
    put(2 * code_of(m, state_.failed[m] == 0, 32767) + state_.failed[m]);
  }
  for (const std::uint32_t c : restarts_) {
    put(code_of(index(model_.components[c].restart_slot), false, 65535));
  }
  for (const std::uint32_t t : timers_) put(code_of(index(model_.slot(TimerId(t))), false, 65535));
  for (const std::uint32_t c : components_) {
    *at++ = static_cast<std::uint8_t>(
        operating_codes_[component_column_[c]].of(state_.operating[c], 255));
  }
  for (const std::uint32_t k : cells_) {
    const int value = state_.cells[k] - model_.cells[k].low;
    CHECK(value < 65536, "cell {} has too many values for a chain", model_.cells[k].name);
    put(static_cast<std::size_t>(value));
  }
  for (const std::uint32_t f : fluids_) {
    const Fluid& fluid = state_.fluids[f];
    const bool linear = fluid.flow == Fluid::Flow::linear;
    *at++ = static_cast<std::uint8_t>(flow_codes_[fluid_column_[f]].of(
        linear ? Explored::Flow{fluid.flow, fluid.slope, 0.0, 0.0}
               : Explored::Flow{fluid.flow, 0.0, fluid.target, fluid.rate},
        255));
  }
}

void Explorer::decode(const std::uint8_t* at) {
  const auto take_slot = [&](std::size_t slot, std::size_t code) {
    const SlotCode& value = slot_codes_[slot_column_[slot]][code];
    state_.slots[slot].law = value.law;
    state_.speeds[slot] = value.speed;
    phase_[slot] = value.phase;
  };
  const auto take = [&at] {
    const std::size_t value = at[0] + 256U * at[1];
    at += 2;
    return value;
  };
  const std::uint8_t* modes = at;
  at += 2 * modes_.size();
  for (const std::uint32_t c : restarts_) {
    const std::size_t slot = index(model_.components[c].restart_slot);
    take_slot(slot, take());
    state_.restarting[c] = state_.slots[slot].pending() ? 1 : 0;
  }
  for (const std::uint32_t t : timers_) {
    take_slot(index(model_.slot(TimerId(t))), take());
  }
  std::size_t m = 0;
  for (const std::uint32_t c : components_) {
    const Component& component = model_.components[c];
    std::uint16_t reasons = state_.restarting[c];
    for (std::uint32_t k = 0; k < component.mode_count; ++k, ++m) {
      const std::uint32_t mode = modes_[m];
      const std::size_t code = modes[0] + 256U * modes[1];
      modes += 2;
      take_slot(mode, code >> 1U);
      const auto failed = static_cast<std::uint8_t>(code & 1U);
      if (failed == 0) state_.slots[mode].law = model_.modes[mode].life;
      if (failed != state_.failed[mode]) {
        state_.failed[mode] = failed;
        const SignalId own = model_.modes[mode].signal;
        if (own != kNone<SignalId>) flip(index(own), failed == 0);
      }
      if (failed != 0 && model_.modes[mode].effect == Effect::down) ++reasons;
    }
    state_.operating[c] = operating_codes_[component_column_[c]][*at++];
    set_down(c, reasons);
    set_clocks(c);
  }
  for (const std::uint32_t k : cells_) {
    const int value = model_.cells[k].low + static_cast<int>(take());
    const int was = state_.cells[k];
    if (value == was) continue;
    state_.cells[k] = value;
    for (const Cell::Flag& flag : model_.cells[k].flags) {
      if (flag.of(was) != flag.of(value)) flip(index(flag.signal), flag.of(value));
    }
  }
  for (const std::uint32_t f : fluids_) {
    const Explored::Flow& flow = flow_codes_[fluid_column_[f]][*at++];
    Fluid& fluid = state_.fluids[f];
    fluid.flow = flow.flow;
    fluid.slope = flow.slope;
    fluid.target = flow.target;
    fluid.rate = flow.rate;
  }
  settle_signals(false);
}

// ---- What is interchangeable -----------------------------------------------------------------

void Explorer::find_columns() {
  const auto own = [](std::size_t count, std::vector<std::uint32_t>& column) {
    column.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) column[i] = i;
  };
  own(model_.slot_count(), slot_column_);
  own(model_.components.size(), component_column_);
  own(model_.fluids.size(), fluid_column_);
  std::map<std::string, LawId> first;
  for (std::uint32_t i = 0; i < model_.laws.size(); ++i) {
    law_class_.push_back(first.emplace(model_.laws[i]->text(), LawId(i)).first->second);
  }
  for (const Interchangeable& set : options_.interchangeable) {
    const Interchangeable::Row& front = set.rows.front();
    for (const Interchangeable::Row& row : set.rows) {
      for (std::size_t i = 0; i < row.components.size(); ++i) {
        const Component& a = model_.components[index(front.components[i])];
        const Component& b = model_.components[index(row.components[i])];
        CHECK(a.mode_count == b.mode_count, "{} is not like {}", b.name, a.name);
        component_column_[index(row.components[i])] =
            static_cast<std::uint32_t>(front.components[i]);
        for (std::uint32_t m = 0; m < a.mode_count; ++m) {
          slot_column_[b.first_mode + m] = a.first_mode + m;
        }
        if (a.restart_slot != kNone<SlotId>) {
          slot_column_[index(b.restart_slot)] = static_cast<std::uint32_t>(a.restart_slot);
        }
      }
      for (std::size_t i = 0; i < row.timers.size(); ++i) {
        slot_column_[index(model_.slot(row.timers[i]))] =
            static_cast<std::uint32_t>(model_.slot(front.timers[i]));
      }
      for (std::size_t i = 0; i < row.fluids.size(); ++i) {
        fluid_column_[index(row.fluids[i])] = static_cast<std::uint32_t>(front.fluids[i]);
      }
    }
  }
}

/// Where the rows stand in a key, in the order of `encode`.
void Explorer::find_rows() {
  std::uint32_t byte = 0;
  std::map<std::uint32_t, std::uint32_t> of_mode, of_restart, of_timer, of_component, of_cell,
      of_fluid;
  const auto two_bytes = [&](const std::vector<std::uint32_t>& rows,
                             std::map<std::uint32_t, std::uint32_t>& where) {
    for (const std::uint32_t row : rows) {
      where[row] = byte;
      byte += 2;
    }
  };
  two_bytes(modes_, of_mode);
  two_bytes(restarts_, of_restart);
  two_bytes(timers_, of_timer);
  for (const std::uint32_t c : components_) of_component[c] = byte++;
  for (const std::uint32_t k : cells_) {
    of_cell[k] = byte;
    if (!model_.cells[k].stands_for.empty()) pointers_.push_back({byte, k});
    byte += 2;
  }
  for (const std::uint32_t f : fluids_) of_fluid[f] = byte++;
  mode_in_row_.assign(model_.modes.size(), {});
  for (std::size_t number = 0; number < options_.interchangeable.size(); ++number) {
    const Interchangeable& set = options_.interchangeable[number];
    if (of_component.count(static_cast<std::uint32_t>(set.rows.front().components.front())) == 0) {
      continue;  // of another module
    }
    Rows rows;
    rows.set = number;
    for (const Interchangeable::Row& row : set.rows) {
      std::vector<std::uint32_t> bytes;
      std::vector<ModeId> modes;
      bool whole = true;
      const auto add = [&](const std::map<std::uint32_t, std::uint32_t>& where, std::uint32_t what,
                           std::uint32_t count) {
        const auto at = where.find(what);
        whole = whole && at != where.end();
        for (std::uint32_t i = 0; whole && i < count; ++i) bytes.push_back(at->second + i);
      };
      for (const ComponentId id : row.components) {
        const Component& component = model_.components[index(id)];
        for (std::uint32_t m = 0; m < component.mode_count; ++m) {
          add(of_mode, component.first_mode + m, 2);
          modes.push_back(ModeId(component.first_mode + m));
        }
        if (component.restart != kNone<LawId>) add(of_restart, static_cast<std::uint32_t>(id), 2);
        add(of_component, static_cast<std::uint32_t>(id), 1);
      }
      for (const TimerId id : row.timers) add(of_timer, static_cast<std::uint32_t>(id), 2);
      for (const CellId id : row.cells) add(of_cell, static_cast<std::uint32_t>(id), 2);
      for (const FluidId id : row.fluids) add(of_fluid, static_cast<std::uint32_t>(id), 1);
      if (!whole) break;  // not all of it is in this module
      rows.bytes.push_back(std::move(bytes));
      rows.modes.push_back(std::move(modes));
    }
    if (rows.bytes.size() != set.rows.size()) continue;
    for (std::uint32_t r = 0; r < rows.modes.size(); ++r) {
      for (std::uint32_t p = 0; p < rows.modes[r].size(); ++p) {
        mode_in_row_[index(rows.modes[r][p])] = {static_cast<std::int32_t>(rows_.size()), r, p};
      }
    }
    for (Pointer& pointer : pointers_) {
      for (std::uint32_t r = 0; r < rows.bytes.size(); ++r) {
        const auto& bytes = rows.bytes[r];
        const auto at = std::find(bytes.begin(), bytes.end(), pointer.byte);
        if (at == bytes.end()) continue;
        pointer.set = static_cast<std::int32_t>(rows_.size());
        pointer.row = r;
        pointer.place = static_cast<std::uint32_t>(at - bytes.begin());
      }
    }
    rows.first = rows_.empty() ? 0 : rows_.back().first + rows_.back().bytes.size();
    rows_.push_back(std::move(rows));
  }
  is_pointer_.assign(key_.size(), 0);
  for (const Pointer& pointer : pointers_) {
    is_pointer_[pointer.byte] = is_pointer_[pointer.byte + 1] = 1;
  }
}

/// Moves row i of a set to place order[i] in the key; names of modes move along.
void Explorer::permute(const std::vector<std::size_t>& order, std::size_t which) {
  const Rows& rows = rows_[which];
  const std::vector<std::uint8_t> before = key_;
  for (std::size_t r = 0; r < order.size(); ++r) {
    for (std::size_t i = 0; i < rows.bytes[r].size(); ++i) {
      key_[rows.bytes[order[r]][i]] = before[rows.bytes[r][i]];
    }
  }
  for (const Pointer& pointer : pointers_) {
    const Cell& cell = model_.cells[pointer.cell];
    const std::size_t value = key_[pointer.byte] + 256U * key_[pointer.byte + 1];
    if (value == 0) continue;
    const InRow at = mode_in_row_[index(cell.stands_for[value - 1])];
    if (at.set != static_cast<std::int32_t>(which)) continue;
    const ModeId moved = rows.modes[order[at.row]][at.place];
    const auto found = std::find(cell.stands_for.begin(), cell.stands_for.end(), moved);
    CHECK(found != cell.stands_for.end(), "{} has no name for a mode", cell.name);
    const auto now = static_cast<std::size_t>(found - cell.stands_for.begin()) + 1;
    key_[pointer.byte] = static_cast<std::uint8_t>(now & 255);
    key_[pointer.byte + 1] = static_cast<std::uint8_t>(now >> 8);
  }
}

/// A number by row that tells what it is and how names tie it to others, whichever place it has:
/// rows get the same only if they may change places, or by a rare chance. Colours are refined until
/// no more can be told apart; of those that still look alike one is singled out, and so on.
void Explorer::sign_rows() {
  signs_.clear();
  for (const Rows& rows : rows_) {
    for (const std::vector<std::uint32_t>& bytes : rows.bytes) {
      std::uint64_t sign = bytes.size();
      for (const std::uint32_t byte : bytes) {
        if (is_pointer_[byte] == 0) sign = mix(sign, key_[byte]);
      }
      signs_.push_back(sign);
    }
  }
  ties_.clear();
  for (const Pointer& pointer : pointers_) {
    const std::size_t value = key_[pointer.byte] + 256U * key_[pointer.byte + 1];
    if (value == 0) continue;
    const InRow at = mode_in_row_[index(model_.cells[pointer.cell].stands_for[value - 1])];
    if (pointer.set >= 0 && at.set >= 0) {
      ties_.push_back({number_of(pointer.set, pointer.row), number_of(at.set, at.row),
                       mix(pointer.place, at.place)});
    } else if (pointer.set >= 0) {
      signs_[number_of(pointer.set, pointer.row)] += mix(pointer.place, value);
    } else if (at.set >= 0) {
      signs_[number_of(at.set, at.row)] += mix(mix(pointer.byte, at.place), 1);
    }
  }
  if (ties_.empty()) return;
  std::size_t known = 0;
  for (;;) {
    sorted_signs_ = signs_;
    std::sort(sorted_signs_.begin(), sorted_signs_.end());
    const auto classes = static_cast<std::size_t>(
        1 + std::inner_product(sorted_signs_.begin() + 1, sorted_signs_.end(),
                               sorted_signs_.begin(), 0, std::plus<>(), std::not_equal_to<>()));
    if (classes == signs_.size()) return;
    if (classes == known && !single_out()) return;
    known = classes;
    refined_ = signs_;
    for (const Tie& tie : ties_) {
      refined_[tie.from] += mix(signs_[tie.to], tie.how);
      refined_[tie.to] += mix(~signs_[tie.from], tie.how);
    }
    for (std::size_t i = 0; i < signs_.size(); ++i) signs_[i] = mix(refined_[i], 2);
  }
}

/// Of the rows that are tied and look alike, one; none: there are no two.
bool Explorer::single_out() {
  std::size_t chosen = signs_.size();
  for (const Tie& tie : ties_) {
    for (const std::size_t row : {tie.from, tie.to}) {
      const std::uint64_t sign = signs_[row];
      if (chosen < signs_.size() && sign >= signs_[chosen]) continue;
      const auto first = std::lower_bound(sorted_signs_.begin(), sorted_signs_.end(), sign);
      if (first + 1 != sorted_signs_.end() && first[1] == sign) chosen = row;
    }
  }
  if (chosen == signs_.size()) return false;
  signs_[chosen] = mix(signs_[chosen], 3);
  return true;
}

/// The rows of each set in the order of their signs. Two states that could be one may still differ,
/// which costs states and nothing else.
void Explorer::canonise() {
  if (rows_.empty()) return;
  sign_rows();
  for (std::size_t which = 0; which < rows_.size(); ++which) {
    const std::uint64_t* const first = signs_.data() + rows_[which].first;
    const std::size_t n = rows_[which].bytes.size();
    if (std::is_sorted(first, first + n)) continue;
    std::vector<std::size_t> sorted(n);
    std::iota(sorted.begin(), sorted.end(), std::size_t{0});
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](std::size_t a, std::size_t b) { return first[a] < first[b]; });
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i) order[sorted[i]] = i;
    permute(order, which);
  }
}

/// Explores the state once more with the rows of a set turned round, and compares.
void Explorer::test_exchange(StateId from, std::size_t which) {
  std::vector<std::pair<StateId, double>> before;
  for (const Target& target : targets_) before.emplace_back(target.to, target.rate);
  for (const Target& target : targets_) target_of_[target.to] = -1;
  const std::vector<Target> kept_targets = targets_;
  const auto kept_earning = earning_;
  targets_.clear();
  earning_.clear();
  key_.assign(table_->key(from), table_->key(from) + key_.size());
  std::vector<std::size_t> order(rows_[which].bytes.size());
  const std::size_t by = 1 + from % (order.size() - 1);  // never back to itself
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = (i + by) % order.size();
  permute(order, which);
  const std::vector<std::uint8_t> turned = key_;
  follow_all(turned);
  std::vector<std::pair<StateId, double>> after;
  for (const Target& target : targets_) {
    after.emplace_back(target.to, target.rate);
    target_of_[target.to] = -1;
  }
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  bool same = before.size() == after.size();
  for (std::size_t i = 0; same && i < before.size(); ++i) {
    same = before[i].first == after[i].first &&
           std::abs(before[i].second - after[i].second) <= 1e-9 * before[i].second;
  }
  if (!same) throw NotInterchangeable(rows_[which].set);
  targets_ = kept_targets;
  earning_ = kept_earning;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    target_of_[targets_[i].to] = static_cast<std::int32_t>(i);
  }
}

}  // namespace nines
