#include "base/csv.h"
#include "base/error.h"
#include "extract/read/read.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read(std::string_view bytes) {
  Rows out;
  CsvReader reader(bytes, "t.csv");
  for (std::vector<std::string> row; reader.next(row);) out.push_back(row);
  return out;
}

}  // namespace

TEST_CASE("cells may hold commas, quotes and line ends between quotes") {
  CHECK(read("a,b\r\n\"1,2\",\"say \"\"hi\"\"\"\n\n\"two\nlines\",\n") ==
        Rows{{"a", "b"}, {"1,2", "say \"hi\""}, {"two\nlines", ""}});
  CHECK(read("\xEF\xBB\xBFx") == Rows{{"x"}});
  CHECK(read("").empty());
  CHECK(read(",") == Rows{{"", ""}});
  CHECK(read("a\rb") == Rows{{"a"}, {"b"}});
}

TEST_CASE("a broken quoted cell is an error with its place") {
  for (const auto& [bytes, place] :
       {std::pair("a\nb,\"c\nd", "t.csv:2:3: "), std::pair("\"a\"b", "t.csv:1:4: ")}) {
    try {
      read(bytes);
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(std::string(error.what()).starts_with(place));
    }
  }
}

TEST_CASE("rows of a table are documents") {
  std::vector<Document> documents;
  std::vector<std::string> bad;
  read_csv(
      "id,when,text,title\nn1,2020,\"Riverbank, again.\",T\n,,Second.,\nx,y,z,w,extra\n,,,\n",
      "f.csv", [&](Document document) { documents.push_back(std::move(document)); },
      [&](std::uint32_t line, std::uint32_t, const std::string&) {
        bad.push_back(std::to_string(line));
      });
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].id == "n1");
  CHECK(documents[0].title == "T");
  CHECK(documents[0].text == "Riverbank, again.");
  CHECK(documents[1].id == "f.csv:3");
  CHECK(bad == std::vector<std::string>{"4"});
  bad.clear();
  read_csv(
      "a,b\n1,2\n", "f.csv", [](Document) {},
      [&](std::uint32_t line, std::uint32_t, const std::string& what) {
        bad.push_back(std::to_string(line) + what);
      });
  CHECK(bad.size() == 1);
}
