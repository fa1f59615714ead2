// What all commands share: options, exit codes, interruption, how quantities are given.
#pragma once

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>

#include <CLI/CLI.hpp>

#include "topologies/topology.hpp"

namespace nines::cli {

enum ExitCode : int {
  kDone = 0,
  kAnswerIsNo = 1,  ///< an objective missed, with --check
  kWrongUsage = 2,
  kBadInput = 3,
  kCouldNotFinish = 4,
  kInterrupted = 130,
  kTerminated = 143,
};

/// A wrong word on the command line.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class ColorChoice : unsigned char { automatic, always, never };

struct Look {
  ColorChoice color = ColorChoice::automatic;
  bool json = false;
  bool csv = false;
  bool quiet = false;
};

/// True once Ctrl-C or a termination has been asked for; a second one ends the program at once.
const std::atomic<bool>& interrupted();
/// 0, or the exit code of the signal that came.
int interrupted_exit_code();
void catch_signals();

/// The command line as it was typed, from the name of the program on.
std::string typed_command();

double duration_option(const std::string& name, const std::string& text);
std::uint64_t seed_option(const std::string& text);
double fraction_option(const std::string& name, const std::string& text);

/// Loads a topology by path, or by a name of the library. Prints diagnostics and returns nothing if
/// it is bad; throws std::runtime_error if it cannot be read.
std::optional<Topology> load(const std::string& path_or_name);
/// The same with its text, for messages about places in it.
std::optional<Loaded> load_document(const std::string& path_or_name);

/// Adds --threads; left out: as many as there are cores.
void add_threads(CLI::App& command, unsigned& threads);
/// Adds --color.
void add_color(CLI::App& command, Look& look);

/// Each adds its subcommand, and the code that it will return to `exit_code`.
void add_run(CLI::App& app, int& exit_code);
void add_validate(CLI::App& app, int& exit_code);
void add_trace(CLI::App& app, int& exit_code);
void add_solve(CLI::App& app, int& exit_code);
void add_spof(CLI::App& app, int& exit_code);
void add_schema(CLI::App& app, int& exit_code);
void add_study(CLI::App& app, int& exit_code);
void add_plan(CLI::App& app, int& exit_code);
void add_compare(CLI::App& app, int& exit_code);

}  // namespace nines::cli
