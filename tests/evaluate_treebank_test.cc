#include <map>
#include <string>

#include "base/error.h"
#include "extract/evaluate/treebank_score.h"
#include "tests/catch.h"

using tercet::read_treebank;
using tercet::Score;
using tercet::Treebank;

namespace {

// A word a line: form, tag, head, label; "2-3 form" is a range; an empty line ends a sentence.
std::string conllu(const std::string& lines) {
  std::string out;
  int number = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    const std::string line = lines.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t space = line.find(' ');
    if (line.empty()) {
      out += '\n';
      number = 0;
    } else if (line.find('-') < space) {
      out += line.substr(0, space) + '\t' + line.substr(space + 1) + "\t_\t_\t_\t_\t_\t_\t_\t_\n";
    } else {
      const std::size_t tag = space + 1, head = line.find(' ', tag) + 1,
                        label = line.find(' ', head) + 1;
      const std::string form = line.substr(0, space);
      out += std::to_string(++number) + '\t' + form + '\t' + form + '\t' +
             line.substr(tag, head - tag - 1) + "\t_\tNumber=Sing|Style=Old\t" +
             line.substr(head, label - head - 1) + '\t' + line.substr(label) + "\t_\t_\n";
    }
  }
  return out + '\n';
}

std::map<std::string, Score> scores(const std::string& gold, const std::string& system) {
  Treebank a, b;
  read_treebank(conllu(gold), "gold", a);
  read_treebank(conllu(system), "system", b);
  std::map<std::string, Score> out;
  for (const Score& score : tercet::score_treebank(a, "gold", b, "system")) out[score.name] = score;
  return out;
}

std::string message(const std::string& bytes) {
  Treebank bank;
  try {
    read_treebank(bytes, "x.conllu", bank);
  } catch (const tercet::Error& error) {
    return error.what();
  }
  return {};
}

const char* const kSmall =
    "We PRON 3 nsubj\n2-3 don't\ndo AUX 0 root\nn't PART 2 advmod\nmind VERB 2 conj:and\n";

}  // namespace

TEST_CASE("a treebank scored against itself is right in everything", "[evaluate]") {
  for (const auto& [name, score] : scores(kSmall, kSmall)) {
    CAPTURE(name);
    CHECK(score.gold == score.system);
    CHECK(score.correct == score.gold);
    CHECK(score.f1() == 1.0);
  }
}

TEST_CASE("a wrong tag, head or label costs its own measures only", "[evaluate]") {
  const auto tag = scores(
      kSmall, "We NOUN 3 nsubj\n2-3 don't\ndo AUX 0 root\nn't PART 2 advmod\nmind VERB 2 conj\n");
  CHECK(tag.at("UPOS").correct == 3);
  CHECK(tag.at("LAS").correct == 4);  // conj:and and conj are one
  CHECK(tag.at("MLAS").correct == 3);
  const auto head = scores(
      kSmall, "We PRON 2 nsubj\n2-3 don't\ndo AUX 0 root\nn't PART 2 obj\nmind VERB 2 conj\n");
  CHECK(head.at("UPOS").correct == 4);
  CHECK(head.at("UAS").correct == 3);
  CHECK(head.at("LAS").correct == 2);
}

TEST_CASE("words are matched by place, words of one token by form", "[evaluate]") {
  // "We|do|n't|mind" as words of their own: the range's words still match by form.
  const auto split =
      scores(kSmall, "We PRON 3 nsubj\ndo AUX 0 root\nn't PART 2 advmod\nmind VERB 2 conj\n");
  CHECK(split.at("Tokens").correct == 2);
  CHECK(split.at("Tokens").system == 4);
  CHECK(split.at("Words").correct == 4);
  CHECK(split.at("LAS").correct == 4);
  // One word "Wedon't" overlaps both tokens and matches none of their words.
  const auto joined = scores(kSmall, "Wedon't X 2 dep\nmind VERB 0 root\n");
  CHECK(joined.at("Words").correct == 1);
  CHECK(joined.at("Words").gold == 4);
  CHECK(joined.at("LAS").correct == 0);
}

TEST_CASE("a head that has no partner is wrong, a root is right", "[evaluate]") {
  const auto found = scores("ab X 0 root\nc X 1 obj\n", "a X 0 root\nb X 1 dep\nc X 1 obj\n");
  CHECK(found.at("Words").correct == 1);
  CHECK(found.at("UAS").correct == 0);
  const auto root = scores("ab X 2 obj\nc X 0 root\n", "a X 3 dep\nb X 1 dep\nc X 0 root\n");
  CHECK(root.at("LAS").correct == 1);
}

TEST_CASE("a sentence counts only with both its ends", "[evaluate]") {
  const auto found =
      scores("a X 0 root\nb X 1 dep\n\nc X 0 root\n", "a X 0 root\n\nb X 0 root\n\nc X 0 root\n");
  CHECK(found.at("Sentences").gold == 2);
  CHECK(found.at("Sentences").system == 3);
  CHECK(found.at("Sentences").correct == 1);
  CHECK(found.at("UAS").correct == 2);
}

TEST_CASE("spaces inside forms do not count, other characters do", "[evaluate]") {
  const auto found = scores(
      "1\xC2\xA0"
      "000 NUM 0 root\n",
      "1000 NUM 0 root\n");
  CHECK(found.at("LAS").correct == 1);
  Treebank gold, system;
  read_treebank(conllu("ab X 0 root\ncd X 1 dep\n"), "gold", gold);
  read_treebank(conllu("ab X 0 root\nce X 1 dep\n"), "system", system);
  CHECK_THROWS_WITH(tercet::score_treebank(gold, "gold", system, "system"),
                    "system:2: the words differ from those of gold, line 2");
}

TEST_CASE("files that are no treebank say where", "[evaluate]") {
  CHECK(message("1\ta\t_\n").find("x.conllu:1:") == 0);
  CHECK(message("1\ta\t_\t_\t_\t_\t2\tx\t_\t_\n").find("the head is no word") != std::string::npos);
  CHECK(message(conllu("a X 2 x\nb X 1 x\n")).find("circle") != std::string::npos);
  CHECK(message(conllu("a X 0 root\nb X 0 root\n")).find("x.conllu:2: a second root") == 0);
  CHECK(message(conllu("a X -1 root\n")).find("x.conllu:1:") == 0);
  CHECK(message("3-4\tab\t_\t_\t_\t_\t_\t_\t_\t_\n").find("out of order") != std::string::npos);
  CHECK(message("").empty());
  CHECK(message("\n\n# only a comment\n").empty());
}

TEST_CASE("a long chain of heads is followed without recursion", "[evaluate]") {
  std::string lines = "a X 0 root\n";
  for (int i = 1; i < 200000; ++i) lines += "a X " + std::to_string(i) + " dep\n";
  CHECK(message(conllu(lines)).empty());
}

TEST_CASE("overlapping tokens of very many words are refused, not aligned for ever", "[evaluate]") {
  const auto range = [](const std::string& form, int words) {
    std::string out = "1-" + std::to_string(words) + ' ' + form + "\n";
    for (int i = 0; i < words; ++i) out += "a X " + std::to_string(i) + " dep\n";
    return out;
  };
  CHECK_THROWS_AS(scores(range("abc", 5000), range("abc", 5000)), tercet::Error);
}
