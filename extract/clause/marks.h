#pragma once

#include <cstdint>
#include <vector>

#include "extract/clause/cues.h"
#include "extract/clause/stance.h"
#include "extract/clause/tree_index.h"

namespace tercet {

/// What may pass down an arc of the tree, as bits of SentenceStance::nearby and ::beyond.
enum Pass : std::uint8_t {
  kPassSign = 1,          ///< denials laid on the head from outside
  kPassModality = 2,      ///< modality laid on the head from outside
  kPassCondition = 4,     ///< what the head depends on
  kPassOwnSign = 8,       ///< denials written in the head's own statement
  kPassOwnModality = 16,  ///< modality written in the head's own statement
  kPassAll = 31,
  kPassDoubt = 32,  ///< a denial that does not pass still leaves doubt: "sells no tea made
                    ///< in Rome" does not say that tea is made in Rome
};

/// Conditional > Hypothetical > Intended > Possible > Asserted, as 4..0.
int weight_of(Modality modality);

/// A cue found in a sentence.
struct CueMatch {
  const Cue* cue = nullptr;
  int first = 0, last = 0;  ///< tokens, inclusive
  int anchor = 0;           ///< the matched word that hangs on a word outside the match
};

/// The cues of a sentence, longest first and never overlapping. Words that are part of a name are
/// no cues. O(tokens * length of a cue).
std::vector<CueMatch> find_cues(const Cues& cues, const TreeIndex& tree);

/// What cues say of a word besides the marks they put.
struct WordRoles {
  bool implies = false;  ///< an infinitive after it is no purpose
  bool effect = false;   ///< "can" before it is a possibility
  bool factual = false;  ///< "would" before it tells the past
  bool governs = false;  ///< has a say about its infinitive already
};
std::vector<WordRoles> roles_of(const TreeIndex& tree, const std::vector<CueMatch>& cues);

/// The marks of moods that no word shows: purposes, imperatives, questions.
void place_moods(const TreeIndex& tree, const std::vector<WordRoles>& roles,
                 std::vector<StanceMark>& marks);

/// The marks the cues of a sentence put on its words, conditions left out.
void place_marks(const TreeIndex& tree, const std::vector<CueMatch>& cues,
                 std::vector<StanceMark>& marks);

/// The marks of conditions: hypothetical inside, conditional on what hangs on it. `sentence` and
/// `clause_at` make the ConditionRef.
void place_conditions(const TreeIndex& tree, const std::vector<CueMatch>& cues, int sentence,
                      const std::vector<int>& clause_at, std::vector<StanceMark>& marks);

/// Fill nearby and beyond.
void find_passes(const TreeIndex& tree, SentenceStance& stance);

}  // namespace tercet
