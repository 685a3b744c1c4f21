#include "extract/language/clitics.h"

#include <string>

#include "base/ascii.h"
#include "extract/language/characters.h"

namespace tercet {

std::size_t clitic_begin(std::string_view text, std::size_t begin, std::size_t end) {
  // One or two letters follow the apostrophe.
  for (std::size_t letters = 1; letters <= 2 && begin + letters + 1 < end; ++letters) {
    const std::size_t after = end - letters;
    const Char mark = char_before(text, after);
    if (!is_apostrophe(mark.code)) continue;
    const std::size_t at = after - mark.size;
    if (at <= begin) return 0;
    const std::string tail = listed_form(text.substr(after, letters));
    if (tail == "t") {
      const char n = text[at - 1];
      return (n == 'n' || n == 'N') && at - 1 > begin ? at - 1 : 0;
    }
    // 1990's is a plural
    if (tail == "s") return is_ascii_digit(text[at - 1]) && is_ascii_digit(text[begin]) ? 0 : at;
    if (tail == "m" || tail == "d" || tail == "re" || tail == "ve" || tail == "ll") return at;
    return 0;
  }
  return 0;
}

}  // namespace tercet
