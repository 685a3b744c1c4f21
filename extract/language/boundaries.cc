#include "extract/language/boundaries.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "base/ascii.h"
#include "extract/language/boundary_weights.h"
#include "extract/language/characters.h"
#include "extract/language/word_lists.h"

namespace tercet {

enum class BoundaryFeatures::Kind : std::uint8_t {
  Outside,  // before the first or behind the last word
  Point,
  Strong,  // ! ?
  Ellipsis,
  Abbreviation,
  Title,     // "Dr.": leads to a name
  Initial,   // "J."
  Initials,  // "U.S."
  Comma,
  Colon,
  Semicolon,
  Dash,
  Open,
  Close,
  QuoteOpen,
  QuoteClose,
  QuoteAlone,
  Line,  // a row of signs: "-----", "***"
  Face,
  Sign,
  Address,
  Number,
  Ordinal,  // digits and letters
  Lower,
  Letter,   // a single capital
  Capital,  // and then lower case
  Capitals,
  Clitic,
};

namespace {

constexpr std::uint32_t kSeed = 2166136261u;

constexpr std::uint32_t mix(std::uint32_t hash, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ ((value >> shift) & 255u)) * 16777619u;
  return hash;
}

std::uint32_t hash_of(std::string_view word) {
  std::uint32_t out = kSeed;
  for (const char c : word) out = (out ^ static_cast<unsigned char>(c)) * 16777619u;
  return out;
}

std::uint8_t bucket(std::size_t n) {
  constexpr std::size_t kEdges[] = {0, 1, 2, 3, 4, 6, 9, 14, 20, 30, 45};
  std::uint8_t out = 0;
  while (out < std::size(kEdges) && n > kEdges[out]) ++out;
  return out;
}

bool is_quote_mark(char32_t c) {
  return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB;
}

bool is_face(std::string_view form) {
  return form.size() >= 2 && form.size() <= 3 &&
         std::string_view(":;=^").find(form[0]) != form.npos &&
         std::string_view(")(DPOp^").find(form.back()) != form.npos;
}

}  // namespace

BoundaryFeatures::Kind BoundaryFeatures::kind_of(std::string_view form, const Word& word,
                                                 bool space_before) {
  const Char first = char_at(form, 0);
  if (word.joined) return Kind::Clitic;
  if (word.abbreviation) {
    if (form.size() == 2) return Kind::Initial;
    if (form.find('.') + 1 < form.size()) return Kind::Initials;
    const PointRule rule = point_rule(listed_form(form.substr(0, form.size() - 1)));
    return rule == PointRule::Title || rule == PointRule::Link || rule == PointRule::BeforeDigit
               ? Kind::Title
               : Kind::Abbreviation;
  }
  if (is_face(form)) return Kind::Face;
  const bool row = form.size() > first.size;
  switch (first.code) {
    case '.':
      if (form.size() == 1) return Kind::Point;
      return is_word(char_at(form, 1).kind) ? Kind::Ordinal : Kind::Ellipsis;
    case 0x2026:
      return Kind::Ellipsis;
    case '!':
    case '?':
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0x061F:
      return Kind::Strong;
    case ',':
      return Kind::Comma;
    case ':':
      return Kind::Colon;
    case ';':
      return Kind::Semicolon;
    case '-':
    case 0x2013:
    case 0x2014:
      return row && form.size() > 4 ? Kind::Line : Kind::Dash;
    default:
      break;
  }
  switch (first.kind) {
    case CharKind::Open:
      return is_quote_mark(first.code) ? Kind::QuoteOpen : Kind::Open;
    case CharKind::Close:
      return is_quote_mark(first.code) ? Kind::QuoteClose : Kind::Close;
    case CharKind::Quote:
      return space_before ? Kind::QuoteOpen : Kind::QuoteClose;
    case CharKind::Digit:
      return std::ranges::all_of(form,
                                 [](char c) { return is_ascii_digit(c) || c == '.' || c == ','; })
                 ? Kind::Number
                 : Kind::Ordinal;
    case CharKind::Lower:
      return form.find("://") != form.npos || form.find('@') != form.npos ||
                     form.starts_with("www.")
                 ? Kind::Address
                 : Kind::Lower;
    case CharKind::Upper: {
      if (form.size() == first.size) return Kind::Letter;
      for (std::size_t at = first.size; at < form.size();) {
        const Char c = char_at(form, at);
        if (c.kind == CharKind::Lower) return Kind::Capital;
        at += c.size;
      }
      return Kind::Capitals;
    }
    default:
      return row && form.size() > 2 ? Kind::Line : Kind::Sign;
  }
}

