#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace tercet {

/// Where in an input. line and column count from 1; line 0 means "the whole file".
struct Position {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< in bytes
};

/// A call could not do its job. Thrown only where the world enters or leaves: reading or writing
/// files, models, seeds and stores. Never from extract() or from a graph algorithm.
class Error : public std::runtime_error {
 public:
  enum class Code {
    Usage,     ///< the caller asked for something that does not exist
    Io,        ///< the file could not be opened, read or written
    Syntax,    ///< the bytes do not follow the format's grammar
    Schema,    ///< well-formed, but not what the format requires (missing field, unknown type)
    Version,   ///< made by another program, or by a newer version of this one
    Corrupt,   ///< a checksum or an invariant does not hold
    Resource,  ///< disk, memory or a limit is used up
  };

  /// what() is "file:line:col: what", without the parts that are not known.
  /// hint is advice in one line: what the reader of the message can do.
  Error(Code code, const std::string& what, Position at = {}, std::string hint = {});

  Code code() const noexcept { return code_; }
  const Position& at() const noexcept { return detail_->at; }
  const std::string& hint() const noexcept { return detail_->hint; }

 private:
  struct Detail {
    Position at;
    std::string hint;
  };
  Code code_;
  std::shared_ptr<const Detail> detail_;  // shared, so that copying an Error cannot throw
};

}  // namespace tercet
