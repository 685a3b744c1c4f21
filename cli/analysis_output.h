#pragma once

#include <string>
#include <vector>

#include "cli/output.h"
#include "graph/analyze.h"

namespace tercet::cli {

/// The JSON object of the contract, on one line; without scores only what is said of the graph;
/// `slice` names the span of time, where one was cut out.
void write_json(const AnalysisResult& result, const std::vector<std::string>& names,
                bool with_scores, Output& out, const std::string& slice = {});

/// A table of the best `top` rows (0: all), and a note on stderr about the graph.
void write_table(const AnalysisResult& result, const std::vector<std::string>& names, int top,
                 Output& out);

}  // namespace tercet::cli
