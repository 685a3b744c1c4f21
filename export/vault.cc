#include "export/vault.h"

#include <algorithm>
#include <map>

#include "base/sha256.h"
#include "base/utf8.h"
#include "export/dot_text.h"
#include "export/json_text.h"
#include "export/markdown_text.h"
#include "export/strand.h"
#include "export/text.h"

namespace tercet {
namespace {

constexpr std::size_t kMostBytes = 100;  // and a suffix of 18

bool is_name_character(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
  // Bidirectional marks and overrides make a name read as another.
  if ((c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
      (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFD) {
    return false;
  }
  // Windows: <>:"/\|?*  Obsidian links: #^[]|  Markdown: `  Our own mark: ~
  return c >= 0x80 || std::string_view("<>:\"/\\|?*#^[]`%~").find(static_cast<char>(c)) ==
                          std::string_view::npos;
}

bool is_device(const std::string& folded) {
  static constexpr std::string_view kDevices[] = {"con", "prn", "aux", "nul"};
  const std::string stem = folded.substr(0, folded.find('.'));
  if (std::ranges::find(kDevices, stem) != std::end(kDevices)) return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) &&
         stem[3] >= '0' && stem[3] <= '9';
}

std::string plain_name(const std::string& name) {
  const std::string composed = to_nfc(name);
  std::string out;
  for (std::size_t at = 0; at < composed.size();) {
    const Decoded next = decode_utf8(composed, at);
    if (out.size() + next.size > kMostBytes) break;
    if (is_name_character(next.code_point))
      out.append(composed, at, next.size);
    else
      out += '-';
    at += next.size;
  }
  while (out.ends_with('.') || out.ends_with(' ')) out.pop_back();
  while (out.starts_with('.') || out.starts_with(' ')) out.erase(0, 1);
  return out;
}

class VaultWriter {
 public:
  VaultWriter(const KnowledgeGraph& graph, bool all)
      : graph_(graph), show_(all ? Show::All : Show::Asserted), names_(note_names(graph)) {
    incoming_.resize(graph.nodes().size());
    outgoing_.resize(graph.nodes().size());
    for (EdgeId id = 0; id < graph.edges().size(); ++id) {
      outgoing_[graph.edges()[id].source].push_back(id);
      incoming_[graph.edges()[id].target].push_back(id);
    }
  }

  const std::string& file_name(NodeId id) const { return names_[id]; }

  std::string note(NodeId id) {
    const Node& node = graph_.nodes()[id];
    std::string out = "---\nname: ";
    std::string scratch;
    append_json(out, clean_text(node.name, scratch));  // a JSON string is a YAML string
    if (!node.type.empty()) {
      out += "\ntype: ";
      append_json(out, clean_text(node.type, scratch));
    }
    out += "\naliases: [";
    for (std::size_t i = 0; i < node.aliases.size(); ++i) {
      if (i > 0) out += ", ";
      append_json(out, clean_text(node.aliases[i], scratch));
    }
    out += "]\n---\n\n# ";
    append_markdown(out, node.name);
    out += '\n';
    section(out, "Says", outgoing_[id], true, true);
    section(out, "Said of it", incoming_[id], false, true);
    section(out, "Not asserted", outgoing_[id], true, false);
    section(out, "Not asserted elsewhere", incoming_[id], false, false);
    return out;
  }

 private:
  void section(std::string& out, std::string_view title, const std::vector<EdgeId>& edges,
               bool forward, bool asserted) {
    bool open = false;
    for (const EdgeId id : edges) {
      for (const Strand& strand : strands_.of(graph_, id, show_)) {
        if (strand.status.asserted() != asserted) continue;
        if (!open) {
          out += "\n## ";
          out += title;
          out += "\n\n";
        }
        open = true;
        line(out, strand, forward);
      }
    }
  }

  void link(std::string& out, NodeId id) {
    out += "[[";
    out += names_[id];  // holds nothing that ends a wikilink
    out += "]]";
  }

  void line(std::string& out, const Strand& strand, bool forward) {
    const Edge& edge = graph_.edges()[strand.edge];
    out += "- ";
    if (!forward) {
      link(out, edge.source);
      out += ' ';
    }
    if (!strand.status.asserted()) {
      out += "**" + strand.status.marks();
      out.back() = '*';
      out += "* ";
    }
    append_markdown(out, spoken(edge.relation));
    if (forward) {
      out += ' ';
      link(out, edge.target);
    } else {
      out += " this";
    }
    out += '\n';
    if (!forward) return;
    for (const std::uint32_t claim : strand.claims) quote(out, graph_.facts()[claim]);
  }

  void quote(std::string& out, const Fact& fact) {
    if (fact.evidence.empty() && fact.doc.empty()) return;
    out += "    - ";
    if (!fact.evidence.empty()) {
      out += "\u201C";
      append_markdown(out, fact.evidence);
      out += "\u201D ";
    }
    if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
      const auto seconds = fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt;
      out += '[' + (seconds ? short_time(*seconds) : std::string("video")) + "](" + video->url() +
             ") ";
    }
    append_markdown(out, fact.doc);
    if (fact.line > 0) out += ", line " + std::to_string(fact.line);
    if (fact.condition && !fact.asserted()) {
      out += ", if: ";
      append_markdown(out, *fact.condition);
    }
    out += '\n';
  }

  const KnowledgeGraph& graph_;
  const Show show_;
  std::vector<std::string> names_;
  std::vector<std::vector<EdgeId>> incoming_, outgoing_;
  Strands strands_;
};

}  // namespace

std::vector<std::string> note_names(const KnowledgeGraph& graph) {
  std::vector<std::string> out;
  std::map<std::string, std::size_t> uses;  // folded name -> how many nodes want it
  for (const Node& node : graph.nodes()) {
    out.push_back(plain_name(node.name));
    ++uses[fold_case(out.back())];
  }
  for (NodeId id = 0; id < out.size(); ++id) {
    const Node& node = graph.nodes()[id];
    const std::string folded = fold_case(out[id]);
    if (out[id] == node.name && uses[folded] == 1 && !is_device(folded) && !out[id].empty()) {
      continue;
    }
    out[id] += (out[id].empty() ? "~" : " ~") + sha256_hex(node.name + '\0' + node.type, 16);
  }
  return out;
}

void write_vault(
    const KnowledgeGraph& graph, bool all,
    const std::function<void(const std::string& name, const std::string& text)>& file) {
  VaultWriter writer(graph, all);
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    file(writer.file_name(id) + ".md", writer.note(id));
  }
}

}  // namespace tercet
