#include "extract/open/features.h"

#include <algorithm>
#include <string_view>

#include "extract/open/spans.h"

namespace tercet {
namespace {

const char* size_of(std::size_t count) {
  if (count <= 1) return "1";
  if (count <= 2) return "2";
  if (count <= 4) return "4";
  if (count <= 8) return "8";
  return "more";
}

}  // namespace

std::string tense_of(const TreeIndex& tree) {
  for (int i = 0; i < tree.size(); ++i) {
    const Xpos xpos = tree.at(i).xpos;
    if (xpos == Xpos::VBD) return "past";
    if (xpos == Xpos::VBZ || xpos == Xpos::VBP) return "present";
  }
  return "none";
}

std::vector<std::string> tuple_features(const TreeIndex& tree, const TupleParts& parts) {
  using Tokens = std::vector<int>;
  const std::string& rule = parts.rule;
  const Tokens& subject = parts.subject;
  const std::string& relation = parts.relation;
  const std::vector<Tokens>& args = parts.args;
  const int from = head_of(tree, subject), to = head_of(tree, args.front());
  const auto kind = [&](int head) {
    if (head < 0) return std::string("none");
    return std::string(name_of(tree.at(head).upos));
  };
  const auto determiner = [&](int head) -> std::string {
    if (head < 0) return "none";
    const int det = tree.child(head, Deprel::Det);
    if (det >= 0) return tree.lower(det);
    return tree.has(head, Deprel::NmodPoss) ? "poss" : "none";
  };
  std::vector<std::string> out = {
      "bias",
      "rule=" + rule,
      "from=" + kind(from),
      "to=" + kind(to),
      rule + "|kinds=" + kind(from) + '|' + kind(to),
      rule + "|fromsize=" + size_of(subject.size()),
      rule + "|tosize=" + size_of(args.front().size()),
      rule + "|fromdet=" + determiner(from),
      rule + "|todet=" + determiner(to),
      rule + "|args=" + std::to_string(std::min<std::size_t>(args.size(), 4)),
      "words=" + std::string(size_of(parts.relation_words.size())),
      "sentence=" +
          std::to_string(std::min<std::size_t>(static_cast<std::size_t>(tree.size()) / 8, 6)),
  };
  bool comma = false, joined = false, verb = false;
  for (const Tokens& arg : args) {
    for (const int t : arg) {
      comma = comma || tree.form(t) == ",";
      joined = joined || tree.at(t).upos == Upos::Cconj;
      verb = verb || tree.at(t).upos == Upos::Verb;
    }
  }
  int depth = 0;
  for (int at = to; at >= 0 && depth < 6; at = tree.at(at).head) ++depth;
  out.push_back("depth=" + std::to_string(depth));
  out.push_back(rule + "|depth=" + std::to_string(depth));
  if (comma) out.push_back("argcomma");
  if (joined) out.push_back("argjoined");
  if (verb) out.push_back(rule + "|argverb");
  const bool subject_joined =
      std::ranges::any_of(subject, [&](int t) { return tree.at(t).upos == Upos::Cconj; });
  if (subject_joined) out.push_back("subjectjoined");
  if (from >= 0 && tree.at(from).upos == Upos::Pron) out.push_back("pronoun=" + tree.lower(from));
  if (to >= 0 && tree.at(to).deprel != Deprel::Root) {
    out.push_back(rule + "|deprel=" + std::string(name_of(tree.at(to).deprel)));
  }
  const std::size_t space = relation.rfind(' ');
  const std::string last = space == std::string::npos ? relation : relation.substr(space + 1);
  if (parts.clause == nullptr) {
    const std::string first = relation.substr(0, relation.find(' '));
    out.push_back("tense=" + first + '|' + tense_of(tree));
    out.push_back(rule + "|tense=" + first + '|' + tense_of(tree));
    out.push_back(rule + "|relation=" + last);
    out.push_back(rule + "|relation=" + last + '|' + kind(from) + '|' + kind(to));
    if (from >= 0 && tree.at(from).upos == Upos::Noun) {
      const std::string& lemma = tree.lemma(from);
      if (lemma.size() > 4) out.push_back(rule + "|ending=" + lemma.substr(lemma.size() - 3));
      out.push_back(rule + "|noun=" + lemma);
    }
    if (from >= 0) out.push_back(rule + "|at=" + std::string(name_of(tree.at(from).deprel)));
    return out;
  }
  const Clause& of = *parts.clause;
  out.push_back("link=" + std::string(name_of(of.link)));
  out.push_back(rule + "|link=" + std::string(name_of(of.link)) + (of.finite ? "" : "|infinite"));
  out.push_back("marker=" + of.marker);
  if (!parts.adverbial.empty()) {
    out.push_back("adverbial=" + parts.adverbial);
    out.push_back(rule + "|adverbial=" + parts.adverbial);
  }
  if (rule.starts_with("noun") || rule.starts_with("pred") || rule == "cop.noun" ||
      rule.starts_with("chain")) {
    out.push_back(rule + "|preposition=" + last);
    out.push_back(rule + "|verb=" + tree.lemma(of.predicate));
    out.push_back(rule +
                  "|long=" + size_of(static_cast<std::size_t>(std::ranges::count(relation, ' '))));
  }
  for (const Argument& argument : of.arguments) {
    if (argument.inherited) continue;
    if (argument.role == Role::Complement && parts.adverbial.empty())
      out.push_back(rule + "|has=" + std::string(name_of(tree.at(argument.head).deprel)));
    if (argument.role == Role::Adverbial && parts.adverbial.empty())
      out.push_back(rule + "|hasadv=" + argument.preposition);
  }
  out.push_back("verb=" + tree.lemma(of.predicate));
  if (of.passive) out.push_back("passive");
  for (const Argument& argument : of.arguments) {
    if (argument.role != Role::Subject) continue;
    if (argument.inherited) out.push_back(rule + "|inherited");
    if (argument.head > of.predicate) out.push_back(rule + "|inverted");
    break;
  }
  return out;
}

}  // namespace tercet
