// What a study file may say, declared once for the reader, its messages and the schema.
#include <cstdlib>
#include <filesystem>

#include "studies/study/study.hpp"
#include "topologies/document.hpp"
#include "topologies/library.hpp"
#include "topologies/schema.hpp"

namespace nines {
namespace {

Parameter text_key(std::string key, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::text;
  p.help = std::move(help);
  return p;
}

Parameter any_key(std::string key, std::string help) {
  Parameter p = text_key(std::move(key), std::move(help));
  p.type = Type::any;
  return p;
}

Parameter number_key(std::string key, std::string help) {
  Parameter p = text_key(std::move(key), std::move(help));
  p.type = Type::number;
  return p;
}

Parameter share_key(std::string key, std::string usual, std::string source, std::string help) {
  Parameter p = quantity(std::move(key), Dimension::fraction, std::move(help));
  p.low_open = p.high_open = true;
  p.default_text = std::move(usual);
  p.default_source = std::move(source);
  return p;
}

Parameter defaulted(Parameter p, std::string usual, std::string source) {
  p.default_text = std::move(usual);
  p.default_source = std::move(source);
  return p;
}

std::shared_ptr<const Record> factor_record() {
  Parameter from = text_key("from", "The lowest value.");
  Parameter to = text_key("to", "The highest value.");
  from.required = to.required = true;
  Parameter steps = count("steps", 10'000, "", "", "How many values, both ends among them.");
  steps.low = 2;
  steps.required = true;
  auto range = std::make_shared<Record>(Record{
      "range",
      "Values from one to another.",
      {from, to, steps,
       defaulted(word("scale", {"linear", "logarithmic"}, "How the values lie between the ends."),
                 "linear", "equal steps")}});
  Parameter counted = names("count", "range of components",
                            "A range of components, as it is written: web-[1..4]. How many it "
                            "stands for is varied, wherever it is mentioned.");
  counted.single = true;
  auto record = std::make_shared<Record>();
  record->name = "factor";
  record->help = "One thing that is varied.";
  record->parameters = {
      names("path", "value",
            "What is varied, by its keys in the topology: groups.web.need. Of several all get the "
            "same value."),
      counted,
      names("part", "type", "The types that are replaced by a part, as types.small-server."),
      any_key(
          "choices",
          "Levels by name, each a map from paths to values: {near: {groups.db.replication.delay:"
          " 1ms}}."),
      any_key("values", "The levels, in order."),
      record_of("range", range, "The levels as a range: {from: 30d, to: 1y, steps: 5}."),
      names("of", "part", "The parts to choose from.")};
  record->exactly_one_of = {{"path", "count", "part", "choices"}};
  return record;
}

Record make_study_record() {
  Parameter version;
  version.key = "nines-study";
  version.type = Type::count;
  version.low = version.high = 1;
  version.required = true;
  version.help = "The version of the language of studies: 1.";
  Parameter topology = text_key("topology",
                                "The topology that is varied: a file, from the folder of the "
                                "study, or a name of the library.");
  topology.required = true;
  const Parameter factors =
      table("factors", factor_record(),
            "What is varied, by name. Left out: there is one design, the topology as it is.");
  Parameter designs =
      count("designs", static_cast<double>(kMostDesigns), "", "", "How many designs.");
  designs.low = 2;
  designs.required = true;
  const auto sweep_of = [](const char* name, const char* help, std::vector<Parameter> keys) {
    return record_of(name, std::make_shared<Record>(Record{name, help, std::move(keys)}), help);
  };
  Parameter sweep = choice_of(
      "sweep", "sweep",
      {sweep_of("full", "Every combination of all levels.", {}),
       sweep_of("one_at_a_time", "The topology as it is, and then each level of each factor alone.",
                {}),
       sweep_of("latin_hypercube",
                "So many designs, in which each factor goes through its range evenly, in an order "
                "of its own (McKay, Beckman, Conover 1979).",
                {designs})},
      "Which combinations of levels are looked at. Left out: all.");
  Parameter runs =
      count("runs", static_cast<double>(kMostRunsOfDesign), "", "",
            "Of each design, in whole blocks of 64; beside `precision`, at most so many. Left out: "
            "10,000.");
  Parameter precision = quantity("precision", Dimension::fraction,
                                 "Each design stops at this relative half-width of its interval.");
  precision.low_open = precision.high_open = true;
  Parameter horizon = quantity("horizon", Dimension::duration, "How long a run is.");
  horizon.low_open = true;
  Parameter seed = count("seed", 9007199254740992.0, "1", "any is as good as another",
                         "All designs share it, and so their luck.");
  seed.low = 0;
  Parameter availability =
      quantity("availability", Dimension::fraction, "Every service must reach it on average.");
  availability.low_open = availability.high_open = true;
  const auto bound = [](std::string key, std::string help) {
    Parameter p = number_key(std::move(key), std::move(help));
    p.low_open = true;
    return p;
  };
  auto objectives = std::make_shared<Record>(
      Record{"objectives",
             "What a design must reach to be chosen.",
             {availability, bound("outages_per_year", "At most so many, of every service."),
              bound("lost_writes_per_year", "At most so many, of all groups."),
              bound("failed_requests_per_year", "At most so many, of every service.")}});
  Parameter runs_at_most =
      defaulted(count("runs_at_most", static_cast<double>(kMostRunsOfDesign), "", "",
                      "Of one design; then the choice is told without its confidence."),
                "10000000", "hours for most topologies");
  runs_at_most.low = 1280;
  auto plan = std::make_shared<Record>(Record{
      "plan",
      "How `nines plan` chooses.",
      {share_key("confidence", "95 %", "the usual level",
                 "With which the choice is right, but for the tolerance."),
       share_key("tolerance", "5 %", "twenty times finer than the bound",
                 "Of an objective: a design that misses or meets it by less may be taken for "
                 "either."),
       quantity(
           "cost_tolerance", Dimension::money_rate,
           "Designs whose costs differ by less are equally cheap. Left out: 1 % of the least that "
           "any design costs for sure."),
       runs_at_most}});
  return {
      "study",
      "Many designs made from one topology, and what is asked of them.",
      {version, text_key("title", "One line that says what is asked."), topology, factors,
       table("parts", std::make_shared<const Record>(type_record()),
             "Parts to choose from, each all that a type may have, and its `cost`."),
       text_key("catalogue", "A file with `parts`, for several studies."), sweep, runs, precision,
       word("precision_of", {"unavailability", "outages", "outage-duration"},
            "What `precision` is about."),
       defaulted(horizon, "1y", "figures are told by the year"), seed,
       share_key("confidence", "95 %", "the usual level", "Of the intervals."),
       truth("steady_state", "The long run, in place of a time that begins with all new."),
       names("measures", "measure", "Those to tell; left out: all."),
       record_of("objectives", objectives,
                 "What a design must reach to be chosen. Left out: the availability of the "
                 "topology."),
       record_of("plan", plan, "How `nines plan` chooses.")}};
}

std::filesystem::path library_directory() {
  if (const char* given = std::getenv("NINES_STUDIES")) return given;
  return NINES_STUDIES_DIRECTORY;
}

}  // namespace

const Record& study_record() {
  static const Record record = make_study_record();
  return record;
}

std::string study_schema() { return json_schema_of(study_record(), "A nines study"); }

std::vector<std::string> study_library_names() { return names_in(library_directory()); }

std::string study_library_path(const std::string& name) {
  return path_in(library_directory(), name);
}

}  // namespace nines
