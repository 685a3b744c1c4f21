#include "extract/language/mapping.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/error.h"

namespace tercet {
namespace {

struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& what) {
  throw Error(Error::Code::Io, what, {file.string(), 0, 0});
}

}  // namespace

Mapping::Mapping(const std::filesystem::path& file) {
  const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (descriptor.value < 0) fail(file, std::string("cannot open: ") + std::strerror(errno));
  struct stat status {};
  if (::fstat(descriptor.value, &status) != 0 || !S_ISREG(status.st_mode)) {
    fail(file, "not a regular file");
  }
  if (status.st_size == 0) return;  // mmap refuses a length of zero
  const auto size = static_cast<std::size_t>(status.st_size);
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.value, 0);
  if (memory == MAP_FAILED) fail(file, std::string("cannot map: ") + std::strerror(errno));
  bytes_ = {static_cast<const char*>(memory), size};
}

Mapping::~Mapping() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace tercet
