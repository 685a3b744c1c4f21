#include "export/rdf.h"

#include <array>
#include <set>
#include <utility>

#include "base/fact_json.h"
#include "base/sha256.h"
#include "export/iri.h"
#include "export/text.h"

namespace tercet {
namespace {

using enum Namespace;

constexpr std::array<NamespaceEntry, 14> kNamespaces = {{
    {"ent", "entity/", true},
    {"rel", "relation/", true},
    {"claim", "claim/", true},
    {"doc", "document/", true},
    {"run", "run/", true},
    {"type", "type/", true},
    {"kg", "https://w3id.org/tercet/ns#", false},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", false},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#", false},
    {"skos", "http://www.w3.org/2004/02/skos/core#", false},
    {"schema", "https://schema.org/", false},
    {"prov", "http://www.w3.org/ns/prov#", false},
    {"oa", "http://www.w3.org/ns/oa#", false},
    {"xsd", "http://www.w3.org/2001/XMLSchema#", false},
}};

enum Term : std::size_t {
  kLabel,
  kAlias,
  kEntityType,
  kMentions,
  kSubClassOf,
  kSubject,
  kPredicate,
  kObject,
  kPolarity,
  kModality,
  kCondition,
  kConditionText,
  kDate,
  kQuantity,
  kMetric,
  kDimension,
  kRole,
  kStake,
  kAttributedTo,
  kConfidence,
  kMethod,
  kSentence,
  kEvidence,
  kGeneratedBy,
  kUsed,
  kAssociatedWith,
  kSource,
  kSelector,
  kStart,
  kEnd,
  kExact,
  kLine,
  kTimestamp,
  kMedia,
  kUrl,
  kTermCount,
};

constexpr std::array<Property, kTermCount> kProperties = {{
    {"label", {Rdfs, "label"}, ValueKind::Text},
    {"alias", {Skos, "altLabel"}, ValueKind::Text, true},
    {"entityType", {Kg, "entityType"}, ValueKind::Text},
    {"mentionCount", {Kg, "mentionCount"}, ValueKind::Count},
    {"subClassOf", {Rdfs, "subClassOf"}, ValueKind::Link, true},
    {"subject", {Rdf, "subject"}, ValueKind::Link},
    {"predicate", {Rdf, "predicate"}, ValueKind::Link},
    {"object", {Rdf, "object"}, ValueKind::Link},
    {"polarity", {Kg, "polarity"}, ValueKind::Text},
    {"modality", {Kg, "modality"}, ValueKind::Text, true},
    {"condition", {Kg, "condition"}, ValueKind::Link, true},
    {"conditionText", {Kg, "conditionText"}, ValueKind::Text},
    {"date", {Kg, "date"}, ValueKind::Text},
    {"quantity", {Kg, "quantity"}, ValueKind::Text},
    {"metric", {Kg, "metric"}, ValueKind::Text},
    {"dimension", {Kg, "dimension"}, ValueKind::Text},
    {"role", {Kg, "role"}, ValueKind::Text},
    {"stake", {Kg, "stake"}, ValueKind::Text},
    {"attributedTo", {Kg, "attributedTo"}, ValueKind::Text},
    {"confidence", {Kg, "confidence"}, ValueKind::Double},
    {"method", {Kg, "method"}, ValueKind::Text},
    {"sentence", {Kg, "sentence"}, ValueKind::Text},
    {"evidence", {Prov, "wasDerivedFrom"}, ValueKind::Link, true},
    {"generatedBy", {Prov, "wasGeneratedBy"}, ValueKind::Link},
    {"used", {Prov, "used"}, ValueKind::Link, true},
    {"associatedWith", {Prov, "wasAssociatedWith"}, ValueKind::Link},
    {"source", {Oa, "hasSource"}, ValueKind::Link},
    {"selector", {Oa, "hasSelector"}, ValueKind::Node, true},
    {"start", {Oa, "start"}, ValueKind::Count},
    {"end", {Oa, "end"}, ValueKind::Count},
    {"exact", {Oa, "exact"}, ValueKind::Text},
    {"line", {Kg, "line"}, ValueKind::Count},
    {"timestamp", {Kg, "startSeconds"}, ValueKind::Double},
    {"media", {Kg, "mediaFragment"}, ValueKind::Uri},
    {"url", {Schema, "url"}, ValueKind::Uri},
}};

constexpr std::pair<Term, std::string Qualifiers::*> kQualifiers[] = {
    {kDate, &Qualifiers::date},
    {kQuantity, &Qualifiers::quantity},
    {kMetric, &Qualifiers::metric},
    {kDimension, &Qualifiers::dimension},
    {kRole, &Qualifiers::role},
    {kStake, &Qualifiers::stake},
    {kAttributedTo, &Qualifiers::attributed_to},
};

// What of our types others know by name; the rest is <base>type/X.
struct KnownType {
  std::string_view type;
  Iri iri;
};
constexpr KnownType kTypes[] = {
    {"Organization", {Schema, "Organization"}},
    {"Person", {Schema, "Person"}},
    {"Product", {Schema, "Product"}},
    {"Service", {Schema, "Service"}},
    {"Software", {Schema, "SoftwareApplication"}},
    {"SoftwareApplication", {Schema, "SoftwareApplication"}},
    {"Place", {Schema, "Place"}},
    {"Event", {Schema, "Event"}},
    {"Work", {Schema, "CreativeWork"}},
    {"Concept", {Skos, "Concept"}},
};

class Walk {
 public:
  Walk(const KnowledgeGraph& graph, TripleSink& sink) : graph_(graph), sink_(sink), slugs_(graph) {}

