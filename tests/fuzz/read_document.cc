// Any bytes, in any format, are a document that keeps the laws of tests/read_laws.h.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "extract/read/read.h"
#include "tests/read_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto format = static_cast<tercet::Format>(data[0] % 7);
  const std::string bytes(data + 1, data + size);
  if (!tercet::broken_law(tercet::read_document(bytes, "x", format)).empty()) std::abort();
  if (format == tercet::Format::Jsonl || format == tercet::Format::Csv) {
    (format == tercet::Format::Csv ? tercet::read_csv : tercet::read_jsonl)(
        bytes, "x",
        [](const tercet::Document& document) {
          if (document.id.empty() || !tercet::broken_law(document).empty()) std::abort();
        },
        [](std::uint32_t line, std::uint32_t column, const std::string& what) {
          if (line == 0 || column == 0 || what.empty()) std::abort();
        });
  }
  return 0;
}
