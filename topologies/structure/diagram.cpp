#include "topologies/structure/diagram.hpp"

#include <algorithm>
#include <map>

#include "engine/contract/builder.hpp"
#include "engine/solve/combine.hpp"
#include "topologies/structure/frontier.hpp"

namespace nines {
namespace {

// ---- Without links: the counts of groups -----------------------------------------------------

/// Groups as gates over components that are up or down, and nothing else.
class Tree {
 public:
  Tree(const Success& success, const std::vector<std::size_t>& elements)
      : success_(success), topology_(success.topology()), up_(topology_.components.size()) {
    std::fill(up_.begin(), up_.end(), kNone<SignalId>);
    for (const std::size_t e : elements) {
      up_[e] = builder_.up(builder_.component(topology_.components[e].name, {}));
      ups_.push_back(up_[e]);
    }
    always_ = builder_.gate("always", 0, std::vector<SignalId>{});
    std::vector<SignalId> needs{usable(success.service().from)};
    for (const Clause& clause : success.service().needs) needs.push_back(any(clause));
    for (const TopologyPath& path : success.service().paths) {
      if (success.service().has_workload() && !(path.offered_per_s > 0)) continue;
      for (const TopologyStep& step : path.steps) {
        std::vector<SignalId> groups;
        const bool reads = path.requests == Requests::reads;
        for (const std::size_t g : step.groups) groups.push_back(group(g, reads));
        const std::size_t need = step.kind == TopologyStep::Kind::any ? 1 : groups.size();
        needs.push_back(gate(need, std::move(groups)));
      }
    }
    const std::size_t all = needs.size();
    stands_ = gate(all, std::move(needs));
    model_ = builder_.build();
  }

  double down(const std::vector<double>& down_of_element) const {
    std::vector<Aspect> aspects;
    for (std::size_t i = 0; i < ups_.size(); ++i) {
      const double q = down_of_element[i];
      aspects.push_back({{ups_[i]}, {{{1}, 1.0 - q}, {{0}, q}}, {}});
    }
    std::vector<const Aspect*> modules;
    for (const Aspect& aspect : aspects) modules.push_back(&aspect);
    return combine(*model_, modules, stands_).is_false;
  }

 private:
  SignalId gate(std::size_t need, std::vector<SignalId> inputs) {
    std::erase(inputs, kNone<SignalId>);
    return builder_.gate("g" + std::to_string(++number_), static_cast<std::int32_t>(need), inputs);
  }
  /// All of some signals; those that always hold are none.
  SignalId all(std::vector<SignalId> inputs) {
    std::erase(inputs, always_);
    if (inputs.empty()) return always_;
    if (inputs.size() == 1) return inputs.front();
    const std::size_t need = inputs.size();
    return gate(need, std::move(inputs));
  }
  SignalId any(const Clause& clause) {
    std::vector<SignalId> inputs;
    for (const Ref ref : clause) {
      inputs.push_back(ref.group ? group(ref.index) : usable(ref.index));
    }
    return gate(1, std::move(inputs));
  }

  SignalId usable(std::size_t c) {
    const auto known = usable_.find(c);
    if (known != usable_.end()) return known->second;
    const TopologyComponent& component = topology_.components[c];
    std::vector<SignalId> needs;
    if (up_[c] != kNone<SignalId>) needs.push_back(up_[c]);
    for (const std::size_t domain : component.domains) needs.push_back(usable(domain));
    for (const Clause& clause : component.needs) needs.push_back(any(clause));
    if (!component.hosts.empty()) {
      Clause hosts;
      for (const std::size_t host : component.hosts) hosts.push_back({false, host});
      if (!component.settings->record("runs_on").truth("moves")) {
        hosts = {{false, component.hosts[component.number_in_range % component.hosts.size()]}};
      }
      needs.push_back(any(hosts));
    }
    return usable_[c] = all(std::move(needs));
  }

  SignalId group(std::size_t g, bool reads = false) {
    const auto known = groups_.find({g, reads});
    if (known != groups_.end()) return known->second;
    const TopologyGroup& of = topology_.groups[g];
    std::vector<SignalId> members;
    for (const Ref ref : of.members) {
      members.push_back(ref.group ? group(ref.index) : usable(ref.index));
    }
    const std::vector<int> votes = success_.votes_of(g);
    std::vector<Gate::Input> inputs;
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (members[m] != kNone<SignalId> && votes[m] > 0) inputs.push_back({members[m], votes[m]});
    }
    const auto need = static_cast<std::int32_t>(success_.need_of(g, reads));
    std::vector<SignalId> needs{
        builder_.gate("g" + std::to_string(++number_), need, std::move(inputs))};
    for (const Clause& clause : of.needs) needs.push_back(any(clause));
    return groups_[{g, reads}] = all(std::move(needs));
  }

  const Success& success_;
  const Topology& topology_;
  ModelBuilder builder_;
  std::vector<SignalId> up_;  ///< by component
  std::vector<SignalId> ups_;
  SignalId always_{};
  SignalId stands_{};
  std::map<std::size_t, SignalId> usable_;
  std::map<std::pair<std::size_t, bool>, SignalId> groups_;  ///< and whether for reads
  std::shared_ptr<const Model> model_;
  int number_ = 0;
};

DiagramAnswer without_links(const Success& success, const std::vector<std::size_t>& elements,
                            const std::vector<double>& down) {
  const Tree tree(success, elements);
  std::vector<double> q;
  for (const std::size_t e : elements) q.push_back(down[e]);
  DiagramAnswer answer;
  answer.down_low = answer.down_high = tree.down(q);
  for (std::size_t i = 0; i < q.size(); ++i) {
    const double here = q[i];
    q[i] = 0.0;
    answer.down_if_up.push_back(tree.down(q));
    q[i] = 1.0;
    answer.down_if_down.push_back(tree.down(q));
    q[i] = here;
    answer.birnbaum.push_back(answer.down_if_down.back() - answer.down_if_up.back());
  }
  return answer;
}

}  // namespace

DiagramAnswer diagram(const Success& success, const std::vector<std::size_t>& elements,
                      const std::vector<double>& down, std::size_t most_nodes,
                      const std::function<void(double)>& progress) {
  if (!success.topology().networked()) return without_links(success, elements, down);
  const std::size_t levels = std::max<std::size_t>(1, elements.size());
  return with_links(success, elements, down, std::max<std::size_t>(16, 8 * most_nodes / levels),
                    progress);
}

}  // namespace nines
