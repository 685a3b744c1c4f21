#pragma once

#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// An argument of a fact as evaluation compares it: lower case, without a leading determiner or
/// possessive pronoun, without possessive endings and punctuation other than `$`, `%` and `.`;
/// words separated by one space. O(n).
std::string normal_argument(std::string_view text);

/// Tokens of a quantity or a date, each with a space on both sides: thousands joined, currency and
/// per cent signs apart, words of approximation left out. O(n).
std::string literal_tokens(std::string_view text);

/// Equal, or one is a run of whole tokens of the other ("$32 billion", "$32 billion in cash").
/// Arguments are results of literal_tokens().
bool same_literal(std::string_view a, std::string_view b);

/// Share of distinct items two sorted lists have in common, 0..1; 0 if both are empty. O(a + b).
double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b);

/// The distinct words of `text` (letters, digits, `_`), in lower case, sorted.
std::vector<std::string> distinct_words(std::string_view text);

/// The distinct runs between spaces of a normal argument, sorted.
std::vector<std::string> distinct_runs(std::string_view normal);

/// One thing of a gold annotation with the names accepted for it.
struct AcceptedNames {
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> notes;  ///< names of the gold files it holds for; empty = all
};

/// Read JSON lines {"name", "aliases": [...], "notes": [...]}. Throws Error{Syntax, Schema} with
/// file and line.
std::vector<AcceptedNames> read_accepted_names(std::istream& in, const std::string& file);

/// Which names are one thing in a note; all names in normal form.
class ArgumentNames {
 public:
  ArgumentNames() = default;
  ArgumentNames(const std::vector<AcceptedNames>& rows, std::string_view note);

  /// True if `form` is an accepted name of the thing called `canonical`.
  bool names(const std::string& form, const std::string& canonical) const;
  /// Every accepted form of the thing called `canonical`, itself included.
  std::set<std::string> forms(const std::string& canonical) const;

 private:
  std::map<std::string, std::set<std::string>> canonical_, forms_;
};

}  // namespace tercet
