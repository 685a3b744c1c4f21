#include "export/dot.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "export/arrange.h"
#include "export/dot_page.h"
#include "export/dot_style.h"
#include "export/dot_text.h"
#include "export/drawing.h"
#include "export/output.h"
#include "export/page.h"
#include "export/places.h"
#include "export/text.h"

namespace tercet {
namespace {

// Measured on Graphviz 2.42, random graphs: dot needs over 30 s for 400 labelled edges and 4.5 s
// without labels; sfdp over 60 s for 24,000 nodes. Above, things stand where place_things() says.
constexpr std::size_t kMostLabelledLinks = 100;
constexpr std::size_t kMostRankedLinks = 300;
constexpr std::size_t kMostBoxes = 3000;  // things that are kept from lying over each other

constexpr std::size_t kNameMost = 60;  // code points
constexpr std::size_t kQuoteMost = 400, kRelationMost = 40;
constexpr std::size_t kMostLines = 5;     // of a bundle
constexpr std::size_t kLeastCluster = 3;  // things in a box

class DotWriter {
 public:
  DotWriter(const KnowledgeGraph& graph, const DotOptions& options, std::ostream& out)
      : graph_(graph),
        options_(options),
        drawing_(options.drawing ? *options.drawing : choose_drawing(graph, options)),
        out_(out) {
    degree_.resize(graph.nodes().size());
    for (const DrawnLink& link : drawing_.links) {
      ++degree_[link.source];
      ++degree_[link.target];
    }
  }

  void write() {
    out_ << "// Drawn by tercet. Attributes name, type, relation, status and confidence are data;\n"
            "// everything else is the look.\n"
            "digraph \"kg\" {\n";
    if (!ranked()) {
      places_ = place_things(graph_, drawing_, drawing_.nodes.size() <= kMostBoxes);
    } else if (options_.picture) {
      arrangement_ = arrange(drawing_, options_.clusters, options_.shape);
    }
    write_page();
    write_nodes();
    for (std::size_t i = 0; i < drawing_.links.size(); ++i) write_link(i, drawing_.links[i]);
    write_chains();
    out_ << "}\n";
    out_.finish();
  }

 private:
  bool labelled() const { return drawing_.links.size() <= kMostLabelledLinks; }
  bool ranked() const { return !options_.stable && drawing_.links.size() <= kMostRankedLinks; }

  std::string title() const { return page_title(graph_, options_.title); }

  std::string subtitle() const {
    bool timed = false;
    std::size_t relations = 0;
    for (const DrawnLink& link : drawing_.links) {
      relations += link.lines.size();
      for (const DrawnLine& line : link.lines) timed = timed || seconds_of_line(line).has_value();
    }
    std::string out = page_counts(graph_, options_.source) +
                      ". Drawn: " + counted(drawing_.nodes.size(), "thing", "things") + ", " +
                      counted(relations, "link", "links");
    if (drawing_.links_left_out > 0) {
      out += "; left out: " + counted(drawing_.nodes_left_out, "thing", "things") + ", " +
             counted(drawing_.links_left_out, "link", "links") +
             (options_.view == View::Ego ? " further away" : " that matter less");
    }
    out += ". Wider line: more confident.";
    if (timed && labelled() && graph_.documents().size() == 1)
      out += " Small figures: time in the video.";
    return out;
  }

  void write_page() {
    PageHead head{title(), subtitle(), {}, {}, {}};
    for (const NodeId id : drawing_.nodes) {
      head.things.push_back(&node_style(graph_.nodes()[id].type));
    }
    for (const DrawnLink& link : drawing_.links) head.statuses.push_back(link.status);
    head.layout = ranked() ? "layout=dot, rankdir=LR, nodesep=0.16, ranksep=" +
                                 decimal(options_.layer_gap, 2) + ", splines=true"
                           : "layout=nop, splines=line";
    write_dot_head(out_, head);
  }

