// Laws that hold for every format.
#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "base/error.h"
#include "base/fact_json.h"
#include "base/utf8.h"
#include "export/csv.h"
#include "export/cypher.h"
#include "export/cytoscape.h"
#include "export/dot.h"
#include "export/gexf.h"
#include "export/graphml.h"
#include "export/jsonl.h"
#include "export/jsonld.h"
#include "export/mermaid.h"
#include "export/node_link.h"
#include "export/nquads.h"
#include "export/turtle.h"
#include "export/vault.h"
#include "export/wardley.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using tercet::KnowledgeGraph;

struct Format {
  std::string name;
  std::function<void(const KnowledgeGraph&, std::ostream&)> write;
};

std::vector<Format> formats() {
  tercet::DotOptions picture, everything;
  picture.show = tercet::Show::WithIntended;
  picture.picture = true;
  everything.show = tercet::Show::All;
  tercet::GraphmlOptions all;
  all.all = true;
  tercet::MermaidOptions flow;
  flow.all = true;
  flow.max_links = 0;
  tercet::WardleyOptions map;
  map.max_links = 0;
  tercet::CsvOptions table;
  table.all = true;
  tercet::RdfOptions light, bare;
  light.provenance = tercet::Provenance::Light;
  bare.provenance = tercet::Provenance::None;
  return {
      {"jsonl", [](auto& g, auto& out) { tercet::write_jsonl(g, out); }},
      {"nq", [](auto& g, auto& out) { tercet::write_nquads(g, out); }},
      {"ttl", [](auto& g, auto& out) { tercet::write_turtle(g, out); }},
      {"nq light", [light](auto& g, auto& out) { tercet::write_nquads(g, out, light); }},
      {"ttl without", [bare](auto& g, auto& out) { tercet::write_turtle(g, out, bare); }},
      {"jsonld", [](auto& g, auto& out) { tercet::write_jsonld(g, out); }},
      {"graphml", [](auto& g, auto& out) { tercet::write_graphml(g, out); }},
      {"graphml --all", [all](auto& g, auto& out) { tercet::write_graphml(g, out, all); }},
      {"gexf", [](auto& g, auto& out) { tercet::write_gexf(g, out); }},
      {"gexf --all", [all](auto& g, auto& out) { tercet::write_gexf(g, out, all); }},
      {"cypher --all", [all](auto& g, auto& out) { tercet::write_cypher(g, out, all); }},
      {"cyjs --all", [all](auto& g, auto& out) { tercet::write_cytoscape(g, out, all); }},
      {"nodelink --all", [all](auto& g, auto& out) { tercet::write_node_link(g, out, all); }},
      {"nodes.csv", [](auto& g, auto& out) { tercet::write_csv_nodes(g, out); }},
      {"relationships.csv",
       [table](auto& g, auto& out) { tercet::write_csv_relationships(g, out, table); }},
      {"mermaid --all", [flow](auto& g, auto& out) { tercet::write_mermaid(g, out, flow); }},
      {"owm", [map](auto& g, auto& out) { tercet::write_wardley(g, out, map); }},
      {"dot", [](auto& g, auto& out) { tercet::write_dot(g, out); }},
      {"dot --all", [everything](auto& g, auto& out) { tercet::write_dot(g, out, everything); }},
      {"picture", [picture](auto& g, auto& out) { tercet::write_dot(g, out, picture); }},
  };
}

std::string written(const Format& format, const KnowledgeGraph& graph) {
  std::ostringstream out;
  format.write(graph, out);
  return out.str();
}

}  // namespace

TEST_CASE("the order of facts changes no byte of an export", "[export]") {
  std::vector<tercet::Fact> facts = samples::bakery();
  const KnowledgeGraph graph = tercet::build_graph(facts);
  std::uint32_t state = 1;
  for (int round = 0; round < 5; ++round) {
    for (std::size_t i = facts.size(); i > 1; --i) {
      state = state * 1664525 + 1013904223;
      std::swap(facts[i - 1], facts[(state >> 8) % i]);
    }
    const KnowledgeGraph shuffled = tercet::build_graph(facts);
    for (const Format& format : formats()) {
      CAPTURE(format.name);
      CHECK(written(format, shuffled) == written(format, graph));
    }
  }
}

TEST_CASE("a stream that fails at any byte is an error, never silence", "[export]") {
  const KnowledgeGraph graph = samples::bakery_graph();
  for (const Format& format : formats()) {
    const std::size_t size = written(format, graph).size();
    CAPTURE(format.name, size);
    std::size_t silent = 0, wrong = 0;
    for (std::size_t room = 0; room < size; ++room) {
      samples::FullDisk disk(room);
      std::ostream out(&disk);
      if (room % 2 == 0) out.exceptions(std::ios::badbit | std::ios::failbit);
      try {
        format.write(graph, out);
        ++silent;
      } catch (const tercet::Error& error) {
        wrong += error.code() != tercet::Error::Code::Io;
      }
    }
    CHECK(silent == 0);
    CHECK(wrong == 0);
    samples::FullDisk disk(size);
    std::ostream out(&disk);
    CHECK_NOTHROW(format.write(graph, out));
  }
}

