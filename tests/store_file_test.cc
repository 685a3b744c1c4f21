#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <thread>

#include "base/error.h"
#include "graph/random.h"
#include "graph/store.h"
#include "tests/catch.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;
namespace fs = std::filesystem;

namespace {

std::set<std::string> files_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

Store filled(const fs::path& folder, int documents = 5) {
  Store store = Store::open(folder, Store::Mode::Create);
  for (int i = 0; i < documents; ++i) store.put(record("notes/" + std::to_string(i) + ".md"));
  store.commit();
  return store;
}

// What a reader gets: the dump, or the error's code.
struct Outcome {
  std::string dump;
  std::optional<Error::Code> error;
};
Outcome read_all(const fs::path& folder) {
  Outcome outcome;
  try {
    const Store store = Store::open(folder, Store::Mode::ReadOnly);
    outcome.dump = dump_of(store);
  } catch (const Error& error) {
    outcome.error = error.code();
  }
  return outcome;
}

}  // namespace

TEST_CASE("what is committed is read again, by this program or the next", "[store]") {
  TemporaryFolder tmp;
  const DocumentRecord put = record("a.md");
  {
    Store store = Store::open(tmp / ".tercet", Store::Mode::Create);
    store.put(put);
    CHECK(store.pending() == 1);
    store.commit();
    CHECK(store.pending() == 0);
    CHECK(store.read("a.md").facts == put.facts);
  }
  const Store store = Store::open(tmp / ".tercet", Store::Mode::ReadOnly);
  const DocumentRecord got = store.read("a.md");
  CHECK(got.facts == put.facts);
  CHECK(got.title == put.title);
  CHECK(got.length == put.length);
  REQUIRE(got.names.size() == 1);
  CHECK(got.names[0].aliases == std::vector<std::string>{"HW0", "Harbour"});
  CHECK(store.documents().size() == 1);
  CHECK(store.check().empty());
}

TEST_CASE("what was put but not committed is not in the store", "[store]") {
  TemporaryFolder tmp;
  {
    Store store = filled(tmp.path());
    store.put(record("late.md"));
    store.remove("notes/0.md");
    CHECK(store.documents().size() == 5);
  }
  CHECK(Store::open(tmp.path(), Store::Mode::ReadOnly).documents().size() == 5);
}

TEST_CASE("any order of put and remove gives the bytes of one build", "[store]") {
  TemporaryFolder tmp;
  std::vector<std::string> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(std::to_string(i) + " x.md");
  std::string expected;
  {
    Store store = Store::open(tmp / "one", Store::Mode::Create);
    for (const std::string& id : ids) store.put(record(id));
    store.commit();
    expected = dump_of(store);
  }
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    Random random(seed);
    Store store = Store::open(tmp / std::to_string(seed), Store::Mode::Create);
    for (int step = 0; step < 30; ++step) {
      const std::string& id = ids[random.below(12)];
      if (random.below(3) == 0) {
        store.remove(id);
      } else {
        store.put(record(id, 1 + random.below(5)));
      }
      if (random.below(4) == 0) store.commit();
    }
    shuffle(ids, random);
    for (const std::string& id : ids) {
      DocumentRecord fresh = record(id);
      shuffle(fresh.facts, random);
      std::reverse(fresh.names[0].aliases.begin(), fresh.names[0].aliases.end());
      store.put(std::move(fresh));
    }
    store.commit();
    CAPTURE(seed);
    CHECK(dump_of(store) == expected);
    for (const std::string& id : ids) CHECK(store.read(id).facts == record(id).facts);
    CHECK(store.check().empty());
  }
}

TEST_CASE("the dump is sorted, one document or more a line, ids escaped", "[store]") {
  TemporaryFolder tmp;
  Store store = Store::open(tmp.path(), Store::Mode::Create);
  for (const char* id : {"b", "a b", "a!", "a", "100%", "tab\there", "wide\xE3\x80\x80space",
                         "bad\xFF"
                         "byte",
                         "c\xC2\x85next"}) {
    store.put(record(id, 0));
  }
  store.commit();
  std::vector<std::string> lines;
  std::set<std::string> ids;
  store.dump([&](std::string_view line) {
    lines.emplace_back(line);
    ids.emplace(line.substr(0, line.find('\t')));
  });
  CHECK(std::is_sorted(lines.begin(), lines.end()));
  CHECK(ids == std::set<std::string>{"b", "a%20b", "a!", "a", "100%25", "tab%09here",
                                     "wide%E3%80%80space", "bad%FFbyte", "c%C2%85next"});
}

