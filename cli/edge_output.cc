#include "cli/edge_output.h"

#include <cmath>

#include "base/utf8.h"

namespace tercet::cli {

void write_string(JsonWriter& writer, std::string_view text) {
  const std::string valid = to_valid_utf8(text);
  writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
}

void write_edge(JsonWriter& writer, const Snapshot& snapshot, std::uint32_t edge,
                const EdgeFilter& filter, bool with_quotes) {
  const auto pair = [&](const char* key, std::string_view value) {
    writer.Key(key);
    write_string(writer, value);
  };
  writer.StartObject();
  pair("subject", snapshot.name(snapshot.source(edge)));
  pair("relation", snapshot.relation_name(snapshot.relation(edge)));
  pair("object", snapshot.name(snapshot.target(edge)));
  pair("state", name_of(snapshot.state(edge)));
  writer.Key("confidence");
  const std::string confidence = decimal(double{snapshot.weight(edge)}, 4);
  writer.RawValue(confidence.data(), confidence.size(), rapidjson::kNumberType);
  writer.Key("evidence");
  writer.StartArray();
  for (const ClaimId claim : evidence_of(snapshot, edge, filter)) {
    if (!with_quotes) {
      write_string(writer, snapshot.fact_id(claim));
      continue;
    }
    writer.StartObject();
    pair("id", snapshot.fact_id(claim));
    pair("doc", snapshot.document(claim));
    writer.Key("line");
    writer.Uint(snapshot.line(claim));
    pair("quote", snapshot.evidence(claim));
    if (!snapshot.timestamp(claim).empty()) pair("timestamp", snapshot.timestamp(claim));
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
}

std::string arrow(const Snapshot& snapshot, std::uint32_t edge) {
  return std::string(snapshot.name(snapshot.source(edge))) + " -[" +
         std::string(snapshot.relation_name(snapshot.relation(edge))) + "]-> " +
         std::string(snapshot.name(snapshot.target(edge)));
}

}  // namespace tercet::cli
