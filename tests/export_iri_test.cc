#include <set>

#include "base/error.h"
#include "export/iri.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

using tercet::id_slug;
using tercet::name_slug;

TEST_CASE("a name becomes the local part of an IRI that a reader still recognises", "[export]") {
  CHECK(name_slug("Elastic Kubernetes Service") == "Elastic_Kubernetes_Service");
  CHECK(name_slug("Crumb's R&D") == "Crumb%27s_R%26D");
  CHECK(name_slug("C++") == "C%2B%2B");
  CHECK(name_slug("a_b") == "a%5Fb");
  CHECK(name_slug("a \t\n b") == "a_b");
  CHECK(name_slug("M\u00FCnchen") == "M\u00FCnchen");
  CHECK(name_slug("Mu\u0308nchen") == "M\u00FCnchen");
  CHECK(name_slug("a\u202Eb") == "a%E2%80%AEb");  // a change of direction would hide the rest
  CHECK(name_slug(".") == "%2E");
  CHECK(name_slug("..") == "%2E%2E");
  CHECK(name_slug("a..b") == "a..b");
  CHECK(name_slug("") == "~e3b0c44298fc1c14");
}

TEST_CASE("long names are cut, and stay apart", "[export]") {
  const std::string just(120, 'x');
  CHECK(name_slug(just) == just);
  const std::string one = name_slug(just + "1"), two = name_slug(just + "2");
  CHECK(one.size() == 120 + 1 + 16);
  CHECK(one != two);
}

TEST_CASE("identifiers of programs keep their underscores", "[export]") {
  CHECK(id_slug("locks_in") == "locks_in");
  CHECK(id_slug("is a") == "is%20a");
  CHECK(id_slug("notes/2024/a b.md", true) == "notes/2024/a%20b.md");
  CHECK(id_slug("notes/a.md") == "notes%2Fa.md");
  CHECK(id_slug("/abs/../x", true) == "%2Fabs/%2E%2E/x");
  CHECK(id_slug("cafe\u0301") != id_slug("caf\u00E9"));
  CHECK(id_slug("\xFF") != id_slug("\xFE"));
}

TEST_CASE("no two things of a graph share an IRI", "[export]") {
  std::vector<tercet::Fact> facts;
  for (const std::string& name : samples::hostile_names()) {
    facts.push_back(samples::fact(name, "is", "a thing"));
    facts.push_back(samples::fact(name, "is also", "a thing"));
    facts.back().subject_type = "Person";
  }
  for (const char* name : {"Apple", "Apple~Person", "Apple~", "Apple~Organization"}) {
    facts.push_back(samples::fact(name, "is", "a thing"));
    facts.push_back(samples::fact(name, "grows", "a thing"));
    facts.back().subject_type = "Person";
  }
  const tercet::KnowledgeGraph graph = tercet::build_graph(facts);
  tercet::EntitySlugs slugs(graph);
  std::set<std::string> seen;
  for (tercet::NodeId id = 0; id < graph.nodes().size(); ++id) {
    const std::string slug(slugs.of(id));
    CAPTURE(graph.nodes()[id].name, graph.nodes()[id].type);
    CHECK(seen.insert(slug).second);
    CHECK(slug.find_first_of(" \"<>\\^`{|}#?/_:") == slug.find('_'));
  }
  CHECK(seen.count("Apple~Person") == 1);
  CHECK(seen.count("Apple%7EPerson~Person") == 1);
}

TEST_CASE("names that differ only in normal form get two IRIs, the normal one the plain",
          "[export]") {
  const tercet::KnowledgeGraph graph = tercet::build_graph(
      {samples::fact("caf\u00E9", "is", "x"), samples::fact("cafe\u0301", "is", "x")});
  tercet::EntitySlugs slugs(graph);
  CHECK(std::string(slugs.of(*graph.find("caf\u00E9"))) == "caf\u00E9");
  CHECK(std::string(slugs.of(*graph.find("cafe\u0301"))).substr(0, 6) == "caf\u00E9~");
}

TEST_CASE("a base is an absolute http or urn IRI", "[export]") {
  CHECK(tercet::checked_base("https://example.org/kg/") == "https://example.org/kg/");
  CHECK(tercet::checked_base("https://example.org/kg") == "https://example.org/kg/");
  CHECK(tercet::checked_base("http://[::1]:80/%41") == "http://[::1]:80/%41/");
  CHECK(tercet::checked_base("urn:example:kg") == "urn:example:kg:");
  CHECK(tercet::checked_base("https://m\u00FCnchen.example/") == "https://m\u00FCnchen.example/");
  for (const char* bad : {"",
                          "kg/",
                          "/kg/",
                          "//example.org/",
                          "example.org",
                          "file:///etc/",
                          "javascript:alert(1)",
                          "data:text/plain,x",
                          "https://",
                          "https:///x",
                          "http://?x",
                          "https://a b/",
                          "https://a/#x",
                          "https://a/<b>",
                          "https://a/\"",
                          "https://a/%zz/",
                          "https://a/%4",
                          "https://a/\x01",
                          "https://a/\xFF",
                          "https://a/\u202E",
                          "https://a/\\",
                          "urn:",
                          "urn:x",
                          "urn::a",
                          "mailto:a@b"}) {
    CAPTURE(bad);
    try {
      tercet::checked_base(bad);
      FAIL_CHECK("accepted");
    } catch (const tercet::Error& error) {
      CHECK(error.code() == tercet::Error::Code::Usage);
    }
  }
}
