// nines compare: designs side by side, under common luck.
#include <unistd.h>

#include <fmt/format.h>

#include "studies/cli/options.hpp"
#include "studies/cli/progress.hpp"
#include "studies/cli/study_output.hpp"
#include "studies/compare.hpp"

namespace nines::cli {
namespace {

struct CompareOptions {
  std::vector<std::string> files;
  std::uint64_t runs = 10'000;
  std::string horizon;
  std::string seed = "1";
  std::string confidence = "95%";
  unsigned threads = 0;
  Look look;
};

int compare_files(const CompareOptions& options) {
  if (options.files.size() < 2) throw UsageError("compare: expected two topologies or more");
  std::vector<Topology> topologies;
  for (const std::string& file : options.files) {
    std::optional<Topology> topology = load(file);
    if (!topology) return kBadInput;
    topologies.push_back(std::move(*topology));
  }
  std::vector<std::unique_ptr<System>> systems;
  std::vector<Design> designs;
  std::string currency;
  for (std::size_t i = 0; i < topologies.size(); ++i) {
    const Topology& topology = topologies[i];
    systems.push_back(compile(topology));
    // The name says enough, unless another has it, too.
    const auto alike = [&](const Topology& other) { return other.name == topology.name; };
    const bool one = std::count_if(topologies.begin(), topologies.end(), alike) == 1;
    std::string name = one ? topology.name : options.files[i];
    const auto again = std::count(options.files.begin(),
                                  options.files.begin() + static_cast<long>(i), options.files[i]);
    if (again > 0) name += fmt::format(" ({})", again + 1);
    designs.push_back({name, systems.back().get()});
    const std::string& its = topology.costs.currency;
    if (currency.empty()) currency = its;
    if (its.empty() || its == currency) continue;
    fmt::print(stderr,
               "nines: {} has prices in {}, those before it in {}\nhint: nothing is converted: "
               "write all prices in one currency\n",
               options.files[i], its, currency);
    return kBadInput;
  }
  for (std::size_t i = 1; i < topologies.size(); ++i) {
    for (const TopologyService& service : topologies[0].services) {
      const auto& others = topologies[i].services;
      if (std::any_of(others.begin(), others.end(),
                      [&](const TopologyService& o) { return o.name == service.name; })) {
        continue;
      }
      fmt::print(stderr, "warning: {} has no service '{}' to compare with that of {}\n",
                 designs[i].name, service.name, designs[0].name);
    }
  }
  Experiment experiment = experiment_for(topologies[0]);
  experiment.questions = {};  // objectives are each topology's own: `nines run` judges them
  experiment.runs = options.runs;
  experiment.seed = seed_option(options.seed);
  experiment.threads = options.threads;
  experiment.confidence = fraction_option("--confidence", options.confidence);
  experiment.interrupted = &interrupted();
  if (!options.horizon.empty()) {
    experiment.horizon_s = duration_option("--horizon", options.horizon);
  }
  StatusLine status(!options.look.quiet && isatty(STDERR_FILENO) != 0,
                    wants_color(options.look.color, STDERR_FILENO));
  const Comparison comparison =
      compare(designs, experiment, [&](std::size_t design, const Progress& p) {
        const double of_one =
            static_cast<double>(p.runs_done) / static_cast<double>(p.runs_at_most);
        status.show(designs[design].name,
                    (static_cast<double>(design) + of_one) / static_cast<double>(designs.size()));
      });
  status.clear();
  if (interrupted_exit_code() != 0) {
    fmt::print(stderr,
               "Stopped: nothing is compared until all have had their runs; --runs takes fewer.\n");
    return interrupted_exit_code();
  }
  fmt::print("{}", options.look.json ? comparison_json(comparison, experiment)
                   : options.look.csv
                       ? comparison_csv(comparison)
                       : comparison_text(comparison, experiment,
                                         Paint(wants_color(options.look.color, STDOUT_FILENO))));
  return kDone;
}

}  // namespace

void add_compare(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command = app.add_subcommand("compare", "Topologies side by side, under common luck");
  command->footer(
      "What is called alike has the same luck in all of them, so that differences show early.\n"
      "Example:\n  nines compare active-standby active-active\n");
  command->add_option("files", options->files, "Topologies, or names of the library")->required();
  command->add_option("--runs", options->runs, "Of each (10,000), in whole blocks of 64")
      ->check(CLI::Range(std::uint64_t{1280}, std::uint64_t{0xC0000000}));
  command->add_option("--horizon", options->horizon, "How long a run is (1y)");
  command->add_option("--seed", options->seed, "Of the random numbers (1)");
  add_threads(*command, options->threads);
  command->add_option("--confidence", options->confidence, "Of the intervals (95%)");
  command->add_flag("--json", options->look.json, "As JSON");
  command->add_flag("--csv", options->look.csv, "The differences as CSV")->excludes("--json");
  command->add_flag("--quiet", options->look.quiet, "No progress");
  add_color(*command, options->look);
  command->callback([options, &exit_code] { exit_code = compare_files(*options); });
}

}  // namespace nines::cli
