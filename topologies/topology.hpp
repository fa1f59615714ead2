// Topology: the whole document, checked and immutable; and how to load one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/declaration.hpp"
#include "topologies/language/check.hpp"
#include "topologies/language/diagnostic.hpp"

namespace nines {

/// A component, by index, or a group.
struct Ref {
  bool group = false;
  std::size_t index = 0;
  bool operator==(const Ref&) const = default;
  auto operator<=>(const Ref&) const = default;
};
/// One of these is needed.
using Clause = std::vector<Ref>;

/// Components, links and domains. A domain is called "domain:rack-a", so that a component may be
/// called like it.
struct TopologyComponent {
  std::string name;
  const Kind* kind = nullptr;
  std::shared_ptr<const Settings> settings;  ///< its type and its own, merged
  Place place;                               ///< of its name
  std::size_t number_in_range = 0;           ///< of the names that its key stands for
  std::vector<std::size_t> domains;          ///< that it is in directly
  std::vector<Clause> needs;
  std::vector<std::size_t> between;      ///< of a link: its two ends
  std::vector<std::size_t> hosts;        ///< on one of which it runs
  std::optional<std::size_t> scheduler;  ///< group that must stand for it to be moved
  std::optional<std::size_t> feeds;      ///< of a stream: the component to which it brings writes
  std::optional<std::size_t> fed_from;   ///< and from which; none: the primary
  bool is(Part part) const { return kind != nullptr && kind->part == part; }
  /// A place in the network, as links, domains and streams are not.
  bool in_graph() const { return !is(Part::domain) && !is(Part::link) && !is(Part::stream); }
};

struct TopologyGroup {
  std::string name;
  const Policy* policy = nullptr;
  Settings settings;
  std::vector<Ref> members;  ///< in order
  std::vector<Clause> needs;
  std::optional<std::size_t> witness;  ///< component
  std::optional<std::size_t> store;    ///< group where its sessions live
  /// One of several groups that share the keys, each on some of the members.
  struct Shard {
    std::size_t number = 0;  ///< from 0; the groups stand one after the other
    std::size_t of = 0;
    std::string name;          ///< of all shards together, as the user calls them
    std::vector<Ref> members;  ///< of all shards together; said of the first
  };
  std::optional<Shard> shard;
  Place place;
};

struct TopologyStep {
  enum class Kind : unsigned char { one, all, any, shards };
  Kind kind = Kind::one;
  std::vector<std::size_t> groups;
};

enum class Requests : unsigned char { all, reads, writes };

/// The path of a class of requests or, where a step is of shards, of those for the keys of one: as
/// if that step were that shard alone.
struct TopologyPath {
  std::string name;  ///< "reads", "writes", "db.1/reads"; empty: all requests
  Requests requests = Requests::all;
  std::vector<TopologyStep> steps;
  double offered_per_s = 0.0;  ///< 0: no workload
  /// A cache: reads that it has take so many of the steps, then the group, and no others.
  struct Cache {
    std::size_t steps_before = 0;
    std::size_t group = 0;
  };
  std::optional<Cache> cache = {};
  /// A queue, the last step: what it has acknowledged goes on behind it later.
  struct Queue {
    std::size_t group = 0;
    std::vector<TopologyStep> behind;
  };
  std::optional<Queue> queue = {};
  /// All groups that its requests may pass, at once or later.
  std::vector<std::size_t> groups() const;
};

struct TopologyService {
  std::string name;
  std::size_t from = 0;             ///< component
  std::vector<TopologyPath> paths;  ///< one, or one for reads and one for writes; by shard
  std::vector<Clause> needs;
  bool has_workload() const;  ///< requests, not only sessions
  bool has_sessions() const;
  Settings settings;
  Place place;
};

struct TopologyCrew {
  std::string name;
  Settings settings;
  Place place;
};

/// A scripted fault, and the failure mode that it adds to its component.
struct TopologyFault {
  std::size_t component = 0;
  Settings settings;
  Settings mode;
};

struct Objectives {
  std::optional<double> availability;
  std::optional<double> rto_s;
  std::optional<double> rpo_writes;
  std::optional<double> rpo_s;
  Settings settings;
};

/// What prices share.
struct Costs {
  std::string currency;  ///< "USD"; empty: nothing has a price
  double lifetime_s = 0.0;
  double lost_write = 0.0;
  Settings settings;
};

struct Topology {
  std::string name;  ///< of the file, without directory and ending
  std::string title;
  std::vector<TopologyComponent> components;
  std::vector<TopologyGroup> groups;
  std::vector<TopologyService> services;
  std::vector<TopologyCrew> crews;
  std::vector<TopologyFault> faults;
  Objectives objectives;
  Costs costs;
  std::vector<Doubt> doubts;  ///< about its inputs, in the order of the text
  bool networked() const;     ///< it has links
  /// The groups that hold the sessions of a service: a group that says so, or
  /// members of a group that do.
  std::vector<std::size_t> session_holders(const TopologyService& service) const;
  /// All components of each domain, at any depth; domains that have none are left out.
  std::map<std::size_t, std::vector<std::size_t>> members_by_domain() const;
  /// Of all that gives it its meaning: not comments, spelling, order of keys or `layout`.
  std::string input_hash;
};

/// Where files that a document names are found, and those that were read.
struct NamedFiles {
  NamedFiles() = default;
  NamedFiles(std::string folder) : directory(std::move(folder)) {}  // NOLINT: most have no more
  NamedFiles(const char* folder) : directory(folder) {}             // NOLINT

  std::string directory;  ///< empty: there are none but those that are known
  /// By name: looked at first, and added to when one is read.
  std::map<std::string, std::shared_ptr<const std::string>> contents;
};

struct Loaded {
  Source source;
  Node root = {};                         ///< of the document; empty where it is no YAML
  NamedFiles files = {};                  ///< that it names
  std::optional<Topology> topology = {};  ///< absent if there is anything wrong
  /// Where something is wrong, what could be made out all the same: to be drawn, never compiled.
  std::optional<Topology> draft = {};
  std::vector<Diagnostic> diagnostics = {};  ///< in the order of the text
};

/// Bounds against hostile files.
inline constexpr std::size_t kMostComponents = 200'000;

/// Reads, checks and resolves a document.
Loaded load_topology(std::string path, std::string text, NamedFiles files);

/// The same of a document that has been read, and perhaps changed since.
Loaded load_topology(Source source, Node root, NamedFiles files);

/// The same from a file. Throws std::runtime_error, with the path and the system's words, if it
/// cannot be read.
Loaded load_topology_file(const std::string& path);

/// Where the topologies that come with nines are: their names, and the path of one; empty if none
/// is called so.
std::vector<std::string> library_names();
std::string library_path(const std::string& name);

/// The topology as a document that loads to the same topology: types merged, ranges written out.
std::string write_yaml(const Topology& topology);

}  // namespace nines
