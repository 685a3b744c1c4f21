#include <string>

#include "base/error.h"
#include "graph/name_table.h"
#include "graph/random.h"
#include "graph/read_graph.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

struct Failure {
  Error::Code code = Error::Code::Usage;
  std::uint32_t line = 0, column = 0;
  std::string what;
};

template <typename Read>
Failure failure_of(const Read& read) {
  try {
    read();
  } catch (const Error& error) {
    return {error.code(), error.at().line, error.at().column, error.what()};
  }
  FAIL("no error");
  return {};
}

Failure list_failure(const std::string& text) {
  return failure_of([&] { read_edge_list(text, "g.txt"); });
}
Failure xml_failure(const std::string& text) {
  return failure_of([&] { read_graphml(text, "g.graphml"); });
}

std::string graphml(const std::string& body, const std::string& edgedefault = "directed") {
  return "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"><graph edgedefault=\"" +
         edgedefault + "\">" + body + "</graph></graphml>";
}

}  // namespace

TEST_CASE("an edge list names nodes in order of first use", "[graph][read]") {
  const LabelledGraph g =
      read_edge_list("\xEF\xBB\xBF# a comment\r\n\nb a\n  a\tc  \r\nb a 2.5\nc c", "g.txt");
  CHECK(g.names == std::vector<std::string>{"b", "a", "c"});
  CHECK(g.graph.edges() == 4);
  CHECK(g.graph.weighted());
  CHECK(g.graph.out().row_weights(0)[0] == 1.0);
  CHECK(g.graph.out().row_weights(0)[1] == 2.5);
  CHECK(read_edge_list("", "g.txt").graph.nodes() == 0);
  CHECK(read_edge_list("a b\nb a", "g.txt", false).graph.edges() == 2);
  CHECK(!read_edge_list("a b", "g.txt", false).graph.directed());
}

TEST_CASE("a bad line of an edge list is named by line and column", "[graph][read]") {
  const Failure one = list_failure("a b\nlonely\n");
  CHECK(one.code == Error::Code::Syntax);
  CHECK(one.line == 2);
  CHECK(one.what.find("g.txt:2:") == 0);
  CHECK(list_failure("a b 1 x").column == 7);
  for (const char* weight : {"x", "1x", "-1", "nan", "inf", "1e999", "0x10", "1,5", "+1"}) {
    CAPTURE(weight);
    const Failure bad = list_failure(std::string("a b 1\n\na b ") + weight);
    CHECK(bad.line == 3);
    CHECK(bad.column == 5);
  }
  CHECK(list_failure("a b\na \xFF\n").line == 2);
}

TEST_CASE("any bytes are an edge list or a clean error", "[graph][read]") {
  Random random(11);
  for (int i = 0; i < 3000; ++i) {
    std::string bytes;
    const std::string alphabet = "ab 1.e-\t\n\r#<>\xC3\xA9\xFF";
    for (std::uint32_t n = random.below(40); n > 0; --n) {
      bytes += alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))];
    }
    try {
      const LabelledGraph g = read_graph(bytes, "x");
      CHECK(g.names.size() == g.graph.nodes());
    } catch (const Error& error) {
      CHECK(error.at().line > 0);
    }
  }
}

TEST_CASE("many names get numbers in order and are found again", "[graph][read]") {
  NameTable table;
  for (NodeId i = 0; i < 5000; ++i) CHECK(table.insert("name " + std::to_string(i * i)) == i);
  for (NodeId i = 0; i < 5000; ++i) CHECK(table.find("name " + std::to_string(i * i)) == i);
  CHECK(table.find("other") == NameTable::kAbsent);
  CHECK(table.insert("") == 5000);
  CHECK(table.at(5000).empty());
  CHECK(table.insert(std::string(100000, 'x')) == 5001);
}

TEST_CASE("GraphML gives its ids, edges before nodes and weights", "[graph][read]") {
  const std::string text =
      "<?xml version='1.0'?><g:graphml xmlns:g='http://graphml.graphdrawing.org/xmlns'>"
      "<g:key id='k' for='edge' attr.name='weight' attr.type='double'><g:default>3</g:default>"
      "</g:key><g:key id='l' for='node' attr.name='label' attr.type='string'/>"
      "<g:graph edgedefault='undirected'><g:edge source='y' target='x'><g:data key='k'> 0.5 "
      "</g:data></g:edge><g:node id='x'><g:data key='l'>not a number</g:data></g:node>"
      "<g:node id='y &amp; z'/><g:node id='y'/><g:edge source='x' target='x'/></g:graph>"
      "</g:graphml>";
  const LabelledGraph g = read_graphml(text, "g.graphml");
  CHECK(g.names == std::vector<std::string>{"x", "y & z", "y"});
  CHECK(!g.graph.directed());
  CHECK(g.graph.edges() == 2);
  CHECK(g.graph.out().row(0).size() == 3);
  CHECK(g.graph.out().row_weights(2)[0] == 0.5);
  CHECK(g.graph.out().row_weights(0)[0] == 3);
  CHECK(read_graph("\n " + graphml("<node id='a'/>"), "g").names.size() == 1);
}

TEST_CASE("an edge of its own direction makes the graph directed", "[graph][read]") {
  const std::string body =
      "<node id='a'/><node id='b'/><edge source='a' target='b' directed='true'/>"
      "<edge source='b' target='a' directed='false'/>";
  const Csr mixed = read_graphml(graphml(body, "undirected"), "g").graph;
  CHECK(mixed.directed());
  CHECK(mixed.out().degree(0) == 2);
  CHECK(mixed.out().degree(1) == 1);
  CHECK(!read_graphml(graphml(body, "undirected"), "g", true).graph.directed());
  CHECK(read_graphml(graphml(body), "g", true).graph.edges() == 2);
}

