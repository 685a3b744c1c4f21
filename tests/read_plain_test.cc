#include <string>
#include <vector>

#include "extract/read/read.h"
#include "tests/catch.h"
#include "tests/read_laws.h"

namespace {

using tercet::Block;
using tercet::Document;
using tercet::Format;

Document read(const std::string& text, Format format) {
  Document document = tercet::read_document(text, "id", format);
  CHECK(tercet::broken_law(document) == "");
  return document;
}

}  // namespace

TEST_CASE("a text has paragraphs between blank lines, its lines joined", "[read]") {
  const Document d = read("A pump\nmoves   water.\n \t\nA seal\r\nkeeps it in.\n", Format::Text);
  REQUIRE(d.blocks.size() == 2);
  CHECK(d.blocks[0].text == "A pump moves water.");
  CHECK(d.blocks[1].text == "A seal keeps it in.");
  CHECK_FALSE(d.blocks[0].one_sentence);
}

TEST_CASE("a text may hold lists", "[read]") {
  const Document d = read(
      "They sell:\n- pumps,\n  old and new\n  - for water\n* seals\n\n1. First\n2) Second\n"
      "\xe2\x80\xa2 Third\n\nThe end. 3. No item.\n-5 degrees.\n",
      Format::Text);
  REQUIRE(d.blocks.size() == 8);
  CHECK(d.blocks[1].kind == Block::Kind::Item);
  CHECK(d.blocks[1].text == "pumps, old and new");
  CHECK(d.blocks[1].intro == 0);
  CHECK(d.blocks[2].depth == 2);
  CHECK(d.blocks[2].intro == 1);
  CHECK(d.blocks[3].text == "seals");
  CHECK(d.blocks[3].depth == 1);
  CHECK(d.blocks[4].text == "First");
  CHECK(d.blocks[6].text == "Third");
  CHECK(d.blocks[7].text == "The end. 3. No item. -5 degrees.");
  CHECK(d.blocks[7].kind == Block::Kind::Paragraph);
}

TEST_CASE("markup is text in a text", "[read]") {
  const Document d = read("# A [[b | c]] **d** <e> & &amp;", Format::Text);
  REQUIRE(d.blocks.size() == 1);
  CHECK(d.blocks[0].text == "# A [[b | c]] **d** <e> & &amp;");
}

TEST_CASE("lines are sentences", "[read]") {
  const Document d = read("A pump. It works.\n\n  A seal. \r\n- A ring.\n", Format::Lines);
  REQUIRE(d.blocks.size() == 3);
  CHECK(d.blocks[0].text == "A pump. It works.");
  CHECK(d.blocks[0].one_sentence);
  CHECK(d.blocks[1].text == "A seal.");
  CHECK(d.blocks[2].text == "- A ring.");
}

TEST_CASE("the extension names the format", "[read]") {
  using tercet::format_of;
  CHECK(format_of("a/b.md", "") == Format::Markdown);
  CHECK(format_of("b.MarkDown", "") == Format::Markdown);
  CHECK(format_of("b.jsonl", "") == Format::Jsonl);
  CHECK(format_of("b.ndjson", "") == Format::Jsonl);
  CHECK(format_of("b.txt", "A pump.") == Format::Text);
  CHECK(format_of("b.txt", "---\ntitle: x\n---\n") == Format::Markdown);
  CHECK(format_of("b.txt", "\xef\xbb\xbf---\ntitle: x\n---\n") == Format::Markdown);
  CHECK(format_of("b.txt", "----\n") == Format::Text);
  CHECK(format_of("b.html", "---\n") == Format::Html);
  CHECK(format_of("md", "") == Format::Text);
  CHECK(format_of("", "") == Format::Text);
}

TEST_CASE("bytes that are no text become one sign and are counted", "[read]") {
  for (const Format format : {Format::Markdown, Format::Text, Format::Lines}) {
    const Document d = read("A \xff\xfe pump\xc3 of \xed\xa0\x80 caf\xc3\xa9.", format);
    REQUIRE(d.blocks.size() == 1);
    CHECK(d.blocks[0].text == "A \xef\xbf\xbd pump\xef\xbf\xbd of \xef\xbf\xbd caf\xc3\xa9.");
    CHECK(d.invalid_bytes == 6);
  }
}

TEST_CASE("a byte order mark and invisible characters are no text", "[read]") {
  for (const Format format : {Format::Markdown, Format::Text, Format::Lines}) {
    const Document d = read(
        "\xef\xbb\xbf"
        "A pu\xc2\xadmp\xe2\x80\x8b.",
        format);
    REQUIRE(d.blocks.size() == 1);
    CHECK(d.blocks[0].text == "A pump.");
    CHECK(d.invalid_bytes == 0);
  }
  CHECK(read("\xef\xbb\xbf---\ntitle: Pumps\n---\nBody.", Format::Markdown).title == "Pumps");
}

TEST_CASE("a NUL is a sign that cannot be shown", "[read]") {
  const std::string text("A\0pump.", 7);
  for (const Format format : {Format::Markdown, Format::Text, Format::Lines}) {
    const Document d = read(text, format);
    REQUIRE(d.blocks.size() == 1);
    CHECK(d.blocks[0].text == "A\xef\xbf\xbdpump.");
  }
}

TEST_CASE("UTF-16 with a byte order mark is read as what it says", "[read]") {
  const std::string little(
      "\xff\xfe"
      "A\0 \0=\xd8\0\xde\0\xdcx\0",
      14);  // A, pile of ..., lone, x
  const Document d = read(little, Format::Text);
  REQUIRE(d.blocks.size() == 1);
  CHECK(d.blocks[0].text == "A \xf0\x9f\x98\x80\xef\xbf\xbdx");
  CHECK(d.invalid_bytes == 1);
  // One code point for one: the mark, A, blank, face, U+FFFD, x.
  CHECK(tercet::count_code_points(d.text) == 6);

  const std::string big("\xfe\xff\0A\0 \0p\0u\0m\0p\0.\0", 17);  // and half a unit
  const Document e = read(big, Format::Markdown);
  REQUIRE(e.blocks.size() == 1);
  CHECK(e.blocks[0].text == "A pump.\xef\xbf\xbd");
}

TEST_CASE("any document without words has no blocks", "[read]") {
  for (const Format format : {Format::Markdown, Format::Text, Format::Lines, Format::Jsonl}) {
    for (const char* text : {"", " ", "\n\n", "\r", "\xef\xbb\xbf", "\xc2\xa0", "\xff\xfe", "{}"}) {
      CAPTURE(text);
      if (std::string(text) == "{}" && format != Format::Jsonl) continue;
      CHECK(read(text, format).blocks.empty());
    }
  }
}
