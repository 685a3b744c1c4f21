#include "export/rdf.h"

#include <array>
#include <cmath>
#include <set>

#include "base/fact_json.h"
#include "base/sha256.h"
#include "export/iri.h"
#include "export/text.h"

namespace tercet {
namespace {

using enum Namespace;
using enum Term;

// The double nearest to a number of four decimals, so that every format writes the same one.
double four_decimals(double value) { return std::round(value * 1e4) / 1e4; }

// Of a time or a link that is none nothing is written.
bool same_evidence(const Fact& a, const Fact& b) {
  const auto time = [](const Fact& f) {
    return f.timestamp ? seconds_of(*f.timestamp) : std::nullopt;
  };
  const auto leads = [](const Fact& f) { return f.url && video_link(*f.url); };
  return a.evidence == b.evidence && a.line == b.line &&
         (a.timestamp == b.timestamp || time(a) == time(b)) &&
         (a.url == b.url || (!leads(a) && !leads(b)));
}

class Walk {
 public:
  Walk(const KnowledgeGraph& graph, TripleSink& sink, const RdfOptions& options)
      : graph_(graph), sink_(sink), options_(options), slugs_(graph) {}

  void run() {
    const bool full = options_.provenance == Provenance::Full;
    vocabulary();
    if (options_.provenance != Provenance::None) {
      for (const DocumentInfo& document : graph_.documents()) describe(document);
    }
    if (full) describe_run();
    relations();
    things();
    claims();
  }

 private:
  void text(Term term, std::string_view value) {
    sink_.property(property(term));
    sink_.text(clean_text(value, scratch_));
  }
  void text_if(Term term, std::string_view value) {
    if (!value.empty()) text(term, value);
  }
  // A name that clean_text() would change stands in `raw` as it is.
  void name(Term term, Term raw, std::string_view value) {
    const std::string_view clean = clean_text(value, scratch_);
    sink_.property(property(term));
    sink_.text(clean);
    if (clean != value) text(raw, raw_text(value));
  }
  // The identifier of a node whose IRI does not tell it.
  void identifier(std::string_view id, std::string_view slug) {
    if (!slug_tells(slug, id)) text(RawName, raw_text(id));
  }
  void link(Term term, Iri target) {
    sink_.property(property(term));
    sink_.link(target);
  }
  void count(Term term, std::uint64_t value) {
    sink_.property(property(term));
    sink_.count(value);
  }
  void number(Term term, double value) {
    sink_.property(property(term));
    sink_.number(value);
  }

  void vocabulary() {
    for (const std::string_view name : {"AssertedClaim", "UnassertedClaim"}) {
      sink_.open({}, {Kg, name});
      link(SubClassOf, {Kg, "Claim"});
      sink_.close();
    }
    sink_.open({}, {Kg, "Claim"});
    link(SubClassOf, {Rdf, "Statement"});
    sink_.link({Prov, "Entity"});
    sink_.close();
  }

  void describe(const DocumentInfo& document) {
    const auto video = video_page(document.video_id);
    const Iri types[] = {{Schema, video ? "VideoObject" : "DigitalDocument"}, {Prov, "Entity"}};
    const std::string slug = id_slug(document.id, true);
    sink_.open(types, {Document, slug});
    text(Label, document.title.empty() ? document.id : document.title);
    identifier(document.id, slug);
    if (video) text(Url, video->url());
    sink_.close();
  }

  // What made the claims, without a clock: the same documents are the same run.
  void describe_run() {
    std::string documents;
    for (const DocumentInfo& document : graph_.documents()) documents += document.id + '\n';
    run_ = sha256_hex(documents, 16);
    const Iri types[] = {{Prov, "Activity"}};
    sink_.open(types, {Run, run_});
    text(Label, "extraction");
    if (!graph_.documents().empty()) {
      sink_.property(property(Used));
      for (const DocumentInfo& document : graph_.documents()) {
        sink_.link({Document, id_slug(document.id, true)});
      }
    }
    link(AssociatedWith, {Kg, "tercet"});
    sink_.close();
    const Iri agent[] = {{Prov, "SoftwareAgent"}};
    sink_.open(agent, {Kg, "tercet"});
    text(Label, "tercet");
    sink_.close();
  }

