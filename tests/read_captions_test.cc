#include "extract/read/read.h"
#include "tests/catch.h"
#include "tests/read_laws.h"

using namespace tercet;

namespace {

Document read(const std::string& bytes, const std::string& id = "talk.vtt") {
  Document out = read_document(bytes, id, format_of(id, bytes));
  CHECK(broken_law(out).empty());
  return out;
}

std::vector<std::string> texts(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document.blocks) out.push_back(block.text);
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the words of cues run on through a block, each cue a time before its words") {
  const Document document = read(
      "WEBVTT - a talk\n\nNOTE not said\nat all\n\nintro\n00:00:01.000 --> 00:00:03.500 "
      "align:start\n"
      "Riverbank acquired\n\n00:03.500 --> 00:05.000\nTideline. Harbour &amp; "
      "<i>Sons</i>\nhelped.\n");
  REQUIRE(texts(document) == Texts{"Riverbank acquired Tideline. Harbour & Sons helped."});
  const Block& block = document.blocks[0];
  CHECK(block.anchors_lead);
  REQUIRE(block.anchors.size() == 2);
  CHECK(block.anchors[0].at == 0);
  CHECK(block.anchors[0].seconds == 1);
  CHECK(block.anchors[1].seconds == 3);
  CHECK(block.text.substr(block.anchors[1].at, 10) == " Tideline.");
}

TEST_CASE("SubRip is read, with and without blank lines between cues") {
  const std::string loose =
      "1\r\n00:00:01,000 --> 00:00:02,000\r\nOne two\r\n\r\n2\r\n00:00:02,100 --> 00:00:03,000\r\n"
      "{\\an8}three.\r\n";
  const std::string tight =
      "1\n00:00:01,000 --> 00:00:02,000\nOne two\n2\n00:00:02,100 --> 00:00:03,000\nthree.\n";
  CHECK(texts(read(loose, "a.srt")) == Texts{"One two three."});
  CHECK(texts(read(tight, "a.srt")) == Texts{"One two three."});
}

TEST_CASE("silence and another speaker end a block") {
  CHECK(texts(read(
            "WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n00:30.000 --> 00:31.000\ntwo\n"
            "\n00:31.000 --> 00:32.000\n>> three\n\n00:32.000 --> 00:33.000\n<v Ann>four\n")) ==
        Texts{"one", "two", "three", "four"});
}

TEST_CASE("rolling captions say every line once") {
  CHECK(texts(read(
            "WEBVTT\n\n00:01.000 --> 00:02.000\nwe store\n\n00:02.000 --> 00:03.000\nwe store\n"
            "the<00:00:02.300><c> data</c>\n\n00:03.000 --> 00:04.000\nthe data\nwith them\n")) ==
        Texts{"we store the data with them"});
}

TEST_CASE("the video's id in brackets makes links") {
  CHECK(read("WEBVTT\n", "talks/On moats [dQw4w9WgXcQ].en.vtt").video_id == "dQw4w9WgXcQ");
  CHECK(read("WEBVTT\n", "talks/On moats [2024].vtt").video_id.empty());
}

TEST_CASE("what are no captions gives no blocks, whatever the bytes") {
  for (const std::string bytes : {"", "just words\n", "00:01 --> \nx", "--> --> -->\n\xff\xfe\n",
                                  "99:99:99 --> 00:00:01\nx\n"}) {
    CHECK(texts(read(bytes)).empty());
  }
}
