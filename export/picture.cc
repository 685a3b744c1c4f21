#include "export/picture.h"

#include <sstream>
#include <utility>

namespace tercet {

DotOptions picture_options(bool all) {
  DotOptions options;
  options.show = all ? Show::All : Show::WithIntended;
  options.picture = true;
  options.max_links = 3'000;
  return options;
}

std::string draw_picture(const KnowledgeGraph& graph, ImageFormat format, const DotOptions& options,
                         const Limits& limits) {
  std::ostringstream dot;
  write_dot(graph, dot, options);
  return render(std::move(dot).str(), Engine::Dot, format, limits);
}

}  // namespace tercet
