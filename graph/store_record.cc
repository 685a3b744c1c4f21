#include "graph/store_record.h"

#include <algorithm>
#include <tuple>

#include "base/error.h"
#include "base/fact_json.h"
#include "base/sha256.h"
#include "base/utf8.h"

namespace tercet {
namespace {

// White_Space of the Unicode Character Database beyond ASCII and C1.
bool is_wide_space(char32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string escaped(std::string_view text, bool keep_spaces) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_utf8(text, at);
    const char32_t c = decoded.code_point;
    const bool space = c == ' ' || is_wide_space(c);
    const bool plain =
        decoded.valid && c != '%' && c >= 0x20 && (c < 0x7F || c > 0x9F) && (!space || keep_spaces);
    for (std::size_t i = at; i < at + decoded.size; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (plain) {
        out += text[i];
      } else {
        out += '%';
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
      }
    }
    at += decoded.size;
  }
  return out;
}

void append_field(std::string& bytes, std::string_view field) {
  for (unsigned shift = 0; shift < 64; shift += 8) {
    bytes += static_cast<char>((std::uint64_t{field.size()} >> shift) & 0xFF);
  }
  bytes += field;
}

}  // namespace

std::string escape_id(std::string_view id) { return escaped(id, false); }

RecordRows rows_of(DocumentRecord record) {
  const Position at{record.id, 0, 0};
  if (record.id.empty()) throw Error(Error::Code::Schema, "a document without an id");
  RecordRows rows;
  struct Row {
    const Fact* fact;
    std::string json;
  };
  std::vector<Row> facts;
  for (const Fact& fact : record.facts) {
    if (fact.doc != record.id) throw Error(Error::Code::Schema, "a fact of another document", at);
    facts.push_back({&fact, to_json(fact)});
  }
  const auto key = [](const Row& row) {
    return std::tie(row.fact->start, row.fact->end, row.fact->id, row.json);
  };
  std::sort(facts.begin(), facts.end(),
            [&](const Row& a, const Row& b) { return key(a) < key(b); });
  for (Row& row : facts) rows.facts.push_back(std::move(row.json));
  rows.facts.erase(std::unique(rows.facts.begin(), rows.facts.end()), rows.facts.end());

  for (const LocalName& name : record.names) {
    rows.names.push_back({name.name, name.type, {}});
    for (const std::string& alias : name.aliases) {
      if (!alias.empty()) rows.names.push_back({name.name, name.type, alias});
    }
  }
  std::sort(rows.names.begin(), rows.names.end());
  rows.names.erase(std::unique(rows.names.begin(), rows.names.end()), rows.names.end());

  rows.id = std::move(record.id);
  rows.content_hash = std::move(record.content_hash);
  rows.recipe = std::move(record.recipe);
  rows.title = std::move(record.title);
  rows.video_id = std::move(record.video_id);
  rows.length = record.length;
  return rows;
}

DocumentRecord record_of(const RecordRows& rows, const std::string& file) {
  DocumentRecord record;
  record.id = rows.id;
  record.content_hash = rows.content_hash;
  record.recipe = rows.recipe;
  record.title = rows.title;
  record.video_id = rows.video_id;
  record.length = rows.length;
  for (const std::string& json : rows.facts) {
    try {
      record.facts.push_back(fact_from_json(json));
    } catch (const Error& error) {
      throw Error(Error::Code::Corrupt,
                  "a fact of '" + rows.id + "' cannot be read: " + error.what(), {file, 0, 0});
    }
  }
  for (const RecordRows::Name& row : rows.names) {
    if (record.names.empty() || record.names.back().name != row.name ||
        record.names.back().type != row.type) {
      record.names.push_back({row.name, row.type, {}});
    }
    if (!row.alias.empty()) record.names.back().aliases.push_back(row.alias);
  }
  return record;
}

Checksum checksum_of(const RecordRows& rows) {
  std::string bytes;
  for (const std::string* field :
       {&rows.id, &rows.content_hash, &rows.recipe, &rows.title, &rows.video_id}) {
    append_field(bytes, *field);
  }
  append_field(bytes, std::to_string(rows.length));
  append_field(bytes, std::to_string(rows.facts.size()));
  for (const std::string& json : rows.facts) append_field(bytes, json);
  for (const RecordRows::Name& row : rows.names) {
    append_field(bytes, row.name);
    append_field(bytes, row.type);
    append_field(bytes, row.alias);
  }
  return sha256(bytes);
}

std::vector<std::string> dump_lines(const RecordRows& rows) {
  const std::string id = escape_id(rows.id);
  const auto column = [](std::string_view text) {
    return std::string("\t").append(escaped(text, true));
  };
  std::vector<std::string> lines;
  lines.push_back(id + "\tdocument" + column(rows.content_hash) + column(rows.recipe) +
                  column(rows.title) + column(rows.video_id) + "\t" + std::to_string(rows.length));
  for (const std::string& json : rows.facts) lines.push_back(id + "\tfact\t" + json);
  for (const RecordRows::Name& row : rows.names) {
    lines.push_back(id + "\tname" + column(row.name) + column(row.type) + column(row.alias));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace tercet
