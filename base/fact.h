#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

enum class Polarity : std::uint8_t { Positive, Negative };

/// How a statement is meant. One value; where several apply the first of
/// Conditional > Hypothetical > Intended > Possible holds.
enum class Modality : std::uint8_t {
  Asserted,      ///< stated as fact
  Possible,      ///< may, might, could, reportedly, "not necessarily"
  Hypothetical,  ///< inside an if / once / even-if clause
  Conditional,   ///< the consequence of one
  Intended,      ///< aim, plan, strategy, purpose, projected future
};

std::string_view name_of(Polarity polarity);
std::string_view name_of(Modality modality);
std::optional<Polarity> polarity_named(std::string_view name);
std::optional<Modality> modality_named(std::string_view name);

/// What else a statement says of itself. Empty means "not stated".
struct Qualifiers {
  std::string date, quantity, metric, dimension, role, stake, attributed_to;

  friend bool operator==(const Qualifiers&, const Qualifiers&) = default;
};

/// The words a pronoun or a definite phrase stands for.
struct Antecedent {
  std::string text;
  std::uint32_t line = 0;  ///< 1-based line of the original document

  friend bool operator==(const Antecedent&, const Antecedent&) = default;
};

/// One claim: what a sentence of a document says, with everything needed to check it.
/// The fields are those of the contract, docs/formats/facts.md gives the JSON.
struct Fact {
  std::string id;  ///< 16 hex digits, see fact_id()
  std::string subject, object;
  std::string subject_type, object_type;
  std::string relation;
  Polarity polarity = Polarity::Positive;
  Modality modality = Modality::Asserted;
  std::optional<std::string> condition;      ///< the words of the condition
  std::vector<std::string> condition_facts;  ///< ids of the facts inside it
  Qualifiers qualifiers;
  double confidence = 1.0;  ///< 0..1, rounded to 4 decimals
  std::string sentence;     ///< markup stripped
  std::string evidence;     ///< the exact words of `sentence` that carry the fact
  std::string subject_text, object_text;
  std::optional<Antecedent> subject_antecedent, object_antecedent;
  std::string doc;
  std::uint64_t start = 0, end = 0;      ///< code points in the original file, end exclusive
  std::uint32_t line = 0;                ///< 1-based
  std::optional<std::string> timestamp;  ///< HH:MM:SS
  std::optional<std::string> url;
  std::string by;

  /// Stated as true: the only claims that may become a plain link.
  bool asserted() const { return polarity == Polarity::Positive && modality == Modality::Asserted; }

  friend bool operator==(const Fact&, const Fact&) = default;
};

/// The contract's id: 16 hex digits of SHA-256 over the document, the sentence's text, its
/// occurrence number among equal sentences of the document (from 0), the surface words, relation,
/// polarity and modality, each ended by a NUL. Offsets and canonical names stay out, so that a line
/// added above or a name learnt later changes no id.
std::string fact_id(const Fact& fact, std::uint32_t occurrence);

}  // namespace tercet
