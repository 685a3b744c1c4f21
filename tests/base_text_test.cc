#include <sstream>
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "base/sha256.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "tests/catch.h"

using namespace tercet;

TEST_CASE("decoding always advances and never reads past the end", "[base]") {
  for (const char* bytes : {"", "a", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xed\xa0\x80",
                            "\xc0\xaf", "\xf5\x80\x80\x80", "\x80\x80"}) {
    const std::string text = bytes;
    CAPTURE(text.size());
    std::size_t at = 0;
    while (at < text.size()) at += decode_utf8(text, at).size;
    CHECK(at == text.size());
  }
}

TEST_CASE("an invalid byte counts one code point", "[base]") {
  CHECK(count_code_points("a\xff\xfe"
                          "b") == 4);
  CHECK(count_code_points("\xe2\x82") == 2);      // a cut euro sign: two bytes, two errors
  CHECK(count_code_points("\xe2\x82\xac") == 1);  // a whole one
  CHECK(count_code_points("\xed\xa0\x80") == 3);  // a surrogate is no code point
}

TEST_CASE("the index gives the count of any prefix", "[base]") {
  // All sizes of code points and invalid bytes, at all phases to the 64-byte blocks.
  std::string text;
  const std::string parts[] = {"a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xff"};
  std::uint32_t state = 1;
  for (int i = 0; i < 500; ++i) {
    state = state * 1664525u + 1013904223u;
    text += parts[(state >> 24) % 5];
  }
  const CodePointIndex index(text);
  std::size_t count = 0;
  for (std::size_t at = 0; at <= text.size();) {
    REQUIRE(index.at(at) == count);
    if (at == text.size()) break;
    at += decode_utf8(text, at).size;
    ++count;
  }
}

TEST_CASE("nothing printable can move the cursor", "[base]") {
  CHECK(printable("a\x1b[31mb") == "a\\u{1b}[31mb");
  CHECK(printable("\xe2\x80\xae"
                  "x") == "\\u{202e}x");
  CHECK(printable("\xc2\x9b"
                  "1m") == "\\u{9b}1m");
  CHECK(printable("caf\xc3\xa9") == "caf\xc3\xa9");
}

TEST_CASE("case folding joins what differs in case only", "[base]") {
  CHECK(fold_case("AWS") == fold_case("aws"));
  CHECK(fold_case("\xc3\x89TUDE") == fold_case("\xc3\xa9tude"));
  CHECK(fold_case("Stra\xc3\x9f"
                  "e") == "strasse");
  CHECK(to_nfc("e\xcc\x81") == "\xc3\xa9");
  CHECK(
      is_valid_utf8(fold_case("\xff\xfe"
                              "A")));
}

TEST_CASE("SHA-256 agrees with FIPS 180-4", "[base]") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("", 16) == "e3b0c44298fc1c14");
}

TEST_CASE("depth is counted outside strings only", "[base]") {
  CHECK(json_depth_within("[[1]]", 2));
  CHECK_FALSE(json_depth_within("[[[1]]]", 2));
  CHECK(json_depth_within(R"("[[[[")", 2));
  CHECK(json_depth_within(R"(["\"[[["])", 2));
  CHECK_FALSE(json_depth_within(std::string(1000000, '['), 128));
}

TEST_CASE("decimals carry no trailing zeros and no locale", "[base]") {
  CHECK(decimal(0.84, 4) == "0.84");
  CHECK(decimal(1.0, 4) == "1");
  CHECK(decimal(-0.00001, 4) == "0");
  CHECK(decimal(0.12345, 4) == "0.1235");
}

TEST_CASE("a table error names file, line and column", "[base]") {
  const auto read = [](const std::string& text) {
    std::istringstream in(text);
    return read_tsv(in, "t.tsv", {"a"});
  };
  const auto rows = read("# note\na\tb\n1\t2\r\n\n3\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].cell("b") == "2");
  CHECK(rows[1].cell("b").empty());
  CHECK(rows[1].line() == 5);
  CHECK_THROWS_WITH(read("b\n"), "t.tsv:1:1: no column \"a\" in the header line");
  CHECK_THROWS_WITH(read("a\n1\t2\n"), "t.tsv:2:1: has 2 cells, the header line 1");
  CHECK_THROWS_WITH(read(""), "t.tsv: no header line");
  CHECK_THROWS_WITH(read("a\n\xff\n"), "t.tsv:2: not UTF-8");
  CHECK_THROWS_WITH(rows[0].fail("b", "is wrong"), "t.tsv:3:3: b is wrong");
}
