// What is exported and read back is exported as the same bytes.
#include <functional>
#include <sstream>

#include "base/error.h"
#include "base/fact_json.h"
#include "base/utf8.h"
#include "export/csv.h"
#include "export/graphml.h"
#include "export/jsonld.h"
#include "export/nquads.h"
#include "export/read_facts.h"
#include "export/turtle.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using tercet::FactFile;
using tercet::KnowledgeGraph;
using tercet::RdfSyntax;

struct Format {
  std::string name;
  std::function<void(const KnowledgeGraph&, std::ostream&)> write;
  std::function<FactFile(const std::string&)> read;
};

std::vector<Format> formats() {
  tercet::PropertyGraphOptions all;
  all.all = true;
  tercet::CsvOptions table;
  table.all = true;
  tercet::RdfOptions elsewhere, light;
  elsewhere.base = "urn:x-own:kg:";
  elsewhere.type_iris = {{"Organization", "https://schema.org/Organization"}};
  light.provenance = tercet::Provenance::Light;
  tercet::JsonldOptions remote;
  remote.inline_context = false;
  remote.base = "https://kg.example.net/a/b/";
  const auto rdf = [](RdfSyntax syntax) {
    return [syntax](const std::string& text) {
      return tercet::read_rdf_facts(text, syntax, "x", nullptr);
    };
  };
  const auto jsonld = [](const std::string& text) {
    return tercet::read_jsonld_facts(text, "x", nullptr);
  };
  return {
      {"nq", [](auto& g, auto& out) { tercet::write_nquads(g, out); }, rdf(RdfSyntax::NQuads)},
      {"nq, own base", [elsewhere](auto& g, auto& out) { tercet::write_nquads(g, out, elsewhere); },
       rdf(RdfSyntax::NQuads)},
      {"nq, light", [light](auto& g, auto& out) { tercet::write_nquads(g, out, light); },
       rdf(RdfSyntax::NQuads)},
      {"ttl", [](auto& g, auto& out) { tercet::write_turtle(g, out); }, rdf(RdfSyntax::Turtle)},
      {"trig", [](auto& g, auto& out) { tercet::write_turtle(g, out); }, rdf(RdfSyntax::TriG)},
      {"jsonld", [](auto& g, auto& out) { tercet::write_jsonld(g, out); }, jsonld},
      {"jsonld, own context",
       [remote](auto& g, auto& out) { tercet::write_jsonld(g, out, remote); }, jsonld},
      {"graphml --all", [all](auto& g, auto& out) { tercet::write_graphml(g, out, all); },
       [](const std::string& text) { return tercet::read_graphml_facts(text, "x", nullptr); }},
      {"csv --all", [table](auto& g, auto& out) { tercet::write_csv_relationships(g, out, table); },
       [](const std::string& text) {
         return tercet::read_table_facts(text, ',', "x", "", nullptr);
       }},
  };
}

std::string written(const Format& format, const KnowledgeGraph& graph) {
  std::ostringstream out;
  format.write(graph, out);
  return out.str();
}

KnowledgeGraph graph_of(FactFile file) {
  return tercet::build_graph(std::move(file.facts), std::move(file.documents));
}

// Facts as they come to an export: through JSON, so valid UTF-8, with an id.
std::vector<tercet::Fact> as_stored(const KnowledgeGraph& graph) {
  std::vector<tercet::Fact> out;
  for (const tercet::Fact& fact : graph.facts()) {
    out.push_back(tercet::fact_from_json(tercet::to_json(fact)));
    if (out.back().id.empty()) out.back().id = tercet::fact_id(out.back(), 0);
  }
  return out;
}

// Empty if equal, else the first lines that differ, short enough to read.
std::string first_difference(const std::string& a, const std::string& b) {
  std::istringstream one(a), two(b);
  std::string x, y;
  while (true) {
    const bool more_x = static_cast<bool>(std::getline(one, x));
    const bool more_y = static_cast<bool>(std::getline(two, y));
    if (!more_x && !more_y) return "";
    if (x == y && more_x == more_y) continue;
    std::size_t at = 0;
    while (at < x.size() && at < y.size() && x[at] == y[at]) ++at;
    at = at < 80 ? 0 : at - 80;
    return x.substr(std::min(at, x.size()), 200) + "\n---\n" +
           y.substr(std::min(at, y.size()), 200);
  }
}

