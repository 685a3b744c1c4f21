#include "extract/extract.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/version.h"
#include "extract/agree_types.h"
#include "extract/clause/condition_words.h"
#include "extract/clause/stance.h"
#include "extract/clause/tree_index.h"
#include "extract/finish.h"
#include "extract/language/sentences.h"

namespace tercet {

AnalysedDocument analyse(const Language& language, const Document& document) {
  AnalysedDocument out;
  out.document = &document;
  out.relations = language.relations();
  out.kinds = language.kinds();
  std::vector<Passage> passages;
  passages.reserve(document.blocks.size());
  std::vector<std::vector<Span>> labels(document.blocks.size());
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const Block& block = document.blocks[i];
    for (const Link& link : block.links) labels[i].push_back(link.label);
    passages.push_back({block.text, block.breaks, block.one_sentence, labels[i]});
  }
  std::vector<std::vector<Sentence>> found = language.analyse(passages);
  std::size_t count = 0;
  for (const std::vector<Sentence>& one : found) count += one.size();
  out.sentences.reserve(count);
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (Sentence& sentence : found[i]) {
      out.sentences.push_back({static_cast<int>(i), std::move(sentence)});
    }
  }
  return out;
}

std::size_t count_cut(std::span<const Sentence> sentences) {
  std::size_t out = 0;
  for (const Sentence& one : sentences) out += one.tokens.size() >= kMaxSentenceWords ? 1U : 0U;
  return out;
}

namespace {

std::size_t count_cut(const AnalysedDocument& analysed) {
  std::size_t out = 0;
  for (const AnalysedSentence& one : analysed.sentences) {
    out += tercet::count_cut({&one.sentence, 1});
  }
  return out;
}

/// A ranked list may hold doubtful tuples, a graph may not. "A factory in Ohio" need not exist:
/// what is planned or denied of it is said elsewhere, and not always where grammar shows it.
bool is_left_to_tuples(const OpenTuple& tuple) {
  constexpr double kLeastOfFact = 0.35;
  if (tuple.reread || tuple.confidence < kLeastOfFact) return true;
  if (!tuple.by.starts_with("prep")) return false;
  const std::string subject = ascii_lower(tuple.subject);
  return subject.starts_with("a ") || subject.starts_with("an ");
}

/// A tuple as a fact: its first argument is the object.
DraftFact draft_of(OpenTuple tuple, const AnalysedDocument& analysed,
                   const DocumentClauses& clauses) {
  DraftFact out;
  const Stance stance = stance_of_tuple(analysed, clauses, tuple);
  if (stance.attributed_to >= 0) {
    out.fact.qualifiers.attributed_to = minimise(analysed, clauses, tuple).attributed_to;
  }
  out.fact.subject = out.fact.subject_text = std::move(tuple.subject);
  out.fact.relation = std::move(tuple.relation);
  out.fact.object = out.fact.object_text = std::move(tuple.args.front());
  out.fact.polarity = stance.polarity;
  out.fact.modality = stance.modality;
  out.fact.confidence = tuple.confidence;
  out.fact.by = "open." + tuple.by;
  for (const ConditionRef& condition : stance.conditions) {
    if (!out.fact.condition) out.fact.condition = condition_words(analysed, clauses, condition);
  }
  out.sentence = tuple.sentence_index;
  out.evidence = tuple.evidence;
  out.conditions = stance.conditions;
  out.own = {tuple.sentence_index, tuple.clause};
  return out;
}

}  // namespace

Extraction extract(const Extractor& extractor, const Document& document) {
  const AnalysedDocument analysed = analyse(extractor.language, document);
  // Before the clauses: what it takes to resolve names is gone when these are there.
  DocumentEntities entities =
      find_entities(extractor.entities, extractor.ontology, extractor.aliases, analysed);
  const DocumentClauses clauses = find_document_clauses(extractor.cues, analysed);
  std::vector<DraftFact> drafts =
      find_facts(extractor.relations, extractor.ontology, analysed, clauses, entities);

  Extraction out;
  out.facts = finish_facts(analysed, std::move(drafts));
  out.entities = std::move(entities.entities);
  agree_types(extractor.ontology, out.entities, out.facts);
  out.sentences = analysed.sentences.size();
  out.cut = count_cut(analysed);
  for (const AnalysedSentence& one : analysed.sentences) out.words += one.sentence.tokens.size();
  return out;
}

