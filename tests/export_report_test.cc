#include <sstream>

#include "export/report_page.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Fact fact(const std::string& subject, const std::string& relation, const std::string& object) {
  Fact out;
  out.subject = out.subject_text = subject, out.relation = relation;
  out.object = out.object_text = object, out.doc = "note.md", out.line = 3;
  out.evidence = out.sentence = subject + " " + relation + " " + object + ".";
  out.id = fact_id(out, 0);
  return out;
}

std::string report(std::vector<Fact> facts, ReportFormat format, const std::string& focus = {}) {
  const KnowledgeGraph graph = build_graph(std::move(facts), {{"note.md", "A note", ""}});
  ReportOptions options;
  if (!focus.empty()) options.focus = {*graph.find(focus)};
  std::ostringstream out;
  write_report(graph, out, format, options);
  return out.str();
}

bool has(const std::string& page, const std::string& words) {
  return page.find(words) != std::string::npos;
}

/// The part of a page below a heading.
std::string below(const std::string& page, const std::string& heading) {
  const std::size_t at = page.find(heading);
  return at == std::string::npos ? "" : page.substr(at, page.find("\n## ", at + 1) - at);
}

}  // namespace

TEST_CASE(
    "every statement stands in its own section, denied and planned ones never among the stated") {
  Fact denied = fact("Riverbank", "acquires", "Castle");
  denied.polarity = Polarity::Negative;
  Fact planned = fact("Riverbank", "acquires", "Harbour");
  planned.modality = Modality::Intended;
  Fact conditional = fact("Riverbank", "acquires", "Northwind");
  conditional.modality = Modality::Conditional;
  conditional.condition = "if prices fall";
  const std::string page =
      report({fact("Riverbank", "acquires", "Tideline"), denied, planned, conditional},
             ReportFormat::Markdown);
  const std::string stated = below(page, "## What is stated");
  CHECK(has(stated, "**Tideline**"));
  for (const char* name : {"Castle", "Harbour", "Northwind"}) CHECK_FALSE(has(stated, name));
  CHECK(has(below(page, "## What is denied"), "**Castle** _denied_"));
  CHECK(has(below(page, "## What is planned"),
            "**Northwind** _conditional_ (condition: if prices fall)"));
  CHECK(has(page, "4 statements about 5 things from 1 document"));
}

TEST_CASE("asserted and denied is disputed, and only that") {
  Fact denied = fact("Riverbank", "acquires", "Tideline");
  denied.polarity = Polarity::Negative;
  denied.id = fact_id(denied, 1);
  const std::string page =
      report({fact("Riverbank", "acquires", "Tideline"), denied}, ReportFormat::Markdown);
  CHECK(has(below(page, "## What is stated"), "Nothing is stated"));
  CHECK(has(below(page, "## What is disputed"), "Tideline"));
}

TEST_CASE("a focus leaves out what is not said of it") {
  const std::string page =
      report({fact("Riverbank", "acquires", "Tideline"), fact("Harbour", "uses", "Castle")},
             ReportFormat::Markdown, "Harbour");
  CHECK(has(page, "# What the texts say of Harbour"));
  CHECK(has(page, "Castle"));
  CHECK_FALSE(has(page, "Tideline"));
}

TEST_CASE("dates make a timeline in their order") {
  Fact late = fact("Riverbank", "acquires", "Tideline"),
       early = fact("Harbour", "acquires", "Castle");
  late.qualifiers.date = "March 2021", early.qualifiers.date = "2019";
  const std::string lines = below(report({late, early}, ReportFormat::Markdown), "## Timeline");
  CHECK(lines.find("2019") < lines.find("March 2021"));
}

TEST_CASE("names and quotes are text whatever they hold") {
  Fact hostile =
      fact("<script>alert(1)</script>", "acquires", "\"><img src=x onerror=y>|`*_[a](b)");
  hostile.url = "javascript:alert(1)";
  const std::string page = report({hostile}, ReportFormat::Html);
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "<img"));
  CHECK_FALSE(has(page, "javascript:"));
  CHECK(has(page, "default-src 'none'"));
  const std::string markdown = report({hostile}, ReportFormat::Markdown);
  CHECK_FALSE(has(markdown, "<script"));
  CHECK_FALSE(has(markdown, "[a](b)"));
}

TEST_CASE("no facts are a page that says so") {
  CHECK(has(report({}, ReportFormat::Html), "Nothing is stated as a fact."));
}
