#include "base/fact_json.h"

#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr int kDepthLimit = 128;

using Member = std::pair<const char*, std::string Qualifiers::*>;
constexpr Member kQualifiers[] = {
    {"date", &Qualifiers::date},
    {"quantity", &Qualifiers::quantity},
    {"metric", &Qualifiers::metric},
    {"dimension", &Qualifiers::dimension},
    {"role", &Qualifiers::role},
    {"stake", &Qualifiers::stake},
    {"attributed_to", &Qualifiers::attributed_to},
};

class Object {
 public:
  explicit Object(JsonWriter& writer) : writer_(writer) { writer_.StartObject(); }
  ~Object() { writer_.EndObject(); }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  void text(const char* key, std::string_view value) {
    writer_.Key(key);
    put(value);
  }
  void text_or_null(const char* key, const std::optional<std::string>& value) {
    if (value)
      text(key, *value);
    else
      null(key);
  }
  void null(const char* key) {
    writer_.Key(key);
    writer_.Null();
  }
  void number(const char* key, std::uint64_t value) {
    writer_.Key(key);
    writer_.Uint64(value);
  }
  void raw_number(const char* key, const std::string& value) {
    writer_.Key(key);
    writer_.RawValue(value.data(), value.size(), rapidjson::kNumberType);
  }
  void put(std::string_view value) {
    writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }

 private:
  JsonWriter& writer_;
};

void write_antecedent(JsonWriter& writer, Object& out, const Fact& fact) {
  if (!fact.subject_antecedent && !fact.object_antecedent) return out.null("antecedent");
  writer.Key("antecedent");
  const bool of_subject = fact.subject_antecedent.has_value();
  const Antecedent& first = of_subject ? *fact.subject_antecedent : *fact.object_antecedent;
  Object object(writer);
  object.text("text", first.text);
  object.number("line", first.line);
  object.text("of", of_subject ? "subject" : "object");
  if (of_subject && fact.object_antecedent) {
    writer.Key("object");
    Object second(writer);
    second.text("text", fact.object_antecedent->text);
    second.number("line", fact.object_antecedent->line);
  }
}

void write(JsonWriter& writer, const Fact& fact) {
  Object out(writer);
  out.text("id", fact.id);
  out.text("subject", fact.subject);
  out.text("object", fact.object);
  out.text("subject_type", fact.subject_type);
  out.text("object_type", fact.object_type);
  out.text("relation", fact.relation);
  out.text("polarity", name_of(fact.polarity));
  out.text("modality", name_of(fact.modality));
  out.text_or_null("condition", fact.condition);
  writer.Key("condition_facts");
  writer.StartArray();
  for (const std::string& id : fact.condition_facts) out.put(id);
  writer.EndArray();
  writer.Key("qualifiers");
  {
    Object qualifiers(writer);
    for (const auto& [key, member] : kQualifiers) {
      if (!(fact.qualifiers.*member).empty()) qualifiers.text(key, fact.qualifiers.*member);
    }
  }
  out.raw_number("confidence", decimal(std::isfinite(fact.confidence) ? fact.confidence : 0, 4));
  out.text("sentence", fact.sentence);
  out.text("evidence", fact.evidence);
  out.text("subject_text", fact.subject_text);
  out.text("object_text", fact.object_text);
  write_antecedent(writer, out, fact);
  out.text("doc", fact.doc);
  out.number("start", fact.start);
  out.number("end", fact.end);
  out.number("line", fact.line);
  out.text_or_null("timestamp", fact.timestamp);
  out.text_or_null("url", fact.url);
  out.text("by", fact.by);
}

/// Calls `visit` with every text of `fact` (const or not).
template <typename AnyFact, typename Visit>
void each_text(AnyFact& fact, const Visit& visit) {
  for (auto* text : {&fact.id, &fact.subject, &fact.object, &fact.subject_type, &fact.object_type,
                     &fact.relation, &fact.sentence, &fact.evidence, &fact.subject_text,
                     &fact.object_text, &fact.doc, &fact.by}) {
    visit(*text);
  }
  for (auto* text : {&fact.condition, &fact.timestamp, &fact.url}) {
    if (*text) visit(**text);
  }
  for (auto& id : fact.condition_facts) visit(id);
  for (const auto& [key, member] : kQualifiers) visit(fact.qualifiers.*member);
  for (auto* antecedent : {&fact.subject_antecedent, &fact.object_antecedent}) {
    if (*antecedent) visit((*antecedent)->text);
  }
}

[[noreturn]] void wrong(const char* key, const char* wanted) {
  throw Error(Error::Code::Schema, std::string("\"") + key + "\" must be " + wanted);
}

using Value = rapidjson::Value;

const Value* member(const Value& object, const char* key) {
  const auto found = object.FindMember(key);
  if (found == object.MemberEnd() || found->value.IsNull()) return nullptr;
  return &found->value;
}

std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

bool read_text(const Value& object, const char* key, std::string& out) {
  const Value* value = member(object, key);
  if (value == nullptr) return false;
  if (!value->IsString()) wrong(key, "a string");
  out = text_of(*value);
  return true;
}

