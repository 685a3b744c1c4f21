#include "extract/read/read.h"
#include "tests/catch.h"
#include "tests/read_laws.h"

using namespace tercet;

namespace {

Document read(const std::string& bytes) {
  Document out = read_document(bytes, "page.html", format_of("page.html", bytes));
  CHECK(broken_law(out).empty());
  return out;
}

}  // namespace

TEST_CASE("a page becomes its title, headings, paragraphs and list items") {
  const Document page = read(
      "<!doctype html><html><head><title>Moats &amp; more</title><style>p{x}</style></head><body>"
      "<nav>Home About</nav><h2>Cloud</h2><p>Riverbank <a href='/t'>acquired <b>Tideline</b></a>."
      "<br>Harbour&nbsp;agreed &mdash; slowly.</p><p>It "
      "offers:<ul><li>storage<li>compute<ul><li>GPUs"
      "</ul></ul><script>var x = '<p>no</p>';</script><blockquote>So be it.</blockquote></body>");
  CHECK(page.title == "Moats & more");
  REQUIRE(page.blocks.size() == 7);
  CHECK(page.blocks[0].kind == Block::Kind::Heading);
  CHECK(page.blocks[0].depth == 2);
  CHECK(page.blocks[1].text == "Riverbank acquired Tideline. Harbour agreed \xe2\x80\x94 slowly.");
  CHECK(page.blocks[1].heading == 0);
  REQUIRE(page.blocks[1].links.size() == 1);
  CHECK(page.blocks[1].links[0].target == "/t");
  CHECK(page.blocks[3].kind == Block::Kind::Item);
  CHECK(page.blocks[3].intro == 2);
  CHECK(page.blocks[4].text == "compute");
  CHECK(page.blocks[5].depth == 2);
  CHECK(page.blocks[5].intro == 4);
  CHECK(page.blocks[6].kind == Block::Kind::Quote);
}

TEST_CASE("places lead back to the bytes of the page") {
  const std::string bytes = "<p>a &amp; b</p>\n<td>Tideline</td>";
  const Document page = read(bytes);
  REQUIRE(page.blocks.size() == 2);
  const Block& block = page.blocks[1];
  CHECK(block.origin.begin_of(0) == bytes.find("Tideline"));
}

TEST_CASE("a page nested without end is read in linear time and without recursion") {
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<div><b>";
  deep += "Riverbank acquired Tideline.";
  const Document page = read(deep);
  REQUIRE_FALSE(page.blocks.empty());
  CHECK(page.blocks.back().text.find("Riverbank acquired Tideline.") != std::string::npos);
}

TEST_CASE("broken pages are pages") {
  for (const std::string bytes :
       {"", "<", "<p", "&", "&amp", "<table>loose<tr><td>cell</table>", "</p></p><!--", "<svg><p>x",
        "\xff<p>\xfe", "<a href=\"javascript:alert(1)\">x</a>", "<p>a\0b</p>", "<![CDATA[x]]>"}) {
    read(bytes);
  }
}
