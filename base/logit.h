#pragma once

#include <cstdint>

namespace tercet {

/// The logistic function in whole numbers: P in 1/10000 of a sum of weights in 1/1000 logit.
/// Integer arithmetic and a fixed table, so that every machine gives the same bytes.
int probability_of_logit(std::int64_t millilogit);

}  // namespace tercet
