// How exact answers are found: as one chain, or as independent modules. Inside of studies/exact.
#pragma once

#include <string>
#include <vector>

#include "engine/solve/combine.hpp"
#include "engine/solve/explore.hpp"
#include "studies/exact.hpp"

namespace nines {

/// `of` says which part is explored, for people.
ExploreOptions explore_options(const ExactQuestion& question, const std::string& of);

/// One chain for the whole system.
Exact solve_whole(const System& system, const ExactQuestion& question);

/// A module, solved.
struct SolvedModule {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::string method;
  double residual = 0.0;
  Aspect aspect;                     ///< in the long run
  std::vector<Aspect> then;          ///< by ExactQuestion::at_s
  std::vector<double> earned_per_s;  ///< by measure
};

/// The modules of a system, each solved by itself.
std::vector<SolvedModule> solve_modules(const System& system, const ExactQuestion& question);

/// What they say together.
Exact put_together(const System& system, const ExactQuestion& question,
                   const std::vector<SolvedModule>& modules);

}  // namespace nines
