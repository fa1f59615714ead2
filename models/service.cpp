#include "models/service.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <fmt/format.h>
#include <boost/pending/disjoint_sets.hpp>

namespace nines {
namespace {

using Components = std::set<const CompiledComponent*>;

/// All that a component depends on, and itself.
void add_support(const CompiledComponent* component, Components& support);
void add_support(const CompiledGroup* group, Components& support);

void add_support(const std::vector<CompiledClause>& clauses, Components& support) {
  for (const CompiledClause& clause : clauses) {
    for (const CompiledNeed& need : clause) {
      need.component != nullptr ? add_support(need.component, support)
                                : add_support(need.group, support);
    }
  }
}

void add_support(const CompiledComponent* component, Components& support) {
  if (component->id == kNone<ComponentId> || !support.insert(component).second) return;
  for (const CompiledComponent* other : component->depends) add_support(other, support);
  add_support(component->needs, support);
}

void add_support(const CompiledGroup* group, Components& support) {
  for (const CompiledGroup::Member& member : group->members) {
    member.component != nullptr ? add_support(member.component, support)
                                : add_support(member.group, support);
  }
  for (const CompiledComponent* other : group->depends) add_support(other, support);
  add_support(group->needs, support);
}

using Waits = std::vector<std::pair<SignalId, std::string>>;

/// What a service may wait for, from all groups that it depends on.
class WaitsOf {
 public:
  explicit WaitsOf(const ServiceSpec& spec) {
    for (const ServiceSpec::Path& path : spec.paths) {
      for (const ServiceSpec::Step& step : path.steps) visit_all(step.groups);
    }
    visit_clauses(spec.needs);
    visit_all(spec.depends);
    visit_all(spec.depends_on_groups);
  }
  Waits waits;

 private:
  template <class Parts>
  void visit_all(const Parts& parts) {
    for (const auto* part : parts) visit(part);
  }
  void visit_clauses(const std::vector<CompiledClause>& clauses) {
    for (const CompiledClause& clause : clauses) {
      for (const CompiledNeed& need : clause) {
        need.component != nullptr ? visit(need.component) : visit(need.group);
      }
    }
  }
  void visit(const CompiledComponent* component) {
    if (!seen_.insert(component).second) return;
    for (const auto& [signal, what] : component->waits) {
      waits.emplace_back(signal, component->name + ": " + what);
    }
    visit_clauses(component->needs);
    visit_all(component->depends);
    visit_all(component->depends_on_groups);
  }
  void visit(const CompiledGroup* group) {
    if (!seen_.insert(group).second) return;
    const CompiledGroup& waiting = group->reads_of != nullptr ? *group->reads_of : *group;
    for (const auto& [signal, what] : waiting.waits) {
      waits.emplace_back(signal, waiting.name + ": " + what);
    }
    for (const CompiledGroup::Member& member : group->members) {
      member.component != nullptr ? visit(member.component) : visit(member.group);
    }
    visit_clauses(group->needs);
    visit_all(group->depends);
    visit_all(group->depends_on_groups);
  }