  void run() {
    vocabulary();
    for (const DocumentInfo& document : graph_.documents()) describe(document);
    describe_run();
    relations();
    things();
    claims();
  }

 private:
  static const Property& property(Term term) { return kProperties[term]; }

  void text(Term term, std::string_view value) {
    sink_.property(property(term));
    sink_.text(clean_text(value, scratch_));
  }
  void text_if(Term term, std::string_view value) {
    if (!value.empty()) text(term, value);
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
      link(kSubClassOf, {Kg, "Claim"});
      sink_.close();
    }
    sink_.open({}, {Kg, "Claim"});
    link(kSubClassOf, {Rdf, "Statement"});
    sink_.link({Prov, "Entity"});
    sink_.close();
  }

  void describe(const DocumentInfo& document) {
    const auto video = video_page(document.video_id);
    const Iri types[] = {{Schema, video ? "VideoObject" : "DigitalDocument"}, {Prov, "Entity"}};
    const std::string slug = id_slug(document.id, true);
    sink_.open(types, {Document, slug});
    text(kLabel, document.title.empty() ? document.id : document.title);
    if (video) text(kUrl, video->url());
    sink_.close();
  }

  // What made the claims, without a clock: the same documents are the same run.
  void describe_run() {
    std::string documents;
    for (const DocumentInfo& document : graph_.documents()) documents += document.id + '\n';
    run_ = sha256_hex(documents, 16);
    const Iri types[] = {{Prov, "Activity"}};
    sink_.open(types, {Run, run_});
    text(kLabel, "extraction");
    if (!graph_.documents().empty()) {
      sink_.property(property(kUsed));
      for (const DocumentInfo& document : graph_.documents()) {
        sink_.link({Document, id_slug(document.id, true)});
      }
    }
    link(kAssociatedWith, {Kg, "tercet"});
    sink_.close();
    const Iri agent[] = {{Prov, "SoftwareAgent"}};
    sink_.open(agent, {Kg, "tercet"});
    text(kLabel, "tercet");
    sink_.close();
  }

  void relations() {
    std::set<std::string_view> names;
    for (const Edge& edge : graph_.edges()) names.insert(edge.relation);
    const Iri types[] = {{Rdf, "Property"}};
    for (const std::string_view name : names) {
      const std::string slug = id_slug(name);
      sink_.open(types, {Relation, slug});
      text(kLabel, name);
      sink_.close();
    }
  }

