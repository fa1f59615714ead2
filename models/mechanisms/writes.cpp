#include "models/mechanisms/writes.hpp"

#include "models/serving.hpp"

namespace nines {

void follow(Watches& watches, const std::vector<CompiledWrites>& sources) {
  for (const CompiledWrites& source : sources) {
    if (source.evaluation != kNone<EvaluationId>) {
      watches.numbers.push_back(source.evaluation);
    } else {
      watches.follow(source.available);
    }
  }
}

double written_per_s(const Reading& reading, const std::vector<CompiledWrites>& sources) {
  double rate = 0.0;
  for (const CompiledWrites& source : sources) {
    rate += source.evaluation == kNone<EvaluationId>
                ? (reading.value(source.available) ? 1.0 : 0.0)
                : reading.number(source.evaluation, source.number);
  }
  return rate;
}

bool all_served(const Reading& reading, const std::vector<CompiledWrites>& sources) {
  constexpr double kRounding = 1e-9;
  double offered = 0.0;
  bool all = true;
  for (const CompiledWrites& source : sources) {
    all = all && reading.value(source.available);
    if (source.evaluation == kNone<EvaluationId>) continue;
    offered += reading.number(source.evaluation, source.number - ServiceNumbers::kServed);
  }
  return all && written_per_s(reading, sources) >= offered * (1.0 - kRounding);
}

}  // namespace nines
