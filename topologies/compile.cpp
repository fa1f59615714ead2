#include "topologies/compile.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/mechanisms/crew.hpp"
#include "models/mechanisms/detection.hpp"
#include "models/mechanisms/domains.hpp"
#include "models/mechanisms/hosts.hpp"
#include "models/mechanisms/profile.hpp"
#include "models/mechanisms/script.hpp"

namespace nines {
namespace {

LawPtr without_memory(LawPtr law) {
  const double mean_s = law->mean();
  if (std::isinf(mean_s) && !law->memoryless_rate()) {
    throw std::invalid_argument(
        fmt::format("--memoryless: the law {} has no finite mean to keep", law->text()));
  }
  return mean_s > 0 && std::isfinite(mean_s) ? exponential(mean_s) : law;
}

double longest_mean_repair_s(const Model& model) {
  double longest = 0.0;
  for (const Mode& mode : model.modes) {
    const Component& component = model.components[index(mode.component)];
    const double restart_s =
        component.restart == kNone<LawId> ? 0.0 : model.law(component.restart).mean();
    const double repair_s = model.law(mode.repair).mean();
    longest = std::max(longest, repair_s + restart_s);
  }
  return longest;
}

/// Compiles the parts of a topology in the order in which they read one another.
class Compiler {
 public:
  Compiler(const Topology& topology, ByHand by_hand, System& system, ModelBuilder& model)
      : topology_(topology), by_hand_(by_hand), system_(system), model_(model) {}

  void compile() {
    for (std::size_t c = 0; c < topology_.components.size(); ++c) compile_component(c);
    find_linked();
    system_.groups.resize(topology_.groups.size());
    done_component_.assign(topology_.components.size(), 0);
    done_group_.assign(topology_.groups.size(), 0);
    kept_by_.assign(topology_.groups.size(), kNone<SignalId>);
    for (std::size_t c = 0; c < topology_.components.size(); ++c) finish_component(c);
    for (std::size_t g = 0; g < topology_.groups.size(); ++g) finish_group(g);
    compile_crews();
    compile_domains();
    compile_script();
    compile_hosts();
    CouldServe could_serve;
    const Graph graph = this->graph();
    connect_groups(graph);
    system_.services = compile_services(service_specs(), graph, model_, could_serve);
    for (std::size_t g = 0; g < topology_.groups.size(); ++g) react(g, graph, could_serve);
    std::vector<SignalId> roles;
    for (const CompiledGroup& group : system_.groups) {
      for (const CompiledGroup::Member& member : group.members) {
        if (member.active != kNone<CellId>) roles.push_back(model_.flag(member.active));
      }
      roles.insert(roles.end(), group.pauses.begin(), group.pauses.end());
    }
    for (CompiledService& service : system_.services) service.roles = roles;
    for (const CompiledGroup& group : system_.groups) {
      for (const auto& [signal, what] : group.waits) model_.observe(signal);
      for (const auto& watched : group.failovers.watched) model_.observe(watched.unnoticed);
      if (group.failovers.split != kNone<SignalId>) model_.observe(group.failovers.split);
    }
    for (CompiledService& service : system_.services) {
      if (!service.part_of) add_sessions(service);
    }
  }

 private:
  const TopologyComponent& topology_component(std::size_t c) const {
    return topology_.components[c];
  }

  /// With the failure modes that scripted faults add, and one for faults by hand.
  void compile_component(std::size_t c) {
    const TopologyComponent& of = topology_component(c);
    const Settings* settings = of.settings.get();
    std::optional<Settings> scripted;
    const auto count = [&](const std::string& name) {
      const auto& entries = settings->table("failures");
      return std::count_if(entries.begin(), entries.end(),
                           [&](const Entry& e) { return e.name.name.starts_with(name); });
    };
    const auto add = [&](std::string name, Settings mode) {
      if (!scripted) scripted = *settings;
      settings = &*scripted;
      auto& table = scripted->values["failures"].value;
      if (!std::holds_alternative<std::vector<Entry>>(table)) table = std::vector<Entry>{};
      Entry entry;
      entry.name.name = std::move(name);
      entry.settings = std::move(mode);
      std::get<std::vector<Entry>>(table).push_back(std::move(entry));
    };
    for (const TopologyFault& fault : topology_.faults) {
      if (fault.component != c) continue;
      std::string name = "scripted";
      if (fault.settings.has("mode")) name += " " + fault.settings.text("mode");
      if (const auto others = count(name); others > 0) name += fmt::format(" {}", others + 1);
      add(std::move(name), fault.mode);
    }
    if (by_hand_ == ByHand::yes && !of.is(Part::client)) add(kByHand, mode_by_hand());
    system_.components.push_back(of.kind->compile(of.name, *settings, model_, jobs_));
  }

