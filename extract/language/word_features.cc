#include "extract/language/word_features.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr std::uint32_t kFnvPrime = 16777619U;

std::uint32_t extend(std::uint32_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<std::uint8_t>(c)) * kFnvPrime;
  return hash;
}

// Names of the features keep them apart in shared tables; hashing them apart saves a string.
std::uint32_t tagged_hash(std::string_view tag, std::string_view bytes, std::uint32_t seed) {
  return extend(seeded_hash(tag, seed), bytes);
}

// What the tables are indexed by: ASCII in lower case, and numbers by their length only.
std::string normal_form(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_ascii_digit)) {
    return std::string(std::min<std::size_t>(word.size(), 5), '#');
  }
  return ascii_lower(word);
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (count-- > 0 && at < text.size()) at += decode_utf8(text, at).size;
  return text.substr(0, at);
}

bool is_continuation(char c) { return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80; }

std::string_view last_code_points(std::string_view text, std::size_t count) {
  std::size_t at = text.size();
  while (count-- > 0 && at > 0) {
    --at;
    while (at > 0 && is_continuation(text[at])) --at;
  }
  return text.substr(at);
}

}  // namespace

std::uint32_t seeded_hash(std::string_view bytes, std::uint32_t seed) {
  return extend(2166136261U ^ seed, bytes);
}

WordTable::WordTable(std::vector<std::string_view> words) : words_(std::move(words)) {
  std::size_t slots = 2;
  while (slots < 2 * words_.size()) slots *= 2;
  slots_.assign(slots, -1);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    std::size_t at = seeded_hash(words_[i], 0) & (slots - 1);
    while (slots_[at] >= 0 && words_[static_cast<std::size_t>(slots_[at])] != words_[i]) {
      at = (at + 1) & (slots - 1);
    }
    if (slots_[at] < 0) slots_[at] = static_cast<std::int32_t>(i);
  }
}

std::int32_t WordTable::find(std::string_view word) const {
  if (slots_.empty()) return -1;
  std::size_t at = seeded_hash(word, 0) & (slots_.size() - 1);
  while (slots_[at] >= 0 && words_[static_cast<std::size_t>(slots_[at])] != word) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return slots_[at];
}

std::string word_shape(std::string_view word) {
  std::string out;
  std::size_t at = 0;
  for (int i = 0; i < 12 && at < word.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(word[at]);
    char kind = word[at];
    if (byte >= 0x80) {
      kind = 'u';
    } else if (is_ascii_upper(kind)) {
      kind = 'X';
    } else if (is_ascii_lower(kind)) {
      kind = 'x';
    } else if (is_ascii_digit(kind)) {
      kind = 'd';
    }
    at += decode_utf8(word, at).size;
    const std::size_t n = out.size();
    if (n < 2 || out[n - 1] != kind || out[n - 2] != kind) out += kind;
  }
  return out;
}

WordFeatures word_features(std::string_view word, const WordTable& table,
                           const FeatureSizes& sizes) {
  const std::string normal = normal_form(word);
  const auto known = static_cast<std::uint32_t>(table.size());
  const std::int32_t row = table.find(normal);
  return {{row >= 0 ? static_cast<std::uint32_t>(row)
                    : known + seeded_hash(normal, 1) % sizes.word_hash,
           known + seeded_hash(normal, 7) % sizes.word_hash},
          tagged_hash("p", first_code_points(normal, 3), 3) % sizes.prefix,
          {tagged_hash("s2", last_code_points(normal, 2), 3) % sizes.suffix,
           tagged_hash("s3", last_code_points(normal, 3), 3) % sizes.suffix,
           tagged_hash("s4", last_code_points(normal, 4), 5) % sizes.suffix},
          tagged_hash("S", word_shape(word), 3) % sizes.shape};
}

}  // namespace tercet
