#include <chrono>
#include <string>
#include <vector>

#include "extract/language/characters.h"
#include "extract/language/language.h"
#include "extract/language/lemma.h"
#include "tests/catch.h"

using tercet::Sentence;
using tercet::Token;
using tercet::tokenize;

namespace {

// Words with a bar between them; a joined word has a plus before it.
std::string words(const std::string& text) {
  std::string out;
  for (const Sentence& sentence : tokenize(text)) {
    for (const Token& token : sentence.tokens) {
      if (!out.empty()) out += ' ';
      if (token.joined) out += '+';
      out += tercet::view(text, token.span);
    }
  }
  return out;
}

std::vector<std::string> sentences(const std::string& text,
                                   std::vector<std::uint32_t> breaks = {}) {
  std::vector<std::string> out;
  for (const Sentence& sentence : tokenize(text, breaks)) {
    out.emplace_back(tercet::view(text, sentence.span));
  }
  return out;
}

using Strings = std::vector<std::string>;

// Every visible character is in exactly one word, in order; sentences are not empty.
void check_cover(const std::string& text) {
  std::size_t at = 0;
  for (const Sentence& sentence : tokenize(text)) {
    REQUIRE_FALSE(sentence.tokens.empty());
    REQUIRE(sentence.tokens.size() <= 1000);
    CHECK(sentence.span.begin == sentence.tokens.front().span.begin);
    CHECK(sentence.span.end == sentence.tokens.back().span.end);
    CHECK_FALSE(sentence.tokens.front().joined);
    for (const Token& token : sentence.tokens) {
      REQUIRE(token.span.begin < token.span.end);
      REQUIRE(token.span.begin >= at);
      for (; at < token.span.begin; at += tercet::char_at(text, at).size) {
        REQUIRE(tercet::char_at(text, at).kind == tercet::CharKind::Space);
      }
      at = token.span.end;
      REQUIRE(at <= text.size());
      CHECK(token.space_after == (tercet::char_at(text, at).kind == tercet::CharKind::Space));
    }
  }
  for (; at < text.size(); at += tercet::char_at(text, at).size) {
    REQUIRE(tercet::char_at(text, at).kind == tercet::CharKind::Space);
  }
}

}  // namespace

TEST_CASE("clitics are words of their own", "[language]") {
  CHECK(words("I don't") == "I do +n't");
  CHECK(words("can't won't shan't") == "ca +n't wo +n't sha +n't");
  CHECK(words("she's they're we've he'll I'd I'm") ==
        "she +'s they +'re we +'ve he +'ll I +'d I +'m");
  CHECK(words("it\u2019s Acme\u2019s") == "it +\u2019s Acme +\u2019s");
  CHECK(words("wouldn't've") == "would +n't +'ve");
  CHECK(words("the players' bus") == "the players +' bus");
  CHECK(words("U.S.'s") == "U.S. +'s");
}

TEST_CASE("words that hide two are cut, their neighbours are not", "[language]") {
  CHECK(words("cannot gonna wanna dont thats") == "can +not gon +na wan +na do +nt that +s");
  CHECK(words("its were lets canned") == "its were lets canned");
}

TEST_CASE("an apostrophe inside or before a word may be part of it", "[language]") {
  CHECK(words("O'Brien d'Arcy") == "O'Brien d'Arcy");
  CHECK(words("the '90s, the 1990's and get 'em") == "the '90s , the 1990's and get 'em");
  CHECK(words("a 'quoted' word") == "a ' quoted ' word");
}

TEST_CASE("hyphens split compounds but not prefixes", "[language]") {
  CHECK(words("a well-known five-year-old plan") == "a well - known five - year - old plan");
  CHECK(words("co-founder e-mail re-elected non-profit mid-2004") ==
        "co-founder e-mail re-elected non-profit mid-2004");
  CHECK(words("year-over-year") == "year - over - year");
  CHECK(words("2019-2020 but 555-1234 and 2020-01-31") ==
        "2019 - 2020 but 555-1234 and 2020-01-31");
}

TEST_CASE("numbers keep their points, and lose their units and signs", "[language]") {
  CHECK(words("$4.2bn, 35% and 1,000,000") == "$ 4.2 bn , 35 % and 1,000,000");
  CHECK(words("20th 1990s 4A 3D 10:30pm 5kg") == "20th 1990s 4A 3D 10:30 pm 5 kg");
  CHECK(words("notes [1,2] of 11/22/2001") == "notes [ 1 , 2 ] of 11/22/2001");
  CHECK(words(".5 and US$3") == ".5 and US$ 3");
}

