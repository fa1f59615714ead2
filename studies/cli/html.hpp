// The report: one HTML file that needs nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "studies/study/answer.hpp"

namespace nines::cli {

struct ReportFigure {
  std::string key;  ///< "convergence"
  std::string of;   ///< the design; empty: the whole study
  std::string title;
  std::string light;  ///< SVG
  std::string dark;
};

/// The program that draws figures: beside this one, where the build or the installation has put it,
/// or on the path. Throws std::runtime_error, with what to do, if there is none.
std::string figures_program();

/// The figures of a store, drawn by the program nines-figures, which comes with the front end.
/// Throws std::runtime_error if it fails.
std::vector<ReportFigure> figures_of_store(const std::string& store);

struct ReportParts {
  const LoadedStudy& loaded;
  const StudyAnswer& answer;
  std::vector<ReportFigure> figures;
  std::vector<std::string> commands;  ///< that make it again
  std::string machine;
};

/// Text, tables and figures; reads well printed, on a light and on a dark ground. No script,
/// nothing from a network.
std::string report_html(const ReportParts& parts);

}  // namespace nines::cli
