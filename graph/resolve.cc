#include "graph/resolve.h"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "graph/name_form.h"

namespace tercet {
namespace {

using Thing = NameResolution::Thing;
using Key = std::pair<std::string, std::string>;  // folded name, type

constexpr std::string_view kPerson = "Person";

// What all documents together say of one (name, type).
struct Entry {
  Thing thing;
  std::string folded;
  std::size_t documents = 0;
  bool given_as_alias = false;     // some document knows a fuller name for it
  std::set<std::string> aliases;   // folded
  std::optional<std::string> pin;  // name the user has fixed
};

std::size_t words_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

// Whether `alias`, seen beside `name` in one document, may find things in others. Common words and
// the given name of a person mean something only inside their document.
bool travels(std::string_view alias, const Thing& thing) {
  if (!is_name(alias)) return false;
  if (thing.type != kPerson || words_in(alias) > 1 || words_in(thing.name) == 1) return true;
  return folded_name(alias) != folded_name(thing.name.substr(0, thing.name.find(' ')));
}

class Entries {
 public:
  void add_document(const DocumentRecord& record) {
    std::vector<Thing> named;
    std::vector<std::pair<Thing, std::string>> aliases;
    const auto also = [&](const Thing& thing, const std::string& alias) {
      if (!alias.empty() && alias != thing.name) aliases.emplace_back(thing, alias);
    };
    for (const LocalName& name : record.names) {
      named.push_back({name.name, name.type});
      for (const std::string& alias : name.aliases) also({name.name, name.type}, alias);
    }
    for (const Fact& fact : record.facts) {
      const Thing subject{fact.subject, fact.subject_type}, object{fact.object, fact.object_type};
      if (!fact.subject_antecedent) also(subject, fact.subject_text);
      if (!fact.object_antecedent) also(object, fact.object_text);
      if (fact.relation == "alias_of" && fact.asserted()) {
        also(object, fact.subject);
        if (!fact.subject_antecedent) also(object, fact.subject_text);
      }
      named.push_back(subject);
      named.push_back(object);
    }
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    for (const Thing& thing : named) ++entry(thing).documents;
    for (const auto& [thing, alias] : aliases) {
      if (travels(alias, thing)) {
        entry(thing).aliases.insert(folded_name(alias));
      }
    }
  }

  // Entries sorted by (name, type), complete.
  std::vector<Entry> finish(std::span<const NamePin> pins) {
    std::map<Key, std::string> pinned;  // type empty: any
    for (const NamePin& pin : pins) {
      for (const std::string& name : {pin.alias, pin.name}) {
        std::string& target = pinned[{folded_name(name), pin.type}];
        // Two pins of one alias: the first in byte order, whatever the order of the file.
        if (target.empty() || pin.name < target) target = pin.name;
      }
    }
    std::vector<Entry> all;
    for (auto& [thing, entry] : entries_) {
      for (const std::string& type : {thing.type, std::string()}) {
        const auto pin = pinned.find({entry.folded, type});
        if (!entry.pin && pin != pinned.end()) entry.pin = pin->second;
      }
      all.push_back(std::move(entry));
    }
    return all;
  }

 private:
  Entry& entry(const Thing& thing) {
    const auto [it, is_new] = entries_.try_emplace(thing);
    if (is_new) {
      it->second.thing = thing;
      it->second.folded = folded_name(thing.name);
    }
    return it->second;
  }

  std::map<Thing, Entry> entries_;
};

class Groups {
 public:
  explicit Groups(const std::vector<Entry>& entries)
      : entries_(entries), parent_(entries.size()), pin_(entries.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    for (std::size_t i = 0; i < entries.size(); ++i) pin_[i] = entries[i].pin;
  }

  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  bool join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    if (a == b || (pin_[a] && pin_[b] && pin_[a] != pin_[b])) return false;
    if (a > b) std::swap(a, b);
    parent_[b] = a;
    if (!pin_[a]) pin_[a] = pin_[b];
    return true;
  }

  const std::optional<std::string>& pin(std::size_t root) const { return pin_[root]; }

 private:
  const std::vector<Entry>& entries_;
  std::vector<std::size_t> parent_;
  std::vector<std::optional<std::string>> pin_;
};

void join_equal_names(const std::vector<Entry>& entries, Groups& groups) {
  std::map<Key, std::vector<std::size_t>> by_key;
  std::map<Key, std::size_t> by_pin;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    by_key[{entries[i].folded, entries[i].thing.type}].push_back(i);
    if (!entries[i].pin) continue;
    const auto [it, is_new] = by_pin.try_emplace({*entries[i].pin, entries[i].thing.type}, i);
    if (!is_new) groups.join(it->second, i);
  }
  for (const auto& [key, members] : by_key) {
    for (const std::size_t member : members) groups.join(members.front(), member);
  }
  // An untyped name and the one typed thing of that name.
  for (const auto& [key, members] : by_key) {
    if (!key.second.empty()) continue;
    const auto typed = by_key.upper_bound(key);
    if (typed == by_key.end() || typed->first.first != key.first) continue;
    const auto second = std::next(typed);
    if (second != by_key.end() && second->first.first == key.first) continue;
    groups.join(typed->second.front(), members.front());
  }
}

// "Costco" of "Costco Logistics": short for it in one document, another thing in most.
bool opens_name(std::string_view alias, std::string_view name) {
  return name.size() > alias.size() && name.starts_with(alias) && name[alias.size()] == ' ';
}

