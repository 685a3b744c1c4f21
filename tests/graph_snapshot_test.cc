#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <tuple>

#include "base/error.h"
#include "graph/random.h"
#include "graph/snapshot.h"
#include "graph/snapshot_store.h"
#include "graph/snapshot_write.h"
#include "tests/catch.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

using Row = std::tuple<std::string, std::string, std::string>;

// Every order of a snapshot, read back as names; they must agree with each other.
std::set<Row> rows_of(const Snapshot& snapshot) {
  std::set<Row> spo, osp, pos;
  const auto row = [&](NodeId s, RelationId p, NodeId o) {
    return Row(snapshot.name(s), snapshot.relation_name(p), snapshot.name(o));
  };
  for (NodeId v = 0; v < snapshot.nodes(); ++v) {
    const Places out = snapshot.out(v);
    for (std::uint32_t e = out.first; e < out.last; ++e) {
      CHECK(snapshot.source(e) == v);
      spo.insert(row(v, snapshot.relation(e), snapshot.target(e)));
      CHECK(snapshot.edge(v, snapshot.relation(e), snapshot.target(e)) == e);
      const Places back = snapshot.in(snapshot.target(e), v);
      CHECK(!back.empty());
      const Places same = snapshot.out(v, snapshot.relation(e));
      CHECK((same.first <= e && e < same.last));
    }
    const Places in = snapshot.in(v);
    for (std::uint32_t i = in.first; i < in.last; ++i) {
      osp.insert(row(snapshot.in_source(i), snapshot.in_relation(i), v));
    }
  }
  for (RelationId r = 0; r < snapshot.relations(); ++r) {
    const Places of = snapshot.of(r);
    for (std::uint32_t i = of.first; i < of.last; ++i) {
      pos.insert(row(snapshot.of_source(i), r, snapshot.of_target(i)));
      const Places same = snapshot.of(r, snapshot.of_target(i));
      CHECK((same.first <= i && i < same.last));
    }
  }
  CHECK(spo.size() == snapshot.edges());
  CHECK(spo == osp);
  CHECK(spo == pos);
  return spo;
}

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("tercet_snapshot." + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

void put_bytes(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("the three orders hold the same triples, each once", "[graph][snapshot]") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::uint32_t things = 1 + random.below(30), kinds = 1 + random.below(5);
    TripleSet set;
    std::set<Row> truth;
    for (std::uint32_t i = random.below(200); i > 0; --i) {
      const Row row("n" + std::to_string(random.below(things)),
                    "r" + std::to_string(random.below(kinds)),
                    "n" + std::to_string(random.below(things)));
      truth.insert(row);
      set.triples.push_back({set.nodes.insert(std::get<0>(row)),
                             set.relations.insert(std::get<1>(row)),
                             set.nodes.insert(std::get<2>(row))});
    }
    const std::vector<std::string> names = set.nodes.names();
    const Snapshot snapshot = snapshot_of(std::move(set));
    CHECK(rows_of(snapshot) == truth);
    for (NodeId id = 0; id < names.size(); ++id) CHECK(snapshot.find(names[id]) == id);
    CHECK(!snapshot.find("elsewhere"));
    CHECK(!snapshot.find(""));
  }
}

TEST_CASE("a graph in a snapshot keeps its names, states and claims", "[graph][snapshot]") {
  Fact yes = claim("notes/a", "Zed", "owns", "Alpha Beta"), no = claim("b", "Zed", "sells", "Yam");
  yes.confidence = 0.8421;
  yes.qualifiers.date = "March 2020";
  yes.subject_text = "ZED Inc";
  yes.id = "0123456789abcdef";
  no.polarity = Polarity::Negative;
  no.modality = Modality::Possible;
  const KnowledgeGraph graph = build_graph({yes, no});
  const Snapshot snapshot = snapshot_of(graph);
  CHECK(rows_of(snapshot) == std::set<Row>{{"Zed", "owns", "Alpha Beta"}, {"Zed", "sells", "Yam"}});
  REQUIRE(snapshot.nodes() == graph.nodes().size());
  for (NodeId id = 0; id < snapshot.nodes(); ++id) {
    CHECK(snapshot.name(id) == graph.nodes()[id].name);
    CHECK(snapshot.type(id) == graph.nodes()[id].type);
  }
  const NodeId zed = *snapshot.find("Zed");
  CHECK(snapshot.find_folded("zed") == std::vector<NodeId>{zed});
  CHECK(snapshot.find_folded("zed INC") == std::vector<NodeId>{zed});
  CHECK(snapshot.find_folded("zed in").empty());
  const auto edge =
      snapshot.edge(zed, *snapshot.relation_named("owns"), *snapshot.find("Alpha Beta"));
  REQUIRE(edge);
  CHECK(snapshot.state(*edge) == EdgeState::Asserted);
  REQUIRE(snapshot.claims(*edge).size() == 1);
  const ClaimId said = snapshot.claims(*edge).first;
  CHECK(snapshot.fact_id(said) == yes.id);
  CHECK(snapshot.document(said) == "notes/a");
  CHECK(snapshot.confidence(said) == 0.8421);
  CHECK(snapshot.date(said) == DateRange{20200301, 20200331});
  CHECK(snapshot.evidence(said) == yes.evidence);
  const auto denied = snapshot.edge(zed, *snapshot.relation_named("sells"), *snapshot.find("Yam"));
  REQUIRE(denied);
  CHECK(snapshot.state(*denied) == EdgeState::Denied);
  CHECK(snapshot.polarity(snapshot.claims(*denied).first) == Polarity::Negative);
  CHECK(snapshot.modality(snapshot.claims(*denied).first) == Modality::Possible);
  CHECK(!snapshot.date(snapshot.claims(*denied).first));
}