BoundaryFeatures::BoundaryFeatures(std::string_view text, std::span<const Word> words) {
  const std::size_t count = words.size();
  kinds_.reserve(count);
  forms_.reserve(count);
  ends_.reserve(count);
  gaps_.reserve(count);
  depth_.reserve(count);
  std::uint8_t brackets = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view form = view(text, words[i].span);
    const bool space_before = i == 0 || words[i - 1].span.end < words[i].span.begin;
    Kind kind = kind_of(form, words[i], space_before);
    const bool straight = char_at(form, 0).kind == CharKind::Quote;
    if (straight && i + 1 < count && space_before && words[i].span.end < words[i + 1].span.begin) {
      kind = Kind::QuoteAlone;
    }
    if (kind == Kind::Open && brackets < 3) ++brackets;
    if (kind == Kind::Close && brackets > 0) --brackets;
    if (kind == Kind::QuoteOpen) quoted = true;
    if (kind == Kind::QuoteClose) quoted = false;
    const std::string folded = listed_form(form);
    kinds_.push_back(kind);
    opens_.push_back((kind == Kind::Capital || kind == Kind::Letter) && is_sentence_opener(folded));
    forms_.push_back(folded.empty() ? 1 : hash_of(folded));
    ends_.push_back(form.size() > 3 ? hash_of(form.substr(form.size() - 3)) : 0);
    depth_.push_back(static_cast<std::uint8_t>(std::min<int>(brackets, 1) * 2 + (quoted ? 1 : 0)));
    std::uint8_t gap = 0;
    if (i + 1 < count) {
      const std::string_view between =
          text.substr(words[i].span.end, words[i + 1].span.begin - words[i].span.end);
      gap = between.empty()                      ? 0
            : between.find('\n') != between.npos ? 3
            : between.size() > 1                 ? 2
                                                 : 1;
    }
    gaps_.push_back(gap);
  }
  ahead_.resize(count);
  std::size_t steps = 0;
  const auto ends = [&](std::size_t i) {
    return kinds_[i] == Kind::Point || kinds_[i] == Kind::Strong || kinds_[i] == Kind::Ellipsis;
  };
  for (std::size_t i = count; i-- > 0;) {
    steps = ends(i) ? 0 : steps + 1;
    ahead_[i] = bucket(steps);
  }
  for (std::size_t i = count > 3 ? count - 3 : 0; i < count; ++i) marked_ |= ends(i);
}

BoundaryFeatures::Kind BoundaryFeatures::kind(std::size_t i, int offset) const {
  const std::size_t at = i + static_cast<std::size_t>(offset);  // wraps below 0
  return at < kinds_.size() ? kinds_[at] : Kind::Outside;
}

std::uint32_t BoundaryFeatures::form(std::size_t i, int offset) const {
  const std::size_t at = i + static_cast<std::size_t>(offset);
  return at < forms_.size() ? forms_[at] : 0;
}

bool BoundaryFeatures::possible(std::size_t last) const {
  if (kind(last, 1) == Kind::Clitic) return false;
  if (gaps_[last] > 0) return true;
  const Kind before = kind(last, 0), after = kind(last, 1);
  const bool closes = before == Kind::Point || before == Kind::Strong || before == Kind::Ellipsis ||
                      before == Kind::Close || before == Kind::QuoteClose || before == Kind::Line ||
                      before == Kind::Face;
  return closes && (after == Kind::Capital || after == Kind::Capitals || after == Kind::Letter);
}

