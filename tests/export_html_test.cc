#include <algorithm>
#include <sstream>

#include "base/error.h"
#include "base/json.h"
#include "base/sha256.h"
#include "export/html.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

std::string page(const tercet::KnowledgeGraph& graph, const tercet::HtmlOptions& options = {}) {
  std::ostringstream out;
  tercet::write_html(graph, out, options);
  return out.str();
}

// The texts between the tags `<TAG ...>` and `</TAG>`, the way a browser ends them.
std::vector<std::string> elements(const std::string& html, const std::string& open,
                                  const std::string& close) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = html.find(open, at)) != std::string::npos;) {
    const std::size_t begin = html.find('>', at) + 1, end = html.find(close, begin);
    REQUIRE(end != std::string::npos);
    out.push_back(html.substr(begin, end - begin));
    at = end;
  }
  return out;
}

// Another way to base64 than the one under test.
std::string base64(const std::array<std::uint8_t, 32>& bytes) {
  static const std::string digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits, out;
  for (const std::uint8_t byte : bytes) {
    for (int bit = 7; bit >= 0; --bit) bits += (byte >> bit & 1) != 0 ? '1' : '0';
  }
  bits.resize((bits.size() + 5) / 6 * 6, '0');
  for (std::size_t i = 0; i < bits.size(); i += 6) {
    out += digits[std::stoul(bits.substr(i, 6), nullptr, 2)];
  }
  out.resize((out.size() + 3) / 4 * 4, '=');
  return out;
}

}  // namespace

TEST_CASE("a page runs only the scripts whose hashes it names, and fetches nothing", "[export]") {
  for (const std::size_t most : {0, 2000}) {  // sigma, cytoscape
    tercet::HtmlOptions options;
    options.most_for_cytoscape = most;
    const std::string html = page(samples::bakery_graph(), options);
    const std::size_t at = html.find("content=\"default-src 'none'; ");
    REQUIRE(at != std::string::npos);
    const std::string policy = html.substr(at, html.find('"', at + 10) - at);
    const auto scripts = elements(html, "<script>", "</script>");
    CHECK(scripts.size() == (most == 0 ? 6 : 5));
    for (const std::string& script : scripts) {
      CHECK(policy.find("'sha256-" + base64(tercet::sha256(script)) + "'") != std::string::npos);
    }
    for (const std::string& style : elements(html, "<style", "</style>")) {
      CHECK(policy.find("'sha256-" + base64(tercet::sha256(style)) + "'") != std::string::npos);
    }
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(policy.find("connect-src") == std::string::npos);  // 'none' by default
    for (const char* word : {"src=", "href=\"", "url(", "@import", "javascript:", "file:"}) {
      CAPTURE(word);
      const std::string tags = html.substr(0, html.find("<script type"));
      CHECK(tags.find(word) == std::string::npos);
    }
    for (std::size_t i = 0; (i = html.find("://", i)) != std::string::npos; ++i) {
      CHECK(html.substr(i - 5, 17).find("https://youtu.be/") != std::string::npos);
    }
  }
}

TEST_CASE("hostile names stay data in a page", "[export]") {
  const std::string html = page(samples::hostile_graph());
  const auto blocks = elements(html, "<script type=\"application/json\"", "</script>");
  REQUIRE(blocks.size() == 2);
  for (const std::string& block : blocks) {
    CHECK(block.find_first_of("<>&") == std::string::npos);
    CHECK(block.find("\u2028") == std::string::npos);
    rapidjson::Document json;
    json.Parse<rapidjson::kParseValidateEncodingFlag>(block.c_str());
    CHECK_FALSE(json.HasParseError());
  }
  // Nothing but our own tags.
  CHECK(html.find("<img") == std::string::npos);
  CHECK(html.find("</script><") == std::string::npos);
  tercet::HtmlOptions options;
  options.title = "</title><img src=x onerror=alert(1)>";
  const std::string titled = page(tercet::KnowledgeGraph(), options);
  CHECK(titled.find("<img") == std::string::npos);
}

TEST_CASE("a page holds every statement, whatever it shows at first", "[export]") {
  const auto graph = samples::bakery_graph();
  rapidjson::Document json;
  json.Parse(elements(page(graph), "<script type=\"application/json\"", "</script>")[0].c_str());
  REQUIRE_FALSE(json.HasParseError());
  CHECK(json["claims"].Size() == graph.facts().size());
  CHECK(json["nodes"].Size() == graph.nodes().size());
  std::size_t claims = 0;
  for (const auto& edge : json["edges"].GetArray()) claims += edge[5].Size();
  CHECK(claims == graph.facts().size());
  CHECK_FALSE(json["all"].GetBool());
}

TEST_CASE("equal graphs give equal pages", "[export]") {
  auto facts = samples::bakery();
  const std::string first = page(tercet::build_graph(facts));
  std::reverse(facts.begin(), facts.end());
  CHECK(page(tercet::build_graph(facts)) == first);
}

TEST_CASE("a page that cannot be written is an error", "[export]") {
  samples::FullDisk disk(100'000);
  std::ostream out(&disk);
  CHECK_THROWS_AS(tercet::write_html(samples::bakery_graph(), out), tercet::Error);
}
