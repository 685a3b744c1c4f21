// Boost's own GraphML reader on what we write. It trims and joins white space in values.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <sstream>

#include "export/graphml.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

struct Vertex {
  std::string label, type, iri, aliases;
  int mentions = -1;
};
struct Link {
  std::string label, relation, status, quote, iri, document;
  double confidence = -1, weight = -1;
  int claims = -1;
};
using BoostGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Vertex, Link>;

BoostGraph read_by_boost(const std::string& text) {
  BoostGraph graph;
  boost::dynamic_properties properties(boost::ignore_other_properties);
  properties.property("label", boost::get(&Vertex::label, graph));
  properties.property("label", boost::get(&Link::label, graph));
  properties.property("type", boost::get(&Vertex::type, graph));
  properties.property("iri", boost::get(&Vertex::iri, graph));
  properties.property("iri", boost::get(&Link::iri, graph));
  properties.property("aliases", boost::get(&Vertex::aliases, graph));
  properties.property("mentions", boost::get(&Vertex::mentions, graph));
  properties.property("relation", boost::get(&Link::relation, graph));
  properties.property("status", boost::get(&Link::status, graph));
  properties.property("quote", boost::get(&Link::quote, graph));
  properties.property("document", boost::get(&Link::document, graph));
  properties.property("confidence", boost::get(&Link::confidence, graph));
  properties.property("weight", boost::get(&Link::weight, graph));
  properties.property("claims", boost::get(&Link::claims, graph));
  std::istringstream in(text);
  boost::read_graphml(in, graph, properties);
  return graph;
}

std::string without_space(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  return text;
}

}  // namespace

TEST_CASE("Boost reads the nodes, edges and attributes that were written", "[export]") {
  for (const auto& graph : {samples::bakery_graph(), samples::hostile_graph()}) {
    for (const bool all : {false, true}) {
      tercet::GraphmlOptions options;
      options.all = all;
      std::ostringstream out;
      tercet::write_graphml(graph, out, options);
      const BoostGraph read = read_by_boost(out.str());
      REQUIRE(boost::num_vertices(read) == graph.nodes().size());
      CHECK(boost::num_edges(read) == tercet::count_property_edges(graph, options));
      std::vector<tercet::PropertyEdge> edges;
      tercet::walk_properties(
          graph, options,
          [&](const tercet::PropertyNode& node) {
            const Vertex& seen = read[node.id];
            CHECK(without_space(seen.label) == without_space(node.at(tercet::NodeField::Label)));
            CHECK(without_space(seen.type) == without_space(node.at(tercet::NodeField::Type)));
            CHECK(seen.iri == node.at(tercet::NodeField::Iri));
            CHECK(std::to_string(seen.mentions) == node.at(tercet::NodeField::Mentions));
          },
          [&](const tercet::PropertyEdge& edge) { edges.push_back(edge); });
      // Boost groups edges by source, in the file's order within it; so does the walk.
      std::size_t at = 0;
      for (auto [edge, end] = boost::edges(read); edge != end; ++edge, ++at) {
        const Link& seen = read[*edge];
        const tercet::PropertyEdge& wanted = edges.at(at);
        CHECK(boost::source(*edge, read) == wanted.source);
        CHECK(boost::target(*edge, read) == wanted.target);
        CHECK(without_space(seen.label) == without_space(wanted.at(tercet::EdgeField::Label)));
        CHECK(seen.status == wanted.at(tercet::EdgeField::Status));
        CHECK(without_space(seen.quote) == without_space(wanted.at(tercet::EdgeField::Quote)));
        CHECK(seen.weight == std::stod(wanted.at(tercet::EdgeField::Weight)));
        CHECK(std::to_string(seen.claims) == wanted.at(tercet::EdgeField::Claims));
      }
    }
  }
}