TEST_CASE("what is not GraphML is refused with its place", "[graph][read]") {
  const Failure cut = xml_failure("<graphml>\n<graph edgedefault='directed'>\n<node id='a'>");
  CHECK(cut.code == Error::Code::Syntax);
  CHECK(cut.line == 3);
  for (const char* text :
       {"", "hello", "<graphml/><graphml/>", "<?xml version='1.0' encoding='X-NOPE'?><graphml/>",
        "<graphml><graph></graphml></graph>", "<g:graphml/>",
        "<graphml><graph><node id='a' id='b'/></graph></graphml>"}) {
    CAPTURE(text);
    CHECK(xml_failure(text).code == Error::Code::Syntax);
  }
  for (const std::string& body :
       {std::string("<node/>"), std::string("<node id='a'/><node id='a'/>"),
        std::string("<node id='a'/><edge source='a' target='b'/>"),
        std::string("<node id='a'/><edge source='a'/>"),
        std::string("<node id='a'/><edge source='a' target='a' directed='maybe'/>"),
        std::string("<hyperedge/>")}) {
    CAPTURE(body);
    CHECK(xml_failure(graphml(body)).code == Error::Code::Schema);
  }
  for (const char* text : {"<html/>", "<graphml><node id='a'/></graphml>",
                           "<graphml><graph edgedefault='maybe'/></graphml>"}) {
    CAPTURE(text);
    CHECK(xml_failure(text).code == Error::Code::Schema);
  }
  for (const char* reference : {"&#0;", "&#xD800;", "&#x110000;", "&nbsp;"}) {
    CAPTURE(reference);
    CHECK(xml_failure(graphml("<node id='" + std::string(reference) + "'/>")).code ==
          Error::Code::Syntax);
  }
}

TEST_CASE("data that is not of its key's type is refused", "[graph][read]") {
  const auto with = [](const std::string& key, const std::string& data) {
    return "<graphml>" + key +
           "<graph edgedefault='directed'><node id='a'/><edge source='a' "
           "target='a'><data key='k'>" +
           data + "</data></edge></graph></graphml>";
  };
  const std::string weight = "<key id='k' for='edge' attr.name='weight' attr.type='double'/>";
  CHECK(read_graphml(with(weight, "2"), "g").graph.out().weights[0] == 2);
  for (const char* bad : {"", "x", "-1", "NaN", "INF", "1 2"}) {
    CAPTURE(bad);
    CHECK(xml_failure(with(weight, bad)).code == Error::Code::Schema);
  }
  CHECK(xml_failure(with(weight, std::string(100000, '1'))).code == Error::Code::Schema);
  const std::string whole = "<key id='k' for='all' attr.name='n' attr.type='int'/>";
  CHECK(!read_graphml(with(whole, "7"), "g").graph.weighted());
  CHECK(xml_failure(with(whole, "7.5")).code == Error::Code::Schema);
}

TEST_CASE("no entity is ever declared, no depth is a stack", "[graph][read]") {
  const std::string laughs = "<!DOCTYPE g [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + graphml("");
  CHECK(xml_failure(laughs).code == Error::Code::Syntax);
  CHECK(xml_failure("<!DOCTYPE g [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + graphml("")).code ==
        Error::Code::Syntax);
  CHECK_NOTHROW(
      read_graphml("<!DOCTYPE graphml SYSTEM 'http://127.0.0.1/x.dtd'>" + graphml(""), "g"));
  const auto nested = [](int depth) {
    std::string text = "<graphml>";
    for (int i = 1; i < depth; ++i) text += "<desc>";
    for (int i = 1; i < depth; ++i) text += "</desc>";
    return text + "<graph/></graphml>";
  };
  CHECK_NOTHROW(read_graphml(nested(256), "g"));
  CHECK(xml_failure(nested(257)).code == Error::Code::Syntax);
  CHECK(xml_failure(nested(300000)).code == Error::Code::Syntax);
}

TEST_CASE("a file called GraphML is nothing else", "[graph][read]") {
  CHECK_THROWS_AS(read_graph("", "empty.graphml"), Error);
  CHECK_THROWS_AS(read_graph("a b\n", "table.graphml"), Error);
  CHECK(read_graph("", "empty.txt").names.empty());
}

TEST_CASE("a document without a graph is not an empty graph", "[graph][read]") {
  CHECK(xml_failure("<graphml a='1' b='2'/>").code == Error::Code::Schema);
  CHECK(xml_failure("<graphml></graphml>").code == Error::Code::Schema);
  for (const char* name : {"g.graphml", "a/b.graphml"}) {
    CHECK_THROWS_AS(read_graph("", name), Error);
    CHECK_THROWS_AS(read_graph("a b\n", name), Error);
  }
  CHECK(read_graph("", "g.txt").names.empty());
}

TEST_CASE("an edge to nowhere is found on its line", "[graph][read]") {
  const std::string text =
      "<graphml><graph>\n<node id='a'/>\n <edge source='a' target='a'/>\n"
      "  <edge source='a' target='b'/>\n</graph></graphml>";
  const Failure failure = xml_failure(text);
  CHECK(failure.code == Error::Code::Schema);
  CHECK(failure.line == 4);
  CHECK(failure.column == 3);
}
