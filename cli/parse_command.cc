#include <optional>

#include "base/error.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/data_files.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/word_models.h"
#include "extract/entity/find_entities.h"
#include "extract/entity/typed_mentions.h"
#include "extract/language/conllu.h"

namespace tercet::cli {
namespace {

void warn_of_cut(const Document& document, std::size_t cut) {
  if (cut > 0) print_warning(document.id + ": " + remark_on_cut(cut));
}

// A plain text keeps all its characters, also the "- " that begins a list item, so that what is
// written can be held against other analyses of the same text.
void parse_plain(const Language& language, const Document& given, Output& output) {
  if (!is_valid_utf8(given.text)) {
    return parse_plain(language, read_document(to_valid_utf8(given.text), given.id, Format::Text),
                       output);
  }
  std::vector<std::uint32_t> breaks;
  for (const Block& block : given.blocks) {
    const std::size_t begin = block.origin.begin_of(0);
    const std::size_t line = begin == 0 ? 0 : given.text.find_last_of("\r\n", begin - 1) + 1;
    breaks.push_back(static_cast<std::uint32_t>(line));
  }
  const std::vector<Sentence> sentences = language.analyse(given.text, breaks);
  std::vector<std::string> ids;
  for (std::size_t i = 1; i <= sentences.size(); ++i) {
    ids.push_back(given.id + "-" + std::to_string(i));
  }
  std::string out;
  write_conllu(out, given.text, sentences, ids);
  output.write(out);
  warn_of_cut(given, count_cut(sentences));
}

// Short blocks go through the network together: its kernels are at half their speed on few rows.
constexpr std::size_t kGroupBytes = std::size_t{1} << 16;

void parse_blocks(const Language& language, const Document& document, Output& output) {
  std::size_t number = 0, cut = 0;
  for (std::size_t from = 0; from < document.blocks.size();) {
    std::vector<Passage> passages;
    std::vector<std::vector<Span>> labels;
    std::size_t to = from;
    for (std::size_t bytes = 0; to < document.blocks.size() && bytes < kGroupBytes; ++to) {
      const Block& block = document.blocks[to];
      bytes += block.text.size();
      labels.emplace_back();
      for (const Link& link : block.links) labels.back().push_back(link.label);
      passages.push_back({block.text, block.breaks, block.one_sentence, labels.back()});
    }
    from = to;
    stop_if_interrupted();
    const std::vector<std::vector<Sentence>> found = language.analyse(passages);
    std::string out;
    for (std::size_t i = 0; i < found.size(); ++i) {
      cut += count_cut(found[i]);
      std::vector<std::string> ids;
      for (std::size_t k = 0; k < found[i].size(); ++k)
        ids.push_back(document.id + "-" + std::to_string(++number));
      write_conllu(out, passages[i].text, found[i], ids);
    }
    output.write(out);
  }
  warn_of_cut(document, cut);
}

/// The vectors of all words, in their order. The language model reads the text a second time: it
/// makes them only of sentences that are given.
WordVectors vectors_of(const Language& language, const AnalysedDocument& analysed) {
  WordVectors out;
  for (const AnalysedSentence& one : analysed.sentences) {
    Sentence sentence = one.sentence;
    language.annotate(analysed.document->blocks[static_cast<std::size_t>(one.block)].text,
                      {&sentence, 1}, &out);
  }
  return out;
}

/// With what is named in the last column. A whole document at once: a thing has one type.
void parse_mentions(const Extractor& extractor, const TypeModel* types, const Document& document,
                    Output& output) {
  stop_if_interrupted();
  const AnalysedDocument analysed = analyse(extractor.language, document);
  const WordVectors vectors =
      types != nullptr ? vectors_of(extractor.language, analysed) : WordVectors();
  const DocumentEntities entities =
      find_entities(extractor.entities, extractor.ontology, extractor.aliases, analysed);
  std::vector<std::vector<std::string>> columns =
      entity_columns(analysed, typed_mentions(extractor.entities, extractor.ontology, analysed,
                                              entities, {types, &vectors, 0}));
  std::string out;
  std::size_t cut = 0;
  for (std::size_t s = 0; s < analysed.sentences.size(); ++s) {
    const std::vector<Sentence> one = {analysed.sentences[s].sentence};
    cut += count_cut(one);
    write_conllu(out, analysed.block_of(static_cast<int>(s)).text, one,
                 {document.id + "-" + std::to_string(s + 1)}, {std::move(columns[s])});
  }
  output.write(out);
  warn_of_cut(document, cut);
}

}  // namespace

int run(const ParseCommand& given) {
  ParseCommand command = given;
  if (command.coreference && !command.conllu) {
    throw Error(Error::Code::Usage, "--coref needs sentences that are given: -f conllu", {},
                "tercet parse FILE | tercet parse --coref -f conllu -");
  }
  if (command.conllu) return parse_given(command);
  std::optional<Extractor> extractor;
  std::optional<Language> own;
  if (command.mentions) {
    ExtractorOptions options;
    options.tier = command.tier;
    extractor.emplace(load(options));
  } else {
    own.emplace(Language::load(extractor_files(command.tier).model));
  }
  const std::optional<TypeModel> types =
      extractor ? fitting<TypeModel>(extractor->language, command.tier, "types") : std::nullopt;
  Output output(command.output);
  Problems problems;
  std::size_t documents = 0;
  for (const Input& input : list_inputs(command.input, problems, {})) {
    read_input(
        input, command.input,
        [&](const Document& document) {
          stop_if_interrupted();
          ++documents;
          if (const std::string remarks = remarks_on(document); !remarks.empty()) {
            print_warning(document.id + ": " + remarks);
          }
          const Format format = command.input.format.value_or(format_of(input.path, document.text));
          if (extractor) {
            parse_mentions(*extractor, pointer(types), document, output);
          } else if (format == Format::Text) {
            parse_plain(*own, document, output);
          } else {
            parse_blocks(*own, document, output);
          }
        },
        [&](const std::string& what) { problems.add(what); });
  }
  if (documents == 0 && problems.count() > 0) return problems.fail();
  problems.finish();
  output.commit();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
