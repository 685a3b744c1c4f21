#include <chrono>
#include <set>
#include <sstream>
#include <thread>

#include "base/corrections.h"
#include "base/fact_json.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/data_files.h"
#include "cli/interrupt.h"
#include "cli/ordered.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/source.h"
#include "cli/table.h"
#include "extract/open/tuples.h"

namespace tercet::cli {
namespace {

/// What one document gives: bytes to print, or facts for the table, and what to tell the person.
struct Result {
  std::string text;
  std::vector<Fact> facts;
  std::vector<std::string> remarks;
  std::size_t sentences = 0, fact_count = 0, denied = 0, hedged = 0;
};

std::string sign_of(const Fact& fact) {
  std::string out = fact.polarity == Polarity::Positive ? "+" : "-";
  if (fact.modality != Modality::Asserted) out += ' ' + std::string(name_of(fact.modality));
  return out;
}

std::string csv_row(const Fact& fact) {
  std::string out;
  const auto cell = [&](std::string_view text) {
    if (!out.empty()) out += ',';
    out += csv_cell(text);
  };
  cell(fact.id);
  for (const std::string* text :
       {&fact.subject, &fact.subject_type, &fact.relation, &fact.object, &fact.object_type}) {
    cell(*text);
  }
  cell(name_of(fact.polarity));
  cell(name_of(fact.modality));
  cell(fact.condition.value_or(""));
  cell(decimal(fact.confidence, 4));
  cell(fact.timestamp.value_or(""));
  cell(fact.url.value_or(""));
  cell(fact.evidence);
  cell(fact.doc);
  cell(std::to_string(fact.line));
  return out + "\r\n";
}

constexpr std::string_view kCsvHeader =
    "id,subject,subject_type,relation,object,object_type,polarity,modality,condition,confidence,"
    "timestamp,url,evidence,doc,line\r\n";

Result work(const ExtractCommand& command, const Extractor& extractor,
            const Corrections& corrections, const Document& document) {
  Result out;
  if (const std::string remarks = remarks_on(document); !remarks.empty()) {
    out.remarks.push_back(document.id + ": " + remarks);
  }
  if (command.type == "tuples") {
    for (const auto& [tuple, minimal] : extract_tuples(extractor, document)) {
      if (tuple.confidence < command.min_confidence) continue;
      out.text += to_json(tuple, minimal) + '\n';
      ++out.fact_count;
    }
    return out;
  }
  Extraction extraction =
      command.open ? extract_open(extractor, document) : extract(extractor, document);
  out.sentences = extraction.sentences;
  if (extraction.cut > 0) {
    out.remarks.push_back(document.id + ": " + remark_on_cut(extraction.cut));
  }
  apply_corrections(corrections, extraction.facts);
  for (Fact& fact : extraction.facts) {
    if (fact.confidence < command.min_confidence) continue;
    ++out.fact_count;
    out.denied += fact.polarity == Polarity::Negative;
    out.hedged += fact.modality != Modality::Asserted;
    if (command.type == "jsonl")
      out.text += to_json(fact) + '\n';
    else if (command.type == "csv")
      out.text += csv_row(fact);
    else
      out.facts.push_back(std::move(fact));
  }
  return out;
}

std::string table_of(const std::vector<Fact>& facts, int width) {
  Table table({"#", "subject", "relation", "object", "state", "t", "conf"},
              {true, false, false, false, false, true, true});
  std::size_t number = 0;
  for (const Fact& fact : facts) {
    table.add({std::to_string(++number), fact.subject, fact.relation, fact.object, sign_of(fact),
               fact.timestamp.value_or(""), decimal(fact.confidence, 2)});
  }
  return table.str(width);
}

}  // namespace

int jobs_or_default(int asked) {
  if (asked > 0) return asked;
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

Extractor load(const ExtractorOptions& options) {
  ExtractorFiles files = extractor_files(options.tier);
  if (!options.ontology.empty()) files.ontology = options.ontology;
  if (!options.types.empty()) files.types = options.types;
  if (!options.aliases.empty()) files.aliases = options.aliases;
  Extractor extractor = load_extractor(files);
  for (const std::string& warning : extractor.warnings) print_warning(warning);
  return extractor;
}

int run(const ExtractCommand& given) {
  ExtractCommand command = given;
  const auto begin = std::chrono::steady_clock::now();
  Problems problems;
  const std::vector<Input> inputs = list_inputs(command.input, problems, {});
  Output output(command.output);
  if (command.type.empty()) command.type = output.is_terminal() ? "table" : "jsonl";
  Corrections corrections;
  if (!command.corrections.empty()) {
    std::istringstream rows(read_bytes(command.corrections));
    corrections = read_corrections(rows, command.corrections);
  }
  const Extractor extractor = load(command.extractor);
  if (command.type == "csv") output.write(kCsvHeader);

  Progress progress("docs", inputs.size());
  std::vector<Fact> table;
  std::size_t documents = 0, sentences = 0, facts = 0, denied = 0, hedged = 0;
  Ordered<Result> pool(jobs_or_default(command.jobs), [&](Result&& result) {
    stop_if_interrupted();
    for (const std::string& remark : result.remarks) print_warning(remark);
    ++documents;
    sentences += result.sentences;
    facts += result.fact_count;
    denied += result.denied;
    hedged += result.hedged;
    for (Fact& fact : result.facts) table.push_back(std::move(fact));
    if (result.text.empty()) return;
    output.write(result.text);
    output.flush();  // a reader downstream gets each document as soon as it is done
  });
  for (const Input& input : inputs) {
    read_input(
        input, command.input,
        [&](Document document) {
          stop_if_interrupted();
          auto shared = std::make_shared<const Document>(std::move(document));
          pool.add([&command, &extractor, &corrections, shared] {
            return work(command, extractor, corrections, *shared);
          });
        },
        [&](const std::string& what) { problems.add(what); });
    progress.step(facts);
  }
  pool.finish();
  progress.finish();
  if (command.type == "table") output.write(table_of(table, terminal_width()));
  if (documents == 0 && problems.count() > 0) return problems.fail();
  problems.finish();
  output.commit();
  if (command.type == "table") {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    print_note(std::to_string(sentences) + " sentences, " + std::to_string(facts) + " facts, " +
               std::to_string(denied) + " denied, " + std::to_string(hedged) + " hedged; " +
               decimal(seconds.count(), 2) + " s");
  }
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
