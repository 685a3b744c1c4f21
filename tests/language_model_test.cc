#include <optional>
#include <string>

#include "base/error.h"
#include "extract/language/language.h"
#include "extract/language/model_file.h"
#include "tests/catch.h"
#include "tests/language_fixture.h"

using fixture::ModelPacker;
using fixture::TemporaryFile;
using tercet::Error;
using tercet::Language;
using tercet::ModelFile;

namespace {

// Nothing if the file loads, else the error's kind; any other exception fails the test.
std::optional<Error::Code> load_error(const TemporaryFile& file) {
  try {
    Language::load(file.path());
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find(file.path().string()) != std::string::npos);
    return error.code();
  }
  return std::nullopt;
}

constexpr ModelPacker::Kind kKinds[] = {ModelPacker::Kind::Floats, ModelPacker::Kind::Bytes,
                                        ModelPacker::Kind::Encoder, ModelPacker::Kind::Related};

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

std::size_t header_size(const std::string& model) {
  const auto byte = [&](std::size_t at) {
    return std::size_t{static_cast<std::uint8_t>(model[at])};
  };
  return byte(12) | byte(13) << 8 | byte(14) << 16;
}

// The model with its header edited and all checksums made right again.
std::string with_header(const std::string& model, const std::string& from, const std::string& to) {
  REQUIRE(from.size() == to.size());
  std::string body = model.substr(64);
  replace(body, from, to);
  return ModelPacker::frame(body, header_size(model));
}

}  // namespace

TEST_CASE("a packed model loads and tells its fingerprint", "[language]") {
  const std::string bytes = ModelPacker().bytes();
  const TemporaryFile file(bytes);
  const Language language = Language::load(file.path());
  CHECK(language.fingerprint() == tercet::sha256_hex(bytes.substr(64)));
  CHECK_NOTHROW(tercet::verify_model(file.path()));
}

TEST_CASE("a model without the quick checksum is held against its SHA-256", "[language]") {
  std::string bytes = ModelPacker().bytes(false);
  const TemporaryFile file(bytes);
  CHECK_FALSE(load_error(file));
  bytes.back() ^= 1;
  file.write(bytes);
  CHECK(load_error(file) == Error::Code::Corrupt);
}

TEST_CASE("a change that keeps the quick checksum is found by verification", "[language]") {
  std::string bytes = ModelPacker().bytes();
  bytes[24] ^= 1;  // the SHA-256 itself
  const TemporaryFile file(bytes);
  CHECK_FALSE(load_error(file));
  CHECK_THROWS_AS(tercet::verify_model(file.path()), Error);
}

TEST_CASE("a model cut anywhere is refused", "[language]") {
  for (const ModelPacker::Kind kind : kKinds) {
    const std::string bytes = ModelPacker(kind).bytes();
    const TemporaryFile file("");
    for (std::size_t size = 0; size < bytes.size(); size += size < 80 ? 1 : 977) {
      file.write(bytes.substr(0, size));
      CAPTURE(size);
      CHECK(load_error(file) == (size < 8 ? Error::Code::Version : Error::Code::Corrupt));
    }
    file.write(bytes + '\0');
    CHECK(load_error(file) == Error::Code::Corrupt);
  }
}

TEST_CASE("a flipped bit is noticed wherever the file uses it", "[language]") {
  for (const ModelPacker::Kind kind : kKinds) {
    const std::string bytes = ModelPacker(kind).bytes();
    const TemporaryFile file("");
    for (std::size_t at = 0; at < bytes.size(); at += at < 200 ? 1 : 613) {
      if (at >= 24 && at < 56) continue;  // the SHA-256 is only verified on request
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
      file.write(damaged);
      CAPTURE(at);
      CHECK(load_error(file) == (at < 12 ? Error::Code::Version : Error::Code::Corrupt));
    }
  }
}

TEST_CASE("headers that lie are refused even under a right checksum", "[language]") {
  const std::string bytes = ModelPacker().bytes();
  const TemporaryFile file("");
  const std::pair<const char*, const char*> lies[] = {
      {"\"shape\":[16,16]", "\"shape\":[16,99]"},  // another size than its bytes
      {"\"shape\":[16,32]", "\"shape\":[32,16]"},  // another layer than ad
      {"\"conv.bias\"", "\"conv.boas\""},          // a missing tensor
      {"\"dtype\":\"i8\"", "\"dtype\":\"q8\""},    // an unknown type
      {"\"dtype\":\"f32\"", "\"dtype\":\"f16\""},  // sizes of another type
      {"\"count\":8}", "\"count\":9}"},            // a word too many
      {"\"count\":6}", "\"count\":5}"},            // a label too few
      {"\"strings\"", "\"strungs\""},
      {"\"name\":\"random\"", "\"name\":[[[]]]  "},
      {"\"offset\":", "\"offsat\":"},
  };
  for (const auto& [from, to] : lies) {
    CAPTURE(from, to);
    file.write(with_header(bytes, from, to));
    CHECK(load_error(file) == Error::Code::Corrupt);
  }
}

