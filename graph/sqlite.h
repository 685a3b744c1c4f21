#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tercet {

/// Throw the Error that SQLite's `code` stands for: Corrupt for damage, Resource for a full disk
/// and for a lock that was not free in time, bad_alloc for memory, Io for the rest.
[[noreturn]] void fail_sqlite(sqlite3* database, int code, const std::string& file);

/// A prepared statement. Texts are constants of the program, values are bound.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& file, const char* sql);
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, std::uint64_t number);
  Statement& bind_blob(int index, std::string_view bytes);

  bool step();  ///< true while there is a row; resets itself after the last
  void run();   ///< step() until done, then ready to be bound again

  /// Column of the row, which must be of that kind: anything else is Error{Corrupt}. A view lives
  /// until the next step.
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  std::uint64_t number(int column) const;

 private:
  void check(int code) const;

  sqlite3* database_;
  const std::string& file_;
  sqlite3_stmt* statement_ = nullptr;
};

/// BEGIN on construction, ROLLBACK on destruction unless committed. `immediate` takes the write
/// lock at once, so that two writers wait for each other instead of failing half-way.
class Transaction {
 public:
  Transaction(sqlite3* database, const std::string& file, bool immediate);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  sqlite3* database_;
  const std::string& file_;
  bool open_ = true;
};

/// Run a constant SQL text without results.
void execute(sqlite3* database, const std::string& file, const char* sql);

}  // namespace tercet
