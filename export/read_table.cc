#include <algorithm>

#include "base/csv.h"
#include "base/error.h"
#include "base/utf8.h"
#include "export/csv.h"
#include "export/fact_columns.h"
#include "export/read_facts.h"

namespace tercet {
namespace {

struct Row {
  std::vector<std::string> cells;
  std::uint32_t line = 0;  ///< where it begins
};

/// A cell of a TSV file: \t \n \r \0 and \\ are escapes, as PostgreSQL's COPY writes them.
std::string unescaped(std::string_view cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    static constexpr std::string_view kLetters = "tnr0\\";
    const std::size_t escape = cell[i] != '\\' || i + 1 == cell.size() ? std::string_view::npos
                                                                       : kLetters.find(cell[i + 1]);
    if (escape == std::string_view::npos) {
      out += cell[i];
      continue;
    }
    out += std::string_view("\t\n\r\0\\", 5)[escape];
    ++i;
  }
  return out;
}

void add_tsv_rows(std::string_view bytes, const std::function<void(Row)>& on_row) {
  std::uint32_t line = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    std::string_view text = bytes.substr(begin, end - begin);
    begin = end + 1;
    ++line;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty()) continue;
    Row row{{}, line};
    while (true) {
      const std::size_t tab = std::min(text.find('\t'), text.size());
      row.cells.push_back(unescaped(text.substr(0, tab)));
      if (tab == text.size()) break;
      text.remove_prefix(tab + 1);
    }
    on_row(std::move(row));
  }
}

void add_csv_rows(std::string_view bytes, const std::string& file,
                  const std::function<void(Row)>& on_row) {
  CsvReader rows(bytes, file);
  for (Row row; rows.next(row.cells); row = {}) {
    row.line = rows.line();
    on_row(std::move(row));
  }
}

std::string unguarded(std::string cell) {
  if (cell.starts_with('\'') && is_formula(cell)) cell.erase(0, 1);
  return cell;
}

bool has(const std::vector<std::string>& cells, std::string_view name) {
  return std::ranges::find(cells, name) != cells.end();
}

/// "confidence:double" -> "confidence"; ":START_ID" stays.
std::string column_name(const std::string& cell) {
  const std::size_t colon = cell.find(':', 1);
  return colon == std::string::npos ? cell : cell.substr(0, colon);
}

struct Name {
  std::string name, type;
};

std::map<std::string, Name> read_nodes(std::string_view bytes, const std::string& file) {
  std::map<std::string, Name> out;
  std::vector<std::string> columns;
  add_csv_rows(bytes, file, [&](Row row) {
    if (columns.empty()) {
      for (const std::string& cell : row.cells) columns.push_back(column_name(cell));
      return;
    }
    std::map<std::string, std::string, std::less<>> cells;
    for (std::size_t i = 0; i < std::min(columns.size(), row.cells.size()); ++i) {
      cells[columns[i]] = unguarded(row.cells[i]);
    }
    const std::string name = cells["label"].empty() ? cells["id"] : cells["label"];
    out[cells["id"]] = {name, cells["type"]};
  });
  return out;
}

class TableReader {
 public:
  TableReader(const std::string& file, std::string_view nodes, const OnSkipped& skipped)
      : file_(file), nodes_(nodes), skipped_(skipped) {}

  void take(Row row, bool guards) {
    for (std::string& cell : row.cells) {
      if (!is_valid_utf8(cell)) return skip(row, "not UTF-8");
      if (guards) cell = unguarded(std::move(cell));
    }
    if (first_) {
      first_ = false;
      if (has(row.cells, ":START_ID") && has(row.cells, ":END_ID")) return open_edges(row);
      if (has(row.cells, "subject") && has(row.cells, "relation") && has(row.cells, "object")) {
        columns_ = row.cells;
        return;
      }
    }
    try {
      if (edges_)
        read_edge(row);
      else
        read_fact(row);
    } catch (const Error& error) {
      skip(row, error.what());
    }
  }

  FactFile out;

 private:
  void skip(const Row& row, const std::string& what) const {
    if (skipped_) skipped_(row.line, 0, what + ", line skipped");
  }

  void open_edges(const Row& row) {
    edges_ = true;
    columns_.clear();
    for (const std::string& cell : row.cells) columns_.push_back(column_name(cell));
    if (has(columns_, "facts")) return;
    if (nodes_.empty()) {
      throw Error(Error::Code::Schema, "has no column \"facts\", and no nodes.csv is beside it",
                  {file_, row.line, 0}, "export it with --all, or give the folder");
    }
    names_ = read_nodes(nodes_, file_);
  }

  void read_edge(const Row& row) {
    std::map<std::string, std::string, std::less<>> cells;
    for (std::size_t i = 0; i < std::min(columns_.size(), row.cells.size()); ++i) {
      cells[columns_[i]] = row.cells[i];
    }
    if (const std::string& facts = cells["facts"]; !facts.empty()) {
      read_fact_array(facts, out.facts);
      return;
    }
    const auto source = names_.find(cells[":START_ID"]), target = names_.find(cells[":END_ID"]);
    if (source == names_.end() || target == names_.end()) {
      throw Error(Error::Code::Schema, "names a node that nodes.csv does not have");
    }
    Fact fact = fact_of_edge(cells);
    fact.subject = fact.subject_text = source->second.name;
    fact.subject_type = source->second.type;
    fact.object = fact.object_text = target->second.name;
    fact.object_type = target->second.type;
    out.facts.push_back(std::move(fact));
  }

  void read_fact(const Row& row) {
    if (row.cells.size() < 3) {
      return skip(row, "has " + std::to_string(row.cells.size()) + " columns, three are needed");
    }
    Fact fact;
    fact.by = "import";
    for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
      set_column(fact, columns_[i], row.cells[i]);
    }
    if (fact.subject.empty() || fact.relation.empty() || fact.object.empty()) {
      return skip(row, "subject, relation or object is empty");
    }
    if (fact.end < fact.start) return skip(row, "end is before start");
    if (fact.subject_text.empty()) fact.subject_text = fact.subject;
    if (fact.object_text.empty()) fact.object_text = fact.object;
    if (fact.line == 0) fact.line = row.line;
    out.facts.push_back(std::move(fact));
  }

  const std::string& file_;
  std::string_view nodes_;
  const OnSkipped& skipped_;
  std::vector<std::string> columns_ = {"subject", "relation", "object"};
  std::map<std::string, Name> names_;
  bool first_ = true, edges_ = false;
};

}  // namespace

FactFile read_table_facts(std::string_view bytes, char separator, const std::string& file,
                          std::string_view nodes, const OnSkipped& skipped) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  TableReader reader(file, nodes, skipped);
  if (separator == '\t')
    add_tsv_rows(bytes, [&](Row row) { reader.take(std::move(row), false); });
  else
    add_csv_rows(bytes, file, [&](Row row) { reader.take(std::move(row), true); });
  return std::move(reader.out);
}

}  // namespace tercet
