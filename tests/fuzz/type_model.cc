// A model of types, changed in any way but with right checksums, loads and scores or is an
// Error. Every three bytes of the input are one change: where, and the new byte.
#include "extract/language/type_model.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "tests/language_fixture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string whole = fixture::ModelPacker(fixture::ModelPacker::Kind::Types).bytes();
  static const int file = ::memfd_create("types", 0);
  if (file < 0) return 0;
  std::string body = whole.substr(64);
  const std::size_t header = static_cast<std::uint8_t>(whole[12]) |
                             static_cast<std::size_t>(static_cast<std::uint8_t>(whole[13])) << 8;
  for (std::size_t i = 0; i + 3 <= size && i < 100; i += 3) {
    const std::size_t place = data[i] | static_cast<std::size_t>(data[i + 1]) << 8;
    body[place % (i % 2 == 0 ? header : body.size())] = static_cast<char>(data[i + 2]);
  }
  const std::string bytes = fixture::ModelPacker::frame(body, header, true, 2);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, bytes.data(), bytes.size(), 0) < 0) return 0;
  try {
    const auto model = tercet::TypeModel::load("/proc/self/fd/" + std::to_string(file));
    tercet::WordVectors words;
    for (const float x : {1.0F, -1.0F}) words.add(std::vector<float>(model.width(), x));
    const auto views = model.views(words, std::vector<std::size_t>{0, 1});
    std::vector<float> sums(model.types().size());
    model.score({{"bias", "head=boat"}}, views[0], views, sums);
  } catch (const tercet::Error&) {
  }
  return 0;
}
