// nines: how many nines a topology will have, how often and how long it is down, and why.
#include <cstdio>
#include <exception>
#include <sstream>

#include <fmt/format.h>

#include "studies/cli/options.hpp"
#include "studies/cli/report.hpp"
#include "topologies/language/diagnostic.hpp"

namespace nines::cli {
namespace {

/// Adds "did you mean" to the library's message about an unknown word.
std::string with_suggestion(const CLI::App& app, const CLI::ParseError& error) {
  std::string message = error.what();
  std::vector<std::string> known;
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  for (const CLI::App* sub : app.get_subcommands({})) known.push_back(sub->get_name());
  const std::size_t colon = message.rfind(": ");
  if (colon == std::string::npos) return message;
  std::istringstream words(message.substr(colon + 2));
  for (std::string word; words >> word;) {
    word = word.substr(0, word.find('='));
    const std::string near = nearest(word, known);
    if (!near.empty() && near != word) {
      return fmt::format("{}\nhint: did you mean '{}'?", message, near);
    }
  }
  return message;
}

int main_of(int argc, char** argv) {
  catch_signals();
  CLI::App app{
      "nines simulates highly available topologies: how many nines, how long and how "
      "often down, and what takes it down.",
      "nines"};
  app.set_version_flag("--version", "nines " + version());
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  nines run web-shop                  a topology of the library\n"
      "  nines run shop.yaml --json          yours, for a program to read\n"
      "  nines solve web-shop --memoryless   exactly, every law made exponential\n"
      "  nines spof web-shop                 what it cannot do without\n"
      "  nines trace web-shop --run 3        one history, event by event\n"
      "  nines run --help                    all options of a command\n");
  int exit_code = kDone;
  add_run(app, exit_code);
  add_solve(app, exit_code);
  add_spof(app, exit_code);
  add_validate(app, exit_code);
  add_trace(app, exit_code);
  add_compare(app, exit_code);
  add_study(app, exit_code);
  add_plan(app, exit_code);
  add_schema(app, exit_code);
  try {
    app.parse(argc, argv);
    // A script that reads it must learn that not all of it has come.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      throw std::runtime_error("standard output: cannot be written");
    }
    return exit_code;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    fmt::print(stderr, "nines: {}\n", with_suggestion(app, error));
    return kWrongUsage;
  } catch (const UsageError& error) {
    fmt::print(stderr, "nines: {}\n", error.what());
    return kWrongUsage;
  } catch (const std::invalid_argument& error) {
    fmt::print(stderr, "nines: {}\n", error.what());
    return kBadInput;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "nines: out of memory\n");
    return kCouldNotFinish;
  } catch (const std::exception& error) {
    fmt::print(stderr, "nines: {}\n", error.what());
    return kCouldNotFinish;
  }
}

}  // namespace
}  // namespace nines::cli

int main(int argc, char** argv) { return nines::cli::main_of(argc, argv); }