TEST_CASE("addresses are one word, and the point behind them is not theirs", "[language]") {
  CHECK(words("See https://example.org/a_(b)?c=d#e.") == "See https://example.org/a_(b)?c=d#e .");
  CHECK(words("(www.example.com)") == "( www.example.com )");
  CHECK(words("ask jane.doe+x@example.co.uk, or example.com/path!") ==
        "ask jane.doe+x@example.co.uk , or example.com/path !");
  CHECK(words("report.pdf by @someone") == "report.pdf by @someone");
  CHECK(words("the end.Then more") == "the end . Then more");
}

TEST_CASE("abbreviations and initials keep their point", "[language]") {
  CHECK(words("Mr. Roe of Foo Inc. met J. P. Doe in the U.S. at 5 p.m. sharp") ==
        "Mr. Roe of Foo Inc. met J. P. Doe in the U.S. at 5 p.m. sharp");
  CHECK(words("i.e. this, e.g. that") == "i.e. this , e.g. that");
  CHECK(words("plan B.") == "plan B .");
  CHECK(words("He said no. No. 5 won.") == "He said no . No. 5 won .");
}

TEST_CASE("names with signs inside stay whole", "[language]") {
  CHECK(words("AT&T R&D C++ C# w/o and/or snake_case") ==
        "AT&T R&D C++ C# w/o and / or snake_case");
}

TEST_CASE("repeated marks are one word, brackets and quotes are not", "[language]") {
  CHECK(words("Wait... what?! (\"no\")") == "Wait ... what ?! ( \" no \" )");
  CHECK(words("nice :) [x]") == "nice :) [ x ]");
}

TEST_CASE("sentences end at points, not behind abbreviations", "[language]") {
  CHECK(sentences("Acme rose. Beta fell! Why? Nobody knows.") ==
        Strings{"Acme rose.", "Beta fell!", "Why?", "Nobody knows."});
  CHECK(sentences("Dr. Roe joined Foo Corp. Smith left vs. Doe. It works, i.e. Mostly.") ==
        Strings{"Dr. Roe joined Foo Corp. Smith left vs. Doe.", "It works, i.e. Mostly."});
  CHECK(sentences("He moved to the U.S. He likes it in the U.S. Senate.") ==
        Strings{"He moved to the U.S.", "He likes it in the U.S. Senate."});
}

TEST_CASE("closing quotes and brackets belong to the sentence", "[language]") {
  CHECK(sentences("\"We won.\" He left. (Really.)") ==
        Strings{"\"We won.\"", "He left.", "(Really.)"});
  CHECK(sentences("\"Stop!\" she said.") == Strings{"\"Stop!\" she said."});
}

TEST_CASE("an empty line and a given break end a sentence, a line end does not", "[language]") {
  CHECK(sentences("A title\n\nThe text\ngoes on.") == Strings{"A title", "The text\ngoes on."});
  CHECK(sentences("A title\r\n \r\nThe text") == Strings{"A title", "The text"});
  CHECK(sentences("one two three", {4}) == Strings{"one", "two three"});
  CHECK(sentences("onetwo", {3}) == Strings{"one", "two"});
  CHECK(sentences("Mr. Roe", {3}) == Strings{"Mr.", "Roe"});
  CHECK(sentences("a b", {0, 0, 2, 2, 3, 9}) == Strings{"a", "b"});
}

TEST_CASE("asked for one sentence, the tokenizer gives one", "[language]") {
  const std::string text = "One. Two.\n\nThree.";
  const std::uint32_t at[] = {4};
  CHECK(tokenize(text, at, true).size() == 1);
}

TEST_CASE("a sentence is cut at 1,000 words", "[language]") {
  std::string text;
  for (int i = 0; i < 2500; ++i) text += "word ";
  for (const bool one : {false, true}) {
    const std::vector<Sentence> found = tokenize(text, {}, one);
    REQUIRE(found.size() == 3);
    CHECK(found[0].tokens.size() == 1000);
    CHECK(found[2].tokens.size() == 500);
  }
}

