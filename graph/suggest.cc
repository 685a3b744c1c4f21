#include "graph/suggest.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "graph/name_form.h"

namespace tercet {
namespace {

constexpr std::size_t kMostOfAKey = 20;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) >= 0x80);
}

/// Letters and digits of the folded name.
std::string letters_of(std::string_view name) {
  std::string out;
  for (const char c : folded_name(name)) {
    if (is_letter_or_digit(c)) out += c;
  }
  return out;
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out;
  bool inside = false;
  for (const char c : folded_name(name)) {
    if (is_letter_or_digit(c)) {
      if (!inside) out.emplace_back();
      out.back() += c;
    }
    inside = is_letter_or_digit(c);
  }
  return out;
}

std::string initials_of(std::string_view name) {
  std::string out;
  const std::vector<std::string> words = words_of(name);
  if (words.size() < 2) return out;
  for (const std::string& word : words) {
    if (word != "of" && word != "and" && word != "the" && word != "for") out += word.front();
  }
  return out;
}

class Suggestions {
 public:
  explicit Suggestions(const KnowledgeGraph& graph) : graph_(graph) {}

  void by_spelling() {
    std::map<std::string, std::vector<NodeId>> same;
    each_name([&](NodeId id, const std::string& name) { same[letters_of(name)].push_back(id); });
    for (const auto& [key, ids] : same) {
      if (!key.empty()) all_pairs(ids, AliasReason::Spelling);
    }
  }

  void by_initials() {
    std::map<std::string, std::vector<NodeId>> long_names;
    each_name([&](NodeId id, const std::string& name) {
      if (const std::string key = initials_of(name); key.size() >= 2) long_names[key].push_back(id);
    });
    each_name([&](NodeId id, const std::string& name) {
      const bool capitals = std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
      if (!capitals || name.size() < 2 || name.size() > 8) return;
      const auto found = long_names.find(letters_of(name));
      if (found == long_names.end() || found->second.size() > kMostOfAKey) return;
      for (const NodeId other : found->second) add(other, id, AliasReason::Initials);
    });
  }

  /// A short name, where one longer name only begins with its words.
  void by_prefix() {
    std::map<std::string, std::vector<NodeId>> longer;
    each_name([&](NodeId id, const std::string& name) {
      const std::vector<std::string> words = words_of(name);
      std::string key;
      for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        key += (i == 0 ? "" : " ") + words[i];
        if (longer[key].size() < 2) longer[key].push_back(id);
      }
    });
    each_name([&](NodeId id, const std::string& name) {
      std::string key;
      for (const std::string& word : words_of(name)) key += (key.empty() ? "" : " ") + word;
      const auto found = longer.find(key);
      if (found != longer.end() && found->second.size() == 1) {
        add(found->second.front(), id, AliasReason::Prefix);
      }
    });
  }

  /// Names that become equal when each loses at most one letter: substitutions lose the same
  /// place, a letter more is lost by one of them.
  void by_typo() {
    constexpr std::size_t kShortest = 7, kLongest = 64;
    std::map<std::string, std::vector<std::pair<NodeId, std::size_t>>> without_one;
    each_name([&](NodeId id, const std::string& name) {
      const std::string letters = letters_of(name);
      if (letters.size() < kShortest || letters.size() > kLongest) return;
      without_one[letters].emplace_back(id, letters.size());
      for (std::size_t i = 0; i < letters.size(); ++i) {
        without_one[letters.substr(0, i) + letters.substr(i + 1)].emplace_back(id, i);
      }
    });
    for (const auto& [key, entries] : without_one) {
      if (entries.size() > kMostOfAKey) continue;
      for (std::size_t i = 0; i < entries.size(); ++i) {
        for (std::size_t j = i + 1; j < entries.size(); ++j) {
          const auto& [a, lost_a] = entries[i];
          const auto& [b, lost_b] = entries[j];
          const bool whole = lost_a == key.size() || lost_b == key.size();
          if (a != b && (whole || lost_a == lost_b)) add(a, b, AliasReason::Typo);
        }
      }
    }
  }

  std::vector<AliasSuggestion> take() {
    std::ranges::sort(out_, [](const AliasSuggestion& a, const AliasSuggestion& b) {
      return std::tuple(a.reason, a.name, a.alias) < std::tuple(b.reason, b.name, b.alias);
    });
    return std::move(out_);
  }

 private:
  template <class Visit>
  void each_name(Visit visit) const {
    for (NodeId id = 0; id < graph_.nodes().size(); ++id) {
      const Node& node = graph_.nodes()[id];
      if (is_name(node.name) && node.type != "Quantity" && node.type != "Date") {
        visit(id, node.name);
      }
    }
  }

  void all_pairs(const std::vector<NodeId>& ids, AliasReason reason) {
    if (ids.size() > kMostOfAKey) return;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (std::size_t j = i + 1; j < ids.size(); ++j) add(ids[i], ids[j], reason);
    }
  }

  void add(NodeId a, NodeId b, AliasReason reason) {
    const Node &x = graph_.nodes()[a], &y = graph_.nodes()[b];
    if (a == b || (!x.type.empty() && !y.type.empty() && x.type != y.type)) return;
    if (!seen_.insert(std::minmax(a, b)).second) return;
    const auto rank = [](const Node& node) { return std::pair(node.mentions, node.name.size()); };
    if (reason == AliasReason::Spelling || reason == AliasReason::Typo) {
      if (rank(x) < rank(y)) std::swap(a, b);
    }
    out_.push_back({a, b, reason});
  }

  const KnowledgeGraph& graph_;
  std::set<std::pair<NodeId, NodeId>> seen_;
  std::vector<AliasSuggestion> out_;
};

}  // namespace

std::string_view name_of(AliasReason reason) {
  constexpr std::array<std::string_view, 4> kNames = {"spelling", "initials", "prefix", "typo"};
  return kNames[static_cast<std::size_t>(reason)];
}

std::vector<AliasSuggestion> suggest_aliases(const KnowledgeGraph& graph) {
  Suggestions suggestions(graph);
  suggestions.by_spelling();
  suggestions.by_initials();
  suggestions.by_prefix();
  suggestions.by_typo();
  return suggestions.take();
}

}  // namespace tercet
