#include "extract/clause/cues.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/tsv.h"
#include "extract/clause/tree_index.h"

namespace tercet {
namespace {

constexpr std::array<std::pair<std::string_view, Cue::Scope>, 19> kScopes{{
    {"modifier", Cue::Scope::Modifier},
    {"verb", Cue::Scope::Verb},
    {"self", Cue::Scope::Self},
    {"complement", Cue::Scope::Complement},
    {"passive", Cue::Scope::Passive},
    {"gerund", Cue::Scope::Gerund},
    {"object", Cue::Scope::Object},
    {"from", Cue::Scope::From},
    {"over", Cue::Scope::Over},
    {"need", Cue::Scope::Need},
    {"lets", Cue::Scope::Lets},
    {"subordinator", Cue::Scope::Subordinator},
    {"preposition", Cue::Scope::Preposition},
    {"attribution", Cue::Scope::Attribution},
    {"carries", Cue::Scope::Carries},
    {"implies", Cue::Scope::Implies},
    {"effect", Cue::Scope::Effect},
    {"factual", Cue::Scope::Factual},
    {"plain", Cue::Scope::Plain},
}};

std::optional<Cue::Scope> scope_named(std::string_view name) {
  for (const auto& [known, scope] : kScopes) {
    if (known == name) return scope;
  }
  return std::nullopt;
}

std::optional<Upos> upos_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Upos::X); ++i) {
    if (name_of(static_cast<Upos>(i)) == name) return static_cast<Upos>(i);
  }
  return std::nullopt;
}

Cue read_cue(const TsvRow& row) {
  Cue cue;
  for (std::string& word : split(row.cell("cue"), ' ')) {
    if (!word.empty()) cue.words.push_back(cue_form(word));
  }
  if (cue.words.empty()) row.fail("cue", "a cue has at least one word");
  for (const std::string& tag : split(row.cell("pos"), ',')) {
    const auto upos = upos_named(tag);
    if (!upos) row.fail("pos", "\"" + tag + "\" is no universal part of speech");
    cue.pos.push_back(*upos);
  }
  const auto scope = scope_named(row.cell("scope"));
  if (!scope) row.fail("scope", "unknown scope \"" + std::string(row.cell("scope")) + "\"");
  cue.scope = *scope;
  const std::string_view polarity = row.cell("polarity");
  if (!polarity.empty()) {
    const auto named = polarity_named(polarity);
    if (!named) row.fail("polarity", "neither \"positive\" nor \"negative\"");
    cue.negative = *named == Polarity::Negative;
  }
  const std::string_view modality = row.cell("modality");
  if (!modality.empty()) {
    const auto named = modality_named(modality);
    if (!named) row.fail("modality", "unknown modality \"" + std::string(modality) + "\"");
    cue.modality = *named;
  }
  cue.label = std::string(row.cell("class")) + '.';
  for (std::size_t i = 0; i < cue.words.size(); ++i) {
    if (i > 0) cue.label += '_';
    cue.label += cue.words[i];
  }
  return cue;
}

}  // namespace

Cues read_cues(std::istream& in, const std::string& file) {
  Cues out;
  for (const TsvRow& row :
       read_tsv(in, file, {"cue", "pos", "scope", "polarity", "modality", "class"})) {
    Cue cue = read_cue(row);
    out.by_first_word[cue.words.front()].push_back(std::move(cue));
  }
  for (auto& [word, cues] : out.by_first_word) {
    std::stable_sort(cues.begin(), cues.end(),
                     [](const Cue& a, const Cue& b) { return a.words.size() > b.words.size(); });
  }
  return out;
}

Cues read_cues(const std::filesystem::path& seeds) {
  const std::filesystem::path file = seeds / "cues.tsv";
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  return read_cues(in, file.string());
}

}  // namespace tercet
