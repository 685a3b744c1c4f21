#include "extract/relate/tables.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "base/tsv.h"

namespace tercet {
namespace {

std::vector<RoleTest> tests_of(const TsvRow& row) {
  std::vector<RoleTest> out;
  for (const std::string& part : split(row.cell("where"), ';')) {
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos || equals == 0) row.fail("where", "must be role=word|word");
    RoleTest test;
    test.negated = part[equals - 1] == '!';
    test.role = trim(std::string_view(part).substr(0, equals - (test.negated ? 1 : 0)));
    test.words = split(std::string_view(part).substr(equals + 1), '|');
    out.push_back(std::move(test));
  }
  return out;
}

RelationRow row_of(const TsvRow& row) {
  RelationRow out;
  const std::string_view kind = row.cell("kind");
  if (kind == "verb")
    out.kind = RelationRow::Kind::Verb;
  else if (kind == "noun")
    out.kind = RelationRow::Kind::Noun;
  else if (kind == "adj")
    out.kind = RelationRow::Kind::Adjective;
  else
    row.fail("kind", "must be verb, noun or adj");
  out.predicate = row.cell("predicate");
  out.from = row.cell("from");
  out.to = row.cell("to");
  out.relation = row.cell("relation");
  for (const char* column : {"predicate", "from", "to", "relation"}) {
    if (row.cell(column).empty()) row.fail(column, "is empty");
  }
  out.tests = tests_of(row);
  out.from_types = split(row.cell("from_types"), '|');
  out.to_types = split(row.cell("to_types"), '|');
  const std::string_view number = row.cell("confidence");
  const auto read = std::from_chars(number.data(), number.data() + number.size(), out.confidence);
  if (read.ec != std::errc() || read.ptr != number.data() + number.size() ||
      !(out.confidence >= 0 && out.confidence <= 1)) {
    row.fail("confidence", "must be a number from 0 to 1");
  }
  return out;
}

std::ifstream open(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot read", {file.string()});
  return in;
}

bool vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

// Words that a lexicalisation may open with or contain without being its predicate.
bool skipped(std::string_view word) {
  static constexpr std::string_view kSkipped[] = {"is",  "was",  "are", "were",  "be",  "been", "a",
                                                  "an",  "the",  "its", "their", "his", "her",  "x",
                                                  "has", "have", "had", "of:",   "to:"};
  return std::ranges::find(kSkipped, word) != std::end(kSkipped);
}

bool preposition(std::string_view word) {
  static constexpr std::string_view kPrepositions[] = {
      "in",    "on",     "at",      "to",    "by",     "for",     "of",      "with",
      "from",  "into",   "as",      "over",  "within", "against", "through", "under",
      "about", "around", "between", "after", "across", "behind"};
  return std::ranges::find(kPrepositions, word) != std::end(kPrepositions);
}

/// What a user's lexicalisation says, read without a parser: the first content word is the
/// predicate, a preposition at the end the role of the object.
std::vector<RelationRow> rows_of_text(const Lexicalisation& text, const std::string& relation) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text.text + " ") {
    if (c != ' ' && c != '(' && c != ')' && c != ',') {
      word += ascii_lower(c);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  std::vector<std::string> content;
  std::string preposition_found;
  for (const std::string& one : words) {
    if (preposition(one))
      preposition_found = one;
    else if (!skipped(one))
      content.push_back(one);
  }
  if (content.empty()) return {};
  std::vector<RelationRow> out;
  const auto add = [&](RelationRow::Kind kind, const std::string& predicate, std::string from,
                       std::string to, std::vector<RoleTest> tests = {}) {
    if (text.inverse && kind != RelationRow::Kind::Verb) std::swap(from, to);
    RelationRow row;
    row.kind = kind;
    row.predicate = predicate;
    row.from = std::move(from);
    row.to = std::move(to);
    row.tests = std::move(tests);
    row.relation = relation;
    row.confidence = 0.5;
    out.push_back(std::move(row));
  };
  // "produced by" needs no mark of its inverse sense, but "was acquired by (inv)" of an `acquires`
  // whose subject is the buyer has one: then the doer is the relation's subject.
  const bool by = preposition_found == "by";
  std::vector<RoleTest> tests;
  for (std::size_t i = 1; i < content.size(); ++i) {
    tests.push_back({"target", false, possible_lemmas(content[i])});
  }
  for (const std::string& lemma : possible_lemmas(content.front())) {
    if (by) {
      if (text.inverse)
        add(RelationRow::Kind::Verb, lemma, "doer", "target");
      else
        add(RelationRow::Kind::Verb, lemma, "target", "doer");
    } else if (preposition_found.empty()) {
      if (content.size() == 1) {
        if (text.inverse)
          add(RelationRow::Kind::Verb, lemma, "target", "doer");
        else
          add(RelationRow::Kind::Verb, lemma, "doer", "target");
      }
    } else {
      // "headquartered in" may be a passive, "lives in" an active, and the tagger may call either
      // an adjective: all three are tried.
      for (const char* subject : {"target", "doer"}) {
        if (text.inverse)
          add(RelationRow::Kind::Verb, lemma, preposition_found, subject, tests);
        else
          add(RelationRow::Kind::Verb, lemma, subject, preposition_found, tests);
      }
      if (content.size() == 1) add(RelationRow::Kind::Adjective, lemma, "self", preposition_found);
    }
  }
  if (!by && content.size() <= 3) {
    // "is the capital of", "CEO": a noun. "spouse" without preposition takes both constructions.
    for (const std::string& lemma : possible_lemmas(content.back())) {
      for (const std::string& role : preposition_found.empty()
                                         ? std::vector<std::string>{"of", "owner"}
                                         : std::vector<std::string>{preposition_found, "owner"}) {
        if (role == "owner" && preposition_found != "of" && !preposition_found.empty()) continue;
        add(RelationRow::Kind::Noun, lemma, "self", role);
      }
    }
  }
  return out;
}

}  // namespace

