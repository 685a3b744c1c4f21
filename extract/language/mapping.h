#pragma once

#include <filesystem>
#include <string_view>

namespace tercet {

/// A file's bytes, mapped read-only. Throws Error{Io}. The pages are shared between processes and
/// read when first touched. A file that another process cuts short meanwhile is a bus error: a
/// model is replaced by renaming a new file over it, never by writing into it.
class Mapping {
 public:
  explicit Mapping(const std::filesystem::path& file);
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();

  std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_;
};

}  // namespace tercet