void check_round_trip(const KnowledgeGraph& graph) {
  for (const Format& format : formats()) {
    CAPTURE(format.name);
    const std::string first = written(format, graph);
    const KnowledgeGraph back = graph_of(format.read(first));
    CHECK(back.facts().size() == graph.facts().size());
    CHECK(back.nodes().size() == graph.nodes().size());
    CHECK(first_difference(first, written(format, back)) == "");
  }
}

// A small generator of its own, so that a failing graph is the same everywhere.
struct Dice {
  std::uint64_t state;
  std::size_t operator()(std::size_t sides) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % sides;
  }
};

KnowledgeGraph random_graph(std::uint64_t seed) {
  Dice dice{seed};
  const std::vector<std::string> names = samples::hostile_names();
  const auto any = [&] { return names[dice(names.size())]; };
  std::vector<tercet::Fact> facts;
  for (std::size_t i = 0; i < 60; ++i) {
    tercet::Fact f = samples::fact(any(), dice(2) == 0 ? "uses" : any(), any());
    f.id = dice(4) == 0 ? any() + std::to_string(i) : f.id;
    f.polarity = static_cast<tercet::Polarity>(dice(2));
    f.modality = static_cast<tercet::Modality>(dice(5));
    f.subject_type = dice(3) == 0 ? "" : dice(2) == 0 ? "Organization" : any();
    f.object_type = dice(3) == 0 ? "" : "Concept";
    if (dice(3) == 0) f.subject_text = any();
    if (dice(3) == 0) f.object_text = "the thing";
    if (dice(4) == 0) f.subject_antecedent = tercet::Antecedent{any(), 3};
    if (dice(4) == 0) f.object_antecedent = tercet::Antecedent{"x", 0};
    if (dice(3) == 0) f.condition = any();
    if (dice(3) == 0 && !facts.empty()) f.condition_facts = {facts.back().id};
    if (dice(3) == 0) f.qualifiers.metric = any();
    f.doc = dice(3) == 0 ? any() : "notes/a b.md";
    f.start = dice(3) * 10;
    f.end = f.start + dice(3);
    f.line = static_cast<std::uint32_t>(dice(4));
    f.evidence = any();
    f.sentence = any();
    f.confidence = static_cast<double>(dice(10001)) / 10000;
    if (dice(2) == 0) f.timestamp = "01:02:03";
    if (dice(2) == 0) f.url = "https://youtu.be/abc-_9?t=62";
    facts.push_back(f);
  }
  std::vector<tercet::DocumentInfo> documents = {{"notes/a b.md", any(), "abc-_9"}};
  facts = as_stored(tercet::build_graph(facts, documents));
  return tercet::build_graph(facts, documents);
}

bool refused(const std::function<void()>& read) {
  try {
    read();
    return false;
  } catch (const tercet::Error& error) {
    return error.at().file == "x";
  }
}

}  // namespace

TEST_CASE("export, import, export gives the same bytes", "[export][read]") {
  check_round_trip(samples::bakery_graph());
  check_round_trip(tercet::build_graph(as_stored(samples::hostile_graph())));
  check_round_trip(KnowledgeGraph());
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    check_round_trip(random_graph(seed));
  }
}

TEST_CASE("facts come back from RDF as they were", "[export][read]") {
  for (const Format& format : formats()) {
    if (format.name.find("light") != std::string::npos) continue;
    CAPTURE(format.name);
    const KnowledgeGraph graph = samples::bakery_graph();
    const KnowledgeGraph back = graph_of(format.read(written(format, graph)));
    REQUIRE(back.facts().size() == graph.facts().size());
    for (std::size_t i = 0; i < graph.facts().size(); ++i) {
      CHECK(tercet::to_json(back.facts()[i]) == tercet::to_json(graph.facts()[i]));
    }
  }
}

