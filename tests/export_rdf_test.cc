#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "base/json.h"
#include "export/jsonld.h"
#include "export/nquads.h"
#include "export/text.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using Triple = std::tuple<std::string, std::string, std::string>;  // terms as in N-Quads
using Triples = std::set<Triple>;

constexpr const char* kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr const char* kKg = "https://w3id.org/tercet/ns#";
constexpr const char* kBase = "https://example.org/kg/";

std::string iri(const std::string& space, const std::string& local) {
  return "<" + space + local + ">";
}

// One term of N-Quads from `line` at `at`, escapes left as they are.
std::string take_term(const std::string& line, std::size_t& at) {
  const std::size_t from = at;
  REQUIRE(at < line.size());
  if (line[at] == '<') {
    at = line.find('>', at) + 1;
  } else {
    REQUIRE(line[at] == '"');
    for (++at; line.at(at) != '"'; ++at) at += line[at] == '\\';
    ++at;
    if (line.compare(at, 2, "^^") == 0) at = line.find('>', at) + 1;
  }
  REQUIRE(line.at(at) == ' ');
  return line.substr(from, at++ - from);
}

Triples read_nquads(const std::string& text, std::size_t* lines = nullptr) {
  Triples out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    CAPTURE(line);
    std::size_t at = 0;
    const std::string s = take_term(line, at), p = take_term(line, at), o = take_term(line, at);
    REQUIRE(line.substr(at) == ".");  // and no fourth term: the default graph
    out.emplace(s, p, o);
    if (lines != nullptr) ++*lines;
  }
  return out;
}

// A JSON-LD reader for documents of flat nodes with an inline context, by the expansion and
// to-RDF rules of the JSON-LD API, independent of the writer's tables.
class JsonldReader {
 public:
  explicit JsonldReader(const std::string& text) {
    document_.Parse(text.c_str());
    REQUIRE_FALSE(document_.HasParseError());
    REQUIRE(document_.MemberCount() == 2);  // a third key makes @graph a named graph
    for (const auto& node : document_["@graph"].GetArray()) read(node);
  }
  const Triples& triples() const { return triples_; }

 private:
  using Value = rapidjson::Value;

  static std::string text_of(const Value& value) {
    return {value.GetString(), value.GetStringLength()};
  }

  const Value* definition(const std::string& term) const {
    const auto found = document_["@context"].FindMember(term.c_str());
    return found == document_["@context"].MemberEnd() ? nullptr : &found->value;
  }

  std::string expand(const std::string& name) const {
    const std::size_t colon = name.find(':');
    if (colon == std::string::npos) {
      const Value* term = definition(name);
      CAPTURE(name);
      REQUIRE(term != nullptr);
      return expand(text_of(term->IsObject() ? (*term)["@id"] : *term));
    }
    const Value* prefix = definition(name.substr(0, colon));
    if (prefix == nullptr || name.compare(colon, 3, "://") == 0) return name;
    return text_of(*prefix) + name.substr(colon + 1);
  }

