#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "base/fact.h"
#include "extract/language/sentence.h"

namespace tercet {

/// A word or phrase that changes how statements are meant: a row of seeds/cues.tsv.
struct Cue {
  /// Which statements it changes; the table's head explains each.
  enum class Scope : std::uint8_t {
    Modifier,
    Verb,
    Self,
    Complement,
    Passive,
    Gerund,
    Object,
    From,
    Over,
    Need,
    Lets,
    Subordinator,
    Preposition,
    Attribution,
    Carries,
    Implies,
    Effect,
    Factual,
    Plain
  };

  std::vector<std::string> words;  ///< lemmas or lower-case forms, in order
  std::vector<Upos> pos;           ///< tags its head word may have; empty: any
  Scope scope = Scope::Plain;
  bool negative = false;
  Modality modality = Modality::Asserted;  ///< Asserted: unchanged
  std::string label;                       ///< "neg.no_longer"
};

/// The cues by their first word, longest first, then in the order of the table.
struct Cues {
  std::map<std::string, std::vector<Cue>, std::less<>> by_first_word;
};

/// Read `cues.tsv` of the folder `seeds`. Throws Error{Io, Syntax, Schema} with file:line:col.
Cues read_cues(const std::filesystem::path& seeds);
/// Read a table of cues; `file` is its name in errors.
Cues read_cues(std::istream& in, const std::string& file);

}  // namespace tercet
