#include <algorithm>
#include <optional>

#include "cli/commands.h"
#include "cli/data_files.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/word_models.h"
#include "extract/entity/chains.h"
#include "extract/entity/find_entities.h"
#include "extract/entity/reference.h"
#include "extract/entity/typed_mentions.h"
#include "extract/language/conllu.h"

namespace tercet::cli {
namespace {

/// MISC without the value of `key`; "_" if nothing is left.
std::string without(std::string_view misc, std::string_view key) {
  std::string out;
  for (std::size_t begin = 0; begin <= misc.size();) {
    const std::size_t end = std::min(misc.find('|', begin), misc.size());
    const std::string_view one = misc.substr(begin, end - begin);
    if (!(one.starts_with(key) && one.substr(key.size()).starts_with('='))) {
      out.append(out.empty() ? "" : "|").append(one);
    }
    begin = end + 1;
  }
  return out.empty() ? "_" : out;
}

bool says(const std::vector<GivenSentences::Line>& lines, std::string_view what) {
  return std::ranges::any_of(lines, [&](const auto& line) { return line.text.starts_with(what); });
}

/// The sentences [from, to) as a document: a block a "# newpar", a heading where its one sentence
/// has no mark at its end.
struct GivenDocument {
  Document document;
  AnalysedDocument analysed;
  std::size_t from = 0;

  GivenDocument(const GivenSentences& given, std::size_t begin, std::size_t end) : from(begin) {
    std::uint32_t base = 0;
    for (std::size_t i = begin; i < end; ++i) {
      Sentence sentence = given.sentences[i];
      if (i == begin || says(given.frames[i].lines, "# newpar")) {
        document.blocks.emplace_back();
        base = sentence.span.begin;
      }
      Block& block = document.blocks.back();
      block.text.resize(sentence.span.begin - base, ' ');
      block.text += view(given.text, sentence.span);
      sentence.span = {sentence.span.begin - base, sentence.span.end - base};
      for (Token& token : sentence.tokens) {
        token.span = {token.span.begin - base, token.span.end - base};
      }
      const bool mark = sentence.tokens.back().upos == Upos::Punct;
      const bool alone = i + 1 == end || says(given.frames[i + 1].lines, "# newpar");
      block.kind = alone && block.text.size() == sentence.span.end && sentence.span.begin == 0 &&
                           !mark && sentence.tokens.size() < 12
                       ? Block::Kind::Heading
                       : Block::Kind::Paragraph;
      analysed.sentences.push_back(
          {static_cast<int>(document.blocks.size()) - 1, std::move(sentence)});
    }
    analysed.document = &document;
  }
  GivenDocument(const GivenDocument&) = delete;
  GivenDocument& operator=(const GivenDocument&) = delete;
};

/// A value of MISC: no separator of values, lines or columns. "_" for nothing.
std::string misc_value(std::string value) {
  for (char& c : value) {
    if (c == '|') c = '/';
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return value.empty() ? "_" : value;
}

/// Who and what is meant again, or what is named, goes into MISC, in place of what stood there.
void add_chains(const Extractor& extractor, bool coreference, GivenSentences& given,
                const WordModels& models, const WordVectors& vectors) {
  std::size_t row = 0;
  for (std::size_t begin = 0; begin < given.sentences.size();) {
    std::size_t end = begin + 1;
    while (end < given.sentences.size() && !says(given.frames[end].lines, "# newdoc")) ++end;
    stop_if_interrupted();
    GivenDocument one(given, begin, end);
    if (!coreference) one.analysed.kinds = extractor.language.kinds();
    const DocumentEntities entities =
        find_entities(extractor.entities, extractor.ontology, extractor.aliases, one.analysed);
    auto columns = entity_columns(
        one.analysed, coreference
                          ? coreference_chains(one.analysed, entities)
                          : typed_mentions(extractor.entities, extractor.ontology, one.analysed,
                                           entities, {pointer(models.types), &vectors, row}));
    const std::vector<Reference> references =
        coreference ? find_references(extractor.entities, one.analysed, entities, {},
                                      {pointer(models.references), &vectors, row})
                    : std::vector<Reference>();
    for (const Reference& found : references) {
      std::string& column =
          columns[static_cast<std::size_t>(found.sentence)][static_cast<std::size_t>(found.token)];
      column += (column.empty() ? "RefersTo=" : "|RefersTo=") + misc_value(found.referent.name);
    }
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t t = 0; t < given.frames[i].misc.size(); ++t) {
        const std::string& column = columns[i - begin][t];
        std::string& misc = given.frames[i].misc[t];
        misc = without(without(misc, "Entity"), "RefersTo");
        if (column.empty()) continue;
        misc = misc == "_" ? column : column + '|' + misc;
      }
    }
    for (; begin < end; ++begin) row += given.sentences[begin].tokens.size();
  }
}

}  // namespace

int parse_given(const ParseCommand& command) {
  std::optional<Extractor> extractor;
  std::optional<Language> own;
  if (command.coreference || command.mentions) {
    ExtractorOptions options;
    options.tier = command.tier;
    extractor.emplace(load(options));
  } else {
    own.emplace(Language::load(extractor_files(command.tier).model));
  }
  const Language& language = extractor ? extractor->language : *own;
  WordModels models;
  if (command.coreference)
    models.references = fitting<ReferenceModel>(language, command.tier, "references");
  if (command.mentions) models.types = fitting<TypeModel>(language, command.tier, "types");
  const bool vectors_count = models.references || models.types;
  Output output(command.output);
  std::vector<std::string> paths = command.input.paths;
  if (paths.empty()) paths.push_back("-");
  for (const std::string& path : paths) {
    GivenSentences given = read_conllu(read_bytes(path), path);
    WordVectors vectors;
    language.annotate(given.text, given.sentences, vectors_count ? &vectors : nullptr);
    if (extractor) add_chains(*extractor, command.coreference, given, models, vectors);
    std::string out;
    write_conllu(out, given);
    output.write(out);
  }
  output.commit();
  return kOk;
}

}  // namespace tercet::cli
