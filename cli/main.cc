#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <new>

#include "base/error.h"
#include "base/version.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/interrupt.h"
#include "cli/option_table.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "graph/analyze.h"

namespace tercet::cli {
namespace {

/// The command that the command line chose, to be run after parsing is done.
using Action = std::function<int()>;

int print(const std::string& text) {
  Output output(std::nullopt);
  output.write(text);
  output.commit();
  return kOk;
}

struct Global {
  bool quiet = false, verbose = false;
  std::string progress = "auto";
};

void add_input(CLI::App& command, InputOptions& input, std::string& format, bool folders) {
  command.add_option("path", input.paths,
                     folders ? "Files, folders, or - for stdin" : "A file, or - for stdin");
  command.add_option("-f,--format", format,
                     "How to read: md, txt, lines, jsonl, csv, html, vtt, srt (default: by the "
                     "extension; .pdf and .epub through pdftotext and pandoc)");
  command.add_option("--files-from", input.files_from,
                     "Read paths from FILE, one a line (- is stdin)");
}

void add_extractor(CLI::App& command, ExtractorOptions& options) {
  command.add_option("--tier", options.tier, "Language model: fast, or accurate (slower)")
      ->capture_default_str();
  command.add_option("--ontology", options.ontology, "Relations to ground facts in (TSV)");
  command.add_option("--types", options.types, "Entity types (TSV)");
  command.add_option("--aliases", options.aliases,
                     "Names that are one: columns name and alias (TSV)");
}

void add_source(CLI::App& command, SourceOptions& source) {
  command.add_option("--store", source.store, "Store folder (default: .tercet, found upward)");
}

void add_extract(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExtractCommand>();
  auto format = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("extract", "Turn text into facts");
  add_input(*command, options->input, *format, true);
  add_extractor(*command, options->extractor);
  command
      ->add_option("-t,--type", options->type,
                   "What to write: jsonl, tuples, table, csv (default: table on a terminal)")
      ->check(CLI::IsMember({"jsonl", "tuples", "table", "csv"}));
  command->add_option("-o,--output", options->output, "Write to FILE instead of stdout");
  command->add_flag("--open", options->open, "Relations in the words of the text, no ontology");
  command
      ->add_option("--min-conf", options->min_confidence, "Leave out facts below this confidence")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--corrections", options->corrections,
                      "Decisions on facts, as tercet review writes them (TSV)");
  command->add_option("-j,--jobs", options->jobs, "Threads (default: all processors)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--doc-id", options->input.doc_id, "Name of the document on stdin");
  command->callback([options, format, &action] {
    options->input.format = format_named(*format);
    if (options->type == "tuples") options->open = true;
    action = [options] { return run(*options); };
  });
}

void add_parse(CLI::App& app, Action& action) {
  auto options = std::make_shared<ParseCommand>();
  auto format = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("parse", "Tag and parse text; writes CoNLL-U");
  command->add_option("path", options->input.paths, "A file, or - for stdin");
  command->add_option("-f,--format", *format,
                      "txt, md, lines, or conllu (tokens and sentences are kept)");
  command->add_option("--tier", options->tier, "Language model: fast, or accurate (slower)")
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "Write to FILE instead of stdout");
  command->add_flag("--coref", options->coreference,
                    "With -f conllu: chains of mentions as Entity=... in the last column");
  command->callback([options, format, &action] {
    options->conllu = *format == "conllu";
    if (!options->conllu) options->input.format = format_named(*format);
    action = [options] { return run(*options); };
  });
}

