#include "extract/language/network.h"

#include "base/error.h"
#include "extract/language/encoder_network.h"
#include "extract/language/layers.h"
#include "extract/language/recurrent_network.h"

namespace tercet {

std::size_t Network::pick_label(const float* scores, std::size_t count, bool is_root) const {
  if (root_label_ >= count) return first_best(scores, count);
  if (is_root || count == 1) return root_label_;
  std::size_t best = root_label_ == 0 ? 1 : 0;
  for (std::size_t i = best + 1; i < count; ++i) {
    if (i != root_label_ && scores[i] > scores[best]) best = i;
  }
  return best;
}

std::unique_ptr<Network> make_network(const ModelFile& file, const Kernels& kernels) {
  if (file.network() == "recurrent") return std::make_unique<RecurrentNetwork>(file, kernels);
  if (file.network() == "encoder") return std::make_unique<EncoderNetwork>(file, kernels);
  throw Error(Error::Code::Version, "a model for a network this program does not have",
              {file.path(), 0, 0}, "use the model that came with this program");
}

}  // namespace tercet
