// The store.
#include <memory>

#include "cli/command_line.h"
#include "cli/commands.h"

namespace tercet::cli {

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

}  // namespace tercet::cli
