// nines study: run many designs into a store, look at it, go on with it, take it apart and
// together.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "studies/cli/html.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/output.hpp"
#include "studies/cli/progress.hpp"
#include "studies/cli/report.hpp"
#include "studies/cli/studies.hpp"
#include "studies/cli/study_output.hpp"
#include "studies/study/runner.hpp"

namespace nines::cli {
namespace {

struct StudyOptions {
  std::string study;
  std::string store;
  std::vector<std::string> parts;
  unsigned threads = 0;
  std::string shard;
  std::string progress = "bar";
  std::string out;
  std::uint64_t design = 0;
  bool no_figures = false;
  Look look;
};

Shard shard_option(const std::string& text) {
  Shard shard;
  if (text.empty()) return shard;
  const std::size_t slash = text.find('/');
  const auto number = [&](const std::string& part) -> std::uint32_t {
    return !part.empty() && part.size() < 7 &&
                   part.find_first_not_of("0123456789") == std::string::npos
               ? static_cast<std::uint32_t>(std::stoul(part))
               : 0;
  };
  if (slash != std::string::npos) {
    shard = {number(text.substr(0, slash)), number(text.substr(slash + 1))};
  }
  if (slash == std::string::npos || shard.i < 1 || shard.i > shard.of) {
    throw UsageError(
        fmt::format("--shard is \"{}\"; expected i/N, of N parts the i-th, from 1", text));
  }
  return shard;
}

/// Tells how far a study is: as a line on the terminal, or as JSON Lines.
class StudyTeller {
 public:
  StudyTeller(const StudyOptions& options)
      : json_(options.progress == "json" && !options.look.quiet),
        line_(options.progress == "bar" && !options.look.quiet && isatty(STDERR_FILENO) != 0,
              wants_color(options.look.color, STDERR_FILENO)) {}

  void tell(const StudyProgress& p) {
    if (!begun_with_) begun_with_ = p.blocks_done;
    const double spent_s = std::chrono::duration<double>(Clock::now() - begun_).count();
    std::optional<double> left_s;
    const auto fresh = static_cast<double>(p.blocks_done - *begun_with_);
    if (p.blocks_at_most && fresh > 0) {
      left_s = spent_s / fresh * static_cast<double>(*p.blocks_at_most - p.blocks_done);
    }
    const bool over = p.designs_done == p.designs;
    if (json_ && (over || Clock::now() - last_ >= std::chrono::seconds(1))) {
      last_ = Clock::now();
      nlohmann::ordered_json json = {{"designs_done", p.designs_done}, {"designs", p.designs},
                                     {"blocks_done", p.blocks_done},   {"blocks", nullptr},
                                     {"runs_done", p.runs_done},       {"seconds", spent_s},
                                     {"seconds_left", nullptr}};
      if (p.blocks_at_most) json["blocks"] = *p.blocks_at_most;
      if (left_s) json["seconds_left"] = *left_s;
      fmt::print(stderr, "{}\n", json.dump());
      std::fflush(stderr);
    }
    std::string what =
        fmt::format("{}/{} designs  {} blocks", p.designs_done, p.designs, grouped(p.blocks_done));
    if (left_s) what += "  " + duration(*left_s) + " left";
    const double done =
        p.blocks_at_most
            ? static_cast<double>(p.blocks_done) / static_cast<double>(*p.blocks_at_most)
            : static_cast<double>(p.designs_done) / static_cast<double>(p.designs);
    line_.show(what, done);
  }
  void clear() { line_.clear(); }

