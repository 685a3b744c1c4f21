#include <cmath>
#include <cstring>
#include <vector>

#include "extract/nn/kernels.h"
#include "extract/nn/linear.h"
#include "tests/catch.h"
#include "tests/language_fixture.h"

using fixture::Random;
using tercet::InstructionSet;
using tercet::Kernels;
using tercet::kernels_for;
using tercet::Linear;

namespace {

std::vector<const Kernels*> all_kernels() {
  std::vector<const Kernels*> out;
  for (const auto set : {InstructionSet::Portable, InstructionSet::Avx2, InstructionSet::Avx512}) {
    if (const Kernels* kernels = kernels_for(set)) out.push_back(kernels);
  }
  return out;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

std::vector<float> run_linear(const Kernels& kernels, const Linear& layer,
                              const std::vector<float>& x, std::size_t rows) {
  std::vector<float> y(rows * layer.stride(), -1.0F);
  kernels.linear(layer.view(), x.data(), layer.in(), rows, y.data(), layer.stride());
  return y;
}

// Values of all sizes, signed zeros and the edges of exp's range among them.
std::vector<float> mixed_values(std::size_t size) {
  Random random(7);
  std::vector<float> out = random.vector(size, 1.0F);
  const float edges[] = {0.0F,   -0.0F,   1e-38F, -1e-38F, 87.5F, -87.5F,
                         200.0F, -200.0F, 3e38F,  -3e38F,  1.0F,  -1.0F};
  for (std::size_t i = 0; i < size; ++i) {
    if (i < std::size(edges))
      out[i] = edges[i];
    else if (i % 3 == 0)
      out[i] *= 50.0F;
  }
  return out;
}

}  // namespace

TEST_CASE("a processor has at least the portable kernels, and the best are among them", "[nn]") {
  REQUIRE(kernels_for(InstructionSet::Portable) != nullptr);
  bool found = false;
  for (const Kernels* kernels : all_kernels()) found |= kernels == &tercet::best_kernels();
  CHECK(found);
}

TEST_CASE("every instruction set gives the same bits for a linear layer", "[nn]") {
  Random random(1);
  for (const auto& [rows, in, out] : {std::array<std::size_t, 3>{1, 1, 1},
                                      {5, 16, 64},
                                      {6, 33, 65},
                                      {7, 96, 96},
                                      {13, 128, 200},
                                      {64, 48, 17}}) {
    CAPTURE(rows, in, out);
    const Linear layer(random.vector(out * in, 1.0F), random.vector(out, 1.0F), out, in);
    const std::vector<float> x = random.vector(rows * in, 3.0F);
    const std::vector<float> expected =
        run_linear(*kernels_for(InstructionSet::Portable), layer, x, rows);
    for (const Kernels* kernels : all_kernels()) {
      CAPTURE(kernels->name);
      CHECK(same_bits(run_linear(*kernels, layer, x, rows), expected));
    }
  }
}

TEST_CASE("a linear layer is W x + b, and the columns that fill up the panel are zero", "[nn]") {
  Random random(2);
  constexpr std::size_t kRows = 9, kIn = 70, kOut = 67;
  const std::vector<float> w = random.vector(kOut * kIn, 1.0F), b = random.vector(kOut, 1.0F);
  const std::vector<float> x = random.vector(kRows * kIn, 1.0F);
  const Linear layer(w, b, kOut, kIn);
  REQUIRE(layer.stride() == 128);
  const std::vector<float> y = run_linear(tercet::best_kernels(), layer, x, kRows);
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t j = 0; j < layer.stride(); ++j) {
      double expected = j < kOut ? b[j] : 0.0;
      for (std::size_t k = 0; j < kOut && k < kIn; ++k) {
        expected += double{w[j * kIn + k]} * double{x[row * kIn + k]};
      }
      CHECK(y[row * layer.stride() + j] == Approx(expected).margin(2e-5));
    }
  }
}

TEST_CASE("a row's result does not depend on the rows beside it", "[nn]") {
  Random random(3);
  constexpr std::size_t kRows = 23, kIn = 48, kOut = 80;
  const Linear layer(random.vector(kOut * kIn, 1.0F), {}, kOut, kIn);
  const std::vector<float> x = random.vector(kRows * kIn, 1.0F);
  for (const Kernels* kernels : all_kernels()) {
    const std::vector<float> together = run_linear(*kernels, layer, x, kRows);
    for (std::size_t row = 0; row < kRows; ++row) {
      const auto at = x.begin() + static_cast<std::ptrdiff_t>(row * kIn);
      const std::vector<float> alone = run_linear(*kernels, layer, {at, at + kIn}, 1);
      CHECK(std::memcmp(alone.data(), together.data() + row * layer.stride(),
                        layer.stride() * sizeof(float)) == 0);
    }
  }
}

