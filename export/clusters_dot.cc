#include <algorithm>
#include <map>
#include <tuple>

#include "base/json.h"
#include "export/cluster.h"
#include "export/dot_page.h"
#include "export/dot_text.h"
#include "export/overview.h"
#include "export/page.h"
#include "export/view.h"

namespace tercet {
namespace {

constexpr std::size_t kMostBoxes = 10, kLeastBox = 3, kNamedInBox = 5;
constexpr std::size_t kRelationsOnLine = 3;
constexpr std::size_t kMostLines = 30;

struct Box {
  int cluster = -1;
  std::vector<NodeId> members;  // most important first
};

struct Line {
  int from = 0, to = 0;
  Status status;
  std::size_t count = 0;
  std::map<std::string_view, std::size_t> relations;
};

std::vector<Box> boxes_of(const KnowledgeGraph& graph, const Drawing& drawing,
                          const Clusters& clusters) {
  const std::vector<double> value = importance(graph, drawing);
  std::map<int, Box> boxes;
  for (const NodeId id : drawing.nodes) {
    Box& box = boxes[clusters.of[id]];
    box.cluster = clusters.of[id];
    box.members.push_back(id);
  }
  std::vector<Box> out;
  for (auto& [cluster, box] : boxes) {
    if (box.members.size() < kLeastBox) continue;
    std::stable_sort(box.members.begin(), box.members.end(),
                     [&](NodeId a, NodeId b) { return value[a] > value[b]; });
    out.push_back(std::move(box));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Box& a, const Box& b) { return a.members.size() > b.members.size(); });
  return out;
}

std::vector<Line> lines_of(const KnowledgeGraph& graph, const Drawing& drawing,
                           const Clusters& clusters) {
  std::vector<Line> out;
  for (const DrawnLink& link : drawing.links) {
    const int from = clusters.of[link.source], to = clusters.of[link.target];
    if (from == to) continue;
    auto found = std::find_if(out.begin(), out.end(), [&](const Line& line) {
      return line.from == from && line.to == to && line.status == link.status;
    });
    if (found == out.end()) found = out.insert(out.end(), {from, to, link.status, 0, {}});
    found->count += link.lines.size();
    for (const DrawnLine& line : link.lines) ++found->relations[graph.edges()[line.edge].relation];
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Line& a, const Line& b) { return a.count > b.count; });
  return out;
}

