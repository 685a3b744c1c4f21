#include "graph/sqlite.h"

#include <cerrno>
#include <new>

namespace tercet {

void fail_sqlite(sqlite3* database, int code, const std::string& file) {
  const Position at{file, 0, 0};
  switch (code & 0xFF) {
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_ERROR:  // our statements are right, so the file is not what they were written for
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(Error::Code::Corrupt, "the store is damaged", at,
                  "restore it from a copy, or remove it and add the documents again");
    case SQLITE_FULL:
      throw Error(Error::Code::Resource, "the disk is full", at);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(Error::Code::Resource, "another program is writing to the store", at,
                  "wait until it has finished, then run the same command again");
    case SQLITE_READONLY:
      throw Error(Error::Code::Io, "the store cannot be written", at);
    case SQLITE_CANTOPEN:
      throw Error(Error::Code::Io, "the store cannot be opened", at);
    case SQLITE_TOOBIG:
      throw Error(Error::Code::Resource, "a record is too large", at);
    case SQLITE_IOERR: {
      const int cause = database != nullptr ? sqlite3_system_errno(database) : 0;
      if (cause == ENOSPC || cause == EFBIG || cause == EDQUOT) {
        throw Error(Error::Code::Resource, "no room to write the store", at);
      }
      throw Error(Error::Code::Io, "reading or writing the store failed", at);
    }
    default:
      throw Error(Error::Code::Io, std::string("the store failed: ") + sqlite3_errstr(code), at);
  }
}

Statement::Statement(sqlite3* database, const std::string& file, const char* sql)
    : database_(database), file_(file) {
  check(sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr));
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail_sqlite(database_, code, file_);
}

Statement& Statement::bind(int index, std::string_view text) {
  // A null pointer would bind NULL, also for an empty text.
  const char* const data = text.empty() ? "" : text.data();
  check(sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int index, std::uint64_t number) {
  check(sqlite3_bind_int64(statement_, index, static_cast<sqlite3_int64>(number)));
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view bytes) {
  const char* const data = bytes.empty() ? "" : bytes.data();
  check(sqlite3_bind_blob64(statement_, index, data, bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    sqlite3_reset(statement_);
    fail_sqlite(database_, code, file_);
  }
  check(sqlite3_reset(statement_));
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

std::string_view Statement::text(int column) const {
  if (sqlite3_column_type(statement_, column) != SQLITE_TEXT) {
    fail_sqlite(database_, SQLITE_CORRUPT, file_);
  }
  const void* const data = sqlite3_column_text(statement_, column);
  if (data == nullptr) throw std::bad_alloc();
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return {static_cast<const char*>(data), size};
}

std::string_view Statement::blob(int column) const {
  if (sqlite3_column_type(statement_, column) != SQLITE_BLOB) {
    fail_sqlite(database_, SQLITE_CORRUPT, file_);
  }
  const void* const data = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return {static_cast<const char*>(data), size};
}

std::uint64_t Statement::number(int column) const {
  if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER) {
    fail_sqlite(database_, SQLITE_CORRUPT, file_);
  }
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
}

void execute(sqlite3* database, const std::string& file, const char* sql) {
  const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail_sqlite(database, sqlite3_extended_errcode(database), file);
}

Transaction::Transaction(sqlite3* database, const std::string& file, bool immediate)
    : database_(database), file_(file) {
  execute(database, file, immediate ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (open_) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  execute(database_, file_, "COMMIT");
  open_ = false;
}

}  // namespace tercet
