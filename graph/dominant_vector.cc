#include "graph/dominant_vector.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tercet {
namespace {

// Size of the space built between restarts. Long directed cycles have eigenvalues all around a
// circle and need a large one; most graphs have done after one restart.
constexpr std::size_t kFewSteps = 20, kManySteps = 80;
constexpr unsigned kPatience = 6;                        // restarts with few steps
constexpr std::size_t kMaxBasis = std::size_t{1} << 26;  // numbers, 512 MiB
constexpr unsigned kRestarts = 250;
constexpr double kTolerance = 1e-12;

// A small square matrix.
class Small {
 public:
  explicit Small(std::size_t size) : size_(size), values_(size * size) {}
  double& operator()(std::size_t i, std::size_t j) { return values_[i * size_ + j]; }
  double operator()(std::size_t i, std::size_t j) const { return values_[i * size_ + j]; }
  std::vector<double>& values() { return values_; }

 private:
  std::size_t size_;
  std::vector<double> values_;
};

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void scale(std::vector<double>& x, double factor) {
  for (double& value : x) value *= factor;
}

// Eigenvector of the eigenvalue of `matrix` with the largest real part, by squaring (matrix +
// shift) until only that one is left: 2^40 steps of power iteration for 40 small products.
std::vector<double> small_dominant(const Small& matrix, std::size_t size) {
  Small power(size);
  double shift = 0;
  for (std::size_t i = 0; i < size; ++i) {
    double row = 0;
    for (std::size_t j = 0; j < size; ++j) {
      power(i, j) = matrix(i, j);
      row += std::fabs(matrix(i, j));
    }
    shift = std::max(shift, row);
  }
  for (std::size_t i = 0; i < size; ++i) power(i, i) += shift;
  for (int squaring = 0; squaring < 40; ++squaring) {
    double largest = 0;
    for (const double value : power.values()) largest = std::max(largest, std::fabs(value));
    if (largest == 0) break;
    for (double& value : power.values()) value /= largest;
    Small square(size);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t k = 0; k < size; ++k) {
        const double factor = power(i, k);
        for (std::size_t j = 0; j < size; ++j) square(i, j) += factor * power(k, j);
      }
    }
    power = square;
  }
  // Every column is a multiple of the vector; take the longest.
  std::vector<double> best(size);
  double longest = 0;
  for (std::size_t j = 0; j < size; ++j) {
    double length = 0;
    for (std::size_t i = 0; i < size; ++i) length += power(i, j) * power(i, j);
    if (length <= longest) continue;
    longest = length;
    for (std::size_t i = 0; i < size; ++i) best[i] = power(i, j);
  }
  if (longest > 0) scale(best, 1 / std::sqrt(longest));
  return best;
}

}  // namespace

std::vector<double> dominant_vector(const Multiply& multiply, std::vector<double> start,
                                    const RunControl& control) {
  const std::size_t n = start.size();
  const std::size_t most = std::max(kFewSteps, std::min(kManySteps, kMaxBasis / (n + 1)));
  std::vector<std::vector<double>> basis;
  std::vector<double> vector = std::move(start);
  for (unsigned restart = 0; restart < kRestarts; ++restart) {
    const double length = std::sqrt(dot(vector, vector));
    if (length == 0) break;
    scale(vector, 1 / length);
    const std::size_t steps = std::min(n, n <= most || restart >= kPatience ? most : kFewSteps);
    basis.resize(steps + 1);
    basis[0] = vector;
    Small matrix(steps);
    std::size_t size = 0;
    double next_length = 0;
    while (size < steps) {
      check_in(control, 0);
      std::vector<double>& next = basis[size + 1];
      next.resize(n);
      multiply(basis[size], next);
      const double before = std::sqrt(dot(next, next));
      // Twice, as rounding in the first round can leave a rest.
      for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i <= size; ++i) {
          const double part = dot(basis[i], next);
          matrix(i, size) += part;
          for (std::size_t v = 0; v < n; ++v) next[v] -= part * basis[i][v];
        }
      }
      next_length = std::sqrt(dot(next, next));
      ++size;
      if (next_length <= 1e-14 * before || before == 0) {  // the space is closed under M
        next_length = 0;
        break;
      }
      if (size < steps) matrix(size, size - 1) = next_length;
      scale(next, 1 / next_length);
    }
    const std::vector<double> small = small_dominant(matrix, size);
    double value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) value += small[i] * matrix(i, j) * small[j];
    }
    std::fill(vector.begin(), vector.end(), 0.0);
    double sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t v = 0; v < n; ++v) vector[v] += small[i] * basis[i][v];
    }
    for (const double entry : vector) sum += entry;
    if (sum < 0) scale(vector, -1);
    for (double& entry : vector) entry = std::max(entry, 0.0);
    if (next_length * std::fabs(small[size - 1]) <= kTolerance * std::fabs(value)) break;
  }
  return vector;
}

}  // namespace tercet
