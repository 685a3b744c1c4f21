#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/entity/tables.h"

namespace tercet {

/// A spelling of a name or noun as the document has it, and what speaks for its type.
struct NameForm {
  std::string key;                       ///< what equal spellings share
  std::string surface;                   ///< first spelling in running text, else in a heading
  std::vector<std::string> words;        ///< folded
  std::map<std::string, int> spellings;  ///< in running text
  bool name = false;                     ///< rather than a common noun
  bool common = false;                   ///< written as a common noun somewhere
  bool person = false;
  bool body = false;      ///< occurs outside headings
  int first = 0;          ///< place of its first mention in running text
  std::string noun_type;  ///< of a common noun
  double noun_confidence = 0;
};

/// Decides which names of a document are one thing.
class NameGroups {
 public:
  /// Number of the form with this key; a new one if there is none.
  int form(const std::string& key);
  NameForm& operator[](int form) { return forms_[static_cast<std::size_t>(form)]; }
  const NameForm& operator[](int form) const { return forms_[static_cast<std::size_t>(form)]; }
  int size() const { return static_cast<int>(forms_.size()); }
  int find(const std::string& key) const;  ///< or -1

  void join(int a, int b);
  int root(int form) const;

  /// Join acronyms with what they abbreviate, persons with their family names, short forms with
  /// full ones, and what the alias tables say. A short form that fits two names fits none.
  /// O(forms * words * log forms).
  void join_all(const EntityTables& tables, const AliasTable& user_aliases);

  /// The name a whole group goes by: pinned by a table, else the fullest in running text.
  std::string canonical(int root) const;
  /// The spelling used most often: the handy form inside longer names ("ARM" of "ARM Holdings").
  std::string handy(int root) const;
  int most_said() const;  ///< root of the proper name with most mentions in running text, or -1
  std::vector<std::string> spellings(int root) const;  ///< sorted, without duplicates
  const std::vector<int>& members(int root) const { return members_.at(root); }

 private:
  void join_table(const AliasTable& table, bool user);

  std::vector<NameForm> forms_;
  std::map<std::string, int, std::less<>> index_;
  mutable std::vector<int> parent_;
  std::map<int, std::vector<int>> members_;
  std::vector<std::pair<int, std::string>> pins_;  // form -> name from a table, users' first
  std::map<int, std::string> pinned_;              // the same by root
};

/// The key of a surface: folded; the last word of a common noun in the singular.
std::string name_key(std::string_view surface, bool name);

}  // namespace tercet
