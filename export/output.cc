#include "export/output.h"

#include <ostream>

#include "base/error.h"

namespace tercet {
namespace {

[[noreturn]] void fail() {
  throw Error(Error::Code::Io, "cannot write the export", {},
              "is the disk full, or the reader of the pipe gone?");
}

}  // namespace

Output::Output(std::ostream& out) : out_(out) { buffer_.reserve(kPiece + kPiece / 2); }

void Output::write() {
  try {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  } catch (const std::ios_base::failure&) {  // a stream whose owner turned exceptions on
    fail();
  }
  if (!out_) fail();
  buffer_.clear();
}

void Output::finish() {
  write();
  try {
    out_.flush();
  } catch (const std::ios_base::failure&) {
    fail();
  }
  if (!out_) fail();
}

}  // namespace tercet
