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

using namespace tercet;

namespace {

std::string as_json(std::string_view text) {
  rapidjson::StringBuffer out;
  JsonWriter writer(out);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return out.GetString();
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
                       ",\"candidates\":[";
    bool first = true;
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
