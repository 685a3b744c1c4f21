#include "extract/evaluate/chain_score.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "base/ascii.h"
#include "base/error.h"

namespace tercet {
namespace {

using Span = std::pair<std::size_t, std::size_t>;  // first and last word of the document
using Chain = std::set<Span>;

struct EntityDocument {
  std::vector<std::string> words;
  std::vector<std::uint32_t> lines;
  std::vector<Chain> chains;  // by the end of the first mention, no mention twice
  std::map<Span, std::string> types;
};

/// The Entity values of one document.
class Brackets {
 public:
  explicit Brackets(EntityDocument& out) : out_(out) {}

  void read(std::string_view value, std::size_t word, const Position& place) {
    while (!value.empty()) {
      if (value.front() == '(') {
        const std::size_t end = std::min(value.find_first_of("()", 1), value.size());
        const std::string_view inside = value.substr(1, end - 1);
        const std::size_t dash = std::min(inside.find('-'), inside.size());
        const std::string name = chain_of(inside.substr(0, dash));
        const std::string_view rest = inside.substr(std::min(dash + 1, inside.size()));
        std::string type = ascii_lower(rest.substr(0, rest.find('-')));
        open_[name].emplace_back(word, std::move(type));
        value.remove_prefix(end);
        if (value.starts_with(')')) {
          close(name, word, place);
          value.remove_prefix(1);
        }
      } else {
        const std::size_t end = value.find(')');
        if (end == std::string_view::npos) {
          throw Error(Error::Code::Syntax, "Entity= needs brackets", place);
        }
        close(chain_of(value.substr(0, end)), word, place);
        value.remove_prefix(end + 1);
      }
    }
  }

  void finish(const Position& place) const {
    for (const auto& [name, starts] : open_) {
      if (!starts.empty()) {
        throw Error(Error::Code::Syntax, "mention of " + name + " does not end", place);
      }
    }
  }

 private:
  /// "e5[1/2]": a piece of a mention counts as a mention.
  static std::string chain_of(std::string_view name) {
    return std::string(name.substr(0, name.find('[')));
  }

  void close(const std::string& name, std::size_t word, const Position& place) {
    auto& starts = open_[name];
    if (starts.empty()) {
      throw Error(Error::Code::Syntax, "mention of " + name + " ends but did not begin", place);
    }
    const Span span{starts.back().first, word};
    const auto [at, fresh] = number_.try_emplace(name, out_.chains.size());
    if (fresh) out_.chains.emplace_back();
    out_.chains[at->second].insert(span);
    out_.types.try_emplace(span, std::move(starts.back().second));
    starts.pop_back();
  }

