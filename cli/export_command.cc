#include <ostream>
#include <sstream>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/source.h"
#include "export/dot.h"
#include "export/draw.h"
#include "export/graphml.h"
#include "export/jsonl.h"
#include "export/jsonld.h"
#include "export/nquads.h"
#include "graph/community.h"
#include "graph/csr.h"

namespace tercet::cli {
namespace {

/// Pictures of fewer things than this read better without boxes round the clusters.
constexpr std::size_t kClusterFrom = 40;

/// The cluster of every node for a picture or a property graph; empty for a small graph.
std::vector<int> clusters_of(const KnowledgeGraph& graph) {
  if (graph.nodes().size() < kClusterFrom) return {};
  const Communities found = leiden(undirected(project(graph)));
  std::vector<int> out;
  for (const std::uint32_t part : found.partition.part) out.push_back(static_cast<int>(part));
  return out;
}

void write(const ExportCommand& command, const KnowledgeGraph& graph, std::ostream& out) {
  RdfOptions rdf;
  if (!command.base.empty()) rdf.base = command.base;
  if (command.type == "jsonl") {
    write_jsonl(graph, out);
  } else if (command.type == "jsonld") {
    write_jsonld(graph, out, rdf);
  } else if (command.type == "nq") {
    write_nquads(graph, out, rdf);
  } else if (command.type == "graphml") {
    GraphmlOptions options;
    options.all = command.all;
    options.base = rdf.base;
    write_graphml(graph, out, options);
  } else {
    DotOptions options;
    const bool picture = command.type != "dot";
    options.show = command.all ? Show::All : picture ? Show::WithIntended : Show::Asserted;
    options.picture = picture;
    options.title = command.title;
    if (!picture) {
      write_dot(graph, out, options);
      return;
    }
    options.clusters = clusters_of(graph);
    options.max_links = 3000;  // what sfdp lays out in seconds
    std::ostringstream dot;
    write_dot(graph, dot, options);
    out << render(dot.str(), Engine::Dot,
                  command.type == "svg" ? ImageFormat::Svg : ImageFormat::Png);
  }
}

}  // namespace

int run(const ExportCommand& command) {
  Problems problems;
  const KnowledgeGraph graph = read_source(command.source, problems);
  if ((command.type == "jsonld" || command.type == "nq") && command.base.empty()) {
    print_debug("IRIs begin with https://example.org/kg/; --base names a place of your own");
  }
  Output output(command.output);
  if (command.type == "png" && output.is_terminal()) {
    throw Error(Error::Code::Usage, "a PNG picture does not go to a terminal", {}, "add -o FILE");
  }
  OutputBuffer buffer(output);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);
  write(command, graph, out);
  output.commit();
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
