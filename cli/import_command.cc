#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/documents.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "graph/store.h"

namespace tercet::cli {
namespace {

/// A cell of a TSV file: \t \n \r \0 and \\ are escapes, as PostgreSQL's COPY writes them.
std::string unescape(std::string_view cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\' || i + 1 == cell.size()) {
      out += cell[i];
      continue;
    }
    switch (cell[++i]) {
      case 't':
        out += '\t';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case '0':
        out += '\0';
        break;
      case '\\':
        out += '\\';
        break;
      default:
        out += '\\';
        out += cell[i];
    }
  }
  return out;
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    out.push_back(unescape(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

void set(Fact& fact, const std::string& column, const std::string& cell) {
  if (column == "subject")
    fact.subject = cell;
  else if (column == "relation")
    fact.relation = cell;
  else if (column == "object")
    fact.object = cell;
  else if (column == "subject_type")
    fact.subject_type = cell;
  else if (column == "object_type")
    fact.object_type = cell;
  else if (column == "doc")
    fact.doc = cell;
  else if (column == "sentence")
    fact.sentence = cell;
  else if (column == "evidence")
    fact.evidence = cell;
  else if (column == "polarity") {
    const auto value = polarity_named(cell);
    if (!value) throw Error(Error::Code::Schema, "polarity is neither positive nor negative");
    fact.polarity = *value;
  } else if (column == "modality") {
    const auto value = modality_named(cell);
    if (!value) throw Error(Error::Code::Schema, "modality is not one of the contract's");
    fact.modality = *value;
  }
}

/// Rows of subject, relation, object; a first line that names these columns may name more.
std::vector<Fact> read_rows(std::string_view bytes, const std::string& file, Problems& problems) {
  std::vector<Fact> out;
  std::vector<std::string> columns = {"subject", "relation", "object"};
  std::uint32_t number = 0;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    std::string_view line = bytes.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const auto bad = [&](const std::string& what) {
      problems.add(Error(Error::Code::Syntax, what + ", line skipped", {file, number, 0}).what());
    };
    if (!is_valid_utf8(line)) {
      bad("not UTF-8");
      continue;
    }
    const std::vector<std::string> cells = cells_of(line);
    if (number == 1 && std::ranges::find(cells, "subject") != cells.end() &&
        std::ranges::find(cells, "relation") != cells.end() &&
        std::ranges::find(cells, "object") != cells.end()) {
      columns = cells;
      continue;
    }
    if (cells.size() < 3) {
      bad("has " + std::to_string(cells.size()) + " columns, three are needed");
      continue;
    }
    try {
      Fact fact;
      for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
        set(fact, columns[i], cells[i]);
      }
      if (fact.subject.empty() || fact.relation.empty() || fact.object.empty()) {
        bad("subject, relation or object is empty");
        continue;
      }
      fact.subject_text = fact.subject;
      fact.object_text = fact.object;
      fact.line = number;
      fact.by = "import";
      out.push_back(std::move(fact));
    } catch (const Error& error) {
      bad(error.what());
    }
  }
  return out;
}

}  // namespace

int run(const ImportCommand& command) {
  const bool from_stdin = command.file == "-";
  const std::string bytes = read_bytes(command.file);
  std::string format = command.format;
  if (format.empty()) format = command.file.ends_with(".tsv") ? "tsv" : "jsonl";
  Problems problems;
  const std::filesystem::path folder = store_folder(command.store, true);
  const std::string id = from_stdin ? "stdin" : StoreRoot(folder).id_of(command.file);
  std::vector<Fact> facts =
      format == "tsv" ? read_rows(bytes, id, problems) : read_facts(bytes, id, problems);
  if (facts.empty() && problems.count() > 0) {
    problems.finish();
    throw Error(Error::Code::Syntax, "holds no fact", {id, 0, 0},
                "a fact is a JSON object a line, or subject, relation and object between TABs");
  }
  std::map<std::string, DocumentRecord> records;
  std::set<std::string> seen;
  for (Fact& fact : facts) {
    if (fact.doc.empty()) fact.doc = id;
    if (fact.id.empty()) {
      // Equal rows are one fact; the occurrence number is for sentences, and these have none.
      fact.id = fact_id(fact, 0);
    }
    if (!seen.insert(fact.doc + '\0' + fact.id).second) continue;
    DocumentRecord& record = records[fact.doc];
    record.id = fact.doc;
    record.recipe = recipe_of("", Origin::Import);
    record.facts.push_back(std::move(fact));
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
