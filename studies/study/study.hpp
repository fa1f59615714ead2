// Study: which designs are made from one topology, what is asked of them, and for how long.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "studies/experiment.hpp"
#include "studies/study/factor.hpp"
#include "topologies/language/diagnostic.hpp"
#include "topologies/topology.hpp"

namespace nines {

enum class Sweep : unsigned char { full, one_at_a_time, latin_hypercube };

/// A measure that must not be larger than so much.
struct Bound {
  std::string measure;  ///< "unavailability"
  double at_most = 0.0;
  double tolerance = 0.0;  ///< how much more or less of the measure makes no difference
};

/// What `nines plan` asks.
struct PlanQuestion {
  std::vector<Bound> bounds;        ///< each on every service that has the measure
  double confidence = 0.95;         ///< of the whole answer
  double cost_tolerance = 0.0;      ///< designs whose yearly costs differ less are equally cheap
  std::string cost_tolerance_text;  ///< as it is written, with its currency
  std::uint64_t runs_at_most = 0;   ///< of a design
};

/// One combination of levels. `levels` has one for each factor; none: as the topology has it.
struct StudyDesign {
  std::vector<std::optional<std::size_t>> levels;
};

struct Study {
  std::string name;  ///< of the file, without directory and ending
  std::string title;
  std::vector<Factor> factors;
  Sweep sweep = Sweep::full;
  std::vector<StudyDesign> designs;
  std::vector<std::string> measures;  ///< those to tell; empty: all
  Experiment experiment;              ///< of each design
  PlanQuestion plan;

  /// "web servers = 4, mode = synchronous"; "as it is" where nothing is changed.
  std::string label(std::size_t design) const;
};

/// Everything that a study is made from, as texts: what a store keeps, and what ranks are told.
struct StudyTexts {
  std::string path;  ///< of the study
  std::string text;
  std::string topology_path;
  std::string topology_text;
  std::string catalogue_path;  ///< of the parts; empty: there is none
  std::string catalogue_text;
  NamedFiles files;  ///< that the topology and its designs name
};

struct LoadedStudy {
  StudyTexts texts;
  Source source{"", ""};
  std::optional<Source> catalogue = {};
  std::optional<Loaded> base = {};                     ///< the topology that is varied
  std::optional<Study> study = {};                     ///< absent if there is anything wrong
  std::vector<Diagnostic> diagnostics = {};            ///< in the study
  std::vector<Diagnostic> catalogue_diagnostics = {};  ///< in the catalogue
};

inline constexpr std::size_t kMostDesigns = 100'000;
inline constexpr std::uint64_t kMostRunsOfDesign = 0xC0000000ULL;  // pilot runs come after these

/// Reads a study and the files that it names. Throws std::runtime_error, with the path and the
/// system's words, if one cannot be read.
LoadedStudy load_study_file(const std::string& path);
/// The same from texts. What is wrong is in the diagnostics; of designs only what the study says is
/// looked at: see `design_document`.
LoadedStudy load_study(StudyTexts texts);
/// All that is wrong with a study, its catalogue or its topology, for people.
std::string render(const LoadedStudy& loaded);

/// The topology of a design. Its diagnostics are places in the base topology's text.
Loaded design_document(const Study& study, const Loaded& base, std::size_t design);

/// What is wrong with the designs, each named with the levels that make it; nothing: all are valid.
/// Files that only designs name are then in the texts, too. `progress` is told how many have been
/// looked at.
std::string invalid_designs(LoadedStudy& loaded,
                            const std::function<void(std::size_t)>& progress = {});

/// Where the studies that come with nines are: their names, and the path of one; empty if none is
/// called so.
std::vector<std::string> study_library_names();
std::string study_library_path(const std::string& name);

/// The declaration of a study file, and its JSON Schema.
const Record& study_record();
std::string study_schema();

}  // namespace nines
