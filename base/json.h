#pragma once

// Private to .cc files: the one place that includes RapidJSON.
// Input: SAX or a DOM behind a depth guard only. RapidJSON 1.1 destroys a deep tree by recursion
// and overflows the stack at about 100,000 levels, with and without kParseIterativeFlag.
// Output: the validating writer; the default one lets bytes through that are not UTF-8.

#ifndef RAPIDJSON_ASSERT
#include <stdexcept>
#define RAPIDJSON_ASSERT(x) \
  ((x) ? static_cast<void>(0) : throw std::logic_error("RapidJSON: " #x))  // NOLINT
#endif
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#include <rapidjson/document.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/encodings.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#pragma GCC diagnostic pop

#include <string>
#include <string_view>

namespace tercet {

/// Writes JSON into a StringBuffer and refuses bytes that are not UTF-8.
using JsonWriter =
    rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>,
                      rapidjson::CrtAllocator, rapidjson::kWriteValidateEncodingFlag>;

/// True if no object or array of `text` is nested deeper than `limit`. Counts brackets outside
/// strings; for text that is not JSON the answer is some bool. O(n), no recursion.
bool json_depth_within(std::string_view text, int limit);

/// `value` in [-1e15, 1e15] with at most `decimals` decimals, without trailing zeros: "0.84", "1".
/// Independent of locale.
std::string decimal(double value, int decimals);

}  // namespace tercet
