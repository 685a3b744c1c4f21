#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "export/cluster.h"
#include "export/dot_style.h"
#include "export/picture.h"
#include "export/svg_text.h"
#include "graph/random.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using tercet::ImageFormat;
using tercet::KnowledgeGraph;
using tercet::PictureOptions;
using tercet::Show;
using tercet::SvgText;
using tercet::View;

constexpr View kViews[] = {View::Full, View::Ecosystem, View::Ego, View::Clusters, View::Timeline};

// A market of firms round a few hubs, with every status, dates and some long names.
KnowledgeGraph market(std::uint32_t firms, std::uint64_t seed = 5) {
  using tercet::Modality;
  using tercet::Polarity;
  static const char* const relations[] = {"offers", "uses", "competes_with", "meets_demand_for",
                                          "instance_of"};
  static const char* const types[] = {"Organization", "Product", "Technology", "Person", "Concept"};
  tercet::Random random(seed);
  const auto name = [](std::uint32_t i) {
    return (i % 7 == 3 ? "The long remembered works of " : "Works ") + std::to_string(i);
  };
  std::vector<tercet::Fact> facts;
  for (std::uint32_t i = 1; i < firms * 2; ++i) {
    const std::uint32_t from = i < firms ? i : random.below(firms);
    const std::uint32_t to = i < firms ? from / 8 : random.below(firms);
    tercet::Fact f = samples::fact(name(from), relations[random.below(5)], name(to));
    f.subject_type = types[from % 5];
    f.object_type = types[to % 5];
    f.id += std::to_string(i);
    f.confidence = 0.5 + random.below(50) / 100.0;
    const std::uint32_t kind = random.below(12);
    f.polarity = kind == 0 || kind == 4 ? Polarity::Negative : Polarity::Positive;
    f.modality = kind == 1   ? Modality::Possible
                 : kind == 2 ? Modality::Intended
                 : kind == 3 ? Modality::Conditional
                 : kind == 4 ? Modality::Possible
                             : Modality::Asserted;
    if (i % 3 == 0) f.qualifiers.date = std::to_string(1990 + i % 30);
    facts.push_back(f);
  }
  return tercet::build_graph(facts);
}

std::string svg(const KnowledgeGraph& graph, View view, Show show = Show::WithIntended) {
  PictureOptions options;
  options.view = view;
  options.show = show;
  if (!graph.nodes().empty()) options.focus = {0};
  return tercet::draw_picture(graph, ImageFormat::Svg, options);
}