  static std::string literal(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
      switch (c) {
        case '"':
          out += "\\\"";
          break;
        case '\\':
          out += "\\\\";
          break;
        case '\n':
          out += "\\n";
          break;
        case '\r':
          out += "\\r";
          break;
        case '\t':
          out += "\\t";
          break;
        case '\x7F':
          out += "\\u007F";
          break;
        default:
          out += c;
      }
    }
    return out + '"';
  }

  // The API's canonical double: "%1.15E" with zeros trimmed.
  static std::string canonical(double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%1.15E", value);
    std::string text = buffer;
    const std::size_t e = text.find('E');
    std::string mantissa = text.substr(0, e);
    mantissa.erase(mantissa.find_last_not_of('0') + 1);
    if (mantissa.back() == '.') mantissa += '0';
    return mantissa + "E" + std::to_string(std::stoi(text.substr(e + 1)));
  }

  std::string value(const Value& v, const std::string& coercion) {
    if (v.IsObject()) return read(v);
    if (coercion == "@id") return iri("", expand(text_of(v)));
    const std::string suffix = coercion.empty() ? "" : "^^" + iri("", expand(coercion));
    if (v.IsString()) return literal(text_of(v)) + suffix;
    if (coercion == "xsd:double") return "\"" + canonical(v.GetDouble()) + "\"" + suffix;
    REQUIRE(v.IsUint64());
    return "\"" + std::to_string(v.GetUint64()) + "\"" + suffix;
  }

  std::string read(const Value& node) {
    const std::string subject = iri("", expand(text_of(node["@id"])));
    std::size_t position = 0;
    for (const auto& member : node.GetObject()) {
      const std::string key = text_of(member.name);
      const auto each = [&](const auto& visit) {
        if (member.value.IsArray()) {
          for (const auto& one : member.value.GetArray()) visit(one);
        } else {
          visit(member.value);
        }
      };
      if (key == "@id") {
        CHECK(position <= 1);  // the streaming order: @type, @id, rest
      } else if (key == "@type") {
        CHECK(position == 0);
        each([&](const Value& type) {
          triples_.emplace(subject, iri(kRdf, "type"), iri("", expand(text_of(type))));
        });
      } else {
        const Value* term = definition(key);
        std::string coercion;
        if (term != nullptr && term->IsObject() && term->HasMember("@type")) {
          coercion = text_of((*term)["@type"]);
        }
        each([&](const Value& v) {
          triples_.emplace(subject, iri("", expand(key)), value(v, coercion));
        });
      }
      ++position;
    }
    return subject;
  }

  rapidjson::Document document_;
  Triples triples_;
};

std::string nquads(const tercet::KnowledgeGraph& graph) {
  std::ostringstream out;
  tercet::write_nquads(graph, out);
  return out.str();
}

std::string jsonld(const tercet::KnowledgeGraph& graph) {
  std::ostringstream out;
  tercet::write_jsonld(graph, out);
  return out.str();
}

// The local names of the plain triples: links between things.
std::set<std::string> plain(const Triples& triples) {
  std::set<std::string> out;
  const std::string entity = std::string("<") + kBase + "entity/";
  const std::string relation = std::string("<") + kBase + "relation/";
  for (const auto& [s, p, o] : triples) {
    if (p.rfind(relation, 0) != 0) continue;
    const auto local = [](const std::string& term, const std::string& space) {
      REQUIRE(term.rfind(space, 0) == 0);
      return term.substr(space.size(), term.size() - space.size() - 1);
    };
    out.insert(local(s, entity) + " " + local(p, relation) + " " + local(o, entity));
  }
  return out;
}

}  // namespace

TEST_CASE("JSON-LD and N-Quads hold the same triples", "[export]") {
  for (const auto& graph :
       {samples::bakery_graph(), samples::hostile_graph(), tercet::KnowledgeGraph()}) {
    const Triples from_nquads = read_nquads(nquads(graph));
    const Triples from_jsonld = JsonldReader(jsonld(graph)).triples();
    CHECK(from_nquads.size() > 3);
    CHECK(from_nquads == from_jsonld);
  }
}

TEST_CASE("only what is asserted and not disputed stands as a plain triple", "[export]") {
  const std::set<std::string> expected = {"Crumb_%26_Co bakes rye_bread",
                                          "Crumb_%26_Co offers rye_bread",
                                          "Crumb_%26_Co sells rye_bread"};
  CHECK(plain(read_nquads(nquads(samples::bakery_graph()))) == expected);
}

TEST_CASE("every claim is a node, asserted or not by its class", "[export]") {
  const auto graph = samples::bakery_graph();
  const Triples triples = read_nquads(nquads(graph));
  const std::string type = iri(kRdf, "type");
  for (const tercet::Fact& fact : graph.facts()) {
    const std::string claim = iri(kBase, "claim/" + fact.id);
    CAPTURE(claim);
    CHECK(triples.count({claim, type, iri(kRdf, "Statement")}) == 1);
    CHECK(triples.count({claim, type, iri(kKg, "AssertedClaim")}) == (fact.asserted() ? 1 : 0));
    CHECK(triples.count({claim, type, iri(kKg, "UnassertedClaim")}) == (fact.asserted() ? 0 : 1));
    const std::string modality = '"' + std::string(name_of(fact.modality)) + '"';
    CHECK(triples.count({claim, iri(kKg, "modality"), modality}) ==
          (fact.modality == tercet::Modality::Asserted ? 0 : 1));
    CHECK(triples.count(
        {claim, iri(kKg, "polarity"), '"' + std::string(name_of(fact.polarity)) + '"'}));
    for (const std::string& id : fact.condition_facts) {
      CHECK(triples.count({claim, iri(kKg, "condition"), iri(kBase, "claim/" + id)}) == 1);
    }
  }
}

