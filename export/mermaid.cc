#include "export/mermaid.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "export/dot_text.h"
#include "export/drawing.h"
#include "export/output.h"
#include "export/text.h"

namespace tercet {
namespace {

constexpr std::size_t kMostCharacters = 60;

// Within quotes Mermaid still reads entity codes, Markdown and HTML: whatever is not a letter, a
// digit or plain punctuation is written as a code.
void append_label(std::string& out, std::string_view text, std::string& scratch) {
  out += '"';
  for (const char c : clean_text(text, scratch)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = is_ascii_alnum(c) || byte >= 0x80 ||
                       std::string_view(" ,.()'").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else if (byte <= ' ')
      out += ' ';
    else
      out += '#' + std::to_string(byte) + ';';
  }
  out += '"';
}

}  // namespace

void write_mermaid(const KnowledgeGraph& graph, std::ostream& stream,
                   const MermaidOptions& options) {
  const Drawing drawing =
      select_drawing(graph, options.all ? Show::All : Show::Asserted, true, options.max_links);
  Output out(stream);
  std::string scratch;
  out << "flowchart LR\n";
  if (drawing.links_left_out > 0) {
    out << "%% the busiest part: " << std::to_string(drawing.links_left_out) << " links and "
        << std::to_string(drawing.nodes_left_out) << " things left out\n";
  }
  for (const NodeId id : drawing.nodes) {
    out << "  n" << std::to_string(id) << '[';
    append_label(out.buffer(), shortened(graph.nodes()[id].name, kMostCharacters), scratch);
    out << "]\n";
  }
  for (const DrawnLink& link : drawing.links) {
    std::string words;
    for (const DrawnLine& line : link.lines) {
      if (!words.empty()) words += ", ";
      words += spoken(graph.edges()[line.edge].relation);
    }
    const bool asserted = link.status.asserted();
    out << "  n" << std::to_string(link.source) << (asserted ? " -->|" : " -.->|");
    append_label(out.buffer(), link.status.marks() + shortened(words, kMostCharacters), scratch);
    out << "| n" << std::to_string(link.target) << '\n';
    out.spill();
  }
  out.finish();
}

}  // namespace tercet
