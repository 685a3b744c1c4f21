#include "extract/evaluate/gold.h"

#include <algorithm>
#include <istream>

#include "base/error.h"
#include "base/fact_json.h"
#include "base/json.h"

namespace tercet {
namespace {

GoldFact gold_fact(const std::string& text) {
  GoldFact out{fact_from_json(text), true, {}};
  rapidjson::Document row;  // fact_from_json has checked syntax and depth
  row.Parse(text.data(), text.size());
  if (const auto tier = row.FindMember("tier"); tier != row.MemberEnd() && tier->value.IsString()) {
    out.core = std::string_view(tier->value.GetString()) == "core";
  }
  if (const auto also = row.FindMember("also"); also != row.MemberEnd() && also->value.IsArray()) {
    for (const rapidjson::Value& one : also->value.GetArray()) {
      if (!one.IsString()) throw Error(Error::Code::Schema, "also holds more than strings");
      out.also.emplace_back(one.GetString(), one.GetStringLength());
    }
  }
  std::ranges::sort(out.also);
  return out;
}

}  // namespace

std::vector<GoldFact> read_gold(std::istream& in, const std::string& file) {
  std::vector<GoldFact> out;
  std::string text;
  for (std::uint32_t line = 1; std::getline(in, text); ++line) {
    if (text.find_first_not_of(" \t\r") == text.npos) continue;
    try {
      out.push_back(gold_fact(text));
    } catch (const Error& error) {
      throw Error(error.code(), error.what(), {file, line, std::max(error.at().column, 1u)},
                  error.hint());
    }
  }
  return out;
}

}  // namespace tercet
