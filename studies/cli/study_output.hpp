// What a study says: as a table for people, as JSON and CSV for programs.
#pragma once

#include <string>

#include "studies/cli/text.hpp"
#include "studies/study/answer.hpp"

namespace nines::cli {

/// Equal studies give equal bytes, however and in how many pieces they were run.
std::string study_json(const LoadedStudy& loaded, const StudyAnswer& answer);
std::string study_csv(const LoadedStudy& loaded, const StudyAnswer& answer);
/// The designs side by side; of studies that go one at a time, what each factor does.
std::string study_text(const LoadedStudy& loaded, const StudyAnswer& answer, const Paint& paint);

/// The designs of a comparison side by side, and their differences from the first.
std::string comparison_text(const Comparison& comparison, const Experiment& experiment,
                            const Paint& paint);
std::string comparison_json(const Comparison& comparison, const Experiment& experiment);
std::string comparison_csv(const Comparison& comparison);

/// A measure as people say it: "downtime a year" of "downtime_per_year_s".
std::string said_of(std::string measure);

/// A table with a row of heads; the first column is at the left, the others at the right. As wide
/// as it needs to be.
class Table {
 public:
  explicit Table(std::vector<std::string> heads) : rows_{std::move(heads)} {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// `left`: how many columns at the start are texts.
  std::string text(const Paint& paint, std::size_t left = 1) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace nines::cli
