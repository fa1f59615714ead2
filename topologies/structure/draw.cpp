#include "topologies/structure/draw.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include <fmt/format.h>
#include <graphviz/gvc.h>

namespace nines {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string without_prefix(const std::string& name) { return name.substr(name.find(':') + 1); }

const char* shape_of(const TopologyComponent& component) {
  if (component.is(Part::client)) return "ellipse";
  if (component.is(Part::forwarder)) return "hexagon";
  if (component.is(Part::storage)) return "cylinder";
  return "box";
}

class Drawing {
 public:
  Drawing(const Topology& topology, const std::vector<std::size_t>& marked)
      : topology_(topology), marked_(topology.components.size(), 0) {
    for (const std::size_t c : marked) marked_[c] = 1;
  }

  std::string text() {
    out_ = fmt::format("graph {} {{\n", quoted(topology_.name));
    out_ +=
        "  graph [fontname=\"sans-serif\", rankdir=LR, compound=true, style=rounded];\n"
        "  node [fontname=\"sans-serif\", fontsize=11, style=filled, fillcolor=white];\n"
        "  edge [fontname=\"sans-serif\", fontsize=9];\n";
    std::map<std::size_t, std::vector<std::size_t>> inside;  // by domain, drawn in its first one
    std::vector<std::size_t> outside;
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      const TopologyComponent& component = topology_.components[c];
      if (component.is(Part::link) || component.is(Part::stream)) continue;
      component.domains.empty() ? outside.push_back(c)
                                : inside[component.domains.front()].push_back(c);
    }
    for (const std::size_t c : outside) add(c, inside, 1);
    add_other_domains(inside);
    for (std::size_t l = 0; l < topology_.components.size(); ++l) {
      const TopologyComponent& link = topology_.components[l];
      if (link.between.size() != 2) continue;
      add_edge(link.between[0], link.between[1], marked_[l] != 0, link.name);
    }
    if (!topology_.networked()) add_chains();
    add_needs();
    return out_ + "}\n";
  }

 private:
  void add(std::size_t c, const std::map<std::size_t, std::vector<std::size_t>>& inside,
           std::size_t depth) {
    const TopologyComponent& component = topology_.components[c];
    const std::string indent(2 * depth, ' ');
    const bool spof = marked_[c] != 0;
    if (component.is(Part::domain)) {
      const std::string name = without_prefix(component.name);
      if (inside.find(c) == inside.end()) {  // it surrounds nothing: a tag, tied to what is in it
        out_ += fmt::format("{}{} [shape=note, label={}{}];\n", indent, quoted(component.name),
                            quoted(spof ? name + " (SPOF)" : name),
                            spof ? ", penwidth=2.5, color=\"#c62828\", fillcolor=\"#ffebee\""
                                 : ", color=\"#90a4ae\"");
        return;
      }
      out_ += fmt::format("{}subgraph {} {{\n{}  label={}; {}\n", indent, quoted("cluster " + name),
                          indent, quoted(spof ? name + " (SPOF)" : name),
                          spof ? "color=\"#c62828\"; penwidth=2.5;" : "color=\"#90a4ae\";");
      for (const std::size_t member : inside.at(c)) add(member, inside, depth + 1);
      out_ += indent + "}\n";
      return;
    }
    // In colour, in weight and in words.
    out_ += fmt::format(
        "{}{} [shape={}{}];\n", indent, quoted(component.name), shape_of(component),
        spof ? fmt::format(", penwidth=2.5, color=\"#c62828\", fillcolor=\"#ffebee\", label={}",
                           quoted(component.name + " (SPOF)"))
             : "");
  }