void add_store_commands(CLI::App& app, Action& action) {
  const auto add = [&](const char* name, const char* what, int (*function)(const StoreCommand&),
                       const std::function<void(CLI::App&, StoreCommand&, std::string&)>& more) {
    auto options = std::make_shared<StoreCommand>();
    auto format = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand(name, what);
    command->add_option("--store", options->store, "Store folder (default: .tercet, found upward)");
    more(*command, *options, *format);
    command->callback([options, format, function, &action] {
      options->input.format = format_named(*format);
      action = [options, function] { return function(*options); };
    });
  };
  add("add", "Add or update documents in the store", run_add,
      [](CLI::App& command, StoreCommand& options, std::string& format) {
        add_input(command, options.input, format, true);
        add_extractor(command, options.extractor);
        command.add_option("--doc-id", options.input.doc_id, "Name of the document on stdin");
        command.add_option("-j,--jobs", options.jobs, "Threads (default: all processors)")
            ->check(CLI::Range(1, 1024));
        command.add_flag("--ack", options.ack,
                         "Print ACK <doc-id> when a document is safely stored");
        command.add_flag("--prune", options.prune, "Remove documents whose file is gone");
      });
  add("rm", "Remove documents from the store", run_rm,
      [](CLI::App& command, StoreCommand& options, std::string& format) {
        add_input(command, options.input, format, true);
        command.add_flag("--ack", options.ack, "Print ACK <doc-id> when a document is safely gone");
      });
  add("status", "What is new, changed, gone or stale", run_status,
      [](CLI::App& command, StoreCommand& options, std::string& format) {
        add_input(command, options.input, format, true);
        add_extractor(command, options.extractor);
      });
  add("dump", "Print the store as sorted lines", run_dump,
      [](CLI::App&, StoreCommand&, std::string&) {});
  add("check", "Verify everything in the store", run_check,
      [](CLI::App&, StoreCommand&, std::string&) {});
}

void add_import(CLI::App& app, Action& action) {
  auto options = std::make_shared<ImportCommand>();
  CLI::App* command = app.add_subcommand("import", "Put facts from a file into the store");
  command
      ->add_option("file", options->file,
                   "A file of facts or a graph, a folder of export -t csv, or - for stdin")
      ->required();
  command
      ->add_option(
          "-f,--format", options->format,
          "jsonl, tsv, csv, nq, nt, ttl, trig, jsonld, graphml (default: by the extension)")
      ->check(
          CLI::IsMember({"jsonl", "tsv", "csv", "nq", "nt", "ttl", "trig", "jsonld", "graphml"}));
  command->add_option("--store", options->store, "Store folder (default: .tercet, found upward)");
  command->add_flag("--ack", options->ack, "Print ACK <doc-id> when a document is safely stored");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
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

void add_housekeeping(CLI::App& app, Action& action) {
  auto init = std::make_shared<InitCommand>();
  CLI::App* command =
      app.add_subcommand("init", "Make a folder ready: tercet.toml, aliases, ontology, store");
  command->add_option("folder", init->folder, "Folder (default: here); nothing is overwritten");
  command->callback([init, &action] { action = [init] { return run(*init); }; });
  auto doctor = std::make_shared<DoctorCommand>();
  command = app.add_subcommand("doctor", "Look over program, store and inputs; exit 1 if unsound");
  command->add_option("path", doctor->paths, "Files and folders: anchors, encodings, links");
  command->callback([doctor, &action] { action = [doctor] { return run(*doctor); }; });
  auto shell = std::make_shared<std::string>();
  command = app.add_subcommand("completions", "Print a completion script for a shell");
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &app, &action] {
    action = [shell, &app] { return print(completion_script(app, *shell)); };
  });
  app.add_subcommand("man", "Print the manual page: tercet man | man -l -")
      ->callback([&app, &action] { action = [&app] { return print(manual_page(app)); }; });
}

void add_suggest(CLI::App& app, Action& action) {
  auto options = std::make_shared<SuggestCommand>();
  auto format = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("suggest", "Draft an ontology, aliases or rules from what is there");
  command
      ->add_option("what", options->what,
                   "ontology: relations for words of a corpus; aliases: names that may be one; "
                   "rules: what your rejections have in common")
      ->required()
      ->check(CLI::IsMember({"ontology", "aliases", "rules"}));
  add_input(*command, options->input, *format, true);
  add_extractor(*command, options->extractor);
  add_source(*command, options->source);
  command->add_option("--corrections", options->corrections,
                      "With rules: decisions to learn from (default: those of the store)");
  command->add_option("--facts", options->facts, "With rules: facts as JSONL instead of a store");
  command->add_option("--least", options->least, "How often something must be seen")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->callback([options, format, &action] {
    options->input.format = format_named(*format);
    action = [options] { return run(*options); };
  });
}

