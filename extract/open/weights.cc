#include "extract/open/weights.h"

#include <charconv>
#include <cstdint>
#include <fstream>

#include "base/error.h"
#include "base/logit.h"
#include "base/tsv.h"

namespace tercet {

OpenWeights read_open_weights(const std::filesystem::path& folder) {
  OpenWeights out;
  const std::filesystem::path file = folder / "open_weights.tsv";
  if (!std::filesystem::exists(file)) return out;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::Io, "cannot be read", {file.string(), 0, 0});
  for (const TsvRow& row : read_tsv(in, file.string(), {"feature", "weight"})) {
    const std::string_view number = row.cell("weight");
    int weight = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), weight);
    if (read.ec != std::errc() || read.ptr != number.data() + number.size()) {
      row.fail("weight", "must be a whole number");
    }
    out.of.emplace(row.cell("feature"), weight);
  }
  return out;
}

double probability_of(const OpenWeights& weights, const std::vector<std::string>& features) {
  std::int64_t sum = 0;
  for (const std::string& feature : features) {
    const auto found = weights.of.find(feature);
    if (found != weights.of.end()) sum += found->second;
  }
  return probability_of_logit(sum) / 10000.0;
}

}  // namespace tercet
