#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "extract/nn/dense.h"
#include "extract/nn/kernels.h"
#include "extract/nn/linear.h"
#include "tests/catch.h"
#include "tests/language_fixture.h"

using fixture::Random;
using tercet::ByteLinear;
using tercet::ByteRows;
using tercet::ByteRowsView;
using tercet::InstructionSet;
using tercet::Kernels;
using tercet::kernels_for;

namespace {

std::vector<const Kernels*> all_kernels() {
  std::vector<const Kernels*> out;
  for (const auto set : {InstructionSet::Portable, InstructionSet::Avx2, InstructionSet::Avx512}) {
    if (const Kernels* kernels = kernels_for(set)) out.push_back(kernels);
  }
  return out;
}

template <typename T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

using Panels = std::vector<std::int8_t, tercet::CacheLineAllocator<std::int8_t>>;

/// A layer whose weights are known one by one.
struct Layer {
  std::size_t out, in;
  std::vector<std::int8_t> weights;  // [out][in]
  std::vector<float> scales, bias;
  Panels panels;
  ByteLinear linear;

  template <typename F>
  Layer(Random& random, std::size_t outputs, std::size_t inputs, F weight_of)
      : out(outputs),
        in(inputs),
        scales(random.vector(outputs, 0.01F)),
        bias(random.vector(outputs, 1.0F)),
        panels(tercet::panel_bytes(outputs, inputs)) {
    for (std::size_t o = 0; o < out; ++o) {
      for (std::size_t i = 0; i < in; ++i) {
        weights.push_back(static_cast<std::int8_t>(weight_of()));
        panels[o / 64 * 64 * in + i / 4 * 256 + o % 64 * 4 + i % 4] = weights.back();
      }
    }
    linear = ByteLinear(panels, scales, bias, in);
  }
};

std::vector<float> run(const Kernels& kernels, const ByteLinear& layer, const std::vector<float>& x,
                       std::size_t rows) {
  ByteRows rounded;
  const ByteRowsView view = rounded.round(kernels, x.data(), layer.in(), rows, layer.in());
  std::vector<float> y(rows * layer.stride(), -1.0F);
  kernels.linear_bytes(layer.view(), view, rows, y.data(), layer.stride());
  return y;
}

}  // namespace

TEST_CASE("every instruction set gives the same bits for an 8-bit layer", "[nn]") {
  Random random(1);
  for (const auto& [rows, in, out] : {std::array<std::size_t, 3>{1, 16, 1},
                                      {5, 16, 64},
                                      {6, 48, 65},
                                      {7, 96, 96},
                                      {13, 128, 200},
                                      {64, 1536, 17}}) {
    CAPTURE(rows, in, out);
    const Layer layer(random, out, in, [&] { return static_cast<int>(random.below(256)) - 128; });
    const std::vector<float> x = random.vector(rows * in, 3.0F);
    const std::vector<float> expected =
        run(*kernels_for(InstructionSet::Portable), layer.linear, x, rows);
    for (const Kernels* kernels : all_kernels()) {
      CAPTURE(kernels->name);
      CHECK(same_bits(run(*kernels, layer.linear, x, rows), expected));
    }
  }
}

TEST_CASE("an 8-bit layer is exact in whole numbers", "[nn]") {
  // The greatest products of all: where 16-bit sums would saturate, this would fail.
  for (const int weight : {127, -127, -128, 1}) {
    for (const float value : {1.0F, -1.0F}) {
      Random random(2);
      constexpr std::size_t kRows = 7, kIn = 1536, kOut = 70;
      const Layer layer(random, kOut, kIn, [&] { return weight; });
      const std::vector<float> x(kRows * kIn, value);
      for (const Kernels* kernels : all_kernels()) {
        CAPTURE(kernels->name, weight, value);
        ByteRows rounded;
        const ByteRowsView view = rounded.round(*kernels, x.data(), kIn, kRows, kIn);
        const std::vector<float> y = run(*kernels, layer.linear, x, kRows);
        for (std::size_t r = 0; r < kRows; ++r) {
          for (std::size_t o = 0; o < kOut; ++o) {
            std::int64_t sum = 0;
            for (std::size_t k = 0; k < kIn; ++k) {
              sum += std::int64_t{weight} * (int{view.values[r * kIn + k]} - view.zeros[r]);
            }
            const float expected =
                std::fma(static_cast<float>(sum), view.scales[r] * layer.scales[o], layer.bias[o]);
            CHECK(y[r * layer.linear.stride() + o] == expected);
          }
        }
      }
    }
  }
}

