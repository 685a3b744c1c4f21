#include "extract/entity/coreference.h"

#include <algorithm>

namespace tercet {
namespace {

bool is_argument(Deprel deprel) {
  return is_subject(deprel) || deprel == Deprel::Obj || deprel == Deprel::Iobj ||
         deprel == Deprel::Obl || deprel == Deprel::OblAgent;
}

/// The token whose relation to the clause counts: the first of a coordination.
int first_conjunct(const Words& words, int token) {
  while (words[token].deprel == Deprel::Conj && words[token].head >= 0 &&
         words[words[token].head].upos != Upos::Verb) {
    token = words[token].head;
  }
  return token;
}

}  // namespace

char role_of(const Words& words, int token) {
  const Deprel deprel = words[first_conjunct(words, token)].deprel;
  if (is_subject(deprel)) return 's';
  switch (deprel) {
    case Deprel::Obj:
    case Deprel::Iobj:
      return 'o';
    case Deprel::NmodPoss:
      return 'p';
    case Deprel::Nmod:
    case Deprel::Compound:
    case Deprel::NmodDesc:
      return 'n';
    default:
      return 'x';
  }
}

bool is_expletive(const Words& words, int token) {
  const Token& it = words[token];
  if (it.deprel == Deprel::Expl) return true;
  if (it.head < 0 || !is_subject(it.deprel) || words.lower(token) != "it") return false;
  const Token& head = words[it.head];
  const bool copular = words.child(it.head, Deprel::Cop) >= 0;
  for (const int child : words.children(it.head)) {
    const Deprel deprel = words[child].deprel;
    if (deprel == Deprel::Csubj || deprel == Deprel::CsubjPass) return true;
    if (deprel != Deprel::Ccomp && deprel != Deprel::Xcomp && deprel != Deprel::Advcl) continue;
    const int mark = words.child(child, Deprel::Mark);
    const bool to = mark >= 0 && words.lower(mark) == "to";
    const bool that = mark >= 0 && words.lower(mark) == "that";
    if (copular && head.upos == Upos::Adj && (to || that) && deprel != Deprel::Advcl) return true;
    if (that && deprel == Deprel::Ccomp &&
        (it.deprel == Deprel::NsubjPass || words.lemma(it.head) == "seem" ||
         words.lemma(it.head) == "appear" || words.lemma(it.head) == "mean")) {
      return true;
    }
  }
  return false;
}

bool are_coarguments(const Words& words, const Anaphor& anaphor, const Candidate& candidate) {
  if (anaphor.role == 'p' || candidate.sentence != anaphor.sentence) return false;
  const std::string& low = words.lower(anaphor.token);
  if (low.ends_with("sel") || low.ends_with("self") || low.ends_with("selves")) return false;
  const int a = first_conjunct(words, anaphor.token), b = first_conjunct(words, candidate.token);
  return words[a].head == words[b].head && is_argument(words[a].deprel) &&
         is_argument(words[b].deprel);
}

bool may_corefer(const Words& words, const Anaphor& anaphor, const Candidate& candidate) {
  const bool person = candidate.type == "Person";
  if (anaphor.kind == "he" || anaphor.kind == "she") {
    if (!candidate.person || candidate.plural) return false;
    if (candidate.gender != 0 && (candidate.gender == 'm') != (anaphor.kind == "he")) return false;
  } else if (anaphor.kind == "it") {
    if (candidate.plural || (person && candidate.name)) return false;
    if (candidate.type == "Quantity" || candidate.type == "Date") return false;
  } else if (anaphor.kind == "they") {
    if (!candidate.plural && !candidate.name && candidate.type != "Organization" &&
        candidate.type != "MarketSegment" && candidate.type != "Person") {
      return false;
    }
    if (candidate.name && (candidate.type == "Place" || candidate.type == "Date")) return false;
  } else if (anaphor.kind == "these") {
    if (!candidate.plural) return false;
  } else if (anaphor.kind == "this") {
    if (candidate.plural || candidate.name) return false;
  }
  if (candidate.sentence != anaphor.sentence) return true;
  if (candidate.token == anaphor.token) return false;
  // The possessor of a phrase is not the phrase, and two arguments of one verb are two things.
  if (words.is_below(anaphor.token, candidate.token)) {
    const bool relative = [&] {
      for (int i = anaphor.token; i >= 0 && i != candidate.token; i = words[i].head) {
        if (words[i].deprel == Deprel::AclRelcl || words[i].deprel == Deprel::Acl ||
            words[i].deprel == Deprel::Conj || words[i].deprel == Deprel::Appos) {
          return true;
        }
      }
      return false;
    }();
    const bool clause = words[candidate.token].upos == Upos::Verb;
    if (!relative && !clause) return false;
  }
  if (words.is_below(candidate.token, anaphor.token)) return false;
  if (are_coarguments(words, anaphor, candidate)) return false;
  return true;
}

namespace {

/// "Once a customer signs, they stay": the candidate is the subject of a clause in front, the
/// pronoun that of the clause it opens.
bool opens_for(const Words& words, const Candidate& candidate, const Anaphor& anaphor) {
  if (candidate.role != 's' || anaphor.role != 's' || candidate.token > anaphor.token) return false;
  const int verb = words[first_conjunct(words, candidate.token)].head;
  if (verb < 0 || words[verb].deprel != Deprel::Advcl) return false;
  return words[verb].head >= 0 && words[verb].head == words[anaphor.token].head;
}

}  // namespace

std::vector<std::pair<std::string, double>> coreference_features(const Words& words,
                                                                 const Anaphor& anaphor,
                                                                 const Candidate& candidate,
                                                                 int between) {
  std::vector<std::pair<std::string, double>> out;
  const std::string kind = anaphor.kind.starts_with("the ") ? "the" : anaphor.kind;
  const int distance = std::min(anaphor.sentence - candidate.sentence, 4);
  const auto add = [&](const std::string& feature, double value = 1) {
    out.emplace_back(feature, value);
    out.emplace_back(kind + ' ' + feature, value);
    if (anaphor.role == 'p') out.emplace_back(kind + "'s " + feature, value);
  };
  add("distance=" + std::to_string(distance));
  add(std::string("role=") + candidate.role + (distance == 0 ? "0" : ""));
  add("type=" + candidate.type + (candidate.name ? "+" : ""));
  if (candidate.name) add("name");
  if (distance > 0) add("at=" + std::to_string(distance) + candidate.role);
  if (candidate.topic) add("topic");
  if (candidate.title) add("title");
  if (candidate.opens) add(distance == 0 ? "opens0" : "opens");
  if (candidate.plural) add("plural");
  if (candidate.heading) add("heading");
  if (anaphor.block != candidate.block) add("block");
  if (anaphor.role == candidate.role && distance > 0) add("parallel");
  double often = 0;
  for (int n = candidate.count; n > 1; n /= 2) often += 1;
  add("often", often);
  double far = 0;
  for (int n = between; n > 0; n /= 2) far += 1;
  add("between", far);
  if (distance == 0 && opens_for(words, candidate, anaphor)) add("framed");
  if (distance == 0) {
    // The subject of the clause the pronoun stands in, or of one above it.
    int level = 0;
    bool found = false;
    for (int i = anaphor.token; i >= 0 && !found; i = words[i].head) {
      for (const int child : words.children(i)) {
        if (!is_subject(words[child].deprel) || child == anaphor.token) continue;
        if (child == candidate.token || first_conjunct(words, candidate.token) == child) {
          add(level == 0 ? "subject0" : "subject1");
          found = true;
        }
        ++level;
      }
    }
    // "customers ... to their data centers": below the same verb as the candidate.
    if (words[candidate.token].head >= 0 && !found &&
        words.is_below(anaphor.token, words[candidate.token].head)) {
      add("command");
    }
  }
  return out;
}

double coreference_score(const EntityTables& tables,
                         const std::vector<std::pair<std::string, double>>& features) {
  double sum = 0;
  for (const auto& [feature, value] : features) {
    const auto found = tables.coreference.find(feature);
    if (found != tables.coreference.end()) sum += found->second * value;
  }
  return sum;
}

}  // namespace tercet