RelationTables::RelationTables(std::vector<RelationRow> rows,
                               std::map<std::string, std::set<std::string>> words,
                               std::map<std::string, int, std::less<>> weights, PropertyTable table)
    : rows_(std::move(rows)),
      property_table_(std::move(table)),
      weights_(weights.begin(), weights.end()) {
  for (const auto& [list, entries] : words)
    words_.emplace(list, WordSet(entries.begin(), entries.end()));
  index();
}

void RelationTables::index() {
  for (auto& one : by_predicate_) one.clear();
  std::map<std::string_view, std::size_t> roles;
  const auto number = [&](std::string_view role) {
    return roles.try_emplace(role, roles.size()).first->second;
  };
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    rows_[i].from_number = number(rows_[i].from);
    rows_[i].to_number = number(rows_[i].to);
    by_predicate_[static_cast<std::size_t>(rows_[i].kind)][rows_[i].predicate].push_back(
        static_cast<int>(i));
  }
  role_count_ = roles.size();
}

const std::vector<int>& RelationTables::rows_of(RelationRow::Kind kind,
                                                std::string_view predicate) const {
  static const std::vector<int> kNone;
  const auto& index = by_predicate_[static_cast<std::size_t>(kind)];
  const auto found = index.find(predicate);
  return found == index.end() ? kNone : found->second;
}

bool RelationTables::listed(std::string_view list, std::string_view word) const {
  const auto found = words_.find(list);
  return found != words_.end() && found->second.contains(word);
}

const int* RelationTables::weight(std::string_view feature) const {
  const auto found = weights_.find(feature);
  return found == weights_.end() ? nullptr : &found->second;
}

RelationTables RelationTables::with(const Ontology& ontology) const {
  RelationTables out;
  out.words_ = words_;
  out.weights_ = weights_;
  out.property_table_ = property_table_;
  out.properties_ = properties_of(property_table_, ontology);
  const auto foreign = [&](const std::string& id) {
    return std::ranges::any_of(out.properties_,
                               [&](const ForeignProperty& one) { return one.relation == id; });
  };
  std::set<std::string> known;                                // relations the tables speak of
  std::set<std::pair<RelationRow::Kind, std::string>> taken;  // predicates they know
  for (const RelationRow& row : rows_) {
    if (ontology.find_relation(row.relation) == nullptr) continue;
    known.insert(row.relation);
    taken.emplace(row.kind, row.predicate);
    out.rows_.push_back(row);
  }
  for (const RelationType& relation : ontology.relations()) {
    if (foreign(relation.id)) continue;
    for (const Lexicalisation& text : relation.lexicalisations) {
      for (RelationRow& row : rows_of_text(text, relation.id)) {
        // The tables know their own relations' predicates better than by bare words.
        if (known.contains(relation.id) && taken.contains({row.kind, row.predicate})) continue;
        out.rows_.push_back(std::move(row));
      }
    }
  }
  out.index();
  return out;
}