  void compile_hosts() {
    std::vector<const HostedComponent*> all;
    for (const auto& [c, hosted] : hosted_) all.push_back(&hosted);
    for (const auto& [c, hosted] : hosted_) {
      const TopologyComponent& of = topology_component(c);
      const SignalId scheduler = of.scheduler ? stands(*of.scheduler) : kNone<SignalId>;
      compile_moves(hosted, all, scheduler, of.settings->record("runs_on"), model_);
    }
  }

  void compile_script() {
    std::map<std::size_t, std::size_t> next;  // by component: how many of its faults are done
    for (const TopologyFault& fault : topology_.faults) {
      const CompiledComponent& component = system_.components[fault.component];
      const std::size_t own =
          topology_component(fault.component).settings->table("failures").size();
      const CompiledMode& mode = component.modes[own + next[fault.component]++];
      nines::compile_script(component.name + "/" + mode.name + " begins", component, mode.id,
                            fault.settings.number("at"), fault.settings.number("phase"), model_);
    }
    system_.scripted = !topology_.faults.empty();
  }

  void find_linked() {
    networked_ = topology_.networked();
    linked_.assign(topology_.components.size(), 0);
    for (const TopologyComponent& link : topology_.components) {
      for (const std::size_t end : link.between) linked_[end] = 1;
    }
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      CompiledComponent& component = system_.components[c];
      const TopologyComponent& of = topology_component(c);
      component.forwards = of.is(Part::forwarder) || of.settings->truth("forwards");
      component.bridges =
          component.forwards && (!of.is(Part::forwarder) || of.kind->record.name == "switch");
      // Power knows no paths, and a link is there or not; nor does what is attached directly.
      component.attached =
          (!of.in_graph() && !of.is(Part::stream)) || (of.is(Part::storage) && linked_[c] == 0);
    }
  }

  /// Whether someone must reach what it needs: an end point of a network, over links.
  bool must_reach(const TopologyComponent& who, Ref what) const {
    if (!networked_) return false;
    if (!who.is(Part::end_point) && !who.is(Part::storage) && !who.is(Part::client)) return false;
    if (what.group) return true;
    const TopologyComponent& target = topology_component(what.index);
    return target.in_graph();
  }

  CompiledNeed compiled(Ref ref) {
    if (ref.group) {
      finish_group(ref.index);
      return {nullptr, &system_.groups[ref.index]};
    }
    finish_component(ref.index);
    return {&system_.components[ref.index], nullptr};
  }

  /// Sorts clauses into those that must be reached and those that are a matter of signals.
  void sort_clauses(const std::vector<Clause>& clauses, const TopologyComponent& who,
                    const std::string& name, std::vector<CompiledClause>& reached,
                    std::vector<SignalId>& signals, std::vector<const CompiledComponent*>& depends,
                    std::vector<const CompiledGroup*>& groups) {
    int number = 0;
    for (const Clause& clause : clauses) {
      CompiledClause needs;
      bool by_path = false;
      for (const Ref ref : clause) {
        needs.push_back(compiled(ref));
        by_path = by_path || must_reach(who, ref);
      }
      if (by_path) {
        reached.push_back(std::move(needs));
        continue;
      }
      std::vector<SignalId> any;
      for (std::size_t i = 0; i < needs.size(); ++i) {
        const CompiledNeed& need = needs[i];
        any.push_back(need.component != nullptr ? need.component->usable : stands(clause[i].index));
        if (need.component != nullptr) {
          depends.push_back(need.component);
          continue;
        }
        groups.push_back(need.group);
        for (const CompiledGroup::Member& member : need.group->members) {
          for (const CompiledComponent* leaf : leaves_of(member)) depends.push_back(leaf);
        }
      }
      signals.push_back(
          any.size() == 1 ? any[0] : model_.gate(fmt::format("{}/any-{}", name, ++number), 1, any));
    }
  }

