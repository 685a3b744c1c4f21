#include "base/logit.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tercet {

int probability_of_logit(std::int64_t millilogit) {
  // 1/(1+exp(-x)) at x = 0, 0.25, ..., 8, in 1/10000; straight lines between.
  static constexpr std::array<int, 33> kLogistic = {
      5000, 5622, 6225, 6792, 7311, 7773, 8176, 8520, 8808, 9047, 9241,
      9399, 9526, 9627, 9707, 9770, 9820, 9859, 9890, 9914, 9933, 9948,
      9959, 9968, 9975, 9981, 9985, 9988, 9991, 9993, 9994, 9996, 9997};
  const bool below = millilogit < 0;
  const std::int64_t x = std::min<std::int64_t>(below ? -millilogit : millilogit, 7999);
  const auto cell = static_cast<std::size_t>(x / 250);
  const std::int64_t within = x % 250;
  const auto value =
      static_cast<int>(kLogistic[cell] + (kLogistic[cell + 1] - kLogistic[cell]) * within / 250);
  return below ? 10000 - value : value;
}

}  // namespace tercet