void add_review(CLI::App& app, Action& action) {
  auto options = std::make_shared<ReviewCommand>();
  CLI::App* command =
      app.add_subcommand("review", "Decide on facts, the least certain first, a key a decision");
  command->add_option("--store", options->store, "Store folder (default: .tercet, found upward)");
  command->add_option("--facts", options->facts, "Facts as JSONL instead of a store");
  command->add_option("--corrections", options->corrections,
                      "Where decisions go (default: corrections.tsv in the store)");
  command->add_option("--ontology", options->ontology, "Relations to choose from (TSV)");
  command->add_option("--types", options->types, "Entity types to choose from (TSV)");
  command->add_option("--limit", options->limit, "Show at most so many facts");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_validate(CLI::App& app, Action& action) {
  const auto add = [&](const char* name, const char* what, bool conflicts) {
    auto options = std::make_shared<ValidateCommand>();
    options->conflicts = conflicts;
    CLI::App* command = app.add_subcommand(name, what);
    add_source(*command, options->source);
    if (!conflicts) {
      command->add_option("--ontology", options->ontology, "Relations to hold the facts to (TSV)");
      command->add_option("--types", options->types, "Entity types (TSV)");
    }
    command->add_flag("--json", options->json, "One JSON object a line");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
  };
  add("validate", "Hold the graph to its ontology; exit 1 with quotes where it does not fit",
      false);
  add("conflicts", "List what is both asserted and denied; exit 1 if there is any", true);
}

void add_eval(CLI::App& app, Action& action) {
  auto options = std::make_shared<EvalCommand>();
  CLI::App* command =
      app.add_subcommand("eval", "Measure facts or trees against an annotation of yours");
  command->add_option("gold", options->gold, "Annotated facts: a JSONL file, or a folder of them")
      ->required();
  command
      ->add_option("predicted", options->predicted,
                   "Extracted facts: a file, or a folder with files of the same names")
      ->required();
  command->add_option("--entities", options->names,
                      "Accepted names, JSON lines {name, aliases, notes} (default: entities.jsonl "
                      "beside the gold)");
  command->add_option("--ontology", options->ontology, "Relations of the annotation (TSV)");
  command
      ->add_option("--attributes-on", options->attributes_on,
                   "Measure sign and modality on strict, soft or relaxed matches")
      ->check(CLI::IsMember({"strict", "soft", "relaxed"}))
      ->capture_default_str();
  command->add_flag("--json", options->json, "Every metric of every note as JSON");
  command->add_flag("--misses", options->misses, "List what was not found, on stderr");
  command->add_flag("--calibration", options->calibration,
                    "How far the confidence can be believed, as a table and a drawing");
  CLI::Option* conllu = command->add_flag(
      "--conllu", options->conllu,
      "Both files are CoNLL-U: score tokens, sentences, tags, lemmas and trees as the CoNLL 2018 "
      "shared task does");
  for (const char* of_facts :
       {"--entities", "--ontology", "--attributes-on", "--misses", "--calibration"}) {
    conllu->excludes(of_facts);
  }
  command->callback([options, &action] {
    action = [options] { return options->conllu ? run_treebanks(*options) : run(*options); };
  });
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    out.push_back(command->get_name());
  }
  return out;
}

/// nullptr if there is no such command.
const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

int usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  // CLI11 says which word it did not understand only in prose, so look for it ourselves.
  const CLI::App* command = nullptr;
  const std::vector<std::string> commands = command_names(app);
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--") break;
    if (command == nullptr && !word.starts_with("-")) {
      command = command_named(app, word);
      if (command == nullptr) {
        const std::string_view near = closest(word, commands);
        print_error("unknown command \"" + word + "\"",
                    near.empty() ? "tercet help lists the commands"
                                 : "did you mean \"" + std::string(near) + "\"?");
        return kUsage;
      }
      continue;
    }
    if (word.starts_with("--") && word.size() > 2) {
      const std::string name = word.substr(0, word.find('='));
      std::vector<std::string> known = option_names(app);
      if (command != nullptr) std::ranges::copy(option_names(*command), std::back_inserter(known));
      if (std::ranges::find(known, name) == known.end()) {
        const std::string_view near = closest(name, known);
        print_error("unknown option \"" + name + "\"",
                    near.empty() ? "tercet help " +
                                       (command != nullptr ? command->get_name() : std::string()) +
                                       " lists the options"
                                 : "did you mean \"" + std::string(near) + "\"?");
        return kUsage;
      }
    }
  }
  std::string what = error.what();
  std::ranges::replace(what, '\n', ' ');
  print_error(what, "tercet help" +
                        (command != nullptr ? " " + command->get_name() : std::string()) +
                        " shows how");
  return kUsage;
}