TEST_CASE("a model with only a part of what relations need is refused", "[language]") {
  const std::string bytes = ModelPacker(ModelPacker::Kind::Related).bytes();
  const TemporaryFile file(bytes);
  REQUIRE_FALSE(load_error(file));
  file.write(with_header(bytes, "\"random\"", "\"modnar\""));
  REQUIRE_FALSE(load_error(file));
  const std::pair<const char*, const char*> lies[] = {
      {"\"pair.distance\"", "\"pair.distants\""},
      {"\"pair.source_deprel\"", "\"pair.source_depral\""},
      {"\"pair.target_deprel\"", "\"pair.target_depral\""},
      {"\"pair.way\"", "\"pair.why\""},
      {"\"pair.relation.weight\"", "\"pair.relation.wheght\""},
      {"\"pair.relation.bias\"", "\"pair.relation.bies\""},
      {"\"relations\"", "\"relatives\""},
      {"\"kinds\"", "\"kings\""},
      {"\"shape\":[24,32]", "\"shape\":[32,24]"},
      {"\"shape\":[25,32]", "\"shape\":[32,25]"},
      {"\"shape\":[6,32]", "\"shape\":[32,6]"},
      {"\"shape\":[4,64]", "\"shape\":[8,32]"},
  };
  for (const auto& [from, to] : lies) {
    CAPTURE(from, to);
    file.write(with_header(bytes, from, to));
    CHECK(load_error(file) == Error::Code::Corrupt);
  }
  for (const std::string head : {"ps 32", "pt 32", "pb 32", "pu 32", "pv 32", "k 3"}) {
    std::string body = bytes.substr(64);
    std::string other = head;
    other[0] = 'z';  // a head that nobody knows is not read
    replace(body, "\n" + head, "\n" + other);
    file.write(ModelPacker::frame(body, header_size(bytes), true, 2));
    CAPTURE(head);
    CHECK(load_error(file) == Error::Code::Corrupt);
  }
}

TEST_CASE("a model has as many relations as a panel has columns", "[language]") {
  const TemporaryFile file(ModelPacker(ModelPacker::Kind::Related, 1, 64).bytes());
  CHECK_FALSE(load_error(file));
  file.write(ModelPacker(ModelPacker::Kind::Related, 1, 65).bytes());
  CHECK(load_error(file) == Error::Code::Corrupt);
}

TEST_CASE("an encoder whose parts do not fit is refused even under a right checksum",
          "[language]") {
  const std::string bytes = ModelPacker(ModelPacker::Kind::Encoder).bytes();
  const TemporaryFile file(bytes);
  REQUIRE_FALSE(load_error(file));
  const std::pair<const char*, const char*> lies[] = {
      {"\"shape\":[19,64]", "\"shape\":[64,19]"},    // not a row per piece
      {"\"shape\":[192,64]", "\"shape\":[192,60]"},  // a layer of inputs that fill no lanes
      {"\"shape\":[192,64]", "\"shape\":[64,192]"},  // same bytes, another layer
      {"\"shape\":[88,64]", "\"shape\":[89,64]"},    // another size than the list of heads
      {"\"L.0.qkv.weight\"", "\"L.9.qkv.weight\""},  // no layer at all
      {"\"dtype\":\"p8\"", "\"dtype\":\"i8\""},
      {"\"count\":9}", "\"count\":8}"},
      {"\"pieces\"", "\"pieses\""},
      {"\"mention\"", "\"mansion\""},
  };
  for (const auto& [from, to] : lies) {
    CAPTURE(from, to);
    file.write(with_header(bytes, from, to));
    CHECK(load_error(file) == Error::Code::Corrupt);
  }
  file.write(with_header(bytes, "\"network\":\"encoder\"", "\"network\":\"decoder\""));
  CHECK(load_error(file) == Error::Code::Version);
}

TEST_CASE("a table that lies outside the file or across a cache line is refused", "[language]") {
  const std::string bytes = ModelPacker().bytes();
  const TemporaryFile file("");
  const std::size_t last = bytes.size() / 64 * 64 - 64;
  // Behind the end, across the end, inside the header, and at an odd place.
  for (const std::size_t offset : {std::size_t{9999999999}, last, std::size_t{64}, last / 2 + 1}) {
    std::string digits = std::to_string(offset);
    digits.insert(0, 10 - digits.size(), ' ');
    std::string body = bytes.substr(64);
    body.replace(body.find("\"offset\":") + 9, 10, digits);
    file.write(ModelPacker::frame(body, header_size(bytes)));
    CAPTURE(offset);
    CHECK(load_error(file) == Error::Code::Corrupt);
  }
}

TEST_CASE("any header of random bytes gives an error, never a crash", "[language]") {
  for (const ModelPacker::Kind kind : kKinds) {
    const std::string bytes = ModelPacker(kind).bytes();
    const TemporaryFile file("");
    fixture::Random random(5);
    const std::string alphabet = "{}[]\",:0123456789.-eE truefalsn\\u";
    for (int round = 0; round < 300; ++round) {
      std::string body = bytes.substr(64);
      const std::size_t header = header_size(bytes);
      for (int change = 0; change < 3; ++change) {
        body[random.below(header)] = alphabet[random.below(alphabet.size())];
      }
      file.write(ModelPacker::frame(body, header));
      CAPTURE(round);
      CHECK_NOTHROW(load_error(file));  // it may still be a model: a name can change
    }
  }
}

TEST_CASE("values that are not finite are refused", "[language]") {
  ModelPacker packer;
  packer.tensor("extra", {4});
  std::string bytes = packer.bytes();
  // The last tensor that the network reads is dist.weight; its bytes end before "extra".
  std::string body = bytes.substr(64);
  const std::size_t place = body.size() - 64 - 4;
  body.replace(place, 4, std::string("\x00\x00\x80\x7f", 4));
  const TemporaryFile file(ModelPacker::frame(body, header_size(bytes)));
  CHECK(load_error(file) == Error::Code::Corrupt);
}

TEST_CASE("what is no model is said to be none", "[language]") {
  for (const char* text : {"", "x", "TERCETM", "SQLite format 3", "PK\x03\x04 something longer"}) {
    const TemporaryFile file(text);
    CHECK(load_error(file) == Error::Code::Version);
  }
  CHECK_THROWS_AS(Language::load("/nonexistent/model.tct"), Error);
  CHECK_THROWS_AS(Language::load(std::filesystem::temp_directory_path()), Error);
}
