#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tercet {

/// What training learned about tuples: a weight in 1/1000 logit per feature. Empty: rules keep
/// their measured rates and only tuples with a verb or an apposition are written.
struct OpenWeights {
  std::map<std::string, int, std::less<>> of;
};

/// Read `open_weights.tsv` of a folder; empty if it is not there. Throws Error{Io, Syntax, Schema}
/// with file, line and column.
OpenWeights read_open_weights(const std::filesystem::path& folder);

/// P(a reader states this tuple), 0..1 in steps of 1/10000: the same bytes on every machine.
double probability_of(const OpenWeights& weights, const std::vector<std::string>& features);

}  // namespace tercet