int guarded(const Action& action) {
  try {
    return action();
  } catch (const ClosedPipe&) {
    return kOk;
  } catch (const Interrupted&) {
    print_error("interrupted", kInterruptedHint);
    return kInterrupted;
  } catch (const Error& error) {
    print_error(error.what(), error.hint());
    return exit_code_of(error.code());
  } catch (const std::bad_alloc&) {
    print_error("out of memory");
    return kResource;
  } catch (const std::ios_base::failure& error) {  // a stream's buffer throws when a read fails
    print_error(std::string("a file cannot be read: ") + error.code().message());
    return kBadInput;
  } catch (const std::exception& error) {
    print_error(std::string("internal: ") + error.what(),
                "this is a bug in tercet; please report it");
    return kInternal;
  }
}

int main_of(int argc, char** argv) {
  CLI::App app("Text to a knowledge graph one can trust: signed, hedged, quoted edges.", "tercet");
  Global global;
  Action action;
  app.set_help_flag("-h,--help", "Print help");
  app.add_flag("-q,--quiet", global.quiet, "Only errors on stderr");
  app.add_flag("-v,--verbose", global.verbose, "More on stderr");
  app.add_option("--progress", global.progress, "auto, never, json")
      ->check(CLI::IsMember({"auto", "never", "json"}));
  app.fallthrough();
  add_extract(app, action);
  add_parse(app, action);
  add_store_commands(app, action);
  add_import(app, action);
  add_analyze(app, action);
  add_export(app, action);
  add_view(app, action);
  add_query(app, action);
  add_path(app, action);
  add_diff(app, action);
  add_explain(app, action);
  add_report(app, action);
  add_housekeeping(app, action);
  add_suggest(app, action);
  add_review(app, action);
  add_validate(app, action);
  add_eval(app, action);
  CLI::App* version = app.add_subcommand("version", "Print the version");
  version->callback(
      [&action] { action = [] { return print("tercet " + std::string(kVersion) + "\n"); }; });
  app.add_subcommand("help", "Print help, also of one command: tercet help extract");
  // "help extract" is "extract --help"; CLI11 would take the second word for a command to run.
  std::vector<std::string> words(argv + 1, argv + argc);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.push_back("--help");
  }
  try {
    words = with_defaults(app, std::move(words));
    std::ranges::reverse(words);  // as CLI11 wants them
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    return guarded([&] { return print(chosen.empty() ? app.help() : chosen.front()->help()); });
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  } catch (const Error& error) {
    print_error(error.what(), error.hint());
    return exit_code_of(error.code());
  }
  set_verbosity(global.quiet, global.verbose);
  set_progress(global.progress == "json"    ? ProgressMode::Json
               : global.progress == "never" ? ProgressMode::Never
                                            : ProgressMode::Auto);
  if (!action) {
    std::cerr << app.help();
    return kUsage;
  }
  return guarded(action);
}

}  // namespace
}  // namespace tercet::cli

#if defined(__SANITIZE_ADDRESS__)
// Thirty frames for every allocation make the sanitized program twenty times slower than the other;
// four say enough of where a block came from.
extern "C" const char* __asan_default_options() { return "malloc_context_size=4"; }
#endif

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), handled quietly
  std::signal(SIGXFSZ, SIG_IGN);  // a file size limit likewise
  tercet::cli::catch_interrupts();
  return tercet::cli::main_of(argc, argv);
}
