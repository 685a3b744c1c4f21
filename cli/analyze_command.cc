#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/table.h"
#include "graph/analyze.h"
#include "graph/projection.h"
#include "graph/read_graph.h"

namespace tercet::cli {
namespace {

/// Shortest decimal form that reads back as the same number; NaN (not defined) is null.
std::string number(double value) {
  if (!std::isfinite(value)) return "null";
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string json_string(std::string_view text) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  const std::string valid = to_valid_utf8(text);
  writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

std::string value_of(const AnalysisResult::Value& value) {
  struct Print {
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(std::int64_t i) const { return std::to_string(i); }
    std::string operator()(double d) const { return number(d); }
    std::string operator()(const std::string& s) const { return json_string(s); }
  };
  return std::visit(Print{}, value);
}

std::string score_of(const AnalysisResult& result, std::size_t node) {
  const double score = result.scores[node];
  if (result.whole && std::isfinite(score)) return std::to_string(static_cast<std::int64_t>(score));
  return number(score);
}

void write_json(const AnalysisResult& result, const std::vector<std::string>& names,
                bool with_scores, Output& out) {
  out.write("{\"measure\": " + json_string(result.measure) + ", \"parameters\": {");
  const char* comma = "";
  for (const auto& [name, value] : result.parameters) {
    out.write(comma + json_string(name) + ": " + value_of(value));
    comma = ", ";
  }
  out.write("}, \"seconds\": " + decimal(result.seconds, 6) + ", \"nodes\": " +
            std::to_string(result.nodes) + ", \"edges\": " + std::to_string(result.edges));
  for (const auto& [name, value] : result.totals) {
    out.write(", " + json_string(name) + ": " + value_of(value));
  }
  if (result.modularity) out.write(", \"modularity\": " + number(*result.modularity));
  const auto list = [&](std::string_view key, std::size_t count, auto&& value) {
    out.write(", " + json_string(key) + ": [");
    for (std::size_t i = 0; i < count; ++i) {
      out.write((i > 0 ? ", [" : "[") + json_string(names[i]) + ", " + value(i) + "]");
    }
    out.write("]");
  };
  if (with_scores && result.modularity) {
    list("clusters", result.clusters.size(),
         [&](std::size_t i) { return std::to_string(result.clusters[i]); });
  } else if (with_scores) {
    list("scores", result.scores.size(), [&](std::size_t i) { return score_of(result, i); });
    for (const auto& [name, column] : result.columns) {
      const std::vector<double>& values = column;
      list(name, values.size(), [&](std::size_t i) { return number(values[i]); });
    }
  }
  out.write("}\n");
}

void write_table(const AnalysisResult& result, const std::vector<std::string>& names, int top,
                 Output& out) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), 0u);
  const bool clusters = result.modularity.has_value();
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (clusters) return result.clusters[a] < result.clusters[b];
    const double x = result.scores[a], y = result.scores[b];
    if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
    return x > y;
  });
  std::vector<std::string> header = {"node", clusters ? "cluster" : result.measure};
  std::vector<bool> right = {false, true};
  for (const auto& [name, column] : result.columns) {
    header.push_back(name);
    right.push_back(true);
  }
  Table table(header, right);
  const std::size_t rows = top > 0 && !clusters
                               ? std::min<std::size_t>(order.size(), static_cast<std::size_t>(top))
                               : order.size();
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t node = order[i];
    std::vector<std::string> row = {
        names[node], clusters ? std::to_string(result.clusters[node]) : score_of(result, node)};
    for (const auto& [name, column] : result.columns) row.push_back(number(column[node]));
    table.add(std::move(row));
  }
  out.write(table.str(terminal_width()));
  std::string note =
      std::to_string(result.nodes) + " nodes, " + std::to_string(result.edges) + " edges";
  for (const auto& [name, value] : result.totals) note += "; " + name + " " + value_of(value);
  if (result.modularity) note += "; modularity " + decimal(*result.modularity, 4);
  if (rows < order.size())
    note += "; the first " + std::to_string(rows) + " shown (--top 0 for all)";
  print_note(note);
}

}  // namespace

int run(const AnalyzeCommand& command) {
  const std::vector<std::string> known(measures().begin(), measures().end());
  if (std::ranges::find(known, command.measure) == known.end()) {
    const std::string_view near = closest(command.measure, known);
    throw Error(Error::Code::Usage, "unknown measure \"" + command.measure + "\"", {},
                near.empty() ? "tercet help analyze lists them"
                             : "did you mean \"" + std::string(near) + "\"?");
  }
  Problems problems;
  LabelledGraph graph;
  if (!command.graph.empty()) {
    const std::string bytes = read_bytes(command.graph);
    graph = read_graph(bytes, command.graph == "-" ? "stdin" : command.graph, command.undirected);
  } else {
    graph = project_named(read_source(command.source, problems));
  }
  stop_if_interrupted();
  AnalyzeOptions options;
  options.undirected = command.undirected;
  options.seed = command.seed;
  const InterruptStop interrupt;
  RunControl control;
  control.stop = interrupt.token();
  control.threads = static_cast<unsigned>(command.jobs);
  const AnalysisResult result = [&] {
    try {
      return analyze(graph, command.measure, options, control);
    } catch (const Stopped&) {
      throw Interrupted{};
    }
  }();
  stop_if_interrupted();
  Output output(std::nullopt);
  if (command.json)
    write_json(result, graph.names, !command.no_scores, output);
  else
    write_table(result, graph.names, command.no_scores ? 1 : command.top, output);
  output.commit();
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