TEST_CASE("large exports are the same whatever pieces they are written in", "[export]") {
  // More than one buffer of every writer.
  std::vector<tercet::Fact> facts;
  for (int i = 0; i < 2000; ++i) {
    facts.push_back(samples::fact("maker " + std::to_string(i % 40), "makes",
                                  "article number " + std::to_string(i)));
    facts.back().evidence = std::string(90, static_cast<char>('a' + i % 26));
    facts.back().end = 90;
  }
  const KnowledgeGraph graph = tercet::build_graph(facts);
  for (const Format& format : formats()) {
    const std::string text = written(format, graph);
    CAPTURE(format.name, text.size());
    CHECK(text.size() > 100'000);
    for (const std::size_t room : {std::size_t{0}, std::size_t{70'000}, text.size() - 1}) {
      samples::FullDisk disk(room);
      std::ostream out(&disk);
      CHECK_THROWS_AS(format.write(graph, out), tercet::Error);
    }
  }
}

TEST_CASE("hostile names leave every format valid UTF-8 without NaN or bare controls", "[export]") {
  const KnowledgeGraph graph = samples::hostile_graph();
  for (const Format& format : formats()) {
    const std::string text = written(format, graph);
    CAPTURE(format.name);
    CHECK(tercet::is_valid_utf8(text));
    const bool csv = format.name.ends_with(".csv");  // a quoted cell holds CR as it is
    const bool controls = std::any_of(text.begin(), text.end(), [csv](char c) {
      return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && !(csv && c == '\r');
    });
    CHECK_FALSE(controls);
    for (const char* number : {":NaN,", ":Infinity", "\"nan\"", ">nan<", ">inf<", "=nan", "=inf"}) {
      CHECK(text.find(number) == std::string::npos);
    }
  }
}

TEST_CASE("an empty graph is a file, not an error", "[export]") {
  for (const Format& format : formats()) {
    CAPTURE(format.name);
    CHECK(written(format, KnowledgeGraph()).empty() == (format.name == "jsonl"));
  }
}

TEST_CASE("JSONL gives back the facts it was made of", "[export]") {
  const KnowledgeGraph graph = samples::bakery_graph();
  std::ostringstream out;
  tercet::write_jsonl(graph, out);
  std::istringstream in(out.str());
  std::vector<tercet::Fact> back;
  for (std::string line; std::getline(in, line);) back.push_back(tercet::fact_from_json(line));
  CHECK(std::equal(back.begin(), back.end(), graph.facts().begin(), graph.facts().end()));
}

TEST_CASE("a URL that leads anywhere but into a video changes no byte of an export", "[export]") {
  std::vector<tercet::Fact> with = samples::bakery(), without = with;
  const std::vector<std::string> urls = {"javascript:alert(1)",
                                         "file:///etc/passwd",
                                         "http://evil.example/",
                                         "//evil.example",
                                         "https://youtu.be/x?t=1&u=javascript:alert(1)",
                                         "https://youtu.be.evil.example/x?t=1",
                                         "",
                                         "https://youtu.be/\"onload=\"x",
                                         "data:text/html,x"};
  for (std::size_t i = 0; i < with.size(); ++i) {
    with[i].url = urls[i % urls.size()];
    without[i].url.reset();
  }
  for (const Format& format : formats()) {
    CAPTURE(format.name);
    CHECK(written(format, tercet::build_graph(with)) ==
          written(format, tercet::build_graph(without)));
  }
}

TEST_CASE("Cypher holds no name outside its quotes", "[export]") {
  // What is left when literals and quoted names are taken out, by Cypher's own lexical rules.
  std::ostringstream out;
  tercet::PropertyGraphOptions all;
  all.all = true;
  tercet::write_cypher(samples::hostile_graph(), out, all);
  const std::string text = out.str();
  std::string rest;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') {
      for (++i; text.at(i) != '\''; ++i) i += text[i] == '\\';
    } else if (text[i] == '`') {
      for (++i; text.at(i) != '`'; ++i) CHECK(text[i] != '\\');
    } else {
      rest += text[i];
    }
  }
  CHECK(rest.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789"
                               "{}[]()<>=+-.,:; \n") == std::string::npos);
  CHECK(rest.find("alert") == std::string::npos);
}

TEST_CASE("every thing has a note of its own that every file system can hold", "[export]") {
  const KnowledgeGraph graph = samples::hostile_graph();
  const std::vector<std::string> names = tercet::note_names(graph);
  std::set<std::string> folded;
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(folded.insert(tercet::fold_case(name)).second);
    CHECK(name.size() <= 120);
    CHECK_FALSE(name.empty());
    CHECK(name.find_first_of("<>:\"/\\|?*#^[]") == std::string::npos);
    CHECK(name.front() != '.');
    CHECK(name.back() != '.');
    CHECK(tercet::is_valid_utf8(name));
  }
  std::size_t files = 0;
  tercet::write_vault(graph, true, [&](const std::string& name, const std::string& text) {
    CHECK(name == names[files++] + ".md");
    CHECK(tercet::is_valid_utf8(text));
    const std::string body = text.substr(text.find("\n---\n"));
    CHECK(body.find('<') == std::string::npos);
    CHECK(body.find("javascript:") == std::string::npos);
    for (std::size_t at = 0; (at = body.find("](", at)) != std::string::npos; ++at) {
      CHECK((body[at - 1] == '\\' || body.compare(at, 19, "](https://youtu.be/") == 0));
    }
  });
  CHECK(files == graph.nodes().size());
}
