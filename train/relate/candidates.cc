// candidates [--pairs FILE] MODEL SEEDS NOTE.md... > CANDIDATES.jsonl
// The claims that training judges: a line a sentence, {"note", "sentence", "candidates": [{"fact",
// "f": [names of features]}]}. FILE holds relations between words to use instead of the model's, a
// line a sentence: {"note", "sentence": its number in the note from 0 on, headings counted,
// "relations": [[from, to, "name", probability]]}; a note with a line has no others.
// Built by the target tercet_candidates.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "base/fact_json.h"
#include "base/json.h"
#include "extract/extract.h"
#include "extract/read/read.h"
#include "extract/relate/claim.h"
#include "extract/relate/view.h"

using namespace tercet;

namespace {

/// What --pairs says.
struct GivenPairs {
  std::vector<std::string> names;  // of relations: the model's, then others
  std::map<std::string, std::map<std::size_t, std::vector<WordRelation>>, std::less<>> notes;
};

std::uint16_t index_of(std::vector<std::string>& names, const std::string& name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) names.push_back(name);
  return static_cast<std::uint16_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

GivenPairs read_pairs(const std::filesystem::path& file, const Language& language) {
  GivenPairs out;
  out.names.assign(language.relations().begin(), language.relations().end());
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  std::string line;
  for (std::uint32_t number = 1; std::getline(in, line); ++number) {
    const auto require = [&](bool holds) {
      if (!holds)
        throw Error(Error::Code::Syntax, "is no line of pairs", {file.string(), number, 0});
    };
    require(json_depth_within(line, 8));
    rapidjson::Document json;
    json.Parse(line.data(), line.size());
    require(!json.HasParseError() && json.IsObject() && json.HasMember("note") &&
            json["note"].IsString() && json.HasMember("sentence") && json["sentence"].IsUint() &&
            json.HasMember("relations") && json["relations"].IsArray());
    std::vector<WordRelation>& relations =
        out.notes[json["note"].GetString()][json["sentence"].GetUint()];
    for (const rapidjson::Value& one : json["relations"].GetArray()) {
      require(one.IsArray() && one.Size() == 4 && one[0].IsUint() && one[1].IsUint() &&
              one[0].GetUint() <= 0xFFFF && one[1].GetUint() <= 0xFFFF && one[2].IsString() &&
              one[3].IsNumber());
      relations.push_back({static_cast<std::uint16_t>(one[0].GetUint()),
                           static_cast<std::uint16_t>(one[1].GetUint()),
                           index_of(out.names, one[2].GetString()),
                           static_cast<float>(one[3].GetDouble())});
    }
    std::ranges::sort(relations, {},
                      [](const WordRelation& r) { return std::tuple(r.from, r.to, r.relation); });
  }
  return out;
}

void replace_relations(const GivenPairs& given, const std::string& note,
                       AnalysedDocument& analysed) {
  analysed.relations = given.names;
  const auto found = given.notes.find(note);
  if (found == given.notes.end()) return;
  for (AnalysedSentence& one : analysed.sentences) one.sentence.relations.clear();
  for (const auto& [s, relations] : found->second) {
    for (const WordRelation& r : relations) {
      if (s < analysed.sentences.size() &&
          std::max(r.from, r.to) < analysed.sentences[s].sentence.tokens.size()) {
        continue;
      }
      throw Error(Error::Code::Usage, "--pairs has words that sentence " + std::to_string(s) +
                                          " of " + note + " has not");
    }
    if (s < analysed.sentences.size()) analysed.sentences[s].sentence.relations = relations;
  }
}

std::string as_json(std::string_view text) {
  rapidjson::StringBuffer out;
  JsonWriter writer(out);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return out.GetString();
}

void write_terms(const Extractor& extractor, const AnalysedDocument& analysed,
                 const DocumentClauses& clauses, const DocumentEntities& entities, int s,
                 std::string& line) {
  const Sentence& tree = analysed.tree(s);
  const SentenceView view(analysed, clauses, entities, extractor.relations, s);
  const auto number = [](auto value) { return std::to_string(value); };
  line +=
      "\"heading\":" + number(analysed.block_of(s).kind == Block::Kind::Heading) + ",\"tokens\":[";
  for (std::size_t i = 0; i < tree.tokens.size(); ++i) {
    const Token& t = tree.tokens[i];
    line += (i == 0 ? "[" : ",[") + as_json(analysed.text_of(s, t.span)) + "," +
            as_json(name_of(t.upos)) + "," + as_json(name_of(t.deprel)) + "," + number(t.head) +
            "," + number(view.clause_of(static_cast<int>(i))) + "]";
  }
  line += "],\"relations\":[";
  for (const WordRelation& r : tree.relations) {
    line += (line.back() == '[' ? "[" : ",[") + number(r.from) + "," + number(r.to) + "," +
            as_json(analysed.relations[r.relation]) + "," + decimal(r.score, 6) + "]";
  }
  line += "],\"kinds\":[";
  for (const WordKind& k : tree.kinds) {
    line += (line.back() == '[' ? "[" : ",[") + as_json(analysed.kinds[k.kind]) + "," +
            decimal(k.score, 6) + "]";
  }
  line += "],\"clauses\":[";
  for (std::size_t i = 0; i < view.clauses.size(); ++i)
    line += (i == 0 ? "" : ",") + number(view.clauses[i].predicate);
  line += "],\"terms\":[";
  bool first = true;
  for (std::size_t i = 0; i < entities.mentions.size(); ++i) {
    const Mention& m = entities.mentions[i];
    if (m.sentence != s || m.entity < 0) continue;
    const Entity& e = entities.entities[static_cast<std::size_t>(m.entity)];
    line += std::string(first ? "" : ",") + "[" + number(m.head) + "," + number(m.first) + "," +
            number(m.last) + "," + number(static_cast<int>(m.kind)) + "," + as_json(e.name) + "," +
            as_json(e.type) + "," + number(m.antecedent ? 1 : 0) + "," + number(i) + "]";
    first = false;
  }
  for (std::size_t c = 0; c < view.clauses.size(); ++c) {
    const std::string name = name_of_clause(view, static_cast<int>(c));
    if (name.empty()) continue;
    const int p = view.clauses[c].predicate;
    line += std::string(first ? "" : ",") + "[" + number(p) + "," + number(p) + "," +
            number(p + 1) + ",4," + as_json(name) + ",\"\",0," + number(c) + "]";
    first = false;
  }
  line += "],";
}

void write_note(const Extractor& extractor, const GivenPairs* given,
                const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  const std::string note = file.stem().string();
  const Document document =
      read_document({std::istreambuf_iterator<char>(in), {}}, note, Format::Markdown);
  AnalysedDocument analysed = analyse(extractor.language, document);
  if (given != nullptr) replace_relations(*given, note, analysed);
  const DocumentClauses clauses = find_document_clauses(extractor.cues, analysed);
  const DocumentEntities entities =
      find_entities(extractor.entities, extractor.ontology, extractor.aliases, analysed);
  for (int s = 0; s < static_cast<int>(analysed.sentences.size()); ++s) {
    std::string line = "{\"note\":" + as_json(note) +
                       ",\"sentence\":" + as_json(analysed.text_of(s, analysed.tree(s).span)) + ",";
    bool first = true;
    write_terms(extractor, analysed, clauses, entities, s, line);
    line += "\"candidates\":[";
    for (const CandidateFact& one :
         find_candidates(extractor.relations, extractor.ontology, analysed, clauses, entities, s)) {
      line += std::string(first ? "" : ",") + "{\"fact\":" + to_json(one.draft.fact) + ",\"f\":[";
      for (std::size_t i = 0; i < one.features.size(); ++i) {
        line += (i == 0 ? "" : ",") + as_json(one.features[i]);
      }
      line += "]}";
      first = false;
    }
    std::cout << line << "]}\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  const bool has_pairs = argc > 2 && std::string_view(argv[1]) == "--pairs";
  const int first = has_pairs ? 3 : 1;
  if (argc < first + 3) {
    std::cerr << "usage: candidates [--pairs FILE] MODEL SEEDS NOTE.md...\n";
    return 2;
  }
  try {
    ExtractorFiles files;
    files.model = argv[first];
    files.seeds = argv[first + 1];
    const Extractor extractor = load_extractor(files);
    GivenPairs given;
    if (has_pairs) given = read_pairs(argv[2], extractor.language);
    for (int i = first + 2; i < argc; ++i) {
      write_note(extractor, has_pairs ? &given : nullptr, argv[i]);
    }
  } catch (const Error& error) {
    std::cerr << "candidates: " << error.what() << '\n';
    return 4;
  }
  return 0;
}
