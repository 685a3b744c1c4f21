#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet {

struct FrontMatter {
  std::string title;     ///< or empty
  std::string video_id;  ///< [A-Za-z0-9_-]{6,20}, or empty
  std::size_t size = 0;  ///< bytes up to the body; 0 if there is no front matter
};

/// Whether `id` could be a YouTube id: [A-Za-z0-9_-]{6,20}.
bool is_video_id(std::string_view id);

/// Whether `text` (without byte order mark) opens with a line "---".
bool opens_with_front_matter(std::string_view text);

/// Read `title` and `videoId` of the front matter `text` begins with: lines "key: value" between
/// two lines "---" (or "..."), within 64 KiB. A value is plain, or in single or double quotes;
/// anchors, aliases, tags, block scalars and flow values are not followed: such a value is empty.
/// Unclosed front matter is none (size 0). O(64 KiB).
FrontMatter read_front_matter(std::string_view text);

}  // namespace tercet
