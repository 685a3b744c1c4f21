#include <expat.h>

#include <map>
#include <sstream>

#include "export/graphml.h"
#include "export/text.h"
#include "graph/read_graph.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using Data = std::map<std::string, std::string>;  // attr.name -> value

struct Parsed {
  std::map<std::string, Data> nodes;  // by id
  struct Edge {
    std::string id, source, target;
    std::vector<std::string> keys;  // ids in order
    Data data;
  };
  std::vector<Edge> edges;
  std::map<std::string, std::string> names;  // key id -> attr.name
  Data graph;                                // attributes of <graph>
};

// Reads GraphML by expat, as strictly as XML is read.
class Reader {
 public:
  explicit Reader(const std::string& text) {
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, this);
    XML_SetElementHandler(
        parser,
        [](void* self, const char* n, const char** a) { static_cast<Reader*>(self)->open(n, a); },
        [](void* self, const char* n) { static_cast<Reader*>(self)->close(n); });
    XML_SetCharacterDataHandler(parser, [](void* self, const char* s, int size) {
      static_cast<Reader*>(self)->text_.append(s, static_cast<std::size_t>(size));
    });
    const auto status = XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1);
    CAPTURE(XML_ErrorString(XML_GetErrorCode(parser)), XML_GetCurrentLineNumber(parser));
    REQUIRE(status == XML_STATUS_OK);
    XML_ParserFree(parser);
  }
  Parsed parsed;

 private:
  void open(const std::string& name, const char** list) {
    Data attributes;
    for (; *list != nullptr; list += 2) attributes[list[0]] = list[1];
    if (name == "key") {
      parsed.names[attributes["id"]] = attributes["attr.name"];
    } else if (name == "graph") {
      parsed.graph = attributes;
    } else if (name == "node") {
      data_ = &parsed.nodes[attributes["id"]];
    } else if (name == "edge") {
      CHECK(parsed.nodes.count(attributes["source"]) == 1);  // nodes first
      parsed.edges.push_back(
          {attributes["id"], attributes["source"], attributes["target"], {}, {}});
      data_ = &parsed.edges.back().data;
    } else if (name == "data") {
      key_ = attributes["key"];
      text_.clear();
    }
  }
  void close(const std::string& name) {
    if (name != "data") return;
    REQUIRE(parsed.names.count(key_) == 1);
    CHECK(data_->emplace(parsed.names[key_], text_).second);
    if (!parsed.edges.empty()) parsed.edges.back().keys.push_back(key_);
  }

  Data* data_ = nullptr;
  std::string key_, text_;
};

std::string graphml(const tercet::KnowledgeGraph& graph, bool all) {
  std::ostringstream out;
  tercet::GraphmlOptions options;
  options.all = all;
  tercet::write_graphml(graph, out, options);
  return out.str();
}

std::string cleaned(const std::string& text) {
  std::string scratch;
  return std::string(tercet::clean_text(text, scratch));
}

}  // namespace

TEST_CASE("a GraphML reader sees the nodes and edges that were written", "[export]") {
  for (const bool all : {false, true}) {
    for (const auto& graph : {samples::bakery_graph(), samples::hostile_graph()}) {
      const Parsed parsed = Reader(graphml(graph, all)).parsed;
      REQUIRE(parsed.nodes.size() == graph.nodes().size());
      CHECK(parsed.graph.at("parse.nodes") == std::to_string(parsed.nodes.size()));
      CHECK(parsed.graph.at("parse.edges") == std::to_string(parsed.edges.size()));
      for (tercet::NodeId id = 0; id < graph.nodes().size(); ++id) {
        const Data& data = parsed.nodes.at("n" + std::to_string(id));
        CHECK(data.at("label") == cleaned(graph.nodes()[id].name));
        CHECK(data.count("iri") == 1);
      }
      std::size_t asserted = 0;
      for (const auto& edge : graph.edges()) asserted += edge.state == tercet::EdgeState::Asserted;
      std::size_t plain = 0;
      for (const auto& edge : parsed.edges) {
        CHECK(edge.keys.front() == "label");  // APOC takes the first for the type
        plain += edge.data.at("status") == "asserted";
      }
      CHECK(plain == asserted);
      if (!all) CHECK(parsed.edges.size() == asserted);
    }
  }
}

TEST_CASE("an edge that is not asserted says so in its label and weighs nothing", "[export]") {
  const Parsed parsed = Reader(graphml(samples::bakery_graph(), true)).parsed;
  std::map<std::string, std::string> status_of;  // label -> status
  for (const auto& edge : parsed.edges) {
    const Data& data = edge.data;
    status_of[data.at("label")] = data.at("status");
    const bool asserted = data.at("status") == "asserted";
    CHECK((data.at("label") == data.at("relation")) == asserted);
    CHECK((data.at("weight") == "0") == !asserted);
    CHECK(data.at("confidence") == "0.9");
  }
  const std::map<std::string, std::string> expected = {
      {"bakes", "asserted"},
      {"sells", "asserted"},
      {"offers", "asserted"},
      {"NEGATED bakes", "negated"},
      {"POSSIBLE bakes", "possible"},
      {"POSSIBLE buys_from", "possible"},
      {"HYPOTHETICAL raises", "hypothetical"},
      {"CONDITIONAL leaves", "conditional"},
      {"INTENDED opens", "intended"},
      {"INTENDED NEGATED closes", "negated intended"},
      {"DISPUTED owns", "disputed"}};
  CHECK(status_of == expected);
}

TEST_CASE("our own GraphML reader takes what we write", "[export]") {
  for (const bool all : {false, true}) {
    const std::string text = graphml(samples::bakery_graph(), all);
    const tercet::LabelledGraph back = tercet::read_graph(text, "x.graphml", false);
    CHECK(back.names.size() == samples::bakery_graph().nodes().size());
  }
}

TEST_CASE("a carriage return and white space come back from GraphML", "[export]") {
  const auto graph = tercet::build_graph({samples::fact(" a\r\nb\tc ", "is", "]]><x/>&amp;\"")});
  const Parsed parsed = Reader(graphml(graph, false)).parsed;
  CHECK(parsed.nodes.at("n0").at("label") == " a\r\nb\tc ");
  CHECK(parsed.nodes.at("n1").at("label") == "]]><x/>&amp;\"");
}

TEST_CASE("communities stand in GraphML where they are known", "[export]") {
  const auto graph = tercet::build_graph({samples::fact("a", "is", "b")});
  std::ostringstream out;
  tercet::GraphmlOptions options;
  options.clusters = {4, -1};
  tercet::write_graphml(graph, out, options);
  const Parsed parsed = Reader(out.str()).parsed;
  CHECK(parsed.nodes.at("n0").at("community") == "4");
  CHECK(parsed.nodes.at("n1").count("community") == 0);
}