TEST_CASE("every instruction set gives the same bits for vectors", "[nn]") {
  const Kernels& portable = *kernels_for(InstructionSet::Portable);
  constexpr std::size_t kSize = 160;
  Random random(4);
  const std::vector<float> values = mixed_values(kSize);
  const std::vector<float> a = random.vector(kSize, 2.0F), b = random.vector(kSize, 2.0F);
  std::vector<std::int8_t> bytes(kSize);
  for (std::int8_t& x : bytes) x = static_cast<std::int8_t>(random.next());
  const auto results = [&](const Kernels& kernels) {
    std::vector<float> out(kSize * 10, 0.5F);
    kernels.sigmoid(values.data(), kSize, out.data());
    kernels.layer_norm(a.data(), b.data(), a.data(), 1e-5F, kSize, out.data() + kSize);
    kernels.add_row(bytes.data(), 0.37F, kSize, out.data() + 2 * kSize);
    kernels.add_relu(a.data(), b.data(), kSize, out.data() + 3 * kSize);
    std::copy(values.begin(), values.end(), out.begin() + 4 * kSize);
    kernels.relu(out.data() + 4 * kSize, kSize);
    out[5 * kSize] = kernels.dot(a.data(), b.data(), kSize);
    out[5 * kSize + 1] = kernels.sum_exp(a.data(), 2.0F, kSize);
    std::copy(values.begin(), values.end(), out.begin() + 6 * kSize);
    kernels.gelu(out.data() + 6 * kSize, kSize);
    kernels.add(a.data(), kSize, out.data() + 7 * kSize);
    kernels.add_scaled(a.data(), b.data(), 2, 2, kSize / 2, out.data() + 8 * kSize);
    kernels.multiply(a.data(), b.data(), kSize, out.data() + 9 * kSize);
    return out;
  };
  for (const Kernels* kernels : all_kernels()) {
    CAPTURE(kernels->name);
    CHECK(same_bits(results(*kernels), results(portable)));
  }
}

TEST_CASE("every instruction set gives the same bits for a recurrence", "[nn]") {
  Random random(5);
  constexpr std::size_t kRows = 11, kSize = 64;
  const std::vector<float> u = random.vector(kRows * 3 * kSize, 4.0F);
  const std::vector<float> x = random.vector(kRows * kSize, 1.0F);
  std::vector<float> expected = x;
  kernels_for(InstructionSet::Portable)
      ->recurrence(u.data(), 3 * kSize, kRows, kSize, expected.data(), kSize);
  for (const Kernels* kernels : all_kernels()) {
    CAPTURE(kernels->name);
    std::vector<float> y = x;
    kernels->recurrence(u.data(), 3 * kSize, kRows, kSize, y.data(), kSize);
    CHECK(same_bits(y, expected));
  }
}

TEST_CASE("sigmoid agrees with libm over its whole range", "[nn]") {
  std::vector<float> x(16 * 1200), y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = -86.0F + 0.009F * static_cast<float>(i);
  tercet::best_kernels().sigmoid(x.data(), x.size(), y.data());
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double expected = 1.0 / (1.0 + std::exp(-double{x[i]}));
    worst = std::max(worst, std::abs(double{y[i]} - expected) / expected);
  }
  CHECK(worst < 1e-6);
}

TEST_CASE("layer normalisation gives mean 0 and variance 1 before gain and shift", "[nn]") {
  Random random(6);
  constexpr std::size_t kSize = 256;
  const std::vector<float> x = random.vector(kSize, 5.0F);
  const std::vector<float> one(kSize, 1.0F), zero(kSize, 0.0F);
  std::vector<float> y(kSize);
  tercet::best_kernels().layer_norm(x.data(), one.data(), zero.data(), 1e-12F, kSize, y.data());
  double sum = 0.0, squares = 0.0;
  for (const float v : y) sum += double{v}, squares += double{v} * double{v};
  CHECK(sum / kSize == Approx(0.0).margin(1e-6));
  CHECK(squares / kSize == Approx(1.0).epsilon(1e-4));
}

TEST_CASE("a recurrence follows its definition, forward in one half and backward in the other",
          "[nn]") {
  Random random(8);
  constexpr std::size_t kRows = 6, kSize = 32;
  const std::vector<float> u = random.vector(kRows * 3 * kSize, 3.0F);
  const std::vector<float> x = random.vector(kRows * kSize, 1.0F);
  std::vector<float> y = x;
  tercet::best_kernels().recurrence(u.data(), 3 * kSize, kRows, kSize, y.data(), kSize);
  const auto sigmoid = [](double v) { return 1.0 / (1.0 + std::exp(-v)); };
  for (std::size_t c = 0; c < kSize; ++c) {
    double state = 0.0;
    for (std::size_t step = 0; step < kRows; ++step) {
      const std::size_t row = c < kSize / 2 ? step : kRows - 1 - step;
      const float* gates = u.data() + row * 3 * kSize + c;
      const double f = sigmoid(gates[kSize]), r = sigmoid(gates[2 * kSize]);
      state = f * state + (1.0 - f) * double{gates[0]};
      const double expected = double{x[row * kSize + c]} + r * state;
      CHECK(y[row * kSize + c] == Approx(expected).margin(1e-5));
    }
  }
}