  EntityDocument& out_;
  std::map<std::string, std::vector<std::pair<std::size_t, std::string>>> open_;
  std::map<std::string, std::size_t> number_;
};

std::vector<EntityDocument> read(std::string_view text, const std::string& file) {
  std::vector<EntityDocument> out(1);
  std::uint32_t line = 0;
  std::vector<Brackets> brackets;
  const auto end_document = [&] {
    if (!brackets.empty()) brackets.back().finish({file, line, 0});
    brackets.clear();
    // What stands in two chains belongs to the first.
    std::set<Span> used;
    for (Chain& chain : out.back().chains) {
      std::erase_if(chain, [&](const Span& span) { return !used.insert(span).second; });
    }
  };
  while (!text.empty()) {
    ++line;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.starts_with("# newdoc") && !out.back().words.empty()) {
      end_document();
      out.emplace_back();
    }
    std::vector<std::string_view> cells;
    for (std::size_t at = 0; at <= row.size() && cells.size() < 11;) {
      const std::size_t tab = std::min(row.find('\t', at), row.size());
      cells.push_back(row.substr(at, tab - at));
      at = tab + 1;
    }
    if (row.empty() || row.front() == '#') continue;
    if (cells.size() != 10) throw Error(Error::Code::Syntax, "needs ten columns", {file, line, 0});
    if (cells[0].find_first_not_of("0123456789") != std::string_view::npos) continue;
    EntityDocument& document = out.back();
    document.words.emplace_back(cells[1]);
    document.lines.push_back(line);
    if (brackets.empty()) brackets.emplace_back(document);
    for (std::string_view misc = cells[9]; !misc.empty();) {
      const std::size_t bar = std::min(misc.find('|'), misc.size());
      if (misc.starts_with("Entity=")) {
        brackets.back().read(misc.substr(7, bar - 7), document.words.size() - 1, {file, line, 0});
      }
      misc.remove_prefix(std::min(bar + 1, misc.size()));
    }
  }
  end_document();
  return out;
}

std::pair<std::vector<EntityDocument>, std::vector<EntityDocument>> read_both(
    std::string_view gold, const std::string& gold_file, std::string_view found,
    const std::string& found_file) {
  std::pair out{read(gold, gold_file), read(found, found_file)};
  if (out.first.size() != out.second.size()) {
    throw Error(Error::Code::Schema, "holds another number of documents", {found_file, 0, 0});
  }
  for (std::size_t d = 0; d < out.first.size(); ++d) {
    const EntityDocument &a = out.first[d], &b = out.second[d];
    const std::size_t n = std::min(a.words.size(), b.words.size());
    for (std::size_t i = 0; i < n; ++i) {
      if (a.words[i] != b.words[i]) {
        throw Error(Error::Code::Schema, "the words differ", {found_file, b.lines[i], 0});
      }
    }
    if (a.words.size() != b.words.size()) {
      throw Error(Error::Code::Schema, "the words differ",
                  {found_file, b.lines.empty() ? 0U : b.lines.back(), 0});
    }
  }
  return out;
}

/// What was right of what there was, on both sides.
struct Sums {
  double recalled = 0, gold = 0, precise = 0, found = 0;
};

ChainScore score_of(std::string name, const Sums& s) {
  ChainScore out{std::move(name), s.found > 0 ? s.precise / s.found : 0,
                 s.gold > 0 ? s.recalled / s.gold : 0, 0};
  const double both = out.precision + out.recall;
  out.f1 = both > 0 ? 2 * out.precision * out.recall / both : 0;
  return out;
}

/// Per mention, the chain it stands in.
std::map<Span, std::size_t> chain_of_mention(const std::vector<Chain>& chains) {
  std::map<Span, std::size_t> out;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    for (const Span& span : chains[i]) out.emplace(span, i);
  }
  return out;
}

/// How many mentions a chain shares with each chain of the other side.
std::map<std::size_t, std::size_t> shared_with(const Chain& chain,
                                               const std::map<Span, std::size_t>& other) {
  std::map<std::size_t, std::size_t> out;
  for (const Span& span : chain) {
    if (const auto at = other.find(span); at != other.end()) ++out[at->second];
  }
  return out;
}

void add_links(const std::vector<Chain>& of, const std::map<Span, std::size_t>& other,
               double& right, double& all, double& cubed, double& mentions) {
  for (const Chain& chain : of) {
    const auto shared = shared_with(chain, other);
    std::size_t together = 0;
    for (const auto& [with, n] : shared) {
      together += n;
      cubed += static_cast<double>(n * n) / static_cast<double>(chain.size());
    }
    // Mentions the other side does not have are a part each.
    right += static_cast<double>(together - shared.size());
    all += static_cast<double>(chain.size() - 1);
    mentions += static_cast<double>(chain.size());
  }
}

