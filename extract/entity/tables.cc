#include "extract/entity/tables.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/tsv.h"
#include "extract/entity/words.h"

namespace tercet {
namespace {

std::vector<TsvRow> rows_of(const std::filesystem::path& file,
                            const std::vector<std::string>& required) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  return read_tsv(in, file.string(), required);
}

std::string key(const TsvRow& row, std::string_view column) {
  std::string out = lower_case(row.cell(column));
  if (out.empty()) row.fail(column, "is empty");
  return out;
}

bool yes(const TsvRow& row, std::string_view column) {
  const std::string_view cell = row.cell(column);
  if (cell == "yes") return true;
  if (!cell.empty() && cell != "no") row.fail(column, "must be yes, no or empty");
  return false;
}

double number(const TsvRow& row, std::string_view column) {
  const std::string_view cell = row.cell(column);
  double out = 0;
  const auto [end, status] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
  if (status != std::errc() || end != cell.data() + cell.size()) row.fail(column, "is no number");
  return out;
}

}  // namespace

EntityTables read_entity_tables(const std::filesystem::path& folder) {
  EntityTables out;
  for (const TsvRow& row : rows_of(folder / "heads.tsv", {"head", "type"})) {
    std::string head = key(row, "head");
    if (row.cell("type").empty()) row.fail("type", "is empty");
    if (head.starts_with('-')) {
      out.endings.emplace_back(head.substr(1), row.cell("type"));
    } else {
      out.heads[std::move(head)] = {std::string(row.cell("type")), yes(row, "refers")};
    }
  }
  std::ranges::stable_sort(
      out.endings, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (const TsvRow& row : rows_of(folder / "suffixes.tsv", {"word", "type"})) {
    out.name_words[key(row, "word")] = {std::string(row.cell("type")), yes(row, "legal"),
                                        yes(row, "generic")};
  }
  for (const TsvRow& row : rows_of(folder / "places.tsv", {"name", "kind"})) {
    out.places[key(row, "name")] = row.cell("kind");
  }
  for (const TsvRow& row : rows_of(folder / "given_names.tsv", {"name", "gender"})) {
    const std::string_view gender = row.cell("gender");
    if (gender != "m" && gender != "f" && gender != "x") row.fail("gender", "must be m, f or x");
    out.given_names[key(row, "name")] = gender.front();
  }
  for (const TsvRow& row : rows_of(folder / "measures.tsv", {"word"})) {
    out.transparent.insert(key(row, "word"));
  }
  for (const TsvRow& row : rows_of(folder / "complements.tsv", {"preposition", "types"})) {
    for (const std::string& type : split(row.cell("types"), ';')) {
      out.complements.insert(key(row, "preposition") + ' ' + type);
    }
  }
  for (const TsvRow& row : rows_of(folder / "aliases.tsv", {"name", "alias"})) {
    out.aliases.push_back(
        {std::string(row.cell("name")), std::string(row.cell("alias")), yes(row, "full")});
  }
  for (const TsvRow& row : rows_of(folder / "type_synonyms.tsv", {"type", "synonyms"})) {
    for (const std::string& one : split(row.cell("synonyms"), ';')) {
      out.type_synonyms[std::string(row.cell("type"))].push_back(lower_case(one));
    }
  }
  for (const TsvRow& row : rows_of(folder / "coreference.tsv", {"feature", "weight"})) {
    out.coreference[std::string(row.cell("feature"))] = number(row, "weight");
  }
  for (const TsvRow& row : rows_of(folder / "references.tsv", {"feature", "weight"})) {
    out.references[std::string(row.cell("feature"))] = static_cast<int>(number(row, "weight"));
  }
  for (const TsvRow& row : rows_of(folder / "typing.tsv", {"feature", "type", "weight"})) {
    out.typing[std::string(row.cell("feature")) + ' ' + std::string(row.cell("type"))] =
        number(row, "weight");
  }
  for (const TsvRow& row : rows_of(folder / "mention_types.tsv", {"feature", "type", "weight"})) {
    out.mention_types[std::string(row.cell("feature")) + ' ' + std::string(row.cell("type"))] =
        number(row, "weight");
  }
  return out;
}

AliasTable read_alias_table(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  std::stringstream text;
  text << in.rdbuf();
  // People write such a list by hand, mostly without a header line.
  std::string first;
  for (std::string line; std::getline(text, line);) {
    if (!trim(line).empty() && !line.starts_with('#')) {
      first = line;
      break;
    }
  }
  const std::vector<std::string> cells = split(first, '\t');
  const bool headed = std::ranges::find(cells, "name") != cells.end() &&
                      std::ranges::find(cells, "alias") != cells.end();
  AliasTable out;
  if (cells.empty()) return out;
  // The made header stands in the first line, so that line numbers stay those of the file plus one.
  std::istringstream rows(headed ? text.str() : "name\talias\n" + text.str());
  for (const TsvRow& row : read_tsv(rows, file.string(), {"name", "alias"})) {
    if (row.cell("name").empty()) row.fail("name", "is empty");
    if (row.cell("alias").empty()) row.fail("alias", "is empty");
    out.push_back({std::string(row.cell("name")), std::string(row.cell("alias")), true});
  }
  return out;
}

}  // namespace tercet