  void things() {
    const auto edges = graph_.edges();
    std::size_t at = 0;
    for (NodeId id = 0; id < graph_.nodes().size(); ++id) {
      const Node& node = graph_.nodes()[id];
      open_thing(id, node);
      text(kLabel, node.name);
      text_if(kEntityType, node.type);
      if (!node.aliases.empty()) {
        sink_.property(property(kAlias));
        for (const std::string& alias : node.aliases) sink_.text(clean_text(alias, scratch_));
      }
      count(kMentions, node.mentions);
      const std::string* relation = nullptr;
      for (; at < edges.size() && edges[at].source == id; ++at) {
        if (edges[at].state != EdgeState::Asserted) continue;
        if (relation == nullptr || *relation != edges[at].relation) {
          relation = &edges[at].relation;
          sink_.relation({Relation, id_slug(*relation)});
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
      types[1] = {Type, {}};
      for (const KnownType& known : kTypes) {
        if (known.type == node.type) types[1] = known.iri;
      }
      if (types[1].space == Type) types[1].local = own = id_slug(node.type);
    }
    sink_.open({types.data(), size}, {Entity, slugs_.of(id)});
  }

  void claims() {
    std::vector<EdgeId> edge_of(graph_.facts().size());
    for (EdgeId id = 0; id < graph_.edges().size(); ++id) {
      for (const std::uint32_t claim : graph_.edges()[id].claims) edge_of[claim] = id;
    }
    const Fact* last = nullptr;
    for (std::size_t i = 0; i < graph_.facts().size(); ++i) {
      const Fact& fact = graph_.facts()[i];
      const bool placed = fact.end > fact.start;
      if (last == nullptr || last->doc != fact.doc) document_ = id_slug(fact.doc, true);
      if (placed) place_ = std::to_string(fact.start) + ',' + std::to_string(fact.end);
      claim(fact, graph_.edges()[edge_of[i]], placed);
      // Facts are sorted by place: claims that share their evidence follow one another.
      const bool known = last != nullptr && last->doc == fact.doc && last->start == fact.start &&
                         last->end == fact.end && last->evidence == fact.evidence &&
                         last->line == fact.line && last->timestamp == fact.timestamp &&
                         last->url == fact.url;
      if (placed && !known) evidence(fact);
      last = &fact;
    }
  }

  static std::string claim_slug(const Fact& fact) {
    return id_slug(fact.id.empty() ? sha256_hex(to_json(fact), 16) : fact.id);
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
    sink_.open(types, {Claim, claim_slug(fact)});
    link(kSubject, {Entity, slugs_.of(edge.source)});
    link(kPredicate, {Relation, id_slug(edge.relation)});
    link(kObject, {Entity, slugs_.of(edge.target)});
    text(kPolarity, name_of(fact.polarity));
    if (fact.modality != Modality::Asserted) text(kModality, name_of(fact.modality));
    // A link to a condition says "holds only if": never on a claim that is asserted.
    if (!fact.condition_facts.empty() && !fact.asserted()) {
      sink_.property(property(kCondition));
      for (const std::string& id : fact.condition_facts) sink_.link({Claim, id_slug(id)});
    }
    if (fact.condition) text_if(kConditionText, *fact.condition);
    for (const auto& [term, member] : kQualifiers) text_if(term, fact.qualifiers.*member);
    number(kConfidence, clean_confidence(fact.confidence));
    text_if(kMethod, fact.by);
    text_if(kSentence, fact.sentence);
    link(kEvidence, {Document, placed ? part("char") : std::string_view(document_)});
    link(kGeneratedBy, {Run, run_});
    sink_.close();
  }

  void evidence(const Fact& fact) {
    const Iri types[] = {{Oa, "SpecificResource"}};
    sink_.open(types, {Document, part("char")});
    link(kSource, {Document, document_});
    sink_.property(property(kSelector));
    const Iri position[] = {{Oa, "TextPositionSelector"}};
    sink_.open(position, {Document, part("pos")});
    count(kStart, fact.start);
    count(kEnd, fact.end);
    sink_.close();
    if (!fact.evidence.empty()) {
      const Iri quote[] = {{Oa, "TextQuoteSelector"}};
      sink_.open(quote, {Document, part("quote")});
      text(kExact, fact.evidence);
      sink_.close();
    }
    if (fact.line > 0) count(kLine, fact.line);
    if (const auto seconds = fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt) {
      number(kTimestamp, *seconds);
    }
    if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
      text(kMedia, video->fragment());
      text(kUrl, video->url());
    }
    sink_.close();
  }

  const KnowledgeGraph& graph_;
  TripleSink& sink_;
  EntitySlugs slugs_;
  std::string run_, document_, place_, part_, scratch_;
};

}  // namespace

std::span<const NamespaceEntry> namespaces() { return kNamespaces; }

std::string namespace_iri(Namespace name, std::string_view base) {
  const NamespaceEntry& entry = kNamespaces[static_cast<std::size_t>(name)];
  return (entry.under_base ? std::string(base) : std::string()) + std::string(entry.iri);
}

std::span<const Property> properties() { return kProperties; }

void walk_triples(const KnowledgeGraph& graph, TripleSink& sink) { Walk(graph, sink).run(); }

}  // namespace tercet
