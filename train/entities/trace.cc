// Prints, as a JSON object a document, what the entity stage saw and chose between: the food of
// coreference.py and typing.py. Usage: trace MODEL SEEDS [-l LINES.txt | NOTE.md...]
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "extract/entity/reference.h"
#include "extract/entity/resolver.h"
#include "extract/language/language.h"
#include "extract/read/read.h"

namespace {

using namespace tercet;

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + '"';
}

/// `items` through `print`, with commas between.
template <typename Items, typename Print>
std::string list_of(const Items& items, const Print& print) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ",") + print(item);
  return '[' + out + ']';
}

std::string text_of(std::ifstream in) { return {std::istreambuf_iterator<char>(in), {}}; }

void trace(const Language& language, const EntityTables& tables, const Ontology& ontology,
           const Document& document) {
  AnalysedDocument analysed;
  analysed.document = &document;
  for (std::size_t b = 0; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    for (Sentence& one : language.analyse(block.text, block.breaks, block.one_sentence)) {
      analysed.sentences.push_back({static_cast<int>(b), std::move(one)});
    }
  }
  std::vector<std::string> anaphors, names;
  EntityTrace watch;
  watch.on_anaphor = [&](const Anaphor& anaphor, const std::vector<EntityTrace::Option>& options) {
    const auto print = [](const EntityTrace::Option& option) {
      std::ostringstream features;
      for (const auto& [name, value] : option.features) {
        features << (features.tellp() > 0 ? "," : "") << json_text(name) << ':' << value;
      }
      return '[' + std::to_string(option.entity) + ',' + json_text(option.name) + ",{" +
             features.str() + "}]";
    };
    anaphors.push_back(
        "{\"s\":" + std::to_string(anaphor.sentence) + ",\"t\":" + std::to_string(anaphor.token) +
        ",\"k\":" + json_text(anaphor.kind) + ",\"o\":" + list_of(options, print) + "}");
  };
  watch.on_name = [&](const std::string& name, const std::vector<std::string>& features) {
    names.push_back('[' + json_text(name) + ',' + list_of(features, json_text) + ']');
  };
  const DocumentEntities found = Resolver(tables, ontology, {}, analysed, &watch).run();
  const auto mention = [&](const Mention& one) {
    const std::string name =
        one.entity < 0 ? "" : found.entities[static_cast<std::size_t>(one.entity)].name;
    return '[' + std::to_string(one.sentence) + ',' + std::to_string(one.first) + ',' +
           std::to_string(one.last) + ',' + std::to_string(one.head) + ',' + json_text(name) + ']';
  };
  std::vector<std::string> references;
  find_references(
      tables, analysed, found,
      [&](int at, int token, const std::string& kind, const std::vector<Referent>& list) {
        const auto option = [](const Referent& one) {
          std::string features;
          for (const auto& [name, value] : one.features) {
            features +=
                (features.empty() ? "" : ",") + json_text(name) + ':' + std::to_string(value);
          }
          return '[' + std::to_string(one.entity) + ',' + json_text(one.name) + ",{" + features +
                 "}]";
        };
        references.push_back("{\"s\":" + std::to_string(at) + ",\"t\":" + std::to_string(token) +
                             ",\"k\":" + json_text(kind) + ",\"o\":" + list_of(list, option) + "}");
      });
  const auto sentence = [&](const AnalysedSentence& one) {
    const std::string& text = document.blocks[static_cast<std::size_t>(one.block)].text;
    return "{\"text\":" + json_text(view(text, one.sentence.span)) +
           ",\"begin\":" + std::to_string(one.sentence.span.begin) + ",\"tokens\":" +
           list_of(one.sentence.tokens,
                   [&](const Token& token) {
                     return '[' + json_text(view(text, token.span)) + ',' +
                            std::to_string(token.span.begin) + ']';
                   }) +
           "}";
  };
  const auto same = [](const std::string& text) { return text; };
  std::cout << "{\"note\":" << json_text(document.id)
            << ",\"sentences\":" << list_of(analysed.sentences, sentence)
            << ",\"mentions\":" << list_of(found.mentions, mention)
            << ",\"references\":" << list_of(references, same)
            << ",\"anaphors\":" << list_of(anaphors, same) << ",\"names\":" << list_of(names, same)
            << "}\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: trace MODEL SEEDS [-l LINES.txt | NOTE.md...]\n";
    return 2;
  }
  const Language language = Language::load(argv[1]);
  const std::string seeds = argv[2];
  const EntityTables tables = read_entity_tables(seeds);
  std::ifstream relations(seeds + "/ontology.tsv"), types(seeds + "/types.tsv");
  std::vector<std::string> warnings;
  const Ontology ontology = read_ontology(relations, "ontology.tsv", types, "types.tsv", warnings);
  if (std::string(argv[3]) == "-l" && argc > 4) {
    std::ifstream in(argv[4]);
    std::string line;
    for (int n = 0; std::getline(in, line); ++n) {
      trace(language, tables, ontology, read_document(line, std::to_string(n), Format::Lines));
    }
    return 0;
  }
  for (int i = 3; i < argc; ++i) {
    const std::string stem = std::filesystem::path(argv[i]).stem();
    trace(language, tables, ontology,
          read_document(text_of(std::ifstream(argv[i], std::ios::binary)), stem, Format::Markdown));
  }
}
