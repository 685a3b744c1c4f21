#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// Word -> row of a fixed list, by open addressing over the model file's own strings.
class WordTable {
 public:
  WordTable() = default;
  /// Keeps views: the words must outlive the table. The first of equal words counts.
  explicit WordTable(std::vector<std::string_view> words);

  std::size_t size() const { return words_.size(); }
  /// Index of the word, or -1.
  std::int32_t find(std::string_view word) const;

 private:
  std::vector<std::string_view> words_;
  std::vector<std::int32_t> slots_;  // a power of two, at most half full; -1 is free
};

/// Sizes of the hashed parts of the embedding tables, in rows.
struct FeatureSizes {
  std::uint32_t word_hash, prefix, suffix, shape;
};

/// Rows of the embedding tables whose sum stands for a word (docs/formats/model.md).
struct WordFeatures {
  std::array<std::uint32_t, 2> word;
  std::uint32_t prefix;
  std::array<std::uint32_t, 3> suffix;
  std::uint32_t shape;
};

/// O(length of the word).
WordFeatures word_features(std::string_view word, const WordTable& table,
                           const FeatureSizes& sizes);

/// The classes of the first 12 code points, at most two equal ones in a row: "McCoy" -> "XxXxx".
std::string word_shape(std::string_view word);

/// FNV-1a, 32 bit, with the offset basis changed by `seed`.
std::uint32_t seeded_hash(std::string_view bytes, std::uint32_t seed);

}  // namespace tercet