std::string words_of(const Line& line) {
  std::vector<std::pair<std::size_t, std::string_view>> relations;
  for (const auto& [relation, count] : line.relations) relations.emplace_back(count, relation);
  std::stable_sort(relations.begin(), relations.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (std::size_t i = 0; i < std::min(relations.size(), kRelationsOnLine); ++i) {
    out += (i == 0 ? "" : ", ") + shortened(spoken(relations[i].second), 30);
    if (relations[i].first > 1) out += " ×" + std::to_string(relations[i].first);
  }
  if (relations.size() > kRelationsOnLine) {
    out += " and " + std::to_string(relations.size() - kRelationsOnLine) + " more";
  }
  return out;
}

// "a<br/>b" for the lines of a wrapped text.
std::string html_lines(const std::string& wrapped_text) {
  std::string out;
  for (std::size_t at = 0; at <= wrapped_text.size();) {
    const std::size_t end = std::min(wrapped_text.find('\n', at), wrapped_text.size());
    out += (at == 0 ? "" : "<br/>") + dot_html(wrapped_text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

void write_clusters_dot(const KnowledgeGraph& graph, std::ostream& stream,
                        const OverviewOptions& options) {
  const Drawing drawing = select_drawing(graph, options.show, true, 0);
  const Clusters clusters = find_clusters(graph, drawing);
  std::vector<Box> boxes = boxes_of(graph, drawing, clusters);
  const std::size_t most = std::clamp<std::size_t>(options.most / (kNamedInBox + 2), 1, kMostBoxes);
  const std::size_t found = boxes.size();
  boxes.resize(std::min(boxes.size(), most));
  std::map<int, std::size_t> number;  // cluster -> box
  std::size_t things = 0;
  for (const Box& box : boxes)
    number.emplace(box.cluster, number.size()), things += box.members.size();
  std::vector<Line> lines = lines_of(graph, drawing, clusters);
  std::erase_if(lines, [&](const Line& line) {
    return !number.contains(line.from) || !number.contains(line.to);
  });
  const std::size_t all_lines = lines.size();
  lines.resize(std::min(lines.size(), kMostLines));

  PageHead head;
  head.title = page_title(graph, options.title);
  head.subtitle = page_counts(graph, options.source) + ". " +
                  counted(boxes.size(), "group", "groups") +
                  " of things that are linked to each "
                  "other more than to the rest, with " +
                  counted(things, "thing", "things") + ".";
  if (drawing.nodes.size() > things) {
    head.subtitle += " Left out: " + counted(found - boxes.size(), "group", "groups") + ", " +
                     counted(drawing.nodes.size() - things, "thing", "things") + " in all.";
  }
  if (all_lines > lines.size()) {
    head.subtitle +=
        " " + counted(all_lines - lines.size(), "line", "lines") + " with few links not drawn.";
  }
  for (const Line& line : lines) head.statuses.push_back(line.status);
  head.layout = "layout=dot, rankdir=LR, nodesep=0.25, ranksep=0.12, splines=true";
  Output out(stream);
  out << "// Drawn by tercet: groups of things.\ndigraph \"kg\" {\n";
  write_dot_head(out, head);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const Box& box = boxes[i];
    const std::string name = clusters.names[static_cast<std::size_t>(box.cluster)];
    out << "  \"c" << std::to_string(i)
        << "\" [shape=box, style=\"rounded,filled\", color=\"#0072B2\", "
        << "fillcolor=\"#F7FAFD\", margin=\"0.16,0.1\", label=<<b>"
        << html_lines(wrapped(name, 18, 70)) << "</b>";
    // The first two are the name; one name of two types is said once.
    std::vector<std::string_view> named;
    for (std::size_t k = 2; k < box.members.size() && named.size() < kNamedInBox; ++k) {
      const std::string_view one = graph.nodes()[box.members[k]].name;
      if (std::find(named.begin(), named.end(), one) == named.end()) named.push_back(one);
    }
    for (const std::string_view one : named) {
      out << "<br/><font point-size=\"12\" color=\"#333333\">" << dot_html(shortened(one, 20))
          << "</font>";
    }
    if (box.members.size() > named.size() + 2) {
      out << "<br/><font point-size=\"12\" color=\"#555555\">and "
          << std::to_string(box.members.size() - named.size() - 2) << " more</font>";
    }
    out << ">, tooltip=" << dot_quoted(shortened(name, 200)) << ", name=" << dot_quoted(name)
        << "];\n";
  }
  // To and fro between two groups: only the heavier line says what stands left of what.
  std::map<std::pair<int, int>, bool> ranked;
  for (const Line& line : lines) {
    const LineStyle style = line_style(line.status);
    const auto pair = std::minmax(line.from, line.to);
    const bool first = ranked.emplace(std::pair(pair.first, pair.second), true).second;
    const bool twin = style.color.find(':') != std::string::npos;
    const double width =
        std::min(1 + 0.5 * static_cast<double>(line.count), 5.0) * (twin ? 0.45 : 1);
    const std::string words = words_of(line);
    out << "  \"c" << std::to_string(number.at(line.from)) << "\" -> \"c"
        << std::to_string(number.at(line.to)) << "\" [label=<" << marked_words(style, 0, "")
        << html_lines(wrapped(words, 12, 120)) << ">, fontcolor=\"" << style.ink << "\", status=\""
        << line.status.words() << "\", links=" << std::to_string(line.count) << ", color=\""
        << style.color << "\", penwidth=" << decimal(width, 2) << ", arrowhead=" << style.arrowhead
        << ", style=" << style.style << ", tooltip=" << dot_quoted(words)
        << (first ? "" : ", constraint=false") << "];\n";
  }
  out << "}\n";
  out.finish();
}

}  // namespace tercet
