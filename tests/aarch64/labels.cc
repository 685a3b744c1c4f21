// Labels of a few sentences by the models named, and a sum over the bits of every kernel's results:
// the same on every machine. Without arguments only the kernels.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>

#include "extract/language/model_file.h"
#include "extract/language/network.h"
#include "extract/language/word_vectors.h"
#include "extract/nn/dense.h"
#include "tests/language_fixture.h"

namespace {

using namespace tercet;

// FNV-1a, 64 bit.
void add(std::uint64_t& sum, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(data);
  for (std::size_t i = 0; i < size; ++i) sum = (sum ^ bytes[i]) * 1099511628211ULL;
}
void add(std::uint64_t& sum, const std::vector<float>& values) {
  add(sum, values.data(), values.size() * sizeof(float));
}

std::uint64_t sum_of(const Kernels& kernels) {
  fixture::Random random(1);
  std::uint64_t sum = 14695981039346656037ULL;
  constexpr std::size_t kRows = 19, kIn = 96, kOut = 130;
  const std::vector<float> x = random.vector(kRows * kIn, 3.0F);
  // One by one: compilers differ in the order of arguments.
  const std::vector<float> weights = random.vector(kOut * kIn, 1.0F);
  const std::vector<float> bias = random.vector(kOut, 1.0F), scales = random.vector(kOut, 0.01F);
  const Linear floats(weights, bias, kOut, kIn);
  std::vector<float> y(kRows * floats.stride());
  kernels.linear(floats.view(), x.data(), kIn, kRows, y.data(), floats.stride());
  add(sum, y);
  std::vector<std::int8_t, CacheLineAllocator<std::int8_t>> panels(panel_bytes(kOut, kIn));
  for (std::int8_t& weight : panels) weight = static_cast<std::int8_t>(random.next());
  const ByteLinear bytes(panels, scales, bias, kIn);
  ByteRows rounded;
  const ByteRowsView view = rounded.round(kernels, x.data(), kIn, kRows, kIn);
  kernels.linear_bytes(bytes.view(), view, kRows, y.data(), bytes.stride());
  add(sum, y);
  std::vector<float> attended(kRows * 32), scratch(attention_scratch(kRows));
  kernels.attention(x.data(), kIn, kRows, 1, scratch.data(), attended.data(), 32);
  add(sum, attended);
  kernels.gelu(y.data(), y.size());
  add(sum, y);
  std::vector<float> state = random.vector(kRows * 32, 1.0F);
  kernels.recurrence(x.data(), kIn, kRows, 32, state.data(), 32);
  kernels.layer_norm(state.data(), x.data(), x.data() + 64, 1e-12F, 64, state.data());
  kernels.sigmoid(state.data(), 64, state.data() + 64);
  state.push_back(kernels.dot(x.data(), state.data(), kIn));
  state.push_back(kernels.sum_exp(x.data(), 3.0F, kIn));
  add(sum, state);
  return sum;
}

const std::string_view kWords[] = {
    "Although",  "the", "board", "had",   "promised", "more",   ",",    "its",   "three",
    "founders",  ",",   "who",   "met",   "in",       "Lyon",   ",",    "sold",  "the",
    "mill",      "to",  "a",     "rival", "that",     "nobody", "knew", ".",     "Unbelievably",
    "ACME-Corp", "did", "n't",   "pay",   "$",        "3.5",    "bn",   "until", "2003",
    "!",         "Yes"};
const std::vector<std::uint32_t> kLengths{26, 11, 1};

}  // namespace

int main(int argc, char** argv) {
  for (const auto set : {InstructionSet::Portable, InstructionSet::Avx2, InstructionSet::Avx512}) {
    const Kernels* kernels = kernels_for(set);
    if (kernels == nullptr) continue;
    std::fprintf(stderr, "%s\n", kernels->name.data());
    std::printf("kernels %016llx\n", static_cast<unsigned long long>(sum_of(*kernels)));
    for (int i = 1; i < argc; ++i) {
      const ModelFile file(argv[i]);
      NetworkScratch scratch;
      std::vector<WordLabels> labels;
      std::vector<PairLabel> pairs;
      WordVectors vectors;
      make_network(file, *kernels)->label(kWords, kLengths, scratch, labels, pairs, &vectors);
      std::uint64_t sum = 14695981039346656037ULL;
      for (const WordLabels& word : labels) {
        std::printf("%d/%d/%d ", int{word.upos}, int{word.deprel}, int{word.head});
        const std::int32_t all[] = {word.upos, word.xpos,    word.lemma, word.deprel,
                                    word.head, word.mention, word.outer};
        add(sum, all, sizeof all);
        add(sum, &word.mention_score, sizeof word.mention_score);
        add(sum, &word.outer_score, sizeof word.outer_score);
        if (word.kind_score == 0) continue;  // the model has no such head
        add(sum, &word.kind, sizeof word.kind);
        add(sum, &word.kind_score, sizeof word.kind_score);
      }
      add(sum, vectors.values.data(), vectors.values.size());
      add(sum, vectors.scales);
      for (const PairLabel& pair : pairs) {
        const std::uint32_t all[] = {pair.from, pair.to, pair.relation};
        add(sum, all, sizeof all);
        add(sum, &pair.score, sizeof pair.score);
      }
      std::printf("%016llx\n", static_cast<unsigned long long>(sum));
    }
  }
}