  std::set<const void*> seen_;
};

std::vector<const CompiledComponent*> in_name_order(const Components& support) {
  std::vector<const CompiledComponent*> list;
  std::copy_if(support.begin(), support.end(), std::back_inserter(list),
               [](const CompiledComponent* component) {
                 return !component->modes.empty() || component->restarts;
               });
  std::sort(list.begin(), list.end(),
            [](const auto* a, const auto* b) { return a->name < b->name; });
  return list;
}

/// What tells that a component is usable; none: it always is.
SignalId signal_of(const CompiledComponent& component) {
  const bool always =
      component.modes.empty() && !component.restarts && component.usable == component.up;
  return always ? kNone<SignalId> : component.usable;
}

/// Whether it matters who of it is in service, or in view.
bool has_roles(const CompiledGroup& group) {
  return std::any_of(group.members.begin(), group.members.end(),
                     [](const CompiledGroup::Member& member) {
                       return member.active != kNone<CellId> ||
                              (member.group != nullptr && has_roles(*member.group));
                     });
}

bool has_roles(const ServiceSpec& spec) {
  return std::any_of(spec.paths.begin(), spec.paths.end(), [](const ServiceSpec::Path& path) {
    return std::any_of(path.steps.begin(), path.steps.end(), [](const ServiceSpec::Step& step) {
      return std::any_of(step.groups.begin(), step.groups.end(),
                         [](const CompiledGroup* group) { return has_roles(*group); });
    });
  });
}

/// A service that is a tree of gates.
CompiledService of_gates(const ServiceSpec& spec, ModelBuilder& model) {
  std::vector<SignalId> needed = spec.conditions;
  Components support(spec.depends.begin(), spec.depends.end());
  int number = 0;
  for (const ServiceSpec::Path& path : spec.paths) {
    for (const ServiceSpec::Step& step : path.steps) {
      std::vector<SignalId> stands;
      for (const CompiledGroup* group : step.groups) {
        stands.push_back(group->stands);
        add_support(group, support);
      }
      if (step.kind != Serving::Step::Kind::any) {
        needed.insert(needed.end(), stands.begin(), stands.end());
      } else {
        needed.push_back(
            model.gate(fmt::format("service/{}/any-{}", spec.name, ++number), 1, stands));
      }
    }
  }
  CompiledService service;
  service.name = spec.name;
  service.part_of = spec.part_of;
  service.available = model.gate("service/" + spec.name, static_cast<int>(needed.size()), needed);
  service.could_be = service.available;
  service.waits = WaitsOf(spec).waits;
  service.support = in_name_order(support);
  return service;
}

/// Builds the Serving of some services from the compiled parts.
class Builder {
 public:
  Builder(const Graph& graph, ModelBuilder& model, bool by_pairs) : graph_(graph), model_(model) {
    serving_.networked = graph.networked;
    serving_.by_pairs = by_pairs;
  }

  void add(const ServiceSpec& spec, std::size_t number) {
    Serving::Service service;
    service.with_load = spec.with_load;
    service.serves_at_least = spec.serves_at_least;
    service.any_may_fail = spec.any_may_fail;
    for (const ServiceSpec::Path& path : spec.paths) service.is_read.push_back(path.reads ? 1 : 0);
    service.needs = clauses_of(spec.needs);
    for (const SignalId signal : spec.conditions) service.conditions.push_back(bit(signal));
    if (spec.part_of && !spec.from_first) {  // its chain is there already, with its load
      const auto whole = std::find(numbers_.begin(), numbers_.end(), *spec.part_of);
      const Serving::Service& of =
          serving_.services[static_cast<std::size_t>(whole - numbers_.begin())];
      for (const std::size_t path : spec.paths_of_whole) service.chains.push_back(of.chains[path]);
      push(std::move(service), spec, number);
      return;
    }
    for (const ServiceSpec::Path& path : spec.paths) {
      const auto chain_number = static_cast<int>(serving_.chains.size());
      Serving::Chain chain;
      for (const auto& [level, load] : spec.loads) chain.loads.emplace_back(bit(level), load);
      chain.client = vertex_of(spec.client);
      chain.from_first = spec.from_first;
      chain.offered_per_s = path.offered_per_s;
      for (const ServiceSpec::Step& step : path.steps) {
        Serving::Step row{step.kind, {}};
        for (const CompiledGroup* group : step.groups) {
          row.groups.push_back(group_of(group));
          note_roles(group, chain_number);
        }
        chain.steps.push_back(std::move(row));
      }
      if (path.hits_for) {
        chain.hit_ratio = path.steps.back().groups.front()->hit_ratio;
        serving_.chains[static_cast<std::size_t>(service.chains[*path.hits_for])].hits =
            chain_number;
      }
      service.chains.push_back(chain_number);
      serving_.chains.push_back(std::move(chain));
    }
    push(std::move(service), spec, number);
  }

