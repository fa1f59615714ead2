// Answer: what a store says of its study, design by design.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "studies/study/results.hpp"
#include "studies/study/study_leader.hpp"

namespace nines {

struct AnsweredDesign {
  std::size_t number = 0;  ///< from 0
  std::uint64_t runs = 0;
  bool complete = false;
  StoppedBy stopped_by = StoppedBy::interrupt;
  Estimates estimates;
  /// From the first design, block by block; of that one, and of those without blocks, none.
  std::vector<Difference> differences;
};

struct StudyAnswer {
  std::vector<AnsweredDesign> designs;  ///< all of the study, in order
  bool complete = true;
};

/// Merges all blocks of a store. `each` sees every design with what it was made from, while that is
/// at hand. Throws StoreError if the store has a part of the study only.
StudyAnswer answer_of(
    CompiledDesigns& designs, const Store& store,
    const std::function<void(const AnsweredDesign&, const DesignResult&)>& each = {});

/// Whether a study that tells some measures tells this one: of a measure its quantiles, too.
bool tells(const Study& study, const std::string& measure);

/// The levels of a design: one label for each factor; none: as the topology has it.
std::vector<std::optional<std::string>> labels_of(const Study& study, std::size_t design);

/// What one factor alone does to a measure, from the design as it is: its extremes. Of studies that
/// go one at a time.
struct TornadoBar {
  std::string factor;
  struct End {
    std::string level;
    Estimate difference;
  };
  End low, high;  ///< the smallest and the largest difference; that of no change among them
};
/// The widest first.
std::vector<TornadoBar> tornado_of(const Study& study, const StudyAnswer& answer, Compared measure,
                                   const std::string& service);

}  // namespace nines