TEST_CASE("a store cut at any byte is refused and stays as it is", "[store]") {
  TemporaryFolder tmp;
  filled(tmp / "good", 12);
  const std::string good = bytes_in(tmp / "good" / "record.sqlite");
  fs::create_directory(tmp / "cut");
  const fs::path file = tmp / "cut" / "record.sqlite";
  for (std::size_t size = 0; size < good.size(); size += size < 120 ? 1 : 1021) {
    const std::string cut = good.substr(0, size);
    write_bytes(file, cut);
    const Outcome outcome = read_all(tmp / "cut");
    CAPTURE(size);
    REQUIRE(outcome.error == Error::Code::Corrupt);
    CHECK_THROWS_AS(Store::open(tmp / "cut", Store::Mode::Create), Error);
    CHECK(bytes_in(file) == cut);
    CHECK(files_in(tmp / "cut") == std::set<std::string>{"record.sqlite"});
  }
}

TEST_CASE("a flipped byte is an error or does not matter, never other data", "[store]") {
  TemporaryFolder tmp;
  filled(tmp / "good", 12);
  const std::string good = bytes_in(tmp / "good" / "record.sqlite");
  const std::string truth = read_all(tmp / "good").dump;
  REQUIRE(!truth.empty());
  int errors = 0, harmless = 0;
  Random random(7);
  for (std::size_t at = 0; at < good.size(); at += at < 100 ? 1 : 1 + random.below(120)) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 + random.below(255)));
    fs::remove_all(tmp / "bad");
    fs::create_directory(tmp / "bad");
    write_bytes(tmp / "bad" / "record.sqlite", bad);
    const Outcome outcome = read_all(tmp / "bad");
    CAPTURE(at);
    if (outcome.error) {
      const bool named =
          outcome.error == Error::Code::Corrupt || outcome.error == Error::Code::Version;
      CHECK(named);
      ++errors;
    } else {
      REQUIRE(outcome.dump == truth);
      ++harmless;
    }
  }
  CHECK(errors > 60);  // the rest lies in space that pages do not use
  INFO(errors << " errors, " << harmless << " harmless");
}

