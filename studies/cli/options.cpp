#include "studies/cli/options.hpp"

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "topologies/language/quantity.hpp"

namespace nines::cli {
namespace {

std::atomic<bool> g_interrupted = false;
std::atomic<int> g_exit_code = 0;

void on_signal(int signal) {
  const int code = signal == SIGTERM ? kTerminated : kInterrupted;
  if (g_interrupted.exchange(true)) std::_Exit(code);
  g_exit_code = code;
}

double parsed(const std::string& name, const std::string& text, Dimension dimension) {
  const Parsed<double> value = parse_quantity(text, dimension);
  if (value.value && *value.value > 0) return *value.value;
  throw UsageError(fmt::format("{} is \"{}\"; expected {}{}", name, text,
                               value.value ? "more than 0" : value.expected,
                               value.hint.empty() ? "" : "\nhint: " + value.hint));
}

}  // namespace

const std::atomic<bool>& interrupted() { return g_interrupted; }
int interrupted_exit_code() { return g_exit_code; }

void catch_signals() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

std::string typed_command() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::string out = "nines";
  std::string word;
  for (bool first = true; std::getline(file, word, '\0'); first = false) {
    if (first) continue;
    const bool plain =
        !word.empty() && word.find_first_of(" \t\n'\"\\$`*?[]{}()<>|&;#~") == std::string::npos;
    out += plain ? " " + word : " '" + word + "'";
  }
  return out;
}

double duration_option(const std::string& name, const std::string& text) {
  return parsed(name, text, Dimension::duration);
}

std::uint64_t seed_option(const std::string& text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error == std::errc() && end == text.data() + text.size()) return seed;
  throw UsageError(
      fmt::format("--seed is \"{}\"; expected a whole number from 0 to 2^64 - 1", text));
}

double fraction_option(const std::string& name, const std::string& text) {
  const double value = parsed(name, text, Dimension::fraction);
  if (value < 1.0) return value;
  throw UsageError(fmt::format("{} is \"{}\"; expected less than 100 %", name, text));
}

std::optional<Loaded> load_document(const std::string& path_or_name) {
  std::string path = path_or_name;
  std::error_code error;
  const bool bare =
      path.find('/') == std::string::npos && !path.ends_with(".yaml") && !path.ends_with(".json");
  if (bare && !std::filesystem::exists(path, error)) {
    path = library_path(path_or_name);
    if (path.empty()) {
      throw std::runtime_error(
          fmt::format("no file and no topology of the library is called "
                      "'{}'\nhint: {}",
                      path_or_name, suggest(path_or_name, library_names())));
    }
  }
  Loaded loaded = load_topology_file(path);
  if (loaded.topology) return loaded;
  fmt::print(stderr, "{}", render(loaded.diagnostics, loaded.source));
  return std::nullopt;
}

std::optional<Topology> load(const std::string& path_or_name) {
  std::optional<Loaded> loaded = load_document(path_or_name);
  return loaded ? std::move(loaded->topology) : std::nullopt;
}

void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "How many cores to use (all)")
      ->check(CLI::Range(1U, 1024U));
}

void add_color(CLI::App& command, Look& look) {
  command
      .add_option_function<std::string>(
          "--color",
          [&look](const std::string& word) {
            look.color = word == "always"  ? ColorChoice::always
                         : word == "never" ? ColorChoice::never
                                           : ColorChoice::automatic;
          },
          "Whether to colour the text (auto: on a terminal)")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

}  // namespace nines::cli