/// Largest sum of a one-to-one choice of cells (Kuhn 1955, Munkres 1957, by shortest paths);
/// no more rows than columns. O(rows^2 * columns).
double best_matching(const std::vector<std::vector<double>>& table) {
  const std::size_t n = table.size(), m = table.front().size();
  std::vector<double> u(n + 1), v(m + 1);
  std::vector<std::size_t> owner(m + 1);
  for (std::size_t i = 1; i <= n; ++i) {
    std::vector<double> least(m + 1, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> way(m + 1);
    std::vector<bool> used(m + 1);
    std::size_t at = 0;
    owner[0] = i;
    do {
      used[at] = true;
      std::size_t to = 0;
      double delta = std::numeric_limits<double>::infinity();
      for (std::size_t j = 1; j <= m; ++j) {
        if (used[j]) continue;
        const double cost = -table[owner[at] - 1][j - 1] - u[owner[at]] - v[j];
        if (cost < least[j]) {
          least[j] = cost;
          way[j] = at;
        }
        if (least[j] < delta) {
          delta = least[j];
          to = j;
        }
      }
      for (std::size_t j = 0; j <= m; ++j) {
        if (used[j]) {
          u[owner[j]] += delta;
          v[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      at = to;
    } while (owner[at] != 0);
    for (; at != 0; at = way[at]) owner[at] = owner[way[at]];
  }
  double sum = 0;
  for (std::size_t j = 1; j <= m; ++j) {
    if (owner[j] != 0) sum += table[owner[j] - 1][j - 1];
  }
  return sum;
}

/// Sum over the best alignment of chains; each group of chains that share mentions by itself.
double best_alignment(const std::vector<Chain>& gold, const std::vector<Chain>& found) {
  const auto in_found = chain_of_mention(found);
  std::vector<std::size_t> up(gold.size() + found.size());
  std::iota(up.begin(), up.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (up[i] != i) i = up[i] = up[up[i]];
    return i;
  };
  std::vector<std::map<std::size_t, std::size_t>> shared;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    shared.push_back(shared_with(gold[i], in_found));
    for (const auto& [j, n] : shared.back()) up[root(gold.size() + j)] = root(i);
  }
  std::map<std::size_t, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> groups;
  for (std::size_t i = 0; i < gold.size(); ++i) groups[root(i)].first.push_back(i);
  for (std::size_t j = 0; j < found.size(); ++j) {
    groups[root(gold.size() + j)].second.push_back(j);
  }
  double sum = 0;
  for (const auto& [top, group] : groups) {
    const auto& [rows, columns] = group;
    if (rows.empty() || columns.empty()) continue;
    const bool turn = rows.size() > columns.size();
    std::vector<std::vector<double>> table(
        turn ? columns.size() : rows.size(),
        std::vector<double>(turn ? rows.size() : columns.size()));
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto both = shared[rows[r]].find(columns[c]);
        if (both == shared[rows[r]].end()) continue;
        const auto sizes = static_cast<double>(gold[rows[r]].size() + found[columns[c]].size());
        (turn ? table[c][r] : table[r][c]) = 2 * static_cast<double>(both->second) / sizes;
      }
    }
    sum += best_matching(table);
  }
  return sum;
}

}  // namespace

std::vector<ChainScore> score_mentions(std::string_view gold, const std::string& gold_file,
                                       std::string_view found, const std::string& found_file) {
  const auto [a, b] = read_both(gold, gold_file, found, found_file);
  Sums spans, typed;
  for (std::size_t d = 0; d < a.size(); ++d) {
    for (Sums* sums : {&spans, &typed}) {
      sums->gold += static_cast<double>(a[d].types.size());
      sums->found += static_cast<double>(b[d].types.size());
    }
    for (const auto& [span, type] : a[d].types) {
      const auto other = b[d].types.find(span);
      if (other == b[d].types.end()) continue;
      spans.recalled += 1;
      if (other->second == type) typed.recalled += 1;
    }
  }
  spans.precise = spans.recalled;
  typed.precise = typed.recalled;
  return {score_of("mentions", spans), score_of("typed", typed)};
}

std::vector<ChainScore> score_chains(std::string_view gold, const std::string& gold_file,
                                     std::string_view found, const std::string& found_file) {
  auto [a, b] = read_both(gold, gold_file, found, found_file);
  std::vector<ChainScore> out;
  for (const std::size_t least : {std::size_t{2}, std::size_t{1}}) {
    Sums muc, cubed, ceaf;
    for (std::size_t d = 0; d < a.size(); ++d) {
      std::vector<Chain> x = a[d].chains, y = b[d].chains;
      for (std::vector<Chain>* side : {&x, &y}) {
        std::erase_if(*side, [&](const Chain& chain) { return chain.size() < least; });
      }
      add_links(x, chain_of_mention(y), muc.recalled, muc.gold, cubed.recalled, cubed.gold);
      add_links(y, chain_of_mention(x), muc.precise, muc.found, cubed.precise, cubed.found);
      ceaf.recalled += best_alignment(x, y);
      ceaf.gold += static_cast<double>(x.size());
      ceaf.found += static_cast<double>(y.size());
    }
    ceaf.precise = ceaf.recalled;
    const std::string with = least == 1 ? "+" : "";
    const ChainScore m = score_of("MUC" + with, muc), c = score_of("B3" + with, cubed),
                     e = score_of("CEAFe" + with, ceaf);
    out.push_back({"CoNLL" + with, (m.precision + c.precision + e.precision) / 3,
                   (m.recall + c.recall + e.recall) / 3, (m.f1 + c.f1 + e.f1) / 3});
    out.insert(out.end(), {m, c, e});
  }
  return out;
}

}  // namespace tercet
