// A crafted snapshot, with right checksums over wrong numbers, is refused or reads inside itself.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "base/error.h"
#include "graph/query.h"
#include "graph/snapshot_layout.h"
#include "graph/snapshot_write.h"

namespace {

std::string sound_snapshot() {
  tercet::Fact fact;
  fact.doc = "d";
  fact.subject = fact.subject_text = "A";
  fact.object = fact.object_text = "B";
  fact.relation = "r";
  fact.evidence = "A r B";
  fact.id = "0123456789abcdef";
  tercet::Fact other = fact;
  other.subject = "C";
  other.relation = "s";
  other.id = "123456789abcdef0";
  const std::string file = "fuzz_snapshot." + std::to_string(::getpid());
  tercet::write_snapshot(file, tercet::build_graph({fact, other}));
  std::ifstream in(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  ::unlink(file.c_str());
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string sound = sound_snapshot();
  using tercet::SectionEntry;
  using tercet::SnapshotHeader;
  std::string bytes = sound;
  // Each three bytes of the input change one byte behind the fields that the checksums need.
  for (std::size_t i = 0; i + 2 < size && i < 60; i += 3) {
    const std::size_t at = (std::size_t{data[i]} << 8 | data[i + 1]) % (bytes.size() - 80) + 80;
    bytes[at] = static_cast<char>(bytes[at] ^ data[i + 2]);
  }
  SnapshotHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  for (std::uint32_t i = 0; i < header.sections && i < tercet::kLastSection; ++i) {
    char* const place = bytes.data() + sizeof header + i * sizeof(SectionEntry);
    SectionEntry entry;
    std::memcpy(&entry, place, sizeof entry);
    if (entry.offset > bytes.size() || entry.size > bytes.size() - entry.offset) continue;
    entry.checksum = tercet::xxh3(bytes.data() + entry.offset, entry.size);
    std::memcpy(place, &entry, sizeof entry);
  }
  const std::size_t head = sizeof header + header.sections * sizeof(SectionEntry);
  constexpr std::size_t kFrom = offsetof(SnapshotHeader, checksum) + sizeof header.checksum;
  if (head <= bytes.size()) header.checksum = tercet::xxh3(bytes.data() + kFrom, head - kFrom);
  std::memcpy(bytes.data(), &header, sizeof header);
  std::vector<std::uint64_t> words((bytes.size() + 7) / 8);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  try {
    const auto snapshot = tercet::Snapshot::over(
        std::make_shared<const std::vector<std::uint64_t>>(std::move(words)), bytes.size(), "x");
    for (tercet::NodeId v = 0; v < snapshot.nodes(); ++v) {
      snapshot.find(snapshot.name(v));
      snapshot.find_folded(snapshot.type(v));
    }
    for (std::uint32_t edge = 0; edge < snapshot.edges(); ++edge) {
      snapshot.source(edge);
      snapshot.relation_name(snapshot.relation(edge));
      for (const tercet::ClaimId claim : tercet::evidence_of(snapshot, edge, {})) {
        snapshot.fact_id(claim);
        snapshot.document(claim);
        snapshot.evidence(claim);
      }
    }
    for (const char* text : {"? <-[*]- ?a", "?a -[r]-> ?b <-[?p]- ?c", "A -[*]{1,3}- ?a"}) {
      const tercet::PreparedQuery query(snapshot, tercet::parse_query(text));
      int rows = 0;
      query.run([&](const tercet::QueryRow&) { return ++rows < 100; });
    }
  } catch (const tercet::Error&) {
  }
  return 0;
}