  void write_nodes() {
    if (options_.clusters.empty()) {
      for (const NodeId id : drawing_.nodes) write_node(id, "  ");
      return;
    }
    std::map<int, std::vector<NodeId>> clusters;
    for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
      clusters[cluster_of(drawing_.nodes[i])].push_back(drawing_.nodes[i]);
    }
    // A box round something that has no link to the rest says nothing.
    std::set<int> linked;
    for (const DrawnLink& link : drawing_.links) {
      const int from = cluster_of(link.source), to = cluster_of(link.target);
      if (from != to) linked.insert({from, to});
    }
    // dot stacks clusters upward in the order they are declared.
    for (auto it = clusters.rbegin(); it != clusters.rend(); ++it) {
      const auto& [cluster, members] = *it;
      if (cluster < 0 || members.size() < kLeastCluster || !linked.contains(cluster)) {
        for (const NodeId id : members) write_node(id, "  ");
        continue;
      }
      const std::string number = std::to_string(cluster);
      out_ << "  subgraph \"cluster_" << number << "\" { id=\"community-" << number
           << "\"; label=" << dot_quoted(shortened(cluster_name(cluster, members), 60))
           << "; tooltip=\"community " << number
           << "\"; style=\"rounded,filled\"; color=\"#D5DEE8\"; fillcolor=\"#F7FAFD\"; "
              "fontsize=12; fontcolor=\"#44586C\"; labeljust="
           << (options_.cluster_names_right ? 'r' : 'l') << "; margin=14;\n";
      for (const NodeId id : members) write_node(id, "    ");
      out_ << "  }\n";
    }
  }

  int cluster_of(NodeId id) const {
    return id < options_.clusters.size() ? options_.clusters[id] : -1;
  }

  std::string cluster_name(int cluster, const std::vector<NodeId>& members) const {
    const auto index = static_cast<std::size_t>(cluster);
    if (index < options_.cluster_names.size() && !options_.cluster_names[index].empty()) {
      return options_.cluster_names[index];
    }
    const auto busiest = std::max_element(members.begin(), members.end(), [&](NodeId a, NodeId b) {
      return degree_[a] < degree_[b];
    });
    return "around " + graph_.nodes()[*busiest].name;
  }

  void write_node(NodeId id, std::string_view indent) {
    const Node& node = graph_.nodes()[id];
    const NodeStyle& style = node_style(node.type);
    std::string tip = shortened(node.name, 200);
    if (!node.type.empty()) tip += " (" + shortened(node.type, 60) + ")";
    for (std::size_t i = 0; i < node.aliases.size() && i < 3; ++i) {
      tip += (i == 0 ? " - also: " : ", ") + shortened(node.aliases[i], 60);
    }
    tip += " - " + counted(node.mentions, "claim", "claims");
    out_ << indent << "\"n" << std::to_string(id)
         << "\" [label=" << dot_quoted(wrapped(node.name, options_.name_width, kNameMost))
         << ", shape=" << style.shape << ", style=\"" << style.style << "\", color=\""
         << style.border << "\", fillcolor=\"" << style.fill << '"';
    if (!places_.empty()) {  // up is up in DOT
      const Point& p = places_[static_cast<std::size_t>(
          std::lower_bound(drawing_.nodes.begin(), drawing_.nodes.end(), id) -
          drawing_.nodes.begin())];
      out_ << ", pos=\"" << decimal(p.x, 1) << ',' << decimal(-p.y, 1) << '"';
    }
    if (style.strong) out_ << ", penwidth=2.4, fontsize=16";
    out_ << ", tooltip=" << dot_quoted(tip) << ", name=" << dot_quoted(node.name)
         << ", type=" << dot_quoted(node.type) << "];\n";
    out_.spill();
  }

  std::optional<std::uint32_t> seconds_of_line(const DrawnLine& line) const {
    const Fact& fact = graph_.facts()[line.best];
    return fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt;
  }

  std::string tip_of(const DrawnLink& link) const {
    std::string out;
    for (const DrawnLine& line : link.lines) {
      const Fact& fact = graph_.facts()[line.best];
      if (!out.empty()) out += '\n';
      out += link.status.words() + ' ' + decimal(line.confidence, 2) + ", " +
             spoken(graph_.edges()[line.edge].relation);
      if (!fact.evidence.empty()) out += ": \"" + shortened(fact.evidence, kQuoteMost) + '"';
      if (line.evidence > 1) out += " (and " + std::to_string(line.evidence - 1) + " more)";
    }
    return out;
  }

