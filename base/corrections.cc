#include "base/corrections.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <istream>

#include "base/error.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr std::string_view kAccepted = "+accepted", kCorrected = "+corrected";

struct Part {
  std::string_view decision;
  std::optional<std::string> FactDecision::*value;
  std::string Fact::*field;
};
constexpr std::array<Part, 5> kParts = {{
    {"subject", &FactDecision::subject, &Fact::subject},
    {"relation", &FactDecision::relation, &Fact::relation},
    {"object", &FactDecision::object, &Fact::object},
    {"subject_type", &FactDecision::subject_type, &Fact::subject_type},
    {"object_type", &FactDecision::object_type, &Fact::object_type},
}};

bool is_fact_id(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

class Row {
 public:
  Row(std::vector<std::string> cells, Position at) : cells_(std::move(cells)), at_(std::move(at)) {
    cells_.resize(std::max<std::size_t>(cells_.size(), 3));
  }
  const std::string& decision() const { return cells_[0]; }
  const std::string& what() const { return cells_[1]; }
  const std::string& value() const { return cells_[2]; }
  const std::string& id() const {
    if (!is_fact_id(what())) fail("expected a fact's id (16 hexadecimal digits)");
    return what();
  }
  const std::string& both() const {
    if (what().empty() || value().empty()) fail("expected two cells after '" + decision() + "'");
    return value();
  }
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(
        Error::Code::Syntax, what, at_,
        "rows are decision<TAB>what<TAB>value; decisions: accept, reject, subject, relation, "
        "object, subject_type, object_type, polarity, modality, reject_rule, same, apart");
  }

 private:
  std::vector<std::string> cells_;
  Position at_;
};

void read_row(const Row& row, Corrections& out) {
  if (row.decision() == "accept" || row.decision() == "reject") {
    out.facts[row.id()].accepted = row.decision() == "accept";
  } else if (row.decision() == "polarity") {
    const auto polarity = polarity_named(row.value());
    if (!polarity) row.fail("expected positive or negative");
    out.facts[row.id()].polarity = polarity;
  } else if (row.decision() == "modality") {
    const auto modality = modality_named(row.value());
    if (!modality) row.fail("expected asserted, possible, hypothetical, conditional or intended");
    out.facts[row.id()].modality = modality;
  } else if (row.decision() == "reject_rule") {
    row.both();
    out.rules.push_back({row.what() == "*" ? std::string() : row.what(), row.value()});
  } else if (row.decision() == "same") {
    out.same.emplace_back(row.what(), row.both());
  } else if (row.decision() == "apart") {
    out.apart.emplace_back(row.what(), row.both());
  } else {
    const auto part = std::ranges::find(kParts, row.decision(), &Part::decision);
    if (part == kParts.end()) row.fail("unknown decision '" + row.decision() + "'");
    row.id();
    out.facts[row.what()].*part->value = row.both();
  }
}

void mark(Fact& fact, std::string_view step) {
  if (!fact.by.ends_with(step)) fact.by += step;
}

bool change(const FactDecision& decision, Fact& fact) {
  bool changed = false;
  for (const Part& part : kParts) {
    const std::optional<std::string>& value = decision.*part.value;
    if (!value || fact.*part.field == *value) continue;
    fact.*part.field = *value;
    changed = true;
  }
  if (decision.polarity && *decision.polarity != fact.polarity) {
    fact.polarity = *decision.polarity;
    changed = true;
  }
  if (decision.modality && *decision.modality != fact.modality) {
    fact.modality = *decision.modality;
    changed = true;
  }
  return changed;
}

}  // namespace

Corrections read_corrections(std::istream& in, const std::string& file) {
  Corrections out;
  std::string line;
  for (std::uint32_t number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (trim(line).empty() || line.starts_with('#')) continue;
    const Position at{file, number, 1};
    if (!is_valid_utf8(line)) {
      throw Error(Error::Code::Syntax, "bytes that are not UTF-8", at, "save the file as UTF-8");
    }
    read_row(Row(split(line, '\t'), at), out);
  }
  if (in.bad()) throw Error(Error::Code::Io, "cannot be read to its end", {file, 0, 0});
  return out;
}

Corrections read_corrections(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  std::ifstream in(file, std::ios::binary);
  if (!in || !std::filesystem::is_regular_file(file, error)) {
    throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  }
  return read_corrections(in, file.string());
}

CorrectionCounts apply_corrections(const Corrections& corrections, std::vector<Fact>& facts) {
  CorrectionCounts counts;
  if (corrections.empty()) return counts;
  const auto rejected = [&](const Fact& fact) {
    const auto found = corrections.facts.find(fact.id);
    if (found != corrections.facts.end()) return !found->second.accepted.value_or(true);
    return std::ranges::any_of(corrections.rules,
                               [&](const RejectedRule& rule) { return rule.covers(fact); });
  };
  counts.rejected = std::erase_if(facts, rejected);
  for (Fact& fact : facts) {
    for (const auto& [name, alias] : corrections.same) {
      if (fact.subject == alias) fact.subject = name;
      if (fact.object == alias) fact.object = name;
    }
    const auto found = corrections.facts.find(fact.id);
    if (found == corrections.facts.end()) continue;
    if (change(found->second, fact)) {
      mark(fact, kCorrected);
      ++counts.changed;
    }
    if (found->second.accepted) {
      fact.confidence = 1;
      if (!fact.by.ends_with(kCorrected)) mark(fact, kAccepted);
      ++counts.accepted;
    }
  }
  return counts;
}

bool RejectedRule::covers(const Fact& fact) const {
  return (relation.empty() || relation == fact.relation) && by == rule_of(fact.by);
}

std::string_view rule_of(std::string_view by) { return by.substr(0, by.find('+')); }

std::string correction_row(std::string_view decision, std::string_view what, std::string_view value,
                           std::string_view note) {
  std::string out;
  for (const std::string_view cell : {decision, what, value, note}) {
    if (!out.empty()) out += '\t';
    for (const char c : cell) out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  }
  while (out.ends_with('\t')) out.pop_back();
  return out + '\n';
}

}  // namespace tercet