  bool is_power(const Clause& clause) const {
    return std::all_of(clause.begin(), clause.end(), [&](Ref ref) {
      return !ref.group && topology_component(ref.index).is(Part::domain);
    });
  }

  /// Up, its domains up, what it needs there.
  void finish_component(std::size_t c) {
    if (done_component_[c] != 0) return;
    done_component_[c] = 1;
    CompiledComponent& component = system_.components[c];
    if (component.id == kNone<ComponentId>) return;
    const TopologyComponent& of = topology_component(c);
    std::vector<SignalId> power;
    for (const std::size_t d : of.domains) {
      finish_component(d);
      power.push_back(system_.components[d].usable);
      component.depends.push_back(&system_.components[d]);
    }
    std::vector<Clause> feeds;
    std::vector<Clause> others;
    for (const Clause& clause : of.needs) (is_power(clause) ? feeds : others).push_back(clause);
    sort_clauses(feeds, of, component.name + "/power", component.needs, power, component.depends,
                 component.depends_on_groups);
    std::vector<SignalId> usable{component.up};
    if (!power.empty()) {
      component.powered = power.size() == 1 ? power[0]
                                            : model_.gate(component.name + "/powered",
                                                          static_cast<int>(power.size()), power);
      usable.push_back(component.powered);
    }
    if (!of.hosts.empty()) {
      std::vector<const CompiledComponent*> hosts;
      for (const std::size_t h : of.hosts) {
        finish_component(h);
        hosts.push_back(&system_.components[h]);
      }
      hosted_.emplace(c, place_on_host(component, std::move(hosts),
                                       of.number_in_range % of.hosts.size(), model_));
      usable.push_back(component.host);
      usable.push_back(component.ready);
    }
    sort_clauses(others, of, component.name, component.needs, usable, component.depends,
                 component.depends_on_groups);
    component.usable = usable.size() == 1 ? usable[0]
                                          : model_.gate(component.name + "/usable",
                                                        static_cast<int>(usable.size()), usable);
  }

  void finish_group(std::size_t g) {
    if (done_group_[g] != 0) return;
    done_group_[g] = 1;
    const TopologyGroup& of = topology_.groups[g];
    CompiledGroup& group = system_.groups[g];
    group.name = of.name;
    group.networked = networked_;
    for (const Ref ref : of.members) {
      const CompiledNeed what = compiled(ref);
      group.members.push_back({what.component, what.group, kNone<SignalId>});
      CompiledGroup::Member& member = group.members.back();
      if (member.component != nullptr) {
        member.usable = member.component->usable;
      } else if (of.policy->follows(of.settings)) {
        member.usable = stands(ref.index);
      }
    }
    find_streams(of, group);
    of.policy->prepare(group, of.settings, model_);
    TopologyComponent member_like;  // needs of a group are needs of its members: end points
    member_like.kind = find_kind("node");
    std::vector<SignalId> conditions;
    sort_clauses(of.needs, member_like, "group/" + group.name, group.needs, conditions,
                 group.depends, group.depends_on_groups);
    group.conditions.insert(group.conditions.end(), conditions.begin(), conditions.end());
    if (!group.for_reads) return;
    group.for_reads->needs = group.needs;
    std::vector<SignalId>& of_reads = group.for_reads->conditions;  // some are there already
    of_reads.insert(of_reads.begin(), conditions.begin(), conditions.end());
    group.for_reads->depends = group.depends;
    group.for_reads->depends_on_groups = group.depends_on_groups;
  }

  /// Each stream at the member that it feeds.
  void find_streams(const TopologyGroup& of, CompiledGroup& group) {
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      const TopologyComponent& stream = topology_component(c);
      if (!stream.feeds || !of.settings.has("replication")) continue;
      const auto at = std::find(of.members.begin(), of.members.end(), Ref{false, *stream.feeds});
      if (at == of.members.end()) continue;
      CompiledGroup::Member& member =
          group.members[static_cast<std::size_t>(at - of.members.begin())];
      finish_component(c);
      member.stream = &system_.components[c];
      member.stream_settings = stream.settings.get();
      if (stream.fed_from) {
        const auto from =
            std::find(of.members.begin(), of.members.end(), Ref{false, *stream.fed_from});
        member.stream_from = static_cast<std::size_t>(from - of.members.begin());
      }
      group.depends.push_back(member.stream);
    }
  }