  void write_link(std::size_t number, const DrawnLink& link) {
    const LineStyle style = line_style(link.status);
    std::string relations;
    double confidence = 0;
    for (const DrawnLine& line : link.lines) {
      if (!relations.empty()) relations += '|';
      relations += graph_.edges()[line.edge].relation;
      confidence = std::max(confidence, line.confidence);
    }
    // Two thin lines side by side look as heavy as one.
    const bool twin = style.color.find(':') != std::string::npos;
    const double width = (0.6 + 2 * confidence) * (twin ? 0.45 : 1);
    const bool flipped = number < arrangement_.flipped.size() && arrangement_.flipped[number];
    out_ << "  \"n" << std::to_string(flipped ? link.target : link.source) << "\" -> \"n"
         << std::to_string(flipped ? link.source : link.target) << "\" [id=\"e"
         << std::to_string(number) << '"';
    if (flipped) out_ << ", dir=back";
    if (labelled()) write_label(link, style);
    out_ << ", relation=" << dot_quoted(relations) << ", status=\"" << link.status.words()
         << "\", confidence=" << decimal(confidence, 4) << ", color=\"" << style.color
         << "\", penwidth=" << decimal(width, 2);
    if (style.style != "solid") out_ << ", style=" << style.style;
    if (style.arrowhead != "normal") {
      out_ << (flipped ? ", arrowtail=" : ", arrowhead=") << style.arrowhead;
    }
    if (options_.show != Show::WithIntended && !link.status.asserted()) out_ << ", weight=0";
    if (number < arrangement_.loose.size() && arrangement_.loose[number]) {
      out_ << ", constraint=false";
    }
    if (number < arrangement_.minlen.size() && arrangement_.minlen[number] > 1) {
      out_ << ", minlen=" << std::to_string(arrangement_.minlen[number]);
    }
    const Fact& fact = graph_.facts()[link.lines.front().best];
    if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
      out_ << ", edgeURL=\"" << video->url() << '"';
      if (labelled()) out_ << ", labelURL=\"" << video->url() << '"';
    }
    const std::string tip = dot_quoted(tip_of(link));
    out_ << ", tooltip=" << tip;
    if (labelled()) out_ << ", labeltooltip=" << tip;
    out_ << "];\n";
    out_.spill();
  }

  void write_chains() {
    for (const auto& [from, to] : arrangement_.chains) {
      out_ << "  \"n" << std::to_string(from) << "\" -> \"n" << std::to_string(to)
           << "\" [style=invis];\n";
    }
  }

  // Relations of one status share the words "NOT" or "may" and are listed; those that belong to a
  // numbered condition have a line each.
  void write_label(const DrawnLink& link, const LineStyle& style) {
    out_ << ", label=<";
    for (std::size_t i = 0; i < link.lines.size();) {
      std::size_t end = i + 1;
      while (end < link.lines.size() && link.lines[end].number == link.lines[i].number) ++end;
      if (i > 0) out_ << "<br/>";
      write_words(link, style, i, end);
      i = end;
    }
    out_ << ">, fontcolor=\"" << style.ink << '"';
  }

  void write_words(const DrawnLink& link, const LineStyle& style, std::size_t begin,
                   std::size_t end) {
    std::string words;
    std::optional<std::uint32_t> time;
    for (std::size_t i = begin; i < end; ++i) {
      if (i - begin == kMostLines) {
        words += " and " + std::to_string(end - i) + " more";
        break;
      }
      if (i > begin) words += ", ";
      words += shortened(spoken(graph_.edges()[link.lines[i].edge].relation), kRelationMost);
      if (!time) time = seconds_of_line(link.lines[i]);
    }
    const std::string lines = wrapped(words, options_.label_width, 400);
    for (std::size_t at = 0; at <= lines.size();) {
      const std::size_t stop = std::min(lines.find('\n', at), lines.size());
      const std::string line = lines.substr(at, stop - at);
      out_ << (at == 0 ? marked_words(style, link.lines[begin].number, line)
                       : "<br/>" + dot_html(line));
      at = stop + 1;
    }
    // Times of several videos beside each other would say nothing.
    if (time && (!options_.picture || graph_.documents().size() == 1)) {
      out_ << " <font color=\"#555555\">" << short_time(*time) << "</font>";
    }
  }

  const KnowledgeGraph& graph_;
  const DotOptions& options_;
  const Drawing drawing_;
  Arrangement arrangement_;
  std::vector<Point> places_;  // of a drawing too large to be ranked
  std::vector<std::size_t> degree_;
  Output out_;
};

}  // namespace

Drawing choose_drawing(const KnowledgeGraph& graph, const DotOptions& options) {
  Drawing all = select_drawing(graph, options.show, options.picture, options.max_links);
  if (options.view == View::Full) return all;
  if (options.view == View::Ego) {
    return choose_ego(graph, all, options.focus, options.depth, options.max_nodes);
  }
  return choose_ecosystem(graph, all, options.max_nodes);
}

void write_dot(const KnowledgeGraph& graph, std::ostream& out, const DotOptions& options) {
  DotWriter(graph, options, out).write();
}

}  // namespace tercet
