#include "extract/open/minimise.h"

#include <algorithm>
#include <string_view>

#include "base/json.h"
#include "base/one_of.h"
#include "extract/clause/condition_words.h"
#include "extract/clause/tree_index.h"
#include "extract/entity/literal.h"
#include "extract/open/spans.h"

namespace tercet {
namespace {

bool plain(const Stance& stance) {
  return stance.polarity == Polarity::Positive && stance.modality == Modality::Asserted;
}

class Minimiser {
 public:
  Minimiser(const AnalysedDocument& document, const DocumentClauses& clauses,
            const OpenTuple& tuple)
      : sentence_(document.tree(tuple.sentence_index)),
        text_(document.block_of(tuple.sentence_index).text),
        tree_(text_, sentence_),
        clauses_(clauses.clauses[static_cast<std::size_t>(tuple.sentence_index)]),
        tuple_(tuple),
        quantities_(find_literals(Words(text_, sentence_))) {
    std::erase_if(quantities_,
                  [](const Literal& one) { return one.kind != Literal::Kind::Quantity; });
  }

  MinimalTuple minimal(const Stance& stance) {
    out_.polarity = stance.polarity;
    out_.modality = stance.modality;
    out_.subject = part(tuple_.subject_words, tuple_.subject);
    out_.relation = relation(stance);
    for (std::size_t i = 0; i < tuple_.args.size(); ++i) {
      out_.args.push_back(part(tuple_.arg_words[i], tuple_.args[i]));
    }
    if (stance.attributed_to >= 0) {
      out_.attributed_to = words_of(tree_, phrase(tree_, stance.attributed_to));
    }
    return std::move(out_);
  }

 private:
  const Token& token(int i) const { return sentence_.tokens[static_cast<std::size_t>(i)]; }

  /// A statement inside a tuple is not cut: its own words say how it is meant.
  bool states(const std::vector<int>& tokens) const {
    return std::ranges::any_of(tokens, [&](int t) {
      return token(t).upos == Upos::Verb && std::ranges::any_of(tree_.children(t), [&](int child) {
               return is_subject(token(child).deprel) || token(child).upos == Upos::Aux;
             });
    });
  }

  /// The number with its sign and power, "about" included: "$3 billion", without what it counts.
  std::vector<int> number_of(const Literal& one) const {
    std::vector<int> out;
    int last = -1;
    for (int t = one.first; t < one.last; ++t) {
      const Upos upos = token(t).upos;
      if (upos == Upos::Num || upos == Upos::Sym ||
          one_of(tree_.lower(t), {"percent", "dollars", "euros", "pounds", "yen", "hundred",
                                  "thousand", "million", "billion", "trillion", "dozen"})) {
        last = t;
      }
    }
    for (int t = one.first; t <= last; ++t) out.push_back(t);
    return out;
  }

  bool goes(int t, const std::vector<int>& tokens) const {
    const Token& one = token(t);
    if (one.upos == Upos::Det) {
      if (one_of(tree_.lower(t), {"no", "neither"})) return out_.polarity == Polarity::Negative;
      return one_of(tree_.lower(t), {"a", "an", "the", "this", "that", "these", "those"});
    }
    // "only", "very" and "reportedly" go, "yesterday" and "there" are what is said.
    return one.upos == Upos::Adv && one.deprel == Deprel::Advmod &&
           std::ranges::find(tokens, one.head) != tokens.end();
  }

