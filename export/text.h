#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fact.h"

namespace tercet {

/// `text` as every format of ours can hold it: valid UTF-8, and U+FFFD for what XML 1.0 forbids
/// (C0 controls without TAB, LF, CR; U+FFFE, U+FFFF), since GraphML has no escape for those and one
/// graph should read the same in all formats. Returns `text` itself if nothing needs a change, else
/// a view of `scratch`. O(n).
std::string_view clean_text(std::string_view text, std::string& scratch);

/// Any bytes as text that clean_text() leaves alone, and back: '\\' is doubled, and each byte of
/// what clean_text() would change is \\xHH. from_raw_text() leaves other backslashes as they are.
std::string raw_text(std::string_view bytes);
std::string from_raw_text(std::string_view text);

/// `value` if it is a confidence, else the nearest one; NaN gives 0.
double clean_confidence(double value);

/// Seconds of "HH:MM:SS"; nothing if the text is no such time.
std::optional<std::uint32_t> seconds_of(std::string_view timestamp);

/// "1:05" or "1:02:03".
std::string short_time(std::uint32_t seconds);

/// A place in a video, put together by us from checked parts: a URL out of a fact never reaches a
/// file as it stands (it could be javascript: or hold any character).
struct VideoLink {
  std::string id;  ///< letters, digits, '-', '_'
  std::optional<std::uint32_t> seconds;

  std::string url() const;       ///< https://youtu.be/ID?t=65
  std::string fragment() const;  ///< https://youtu.be/ID#t=65
};
std::optional<VideoLink> video_link(std::string_view url);
/// The same for a document's video id.
std::optional<VideoLink> video_page(std::string_view id);

}  // namespace tercet
