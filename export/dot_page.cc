#include "export/dot_page.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "base/json.h"
#include "export/dot_text.h"
#include "export/svg_text.h"

namespace tercet {
namespace {

constexpr std::size_t kLegendColumns = 7;
constexpr std::size_t kSubtitleWidth = 150;  // code points

struct LegendEntry {
  std::string cells;  // two of them: how it looks, what it is called
  double width = 0;   // points
};

constexpr double kLegendSize = 12, kSample = 46, kSpacing = 14, kRow = 21;  // points

LegendEntry legend_thing(const NodeStyle& style) {
  return {"<td fixedsize=\"true\" width=\"26\" height=\"14\" border=\"1\" color=\"" +
              std::string(style.border) + "\" bgcolor=\"" + std::string(style.fill) +
              "\"></td><td align=\"left\">" + std::string(style.legend) + "  </td>",
          kSample + text_width(style.legend) * kLegendSize + kSpacing};
}

LegendEntry legend_line(const LineStyle& style) {
  const std::string color = style.color.substr(0, style.color.find(':'));
  std::string_view head = "▶";
  if (style.arrowhead == "empty") head = "▷";
  if (style.arrowhead == "tee") head = "┤";
  if (style.arrowhead == "teenormal") head = "┤▶";
  std::string_view body = "━━";
  if (style.style == "dashed") body = "━ ━ ";
  if (style.style == "dotted") body = "• • • ";
  if (style.color.find(':') != std::string::npos) body = "══";
  return {"<td><font color=\"" + color + "\">" + std::string(body) + std::string(head) +
              "</font></td><td align=\"left\">" + style.legend + "  </td>",
          kSample + text_width(style.legend) * kLegendSize + kSpacing};
}

void write_legend(Output& out, const PageHead& head) {
  std::vector<std::vector<LegendEntry>> rows(1);
  const auto add = [&](LegendEntry entry) {
    if (rows.back().size() == kLegendColumns) rows.emplace_back();
    rows.back().push_back(std::move(entry));
  };
  for (const NodeStyle* style : node_styles()) {
    if (std::find(head.things.begin(), head.things.end(), style) != head.things.end()) {
      add(legend_thing(*style));
    }
  }
  std::vector<Status> statuses = head.statuses;
  std::sort(statuses.begin(), statuses.end(), [](const Status& a, const Status& b) {
    return std::tuple(a.disputed, a.modality, a.polarity) <
           std::tuple(b.disputed, b.modality, b.polarity);
  });
  statuses.erase(std::unique(statuses.begin(), statuses.end()), statuses.end());
  // A new row for the lines, so that things and lines are told apart.
  if (!rows.back().empty() && !statuses.empty()) rows.emplace_back();
  for (const Status& status : statuses) add(legend_line(line_style(status)));
  if (rows.front().empty()) return;
  // Graphviz would spread a small legend over the whole width: its cell gets a size of its own.
  std::array<double, kLegendColumns> widest{};
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widest[i] = std::max(widest[i], row[i].width);
  }
  const double width = std::accumulate(widest.begin(), widest.end(), 0.0) * 1.05 + 10;
  out << "    <tr><td align=\"left\" fixedsize=\"true\" width=\"" << decimal(width, 0)
      << "\" height=\"" << decimal(kRow * static_cast<double>(rows.size()) + 6, 0)
      << "\"><font point-size=\"12\" color=\"#333333\">"
         "<table border=\"0\" cellborder=\"0\" cellspacing=\"3\" cellpadding=\"1\">";
  for (const auto& row : rows) {
    out << "<tr>";
    for (const LegendEntry& entry : row) out << entry.cells;
    out << "</tr>";
  }
  out << "</table></font></td></tr>\n";
}

}  // namespace

void write_dot_head(Output& out, const PageHead& head) {
  out << "  graph [label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" "
         "cellpadding=\"2\">\n"
         "    <tr><td align=\"left\"><font point-size=\"22\"><b>"
      << dot_html(shortened(head.title, 90)) << "</b></font></td></tr>\n";
  const std::string lines = wrapped(head.subtitle, kSubtitleWidth, 400) + '\n';
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    out << "    <tr><td align=\"left\"><font point-size=\"13\" color=\"#555555\">"
        << dot_html(lines.substr(at, end - at)) << "</font></td></tr>\n";
    at = end + 1;
  }
  write_legend(out, head);
  out << "    <tr><td height=\"10\"></td></tr></table>>,\n"
         "    labelloc=t, labeljust=l, fontname=\"Helvetica,Arial,sans-serif\", "
         "fontcolor=\"#1A1A1A\",\n"
      << "    tooltip=" << dot_quoted(shortened(head.title, 200))
      << ", pad=0.3, bgcolor=\"white\", charset=\"UTF-8\", outputorder=edgesfirst,\n    "
      << head.layout
      << "];\n"
         "  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=13, fontcolor=\"#1A1A1A\", "
         "penwidth=1.6, margin=\"0.12,0.06\", height=0.38];\n"
         "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, arrowsize=0.8];\n";
}

std::string marked_words(const LineStyle& style, std::uint32_t number, std::string_view words) {
  std::string mark = style.words;
  if (number > 0 && mark.ends_with(':')) {
    mark.insert(mark.size() - 1, " (" + std::to_string(number) + ")");
  }
  return (mark.empty() ? std::string() : "<b>" + mark + "</b> ") + dot_html(words);
}

}  // namespace tercet