TEST_CASE("the positive claim of a disputed edge stays asserted, without its triple", "[export]") {
  const auto graph = samples::bakery_graph();
  std::size_t asserted = 0;
  for (const tercet::Edge& edge : graph.edges()) {
    if (edge.state != tercet::EdgeState::Disputed) continue;
    for (const auto claim : edge.claims) asserted += graph.facts()[claim].asserted();
  }
  REQUIRE(asserted == 1);
  for (const std::string& link : plain(read_nquads(nquads(graph)))) {
    CAPTURE(link);
    CHECK(link.find(" owns ") == std::string::npos);
  }
}

TEST_CASE("evidence that two claims share is written once", "[export]") {
  std::size_t lines = 0;
  const Triples triples = read_nquads(nquads(samples::bakery_graph()), &lines);
  CHECK(lines == triples.size());
  const std::string span = iri(kBase, "document/notes/bakery.md#char=7,38");
  std::size_t claims = 0;
  for (const auto& [s, p, o] : triples) claims += o == span;
  CHECK(claims == 2);
  CHECK(triples.count({iri(kBase, "document/notes/bakery.md#pos=7,38"),
                       iri("http://www.w3.org/ns/oa#", "start"),
                       "\"7\"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>"}) == 1);
  CHECK(triples.count({span, iri(kKg, "startSeconds"),
                       "\"6.5E1\"^^<http://www.w3.org/2001/XMLSchema#double>"}) == 1);
}

TEST_CASE("every IRI is absolute and holds no character an IRI may not hold", "[export]") {
  for (const auto& [s, p, o] : read_nquads(nquads(samples::hostile_graph()))) {
    for (const std::string& term : {s, p, o}) {
      if (term[0] != '<') continue;
      CAPTURE(term);
      CHECK(term.rfind("<http", 0) == 0);
      CHECK(term.find_first_of(" \"{}|\\^`", 1) == std::string::npos);
      CHECK(term.find("/../") == std::string::npos);
    }
  }
}

TEST_CASE("a link is made of checked parts or left out", "[export]") {
  CHECK(tercet::video_link("https://youtu.be/a-B_9?t=65")->url() == "https://youtu.be/a-B_9?t=65");
  CHECK(tercet::video_link("https://youtu.be/a-B_9?t=65")->fragment() ==
        "https://youtu.be/a-B_9#t=65");
  CHECK(tercet::video_link("https://youtu.be/a-B_9")->url() == "https://youtu.be/a-B_9");
  for (const char* bad : {"", "javascript:alert(1)", "https://youtu.be/", "https://youtu.be/a?t=",
                          "https://youtu.be/a?t=1&x=\"", "https://youtu.be/a b?t=1",
                          "https://youtu.be/a?t=99999999999", "https://youtu.be/a\"?t=1",
                          "https://youtu.be/../x", "http://youtu.be/a?t=1", "file:///etc/passwd"}) {
    CAPTURE(bad);
    CHECK_FALSE(tercet::video_link(bad));
  }
}

TEST_CASE("a time is HH:MM:SS or none", "[export]") {
  CHECK(tercet::seconds_of("01:02:03") == 3723u);
  CHECK(tercet::seconds_of("00:00:00") == 0u);
  CHECK(tercet::short_time(65) == "1:05");
  CHECK(tercet::short_time(3723) == "1:02:03");
  for (const char* bad : {"", "1", "01:02", "01:60:00", "01:00:60", "-1:00:00", "a:b:c",
                          "::", "1:2:3:4", "99999999999:00:00", "00:00:01 "}) {
    CAPTURE(bad);
    CHECK_FALSE(tercet::seconds_of(bad));
  }
}
