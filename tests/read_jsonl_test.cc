#include <string>
#include <vector>

#include "extract/read/read.h"
#include "tests/catch.h"
#include "tests/read_laws.h"

namespace {

using tercet::Document;

struct Result {
  std::vector<Document> documents;
  std::vector<std::string> bad;  // "line:column: what"
};

Result read(const std::string& bytes) {
  Result result;
  tercet::read_jsonl(
      bytes, "f.jsonl", [&](Document d) { result.documents.push_back(std::move(d)); },
      [&](std::uint32_t line, std::uint32_t column, const std::string& what) {
        result.bad.push_back(std::to_string(line) + ':' + std::to_string(column) + ": " + what);
      });
  for (const Document& document : result.documents) CHECK(tercet::broken_law(document) == "");
  return result;
}

}  // namespace

TEST_CASE("a line is a document", "[read]") {
  const Result r = read(
      "{\"id\": \"a\", \"title\": \"Pumps\", \"videoId\": \"abc_DEF-123\", \"text\": \"A "
      "pump.\\n\\nA seal.\"}\r\n"
      "\n"
      "{\"sentence\": \"One. Two.\\nThree.\", \"n\": 1e400, \"x\": [{\"id\": \"inner\"}]}\n"
      "{\"id\": 17, \"text\": \"\"}");
  CHECK(r.bad.empty());
  REQUIRE(r.documents.size() == 3);
  CHECK(r.documents[0].id == "a");
  CHECK(r.documents[0].title == "Pumps");
  CHECK(r.documents[0].video_id == "abc_DEF-123");
  CHECK(r.documents[0].blocks.size() == 2);
  CHECK(r.documents[1].id == "f.jsonl:3");
  REQUIRE(r.documents[1].blocks.size() == 1);
  CHECK(r.documents[1].blocks[0].one_sentence);
  CHECK(r.documents[1].blocks[0].text == "One. Two. Three.");
  CHECK(r.documents[2].id == "17");
  CHECK(r.documents[2].blocks.empty());
}

TEST_CASE("a text that opens with front matter is a note", "[read]") {
  const Result r =
      read("{\"id\":\"a\",\"text\":\"---\\ntitle: Pumps\\n---\\n\\nA [[b | pump]].\"}");
  REQUIRE(r.documents.size() == 1);
  CHECK(r.documents[0].title == "Pumps");
  CHECK(r.documents[0].blocks[0].text == "A pump.");
}

TEST_CASE("a bad line is told with its place, and the next is read", "[read]") {
  const Result r = read(
      "{\"text\": \"good\"}\n"
      "{\"text\": }\n"
      "[1]\n"
      "\"word\"\n"
      "7\n"
      "{\"text\": 5}\n"
      "{\"id\": \"x\"}\n"
      "{\"text\": \"a\"} {\n"
      "{\"id\": {}, \"text\": \"a\"}\n"
      "{\"text\": \"never closed\n"
      "{\"text\": \"good\"}\n");
  CHECK(r.documents.size() == 2);
  REQUIRE(r.bad.size() == 9);
  CHECK(r.bad[0].starts_with("2:10: "));
  CHECK(r.bad[1].starts_with("3:"));
  CHECK(r.bad[4].find("\"text\" is a number, not a string") != std::string::npos);
  CHECK(r.bad[5] == "7:1: neither \"text\" nor \"sentence\"");
  CHECK(r.bad[6].starts_with("8:15: "));
  CHECK(r.bad[7].find("\"id\" is an object") != std::string::npos);
  CHECK(r.bad[8].starts_with("10:"));
}

TEST_CASE("a NUL does not hide the rest of a line", "[read]") {
  const std::string line("{\"text\": \"a\"}\0{}", 16);
  CHECK(read(line).bad.size() == 1);
  const std::string inside("{\"text\": \"a\0b\"}", 15);
  CHECK(read(inside).bad.size() == 1);
}

TEST_CASE("nesting is read to a depth of 128 and no deeper", "[read]") {
  const auto nested = [](std::size_t depth) {
    return "{\"text\":\"a\",\"x\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') +
           "}";
  };
  CHECK(read(nested(128)).documents.size() == 1);
  CHECK(read(nested(129)).bad.size() == 1);
  CHECK(read(nested(1'000'000)).bad.size() == 1);
  CHECK(read("{\"text\":\"a\",\"x\":" + std::string(1'000'000, '[')).bad.size() == 1);
}

TEST_CASE("equal ids are told apart", "[read]") {
  const Result r = read(
      "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a#2\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":"
      "\"x\"}\n"
      "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"\",\"text\":\"x\"}\n{\"id\":null,\"text\":\"x\"}"
      "\n");
  REQUIRE(r.documents.size() == 6);
  CHECK(r.documents[1].id == "a#2");
  CHECK(r.documents[2].id == "a#3");
  CHECK(r.documents[3].id == "a#4");
  CHECK(r.documents[4].id == "f.jsonl:5");
  CHECK(r.documents[5].id == "f.jsonl:6");
}

TEST_CASE("surrogates without a partner become U+FFFD", "[read]") {
  const Result r = read(
      "{\"text\":\"a\\ud800b \\udc00 \\uD83D\\uDE00 \\\\ud800 \\ud83d\\ud83d\\ude00 \\ud800\"}");
  CHECK(r.bad.empty());
  REQUIRE(r.documents.size() == 1);
  CHECK(r.documents[0].text ==
        "a\xef\xbf\xbd"
        "b \xef\xbf\xbd \xf0\x9f\x98\x80 \\ud800 \xef\xbf\xbd\xf0\x9f\x98\x80 "
        "\xef\xbf\xbd");
  CHECK(r.documents[0].invalid_bytes == 4);
}

TEST_CASE("bytes that are no UTF-8 are counted in their document", "[read]") {
  const Result r = read("{\"id\":\"a\",\"text\":\"pump\xff.\"}");
  REQUIRE(r.documents.size() == 1);
  CHECK(r.documents[0].blocks[0].text == "pump\xef\xbf\xbd.");
  CHECK(r.documents[0].invalid_bytes == 1);
}

TEST_CASE("of equal keys the last counts, and text before sentence", "[read]") {
  const Result r = read(
      "{\"text\":\"a\",\"text\":\"b\"}\n{\"text\":\"a. b\",\"sentence\":\"c\"}\n"
      "{\"sentence\":\"c\",\"text\":\"a. b\"}\n");
  REQUIRE(r.documents.size() == 3);
  CHECK(r.documents[0].text == "b");
  CHECK(r.documents[1].text == "a. b");
  CHECK(r.documents[2].text == "a. b");
  CHECK_FALSE(r.documents[2].blocks[0].one_sentence);
}

TEST_CASE("marks of encoding do not spoil the first line", "[read]") {
  CHECK(read("\xef\xbb\xbf{\"text\":\"a\"}").documents.size() == 1);
  std::string wide("\xff\xfe", 2);
  for (const char c : std::string("{\"text\":\"a\"}\n")) {
    wide += c;
    wide += '\0';
  }
  CHECK(read(wide).documents.size() == 1);
}

TEST_CASE("all lines can be read as one document", "[read]") {
  const Document d =
      tercet::read_document("{\"text\":\"A pump.\"}\nbad\n{\"text\":\"They sell:\\n- seals\"}\n",
                            "x", tercet::Format::Jsonl);
  CHECK(tercet::broken_law(d) == "");
  REQUIRE(d.blocks.size() == 3);
  CHECK(d.blocks[2].intro == 1);
  CHECK(d.id == "x");
}
