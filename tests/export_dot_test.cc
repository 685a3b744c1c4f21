#include <graphviz/cgraph.h>

#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "base/utf8.h"
#include "export/dot.h"
#include "export/dot_text.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using tercet::DotOptions;
using tercet::KnowledgeGraph;
using tercet::Show;

std::string dot(const KnowledgeGraph& graph, const DotOptions& options = {}) {
  std::ostringstream out;
  tercet::write_dot(graph, out, options);
  return out.str();
}

struct ReadEdge {
  std::string tail, head, label, relation, status, style, arrowhead, url;
};

// What cgraph, the reader of Graphviz itself, makes of a text.
struct Read {
  std::map<std::string, std::map<std::string, std::string>> nodes;  // id -> attributes
  std::vector<ReadEdge> edges;
  std::size_t clusters = 0;
  std::string layout, label;

  explicit Read(const std::string& text) {
    agseterr(AGMAX);
    Agraph_t* graph = agmemread(text.c_str());
    REQUIRE(graph != nullptr);
    REQUIRE(agreseterrors() == 0);
    const auto value = [](void* object, const char* name) {
      const char* found = agget(object, const_cast<char*>(name));
      return std::string(found == nullptr ? "" : found);
    };
    layout = value(graph, "layout");
    label = value(graph, "label");
    for (Agraph_t* sub = agfstsubg(graph); sub != nullptr; sub = agnxtsubg(sub)) ++clusters;
    for (Agnode_t* n = agfstnode(graph); n != nullptr; n = agnxtnode(graph, n)) {
      auto& attributes = nodes[agnameof(n)];
      for (const char* name : {"label", "name", "type", "shape", "tooltip"}) {
        attributes[name] = value(n, name);
      }
      for (Agedge_t* e = agfstout(graph, n); e != nullptr; e = agnxtout(graph, e)) {
        edges.push_back({agnameof(agtail(e)), agnameof(aghead(e)), value(e, "label"),
                         value(e, "relation"), value(e, "status"), value(e, "style"),
                         value(e, "arrowhead"), value(e, "edgeURL")});
      }
    }
    agclose(graph);
  }
};

// A quoted string of ours as Graphviz shows it: escapes and entities undone.
std::string shown(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      out += text[++i] == 'n' ? '\n' : text[i];
    } else if (text.compare(i, 5, "&amp;") == 0) {
      out += '&';
      i += 4;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::size_t asserted_edges(const KnowledgeGraph& graph) {
  std::size_t count = 0;
  for (const auto& edge : graph.edges()) count += edge.state == tercet::EdgeState::Asserted;
  return count;
}

KnowledgeGraph star(int leaves) {
  std::vector<tercet::Fact> facts;
  for (int i = 0; i < leaves; ++i) {
    facts.push_back(samples::fact("hub", "has", "leaf " + std::to_string(i)));
  }
  return tercet::build_graph(facts);
}

}  // namespace

TEST_CASE("cgraph reads the nodes and edges that were written", "[export]") {
  for (const auto& graph : {samples::bakery_graph(), samples::hostile_graph()}) {
    const Read read(dot(graph));
    CHECK(read.edges.size() == asserted_edges(graph));
    std::set<tercet::NodeId> linked;
    for (const auto& edge : graph.edges()) {
      if (edge.state == tercet::EdgeState::Asserted) linked.insert({edge.source, edge.target});
    }
    CHECK(read.nodes.size() == linked.size());  // neither lost nor made up by an edge
    for (const tercet::NodeId id : linked) {
      const auto found = read.nodes.find("n" + std::to_string(id));
      REQUIRE(found != read.nodes.end());
      CHECK(found->second.at("shape") != "");
    }
  }
}

