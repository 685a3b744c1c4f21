#include "extract/read/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <system_error>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"

namespace tercet {
namespace {

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

std::string reason(int error) { return std::generic_category().message(error); }

Error io_error(const std::string& path, const std::string& what) {
  return Error(Error::Code::Io, what, {path, 0, 0});
}

/// Why a file of this mode is not read, or nullptr if it is a regular file.
const char* not_regular(mode_t mode) {
  if (S_ISREG(mode)) return nullptr;
  if (S_ISDIR(mode)) return "is a directory";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "is a device";
  if (S_ISFIFO(mode)) return "is a FIFO";
  if (S_ISSOCK(mode)) return "is a socket";
  if (S_ISLNK(mode)) return "is a symbolic link";
  return "is not a regular file";
}

/// Wait until `descriptor` can be read; timeout in milliseconds, -1 for none. False on timeout.
bool wait_readable(int descriptor, int timeout, const std::string& path, const ReadLimits& limits) {
  pollfd event = {descriptor, POLLIN, 0};
  while (true) {
    const int ready = ::poll(&event, 1, timeout);
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (errno != EINTR) throw io_error(path, reason(errno));
    if (limits.on_signal != nullptr) limits.on_signal();
  }
}

/// All bytes up to the end. `expected` is only a hint for the first allocation.
std::string read_all(int descriptor, const std::string& path, const ReadLimits& limits,
                     std::uint64_t expected) {
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(std::min(expected, limits.max_bytes)) + 1);
  while (true) {
    const std::size_t size = bytes.size();
    // One byte more than allowed, to tell a file of just the limit from a longer one.
    const std::uint64_t room = limits.max_bytes + 1 - size;
    const std::size_t spare = std::max(bytes.capacity() - size, kChunk);
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(room, spare));
    bytes.resize(size + want);
    const ssize_t got = ::read(descriptor, bytes.data() + size, want);
    const int error = errno;
    bytes.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return bytes;
    if (got < 0) {
      if (error == EAGAIN) {
        wait_readable(descriptor, -1, path, limits);
      } else if (error != EINTR) {
        throw io_error(path, reason(error));
      } else if (limits.on_signal != nullptr) {
        limits.on_signal();
      }
    } else if (bytes.size() > limits.max_bytes) {
      throw Error(Error::Code::Resource,
                  "is larger than " + std::to_string(limits.max_bytes) + " bytes", {path, 0, 0});
    }
  }
}

bool is_document_name(std::string_view name) {
  for (const std::string_view extension : {".md", ".markdown", ".txt", ".jsonl", ".ndjson", ".html",
                                           ".htm", ".xhtml", ".vtt", ".srt"}) {
    if (name.size() > extension.size() && ends_with_no_case(name, extension)) return true;
  }
  return false;
}

struct Entry {
  std::string name;
  unsigned char type;
};

/// The entries of an open folder, sorted by name. Takes the descriptor.
std::vector<Entry> entries_of(Descriptor& folder, const std::string& path) {
  DIR* stream = ::fdopendir(folder.number());
  if (stream == nullptr) throw io_error(path, reason(errno));
  folder.release();
  struct Close {
    DIR* stream;
    ~Close() { ::closedir(stream); }
  } close{stream};
  std::vector<Entry> entries;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(stream);
    if (entry == nullptr) {
      if (errno != 0) throw io_error(path, reason(errno));
      break;
    }
    if (entry->d_name[0] != '.') entries.push_back({entry->d_name, entry->d_type});
  }
  return entries;
}

}  // namespace

std::string read_file(const std::string& path, const ReadLimits& limits) {
  // O_NONBLOCK: opening a FIFO without a writer must not hang.
  const int flags =
      O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (limits.follow_symlink ? 0 : O_NOFOLLOW);
  const Descriptor file(::open(path.c_str(), flags));
  if (file.number() < 0) {
    const int error = errno;
    if (error == ELOOP && !limits.follow_symlink) throw io_error(path, "is a symbolic link");
    if (error == ENXIO) throw io_error(path, "is a socket or a device without a driver");
    throw io_error(path, reason(error));
  }
  struct stat status = {};
  if (::fstat(file.number(), &status) != 0) throw io_error(path, reason(errno));
  if (S_ISFIFO(status.st_mode)) {
    // Without a writer poll() stays silent, where read() would already report the end.
    if (!wait_readable(file.number(), limits.fifo_wait_ms, path, limits)) {
      throw io_error(path, "is a FIFO that nobody writes to");
    }
    return read_all(file.number(), path, limits, 0);
  }
  if (const char* what = not_regular(status.st_mode)) throw io_error(path, what);
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  if (size > limits.max_bytes) {
    throw Error(Error::Code::Resource,
                "is larger than " + std::to_string(limits.max_bytes) + " bytes", {path, 0, 0});
  }
  return read_all(file.number(), path, limits, size);
}

std::string read_descriptor(int descriptor, const std::string& name, const ReadLimits& limits) {
  return read_all(descriptor, name, limits, 0);
}

Walk walk(const std::string& path) {
  Walk found;
  std::vector<std::string> folders = {path};
  const auto join = [](const std::string& folder, const std::string& name) {
    return folder.ends_with('/') ? folder + name : folder + '/' + name;
  };
  for (bool root = true; !folders.empty(); root = false) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    std::vector<Entry> entries;
    try {
      // The folder named by the user may be a link; one found below may not.
      Descriptor opened(::open(folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NONBLOCK |
                                                   (root ? 0 : O_NOFOLLOW)));
      if (opened.number() < 0) throw io_error(folder, reason(errno));
      entries = entries_of(opened, folder);
    } catch (const Error& error) {
      if (root) throw;
      const std::string what = error.what();
      found.skipped.push_back({folder, what.substr(std::min(what.size(), folder.size() + 2))});
      continue;
    }
    for (const Entry& entry : entries) {
      const std::string name = join(folder, entry.name);
      mode_t mode = entry.type == DT_REG   ? S_IFREG
                    : entry.type == DT_DIR ? S_IFDIR
                    : entry.type == DT_LNK ? S_IFLNK
                                           : 0;
      if (mode == 0) {  // some file systems do not say
        struct stat status = {};
        if (::lstat(name.c_str(), &status) != 0) {
          found.skipped.push_back({name, reason(errno)});
          continue;
        }
        mode = status.st_mode;
      }
      if (S_ISDIR(mode)) {
        folders.push_back(name);
      } else if (const char* what = not_regular(mode)) {
        found.skipped.push_back({name, what});
      } else if (is_document_name(entry.name)) {
        found.files.push_back(name);
      }
    }
  }
  std::sort(found.files.begin(), found.files.end());
  std::sort(found.skipped.begin(), found.skipped.end(),
            [](const Walk::Skipped& a, const Walk::Skipped& b) { return a.path < b.path; });
  return found;
}

std::string clean_path(std::string_view path) {
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!absolute) {
      parts.push_back(part);
    }
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += '/';
    out += parts[i];
  }
  return out.empty() ? "." : out;
}

}  // namespace tercet
