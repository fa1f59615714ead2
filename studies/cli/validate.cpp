// nines validate: is this topology well-formed? And: nines schema, what may be written.
#include <cstdio>

#include <fmt/format.h>

#include "studies/cli/options.hpp"
#include "studies/cli/report.hpp"
#include "studies/study/study.hpp"
#include "topologies/schema.hpp"

namespace nines::cli {
namespace {

struct ValidateOptions {
  std::vector<std::string> files;
  bool write = false;
  bool quiet = false;
};

int validate_files(const ValidateOptions& options) {
  int code = kDone;
  for (const std::string& file : options.files) {
    const std::optional<Topology> topology = load(file);
    if (!topology) {
      code = kBadInput;
    } else if (options.write) {
      fmt::print("{}", write_yaml(*topology));
    } else if (!options.quiet) {
      const auto counted = [](std::size_t n, const char* noun) {
        return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
      };
      std::size_t links = 0;
      std::size_t domains = 0;
      for (const TopologyComponent& component : topology->components) {
        links += component.is(Part::link) ? 1 : 0;
        domains += component.is(Part::domain) ? 1 : 0;
      }
      std::string more;
      if (links > 0) more += ", " + counted(links, "link");
      if (domains > 0) more += ", " + counted(domains, "domain");
      fmt::print("{}: good: {}{}, {}, {}\n", file,
                 counted(topology->components.size() - links - domains, "component"), more,
                 counted(topology->groups.size(), "group"),
                 counted(topology->services.size(), "service"));
    }
  }
  return code;
}

}  // namespace

void add_validate(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ValidateOptions>();
  CLI::App* command = app.add_subcommand("validate", "Check topologies without running them");
  command->footer("Example:\n  nines validate shop.yaml\n");
  command->add_option("files", options->files, "Topologies, or names of the library")->required();
  command->add_flag("--write", options->write,
                    "Write the topology out: types merged, ranges resolved");
  command->add_flag("--quiet", options->quiet, "Say nothing of good files");
  command->callback([options, &exit_code] { exit_code = validate_files(*options); });
}

void add_schema(CLI::App& app, int& exit_code) {
  auto reference = std::make_shared<bool>(false);
  auto result = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of a topology");
  command->footer("Example:\n  nines schema > topology.schema.json\n");
  auto study = std::make_shared<bool>(false);
  command->add_flag("--study", *study, "The JSON Schema of a study");
  command->add_flag("--reference", *reference, "The reference page of all keys, in Markdown");
  CLI::Option* of = command
                        ->add_option("--result", *result,
                                     "The JSON Schema of what a command prints with --json: run, "
                                     "solve or spof (run)")
                        ->expected(0, 1)
                        ->check(CLI::IsMember({"run", "solve", "spof"}))
                        ->excludes("--reference");
  command->callback([reference, study, result, of, &exit_code] {
    fmt::print("{}", *study               ? study_schema()
                     : *reference         ? language_reference()
                     : of->count() == 0   ? json_schema()
                     : *result == "solve" ? solve_schema()
                     : *result == "spof"  ? spof_schema()
                                          : result_schema());
    exit_code = kDone;
  });
}

}  // namespace nines::cli
