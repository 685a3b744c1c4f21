#include "extract/read/plain.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/read/block_builder.h"
#include "extract/read/lines.h"

namespace tercet {
namespace {

struct Bullet {
  std::size_t size = 0;    // bytes of indentation and marker, 0 if there is none
  std::size_t indent = 0;  // columns before the marker
};

Bullet bullet(std::string_view line) {
  Bullet found;
  std::size_t at = 0;
  for (; at < line.size() && (line[at] == ' ' || line[at] == '\t'); ++at) {
    found.indent += line[at] == '\t' ? 4 : 1;
  }
  const std::string_view rest = line.substr(at);
  std::size_t marker = 0;
  if (rest.starts_with('-') || rest.starts_with('*') || rest.starts_with('+')) {
    marker = 1;
  } else if (rest.starts_with("\xe2\x80\xa2") || rest.starts_with("\xe2\x97\xa6") ||
             rest.starts_with("\xe2\x96\xaa")) {  // • ◦ ▪
    marker = 3;
  } else {
    while (marker < rest.size() && marker < 3 && rest[marker] >= '0' && rest[marker] <= '9') {
      ++marker;
    }
    if (marker == 0 || marker >= rest.size() || (rest[marker] != '.' && rest[marker] != ')')) {
      return {};
    }
    ++marker;
  }
  if (marker >= rest.size() || (rest[marker] != ' ' && rest[marker] != '\t')) return {};
  found.size = at + marker + 1;
  return found;
}

class TextReader {
 public:
  explicit TextReader(Document& document)
      : document_(document), builder_(document.text, document.invalid_bytes) {}

  void line(std::uint32_t begin, std::uint32_t end) {
    const std::string_view words = view(document_.text, {begin, end});
    if (words.find_first_not_of(" \t\v\f") == std::string_view::npos) {
      return flush();
    }
    const Bullet mark = bullet(words);
    if (mark.size > 0) {
      flush();
      open_item(mark.indent);
    } else if (!in_block_) {
      items_.clear();
    }
    in_block_ = true;
    builder_.space(begin);
    builder_.bytes(begin + static_cast<std::uint32_t>(mark.size), end);
  }

  void flush() {
    in_block_ = false;
    Block block = builder_.finish(false);
    if (block.text.empty()) return;
    if (!items_.empty()) {
      block.kind = Block::Kind::Item;
      block.depth = static_cast<int>(items_.size());
      block.intro = items_.size() > 1 ? items_[items_.size() - 2].block : intro_;
      items_.back().block = static_cast<int>(document_.blocks.size());
    } else {
      intro_ = static_cast<int>(document_.blocks.size());
    }
    document_.blocks.push_back(std::move(block));
  }

 private:
  struct Item {
    std::size_t indent;
    int block;
  };

  void open_item(std::size_t indent) {
    while (!items_.empty() && indent < items_.back().indent + 2) items_.pop_back();
    items_.push_back({indent, -1});
  }

  Document& document_;
  BlockBuilder builder_;
  std::vector<Item> items_;  // the open ones, outermost first
  int intro_ = -1;           // the paragraph just before
  bool in_block_ = false;
};

}  // namespace

void read_text(Document& document) {
  TextReader reader(document);
  for_each_line(document.text,
                [&](std::uint32_t begin, std::uint32_t end) { reader.line(begin, end); });
  reader.flush();
}

void read_lines(Document& document) {
  BlockBuilder builder(document.text, document.invalid_bytes);
  for_each_line(document.text, [&](std::uint32_t begin, std::uint32_t end) {
    builder.bytes(begin, end);
    Block block = builder.finish(false);
    if (block.text.empty()) return;
    block.one_sentence = true;
    document.blocks.push_back(std::move(block));
  });
}

}  // namespace tercet