  /// The gate that says that a group stands, made when it is first asked for: nothing may hang on a
  /// signal in vain, since that costs at every event.
  SignalId stands(std::size_t g) {
    finish_group(g);
    return stands(system_.groups[g], g);
  }
  SignalId stands(CompiledGroup& group, std::size_t g) {
    if (group.stands != kNone<SignalId>) return group.stands;
    std::vector<SignalId> members;
    for (std::size_t m = 0; m < group.members.size(); ++m) {
      CompiledGroup::Member& member = group.members[m];
      if (member.group != nullptr) member.usable = stands(topology_.groups[g].members[m].index);
      std::vector<SignalId> serves{member.usable};
      serves.insert(serves.end(), member.conditions.begin(), member.conditions.end());
      if (member.active != kNone<CellId>) serves.push_back(model_.flag(member.active));
      members.push_back(serves.size() == 1
                            ? serves[0]
                            : model_.gate(fmt::format("{}/{}", group.name, member.name()),
                                          static_cast<int>(serves.size()), serves));
    }
    const SignalId enough = model_.gate(group.name, group.need, members);
    std::vector<SignalId> all{enough};
    all.insert(all.end(), group.conditions.begin(), group.conditions.end());
    group.stands = all.size() == 1
                       ? enough
                       : model_.gate(group.name + "/stands", static_cast<int>(all.size()), all);
    return group.stands;
  }

  /// Whether any member of a group is left, in service or not.
  SignalId kept_by(std::size_t g) {
    SignalId& kept = kept_by_[g];
    if (kept != kNone<SignalId>) return kept;
    std::vector<SignalId> members;
    for (const CompiledGroup::Member& member : system_.groups[g].members) {
      for (const CompiledComponent* leaf : leaves_of(member)) members.push_back(leaf->usable);
    }
    kept = model_.gate(system_.groups[g].name + "/kept", 1, members);
    return kept;
  }

  void compile_crews() {
    for (const TopologyCrew& crew : topology_.crews) {
      std::vector<CrewJob> own;
      std::copy_if(jobs_.begin(), jobs_.end(), std::back_inserter(own),
                   [&](const CrewJob& job) { return job.crew == crew.name; });
      if (!own.empty()) compile_crew(crew.name, crew.settings, own, model_);
    }
  }

  void compile_domains() {
    for (const CompiledComponent& component : system_.components) compile_mask(component, model_);
    for (const auto& [d, members] : topology_.members_by_domain()) {
      for (const CompiledMode& mode : system_.components[d].modes) {
        if (mode.strikes.empty()) continue;
        for (const std::size_t c : members) {
          compile_strike(mode, system_.components[d].name + "/" + mode.name, system_.components[c],
                         model_);
        }
      }
    }
  }

