#include <charconv>
#include <map>

#include "base/error.h"
#include "base/utf8.h"
#include "graph/query.h"

namespace tercet {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Parser {
 public:
  Parser(std::string_view text, const EdgeFilter& defaults) : text_(text), defaults_(defaults) {}

  Query parse() {
    do {
      pattern();
    } while (take(',') || take(';'));
    if (!at_end()) fail("an edge, ',' or the end");
    return std::move(query_);
  }

 private:
  [[noreturn]] void fail_at(std::size_t at, const std::string& expected) const {
    throw Error(Error::Code::Usage, "expected " + expected,
                {"query", 1, static_cast<std::uint32_t>(at + 1)},
                "for example: '?c -[acquires]-> \"Some Company\"'");
  }
  [[noreturn]] void fail(const std::string& expected) {
    skip_space();
    fail_at(at_, expected);
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool at_end() {
    skip_space();
    return at_ == text_.size();
  }
  bool looks_at(std::string_view word) {
    skip_space();
    return text_.substr(at_).starts_with(word);
  }
  bool take(std::string_view word) {
    if (!looks_at(word)) return false;
    at_ += word.size();
    return true;
  }
  bool take(char c) { return take(std::string_view(&c, 1)); }

  // A hyphen belongs to a word only inside it: "so-called", but not "a-[r]".
  bool is_word_at(std::size_t i) const {
    if (i >= text_.size()) return false;
    const char c = text_[i];
    if (c == '-')
      return i > at_ && i + 1 < text_.size() && text_[i + 1] != '-' && is_word_at(i + 1);
    constexpr std::string_view kMarks = ",;:?*|=<>\"[](){}!";
    return !is_space(c) && kMarks.find(c) == std::string_view::npos;
  }
  std::string word(const std::string& expected) {
    skip_space();
    std::size_t end = at_;
    while (end < text_.size() && is_word_at(end)) ++end;
    if (end == at_) fail_at(at_, expected);
    std::string out(text_.substr(at_, end - at_));
    at_ = end;
    return out;
  }
  std::string quoted() {
    const std::size_t begin = at_ - 1;
    std::string out;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        if (out.empty()) fail_at(begin, "a name between the quotes");
        return out;
      }
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_];
    }
    fail_at(begin, "a closing quote for this one");
  }
  std::string word_or_quoted(const std::string& expected) {
    return take('"') ? quoted() : word(expected);
  }

  void pattern() {
    std::uint32_t left = node();
    while (looks_at("-") || looks_at("<-")) {
      Query::EdgeTerm edge;
      edge.filter = defaults_;
      edge.left = left;
      const bool points_left = take('<');
      if (!take("-[")) fail(points_left ? "-[ after <" : "-[");
      relations(edge);
      filters(edge.filter);
      if (!take(']')) fail("], |, or a filter such as state=any");
      steps(edge);
      if (points_left) {
        edge.direction = Query::Direction::In;
        if (!take('-')) fail("-");
      } else if (take("->")) {
        edge.direction = Query::Direction::Out;
      } else {
        edge.direction = Query::Direction::Either;
        if (!take('-')) fail("-> or -");
      }
      edge.right = left = node();
      query_.edges.push_back(std::move(edge));
    }
  }

  std::uint32_t node() {
    Query::NodeTerm term;
    skip_space();
    if (take('?')) {
      if (is_word_at(at_)) term.variable = word("a name");
    } else {
      term.name = word_or_quoted("a ?variable, a \"name\" or a word");
    }
    if (take(':')) term.type = word_or_quoted("a type");
    if (!term.variable.empty()) {
      if (relation_variables_.contains(term.variable)) fail("a variable that is no relation");
      const auto [it, is_new] =
          variables_.try_emplace(term.variable, static_cast<std::uint32_t>(query_.nodes.size()));
      if (!is_new) {
        std::string& type = query_.nodes[it->second].type;
        if (type.empty())
          type = term.type;
        else if (!term.type.empty() && type != term.type)
          fail("the same type as before");
        return it->second;
      }
    }
    if (query_.nodes.size() == kMostTerms) fail("fewer things in one query");
    query_.nodes.push_back(std::move(term));
    return static_cast<std::uint32_t>(query_.nodes.size() - 1);
  }

  void relations(Query::EdgeTerm& edge) {
    if (take('*')) return;
    if (take('?')) {
      skip_space();
      if (is_word_at(at_)) edge.variable = word("a name");
      if (variables_.contains(edge.variable)) fail("a variable that is no thing");
      if (!edge.variable.empty()) relation_variables_[edge.variable] = true;
      return;
    }
    if (looks_at("]")) return;
    // A word that is followed by an operator is a filter, and there is no relation.
    const std::size_t begin = at_;
    do {
      std::string name = word_or_quoted("a relation, ?variable, * or ]");
      skip_space();
      if (edge.relations.empty() && (looks_at("=") || looks_at("<") || looks_at(">"))) {
        at_ = begin;
        return;
      }
      edge.relations.push_back(std::move(name));
    } while (take('|'));
  }

  void steps(Query::EdgeTerm& edge) {
    if (!take('{')) return;
    const std::size_t begin = at_;
    edge.least = number();
    edge.most = edge.least;
    if (take(',')) edge.most = looks_at("}") ? kMostSteps : number();
    if (!take('}')) fail("} or ,");
    if (edge.least < 1 || edge.most < edge.least || edge.most > kMostSteps) {
      fail_at(begin, "1 to " + std::to_string(kMostSteps) + " steps, the smaller number first");
    }
    if (!edge.variable.empty())
      fail_at(begin, "no steps where ?" + edge.variable + " is asked for");
  }

  std::uint32_t number() {
    skip_space();
    std::uint32_t value = 0;
    const auto [end, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc()) fail_at(at_, "a number of steps");
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }

  void filters(EdgeFilter& filter) {
    bool said_state = false, said_polarity = false, said_modality = false;
    while (!at_end() && !looks_at("]")) {
      const std::size_t begin = at_;
      const std::string key = word("a filter or ]");
      std::string op;
      for (const char* one : {">=", "<=", "="}) {
        if (op.empty() && take(std::string_view(one))) op = one;
      }
      if (op.empty()) fail("=, >= or <=");
      const bool equals = op == "=";
      if ((key == "state" || key == "polarity" || key == "modality" || key == "doc") && !equals) {
        fail_at(begin, key + "=");
      }
      do {
        skip_space();
        const std::size_t place = at_;
        const std::string value = value_word();
        if (key == "state") {
          if (!said_state) filter.states = 0;
          said_state = true;
          filter.states = static_cast<std::uint8_t>(filter.states | state_bits(value, place));
        } else if (key == "polarity") {
          if (!said_polarity) filter.polarities = 0;
          said_polarity = true;
          const auto polarity = polarity_named(value);
          if (!polarity) fail_at(place, "positive or negative");
          filter.polarities =
              static_cast<std::uint8_t>(filter.polarities | 1u << static_cast<unsigned>(*polarity));
        } else if (key == "modality") {
          if (!said_modality) filter.modalities = 0;
          said_modality = true;
          const auto modality = modality_named(value);
          if (!modality) {
            fail_at(place, "asserted, possible, hypothetical, conditional or intended");
          }
          filter.modalities =
              static_cast<std::uint8_t>(filter.modalities | 1u << static_cast<unsigned>(*modality));
        } else if (key == "confidence") {
          confidence(filter, op, value, place);
        } else if (key == "date") {
          date(filter, op, value, place);
        } else if (key == "doc") {
          filter.document = value;
          if (take('*')) filter.document += '*';
        } else {
          fail_at(begin, "state, polarity, modality, confidence, date or doc");
        }
      } while (take('|'));
    }
  }

  // Values may hold characters that part words elsewhere: paths, numbers, dates.
  std::string value_word() {
    if (take('"')) return quoted();
    std::size_t end = at_;
    while (end < text_.size() && !is_space(text_[end]) && text_[end] != ']' && text_[end] != '|' &&
           text_[end] != '*') {
      ++end;
    }
    if (end == at_) fail_at(at_, "a value");
    std::string out(text_.substr(at_, end - at_));
    at_ = end;
    return out;
  }

  std::uint8_t state_bits(const std::string& value, std::size_t place) const {
    if (value == "any") return kAllStates;
    for (unsigned i = 0; i < 4; ++i) {
      if (value == name_of(static_cast<EdgeState>(i))) return static_cast<std::uint8_t>(1u << i);
    }
    fail_at(place, "asserted, disputed, denied, unasserted or any");
  }

  void confidence(EdgeFilter& filter, const std::string& op, const std::string& value,
                  std::size_t place) const {
    double number = -1;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || !(number >= 0) ||
        number > 1) {
      fail_at(place, "a number from 0 to 1");
    }
    if (op != "<=") filter.min_confidence = number;
    if (op != ">=") filter.max_confidence = number;
  }

  void date(EdgeFilter& filter, const std::string& op, const std::string& value,
            std::size_t place) const {
    const std::optional<DateRange> range = date_range(value);
    if (!range) fail_at(place, "a date such as 2024, 2024-05, \"Q3 2024\" or \"May 5, 2024\"");
    if (!filter.dates) filter.dates = DateRange{0, 99999999};
    if (op != "<=") filter.dates->first = range->first;
    if (op != ">=") filter.dates->last = range->last;
  }

  static constexpr std::size_t kMostTerms = 64;
  std::string_view text_;
  EdgeFilter defaults_;
  std::size_t at_ = 0;
  Query query_;
  std::map<std::string, std::uint32_t> variables_;
  std::map<std::string, bool> relation_variables_;
};

}  // namespace

Query parse_query(std::string_view text, const EdgeFilter& defaults) {
  if (!is_valid_utf8(text)) throw Error(Error::Code::Usage, "the query is not UTF-8");
  return Parser(text, defaults).parse();
}

}  // namespace tercet
