#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

struct ReadLimits {
  std::uint64_t max_bytes = std::uint64_t{512} << 20;
  bool follow_symlink = true;     ///< off for files found by walk()
  int fifo_wait_ms = 2000;        ///< how long a FIFO may be without a writer
  void (*on_signal)() = nullptr;  ///< called when a signal cuts the waiting short; may throw
};

/// The bytes of a regular file, or of a FIFO up to its end. Throws Error{Io} ("is a directory",
/// "is a device", "Permission denied", ...), and Error{Resource} for a file above max_bytes; no
/// more than max_bytes are ever read, whatever size the file claims.
std::string read_file(const std::string& path, const ReadLimits& limits = {});

/// The bytes of an open descriptor up to its end, for stdin; `name` is for messages. Reads
/// anything, devices too. The descriptor stays open. Throws like read_file().
std::string read_descriptor(int descriptor, const std::string& name, const ReadLimits& limits = {});

struct Walk {
  struct Skipped {
    std::string path;
    std::string reason;
  };
  std::vector<std::string> files;  ///< sorted bytewise; each begins with the path walked
  std::vector<Skipped> skipped;    ///< sorted by path
};

/// The files below folder `path` that end in .md, .markdown, .txt, .jsonl, .ndjson, .html, .htm,
/// .xhtml, .vtt or .srt (not .csv: most tables are no documents). Entries whose name
/// begins with a dot are passed over; symbolic links are never followed, so there are no loops;
/// they, FIFOs, devices, sockets and unreadable folders are listed as skipped. Iterative, one
/// descriptor at a time. Throws Error{Io} if `path` itself is no readable folder.
Walk walk(const std::string& path);

/// `path` with "." and ".." and doubled or trailing slashes resolved by its words alone:
/// "a//b/../c/" is "a/c", "../a" stays, "/.." is "/", "" is ".".
std::string clean_path(std::string_view path);

}  // namespace tercet