// Relative luminance and contrast of WCAG 2.1, by its definition.
double luminance(const std::string& color) {
  static const std::map<std::string, std::string> named = {
      {"", "#000000"}, {"black", "#000000"}, {"white", "#FFFFFF"}};
  const auto known = named.find(color);
  const std::string hex = known == named.end() ? color : known->second;
  REQUIRE(hex.size() == 7);
  double out = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const double c = std::stoi(hex.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
    out += weights[i] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return out;
}

double contrast(const std::string& a, const std::string& b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

// Everything a text may stand on: the page, boxes, things.
std::set<std::string> grounds(const std::string& text) {
  std::set<std::string> out = {"#FFFFFF"};
  for (std::size_t at = 0; (at = text.find("<polygon fill=\"", at)) != std::string::npos; ++at) {
    std::string color = text.substr(at + 15, 7);
    std::transform(color.begin(), color.end(), color.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (color[0] == '#') out.insert(color);
  }
  return out;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t out = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++out;
  return out;
}

std::string all_text(const std::string& picture) {
  std::string out;
  for (const SvgText& text : tercet::svg_texts(picture)) {
    out += text.text.substr(0, text.text.find_last_not_of(" \xC2\xA0") + 1) + '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("words in a picture do not lie over words", "[export]") {
  for (const std::uint32_t firms : {12u, 45u, 150u}) {
    const KnowledgeGraph graph = market(firms);
    for (const View view : {View::Ecosystem, View::Ego, View::Clusters, View::Timeline}) {
      for (const Show show : {Show::WithIntended, Show::All}) {
        CAPTURE(firms, tercet::name_of(view), show == Show::All);
        CHECK(tercet::text_overlap(tercet::svg_texts(svg(graph, view, show))) <= 0.02);
      }
    }
  }
}

TEST_CASE("overlap is seen where there is some", "[export]") {
  const SvgText text{0, 0, 100, 10, 10, "", ""};
  SvgText half = text;
  half.top = 5;
  CHECK(tercet::text_overlap({text, half}) == Approx(0.25));
  half.top = 11;
  CHECK(tercet::text_overlap({text, half}) == 0);
  CHECK(tercet::text_overlap({}) == 0);
}

TEST_CASE("on a slide of 1,600 pixels the words of a picture have 9 points", "[export]") {
  for (const std::uint32_t firms : {12u, 45u, 150u}) {
    const KnowledgeGraph graph = market(firms);
    for (const View view : {View::Ecosystem, View::Ego, View::Clusters, View::Timeline}) {
      CAPTURE(firms, tercet::name_of(view));
      const std::string picture = svg(graph, view);
      const double shown = 1600 / std::max(tercet::svg_size(picture).width, 1600.0);
      for (const SvgText& text : tercet::svg_texts(picture)) {
        CAPTURE(text.text, tercet::svg_size(picture).width);
        CHECK(text.size * shown * 72 / 96 >= 9);
        if (text.size * shown * 72 / 96 < 9) break;
      }
    }
  }
}

TEST_CASE("words can be told from what they stand on", "[export]") {
  const KnowledgeGraph graph = market(60);
  for (const View view : kViews) {
    const std::string picture = svg(graph, view, Show::All);
    const auto ground = grounds(picture);
    CHECK(ground.size() > 1);
    for (const SvgText& text : tercet::svg_texts(picture)) {
      if (text.text.find_first_not_of("━ •═▶▷┤") == std::string::npos) continue;  // a line's sample
      for (const std::string& color : ground) {
        // Lines, arrowheads and borders are no ground.
        if (luminance(color) < 0.6) continue;
        CAPTURE(text.text, text.fill, color);
        CHECK(contrast(text.fill, color) >= 4.5);
      }
    }
  }
}

TEST_CASE("the kinds of things and lines stay apart without colour", "[export]") {
  std::set<std::string> shapes, lines;
  for (const tercet::NodeStyle* style : tercet::node_styles()) {
    shapes.insert(std::string(style->shape));
  }
  CHECK(shapes.size() == tercet::node_styles().size());
  for (const auto modality :
       {tercet::Modality::Asserted, tercet::Modality::Possible, tercet::Modality::Hypothetical,
        tercet::Modality::Conditional, tercet::Modality::Intended}) {
    for (const auto polarity : {tercet::Polarity::Positive, tercet::Polarity::Negative}) {
      lines.insert(tercet::line_style({polarity, modality, false}).words);
    }
  }
  CHECK(lines.size() == 10);  // words of their own, and asserted has none
}

TEST_CASE("the legend lists what is drawn and nothing else", "[export]") {
  const std::string plain = all_text(svg(samples::bakery_graph(), View::Ecosystem));
  CHECK(plain.find("asserted\n") != std::string::npos);
  CHECK(plain.find("aim: plan or purpose") != std::string::npos);
  for (const char* word : {"NOT: denied", "may: hedged", "DISPUTED", "person", "concept"}) {
    CAPTURE(word);
    CHECK(plain.find(word) == std::string::npos);
  }
  const std::string all = all_text(svg(samples::bakery_graph(), View::Ecosystem, Show::All));
  for (const char* word : {"NOT: denied", "may: hedged", "if: hypothetical", "then: conditional",
                           "DISPUTED: said and denied", "organisation", "product, service"}) {
    CAPTURE(word);
    CHECK(all.find(word) != std::string::npos);
  }
  CHECK(all.find("person") == std::string::npos);
}

TEST_CASE("a picture has about sixty things and says what it leaves out", "[export]") {
  const KnowledgeGraph graph = market(300);
  for (const View view : {View::Ecosystem, View::Ego}) {
    const std::string picture = svg(graph, view);
    const std::size_t things = count(picture, "class=\"node\"");
    CHECK(things <= 60);
    CHECK(things > (view == View::Ego ? 4 : 40));
    CHECK(all_text(picture).find("left out: ") != std::string::npos);
  }
  CHECK(all_text(svg(market(20), View::Ecosystem)).find("left out") == std::string::npos);
  CHECK(all_text(svg(graph, View::Clusters)).find("Left out: ") != std::string::npos);
  CHECK(all_text(svg(graph, View::Timeline)).find("left out: ") != std::string::npos);
}

TEST_CASE("relations between the same two things share a line", "[export]") {
  std::vector<tercet::Fact> facts;
  for (const char* relation : {"offers", "develops", "uses"}) {
    facts.push_back(samples::fact("Crumb", relation, "Rye"));
  }
  const std::string picture = svg(tercet::build_graph(facts), View::Ecosystem);
  CHECK(count(picture, "class=\"edge\"") == 1);
  const std::string words = all_text(picture);
  for (const char* relation : {"offers", "develops", "uses"}) {
    CHECK(words.find(relation) != std::string::npos);
  }
}

TEST_CASE("the surroundings of a thing are what lies within so many steps", "[export]") {
  std::vector<tercet::Fact> facts;
  for (int i = 0; i < 9; ++i) {
    facts.push_back(samples::fact("s" + std::to_string(i), "uses", "s" + std::to_string(i + 1)));
    facts.back().subject_type = facts.back().object_type = "Organization";
  }
  const KnowledgeGraph graph = tercet::build_graph(facts);
  const tercet::Drawing all = tercet::select_drawing(graph, Show::Asserted, true, 0);
  for (const unsigned depth : {1u, 2u, 3u}) {
    const auto part = tercet::choose_ego(graph, all, tercet::find_things(graph, "S4"), depth, 60);
    CHECK(part.nodes.size() == 1 + 2 * depth);
    CHECK(part.nodes_left_out == 10 - part.nodes.size());
  }
  CHECK(tercet::find_things(graph, "s99").empty());
}

TEST_CASE("clusters are named after what is in them, each differently", "[export]") {
  const KnowledgeGraph graph = market(150);
  const tercet::Drawing all = tercet::select_drawing(graph, Show::Asserted, true, 0);
  const tercet::Clusters clusters = tercet::find_clusters(graph, all);
  std::set<std::string> names;
  for (std::size_t i = 0; i < clusters.names.size(); ++i) {
    const std::string& name = clusters.names[i];
    if (name.empty()) continue;
    CHECK(names.insert(name).second);
    const bool of_a_member =
        std::any_of(all.nodes.begin(), all.nodes.end(), [&](tercet::NodeId id) {
          return clusters.of[id] == static_cast<int>(i) &&
                 name.starts_with(graph.nodes()[id].name.substr(0, 20));
        });
    CHECK(of_a_member);
  }
  CHECK(names.size() > 3);
}

TEST_CASE("every view draws hostile names and nothing at all", "[export]") {
  for (const View view : kViews) {
    for (const KnowledgeGraph& graph : {samples::hostile_graph(), KnowledgeGraph()}) {
      const std::string picture = svg(graph, view, Show::All);
      CHECK(picture.find("</svg>") != std::string::npos);
      CHECK(picture.find("<script") == std::string::npos);
      CHECK(picture.find("href=\"javascript") == std::string::npos);
    }
  }
}

TEST_CASE("a picture comes as PDF", "[export]") {
  const std::string pdf = tercet::draw_picture(samples::bakery_graph(), ImageFormat::Pdf);
  CHECK(pdf.substr(0, 5) == "%PDF-");
}
