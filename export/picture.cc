#include "export/picture.h"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>

#include "export/cluster.h"
#include "export/overview.h"
#include "export/svg_text.h"

namespace tercet {
namespace {

constexpr std::size_t kLeastCluster = 4;
constexpr std::size_t kClusterFrom = 16;  // things; fewer read better without boxes
constexpr std::size_t kPanelsFrom = 36;   // things; fewer read better in one stream

// The least text is 12 points of the drawing: on a slide of 1,600 pixels (96 to the inch) a drawing
// of this width shows it in 9.
constexpr double kPageWidth = 1'600;
constexpr std::size_t kFewest = 12;  // things; fewer are drawn as they are
constexpr std::size_t kFewLinks = 20, kMostTried = 150;
constexpr double kGoodEnough = 0.35, kTolerable = 1.5;  // flaws()

// Ways to fill a page: wide lines of text and few layers, or short ones and many.
struct Fit {
  std::size_t name_width, label_width;
  double layer_gap;
  PageShape shape;
  bool names_right = false;  // of clusters: some lines bring their words to the left corner
};
constexpr Fit kFits[] = {
    {18, 24, 0.35, {6, 3}}, {15, 14, 0.3, {6, 1}},  {13, 12, 0.22, {8, 1}, true},
    {15, 14, 0.15, {7, 3}}, {18, 24, 0.3, {5, 1}},  {13, 12, 0.22, {8, 1}},
    {12, 10, 0.2, {6, 2}},  {12, 10, 0.15, {4, 1}}, {10, 8, 0.12, {4, 1}}};

// How far a drawing is from one that fills a slide and can be read: a wrong shape is a flaw, words
// over words are a worse one, and too wide is worst.
double flaws(std::string_view svg) {
  constexpr double kSlide = 16.0 / 9;
  const SvgSize size = svg_size(svg);
  const double ratio = size.width / std::max(size.height, 1.0);
  const double shape = std::max(ratio / kSlide, kSlide / ratio) - 1;
  return shape + 100 * text_overlap(svg_texts(svg)) +
         (size.width > kPageWidth ? 100 + size.width / kPageWidth : 0);
}

DotOptions dot_options(const PictureOptions& options) {
  DotOptions out;
  out.show = options.show;
  out.picture = true;
  out.view = options.view;
  out.focus = options.focus;
  out.depth = options.depth;
  out.max_nodes = options.max_nodes;
  if (options.view == View::Full) out.max_links = options.max_links;
  out.title = options.title;
  out.source = options.source;
  out.stable = options.stable;
  return out;
}

DotOptions prepare(const KnowledgeGraph& graph, const PictureOptions& options) {
  DotOptions dot = dot_options(options);
  dot.drawing = choose_drawing(graph, dot);
  const bool boxes = dot.view != View::Full && !dot.stable;
  if (boxes && dot.drawing->nodes.size() >= kClusterFrom) {
    Clusters clusters = group_drawing(graph, *dot.drawing, kLeastCluster);
    dot.clusters = std::move(clusters.of);
    dot.cluster_names = std::move(clusters.names);
  }
  return dot;
}

// False for a view that shows things and links.
bool write_overview(const KnowledgeGraph& graph, std::ostream& out, const PictureOptions& options) {
  const OverviewOptions overview{options.show, options.max_nodes, options.title, options.source};
  if (options.view == View::Clusters) {
    write_clusters_dot(graph, out, overview);
  } else if (options.view == View::Timeline) {
    write_timeline_dot(graph, out, overview);
  } else {
    return false;
  }
  return true;
}

struct Drawn {
  std::string dot, svg;
  double flaws = 0;
};

// The best of the ways to fill a page.
Drawn draw(const KnowledgeGraph& graph, const PictureOptions& options, const Limits& limits) {
  if (std::ostringstream dot; write_overview(graph, dot, options)) {
    return {dot.str(), render(dot.str(), Engine::Dot, ImageFormat::Svg, limits)};
  }
  DotOptions dot = prepare(graph, options);
  const std::size_t things = dot.drawing->nodes.size(), links = dot.drawing->links.size();
  if (dot.stable) {
    std::ostringstream out;
    write_dot(graph, out, dot);
    return {out.str(), render(out.str(), Engine::Dot, ImageFormat::Svg, limits)};
  }
  // A drawing of few things need not fill a page, one of very many is for zooming.
  const double enough = links < kFewLinks ? kTolerable : kGoodEnough;
  Drawn best;
  const auto done = [&](double bound) {
    return !best.svg.empty() && (best.flaws < bound || links > kMostTried);
  };
  // One stream for few things, panels for many; between, panels if no stream will do.
  for (const bool panels : {false, true}) {
    if (panels ? dot.clusters.empty() || done(kTolerable)
               : !dot.clusters.empty() && things >= kPanelsFrom) {
      continue;
    }
    for (const Fit& fit : kFits) {
      if (done(enough)) break;
      dot.name_width = fit.name_width;
      dot.label_width = fit.label_width;
      dot.layer_gap = fit.layer_gap;
      dot.cluster_names_right = fit.names_right;
      dot.shape = fit.shape;
      dot.shape.panels = panels;
      std::ostringstream out;
      write_dot(graph, out, dot);
      Drawn next{std::move(out).str(), {}};
      next.svg = render(next.dot, Engine::Dot, ImageFormat::Svg, limits);
      next.flaws = flaws(next.svg);
      if (best.svg.empty() || next.flaws < best.flaws) best = std::move(next);
    }
  }
  return best;
}

}  // namespace

void write_picture_dot(const KnowledgeGraph& graph, std::ostream& out,
                       const PictureOptions& options) {
  if (write_overview(graph, out, options)) return;
  write_dot(graph, out, prepare(graph, options));
}

std::string draw_picture(const KnowledgeGraph& graph, ImageFormat format,
                         const PictureOptions& options, const Limits& limits) {
  PictureOptions fewer = options;
  Drawn drawn;
  for (;;) {
    drawn = draw(graph, fewer, limits);
    // What no arrangement makes narrow enough to be read has too many things in it.
    const bool fits = svg_size(drawn.svg).width <= kPageWidth;
    if (fits || options.stable || options.view == View::Full || fewer.max_nodes < kFewest) break;
    fewer.max_nodes = std::min(fewer.max_nodes * 3 / 4, graph.nodes().size());
  }
  return format == ImageFormat::Svg ? drawn.svg : render(drawn.dot, Engine::Dot, format, limits);
}

}  // namespace tercet
