#include "export/triple_facts.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "base/error.h"
#include "base/utf8.h"
#include "export/iri.h"
#include "export/text.h"
#include "export/vocabulary.h"

namespace tercet {
namespace {

std::string_view after_last(std::string_view text, std::string_view marks) {
  const std::size_t at = text.find_last_of(marks);
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

template <typename Unsigned>
std::optional<Unsigned> whole_number(std::string_view text) {
  Unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> real_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string clock_time(std::uint32_t seconds) {
  const auto two = [](std::uint32_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  return two(seconds / 3600) + ':' + two(seconds / 60 % 60) + ':' + two(seconds % 60);
}

}  // namespace

TripleFacts::Word TripleFacts::word(std::string_view text) {
  const auto found = index_.find(text);
  if (found != index_.end()) return found->second;
  words_.emplace_back(text);
  const Word id = static_cast<Word>(words_.size() - 1);
  index_.emplace(words_.back(), id);
  return id;
}

void TripleFacts::add(std::string_view subject, std::string_view predicate, std::string_view object,
                      bool is_link) {
  const Word s = word(subject), p = word(predicate);
  triples_.push_back({s, p, word(object), is_link});
}

/// One reading of all triples.
class FactsOfTriples {
 public:
  FactsOfTriples(const TripleFacts& all, const std::string& file) : all_(all), file_(file) {
    // Subjects by their first triple; a word's number grows in the order of first use.
    triples_ = all.triples_;
    std::vector<Word> rank(all.words_.size(), kNone);
    Word ranks = 0;
    for (const Triple& triple : triples_) {
      if (rank[triple.subject] == kNone) rank[triple.subject] = ranks++;
    }
    std::stable_sort(triples_.begin(), triples_.end(), [&](const Triple& a, const Triple& b) {
      return std::pair(rank[a.subject], a.predicate) < std::pair(rank[b.subject], b.predicate);
    });
    first_.assign(all.words_.size(), 0);
    end_.assign(all.words_.size(), 0);
    for (std::size_t i = triples_.size(); i-- > 0;) {
      first_[triples_[i].subject] = i;
      if (end_[triples_[i].subject] == 0) end_[triples_[i].subject] = i + 1;
    }
    for (std::size_t i = 0; i < properties().size(); ++i) {
      const Iri iri = properties()[i].iri;
      terms_.push_back(find(namespace_iri(iri.space, "") + std::string(iri.local)));
    }
    type_ = find(namespace_iri(Namespace::Rdf, "") + "type");
    unasserted_ = find(namespace_iri(Namespace::Kg, "") + "UnassertedClaim");
    entity_ = find(namespace_iri(Namespace::Kg, "") + "Entity");
  }

  FactFile run() {
    for_each_subject([&](Word subject) {
      if (is_claim(subject)) read_claim(subject);
    });
    read_plain();
    read_documents();
    return std::move(out_);
  }

 private:
  using Word = TripleFacts::Word;
  using Triple = TripleFacts::Triple;
  static constexpr Word kNone = ~Word{0};
  static constexpr std::size_t kMostSelectors = 16;

  Word find(const std::string& text) const {
    const auto found = all_.index_.find(text);
    return found == all_.index_.end() ? kNone : found->second;
  }
  const std::string& text_of(Word word) const { return all_.words_[word]; }
  Word term(Term term) const { return terms_[static_cast<std::size_t>(term)]; }

  template <typename Visit>
  void for_each_subject(const Visit& visit) const {
    for (std::size_t i = 0; i < triples_.size(); ++i) {
      if (i == 0 || triples_[i].subject != triples_[i - 1].subject) visit(triples_[i].subject);
    }
  }

  // The triples of a subject with one predicate, in the file's order; O(log n), because a claim
  // may name a node that has a million of them.
  std::span<const Triple> values(Word subject, Word predicate) const {
    if (predicate == kNone) return {};
    const auto all = std::span(triples_).subspan(first_[subject], end_[subject] - first_[subject]);
    const auto found = std::ranges::equal_range(all, predicate, {}, &Triple::predicate);
    return {found.begin(), found.end()};
  }
  std::optional<Word> value(Word subject, Term wanted) const {
    const auto found = values(subject, term(wanted));
    return found.empty() ? std::nullopt : std::optional(found.front().object);
  }
  std::string text(Word subject, Term wanted) const {
    const auto found = value(subject, wanted);
    return found ? text_of(*found) : std::string();
  }

  bool is_claim(Word subject) const {
    return value(subject, Term::Subject) && value(subject, Term::Predicate) &&
           value(subject, Term::Object);
  }

  [[noreturn]] void fail(Word subject, const std::string& what) const {
    throw Error(Error::Code::Schema, printable(text_of(subject)) + ": " + what, {file_, 0, 0});
  }

  // The exact name of a node, its label, or what its IRI says.
  std::string name_of_node(Word node, bool underscore_is_space) const {
    if (const auto raw = value(node, Term::RawName)) return from_raw_text(text_of(*raw));
    if (const auto label = value(node, Term::Label); label && !text_of(*label).empty()) {
      return text_of(*label);
    }
    std::string local(after_last(text_of(node), "/#"));
    if (local.empty()) return text_of(node);
    if (underscore_is_space) std::ranges::replace(local, '_', ' ');
    const std::string name = percent_decoded(local);
    return is_valid_utf8(name) && !name.empty() ? name : local;
  }

  std::string type_of_node(Word node) const {
    if (const auto raw = value(node, Term::RawType)) return from_raw_text(text_of(*raw));
    if (const auto type = value(node, Term::EntityType)) return text_of(*type);
    for (const Triple& triple : values(node, type_)) {
      if (!triple.is_link || triple.object == entity_) continue;
      const std::string local = percent_decoded(after_last(text_of(triple.object), "/#:"));
      if (is_valid_utf8(local)) return local;
    }
    return {};
  }

  // A claim's IRI ends in claim/ID.
  std::string id_of_claim(Word claim) const {
    if (const auto raw = value(claim, Term::RawName)) return from_raw_text(text_of(*raw));
    std::string id = percent_decoded(after_last(text_of(claim), "/#:"));
    return is_valid_utf8(id) ? id : text_of(claim);
  }

  // What follows document/ under the base, which the IRI of a claim shows.
  std::string id_of_document(Word document) const {
    if (const auto raw = value(document, Term::RawName)) return from_raw_text(text_of(*raw));
    const std::string& iri = text_of(document);
    if (!base_.empty() && iri.starts_with(base_ + "document/")) {
      return percent_decoded(std::string_view(iri).substr(base_.size() + 9));
    }
    return iri;
  }

  void learn_base(const std::string& iri) {
    if (!base_.empty()) return;
    const std::size_t at = iri.rfind("claim/");
    if (at != std::string::npos && at > 0) base_ = iri.substr(0, at);
  }

  void read_claim(Word claim) {
    Fact fact;
    learn_base(text_of(claim));
    const Word subject = *value(claim, Term::Subject), object = *value(claim, Term::Object);
    const Word predicate = *value(claim, Term::Predicate);
    claimed_.insert({subject, predicate, object});
    fact.id = id_of_claim(claim);
    fact.subject = name_of_node(subject, true);
    fact.object = name_of_node(object, true);
    fact.subject_type = type_of_node(subject);
    fact.object_type = type_of_node(object);
    fact.relation = name_of_node(predicate, false);
    read_status(claim, fact);
    for (const Triple& triple : values(claim, term(Term::Condition))) {
      if (triple.is_link) fact.condition_facts.push_back(id_of_claim(triple.object));
    }
    if (const auto words = value(claim, Term::ConditionText)) fact.condition = text_of(*words);
    for (const auto& [name, member] : qualifier_terms())
      fact.qualifiers.*member = text(claim, name);
    if (const auto confidence = value(claim, Term::Confidence)) {
      const auto number = real_number(text_of(*confidence));
      if (!number || !(*number >= 0 && *number <= 1)) fail(claim, "confidence is not from 0 to 1");
      fact.confidence = *number;
    }
    fact.by = text(claim, Term::Method);
    fact.sentence = text(claim, Term::Sentence);
    fact.subject_text = words(claim, Term::SubjectText, Term::RawSubjectText, fact.subject);
    fact.object_text = words(claim, Term::ObjectText, Term::RawObjectText, fact.object);
    fact.subject_antecedent = antecedent(claim, Term::SubjectStandsFor, Term::SubjectStandsForLine);
    fact.object_antecedent = antecedent(claim, Term::ObjectStandsFor, Term::ObjectStandsForLine);
    read_selector(claim, fact);
    if (const auto place = value(claim, Term::Evidence)) {
      read_place(*place, fact);
    } else if (value(claim, Term::Source)) {
      read_place(claim, fact);
    }
    out_.facts.push_back(std::move(fact));
  }

  std::string words(Word claim, Term said, Term raw, const std::string& name) const {
    if (const auto exact = value(claim, raw)) return from_raw_text(text_of(*exact));
    const auto plain = value(claim, said);
    return plain ? text_of(*plain) : name;
  }

  void read_status(Word claim, Fact& fact) const {
    if (const auto word = value(claim, Term::Polarity)) {
      const auto polarity = polarity_named(text_of(*word));
      if (!polarity) fail(claim, "polarity is neither positive nor negative");
      fact.polarity = *polarity;
    }
    if (const auto word = value(claim, Term::Modality)) {
      const auto modality = modality_named(text_of(*word));
      if (!modality) fail(claim, "modality is not one of the contract's");
      fact.modality = *modality;
    }
    // Another vocabulary's doubt must not be lost: what is called unasserted never becomes a fact.
    for (const Triple& triple : values(claim, type_)) {
      if (triple.object == unasserted_ && fact.asserted()) fact.modality = Modality::Possible;
    }
  }

  std::optional<Antecedent> antecedent(Word claim, Term words, Term line) const {
    const auto found = value(claim, words);
    if (!found) return std::nullopt;
    return Antecedent{text_of(*found), whole_number<std::uint32_t>(text(claim, line)).value_or(0)};
  }

  // `place` has the source, selectors or their values, line, time; or is the document itself.
  void read_place(Word place, Fact& fact) {
    const auto source = value(place, Term::Source);
    const Word document = source ? *source : place;
    fact.doc = id_of_document(document);
    documents_.insert(document);
    if (!source) return;
    read_selector(place, fact);
    const auto selectors = values(place, term(Term::Selector));
    for (const Triple& triple : selectors.first(std::min(selectors.size(), kMostSelectors))) {
      if (triple.is_link) read_selector(triple.object, fact);
    }
    fact.line = whole_number<std::uint32_t>(text(place, Term::Line)).value_or(0);
    if (const auto seconds = real_number(text(place, Term::Timestamp));
        seconds && *seconds >= 0 && *seconds < 36'000'000) {
      fact.timestamp = clock_time(static_cast<std::uint32_t>(*seconds));
    }
    if (const auto url = value(place, Term::Url)) fact.url = text_of(*url);
  }

  void read_selector(Word node, Fact& fact) const {
    if (const auto start = whole_number<std::uint64_t>(text(node, Term::Start)))
      fact.start = *start;
    if (const auto end = whole_number<std::uint64_t>(text(node, Term::End))) fact.end = *end;
    if (const auto words = value(node, Term::Exact)) fact.evidence = text_of(*words);
    if (fact.end < fact.start) fail(node, "ends before it starts");
  }

  // Links that no claim speaks of: another program's graph.
  void read_plain() {
    static constexpr std::string_view kOwl = "http://www.w3.org/2002/07/owl#";
    std::set<Word> known(terms_.begin(), terms_.end());
    known.insert(type_);
    for (const Triple& triple : triples_) {
      if (!triple.is_link || known.count(triple.predicate) > 0) continue;
      if (claimed_.count({triple.subject, triple.predicate, triple.object}) > 0) continue;
      const std::string& predicate = text_of(triple.predicate);
      if (predicate.starts_with(namespace_iri(Namespace::Rdf, "")) ||
          predicate.starts_with(namespace_iri(Namespace::Rdfs, "")) ||
          predicate.starts_with(kOwl)) {
        continue;
      }
      Fact fact;
      fact.subject = fact.subject_text = name_of_node(triple.subject, true);
      fact.object = fact.object_text = name_of_node(triple.object, true);
      fact.subject_type = type_of_node(triple.subject);
      fact.object_type = type_of_node(triple.object);
      fact.relation = name_of_node(triple.predicate, false);
      fact.by = "import";
      out_.facts.push_back(std::move(fact));
    }
  }

  void read_documents() {
    for_each_subject([&](Word subject) {
      // Ours are named by claims or lie under the base.
      const bool ours = !base_.empty() && text_of(subject).starts_with(base_ + "document/") &&
                        text_of(subject).find('#') == std::string::npos;
      if (documents_.count(subject) == 0 && !ours) return;
      DocumentInfo document;
      document.id = id_of_document(subject);
      document.title = text(subject, Term::Label);
      if (document.title == document.id) document.title.clear();
      if (const auto url = value(subject, Term::Url)) {
        if (const auto video = video_link(text_of(*url))) document.video_id = video->id;
      }
      out_.documents.push_back(std::move(document));
    });
  }

  const TripleFacts& all_;
  const std::string& file_;
  std::vector<Triple> triples_;
  std::vector<std::size_t> first_, end_;  // by subject: where its triples stand
  std::vector<Word> terms_;
  Word type_, unasserted_, entity_;
  std::string base_;
  std::set<std::tuple<Word, Word, Word>> claimed_;
  std::set<Word> documents_;
  FactFile out_;
};

FactFile TripleFacts::finish(const std::string& file) const {
  return FactsOfTriples(*this, file).run();
}

}  // namespace tercet
