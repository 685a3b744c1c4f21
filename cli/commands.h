#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "extract/extract.h"
#include "graph/knowledge_graph.h"

namespace tercet::cli {

/// Options that commands share which need the extractor.
struct ExtractorOptions {
  std::string tier = "fast";
  std::string ontology, types, aliases;  ///< files, or empty
};
Extractor load(const ExtractorOptions& options);  ///< and print its warnings

struct ExtractCommand {
  InputOptions input;
  ExtractorOptions extractor;
  std::string type;  ///< jsonl, tuples, table, csv; empty: table on a terminal, else jsonl
  std::optional<std::string> output;
  bool open = false;
  double min_confidence = 0;
  std::string corrections;  ///< a file of decisions on facts, or empty
  int jobs = 0;             ///< 0: as many as there are processors
};
int run(const ExtractCommand& command);

struct ParseCommand {
  InputOptions input;
  bool conllu = false;       ///< tokens and sentences are given
  bool coreference = false;  ///< write who and what is meant again; only with conllu
  bool mentions = false;     ///< write what is named, with types
  std::string tier = "fast";
  std::optional<std::string> output;
};
int run(const ParseCommand& command);
int parse_given(const ParseCommand& command);  ///< of CoNLL-U

/// Where a graph or its facts come from: a store, or facts as JSONL on stdin.
struct SourceOptions {
  std::string store;  ///< folder, or empty: found upward
  bool from_stdin = false;
};

struct ExportCommand {
  SourceOptions source;
  std::string type;
  std::optional<std::string> output;
  bool all = false;
  std::string base;  ///< IRI, or empty for the default
  std::string title;
  std::string provenance = "full";  ///< full, light, none
  std::string context = "inline";   ///< of JSON-LD: inline, or the file it is written to
  bool raw_csv = false;
  std::string type_map;  ///< table of type_iris, or empty for the one in seeds/
  // Pictures.
  std::string view;         ///< see view_named(); empty: ecosystem, and all of it as DOT
  std::string focus;        ///< a thing's name; a view of its own round it
  unsigned depth = 1;       ///< steps from the focus
  unsigned max_nodes = 60;  ///< things in a picture
  bool stable = false;      ///< places that last while the graph grows
};
/// The things called `name`; Error{Usage} with the nearest name if there is none.
std::vector<NodeId> things_named(const std::string& name, const KnowledgeGraph& graph);
/// The picture or the DOT of it that a command asks for.
void write_picture(const ExportCommand& command, const KnowledgeGraph& graph, std::ostream& out);
int run(const ExportCommand& command);

struct ViewCommand {
  SourceOptions source;
  std::string file;  ///< facts as JSONL, "-" for stdin, empty for a store
  std::optional<std::string> output;
  bool no_open = false, all = false;
  std::string title;
};
int run(const ViewCommand& command);

struct AnalyzeCommand {
  std::string measure;
  std::string graph;  ///< file, or empty: the store
  SourceOptions source;
  bool undirected = false, json = false, no_scores = false;
  std::uint64_t seed = 1;
  int jobs = 1;
  int top = 20;                   ///< rows of the table, pairs of links; 0 = all
  std::vector<std::string> from;  ///< nodes by name
  std::string to;                 ///< a node by name, or empty
  double damping = 0.85, resolution = 1;
  std::size_t samples = 256;
  std::string objective = "modularity", by = "adamic-adar";
  bool estimate = false;     ///< say what the run would take, and do not run
  std::uint64_t memory = 0;  ///< bytes; 0 = no limit
  // What of a store is measured.
  std::vector<std::string> relations, documents;
  std::vector<std::string> clusters;  ///< numbers of `analyze leiden`, or names of members
  std::string dates, parallel = "keep", slices;
  double min_confidence = 0;
  bool all = false;  ///< also edges that are denied, disputed, hedged
};
int run(const AnalyzeCommand& command);

struct ExplainCommand {
  SourceOptions source;
  std::string what;  ///< a fact id, a node's name, or "A -> B"
};
int run(const ExplainCommand& command);

struct QueryCommand {
  SourceOptions source;
  std::string text;
  std::string state, polarity, modality, since, until, document;  ///< filters of every edge
  double min_confidence = 0;
  std::size_t limit = 0;  ///< rows; 0 = all
  bool json = false;
};
int run(const QueryCommand& command);

struct PathCommand {
  SourceOptions source;
  std::string from, to;  ///< names
  std::size_t count = 1;
  std::size_t longest = 0;  ///< steps; 0 = any number
  std::string direction = "any";
  std::string state;
  bool json = false;
};
int run(const PathCommand& command);

struct DiffCommand {
  std::string before, after;  ///< a store's folder, or facts as JSONL (- is stdin)
  bool stat = false, json = false;
};
int run(const DiffCommand& command);

struct StoreCommand {
  std::string store;
  InputOptions input;
  ExtractorOptions extractor;
  bool ack = false, prune = false;
  int jobs = 0;
};
int run_add(const StoreCommand& command);
int run_rm(const StoreCommand& command);
int run_status(const StoreCommand& command);
int run_dump(const StoreCommand& command);
int run_check(const StoreCommand& command);

struct ImportCommand {
  std::string store;
  std::string file;
  std::string format;  ///< jsonl, tsv; empty: by extension
  bool ack = false;
};
int run(const ImportCommand& command);

struct ReviewCommand {
  std::string store;        ///< folder, or empty: found upward
  std::string facts;        ///< a JSONL file instead of a store, or empty
  std::string corrections;  ///< where decisions go; empty: corrections.tsv of the store
  std::string ontology, types;
  int limit = 0;  ///< facts to show, 0 = all
};
int run(const ReviewCommand& command);

struct ReportCommand {
  SourceOptions source;
  std::string type = "html";  ///< html or md
  std::optional<std::string> output;
  std::string focus, title;
  bool no_picture = false;
};
int run(const ReportCommand& command);

struct InitCommand {
  std::string folder;  ///< or empty: the working folder
};
int run(const InitCommand& command);

struct DoctorCommand {
  std::vector<std::string> paths;  ///< inputs to look at; empty: only program and store
};
int run(const DoctorCommand& command);

struct SuggestCommand {
  std::string what;  ///< ontology, aliases or rules
  InputOptions input;
  ExtractorOptions extractor;
  SourceOptions source;
  std::string corrections;  ///< decisions to draw rules from; empty: those of the store
  std::string facts;        ///< with rules: the facts decided on, as JSONL instead of a store
  int least = 3;            ///< times a predicate must occur, or a rule be rejected
};
int run(const SuggestCommand& command);

struct ValidateCommand {
  SourceOptions source;
  std::string ontology, types;  ///< TSV files, or empty for those that come with the program
  bool json = false;
  bool conflicts = false;  ///< only what is both asserted and denied
};
int run(const ValidateCommand& command);

struct EvalCommand {
  std::string gold, predicted;  ///< a file each, or folders with files of the same names
  std::vector<std::string>
      names;             ///< JSON lines of accepted names; empty: entities.jsonl near gold
  std::string ontology;  ///< TSV, or empty for the one that comes with the program
  std::string attributes_on = "strict";
  bool json = false, misses = false, calibration = false;
  bool conllu = false;                    ///< both files are treebanks, not facts
  bool mentions = false, chains = false;  ///< of their Entity columns
};
int run(const EvalCommand& command);  ///< facts
int run_treebanks(const EvalCommand& command);

/// Threads for -j: `asked`, or the processors there are.
int jobs_or_default(int asked);

}  // namespace tercet::cli
