#include <string>
#include <thread>
#include <vector>

#include "extract/language/language.h"
#include "extract/language/network.h"
#include "extract/language/tree.h"
#include "tests/catch.h"
#include "tests/language_fixture.h"

using fixture::ModelPacker;
using fixture::TemporaryFile;
using tercet::Language;
using tercet::Sentence;
using tercet::Token;

namespace {

/// A model of every kind; each law below holds for all of them.
struct AnyModel {
  explicit AnyModel(ModelPacker::Kind kind)
      : file(ModelPacker(kind).bytes()), language(Language::load(file.path())) {}
  TemporaryFile file;
  Language language;
};

const std::vector<const AnyModel*>& models() {
  static const AnyModel floats(ModelPacker::Kind::Floats), bytes(ModelPacker::Kind::Bytes),
      encoder(ModelPacker::Kind::Encoder), related(ModelPacker::Kind::Related);
  static const std::vector<const AnyModel*> all{&floats, &bytes, &encoder, &related};
  return all;
}

bool operator_equal(const Token& a, const Token& b) {
  return a.span == b.span && a.upos == b.upos && a.xpos == b.xpos && a.deprel == b.deprel &&
         a.head == b.head && a.space_after == b.space_after && a.joined == b.joined &&
         a.lemma == b.lemma;
}

bool same_span(const tercet::TypedSpan& a, const tercet::TypedSpan& b) {
  return a.first == b.first && a.last == b.last && a.type == b.type && a.score == b.score &&
         a.outer == b.outer;
}

bool same(const Sentence& a, const Sentence& b) {
  return std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(),
                    operator_equal) &&
         std::equal(a.mentions.begin(), a.mentions.end(), b.mentions.begin(), b.mentions.end(),
                    same_span) &&
         a.relations == b.relations && a.kinds == b.kinds;
}

void check_tree(const Sentence& sentence) {
  std::vector<std::int32_t> heads{0};
  for (const Token& token : sentence.tokens) {
    REQUIRE(token.head >= -1);
    REQUIRE(token.head < static_cast<int>(sentence.tokens.size()));
    CHECK((token.head == -1) == (token.deprel == tercet::Deprel::Root));
    CHECK_FALSE(token.lemma.empty());
    heads.push_back(token.head + 1);
  }
  CHECK(tercet::is_tree(heads));
  std::size_t last[2] = {0, 0};
  for (std::size_t i = 0; i < sentence.mentions.size(); ++i) {
    const tercet::TypedSpan& span = sentence.mentions[i];
    CHECK(span.first < span.last);
    CHECK(span.last <= sentence.tokens.size());
    CHECK(span.score > 0.0F);
    CHECK(span.score <= 1.0F);
    CHECK(span.first >= last[span.outer]);
    last[span.outer] = span.last;
    if (i > 0) CHECK(sentence.mentions[i - 1].first <= span.first);
  }
}

std::string many_words(std::size_t count) {
  fixture::Random random(3);
  const char* const list[] = {"the", "Acme", "buys", "a", "company", ",", "2024", "Über", "units"};
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += std::string(list[random.below(9)]) + ' ';
  return out;
}

Sentence given_words(const std::string& text) {
  Sentence out;
  for (const Sentence& part : tercet::tokenize(text, {}, true)) {
    out.tokens.insert(out.tokens.end(), part.tokens.begin(), part.tokens.end());
  }
  return out;
}

}  // namespace

TEST_CASE("every sentence gets a tree with one root", "[language]") {
  for (const AnyModel* model : models()) {
    for (const std::size_t size : {1, 2, 3, 10, 249, 250, 251, 700}) {
      const std::string text = many_words(size);
      const std::vector<Sentence> found = model->language.analyse(text, {}, true);
      REQUIRE(found.size() == 1);
      CHECK(found[0].tokens.size() == size);
      check_tree(found[0]);
    }
  }
}

TEST_CASE("a text without words has no sentences", "[language]") {
  for (const AnyModel* model : models()) {
    for (const std::string& text :
         {std::string(""), std::string(" \n\n\t"), std::string("\0\0", 2)}) {
      CHECK(model->language.analyse(text).empty());
    }
  }
}

TEST_CASE("hostile texts are analysed like others", "[language]") {
  for (const AnyModel* model : models()) {
    for (const std::string& text :
         {std::string("\xff\xfe\x80"), std::string("a\0b", 3),
          std::string("\U0001F600\U0001F468\u200D\U0001F469"),
          std::string("\u05e9\u05dc\u05d5\u05dd \u202egnp.exe"), std::string(1000000, 'x'),
          std::string(3000, '('), std::string("......")}) {
      for (const Sentence& sentence : model->language.analyse(text)) check_tree(sentence);
    }
  }
}

