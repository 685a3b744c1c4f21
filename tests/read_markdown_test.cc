#include <string>
#include <vector>

#include "extract/read/read.h"
#include "tests/catch.h"
#include "tests/read_laws.h"

namespace {

using tercet::Block;
using tercet::Document;

Document note(const std::string& text) {
  Document document = tercet::read_document(text, "note.md", tercet::Format::Markdown);
  CHECK(tercet::broken_law(document) == "");
  return document;
}

std::vector<std::string> texts(const std::string& text) {
  std::vector<std::string> out;
  for (const Block& block : note(text).blocks) out.push_back(block.text);
  return out;
}

std::string only(const std::string& text) {
  const std::vector<std::string> all = texts(text);
  REQUIRE(all.size() == 1);
  return all.front();
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("front matter gives title and video, and is no text", "[read]") {
  const Document d =
      note("---\ntitle: \"Pumps: a study\"\nvideoId: abc_DEF-123\nx: &a b\n---\nBody.\n");
  CHECK(d.title == "Pumps: a study");
  CHECK(d.video_id == "abc_DEF-123");
  REQUIRE(d.blocks.size() == 1);
  CHECK(d.blocks[0].text == "Body.");
}

TEST_CASE("front matter that is never closed loses nothing", "[read]") {
  const Document d = note("---\ntitle: Pumps\n\nA pump moves water.\n");
  CHECK(d.title.empty());
  REQUIRE(!d.blocks.empty());
  CHECK(d.blocks.back().text == "A pump moves water.");
}

TEST_CASE("front matter above 64 KiB is text", "[read]") {
  const std::string long_matter = "---\n" + std::string(70'000, 'a') + "\n---\n\nBody.\n";
  CHECK(note(long_matter).blocks.back().text == "Body.");
}

TEST_CASE("a video id that is none is left out", "[read]") {
  CHECK(note("---\nvideoId: <script>\n---\nBody.").video_id.empty());
}

TEST_CASE("the first line From: names the source", "[read]") {
  for (const char* line : {"From: [[pumpchannel]] <br/> ", "From: [[pumpchannel]]<br />",
                           "From:[[pumpchannel]]", "From: [[x | pumpchannel]] <br>"}) {
    CAPTURE(line);
    const Document d = note(std::string(line) + "\n\nA pump moves water.");
    CHECK(d.source == "pumpchannel");
    REQUIRE(d.blocks.size() == 1);
  }
  CHECK(note("From: here to there.").source.empty());
  CHECK(only("From: here to there.") == "From: here to there.");
}

TEST_CASE("a wikilink is its label, its target a hint", "[read]") {
  const Document d = note("A \"[[pump_makers | maker]]\" sells [[Valves]] to [[a|b]].");
  REQUIRE(d.blocks.size() == 1);
  const Block& block = d.blocks[0];
  CHECK(block.text == "A \"maker\" sells Valves to b.");
  REQUIRE(block.links.size() == 3);
  CHECK(block.links[0].target == "pump_makers");
  CHECK(view(block.text, block.links[0].label) == "maker");
  CHECK(block.links[1].target == "Valves");
  CHECK(view(block.text, block.links[1].label) == "Valves");
  CHECK(view(block.text, block.links[2].label) == "b");
}

TEST_CASE("wikilinks of every shape", "[read]") {
  CHECK(only("See [[" + std::string(300, 'x') + " | the maker]] now.") == "See the maker now.");
  CHECK(only("See [[makers#History | the maker]].") == "See the maker.");
  CHECK(only("See [[makers#History]].") == "See makers#History.");
  CHECK(only("See [[a_b_c*d*]].") == "See a_b_c*d*.");
  CHECK(only("See [[a |]] and [[ | b]].") == "See a and b.");
  CHECK(only("Words **[[a | bold maker]]** end.") == "Words bold maker end.");
  CHECK(only("See [[a | **bold** maker]].") == "See bold maker.");
  CHECK(only("See [[never closed.") == "See never closed.");
  CHECK(only("See [[a [[b | maker]] now.") == "See a maker now.");
  CHECK(only("See a]] now.") == "See a now.");
  CHECK(only("Shown: ![[other note]].") == "Shown: other note.");
  CHECK(only("Shown: ![[plan.png | 300]] here.") == "Shown: here.");
  CHECK(only("Run `[[a | maker]]` now.") == "Run maker now.");
}

TEST_CASE("links keep their words and images go", "[read]") {
  const Document d = note("The [maker](https://example.org/a) of ![a picture](x.png) pumps.");
  REQUIRE(d.blocks.size() == 1);
  CHECK(d.blocks[0].text == "The maker of pumps.");
  REQUIRE(d.blocks[0].links.size() == 1);
  CHECK(d.blocks[0].links[0].target == "https://example.org/a");
  CHECK(only("They said \"you [must] go\".") == "They said \"you [must] go\".");
}

TEST_CASE("emphasis marks go, whatever stands round them", "[read]") {
  CHECK(only("A *very* __old__ pump, ***really*** and _so_ on.") ==
        "A very old pump, really and so on.");
  CHECK(only("Old **Note:**text stays.") == "Old Note:text stays.");
  CHECK(only("An open ** mark and **another") == "An open ** mark and another");
  CHECK(only("So 2**10 is 1024.") == "So 2**10 is 1024.");
  CHECK(only("E*Shop sold ~~some~~ pumps.") == "E*Shop sold some pumps.");
  CHECK(only("The file_name_here is `a*b*c` long.") == "The file_name_here is a*b*c long.");
  CHECK(only("Escaped \\*stars\\* stay.") == "Escaped *stars* stay.");
}

TEST_CASE("a bold label at the start leads in", "[read]") {
  for (const char* text :
       {"* **Pump seal** The maker sells it.", "* **Pump seal**: The maker sells it.",
        "* **Pump seal:** The maker sells it.", "**Pump seal** - The maker sells it.",
        "- **[[seal | Pump seal]]** \xe2\x80\x93 The maker sells it.",
        "1. __Pump seal__: The maker sells it."}) {
    CAPTURE(text);
    const Document d = note(text);
    REQUIRE(d.blocks.size() == 1);
    CHECK(d.blocks[0].lead_in == "Pump seal");
    CHECK(d.blocks[0].text == "The maker sells it.");
  }
}

TEST_CASE("a bold run that is no label stays", "[read]") {
  CHECK(only("* **Pump seals:**") == "Pump seals:");
  CHECK(only("The **pump** works.") == "The pump works.");
  const std::string sixty(60, 'x');
  CHECK(only("**" + sixty + "** works.") == sixty + " works.");
  CHECK(only("# **Pumps** and seals") == "Pumps and seals");
}

TEST_CASE("offsets survive the cutting of a lead-in", "[read]") {
  const std::string text =
      "* **Seal** <a class=\"yt-timestamp\" data-t=\"00:01:00\">[00:01:00]</a>: "
      "The [[a | maker]] sells it.";
  const Document d = note(text);
  REQUIRE(d.blocks.size() == 1);
  const Block& block = d.blocks[0];
  CHECK(block.text == "The maker sells it.");
  REQUIRE(block.anchors.size() == 1);
  CHECK(block.anchors[0].at == 0);
  CHECK(block.origin.begin_of(0) == text.find("The"));
  CHECK(block.origin.begin_of(4) == text.find("maker"));
  CHECK(block.origin.end_of(9) == text.find("]] sells"));
}

TEST_CASE("headings are context", "[read]") {
  const Document d = note("Before.\n\n## The [[a | maker]]\n\nAfter.\n\n### Deeper\n\nLast.");
  REQUIRE(d.blocks.size() == 5);
  CHECK(d.blocks[0].heading == -1);
  CHECK(d.blocks[1].kind == Block::Kind::Heading);
  CHECK(d.blocks[1].text == "The maker");
  CHECK(d.blocks[1].depth == 2);
  CHECK(d.blocks[2].heading == 1);
  CHECK(d.blocks[4].heading == 3);
}

TEST_CASE("a list knows what introduces it", "[read]") {
  const Document d = note(
      "The maker sells:\n* Pumps\n    * for water:\n        - and oil\n* Valves\n\n"
      "  More on valves.\n\n## Other\n* Seals\n\n1. First:\n- Rings\n");
  REQUIRE(d.blocks.size() == 10);
  CHECK(d.blocks[1].kind == Block::Kind::Item);
  CHECK(d.blocks[1].intro == 0);
  CHECK(d.blocks[1].depth == 1);
  CHECK(d.blocks[2].intro == 1);
  CHECK(d.blocks[2].depth == 2);
  CHECK(d.blocks[3].intro == 2);
  CHECK(d.blocks[3].depth == 3);
  CHECK(d.blocks[4].intro == 0);
  CHECK(d.blocks[5].kind == Block::Kind::Paragraph);  // second paragraph of an item
  CHECK(d.blocks[7].text == "Seals");
  CHECK(d.blocks[7].intro == -1);
  CHECK(d.blocks[9].text == "Rings");
  CHECK(d.blocks[9].intro == 8);
}

TEST_CASE("the nearest words introduce a nested list", "[read]") {
  const Document d =
      note("- Pumps\n\n  They come in:\n  - red\n\n  ```\n  code\n  ```\n  - blue\n- Seals\n");
  REQUIRE(d.blocks.size() == 5);
  CHECK(d.blocks[1].text == "They come in:");
  CHECK(d.blocks[2].intro == 1);
  CHECK(d.blocks[3].text == "blue");
  CHECK(d.blocks[3].depth == 2);
  CHECK(d.blocks[4].intro == -1);
}

TEST_CASE("quotes and callouts lose their marks", "[read]") {
  const Document d = note(
      "> A quote\n> goes on.\n\n> [!NOTE] The maker pays.\n\n[!INFO] The buyer pays.\n\n"
      "> [!tip]- A title\n> The seller pays.\n\n[!quote|Some title]\nNobody pays.\n\n"
      "> [!NOTE] Late title\n>\n> They pay.\n");
  REQUIRE(d.blocks.size() == 6);
  CHECK(d.blocks[0].kind == Block::Kind::Quote);
  CHECK(d.blocks[0].text == "A quote goes on.");
  CHECK(d.blocks[1].text == "The maker pays.");
  CHECK(d.blocks[2].text == "The buyer pays.");
  CHECK(d.blocks[3].text == "The seller pays.");
  CHECK(d.blocks[3].lead_in == "A title");
  CHECK(d.blocks[4].text == "Nobody pays.");
  CHECK(d.blocks[4].lead_in == "Some title");
  CHECK(d.blocks[5].text == "They pay.");
  CHECK(d.blocks[5].lead_in == "Late title");
}

TEST_CASE("the title of a callout introduces the list below", "[read]") {
  const Document d = note("> [!tip] Three pillars\n>\n> * Pumps\n> * Seals\n");
  REQUIRE(d.blocks.size() == 3);
  CHECK(d.blocks[0].text == "Three pillars");
  CHECK(d.blocks[1].intro == 0);
}

TEST_CASE("code, tables, math, comments and scripts are no text", "[read]") {
  CHECK(texts("Before.\n\n```c\nint x; [[a]]\n```\n\nAfter.") == Texts{"Before.", "After."});
  CHECK(texts("Before.\n\n| a | b |\n|---|---|\n| c | d |\n\nAfter.") ==
        Texts{"Before.", "After."});
  CHECK(only("A <!-- hidden --> pump.") == "A pump.");
  CHECK(texts("Before.\n<!-- hidden\n\nstill -->\n\nAfter.") == Texts{"Before.", "After."});
  CHECK(only("A <script>alert(1)</script> pump.") == "A pump.");
  CHECK(only("So $x^2 + y_1$ holds.") == "So holds.");
  CHECK(texts("Before.\n\n$$\na+b\n$$\n\nAfter.") == Texts{"Before.", "After."});
  CHECK(only("It costs $5 and then $10.") == "It costs $5 and then $10.");
  CHECK(only("Noted[^1] here.") == "Noted here.");
}

TEST_CASE("what is never closed stays text", "[read]") {
  CHECK(texts("Before.\n\n```c\nThe pump works.\n\nAfter.") ==
        Texts{"Before.", "The pump works.", "After."});
  CHECK(texts("A <!-- never closed.\n\nAfter.").back() == "After.");
  CHECK(only("A `tick never closed.") == "A `tick never closed.");
}

TEST_CASE("tags go and their words stay", "[read]") {
  CHECK(only("A <b>bold</b> pump<br/>works<br>well.") == "A bold pump works well.");
  CHECK(texts("<div>\nA pump works.\n</div>").front() == "A pump works.");
  CHECK(only("If a < b and c > d.") == "If a < b and c > d.");
}

TEST_CASE("character references are decoded, and map back", "[read]") {
  const std::string text = "R&amp;D &#8212; caf&eacute; &unknown; A&nbsp;B";
  const Document d = note(text);
  REQUIRE(d.blocks.size() == 1);
  const Block& block = d.blocks[0];
  CHECK(block.text == "R&D \xe2\x80\x94 caf\xc3\xa9 &unknown; A B");
  const auto at = static_cast<std::uint32_t>(block.text.find("\xc3\xa9"));
  CHECK(block.origin.begin_of(at) == text.find("&eacute;"));
  CHECK(block.origin.end_of(at + 2) == text.find(" &unknown"));
  CHECK(only("Bad &#0; and &#xD800; end.") == "Bad \xef\xbf\xbd and \xef\xbf\xbd end.");
}

TEST_CASE("white space folds, curly quotes stay", "[read]") {
  CHECK(only("A\xc2\xa0 \tpump\nthat  works\xe2\x80\xaf.") == "A pump that works .");
  const Document d = note("A \t pump.");
  CHECK(d.blocks[0].origin.begin_of(1) == 1);  // the first of the run
  CHECK(d.blocks[0].origin.begin_of(2) == 4);
  CHECK(only("It\xe2\x80\x99s \xe2\x80\x9cold\xe2\x80\x9d.") ==
        "It\xe2\x80\x99s \xe2\x80\x9cold\xe2\x80\x9d.");
  CHECK(texts("A pump.\r\n\r\n* One\r\n* Two\r\n") == Texts{"A pump.", "One", "Two"});
  CHECK(texts("A pump.\r\rA seal.") == Texts{"A pump.", "A seal."});
}

TEST_CASE("a long text is parsed in parts without losing a word", "[read]") {
  std::string text;
  for (int i = 0; i < 30'000; ++i) {
    text += "Pump **" + std::to_string(i) + "** of [[makers | maker " + std::to_string(i) + "]].\n";
    if (i % 7 == 0) text += "\n";
    if (i % 50 == 0) text += "* an item\n\n## Heading\n\n";
  }
  const Document d = note(text);
  std::size_t found = 0;
  for (const Block& block : d.blocks) {
    for (std::size_t at = 0; (at = block.text.find("of maker ", at)) != std::string::npos; ++at) {
      ++found;
    }
  }
  CHECK(found == 30'000);
}
