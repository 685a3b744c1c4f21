#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "base/json.h"
#include "extract/read/encoding.h"
#include "extract/read/read.h"
#include "extract/read/rows.h"

namespace tercet {
namespace {

constexpr int kMaxDepth = 128;

/// SAX handler of one line: keeps the strings we know of the outermost object, stops with `what`
/// at the first thing that cannot be a document.
class RowHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, RowHandler> {
 public:
  TextRow row;
  std::string what;

  bool Null() { return top() ? scalar("null", field_ != Field::Text) : true; }
  bool Bool(bool) { return top() ? scalar("a boolean", false) : true; }
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    if (!top()) return true;
    if (depth_ == 1 && field_ == Field::Id) {
      row.id.assign(digits, size);
      row.has_id = true;
      return true;
    }
    return scalar("a number", false);
  }
  bool String(const char* words, rapidjson::SizeType size, bool) {
    if (!top()) return true;
    if (depth_ == 0) return scalar("a string", false);
    switch (field_) {
      case Field::Id:
        row.id.assign(words, size);
        row.has_id = !row.id.empty();
        break;
      case Field::Title:
        row.title.assign(words, size);
        break;
      case Field::VideoId:
        row.video_id.assign(words, size);
        break;
      case Field::Text:
        row.text.assign(words, size);
        row.has_text = true;
        row.one_sentence = false;
        break;
      case Field::Sentence:
        if (row.has_text && !row.one_sentence) break;  // "text" is the whole, whatever the order
        row.text.assign(words, size);
        row.has_text = row.one_sentence = true;
        break;
      case Field::Other:
        break;
    }
    return true;
  }
  bool Key(const char* words, rapidjson::SizeType size, bool) {
    if (depth_ > 1) return true;
    const std::string_view name(words, size);
    field_ = name == "id"         ? Field::Id
             : name == "text"     ? Field::Text
             : name == "sentence" ? Field::Sentence
             : name == "title"    ? Field::Title
             : name == "videoId"  ? Field::VideoId
                                  : Field::Other;
    return true;
  }
  bool StartObject() {
    if (depth_ == 1 && !scalar("an object", false)) return false;
    return deeper();
  }
  bool EndObject(rapidjson::SizeType) { return --depth_, true; }
  bool StartArray() {
    if (depth_ <= 1 && !scalar("an array", false)) return false;
    return deeper();
  }
  bool EndArray(rapidjson::SizeType) { return --depth_, true; }

 private:
  enum class Field { Other, Id, Text, Sentence, Title, VideoId };

  bool top() const { return depth_ <= 1; }
  bool deeper() {
    if (++depth_ <= kMaxDepth) return true;
    what = "nested deeper than " + std::to_string(kMaxDepth);
    return false;
  }
  /// A value that is no string stands where a string should.
  bool scalar(const char* found, bool allowed) {
    if (depth_ == 0) {
      what = std::string("expected an object, found ") + found;
      return false;
    }
    if (field_ == Field::Other || allowed) return true;
    const char* name = field_ == Field::Id         ? "id"
                       : field_ == Field::Text     ? "text"
                       : field_ == Field::Sentence ? "sentence"
                       : field_ == Field::Title    ? "title"
                                                   : "videoId";
    what = std::string("\"") + name + "\" is " + found + ", not a string";
    return false;
  }

  int depth_ = 0;
  Field field_ = Field::Other;
};

/// The value of four hex digits at text[at], or -1.
int hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(at, 4)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/// Offset after the escape at line[at]; an escape of a surrogate without its partner, which
/// RapidJSON refuses, is made \uFFFD and counted.
std::size_t mend_escape(std::string& line, std::size_t at, std::uint32_t& replaced) {
  const auto unit_at = [&](std::size_t place) {
    return place + 1 < line.size() && line[place] == '\\' && line[place + 1] == 'u'
               ? hex4(line, place + 2)
               : -1;
  };
  const int unit = unit_at(at);
  if (unit < 0xD800 || unit > 0xDFFF) return at + 2;
  const int next = unit_at(at + 6);
  if (unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF) return at + 12;
  line.replace(at + 2, 4, "FFFD");
  ++replaced;
  return at + 6;
}

/// Makes harmless what is good JSON and RapidJSON refuses: lone surrogates and exponents like 1e400
/// (also with kParseNumbersAsStringsFlag). Keeps every offset.
/// Returns how many surrogates were replaced.
std::uint32_t mend(std::string& line) {
  std::uint32_t replaced = 0;
  const auto is_digit = [&](std::size_t at) {
    return at < line.size() && line[at] >= '0' && line[at] <= '9';
  };
  bool in_string = false;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (in_string && c == '\\') {
      at = mend_escape(line, at, replaced);
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string && (c == 'e' || c == 'E') && at > 0 && is_digit(at - 1)) {
      std::size_t digit = at + 1;
      if (digit < line.size() && (line[digit] == '+' || line[digit] == '-')) ++digit;
      std::size_t end = digit;
      while (is_digit(end)) ++end;
      if (end - digit > 2) std::fill(&line[digit], &line[digit] + (end - digit), '0');
      at = end;
      continue;
    }
    ++at;
  }
  return replaced;
}

struct BadLine {
  std::size_t column = 0;  // from 1, 0 if the line is good
  std::string what;
};

BadLine parse_row(std::string line, TextRow& row) {
  const std::uint32_t replaced = mend(line);
  rapidjson::MemoryStream stream(line.data(), line.size());
  rapidjson::Reader reader;
  RowHandler handler;
  // Recursive, but the handler stops it at kMaxDepth. Numbers stay strings, as an id may be one.
  constexpr unsigned kFlags =
      rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseStopWhenDoneFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, handler);
  if (result.IsError()) {
    const std::size_t at = std::min(result.Offset(), line.size()) + 1;
    if (!handler.what.empty()) return {at, handler.what};
    std::string what = rapidjson::GetParseError_En(result.Code());
    while (what.ends_with('.')) what.pop_back();
    return {at, "not JSON: " + what};
  }
  // RapidJSON takes a NUL byte for the end, so look for the rest ourselves.
  const std::size_t rest = line.find_first_not_of(" \t\r", stream.Tell());
  if (rest != std::string::npos) return {rest + 1, "not JSON: something follows the object"};
  row = std::move(handler.row);
  row.replaced = replaced;
  if (!row.has_text) return {1, "neither \"text\" nor \"sentence\""};
  return {};
}

}  // namespace

void read_jsonl(std::string_view bytes, std::string_view file,
                const std::function<void(Document)>& on_document, const OnBadLine& on_bad_line) {
  std::string transcribed;
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
    std::uint32_t invalid = 0;  // the U+FFFD are in the texts
    transcribed = to_utf8(std::string(bytes), invalid);
    bytes = transcribed;
  }
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  RowDocuments documents(file);
  std::uint32_t number = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    TextRow row;
    if (const BadLine bad = parse_row(std::string(line), row); bad.column > 0) {
      on_bad_line(number, static_cast<std::uint32_t>(bad.column), bad.what);
      continue;
    }
    on_document(documents.make(std::move(row), number));
  }
}

}  // namespace tercet