// One round of joining things to the names that are their aliases elsewhere. Each round looks at
// the groups of the round before, so that the order of the entries does not matter.
bool join_aliases(const std::vector<Entry>& entries, Groups& groups) {
  std::map<Key, std::size_t> documents;  // that call a thing so
  for (const Entry& entry : entries) documents[{entry.folded, entry.thing.type}] += entry.documents;
  std::map<Key, std::set<std::size_t>> meant;  // folded alias, type -> groups that use it
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const std::string& alias : entries[i].aliases) {
      const auto alone = documents.find({alias, entries[i].thing.type});
      if (alone != documents.end() && alone->second > entries[i].documents &&
          entries[i].thing.type != kPerson && opens_name(alias, entries[i].folded)) {
        continue;
      }
      meant[{alias, entries[i].thing.type}].insert(groups.root(i));
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> joins;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto found = meant.find({entries[i].folded, entries[i].thing.type});
    if (found == meant.end()) continue;
    // The thing itself may be among those that use its name as an alias.
    std::set<std::size_t> others = found->second;
    others.erase(groups.root(i));
    if (others.size() == 1) joins.emplace_back(*others.begin(), i);
  }
  bool any = false;
  for (const auto& [target, i] : joins) any = groups.join(target, i) || any;
  return any;
}

// Fuller names first (see resolve_names).
bool is_better_name(const Entry& a, const Entry& b) {
  if (a.given_as_alias != b.given_as_alias) return b.given_as_alias;
  if (a.documents != b.documents) return a.documents > b.documents;
  const std::size_t size_a = count_code_points(a.thing.name);
  const std::size_t size_b = count_code_points(b.thing.name);
  if (size_a != size_b) return size_a > size_b;
  return a.thing.name < b.thing.name;
}

}  // namespace

std::vector<NamePin> read_name_pins(const std::filesystem::path& file) {
  std::vector<NamePin> pins;
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return pins;
  std::ifstream in(file, std::ios::binary);
  if (!in || !std::filesystem::is_regular_file(file, error)) {
    throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  }
  std::string line;
  for (std::uint32_t number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (trim(line).empty() || line.starts_with('#')) continue;
    const std::vector<std::string> cells = split(line, '\t');
    const bool right = (cells.size() == 2 || cells.size() == 3) && !cells[0].empty() &&
                       !cells[1].empty() && is_valid_utf8(line);
    if (!right) {
      throw Error(Error::Code::Syntax, "expected alias<TAB>name[<TAB>type]",
                  {file.string(), number, 1});
    }
    pins.push_back({cells[0], cells[1], cells.size() == 3 ? cells[2] : std::string()});
  }
  if (in.bad()) throw Error(Error::Code::Io, "cannot be read to its end", {file.string(), 0, 0});
  return pins;
}

std::vector<NamePin> pins_of(const Corrections& corrections) {
  std::vector<NamePin> pins;
  for (const auto& [name, alias] : corrections.same) {
    pins.push_back({alias, name, {}});
  }
  for (const auto& [one, other] : corrections.apart) {
    pins.push_back({one, one, {}});
    pins.push_back({other, other, {}});
  }
  return pins;
}

NameResolution resolve_names(std::span<const DocumentRecord> documents,
                             std::span<const NamePin> pins) {
  Entries collected;
  for (const DocumentRecord& document : documents) collected.add_document(document);
  std::vector<Entry> entries = collected.finish(pins);
  Groups groups(entries);
  join_equal_names(entries, groups);
  // A join can make an alias lead to one thing only. Chains of more than a few such steps are
  // made, not found; the limit keeps them from costing a round per name.
  constexpr int kRounds = 8;
  for (int round = 0; round < kRounds && join_aliases(entries, groups); ++round) {
  }

  std::map<std::pair<std::size_t, std::string>, bool> is_alias_in;  // group, folded alias
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const std::string& alias : entries[i].aliases) {
      if (alias != entries[i].folded) is_alias_in[{groups.root(i), alias}] = true;
    }
  }
  std::vector<std::size_t> best(entries.size());
  std::iota(best.begin(), best.end(), std::size_t{0});
  std::vector<std::string> type(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::size_t root = groups.root(i);
    entries[i].given_as_alias = is_alias_in.contains({root, entries[i].folded});
    type[root] = std::max(type[root], entries[i].thing.type);  // the typed one of typed and untyped
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::size_t& winner = best[groups.root(i)];
    if (is_better_name(entries[i], entries[winner])) winner = i;
  }
  NameResolution result;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::size_t root = groups.root(i);
    const std::string& name = groups.pin(root) ? *groups.pin(root) : entries[best[root]].thing.name;
    result.things_.emplace(entries[i].thing, Thing{name, type[root]});
  }
  return result;
}

NameResolution::Thing NameResolution::at(const Thing& local) const {
  const auto it = things_.find(local);
  return it == things_.end() ? local : it->second;
}

void NameResolution::apply(Fact& fact) const {
  const Thing subject = at({fact.subject, fact.subject_type});
  const Thing object = at({fact.object, fact.object_type});
  fact.subject = subject.name;
  fact.subject_type = subject.type;
  fact.object = object.name;
  fact.object_type = object.type;
}

}  // namespace tercet
