#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/sha256.h"

namespace fixture {

/// Small numbers that look random and are the same everywhere (SplitMix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  float symmetric(float scale) {  // [-scale, scale)
    return scale * (static_cast<float>(next() >> 40) / 8388608.0F - 1.0F);
  }
  std::vector<float> vector(std::size_t size, float scale) {
    std::vector<float> out(size);
    for (float& x : out) x = symmetric(scale);
    return out;
  }

 private:
  std::uint64_t state_;
};

/// Packs a model with random weights: the format of docs/formats/model.md, written a second time
/// and from the document, so that reader and document are compared.
class ModelPacker {
 public:
  enum class Kind {
    Floats,  ///< recurrent, version 1: float layers, a tensor per head
    Bytes,   ///< recurrent, 8-bit layers, mention heads
    Encoder,
    Related,     ///< encoder with relations between words
    References,  ///< no network of words: a ranking of references (docs/formats/references.md)
    Types        ///< nor this: a model of types (docs/formats/types.md)
  };

  explicit ModelPacker(std::uint64_t seed = 1) : ModelPacker(Kind::Floats, seed) {}
  explicit ModelPacker(Kind kind, std::uint64_t seed = 1, std::size_t relations = 4)
      : kind_(kind), random_(seed) {
    if (kind == Kind::References) {
      references();
      return;
    }
    if (kind == Kind::Types) {
      types();
      return;
    }
    const bool related = kind == Kind::Related;
    strings("upos", {"NOUN", "VERB", "PUNCT", related ? "PROPN" : "DET"});
    strings("xpos", {"NN", "VBZ", ".", "DT", "NNS"});
    strings("deprel", {"nsubj", "root", "obj", related ? "compound" : "det",
                       related ? "flat" : "punct", "nmod:unmarked"});
    strings("lemma", {"k|0|", "l|0|", "l|1|", "l|3|y", "t|1|"});
    if (kind != Kind::Floats) {
      strings("mention", {"O", "B-Person", "I-Person", "B-Date", "I-Date"});
      std::vector<std::string> heads{"ad 16", "ah 16", "rd 16", "rh 16", "u 4",
                                     "x 5",   "l 5",   "m 5",   "mo 5"};
      if (related) heads.insert(heads.end(), {"ps 32", "pt 32", "pb 32", "pu 32", "pv 32", "k 3"});
      strings("heads", heads);
    }
    if (related) {
      std::vector<std::string> names{"part_of", "owns", "uses", "precedes"};
      while (names.size() < relations) names.push_back("r" + std::to_string(names.size()));
      strings("relations", names);
      strings("kinds", {"Person", "Place", "Date"});
      tensor("pair.distance", {24, 32});
      tensor("pair.source_deprel", {6, 32});
      tensor("pair.target_deprel", {6, 32});
      tensor("pair.way", {25, 32});
      tensor("pair.relation.weight", {relations, 64});
      tensor("pair.relation.bias", {relations}, 8.0F);
    }
    kind == Kind::Encoder || related ? encoder() : recurrent();
  }

  void references() {
    constexpr std::size_t kWidth = 16, kHidden = 16, kCommon = 8;
    strings("model", {"0123"});
    strings("kinds", {"it", "this"});
    strings("features", {"it named", "this statement root"});
    layer("asked", kHidden + kCommon, kWidth);
    layer("offered", kHidden + kCommon, kWidth);
    for (const char* name : {"itself", "words", "same_sentence", "out"}) tensor(name, {kHidden});
    tensor("kinds", {2, kHidden});
    tensor("features", {2});
  }

  void types() {
    constexpr std::size_t kWidth = 16, kHidden = 16;
    strings("model", {"0123"});
    strings("types", {"Organization", "Product", "Place"});
    strings("features", {"bias", "head=boat"});
    layer("head", kHidden, kWidth);
    layer("words", kHidden, kWidth);
    tensor("out", {3, kHidden});
    table("features", 2, 3);
  }