  /// The pairs of components of which it must be known whether they reach each other.
  std::vector<std::pair<const CompiledComponent*, const CompiledComponent*>> pairs() const {
    std::vector<std::pair<const CompiledComponent*, const CompiledComponent*>> pairs;
    for (const auto& [a, b] : serving_.pairs_needed()) {
      pairs.emplace_back(components_[static_cast<std::size_t>(a)],
                         components_[static_cast<std::size_t>(b)]);
    }
    return pairs;
  }
  void set_pair(const CompiledComponent* a, const CompiledComponent* b, SignalId signal) {
    serving_.set_pair(vertices_.at(a), vertices_.at(b), signal);
  }

  /// Adds the evaluation; one service for each that was added, in order.
  std::vector<CompiledService> finish(CouldServe& could_serve) {
    if (graph_.networked && !serving_.by_pairs) add_network();
    // Also those of groups that are only needed.
    const bool with_roles = std::any_of(
        serving_.groups.begin(), serving_.groups.end(), [](const Serving::Group& group) {
          return std::any_of(group.members.begin(), group.members.end(),
                             [](const auto& member) { return member.role != Serving::kAlways; }) ||
                 !group.pauses.empty();
        });
    for (Serving::Service& service : serving_.services) service.with_roles = with_roles;
    serving_.seal();
    auto book = std::make_shared<ResponseBook>();
    const auto shared = std::make_shared<const Serving>(std::move(serving_));
    // Their evaluations come first, so that what waits for roles is evaluated after them.
    for (auto& [group, questions] : questions_) ask(*group, questions, shared, could_serve);

    EvaluationSpec evaluation;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      evaluation.outputs.push_back("service/" + specs_[i]->name);
      if (shared->services[i].with_roles) {
        evaluation.outputs.push_back("service/" + specs_[i]->name + "/could-be");
      }
    }
    evaluation.name = evaluation.outputs.front();
    evaluation.inputs = shared->inputs();
    evaluation.numbers = shared->number_count();
    evaluation.value = [shared, book](const std::uint64_t* pattern, std::uint8_t* outputs,
                                      double* numbers) {
      shared->evaluate(pattern, outputs, numbers, *book);
    };
    const std::vector<SignalId> outputs = model_.evaluation(std::move(evaluation));
    const EvaluationId id = model_.last_evaluation();

    std::vector<CompiledService> services;
    std::size_t output = 0;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      const ServiceSpec& spec = *specs_[i];
      CompiledService service;
      service.name = spec.name;
      service.part_of = spec.part_of;
      service.available = service.could_be = outputs[output++];
      if (shared->services[i].with_roles) service.could_be = outputs[output++];
      service.with_load = spec.with_load;
      service.may_be_stale = shared->services[i].may_be_stale;
      service.with_responses = spec.with_load && spec.paths.size() == 1 && !spec.from_first;
      if (spec.with_load) {
        service.evaluation = id;
        service.first_number = number;
        number += ServiceNumbers::kCount;
      }
      service.book = book;
      service.support = support_of(spec, *shared);
      service.waits = WaitsOf(spec).waits;
      services.push_back(std::move(service));
    }
    return services;
  }

 private:
  /// All that forwards, and the links between that and those who take part; others lead nowhere.
  void add_network() {
    for (const CompiledComponent* component : graph_.vertices) {
      if (component->forwards) vertex_of(component);
    }
    for (const Graph::Link& link : graph_.links) {
      const auto a = vertices_.find(graph_.vertices[link.a]);
      const auto b = vertices_.find(graph_.vertices[link.b]);
      if (a == vertices_.end() || b == vertices_.end()) continue;
      serving_.edges.push_back({a->second, b->second, signal_of(*link.component), Serving::kAlways,
                                link.component->latency_s});
    }
  }

  Serving::Bit bit(SignalId signal) { return serving_.bit(signal); }

