#include <fstream>
#include <functional>
#include <ostream>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/data_files.h"
#include "cli/folder_output.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "export/csv.h"
#include "export/cypher.h"
#include "export/cytoscape.h"
#include "export/gexf.h"
#include "export/graphml.h"
#include "export/html.h"
#include "export/jsonl.h"
#include "export/jsonld.h"
#include "export/mermaid.h"
#include "export/node_link.h"
#include "export/nquads.h"
#include "export/turtle.h"
#include "export/vault.h"
#include "export/wardley.h"

namespace tercet::cli {
namespace {

PropertyGraphOptions property_options(const ExportCommand& command) {
  PropertyGraphOptions out;
  out.all = command.all;
  if (!command.base.empty()) out.base = command.base;
  return out;
}

using PropertyWriter = void (*)(const KnowledgeGraph&, std::ostream&, const PropertyGraphOptions&);

/// nullptr if `type` is no property-graph format of one file.
PropertyWriter property_writer(const std::string& type) {
  if (type == "graphml") return write_graphml;
  if (type == "gexf") return write_gexf;
  if (type == "cypher") return write_cypher;
  if (type == "cyjs") return write_cytoscape;
  if (type == "nodelink") return write_node_link;
  return nullptr;
}

bool is_folder(const std::string& type) { return type == "csv" || type == "vault"; }

void write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  Output output(path);
  OutputBuffer buffer(output);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);
  write(out);
  output.commit();
}

void write_folder(const ExportCommand& command, const KnowledgeGraph& graph) {
  if (!command.output || *command.output == "-") {
    throw Error(Error::Code::Usage, "-t " + command.type + " writes a folder", {}, "add -o FOLDER");
  }
  FolderOutput folder(*command.output);
  if (command.type == "csv") {
    CsvOptions options;
    static_cast<PropertyGraphOptions&>(options) = property_options(command);
    options.guard = !command.raw_csv;
    write_file(folder.at("nodes.csv"),
               [&](std::ostream& out) { write_csv_nodes(graph, out, options); });
    write_file(folder.at("relationships.csv"),
               [&](std::ostream& out) { write_csv_relationships(graph, out, options); });
  } else {
    write_vault(graph, command.all, [&](const std::string& name, const std::string& text) {
      stop_if_interrupted();
      folder.put(name, text);
    });
  }
  folder.commit();
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
  write_file(command.context, [&](std::ostream& stream) { write_context(stream, rdf.base); });
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
  } else if (const auto writer = property_writer(command.type)) {
    writer(graph, out, property_options(command));
  } else if (command.type == "mermaid") {
    MermaidOptions options;
    options.all = command.all;
    write_mermaid(graph, out, options);
  } else if (command.type == "owm") {
    WardleyOptions options;
    options.title = command.title;
    write_wardley(graph, out, options);
  } else {
    write_picture(command, graph, out);
  }
}

}  // namespace

int run(const ExportCommand& command) {
  Problems problems;
  const KnowledgeGraph graph = read_source(command.source, problems);
  if (is_rdf(command.type) && command.base.empty()) {
    print_debug("IRIs begin with https://example.org/kg/; --base names a place of your own");
  }
  if (is_folder(command.type)) {
    write_folder(command, graph);
    problems.finish();
    return problems.count() > 0 ? kPartly : kOk;
  }
  Output output(command.output);
  if ((command.type == "png" || command.type == "pdf") && output.is_terminal()) {
    throw Error(Error::Code::Usage, "a picture does not go to a terminal", {}, "add -o FILE");
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