  /// Boxes do not cross: who is in further domains is tied to a tag of each, with dots. A domain
  /// with a box of its own gets a tag beside it.
  void add_other_domains(const std::map<std::size_t, std::vector<std::size_t>>& inside) {
    std::vector<std::uint8_t> tagged(topology_.components.size(), 0);
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      const TopologyComponent& component = topology_.components[c];
      if (component.is(Part::link)) continue;
      for (std::size_t i = 1; i < component.domains.size(); ++i) {
        const std::size_t d = component.domains[i];
        const std::string tag = topology_.components[d].name;
        if (inside.find(d) != inside.end() && tagged[d] == 0) {
          tagged[d] = 1;
          out_ += fmt::format("  {} [shape=note, label={}, color=\"{}\"];\n", quoted(tag),
                              quoted(without_prefix(tag)), marked_[d] != 0 ? "#c62828" : "#90a4ae");
        }
        out_ += fmt::format("  {} -- {} [style=dotted, color=\"{}\"];\n", quoted(tag),
                            quoted(component.name), marked_[d] != 0 ? "#c62828" : "#90a4ae");
      }
    }
  }

  void add_edge(std::size_t a, std::size_t b, bool spof, const std::string& name) {
    out_ += fmt::format(
        "  {} -- {}{};\n", quoted(topology_.components[a].name),
        quoted(topology_.components[b].name),
        spof ? fmt::format(" [color=\"#c62828\", penwidth=2.5, label={}]", quoted(name + " (SPOF)"))
             : fmt::format(" [label={}, fontcolor=\"#78909c\"]", quoted(name)));
  }

  void leaves(std::size_t g, std::vector<std::size_t>& out) const {
    for (const Ref ref : topology_.groups[g].members) {
      if (ref.group) {
        leaves(ref.index, out);
      } else if (std::find(out.begin(), out.end(), ref.index) == out.end()) {
        out.push_back(ref.index);
      }
    }
  }

  /// What somebody needs besides, with dashes.
  void add_needs() {
    const auto add_all = [&](std::size_t who, const std::vector<Clause>& clauses) {
      for (const Clause& clause : clauses) {
        for (const Ref ref : clause) {
          std::vector<std::size_t> needed{ref.index};
          if (ref.group) {
            needed.clear();
            leaves(ref.index, needed);
          }
          for (const std::size_t c : needed) {
            if (!topology_.components[c].in_graph()) continue;
            out_ += fmt::format("  {} -- {} [style=dashed, color=\"#78909c\"];\n",
                                quoted(topology_.components[who].name),
                                quoted(topology_.components[c].name));
          }
        }
      }
    };
    for (std::size_t c = 0; c < topology_.components.size(); ++c) {
      if (!topology_.components[c].is(Part::domain)) add_all(c, topology_.components[c].needs);
    }
    for (std::size_t g = 0; g < topology_.groups.size(); ++g) {
      std::vector<std::size_t> members;
      if (!topology_.groups[g].needs.empty()) leaves(g, members);
      for (const std::size_t member : members) add_all(member, topology_.groups[g].needs);
    }
    for (const TopologyService& service : topology_.services) add_all(service.from, service.needs);
  }

  /// Without links the chains of the services say who talks to whom.
  void add_chains() {
    std::vector<std::pair<std::size_t, std::size_t>> drawn;
    for (const TopologyService& service : topology_.services) {
      for (const TopologyPath& path : service.paths) {
        std::vector<std::size_t> before{service.from};
        std::vector<TopologyStep> steps = path.steps;
        if (path.queue) {
          steps.insert(steps.end(), path.queue->behind.begin(), path.queue->behind.end());
        }
        for (const TopologyStep& step : steps) {
          std::vector<std::size_t> here;
          for (const std::size_t g : step.groups) leaves(g, here);
          for (const std::size_t a : before) {
            for (const std::size_t b : here) {
              if (a == b || std::count(drawn.begin(), drawn.end(), std::pair(a, b)) > 0) continue;
              drawn.emplace_back(a, b);
              add_edge(a, b, false, "");
            }
          }
          before = std::move(here);
        }
      }
    }
  }

  const Topology& topology_;
  std::vector<std::uint8_t> marked_;
  std::string out_;
};

}  // namespace

std::string dot_of(const Topology& topology, const std::vector<std::size_t>& marked) {
  return Drawing(topology, marked).text();
}

namespace {

/// A drawing that Graphviz has laid out.
class LaidOut {
 public:
  explicit LaidOut(const std::string& dot) : context_(gvContext()) {
    graph_ = agmemread(dot.c_str());
    if (graph_ == nullptr) throw std::runtime_error("graphviz cannot read the drawing");
  }
  ~LaidOut() {
    if (done_) gvFreeLayout(context_, graph_);
    if (graph_ != nullptr) agclose(graph_);
    gvFreeContext(context_);
  }
  LaidOut(const LaidOut&) = delete;
  LaidOut& operator=(const LaidOut&) = delete;

  void set_for_vertices(const char* key, const char* value) {
    agattr(graph_, AGNODE, const_cast<char*>(key), const_cast<char*>(value));
  }
  /// Texts take no part in where things stand; and Graphviz remembers the font of a drawing that is
  /// gone when it measures those of the next.
  void without_texts() {
    for (Agnode_t* node = agfstnode(graph_); node != nullptr; node = agnxtnode(graph_, node)) {
      set_label(node);
      for (Agedge_t* edge = agfstout(graph_, node); edge != nullptr;
           edge = agnxtout(graph_, edge)) {
        set_label(edge);
      }
    }
    without_titles(graph_);
  }
  void set(const char* key, const char* value) {
    agattr(graph_, AGRAPH, const_cast<char*>(key), const_cast<char*>(value));
  }
  void lay_out() {
    if (gvLayout(context_, graph_, "dot") != 0) {
      throw std::runtime_error("graphviz cannot lay the drawing out");
    }
    done_ = true;
  }
  GVC_t* context() { return context_; }
  graph_t* graph() { return graph_; }

 private:
  static void set_label(void* thing) {
    agsafeset(thing, const_cast<char*>("label"), const_cast<char*>(""), const_cast<char*>(""));
  }
  static void without_titles(graph_t* graph) {
    for (graph_t* sub = agfstsubg(graph); sub != nullptr; sub = agnxtsubg(sub)) {
      set_label(sub);
      without_titles(sub);
    }
  }

  GVC_t* context_;
  graph_t* graph_ = nullptr;
  bool done_ = false;
};

}  // namespace

std::string svg_of(const std::string& dot) {
  LaidOut drawing(dot);
  drawing.lay_out();
  char* data = nullptr;
  unsigned length = 0;
  const int failed = gvRenderData(drawing.context(), drawing.graph(), "svg", &data, &length);
  std::string svg = failed == 0 ? std::string(data, length) : "";
  if (data != nullptr) gvFreeRenderData(data);
  if (failed != 0) throw std::runtime_error("graphviz cannot draw SVG");
  return svg;
}

std::map<std::string, std::pair<double, double>> layout_of(const std::string& dot) {
  LaidOut drawing(dot);
  drawing.without_texts();
  // In inches of 72 points.
  drawing.set_for_vertices("width", "1.35");
  drawing.set_for_vertices("height", "1.15");
  drawing.set_for_vertices("fixedsize", "true");
  drawing.set("nodesep", "0.35");
  drawing.set("ranksep", "0.9");
  drawing.lay_out();
  graph_t* graph = drawing.graph();
  const double top = GD_bb(graph).UR.y;
  std::map<std::string, std::pair<double, double>> at;
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    at[agnameof(node)] = {ND_coord(node).x, top - ND_coord(node).y};
  }
  return at;
}

}  // namespace nines