  void relations() {
    std::set<std::string_view> names;
    for (const Edge& edge : graph_.edges()) names.insert(edge.relation);
    const Iri types[] = {{Rdf, "Property"}};
    for (const std::string_view relation : names) {
      const std::string slug = id_slug(relation);
      sink_.open(types, {Relation, slug});
      name(Label, RawName, relation);
      sink_.close();
    }
  }

  void things() {
    const auto edges = graph_.edges();
    std::size_t at = 0;
    for (NodeId id = 0; id < graph_.nodes().size(); ++id) {
      const Node& node = graph_.nodes()[id];
      open_thing(id, node);
      name(Label, RawName, node.name);
      if (!node.type.empty()) name(EntityType, RawType, node.type);
      if (!node.aliases.empty()) {
        sink_.property(property(Alias));
        for (const std::string& alias : node.aliases) sink_.text(clean_text(alias, scratch_));
      }
      count(Mentions, node.mentions);
      const std::string* relation = nullptr;
      for (; at < edges.size() && edges[at].source == id; ++at) {
        if (edges[at].state != EdgeState::Asserted) continue;
        if (relation == nullptr || *relation != edges[at].relation) {
          relation = &edges[at].relation;
          slug_.clear();
          append_id_slug(slug_, *relation);
          sink_.relation({Relation, slug_});
        }
        sink_.link({Entity, slugs_.of(edges[at].target)});
      }
      sink_.close();
    }
  }

  void open_thing(NodeId id, const Node& node) {
    std::array<Iri, 2> types = {{{Kg, "Entity"}, {Kg, ""}}};
    std::string own;
    std::size_t size = 1;
    if (!node.type.empty()) {
      size = 2;
      types[1] = type_iri(node.type, own);
    }
    sink_.open({types.data(), size}, {Entity, slugs_.of(id)});
  }

  Iri type_iri(const std::string& type, std::string& own) const {
    const auto known = options_.type_iris.find(type);
    if (known == options_.type_iris.end()) return {Type, own = id_slug(type)};
    const std::string_view iri = known->second;
    for (std::size_t i = 0; i < namespaces().size(); ++i) {
      const NamespaceEntry& entry = namespaces()[i];
      if (entry.under_base || !iri.starts_with(entry.iri)) continue;
      const std::string_view local = iri.substr(entry.iri.size());
      // A compact IRI's local part may not begin with "//" in JSON-LD.
      if (!local.empty() && local.front() != '/') return {static_cast<Namespace>(i), local};
    }
    return {Absolute, iri};
  }

  void claims() {
    std::vector<EdgeId> edge_of(graph_.facts().size());
    for (EdgeId id = 0; id < graph_.edges().size(); ++id) {
      for (const std::uint32_t claim : graph_.edges()[id].claims) edge_of[claim] = id;
    }
    const Fact* last = nullptr;
    std::vector<const Fact*> here;  // one claim for each evidence of this place
    for (std::size_t i = 0; i < graph_.facts().size(); ++i) {
      const Fact& fact = graph_.facts()[i];
      const bool placed = fact.end > fact.start;
      const bool same_document = last != nullptr && last->doc == fact.doc;
      if (!same_document) document_ = id_slug(fact.doc, true);
      // Facts are sorted by place: claims that share their evidence follow one another.
      if (!same_document || last->start != fact.start || last->end != fact.end) here.clear();
      std::size_t variant = 0;
      while (variant < here.size() && !same_evidence(*here[variant], fact)) ++variant;
      const bool is_new = variant == here.size();
      if (is_new) here.push_back(&fact);
      if (placed && options_.provenance == Provenance::Full) set_place(fact, variant);
      claim(fact, graph_.edges()[edge_of[i]], placed);
      if (placed && is_new && options_.provenance == Provenance::Full) evidence(fact);
      last = &fact;
    }
  }

  void set_place(const Fact& fact, std::size_t variant) {
    place_ = std::to_string(fact.start);
    place_ += ',';
    place_ += std::to_string(fact.end);
    if (variant > 0) place_ += '~' + std::to_string(variant + 1);
  }

  std::string_view part(std::string_view kind) {
    part_ = document_;
    part_ += '#';
    part_ += kind;
    part_ += '=';
    part_ += place_;
    return part_;
  }

