#include <string>

#include "base/error.h"
#include "extract/language/conllu.h"
#include "extract/language/language.h"
#include "extract/language/lemma.h"
#include "extract/language/tags.h"
#include "extract/language/word_features.h"
#include "tests/catch.h"

using tercet::GivenSentences;
using tercet::read_conllu;
using tercet::write_conllu;

namespace {

std::uint32_t error_line(const std::string& conllu) {
  try {
    read_conllu(conllu, "x.conllu");
  } catch (const tercet::Error& error) {
    CHECK(error.code() == tercet::Error::Code::Syntax);
    CHECK(error.at().file == "x.conllu");
    return error.at().line;
  }
  return 0;
}

}  // namespace

TEST_CASE("written words read back as the same words", "[language]") {
  const std::string text = "We don't know Acme's well-known plan. \"Really?\"";
  std::string written;
  write_conllu(written, text, tercet::tokenize(text), {"s-1", "s-2"});
  CHECK(written.find("# sent_id = s-1\n# text = We don't know") == 0);
  CHECK(written.find("2-3\tdon't\t_\t_") != std::string::npos);
  const GivenSentences read = read_conllu(written);
  const std::vector<tercet::Sentence> expected = tercet::tokenize(text);
  REQUIRE(read.sentences.size() == expected.size());
  for (std::size_t s = 0; s < expected.size(); ++s) {
    REQUIRE(read.sentences[s].tokens.size() == expected[s].tokens.size());
    for (std::size_t i = 0; i < expected[s].tokens.size(); ++i) {
      const tercet::Token &a = expected[s].tokens[i], &b = read.sentences[s].tokens[i];
      CHECK(view(text, a.span) == view(read.text, b.span));
      CHECK(a.joined == b.joined);
      if (i + 1 < expected[s].tokens.size()) CHECK(a.space_after == b.space_after);
    }
  }
}

TEST_CASE("comments, ranges, empty nodes and MISC come back as they were", "[language]") {
  const std::string in =
      "# sent_id = 7\n# text = We don't\n1\tWe\tx\tX\tX\tF=1\t3\tfoo\t3:foo\tA=b\n"
      "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n"
      "2.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_\n3\tn't\t_\t_\t_\t_\t_\t_\t_\tB=c|C=d\n\n";
  std::string out;
  write_conllu(out, read_conllu(in));
  CHECK(out ==
        "# sent_id = 7\n# text = We don't\n1\tWe\t_\tX\t_\t_\t0\tdep\t_\tA=b\n"
        "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\t_\tX\t_\t_\t1\tdep\t_\t_\n"
        "2.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_\n3\tn't\t_\tX\t_\t_\t1\tdep\t_\tB=c|C=d\n\n");
}

TEST_CASE("two columns and Windows line ends are enough", "[language]") {
  const GivenSentences read = read_conllu(
      "\xEF\xBB\xBF"
      "1\tHello\r\n2\t!\r\n\r\n\r\n1\tBye\r\n");
  REQUIRE(read.sentences.size() == 2);
  CHECK(read.text == "Hello !\nBye\n");
}

TEST_CASE("a bad line is named", "[language]") {
  CHECK(error_line("1\ta\n2\tb\n\n") == 0);
  CHECK(error_line("hello\n") == 1);
  CHECK(error_line("1\ta\nx\tb\n") == 2);
  CHECK(error_line("1\ta\n3\tb\n") == 2);
  CHECK(error_line("1\t\n") == 1);
  CHECK(error_line("0\ta\n") == 1);
  CHECK(error_line("-1\ta\n") == 1);
  CHECK(error_line("99999999999999999999999\ta\n") == 1);
  CHECK(error_line("2-3\tab\n1\ta\n") == 1);
  CHECK(error_line("1-2\tab\n1\ta\n\n") == 3);
  CHECK(error_line("1-2\tab\n1-2\tab\n") == 2);
  CHECK(error_line("1\ta\tb\tc\td\te\tf\tg\th\ti\tj\tk\n") == 1);
  std::string longest;
  for (int i = 1; i <= 30001; ++i) longest += std::to_string(i) + "\tw\n";
  CHECK(error_line(longest) == 30001);
}

TEST_CASE("an empty file has no sentence, and comments alone are none", "[language]") {
  CHECK(read_conllu("").sentences.empty());
  CHECK(read_conllu("# only this\n\n\n").sentences.empty());
}

TEST_CASE("no form can break a line", "[language]") {
  const std::string text = "a\tb\nc";
  tercet::Sentence sentence;
  sentence.span = {0, 5};
  sentence.tokens.resize(1);
  sentence.tokens[0].span = {0, 5};
  std::string out;
  write_conllu(out, text, {sentence});
  CHECK(out.find("\n1\ta b c\t_\t") != std::string::npos);
}

