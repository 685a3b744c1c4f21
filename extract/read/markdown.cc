#include "extract/read/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "extract/read/block_builder.h"
#include "extract/read/character_reference.h"
#include "extract/read/encoding.h"
#include "extract/read/front_matter.h"
#include "extract/read/shade.h"

namespace tercet {
namespace {

constexpr std::size_t npos = std::string_view::npos;
// md4c 0.4.8 walks the lines of a paragraph again for each span in it: parts bound that square.
constexpr std::size_t kPart = std::size_t{64} << 10;          // cut at the next blank line
constexpr std::size_t kLongestPart = std::size_t{256} << 10;  // cut anywhere

/// Turns md4c's events over one shade after the other into the blocks of a document.
class Reader {
 public:
  explicit Reader(Document& document)
      : document_(document), builder_(document.text, document.invalid_bytes) {}

  void parse(std::uint32_t begin, std::uint32_t end);

 private:
  struct Container {
    MD_BLOCKTYPE type;
    int last = -1;   ///< the block just before, if it can introduce a list
    int intro = -1;  ///< of a list: what introduces its items
    int item = -1;   ///< of an item: its first block
  };

  template <class Event>
  static int guarded(void* self, Event event);

  void enter_block(MD_BLOCKTYPE type, void* detail);
  void leave_block(MD_BLOCKTYPE type);
  void enter_span(MD_SPANTYPE type, void* detail);
  void leave_span(MD_SPANTYPE type);
  void text(MD_TEXTTYPE type, const char* words, std::size_t size);
  void shaded(std::size_t begin, std::size_t end);
  void tag(std::size_t begin, std::size_t end);
  void finish_leaf();

  Document& document_;
  BlockBuilder builder_;
  std::exception_ptr failure_;
  std::vector<Container> open_;
  const Shade* shade_ = nullptr;
  std::uint32_t base_ = 0;  // of the shade in the document
  std::uint32_t last_ = 0;  // end of the last text: where a line break stands
  std::string title_;       // of a callout whose text is yet to come
  int heading_ = -1;
  int heading_level_ = 0;  // of the open leaf, 0 if it is no heading
  int list_depth_ = 0;
  int quote_depth_ = 0;
  int image_depth_ = 0;
};

/// No exception may cross md4c, which is C: keep it and stop the parse.
template <class Event>
int Reader::guarded(void* self, Event event) {
  auto& reader = *static_cast<Reader*>(self);
  try {
    event(reader);
    return 0;
  } catch (...) {
    reader.failure_ = std::current_exception();
    return 1;
  }
}

void Reader::parse(std::uint32_t begin, std::uint32_t end) {
  const Shade painted = shade(document_.text, begin, end);
  shade_ = &painted;
  base_ = last_ = begin;
  open_.clear();
  list_depth_ = quote_depth_ = image_depth_ = 0;

  MD_PARSER parser = {};
  parser.flags = MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_STRIKETHROUGH |
                 MD_FLAG_TASKLISTS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
    return guarded(self, [&](Reader& reader) { reader.enter_block(type, detail); });
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
    return guarded(self, [&](Reader& reader) { reader.leave_block(type); });
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
    return guarded(self, [&](Reader& reader) { reader.enter_span(type, detail); });
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
    return guarded(self, [&](Reader& reader) { reader.leave_span(type); });
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* words, MD_SIZE size, void* self) {
    return guarded(self, [&](Reader& reader) { reader.text(type, words, size); });
  };
  const int status =
      md_parse(painted.text.data(), static_cast<MD_SIZE>(painted.text.size()), &parser, this);
  shade_ = nullptr;
  if (failure_) std::rethrow_exception(failure_);
  if (status != 0) throw std::bad_alloc();  // md4c fails for nothing else
}

void Reader::enter_block(MD_BLOCKTYPE type, void* detail) {
  finish_leaf();
  if (type == MD_BLOCK_H) {
    heading_level_ = static_cast<int>(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
  }
  if (type != MD_BLOCK_DOC && type != MD_BLOCK_QUOTE && type != MD_BLOCK_UL &&
      type != MD_BLOCK_OL && type != MD_BLOCK_LI) {
    return;
  }
  Container container{type};
  if (!open_.empty()) {
    const Container& parent = open_.back();
    if (type == MD_BLOCK_LI) container.intro = parent.intro;
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) {
      container.intro = parent.last >= 0 ? parent.last : parent.item;
    }
  }
  if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) ++list_depth_;
  if (type == MD_BLOCK_QUOTE) ++quote_depth_;
  open_.push_back(container);
}