  Graph graph() const {
    Graph graph;
    graph.networked = networked_;
    std::vector<std::size_t> vertex(topology_.components.size(), 0);
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      if (!topology_component(c).in_graph()) continue;
      vertex[c] = graph.vertices.size();
      graph.vertices.push_back(&system_.components[c]);
    }
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      const std::vector<std::size_t>& ends = topology_component(c).between;
      if (ends.empty()) continue;
      graph.links.push_back({&system_.components[c], vertex[ends[0]], vertex[ends[1]]});
    }
    return graph;
  }

  std::vector<ServiceSpec> service_specs() {
    std::vector<ServiceSpec> specs;
    for (const TopologyService& service : topology_.services) {
      std::vector<ServiceSpec> drains;
      ServiceSpec spec;
      spec.name = service.name;
      spec.client = &system_.components[service.from];
      spec.with_load = service.has_workload();
      spec.serves_at_least = service.settings.number("serves_at_least");
      spec.any_may_fail = !service.settings.at("serves_at_least").is_default;
      for (const TopologyPath& path : service.paths) {
        ServiceSpec::Path compiled_path;
        compiled_path.offered_per_s = path.offered_per_s;
        compiled_path.reads = path.requests == Requests::reads;
        for (const TopologyStep& step : path.steps) {
          compiled_path.steps.push_back(compiled_step(step, compiled_path.reads, spec.with_load));
        }
        spec.paths.push_back(std::move(compiled_path));
      }
      std::vector<std::vector<std::size_t>> paths_of_class(service.paths.size());
      for (std::size_t p = 0; p < service.paths.size(); ++p) {
        paths_of_class[p] = {p};
        const std::optional<TopologyPath::Cache>& cache = service.paths[p].cache;
        if (!cache) continue;
        ServiceSpec::Path hits = spec.paths[p];
        hits.steps.resize(cache->steps_before);
        hits.steps.push_back({Serving::Step::Kind::one, {&system_.groups[cache->group]}});
        hits.hits_for = p;
        paths_of_class[p].push_back(spec.paths.size());
        spec.paths.push_back(std::move(hits));
      }
      sort_clauses(service.needs, topology_component(service.from), "service/" + service.name,
                   spec.needs, spec.conditions, spec.depends, spec.depends_on_groups);
      const std::vector<Entry>& profile = service.settings.table("profile");
      if (!profile.empty()) {
        std::optional<ProfileClash> clash;
        const Profile week = profile_of(profile, clash);
        const CellId level = compile_profile(service.name, week, model_);
        for (std::size_t k = 0; k < week.levels.size(); ++k) {
          spec.loads.emplace_back(model_.equals(level, static_cast<int>(k)), week.levels[k]);
        }
      }
      const std::size_t whole = specs.size();
      specs.push_back(spec);
      for (const TopologyPath& path : service.paths) {
        if (!path.queue) continue;
        const CompiledGroup& queue = system_.groups[path.queue->group];
        ServiceSpec drain = spec;
        drain.name = drain_of(service, path);
        drain.part_of = whole;
        drain.from_first = true;
        drain.serves_at_least = 0.0;
        drain.any_may_fail = false;
        drain.needs.clear();
        drain.conditions.clear();
        drain.depends.clear();
        drain.depends_on_groups.clear();
        drain.paths = {{{{Serving::Step::Kind::one, {queue.for_reads.get()}}}, path.offered_per_s}};
        for (const TopologyStep& step : path.queue->behind) {
          drain.paths[0].steps.push_back(compiled_step(step, false, spec.with_load));
        }
        drains.push_back(std::move(drain));
      }
      // Classes with paths of their own are reported apart as well.
      for (std::size_t p = 0; p < service.paths.size() && service.paths.size() > 1; ++p) {
        ServiceSpec part = spec;
        part.name = service.name + "/" + service.paths[p].name;
        part.part_of = whole;
        part.paths_of_whole = paths_of_class[p];
        part.paths.clear();
        for (const std::size_t path : paths_of_class[p]) part.paths.push_back(spec.paths[path]);
        if (spec.with_load && !(part.paths[0].offered_per_s > 0)) continue;
        specs.push_back(std::move(part));
      }
      for (ServiceSpec& drain : drains) specs.push_back(std::move(drain));
    }
    return specs;
  }

  /// What takes from a queue is reported as a class of its service: "shop/orders".
  std::string drain_of(const TopologyService& service, const TopologyPath& path) const {
    const std::size_t shard = path.name.rfind('/');
    return service.name + "/" + (shard == std::string::npos ? "" : path.name.substr(0, shard + 1)) +
           topology_.groups[path.queue->group].name;
  }

  ServiceSpec::Step compiled_step(const TopologyStep& step, bool of_reads, bool with_load) {
    ServiceSpec::Step compiled;
    compiled.kind = step.kind == TopologyStep::Kind::all   ? Serving::Step::Kind::all
                    : step.kind == TopologyStep::Kind::any ? Serving::Step::Kind::any
                                                           : Serving::Step::Kind::one;
    for (const std::size_t g : step.groups) {
      CompiledGroup& group = system_.groups[g];
      const bool reads = of_reads && group.for_reads;
      compiled.groups.push_back(reads ? group.for_reads.get() : &group);
      if (!networked_ && !with_load) reads ? stands(*group.for_reads, g) : stands(g);
    }
    return compiled;
  }

  /// Which members of groups reach one another, where that matters to who serves.
  void connect_groups(const Graph& graph) {
    views_.resize(topology_.groups.size());
    for (std::size_t g = 0; networked_ && g < topology_.groups.size(); ++g) {
      const TopologyGroup& of = topology_.groups[g];
      if (of.witness) views_[g].witness = &system_.components[*of.witness];
      if (!of.policy->connect) continue;
      find_reach(system_.groups[g], graph, views_[g], false);
      of.policy->connect(system_.groups[g], views_[g], of.settings, model_);
    }
  }

  void react(std::size_t g, const Graph& graph, const CouldServe& could_serve) {
    const TopologyGroup& of = topology_.groups[g];
    if (!of.policy->follows(of.settings)) return;
    CompiledGroup& group = system_.groups[g];
    GroupView view = views_[g];
    // A primary that no write could be acknowledged by can still answer reads.
    auto known = group.for_reads ? could_serve.find(group.for_reads.get()) : could_serve.end();
    if (known == could_serve.end()) known = could_serve.find(&group);
    if (known != could_serve.end()) {
      view.could_serve = known->second;
    } else {
      for (const CompiledGroup::Member& member : group.members) {
        view.could_serve.push_back(member.usable);
      }
    }
    for (const TopologyService& service : topology_.services) {
      for (const TopologyPath& path : service.paths) {
        const std::vector<std::size_t> groups = path.groups();
        const bool cached = path.cache && path.cache->group == g;
        if (!cached && std::count(groups.begin(), groups.end(), g) > 0) {
          view.offered_per_s += path.offered_per_s;
        }
      }
    }
    if (group.copies || group.buffer || group.interrupted || group.missed) find_writes(g, view);
    if (of.witness) view.witness = &system_.components[*of.witness];
    if (networked_ && view.reach.empty() && of.policy->by_peers &&
        of.policy->by_peers(of.settings)) {
      // RFC 5798, section 5.1.1: advertisements are multicast, with a time to live of 255.
      find_reach(group, graph, view, of.settings.chosen("detection") == "vrrp");
    }
    of.policy->react(group, view, of.settings, model_);
  }

  static double share_of_writes(const TopologyService& service) {
    if (!service.has_workload()) return 1.0;
    const Settings& load = service.settings.record("workload");
    const double writes = load.number_or("writes", 0.0);
    return writes / (writes + load.number_or("reads", 0.0));
  }

  /// The services whose writes pass a group; behind a queue, as they are taken from it.
  void find_writes(std::size_t g, GroupView& view) const {
    const auto passes = [&](const std::vector<TopologyStep>& steps) {
      return std::any_of(steps.begin(), steps.end(), [&](const TopologyStep& step) {
        return std::count(step.groups.begin(), step.groups.end(), g) > 0;
      });
    };
    const auto add = [&](const std::string& name, double offered_per_s, double share,
                         std::vector<CompiledWrites>& to) {
      const auto compiled = std::find_if(system_.services.begin(), system_.services.end(),
                                         [&](const CompiledService& s) { return s.name == name; });
      if (compiled == system_.services.end()) return;  // none are offered
      CompiledWrites writes;
      writes.available = compiled->available;
      writes.offered_per_s = offered_per_s;
      writes.share = share;
      if (compiled->with_load) {
        writes.evaluation = compiled->evaluation;
        writes.number = compiled->first_number + ServiceNumbers::kServed;
        writes.former = compiled->first_number + ServiceNumbers::kToFormer;
      }
      to.push_back(writes);
    };
    for (const TopologyService& service : topology_.services) {
      for (const TopologyPath& path : service.paths) {
        if (path.requests == Requests::reads) continue;
        const std::string name =
            service.paths.size() > 1 ? service.name + "/" + path.name : service.name;
        const double share = path.requests == Requests::all ? share_of_writes(service) : 1.0;
        if (passes(path.steps)) add(name, path.offered_per_s, share, view.writes);
        if (!path.queue) continue;
        const std::string drain = drain_of(service, path);
        if (path.queue->group == g) add(drain, path.offered_per_s, 1.0, view.behind);
        if (passes(path.queue->behind)) add(drain, path.offered_per_s, 1.0, view.writes);
      }
    }
    // Without a workload nobody knows how many they are: beside others they do not count.
    const auto counted = [](const CompiledWrites& w) { return w.offered_per_s > 0; };
    if (std::none_of(view.writes.begin(), view.writes.end(), counted)) return;
    std::erase_if(view.writes, [&](const CompiledWrites& w) { return !counted(w); });
  }

  /// The sessions of a service, on the groups of its first path that hold them.
  void add_sessions(CompiledService& compiled) {
    const auto service =
        std::find_if(topology_.services.begin(), topology_.services.end(),
                     [&](const TopologyService& s) { return s.name == compiled.name; });
    if (!service->has_sessions()) return;
    const Settings& workload = service->settings.record("workload");
    SessionsSpec spec;
    spec.service = service->name;
    spec.population = workload.number("sessions");
    if (workload.has("session_length")) spec.length_s = workload.number("session_length");
    for (const std::size_t g : topology_.session_holders(*service)) {
      const TopologyGroup& group = topology_.groups[g];
      const std::string& how = group.settings.chosen("sessions");
      int copies = 1;
      if (how == "copies") {
        copies = static_cast<int>(group.settings.record("sessions").number("copies"));
      }
      if (group.store) spec.store = kept_by(*group.store);
      for (std::size_t m = 0; m < group.members.size(); ++m) {
        CompiledGroup::Member& member = system_.groups[g].members[m];
        if (member.group != nullptr) member.usable = stands(group.members[m].index);
      }
      spec.holders.push_back({&system_.groups[g], copies});
    }
    compiled.sessions = compile_sessions(spec, model_);
  }

  /// Which members reach one another, and the witness.
  void find_reach(const CompiledGroup& group, const Graph& graph, GroupView& view,
                  bool within_segment) {
    std::vector<std::pair<const CompiledComponent*, const CompiledComponent*>> pairs;
    const std::size_t size = group.members.size();
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        pairs.emplace_back(group.members[i].component, group.members[j].component);
      }
    }
    for (std::size_t i = 0; view.witness != nullptr && i < size; ++i) {
      pairs.emplace_back(group.members[i].component, view.witness);
    }
    const std::vector<SignalId> signals =
        compile_reach(group.name + "/reach", graph, pairs, model_, within_segment);
    view.reach.assign(size, std::vector<SignalId>(size, kNone<SignalId>));
    std::size_t next = 0;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        view.reach[i][j] = view.reach[j][i] = signals[next++];
      }
    }
    while (next < signals.size()) view.reach_witness.push_back(signals[next++]);
  }

  const Topology& topology_;
  ByHand by_hand_;
  System& system_;
  ModelBuilder& model_;
  std::vector<CrewJob> jobs_;
  std::map<std::size_t, HostedComponent> hosted_;  ///< by component
  bool networked_ = false;
  std::vector<std::uint8_t> linked_;
  std::vector<GroupView> views_;  ///< by group: as far as known before services are compiled
  std::vector<std::uint8_t> done_component_;
  std::vector<std::uint8_t> done_group_;
  std::vector<SignalId> kept_by_;  ///< by group
};

