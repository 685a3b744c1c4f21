#include "extract/entity/name_groups.h"

#include <algorithm>
#include <set>

#include "extract/entity/names.h"
#include "extract/entity/words.h"

namespace tercet {
namespace {

/// "Rozalind" after "Rozalind Vale, chief of marketing": no given name that anybody knows, but what
/// else should it be.
bool is_first_name(const EntityTables& tables, const NameForm& form, const NameForm& person) {
  const std::string& word = form.words.front();
  return person.first < form.first && person.words.size() == 2 && !is_acronym(form.surface) &&
         !tables.places.contains(word) && !tables.heads.contains(word) &&
         !tables.name_words.contains(word);
}

constexpr std::size_t kMostFuller = 64;  // names that share a word; more is no name but a habit

}  // namespace

std::string name_key(std::string_view surface, bool name) {
  std::string folded = fold_name(surface);
  const std::size_t space = folded.rfind(' ');
  if (name) return space == std::string::npos ? "=" + folded : folded;
  const std::size_t begin = space == std::string::npos ? 0 : space + 1;
  return folded.substr(0, begin) + singular(std::string_view(folded).substr(begin));
}

int NameGroups::form(const std::string& key) {
  const auto [at, added] = index_.emplace(key, size());
  if (added) {
    forms_.emplace_back();
    forms_.back().key = key;
    forms_.back().words = name_words(key.starts_with('=') ? key.substr(1) : key);
    parent_.push_back(at->second);
  }
  return at->second;
}

int NameGroups::find(const std::string& key) const {
  const auto found = index_.find(key);
  return found == index_.end() ? -1 : found->second;
}

int NameGroups::root(int form) const {
  while (parent_[static_cast<std::size_t>(form)] != form) {
    auto& up = parent_[static_cast<std::size_t>(form)];
    up = parent_[static_cast<std::size_t>(up)];
    form = up;
  }
  return form;
}

void NameGroups::join(int a, int b) {
  a = root(a);
  b = root(b);
  if (a != b) parent_[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
}

void NameGroups::join_table(const AliasTable& table, bool user) {
  for (const AliasRow& row : table) {
    int alias = find(name_key(row.alias, true));
    if (alias < 0 || !forms_[static_cast<std::size_t>(alias)].name) {
      if (!user) continue;
      alias = find(name_key(row.alias, false));
      if (alias < 0) continue;
    }
    // An abbreviation is one only as it is written: "US", not "us".
    const NameForm& written = forms_[static_cast<std::size_t>(alias)];
    if (!user && !written.spellings.contains(row.alias) && written.surface != row.alias) continue;
    for (const bool name : {true, false}) {
      if (const int full = find(name_key(row.name, name)); full >= 0) join(alias, full);
    }
    if (row.full) pins_.emplace_back(alias, row.name);
  }
  if (!user) return;
  // A user's name is kept in the user's spelling even where it stands alone.
  for (const AliasRow& row : table) {
    for (const bool name : {true, false}) {
      if (const int full = find(name_key(row.name, name)); full >= 0) {
        pins_.emplace_back(full, row.name);
      }
    }
  }
}

void NameGroups::join_all(const EntityTables& tables, const AliasTable& user_aliases) {
  join_table(user_aliases, true);
  join_table(tables.aliases, false);

  // first word -> names, last word -> names, initials -> names
  std::map<std::string, std::vector<int>, std::less<>> by_first, by_last;
  std::map<std::string, std::vector<int>, std::less<>> by_initials;
  for (int i = 0; i < size(); ++i) {
    const NameForm& form = (*this)[i];
    if (!form.body || form.words.size() < 2) continue;
    std::string all, main;
    for (const std::string& word : form.words) {
      all += word.front();
      if (!(word == "of" || word == "and" || word == "the" || word == "for")) main += word.front();
    }
    by_initials[all].push_back(i);
    if (main != all) by_initials[main].push_back(i);
    if (!form.name) continue;
    by_first[form.words.front()].push_back(i);
    by_last[form.words.back()].push_back(i);
  }
  // The one group among `found`, or -1: a short form that fits two things fits none.
  const auto only = [&](const std::vector<int>& found) {
    int one = -1;
    if (found.size() > kMostFuller) return one;
    for (const int i : found) {
      if (one >= 0 && root(one) != root(i)) return -1;
      one = i;
    }
    return one;
  };

  for (int i = 0; i < size(); ++i) {
    const NameForm& form = (*this)[i];
    if (!form.name || form.words.empty()) continue;
    // Same name without its legal end: "Acme Inc", "Acme".
    std::vector<std::string> bare = form.words;
    while (bare.size() > 1) {
      const auto end = tables.name_words.find(bare.back());
      if (end == tables.name_words.end() || !end->second.legal) break;
      bare.pop_back();
    }
    if (bare.size() < form.words.size()) {
      std::string key;
      for (const std::string& word : bare) key += (key.empty() ? "" : " ") + word;
      if (const int other = find(bare.size() == 1 ? "=" + key : key); other >= 0) join(i, other);
    }
  }
  // "AI" stands for what it does everywhere, whatever else here has these initials.
  std::set<std::string_view> well_known;
  for (const AliasRow& row : tables.aliases) well_known.insert(row.alias);
  for (int i = 0; i < size(); ++i) {
    const NameForm& form = (*this)[i];
    if (!form.name || form.words.empty()) continue;
    if (form.words.size() == 1 && is_acronym(form.surface) && !well_known.contains(form.surface)) {
      std::string letters;
      for (const char c : form.words.front()) {
        if (c != '.' && c != '&' && c != '/') letters += c;
      }
      if (letters.size() >= 2) {
        if (const auto found = by_initials.find(letters); found != by_initials.end()) {
          if (const int full = only(found->second); full >= 0) join(i, full);
        }
      }
    }
    if (const auto found = by_first.find(form.words.front());
        found != by_first.end() && found->second.size() <= kMostFuller) {
      std::vector<int> fuller, persons;
      for (const int j : found->second) {
        if (root(j) == root(i)) continue;
        const NameForm& other = (*this)[j];
        // "Acme Logistics" first, then "Acme"; the other way round the longer one is a part of it.
        if (is_short_form(tables, form.words, other.words) && other.first < form.first) {
          fuller.push_back(j);
        }
        if (other.person && form.words.size() == 1) persons.push_back(j);
      }
      if (const int full = only(fuller); full >= 0)
        join(i, full);
      else if (const int person = only(persons);
               person >= 0 && (form.person || is_first_name(tables, form, (*this)[person])))
        join(i, person);
    }
    if (form.words.size() == 1) {
      if (const auto found = by_last.find(form.words.front());
          found != by_last.end() && found->second.size() <= kMostFuller) {
        std::vector<int> persons, others;
        for (const int j : found->second) {
          if (root(j) == root(i)) continue;
          const NameForm& other = (*this)[j];
          if (other.person && (form.person || is_person_name(tables, other.words))) {
            persons.push_back(j);
          }
          if (!other.person && !tables.heads.contains(form.words.front()) &&
              !tables.name_words.contains(form.words.front()) && other.words.size() == 2 &&
              other.first < form.first) {
            // "Acme Rocketmail" first, then "Rocketmail"; the other way round it is a name of its
            // own that the longer one was made from.
            others.push_back(j);
          }
        }
        if (const int person = only(persons); person >= 0)
          join(i, person);
        else if (const int full = only(others); full >= 0 && persons.empty())
          join(i, full);
      }
    } else if (form.person) {
      // "Roe" and "Jane Roe" meet above; here "Jane B. Roe" and "Jane Roe".
      std::vector<int> same;
      if (const auto found = by_last.find(form.words.back());
          found != by_last.end() && found->second.size() <= kMostFuller) {
        for (const int j : found->second) {
          const NameForm& other = (*this)[j];
          if (j != i && other.person && other.words.size() > form.words.size() &&
              other.words.front() == form.words.front()) {
            same.push_back(j);
          }
        }
      }
      if (const int full = only(same); full >= 0) join(i, full);
    }
  }
  members_.clear();
  for (int i = 0; i < size(); ++i) members_[root(i)].push_back(i);
  for (const auto& [form, name] : pins_) pinned_.emplace(root(form), name);
}

std::string NameGroups::canonical(int root_form) const {
  if (const auto pinned = pinned_.find(root_form); pinned != pinned_.end()) return pinned->second;
  const NameForm* best = nullptr;
  const auto rank = [](const NameForm& form) {
    return std::tuple(form.body, form.name || form.words.size() > 1, form.words.size(),
                      form.surface.size());
  };
  for (const int i : members(root_form)) {
    const NameForm& form = (*this)[i];
    if (best == nullptr || rank(form) > rank(*best)) best = &form;
  }
  if (best->spellings.empty()) return best->surface;
  if (!best->name) return best->surface;
  const auto most = std::ranges::max_element(
      best->spellings, [](const auto& a, const auto& b) { return a.second < b.second; });
  return most->first;
}

std::string NameGroups::handy(int root_form) const {
  std::string best;
  int most = 0;
  for (const int i : members(root_form)) {
    for (const auto& [spelling, count] : (*this)[i].spellings) {
      if (count > most || (count == most && spelling.size() < best.size())) {
        most = count;
        best = spelling;
      }
    }
  }
  return best.empty() ? canonical(root_form) : best;
}

int NameGroups::most_said() const {
  int best = -1, most = 0;
  for (const auto& [root_form, forms] : members_) {
    int count = 0;
    bool name = true;
    for (const int i : forms) {
      name = name && (*this)[i].name;
      for (const auto& [spelling, times] : (*this)[i].spellings) count += times;
    }
    if (name && count > most) {
      most = count;
      best = root_form;
    }
  }
  return best;
}

std::vector<std::string> NameGroups::spellings(int root_form) const {
  std::set<std::string> out;
  for (const int i : members(root_form)) {
    out.insert((*this)[i].surface);
    for (const auto& [spelling, count] : (*this)[i].spellings) out.insert(spelling);
  }
  out.erase("");
  return {out.begin(), out.end()};
}

}  // namespace tercet
