#include "export/iri.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/ascii.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr std::size_t kMostCharacters = 120;
constexpr std::size_t kHashDigits = 16;

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Letters, marks and decimal digits beyond ASCII: all of them are ucschar of RFC 3987.
bool is_word(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

void append_escaped(std::string& out, std::string_view bytes) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
}

void append_character(std::string& out, char32_t c, std::string_view bytes) {
  const bool kept = c < 0x80 ? is_ascii_alnum(c) || c == '-' || c == '.' : is_word(c);
  if (kept)
    out += bytes;
  else
    append_escaped(out, bytes);
}

// In a path these two lead away from it.
void guard_dots(std::string& out, std::size_t from) {
  const std::string_view segment = std::string_view(out).substr(from);
  if (segment == ".")
    out.replace(from, 1, "%2E");
  else if (segment == "..")
    out.replace(from, 2, "%2E%2E");
}

// NFC, white-space runs as one space: what decides whether two names are the same.
std::string normal_form(std::string_view name) {
  const std::string composed = to_nfc(name);
  std::string out;
  out.reserve(composed.size());
  bool gap = false;
  for (std::size_t at = 0; at < composed.size();) {
    const Decoded next = decode_utf8(composed, at);
    const bool space = is_space(next.code_point);
    if (space && !gap) out += ' ';
    if (!space) out.append(composed, at, next.size);
    gap = space;
    at += next.size;
  }
  return out;
}

bool is_plain_ascii(std::string_view name) {
  char last = 'x';
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (byte <= ' ' && (c != ' ' || last == ' '))) return false;
    last = c;
  }
  return true;
}

bool is_normal(std::string_view name) { return is_plain_ascii(name) || normal_form(name) == name; }

std::string with_suffix(std::string slug, std::string_view suffix) {
  slug += '~';
  slug += suffix;
  return slug;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_iri(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    const char32_t c = next.code_point;
    if (!next.valid) return false;
    if (c >= 0x80 && !is_word(c)) return false;
    if (c < 0x80 && !is_ascii_alnum(c) &&
        std::string_view("-._~:/?[]@!$&'()*+,;=%").find(static_cast<char>(c)) ==
            std::string_view::npos) {
      return false;
    }
    if (c == '%' && !(at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]))) {
      return false;
    }
    at += next.size;
  }
  return true;
}

bool has_authority(std::string_view base, std::string_view scheme) {
  if (!base.starts_with(scheme)) return false;
  const std::string_view rest = base.substr(scheme.size());
  return !rest.empty() && rest[0] != '/' && rest[0] != '?' && rest[0] != ':';
}

bool is_urn(std::string_view base) {
  if (!base.starts_with("urn:")) return false;
  const std::string_view rest = base.substr(4);
  const std::size_t colon = std::min(rest.find(':'), rest.size());
  return colon >= 2 &&
         std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
           return c == '-' || is_ascii_alnum(static_cast<unsigned char>(c));
         });
}

// What each ASCII character becomes in a name: itself, '_' for the space, 0 where it is escaped.
constexpr auto kPlain = [] {
  std::array<char, 256> table{};
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = c;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = c;
  table['-'] = '-';
  table['.'] = '.';
  return table;
}();

// The common case without a detour: ASCII letters, digits, hyphens, and `extra` written as '_'.
// False, and `out` as it was, for anything else.
bool append_plain(std::string& out, std::string_view text, char extra) {
  const std::size_t from = out.size();
  out.resize(from + text.size());
  char* to = out.data() + from;
  bool last_extra = false;
  for (const char c : text) {
    char kept = kPlain[static_cast<unsigned char>(c)];
    const bool is_extra = c == extra;
    if (is_extra && !(last_extra && extra == ' ')) kept = '_';
    last_extra = is_extra;
    if (kept == 0) {
      out.resize(from);
      return false;
    }
    *to++ = kept;
  }
  return true;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c - 'A' + 10;
}

}  // namespace

