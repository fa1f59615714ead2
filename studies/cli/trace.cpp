// nines trace: one run as a readable timeline, or as JSON Lines.
#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "engine/run/simulate.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/text.hpp"
#include "studies/playback.hpp"
#include "topologies/compile.hpp"

namespace nines::cli {
namespace {

struct TraceOptions {
  std::string file;
  std::uint32_t run = 0;
  std::string seed = "1";
  std::string horizon = "1y";
  bool memoryless = false;
  bool with_outage = false;
  Look look;
};

/// Day and time of day since the start, which is a Monday, 00:00.
std::string clock_text(double t_s) {
  const double day = std::floor(t_s / 86400.0);
  const double rest = t_s - day * 86400.0;
  const int hours = static_cast<int>(rest / 3600.0);
  const int minutes = static_cast<int>((rest - hours * 3600.0) / 60.0);
  const double seconds = rest - hours * 3600.0 - minutes * 60.0;
  return fmt::format("day {:>4}  {:02}:{:02}:{:06.3f}", static_cast<long>(day) + 1, hours, minutes,
                     std::floor(seconds * 1000.0) / 1000.0);
}

/// A sentence in English, painted.
std::string sentence(const StoryLine& line, const Paint& paint) {
  std::string text = line.follows ? "  " : "";
  std::size_t next = 0;
  for (std::size_t i = 0; i < line.pattern.size(); ++i) {
    if (line.pattern.compare(i, 2, "{}") != 0) {
      text += line.pattern[i];
      continue;
    }
    const StoryLine::Argument& argument = line.arguments[next++];
    text += argument.span_s  ? duration(*argument.span_s)
            : argument.count ? number(*argument.count)
                             : argument.text;
    ++i;
  }
  text = without_domain(text);
  switch (line.tone) {
    case StoryLine::Tone::good:
      return paint.good(text);
    case StoryLine::Tone::warm:
      return paint.warm(text);
    case StoryLine::Tone::bad:
      return paint.bad(text);
    case StoryLine::Tone::plain:
      break;
  }
  return text;
}

void print(const StoryLine& line, bool json, const Paint& paint) {
  if (json) {
    nlohmann::ordered_json out{{"t_s", line.t_s}, {"event", line.event}, {"name", line.name}};
    if (!line.detail.empty()) out["detail"] = line.detail;
    fmt::print("{}\n", out.dump());
  } else if (!line.pattern.empty()) {
    fmt::print("{}  {}\n", paint.faint(clock_text(line.t_s)), sentence(line, paint));
  }
}

/// The first run from `first` on in which a service goes down.
std::uint32_t outage_from(const System& system, std::uint64_t seed, std::uint32_t first,
                          double horizon_s) {
  const auto run = run_with_outage(system, seed, first, horizon_s, 1'000'000, interrupted());
  if (interrupted().load()) return first;  // the caller ends as interrupted
  if (!run) throw std::runtime_error("--with-outage: a million runs have no outage");
  return *run;
}

int trace(const TraceOptions& options) {
  const std::optional<Topology> topology = load(options.file);
  if (!topology) return kBadInput;
  const double horizon_s = duration_option("--horizon", options.horizon);
  const auto system = compile(*topology, options.memoryless ? Laws::memoryless : Laws::as_written);
  const Paint paint(wants_color(options.look.color, STDOUT_FILENO));
  StoryTeller teller(*system,
                     [&](const StoryLine& line) { print(line, options.look.json, paint); });
  const SimulatorOptions how{seed_option(options.seed), Start::all_new, Width::automatic,
                             horizon_s};
  const std::uint32_t run =
      options.with_outage ? outage_from(*system, how.seed, options.run, horizon_s) : options.run;
  if (interrupted().load()) return interrupted_exit_code();
  Simulator simulator(*system->model, how, {&teller}, &teller);
  if (!options.look.json) {
    fmt::print("{}   run {} of seed {}, {}\n", paint.bold(topology->name), run, options.seed,
               span(horizon_s));
  }
  simulator.begin(run);
  while (simulator.step(horizon_s)) {
    if (interrupted().load()) return interrupted_exit_code();
  }
  if (!options.look.json) {
    fmt::print("{}  end; {} event{}\n", paint.faint(clock_text(horizon_s)), simulator.events(),
               simulator.events() == 1 ? "" : "s");
  }
  return kDone;
}

}  // namespace

void add_trace(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<TraceOptions>();
  CLI::App* command = app.add_subcommand("trace", "Tell one run event by event");
  command->footer("Example:\n  nines trace web-shop --run 7 --horizon 1y\n");
  command->add_option("file", options->file, "A topology, or a name of the library")->required();
  command->add_option("--run", options->run, "Which run: the one that `nines run` numbers so (0)");
  command->add_option("--seed", options->seed, "The seed of that `nines run` (1)");
  command->add_option("--horizon", options->horizon, "How long (1y)");
  command->add_flag("--memoryless", options->memoryless,
                    "Replace every law by an exponential of its mean");
  command->add_flag("--with-outage", options->with_outage,
                    "The first run, from --run on, in which a service goes down");
  command->add_flag("--json", options->look.json, "JSON Lines: one event a line");
  add_color(*command, options->look);
  command->callback([options, &exit_code] { exit_code = trace(*options); });
}

}  // namespace nines::cli
