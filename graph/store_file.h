#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>

namespace tercet {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// Look at the first bytes of the file without SQLite: throws Error{Version} if they are not those
/// of a store of ours, Error{Corrupt} if the file is cut, Error{Io} if it cannot be read or is no
/// regular file. Nothing is written or locked.
void check_store_header(const std::filesystem::path& file);

/// Make a new, empty store file unless there is one: written beside under another name, made
/// durable, then renamed, so that a store file is always whole.
void create_store_file(const std::filesystem::path& folder, const std::filesystem::path& file);

/// A store without documents and without a file, to read.
Database open_empty_store();

/// Open a file that passed check_store_header(), hardened against crafted content, and compare its
/// schema with ours before anything else is asked of it. Without permission to write, falls back
/// to reading the file as it lies there, if no write-ahead log lies beside it.
Database open_store_file(const std::filesystem::path& file, bool writable);

}  // namespace tercet
