#include "extract/entity/name_groups.h"
#include "extract/entity/names.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

EntityTables some_tables() {
  EntityTables tables;
  tables.name_words["holdings"] = {"Organization", false, true};
  tables.name_words["inc"] = {"Organization", true, true};
  tables.given_names["jane"] = 'f';
  tables.given_names["ann"] = 'f';
  return tables;
}

/// Groups over names as a document would give them, in this order.
NameGroups groups_of(const std::vector<std::string>& names, const EntityTables& tables,
                     const AliasTable& user = {}) {
  NameGroups groups;
  int order = 0;
  for (const std::string& name : names) {
    const int form = groups.form(name_key(name, true));
    NameForm& mine = groups[form];
    if (mine.spellings.empty()) mine.first = ++order;
    mine.surface = mine.surface.empty() ? name : mine.surface;
    mine.name = mine.body = true;
    mine.person = is_person_name(tables, mine.words);
    ++mine.spellings[name];
  }
  groups.join_all(tables, user);
  return groups;
}

bool same(const NameGroups& groups, const std::string& a, const std::string& b) {
  return groups.root(groups.find(name_key(a, true))) == groups.root(groups.find(name_key(b, true)));
}

}  // namespace

TEST_CASE("spellings of one name fold alike", "[entity]") {
  const std::string folded = fold_name("Bluefin Motors");
  for (const char* other :
       {"the Bluefin Motors", "BLUEFIN MOTORS", "Bluefin-Motors", "Bluefin Motors'",
        "Bluefin Motors's", "Bluefin Motors\u2019s", "\"Bluefin Motors\"", " Bluefin  Motors."}) {
    CAPTURE(other);
    CHECK(fold_name(other) == folded);
  }
  CHECK(fold_name("O'Hara") == "ohara");
  CHECK(fold_name("The") == "the");
  CHECK(fold_name("...") == "...");
  CHECK(fold_name("Z\u00dcRICH") == fold_name("z\u00fcrich"));
}

TEST_CASE("folding twice is folding once", "[entity]") {
  for (const char* name : {"The A's", "a.b.c.", "U.S.", "the the thing", "--", "'s", "\xff\xfe",
                           "C++ and C#", "R&D"}) {
    CAPTURE(name);
    if (const std::string once = fold_name(name); !once.starts_with("the ")) {
      CHECK(fold_name(once) == once);
    }
  }
}

TEST_CASE("plurals meet their singulars", "[entity]") {
  const std::pair<const char*, const char*> pairs[] = {{"companies", "company"},
                                                       {"boxes", "box"},
                                                       {"engines", "engine"},
                                                       {"people", "person"},
                                                       {"analysis", "analysis"},
                                                       {"glass", "glass"},
                                                       {"bus", "bus"},
                                                       {"women", "woman"},
                                                       {"physics", "physics"},
                                                       {"s", "s"},
                                                       {"", ""}};
  for (const auto& [many, one] : pairs) CHECK(singular(many) == one);
}

TEST_CASE("initials may leave small words out or count them", "[entity]") {
  CHECK(is_initials("BHQ", {"bluefin", "hosted", "queue"}));
  CHECK(is_initials("MoT", {"ministry", "of", "transport"}));
  CHECK(is_initials("MT", {"ministry", "of", "transport"}));
  CHECK(is_initials("R&D", {"research", "and", "development"}));
  CHECK_FALSE(is_initials("BHQ", {"bluefin", "queue"}));
  CHECK_FALSE(is_initials("B", {"bluefin"}));
  CHECK_FALSE(is_initials("", {}));
}

TEST_CASE("short forms, acronyms and family names join their full names", "[entity]") {
  const EntityTables tables = some_tables();
  const NameGroups groups = groups_of({"Zephyr Holdings", "Zephyr", "Zephyr Inc", "Jane Roe", "Roe",
                                       "National Kite Council", "NKC", "Opal"},
                                      tables);
  CHECK(same(groups, "Zephyr", "Zephyr Holdings"));
  CHECK(same(groups, "Zephyr", "Zephyr Inc"));
  CHECK(same(groups, "Roe", "Jane Roe"));
  CHECK(same(groups, "NKC", "National Kite Council"));
  CHECK_FALSE(same(groups, "Opal", "Zephyr"));
  CHECK(groups.canonical(groups.root(groups.find("=nkc"))) == "National Kite Council");
  CHECK(groups.handy(groups.root(groups.find("=zephyr"))) == "Zephyr");
}

TEST_CASE("a short form that fits two names fits none", "[entity]") {
  const NameGroups groups = groups_of(
      {"Jane Roe", "Ann Roe", "Roe", "North Kite Club", "New Kite Club", "NKC"}, some_tables());
  CHECK_FALSE(same(groups, "Roe", "Jane Roe"));
  CHECK_FALSE(same(groups, "Roe", "Ann Roe"));
  CHECK_FALSE(same(groups, "NKC", "North Kite Club"));
}

TEST_CASE("a name known before the longer one made from it stays itself", "[entity]") {
  const EntityTables tables = some_tables();
  CHECK_FALSE(same(groups_of({"Zephyr", "Dongtai Zephyr"}, tables), "Zephyr", "Dongtai Zephyr"));
  CHECK(same(groups_of({"Bluefin Rocketmail", "Rocketmail"}, tables), "Rocketmail",
             "Bluefin Rocketmail"));
}

TEST_CASE("a user's alias table joins and names", "[entity]") {
  const NameGroups groups = groups_of({"Zephyr", "Old Windmill Works"}, some_tables(),
                                      {{"Zephyr", "Old Windmill Works"}});
  CHECK(same(groups, "Zephyr", "Old Windmill Works"));
  CHECK(groups.canonical(groups.root(0)) == "Zephyr");
}

TEST_CASE("many names that share a word take no quadratic time", "[entity]") {
  std::vector<std::string> names;
  for (int i = 0; i < 20000; ++i) names.push_back("Zephyr " + std::to_string(i));
  const NameGroups groups = groups_of(names, some_tables());
  CHECK(groups.size() == 20000);
}
