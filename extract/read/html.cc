#include "extract/read/html.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "extract/read/block_builder.h"
#include "extract/read/character_reference.h"
#include "extract/read/markdown.h"

namespace tercet {
namespace {

constexpr std::size_t kLargest = std::size_t{64} << 20;
constexpr int kDeepest = 500;

/// At most how deep elements can nest: start tags less end tags, but for elements that have no
/// content or end by themselves.
bool nests_deeply(std::string_view text) {
  constexpr std::array<std::string_view, 19> kShallow = {
      "area", "base", "br",   "col",    "dd", "dt",     "embed", "hr", "img", "input",
      "li",   "link", "meta", "option", "p",  "source", "td",    "tr", "wbr"};
  int depth = 0;
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const bool end = text.substr(at + 1).starts_with('/');
    std::string name;
    for (std::size_t i = at + (end ? 2 : 1); i < text.size() && is_ascii_letter(text[i]); ++i) {
      name += ascii_lower(text[i]);
      if (name.size() > 16) break;
    }
    if (name.empty() || std::ranges::find(kShallow, name) != kShallow.end()) continue;
    depth = end ? std::max(depth - 1, 0) : depth + 1;
    if (depth > kDeepest) return true;
  }
  return false;
}

/// What gumbo has allocated, freed as a list: its own destructor recurses on the depth of the tree.
class Heap {
 public:
  Heap() { head_.next = head_.previous = &head_; }
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap() {
    for (Header* one = head_.next; one != &head_;) {
      Header* next = one->next;
      std::free(one);
      one = next;
    }
  }

  static void* allocate(void* heap, std::size_t size) {
    Header& head = static_cast<Heap*>(heap)->head_;
    auto* one = static_cast<Header*>(std::malloc(sizeof(Header) + size));
    if (one == nullptr) std::abort();  // C code above us: no exception may pass, no null is checked
    one->next = head.next;
    one->previous = &head;
    head.next->previous = one;
    head.next = one;
    return one + 1;
  }
  static void release(void*, void* pointer) {
    if (pointer == nullptr) return;
    Header* one = static_cast<Header*>(pointer) - 1;
    one->previous->next = one->next;
    one->next->previous = one->previous;
    std::free(one);
  }

 private:
  struct alignas(std::max_align_t) Header {
    Header *previous, *next;
  };
  Header head_{};
};

enum class Layout : std::uint8_t { Inline, Block, Item, List, Heading, Quote, Hidden, Break };

Layout layout_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_PRE:
      return Layout::Hidden;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
      return Layout::Heading;
    case GUMBO_TAG_LI:
      return Layout::Item;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_MENU:
      return Layout::List;
    case GUMBO_TAG_BLOCKQUOTE:
      return Layout::Quote;
    case GUMBO_TAG_BR:
      return Layout::Break;
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR:
      return Layout::Inline;
    default:
      return Layout::Block;
  }
}

class HtmlReader {
 public:
  explicit HtmlReader(Document& document)
      : document_(document), builder_(document.text, document.invalid_bytes) {}

