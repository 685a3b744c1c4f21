// A line is a fact that survives its own JSON, or an Error; never anything else.
#include "base/fact_json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const tercet::Fact fact = tercet::fact_from_json({reinterpret_cast<const char*>(data), size});
    tercet::Fact again = tercet::fact_from_json(tercet::to_json(fact));
    again.confidence = fact.confidence;  // written with 4 decimals
    if (!(again == fact)) std::abort();
  } catch (const tercet::Error&) {
  }
  return 0;
}