  void claim(const Fact& fact, const Edge& edge, bool placed) {
    const Iri types[] = {{Rdf, "Statement"},
                         {Kg, fact.asserted() ? "AssertedClaim" : "UnassertedClaim"}};
    slug_.clear();
    const bool named = !fact.id.empty();
    append_id_slug(slug_, named ? fact.id : sha256_hex(to_json(fact), 16));
    sink_.open(types, {Claim, slug_});
    if (named) identifier(fact.id, slug_);
    link(Subject, {Entity, slugs_.of(edge.source)});
    slug_.clear();
    append_id_slug(slug_, edge.relation);
    link(Predicate, {Relation, slug_});
    link(Object, {Entity, slugs_.of(edge.target)});
    text(Term::Polarity, name_of(fact.polarity));
    if (fact.modality != tercet::Modality::Asserted) text(Term::Modality, name_of(fact.modality));
    // A link to a condition says "holds only if": never on a claim that is asserted.
    if (!fact.condition_facts.empty() && !fact.asserted()) {
      sink_.property(property(Condition));
      for (const std::string& id : fact.condition_facts) sink_.link({Claim, id_slug(id)});
    }
    if (fact.condition) text_if(ConditionText, *fact.condition);
    for (const auto& [term, member] : qualifier_terms()) text_if(term, fact.qualifiers.*member);
    number(Confidence, four_decimals(clean_confidence(fact.confidence)));
    if (options_.provenance != Provenance::None) origin(fact, edge, placed);
    sink_.close();
  }

  void origin(const Fact& fact, const Edge& edge, bool placed) {
    const bool full = options_.provenance == Provenance::Full;
    if (full) {
      text_if(Method, fact.by);
      text_if(Sentence, fact.sentence);
    }
    words(SubjectText, RawSubjectText, fact.subject_text, graph_.nodes()[edge.source].name);
    words(ObjectText, RawObjectText, fact.object_text, graph_.nodes()[edge.target].name);
    stands_for(SubjectStandsFor, SubjectStandsForLine, fact.subject_antecedent);
    stands_for(ObjectStandsFor, ObjectStandsForLine, fact.object_antecedent);
    if (!placed && fact.start > 0) {  // an empty range has no evidence, but a place in the order
      count(Start, fact.start);
      count(End, fact.end);
    }
    if (full) {
      link(Evidence, {Document, placed ? part("char") : std::string_view(document_)});
      link(GeneratedBy, {Run, run_});
      return;
    }
    link(Source, {Document, document_});
    if (!placed) return;
    count(Start, fact.start);
    count(End, fact.end);
    text_if(Exact, fact.evidence);
    if (const auto seconds = fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt) {
      number(Timestamp, *seconds);
    }
    if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) text(Url, video->url());
  }

  void words(Term term, Term raw, const std::string& said, const std::string& thing) {
    if (said != thing && !said.empty()) name(term, raw, said);
  }

  void stands_for(Term term, Term line, const std::optional<Antecedent>& antecedent) {
    if (!antecedent) return;
    text(term, antecedent->text);
    if (antecedent->line > 0) count(line, antecedent->line);
  }

  void evidence(const Fact& fact) {
    const Iri types[] = {{Oa, "SpecificResource"}};
    sink_.open(types, {Document, part("char")});
    link(Source, {Document, document_});
    sink_.property(property(Selector));
    const Iri position[] = {{Oa, "TextPositionSelector"}};
    sink_.open(position, {Document, part("pos")});
    count(Start, fact.start);
    count(End, fact.end);
    sink_.close();
    if (!fact.evidence.empty()) {
      const Iri quote[] = {{Oa, "TextQuoteSelector"}};
      sink_.open(quote, {Document, part("quote")});
      text(Exact, fact.evidence);
      sink_.close();
    }
    place_details(fact);
    sink_.close();
  }

  void place_details(const Fact& fact) {
    if (fact.line > 0) count(Line, fact.line);
    if (const auto seconds = fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt) {
      number(Timestamp, *seconds);
    }
    if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
      text(Media, video->fragment());
      text(Url, video->url());
    }
  }

  const KnowledgeGraph& graph_;
  TripleSink& sink_;
  const RdfOptions& options_;
  EntitySlugs slugs_;
  std::string run_, document_, place_, part_, scratch_, slug_;
};

}  // namespace

void walk_triples(const KnowledgeGraph& graph, TripleSink& sink, const RdfOptions& options) {
  Walk(graph, sink, options).run();
}

}  // namespace tercet
