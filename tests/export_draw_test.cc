#include <expat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "base/error.h"
#include "export/draw.h"
#include "export/picture.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using tercet::Engine;
using tercet::Error;
using tercet::ImageFormat;
using tercet::Limits;

struct Svg {
  int nodes = 0, edges = 0;
  bool well_formed = false, script = false;
  std::vector<std::string> links;

  explicit Svg(const std::string& text) {
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, this);
    XML_SetStartElementHandler(parser, [](void* self, const char* name, const char** list) {
      auto& svg = *static_cast<Svg*>(self);
      svg.script = svg.script || std::string(name) == "script";
      for (; *list != nullptr; list += 2) {
        const std::string key = list[0], value = list[1];
        if (key == "class") svg.nodes += value == "node", svg.edges += value == "edge";
        if (key == "xlink:href") svg.links.push_back(value);
      }
    });
    well_formed = XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_OK;
    XML_ParserFree(parser);
  }
};

Error::Code code_of(std::string_view dot, const Limits& limits = {}) {
  try {
    tercet::render(dot, Engine::Dot, ImageFormat::Svg, limits);
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("drawn");
  return Error::Code::Usage;
}

// Far more than any layout of dot can do in a second.
std::string endless() {
  std::string dot = "digraph{";
  std::uint32_t state = 7;
  const auto next = [&] {
    state = state * 1664525 + 1013904223;
    return std::to_string((state >> 8) % 2000);
  };
  for (int i = 0; i < 8000; ++i) dot += "n" + next() + "->n" + next() + "[label=x];";
  return dot + "}";
}

std::size_t open_files() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    ++count;
  return count;
}

tercet::PictureOptions every_status() {
  tercet::PictureOptions options;
  options.show = tercet::Show::All;
  return options;
}

}  // namespace

TEST_CASE("a picture holds the things and lines of the graph", "[export]") {
  const Svg svg(tercet::draw_picture(samples::bakery_graph(), ImageFormat::Svg));
  CHECK(svg.well_formed);
  CHECK(svg.nodes == 3);
  CHECK(svg.edges == 2);
  CHECK_FALSE(svg.script);
  CHECK_FALSE(svg.links.empty());
  for (const std::string& link : svg.links) CHECK(link == "https://youtu.be/bakery_0001?t=65");
  const Svg all(tercet::draw_picture(samples::bakery_graph(), ImageFormat::Svg, every_status()));
  CHECK(all.well_formed);
  CHECK(all.edges == 9);
}

TEST_CASE("hostile names are inert in a picture", "[export]") {
  for (const bool all : {false, true}) {
    const Svg svg(tercet::draw_picture(samples::hostile_graph(), ImageFormat::Svg,
                                       all ? every_status() : tercet::PictureOptions()));
    CHECK(svg.well_formed);
    CHECK_FALSE(svg.script);
    CHECK(svg.links.empty());
    CHECK(svg.nodes > 40);
  }
}

TEST_CASE("PNG is PNG, and the same each time", "[export]") {
  const std::string png = tercet::draw_picture(samples::bakery_graph(), ImageFormat::Png);
  CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1A\n");
  CHECK(png.substr(png.size() - 8, 4) == "IEND");
  CHECK(png == tercet::draw_picture(samples::bakery_graph(), ImageFormat::Png));
}

TEST_CASE("a graph without anything to draw is a page with a title", "[export]") {
  const Svg svg(tercet::draw_picture(tercet::KnowledgeGraph(), ImageFormat::Svg));
  CHECK(svg.well_formed);
  CHECK(svg.nodes == 0);
}

TEST_CASE("what is not DOT is said to be so", "[export]") {
  using namespace std::string_literals;
  for (const std::string& bad : {""s, "graph"s, "digraph{"s, "digraph{a->}"s, "digraph{a\0}"s,
                                 "\xFF\xFE"s, "digraph{layout=osage; a}"s, "\x1B[31m"s}) {
    CAPTURE(bad);
    CHECK(code_of(bad) == Error::Code::Syntax);
  }
}

TEST_CASE("messages of Graphviz cannot move the cursor", "[export]") {
  try {
    tercet::render("digraph{ a -> \x1B[31m }", Engine::Dot, ImageFormat::Svg);
    FAIL("drawn");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find('\x1B') == std::string::npos);
  }
}

TEST_CASE("a layout that takes too long is stopped, by either clock", "[export]") {
  const std::string dot = endless();
  Limits cpu, wall;
  cpu.cpu_seconds = 1;
  wall.wall = std::chrono::seconds(1);
  for (const Limits& limits : {cpu, wall}) {
    const auto start = std::chrono::steady_clock::now();
    CHECK(code_of(dot, limits) == Error::Code::Resource);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
  }
}

#if !defined(__SANITIZE_ADDRESS__)
TEST_CASE("a layout that takes too much memory is stopped", "[export]") {
  Limits limits;
  limits.memory_bytes = 40 << 20;
  limits.cpu_seconds = 20;
  CHECK(code_of(endless(), limits) == Error::Code::Resource);
}
#endif

TEST_CASE("a picture larger than its limit is refused", "[export]") {
  Limits limits;
  limits.output_bytes = 1000;
  CHECK(code_of("digraph{a->b->c->d->e->f->g}", limits) == Error::Code::Resource);
}

TEST_CASE("drawing leaves no file and no process behind", "[export]") {
  const std::size_t before = open_files();
  for (int i = 0; i < 3; ++i) {
    tercet::render("digraph{a->b}", Engine::Dot, ImageFormat::Svg);
    CHECK_THROWS_AS(tercet::render("digraph{", Engine::Dot, ImageFormat::Svg), Error);
    Limits limits;
    limits.wall = std::chrono::seconds(0);
    CHECK_THROWS_AS(tercet::render("digraph{a->b}", Engine::Dot, ImageFormat::Svg, limits), Error);
  }
  CHECK(open_files() == before);
  CHECK(waitpid(-1, nullptr, WNOHANG) == -1);  // no child is left to wait for
}
