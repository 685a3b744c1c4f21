// What is done with a graph.
#include <memory>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "graph/analyze.h"

namespace tercet::cli {
namespace {

/// "a, b, c".
std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void add_picture(CLI::App& command, ExportCommand& options) {
  command.add_option("--title", options.title, "Title of the picture");
  command
      .add_option("--view", options.view,
                  "What a picture shows: ecosystem (default), ego, clusters, timeline, full")
      ->check(CLI::IsMember({"ecosystem", "ego", "clusters", "timeline", "full"}));
  command.add_option("--focus", options.focus, "Draw this thing and what is round it");
  command.add_option("--depth", options.depth, "Steps from the focus")
      ->capture_default_str()
      ->check(CLI::Range(1, 20));
  command.add_option("--max-nodes", options.max_nodes, "Things in a picture, at most")
      ->capture_default_str()
      ->check(CLI::Range(2, 3000));
  command.add_flag("--stable", options.stable,
                   "Things keep their places when the graph grows (straight lines)");
}

}  // namespace

void add_source(CLI::App& command, SourceOptions& source) {
  command.add_option("--store", source.store, "Store folder (default: .tercet, found upward)");
}

void add_analyze(CLI::App& app, Action& action) {
  auto options = std::make_shared<AnalyzeCommand>();
  std::string names;
  for (const std::string_view name : measures())
    names += (names.empty() ? "" : ", ") + std::string(name);
  CLI::App* command =
      app.add_subcommand("analyze", "Measure the graph: centrality, components, clusters");
  command->add_option("measure", options->measure, "One of " + names)->required();
  command->add_option("--graph", options->graph,
                      "GraphML or edge list (u v [w]) instead of a store");
  add_source(*command, options->source);
  command->add_flag("--undirected", options->undirected, "Forget the direction of edges");
  command->add_option("-j,--jobs", options->jobs, "Threads")->check(CLI::Range(1, 1024));
  command->add_flag("--json", options->json, "JSON instead of a table");
  command->add_flag("--no-scores", options->no_scores, "Leave the scores out");
  command->add_option("--seed", options->seed, "Seed of what is drawn by chance")
      ->capture_default_str();
  command->add_option("--top", options->top, "Rows of the table, 0 for all; pairs of links")
      ->capture_default_str();
  command
      ->add_option("--from", options->from,
                   "Nodes to begin at: personalised-pagerank, distance, dominators, max-flow")
      ->allow_extra_args(false);
  command->add_option("--to", options->to, "The node to end at: max-flow");
  command->add_option("--damping", options->damping, "PageRank: chance to follow an edge")
      ->check(CLI::Range(0.0, 0.9999))
      ->capture_default_str();
  command
      ->add_option("--resolution", options->resolution,
                   "leiden, louvain: larger gives more and smaller clusters")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--objective", options->objective, "leiden, louvain: modularity or cpm")
      ->check(CLI::IsMember({"modularity", "cpm"}))
      ->capture_default_str();
  command->add_option("--samples", options->samples, "sampled-betweenness: nodes to begin at")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_option("--by", options->by,
                   "links: adamic-adar, jaccard or resource-allocation decides")
      ->check(CLI::IsMember({"adamic-adar", "jaccard", "resource-allocation"}))
      ->capture_default_str();
  command->add_option("--relations", options->relations, "Of a store: only these relations")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--documents", options->documents,
                   "Of a store: only claims of these; FOLDER/ takes all below it")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--dates", options->dates,
                      "Of a store: only claims dated so: 2021, 2021-03, Q3 2021, 1990s");
  command->add_option("--min-conf", options->min_confidence,
                      "Of a store: only claims of this confidence or more");
  command
      ->add_option("--parallel", options->parallel,
                   "Of a store: several edges between two nodes: keep, count, sum, max, weighted")
      ->check(CLI::IsMember({"keep", "count", "sum", "max", "weighted"}))
      ->capture_default_str();
  command
      ->add_option("--clusters", options->clusters,
                   "Of a store: only edges within these clusters of analyze leiden (same seed), by "
                   "number or by a member")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--all", options->all, "Of a store: also what is denied, disputed, hedged");
  command
      ->add_option("--slices", options->slices,
                   "Of a store: once for every year, quarter or month that claims are dated in")
      ->check(CLI::IsMember({"year", "quarter", "month"}));
  command->add_flag("--estimate", options->estimate,
                    "Say what memory and time the run would take, and do not run");
  command
      ->add_option("--memory", options->memory,
                   "Use no more memory than this (512MB, 4GB); exit 5 where more is needed")
      ->transform(CLI::AsSizeValue(false));
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_export(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExportCommand>();
  const std::vector<std::string> types = {
      "svg",     "png",  "pdf",    "html", "dot",      "mermaid", "jsonld", "nq",    "ttl",  "trig",
      "graphml", "gexf", "cypher", "cyjs", "nodelink", "csv",     "owm",    "vault", "jsonl"};
  CLI::App* command =
      app.add_subcommand("export", "Write the graph: pictures, property graphs, RDF, notes");
  command->add_option("-t,--type", options->type, joined(types) + " (csv and vault are folders)")
      ->required()
      ->check(CLI::IsMember(types));
  add_source(*command, options->source);
  command->add_option("-o,--output", options->output,
                      "Write to FILE (csv, vault: a new folder) instead of stdout");
  command->add_flag("--all", options->all,
                    "Also what is denied, hedged or supposed, marked as such");
  command->add_option("--base", options->base, "Where the graph's IRIs begin");
  add_picture(*command, *options);
  command
      ->add_option("--provenance", options->provenance,
                   "RDF: full (selectors, run), light (quote and place on the claim), none")
      ->check(CLI::IsMember({"full", "light", "none"}))
      ->capture_default_str();
  command
      ->add_option("--context", options->context,
                   "JSON-LD: inline, or a FILE for the context, which you then publish")
      ->capture_default_str();
  command->add_flag("--raw-csv", options->raw_csv,
                    "CSV: no ' before cells that a spreadsheet would run as formulas");
  command->add_option("--type-map", options->type_map,
                      "RDF: what others call the types (TSV; default: seeds/type_iris.tsv)");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_view(CLI::App& app, Action& action) {
  auto options = std::make_shared<ViewCommand>();
  CLI::App* command =
      app.add_subcommand("view", "Show the graph in the browser: one page that needs no network");
  command->add_option("file", options->file, "Facts as JSONL, or - for stdin (default: the store)");
  add_source(*command, options->source);
  command->add_option("-o,--output", options->output,
                      "Write the page to FILE (default: tercet.html)");
  command->add_flag("--no-open", options->no_open, "Write the page, but do not open it");
  command->add_flag("--all", options->all, "Begin with what is denied, hedged or supposed shown");
  command->add_option("--title", options->title, "Title of the page");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_query(CLI::App& app, Action& action) {
  auto options = std::make_shared<QueryCommand>();
  CLI::App* command = app.add_subcommand(
      "query", "Find what fits a pattern: '?c -[stores_data_with]-> \"Amazon Web Services\"'");
  command->add_option("pattern", options->text, "Things and edges, several joined by , or ;")
      ->required();
  add_source(*command, options->source);
  command->add_option("--state", options->state,
                      "Edges: asserted, disputed, denied, unasserted, any (default: asserted)");
  command->add_option("--polarity", options->polarity, "Claims: positive, negative");
  command->add_option("--modality", options->modality,
                      "Claims: asserted, possible, hypothetical, conditional, intended");
  command->add_option("--min-conf", options->min_confidence, "Claims of at least this confidence")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--since", options->since, "Claims dated then or later (2024, 2024-05, ...)");
  command->add_option("--until", options->until, "Claims dated then or earlier");
  command->add_option("--doc", options->document, "Claims of this document (notes/* for many)");
  command->add_option("--limit", options->limit, "Rows, 0 for all")->capture_default_str();
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_path(CLI::App& app, Action& action) {
  auto options = std::make_shared<PathCommand>();
  CLI::App* command =
      app.add_subcommand("path", "How two things hang together: the shortest ways, with quotes");
  command->add_option("from", options->from, "A name")->required();
  command->add_option("to", options->to, "Another")->required();
  add_source(*command, options->source);
  command->add_option("-k,--k", options->count, "This many ways, shortest first")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--max-length", options->longest, "Steps at most, 0 for any number")
      ->capture_default_str();
  command->add_option("--direction", options->direction, "Along arrows (out), against (in), any")
      ->check(CLI::IsMember({"out", "in", "any"}))
      ->capture_default_str();
  command->add_option("--state", options->state,
                      "Edges: asserted, disputed, denied, unasserted, any (default: asserted)");
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_diff(CLI::App& app, Action& action) {
  auto options = std::make_shared<DiffCommand>();
  CLI::App* command = app.add_subcommand(
      "diff", "What changed: edges added, gone, flipped, with other numbers; exit 1 if anything");
  command->add_option("old", options->before, "A store folder, or facts as JSONL")->required();
  command->add_option("new", options->after, "Another (- is stdin)")->required();
  command->add_flag("--stat", options->stat, "Only how many of each");
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_explain(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExplainCommand>();
  CLI::App* command = app.add_subcommand(
      "explain", "Show why: the quote, the words a pronoun stands for, the link");
  command->add_option("what", options->what, "A fact's id, a name, or 'A -> B'")->required();
  add_source(*command, options->source);
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_report(CLI::App& app, Action& action) {
  auto options = std::make_shared<ReportCommand>();
  CLI::App* command = app.add_subcommand(
      "report", "Write a page to read: what matters, what is stated, denied, planned, disputed");
  add_source(*command, options->source);
  command->add_option("-t,--type", options->type, "html or md")
      ->check(CLI::IsMember({"html", "md"}))
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "Write to FILE instead of stdout");
  command->add_option("--focus", options->focus, "Only what is said of this thing");
  command->add_option("--title", options->title, "Title of the page");
  command->add_flag("--no-picture", options->no_picture, "Leave the picture out");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace tercet::cli