TEST_CASE("lemma scripts cut letters, not bytes", "[language]") {
  const auto lemma = [](const std::string& script, const std::string& form) {
    return tercet::apply_lemma_script(tercet::parse_lemma_script(script).value(), form);
  };
  CHECK(lemma("l|3|y", "Companies") == "company");
  CHECK(lemma("k|0|", "AWS") == "AWS");
  CHECK(lemma("k|2|", "AWSés") == "AWS");
  CHECK(lemma("l|0|", "ÉTÉ") == "été");
  CHECK(lemma("t|0|", "ÉCOLE") == "École");
  CHECK(lemma("u|1|", "nas\u00e9") == "NAS");
  CHECK(lemma("l|9|x", "Abc") == "Abc");
  CHECK(lemma("l|3|", "Abc") == "Abc");
  CHECK(lemma("l|0||x", "A") == "a|x");
  CHECK(lemma("k|1|", "\xff") == "\xff");
  for (const char* bad : {"", "k", "k||", "x|1|a", "k|1", "k|-1|a", "k|1x|a", "k|99999999999|a"}) {
    CAPTURE(bad);
    CHECK_FALSE(tercet::parse_lemma_script(bad));
  }
}

TEST_CASE("names of tags and their values are one to one", "[language]") {
  for (int i = 0; i <= static_cast<int>(tercet::Upos::X); ++i) {
    CHECK(tercet::upos_of(name_of(static_cast<tercet::Upos>(i))) == static_cast<tercet::Upos>(i));
  }
  for (int i = 0; i <= static_cast<int>(tercet::Xpos::GW); ++i) {
    CHECK(tercet::xpos_of(name_of(static_cast<tercet::Xpos>(i))) == static_cast<tercet::Xpos>(i));
  }
  for (int i = 0; i <= static_cast<int>(tercet::Deprel::Xcomp); ++i) {
    const auto deprel = static_cast<tercet::Deprel>(i);
    CHECK(tercet::deprel_of(name_of(deprel)) == deprel);
  }
  CHECK(name_of(tercet::Upos::Propn) == "PROPN");
  CHECK(name_of(tercet::Xpos::PRPS) == "PRP$");
  CHECK(name_of(tercet::Xpos::WPS) == "WP$");
  CHECK(name_of(tercet::Deprel::AclRelcl) == "acl:relcl");
  CHECK(name_of(tercet::Deprel::NmodUnmarked) == "nmod:unmarked");
  CHECK(tercet::deprel_of("obl:tmod") == tercet::Deprel::Obl);
  CHECK(tercet::deprel_of("no such") == tercet::Deprel::Dep);
  CHECK(tercet::xpos_of("-LRB-") == tercet::Xpos::LeftBracket);
  CHECK(tercet::xpos_of("XX") == tercet::Xpos::Other);
}

TEST_CASE("a word's features are those of the format's document", "[language]") {
  // FNV-1a test vectors: Fowler, Noll, Vo; seed 0 leaves the offset basis as it is.
  CHECK(tercet::seeded_hash("", 0) == 0x811C9DC5U);
  CHECK(tercet::seeded_hash("a", 0) == 0xE40C292CU);
  CHECK(tercet::seeded_hash("foobar", 0) == 0xBF9CF968U);
  CHECK(tercet::word_shape("McCoy") == "XxXxx");
  CHECK(tercet::word_shape("AWS-2024's") == "XX-dd'x");
  CHECK(tercet::word_shape("Étéabc") == "uxuxx");
  CHECK(tercet::word_shape("aaaaaaaaaaaaZ") == "xx");

  const tercet::WordTable table({"acme", "##", "\u00c9a"});
  const tercet::FeatureSizes sizes{100, 101, 102, 103};
  const tercet::WordFeatures known = tercet::word_features("ACME", table, sizes);
  CHECK(known.word[0] == 0);
  CHECK(known.word[1] == 3 + tercet::seeded_hash("acme", 7) % 100);
  CHECK(known.prefix == tercet::seeded_hash("pacm", 3) % 101);
  CHECK(known.suffix[0] == tercet::seeded_hash("s2me", 3) % 102);
  CHECK(known.suffix[1] == tercet::seeded_hash("s3cme", 3) % 102);
  CHECK(known.suffix[2] == tercet::seeded_hash("s4acme", 5) % 102);
  CHECK(known.shape == tercet::seeded_hash("SXX", 3) % 103);
  const tercet::WordFeatures accented = tercet::word_features("x\u00e9yz\u00e0", table, sizes);
  CHECK(accented.word[0] == 3 + tercet::seeded_hash("x\u00e9yz\u00e0", 1) % 100);
  CHECK(accented.prefix == tercet::seeded_hash("px\u00e9y", 3) % 101);
  CHECK(accented.suffix[0] == tercet::seeded_hash("s2z\u00e0", 3) % 102);
  CHECK(tercet::word_features("42", table, sizes).word[0] == 1);
  CHECK(tercet::word_features("\u00c9A", table, sizes).word[0] == 2);
}