Extraction extract_open(const Extractor& extractor, const Document& document) {
  const AnalysedDocument analysed = analyse(extractor.language, document);
  const DocumentClauses clauses = find_document_clauses(extractor.cues, analysed);
  std::vector<DraftFact> drafts;
  for (OpenTuple& tuple : find_tuples(analysed, clauses, extractor.open)) {
    if (is_left_to_tuples(tuple)) continue;
    drafts.push_back(draft_of(std::move(tuple), analysed, clauses));
  }
  Extraction out;
  out.facts = finish_facts(analysed, std::move(drafts));
  out.sentences = analysed.sentences.size();
  out.cut = count_cut(analysed);
  return out;
}

std::vector<UnmappedPredicate> extract_unmapped(const Extractor& extractor,
                                                const Document& document) {
  const AnalysedDocument analysed = analyse(extractor.language, document);
  const DocumentEntities entities =
      find_entities(extractor.entities, extractor.ontology, extractor.aliases, analysed);
  const DocumentClauses clauses = find_document_clauses(extractor.cues, analysed);
  return find_unmapped(
      analysed, clauses, entities,
      find_facts(extractor.relations, extractor.ontology, analysed, clauses, entities));
}

std::vector<std::pair<OpenTuple, MinimalTuple>> extract_tuples(const Extractor& extractor,
                                                               const Document& document) {
  const AnalysedDocument analysed = analyse(extractor.language, document);
  const DocumentClauses clauses = find_document_clauses(extractor.cues, analysed);
  std::vector<std::pair<OpenTuple, MinimalTuple>> out;
  for (OpenTuple& tuple : find_tuples(analysed, clauses, extractor.open)) {
    MinimalTuple minimal = minimise(analysed, clauses, tuple);
    out.emplace_back(std::move(tuple), std::move(minimal));
  }
  return out;
}

namespace {

std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

Extractor load_extractor(const ExtractorFiles& files) {
  const std::filesystem::path relations = files.ontology.value_or(files.seeds / "ontology.tsv");
  const std::filesystem::path types = files.types.value_or(files.seeds / "types.tsv");
  std::istringstream relation_rows(read_bytes(relations));
  std::istringstream type_rows(read_bytes(types));
  std::vector<std::string> warnings;
  Ontology ontology =
      read_ontology(relation_rows, relations.string(), type_rows, types.string(), warnings);
  RelationTables words = read_relation_tables(files.seeds).with(ontology);
  Extractor out{Language::load(files.model),
                std::move(ontology),
                read_cues(files.seeds),
                read_entity_tables(files.seeds),
                std::move(words),
                read_open_weights(files.seeds),
                files.aliases ? read_alias_table(*files.aliases) : AliasTable{},
                {},
                std::move(warnings)};
  std::string recipe = std::string(kVersion) + '\n' + out.language.fingerprint() + '\n' +
                       sha256_hex(relation_rows.str()) + sha256_hex(type_rows.str());
  std::vector<std::filesystem::path> tables;
  for (const auto& entry : std::filesystem::directory_iterator(files.seeds)) {
    if (entry.path().extension() == ".tsv") tables.push_back(entry.path());
  }
  std::sort(tables.begin(), tables.end());
  for (const auto& table : tables) {
    recipe += table.filename().string() + sha256_hex(read_bytes(table));
  }
  if (files.aliases) recipe += sha256_hex(read_bytes(*files.aliases));
  out.fingerprint = sha256_hex(recipe, 32);
  return out;
}

}  // namespace tercet
