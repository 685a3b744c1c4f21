#include "extract/read/captions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/read/block_builder.h"
#include "extract/read/character_reference.h"
#include "extract/read/front_matter.h"
#include "extract/read/lines.h"
#include "extract/read/time_anchor.h"

namespace tercet {
namespace {

constexpr std::uint32_t kSilence = 4;        // seconds after which somebody else may speak
constexpr std::size_t kLongBlock = 2000;     // bytes; then the next end of a sentence ends it
constexpr std::size_t kLongestBlock = 8000;  // ... even when no sentence ends: captions by machine

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\v\f"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\v\f") + 1 - begin);
}

struct Timing {
  std::uint32_t begin = 0, end = 0;  // seconds
};

/// "00:01:02.345", "01:02,345": without the fraction.
std::optional<std::uint32_t> seconds_of(std::string_view words) {
  words = trimmed(words);
  words = words.substr(0, words.find_first_of(" \t"));
  return parse_time(words.substr(0, words.find_first_of(".,")));
}

/// "00:01:02.345 --> 00:01:04.000 align:start".
std::optional<Timing> timing_of(std::string_view line) {
  const std::size_t arrow = line.find("-->");
  if (arrow == line.npos || arrow > 64) return std::nullopt;
  const auto begin = seconds_of(line.substr(0, arrow)), end = seconds_of(line.substr(arrow + 3));
  if (!begin || !end) return std::nullopt;
  return Timing{*begin, *end};
}

/// Bytes of the markup that begins at line[at]: a tag, an override in braces; 0 for text.
std::size_t markup_at(std::string_view line, std::size_t at) {
  constexpr std::size_t kLongest = 512;
  const char close = line[at] == '<' ? '>' : line[at] == '{' ? '}' : '\0';
  if (close == '\0' || (close == '}' && line.substr(at, 2) != "{\\")) return 0;
  const std::size_t end = line.substr(at, kLongest).find(close);
  return end == line.npos ? 0 : end + 1;
}

/// The words of a line for comparison, markup left out.
std::string words_of(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    if (const std::size_t skip = markup_at(line, at)) {
      at += skip;
    } else {
      out += line[at++];
    }
  }
  return std::string(trimmed(out));
}

/// Bytes that say "somebody else speaks": ">>", ">> Name:" keeps the name, "- ".
std::size_t change_of_speaker(std::string_view words) {
  for (const std::string_view mark : {"&gt;&gt;", ">>", "- "}) {
    if (words.starts_with(mark)) return mark.size();
  }
  return 0;
}

class CaptionReader {
 public:
  explicit CaptionReader(Document& document)
      : document_(document), builder_(document.text, document.invalid_bytes) {}

  void begin_cue(Timing timing) {
    if (timing.begin > spoken_until_ + kSilence) flush();
    const bool ends = !last_words_.empty() &&
                      std::string_view(".?!").find(last_words_.back()) != std::string_view::npos;
    if (size_ > kLongestBlock || (size_ > kLongBlock && ends)) flush();
    spoken_until_ = timing.end;
    pending_ = timing.begin;
    before_ = std::move(shown_);
    shown_.clear();
  }

  void line(Span span) {
    std::string_view text = view(document_.text, span);
    std::string words = words_of(text);
    if (words.empty()) return;
    const bool again = std::ranges::find(before_, words) != before_.end();
    shown_.push_back(words);
    if (again) return;
    if (text.starts_with("<v")) {
      const std::string_view voice = text.substr(0, markup_at(text, 0));
      if (voice != voice_) flush();
      voice_ = voice;
    }
    std::uint32_t begin = span.begin;
    if (const std::size_t mark = change_of_speaker(trimmed(text))) {
      flush();
      begin += static_cast<std::uint32_t>(text.find(trimmed(text)) + mark);
    }
    if (pending_) builder_.anchor(std::exchange(pending_, std::nullopt));
    builder_.space(begin);
    put({begin, span.end});
    size_ += words.size() + 1;
    last_words_ = std::move(words);
  }

  void flush() {
    Block block = builder_.finish(false);
    size_ = 0;
    last_words_.clear();
    if (block.text.empty()) return;
    block.anchors_lead = true;
    document_.blocks.push_back(std::move(block));
  }

 private:
  void put(Span span) {
    constexpr std::size_t kLongestReference = 32;
    const std::string_view text = document_.text;
    std::uint32_t from = span.begin;
    const auto upto = [&](std::uint32_t end) {
      if (end > from) builder_.bytes(from, end);
    };
    for (std::uint32_t at = span.begin; at < span.end;) {
      const std::string_view rest = view(text, {at, span.end});
      if (const std::size_t skip = markup_at(rest, 0)) {
        upto(at);
        from = at += static_cast<std::uint32_t>(skip);
        continue;
      }
      if (rest.front() == '&') {
        const std::size_t end = rest.substr(0, kLongestReference).find(';');
        const char32_t c =
            end == rest.npos ? 0 : decode_character_reference(rest.substr(0, end + 1));
        if (c != 0) {
          const auto next = at + static_cast<std::uint32_t>(end + 1);
          upto(at);
          builder_.character(c, {at, next});
          from = at = next;
          continue;
        }
      }
      ++at;
    }
    upto(span.end);
  }

  Document& document_;
  BlockBuilder builder_;
  std::optional<std::uint32_t> pending_;     // time of the cue whose words have not come yet
  std::vector<std::string> before_, shown_;  // lines of the cue before and of this one
  std::string last_words_;
  std::string_view voice_;
  std::uint32_t spoken_until_ = 0;
  std::size_t size_ = 0;  // of the block so far
};

/// The id between brackets at the end of a file's name, as downloaders write it.
std::string video_id_in(std::string_view path) {
  const std::size_t close = path.rfind(']');
  const std::size_t open = close == path.npos ? path.npos : path.rfind('[', close);
  if (open == path.npos || close - open != 12 || path.substr(close).find('/') != path.npos) {
    return {};
  }
  const std::string id(path.substr(open + 1, 11));
  return is_video_id(id) ? id : std::string();
}

}  // namespace

void read_captions(Document& document) {
  document.video_id = video_id_in(document.id);
  const std::string_view text = document.text;
  std::vector<Span> lines;
  for_each_line(text,
                [&](std::uint32_t begin, std::uint32_t end) { lines.push_back({begin, end}); });
  CaptionReader reader(document);
  bool in_cue = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = view(text, lines[i]);
    if (const auto timing = timing_of(line)) {
      reader.begin_cue(*timing);
      in_cue = true;
    } else if (trimmed(line).empty()) {
      in_cue = false;
    } else if (in_cue) {
      // A number just before the next timing is that cue's name: files without blank lines.
      const bool name = i + 1 < lines.size() &&
                        line.find_first_not_of("0123456789 ") == line.npos &&
                        timing_of(view(text, lines[i + 1]));
      if (!name) reader.line(lines[i]);
    }
  }
  reader.flush();
}

}  // namespace tercet
