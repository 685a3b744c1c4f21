#include <algorithm>

#include "base/error.h"
#include "graph/name_form.h"
#include "graph/random.h"
#include "graph/resolve.h"
#include "tests/catch.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

DocumentRecord naming(const std::string& id, std::vector<LocalName> names) {
  DocumentRecord record;
  record.id = id;
  record.names = std::move(names);
  return record;
}

// name/type pairs of all documents -> store names, as text
std::string resolved(const std::vector<DocumentRecord>& documents, const std::string& name,
                     const std::string& type, const std::vector<NamePin>& pins = {}) {
  const NameResolution::Thing thing = resolve_names(documents, pins).at({name, type});
  return thing.name + "/" + thing.type;
}

}  // namespace

TEST_CASE("folding sees through case, articles, possessives, punctuation and legal forms",
          "[store][names]") {
  CHECK(folded_name("The Harbour Works") == folded_name("HARBOUR WORKS'"));
  CHECK(folded_name("Harbour Works, Inc.") == folded_name("Harbour Works"));
  CHECK(folded_name("Harbour Works Co Ltd") == folded_name("Harbour Works plc"));
  CHECK(folded_name("Jane's") == folded_name("Jane"));
  CHECK(folded_name("Jane\xE2\x80\x99s crane") == folded_name("Jane crane"));
  CHECK(folded_name("U.S. Steel") == folded_name("US Steel"));
  CHECK(folded_name("Johnson & Johnson") == folded_name("Johnson and Johnson"));
  CHECK(folded_name("container-ships") == folded_name("a container ship"));
  CHECK(folded_name("factories") == folded_name("factory"));
  CHECK(folded_name("\xC3\x89lan") == folded_name("\xC3\xA9lan"));
}

TEST_CASE("folding keeps apart what differs", "[store][names]") {
  CHECK(folded_name("C++") != folded_name("C#"));
  CHECK(folded_name("Windows") != folded_name("Window"));  // a name: its s is no plural
  CHECK(folded_name("glass") == "glass");
  CHECK(folded_name("analysis") == "analysis");
  CHECK(folded_name("Co") == "co");
  CHECK(folded_name("The") == "the");
  CHECK(!folded_name("...").empty());
  CHECK(folded_name("").empty());
}

TEST_CASE("no bytes break folding", "[store][names]") {
  Random random(3);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes;
    for (std::uint32_t n = random.below(12); n > 0; --n) {
      bytes += static_cast<char>(random.below(4) == 0 ? '\'' : random.below(256));
    }
    const std::string once = folded_name(bytes);
    CHECK(once.empty() == bytes.empty());
  }
}

TEST_CASE("names that differ in form only are one thing", "[store][names]") {
  const std::vector<DocumentRecord> documents = {
      naming("a", {{"Harbour Works", "Organization", {}}}),
      naming("b", {{"Harbour Works Inc.", "Organization", {}}}),
      naming("c", {{"the Harbour Works", "Organization", {}}}),
      naming("d", {{"Harbour Works", "Organization", {}}})};
  CHECK(resolved(documents, "Harbour Works Inc.", "Organization") == "Harbour Works/Organization");
  CHECK(resolved(documents, "the Harbour Works", "Organization") == "Harbour Works/Organization");
}

TEST_CASE("things of different types stay apart, untyped names join the only typed one",
          "[store][names]") {
  const std::vector<DocumentRecord> documents = {
      naming("a", {{"Mercury", "Organization", {}}}), naming("b", {{"Mercury", "Technology", {}}}),
      naming("c", {{"Mercury", "", {}}}), naming("d", {{"Venus", "Organization", {}}}),
      naming("e", {{"Venus", "", {}}})};
  CHECK(resolved(documents, "Mercury", "Organization") == "Mercury/Organization");
  CHECK(resolved(documents, "Mercury", "Technology") == "Mercury/Technology");
  CHECK(resolved(documents, "Mercury", "") == "Mercury/");
  CHECK(resolved(documents, "Venus", "") == "Venus/Organization");
}

TEST_CASE("an acronym learnt in one document names the thing in others", "[store][names]") {
  const std::vector<DocumentRecord> documents = {
      naming("a", {{"North Sea Ferries", "Organization", {"NSF"}}}),
      naming("b", {{"NSF", "Organization", {}}}), naming("c", {{"NSF", "Organization", {}}})};
  CHECK(resolved(documents, "NSF", "Organization") == "North Sea Ferries/Organization");
}

TEST_CASE("an acronym of two things joins neither", "[store][names]") {
  const std::vector<DocumentRecord> documents = {
      naming("a", {{"North Sea Ferries", "Organization", {"NSF"}}}),
      naming("b", {{"Norwegian Salmon Farms", "Organization", {"NSF"}}}),
      naming("c", {{"NSF", "Organization", {}}})};
  CHECK(resolved(documents, "NSF", "Organization") == "NSF/Organization");
  CHECK(resolved(documents, "North Sea Ferries", "Organization") ==
        "North Sea Ferries/Organization");
  CHECK(resolved(documents, "Norwegian Salmon Farms", "Organization") ==
        "Norwegian Salmon Farms/Organization");
}

TEST_CASE("alias facts count as asserted only", "[store][names]") {
  DocumentRecord a = naming("a", {});
  Fact alias = claim("a", "NSF", "alias_of", "North Sea Ferries");
  alias.subject_type = alias.object_type = "Organization";
  a.facts = {alias};
  const DocumentRecord b = naming("b", {{"NSF", "Organization", {}}});
  CHECK(resolved({a, b}, "NSF", "Organization") == "North Sea Ferries/Organization");
  a.facts[0].polarity = Polarity::Negative;
  CHECK(resolved({a, b}, "NSF", "Organization") == "NSF/Organization");
}