  void encoder() {
    constexpr std::size_t kWidth = 64, kInner = 128, kArc = 16, kLabel = 16;
    strings("pieces", {"[UNK]", "[CLS]", "[SEP]", "the", "acme", "buys", "a", "company", ".",
                       "unit", "##s", "2", "##0", "##2", "u", "##b", "##er", "##4", ","});
    table("pieces", 19, kWidth);
    table("positions", 40, kWidth);
    table("shapes", 8, kWidth);
    norm("norm", kWidth);
    for (const std::string prefix : {"L.0.", "L.1."}) {
      panels(prefix + "qkv", 3 * kWidth, kWidth);
      panels(prefix + "out", kWidth, kWidth);
      panels(prefix + "up", kInner, kWidth);
      panels(prefix + "down", kWidth, kInner);
      norm(prefix + "norm1", kWidth);
      norm(prefix + "norm2", kWidth);
    }
    panels("heads", kind_ == Kind::Related ? 251 : 88, kWidth);
    tensor("root", {kWidth});
    tensor("Wa", {kArc, kArc});
    panels("ro", (kLabel + 1) * 64, kLabel);
    tensor("ba", {kArc});
  }

  void recurrent() {
    constexpr std::size_t kE = 16, kD = 32, kArc = 16, kLabel = 16;
    strings("words", {"the", "acme", "buys", "a", "company", ".", "##", "unit"});
    table("w", 8 + 32, kE);
    table("pf", 16, kE);
    table("sf", 24, kE);
    table("sh", 8, kE);
    for (const char* name : {"lne.weight", "lne.bias", "bos", "eos"}) tensor(name, {kE});
    layer("conv", kD, 3 * kE);
    for (const char* prefix : {"L.0", "L.1"}) {
      tensor(prefix + std::string(".ln.weight"), {kD});
      tensor(prefix + std::string(".ln.bias"), {kD});
      layer(prefix + std::string(".W"), 3 * kD, kD);
    }
    for (const char* name : {"lno.weight", "lno.bias", "root"}) tensor(name, {kD});
    if (kind_ == Kind::Floats) {
      layer("ad", kArc, kD);
      layer("ah", kArc, kD);
      layer("rd", kLabel, kD);
      layer("rh", kLabel, kD);
      layer("u", 4, kD);
      layer("x", 5, kD);
      layer("l", 5, kD);
    } else {
      layer("heads", 88, kD);
    }
    layer("ro", 6, kLabel);
    tensor("Wa", {kArc, kArc});
    tensor("ba", {kArc});
    tensor("dist.weight", {64, 1});
  }

  void strings(const std::string& name, const std::vector<std::string>& lines) {
    std::string joined;
    for (const std::string& line : lines) joined += (joined.empty() ? "" : "\n") + line;
    append(joined);
    tables_ += (tables_.empty() ? "\"" : ",\"") + name + "\":{\"offset\":@" +
               std::to_string(last_) + "@,\"bytes\":" + std::to_string(joined.size()) +
               ",\"count\":" + std::to_string(lines.size()) + "}";
  }

  void tensor(const std::string& name, const std::vector<std::size_t>& shape, float scale = 0.5F) {
    std::size_t size = 1;
    for (const std::size_t n : shape) size *= n;
    std::string bytes;
    for (const float x : random_.vector(size, scale)) {
      const auto bits = std::bit_cast<std::uint32_t>(x);
      for (int i = 0; i < 4; ++i) bytes += static_cast<char>(bits >> (8 * i) & 0xFF);
    }
    append(bytes);
    describe(name, "f32", shape, bytes.size(), "");
  }

  void table(const std::string& name, std::size_t rows, std::size_t columns) {
    std::string bytes;
    for (std::size_t i = 0; i < rows * columns; ++i) bytes += static_cast<char>(random_.next());
    append(bytes);
    describe(name + ".weight", "i8", {rows, columns}, bytes.size(),
             ",\"scale\":\"" + name + ".weight.scale\"");
    tensor(name + ".weight.scale", {rows}, 0.01F);
  }

  /// An 8-bit layer: weights in panels of 64 outputs, in each groups of four inputs, in each the
  /// outputs with their four weights; outputs that fill up the last panel are zero.
  void panels(const std::string& name, std::size_t out, std::size_t in) {
    const std::size_t padded = (out + 63) / 64 * 64;
    std::string bytes(padded * in, '\0');
    for (std::size_t o = 0; o < out; ++o) {
      for (std::size_t i = 0; i < in; ++i) {
        const std::size_t at = o / 64 * 64 * in + i / 4 * 256 + o % 64 * 4 + i % 4;
        bytes[at] = static_cast<char>(random_.below(255)) - 127;
      }
    }
    append(bytes);
    describe(name + ".weight", "p8", {out, in}, bytes.size(),
             ",\"scale\":\"" + name + ".weight.scale\"");
    tensor(name + ".weight.scale", {out}, 0.005F);
    tensor(name + ".bias", {out});
  }