TEST_CASE("an 8-bit layer is close to the same layer in doubles", "[nn]") {
  Random random(3);
  constexpr std::size_t kRows = 9, kIn = 384, kOut = 67;
  const Layer layer(random, kOut, kIn, [&] { return static_cast<int>(random.below(255)) - 127; });
  REQUIRE(layer.linear.stride() == 128);
  const std::vector<float> x = random.vector(kRows * kIn, 2.0F);
  const std::vector<float> y = run(tercet::best_kernels(), layer.linear, x, kRows);
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t o = 0; o < layer.linear.stride(); ++o) {
      double expected = 0.0, slack = 1e-5;
      for (std::size_t k = 0; o < kOut && k < kIn; ++k) {
        const double w = double{layer.scales[o]} * layer.weights[o * kIn + k];
        expected += w * double{x[r * kIn + k]};
        slack += std::abs(w) * 4.0 / 126.0 / 2.0;  // half a step of the row's range
      }
      if (o < kOut) expected += double{layer.bias[o]};
      CHECK(std::abs(double{y[r * layer.linear.stride() + o]} - expected) <= slack);
    }
  }
}

TEST_CASE("a row of an 8-bit layer does not depend on the rows beside it", "[nn]") {
  Random random(4);
  constexpr std::size_t kRows = 23, kIn = 48, kOut = 80;
  const Layer layer(random, kOut, kIn, [&] { return static_cast<int>(random.below(255)) - 127; });
  const std::vector<float> x = random.vector(kRows * kIn, 1.0F);
  for (const Kernels* kernels : all_kernels()) {
    const std::vector<float> together = run(*kernels, layer.linear, x, kRows);
    for (std::size_t row = 0; row < kRows; ++row) {
      const auto at = x.begin() + static_cast<std::ptrdiff_t>(row * kIn);
      const std::vector<float> alone = run(*kernels, layer.linear, {at, at + kIn}, 1);
      CHECK(std::memcmp(alone.data(), together.data() + row * layer.linear.stride(),
                        alone.size() * sizeof(float)) == 0);
    }
  }
}

TEST_CASE("a panel alone gives its columns of the layer", "[nn]") {
  Random random(5);
  constexpr std::size_t kRows = 8, kIn = 32, kOut = 130;
  const Layer layer(random, kOut, kIn, [&] { return static_cast<int>(random.below(255)) - 127; });
  const std::vector<float> x = random.vector(kRows * kIn, 1.0F);
  const Kernels& kernels = tercet::best_kernels();
  const std::vector<float> whole = run(kernels, layer.linear, x, kRows);
  ByteRows rounded;
  const ByteRowsView view = rounded.round(kernels, x.data(), kIn, kRows, kIn);
  for (std::size_t p = 0; p < 3; ++p) {
    std::vector<float> part(kRows * tercet::kPanel);
    kernels.linear_bytes(layer.linear.panel(p), view, kRows, part.data(), tercet::kPanel);
    for (std::size_t r = 0; r < kRows; ++r) {
      for (std::size_t j = 0; j < tercet::kPanel; ++j) {
        CHECK(part[r * tercet::kPanel + j] ==
              whole[r * layer.linear.stride() + p * tercet::kPanel + j]);
      }
    }
  }
}

TEST_CASE("rounded rows keep zero, stay in seven bits and err by half a step", "[nn]") {
  Random random(6);
  constexpr std::size_t kSize = 64;
  std::vector<std::vector<float>> rows{
      std::vector<float>(kSize, 0.0F),   std::vector<float>(kSize, -2.5F),
      std::vector<float>(kSize, 1e-38F), random.vector(kSize, 1.0F),
      random.vector(kSize, 1e30F),       random.vector(kSize, 1e-20F)};
  rows.push_back(random.vector(kSize, 1.0F));
  for (float& v : rows.back()) v = std::abs(v) + 5.0F;  // one sign only
  rows.back()[3] = 0.0F;
  for (const std::vector<float>& x : rows) {
    const auto [low, high] = std::minmax_element(x.begin(), x.end());
    const double step = (double{std::max(*high, 0.0F)} - double{std::min(*low, 0.0F)}) / 126.0;
    for (const Kernels* kernels : all_kernels()) {
      CAPTURE(kernels->name, *low, *high);
      ByteRows rounded;
      const ByteRowsView view = rounded.round(*kernels, x.data(), kSize, 1, kSize);
      CHECK(view.zeros[0] >= 0);
      CHECK(view.zeros[0] <= 126);
      for (std::size_t i = 0; i < kSize; ++i) {
        CHECK(view.values[i] <= 127);
        const double back = double{view.scales[0]} * (int{view.values[i]} - view.zeros[0]);
        CHECK(std::abs(back - double{x[i]}) <= step * 1.001 + 1e-30);
        if (x[i] == 0.0F) CHECK(int{view.values[i]} == view.zeros[0]);
      }
    }
  }
}

