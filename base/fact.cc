#include "base/fact.h"

#include <array>

#include "base/sha256.h"

namespace tercet {
namespace {

constexpr std::array<std::string_view, 2> kPolarities = {"positive", "negative"};
constexpr std::array<std::string_view, 5> kModalities = {"asserted", "possible", "hypothetical",
                                                         "conditional", "intended"};

template <typename Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Polarity polarity) {
  return kPolarities[static_cast<std::size_t>(polarity)];
}

std::string_view name_of(Modality modality) {
  return kModalities[static_cast<std::size_t>(modality)];
}

std::optional<Polarity> polarity_named(std::string_view name) {
  return named<Polarity>(kPolarities, name);
}

std::optional<Modality> modality_named(std::string_view name) {
  return named<Modality>(kModalities, name);
}

std::string fact_id(const Fact& fact, std::uint32_t occurrence) {
  std::string key;
  const auto add = [&](std::string_view part) {
    key += part;
    key.push_back('\0');  // so that ("ab", "c") and ("a", "bc") differ
  };
  add(fact.doc);
  add(fact.sentence);
  add(std::to_string(occurrence));
  add(fact.subject_text);
  add(fact.relation);
  add(fact.object_text);
  add(name_of(fact.polarity));
  add(name_of(fact.modality));
  return sha256_hex(key, 16);
}

}  // namespace tercet
