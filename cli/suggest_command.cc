#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "base/ascii.h"
#include "base/corrections.h"
#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/source.h"
#include "graph/review.h"
#include "graph/store.h"
#include "graph/suggest.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kExamples = 3;

struct Example {
  std::string subject, object, sentence, doc;
};

/// All that was seen of a predicate.
struct Predicate {
  std::size_t count = 0;
  std::set<std::string> documents;
  std::map<std::string, std::size_t> domain, range;
  std::vector<Example> examples;
};

/// Types that make up at least a fifth, most frequent first, between bars.
std::string types_of(const std::map<std::string, std::size_t>& counts, std::size_t all) {
  std::vector<std::pair<std::size_t, std::string>> frequent;
  for (const auto& [type, count] : counts) {
    if (count * 5 >= all) frequent.emplace_back(count, type);
  }
  std::ranges::stable_sort(frequent,
                           [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (const auto& [count, type] : frequent) out += (out.empty() ? "" : "|") + type;
  return out;
}

/// A relation id for words: lower-case ASCII letters, digits and `_`.
std::string id_of(std::string_view words) {
  std::string out;
  for (const char c : words) {
    const bool kept = is_ascii_lower(c) || is_ascii_digit(c);
    if (kept) out += c;
    if (!kept && !out.empty() && out.back() != '_') out += '_';
  }
  while (out.ends_with('_')) out.pop_back();
  return out.empty() ? "relation" : out;
}

std::string one_line(std::string_view text) {
  std::string out = printable(text);
  std::ranges::replace(out, '\t', ' ');
  return out;
}

int suggest_ontology(const SuggestCommand& command) {
  Problems problems;
  const Extractor extractor = load(command.extractor);
  std::map<std::string, Predicate> predicates;
  const std::vector<Input> inputs = list_inputs(command.input, problems, {});
  Progress progress("docs", inputs.size());
  std::size_t documents = 0;
  for (const Input& input : inputs) {
    read_input(
        input, command.input,
        [&](const Document& document) {
          stop_if_interrupted();
          ++documents;
          for (UnmappedPredicate& one : extract_unmapped(extractor, document)) {
            Predicate& predicate = predicates[one.words];
            ++predicate.count;
            predicate.documents.insert(document.id);
            ++predicate.domain[one.subject_type];
            ++predicate.range[one.object_type];
            if (predicate.examples.size() < kExamples) {
              predicate.examples.push_back({std::move(one.subject), std::move(one.object),
                                            std::move(one.sentence), document.id});
            }
          }
        },
        [&](const std::string& what) { problems.add(what); });
    progress.step(predicates.size());
  }
  progress.finish();
  if (documents == 0 && problems.count() > 0) return problems.fail();
  std::vector<std::pair<std::string, const Predicate*>> frequent;
  for (const auto& [words, predicate] : predicates) {
    if (predicate.count >= static_cast<std::size_t>(command.least)) {
      frequent.emplace_back(words, &predicate);
    }
  }
  std::ranges::stable_sort(
      frequent, [](const auto& a, const auto& b) { return a.second->count > b.second->count; });
  Output output(std::nullopt);
  output.write("relation\tgroup\tdomain\trange\tprops\tsign\tgloss\tlexicalisations\n");
  for (const auto& [words, predicate] : frequent) {
    for (const Example& example : predicate->examples) {
      output.write("# " + one_line(example.subject) + " -> " + one_line(example.object) + ": \"" +
                   one_line(example.sentence) + "\" " + one_line(example.doc) + '\n');
    }
    output.write(id_of(words) + "\tdraft\t" + types_of(predicate->domain, predicate->count) + '\t' +
                 types_of(predicate->range, predicate->count) + "\t\t0\tseen " +
                 std::to_string(predicate->count) + " times in " +
                 std::to_string(predicate->documents.size()) + " documents; say what it means\t" +
                 one_line(words) + '\n');
  }
  output.commit();
  problems.finish();
  print_note(std::to_string(frequent.size()) + " drafts of " + std::to_string(predicates.size()) +
             " predicates in " + std::to_string(documents) + " documents");
  if (problems.count() > 0) return kPartly;
  return frequent.empty() ? kNo : kOk;
}

int suggest_names(const SuggestCommand& command) {
  Problems problems;
  const KnowledgeGraph graph = read_source(command.source, problems);
  const std::vector<AliasSuggestion> found = suggest_aliases(graph);
  Output output(std::nullopt);
  output.write("name\talias\ttype\treason\n");
  for (const AliasSuggestion& one : found) {
    const Node &name = graph.nodes()[one.name], &alias = graph.nodes()[one.alias];
    output.write(one_line(name.name) + '\t' + one_line(alias.name) + '\t' + name.type + '\t' +
                 std::string(name_of(one.reason)) + '\n');
  }
  output.commit();
  problems.finish();
  print_note(std::to_string(found.size()) + " pairs of names that may be one");
  if (problems.count() > 0) return kPartly;
  return found.empty() ? kNo : kOk;
}

int suggest_rules(const SuggestCommand& command) {
  Problems problems;
  std::vector<Fact> facts;
  std::string file = command.corrections;
  if (!command.facts.empty()) {
    facts = read_facts(read_bytes(command.facts), command.facts, problems);
  } else {
    const std::filesystem::path folder = store_folder(command.source.store, false);
    const KnowledgeGraph graph = Store::open(folder, Store::Mode::ReadOnly).graph(Corrections{});
    facts.assign(graph.facts().begin(), graph.facts().end());
    if (file.empty()) file = (folder / "corrections.tsv").string();
  }
  if (file.empty()) {
    throw Error(Error::Code::Usage, "no decisions to learn from", {},
                "name them with --corrections FILE; tercet review writes one");
  }
  std::istringstream rows(read_bytes(file));
  const std::vector<RuleProposal> rules = propose_rules(
      facts, read_corrections(rows, file), static_cast<std::size_t>(command.least), .5);
  Output output(std::nullopt);
  for (const RuleProposal& one : rules) {
    output.write(correction_row("reject_rule", one.rule.relation, one.rule.by,
                                "precision " + decimal(one.precision(), 2) + " on " +
                                    std::to_string(one.rejected + one.accepted) +
                                    " reviewed, takes out " + std::to_string(one.waiting) +
                                    " more"));
  }
  output.commit();
  problems.finish();
  print_note(std::to_string(rules.size()) + " rules; add the rows you want to " + file);
  if (problems.count() > 0) return kPartly;
  return rules.empty() ? kNo : kOk;
}

}  // namespace

int run(const SuggestCommand& command) {
  if (command.what == "ontology") return suggest_ontology(command);
  return command.what == "aliases" ? suggest_names(command) : suggest_rules(command);
}

}  // namespace tercet::cli