TEST_CASE("RDF of others becomes asserted facts, doubt of theirs does not", "[export][read]") {
  const std::string text = R"(@prefix x: <http://x.example/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix kg: <https://w3id.org/tercet/ns#> .
x:Mill_Ltd x:sells x:flour ; <http://www.w3.org/2000/01/rdf-schema#label> "The Mill" .
x:c a kg:UnassertedClaim ; rdf:subject x:Mill_Ltd ; rdf:predicate x:buys ; rdf:object x:rye .
[] x:knows x:flour .
)";
  const FactFile file = tercet::read_rdf_facts(text, RdfSyntax::Turtle, "x", nullptr);
  REQUIRE(file.facts.size() == 3);
  CHECK(file.facts[0].id == "c");
  CHECK(file.facts[0].subject == "The Mill");
  CHECK(file.facts[0].modality == tercet::Modality::Possible);
  CHECK(file.facts[1].relation == "sells");
  CHECK(file.facts[1].object == "flour");
  CHECK(file.facts[1].asserted());
}

TEST_CASE("a link in a named graph is not taken for a fact", "[export][read]") {
  std::size_t told = 0;
  const FactFile file =
      tercet::read_rdf_facts("<http://x/a> <http://x/p> <http://x/b> <http://x/denied> .\n",
                             RdfSyntax::NQuads, "x", [&](auto, auto, auto&) { ++told; });
  CHECK(file.facts.empty());
  CHECK(told == 1);
}

