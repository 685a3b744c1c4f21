// candidates MODEL SEEDS NOTE.md... > CANDIDATES.jsonl
// The claims that training judges: a line a sentence, {"note", "sentence", "candidates": [{"fact",
// "f": [names of features]}]}. Built by the target tercet_candidates.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "base/error.h"
#include "base/fact_json.h"
#include "base/json.h"
#include "extract/extract.h"
#include "extract/read/read.h"
#include "extract/relate/claim.h"
#include "extract/relate/view.h"

using namespace tercet;

namespace {

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
  line += "\"heading\":" + number(analysed.block_of(s).kind == Block::Kind::Heading) + ",\"tokens\":[";
  for (std::size_t i = 0; i < tree.tokens.size(); ++i) {
    const Token& t = tree.tokens[i];
    line += (i == 0 ? "[" : ",[") + as_json(analysed.text_of(s, t.span)) + "," +
            as_json(name_of(t.upos)) + "," + as_json(name_of(t.deprel)) + "," + number(t.head) +
            "," + number(view.clause_of(static_cast<int>(i))) + "]";
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
    line += std::string(first ? "" : ",") + "[" + number(p) + "," + number(p) + "," + number(p + 1) +
            ",4," + as_json(name) + ",\"\",0," + number(c) + "]";
    first = false;
  }
  line += "],";
}

void write_note(const Extractor& extractor, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  const std::string note = file.stem().string();
  const Document document =
      read_document({std::istreambuf_iterator<char>(in), {}}, note, Format::Markdown);
  const AnalysedDocument analysed = analyse(extractor.language, document);
  const DocumentClauses clauses = find_document_clauses(extractor.cues, analysed);
  const DocumentEntities entities =
      find_entities(extractor.entities, extractor.ontology, extractor.aliases, analysed);
  for (int s = 0; s < static_cast<int>(analysed.sentences.size()); ++s) {
    std::string line = "{\"note\":" + as_json(note) +
                       ",\"sentence\":" + as_json(analysed.text_of(s, analysed.tree(s).span)) +
                       ",";
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
  if (argc < 4) {
    std::cerr << "usage: candidates MODEL SEEDS NOTE.md...\n";
    return 2;
  }
  try {
    ExtractorFiles files;
    files.model = argv[1];
    files.seeds = argv[2];
    const Extractor extractor = load_extractor(files);
    for (int i = 3; i < argc; ++i) write_note(extractor, argv[i]);
  } catch (const Error& error) {
    std::cerr << "candidates: " << error.what() << '\n';
    return 4;
  }
  return 0;
}
