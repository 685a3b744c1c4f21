#include "export/fact_columns.h"

#include <charconv>

#include "base/error.h"

namespace tercet {
namespace {

template <typename Number>
void set_number(Number& out, std::string_view column, std::string_view cell) {
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
  if (error != std::errc() || end != cell.data() + cell.size()) {
    throw Error(Error::Code::Schema, std::string(column) + " is no number of its kind");
  }
}

// "negated conditional": words of the contract.
void set_status(Fact& fact, std::string_view words) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (word == "negated" || word == "denied") {
      fact.polarity = Polarity::Negative;
    } else if (const auto modality = modality_named(word)) {
      fact.modality = *modality;
    } else {
      fact.modality = Modality::Possible;  // "disputed", or another program's doubt
    }
  }
}

}  // namespace

void set_column(Fact& fact, std::string_view column, const std::string& cell) {
  if (cell.empty()) return;
  static const std::map<std::string_view, std::string Fact::*> kTexts = {
      {"id", &Fact::id},
      {"subject", &Fact::subject},
      {"object", &Fact::object},
      {"subject_type", &Fact::subject_type},
      {"object_type", &Fact::object_type},
      {"relation", &Fact::relation},
      {"sentence", &Fact::sentence},
      {"evidence", &Fact::evidence},
      {"subject_text", &Fact::subject_text},
      {"object_text", &Fact::object_text},
      {"doc", &Fact::doc},
      {"by", &Fact::by}};
  if (const auto text = kTexts.find(column); text != kTexts.end()) {
    fact.*text->second = cell;
  } else if (column == "polarity") {
    const auto value = polarity_named(cell);
    if (!value) throw Error(Error::Code::Schema, "polarity is neither positive nor negative");
    fact.polarity = *value;
  } else if (column == "modality") {
    const auto value = modality_named(cell);
    if (!value) throw Error(Error::Code::Schema, "modality is not one of the contract's");
    fact.modality = *value;
  } else if (column == "confidence") {
    set_number(fact.confidence, column, cell);
    if (!(fact.confidence >= 0 && fact.confidence <= 1)) {
      throw Error(Error::Code::Schema, "confidence is not from 0 to 1");
    }
  } else if (column == "condition") {
    fact.condition = cell;
  } else if (column == "timestamp") {
    fact.timestamp = cell;
  } else if (column == "url") {
    fact.url = cell;
  } else if (column == "line") {
    set_number(fact.line, column, cell);
  } else if (column == "start") {
    set_number(fact.start, column, cell);
  } else if (column == "end") {
    set_number(fact.end, column, cell);
  }
}

Fact fact_of_edge(const std::map<std::string, std::string, std::less<>>& attributes) {
  Fact fact;
  const auto text = [&](std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
  };
  fact.relation = text("relation");
  if (fact.relation.empty()) fact.relation = text("label");
  if (fact.relation.empty()) fact.relation = "related_to";
  set_status(fact, text("status"));
  for (const std::string_view name : {"polarity", "modality", "condition", "confidence", "url"}) {
    set_column(fact, name, text(name));
  }
  // A disputed edge has a polarity of neither kind, and must not come back as a plain fact.
  if (text("status") == "disputed") fact.modality = Modality::Possible;
  set_column(fact, "timestamp", text("timecode"));
  set_column(fact, "evidence", text("quote"));
  set_column(fact, "doc", text("document"));
  set_column(fact, "start", text("char_start"));
  set_column(fact, "end", text("char_end"));
  if (fact.end < fact.start) throw Error(Error::Code::Schema, "char_end is before char_start");
  const std::string iri = text("iri");
  if (const std::size_t slash = iri.rfind("claim/"); slash != std::string::npos) {
    fact.id = iri.substr(slash + 6);
  }
  fact.by = "import";
  return fact;
}

}  // namespace tercet
