// Repair crews: failed modes wait for one of a limited number of repairers.
#pragma once

#include <string>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// In which order a crew repairs.
enum class Discipline : unsigned char {
  fcfs,        ///< first come, first served
  priority,    ///< by priority, then first come; what is begun is finished
  preemptive,  ///< by priority; a repair gives way to a more urgent one and resumes later
  random,      ///< any of those that wait, when a repairer becomes free
  shared,      ///< all at once, each at the speed size / n where n > size are under repair
};

/// The keys of an entry of `crews`.
std::shared_ptr<const Record> crew_record();
Discipline discipline_of(const Settings& crew);

/// Adds the crew's reaction: `jobs` are the modes that it repairs.
void compile_crew(const std::string& name, const Settings& crew, const std::vector<CrewJob>& jobs,
                  ModelBuilder& model);

}  // namespace nines
