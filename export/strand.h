#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

/// Which links a property graph or a picture holds (contract, "A claim").
enum class Show : std::uint8_t {
  Asserted,      ///< links that may be taken as facts: property graphs
  WithIntended,  ///< these and plans: pictures
  All,           ///< every claim, what is not asserted marked as such
};

/// What the claims of one strand say together.
struct Status {
  Polarity polarity = Polarity::Positive;
  Modality modality = Modality::Asserted;
  bool disputed = false;  ///< asserted both ways; the other two are then of no meaning

  bool asserted() const {
    return !disputed && polarity == Polarity::Positive && modality == Modality::Asserted;
  }
  /// The contract's words, separated by spaces: "asserted", "negated possible", "disputed".
  std::string words() const;
  /// What stands before the relation in a label: "CONDITIONAL NEGATED ", empty if asserted.
  std::string marks() const;

  friend bool operator==(const Status&, const Status&) = default;
};

/// The claims of one edge that have one status: what property graphs and pictures draw as a line.
/// An edge that is asserted in one place and hedged in another has two; the claims that assert a
/// disputed edge and those that deny it are one.
struct Strand {
  EdgeId edge = 0;
  Status status;
  std::span<const std::uint32_t> claims;  ///< indexes into facts(), ascending, never empty
  std::uint32_t best = 0;  ///< the claim with the highest confidence, first of equals
  double confidence = 0;   ///< of `best`
};

/// The strands of one edge, asserted first.
class Strands {
 public:
  /// The strands of `edge` that `show` asks for. Valid until the next call. O(claims of the edge).
  std::span<const Strand> of(const KnowledgeGraph& graph, EdgeId edge, Show show);

 private:
  static constexpr std::size_t kKinds = 11;  // disputed, then 5 modalities of 2 signs
  std::array<std::vector<std::uint32_t>, kKinds> claims_;
  std::vector<Strand> strands_;
};

}  // namespace tercet