TEST_CASE("given names and common words do not travel", "[store][names]") {
  const std::vector<DocumentRecord> documents = {
      naming("a", {{"Jane Miller", "Person", {"Jane", "Miller"}},
                   {"Crane Service", "Service", {"service"}}}),
      naming("b", {{"Jane", "Person", {}}, {"service", "Service", {}}}),
      naming("c", {{"Miller", "Person", {}}})};
  CHECK(resolved(documents, "Jane", "Person") == "Jane/Person");
  CHECK(resolved(documents, "service", "Service") == "service/Service");
  CHECK(resolved(documents, "Miller", "Person") == "Jane Miller/Person");
}

TEST_CASE("a pinned name stays", "[store][names]") {
  const std::vector<DocumentRecord> documents = {
      naming("a", {{"North Sea Ferries", "Organization", {"NSF"}}}),
      naming("b", {{"NSF", "Organization", {}}, {"nsf", "Technology", {}}})};
  CHECK(resolved(documents, "North Sea Ferries", "Organization",
                 {{"NSF", "Ferries Group", "Organization"}}) == "Ferries Group/Organization");
  CHECK(resolved(documents, "nsf", "Technology", {{"NSF", "Ferries Group", "Organization"}}) ==
        "nsf/Technology");
  // Two pins keep apart what an alias would join.
  const std::vector<NamePin> two = {{"NSF", "Salmon", ""}, {"North Sea Ferries", "Ferries", ""}};
  CHECK(resolved(documents, "NSF", "Organization", two) == "Salmon/Organization");
  CHECK(resolved(documents, "North Sea Ferries", "Organization", two) == "Ferries/Organization");
}

TEST_CASE("pins are read from a table, and mistakes are named", "[store][names]") {
  TemporaryFolder tmp;
  CHECK(read_name_pins(tmp / "none.tsv").empty());
  write_bytes(tmp / "names.tsv", "\xEF\xBB\xBF# pins\nNSF\tNorth Sea Ferries\r\n\nA\tB\tPerson\n");
  const std::vector<NamePin> pins = read_name_pins(tmp / "names.tsv");
  REQUIRE(pins.size() == 2);
  CHECK(pins[0].name == "North Sea Ferries");
  CHECK(pins[1].type == "Person");
  write_bytes(tmp / "bad.tsv", "A\tB\nonly one\n");
  try {
    read_name_pins(tmp / "bad.tsv");
    FAIL("read");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::Syntax);
    CHECK(error.at().line == 2);
  }
}

TEST_CASE("the order of documents, names and pins does not matter", "[store][names]") {
  const std::vector<std::string> words = {"Alpha", "alpha", "Alpha Inc", "AB",   "Alpha Beta",
                                          "Beta",  "betas", "BB",        "Gamma"};
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const auto word = [&] { return words[random.below(static_cast<std::uint32_t>(words.size()))]; };
    std::vector<DocumentRecord> documents;
    for (std::uint32_t d = 0; d < 6; ++d) {
      std::vector<LocalName> names;
      for (std::uint32_t n = random.below(4); n > 0; --n) {
        names.push_back(
            {word(), random.below(3) == 0 ? "Person" : "Organization", {word(), word()}});
      }
      documents.push_back(naming(std::to_string(d), std::move(names)));
    }
    std::vector<NamePin> pins;
    if (random.below(2) == 0) pins = {{word(), word(), ""}, {word(), word(), "Person"}};
    const auto all = [&] {
      const NameResolution names = resolve_names(documents, pins);
      std::string text;
      for (const std::string& w : words) {
        for (const char* type : {"Person", "Organization"}) {
          text += names.at({w, type}).name + "/" + names.at({w, type}).type + "\n";
        }
      }
      return text;
    };
    const std::string expected = all();
    for (int again = 0; again < 4; ++again) {
      shuffle(documents, random);
      shuffle(pins, random);
      for (DocumentRecord& document : documents) shuffle(document.names, random);
      CAPTURE(seed);
      REQUIRE(all() == expected);
    }
  }
}

TEST_CASE("the store's graph has one node for a thing of two documents", "[store][names]") {
  TemporaryFolder tmp;
  Store store = Store::open(tmp.path(), Store::Mode::Create);
  DocumentRecord a = naming("a", {{"North Sea Ferries", "Organization", {"NSF"}}});
  a.title = "On ferries";
  a.facts = {claim("a", "North Sea Ferries", "operates_in", "Rotterdam")};
  DocumentRecord b = naming("b", {{"NSF", "Organization", {}}});
  b.facts = {claim("b", "NSF", "operates_in", "Rotterdam")};
  a.facts[0].subject_type = b.facts[0].subject_type = "Organization";
  store.put(a);
  store.put(b);
  store.commit();
  const KnowledgeGraph graph = store.graph();
  REQUIRE(graph.nodes().size() == 2);
  CHECK(graph.nodes()[0].name == "North Sea Ferries");
  CHECK(graph.nodes()[0].aliases == std::vector<std::string>{"NSF"});
  REQUIRE(graph.edges().size() == 1);
  CHECK(graph.edges()[0].claims.size() == 2);
  CHECK(graph.facts()[1].id == b.facts[0].id);
  CHECK(graph.documents()[0].title == "On ferries");
  // Without the document that knows the name, the other keeps its own.
  store.remove("a");
  store.commit();
  CHECK(store.graph().find("NSF").has_value());
}
