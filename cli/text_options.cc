// Extract and parse, and what other commands share with them.
#include <memory>

#include "cli/command_line.h"
#include "cli/commands.h"

namespace tercet::cli {

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
                    "With -f conllu: chains of mentions as Entity=..., and what a word stands for\n"
                    "as RefersTo=..., in the last column");
  command
      ->add_flag("--mentions", options->mentions,
                 "What is named, with its type of the ontology, as Entity=... in the last column")
      ->excludes("--coref");
  command->callback([options, format, &action] {
    options->conllu = *format == "conllu";
    if (!options->conllu) options->input.format = format_named(*format);
    action = [options] { return run(*options); };
  });
}

}  // namespace tercet::cli