  std::string part(const std::vector<int>& tokens, const std::string& words) {
    if (tokens.empty() || states(tokens)) return words;
    std::vector<int> kept;
    for (const int t : tokens) {
      if (!goes(t, tokens)) kept.push_back(t);
    }
    while (kept.size() > 1 && token(kept.back()).upos == Upos::Punct) kept.pop_back();
    while (kept.size() > 1 && token(kept.front()).upos == Upos::Punct) kept.erase(kept.begin());
    if (kept.empty()) return words;
    std::string out;
    std::vector<int> run;
    const auto flush = [&] {
      if (run.empty()) return;
      if (!out.empty()) out += ' ';
      out += words_of(tree_, run);
      run.clear();
    };
    for (std::size_t i = 0; i < kept.size();) {
      const std::vector<int> number = quantity_at(kept, i);
      if (number.empty()) {
        run.push_back(kept[i++]);
        continue;
      }
      flush();
      out_.quantities.push_back(words_of(tree_, number));
      if (!out.empty()) out += ' ';
      out += 'Q' + std::to_string(out_.quantities.size());
      while (i < kept.size() && kept[i] <= number.back()) ++i;
    }
    flush();
    return out;
  }

  /// The number that begins at kept[i], if all its words are kept or went as adverbs.
  std::vector<int> quantity_at(const std::vector<int>& kept, std::size_t i) const {
    for (const Literal& one : quantities_) {
      std::vector<int> number = number_of(one);
      if (number.empty() || number.back() < kept[i]) continue;
      // "about" may have gone already.
      const auto first = std::ranges::find(number, kept[i]);
      if (first == number.end()) continue;
      const bool whole = std::all_of(first, number.end(),
                                     [&](int t) { return std::ranges::binary_search(kept, t); });
      if (whole) return number;
    }
    return {};
  }

  /// "was n't really built by" -> "be built by"; "plans to buy", where that is told as intended,
  /// -> "buy". Words that were put in ("is in", "has") are taken for what they are.
  std::string relation(const Stance& stance) const {
    std::vector<int> tokens = tuple_.relation_words;
    // "failed to buy" is told as a denial of "buy".
    if (tuple_.inner >= 0 && !plain(stance)) {
      const int verb = clauses_[static_cast<std::size_t>(tuple_.inner)].predicate;
      std::erase_if(tokens, [&](int t) {
        return t < verb && (!below(t, verb) || token(t).deprel == Deprel::Mark);
      });
    }
    const auto verb = std::ranges::find_if(tokens, [&](int t) {
      const Upos upos = token(t).upos;
      return upos == Upos::Verb || upos == Upos::Noun || upos == Upos::Adj;
    });
    std::vector<std::string> out;
    std::size_t at = 0;
    std::string word;
    std::vector<std::string> all;
    for (const char c : tuple_.relation + " ") {
      if (c != ' ')
        word += c;
      else if (!word.empty())
        all.push_back(std::exchange(word, {}));
    }
    for (const std::string& one : all) {
      int found = -1;
      for (std::size_t k = at; k < tuple_.relation_words.size() && found < 0; ++k) {
        if (word_at(tuple_.relation_words[k]) == one) {
          found = tuple_.relation_words[k];
          at = k + 1;
        }
      }
      if (found >= 0 && std::ranges::find(tokens, found) == tokens.end()) continue;
      const std::string kept = found < 0 ? put_in(one, out.empty())
                                         : kept_word(found, verb == tokens.end() ? -1 : *verb);
      if (!kept.empty()) out.push_back(kept);
    }
    std::string joined;
    for (const std::string& one : out) joined += joined.empty() ? one : ' ' + one;
    return joined.empty() ? tuple_.relation : joined;
  }

  bool below(int t, int above) const {
    for (int at = t; at >= 0; at = tree_.head(at)) {
      if (at == above) return true;
    }
    return false;
  }

  std::string word_at(int t) const { return std::string(tree_.form(t)); }

  /// A word that is not the text's, or a preposition behind the verb.
  static std::string put_in(const std::string& word, bool first) {
    if (first && one_of(word, {"is", "are", "was", "were"})) return "be";
    if (first && one_of(word, {"has", "had"})) return "have";
    if (first && word == "will") return {};
    return word;
  }