TEST_CASE("an empty snapshot answers everything with nothing", "[graph][snapshot]") {
  const Snapshot snapshot = snapshot_of(build_graph({}));
  CHECK(snapshot.nodes() == 0);
  CHECK(snapshot.edges() == 0);
  CHECK(!snapshot.find("X"));
  CHECK(snapshot.find_folded("x").empty());
  CHECK(!snapshot.relation_named("r"));
}

TEST_CASE("no flipped or cut byte of a snapshot goes unnoticed", "[graph][snapshot]") {
  const Folder folder;
  const std::filesystem::path file = folder.path / "snapshot", other = folder.path / "other";
  write_snapshot(file, build_graph({claim("a", "X", "r", "Y"), claim("a", "Y", "s", "Zulu")}));
  const std::string whole = bytes_in(file);
  CHECK_NOTHROW(Snapshot::open(file));
  CHECK(!std::filesystem::exists(file.string() + ".new"));
  // Padding between sections says nothing; every other byte is under a checksum.
  std::size_t unnoticed = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
    put_bytes(other, bytes);
    try {
      const Snapshot snapshot = Snapshot::open(other);
      CHECK(bytes_in(other)[at] != '\0');  // was zero: padding
      CHECK(whole[at] == '\0');
      CHECK(rows_of(snapshot).size() == 2);
      ++unnoticed;
    } catch (const Error& error) {
      CHECK((error.code() == Error::Code::Corrupt || error.code() == Error::Code::Version));
    }
  }
  CHECK(unnoticed < 27 * 64);
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    put_bytes(other, std::string_view(whole).substr(0, size));
    CHECK_THROWS_AS(Snapshot::open(other), Error);
  }
  CHECK_THROWS_AS(Snapshot::open(folder.path), Error);
  CHECK_THROWS_AS(Snapshot::open(folder.path / "none"), Error);
}

TEST_CASE("a store derives its snapshot again when it is stale or damaged", "[graph][snapshot]") {
  const Folder folder;
  Store store = Store::open(folder.path, Store::Mode::Create);
  const auto put = [&](const char* doc, const char* object) {
    DocumentRecord record;
    record.id = doc;
    record.facts = {claim(doc, "X", "r", object)};
    store.put(std::move(record));
    store.commit();
  };
  put("a", "Y");
  const std::filesystem::path file = folder.path / "snapshot";
  CHECK(current_snapshot(store).edges() == 1);
  const std::string first = bytes_in(file);
  CHECK(current_snapshot(store).edges() == 1);
  CHECK(bytes_in(file) == first);
  put("b", "Z");
  CHECK(current_snapshot(store).edges() == 2);
  store.remove("b");
  store.commit();
  CHECK(current_snapshot(store).edges() == 1);
  CHECK(bytes_in(file) == first);  // the same documents, the same bytes
  put_bytes(file, "TRCTSNAP but not really");
  CHECK(check_snapshot(store));
  CHECK(current_snapshot(store).edges() == 1);
  CHECK(bytes_in(file) == first);
  CHECK(!check_snapshot(store));
  // A pinned name changes the graph, and so the generation.
  put_bytes(folder.path / "names.tsv", "Y\tYellow\n");
  CHECK(current_snapshot(store).find("Yellow"));
}