TEST_CASE("bytes of a record changed behind SQLite's back are noticed", "[store]") {
  TemporaryFolder tmp;
  filled(tmp.path());
  sqlite3* raw = nullptr;
  const auto run = [&](const char* sql) {
    REQUIRE(sqlite3_open((tmp / "record.sqlite").c_str(), &raw) == SQLITE_OK);
    REQUIRE(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
  };
  SECTION("a fact changed") {
    run("UPDATE fact SET json = replace(json, 'positive', 'negative') WHERE doc = 'notes/3.md'");
    const Store store = Store::open(tmp.path(), Store::Mode::ReadOnly);
    CHECK_THROWS_AS(store.read("notes/3.md"), Error);
    CHECK_NOTHROW(store.read("notes/2.md"));
  }
  SECTION("a fact gone") { run("DELETE FROM fact WHERE doc = 'notes/3.md' AND place = 1"); }
  SECTION("a name added") { run("INSERT INTO name VALUES('notes/1.md', 'Zed', 'Person', '')"); }
  SECTION("a whole document gone") { run("DELETE FROM document WHERE id = 'notes/3.md'"); }
  SECTION("rows of nobody") {
    run("INSERT INTO fact VALUES('ghost', 0, '{}')");
    CHECK(Store::open(tmp.path(), Store::Mode::ReadOnly).check().size() == 1);
    return;
  }
  SECTION("another table") {
    run("CREATE TABLE extra(x)");
    CHECK_THROWS_AS(Store::open(tmp.path(), Store::Mode::ReadOnly), Error);
    return;
  }
  SECTION("a trigger") {
    run("CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM fact; END");
    CHECK_THROWS_AS(Store::open(tmp.path(), Store::Mode::ReadWrite), Error);
    return;
  }
  CHECK(read_all(tmp.path()).error == Error::Code::Corrupt);
  CHECK(!Store::open(tmp.path(), Store::Mode::ReadOnly).check().empty());
}

TEST_CASE("check finds evidence outside its document", "[store]") {
  TemporaryFolder tmp;
  Store store = Store::open(tmp.path(), Store::Mode::Create);
  DocumentRecord far = record("a.md");
  far.length = 50;  // the second and third fact end behind it
  store.put(far);
  store.commit();
  CHECK(store.check().size() == 2);
}

TEST_CASE("files that are no store of ours are refused and left alone", "[store]") {
  TemporaryFolder tmp;
  const fs::path file = tmp / "record.sqlite";
  const auto refused = [&](Error::Code code) {
    const std::string before = bytes_in(file);
    const std::set<std::string> names = files_in(tmp.path());
    for (const auto mode : {Store::Mode::ReadOnly, Store::Mode::ReadWrite, Store::Mode::Create}) {
      try {
        Store::open(tmp.path(), mode);
        FAIL("opened");
      } catch (const Error& error) {
        CHECK(error.code() == code);
      }
    }
    CHECK(bytes_in(file) == before);
    CHECK(files_in(tmp.path()) == names);
  };
  SECTION("text") {
    write_bytes(file, std::string(5000, 'x'));
    refused(Error::Code::Version);
  }
  SECTION("a database of another program") {
    sqlite3* raw = nullptr;
    sqlite3_open(file.c_str(), &raw);
    sqlite3_exec(raw, "PRAGMA journal_mode=WAL; CREATE TABLE document(id)", nullptr, nullptr,
                 nullptr);
    sqlite3_close(raw);
    refused(Error::Code::Version);
  }
  SECTION("a newer format") {
    filled(tmp.path());
    sqlite3* raw = nullptr;
    sqlite3_open(file.c_str(), &raw);
    sqlite3_exec(raw, "PRAGMA user_version = 2", nullptr, nullptr, nullptr);
    sqlite3_close(raw);
    refused(Error::Code::Version);
  }
  SECTION("a FIFO") {
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
    CHECK_THROWS_AS(Store::open(tmp.path(), Store::Mode::Create), Error);
  }
  SECTION("nothing") {
    CHECK_THROWS_AS(Store::open(tmp / "none", Store::Mode::ReadOnly), Error);
    CHECK_THROWS_AS(Store::open(tmp.path(), Store::Mode::ReadWrite), Error);
    CHECK(files_in(tmp.path()).empty());
  }
}

TEST_CASE("a folder whose first writer was stopped reads as empty and takes a new one", "[store]") {
  TemporaryFolder tmp;
  write_bytes(tmp / "record.sqlite.new", "half a page");
  {
    const Store store = Store::open(tmp.path(), Store::Mode::ReadOnly);
    CHECK(dump_of(store).empty());
    CHECK(store.check().empty());
    CHECK(store.graph().nodes().empty());
  }
  CHECK(filled(tmp.path()).documents().size() == 5);
  CHECK(!fs::exists(tmp / "record.sqlite.new"));
}

TEST_CASE("a reader sees whole commits while a writer works", "[store]") {
  TemporaryFolder tmp;
  Store::open(tmp.path(), Store::Mode::Create);
  std::thread writer([&] {
    Store store = Store::open(tmp.path(), Store::Mode::ReadWrite);
    for (int i = 0; i < 60; ++i) {
      store.put(record(std::to_string(i) + "a"));
      store.put(record(std::to_string(i) + "b"));
      store.commit();
    }
  });
  std::size_t last = 0;
  bool whole = true, forward = true;
  for (int i = 0; i < 60; ++i) {
    const Store store = Store::open(tmp.path(), Store::Mode::ReadOnly);
    std::size_t seen = 0;
    store.for_each_document([&](const DocumentRecord& document) {
      ++seen;
      whole = whole && document.facts.size() == 3;
    });
    whole = whole && seen % 2 == 0;
    forward = forward && seen >= last;
    last = seen;
  }
  writer.join();
  CHECK(whole);
  CHECK(forward);
  CHECK(Store::open(tmp.path(), Store::Mode::ReadOnly).documents().size() == 120);
}

TEST_CASE("two writers wait for each other and lose nothing", "[store]") {
  TemporaryFolder tmp;
  const auto write = [&](const std::string& prefix) {
    Store store = Store::open(tmp.path(), Store::Mode::Create);
    for (int i = 0; i < 40; ++i) {
      store.put(record(prefix + std::to_string(i)));
      store.put(record("shared"));
      store.commit();
    }
  };
  std::thread one(write, "one"), two(write, "two");
  one.join();
  two.join();
  const Store store = Store::open(tmp.path(), Store::Mode::ReadOnly);
  CHECK(store.documents().size() == 81);
  CHECK(store.check().empty());
}

TEST_CASE("a store on read-only media can be read", "[store]") {
  if (::geteuid() == 0) return;  // permissions do not bind root; the driver mounts read-only
  TemporaryFolder tmp;
  filled(tmp / "s");
  const std::string truth = read_all(tmp / "s").dump;
  fs::permissions(tmp / "s" / "record.sqlite", fs::perms::owner_read);
  fs::permissions(tmp / "s", fs::perms::owner_read | fs::perms::owner_exec);
  CHECK(read_all(tmp / "s").dump == truth);
  CHECK_THROWS_AS(Store::open(tmp / "s", Store::Mode::ReadWrite), Error);
  fs::permissions(tmp / "s", fs::perms::owner_all);
}

TEST_CASE("names that look like SQL are names", "[store]") {
  TemporaryFolder tmp;
  Store store = Store::open(tmp.path(), Store::Mode::Create);
  const std::string id = "x'); DROP TABLE fact; --";
  store.put(record(id));
  store.put(record(std::string("nul\0in it", 9)));
  store.commit();
  CHECK(store.read(id).facts.size() == 3);
  CHECK(store.read(std::string("nul\0in it", 9)).facts.size() == 3);
  CHECK(store.documents().size() == 2);
  CHECK_THROWS_AS(store.put(DocumentRecord{}), Error);
}
