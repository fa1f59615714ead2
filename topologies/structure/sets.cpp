#include "topologies/structure/sets.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace nines {
namespace {

/// Sets of which none contains another.
std::vector<ElementSet> minimal(std::vector<ElementSet> sets) {
  std::sort(sets.begin(), sets.end(), [](const ElementSet& a, const ElementSet& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  std::vector<ElementSet> kept;
  for (ElementSet& set : sets) {
    const bool contains = std::any_of(kept.begin(), kept.end(), [&](const ElementSet& other) {
      return std::includes(set.begin(), set.end(), other.begin(), other.end());
    });
    if (!contains) kept.push_back(std::move(set));
  }
  return kept;
}

class Search {
 public:
  Search(std::size_t elements, const StandsFn& stands, std::size_t order, std::size_t most)
      : stands_(stands), order_(order), most_(most), up_(elements, 1) {}

  MinimalSets run() {
    MinimalSets result;
    if (stands_(up_)) extend({});
    result.complete = complete_ || nothing_is_missing();
    result.sets.assign(found_.begin(), found_.end());
    std::stable_sort(result.sets.begin(), result.sets.end(),
                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
    return result;
  }

 private:
  /// `down` is no cut. Every cut that contains it takes an element of each path that it leaves.
  void extend(const ElementSet& down) {
    if (found_.size() >= most_) {
      complete_ = false;
      return;
    }
    const ElementSet path = some_path();
    if (path.empty()) return;  // it stands without anything
    if (down.size() == order_) {
      complete_ = false;  // as far as this search can tell
      return;
    }
    for (const std::uint32_t element : path) {
      ElementSet next = down;
      next.insert(std::lower_bound(next.begin(), next.end(), element), element);
      if (!seen_.insert(next).second) continue;
      up_[element] = 0;
      if (stands_(up_)) {
        extend(next);
      } else if (is_minimal(next)) {
        found_.insert(next);
      }
      up_[element] = 1;
    }
  }

  bool is_minimal(const ElementSet& cut) {
    return std::all_of(cut.begin(), cut.end(), [&](std::uint32_t element) {
      up_[element] = 1;
      const bool needed = stands_(up_);
      up_[element] = 0;
      return needed;
    });
  }

  /// Whether the system stands wherever no set that was found is down: looked at on the minimal
  /// sets of elements that touch all of them, if those are few.
  bool nothing_is_missing() const {
    constexpr std::size_t kFew = 2'000;
    if (found_.size() >= most_ || found_.empty()) return false;
    std::vector<ElementSet> touching{{}};
    for (const ElementSet& cut : found_) {
      std::vector<ElementSet> next;
      for (const ElementSet& set : touching) {
        const bool touches = std::any_of(cut.begin(), cut.end(), [&](std::uint32_t element) {
          return std::binary_search(set.begin(), set.end(), element);
        });
        if (touches) {
          next.push_back(set);
          continue;
        }
        for (const std::uint32_t element : cut) {
          ElementSet larger = set;
          larger.insert(std::lower_bound(larger.begin(), larger.end(), element), element);
          next.push_back(std::move(larger));
        }
      }
      touching = minimal(std::move(next));
      if (touching.size() > kFew) return false;
    }
    return std::all_of(touching.begin(), touching.end(), [&](const ElementSet& set) {
      std::vector<std::uint8_t> up(up_.size(), 0);
      for (const std::uint32_t element : set) up[element] = 1;
      return stands_(up);
    });
  }

  /// A minimal path among those that are up: one that is known, or what is left when all that is
  /// not needed is left out, one after the other.
  ElementSet some_path() {
    for (const ElementSet& path : paths_) {
      if (std::all_of(path.begin(), path.end(), [&](std::uint32_t e) { return up_[e] != 0; })) {
        return path;
      }
    }
    std::vector<std::uint8_t> kept = up_;
    ElementSet path;
    for (std::uint32_t i = 0; i < kept.size(); ++i) {
      if (kept[i] == 0) continue;
      kept[i] = 0;
      if (stands_(kept)) continue;
      kept[i] = 1;
      path.push_back(i);
    }
    paths_.push_back(path);
    return path;
  }

  const StandsFn& stands_;
  std::size_t order_;
  std::size_t most_;
  std::vector<std::uint8_t> up_;
  std::set<ElementSet> seen_;
  std::set<ElementSet> found_;
  std::vector<ElementSet> paths_;
  bool complete_ = true;
};

class AnyOf {
 public:
  explicit AnyOf(const std::vector<double>& down) : down_(down) {}

  double probability(const std::vector<ElementSet>& sets) {
    if (sets.empty()) return 0.0;
    if (sets.front().empty()) return 1.0;
    if (sets.size() == 1) {
      double all = 1.0;
      for (const std::uint32_t element : sets.front()) all *= down_[element];
      return all;
    }
    const auto known = known_.find(sets);
    if (known != known_.end()) return known->second;
    std::map<std::uint32_t, std::size_t> counts;
    for (const ElementSet& set : sets) {
      for (const std::uint32_t element : set) ++counts[element];
    }
    const std::uint32_t pivot =
        std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        })->first;
    std::vector<ElementSet> if_down;
    std::vector<ElementSet> if_up;
    for (const ElementSet& set : sets) {
      const auto at = std::find(set.begin(), set.end(), pivot);
      if (at == set.end()) {
        if_up.push_back(set);
        if_down.push_back(set);
      } else {
        ElementSet rest = set;
        rest.erase(rest.begin() + (at - set.begin()));
        if_down.push_back(std::move(rest));
      }
    }
    const double q = down_[pivot];
    const double result =
        q * probability(minimal(std::move(if_down))) + (1.0 - q) * probability(if_up);
    known_[sets] = result;
    return result;
  }

 private:
  const std::vector<double>& down_;
  std::map<std::vector<ElementSet>, double> known_;
};

}  // namespace

MinimalSets minimal_cuts(std::size_t elements, const StandsFn& stands, std::size_t order,
                         std::size_t most) {
  return Search(elements, stands, order, most).run();
}

MinimalSets minimal_paths(std::size_t elements, const StandsFn& stands, std::size_t order,
                          std::size_t most) {
  // The dual stands while the complement does not.
  const StandsFn dual = [&](const std::vector<std::uint8_t>& up) {
    std::vector<std::uint8_t> inverted(up.size());
    for (std::size_t i = 0; i < up.size(); ++i) inverted[i] = up[i] == 0 ? 1 : 0;
    return !stands(inverted);
  };
  return Search(elements, dual, order, most).run();
}

double probability_of_any(const std::vector<ElementSet>& sets, const std::vector<double>& down) {
  return AnyOf(down).probability(minimal(sets));
}

}  // namespace nines
