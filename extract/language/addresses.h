#pragma once

#include <cstddef>
#include <string_view>

namespace tercet {

// Things in a text that are not English. `end` bounds the stretch without spaces that is looked at;
// the results are the end of what begins at `at`, or 0 if nothing does.

/// URLs by their scheme, or www. Marks that close the sentence around it are left out. O(end - at).
std::size_t url_end(std::string_view text, std::size_t at, std::size_t end);

struct AddressEnd {
  std::size_t end = 0;
  std::size_t seen = 0;  ///< no address begins before this byte: asking again would not be linear
};
/// E-mail addresses, user@HOST, host and file names: "x.y@z.com", "report.pdf". O(end - at).
AddressEnd address_end(std::string_view text, std::size_t at, std::size_t end);

/// ":)". `begin` is the start of the stretch: some faces stand only there. O(1).
std::size_t emoticon_end(std::string_view text, std::size_t begin, std::size_t at, std::size_t end);

}  // namespace tercet
