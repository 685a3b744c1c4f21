#include "export/picture.h"

#include <sstream>
#include <utility>

#include "export/cluster.h"

namespace tercet {
namespace {

constexpr std::size_t kClusterFrom = 16;  // things; fewer read better without boxes

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
  return out;
}

}  // namespace

void write_picture_dot(const KnowledgeGraph& graph, std::ostream& out,
                       const PictureOptions& options) {
  DotOptions dot = dot_options(options);
  dot.drawing = choose_drawing(graph, dot);
  if (dot.drawing->nodes.size() >= kClusterFrom) {
    Clusters clusters = find_clusters(graph, *dot.drawing);
    dot.clusters = std::move(clusters.of);
    dot.cluster_names = std::move(clusters.names);
  }
  write_dot(graph, out, dot);
}

std::string draw_picture(const KnowledgeGraph& graph, ImageFormat format,
                         const PictureOptions& options, const Limits& limits) {
  std::ostringstream dot;
  write_picture_dot(graph, dot, options);
  return render(std::move(dot).str(), Engine::Dot, format, limits);
}

}  // namespace tercet