TEST_CASE("every instruction set rounds rows alike", "[nn]") {
  Random random(7);
  constexpr std::size_t kRows = 50, kSize = 48;
  std::vector<float> x = random.vector(kRows * kSize, 1.0F);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (i % 5 == 0) x[i] *= 1000.0F;
    if (i % 7 == 0) x[i] = static_cast<float>(static_cast<int>(i % 40)) * 0.5F;  // ties
  }
  const auto results = [&](const Kernels& kernels) {
    std::vector<std::uint8_t> values(kRows * kSize);
    std::vector<float> scales(kRows);
    std::vector<std::int32_t> zeros(kRows);
    kernels.quantise(x.data(), kSize, kRows, kSize, values.data(), kSize, scales.data(),
                     zeros.data());
    for (const float s : scales) {
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(&s);
      values.insert(values.end(), bytes, bytes + 4);
    }
    for (const std::int32_t z : zeros) values.push_back(static_cast<std::uint8_t>(z));
    return values;
  };
  const auto expected = results(*kernels_for(InstructionSet::Portable));
  for (const Kernels* kernels : all_kernels()) {
    CAPTURE(kernels->name);
    CHECK(same_bits(results(*kernels), expected));
  }
}

TEST_CASE("gelu agrees with erf over its range", "[nn]") {
  std::vector<float> x(16 * 1000);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = -10.0F + 0.00125F * static_cast<float>(i);
  std::vector<float> y = x;
  tercet::best_kernels().gelu(y.data(), y.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double v = double{x[i]};
    const double expected = 0.5 * v * (1.0 + std::erf(v / std::sqrt(2.0)));
    worst = std::max(worst, std::abs(double{y[i]} - expected) / (1.0 + std::abs(v)));
  }
  CHECK(worst < 1e-6);
}

TEST_CASE("attention follows its definition and is the same on every instruction set", "[nn]") {
  Random random(8);
  constexpr std::size_t kHeads = 2, kC = tercet::kHeadChannels, kWidth = kHeads * kC;
  for (const std::size_t rows : {1, 2, 15, 16, 31, 32, 33, 70}) {
    CAPTURE(rows);
    const std::vector<float> qkv = random.vector(rows * 3 * kWidth, 3.0F);
    const auto results = [&](const Kernels& kernels) {
      std::vector<float> y(rows * kWidth), scratch(tercet::attention_scratch(rows));
      kernels.attention(qkv.data(), 3 * kWidth, rows, kHeads, scratch.data(), y.data(), kWidth);
      return y;
    };
    const std::vector<float> expected = results(*kernels_for(InstructionSet::Portable));
    for (const Kernels* kernels : all_kernels()) {
      CAPTURE(kernels->name);
      CHECK(same_bits(results(*kernels), expected));
    }
    for (std::size_t head = 0; head < kHeads; ++head) {
      for (std::size_t r = 0; r < rows; ++r) {
        std::vector<double> weight(rows, 0.0), sum(kC, 0.0);
        double total = 0.0;
        for (std::size_t t = 0; t < rows; ++t) {
          for (std::size_t c = 0; c < kC; ++c) {
            weight[t] += double{qkv[r * 3 * kWidth + head * kC + c]} *
                         double{qkv[t * 3 * kWidth + kWidth + head * kC + c]};
          }
          weight[t] = std::exp(weight[t] / std::sqrt(double{kC}));
          total += weight[t];
          for (std::size_t c = 0; c < kC; ++c) {
            sum[c] += weight[t] * double{qkv[t * 3 * kWidth + 2 * kWidth + head * kC + c]};
          }
        }
        for (std::size_t c = 0; c < kC; ++c) {
          CHECK(double{expected[r * kWidth + head * kC + c]} ==
                Approx(sum[c] / total).epsilon(1e-4).margin(1e-4));
        }
      }
    }
  }
}
