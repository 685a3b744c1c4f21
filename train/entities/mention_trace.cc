// Prints, as a JSON object a note, the spans that typed_mentions() types and their features: the
// food of mention_types.py. Usage: mention_trace MODEL SEEDS NOTE.md...
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/error.h"
#include "base/json.h"
#include "extract/entity/find_entities.h"
#include "extract/entity/names.h"
#include "extract/entity/typed_mentions.h"
#include "extract/extract.h"
#include "extract/read/read.h"

using namespace tercet;

namespace {

void write_text(JsonWriter& writer, const std::string& text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void trace(const Extractor& extractor, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  const Document document = read_document({std::istreambuf_iterator<char>(in), {}},
                                          file.stem().string(), Format::Markdown);
  const AnalysedDocument analysed = analyse(extractor.language, document);
  const DocumentEntities entities =
      find_entities(extractor.entities, extractor.ontology, extractor.aliases, analysed);
  rapidjson::StringBuffer out;
  JsonWriter writer(out);
  writer.StartObject();
  writer.Key("note");
  write_text(writer, document.id);
  writer.Key("sentences");
  writer.Uint64(analysed.sentences.size());
  writer.Key("text");
  std::string all;
  for (std::size_t s = 0; s < analysed.sentences.size(); ++s) {
    const int at = static_cast<int>(s);
    all += ' ';
    all += fold_name(analysed.text_of(at, analysed.tree(at).span));
  }
  write_text(writer, all);
  writer.Key("mentions");
  writer.StartArray();
  for (std::size_t s = 0; s < analysed.sentences.size(); ++s) {
    const int at = static_cast<int>(s);
    const Words words(analysed.block_of(at).text, analysed.tree(at));
    for (const MentionSpan& span : mention_spans(words, analysed, entities, at)) {
      writer.StartArray();
      write_text(writer, std::string(words.text(span.first, span.last)));
      writer.StartArray();
      for (const std::string& f :
           mention_features(extractor.entities, words, analysed, entities, span)) {
        write_text(writer, f);
      }
      writer.EndArray();
      for (const int place : {at, span.first, span.last, span.head}) writer.Int(place);
      writer.EndArray();
    }
  }
  writer.EndArray();
  writer.EndObject();
  std::cout << out.GetString() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: mention_trace MODEL SEEDS NOTE.md...\n";
    return 2;
  }
  try {
    ExtractorFiles files;
    files.model = argv[1];
    files.seeds = argv[2];
    const Extractor extractor = load_extractor(files);
    for (int i = 3; i < argc; ++i) trace(extractor, argv[i]);
  } catch (const Error& error) {
    std::cerr << "mention_trace: " << error.what() << '\n';
    return 4;
  }
  return 0;
}
