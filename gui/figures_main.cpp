// nines-figures: draws the figures of a store's report, as JSON of SVGs on standard output. It is
// run by `nines study report`; nines itself links no Qt.
#include <algorithm>
#include <cstdio>

#include <QApplication>
#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>

#include "gui/charts/draw.hpp"
#include "gui/charts/study_figures.hpp"
#include "nines_version.hpp"

namespace {

using namespace nines;
using namespace nines::gui;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostInOneChart = 24;  // designs
constexpr std::size_t kMostInFull = 6;       // designs with figures of their own

constexpr int kWide = 760;
constexpr int kNarrow = 480;  // two stand side by side

std::string svg_of(const Chart& chart, const Theme& theme, int width) {
  const auto rows = static_cast<int>(chart.y.categories.size());
  const QSize size(width, std::clamp(130 + 26 * rows, width / 2, 1400));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(), size));
  QPainter painter(&generator);
  paint_chart(chart, theme, painter, size);
  painter.end();
  // To stand within a page: without the head of a document of its own.
  const auto begin = bytes.indexOf("<svg");
  return bytes.mid(std::max<qsizetype>(0, begin)).toStdString();
}

Json figure(const Chart& chart, const std::string& of) {
  const int width = of.empty() ? kWide : kNarrow;
  return {{"key", chart.key},
          {"of", of},
          {"title", chart.title},
          {"light", svg_of(chart, light_theme(), width)},
          {"dark", svg_of(chart, dark_theme(), width)}};
}

/// What one design is made of, with how its estimate went as the blocks came.
RunResult result_of(const AnsweredDesign& design, const DesignResult& merged, const Store& store) {
  const CompiledDesign& compiled = merged.compiled();
  RunResult result;
  result.topology = compiled.topology.name;
  result.experiment = compiled.experiment;
  result.outcome.summary = merged.summary();
  result.estimates = design.estimates;
  for (const CompiledGroup& group : compiled.system->groups) result.groups.push_back(group.name);
  result.convergence.resize(design.estimates.services.size());
  DesignResult again(merged.compiled_shared());
  Experiment experiment = compiled.experiment;
  experiment.precision_of = PrecisionOf::unavailability;
  std::uint64_t look = 1;
  store.blocks_of(static_cast<std::uint32_t>(design.number), [&](const StoredBlock& block) {
    again.add(block);
    if (again.blocks() < look && again.blocks() != merged.blocks()) return;
    look = next_look(look);
    const RunsSummary& so_far = again.summary();
    const double span_s = so_far.observed_s / static_cast<double>(so_far.runs);
    for (std::size_t s = 0; s < so_far.services.size(); ++s) {
      const Estimate down =
          estimate_for_precision(*compiled.system, experiment, so_far, so_far.services[s]);
      const Estimate available =
          map_falling(down, [&](double x) { return 1.0 - std::min(1.0, x / span_s); });
      result.convergence[s].push_back({static_cast<double>(so_far.runs), available});
    }
  });
  return result;
}

std::vector<ParetoPoint> pareto_of(const StudyAnswer& answer, std::string& currency) {
  std::vector<ParetoPoint> points;
  for (const AnsweredDesign& design : answer.designs) {
    if (design.runs == 0 || !design.estimates.costs) continue;
    currency = design.estimates.costs->currency;
    ParetoPoint point;
    point.cost_per_year = design.estimates.costs->all.value;
    for (const ServiceEstimates& s : design.estimates.services) {
      if (!s.part_of && s.downtime_per_year_s.value >= point.downtime_per_year_s.value) {
        point.downtime_per_year_s = s.downtime_per_year_s;
      }
    }
    points.push_back(point);
  }
  for (ParetoPoint& a : points) {
    a.on_front = std::none_of(points.begin(), points.end(), [&](const ParetoPoint& b) {
      const double a_s = a.downtime_per_year_s.value;
      const double b_s = b.downtime_per_year_s.value;
      return b.cost_per_year <= a.cost_per_year && b_s <= a_s &&
             (b.cost_per_year < a.cost_per_year || b_s < a_s);
    });
  }
  return points;
}

Json figures_in(const std::string& path) {
  const Store store = Store::open(path, Store::Access::read);
  const LoadedStudy loaded = load_study(store.texts());
  if (!loaded.study) throw StoreError(path + ": its study no longer loads");
  const Study& study = *loaded.study;
  CompiledDesigns designs(loaded);
  Json of_designs = Json::array();
  const StudyAnswer answer =
      answer_of(designs, store, [&](const AnsweredDesign& design, const DesignResult& merged) {
        if (design.number >= kMostInFull || design.runs == 0) return;
        const RunResult result = result_of(design, merged, store);
        for (std::size_t s = 0; s < result.estimates.services.size(); ++s) {
          if (result.estimates.services[s].part_of) continue;
          for (const Chart& chart : charts_of(result, s)) {
            if (chart.empty()) continue;  // nothing of the sort was seen
            of_designs.push_back(figure(chart, study.label(design.number)));
          }
          break;  // of the first service; tables have the others
        }
      });
  Json figures = Json::array();
  const Comparison comparison = comparison_of(study, answer, kMostInOneChart);
  if (comparison.designs.size() > 1) {
    figures.push_back(figure(designs_chart(comparison, 0), ""));
    figures.push_back(figure(differences_chart(comparison, Compared::unavailability), ""));
  }
  std::string currency;
  const std::vector<ParetoPoint> points = pareto_of(answer, currency);
  const auto [cheapest, dearest] = std::minmax_element(
      points.begin(), points.end(),
      [](const ParetoPoint& a, const ParetoPoint& b) { return a.cost_per_year < b.cost_per_year; });
  // Where all cost the same there is nothing to weigh.
  if (!points.empty() && cheapest->cost_per_year < dearest->cost_per_year)
    figures.push_back(figure(pareto_chart(points, currency), ""));
  if (study.sweep == Sweep::one_at_a_time) {
    const std::string service = loaded.base->topology->services.front().name;
    figures.push_back(
        figure(tornado_chart(tornado_of(study, answer, Compared::unavailability, service)), ""));
  }
  for (Json& one : of_designs) figures.push_back(std::move(one));
  return {{"version", NINES_VERSION}, {"figures", std::move(figures)}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || argv[1][0] == '-') {
    std::fprintf(stderr, "usage: nines-figures STORE\nIt is run by `nines study report STORE`.\n");
    return 2;
  }
  qputenv("QT_QPA_PLATFORM", "offscreen");
  // On servers nobody has logged in, and Qt would warn that it has no folder of its own.
  const QTemporaryDir runtime;
  if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR")) {
    qputenv("XDG_RUNTIME_DIR", runtime.path().toLocal8Bit());
  }
  QApplication app(argc, argv);
  QApplication::setStyle("Fusion");
  try {
    std::printf("%s\n", figures_in(argv[1]).dump().c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nines-figures: %s\n", error.what());
    return 4;
  }
}