/// What stands in the document, per second; repairs by failure mode.
CompiledCosts compile_costs(const Topology& topology, const System& system) {
  CompiledCosts costs;
  costs.currency = topology.costs.currency;
  costs.lost_write = topology.costs.lost_write;
  for (const TopologyComponent& component : topology.components) {
    if (!component.settings->has("cost")) continue;
    const Settings& cost = component.settings->record("cost");
    costs.capital_per_s += cost.number_or("buy", 0.0) / topology.costs.lifetime_s;
    costs.running_per_s += cost.number_or("run", 0.0);
  }
  for (const CompiledComponent& component : system.components) {
    for (const CompiledMode& mode : component.modes) {
      if (mode.repair_cost > 0) costs.repairs.emplace_back(mode.id, mode.repair_cost);
    }
  }
  std::size_t next = 0;
  for (const CompiledService& service : system.services) {
    // Of classes with paths of their own the whole service has been counted.
    costs.downtime_per_s.push_back(
        service.part_of ? 0.0 : topology.services[next++].settings.number_or("downtime_cost", 0.0));
  }
  return costs;
}

}  // namespace

std::unique_ptr<System> compile(const Topology& topology, Laws laws, ByHand by_hand) {
  auto system = std::make_unique<System>();
  ModelBuilder model;
  if (laws == Laws::memoryless) {
    // Equal laws stay one object, so that their draws are still made together.
    auto replaced = std::make_shared<std::map<LawPtr, LawPtr>>();
    model.filter_laws([replaced](LawPtr law) {
      LawPtr& twin = (*replaced)[law];
      if (!twin) twin = without_memory(law);
      return twin;
    });
  }
  Compiler(topology, by_hand, *system, model).compile();
  system->model = model.build();
  system->costs = compile_costs(topology, *system);
  system->longest_mean_repair_s = longest_mean_repair_s(*system->model);
  for (const CompiledGroup& group : system->groups) {
    system->longest_mean_repair_s = std::max(system->longest_mean_repair_s, group.longest_wait_s);
  }
  return system;
}

}  // namespace nines