  /// Quantiles need the law of each state. Members of many kinds make too many states to keep.
  static bool keeps_laws(const ServiceSpec& spec) {
    constexpr std::size_t kMostKinds = 8;
    std::set<std::vector<double>> kinds;
    for (const ServiceSpec::Path& path : spec.paths) {
      for (const ServiceSpec::Step& step : path.steps) {
        for (const CompiledGroup* group : step.groups) {
          for (const CompiledComponent* leaf : leaves_of({nullptr, group, {}, {}, {}})) {
            if (!leaf->capacity_per_s) continue;
            std::vector<double> kind{*leaf->capacity_per_s, static_cast<double>(leaf->concurrency)};
            for (const CompiledMode& mode : leaf->modes) kind.push_back(mode.capacity_factor);
            kinds.insert(std::move(kind));
          }
        }
      }
    }
    return kinds.size() <= kMostKinds;
  }

  static bool may_be_stale(const ServiceSpec& spec) {
    for (const ServiceSpec::Path& path : spec.paths) {
      for (const ServiceSpec::Step& step : path.steps) {
        for (const CompiledGroup* group : step.groups) {
          for (const CompiledGroup::Member& member : group->members) {
            if (member.lacks != kNone<CellId>) return true;
          }
        }
      }
    }
    return false;
  }

  void push(Serving::Service service, const ServiceSpec& spec, std::size_t number) {
    service.keeps_laws = keeps_laws(spec);
    service.may_be_stale = may_be_stale(spec);
    serving_.services.push_back(std::move(service));
    specs_.push_back(&spec);
    numbers_.push_back(number);
  }

  int vertex_of(const CompiledComponent* component) {
    const auto [at, fresh] = vertices_.emplace(component, static_cast<int>(vertices_.size()));
    if (!fresh) return at->second;
    const int number = at->second;
    Serving::Vertex vertex;
    vertex.signal = signal_of(*component);
    vertex.forwards = component->forwards;
    vertex.attached = component->attached;
    vertex.latency_s = component->latency_s;
    vertex.capacity_per_s = component->capacity_per_s;
    vertex.concurrency = component->concurrency;
    if (component->capacity_per_s) {
      for (const CompiledMode& mode : component->modes) {
        if (mode.capacity_factor < 1.0) {
          vertex.factors.emplace_back(model_.working(mode.id), mode.capacity_factor);
        }
      }
    }
    serving_.vertices.push_back(std::move(vertex));
    components_.push_back(component);
    serving_.vertices[static_cast<std::size_t>(number)].needs = clauses_of(component->needs);
    return number;
  }

  int group_of(const CompiledGroup* group) {
    const auto known = groups_.find(group);
    if (known != groups_.end()) return known->second;
    Serving::Group row;
    row.need = group->need;
    row.answers = group->answers;
    row.places = group->places;
    row.by_connections = group->balance.by == CompiledGroup::Balance::By::connections;
    row.skew = group->balance.skew;
    row.retried = group->balance.retried;
    for (const SignalId signal : group->conditions) {
      const bool pause = std::count(group->pauses.begin(), group->pauses.end(), signal) > 0;
      (pause ? row.pauses : row.conditions).push_back(bit(signal));
    }
    for (const CompiledGroup::Member& member : group->members) {
      Serving::Member m;
      if (member.component != nullptr) {
        m.vertex = vertex_of(member.component);
      } else {
        m.group = group_of(member.group);
      }
      for (const SignalId signal : member.conditions) m.conditions.push_back(bit(signal));
      const auto place = static_cast<std::size_t>(&member - group->members.data());
      const CompiledGroup::Balance& balance = group->balance;
      if (!balance.weights.empty()) m.weight = balance.weights[place];
      if (!balance.backup.empty()) m.backup = balance.backup[place] != 0;
      const bool asked = balance.by == CompiledGroup::Balance::By::connections ||
                         std::count(balance.retried.begin(), balance.retried.end(), true) > 0;
      if (asked && member.component != nullptr) see(*member.component, m);
      if (member.active != kNone<CellId>) m.role = bit(model_.flag(member.active));
      if (group->copies && member.stale != kNone<CellId>) {
        m.former = bit(model_.flag(member.stale));
      }
      if (member.warm != kNone<CellId>) m.warm = bit(model_.flag(member.warm));
      if (member.lacks != kNone<CellId>) m.lacks = bit(model_.flag(member.lacks));
      m.answers = member.answers;
      row.members.push_back(std::move(m));
    }
    row.needs = clauses_of(group->needs);
    serving_.groups.push_back(std::move(row));
    const int number = static_cast<int>(serving_.groups.size()) - 1;
    groups_.emplace(group, number);
    return number;
  }