TEST_CASE("RDF that is broken, relative, deep or not UTF-8 is refused with its place",
          "[export][read]") {
  const std::string deep = "<urn:x:a> <urn:x:b> " + std::string(200'000, '[');
  const std::string list = "<urn:x:a> <urn:x:b> " + std::string(200'000, '(');
  for (const std::string& text :
       {std::string("<urn:x:a> <urn:x:b> ."), std::string("<a> <urn:x:b> <urn:x:c> ."),
        std::string("x:a <urn:x:b> <urn:x:c> ."), std::string("<urn:x:a> <urn:x:b> \"\xFF\" ."),
        std::string("@base <a/> ."), std::string("<urn:x:a> <urn:x:b> \"x\0\" .", 24), deep,
        list}) {
    CAPTURE(text.substr(0, 60));
    CHECK(refused([&] { tercet::read_rdf_facts(text, RdfSyntax::Turtle, "x", nullptr); }));
  }
  const std::string bad_claim =
      "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . <urn:x:c> rdf:subject "
      "<urn:x:a> ; rdf:predicate <urn:x:p> ; rdf:object <urn:x:b> ; "
      "<https://w3id.org/tercet/ns#polarity> \"maybe\" .";
  CHECK(refused([&] { tercet::read_rdf_facts(bad_claim, RdfSyntax::Turtle, "x", nullptr); }));
}

TEST_CASE("JSON-LD of another shape is refused, and no context is fetched", "[export][read]") {
  const std::string context =
      R"({"@context":{"x":"http://x.example/","p":{"@id":"x:p","@type":"@id"}},)";
  const auto read = [](const std::string& text) {
    return tercet::read_jsonld_facts(text, "x", nullptr);
  };
  const FactFile one = read(context + R"("@graph":[{"@id":"x:a","p":["x:b",{"@id":"x:c"}]}]})");
  CHECK(one.facts.size() == 2);
  for (const std::string& text :
       {std::string(R"({"@context":"https://schema.org","@graph":[]})"),
        std::string(R"({"@context":"file:///etc/context/v1.jsonld","@graph":[]})"),
        std::string(R"({"@context":["https://x.example/c"],"@graph":[]})"),
        std::string(R"({"@context":{"@vocab":"http://x/"},"@graph":[]})"),
        std::string(R"({"@graph":[]})"), std::string("[]"), std::string("{"),
        context + R"("@id":"x:g","@graph":[]})", context + R"("@graph":[{"p":"x:b","@id":"x:a"}]})",
        context + R"("@graph":[{"@id":"x:a","q":"x:b"}]})",
        context + R"("@graph":[{"@id":"x:a","@reverse":{}}]})",
        context + R"("@graph":[{"@id":"a"}]})",
        context + R"("@graph":[{"@id":"x:a","p":[["x:b"]]}]})",
        context + R"("@graph":[{"@id":"x:a","p":true}]})",
        context + R"("@graph":)" + std::string(100'000, '[')}) {
    CAPTURE(text.substr(0, 120));
    CHECK(refused([&] { read(text); }));
  }
}

TEST_CASE("GraphML with a DTD, entities or without graph is refused", "[export][read]") {
  for (const std::string& text :
       {std::string(
            "<!DOCTYPE g [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><graphml>&e;</graphml>"),
        std::string("<x/>"), std::string("<graphml>"), std::string(100'000, '<'),
        std::string("<graphml><graph><edge source=\"a\" target=\"b\"/></graph></graphml>")}) {
    CAPTURE(text.substr(0, 60));
    CHECK(refused([&] { tercet::read_graphml_facts(text, "x", nullptr); }));
  }
}

TEST_CASE("GraphML and CSV without facts become facts by their attributes", "[export][read]") {
  const KnowledgeGraph graph = samples::bakery_graph();
  std::ostringstream xml, nodes, relations;
  tercet::write_graphml(graph, xml);
  tercet::write_csv_nodes(graph, nodes);
  tercet::write_csv_relationships(graph, relations);
  const FactFile one = tercet::read_graphml_facts(xml.str(), "x", nullptr);
  const FactFile two = tercet::read_table_facts(relations.str(), ',', "x", nodes.str(), nullptr);
  REQUIRE(one.facts.size() == 3);
  CHECK(one.facts == two.facts);
  for (const tercet::Fact& fact : one.facts) {
    CHECK(fact.asserted());
    CHECK(fact.subject == "Crumb & Co");
    CHECK(fact.evidence.find(fact.relation == "offers" ? "bakes" : fact.relation) !=
          std::string::npos);
  }
}

TEST_CASE("an edge marked as anything but asserted never comes back asserted", "[export][read]") {
  for (const std::string status : {"negated", "possible", "disputed", "hearsay", "conditional"}) {
    const std::string text =
        "<graphml><key id=\"s\" for=\"edge\" attr.name=\"status\" attr.type=\"string\"/><graph>"
        "<node id=\"a\"/><node id=\"b\"/><edge source=\"a\" target=\"b\"><data key=\"s\">" +
        std::string(status) + "</data></edge></graph></graphml>";
    const FactFile file = tercet::read_graphml_facts(text, "x", nullptr);
    REQUIRE(file.facts.size() == 1);
    CHECK_FALSE(file.facts[0].asserted());
  }
}

TEST_CASE("tables are read with quotes, guards, escapes and headers", "[export][read]") {
  std::vector<std::string> told;
  const tercet::OnSkipped skipped = [&](std::uint32_t line, std::uint32_t,
                                        const std::string& what) {
    told.push_back(std::to_string(line) + ":" + what);
  };
  const FactFile csv = tercet::read_table_facts(
      "relation,subject,object,polarity,line\r\n"
      "uses,\"a \"\"b\"\"\r\nc\",'=d,negative,7\r\n"
      "\"uses\",only\n"
      "uses,x,y,maybe,\n",
      ',', "x", "", skipped);
  REQUIRE(csv.facts.size() == 1);
  CHECK(csv.facts[0].subject == "a \"b\"\r\nc");
  CHECK(csv.facts[0].object == "=d");
  CHECK(csv.facts[0].polarity == tercet::Polarity::Negative);
  CHECK(csv.facts[0].line == 7);
  REQUIRE(told.size() == 2);
  CHECK(told[0].starts_with("4:"));
  CHECK(told[1].starts_with("5:"));
  const FactFile tsv = tercet::read_table_facts("a\\tb\tuses\tc\\\\\\x\n", '\t', "x", "", skipped);
  REQUIRE(tsv.facts.size() == 1);
  CHECK(tsv.facts[0].subject == "a\tb");
  CHECK(tsv.facts[0].object == "c\\\\x");
  CHECK(refused([&] { tercet::read_table_facts("a,b,\"c", ',', "x", "", nullptr); }));
  CHECK(refused([&] { tercet::read_table_facts(":START_ID,:END_ID\n", ',', "x", "", nullptr); }));
}

TEST_CASE("a guarded cell comes back as it was", "[export][read]") {
  for (const char* text : {"=1+1", "'=1+1", "''-x", "@a", "plain", "'quoted'", "\tx", "it's", ""}) {
    std::string row = "subject,relation,object,sentence\na,b,c,";
    tercet::append_csv(row, text, true);
    const FactFile file = tercet::read_table_facts(row + "\n", ',', "x", "", nullptr);
    REQUIRE(file.facts.size() == 1);
    CHECK(file.facts[0].sentence == text);
  }
}