void Reader::leave_block(MD_BLOCKTYPE type) {
  finish_leaf();
  heading_level_ = 0;
  if (type != MD_BLOCK_DOC && type != MD_BLOCK_QUOTE && type != MD_BLOCK_UL &&
      type != MD_BLOCK_OL && type != MD_BLOCK_LI) {
    return;
  }
  const Container closed = open_.back();
  open_.pop_back();
  if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) --list_depth_;
  if (type == MD_BLOCK_QUOTE) {
    --quote_depth_;
    title_.clear();
  }
  if (open_.empty()) return;
  // "1. Offers:" and then "- a" at the margin are two lists, but the item introduces the second.
  const int item = type == MD_BLOCK_LI ? closed.item : closed.last;
  const bool introduces =
      item >= 0 && document_.blocks[static_cast<std::size_t>(item)].text.ends_with(':');
  open_.back().last = introduces ? item : -1;
}

void Reader::enter_span(MD_SPANTYPE type, void* detail) {
  if (type == MD_SPAN_IMG) ++image_depth_;
  if (image_depth_ > 0) return;
  if (type == MD_SPAN_STRONG) builder_.open_bold();
  if (type == MD_SPAN_A) {
    const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
    builder_.open_link(href.text == nullptr ? std::string() : std::string(href.text, href.size));
  }
}

void Reader::leave_span(MD_SPANTYPE type) {
  if (type == MD_SPAN_IMG) --image_depth_;
  if (image_depth_ > 0) return;
  if (type == MD_SPAN_STRONG) builder_.close_bold();
  if (type == MD_SPAN_A) builder_.close_link();
}

void Reader::text(MD_TEXTTYPE type, const char* words, std::size_t size) {
  if (image_depth_ > 0) return;
  if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR) {
    builder_.close_title();
    return builder_.space(last_);
  }
  // Only line breaks are md4c's own strings; all else points into the shade.
  const auto begin = static_cast<std::size_t>(words - shade_->text.data());
  const auto end = begin + size;
  if (begin > shade_->text.size() || end > shade_->text.size()) return;
  if (type == MD_TEXT_HTML) {
    tag(begin, end);
  } else if (type == MD_TEXT_ENTITY) {
    const Span origin{base_ + static_cast<std::uint32_t>(begin),
                      base_ + static_cast<std::uint32_t>(end)};
    if (const char32_t code = decode_character_reference({words, size}); code != 0) {
      builder_.character(code, origin);
    } else {
      builder_.bytes(origin.begin, origin.end);
    }
  } else {
    shaded(begin, end);
  }
  last_ = base_ + static_cast<std::uint32_t>(end);
}

/// Raw HTML: a tag that ends a line or a block separates words, any other is nothing. md4c may
/// hand a tag over in pieces; only the first begins with '<'.
void Reader::tag(std::size_t begin, std::size_t end) {
  std::string_view words = std::string_view(shade_->text).substr(begin, end - begin);
  if (!words.starts_with('<')) return;
  words.remove_prefix(1);
  if (words.starts_with('/')) words.remove_prefix(1);
  std::string name;
  for (const char c : words) {
    if (!(is_ascii_letter(c) || (c >= '1' && c <= '6'))) break;
    if (name.size() > 10) break;
    name += ascii_lower(c);
  }
  for (const std::string_view separator :
       {"br", "p",     "div",     "li",         "ul", "ol", "td", "th",
        "tr", "table", "hr",      "blockquote", "h1", "h2", "h3", "h4",
        "h5", "h6",    "section", "article",    "dd", "dt", "pre"}) {
    if (name == separator) builder_.space(base_ + static_cast<std::uint32_t>(begin));
  }
}