  void norm(const std::string& name, std::size_t size) {
    tensor(name + ".weight", {size});
    tensor(name + ".bias", {size});
  }

  /// The file's bytes; with quick == false the cheap checksum is left out.
  std::string bytes(bool quick = true) const {
    // Offsets depend on the header's length, which depends on the offsets: all get ten digits.
    const std::string network = kind_ == Kind::Floats       ? ""
                                : kind_ == Kind::Bytes      ? "\"network\":\"recurrent\","
                                : kind_ == Kind::References ? "\"network\":\"references\","
                                : kind_ == Kind::Types      ? "\"network\":\"types\","
                                                            : "\"network\":\"encoder\",";
    std::string header = "{\"name\":\"random\"," + network +
                         "\"meta\":{},\"dims\":{},\"tensors\":{" + tensors_ + "},\"strings\":{" +
                         tables_ + "}}";
    std::string placed;
    std::size_t length = 0;
    for (int round = 0; round < 2; ++round) {
      placed.clear();
      const std::size_t base = round == 0 ? 0 : (64 + length + 63) / 64 * 64;
      for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i] != '@') {
          placed += header[i];
          continue;
        }
        const std::size_t end = header.find('@', i + 1);
        std::string digits = std::to_string(base + std::stoul(header.substr(i + 1, end - i - 1)));
        placed += std::string(10 - digits.size(), ' ') + digits;
        i = end;
      }
      length = placed.size();
    }
    std::string body = placed;
    body.resize((64 + length + 63) / 64 * 64 - 64, '\0');
    body += data_;
    return frame(body, length, quick, kind_ == Kind::Floats ? 1 : 2);
  }

  static std::string frame(const std::string& body, std::size_t header, bool quick = true,
                           std::uint32_t version = 1) {
    std::string out = "TERCETM1";
    const auto number = [&](std::uint64_t value, int size) {
      for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
    };
    number(version, 4);
    number(header, 4);
    number(64 + body.size(), 8);
    for (const std::uint8_t byte : tercet::sha256(body)) out += static_cast<char>(byte);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < body.size(); i += 8) {
      std::uint64_t word = 0;
      for (std::size_t k = 0; k < 8 && i + k < body.size(); ++k) {
        word |= std::uint64_t{static_cast<std::uint8_t>(body[i + k])} << (8 * k);
      }
      sum += word * (2 * (i / 8) + 1);
    }
    number(quick ? sum : 0, 8);
    return out + body;
  }

 private:
  void layer(const std::string& name, std::size_t out, std::size_t in) {
    if (kind_ == Kind::Bytes) return panels(name, out, in);
    tensor(name + ".weight", {out, in});
    tensor(name + ".bias", {out});
  }
  void append(const std::string& bytes) {
    data_.resize((data_.size() + 63) / 64 * 64, '\0');
    last_ = data_.size();
    data_ += bytes;
  }
  void describe(const std::string& name, const std::string& type,
                const std::vector<std::size_t>& shape, std::size_t bytes, const std::string& rest) {
    std::string sizes;
    for (const std::size_t n : shape) sizes += (sizes.empty() ? "" : ",") + std::to_string(n);
    tensors_ += (tensors_.empty() ? "\"" : ",\"") + name + "\":{\"dtype\":\"" + type +
                "\",\"shape\":[" + sizes + "],\"offset\":@" + std::to_string(last_) +
                "@,\"bytes\":" + std::to_string(bytes) + rest + "}";
  }

  Kind kind_;
  Random random_;
  std::string data_, tensors_, tables_;
  std::size_t last_ = 0;
};

/// A file of its own that is gone at the end of the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view bytes) {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("tercet_language_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "_" +
             std::to_string(++count) + ".tct");
    write(bytes);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  void write(std::string_view bytes) const {
    std::ofstream(path_, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace fixture