RelationTables read_relation_tables(const std::filesystem::path& folder) {
  std::vector<RelationRow> rows;
  const std::filesystem::path patterns = folder / "lexicalisations.tsv";
  std::ifstream in = open(patterns);
  for (const TsvRow& row : read_tsv(
           in, patterns.string(), {"kind", "predicate", "from", "to", "relation", "confidence"})) {
    rows.push_back(row_of(row));
  }
  std::map<std::string, std::set<std::string>> words;
  const std::filesystem::path lists = folder / "relation_words.tsv";
  std::ifstream list_in = open(lists);
  for (const TsvRow& row : read_tsv(list_in, lists.string(), {"list", "words"})) {
    for (std::string& word : split(row.cell("words"), '|')) {
      words[std::string(row.cell("list"))].insert(std::move(word));
    }
  }
  std::map<std::string, int, std::less<>> weights;
  const std::filesystem::path trained = folder / "relation_weights.tsv";
  if (std::filesystem::exists(trained)) {
    std::ifstream weights_in = open(trained);
    for (const TsvRow& row : read_tsv(weights_in, trained.string(), {"feature", "weight"})) {
      const std::string_view number = row.cell("weight");
      int weight = 0;
      const auto read = std::from_chars(number.data(), number.data() + number.size(), weight);
      if (read.ec != std::errc() || read.ptr != number.data() + number.size()) {
        row.fail("weight", "must be a whole number");
      }
      weights.emplace(row.cell("feature"), weight);
    }
  }
  // Needed only for ontologies that are not ours.
  PropertyTable properties;
  if (std::filesystem::exists(folder / "properties.tsv")) properties = read_properties(folder);
  return RelationTables(std::move(rows), std::move(words), std::move(weights),
                        std::move(properties));
}

std::vector<std::string> possible_lemmas(std::string_view word) {
  std::vector<std::string> out{std::string(word)};
  const auto add = [&](std::string lemma) {
    if (lemma.size() > 1 && std::ranges::find(out, lemma) == out.end())
      out.push_back(std::move(lemma));
  };
  const std::size_t size = word.size();
  const auto stem = [&](std::size_t cut) { return std::string(word.substr(0, size - cut)); };
  if (size > 4 && word.ends_with("ies")) add(stem(3) + "y");
  if (size > 4 && word.ends_with("ied")) add(stem(3) + "y");
  if (size > 3 && word.ends_with("es")) add(stem(2));
  if (size > 3 && word.ends_with("s") && !word.ends_with("ss")) add(stem(1));
  if (size > 4 && word.ends_with("ying")) add(stem(4) + "ie");
  const std::size_t ending = word.ends_with("ed") ? 2 : word.ends_with("ing") ? 3 : 0;
  if (ending != 0 && size > ending + 2) {
    add(stem(ending) + "e");
    add(stem(ending));
    const std::string base = stem(ending);
    if (base.size() > 2 && base.back() == base[base.size() - 2] && !vowel(base.back())) {
      add(base.substr(0, base.size() - 1));
    }
  }
  static constexpr std::pair<std::string_view, std::string_view> kIrregular[] = {
      {"bought", "buy"},  {"sold", "sell"},    {"made", "make"},     {"held", "hold"},
      {"led", "lead"},    {"wrote", "write"},  {"written", "write"}, {"born", "bear"},
      {"built", "build"}, {"won", "win"},      {"known", "know"},    {"given", "give"},
      {"gave", "give"},   {"taught", "teach"}, {"found", "find"},    {"spoken", "speak"},
      {"grown", "grow"},  {"drawn", "draw"},   {"driven", "drive"},  {"died", "die"},
      {"begun", "begin"}, {"shown", "show"},   {"sung", "sing"}};
  for (const auto& [form, lemma] : kIrregular) {
    if (word == form) add(std::string(lemma));
  }
  return out;
}

}  // namespace tercet