  /// How a failure of the member shows to those who send it requests.
  void see(const CompiledComponent& component, Serving::Member& member) {
    if (component.powered != kNone<SignalId>) member.host.push_back(bit(component.powered));
    for (const CompiledMode& mode : component.modes) {
      if (mode.capacity_factor < 1.0 || !mode.strikes.empty()) continue;
      using Shows = CompiledMode::Shows;
      if (mode.shows == Shows::silent) member.host.push_back(bit(model_.working(mode.id)));
      if (mode.shows == Shows::hangs) member.talks.push_back(bit(model_.working(mode.id)));
    }
  }

  std::vector<Serving::Clause> clauses_of(const std::vector<CompiledClause>& clauses) {
    std::vector<Serving::Clause> rows;
    for (const CompiledClause& clause : clauses) {
      Serving::Clause row;
      for (const CompiledNeed& need : clause) {
        Serving::Need n;
        if (need.component != nullptr) {
          n.vertex = vertex_of(need.component);
        } else {
          n.group = group_of(need.group);
        }
        row.push_back(n);
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  void note_roles(const CompiledGroup* group, int chain) {
    if (group->asks_who_serves || group->members.front().active != kNone<CellId>) {
      questions_[group].push_back({chain, group_of(group)});
    }
    for (const CompiledGroup::Member& member : group->members) {
      if (member.group != nullptr) note_roles(member.group, chain);
    }
  }

  /// In a network a member could serve if it could in any chain. Elsewhere it only has to be
  /// usable, and nobody need be asked.
  void ask(const CompiledGroup& group, const std::vector<Serving::Question>& questions,
           const std::shared_ptr<const Serving>& serving, CouldServe& could_serve) {
    if (!graph_.networked) return;
    EvaluationSpec spec;
    spec.name = group.name + "/could-serve";
    spec.inputs = serving->inputs();
    for (std::size_t q = 0; q < questions.size(); ++q) {
      for (const CompiledGroup::Member& member : group.members) {
        spec.outputs.push_back(fmt::format("{}/{}/{}", spec.name, q, member.name()));
      }
    }
    spec.value = [serving, questions](const std::uint64_t* pattern, std::uint8_t* outputs,
                                      double*) { serving->answer(pattern, questions, outputs); };
    const std::vector<SignalId> outputs = model_.evaluation(std::move(spec));
    auto& ways = could_serve[&group];
    ways.insert(ways.end(), outputs.begin(), outputs.end());
  }

  std::vector<const CompiledComponent*> support_of(const ServiceSpec& spec,
                                                   const Serving& serving) const {
    Components support(spec.depends.begin(), spec.depends.end());
    for (const ServiceSpec::Path& path : spec.paths) {
      for (const ServiceSpec::Step& step : path.steps) {
        for (const CompiledGroup* group : step.groups) add_support(group, support);
      }
    }
    add_support(spec.needs, support);
    if (graph_.networked && !serving.by_pairs) {
      for (std::size_t v = 0; v < components_.size(); ++v) {
        if (serving.vertices[v].matters && serving.vertices[v].forwards) {
          add_support(components_[v], support);
        }
      }
      std::set<SignalId> kept;
      for (const Serving::Edge& edge : serving.edges) kept.insert(edge.signal);
      for (const Graph::Link& link : graph_.links) {
        if (kept.count(link.component->usable) != 0) add_support(link.component, support);
      }
    }
    if (serving.by_pairs) {  // all that forwards and links
      for (const CompiledComponent* component : graph_.vertices) {
        if (component->forwards) add_support(component, support);
      }
      for (const Graph::Link& link : graph_.links) add_support(link.component, support);
    }
    return in_name_order(support);
  }

  const Graph& graph_;
  ModelBuilder& model_;
  Serving serving_;
  std::vector<const ServiceSpec*> specs_;
  std::vector<std::size_t> numbers_;  ///< of the specs
  std::map<const CompiledComponent*, int> vertices_;
  std::vector<const CompiledComponent*> components_;  ///< by vertex
  std::map<const CompiledGroup*, int> groups_;
  std::map<const CompiledGroup*, std::vector<Serving::Question>, ByName> questions_;
};

/// The network that several services share: an evaluation of its own, which tells of the pairs of
/// components that they ask about whether they reach each other. So what fails in the network is
/// looked at once, and then by those services only for whom something has changed.
void compile_network(const Graph& graph, const std::vector<std::unique_ptr<Builder>>& builders,
                     ModelBuilder& model) {
  std::vector<std::pair<const CompiledComponent*, const CompiledComponent*>> pairs;
  for (const auto& builder : builders) {
    const auto own = builder->pairs();
    pairs.insert(pairs.end(), own.begin(), own.end());
  }
  const std::vector<SignalId> signals = compile_reach("network", graph, pairs, model);
  std::size_t next = 0;
  for (const auto& builder : builders) {
    for (const auto& [a, b] : builder->pairs()) builder->set_pair(a, b, signals[next++]);
  }
}

/// Numbers the sets of services that share capacity, one set for each service that shares none.
std::vector<std::size_t> coupled(const std::vector<ServiceSpec>& specs) {
  std::vector<std::size_t> rank(specs.size());
  std::vector<std::size_t> parent(specs.size());
  boost::disjoint_sets<std::size_t*, std::size_t*> sets(rank.data(), parent.data());
  std::map<const CompiledComponent*, std::size_t> user;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    sets.make_set(i);
    if (specs[i].part_of) sets.union_set(*specs[i].part_of, i);
    if (!specs[i].with_load) continue;
    for (const ServiceSpec::Path& path : specs[i].paths) {
      for (const ServiceSpec::Step& step : path.steps) {
        for (const CompiledGroup* group : step.groups) {
          for (const CompiledComponent* leaf : leaves_of({nullptr, group, {}, {}, {}})) {
            if (!leaf->capacity_per_s) continue;
            const auto [at, fresh] = user.emplace(leaf, i);
            if (!fresh) sets.union_set(at->second, i);
          }
        }
      }
    }
  }
  std::vector<std::size_t> set_of;
  for (std::size_t i = 0; i < specs.size(); ++i) set_of.push_back(sets.find_set(i));
  return set_of;
}

}  // namespace

std::vector<SignalId> compile_reach(
    const std::string& name, const Graph& graph,
    const std::vector<std::pair<const CompiledComponent*, const CompiledComponent*>>& asked,
    ModelBuilder& model, bool within_segment) {
  const auto carries = [&](const CompiledComponent* component) {
    return component->forwards && (!within_segment || component->bridges);
  };
  Serving network;
  network.networked = true;
  std::map<const CompiledComponent*, int> number_of;
  const auto vertex_of = [&](const CompiledComponent* component) {
    const auto [at, fresh] = number_of.emplace(component, static_cast<int>(number_of.size()));
    if (fresh) {
      Serving::Vertex vertex;
      vertex.forwards = carries(component);
      if (vertex.forwards) vertex.signal = signal_of(*component);
      network.vertices.push_back(std::move(vertex));
    }
    return at->second;
  };
  std::map<std::pair<int, int>, std::size_t> output_of;
  std::vector<std::pair<int, int>> pairs;
  for (const auto& [a, b] : asked) {
    const auto pair = std::minmax({vertex_of(a), vertex_of(b)});
    if (!output_of.emplace(pair, pairs.size()).second) continue;
    pairs.push_back(pair);
    network.vertices[static_cast<std::size_t>(pair.first)].terminal = true;
    network.vertices[static_cast<std::size_t>(pair.second)].terminal = true;
  }
  for (const CompiledComponent* component : graph.vertices) {
    if (carries(component)) vertex_of(component);
  }
  for (const Graph::Link& link : graph.links) {
    const auto a = number_of.find(graph.vertices[link.a]);
    const auto b = number_of.find(graph.vertices[link.b]);
    if (a == number_of.end() || b == number_of.end()) continue;  // leads to nobody who is asked for
    network.edges.push_back(
        {a->second, b->second, signal_of(*link.component), Serving::kAlways, 0.0});
  }
  network.seal();
  const auto shared = std::make_shared<const Serving>(std::move(network));
  EvaluationSpec spec;
  spec.name = name;
  spec.inputs = shared->inputs();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    spec.outputs.push_back(fmt::format("{}/{}", name, i));
  }
  spec.value = [shared, pairs](const std::uint64_t* pattern, std::uint8_t* outputs, double*) {
    shared->reach_pairs(pattern, pairs, outputs);
  };
  const std::vector<SignalId> outputs = model.evaluation(std::move(spec));
  std::vector<SignalId> signals;
  for (const auto& [a, b] : asked) {
    signals.push_back(outputs[output_of.at(std::minmax({vertex_of(a), vertex_of(b)}))]);
  }
  return signals;
}