void Reader::shaded(std::size_t begin, std::size_t end) {
  const std::string& text = shade_->text;
  const auto note = [&](std::size_t at) -> const Shade::Note* {
    const auto found = std::lower_bound(
        shade_->notes.begin(), shade_->notes.end(), at,
        [](const Shade::Note& left, std::size_t right) { return left.at < right; });
    return found != shade_->notes.end() && found->at == at ? &*found : nullptr;
  };
  const auto is_mark = [](char c) {
    return c > 0 && c < 0x20 && c != Shade::Opaque && !(c >= 0x09 && c <= 0x0D);
  };
  for (std::size_t at = begin; at < end;) {
    if (!is_mark(text[at])) {
      std::size_t stop = at;
      while (stop < end && !is_mark(text[stop])) ++stop;
      builder_.bytes(base_ + static_cast<std::uint32_t>(at),
                     base_ + static_cast<std::uint32_t>(stop));
      at = stop;
      continue;
    }
    switch (text[at]) {
      case Shade::Anchor:
        if (const Shade::Note* found = note(at)) {
          if (!found->seconds) ++document_.unreadable_anchors;
          builder_.anchor(found->seconds);
        }
        break;
      case Shade::LinkOpen:
        if (const Shade::Note* found = note(at)) {
          builder_.open_link(std::string(view(document_.text, found->target)));
        }
        break;
      case Shade::LinkClose:
        builder_.close_link();
        break;
      case Shade::BoldOpen:
        builder_.open_bold();
        break;
      case Shade::BoldClose:
        builder_.close_bold();
        break;
      case Shade::TitleOpen:
        builder_.open_title();
        break;
      case Shade::TitleClose:
        builder_.close_title();
        break;
      default:
        break;
    }
    ++at;
  }
}

void Reader::finish_leaf() {
  Block block = builder_.finish(heading_level_ == 0);
  if (open_.empty()) return;
  if (block.text.empty()) {  // the title of a callout, above a blank line
    if (!block.lead_in.empty()) title_ = std::move(block.lead_in);
    return;
  }
  if (block.lead_in.empty() && heading_level_ == 0) block.lead_in = std::exchange(title_, {});
  Container& parent = open_.back();
  const int index = static_cast<int>(document_.blocks.size());
  block.heading = heading_;
  if (heading_level_ > 0) {
    block.kind = Block::Kind::Heading;
    block.depth = heading_level_;
    heading_ = index;
    parent.last = block.text.ends_with(':') ? index : -1;
  } else {
    parent.last = index;
    if (parent.type == MD_BLOCK_LI) {
      block.depth = list_depth_;
      if (parent.item < 0) {
        block.kind = Block::Kind::Item;
        block.intro = parent.intro;
        parent.item = index;
      }
    } else if (quote_depth_ > 0) {
      block.kind = Block::Kind::Quote;
    }
  }
  document_.blocks.push_back(std::move(block));
}

/// `From: [[source]] <br/>` as the first line of the body: its size with the line end, or 0.
std::size_t read_source(std::string_view body, std::string& source) {
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  if (begin == npos) return 0;
  const std::size_t end = std::min(body.find_first_of("\r\n", begin), body.size());
  std::string_view line = body.substr(begin, end - begin);
  if (!line.starts_with("From:")) return 0;
  line.remove_prefix(5);
  const auto trim = [&] {
    const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
    line = line.substr(first, line.find_last_not_of(" \t") + 1 - first);
  };
  trim();
  for (const std::string_view tag : {"<br/>", "<br />", "<br>"}) {
    if (line.ends_with(tag)) line.remove_suffix(tag.size());
  }
  trim();
  if (!line.starts_with("[[") || !line.ends_with("]]") || line.size() < 5) return 0;
  line = line.substr(2, line.size() - 4);
  if (line.find("]]") != npos) return 0;
  if (const std::size_t bar = line.find('|'); bar != npos) line.remove_prefix(bar + 1);
  trim();
  source = line;
  return end;
}

/// Where the part that begins at `begin` ends: after a blank line that no list or quote can
/// outlive, if there is one in reach, else after a line, else after a blank, else anywhere.
std::size_t part_end(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kLongestPart) return text.size();
  const std::size_t most = begin + kLongestPart;
  for (std::size_t at = begin + kPart; at < most; ++at) {
    at = text.find("\n\n", at);
    if (at == npos || at + 2 >= most) break;
    const char next = text[at + 2];
    if ((next >= 'A' && next <= 'Z') || next == '#' || next == '[') return at + 2;
  }
  for (const char c : {'\n', ' '}) {
    const std::size_t at = text.rfind(c, most - 1);
    if (at != npos && at >= begin + kPart) return at + 1;
  }
  std::size_t end = most;
  while (end > begin + kPart && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

}  // namespace

void read_markdown(Document& document) {
  const std::string_view text = document.text;
  std::size_t begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const FrontMatter front = read_front_matter(text.substr(begin));
  document.title = front.title;
  document.video_id = front.video_id;
  begin += front.size;
  begin += read_source(text.substr(begin), document.source);
  Reader reader(document);
  while (begin < text.size()) {
    const std::size_t end = part_end(text, begin);
    reader.parse(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    begin = end;
  }
}

}  // namespace tercet
