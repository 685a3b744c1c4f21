#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fact.h"

namespace tercet {

/// What a person decided about one fact. Empty parts stay as extracted.
struct FactDecision {
  std::optional<bool> accepted;  ///< false: the fact is wrong and goes
  std::optional<std::string> subject, relation, object, subject_type, object_type;
  std::optional<Polarity> polarity;
  std::optional<Modality> modality;
};

/// Facts of `relation` (empty: any) that were produced by `by` (up to its first `+`) are wrong,
/// unless something was decided of the fact itself.
struct RejectedRule {
  std::string relation, by;

  bool covers(const Fact& fact) const;
};

/// A person's decisions about facts and names (docs/formats/corrections.md). They name facts by id,
/// so that they hold for new documents and new models as long as the words stay.
struct Corrections {
  std::map<std::string, FactDecision> facts;  ///< by id
  std::vector<RejectedRule> rules;
  std::vector<std::pair<std::string, std::string>> same;   ///< name, alias
  std::vector<std::pair<std::string, std::string>> apart;  ///< two names of two things

  bool empty() const { return facts.empty() && rules.empty() && same.empty() && apart.empty(); }
};

/// Read rows `decision<TAB>what[<TAB>value[<TAB>note]]`; `#` comments and empty lines. Of two rows
/// that decide the same the later one holds. Throws Error{Syntax} with file, line and column.
Corrections read_corrections(std::istream& in, const std::string& file);

/// The same from a file; no file: no corrections. Throws Error{Io} too.
Corrections read_corrections(const std::filesystem::path& file);

struct CorrectionCounts {
  std::size_t accepted = 0, rejected = 0, changed = 0;
};

/// Take rejected facts out and change what was decided of others; ids stay, accepted facts have
/// confidence 1, `by` ends in `+accepted` or `+corrected`. Names that are `same` become one.
/// Applying twice is applying once. O(facts log decisions).
CorrectionCounts apply_corrections(const Corrections& corrections, std::vector<Fact>& facts);

/// `by` without the steps after the first: what a RejectedRule names.
std::string_view rule_of(std::string_view by);

/// A row of the file, with line end; TABs and line ends in cells become spaces.
std::string correction_row(std::string_view decision, std::string_view what,
                           std::string_view value = {}, std::string_view note = {});

}  // namespace tercet