std::vector<CompiledService> compile_services(const std::vector<ServiceSpec>& specs,
                                              const Graph& graph, ModelBuilder& model,
                                              CouldServe& could_serve) {
  const std::vector<std::size_t> set_of = coupled(specs);
  std::vector<CompiledService> services(specs.size());
  // A few services know the network each for itself, and latencies need its paths.
  constexpr std::size_t kMostForThemselves = 8;
  const auto with_latency = [](const CompiledComponent* c) { return c->latency_s > 0; };
  const bool latency =
      std::any_of(graph.vertices.begin(), graph.vertices.end(), with_latency) ||
      std::any_of(graph.links.begin(), graph.links.end(),
                  [&](const Graph::Link& link) { return with_latency(link.component); });
  const bool by_pairs = graph.networked && !latency && specs.size() > kMostForThemselves;

  std::vector<std::unique_ptr<Builder>> builders;
  std::map<std::size_t, std::size_t> builder_of;  ///< by set
  std::vector<std::vector<std::size_t>> members;  ///< specs, by builder
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (!graph.networked && !specs[i].with_load && !has_roles(specs[i])) {
      services[i] = of_gates(specs[i], model);
      continue;
    }
    const auto [at, fresh] = builder_of.emplace(set_of[i], builders.size());
    if (fresh) {
      builders.push_back(std::make_unique<Builder>(graph, model, by_pairs));
      members.emplace_back();
    }
    builders[at->second]->add(specs[i], i);
    members[at->second].push_back(i);
  }
  if (by_pairs) compile_network(graph, builders, model);
  CouldServe ways;
  for (std::size_t b = 0; b < builders.size(); ++b) {
    std::vector<CompiledService> compiled = builders[b]->finish(ways);
    for (std::size_t k = 0; k < members[b].size(); ++k) {
      services[members[b][k]] = std::move(compiled[k]);
    }
  }
  for (const CompiledService& service : services) model.observe(service.available);
  for (const auto& [group, signals] : ways) {
    const std::size_t size = group->members.size();
    for (std::size_t m = 0; m < size; ++m) {
      std::vector<SignalId> any;
      for (std::size_t k = m; k < signals.size(); k += size) any.push_back(signals[k]);
      could_serve[group].push_back(
          any.size() == 1
              ? any[0]
              : model.gate(fmt::format("{}/could-serve/{}", group->name, group->members[m].name()),
                           1, any));
    }
  }
  return services;
}

}  // namespace nines
