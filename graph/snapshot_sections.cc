#include "graph/snapshot_sections.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#define XXH_INLINE_ALL
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wconversion"
#include <xxhash.h>
#pragma GCC diagnostic pop

#include "base/error.h"

namespace tercet {
namespace {

std::uint64_t aligned(std::uint64_t offset) {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

[[noreturn]] void fail(const std::filesystem::path& file, int cause) {
  const bool no_room = cause == ENOSPC || cause == EFBIG || cause == EDQUOT;
  throw Error(no_room ? Error::Code::Resource : Error::Code::Io,
              std::string("the snapshot cannot be written: ") + std::strerror(cause),
              {file.string(), 0, 0});
}

// A file that gets its name when it is whole. Its draft is locked, so that of two programs that
// derive one snapshot at a time one writes it and the other is told.
class Draft {
 public:
  explicit Draft(const std::filesystem::path& file) : file_(file), draft_(file.string() + ".new") {
    fd_ = ::open(draft_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd_ < 0) fail(file_, errno);
    // The name may have moved on with another's rename between open and lock.
    struct stat mine {
    }, named{};
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0 || ::fstat(fd_, &mine) != 0 ||
        ::stat(draft_.c_str(), &named) != 0 || mine.st_ino != named.st_ino) {
      ::close(fd_);
      throw Error(Error::Code::Io, "another program is writing the snapshot",
                  {file.string(), 0, 0});
    }
    if (::ftruncate(fd_, 0) != 0) give_up(errno);
  }
  ~Draft() {
    if (fd_ < 0) return;
    ::unlink(draft_.c_str());
    ::close(fd_);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
      const ssize_t done = ::write(fd_, at, size);
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) give_up(errno);
      at += done;
      size -= static_cast<std::size_t>(done);
    }
  }
  // Not synced: a snapshot that a power cut damages fails its checksums and is derived again.
  void commit() {
    if (::rename(draft_.c_str(), file_.c_str()) != 0) give_up(errno);
    ::close(fd_);
    fd_ = -1;
  }

 private:
  [[noreturn]] void give_up(int cause) { fail(file_, cause); }

  std::filesystem::path file_;
  std::string draft_;
  int fd_ = -1;
};

}  // namespace

std::uint64_t xxh3(const void* data, std::size_t size) { return XXH3_64bits(data, size); }

std::string SnapshotSections::head(std::vector<std::uint64_t>& offsets, std::uint64_t& size) const {
  std::uint64_t offset = sizeof(SnapshotHeader) + parts_.size() * sizeof(SectionEntry);
  std::vector<SectionEntry> table;
  for (const Part& part : parts_) {
    offset = aligned(offset);
    offsets.push_back(offset);
    table.push_back({static_cast<std::uint32_t>(part.kind), part.width, offset, part.bytes.size(),
                     xxh3(part.bytes.data(), part.bytes.size())});
    offset += part.bytes.size();
  }
  size = aligned(offset);
  SnapshotHeader header;
  header.size = size;
  header.documents = generation_.documents;
  header.record = generation_.record;
  header.names = generation_.names;
  header.nodes = nodes_;
  header.relations = relations_;
  header.sections = static_cast<std::uint32_t>(table.size());
  std::string bytes(sizeof header + table.size() * sizeof(SectionEntry), '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, table.data(), table.size() * sizeof(SectionEntry));
  constexpr std::size_t kFrom = offsetof(SnapshotHeader, checksum) + sizeof header.checksum;
  header.checksum = xxh3(bytes.data() + kFrom, bytes.size() - kFrom);
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

void SnapshotSections::write(const std::filesystem::path& file) const {
  std::vector<std::uint64_t> offsets;
  std::uint64_t size = 0;
  const std::string bytes = head(offsets, size);
  constexpr std::array<char, kSectionAlignment> kPadding{};
  Draft draft(file);
  draft.write(bytes.data(), bytes.size());
  std::uint64_t at = bytes.size();
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    draft.write(kPadding.data(), offsets[i] - at);
    draft.write(parts_[i].bytes.data(), parts_[i].bytes.size());
    at = offsets[i] + parts_[i].bytes.size();
  }
  draft.write(kPadding.data(), size - at);
  draft.commit();
}

Snapshot SnapshotSections::in_memory() const {
  std::vector<std::uint64_t> offsets;
  std::uint64_t size = 0;
  const std::string bytes = head(offsets, size);
  std::vector<std::uint64_t> words(size / sizeof(std::uint64_t));
  char* const begin = reinterpret_cast<char*>(words.data());
  std::memcpy(begin, bytes.data(), bytes.size());
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (!parts_[i].bytes.empty()) {
      std::memcpy(begin + offsets[i], parts_[i].bytes.data(), parts_[i].bytes.size());
    }
  }
  return Snapshot::over(std::make_shared<const std::vector<std::uint64_t>>(std::move(words)), size,
                        "snapshot");
}

}  // namespace tercet
