// Graphs, streams and texts that the tests of export/ share.
#pragma once

#include <limits>
#include <ostream>
#include <streambuf>
#include <string>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "graph/knowledge_graph.h"

namespace samples {

inline tercet::Fact fact(std::string subject, std::string relation, std::string object) {
  tercet::Fact fact;
  fact.id = tercet::sha256_hex(subject + '\n' + relation + '\n' + object, 16);
  fact.subject = fact.subject_text = std::move(subject);
  fact.object = fact.object_text = std::move(object);
  fact.relation = std::move(relation);
  fact.subject_type = "Organization";
  fact.object_type = "Product";
  fact.confidence = 0.9;
  fact.doc = "notes/bakery.md";
  return fact;
}

/// A claim of every status, two documents, a disputed edge, shared evidence, quotes with
/// everything.
inline std::vector<tercet::Fact> bakery() {
  using tercet::Modality;
  using tercet::Polarity;
  std::vector<tercet::Fact> facts;
  const auto add = [&](const char* s, const char* r, const char* o, Polarity p, Modality m) {
    tercet::Fact f = fact(s, r, o);
    f.id = tercet::sha256_hex(f.id + std::to_string(facts.size()), 16);
    f.polarity = p;
    f.modality = m;
    f.start = 100 * facts.size() + 7;
    f.end = f.start + 31;
    f.line = static_cast<std::uint32_t>(facts.size()) + 3;
    f.sentence = std::string(s) + " " + r + " " + o + ", they said.";
    f.evidence = std::string(s) + " \u201C" + r + "\u201D " + o;
    f.timestamp = "00:01:05";
    f.url = "https://youtu.be/bakery_0001?t=65";
    f.by = "rule:svo";
    facts.push_back(f);
  };
  add("Crumb & Co", "bakes", "rye bread", Polarity::Positive, Modality::Asserted);
  add("Crumb & Co", "sells", "rye bread", Polarity::Positive, Modality::Asserted);
  add("Crumb & Co", "bakes", "croissants", Polarity::Negative, Modality::Asserted);
  add("Crumb & Co", "buys_from", "Mill Ltd", Polarity::Positive, Modality::Possible);
  add("Mill Ltd", "raises", "prices", Polarity::Positive, Modality::Hypothetical);
  add("Crumb & Co", "leaves", "Mill Ltd", Polarity::Positive, Modality::Conditional);
  facts.back().condition = "if Mill Ltd raises prices";
  facts.back().condition_facts = {facts[facts.size() - 2].id};
  add("Crumb & Co", "opens", "second shop", Polarity::Positive, Modality::Intended);
  add("Crumb & Co", "closes", "first shop", Polarity::Negative, Modality::Intended);
  add("Mill Ltd", "owns", "windmill", Polarity::Positive, Modality::Asserted);
  add("Mill Ltd", "owns", "windmill", Polarity::Negative, Modality::Asserted);  // disputed
  add("Crumb & Co", "bakes", "rye bread", Polarity::Positive, Modality::Possible);
  facts.back().doc = "notes/other.md";
  tercet::Fact twin = facts[0];  // another claim on the same evidence
  twin.id = "00000000000000aa";
  twin.relation = "offers";
  twin.qualifiers.date = "2020";
  facts.push_back(twin);
  return facts;
}

inline tercet::KnowledgeGraph bakery_graph() {
  return tercet::build_graph(bakery(), {{"notes/bakery.md", "The bakery", "bakery_0001"}});
}

/// Names made to break a format. None is empty.
inline std::vector<std::string> hostile_names() {
  using namespace std::string_literals;
  return {"say \"hi\" it's `x`",
          "C:\\new\\table\\",
          "a\\Nb\\Gc\\Ld\\Te\\E",
          "one\ntwo\r\nthree",
          "a\tb",
          "a b",
          "a\0b"s,
          "a\x01\x08\x0B\x0C\x1B[31mred\x7F",
          "a\xC2\x85"
          "b\xC2\x9F",
          "\xFF\xFE",
          "a\xEF\xBF\xBE"
          "b",
          "\xED\xA0\x80",
          "a\u2028b\u2029c",
          "\uFEFFmark",
          "\u202Eexe.pdf",
          "caf\u00E9",
          "cafe\u0301",
          "\u65E5\u672C",
          "\U0001F680\u200D\U0001F525",
          "x]]>y<![CDATA[z",
          "<b>&amp;&lt;&#x0;&bogus;</b>",
          "</script><img src=x onerror=alert(1)>",
          "javascript:alert(1)",
          "file:///etc/passwd",
          "> . ?s ?p ?o . <",
          "100% of 50%zz %41",
          "..",
          ".",
          "/",
          "https://example.org/a b",
          "a_b",
          "a%20b",
          "a+b",
          "C",
          "C++",
          "C#",
          "c",
          "R&D",
          "R D",
          "R_D",
          "R-D",
          "  padded  ",
          " ",
          "\"\"",
          "graph",
          "digraph",
          "node",
          "@id",
          "@type",
          "@context",
          "_:b0",
          "null",
          "NaN",
          "n0",
          "rdf:type",
          "\\N",
          "#",
          "//",
          "-->",
          ":",
          "|",
          "~",
          "a~Product",
          std::string(10'000, 'L'),
          std::string(10'001, 'L'),
          std::string(500, '(')};
}

/// Every hostile name as subject, object and, in turn, relation, type, quote, document and URL.
inline tercet::KnowledgeGraph hostile_graph() {
  std::vector<tercet::Fact> facts;
  for (const std::string& name : hostile_names()) {
    tercet::Fact f = fact(name, "relates to", "thing");
    f.line = static_cast<std::uint32_t>(facts.size());
    facts.push_back(f);
    f = fact("thing", name, name);
    f.id = name;
    f.object_type = name;
    f.doc = name;
    f.evidence = f.sentence = name;
    f.condition = name;
    f.qualifiers.role = name;
    f.timestamp = name;
    f.url = name;
    f.by = name;
    f.end = 5;
    f.modality = facts.size() % 3 == 0 ? tercet::Modality::Conditional : tercet::Modality::Asserted;
    f.condition_facts = {name};
    f.confidence = facts.size() % 2 == 0 ? std::numeric_limits<double>::quiet_NaN()
                                         : std::numeric_limits<double>::infinity();
    facts.push_back(f);
  }
  return tercet::build_graph(facts);
}

/// Takes `room` bytes, then fails, as a full disk does.
class FullDisk : public std::streambuf {
 public:
  explicit FullDisk(std::size_t room) : room_(room) {}

 protected:
  std::streamsize xsputn(const char*, std::streamsize size) override {
    const auto taken = std::min(room_, static_cast<std::size_t>(size));
    room_ -= taken;
    return static_cast<std::streamsize>(taken);
  }
  int_type overflow(int_type c) override {
    if (room_ == 0) return traits_type::eof();
    --room_;
    return traits_type::not_eof(c);
  }

 private:
  std::size_t room_;
};

}  // namespace samples
