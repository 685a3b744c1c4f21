#pragma once

#include <cstdio>
#include <filesystem>
#include <optional>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace tercet::cli {

/// Where a command's data goes: stdout, or a file that appears only when all of it is written.
/// Writing to a closed pipe throws ClosedPipe; a full disk or any other failure Error{Resource|Io}.
class Output {
 public:
  /// No path, or "-": stdout.
  explicit Output(const std::optional<std::string>& path);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();  ///< without commit() a file written aside is removed

  void write(std::string_view bytes);
  void flush();
  /// Everything is written: sync and give the file its name.
  void commit();
  bool is_terminal() const;

 private:
  [[noreturn]] void fail(int error) const;

  std::string path_;   ///< empty for stdout
  std::string aside_;  ///< what the file is called until commit()
  int fd_ = 1;
  std::string buffer_;
};

/// The reader of our stdout has gone: end quietly.
struct ClosedPipe {};

/// A stream buffer over an Output, for the writers of export/:
///   OutputBuffer buffer(output); std::ostream stream(&buffer);
class OutputBuffer : public std::streambuf {
 public:
  explicit OutputBuffer(Output& output) : output_(output) {}

 private:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;
  int sync() override;
  Output& output_;
};

}  // namespace tercet::cli
