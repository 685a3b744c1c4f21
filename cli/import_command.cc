#include <filesystem>
#include <map>
#include <unordered_set>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/documents.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "export/read_facts.h"
#include "graph/store.h"

namespace tercet::cli {
namespace {

struct Extension {
  std::string_view ending, format;
};
constexpr Extension kExtensions[] = {
    {".jsonl", "jsonl"},   {".ndjson", "jsonl"},    {".tsv", "tsv"}, {".csv", "csv"},
    {".nq", "nq"},         {".nt", "nt"},           {".ttl", "ttl"}, {".trig", "trig"},
    {".jsonld", "jsonld"}, {".graphml", "graphml"},
};

std::string format_of(const std::string& file) {
  for (const auto& [ending, format] : kExtensions) {
    if (file.ends_with(ending)) return std::string(format);
  }
  return "jsonl";
}

FactFile read_fact_file(const std::string& file, const std::string& format, const std::string& id,
                        Problems& problems) {
  namespace fs = std::filesystem;
  const OnSkipped skipped = [&](std::uint32_t line, std::uint32_t column, const std::string& what) {
    problems.add(Error(Error::Code::Schema, what, {id, line, column}).what());
  };
  std::error_code ignored;
  if (file != "-" && fs::is_directory(file, ignored)) {
    // What export -t csv wrote.
    const fs::path folder(file);
    return read_table_facts(read_bytes((folder / "relationships.csv").string()), ',', id,
                            read_bytes((folder / "nodes.csv").string()), skipped);
  }
  const std::string bytes = read_bytes(file);
  if (format == "tsv") return read_table_facts(bytes, '\t', id, {}, skipped);
  if (format == "csv") {
    const fs::path nodes = fs::path(file).parent_path() / "nodes.csv";
    const bool there = file != "-" && fs::exists(nodes, ignored);
    return read_table_facts(bytes, ',', id, there ? read_bytes(nodes.string()) : std::string(),
                            skipped);
  }
  if (format == "nq") return read_rdf_facts(bytes, RdfSyntax::NQuads, id, skipped);
  if (format == "nt") return read_rdf_facts(bytes, RdfSyntax::NTriples, id, skipped);
  if (format == "ttl") return read_rdf_facts(bytes, RdfSyntax::Turtle, id, skipped);
  if (format == "trig") return read_rdf_facts(bytes, RdfSyntax::TriG, id, skipped);
  if (format == "jsonld") return read_jsonld_facts(bytes, id, skipped);
  if (format == "graphml") return read_graphml_facts(bytes, id, skipped);
  return {read_facts(bytes, id, problems), {}};
}

}  // namespace

int run(const ImportCommand& command) {
  const bool from_stdin = command.file == "-";
  const std::string format = command.format.empty() ? format_of(command.file) : command.format;
  Problems problems;
  const std::filesystem::path folder = store_folder(command.store, true);
  const std::string id = from_stdin ? "stdin" : StoreRoot(folder).id_of(command.file);
  FactFile read = read_fact_file(command.file, format, id, problems);
  std::vector<Fact>& facts = read.facts;
  if (facts.empty() && problems.count() > 0) {
    problems.finish();
    throw Error(Error::Code::Syntax, "holds no fact", {id, 0, 0},
                "docs/formats/facts.md says what can be imported");
  }
  std::map<std::string, DocumentRecord> records;
  std::unordered_set<std::string> seen;
  seen.reserve(facts.size());
  for (Fact& fact : facts) {
    if (fact.doc.empty()) fact.doc = id;
    if (fact.id.empty()) {
      // Equal rows are one fact; the occurrence number is for sentences, and these have none.
      fact.id = fact_id(fact, 0);
    }
    if (!seen.insert(fact.doc + '\0' + fact.id).second) continue;
    DocumentRecord& record = records[fact.doc];
    if (record.id.empty()) {
      record.id = fact.doc;
      record.recipe = recipe_of("", Origin::Import);
    }
    record.facts.push_back(std::move(fact));
  }
  for (const DocumentInfo& document : read.documents) {
    const auto record = records.find(document.id);
    if (record == records.end()) continue;
    record->second.title = document.title;
    record->second.video_id = document.video_id;
  }
  for (auto& [doc, record] : records) {
    std::string content;
    for (const Fact& fact : record.facts) content += fact.id;
    Document stand_in;
    stand_in.text = content;
    record.content_hash = content_hash(stand_in);
  }
  stop_if_interrupted();
  Store store = Store::open(folder, Store::Mode::Create);
  std::vector<std::string> ids;
  const std::size_t count = facts.size();
  for (auto& [doc, record] : records) {
    ids.push_back(doc);
    store.put(std::move(record));
  }
  store.commit();
  Output output(std::nullopt);
  for (const std::string& doc : ids) {
    if (command.ack) output.write("ACK " + escape_id(doc) + '\n');
  }
  output.commit();
  print_note(std::to_string(count) + " facts of " + std::to_string(ids.size()) +
             " documents imported");
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
