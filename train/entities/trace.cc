// Prints, as a JSON object a document, what the entity stage saw and chose between: the food of
// coreference.py and typing.py. Usage: trace MODEL SEEDS [-v VECTORS] [-r RANKING] [-l LINES.txt |
// NOTE.md...] With RANKING (models/TIER_references.tct) it prints what that chooses, too. VECTORS
// gets the vectors of all words, in their order: a row is a float, the size of a step, and a byte
// of steps for each of "width" values.
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
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
           const Document& document, const ReferenceModel* ranking, std::ostream& vectors) {
  AnalysedDocument analysed;
  analysed.document = &document;
  WordVectors rows;
  for (std::size_t b = 0; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    std::vector<Sentence> found = language.analyse(block.text, block.breaks, block.one_sentence);
    language.annotate(block.text, found, &rows);
    for (Sentence& one : found) {
      analysed.sentences.push_back({static_cast<int>(b), std::move(one)});
    }
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    vectors.write(reinterpret_cast<const char*>(&rows.scales[row]), sizeof(float));
    vectors.write(reinterpret_cast<const char*>(rows.row(row).data()),
                  static_cast<std::streamsize>(rows.width));
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
  const std::vector<Reference> chosen = find_references(
      tables, analysed, found,
      [&](int at, int token, const std::string& kind, const std::vector<Referent>& list) {
        const auto option = [](const Referent& one) {
          std::string features;
          for (const auto& [name, value] : one.features) {
            features +=
                (features.empty() ? "" : ",") + json_text(name) + ':' + std::to_string(value);
          }
          return '[' + std::to_string(one.entity) + ',' + json_text(one.name) + ",{" + features +
                 "}," + std::to_string(one.sentence) + ',' + std::to_string(one.token) + ']';
        };
        references.push_back("{\"s\":" + std::to_string(at) + ",\"t\":" + std::to_string(token) +
                             ",\"k\":" + json_text(kind) + ",\"o\":" + list_of(list, option) + "}");
      },
      {ranking, &rows, 0});
  const auto choice = [](const Reference& one) {
    return '[' + std::to_string(one.sentence) + ',' + std::to_string(one.token) + ',' +
           json_text(one.referent.name) + ']';
  };
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
  const auto names_of = [](const Entity& one) {
    return '[' + json_text(one.name) + ',' + list_of(one.aliases, json_text) + ']';
  };
  std::cout << "{\"note\":" << json_text(document.id)
            << ",\"model\":" << json_text(language.fingerprint()) << ",\"width\":" << rows.width
            << ",\"sentences\":" << list_of(analysed.sentences, sentence)
            << ",\"entities\":" << list_of(found.entities, names_of)
            << ",\"mentions\":" << list_of(found.mentions, mention)
            << ",\"references\":" << list_of(references, same)
            << ",\"chosen\":" << list_of(chosen, choice)
            << ",\"anaphors\":" << list_of(anaphors, same) << ",\"names\":" << list_of(names, same)
            << "}\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: trace MODEL SEEDS [-v VECTORS] [-r RANKING] [-l LINES.txt | NOTE.md...]\n";
    return 2;
  }
  const Language language = Language::load(argv[1]);
  const std::string seeds = argv[2];
  const EntityTables tables = read_entity_tables(seeds);
  std::ifstream relations(seeds + "/ontology.tsv"), types(seeds + "/types.tsv");
  std::vector<std::string> warnings;
  const Ontology ontology = read_ontology(relations, "ontology.tsv", types, "types.tsv", warnings);
  std::ofstream vectors;
  int given = 3;
  if (std::string(argv[3]) == "-v" && argc > 5) {
    vectors.open(argv[4], std::ios::binary);
    given = 5;
  }
  std::optional<ReferenceModel> ranking;
  if (std::string(argv[given]) == "-r" && given + 2 < argc) {
    ranking = ReferenceModel::load(argv[given + 1]);
    given += 2;
  }
  if (std::string(argv[given]) == "-l" && given + 1 < argc) {
    std::ifstream in(argv[given + 1]);
    std::string line;
    for (int n = 0; std::getline(in, line); ++n) {
      trace(language, tables, ontology, read_document(line, std::to_string(n), Format::Lines),
            ranking ? &*ranking : nullptr, vectors);
    }
    return 0;
  }
  for (int i = given; i < argc; ++i) {
    const std::string stem = std::filesystem::path(argv[i]).stem();
    trace(language, tables, ontology,
          read_document(text_of(std::ifstream(argv[i], std::ios::binary)), stem, Format::Markdown),
          ranking ? &*ranking : nullptr, vectors);
  }
}
