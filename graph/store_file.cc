#include "graph/store_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/ascii.h"
#include "base/error.h"
#include "graph/sqlite.h"

namespace tercet {
namespace {

// "TRCT": tells our files from those of other programs (SQLite file format, offset 68).
constexpr std::uint32_t kApplicationId = 0x54524354;
constexpr std::uint32_t kFormatVersion = 1;  // user_version, offset 60
constexpr std::size_t kHeaderSize = 100;
constexpr int kBusyMilliseconds = 60000;

// The schema as sqlite_schema must show it, in the order of its names.
struct Table {
  std::string_view name;
  const char* sql;
};
constexpr std::array<Table, 4> kTables = {{
    {"document",
     "CREATE TABLE document(id TEXT PRIMARY KEY NOT NULL, content_hash TEXT NOT NULL, recipe TEXT "
     "NOT NULL, title TEXT NOT NULL, video_id TEXT NOT NULL, length INTEGER NOT NULL, checksum "
     "BLOB NOT NULL) STRICT, WITHOUT ROWID"},
    {"fact",
     "CREATE TABLE fact(doc TEXT NOT NULL, place INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY "
     "KEY(doc, place)) STRICT, WITHOUT ROWID"},
    {"name",
     "CREATE TABLE name(doc TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, alias TEXT NOT "
     "NULL, PRIMARY KEY(doc, name, type, alias)) STRICT, WITHOUT ROWID"},
    {"summary",
     "CREATE TABLE summary(one INTEGER PRIMARY KEY CHECK(one = 1), documents INTEGER NOT NULL, "
     "checksum BLOB NOT NULL) STRICT"},
}};

class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void fail_io(const std::filesystem::path& file, const std::string& what, int cause) {
  throw Error(Error::Code::Io, what + ": " + std::strerror(cause), {file.string(), 0, 0});
}

std::uint32_t big_endian(const std::array<unsigned char, kHeaderSize>& bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

bool has_log(const std::filesystem::path& file) {
  struct stat status {};
  return ::stat((file.string() + "-wal").c_str(), &status) == 0 && status.st_size > 0;
}

// Whether the file has the pages its header counts. A log beside it may hold the last of them.
bool is_whole(const std::array<unsigned char, kHeaderSize>& header, std::uint64_t size) {
  const std::uint32_t stored = std::uint32_t{header[16]} << 8 | header[17];
  const std::uint64_t page_size = stored == 1 ? 65536 : stored;
  if (page_size < 512 || (page_size & (page_size - 1)) != 0) return false;
  const bool count_is_valid = big_endian(header, 24) == big_endian(header, 92);
  return size % page_size == 0 && (!count_is_valid || size / page_size >= big_endian(header, 28));
}

void fsync_or_fail(int fd, const std::filesystem::path& file) {
  if (::fsync(fd) != 0) fail_io(file, "cannot be made durable", errno);
}

void harden(sqlite3* database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_busy_timeout(database, kBusyMilliseconds);
  sqlite3_extended_result_codes(database, 1);
}

constexpr const char* kSettings =
    "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA synchronous = FULL;";

void check_schema(sqlite3* database, const std::string& file) {
  Statement schema(database, file,
                   "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name");
  std::size_t found = 0;
  bool same = true;
  while (schema.step()) {
    same = same && found < kTables.size() && schema.text(0) == "table" &&
           schema.text(1) == kTables[found].name && schema.text(2) == kTables[found].name &&
           schema.text(3) == kTables[found].sql;
    ++found;
  }
  if (!same || found != kTables.size()) fail_sqlite(database, SQLITE_CORRUPT, file);
}

Database open_with(const std::string& name, const std::string& file, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) fail_sqlite(raw, code, file);
  harden(raw);
  return database;
}

void create_tables(sqlite3* database, const std::string& file) {
  execute(database, file, "BEGIN IMMEDIATE");
  static_assert(kApplicationId == 1414677332 && kFormatVersion == 1, "named in the next line");
  execute(database, file, "PRAGMA application_id = 1414677332; PRAGMA user_version = 1");
  for (const Table& table : kTables) execute(database, file, table.sql);
  execute(database, file, "INSERT INTO summary VALUES(1, 0, zeroblob(32))");
  execute(database, file, "COMMIT");
}

// A file name as part of a URI: everything but the plainest characters as %XX.
std::string as_uri(const std::filesystem::path& file) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = is_ascii_alnum(c) || c == '/' || c == '-' || c == '_' || c == '.';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

void check_store_header(const std::filesystem::path& file) {
  const Position at{file.string(), 0, 0};
  // A writer that closes the store moves its log into the file; seen half-way, look again.
  for (int attempt = 0;; ++attempt) {
    const File opened(file, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (opened.fd() < 0) {
      if (errno == ENOENT) {
        throw Error(Error::Code::Io, "no store here", at, "tercet add PATH makes one");
      }
      fail_io(file, "the store cannot be opened", errno);
    }
    struct stat status {};
    if (::fstat(opened.fd(), &status) != 0) fail_io(file, "the store cannot be read", errno);
    if (!S_ISREG(status.st_mode)) throw Error(Error::Code::Io, "not a regular file", at);
    std::array<unsigned char, kHeaderSize> header{};
    const ssize_t got = ::pread(opened.fd(), header.data(), header.size(), 0);
    if (got < 0) fail_io(file, "the store cannot be read", errno);
    if (got < static_cast<ssize_t>(kHeaderSize)) {
      throw Error(Error::Code::Corrupt, "the store is cut short", at);
    }
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    if (std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0 ||
        big_endian(header, 68) != kApplicationId) {
      throw Error(Error::Code::Version, "not a store of tercet", at);
    }
    if (big_endian(header, 60) != kFormatVersion) {
      throw Error(Error::Code::Version,
                  "the store has format " + std::to_string(big_endian(header, 60)) +
                      ", this program reads format " + std::to_string(kFormatVersion),
                  at);
    }
    const bool in_wal_mode = header[18] == 2 && header[19] == 2;
    const bool whole = is_whole(header, static_cast<std::uint64_t>(status.st_size));
    if (in_wal_mode && (whole || has_log(file))) return;
    if (attempt == 3) throw Error(Error::Code::Corrupt, "the store is cut short", at);
    ::usleep(1000);
  }
}

void create_store_file(const std::filesystem::path& folder, const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) fail_io(folder, "the store's folder cannot be made", error.value());
  const File locked(folder, O_RDONLY | O_DIRECTORY);
  if (locked.fd() < 0) fail_io(folder, "the store's folder cannot be opened", errno);
  // Two first writers: the second waits and finds the file of the first. A file system without
  // such locks leaves the rename below, which is still whole.
  ::flock(locked.fd(), LOCK_EX);
  struct stat status {};
  if (::lstat(file.c_str(), &status) == 0) return;

  const std::filesystem::path draft = folder / "record.sqlite.new";
  ::unlink(draft.c_str());
  const std::string name = draft.string();
  try {
    Database database = open_with(name, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* const raw = database.get();
    execute(raw, name, kSettings);
    create_tables(raw, name);
    execute(raw, name, "PRAGMA journal_mode = WAL");
    database.reset();
    const File written(draft, O_RDONLY);
    if (written.fd() < 0) fail_io(file, "the store cannot be made", errno);
    fsync_or_fail(written.fd(), file);
    if (::rename(draft.c_str(), file.c_str()) != 0)
      fail_io(file, "the store cannot be made", errno);
  } catch (...) {
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) ::unlink((name + suffix).c_str());
    throw;
  }
  ::fsync(locked.fd());  // the name; some file systems cannot, and need not
}

Database open_empty_store() {
  const std::string name = ":memory:";
  Database database = open_with(name, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  create_tables(database.get(), name);
  execute(database.get(), name, "PRAGMA query_only = ON");
  return database;
}

Database open_store_file(const std::filesystem::path& file, bool writable) {
  const std::string name = file.string();
  try {
    // Also to read: closing then leaves no log behind. SQLite itself falls back to reading where
    // the file is not writable.
    Database database = open_with(name, name, SQLITE_OPEN_READWRITE);
    if (writable && sqlite3_db_readonly(database.get(), "main") == 1) {
      fail_sqlite(database.get(), SQLITE_READONLY, name);
    }
    execute(database.get(), name, kSettings);
    if (!writable) execute(database.get(), name, "PRAGMA query_only = ON");
    check_schema(database.get(), name);
    return database;
  } catch (const Error& error) {
    // On read-only media the log cannot be made, and without a writer none is needed.
    if (writable || error.code() != Error::Code::Io || has_log(file)) throw;
  }
  Database database = open_with(as_uri(file), name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  execute(database.get(), name, "PRAGMA cell_size_check = ON");
  check_schema(database.get(), name);
  return database;
}

}  // namespace tercet
