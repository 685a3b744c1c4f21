#include "extract/relate/properties.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "base/tsv.h"
#include "extract/entity/words.h"

namespace tercet {
namespace {

/// "cast_member " and "Cast member" are one label.
std::string folded_label(std::string_view text) {
  std::string out;
  for (const char c : lower_case(text)) {
    const bool space = c == ' ' || c == '_' || c == '-' || c == '/' || c == ',';
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// "FilmProductionCompany" -> "film production company".
std::string words_of_type(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool upper = is_ascii_upper(c);
    if (upper && i > 0 && !is_ascii_upper(name[i - 1])) out += ' ';
    out += c == '_' ? ' ' : ascii_lower(c);
  }
  return out;
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::string& word : split(text, ' ')) {
    if (!word.empty()) out.push_back(std::move(word));
  }
  return out;
}

std::vector<PropertyCue> cues_of(std::string_view cell) {
  std::vector<PropertyCue> out;
  for (const std::string& phrase : split(cell, ';')) {
    PropertyCue cue = words_in(lower_case(phrase));
    if (!cue.empty()) out.push_back(std::move(cue));
  }
  return out;
}

struct KindWords {
  unsigned kind;
  const char* words;  // "|" between, the last word of a type's or a label's name
};

// What the head of a type's name says of the things it holds.
constexpr KindWords kKindWords[] = {
    {kPersonThing,
     "|human|person|people|athlete|artist|actor|actress|author|writer|politician|musician|singer|"
     "composer|character|director|astronaut|sportsperson|player|member|scientist|individual|man|"
     "woman|agent|officer|soldier|poet|painter|astronaut|monarch|leader|ruler|candidate|head|"
     "participant|creator|producer|performer|editor|illustrator|translator|novelist|general|"
     "president|minister|official|architect|explorer|discoverer|inventor|founder|"},
    {kCountryThing, "|country|nation|state|nationality|citizenship|"},
    {kPlaceThing,
     "|place|location|city|town|village|region|area|settlement|venue|territory|continent|island|"
     "building|stadium|station|site|county|province|district|municipality|"},
    {kGroupThing,
     "|organization|organisation|company|club|team|band|group|party|institution|university|"
     "school|label|studio|publisher|business|corporation|enterprise|agency|army|branch|"
     "employer|network|broadcaster|museum|legislature|parliament|"},
    {kLanguageThing, "|language|"},
    {kDateThing, "|date|time|year|day|calendar date|period|decade|century|"},
    {kWorkThing,
     "|work|film|movie|book|novel|song|album|single|literature|series|play|magazine|painting|"
     "software|application|game|website|journal|opera|musical|comics|story|"
     "poem|sculpture|"},
    {kAwardThing, "|award|prize|medal|honour|honor|decoration|"},
    {kSportThing, "|sport|"},
    {kLeagueThing, "|league|"},
    {kLeagueThing | kCupThing, "|championship|cup|tournament|competition|"},
    {kCodeThing, "|spaceflight|mission|spacecraft|"},
    {kEventThing, "|war|battle|conflict|event|election|"},
    {kNumberThing, "|number|quantity|amount|"},
    {kNounThing,
     "|genre|occupation|profession|instrument|ideology|rank|material|color|colour|food|habitat|"
     "status|disease|"}};

unsigned kinds_of_noun(std::string_view noun) {
  if (noun.empty()) return 0;
  const std::string wanted = "|" + std::string(noun) + "|";
  for (const KindWords& row : kKindWords) {
    if (std::string_view(row.words).find(wanted) != std::string_view::npos) return row.kind;
  }
  return 0;
}

std::string last_word(std::string_view text) {
  const std::size_t space = text.rfind(' ');
  return std::string(space == std::string_view::npos ? text : text.substr(space + 1));
}

unsigned kinds_of_types(const std::vector<std::string>& types) {
  unsigned out = 0;
  for (const std::string& type : types) {
    if (type == "EthnicGroup")
      out |= kPeopleThing;
    else
      out |= kinds_of_noun(last_word(words_of_type(type)));
  }
  return out;
}

unsigned kinds_named(std::string_view cell) {
  static constexpr std::pair<std::string_view, unsigned> kNames[] = {
      {"person", kPersonThing},   {"group", kGroupThing},   {"place", kPlaceThing | kCountryThing},
      {"country", kCountryThing}, {"city", kPlaceThing},    {"language", kLanguageThing},
      {"people", kPeopleThing},   {"date", kDateThing},     {"year", kDateThing},
      {"work", kWorkThing},       {"award", kAwardThing},   {"sport", kSportThing},
      {"code", kCodeThing},       {"league", kLeagueThing}, {"cup", kCupThing},
      {"class", kClassThing},     {"event", kEventThing},   {"noun", kNounThing},
      {"name", kNameThing},       {"number", kNumberThing}};
  unsigned out = 0;
  for (const std::string& one : split(cell, '|')) {
    for (const auto& [name, kind] : kNames) {
      if (one == name) out |= kind;
    }
  }
  return out;
}

bool ends_in_preposition(const PropertyCue& words) {
  static constexpr std::string_view kPrepositions[] = {"by", "to",   "on", "in",   "for", "of",
                                                       "at", "from", "as", "with", "into"};
  return words.size() > 1 &&
         std::ranges::find(kPrepositions, words.back()) != std::end(kPrepositions);
}

/// Words of labels that tell nothing by themselves.
bool vague(std::string_view word) {
  static constexpr std::string_view kVague[] = {
      "site",   "place", "date",  "time",  "location", "name", "number", "group", "type",
      "member", "first", "minor", "other", "has",      "part", "item",   "start", "end",
      "point",  "main",  "team",  "kind",  "person",   "list", "code",   "size",  "level"};
  return word.size() < 4 || std::ranges::find(kVague, word) != std::end(kVague);
}

/// What a label says by itself: "dedicated to" stands in front of its object, of "place of first
/// sale" the words with a meaning do.
void read_label(const std::string& label, ForeignProperty& out) {
  const std::vector<std::string> words = words_in(label);
  if (words.empty()) return;
  out.after.push_back(words);
  if (ends_in_preposition(words)) return;
  if (words.size() > 1 && words.back() != "of") {
    PropertyCue of = words;
    of.push_back("of");
    out.after.push_back(std::move(of));
  }
  out.before.push_back({words.back()});
  for (const std::string& word : words) {
    if (vague(word)) continue;
    out.after.push_back({"~" + word_family(word)});
  }
}

}  // namespace

std::string word_family(std::string_view word) {
  static constexpr std::string_view kEndings[] = {"ation", "ment", "ing", "ery", "ion", "ers", "er",
                                                  "or",    "ed",   "es",  "e",   "s",   "y"};
  for (const std::string_view ending : kEndings) {
    if (word.size() >= ending.size() + 4 && word.ends_with(ending)) {
      return std::string(word.substr(0, word.size() - ending.size()));
    }
  }
  return std::string(word);
}

PropertyTable read_properties(const std::filesystem::path& folder) {
  const auto open = [](const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(Error::Code::Io, "cannot read", {file.string()});
    return in;
  };
  PropertyTable out;
  const std::filesystem::path properties = folder / "properties.tsv";
  std::ifstream in = open(properties);
  std::vector<std::pair<std::string, PropertyRow>> synonyms;
  for (const TsvRow& row : read_tsv(in, properties.string(), {"property", "object", "after"})) {
    PropertyRow one;
    one.kinds = row.cell("object");
    if (!one.kinds.empty() && kinds_named(one.kinds) == 0) row.fail("object", "is no kind");
    one.described = row.cell("kind");
    one.words = row.cell("words");
    one.after = cues_of(row.cell("after"));
    one.before = cues_of(row.cell("before"));
    one.inverse = cues_of(row.cell("inverse"));
    one.anywhere = row.cell("anywhere") == "yes";
    one.any_subject = row.cell("subject") == "any";
    for (const std::string& same : split(row.cell("same"), ';')) {
      synonyms.emplace_back(folded_label(same), one);
    }
    out.rows[folded_label(row.cell("property"))] = std::move(one);
  }
  // A label of its own goes before another's synonym, the first of two synonyms before the second.
  for (auto& [label, row] : synonyms) out.rows.try_emplace(label, std::move(row));

  const std::filesystem::path demonyms = folder / "demonyms.tsv";
  std::ifstream demonyms_in = open(demonyms);
  for (const TsvRow& row :
       read_tsv(demonyms_in, demonyms.string(), {"country", "adjective", "people", "language"})) {
    const std::string country(row.cell("country"));
    if (!country.empty()) out.countries.insert(country);
    for (std::string& word : split(row.cell("adjective"), ';')) {
      if (!word.empty() && !country.empty()) out.country_of.try_emplace(std::move(word), country);
    }
    for (std::string& word : split(row.cell("people"), ';')) out.peoples.insert(std::move(word));
    for (std::string& word : split(row.cell("language"), ';'))
      out.languages.insert(std::move(word));
  }
  return out;
}

std::vector<ForeignProperty> properties_of(const PropertyTable& table, const Ontology& ontology) {
  std::vector<ForeignProperty> out;
  for (const RelationType& relation : ontology.relations()) {
    bool foreign = false;
    for (const auto* side : {&relation.domain, &relation.range}) {
      for (const std::string& type : *side) {
        foreign = foreign || ontology.find_type(type) == nullptr;
      }
    }
    if (!foreign) continue;
    ForeignProperty one;
    one.relation = relation.id;
    one.domain = kinds_of_types(relation.domain);
    if (one.domain == 0 && !relation.domain.empty()) one.domain = kNameThing;
    one.kinds = kinds_of_types(relation.range);
    if (!relation.range.empty()) one.range_noun = last_word(words_of_type(relation.range.front()));
    const std::string label = folded_label(relation.id);
    const auto row = table.rows.find(label);
    if (row != table.rows.end()) {
      one.known = true;
      one.after = row->second.after;
      one.before = row->second.before;
      one.inverse = row->second.inverse;
      one.described = row->second.described;
      one.words = row->second.words;
      one.anywhere = row->second.anywhere;
      one.any_subject = row->second.any_subject;
      const unsigned listed = kinds_named(row->second.kinds);
      // The table knows what stands there; the range may narrow it.
      one.kinds = (one.kinds & listed) != 0 ? one.kinds & listed : listed;
      // Ontologies say "human" of who performs or develops, and mean bands and firms as well.
      constexpr unsigned kWho = kPersonThing | kGroupThing;
      if ((one.kinds & kWho) != 0 && (listed & kWho) == kWho) one.kinds |= kWho;
      // What is a work is hard to see: "the novel Emma".
      if ((one.kinds & kWorkThing) != 0) one.kinds |= listed & kNameThing;
    } else {
      read_label(label, one);
      if (one.kinds == 0) one.kinds = kinds_of_noun(last_word(label));
      if (one.kinds == 0) {
        const std::vector<std::string> words = words_in(label);
        if (!words.empty()) one.kinds = kinds_of_noun(words.front());
      }
      if (one.kinds == 0) one.kinds = kNameThing;
    }
    for (const Lexicalisation& text : relation.lexicalisations) {
      const std::string words = folded_label(text.text);
      if (words == label || words.empty()) continue;
      PropertyCue cue = words_in(words);
      (text.inverse ? one.inverse : one.after).push_back(std::move(cue));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace tercet
