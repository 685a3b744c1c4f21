#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace tercet {

/// Collects text and hands it to a stream in large pieces. Every piece is checked: a stream that
/// fails is Error{Io}, never a file that ends early without a word.
class Output {
 public:
  explicit Output(std::ostream& out);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  Output& operator<<(std::string_view text) {
    buffer_ += text;
    return *this;
  }
  Output& operator<<(char c) {
    buffer_.push_back(c);
    return *this;
  }

  /// For writers that append in place; call spill() now and then.
  std::string& buffer() { return buffer_; }
  /// Writes what is held if that is much. Throws Error{Io}.
  void spill() {
    if (buffer_.size() >= kPiece) write();
  }
  /// Writes the rest and flushes the stream. Must be the last call. Throws Error{Io}.
  void finish();

 private:
  static constexpr std::size_t kPiece = 1 << 16;
  void write();

  std::ostream& out_;
  std::string buffer_;
};

}  // namespace tercet
