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

/// What a service with a load serves, from what it does in one state after another.
class LoadSums {
 public:
  void add(const ServiceNumbers& now, double share, bool with_responses);
  ExactService::Load load() const;

 private:
  ExactService::Load load_;
  double offered_ = 0.0;
  double served_ = 0.0;  ///< of requests that have a response time
  double waited_s_ = 0.0;
};

/// The failovers of a group; `earned` tells per second what a measure earns, `split` is a share.
ExactGroup failovers_of(const CompiledGroup& group,
                        const std::function<double(MeasureId)>& earned_per_s, double split);

/// Sets what a service loses of its sessions, while they may begin for a share `open` of the time.
void count_sessions(const CompiledSessions& sessions, double lost_per_s, double open,
                    ExactService& out);

/// By measure what it earns per second in the long run.
std::vector<double> earnings(const Model& model, const Explored& explored,
                             const Vector& probability);

/// A module, solved.
struct SolvedModule {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::string method;
  double residual = 0.0;
  Aspect aspect;                     ///< in the long run
  std::vector<Aspect> then;          ///< by ExactQuestion::at_s
  std::string not_then;              ///< why there is none of these
  std::vector<double> earned_per_s;  ///< by measure
};

/// The modules of a system, each solved by itself.
std::vector<SolvedModule> solve_modules(const System& system, const ExactQuestion& question);

/// What they say together.
Exact put_together(const System& system, const ExactQuestion& question,
                   const std::vector<SolvedModule>& modules);

}  // namespace nines
