#include "export/wardley.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.h"
#include "base/json.h"
#include "base/utf8.h"
#include "export/dot_text.h"
#include "export/drawing.h"
#include "export/output.h"
#include "export/text.h"

namespace tercet {
namespace {

constexpr std::size_t kMostCharacters = 60;

// The language has no escapes: "->", "[", "+", ";", "//" and the like end a name wherever they
// stand. ASCII punctuation has twins at U+FF01 and up.
std::string map_name(std::string_view text) {
  std::string scratch, out;
  const std::string cut = shortened(clean_text(text, scratch), kMostCharacters);
  for (const char c : cut) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = is_ascii_alnum(c) || byte >= 0x80 || c == ' ' || c == '\'' || c == ',' ||
                       c == '.' || c == '&';
    if (plain)
      out += c;
    else if (byte < ' ' || byte == 0x7F)
      out += ' ';
    else
      append_utf8(out, 0xFEE0 + byte);
  }
  while (out.starts_with(' ')) out.erase(0, 1);
  while (out.ends_with(' ')) out.pop_back();
  return out.empty() ? "unnamed" : out;
}

// From what is made once (0) to what everybody buys (1).
double evolution_of(std::string_view type) {
  if (type == "Strategy" || type == "Concept" || type == "Event") return 0.2;
  if (type == "Capability" || type == "Work") return 0.4;
  if (type == "Product" || type == "Technology" || type == "Software") return 0.6;
  if (type == "Service" || type == "Organization") return 0.65;
  if (type == "Resource" || type == "Place") return 0.85;
  return 0.5;
}

// Longest chain of links to each drawn node; what lies on a cycle counts as far as it was reached
// before the cycle. O(nodes + links).
std::map<NodeId, std::size_t> depths_of(const Drawing& drawing) {
  std::map<NodeId, std::vector<NodeId>> next;
  std::map<NodeId, std::size_t> waiting, depth;
  std::set<std::pair<NodeId, NodeId>> seen;
  for (const NodeId id : drawing.nodes) depth[id] = waiting[id] = 0;
  for (const DrawnLink& link : drawing.links) {
    if (link.source == link.target || !seen.insert({link.source, link.target}).second) continue;
    next[link.source].push_back(link.target);
    ++waiting[link.target];
  }
  std::set<NodeId> ready, rest(drawing.nodes.begin(), drawing.nodes.end());
  for (const auto& [id, count] : waiting) {
    if (count == 0) ready.insert(id);
  }
  while (!rest.empty()) {
    const NodeId id = ready.empty() ? *rest.begin() : *ready.begin();
    ready.erase(id);
    if (rest.erase(id) == 0) continue;
    for (const NodeId target : next[id]) {
      if (rest.count(target) == 0) continue;
      depth[target] = std::max(depth[target], depth[id] + 1);
      if (--waiting[target] == 0) ready.insert(target);
    }
  }
  return depth;
}

}  // namespace

void write_wardley(const KnowledgeGraph& graph, std::ostream& stream,
                   const WardleyOptions& options) {
  const Drawing drawing = select_drawing(graph, Show::Asserted, true, options.max_links);
  const std::map<NodeId, std::size_t> depth = depths_of(drawing);
  std::size_t deepest = 1;
  for (const auto& [id, at] : depth) deepest = std::max(deepest, at);
  std::map<NodeId, std::string> name;
  std::set<std::string> used;
  for (const NodeId id : drawing.nodes) {
    const std::string plain = map_name(graph.nodes()[id].name);
    std::string unique = plain;
    for (std::size_t n = 2; !used.insert(unique).second; ++n) {
      unique = plain + ' ' + std::to_string(n);
    }
    name[id] = unique;
  }
  Output out(stream);
  if (!options.title.empty()) out << "title " << map_name(options.title) << '\n';
  std::map<std::pair<std::size_t, double>, std::size_t> crowd;
  for (const NodeId id : drawing.nodes) {
    const double evolution = evolution_of(graph.nodes()[id].type);
    // Things that would lie on one another step aside a little.
    const std::size_t before = crowd[{depth.at(id), evolution}]++;
    const double height =
        0.95 - 0.9 * static_cast<double>(depth.at(id)) / static_cast<double>(deepest + 1);
    const double aside = static_cast<double>(before % 5) * 0.06;
    const double down = static_cast<double>(before / 5 % 8) * 0.02;
    out << "component " << name[id] << " [" << decimal(std::max(0.02, height - down), 2) << ", "
        << decimal(std::min(0.98, evolution + aside - 0.12), 2) << "]\n";
  }
  std::set<std::pair<NodeId, NodeId>> linked;
  for (const DrawnLink& link : drawing.links) {
    if (link.source == link.target || !linked.insert({link.source, link.target}).second) continue;
    out << name[link.source] << "->" << name[link.target] << '\n';
    out.spill();
  }
  if (drawing.links_left_out > 0) {
    out << "// the busiest part: " << std::to_string(drawing.links_left_out) << " links and "
        << std::to_string(drawing.nodes_left_out) << " things left out\n";
  }
  out << "style wardley\n";
  out.finish();
}

}  // namespace tercet
