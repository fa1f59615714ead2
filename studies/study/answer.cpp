#include "studies/study/answer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace nines {

StudyAnswer answer_of(CompiledDesigns& designs, const Store& store,
                      const std::function<void(const AnsweredDesign&, const DesignResult&)>& each) {
  if (const Shard shard = store.shard(); shard.of > 1) {
    throw StoreError(fmt::format(
        "{}: has part {} of {} of its study\nhint: nines study merge all.db {} … puts the parts "
        "together",
        store.path(), shard.i, shard.of, store.path()));
  }
  StudyAnswer answer;
  std::unique_ptr<DesignResult> first;
  Estimates first_estimates;
  for (std::size_t d = 0; d < designs.size(); ++d) {
    auto result = std::make_unique<DesignResult>(designs.get(d));
    result->add_all(store, static_cast<std::uint32_t>(d));
    AnsweredDesign& design = answer.designs.emplace_back();
    design.number = d;
    design.runs = result->summary().runs;
    design.complete = result->done();
    design.stopped_by = result->stopped_by();
    answer.complete = answer.complete && design.complete;
    if (design.runs > 0) design.estimates = result->estimates();
    if (first && design.runs > 0 && first->blocks() > 0) {
      design.differences =
          differences({*first->compiled().system, first_estimates, first->series()},
                      {*result->compiled().system, design.estimates, result->series()},
                      designs.study().experiment.confidence);
    }
    if (each) each(design, *result);
    if (d == 0) {
      first = std::move(result);
      first_estimates = design.estimates;
    }
  }
  return answer;
}

bool tells(const Study& study, const std::string& measure) {
  return study.measures.empty() ||
         std::any_of(study.measures.begin(), study.measures.end(), [&](const std::string& told) {
           return measure == told || measure == told + "_p50" || measure == told + "_p95" ||
                  measure == told + "_p99";
         });
}

std::vector<std::optional<std::string>> labels_of(const Study& study, std::size_t design) {
  std::vector<std::optional<std::string>> labels;
  for (std::size_t f = 0; f < study.factors.size(); ++f) {
    const auto& level = study.designs[design].levels[f];
    labels.push_back(level ? std::optional(study.factors[f].levels[*level].label) : std::nullopt);
  }
  return labels;
}

std::vector<TornadoBar> tornado_of(const Study& study, const StudyAnswer& answer, Compared measure,
                                   const std::string& service) {
  std::vector<TornadoBar> bars;
  for (std::size_t f = 0; f < study.factors.size(); ++f) {
    const TornadoBar::End same{"as it is", {0.0, 0.0, 0.0}};
    TornadoBar bar{study.factors[f].name, same, same};
    for (const AnsweredDesign& design : answer.designs) {
      const auto& level = study.designs[design.number].levels[f];
      if (!level) continue;
      for (const Difference& d : design.differences) {
        if (d.measure != measure || (d.service != service && !d.service.empty())) continue;
        const TornadoBar::End end{study.factors[f].levels[*level].label, d.difference};
        if (d.difference.value < bar.low.difference.value) bar.low = end;
        if (d.difference.value > bar.high.difference.value) bar.high = end;
      }
    }
    bars.push_back(std::move(bar));
  }
  std::stable_sort(bars.begin(), bars.end(), [](const TornadoBar& a, const TornadoBar& b) {
    return a.high.difference.value - a.low.difference.value >
           b.high.difference.value - b.low.difference.value;
  });
  return bars;
}

}  // namespace nines
