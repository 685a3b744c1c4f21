#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "extract/language/word_vectors.h"
#include "tests/catch.h"
#include "tests/language_fixture.h"

/// For tests of the models that read word vectors.
namespace fixture {

inline tercet::WordVectors some_vectors(std::size_t words, std::size_t width) {
  Random random(7);
  tercet::WordVectors out;
  for (std::size_t i = 0; i < words; ++i) out.add(random.vector(width, 1.0F));
  return out;
}

template <class Model>
std::optional<tercet::Error::Code> load_error(const std::string& bytes) {
  const TemporaryFile file(bytes);
  try {
    Model::load(file.path());
  } catch (const tercet::Error& error) {
    return error.code();
  }
  return std::nullopt;
}

/// Checks that Model takes a whole file of `kind`, and none that is cut, changed or of `another`.
template <class Model>
void check_refuses_damage(ModelPacker::Kind kind, ModelPacker::Kind another) {
  const std::string bytes = ModelPacker(kind).bytes();
  CHECK_FALSE(load_error<Model>(bytes));
  for (std::size_t size = 0; size < bytes.size(); size += size < 80 ? 1 : 97) {
    CAPTURE(size);
    CHECK(load_error<Model>(bytes.substr(0, size)));
  }
  for (std::size_t at = 0; at < bytes.size(); at += 61) {
    if (at >= 24 && at < 56) continue;  // the SHA-256 is only verified on request
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
    CAPTURE(at);
    CHECK(load_error<Model>(damaged));
  }
  CHECK(load_error<Model>(ModelPacker(another).bytes()) == tercet::Error::Code::Corrupt);
}

}  // namespace fixture