bool BoundaryFeatures::certain(std::size_t last) const {
  const Kind before = kind(last, 0);
  return (before == Kind::Abbreviation || before == Kind::Initials) && gaps_[last] > 0 &&
         last + 1 < opens_.size() && opens_[last + 1];
}

void BoundaryFeatures::collect(std::size_t begin, std::size_t last,
                               std::vector<std::uint32_t>& out) const {
  out.clear();
  std::uint32_t number = 0;
  const auto add = [&](auto... parts) {
    std::uint32_t hash = mix(kSeed, ++number);
    ((hash = mix(hash, static_cast<std::uint32_t>(parts))), ...);
    out.push_back(hash);
  };
  const Kind k2 = kind(last, -2), k1 = kind(last, -1), k = kind(last, 0), n = kind(last, 1),
             n1 = kind(last, 2), n2 = kind(last, 3);
  const std::uint32_t f1 = form(last, -1), f = form(last, 0), g = form(last, 1), g1 = form(last, 2);
  const std::uint32_t end = ends_[last], next_end = last + 1 < ends_.size() ? ends_[last + 1] : 0;
  const std::uint8_t gap = gaps_[last], depth = depth_[last];
  const std::uint8_t so_far = bucket(last - begin),
                     ahead = last + 1 < ahead_.size() ? ahead_[last + 1] : 0;
  const Kind first = kind(begin, 0);
  // How many of the words around have a capital: titles and headings have many.
  int before = 0, after = 0;
  for (int i = 0; i < 5; ++i) {
    const auto capital = [](Kind one) {
      return one == Kind::Capital || one == Kind::Capitals || one == Kind::Letter;
    };
    before += last >= begin + static_cast<std::size_t>(i) && capital(kind(last, -i));
    after += capital(kind(last, 1 + i));
  }
  add(0);
  add(k);
  add(n);
  add(k, n);
  add(k1, k, n);
  add(k, n, n1);
  add(k1, k, n, n1);
  add(k2, k1, k, n);
  add(k, n, n1, n2);
  add(f);
  add(g);
  add(f, n);
  add(k, g);
  add(f, g);
  add(f1, k, n);
  add(k, n, g1);
  add(k, g, n1);
  add(k, g, g1);
  add(f1, f, n);
  add(end, k, n);
  add(next_end, k, n);
  add(gap, k, n);
  add(gap, f, n);
  add(so_far, k);
  add(so_far, k, n);
  add(ahead, k, n);
  add(ahead, so_far, k, n);
  add(depth, k, n);
  add(depth, k1, k, n);
  add(first, so_far, k, n);
  add(marked_, k, n);
  add(marked_, ahead, k, n);
  add(before, after, k, n);
  add(before, std::min<int>(so_far, 6), k, n);
  add(after, k, n, n1);
  add(first, k, n);
}

namespace {

/// Where the weights begin whose features open with the same 13 bits: features are hashes, so a few
/// rows share them, and reading those is five times faster than halving the table 15 times.
class WeightIndex {
 public:
  WeightIndex() {
    for (const BoundaryWeight& row : kBoundaryWeights) ++first_[(row.feature >> kShift) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
  }
  int weight(std::uint32_t feature) const {
    const std::size_t bits = feature >> kShift;
    for (std::uint32_t row = first_[bits]; row < first_[bits + 1]; ++row) {
      if (kBoundaryWeights[row].feature == feature) return kBoundaryWeights[row].weight;
    }
    return 0;
  }

 private:
  static constexpr int kShift = 32 - 13;
  std::array<std::uint32_t, (1U << 13U) + 1> first_{};
};

}  // namespace

int boundary_score(std::span<const std::uint32_t> features) {
  static const WeightIndex index;
  int out = 0;
  for (const std::uint32_t feature : features) out += index.weight(feature);
  return out;
}

}  // namespace tercet
