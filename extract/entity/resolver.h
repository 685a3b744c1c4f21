#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "extract/entity/coreference.h"
#include "extract/entity/entity.h"
#include "extract/entity/name_groups.h"
#include "extract/entity/phrase.h"
#include "extract/entity/typing.h"

namespace tercet {

/// What training wants to see: every choice with its options. Not used by extraction.
struct EntityTrace {
  struct Option {
    int entity = -1;
    std::string name;
    std::vector<std::pair<std::string, double>> features;
  };
  std::function<void(const Anaphor&, const std::vector<Option>&)> on_anaphor;
  std::function<void(const std::string& name, const std::vector<std::string>& features)> on_name;
};

/// Walks through a document once and gives every phrase its entity. See find_entities.h.
class Resolver {
 public:
  Resolver(const EntityTables& tables, const Ontology& ontology, const AliasTable& user_aliases,
           const AnalysedDocument& document, const EntityTrace* trace = nullptr);
  DocumentEntities run();

 private:
  struct Thing {
    std::string name, handy, type;  // type of our own table
    double confidence = 0.5;
    std::vector<std::string> aliases;
    bool name_kind = false, plural = false, maybe_person = false;
    bool topic = false, title = false;
    char gender = 0;
    int count = 0;
    int first_mention = -1;
    std::string head;  // lemma of a common noun
  };

  const Words& words(int sentence) const {
    return words_[static_cast<std::size_t>(sentence - forgotten_)];
  }
  bool is_heading(int sentence) const {
    return document_.block_of(sentence).kind == Block::Kind::Heading;
  }
  bool in_lower_case_elsewhere(int sentence, const Phrase& phrase) const;
  void collect();
  void collect_aliases(int sentence, const std::vector<Phrase>& phrases);
  /// The phrase that the bracketed acronym phrases[alias] abbreviates, or -1.
  int expansion_of(int sentence, const std::vector<Phrase>& phrases, std::size_t alias) const;
  /// The name that "also known as" phrases[alias] is said of, or -1.
  int said_of(int sentence, const std::vector<Phrase>& phrases, std::size_t alias) const;
  void guess_name_types();
  void walk(int sentence);
  /// Let go of what no sentence behind this one can ask for: a document may have a million.
  void forget(int sentence);
  std::vector<int> sort_mentions();
  int entity_of_group(int root, const Phrase& phrase, int sentence);
  int entity_for_key(const std::string& key, const std::string& name, const Phrase& phrase,
                     int sentence);
  int resolve_pronoun(int sentence, const Phrase& phrase);
  /// `own` is the entity of the phrase's own words if it has been spoken of, or -1.
  int resolve_definite(int sentence, const Phrase& phrase, int own);
  using Features = std::vector<std::pair<std::string, double>>;
  /// May the candidate be meant, and what else speaks for or against it?
  using Fit = std::function<bool(const Candidate&, const Thing&, Features&)>;
  int best_candidate(int sentence, const Anaphor& anaphor, const Fit& fit, const Features* none);
  std::string surface(int sentence, const Phrase& phrase) const;
  std::string rendered(int sentence, const Phrase& phrase, bool& changed) const;
  int elliptic(int sentence, std::size_t i, int owner);
  void add_candidate(int sentence, const Phrase& phrase, int entity);
  std::uint32_t line_of(int sentence, int token) const;

  const EntityTables& tables_;
  const AnalysedDocument& document_;
  const EntityTrace* trace_;
  TypeMap types_;
  NameGroups groups_;
  const AliasTable& user_aliases_;
  std::deque<Words> words_;  // of the sentences from forgotten_ on
  int forgotten_ = 0;
  std::vector<std::vector<Phrase>> phrases_;                     // per sentence
  std::vector<std::vector<int>> forms_;                          // per phrase: NameForm or -1
  std::map<int, std::vector<std::pair<int, int>>> alias_pairs_;  // by sentence: phrases name, alias
  std::map<int, std::vector<std::string>> features_;             // NameForm -> type features
  std::map<int, TypeGuess> name_types_;                          // group root -> type
  std::map<std::string, int, std::less<>> lower_nouns_, lower_words_, names_;  // by folded form
  std::set<std::string, std::less<>> name_pairs_;  // first two words of names inside sentences
  std::map<int, int> person_votes_;  // by form: mentions that are of a person, less the others
  std::vector<Thing> things_;
  std::map<std::string, int, std::less<>> by_key_;
  std::map<int, int> by_root_;
  std::map<std::string, std::vector<int>, std::less<>> by_head_;  // common noun lemma -> things
  struct Seen {
    Candidate candidate;
    int mention = -1;
  };
  std::deque<Seen> seen_;  // in text order, those a later mention may look back to
  // Of the sentence at hand: by token, what its phrase was resolved to.
  std::vector<int> entity_at_;
  std::vector<const Phrase*> phrase_at_;
  std::vector<bool> replaced_at_;
  std::string title_;  // folded, between spaces
  int topic_ = -1;     // group said most often
  std::vector<std::uint32_t> line_starts_;
  int chosen_mention_ = -1;
  DocumentEntities out_;
};

}  // namespace tercet
