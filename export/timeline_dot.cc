#include <algorithm>
#include <optional>

#include "export/dot_page.h"
#include "export/dot_text.h"
#include "export/overview.h"
#include "export/page.h"
#include "export/text.h"

namespace tercet {
namespace {

constexpr std::size_t kColumns = 7, kLeastHeight = 3, kEnoughDates = 5;
constexpr std::size_t kStatementWidth = 26, kStatementMost = 110;  // code points

struct Statement {
  std::uint32_t when = 0;  // year, or second of the video
  std::uint32_t claim = 0;
  Status status;
  double confidence = 0;
};

// The first number of four digits that may be a year: "June 1998", "2017-03".
std::optional<std::uint32_t> year_of(std::string_view date) {
  std::size_t digits = 0;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i <= date.size(); ++i) {
    const bool digit = i < date.size() && date[i] >= '0' && date[i] <= '9';
    if (digit) {
      value = digits == 0 ? 0 : value;
      value = digits < 4 ? value * 10 + static_cast<std::uint32_t>(date[i] - '0') : value;
      ++digits;
    } else {
      if (digits == 4 && value >= 1000 && value < 2200) return value;
      digits = 0;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> year_of(const Fact& fact) {
  if (const auto year = year_of(fact.qualifiers.date)) return year;
  return fact.object_type == "Date" ? year_of(fact.object) : std::nullopt;
}

// Of every drawn line its surest claim; `dated`: those with a year, else those of `doc` with a
// time.
std::vector<Statement> statements(const KnowledgeGraph& graph, Show show, bool dated,
                                  const std::string& doc) {
  std::vector<Statement> out;
  Strands strands;
  for (EdgeId id = 0; id < graph.edges().size(); ++id) {
    for (const Strand& strand : strands.of(graph, id, show)) {
      std::optional<Statement> best;
      for (const std::uint32_t claim : strand.claims) {
        const Fact& fact = graph.facts()[claim];
        std::optional<std::uint32_t> when;
        if (dated) {
          when = year_of(fact);
        } else if (fact.doc == doc && fact.timestamp) {
          when = seconds_of(*fact.timestamp);
        }
        const double confidence = clean_confidence(fact.confidence);
        if (when && (!best || confidence > best->confidence)) {
          best = {*when, claim, strand.status, confidence};
        }
      }
      if (best) out.push_back(*best);
    }
  }
  return out;
}

// Columns of about one height; those of one time stay together unless they are very many.
std::vector<std::vector<Statement>> columns_of(const std::vector<Statement>& all) {
  const std::size_t height = std::max((all.size() + kColumns - 1) / kColumns, kLeastHeight);
  std::vector<std::vector<Statement>> out;
  for (const Statement& one : all) {
    const bool full =
        !out.empty() && (out.back().size() >= height + height / 2 ||
                         (out.back().size() >= height && out.back().back().when != one.when));
    if (out.empty() || full) out.emplace_back();
    out.back().push_back(one);
  }
  return out;
}

}  // namespace

void write_timeline_dot(const KnowledgeGraph& graph, std::ostream& stream,
                        const OverviewOptions& options) {
  bool dated = true;
  std::string document;
  std::vector<Statement> all = statements(graph, options.show, true, {});
  if (all.size() < kEnoughDates) {  // too few dates to be a history: the course of a talk
    for (const DocumentInfo& info : graph.documents()) {
      std::vector<Statement> said = statements(graph, options.show, false, info.id);
      if (said.size() <= all.size()) continue;
      all = std::move(said);
      dated = false;
      document = info.title.empty() ? info.id : info.title;
      break;
    }
  }
  const std::size_t found = all.size();
  std::stable_sort(all.begin(), all.end(), [](const Statement& a, const Statement& b) {
    return a.confidence > b.confidence;
  });
  all.resize(std::min(all.size(), options.most));
  std::stable_sort(all.begin(), all.end(), [](const Statement& a, const Statement& b) {
    return std::pair(a.when, a.claim) < std::pair(b.when, b.claim);
  });
  const auto columns = columns_of(all);

  PageHead head;
  head.title = page_title(graph, options.title);
  head.subtitle = page_counts(graph, options.source) + ". " +
                  counted(all.size(), dated ? "dated statement" : "statement",
                          dated ? "dated statements" : "statements") +
                  (dated ? " by year" : " in the order of " + shortened(document, 80));
  if (found > all.size()) {
    head.subtitle += "; left out: " + std::to_string(found - all.size()) + " said less surely";
  }
  head.subtitle += ".";
  for (const Statement& one : all) head.statuses.push_back(one.status);
  head.layout = "layout=dot, rankdir=TB, nodesep=0.15, ranksep=0.12, splines=line, newrank=true";
  Output out(stream);
  out << "// Drawn by tercet: statements by time.\ndigraph \"kg\" {\n";
  write_dot_head(out, head);
  const auto time_of = [&](const Statement& one) {
    return dated ? std::to_string(one.when) : short_time(one.when);
  };
  out << "  { rank=same;\n";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string from = time_of(columns[i].front()), to = time_of(columns[i].back());
    out << "    \"t" << std::to_string(i) << "\" [shape=box, style=filled, color=\"#0072B2\", "
        << "fillcolor=\"#D9EAF7\", fontsize=18, width=2.1, label="
        << dot_quoted(from == to ? from : from + " – " + to) << "];\n";
    if (i > 0) {
      out << "    \"t" << std::to_string(i - 1) << "\" -> \"t" << std::to_string(i)
          << "\" [color=\"#0072B2\", penwidth=2.4, arrowhead=none];\n";
    }
  }
  out << "  }\n";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t k = 0; k < columns[i].size(); ++k) {
      const Statement& one = columns[i][k];
      const Fact& fact = graph.facts()[one.claim];
      const LineStyle style = line_style(one.status);
      const std::string id = "s" + std::to_string(i) + "_" + std::to_string(k);
      const std::string words = shortened(fact.subject, 40) + ' ' + spoken(fact.relation) + ' ' +
                                shortened(fact.object, 40);
      const std::string text = wrapped(words, kStatementWidth, kStatementMost);
      // The frame of a statement is drawn like the line it would be, and says the same words.
      out << "  \"" << id << "\" [shape=box, style=\"rounded," << style.style << "\", color=\""
          << std::string_view(style.color).substr(0, style.color.find(':'))
          << (style.arrowhead == "empty" && style.style == "solid" ? "\", peripheries=2" : "\"")
          << ", width=2.1, label=<";
      for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        out << (at == 0 ? marked_words(style, 0, line) : "<br/>" + dot_html(line));
        at = end + 1;
      }
      if (columns[i].front().when != columns[i].back().when) {
        out << " <font point-size=\"12\" color=\"#555555\">" << time_of(one) << "</font>";
      }
      out << ">, fontcolor=\"" << style.ink << "\", status=\"" << one.status.words() << '"';
      if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
        out << ", URL=\"" << video->url() << '"';
      }
      out << ", tooltip="
          << dot_quoted(shortened(fact.evidence.empty() ? words : fact.evidence, 300)) << "];\n  \""
          << (k == 0 ? "t" + std::to_string(i)
                     : "s" + std::to_string(i) + "_" + std::to_string(k - 1))
          << "\" -> \"" << id << "\" [style=invis, weight=100];\n";
    }
  }
  out << "}\n";
  out.finish();
}

}  // namespace tercet