  void read(const GumboNode& root) {
    struct Step {
      const GumboNode* node;
      unsigned next = 0;
    };
    std::vector<Step> path{{&root}};
    enter(root);
    while (!path.empty()) {
      Step& step = path.back();
      const GumboVector& children = step.node->v.element.children;
      if (step.next == children.length) {
        leave(*step.node);
        path.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children.data[step.next++]);
      if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE) {
        text(child->v.text.original_text);
      } else if (child->type == GUMBO_NODE_ELEMENT) {
        const GumboTag tag = child->v.element.tag;
        if (layout_of(tag) == Layout::Hidden) {
          if (tag == GUMBO_TAG_HEAD) find_title(*child);
          continue;
        }
        enter(*child);
        path.push_back({child});
      }
    }
    flush();
  }

 private:
  void enter(const GumboNode& node) {
    const GumboElement& element = node.v.element;
    switch (layout_of(element.tag)) {
      case Layout::Inline:
        break;
      case Layout::Break:
        implied_space();
        return;
      case Layout::List:
        flush();
        intros_.push_back(items_.empty() ? paragraph_ : items_.back());
        items_.push_back(-1);
        return;
      case Layout::Quote:
        flush();
        ++quotes_;
        return;
      default:
        flush();
        return;
    }
    if (element.tag == GUMBO_TAG_A) {
      const GumboAttribute* target = gumbo_get_attribute(&element.attributes, "href");
      builder_.open_link(target != nullptr ? target->value : "");
    }
    if (element.tag == GUMBO_TAG_B || element.tag == GUMBO_TAG_STRONG) builder_.open_bold();
  }

  void leave(const GumboNode& node) {
    const GumboTag tag = node.v.element.tag;
    switch (layout_of(tag)) {
      case Layout::Inline:
        if (tag == GUMBO_TAG_A) builder_.close_link();
        if (tag == GUMBO_TAG_B || tag == GUMBO_TAG_STRONG) builder_.close_bold();
        break;
      case Layout::Break:
        break;
      case Layout::Heading:
        flush(tag - GUMBO_TAG_H1 + 1);
        break;
      case Layout::List:
        flush();
        items_.pop_back();
        intros_.pop_back();
        break;
      case Layout::Quote:
        flush();
        --quotes_;
        break;
      default:
        flush();
        break;
    }
  }

  void find_title(const GumboNode& head) {
    const GumboVector& children = head.v.element.children;
    for (unsigned i = 0; i < children.length; ++i) {
      const auto* child = static_cast<const GumboNode*>(children.data[i]);
      if (child->type != GUMBO_NODE_ELEMENT || child->v.element.tag != GUMBO_TAG_TITLE ||
          child->v.element.children.length == 0) {
        continue;
      }
      const auto* words = static_cast<const GumboNode*>(child->v.element.children.data[0]);
      if (words->type == GUMBO_NODE_TEXT) document_.title = words->v.text.text;
      return;
    }
  }

  void implied_space() { builder_.space(last_); }

  /// The source of a text node: references stand for characters, and tags the parser dropped may
  /// lie inside.
  void text(const GumboStringPiece& piece) {
    const char* source = document_.text.data();
    if (piece.data < source || piece.data + piece.length > source + document_.text.size()) {
      return;
    }
    const auto begin = static_cast<std::uint32_t>(piece.data - source);
    const auto end = begin + static_cast<std::uint32_t>(piece.length);
    if (begin < last_) flush();  // moved by the parser: text of a table outside its cells
    std::uint32_t from = begin;
    const auto upto = [&](std::uint32_t to) {
      if (to > from) builder_.bytes(from, to);
    };
    for (std::uint32_t at = begin; at < end;) {
      const std::string_view rest(source + at, end - at);
      std::size_t skip = 0;
      if (rest.size() > 1 && rest[0] == '<' &&
          (is_ascii_letter(rest[1]) || rest[1] == '/' || rest[1] == '!' || rest[1] == '?')) {
        const std::size_t close = rest.find('>');
        skip = close == rest.npos ? rest.size() : close + 1;
      }
      const std::size_t stop = rest[0] == '&' ? rest.substr(0, 32).find(';') : rest.npos;
      const char32_t c =
          stop == rest.npos ? 0 : decode_character_reference(rest.substr(0, stop + 1));
      if (c != 0) skip = stop + 1;
      if (skip == 0) {
        ++at;
        continue;
      }
      upto(at);
      const auto next = at + static_cast<std::uint32_t>(skip);
      if (c != 0) builder_.character(c, {at, next});
      from = at = next;
    }
    upto(end);
    last_ = end;
  }

  void flush(int heading_level = 0) {
    Block block = builder_.finish(!items_.empty());
    if (block.text.empty()) return;
    const int index = static_cast<int>(document_.blocks.size());
    block.heading = heading_;
    if (heading_level > 0) {
      block.kind = Block::Kind::Heading;
      block.depth = heading_level;
      heading_ = index;
      paragraph_ = -1;
    } else if (!items_.empty()) {
      block.kind = Block::Kind::Item;
      block.depth = static_cast<int>(items_.size());
      block.intro = intros_.back();
      items_.back() = index;
    } else {
      if (quotes_ > 0) block.kind = Block::Kind::Quote;
      paragraph_ = index;
    }
    document_.blocks.push_back(std::move(block));
  }

  Document& document_;
  BlockBuilder builder_;
  std::vector<int> items_;   // last item of each open list, outermost first; -1 before the first
  std::vector<int> intros_;  // what introduces each open list
  int heading_ = -1, paragraph_ = -1, quotes_ = 0;
  std::uint32_t last_ = 0;  // end of the text read last
};

}  // namespace

void read_html(Document& document) {
  if (document.text.size() > kLargest || nests_deeply(document.text)) {
    read_markdown(document);
    return;
  }
  Heap heap;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = Heap::allocate;
  options.deallocator = Heap::release;
  options.userdata = &heap;
  const GumboOutput* page =
      gumbo_parse_with_options(&options, document.text.data(), document.text.size());
  HtmlReader(document).read(*page->root);
}

}  // namespace tercet
