// The loader: from the nodes of a document to a topology. loader_read.cpp reads the sections,
// loader_resolve.cpp finds what names mean.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "topologies/language/check.hpp"
#include "topologies/topology.hpp"

namespace nines {

class Loader {
 public:
  Loader(const Node& root, Diagnostics& diagnostics, NamedFiles& files)
      : root_(root), diagnostics_(diagnostics), checker_(diagnostics, reader_of(files)) {}

  /// Reads, resolves and checks everything.
  Topology load();

 private:
  static FileReader reader_of(NamedFiles& files);

  /// Keys and simple sections; tables of components, groups and services come later.
  void check_top_level();

  void read_types(const Node& types);

  std::vector<std::string> type_names() const;

  /// The type with all that it is like; an empty map if anything is wrong with the chain.
  Node resolved_type(const NamedAt& type, std::vector<std::string> chain);

  void read_components(const std::string& section, const Node& components);

  std::pair<std::shared_ptr<const Settings>, const Kind*> read_component(
      const std::string& noun, const Node& key, const Node& value, const Kind* kind_of_section);

  /// A type that nothing uses must be well-formed too.
  void check_unused_types();

  void read_sections();

  void find_currency();

  void read_faults();

  void check_layout();

  void read_groups(const Node& groups);

  std::vector<std::string> component_names() const;

  std::vector<std::string> names_of(Part part) const;

  /// A name that means nothing. One that stands in a section that is wrong has its message there.
  void no_such(const NamedAt& name, const std::string& noun, const std::vector<std::string>& names);

  std::optional<std::size_t> domain_called(const NamedAt& name);

  void place_components();

  void place(TopologyComponent& component, const NamedAt& name);

  /// The components that a name, a pattern or a set stands for; sets and patterns leave out links
  /// and domains.
  std::vector<std::size_t> components_called(const NamedAt& name);

  /// Finds the ends of links. One whose other end is a pattern or a set is one link to each of it.
  void join_links();

  bool can_be_linked(std::size_t c, const NamedAt& name);

  /// Links that stand for many have been replaced by those: they go, and indices move up.
  void drop_replaced_links();

  /// What a name in `needs` means.
  std::optional<Ref> needed(const NamedAt& name, bool tell);

  /// `tell`: of components that one key stands for, the first tells what is wrong.
  std::vector<Clause> clauses_of(const Settings& settings, bool tell);

  void find_needs();

  void find_hosts(TopologyComponent& component);

  void find_members();
  void place_shard(TopologyGroup& group);
  /// A group with shards where one that is whole is expected.
  void no_shards_here(const NamedAt& name);
  void find_streams();

  void add_members(TopologyGroup& group, const NamedAt& name, std::set<Ref>& seen);

  void read_services();

  void read_paths(TopologyService& service, const Settings& s);

  bool reads_apart(const std::vector<TopologyStep>& steps) const;
  void add_path(TopologyService& service, Requests requests, std::vector<TopologyStep> steps,
                double offered_per_s);
  /// The same for each shard, where a step is of shards.
  void spread(TopologyService& service, TopologyPath path);
  /// All shards of a group, in order; of one without shards itself.
  std::vector<std::size_t> shards_of(std::size_t g) const;
  void name_shards();
  std::vector<TopologyStep> steps_of(const TopologyService& service, const Settings& s,
                                     const std::string& key);

  void no_such_group(const NamedAt& name);

  std::vector<std::string> client_names() const;

  const Node& root_;
  Diagnostics& diagnostics_;
  Checker checker_;
  Settings settings_;
  Topology topology_;
  std::map<std::string, const Node*> types_;
  std::map<std::string, Place> type_places_;
  std::set<std::string> used_types_;
  std::map<std::string, const Kind*> fixed_kinds_;  ///< by section
  std::map<std::string, std::size_t> component_of_;
  std::map<std::size_t, std::vector<std::size_t>> members_of_;  ///< by domain
  bool some_components_are_missing_ = false;
  std::map<std::string, std::size_t> group_of_;
  std::vector<std::string> known_groups_;
};

}  // namespace nines
