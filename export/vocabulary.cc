#include "export/vocabulary.h"

#include <array>

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

constexpr std::size_t kTerms = static_cast<std::size_t>(Term::Url) + 1;

constexpr std::array<Property, kTerms> kProperties = {{
    {"label", {Rdfs, "label"}, ValueKind::Text},
    {"rawName", {Kg, "rawName"}, ValueKind::Text},
    {"alias", {Skos, "altLabel"}, ValueKind::Text, true},
    {"entityType", {Kg, "entityType"}, ValueKind::Text},
    {"rawType", {Kg, "rawType"}, ValueKind::Text},
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
    {"subjectText", {Kg, "subjectText"}, ValueKind::Text},
    {"rawSubjectText", {Kg, "rawSubjectText"}, ValueKind::Text},
    {"objectText", {Kg, "objectText"}, ValueKind::Text},
    {"rawObjectText", {Kg, "rawObjectText"}, ValueKind::Text},
    {"subjectStandsFor", {Kg, "subjectStandsFor"}, ValueKind::Text},
    {"subjectStandsForLine", {Kg, "subjectStandsForLine"}, ValueKind::Count},
    {"objectStandsFor", {Kg, "objectStandsFor"}, ValueKind::Text},
    {"objectStandsForLine", {Kg, "objectStandsForLine"}, ValueKind::Count},
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

constexpr QualifierTerm kQualifiers[] = {
    {Term::Date, &Qualifiers::date},
    {Term::Quantity, &Qualifiers::quantity},
    {Term::Metric, &Qualifiers::metric},
    {Term::Dimension, &Qualifiers::dimension},
    {Term::Role, &Qualifiers::role},
    {Term::Stake, &Qualifiers::stake},
    {Term::AttributedTo, &Qualifiers::attributed_to},
};

}  // namespace

std::span<const NamespaceEntry> namespaces() { return kNamespaces; }

std::string namespace_iri(Namespace name, std::string_view base) {
  if (name == Absolute) return {};
  const NamespaceEntry& entry = kNamespaces[static_cast<std::size_t>(name)];
  return (entry.under_base ? std::string(base) : std::string()) + std::string(entry.iri);
}

std::span<const Property> properties() { return kProperties; }

const Property& property(Term term) { return kProperties[static_cast<std::size_t>(term)]; }

std::span<const QualifierTerm> qualifier_terms() { return kQualifiers; }

}  // namespace tercet