 private:
  using Clock = std::chrono::steady_clock;
  bool json_;
  StatusLine line_;
  std::optional<std::uint64_t> begun_with_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point last_{};
};

// ---- What ranks are told ---------------------------------------------------------------------

/// As CBOR, since files may hold any bytes.
std::string packed(const LoadedStudy& loaded) {
  const StudyTexts& t = loaded.texts;
  nlohmann::json files = nlohmann::json::object();
  for (const auto& [name, content] : t.files.contents) files[name] = *content;
  const auto bytes =
      nlohmann::json::to_cbor({version(), t.path, t.text, t.topology_path, t.topology_text,
                               t.catalogue_path, t.catalogue_text, std::move(files)});
  return {bytes.begin(), bytes.end()};
}

StudyTexts unpacked(const std::string& told) {
  const nlohmann::json json = nlohmann::json::from_cbor(told);
  if (json[0] != version()) {
    throw std::runtime_error(fmt::format("nines {} is installed here, and {} on rank 0", version(),
                                         json[0].get<std::string>()));
  }
  StudyTexts texts{json[1], json[2], json[3], json[4], json[5], json[6], {}};
  for (const auto& [name, content] : json[7].items()) {
    texts.files.contents[name] = std::make_shared<const std::string>(content);
  }
  return texts;
}

/// A study by its path, or by a name of the library.
std::string study_path(const std::string& name) {
  if (::access(name.c_str(), F_OK) == 0 || name.find('/') != std::string::npos ||
      name.ends_with(".yaml") || name.ends_with(".json")) {
    return name;
  }
  const std::string path = study_library_path(name);
  if (!path.empty()) return path;
  throw std::runtime_error(
      fmt::format("no file and no study of the library is called '{}'\nhint: {}", name,
                  suggest(name, study_library_names())));
}

// ---- Running ---------------------------------------------------------------------------------

struct Opened {
  LoadedStudy loaded;
  std::unique_ptr<Store> store;
  int code = kDone;  ///< not kDone: it was told why there is none
};

/// What to do about a file that stands where a new store is to be.
std::string why_not_anew(const std::string& path, const LoadedStudy& loaded) {
  std::string hint = "--store names another file";
  try {
    const Store there = Store::open(path, Store::Access::read);
    const bool same = there.texts().text == loaded.texts.text &&
                      there.texts().topology_text == loaded.texts.topology_text;
    hint = same ? fmt::format("`nines study resume {}` goes on with it; ", path) + hint
                : "it is the store of another study, or of an earlier text of this one; " + hint;
  } catch (const StoreError& error) {
    return fmt::format("{}: exists already\n{}\nhint: {}", path, error.what(), hint);
  }
  return fmt::format("{}: exists already\nhint: {}", path, hint);
}

Opened open_new(const StudyOptions& options) {
  Opened opened;
  std::optional<LoadedStudy> loaded = load_study_or_say(options.study, options.look);
  if (!loaded) {
    opened.code = kBadInput;
    return opened;
  }
  opened.loaded = std::move(*loaded);
  const std::string path =
      options.store.empty() ? opened.loaded.study->name + ".db" : options.store;
  if (::access(path.c_str(), F_OK) == 0) throw StoreError(why_not_anew(path, opened.loaded));
  opened.store =
      std::make_unique<Store>(Store::create(path, opened.loaded, shard_option(options.shard)));
  return opened;
}

/// The study of a store, as it was begun; throws StoreError where it would not be the same.
LoadedStudy study_of(const Store& store) {
  if (store.version() != version()) {
    throw StoreError(
        fmt::format("{}: was begun by nines {}; this is {}, which might give other figures",
                    store.path(), store.version(), version()));
  }
  LoadedStudy loaded = load_study(store.texts());
  if (!loaded.study) {
    throw StoreError(
        fmt::format("{}: its study no longer loads:\n{}", store.path(), render(loaded)));
  }
  if (store.input_hash() != loaded.base->topology->input_hash) {
    throw StoreError(
        fmt::format("{}: its topology is another than when it was begun", store.path()));
  }
  return loaded;
}

Opened open_again(const StudyOptions& options) {
  Opened opened;
  opened.store = std::make_unique<Store>(Store::open(options.store, Store::Access::write));
  opened.loaded = study_of(*opened.store);
  return opened;
}

int finish(const StudyOptions& options, const Opened& opened, CompiledDesigns& designs,
           bool complete) {
  const std::string& path = opened.store->path();
  if (!complete) {
    if (!options.look.quiet) {
      fmt::print(stderr, "Stopped; what is done is in {}. To go on: nines study resume {}\n", path,
                 path);
    }
    return interrupted_exit_code() != 0 ? interrupted_exit_code() : int{kCouldNotFinish};
  }
  const Shard shard = opened.store->shard();
  if (shard.of > 1) {
    if (!options.look.quiet) {
      fmt::print(stderr, "Part {} of {} is done, in {}. All parts: nines study merge all.db …\n",
                 shard.i, shard.of, path);
    }
    return kDone;
  }
  if (options.look.quiet) return kDone;
  const StudyAnswer answer = answer_of(designs, *opened.store);
  fmt::print("{}", study_text(opened.loaded, answer,
                              Paint(wants_color(options.look.color, STDOUT_FILENO))));
  fmt::print("\nIn {}: nines study export {} --csv, nines study report {}\n", path, path, path);
  return kDone;
}

int on_this_machine(const StudyOptions& options, Opened opened) {
  if (opened.code != kDone) return opened.code;
  CompiledDesigns designs(opened.loaded);
  StudyTeller teller(options);
  StudyLeader leader(designs, opened.store.get(), opened.store->shard(),
                     [&](const StudyProgress& p) { teller.tell(p); });
  const bool complete = run_on_threads(leader, designs, options.threads, interrupted());
  teller.clear();
  return finish(options, opened, designs, complete);
}

/// Rank 0 opens and leads; the others are told the texts of the study, and follow.
int on_all_ranks(const StudyOptions& options, const std::function<Opened()>& open) {
  const MpiRanks ranks;
  if (ranks.size() > 1 && options.threads != 0) {
    throw UsageError("--threads: every rank is one thread");
  }
  if (ranks.size() == 1) return on_this_machine(options, open());
  try {
    if (ranks.rank() != 0) {
      const std::string texts = ranks.shared({});
      if (texts.empty()) return kDone;  // rank 0 has told why
      const LoadedStudy loaded = load_study(unpacked(texts));
      if (!loaded.study) {
        throw std::runtime_error("the study does not load here:\n" + render(loaded));
      }
      CompiledDesigns designs(loaded);
      ranks.follow(designs, interrupted());
      return kDone;
    }
    Opened opened;
    std::string told;
    try {
      opened = open();
      if (opened.code == kDone) told = packed(opened.loaded);
    } catch (...) {
      ranks.shared({});
      throw;
    }
    if (opened.code != kDone) {
      ranks.shared({});
      return opened.code;
    }
    ranks.shared(told);
    CompiledDesigns designs(opened.loaded);
    StudyTeller teller(options);
    bool complete = false;
    try {
      StudyLeader leader(designs, opened.store.get(), opened.store->shard(),
                         [&](const StudyProgress& p) { teller.tell(p); });
      complete = ranks.lead(leader, interrupted());
    } catch (const std::exception& error) {
      teller.clear();
      fmt::print(stderr, "nines: {}\n", error.what());
      std::fflush(stderr);
      ranks.abort(kCouldNotFinish);  // the others wait for errands
    }
    teller.clear();
    return finish(options, opened, designs, complete);
  } catch (const std::exception& error) {
    if (ranks.rank() == 0) throw;
    fmt::print(stderr, "nines: rank {}: {}\n", ranks.rank(), error.what());
    std::fflush(stderr);
    ranks.abort(kCouldNotFinish);
  }
}

int simulate(const StudyOptions& options, Opened (*open)(const StudyOptions&)) {
  if (!on_ranks()) return on_this_machine(options, open(options));
  if (!knows_ranks()) {
    throw std::runtime_error(
        "started as one of several ranks, but this nines was built without MPI");
  }
  return on_all_ranks(options, [&] { return open(options); });
}

// ---- Looking ---------------------------------------------------------------------------------

int status(const StudyOptions& options) {
  const Store store = Store::open(options.store, Store::Access::read);
  const LoadedStudy loaded = study_of(store);
  const Study& study = *loaded.study;
  const std::vector<std::uint32_t> blocks = store.blocks_by_design();
  std::uint64_t all = 0;
  for (const std::uint32_t each : blocks) all += each;
  const Shard shard = store.shard();
  const std::size_t done = store.designs_done();
  if (options.look.json) {
    nlohmann::ordered_json json = {{"schema_version", 1},
                                   {"command", "study status"},
                                   {"study", study.name},
                                   {"designs", study.designs.size()},
                                   {"designs_done", done},
                                   {"blocks_done", all},
                                   {"shard", fmt::format("{}/{}", shard.i, shard.of)}};
    fmt::print("{}\n", json.dump(2));
    return kDone;
  }
  const Paint paint(wants_color(options.look.color, STDOUT_FILENO));
  fmt::print("{}\n", paint.bold(study.title.empty() ? study.name : study.title));
  fmt::print("  {} of {} done; {} of {} runs\n", done, counted(study.designs.size(), "design"),
             counted(all, "block"), kRunsPerBlock);
  if (shard.of > 1) fmt::print("  part {} of {}\n", shard.i, shard.of);
  if (shard.of == 1 && done < study.designs.size()) {
    fmt::print("  to go on: nines study resume {}\n", options.store);
  }
  return kDone;
}

/// What a store was made from and is read from: nothing is written over it.
std::vector<std::string> inputs_of(const Store& store) {
  const StudyTexts texts = store.texts();
  return {store.path(), texts.path, texts.topology_path, texts.catalogue_path};
}

int export_store(const StudyOptions& options) {
  const Store store = Store::open(options.store, Store::Access::read);
  check_output(options.out, inputs_of(store));
  const LoadedStudy loaded = study_of(store);
  if (options.design != 0) {
    if (options.design > loaded.study->designs.size()) {
      throw UsageError(fmt::format("--design is {}; the study has {}", options.design,
                                   loaded.study->designs.size()));
    }
    write_output(
        options.out,
        write_yaml(*design_document(*loaded.study, *loaded.base, options.design - 1).topology));
    return kDone;
  }
  CompiledDesigns designs(loaded);
  const StudyAnswer answer = answer_of(designs, store);
  write_output(options.out,
               options.look.csv ? study_csv(loaded, answer) : study_json(loaded, answer));
  return kDone;
}

int report(const StudyOptions& options) {
  StudyOptions to = options;
  if (to.out.empty()) to.out = std::filesystem::path(options.store).stem().string() + ".html";
  const Store store = Store::open(options.store, Store::Access::read);
  check_output(to.out, inputs_of(store));
  const LoadedStudy loaded = study_of(store);
  CompiledDesigns designs(loaded);
  const StudyAnswer answer = answer_of(designs, store);
  std::vector<ReportFigure> figures;
  if (!options.no_figures) figures = figures_of_store(options.store);
  const std::vector<std::string> commands{
      fmt::format("nines study run {} --store {}", loaded.texts.path, options.store),
      fmt::format("nines study report {} -o {}", options.store, to.out)};
  write_output(to.out,
               report_html({loaded, answer, std::move(figures), commands, store.machine()}));
  if (to.out != "-" && !options.look.quiet) fmt::print(stderr, "{}\n", to.out);
  return kDone;
}

int merge(const StudyOptions& options) {
  if (::access(options.store.c_str(), F_OK) == 0) {
    throw StoreError(fmt::format("{}: exists already", options.store));
  }
  LoadedStudy loaded;
  {
    const Store first = Store::open(options.parts.front(), Store::Access::read);
    loaded = study_of(first);
  }
  // All parts are looked at before anything is made.
  std::vector<Store> parts;
  for (const std::string& part : options.parts) {
    parts.push_back(Store::open(part, Store::Access::read));
    study_of(parts.back());
  }
  // Under another name until it is whole.
  const std::string unfinished = options.store + ".merging";
  std::filesystem::remove(unfinished);
  const auto remove_unfinished = [&] {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(unfinished + ending);
  };
  StudyProgress p;
  bool over = false;
  try {
    Store all = Store::create(unfinished, loaded, {});
    for (const Store& part : parts) all.merge(part);
    CompiledDesigns designs(loaded);
    StudyLeader leader(designs, &all, {}, {});
    p = leader.progress();
    over = leader.over();
  } catch (...) {
    remove_unfinished();
    throw;
  }
  try {
    Store::publish(unfinished, options.store);
  } catch (...) {
    remove_unfinished();
    throw;
  }
  if (options.look.quiet) return kDone;
  fmt::print(stderr, "{}: {} of {}; {} of {} done\n", options.store,
             counted(p.blocks_done, "block"), counted(parts.size(), "part"), p.designs_done,
             counted(p.designs, "design"));
  if (!over) {
    fmt::print(stderr, "What is missing: nines study resume {}\n", options.store);
  }
  return kDone;
}

void add_running(CLI::App& command, StudyOptions& options) {
  add_threads(command, options.threads);
  command
      .add_option("--progress", options.progress, "How to tell how far it is, on standard error")
      ->check(CLI::IsMember({"bar", "json"}));
  command.add_flag("--quiet", options.look.quiet, "No progress, and no table at the end");
  add_color(command, options.look);
}

}  // namespace

std::optional<LoadedStudy> load_study_or_say(const std::string& path_or_name, const Look& look) {
  LoadedStudy loaded = load_study_file(study_path(path_or_name));
  if (!loaded.study) {
    fmt::print(stderr, "{}", render(loaded));
    return std::nullopt;
  }
  StatusLine status(!look.quiet && isatty(STDERR_FILENO) != 0,
                    wants_color(look.color, STDERR_FILENO));
  const auto designs = static_cast<double>(loaded.study->designs.size());
  const std::string wrong = invalid_designs(loaded, [&](std::size_t d) {
    status.show("checking designs", static_cast<double>(d) / designs);
  });
  status.clear();
  if (wrong.empty()) return loaded;
  fmt::print(stderr, "{}", wrong);
  return std::nullopt;
}

void add_study(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<StudyOptions>();
  CLI::App* study = app.add_subcommand("study", "Many designs of one topology, kept in a store");
  study->require_subcommand(1);
  study->footer(
      "Example:\n"
      "  nines study run how-many-web-servers       a study of the library\n"
      "  nines study run mine.yaml --store mine.db  yours\n"
      "  nines study resume mine.db                 after a stop, a crash, a full disk\n"
      "  nines study export mine.db --csv           all figures, for a spreadsheet\n");

  CLI::App* run = study->add_subcommand("run", "Run a study into a new store");
  run->footer(
      "Example:\n  nines study run mine.yaml --threads 2\n"
      "  mpirun -n 4 nines study run mine.yaml\n");
  run->add_option("study", options->study, "A study, or the name of one of the library")
      ->required();
  run->add_option("--store", options->store, "The file to make (the study's name, with .db)");
  run->add_option("--shard", options->shard,
                  "i/N: of N parts of the work the i-th, for an array of jobs; merge them then");
  add_running(*run, *options);
  run->callback([options, &exit_code] { exit_code = simulate(*options, open_new); });

  CLI::App* resume = study->add_subcommand("resume", "Go on with a study that was stopped");
  resume->footer("Example:\n  nines study resume mine.db\n");
  resume->add_option("store", options->store, "The store")->required();
  add_running(*resume, *options);
  resume->callback([options, &exit_code] { exit_code = simulate(*options, open_again); });

  CLI::App* state = study->add_subcommand("status", "How far a study is");
  state->footer("Example:\n  nines study status mine.db\n");
  state->add_option("store", options->store, "The store")->required();
  state->add_flag("--json", options->look.json, "As JSON");
  add_color(*state, options->look);
  state->callback([options, &exit_code] { exit_code = status(*options); });

  CLI::App* exported = study->add_subcommand("export", "Print what a store says");
  exported->footer("Example:\n  nines study export mine.db --csv > mine.csv\n");
  exported->add_option("store", options->store, "The store")->required();
  exported->add_flag("--json", options->look.json, "As JSON (that is the default)");
  exported->add_flag("--csv", options->look.csv, "As CSV")->excludes("--json");
  exported->add_option("--design", options->design, "The topology of one design, as YAML")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{kMostDesigns}))
      ->excludes("--json")
      ->excludes("--csv");
  exported->add_option("-o,--output", options->out, "A file (standard output)");
  exported->callback([options, &exit_code] { exit_code = export_store(*options); });

  CLI::App* reported = study->add_subcommand("report", "Write a report as one HTML file");
  reported->footer("Example:\n  nines study report mine.db -o mine.html\n");
  reported->add_option("store", options->store, "The store")->required();
  reported->add_option("-o,--output", options->out, "The file (the store's name, with .html)");
  reported->add_flag("--no-figures", options->no_figures, "Tables only: needs no nines-figures");
  reported->add_flag("--quiet", options->look.quiet, "Say nothing");
  reported->callback([options, &exit_code] { exit_code = report(*options); });

  CLI::App* merged = study->add_subcommand("merge", "Put the parts of one study together");
  merged->footer("Example:\n  nines study merge all.db part-1.db part-2.db\n");
  merged->add_option("store", options->store, "The file to make")->required();
  merged->add_option("parts", options->parts, "The stores of the parts")->required();
  merged->add_flag("--quiet", options->look.quiet, "Say nothing");
  merged->callback([options, &exit_code] { exit_code = merge(*options); });
}

}  // namespace nines::cli
