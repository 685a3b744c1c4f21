// How good the facts are, and making them better.
#include <memory>

#include "cli/command_line.h"
#include "cli/commands.h"

namespace tercet::cli {

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
  CLI::Option* mentions = command->add_flag(
      "--mentions", options->mentions,
      "Both files are CoNLL-U with Entity= in the last column: score mentions, and with types");
  CLI::Option* chains = command->add_flag(
      "--coref", options->chains, "Likewise: score chains of mentions by MUC, B-cubed, CEAF-e");
  mentions->excludes(conllu)->excludes(chains);
  chains->excludes(conllu);
  for (const char* of_facts :
       {"--entities", "--ontology", "--attributes-on", "--misses", "--calibration"}) {
    mentions->excludes(of_facts);
    chains->excludes(of_facts);
  }
  command->callback([options, &action] {
    action = [options] {
      const bool trees = options->conllu || options->mentions || options->chains;
      return trees ? run_treebanks(*options) : run(*options);
    };
  });
}

}  // namespace tercet::cli
