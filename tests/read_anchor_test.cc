#include <optional>
#include <string>

#include "extract/read/read.h"
#include "extract/read/time_anchor.h"
#include "tests/catch.h"
#include "tests/read_laws.h"

namespace {

using tercet::Block;
using tercet::Document;

std::string a(const std::string& time) {
  return "<a class=\"yt-timestamp\" data-t=\"" + time + "\">[" + time + "]</a>";
}

Document note(const std::string& text) {
  Document document = tercet::read_document(text, "note.md", tercet::Format::Markdown);
  CHECK(tercet::broken_law(document) == "");
  return document;
}

Block only(const std::string& text) {
  Document document = note(text);
  REQUIRE(document.blocks.size() == 1);
  return document.blocks[0];
}

}  // namespace

TEST_CASE("times are read or not at all", "[read]") {
  CHECK(tercet::parse_time("01:02:03") == 3723u);
  CHECK(tercet::parse_time("[1:02:03]") == 3723u);
  CHECK(tercet::parse_time("[[07:12]]") == 432u);
  CHECK(tercet::parse_time("75:30") == 4530u);
  CHECK(tercet::parse_time("01:02:03:29") == 3723u);
  CHECK(tercet::parse_time("02:7:10") == 7630u);
  CHECK(tercet::parse_time("01:02:03]") == 3723u);
  for (const char* bad :
       {"", "[]", ":", "12", "01:02:", "01:02:3", "01:02:003", "01:60:00", "00:00:60", "HH:01:02",
        "01-02-03", "1:2:3:4:5", "999:00:00", "01::02", "::", "-1:00"}) {
    CAPTURE(bad);
    CHECK(tercet::parse_time(bad) == std::nullopt);
  }
}

TEST_CASE("an anchor in any of its broken shapes is a time and no text", "[read]") {
  const struct {
    const char* markup;
    std::uint32_t seconds;
  } shapes[] = {
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05\">[00:01:05]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"01:05\">[01:05]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05\">00:01:05</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05\"></a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05:12\">[00:01:05:12]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"0:01:05\">[0:01:05]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05\">[01:06]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05]\">[00:01:05]</a>", 65},
      {"<a class=\"yt-timestamp\" data-0:01:05:12\">[0:01:05:12]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05\">[[00:01:05]]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"HH:01:05\">[00:01:05]</a>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05\">00:01:05>", 65},
      {"<a class=\"yt-timestamp\" data-t=\"00:01:05</a>", 65},
      {"<a class=\"yt_timestamp\" data-t=\"00:01:05\">[00:01:05]</a>", 65},
      {"[00:01:05]", 65},
      {"[[00:01:05]]", 65},
  };
  for (const auto& shape : shapes) {
    CAPTURE(shape.markup);
    const Block block = only(std::string("The pump works ") + shape.markup + ". It is old.");
    CHECK(block.text == "The pump works. It is old.");
    REQUIRE(block.anchors.size() == 1);
    CHECK(block.anchors[0].seconds == shape.seconds);
    CHECK(block.anchors[0].at == 14);
    CHECK(block.breaks.empty());
  }
}

TEST_CASE("an unreadable anchor has no time and is counted", "[read]") {
  const Document d = note("The pump " + a("00:99:99") + " works " + a("01:02:") + " well.");
  REQUIRE(d.blocks.size() == 1);
  CHECK(d.blocks[0].text == "The pump works well.");
  CHECK(d.blocks[0].anchors.empty());
  CHECK(d.unreadable_anchors == 2);
}

TEST_CASE("anchors leave no commas and no brackets", "[read]") {
  const std::string x = a("00:00:01");
  const std::string y = a("00:00:02");
  for (const std::string& between :
       {" " + x + ", " + y, " (" + x + ", " + y + ")", " ( " + x + y + " )",
        " (" + x + "), (" + y + ")", " [" + x + "]" + y, ", " + x + " and " + y,
        " [" + x + "](https://example.org/v) " + y, " [00:00:01](" + y + ")",
        " (<a class=\"yt-timestamp\" data-t=\"00:00:01\">00:00:01>)-[00:00:02](" + y + ")",
        std::string(" [00:00:01, 00:00:02]"), std::string(" [0:00:01 - 0:00:02]")}) {
    CAPTURE(between);
    const Block block = only("The pump works" + between + ". It is old.");
    CHECK(block.text == "The pump works. It is old.");
    REQUIRE(block.anchors.size() >= 2);
    CHECK(block.anchors.front().seconds == 1);
    CHECK(block.anchors.back().seconds == 2);
  }
  CHECK(only("The pump (see " + x + ") works.").text == "The pump (see) works.");
  CHECK(only("The pump (" + x + ", see above) works.").text == "The pump (, see above) works.");
  CHECK(only("[More on pumps](" + x + ").").text == "More on pumps.");
}

TEST_CASE("a comma that is the sentence's stays", "[read]") {
  CHECK(only("The pump " + a("00:01") + ", which is old, works.").text ==
        "The pump, which is old, works.");
  CHECK(only("A pump" + a("00:01") + "works.").text == "A pump works.");
}

TEST_CASE("an anchor after the stop belongs to the sentence before", "[read]") {
  const Block block = only("The pump works. " + a("00:00:07") + " It is old.\" " + a("00:00:08") +
                           " " + a("00:00:09") + " So it goes " + a("00:00:10") + ".");
  CHECK(block.text == "The pump works. It is old.\" So it goes.");
  REQUIRE(block.anchors.size() == 4);
  CHECK(block.anchors[0].at == 15);
  CHECK(block.anchors[1].at == 27);
  CHECK(block.anchors[2].at == 27);
  REQUIRE(block.breaks.size() == 2);
  CHECK(block.breaks[0] == 15);
  CHECK(block.breaks[1] == 27);
}

TEST_CASE("an anchor inside a sentence breaks nothing", "[read]") {
  CHECK(only("The U.S. " + a("00:00:07") + " market grew.").breaks.empty());
  CHECK(only("The end. " + a("00:00:07")).breaks.empty());
  const Block block = only(a("00:00:07") + ": \"It is old.\"");
  CHECK(block.text == "\"It is old.\"");
  REQUIRE(block.anchors.size() == 1);
  CHECK(block.anchors[0].at == 0);
}

TEST_CASE("of anchors at one place the earliest comes first", "[read]") {
  const Block block = only("The pump works " + a("00:00:09") + " " + a("00:00:04") + ".");
  REQUIRE(block.anchors.size() == 2);
  CHECK(block.anchors[0].seconds == 4);
}

TEST_CASE("a score or a verse is no time", "[read]") {
  CHECK(only("They lost [3:16] there.").text == "They lost [3:16] there.");
  CHECK(only("Numbers [1, 2] and [12:30] stay.").text == "Numbers [1, 2] and [12:30] stay.");
}
