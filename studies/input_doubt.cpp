#include "studies/input_doubt.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/hash.hpp"
#include "engine/chance/random.hpp"
#include "topologies/compile.hpp"
#include "topologies/language/quantity.hpp"

namespace nines {
namespace {

/// A quantile of the triangular law between a <= top <= b.
double triangular(double a, double top, double b, double u) {
  return u * (b - a) < top - a ? a + std::sqrt(u * (b - a) * (top - a))
                               : b - std::sqrt((1.0 - u) * (b - a) * (b - top));
}

/// What doubt makes of the value, as a factor of it. On the logarithms; of a share on those of its
/// odds, so that 99.9 % within 99 % and 99.99 % is a tenth and ten times of what is left out. A
/// range that reaches 100 % has no logarithm there, and is taken as it is.
double drawn_factor(const Doubt& doubt, double u) {
  const auto odds = [](double x) { return std::log(x) - std::log1p(-x); };
  const bool share = doubt.dimension == Dimension::fraction;
  double drawn = 0.0;
  if (share && doubt.high < 1.0) {
    const double x = triangular(odds(doubt.low), odds(doubt.value), odds(doubt.high), u);
    drawn = 1.0 / (1.0 + std::exp(-x));
  } else if (share && doubt.high == 1.0) {
    drawn = triangular(doubt.low, doubt.value, doubt.high, u);
  } else {
    drawn =
        std::exp(triangular(std::log(doubt.low), std::log(doubt.value), std::log(doubt.high), u));
  }
  return drawn / doubt.value;
}

void replace_inputs(Node& node, const std::map<std::uint32_t, std::string>& texts) {
  if (node.kind == Node::Kind::scalar) {
    const auto at = texts.find(node.place.begin);
    if (at != texts.end()) node.text = at->second;
  }
  for (Node& item : node.items) replace_inputs(item, texts);
  for (MapEntry& entry : node.entries) replace_inputs(entry.value, texts);
}

/// Mean and variance of the mean over runs.
struct Sampled {
  double mean = 0.0;
  double variance = 0.0;
};
Sampled sampled(double sum, double sum_of_squares, double runs) {
  const double mean = sum / runs;
  return {mean, std::max(0.0, sum_of_squares / runs - mean * mean) / (runs - 1.0)};
}

DoubtSpread spread_of(std::vector<Sampled> samples) {
  const auto count = static_cast<double>(samples.size());
  DoubtSpread spread;
  double within = 0.0;
  for (const Sampled& s : samples) {
    spread.mean += s.mean / count;
    within += s.variance / count;
  }
  double between = 0.0;
  for (const Sampled& s : samples) {
    between += (s.mean - spread.mean) * (s.mean - spread.mean) / (count - 1.0);
  }
  const double of_inputs = std::max(0.0, between - within);
  spread.mean_error = std::sqrt(between / count);
  spread.simulation_sd = std::sqrt(within);
  spread.input_sd = std::sqrt(of_inputs);
  const double shrink = between > 0 ? std::sqrt(of_inputs / between) : 0.0;
  std::sort(samples.begin(), samples.end(),
            [](const Sampled& a, const Sampled& b) { return a.mean < b.mean; });
  const auto at = [&](double p) {
    const auto rank = static_cast<std::size_t>(p * (count - 1.0) + 0.5);
    return std::max(0.0, spread.mean + shrink * (samples[rank].mean - spread.mean));
  };
  spread.p05 = at(0.05);
  spread.p50 = at(0.50);
  spread.p95 = at(0.95);
  return spread;
}

}  // namespace

Loaded with_drawn_inputs(const Loaded& loaded, std::uint64_t seed, std::size_t sample) {
  std::map<std::uint32_t, std::string> texts;
  std::size_t number = 0;
  for (const Doubt& doubt : loaded.topology->doubts) {
    const std::uint64_t stream = stable_hash(fmt::format("input doubt/{}", number++));
    const double u = draw_units(seed, {stream, static_cast<std::uint32_t>(sample), 0}).first;
    const std::size_t digits = number_length(doubt.text);
    const double value = *parse_number(doubt.text.substr(0, digits)).value;
    texts[doubt.place.begin] =
        fmt::format("{:.17g}{}", value * drawn_factor(doubt, u), doubt.text.substr(digits));
  }
  Node root = loaded.root;
  replace_inputs(root, texts);
  return load_topology(loaded.source, std::move(root), loaded.files);
}

InputDoubt run_with_doubt(const Loaded& loaded, const Experiment& experiment, std::size_t samples,
                          const std::function<void(std::size_t)>& progress) {
  if (loaded.topology->doubts.empty()) {
    throw std::invalid_argument(
        "no input has a range of doubt\nhint: write one behind its value: mttf: 90d (60d..150d)");
  }
  InputDoubt result;
  result.samples = samples;
  const std::uint64_t blocks =
      (experiment.runs + samples * kRunsPerBlock - 1) / (samples * kRunsPerBlock);
  result.runs_each = blocks * kRunsPerBlock;
  std::vector<std::vector<Sampled>> down;
  std::vector<std::vector<Sampled>> outages;
  for (std::size_t i = 0; i < samples; ++i) {
    if (progress) progress(i);
    const Loaded drawn = with_drawn_inputs(loaded, experiment.seed, i);
    if (!drawn.topology) {
      throw std::invalid_argument(fmt::format("draw {} of the inputs makes no valid topology:\n{}",
                                              i + 1, render(drawn.diagnostics, drawn.source)));
    }
    const auto system = compile(*drawn.topology);
    Experiment each = experiment;
    each.runs = result.runs_each;
    each.seed = mix(experiment.seed, i + 1);
    each.precision.reset();
    const Outcome outcome = run_experiment(*system, each);
    if (outcome.stopped_by == StoppedBy::interrupt) break;
    const RunsSummary& summary = outcome.summary;
    const auto runs = static_cast<double>(summary.runs);
    const double span_s = summary.observed_s / runs;
    std::size_t whole = 0;
    for (std::size_t s = 0; s < system->services.size(); ++s) {
      if (system->services[s].part_of) continue;
      if (result.services.size() <= whole) {
        result.services.push_back({system->services[s].name, {}, {}});
        down.emplace_back();
        outages.emplace_back();
      }
      const ServiceSummary& service = summary.services[s];
      down[whole].push_back(
          sampled(service.down.x / span_s, service.down.xx / (span_s * span_s), runs));
      const double years = span_s / kYear_s;
      outages[whole].push_back(
          sampled(service.counts.x / years, service.counts.xx / (years * years), runs));
      ++whole;
    }
  }
  for (std::size_t s = 0; s < result.services.size(); ++s) {
    if (down[s].size() < 2) continue;
    result.services[s].unavailability = spread_of(down[s]);
    result.services[s].outages_per_year = spread_of(outages[s]);
  }
  return result;
}

}  // namespace nines