TEST_CASE("a sentence's analysis does not depend on what is analysed with it", "[language]") {
  for (const AnyModel* model : models()) {
    std::string text;
    for (std::size_t i = 1; i <= 40; ++i) text += many_words(i * 7 % 61 + 1) + ".\n\n";
    const std::vector<Sentence> together = model->language.analyse(text);
    REQUIRE(together.size() > 30);
    for (const Sentence& sentence : together) {
      std::vector<Sentence> alone{sentence};
      for (Token& token : alone[0].tokens) token.lemma.clear();
      model->language.annotate(text, alone);
      CHECK(same(alone[0], sentence));
    }
  }
}

TEST_CASE("many texts together are analysed as each alone", "[language]") {
  for (const AnyModel* model : models()) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 60; ++i) {
      // Sentences come again within a text and in later ones, also cut in other places.
      const std::string sentence = many_words(i % 13 * 29 % 300 + 1) + ". ";
      texts.push_back(sentence + many_words(3) + ".\n\n" + sentence + sentence);
    }
    texts.push_back("");
    const std::vector<std::uint32_t> breaks = {5};
    std::vector<tercet::Passage> passages;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      passages.push_back({texts[i], {}, i % 5 == 1});
      if (i % 5 == 2) passages.back().breaks = breaks;
    }
    const std::vector<std::vector<Sentence>> together = model->language.analyse(passages);
    REQUIRE(together.size() == passages.size());
    for (std::size_t i = 0; i < passages.size(); ++i) {
      std::vector<Sentence> alone =
          tercet::tokenize(passages[i].text, passages[i].breaks, passages[i].one_sentence);
      model->language.annotate(passages[i].text, alone);  // knows no twins
      CHECK(std::equal(together[i].begin(), together[i].end(), alone.begin(), alone.end(), same));
    }
  }
}

TEST_CASE("every instruction set gives the same labels and heads", "[language]") {
  for (const auto kind : {ModelPacker::Kind::Floats, ModelPacker::Kind::Bytes,
                          ModelPacker::Kind::Encoder, ModelPacker::Kind::Related}) {
    const TemporaryFile file(ModelPacker(kind).bytes());
    const tercet::ModelFile model(file.path());
    const std::string text = many_words(120);
    std::vector<std::vector<tercet::WordLabels>> results;
    std::vector<std::vector<tercet::PairLabel>> pairs;
    for (const auto set : {tercet::InstructionSet::Portable, tercet::InstructionSet::Avx2,
                           tercet::InstructionSet::Avx512}) {
      const tercet::Kernels* kernels = tercet::kernels_for(set);
      if (kernels == nullptr) continue;
      const auto network = tercet::make_network(model, *kernels);
      std::vector<std::string_view> words;
      const Sentence sentence = given_words(text);
      for (const Token& token : sentence.tokens) words.push_back(view(text, token.span));
      tercet::NetworkScratch scratch;
      results.emplace_back();
      network->label(words, std::vector<std::uint32_t>{18, 1, 10, 17, 18, 9, 12, 18, 17}, scratch,
                     results.back(), pairs.emplace_back(), nullptr);
    }
    for (const auto& result : results) {
      REQUIRE(result.size() == 120);
      for (std::size_t i = 0; i < result.size(); ++i) {
        const tercet::WordLabels &a = result[i], &b = results[0][i];
        CHECK((a.upos == b.upos && a.xpos == b.xpos && a.lemma == b.lemma && a.deprel == b.deprel &&
               a.head == b.head && a.mention == b.mention && a.outer == b.outer &&
               a.mention_score == b.mention_score && a.outer_score == b.outer_score &&
               a.kind == b.kind && a.kind_score == b.kind_score));
      }
    }
    for (const auto& found : pairs) {
      CHECK(found == pairs[0]);
      CHECK(found.empty() == (kind != ModelPacker::Kind::Related));
    }
  }
}

TEST_CASE("threads may share a language", "[language]") {
  for (const AnyModel* model : models()) {
    const std::string text = many_words(300);
    const std::vector<Sentence> expected = model->language.analyse(text);
    std::vector<std::thread> threads;
    std::vector<int> equal(4, 0);
    for (std::size_t t = 0; t < equal.size(); ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 5; ++i) {
          const std::vector<Sentence> found = model->language.analyse(text);
          equal[t] +=
              std::equal(found.begin(), found.end(), expected.begin(), expected.end(), same);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(equal == std::vector<int>(4, 5));
  }
}

TEST_CASE("a given sentence of any length gets a tree", "[language]") {
  for (const AnyModel* model : models()) {
    for (const std::size_t size : {1000, 1001, 2500, 32000, 40000}) {
      const std::string text = many_words(size);
      std::vector<Sentence> sentences{given_words(text)};
      REQUIRE(sentences[0].tokens.size() == size);
      model->language.annotate(text, sentences);
      CAPTURE(size);
      check_tree(sentences[0]);
    }
  }
}

TEST_CASE("empty sentences are left alone", "[language]") {
  for (const AnyModel* model : models()) {
    const std::string text = "one two";
    std::vector<Sentence> sentences(3);
    sentences[1] = given_words(text);
    model->language.annotate(text, sentences);
    CHECK(sentences[0].tokens.empty());
    check_tree(sentences[1]);
  }
}
