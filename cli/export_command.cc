#include <fstream>
#include <ostream>
#include <sstream>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/data_files.h"
#include "cli/output.h"
#include "cli/source.h"
#include "export/dot.h"
#include "export/draw.h"
#include "export/graphml.h"
#include "export/html.h"
#include "export/jsonl.h"
#include "export/jsonld.h"
#include "export/nquads.h"
#include "export/turtle.h"
#include "graph/community.h"
#include "graph/projection.h"

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

bool is_rdf(const std::string& type) {
  return type == "jsonld" || type == "nq" || type == "ttl" || type == "trig";
}

RdfOptions rdf_options(const ExportCommand& command) {
  RdfOptions out;
  if (!command.base.empty()) out.base = command.base;
  out.provenance = command.provenance == "none"    ? Provenance::None
                   : command.provenance == "light" ? Provenance::Light
                                                   : Provenance::Full;
  const std::string file = command.type_map.empty()
                               ? (data_folder() / "seeds" / "type_iris.tsv").string()
                               : command.type_map;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file, 0, 0});
  out.type_iris = read_type_iris(in, file);
  return out;
}

void write_rdf(const ExportCommand& command, const KnowledgeGraph& graph, std::ostream& out) {
  const RdfOptions rdf = rdf_options(command);
  if (command.type == "nq") return write_nquads(graph, out, rdf);
  if (command.type != "jsonld") return write_turtle(graph, out, rdf);
  JsonldOptions options;
  static_cast<RdfOptions&>(options) = rdf;
  options.inline_context = command.context == "inline";
  write_jsonld(graph, out, options);
  if (options.inline_context) return;
  Output context(command.context);
  OutputBuffer buffer(context);
  std::ostream stream(&buffer);
  stream.exceptions(std::ios::badbit);
  write_context(stream, rdf.base);
  context.commit();
  print_note("publish " + command.context + " at " + context_iri(rdf.base));
}

void write(const ExportCommand& command, const KnowledgeGraph& graph, std::ostream& out) {
  if (command.type == "jsonl") {
    write_jsonl(graph, out);
  } else if (is_rdf(command.type)) {
    write_rdf(command, graph, out);
  } else if (command.type == "html") {
    HtmlOptions options;
    options.title = command.title;
    options.all = command.all;
    write_html(graph, out, options);
  } else if (command.type == "graphml") {
    GraphmlOptions options;
    options.all = command.all;
    if (!command.base.empty()) options.base = command.base;
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
  if (is_rdf(command.type) && command.base.empty()) {
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
