#include "topologies/document.hpp"

#include "models/catalogue.hpp"
#include "models/mechanisms/crew.hpp"

namespace nines {
namespace {

void add_all(Record& into, const Record& from) {
  for (const Parameter& p : from.parameters) {
    if (find_parameter(into, p.key) == nullptr) into.parameters.push_back(p);
  }
}

Record all_kinds_record(const char* name, const char* help) {
  Record record{name, help, {}};
  for (const Kind& kind : all_kinds()) add_all(record, kind.record);
  return record;
}

Parameter name_of(std::string key, std::string refers_to, std::string help, bool required) {
  Parameter p;
  p.key = std::move(key);
  p.type = Type::names;
  p.refers_to = std::move(refers_to);
  p.help = std::move(help);
  p.required = required;
  p.single = p.refers_to != "group";
  return p;
}

Record make_component_record() {
  Record record{"component", "Anything that can fail, and clients.", {}};
  std::vector<std::string> kinds;
  for (const Kind& kind : all_kinds()) kinds.push_back(kind.record.name);
  Parameter kind = word("kind", kinds, "What it is.");
  kind.required = true;
  kind.later_words = later_kinds();
  record.parameters = {kind, name_of("type", "type",
                                     "A reusable type: all of it is taken, map by "
                                     "map; `none` removes.",
                                     false)};
  add_all(record, all_kinds_record("", ""));
  return record;
}

Record make_type_record() {
  Record record = all_kinds_record("type", "What several components have in common.");
  record.parameters.push_back(
      name_of("like", "type", "Another type that this one extends.", false));
  return record;
}

Record make_service_record() {
  Parameter reads = quantity("reads", Dimension::rate, "Read requests.");
  Parameter writes = quantity("writes", Dimension::rate, "Write requests.");
  auto workload = std::make_shared<Record>(
      Record{"workload",
             "How many requests come. Without it a service is served wholly or not at all.",
             {reads, writes, later_key("sessions", "sessions")}});
  return {"service",
          "An ordered chain of groups that serves a class of requests from a client.",
          {name_of("from", "client", "The client whose requests these are.", true),
           name_of("through", "group", "The groups that a request passes, in order.", true),
           record_of("workload", workload, "How many requests come."),
           later_key("serves_at_least", "load and capacity"), later_key("reads", "replication"),
           later_key("writes", "replication"), later_key("needs", "chains that branch"),
           later_key("profile", "load profiles")}};
}

Record make_group_record() {
  Record record{"group", "Components that do one job together under one redundancy policy.", {}};
  for (const Policy& policy : all_policies()) add_all(record, policy.record);
  return record;
}

Record make_document_record() {
  Parameter version;
  version.key = "nines";
  version.type = Type::count;
  version.low = version.high = 1;
  version.required = true;
  version.help = "The version of the language: 1.";
  Parameter title;
  title.key = "title";
  title.type = Type::text;
  title.help = "One line that says what this is.";
  Parameter availability = quantity("availability", Dimension::fraction,
                                    "Met in a run if every service is available for at least this "
                                    "share of the horizon.");
  availability.low_open = availability.high_open = true;
  auto objectives = std::make_shared<Record>(
      Record{"objectives",
             "What the topology must reach.",
             {availability,
              quantity("rto", Dimension::duration,
                       "Recovery time objective: met in a run if no outage lasts longer."),
              later_key("rpo", "replication")}});
  Parameter layout;
  layout.key = "layout";
  layout.type = Type::positions;
  layout.help = "Where the front end draws each component; no part of the meaning.";

  const auto share = [](const Record& record) { return std::make_shared<const Record>(record); };
  Parameter components = table("components", share(component_record()),
                               "Anything that can fail, "
                               "and clients.");
  components.required = true;
  Parameter groups = table("groups", share(group_record()), "Components that do one job together.");
  groups.required = true;
  Parameter services = table("services", share(service_record()), "What the topology is for.");
  services.required = true;
  return {"topology",
          "The whole document.",
          {version, title, table("types", share(type_record()), "Reusable component types."),
           components, groups, services,
           table("crews", crew_record(), "Repair crews that components share."),
           record_of("objectives", objectives, "What the topology must reach."), layout,
           later_key("domains", "failure domains"), later_key("links", "networks"),
           later_key("faults", "scripted faults")}};
}

}  // namespace

const Record& component_record() {
  static const Record record = make_component_record();
  return record;
}

const Record& type_record() {
  static const Record record = make_type_record();
  return record;
}

const Record& service_record() {
  static const Record record = make_service_record();
  return record;
}

const Record& group_record() {
  static const Record record = make_group_record();
  return record;
}

const Record& document_record() {
  static const Record record = make_document_record();
  return record;
}

}  // namespace nines
