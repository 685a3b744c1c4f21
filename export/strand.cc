#include "export/strand.h"

#include "export/text.h"

namespace tercet {
namespace {

constexpr std::size_t kDisputed = 10;

std::size_t kind_of(const Fact& fact, bool disputed) {
  if (disputed && fact.modality == Modality::Asserted) return kDisputed;
  return static_cast<std::size_t>(fact.modality) * 2 + (fact.polarity == Polarity::Negative);
}

Status status_of_kind(std::size_t kind) {
  if (kind == kDisputed) return {Polarity::Positive, Modality::Asserted, true};
  return {kind % 2 == 0 ? Polarity::Positive : Polarity::Negative, static_cast<Modality>(kind / 2),
          false};
}

bool shown(const Status& status, EdgeState state, Show show) {
  if (show == Show::All || status.asserted()) return true;
  // A plan for what is already so would be drawn beside the fact: leave it to --all.
  return show == Show::WithIntended && status.modality == Modality::Intended &&
         status.polarity == Polarity::Positive && state == EdgeState::Unasserted;
}

}  // namespace

std::string Status::words() const {
  if (disputed) return "disputed";
  if (asserted()) return "asserted";
  std::string out;
  if (polarity == Polarity::Negative) out = "negated";
  if (modality != Modality::Asserted) {
    if (!out.empty()) out += ' ';
    out += name_of(modality);
  }
  return out;
}

std::string Status::marks() const {
  if (disputed) return "DISPUTED ";
  std::string out;
  if (modality != Modality::Asserted) {
    for (const char c : name_of(modality)) out += static_cast<char>(c - 'a' + 'A');
    out += ' ';
  }
  if (polarity == Polarity::Negative) out += "NEGATED ";
  return out;
}

std::span<const Strand> Strands::of(const KnowledgeGraph& graph, EdgeId id, Show show) {
  const Edge& edge = graph.edges()[id];
  for (auto& claims : claims_) claims.clear();
  for (const std::uint32_t claim : edge.claims) {
    const bool disputed = edge.state == EdgeState::Disputed;
    claims_[kind_of(graph.facts()[claim], disputed)].push_back(claim);
  }
  strands_.clear();
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    if (claims_[kind].empty()) continue;
    Strand strand{id, status_of_kind(kind), claims_[kind], claims_[kind].front(), -1};
    if (!shown(strand.status, edge.state, show)) continue;
    for (const std::uint32_t claim : strand.claims) {
      const double confidence = clean_confidence(graph.facts()[claim].confidence);
      if (confidence > strand.confidence) strand.best = claim, strand.confidence = confidence;
    }
    strands_.push_back(strand);
  }
  return strands_;
}

}  // namespace tercet