TEST_CASE("names come back from DOT through their escapes", "[export]") {
  for (const std::string& name : samples::hostile_names()) {
    const bool plain = name.size() < 10'000 && tercet::is_valid_utf8(name) &&
                       name.find_first_of(std::string("\0\x01\r\t", 4)) == std::string::npos &&
                       name.find("\xC2\x85") == std::string::npos &&
                       name.find("\u202E") == std::string::npos &&
                       name.find("\xEF\xBF\xBE") == std::string::npos;
    const auto graph = tercet::build_graph({samples::fact(name, "is", "thing of this test")});
    const Read read(dot(graph));
    REQUIRE(read.nodes.size() == 2);
    CAPTURE(name);
    const auto id = "n" + std::to_string(*graph.find(name));
    if (plain) CHECK(shown(read.nodes.at(id).at("name")) == name);
    CHECK(read.nodes.at(id).at("name").size() < 16'384);
  }
}

TEST_CASE("a property graph holds asserted edges, a picture plans too, --all everything",
          "[export]") {
  const auto statuses = [](Show show) {
    DotOptions options;
    options.show = show;
    std::multiset<std::string> out;
    for (const auto& edge : Read(dot(samples::bakery_graph(), options)).edges)
      out.insert(edge.status);
    return out;
  };
  CHECK(statuses(Show::Asserted) == std::multiset<std::string>{"asserted", "asserted", "asserted"});
  CHECK(statuses(Show::WithIntended) ==
        std::multiset<std::string>{"asserted", "asserted", "asserted", "intended"});
  CHECK(statuses(Show::All) == std::multiset<std::string>{"asserted", "asserted", "asserted",
                                                          "conditional", "disputed", "hypothetical",
                                                          "intended", "negated", "negated intended",
                                                          "possible", "possible"});
}

TEST_CASE("every status has a line of its own and a word", "[export]") {
  DotOptions options;
  options.show = Show::All;
  std::map<std::string, const char*> words = {
      {"negated", "<b>NOT</b> bakes"},     {"possible", "<b>may:</b>"},
      {"hypothetical", "<b>if (1):</b>"},  {"conditional", "<b>then (1):</b>"},
      {"intended", "<b>aim:</b> opens"},   {"negated intended", "<b>aim NOT:</b>"},
      {"disputed", "<b>DISPUTED</b> owns"}};
  for (const auto& edge : Read(dot(samples::bakery_graph(), options)).edges) {
    CAPTURE(edge.status, edge.label);
    if (edge.status == "asserted") {
      CHECK(edge.label.find("<b>") == std::string::npos);
      CHECK(edge.style.empty());
      CHECK(edge.arrowhead.empty());
    } else {
      CHECK(edge.label.find(words.at(edge.status)) != std::string::npos);
      CHECK_FALSE(edge.arrowhead.empty());
    }
    CHECK(edge.label.find("1:05") != std::string::npos);
    CHECK(edge.url == "https://youtu.be/bakery_0001?t=65");
  }
}

TEST_CASE("a picture bundles what two things have in common", "[export]") {
  DotOptions options;
  options.show = Show::WithIntended;
  options.picture = true;
  const Read read(dot(samples::bakery_graph(), options));
  std::size_t drawn = 0;
  for (const auto& edge : read.edges) {
    if (edge.style == "invis") continue;
    ++drawn;
    if (edge.status == "asserted") CHECK(edge.relation == "bakes|offers|sells");
  }
  CHECK(drawn == 2);
}

TEST_CASE("no link leads anywhere but to a video", "[export]") {
  for (const auto show : {Show::Asserted, Show::All}) {
    DotOptions options;
    options.show = show;
    const std::string text = dot(samples::hostile_graph(), options);
    CHECK(text.find("URL=") == std::string::npos);
    CHECK(text.find("href=") == std::string::npos);
  }
}

TEST_CASE("the size of a drawing decides its engine and whether lines have labels", "[export]") {
  const auto look = [](int links) {
    const Read read(dot(star(links)));
    return std::pair(read.layout, !read.edges.front().label.empty());
  };
  CHECK(look(100) == std::pair<std::string, bool>("dot", true));
  CHECK(look(101) == std::pair<std::string, bool>("dot", false));
  CHECK(look(300) == std::pair<std::string, bool>("dot", false));
  CHECK(look(301) == std::pair<std::string, bool>("nop", false));
}

TEST_CASE("a small drawing has places of its own when they are to last", "[export]") {
  DotOptions options;
  options.picture = true;
  CHECK(Read(dot(star(12), options)).layout == "dot");
  options.stable = true;
  const std::string text = dot(star(12), options);
  CHECK(Read(text).layout == "nop");
  std::size_t places = 0;
  for (std::size_t at = text.find("pos=\""); at != std::string::npos;
       at = text.find("pos=\"", at + 1))
    ++places;
  CHECK(places == 13);
}

TEST_CASE("a drawing that is too large keeps its busiest things and says what is missing",
          "[export]") {
  DotOptions options;
  options.max_links = 10;
  const Read read(dot(star(50), options));
  CHECK(read.edges.size() == 10);
  CHECK(read.nodes.size() == 11);
  CHECK(read.label.find("left out: 40 things, 40 links") != std::string::npos);
}

TEST_CASE("the legend lists the styles that are used and no other", "[export]") {
  const std::string label = Read(dot(star(1))).label;
  CHECK(label.find("organisation") != std::string::npos);
  CHECK(label.find("product, service") != std::string::npos);
  CHECK(label.find("asserted  <") != std::string::npos);
  for (const char* absent : {"person", "concept", "figure", "NOT", "may:", "aim:"}) {
    CAPTURE(absent);
    CHECK(label.find(absent) == std::string::npos);
  }
}

TEST_CASE("clusters that are linked become boxes with a name", "[export]") {
  const auto link = [](const char* from, const char* to) {
    auto fact = samples::fact(from, "is", to);
    fact.object_type = fact.subject_type;
    return fact;
  };
  const auto graph =
      tercet::build_graph({link("a", "b"), link("b", "c"), link("c", "d"), link("d", "e"),
                           link("e", "f"), link("x", "y"), link("y", "z")});
  DotOptions options;
  options.clusters = {0, 0, 0, 1, 1, 1, 2, 2, 2};  // x, y, z have no link to the rest
  options.cluster_names = {"", "The \"other\" ones"};
  const std::string text = dot(graph, options);
  CHECK(Read(text).clusters == 2);
  CHECK(text.find("label=\"around b\"") != std::string::npos);
  CHECK(text.find("label=\"The \\\"other\\\" ones\"") != std::string::npos);
}

TEST_CASE("a page without a title is named after the file", "[export]") {
  auto fact = samples::fact("a", "is", "b");
  fact.doc = "notes/the_rise_of_rye.md";
  CHECK(Read(dot(tercet::build_graph({fact}))).label.find("<b>The rise of rye</b>") !=
        std::string::npos);
}

TEST_CASE("small parts of a picture stand side by side", "[export]") {
  std::vector<tercet::Fact> facts;
  for (int i = 0; i < 6; ++i) {
    facts.push_back(samples::fact("from " + std::to_string(i), "to", "to " + std::to_string(i)));
  }
  DotOptions options;
  options.picture = true;
  const Read read(dot(tercet::build_graph(facts), options));
  std::size_t invisible = 0;
  for (const auto& edge : read.edges) invisible += edge.style == "invis";
  CHECK(invisible > 2);
  CHECK(read.edges.size() == 6 + invisible);
  CHECK(read.nodes.size() == 12);
}

TEST_CASE("labels are broken at spaces and cut", "[export]") {
  CHECK(tercet::wrapped("Elastic Kubernetes Service", 20, 76) == "Elastic Kubernetes\nService");
  CHECK(tercet::wrapped("  a \n b  ", 20, 76) == "a b");
  CHECK(tercet::wrapped(std::string(50, 'x'), 20, 76) ==
        std::string(20, 'x') + "\n" + std::string(20, 'x') + "\n" + std::string(10, 'x'));
  CHECK(tercet::shortened("abcdef", 6) == "abcdef");
  CHECK(tercet::shortened("abcdefg", 6) == "abcde\u2026");
  CHECK(tercet::shortened("abc defg", 6) == "abc d\u2026");
  CHECK(tercet::shortened("\u65E5\u672C\u8A9E", 2) == "\u65E5\u2026");
  CHECK(tercet::wrapped("", 20, 76).empty());
}
