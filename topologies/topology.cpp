#include "topologies/topology.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "topologies/compile.hpp"
#include "topologies/language/reader.hpp"
#include "topologies/loader.hpp"
#include "topologies/meaning.hpp"

namespace nines {
namespace {

/// A service that is down with everything up has no path, or too little capacity.
void check_that_all_can_be_available(const Topology& topology, Diagnostics& diagnostics) {
  const auto may_be_down = [&](const TopologyService& service) {
    return topology.networked() || service.settings.number("serves_at_least") > 0;
  };
  if (std::none_of(topology.services.begin(), topology.services.end(), may_be_down)) return;
  const auto system = compile(topology);
  std::size_t compiled = 0;
  for (const TopologyService& service : topology.services) {
    while (system->services[compiled].part_of) ++compiled;
    const SignalId available = system->services[compiled++].available;
    if (system->model->initial.signal[index(available)] != 0) continue;
    if (service.settings.number("serves_at_least") > 0 &&
        !service.settings.table("profile").empty()) {
      continue;  // at other hours it may be
    }
    diagnostics.add(service.place,
                    fmt::format("service '{}' is down even with everything up", service.name),
                    topology.networked()
                        ? "is each group reached from the one before it, over links and forwarders?"
                        : "is there capacity for its workload?");
  }
}

Loaded loaded_from(Source source, Node node, NamedFiles files, Diagnostics diagnostics) {
  Loaded loaded{std::move(source), std::move(node), std::move(files)};
  const Node& root = loaded.root;
  if (!diagnostics.empty() && root.kind != Node::Kind::map) {
    loaded.diagnostics = diagnostics.sorted();
    return loaded;
  }
  if (root.kind != Node::Kind::map) {
    diagnostics.add(root.place,
                    root.kind == Node::Kind::null
                        ? "the file is empty; expected a topology"
                        : fmt::format("the file is {}; expected a topology", root.described()),
                    "begin with 'nines: 1' and see `nines schema`");
    loaded.diagnostics = diagnostics.sorted();
    return loaded;
  }
  Topology topology = Loader(root, diagnostics, loaded.files).load();
  if (diagnostics.empty()) check_that_all_can_be_available(topology, diagnostics);
  loaded.diagnostics = diagnostics.sorted();
  topology.name = std::filesystem::path(loaded.source.path()).stem().string();
  if (loaded.diagnostics.empty()) {
    topology.input_hash = meaning_hash(topology);
    loaded.topology = std::move(topology);
  } else {
    loaded.draft = std::move(topology);
  }
  return loaded;
}

}  // namespace

std::map<std::size_t, std::vector<std::size_t>> Topology::members_by_domain() const {
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t c = 0; c < components.size(); ++c) {
    std::set<std::size_t> seen;
    std::vector<std::size_t> open = components[c].domains;
    while (!open.empty()) {
      const std::size_t domain = open.back();
      open.pop_back();
      if (!seen.insert(domain).second) continue;
      const std::vector<std::size_t>& outer = components[domain].domains;
      open.insert(open.end(), outer.begin(), outer.end());
    }
    for (const std::size_t domain : seen) members[domain].push_back(c);
  }
  return members;
}

std::vector<std::size_t> TopologyPath::groups() const {
  std::vector<std::size_t> all;
  const auto add = [&](const std::vector<TopologyStep>& of) {
    for (const TopologyStep& step : of) {
      all.insert(all.end(), step.groups.begin(), step.groups.end());
    }
  };
  add(steps);
  if (cache) all.push_back(cache->group);
  if (queue) add(queue->behind);
  return all;
}

bool TopologyService::has_workload() const {
  return std::any_of(paths.begin(), paths.end(),
                     [](const TopologyPath& path) { return path.offered_per_s > 0; });
}

bool TopologyService::has_sessions() const {
  return settings.has("workload") && settings.record("workload").has("sessions");
}

std::vector<std::size_t> Topology::session_holders(const TopologyService& service) const {
  std::vector<std::size_t> holders;
  const auto add = [&](std::size_t g) {
    if (!groups[g].settings.has("sessions")) return false;
    if (std::find(holders.begin(), holders.end(), g) == holders.end()) holders.push_back(g);
    return true;
  };
  for (const TopologyPath& path : service.paths) {
    for (const TopologyStep& step : path.steps) {
      for (const std::size_t g : step.groups) {
        if (add(g)) continue;
        for (const Ref member : groups[g].members) {
          if (member.group) add(member.index);
        }
      }
    }
  }
  return holders;
}

bool Topology::networked() const {
  return std::any_of(components.begin(), components.end(),
                     [](const TopologyComponent& c) { return c.is(Part::link); });
}

Loaded load_topology(std::string path, std::string text, NamedFiles files) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const Source source(std::move(path), std::move(text));
  Diagnostics diagnostics;
  Node root = read_document(source, diagnostics);
  return loaded_from(source, std::move(root), std::move(files), std::move(diagnostics));
}

Loaded load_topology(Source source, Node root, NamedFiles files) {
  return loaded_from(std::move(source), std::move(root), std::move(files), {});
}

Loaded load_topology_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw std::runtime_error(fmt::format("{}: is a directory", path));
  }
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw std::runtime_error(fmt::format("{}: {}", path, error.message()));
  if (size > kMostBytes) {
    Loaded loaded{Source(path, "")};
    loaded.diagnostics.push_back(
        {{0, 0}, fmt::format("the file has {} bytes; at most {} are read", size, kMostBytes), {}});
    return loaded;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error(
        fmt::format("{}: {}", path, std::error_code(errno, std::generic_category()).message()));
  }
  std::string text(std::istreambuf_iterator<char>(file), {});
  const std::string directory = std::filesystem::path(path).parent_path().string();
  return load_topology(path, std::move(text), directory.empty() ? "." : directory);
}

}  // namespace nines