TEST_CASE("every visible character is in one word, whatever the text", "[language]") {
  for (const std::string& text :
       {std::string(""), std::string(" \n\t "), std::string("\0a\0", 3),
        std::string("\xff\xfe bad"), std::string("\xe2\x80"),
        std::string("a\xcc\x81"
                    "e \U0001F468\u200D\U0001F469 \u05e9\u05dc"),
        std::string("\u2066x\u2069 \u202eabc"), std::string("http:// www. a@ @ # $ ' \" '' `"),
        std::string("x.y.z. ... .5.5. 1-1-1-1-1-1-1-1-1-1a"), std::string("'s 're n't ' 's'"),
        std::string("A&B& &C a*b* w/ w/o/ 5'5's")}) {
    CAPTURE(text);
    check_cover(text);
  }
}

TEST_CASE("random strings of the characters that rules look at are covered", "[language]") {
  const std::string alphabet = "aAsn1.,:;!?'\"-/@&*()[]<>_$%#+ \n";
  std::uint64_t state = 1;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += alphabet[(state >> 33) % alphabet.size()];
    }
    CAPTURE(text);
    check_cover(text);
  }
}

TEST_CASE("time grows with the text only, whatever is repeated", "[language]") {
  // 2 MB take about 0.1 s; a quadratic rule would take hours.
  for (const std::string part :
       {"a",      ".",        "'",     "1",    "-",    "(",      "http://", "a@",
        "1-",     "1-1a",     "a.",    "x@y.", "Mr. ", "U.S.",   ").",      "e-",
        "www.a ", "a.com/x ", "(a@b ", "' ",   "1,",   "\u2019", "A&",      "w/"}) {
    std::string text;
    while (text.size() < 2000000) text += part;
    CAPTURE(part);
    const auto start = std::chrono::steady_clock::now();
    CHECK_FALSE(tokenize(text).empty());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  }
}

TEST_CASE("a lemma that is no word gives way to a base that is one", "[language]") {
  const auto known = [](std::string_view word) {
    return word == "store" || word == "plan" || word == "company" || word == "bus" || word == "run";
  };
  using tercet::mend_lemma;
  using tercet::Xpos;
  CHECK(mend_lemma("stor", "storing", Xpos::VBG, known) == "store");
  CHECK(mend_lemma("plann", "planned", Xpos::VBD, known) == "plan");
  CHECK(mend_lemma("companie", "companies", Xpos::NNS, known) == "company");
  CHECK(mend_lemma("soug", "sought", Xpos::VBD, known) == "seek");
  CHECK(mend_lemma("found", "found", Xpos::VBN, known) == "find");
  CHECK(mend_lemma("found", "found", Xpos::VB, known) == "found");  // "to found a firm"
  CHECK(mend_lemma("run", "running", Xpos::VBG, known) == "run");
  CHECK(mend_lemma("grokk", "grokking", Xpos::VBG, known) == "grokk");  // nothing better is known
  CHECK(mend_lemma("Storing", "Storing", Xpos::NNP, known) == "Storing");
}

TEST_CASE("no sentence ends inside the label of a link", "[language]") {
  const std::string text = "We read The End. A Story of Glass last week. It was long.";
  const tercet::Span label{8, 33};
  REQUIRE(view(text, label) == "The End. A Story of Glass");
  CHECK(tercet::tokenize(text, {}, false, {&label, 1}).size() == 2);
}

TEST_CASE("sentences end where a reader would end them", "[language]") {
  const auto count = [](const char* text) { return tercet::tokenize(text).size(); };
  CHECK(count("Dr. Vance of Acme Inc. met J. R. Moss at 3 p.m. in St. Ives.") == 1);
  CHECK(count("It cost $3.5 million, i.e. more than version 2.0 did.") == 1);
  CHECK(count("See https://a.example/x.y?z=1. It says more.") == 2);
  CHECK(count("\"Is it done?\" she asked. \"It is.\"") == 2);
  CHECK(count("They left... Nobody knew why. Why?! We asked again.") >= 3);
  CHECK(count("He works for Acme Inc. The firm makes boats.") == 2);
}

TEST_CASE("a possessive stays one word, a contraction without its mark does not", "[language]") {
  const auto words = [](const char* text) { return tercet::tokenize(text).front().tokens.size(); };
  CHECK(words("its price fell") == 3);
  CHECK(words("its a pity") == 4);
  CHECK(words("Really.?") == 2);
}