bool is_absolute_iri(std::string_view iri) {
  const std::size_t hash = std::min(iri.find('#'), iri.size());
  const std::string_view text = iri.substr(0, hash);
  return is_iri(text) && (hash == iri.size() || is_iri(iri.substr(hash + 1))) &&
         (is_urn(text) || has_authority(text, "http://") || has_authority(text, "https://"));
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool slug_tells(std::string_view slug, std::string_view id) {
  return slug == id || percent_decoded(slug) == id;
}

std::string checked_base(std::string_view base) {
  const bool urn = is_urn(base);
  if (!is_iri(base) ||
      !(urn || has_authority(base, "http://") || has_authority(base, "https://"))) {
    throw Error(Error::Code::Usage,
                "--base " + printable(base) + " is not an absolute http, https or urn IRI", {},
                "for example --base https://example.org/kg/");
  }
  std::string out(base);
  if (urn && out.back() != ':' && out.back() != '/') out += ':';
  if (!urn && out.back() != '/') out += '/';
  return out;
}

std::string name_slug(std::string_view name) {
  if (!name.empty() && name.size() <= kMostCharacters && name.front() != '.') {
    std::string plain;
    if (append_plain(plain, name, ' ')) return plain;
  }
  std::string mended;
  if (!is_plain_ascii(name)) name = mended = normal_form(name);
  std::string out;
  std::size_t count = 0, at = 0;
  for (; at < name.size() && count < kMostCharacters; ++count) {
    const Decoded next = decode_utf8(name, at);
    if (next.code_point == ' ')
      out += '_';
    else
      append_character(out, next.code_point, name.substr(at, next.size));
    at += next.size;
  }
  if (at < name.size() || name.empty()) return with_suffix(out, sha256_hex(name, kHashDigits));
  guard_dots(out, 0);
  return out;
}

void append_id_slug(std::string& out, std::string_view id) {
  if (!id.empty() && id.front() != '.' && append_plain(out, id, '_')) return;
  out += id_slug(id);
}

std::string id_slug(std::string_view id, bool path) {
  std::string composed;
  const std::string_view raw = id;
  bool normal = is_plain_ascii(id);
  if (!normal) {
    composed = to_nfc(id);
    normal = composed == id;
    id = composed;
  }
  std::string out;
  std::size_t segment = 0;
  for (std::size_t at = 0; at < id.size();) {
    const Decoded next = decode_utf8(id, at);
    const std::string_view bytes = id.substr(at, next.size);
    if (path && next.code_point == '/') {
      // A leading slash would turn "doc:/x" and "doc://x" into other IRIs.
      guard_dots(out, segment);
      if (out.empty())
        out += "%2F";
      else
        out += '/';
      segment = out.size();
    } else if (next.code_point == '_') {
      out += '_';
    } else {
      append_character(out, next.code_point, bytes);
    }
    at += next.size;
  }
  guard_dots(out, segment);
  if (out.empty() || !normal) return with_suffix(out, sha256_hex(raw, kHashDigits));
  return out;
}

EntitySlugs::EntitySlugs(const KnowledgeGraph& graph) : graph_(graph) {
  const auto nodes = graph.nodes();
  std::map<std::string, std::vector<NodeId>> abnormal;  // normal form -> nodes not in it
  for (NodeId id = 0; id < nodes.size(); ++id) {
    const std::string& name = nodes[id].name;
    const bool shared = (id > 0 && nodes[id - 1].name == name) ||
                        (id + 1 < nodes.size() && nodes[id + 1].name == name);
    if (shared) {
      special_.emplace_back(id, with_suffix(name_slug(name), id_slug(nodes[id].type)));
      if (nodes[id].type.empty()) special_.back().second = with_suffix(name_slug(name), "");
    }
    if (!is_normal(name)) abnormal[normal_form(name)].push_back(id);
  }
  for (const auto& [form, ids] : abnormal) {
    if (ids.size() < 2 && !graph.find(form)) continue;
    for (const NodeId id : ids) {
      const std::string suffix = sha256_hex(nodes[id].name + '\n' + nodes[id].type, kHashDigits);
      special_.emplace_back(id, with_suffix(name_slug(form), suffix));
    }
  }
  // A node may be in both lists: the second kind, which tells all apart, comes later and holds.
  std::stable_sort(special_.begin(), special_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::string_view EntitySlugs::of(NodeId node) {
  if (!special_.empty()) {
    const auto after =
        std::upper_bound(special_.begin(), special_.end(), node,
                         [](NodeId id, const auto& entry) { return id < entry.first; });
    if (after != special_.begin() && std::prev(after)->first == node) {
      return std::prev(after)->second;
    }
  }
  const std::string& name = graph_.nodes()[node].name;
  scratch_.clear();
  if (name.empty() || name.size() > kMostCharacters || name.front() == '.' ||
      !append_plain(scratch_, name, ' ')) {
    scratch_ = name_slug(name);
  }
  return scratch_;
}

}  // namespace tercet
