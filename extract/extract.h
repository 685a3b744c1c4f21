#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/fact.h"
#include "base/ontology.h"
#include "extract/clause/cues.h"
#include "extract/document.h"
#include "extract/entity/find_entities.h"
#include "extract/language/language.h"
#include "extract/open/minimise.h"
#include "extract/open/tuples.h"
#include "extract/relate/relate.h"
#include "extract/relate/unmapped.h"

namespace tercet {

/// Where extraction's knowledge lies.
struct ExtractorFiles {
  std::filesystem::path model;                    ///< packed language model
  std::filesystem::path seeds;                    ///< folder with the tables
  std::optional<std::filesystem::path> ontology;  ///< a user's relations instead of ours
  std::optional<std::filesystem::path> types;     ///< a user's types instead of ours
  std::optional<std::filesystem::path> aliases;   ///< a user's names
};

/// Everything extraction needs besides the text. Immutable; threads may share one.
struct Extractor {
  Language language;
  Ontology ontology;
  Cues cues;
  EntityTables entities;
  RelationTables relations;
  OpenWeights open;
  AliasTable aliases;
  std::string fingerprint;  ///< hex digest of program version, model and tables: names a recipe
  std::vector<std::string> warnings;  ///< of reading the tables
};

/// Throws Error for files that are missing or not what they should be.
Extractor load_extractor(const ExtractorFiles& files);

/// What one document says.
struct Extraction {
  std::vector<Fact> facts;       ///< in order of their evidence
  std::vector<Entity> entities;  ///< the names seen, in order of first mention
  std::size_t sentences = 0;
  std::size_t words = 0;
  std::size_t cut = 0;  ///< sentences that were cut for being longer than 1,000 words
};

/// The stages in order. Total: any document gives a (possibly empty) list, never an error.
/// Depends on nothing but its arguments. Linear in the text but for one sentence (at most 1,000
/// words), where the tree decoder may take the cube of its words.
Extraction extract(const Extractor& extractor, const Document& document);

/// The same without an ontology: relations in the words of the text, things unresolved and untyped,
/// the further arguments in the evidence. Sign, modality and condition as in extract().
Extraction extract_open(const Extractor& extractor, const Document& document);

/// The tuples of a document with their minimised views, as `extract -t tuples` writes them.
std::vector<std::pair<OpenTuple, MinimalTuple>> extract_tuples(const Extractor& extractor,
                                                               const Document& document);

/// The first stage alone: sentences with their trees.
AnalysedDocument analyse(const Language& language, const Document& document);

/// How many of the sentences are as long as one may be: those were cut.
std::size_t count_cut(std::span<const Sentence> sentences);

/// What the document says between things in words the ontology has no relation for: drafts of new
/// relations. Total, like extract().
std::vector<UnmappedPredicate> extract_unmapped(const Extractor& extractor,
                                                const Document& document);

}  // namespace tercet
