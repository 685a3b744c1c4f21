// candidates MODEL SEEDS SENTENCES.txt > CANDIDATES.jsonl
// Every open tuple of a file of sentences, likely or not: a line a tuple, {"tuple", "f": [names of
// features]}. Built by the target tercet_open_candidates.

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "extract/extract.h"
#include "extract/read/read.h"

using namespace tercet;

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: candidates MODEL SEEDS SENTENCES.txt\n";
    return 2;
  }
  try {
    ExtractorFiles files;
    files.model = argv[1];
    files.seeds = argv[2];
    const Extractor extractor = load_extractor(files);
    std::ifstream in(argv[3], std::ios::binary);
    if (!in) throw Error(Error::Code::Io, "cannot be read", {argv[3], 0, 0});
    const Document document =
        read_document({std::istreambuf_iterator<char>(in), {}}, "train", Format::Lines);
    const AnalysedDocument analysed = analyse(extractor.language, document);
    const DocumentClauses clauses = find_document_clauses(extractor.cues, analysed);
    for (const OpenTuple& tuple : find_tuples(analysed, clauses, {}, true)) {
      rapidjson::StringBuffer buffer;
      JsonWriter writer(buffer);
      writer.StartArray();
      for (const std::string& feature : tuple.features) {
        writer.String(feature.data(), static_cast<rapidjson::SizeType>(feature.size()));
      }
      writer.EndArray();
      std::cout << "{\"tuple\":" << to_json(tuple, {}) << ",\"f\":" << buffer.GetString() << "}\n";
    }
  } catch (const Error& error) {
    std::cerr << "candidates: " << error.what() << '\n';
    return 4;
  }
  return 0;
}
