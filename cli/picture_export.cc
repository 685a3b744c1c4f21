#include <ostream>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/report.h"
#include "export/picture.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kMostFullLinks = 3'000;  // what is laid out in seconds

}  // namespace

std::vector<NodeId> things_named(const std::string& name, const KnowledgeGraph& graph) {
  std::vector<NodeId> out = find_things(graph, name);
  if (!out.empty()) return out;
  std::vector<std::string> names;
  for (const Node& node : graph.nodes()) names.push_back(node.name);
  const std::string_view near = closest(name, names);
  throw Error(Error::Code::Usage, "nothing called \"" + name + "\"", {},
              near.empty() ? "--focus takes the name of a thing in the graph"
                           : "did you mean \"" + std::string(near) + "\"?");
}

void write_picture(const ExportCommand& command, const KnowledgeGraph& graph, std::ostream& out) {
  const bool dot = command.type == "dot";
  PictureOptions options;
  options.show = command.all ? Show::All : Show::WithIntended;
  options.title = command.title;
  options.max_nodes = command.max_nodes;
  options.depth = command.depth;
  options.stable = command.stable;
  options.max_links = kMostFullLinks;
  if (!command.focus.empty()) options.focus = things_named(command.focus, graph);
  options.view = command.view.empty() ? (command.focus.empty() ? View::Ecosystem : View::Ego)
                                      : view_named(command.view).value_or(View::Ecosystem);
  if (options.view == View::Ego && options.focus.empty()) {
    throw Error(Error::Code::Usage, "whose surroundings?", {}, "add --focus NAME");
  }
  if (dot && command.view.empty() && command.focus.empty()) {  // the whole graph, for programs
    DotOptions all;
    all.show = command.all ? Show::All : Show::Asserted;
    all.title = command.title;
    write_dot(graph, out, all);
  } else if (dot) {
    write_picture_dot(graph, out, options);
  } else {
    out << draw_picture(graph,
                        command.type == "svg"   ? ImageFormat::Svg
                        : command.type == "png" ? ImageFormat::Png
                                                : ImageFormat::Pdf,
                        options);
  }
}

}  // namespace tercet::cli
