#include "models/mechanisms/writes.hpp"

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

}  // namespace nines
