#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "extract/read/read.h"
#include "tests/catch.h"
#include "tests/read_laws.h"

namespace {

using tercet::Document;
using tercet::Format;

constexpr Format kFormats[] = {Format::Markdown, Format::Text, Format::Lines, Format::Jsonl};

/// SplitMix64, so that every machine reads the same texts.
struct Random {
  std::uint64_t state;
  std::uint64_t operator()() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>((*this)() % limit); }
};

/// Pieces of markup, whole and torn, that random texts are made of.
const std::vector<std::string> kPieces = {
    "[[",
    "]]",
    "|",
    " | ",
    "![[",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "**",
    "*",
    "***",
    "_",
    "__",
    "~~",
    "`",
    "```",
    "\n```\n",
    "$",
    "$$",
    "\n$$\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "> ",
    "\n> ",
    "\n- ",
    "\n  * ",
    "\n1. ",
    "\n# ",
    "\n---\n",
    "\n===\n",
    "\n| a | b |\n|---|---|\n| c |",
    "<a class=\"yt-timestamp\" ",
    "data-t=\"00:01:02\">",
    "[00:01:02]",
    "</a>",
    "[00:01:02, 00:01:03]",
    "<a class=\"yt-timestamp\" data-t=\"00:01:02\">[00:01:02]</a>",
    "<br/>",
    "<b>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "&amp;",
    "&eacute;",
    "&#x41;",
    "&#0;",
    "&nope;",
    "\\",
    "\\*",
    "[!NOTE] ",
    "\n> [!tip] Title\n> ",
    "[!x|y]",
    "[^1]",
    "[^1]:",
    "\n[a]: b\n",
    "[a]",
    "http://a.b",
    "<http://a.b>",
    " ",
    "  ",
    "\t",
    "    ",
    "word",
    "A",
    "a.",
    ".",
    ",",
    ":",
    "!",
    "?",
    ";",
    "1",
    "\xc3\xa9",
    "\xe2\x80\x9d",
    "\xc2\xa0",
    "\xe2\x80\x8b",
    "\xef\xbb\xbf",
    "\xff",
    "\xc3",
    "\xed\xa0\x80",
    "\xf0\x9f\x98\x80",
    "\xef\xbf\xbd",
    std::string(1, '\0'),
    "\x01",
    "\x02",
    "\x03",
    "\x05",
    "\x06",
    "\x0e",
    "\x0f",
    "\x10",
    "\x1b[31m",
    "\x7f",
    "From: [[x]] <br/>",
    "---\n",
    "title: x\n"};

std::string random_text(Random& random) {
  std::string text;
  for (std::size_t n = random.below(40); n > 0; --n) text += kPieces[random.below(kPieces.size())];
  return text;
}

std::string repeated(std::string_view unit, std::size_t times) {
  std::string out;
  out.reserve(unit.size() * times);
  for (; times > 0; --times) out += unit;
  return out;
}

}  // namespace

TEST_CASE("the laws of a document hold for any bytes", "[read]") {
  Random random{1};
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random);
    for (const Format format : kFormats) {
      const std::string law = tercet::broken_law(tercet::read_document(text, "x", format));
      if (law.empty()) continue;
      CAPTURE(round, static_cast<int>(format), text);
      REQUIRE(law == "");
    }
  }
}

TEST_CASE("line ends of any kind give the same blocks", "[read]") {
  Random random{2};
  for (int round = 0; round < 3000; ++round) {
    std::string text = random_text(random);
    std::erase(text, '\r');
    std::string crlf;
    for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    for (const Format format : {Format::Markdown, Format::Text, Format::Lines}) {
      const Document a = tercet::read_document(text, "x", format);
      const Document b = tercet::read_document(crlf, "x", format);
      CAPTURE(round, static_cast<int>(format), text);
      REQUIRE(a.blocks.size() == b.blocks.size());
      for (std::size_t i = 0; i < a.blocks.size(); ++i) {
        REQUIRE(a.blocks[i].text == b.blocks[i].text);
        REQUIRE(a.blocks[i].kind == b.blocks[i].kind);
        REQUIRE(a.blocks[i].intro == b.blocks[i].intro);
      }
    }
  }
}

TEST_CASE("plain words come through every reader as they are", "[read]") {
  Random random{3};
  const std::vector<std::string> words = {"pump", "Seal", "of",     "the",  "caf\xc3\xa9",
                                          "12",   "$5",   "A&B",    "(so)", "\"old\"",
                                          "it's", "50%",  "e-mail", "U.S."};
  for (int round = 0; round < 500; ++round) {
    std::string text = "Word";
    for (std::size_t n = random.below(30); n > 0; --n)
      text += ' ' + words[random.below(words.size())];
    for (const Format format : {Format::Markdown, Format::Text, Format::Lines}) {
      const Document d = tercet::read_document(text, "x", format);
      REQUIRE(d.blocks.size() == 1);
      REQUIRE(d.blocks[0].text == text);
    }
  }
}

TEST_CASE("an anchor set anywhere between words changes no word", "[read]") {
  const std::string anchor = " <a class=\"yt-timestamp\" data-t=\"00:00:09\">[00:00:09]</a>";
  const std::string text =
      "The [[a | maker]] sells **old** pumps, and (new) seals; it grows. So does the shop!";
  const std::string plain =
      "The maker sells old pumps, and (new) seals; it grows. So does the shop!";
  for (std::size_t at = text.find(" sells"); at < text.size(); ++at) {
    const bool inside =
        text[at] != ' ' && std::string_view(".,;!").find(text[at]) == std::string_view::npos;
    if (inside) continue;
    std::string with = text;
    with.insert(at, anchor);
    const Document d = tercet::read_document(with, "x", Format::Markdown);
    CAPTURE(with);
    REQUIRE(d.blocks.size() == 1);
    CHECK(d.blocks[0].text == plain);
    CHECK(d.blocks[0].anchors.size() == 1);
    CHECK(tercet::broken_law(d) == "");
  }
}

TEST_CASE("one thing said thirty thousand times is read in time", "[read]") {
  for (const std::string& piece : kPieces) {
    const std::string text = repeated(piece, 30'000);
    for (const Format format : kFormats) {
      CAPTURE(piece, static_cast<int>(format));
      (void)tercet::read_document(text, "x", format);
    }
  }
  for (const char* unit :
       {"![[]()", "- ", "> ", "> - ", "[[a|", "[a](", "**a *b ", "<a ", "[00:0", "a\n- b\n",
        "* **a**: b\n", "(<a class=\"yt-timestamp\" data-t=\"1:00\">", "~~~~ a\n", "|a\n"}) {
    CAPTURE(unit);
    const Document d = tercet::read_document(repeated(unit, 80'000), "x", Format::Markdown);
    CHECK(tercet::broken_law(d) == "");
  }
}

TEST_CASE("fences that never close do not square the time", "[read]") {
  std::string text;
  for (std::size_t n = 1200; n > 2; --n) text += std::string(n, '`') + "\na\n";
  const Document d = tercet::read_document(text, "x", Format::Markdown);
  CHECK(!d.blocks.empty());
}
