#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/ontology.h"
#include "extract/entity/tables.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

namespace fs = std::filesystem;

/// A folder with our tables that a test may spoil.
class SeedsCopy {
 public:
  SeedsCopy()
      : folder_(fs::temp_directory_path() / ("tercet-seeds-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    for (const auto& entry : fs::directory_iterator(std::string(TERCET_SOURCE_DIR) + "/seeds")) {
      if (entry.path().extension() == ".tsv") {
        fs::copy_file(entry.path(), folder_ / entry.path().filename());
      }
    }
  }
  SeedsCopy(const SeedsCopy&) = delete;
  SeedsCopy& operator=(const SeedsCopy&) = delete;
  ~SeedsCopy() { fs::remove_all(folder_); }
  const fs::path& folder() const { return folder_; }
  void write(const char* file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }

 private:
  fs::path folder_;
};

std::string message_of(const fs::path& folder) {
  try {
    read_entity_tables(folder);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("every type our tables name is in the types table", "[entity]") {
  const std::string seeds = std::string(TERCET_SOURCE_DIR) + "/seeds";
  const EntityTables tables = read_entity_tables(seeds);
  std::ifstream types(seeds + "/types.tsv");
  std::istringstream relations("relation\n");
  std::vector<std::string> warnings;
  const Ontology ontology = read_ontology(relations, "-", types, "types.tsv", warnings);
  CHECK(ontology.types().size() == 16);
  for (const auto& [head, noun] : tables.heads) {
    CAPTURE(head, noun.type);
    CHECK(ontology.find_type(noun.type) != nullptr);
  }
  for (const auto& [word, what] : tables.name_words) {
    CAPTURE(word, what.type);
    CHECK(ontology.find_type(what.type) != nullptr);
  }
  for (const EntityType& type : ontology.types()) CHECK(tables.type_synonyms.contains(type.name));
}

TEST_CASE("a table that is missing or wrong says where", "[entity]") {
  const SeedsCopy seeds;
  REQUIRE(message_of(seeds.folder()).empty());
  SECTION("missing file") {
    fs::remove(seeds.folder() / "heads.tsv");
    CHECK(message_of(seeds.folder()).find("heads.tsv") != std::string::npos);
  }
  SECTION("missing column") {
    seeds.write("heads.tsv", "head\tkind\nengine\tProduct\n");
    CHECK(message_of(seeds.folder()).find("heads.tsv:1:1: no column \"type\"") !=
          std::string::npos);
  }
  SECTION("a weight that is no number") {
    seeds.write("typing.tsv", "feature\ttype\tweight\nlegal\tOrganization\ta lot\n");
    CHECK(message_of(seeds.folder()).find("typing.tsv:2:20: weight is no number") !=
          std::string::npos);
  }
  SECTION("a yes that is neither yes nor no") {
    seeds.write("heads.tsv", "head\ttype\trefers\nengine\tProduct\tmaybe\n");
    CHECK(message_of(seeds.folder()).find("heads.tsv:2:16: refers must be yes, no or empty") !=
          std::string::npos);
  }
}

TEST_CASE("an alias list needs no header line", "[entity]") {
  const SeedsCopy seeds;
  const fs::path file = seeds.folder() / "mine.tsv";
  for (const char* text : {"Zephyr\tWindward\n", "name\talias\nZephyr\tWindward\n",
                           "# mine\nalias\tname\nWindward\tZephyr\n", "\n# c\nZephyr\tWindward"}) {
    CAPTURE(text);
    seeds.write("mine.tsv", text);
    const AliasTable table = read_alias_table(file);
    REQUIRE(table.size() == 1);
    CHECK(table.front().name == "Zephyr");
    CHECK(table.front().alias == "Windward");
  }
  seeds.write("mine.tsv", "");
  CHECK(read_alias_table(file).empty());
  seeds.write("mine.tsv", "Zephyr\t\n");
  CHECK_THROWS_AS(read_alias_table(file), Error);
  CHECK_THROWS_AS(read_alias_table(seeds.folder() / "none.tsv"), Error);
}
