// nines run: simulate a topology and say what it is worth.
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>

#include <unistd.h>

#include <fmt/format.h>

#include "models/summary_bytes.hpp"
#include "studies/cli/html.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/output.hpp"
#include "studies/cli/progress.hpp"
#include "studies/cli/refusal.hpp"
#include "studies/cli/report.hpp"
#include "topologies/language/quantity.hpp"
#include "topologies/symmetry.hpp"

namespace nines::cli {
namespace {

struct RunOptions {
  std::string file = "web-shop";
  std::uint64_t runs = 0;
  std::string horizon;
  std::string seed = "1";
  unsigned threads = 0;
  bool steady_state = false;
  bool memoryless = false;
  bool check = false;
  bool check_exact = false;
  std::vector<std::string> at;
  std::string until;
  std::string precision;
  std::string measure;
  std::string confidence = "95%";
  std::string time_limit;
  std::string width = "auto";
  std::string report;
  bool no_figures = false;
  std::size_t input_samples = 0;
  std::string command;  ///< as it was typed
  Look look;
};

constexpr std::uint64_t kMostRuns = 0xC0000000ULL;  // pilot runs are numbered from here

Experiment experiment_of(const RunOptions& options, const Topology& topology) {
  Experiment e = experiment_for(topology);
  e.seed = seed_option(options.seed);
  e.threads = options.threads;
  e.steady_state = options.steady_state;
  e.confidence = fraction_option("--confidence", options.confidence);
  e.interrupted = &interrupted();
  if (!options.until.empty()) {
    if (options.until != "first-outage") {
      throw UsageError(fmt::format("--until is \"{}\"; expected first-outage", options.until));
    }
    e.questions.until_first_outage = true;
    e.horizon_s = std::numeric_limits<double>::infinity();
    if (!options.at.empty() || !options.precision.empty()) {
      throw UsageError(
          "--until first-outage gives the time to the first outage only: leave --at "
          "and --precision out");
    }
  }
  if (options.input_samples > 0) {
    if (topology.doubts.empty()) {
      throw UsageError(
          "--input-uncertainty: no input has a range of doubt\nhint: write one behind its value: "
          "mttf: 90d (60d..150d)");
    }
    if (options.memoryless || e.questions.until_first_outage || !options.precision.empty() ||
        !options.time_limit.empty()) {
      throw UsageError(
          "--input-uncertainty shares --runs out among the draws: leave out --memoryless, --until, "
          "--precision and --time-limit");
    }
  }
  if (options.check && topology.objectives.settings.values.empty()) {
    throw UsageError("--check: the topology states no objectives");
  }
  if (options.check && e.questions.until_first_outage) {
    throw UsageError("--check: objectives are not judged with --until first-outage");
  }
  if (!options.measure.empty() && options.precision.empty()) {
    throw UsageError("--measure says what --precision is about: add --precision 5%");
  }
  if (!options.horizon.empty()) e.horizon_s = duration_option("--horizon", options.horizon);
  for (const std::string& at : options.at) {
    const Parsed<double> parsed = parse_quantity(at, Dimension::duration);
    if (!parsed.value || *parsed.value < 0 || *parsed.value >= e.horizon_s) {
      throw UsageError(fmt::format("--at is \"{}\"; expected a duration within the horizon", at));
    }
    e.questions.at_s.push_back(*parsed.value);
  }
  if (!options.precision.empty()) {
    e.precision = fraction_option("--precision", options.precision);
    e.precision_of = options.measure == "outages"           ? PrecisionOf::outages
                     : options.measure == "outage-duration" ? PrecisionOf::outage_length
                                                            : PrecisionOf::unavailability;
  }
  if (!options.time_limit.empty()) {
    e.time_limit_s = duration_option("--time-limit", options.time_limit);
  }
  // With a stopping rule, the number of runs is up to the rule unless it is given too.
  e.runs = options.runs != 0 ? options.runs : e.precision || e.time_limit_s ? kMostRuns : e.runs;
  if (e.runs > kMostRuns) throw UsageError(fmt::format("--runs: at most {}", kMostRuns));
  e.width = options.width == "scalar"   ? Width::scalar
            : options.width == "avx2"   ? Width::avx2
            : options.width == "avx512" ? Width::avx512
                                        : Width::automatic;
  return e;
}

/// What the runs should say: until the horizon where they begin with all new, and one chain tells
/// of that; else in the long run.
Exact exact_of(const Topology& topology, const System& system, const Experiment& experiment,
               const RunOptions& options) {
  if (system.scripted || experiment.questions.until_first_outage) {
    throw UsageError("--check-exact goes with neither scripted faults nor --until first-outage");
  }
  StatusLine status(!options.look.quiet && isatty(STDERR_FILENO) != 0,
                    wants_color(options.look.color, STDERR_FILENO));
  ExactQuestion question;
  question.interrupted = &interrupted();
  question.progress = [&](const std::string& what, std::optional<double> share) {
    status.show(what, share);
  };
  if (!experiment.steady_state) question.horizon_s = experiment.horizon_s;
  question.interchangeable = interchangeable(topology, system);
  try {
    return solve(system, question);
  } catch (const TooManyStates& error) {
    throw std::runtime_error(fmt::format("--check-exact: {}, which is the limit", error.what()));
  }
}

/// The blocks of a run as a store of a study with one design, from which its report is made.
class RunStore {
 public:
  RunStore(const RunOptions& options, const Loaded& loaded, const Experiment& experiment) {
    if (options.memoryless || experiment.questions.until_first_outage || options.check_exact ||
        !options.at.empty() || !options.time_limit.empty() ||
        experiment.seed > (std::uint64_t{1} << 53U)) {
      throw UsageError(
          "--report tells what a plain run tells: leave out --memoryless, --until, --at, "
          "--check-exact and --time-limit, and take a seed below 2^53");
    }
    StudyTexts texts;
    texts.path = loaded.source.path();
    texts.topology_path = loaded.source.path();
    texts.topology_text = loaded.source.text();
    texts.files = loaded.files;
    texts.text = fmt::format(
        "nines-study: 1\ntitle: \"{}\"\ntopology: \"{}\"\nruns: {}\nhorizon: {}s\nseed: {}\n"
        "confidence: {} %\nsteady_state: {}\n",
        quoted(loaded.topology->title.empty() ? loaded.topology->name : loaded.topology->title),
        quoted(texts.path), experiment.runs, experiment.horizon_s, experiment.seed,
        100.0 * experiment.confidence, experiment.steady_state);
    if (experiment.precision) {
      texts.text +=
          fmt::format("precision: {} %\nprecision_of: {}\n", 100.0 * *experiment.precision,
                      options.measure.empty() ? "unavailability" : options.measure);
    }
    study_ = load_study(std::move(texts));
    if (!study_.study) throw std::runtime_error("--report: " + render(study_));
    study_.study->experiment = experiment;
    std::string name = (std::filesystem::temp_directory_path() / "nines-run-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + ": cannot be made");
    folder_ = name;
    store_.emplace(Store::create((folder_ / "run.db").string(), study_, {}));
  }
  ~RunStore() {
    store_.reset();
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  RunStore(const RunStore&) = delete;
  RunStore& operator=(const RunStore&) = delete;

  void add(const RunsSummary& block, const System& system) {
    store_->add({{0, next_++, static_cast<std::uint32_t>(block.runs), to_bytes(block),
                  laws_.fresh(block, system.services)}});
  }
  void write_report(const RunOptions& options) {
    CompiledDesigns designs(study_);
    const StudyAnswer answer = answer_of(designs, *store_);
    std::vector<ReportFigure> figures;
    if (!options.no_figures) figures = figures_of_store(store_->path());
    write_output(
        options.report,
        report_html({study_, answer, std::move(figures), {options.command}, store_->machine()}));
    if (!options.look.quiet) fmt::print(stderr, "{}\n", options.report);
  }

 private:
  static std::string quoted(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return out;
  }
  LoadedStudy study_;
  std::filesystem::path folder_;
  std::optional<Store> store_;
  LawsInUse laws_;
  std::uint32_t next_ = 0;
};

int run(const RunOptions& options) {
  const std::optional<Loaded> loaded = load_document(options.file);
  if (!loaded) return kBadInput;
  const std::optional<Topology>& topology = loaded->topology;
  const Experiment experiment = experiment_of(options, *topology);
  const auto system = compile(*topology, options.memoryless ? Laws::memoryless : Laws::as_written);

  std::optional<Exact> exact;
  if (options.check_exact) {
    // First: where it is not applicable, that is said before any run.
    try {
      exact = exact_of(*topology, *system, experiment, options);
    } catch (const NotMarkovian& error) {
      return refuse_laws(error, *loaded);
    }
  }

  std::optional<RunStore> kept;
  if (!options.report.empty()) {
    std::vector<std::string> inputs{loaded->source.path()};
    for (const auto& [name, content] : loaded->files.contents) {
      inputs.push_back((std::filesystem::path(loaded->files.directory) / name).string());
    }
    check_output(options.report, inputs);
    if (!options.no_figures) figures_program();  // missed now rather than after the runs
    kept.emplace(options, *loaded, experiment);
  }
  ProgressBar bar(experiment, !options.look.quiet && isatty(STDERR_FILENO) != 0,
                  wants_color(options.look.color, STDERR_FILENO));
  const auto begun = std::chrono::steady_clock::now();
  const Outcome outcome = run_experiment(*system, experiment, [&](const Progress& p) {
    bar.show(p);
    if (kept) kept->add(*p.block, *system);
  });
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
  bar.clear();

  const Estimates estimates = estimate(*system, experiment, outcome);
  std::optional<InputDoubt> doubt;
  if (options.input_samples > 0 && interrupted_exit_code() == 0) {
    StatusLine status(!options.look.quiet && isatty(STDERR_FILENO) != 0,
                      wants_color(options.look.color, STDERR_FILENO));
    const auto samples = static_cast<double>(options.input_samples);
    doubt = run_with_doubt(*loaded, experiment, options.input_samples, [&](std::size_t i) {
      status.show("drawing inputs", static_cast<double>(i) / samples);
    });
    if (interrupted_exit_code() != 0) {
      doubt.reset();
      fmt::print(stderr, "Stopped while inputs were drawn: what they do is not told.\n");
    }
  }
  const Report report{*topology,
                      experiment,
                      outcome,
                      estimates,
                      options.memoryless,
                      exact ? &*exact : nullptr,
                      doubt ? &*doubt : nullptr};
  const std::string out =
      options.look.json ? report_json(report)
      : options.look.csv
          ? report_csv(report)
          : report_text(report, Paint(wants_color(options.look.color, STDOUT_FILENO)),
                        spent.count());
  write_output("-", out);
  if (kept && outcome.summary.runs > 0) kept->write_report(options);
  if (interrupted_exit_code() != 0) return interrupted_exit_code();
  if (outcome.summary.runs == 0) {
    throw std::runtime_error("no block of 64 runs was finished within --time-limit");
  }
  if (options.check) {
    for (const ObjectiveEstimate& o : estimates.objectives) {
      if (o.met.value < 0.5) return kAnswerIsNo;
    }
  }
  return kDone;
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Simulate a topology");
  command->footer(
      "Example:\n  nines run web-shop --runs 20000 --horizon 1y\n"
      "  nines run shop.yaml --precision 5% --json\n");
  command->add_option("file", options->file, "A topology, or a name of the library")->required();
  command->add_option("--runs", options->runs, "How many histories to simulate (10000)")
      ->check(CLI::Range(std::uint64_t{1}, kMostRuns));
  command->add_option("--horizon", options->horizon, "How long each is (1y)");
  command->add_option("--seed", options->seed, "Another seed, other luck (1)");
  add_threads(*command, options->threads);
  command->add_flag("--steady-state", options->steady_state,
                    "Start as at a random instant of an endless past");
  command->add_flag("--memoryless", options->memoryless,
                    "Replace every law by an exponential of its mean");
  command->add_flag("--check-exact", options->check_exact,
                    "Hold the result beside the Markov chain of the same model");
  command->add_option("--at", options->at, "Point availability at a time; may be repeated");
  command->add_option("--until", options->until, "first-outage: each run ends there");
  command->add_option("--precision", options->precision,
                      "Stop at this relative half-width of the interval");
  command->add_option("--measure", options->measure, "What --precision is about")
      ->check(CLI::IsMember({"unavailability", "outages", "outage-duration"}));
  command->add_option("--confidence", options->confidence, "Of the intervals (95%)");
  command->add_option("--time-limit", options->time_limit, "Stop after this long");
  command->add_flag("--check", options->check,
                    "Exit with 1 if an objective is missed in most runs");
  command->add_option("--simd", options->width, "Width of the vector arithmetic; changes no bit")
      ->check(CLI::IsMember({"auto", "scalar", "avx2", "avx512"}));
  command
      ->add_option("--input-uncertainty", options->input_samples,
                   "Draw inputs with a range of doubt so many times, and tell both spreads")
      ->check(CLI::Range(std::size_t{20}, std::size_t{100'000}));
  command->add_option("--report", options->report,
                      "Write a report with figures to this file, as one HTML page");
  command->add_flag("--no-figures", options->no_figures, "In the report: needs no nines-figures")
      ->needs("--report");
  command->add_flag("--json", options->look.json, "The result as JSON");
  command->add_flag("--csv", options->look.csv, "The result as CSV")->excludes("--json");
  command->add_flag("--quiet", options->look.quiet, "No progress");
  add_color(*command, options->look);
  command->callback([options, &exit_code] {
    options->command = typed_command();
    exit_code = run(*options);
  });
}

}  // namespace nines::cli
