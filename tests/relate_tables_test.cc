#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "extract/relate/tables.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Ontology ontology_of(const std::string& rows) {
  std::istringstream relations("relation\tdomain\trange\tprops\tlexicalisations\n" + rows);
  std::istringstream types("type\tparent\nPerson\t\nTown\t\n");
  std::vector<std::string> warnings;
  return read_ontology(relations, "r", types, "t", warnings);
}

bool says(const RelationTables& tables, RelationRow::Kind kind, const std::string& predicate,
          const std::string& from, const std::string& to, const std::string& relation) {
  return std::ranges::any_of(tables.rows_of(kind, predicate), [&](int i) {
    const RelationRow& row = tables.rows()[static_cast<std::size_t>(i)];
    return row.from == from && row.to == to && row.relation == relation;
  });
}

}  // namespace

TEST_CASE("lexicalisations of a foreign ontology become rows without a parser") {
  const Ontology ontology = ontology_of(
      "bakes\tANY\tANY\t\tbakes; was baked by (inv)\n"
      "seat\tANY\tTown\t\theadquartered in\n"
      "mayor\tPerson\tTown\t\tmayor of\n"
      "author\tANY\tPerson\t\twritten by\n");
  const RelationTables tables = RelationTables().with(ontology);
  using Kind = RelationRow::Kind;
  CHECK(says(tables, Kind::Verb, "bake", "doer", "target", "bakes"));
  CHECK_FALSE(says(tables, Kind::Verb, "bake", "target", "doer", "bakes"));
  CHECK(says(tables, Kind::Verb, "headquarter", "target", "in", "seat"));
  CHECK(says(tables, Kind::Noun, "mayor", "self", "of", "mayor"));
  CHECK(says(tables, Kind::Verb, "write", "target", "doer", "author"));
}

TEST_CASE("rows of relations that the ontology lacks are left out") {
  RelationRow row;
  row.predicate = "bake";
  row.from = "doer";
  row.to = "target";
  row.relation = "bakes";
  const RelationTables tables({row}, {});
  CHECK(tables.with(ontology_of("bakes\tANY\tANY\t\t\n")).rows().size() == 1);
  CHECK(tables.with(ontology_of("grows\tANY\tANY\t\t\n")).rows().empty());
}

TEST_CASE("possible lemmas hold the dictionary form") {
  const auto holds = [](const char* word, const char* lemma) {
    const auto all = possible_lemmas(word);
    return std::ranges::find(all, lemma) != all.end();
  };
  CHECK(holds("based", "base"));
  CHECK(holds("supplies", "supply"));
  CHECK(holds("planned", "plan"));
  CHECK(holds("bought", "buy"));
  CHECK(holds("uses", "use"));
  CHECK_FALSE(holds("class", "clas"));
}

TEST_CASE("a bad row of the table is refused with its place") {
  const auto folder = std::filesystem::temp_directory_path() / "tercet_relate_tables_test";
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& row) {
    std::ofstream(folder / "lexicalisations.tsv", std::ios::binary)
        << "kind\tpredicate\tfrom\tto\trelation\tconfidence\twhere\n"
        << row << "\n";
    std::ofstream(folder / "relation_words.tsv", std::ios::binary)
        << "list\twords\nlight\thave|make\n";
  };
  write("verb\tbake\tdoer\ttarget\tbakes\t0.5\ttarget=bread|cake");
  const RelationTables good = read_relation_tables(folder);
  REQUIRE(good.rows().size() == 1);
  CHECK(good.rows()[0].tests.at(0).words == std::vector<std::string>{"bread", "cake"});
  CHECK(good.listed("light", "make"));
  CHECK_FALSE(good.listed("light", "bake"));
  for (const char* row :
       {"verb\tbake\tdoer\ttarget\tbakes\t1.5\t", "adverb\tbake\tdoer\ttarget\tbakes\t0.5\t",
        "verb\t\tdoer\ttarget\tbakes\t0.5\t", "verb\tbake\tdoer\ttarget\tbakes\t0.5\tbread",
        "verb\tbake\tdoer\ttarget\tbakes\tnan\t"}) {
    CAPTURE(row);
    write(row);
    CHECK_THROWS_AS(read_relation_tables(folder), Error);
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("the seeds read and speak only of relations of the seed ontology") {
  const std::filesystem::path seeds = std::filesystem::path(TERCET_SOURCE_DIR) / "seeds";
  const RelationTables tables = read_relation_tables(seeds);
  std::ifstream relations(seeds / "ontology.tsv"), types(seeds / "types.tsv");
  std::vector<std::string> warnings;
  const Ontology ontology = read_ontology(relations, "ontology.tsv", types, "types.tsv", warnings);
  CHECK(warnings.empty());
  CHECK(ontology.relations().size() == 50);
  CHECK(tables.rows().size() > 500);
  for (const RelationRow& row : tables.rows()) {
    CAPTURE(row.predicate, row.relation);
    REQUIRE(ontology.find_relation(row.relation) != nullptr);
    for (const auto* allowed : {&row.from_types, &row.to_types}) {
      for (const std::string& type : *allowed)
        CHECK((type == "clause" || ontology.find_type(type) != nullptr));
    }
  }
}
