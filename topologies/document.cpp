#include "topologies/document.hpp"

#include "models/catalogue.hpp"
#include "models/mechanisms/crew.hpp"
#include "models/mechanisms/profile.hpp"
#include "models/mechanisms/script.hpp"

namespace nines {
namespace {

void add_all(Record& into, const Record& from) {
  for (const Parameter& p : from.parameters) {
    if (find_parameter(into, p.key) != nullptr) continue;
    into.parameters.push_back(p);
    into.parameters.back().required = false;  // of some kinds it may be
  }
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

Parameter type_key() {
  return name_of("type", "type", "A reusable type: all of it is taken, map by map; `none` removes.",
                 false);
}

/// The keys of all kinds of a section, or of all kinds.
Record keys_of_kinds(const char* name, const char* help, bool in_components_only) {
  Record record{name, help, {}};
  for (const Kind& kind : all_kinds()) {
    if (!in_components_only || section_of(kind) == "components") add_all(record, kind.record);
  }
  return record;
}

/// Links, domains and streams: their one kind goes without saying.
Record record_of_section(const Kind& kind) {
  Record record = kind.record;
  record.parameters.push_back(type_key());
  return record;
}

Record make_component_record() {
  Record record{"component", "Anything that can fail, and clients.", {}};
  std::vector<std::string> kinds;
  for (const Kind& kind : all_kinds()) {
    if (section_of(kind) == "components") kinds.push_back(kind.record.name);
  }
  Parameter kind = word("kind", kinds, "What it is.");
  kind.required = true;
  record.parameters = {kind, type_key()};
  add_all(record, keys_of_kinds("", "", true));
  return record;
}

Record make_type_record() {
  Record record = keys_of_kinds("type", "What several components have in common.", false);
  record.parameters.push_back(
      name_of("like", "type", "Another type that this one extends.", false));
  return record;
}

Record make_service_record() {
  Parameter reads = quantity("reads", Dimension::rate, "Read requests.");
  Parameter writes = quantity("writes", Dimension::rate, "Write requests.");
  Parameter sessions =
      count("sessions", 1e12, "", "",
            "How many sessions there are, if none is lost. Where they live is said "
            "by `sessions` of a group.");
  Parameter length = quantity("session_length", Dimension::duration,
                              "How long a session is on average; its length is exponential. Left "
                              "out: sessions are spread evenly over who serves, at all times.");
  length.low_open = true;
  auto workload = std::make_shared<Record>(
      Record{"workload",
             "How many requests come. Without it a service is served wholly or not at all.",
             {reads, writes, sessions, length}});
  Parameter downtime_cost =
      quantity("downtime_cost", Dimension::money_rate, "What it costs that the service is down.");
  Parameter serves_at_least = quantity(
      "serves_at_least", Dimension::fraction,
      "The service counts as down while it serves less than this share of what is offered, "
      "of reads or of writes. With shards: left out, all of them are needed.");
  serves_at_least.default_text = "0 %";
  serves_at_least.default_source = "a slow or overloaded service is degraded, not down";
  return {
      "service",
      "An ordered chain of groups that serves a class of requests from a client.",
      {name_of("from", "client", "The client whose requests these are.", true),
       bundles(
           "through", "group", {"all", "any", "shards"},
           "The groups that a request passes, in order. {all: [a, b]} are all passed, one "
           "after the other, {any: [a, b]} are alternatives, {shards: [a, b]} have each an equal "
           "part of the keys; each is reached from the group before."),
       bundles("reads", "group", {"all", "any", "shards"},
               "The path of reads, where it is another."),
       bundles("writes", "group", {"all", "any", "shards"},
               "The path of writes, where it is another."),
       record_of("workload", workload, "How many requests come."),
       table("profile", profile_record(), "How the workload changes over day and week."),
       serves_at_least,
       names("needs", "component, group or domain",
             "What must be available to its client besides."),
       downtime_cost}};
}

Record make_group_record() {
  Record record{"group", "Components that do one job together under one redundancy policy.", {}};
  record.parameters = {*find_parameter(all_policies().front().record, "policy"),
                       *find_parameter(all_policies().front().record, "members")};
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
              quantity("rpo", Dimension::writes,
                       "Recovery point objective: met in a run if no single loss of acknowledged "
                       "writes is larger."),
              quantity("rpo_time", Dimension::duration,
                       "The same in time: met if none reaches further back.")}});
  Parameter lifetime = quantity("lifetime", Dimension::duration,
                                "Over which what is bought is paid, in equal parts.");
  lifetime.low_open = true;
  lifetime.default_text = "5y";
  lifetime.default_source =
      "computers are five-year property (Internal Revenue Service, Publication 946)";
  auto costs = std::make_shared<Record>(Record{
      "costs",
      "What all prices share.",
      {lifetime,
       quantity("lost_write", Dimension::money, "What it costs to lose an acknowledged write.")}});
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
           table("domains", share(record_of_section(domain_kind())),
                 "Components that share a fate: racks, power feeds, zones."),
           components,
           table("links", share(record_of_section(link_kind())),
                 "Network connections. Without any, all components reach one another."),
           table("streams", share(record_of_section(stream_kind())),
                 "What carries writes to copies, where it is not as the group says."),
           groups, services, table("crews", crew_record(), "Repair crews that components share."),
           record_of("objectives", objectives, "What the topology must reach."),
           record_of("costs", costs,
                     "What prices share; prices themselves stand under `cost` of components, "
                     "`repair_cost` of failure modes and `downtime_cost` of services."),
           layout,
           list_of("faults", share(*fault_record()),
                   "Faults at stated times, beside those by chance: for tests, teaching and chaos "
                   "experiments.")}};
}

}  // namespace

std::string section_of(const Kind& kind) {
  switch (kind.part) {
    case Part::link:
      return "links";
    case Part::domain:
      return "domains";
    case Part::stream:
      return "streams";
    default:
      return "components";
  }
}

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