void read_text(const Value& object, const char* key, std::optional<std::string>& out) {
  std::string text;
  if (read_text(object, key, text)) out = std::move(text);
}

template <typename Unsigned>
void read_number(const Value& object, const char* key, Unsigned& out) {
  const Value* value = member(object, key);
  if (value == nullptr) return;
  if (!value->IsUint64() || value->GetUint64() > std::numeric_limits<Unsigned>::max()) {
    wrong(key, "a whole number from 0");
  }
  out = static_cast<Unsigned>(value->GetUint64());
}

Antecedent read_antecedent(const Value& object) {
  Antecedent out;
  read_text(object, "text", out.text);
  read_number(object, "line", out.line);
  return out;
}

void read_antecedents(const Value& object, Fact& fact) {
  const Value* value = member(object, "antecedent");
  if (value == nullptr) return;
  if (!value->IsObject()) wrong("antecedent", "an object or null");
  std::string of;
  read_text(*value, "of", of);
  (of == "object" ? fact.object_antecedent : fact.subject_antecedent) = read_antecedent(*value);
  if (const Value* second = member(*value, "object")) {
    if (!second->IsObject()) wrong("antecedent", "an object or null");
    fact.object_antecedent = read_antecedent(*second);
  }
}

Fact read(const Value& object) {
  Fact fact;
  for (const auto& [key, out] : {std::pair{"subject", &fact.subject},
                                 {"relation", &fact.relation},
                                 {"object", &fact.object}}) {
    if (!read_text(object, key, *out) || out->empty()) wrong(key, "a string, and be there");
  }
  read_text(object, "id", fact.id);
  read_text(object, "subject_type", fact.subject_type);
  read_text(object, "object_type", fact.object_type);
  std::string word;
  if (read_text(object, "polarity", word)) {
    const auto polarity = polarity_named(word);
    if (!polarity) wrong("polarity", "positive or negative");
    fact.polarity = *polarity;
  }
  if (read_text(object, "modality", word)) {
    const auto modality = modality_named(word);
    if (!modality) wrong("modality", "asserted, possible, hypothetical, conditional or intended");
    fact.modality = *modality;
  }
  read_text(object, "condition", fact.condition);
  if (const Value* ids = member(object, "condition_facts")) {
    if (!ids->IsArray()) wrong("condition_facts", "an array of strings");
    for (const Value& id : ids->GetArray()) {
      if (!id.IsString()) wrong("condition_facts", "an array of strings");
      fact.condition_facts.emplace_back(text_of(id));
    }
  }
  if (const Value* qualifiers = member(object, "qualifiers")) {
    if (!qualifiers->IsObject()) wrong("qualifiers", "an object");
    for (const auto& [key, out] : kQualifiers) read_text(*qualifiers, key, fact.qualifiers.*out);
  }
  if (const Value* confidence = member(object, "confidence")) {
    if (!confidence->IsNumber()) wrong("confidence", "a number from 0 to 1");
    fact.confidence = confidence->GetDouble();
    if (!(fact.confidence >= 0 && fact.confidence <= 1))
      wrong("confidence", "a number from 0 to 1");
  }
  read_text(object, "sentence", fact.sentence);
  read_text(object, "evidence", fact.evidence);
  if (!read_text(object, "subject_text", fact.subject_text)) fact.subject_text = fact.subject;
  if (!read_text(object, "object_text", fact.object_text)) fact.object_text = fact.object;
  read_antecedents(object, fact);
  read_text(object, "doc", fact.doc);
  read_number(object, "start", fact.start);
  read_number(object, "end", fact.end);
  read_number(object, "line", fact.line);
  read_text(object, "timestamp", fact.timestamp);
  read_text(object, "url", fact.url);
  read_text(object, "by", fact.by);
  return fact;
}

}  // namespace

std::string to_json(const Fact& fact) {
  // The validating writer leaves half a string behind when it refuses one, so look first.
  bool valid = true;
  each_text(fact, [&](const std::string& text) { valid = valid && is_valid_utf8(text); });
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  if (valid) {
    write(writer, fact);
  } else {
    Fact mended = fact;
    each_text(mended, [](std::string& text) { text = to_valid_utf8(text); });
    write(writer, mended);
  }
  return {buffer.GetString(), buffer.GetSize()};
}

Fact fact_from_json(std::string_view line) {
  if (!json_depth_within(line, kDepthLimit)) {
    throw Error(Error::Code::Syntax, "nested deeper than " + std::to_string(kDepthLimit));
  }
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag>(
      line.data(), line.size());
  if (document.HasParseError()) {
    Position at;
    at.column = static_cast<std::uint32_t>(document.GetErrorOffset() + 1);
    throw Error(Error::Code::Syntax, rapidjson::GetParseError_En(document.GetParseError()), at);
  }
  if (!document.IsObject()) throw Error(Error::Code::Schema, "not a JSON object");
  return read(document);
}

}  // namespace tercet
