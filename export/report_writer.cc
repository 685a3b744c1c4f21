#include "export/report_writer.h"

#include "base/json.h"
#include "export/dot_text.h"
#include "export/markdown_text.h"
#include "export/text.h"
#include "export/xml_text.h"
#include "graph/knowledge_graph.h"

namespace tercet {
namespace {

/// "denied, conditional", empty for what is asserted.
std::string marks_of(const Fact& fact) {
  if (fact.asserted()) return {};
  std::string out;
  for (const std::string_view word : status_of(fact)) {
    out += (out.empty() ? "" : ", ") + std::string(word == "negated" ? "denied" : word);
  }
  return out;
}

std::string place_of(const Fact& fact) { return fact.doc + ':' + std::to_string(fact.line); }

constexpr std::string_view kHead =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n"
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem}h1{line-height:1.2}h2{margin-top:2.5rem;border-bottom:1px "
    "solid #8888}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem "
    ".6rem;border-bottom:1px solid "
    "#8884;vertical-align:top;overflow-wrap:anywhere}.n{text-align:right}"
    "figure{margin:1rem 0;background:#fff;overflow:auto}figure svg{max-width:100%;height:auto}"
    "article{margin:1rem 0}article p{margin:0}body{overflow-wrap:anywhere}blockquote{margin:.2rem "
    "0 0;padding-left:.8rem;"
    "border-left:3px solid #8886}small,.note{opacity:.75}.mark{font-weight:600;"
    "text-transform:uppercase;font-size:.8em;letter-spacing:.03em}\n</style>\n<title>";

class HtmlReport : public ReportWriter {
 public:
  explicit HtmlReport(Output& out) : out_(out) {}

  void begin(const std::string& title, const std::string& summary) override {
    out_ << kHead;
    text(title);
    out_ << "</title></head><body>\n<h1>";
    text(title);
    out_ << "</h1>\n<p>";
    text(summary);
    out_ << "</p>\n";
  }
  void heading(const std::string& words) override { element("h2", words); }
  void note(const std::string& words) override {
    out_ << "<p class=\"note\">";
    text(words);
    out_ << "</p>\n";
  }
  void picture(const std::string& svg) override {
    // What comes before the root element has no place inside a page.
    const std::size_t root = svg.find("<svg");
    if (root == svg.npos) return;
    out_ << "<figure>" << std::string_view(svg).substr(root) << "</figure>\n";
  }
  void table(const std::vector<std::string>& header,
             const std::vector<std::vector<std::string>>& rows, std::size_t numbers) override {
    out_ << "<table><thead>";
    row(header, "th", numbers);
    out_ << "</thead><tbody>\n";
    for (const auto& cells : rows) row(cells, "td", numbers);
    out_ << "</tbody></table>\n";
    out_.spill();
  }
  void claim(const Fact& fact) override {
    out_ << "<article id=\"";
    text(fact.id);
    out_ << "\"><p><b>";
    text(fact.subject);
    out_ << "</b> ";
    text(spoken(fact.relation));
    out_ << " <b>";
    text(fact.object);
    out_ << "</b>";
    if (const std::string marks = marks_of(fact); !marks.empty()) {
      out_ << " <span class=\"mark\">";
      text(marks);
      out_ << "</span>";
    }
    if (fact.condition) {
      out_ << " <small>condition: ";
      text(*fact.condition);
      out_ << "</small>";
    }
    out_ << "</p><blockquote>";
    text(fact.sentence.empty() ? fact.evidence : fact.sentence);
    out_ << "</blockquote><small>";
    text(place_of(fact));
    if (const auto link = video_link(fact.url.value_or(""))) {
      out_ << " · <a rel=\"noopener noreferrer\" href=\"";
      text(link->url());
      out_ << "\">";
      text(fact.timestamp.value_or("video"));
      out_ << "</a>";
    }
    if (!fact.qualifiers.attributed_to.empty()) {
      out_ << " · said by ";
      text(fact.qualifiers.attributed_to);
    }
    out_ << " · confidence " << decimal(fact.confidence, 2) << "</small></article>\n";
    out_.spill();
  }
  void end() override { out_ << "</body></html>\n"; }

 private:
  void text(std::string_view words) {
    std::string scratch;
    append_xml(out_.buffer(), clean_text(words, scratch), true);
  }
  void element(const char* name, const std::string& words) {
    out_ << '<' << name << '>';
    text(words);
    out_ << "</" << name << ">\n";
  }
  void row(const std::vector<std::string>& cells, const char* name, std::size_t numbers) {
    out_ << "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out_ << '<' << name << (i >= numbers ? " class=\"n\">" : ">");
      text(cells[i]);
      out_ << "</" << name << '>';
    }
    out_ << "</tr>\n";
  }

  Output& out_;
};

class MarkdownReport : public ReportWriter {
 public:
  explicit MarkdownReport(Output& out) : out_(out) {}

  void begin(const std::string& title, const std::string& summary) override {
    out_ << "# ";
    text(title);
    out_ << "\n\n";
    text(summary);
    out_ << '\n';
  }
  void heading(const std::string& words) override {
    out_ << "\n## ";
    text(words);
    out_ << "\n\n";
  }
  void note(const std::string& words) override {
    out_ << "\n_";
    text(words);
    out_ << "_\n";
  }
  void picture(const std::string&) override {}  // Markdown has no pictures of its own
  void table(const std::vector<std::string>& header,
             const std::vector<std::vector<std::string>>& rows, std::size_t numbers) override {
    row(header);
    for (std::size_t i = 0; i < header.size(); ++i) out_ << (i >= numbers ? "|--:" : "|---");
    out_ << "|\n";
    for (const auto& cells : rows) row(cells);
    out_.spill();
  }
  void claim(const Fact& fact) override {
    out_ << "- **";
    text(fact.subject);
    out_ << "** ";
    text(spoken(fact.relation));
    out_ << " **";
    text(fact.object);
    out_ << "**";
    if (const std::string marks = marks_of(fact); !marks.empty()) {
      out_ << " _";
      text(marks);
      out_ << '_';
    }
    if (fact.condition) {
      out_ << " (condition: ";
      text(*fact.condition);
      out_ << ')';
    }
    out_ << "  \n  > ";
    text(fact.sentence.empty() ? fact.evidence : fact.sentence);
    out_ << "  \n  > ";
    text(place_of(fact));
    if (const auto link = video_link(fact.url.value_or(""))) {
      out_ << " · [";
      text(fact.timestamp.value_or("video"));
      out_ << "](" << link->url() << ')';
    }
    out_ << " · confidence " << decimal(fact.confidence, 2) << '\n';
    out_.spill();
  }
  void end() override {}

 private:
  void text(std::string_view words) { append_markdown(out_.buffer(), words); }
  void row(const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) {
      out_ << "| ";
      text(cell);
      out_ << ' ';
    }
    out_ << "|\n";
  }

  Output& out_;
};

}  // namespace

std::unique_ptr<ReportWriter> html_report(Output& out) { return std::make_unique<HtmlReport>(out); }
std::unique_ptr<ReportWriter> markdown_report(Output& out) {
  return std::make_unique<MarkdownReport>(out);
}

}  // namespace tercet
