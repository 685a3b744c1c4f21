#include "cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kBuffer = 1 << 16;

}  // namespace

Output::Output(const std::optional<std::string>& path) {
  if (!path || *path == "-") return;
  path_ = *path;
  struct stat there {};
  if (::stat(path_.c_str(), &there) == 0 && S_ISDIR(there.st_mode)) {
    throw Error(Error::Code::Usage, "is a directory", {path_, 0, 0}, "name a file for -o");
  }
  if (::stat(path_.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {
    // /dev/null, a FIFO: nothing to rename, so nothing to write aside.
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd_ < 0) fail(errno);
    return;
  }
  aside_ = path_ + ".tmp-" + std::to_string(::getpid());
  fd_ = ::open(aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd_ < 0) {
    const int error = errno;
    aside_.clear();
    fail(error);
  }
}

Output::~Output() {
  if (path_.empty()) return;
  if (fd_ >= 0) ::close(fd_);
  if (!aside_.empty()) ::unlink(aside_.c_str());
}

void Output::fail(int error) const {
  if (error == EPIPE && path_.empty()) throw ClosedPipe{};
  const bool resource = error == ENOSPC || error == EDQUOT || error == EFBIG || error == ENOMEM;
  throw Error(resource ? Error::Code::Resource : Error::Code::Io,
              std::string("cannot be written: ") + std::strerror(error),
              {path_.empty() ? "stdout" : path_, 0, 0});
}

void Output::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      buffer_.clear();
      fail(error);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void Output::commit() {
  flush();
  if (path_.empty()) return;
  if (!aside_.empty() && ::fsync(fd_) != 0) fail(errno);
  const int closed = ::close(fd_);
  fd_ = -1;
  if (closed != 0) fail(errno);
  if (aside_.empty()) return;
  if (::rename(aside_.c_str(), path_.c_str()) != 0) fail(errno);
  aside_.clear();
}

bool Output::is_terminal() const { return ::isatty(fd_) == 1; }

OutputBuffer::int_type OutputBuffer::overflow(int_type c) {
  if (c != traits_type::eof()) {
    const char one = traits_type::to_char_type(c);
    output_.write({&one, 1});
  }
  return traits_type::not_eof(c);
}

std::streamsize OutputBuffer::xsputn(const char* bytes, std::streamsize count) {
  output_.write({bytes, static_cast<std::size_t>(count)});
  return count;
}

int OutputBuffer::sync() {
  output_.flush();
  return 0;
}

}  // namespace tercet::cli
