#include <ostream>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/source.h"
#include "export/picture.h"
#include "export/report_page.h"

namespace tercet::cli {
namespace {

/// The picture for the page; none if it cannot be drawn, which is no reason to have no page.
std::string picture_of(const KnowledgeGraph& graph, const std::vector<NodeId>& focus) {
  PictureOptions options;
  options.focus = focus;
  options.view = focus.empty() ? View::Ecosystem : View::Ego;
  try {
    return draw_picture(graph, ImageFormat::Svg, options);
  } catch (const Error& error) {
    print_warning(std::string("no picture: ") + error.what());
    return {};
  }
}

}  // namespace

int run(const ReportCommand& command) {
  Problems problems;
  const KnowledgeGraph graph = read_source(command.source, problems);
  ReportOptions options;
  options.title = command.title;
  if (!command.focus.empty()) options.focus = things_named(command.focus, graph);
  const bool html = command.type == "html";
  if (html && !command.no_picture && !graph.edges().empty()) {
    options.picture = picture_of(graph, options.focus);
  }
  Output output(command.output);
  OutputBuffer buffer(output);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);
  write_report(graph, out, html ? ReportFormat::Html : ReportFormat::Markdown, options);
  output.commit();
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