  std::string kept_word(int t, int verb) const {
    const Token& one = token(t);
    if (one.upos == Upos::Aux) {
      const bool joins = one.deprel == Deprel::Cop || one.deprel == Deprel::AuxPass || verb < 0;
      return tree_.lemma(t) == "be" && joins ? "be" : std::string();
    }
    if (one.upos == Upos::Adv && one.deprel == Deprel::Advmod) return {};
    // "has no office in": the sign tells it.
    if (one.upos == Upos::Det && out_.polarity == Polarity::Negative &&
        one_of(tree_.lower(t), {"no", "neither"})) {
      return {};
    }
    if (one.upos == Upos::Part) {
      // "to" stands between two verbs, a denial nowhere.
      return tree_.lower(t) == "to" && verb >= 0 && t > verb ? "to" : std::string();
    }
    if (one.upos == Upos::Verb && one.deprel != Deprel::Case) {
      const bool passive =
          tree_.has(t, Deprel::AuxPass) || (one.xpos == Xpos::VBN && !tree_.has(t, Deprel::Aux));
      return passive ? tree_.lower(t) : tree_.lemma(t);
    }
    return word_at(t);
  }

  const Sentence& sentence_;
  std::string_view text_;
  TreeIndex tree_;
  const std::vector<Clause>& clauses_;
  const OpenTuple& tuple_;
  std::vector<Literal> quantities_;
  MinimalTuple out_;
};

}  // namespace

Stance stance_of_tuple(const AnalysedDocument& document, const DocumentClauses& clauses,
                       const OpenTuple& tuple) {
  const int sentence = tuple.sentence_index;
  if (tuple.by == "according") return {};
  const TreeIndex tree(document.block_of(sentence).text, document.tree(sentence));
  const int subject = head_of(tree, tuple.subject_words);
  if (tuple.clause < 0) {
    // A noun phrase is meant as what governs its words is.
    Stance out = stance_of_word(document, clauses, sentence, tuple.about);
    if (plain(out) && subject >= 0) out = stance_of_word(document, clauses, sentence, subject);
    return out;
  }
  std::vector<int> about;
  if (subject >= 0) about.push_back(subject);
  if (tuple.by != "say" && tuple.about >= 0) about.push_back(tuple.about);
  if (tuple.inner >= 0) {
    const Stance inner = stance_of(document, clauses, sentence, tuple.inner, about);
    if (!plain(inner)) return inner;
  }
  return stance_of(document, clauses, sentence, tuple.clause, about);
}

MinimalTuple minimise(const AnalysedDocument& document, const DocumentClauses& clauses,
                      const OpenTuple& tuple) {
  const Stance stance = stance_of_tuple(document, clauses, tuple);
  MinimalTuple out = Minimiser(document, clauses, tuple).minimal(stance);
  if (!stance.conditions.empty()) {
    out.condition =
        condition_words(document, clauses, stance.conditions.front()).value_or(std::string());
  }
  return out;
}

std::string to_json(const OpenTuple& tuple, const MinimalTuple& minimal) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  const auto text = [&](std::string_view value) {
    writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  const auto texts = [&](const char* key, const std::vector<std::string>& values) {
    writer.Key(key);
    writer.StartArray();
    for (const std::string& one : values) text(one);
    writer.EndArray();
  };
  const auto pair = [&](const char* key, std::string_view value) {
    writer.Key(key);
    text(value);
  };
  writer.StartObject();
  pair("sentence", tuple.sentence);
  pair("subject", tuple.subject);
  pair("relation", tuple.relation);
  texts("args", tuple.args);
  writer.Key("confidence");
  const std::string confidence = decimal(tuple.confidence, 4);
  writer.RawValue(confidence.data(), confidence.size(), rapidjson::kNumberType);
  writer.Key("minimal");
  writer.StartObject();
  pair("subject", minimal.subject);
  pair("relation", minimal.relation);
  texts("args", minimal.args);
  pair("polarity", name_of(minimal.polarity));
  pair("modality", name_of(minimal.modality));
  if (!minimal.condition.empty()) pair("condition", minimal.condition);
  if (!minimal.attributed_to.empty()) pair("attributed_to", minimal.attributed_to);
  if (!minimal.quantities.empty()) texts("quantities", minimal.quantities);
  writer.EndObject();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace tercet
