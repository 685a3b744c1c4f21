#pragma once

#include <vector>

#include "extract/entity/entity.h"
#include "extract/entity/tables.h"
#include "extract/entity/words.h"

namespace tercet {

/// A mention before it is known what it stands for.
struct Phrase {
  enum class Article : std::uint8_t { None, Definite, Demonstrative, Indefinite, Quantified };

  Mention::Kind kind = Mention::Kind::Nominal;
  bool date = false;        ///< of a literal: Date rather than Quantity
  int first = 0, last = 0;  ///< tokens [first, last)
  int head = 0;             ///< token it is found at
  int core = 0;             ///< token that says what it is: "services" of "a suite of services"
  int core_first = 0, core_last = 0;  ///< the phrase without its "of ..." part
  Article article = Article::None;
  int possessor = -1;  ///< head token of "Amazon's", "their", or -1
  bool plural = false;
};

/// The noun phrases, pronouns and literals of a sentence, sorted by (last, -first): what stands
/// inside comes before what it stands in. O(tokens * words of a phrase).
std::vector<Phrase> find_phrases(const EntityTables& tables, const Words& words,
                                 const std::vector<Link>& links);

}  // namespace tercet
