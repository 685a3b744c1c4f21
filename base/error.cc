#include "base/error.h"

#include <utility>

namespace tercet {
namespace {

std::string with_place(const std::string& what, const Position& at) {
  std::string out = at.file;
  if (!out.empty() && at.line > 0) {
    out += ':' + std::to_string(at.line);
    if (at.column > 0) out += ':' + std::to_string(at.column);
  }
  if (!out.empty()) out += ": ";
  return out + what;
}

}  // namespace

Error::Error(Code code, const std::string& what, Position at, std::string hint)
    : std::runtime_error(with_place(what, at)),
      code_(code),
      detail_(std::make_shared<const Detail>(Detail{std::move(at), std::move(hint)})) {}

}  // namespace tercet
