#include "cli/analysis_output.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/report.h"
#include "cli/table.h"

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

// "labels": [[cluster, nodes, [members], [relations]], …]
void write_labels_json(const std::vector<ClusterLabel>& labels,
                       const std::vector<std::string>& names, Output& out) {
  out.write(", \"labels\": [");
  for (std::size_t c = 0; c < labels.size(); ++c) {
    out.write((c > 0 ? ", [" : "[") + std::to_string(c) + ", " + std::to_string(labels[c].size) +
              ", [");
    const char* comma = "";
    for (const NodeId member : labels[c].members) {
      out.write(comma + json_string(names[member]));
      comma = ", ";
    }
    out.write("], [");
    comma = "";
    for (const std::string& relation : labels[c].relations) {
      out.write(comma + json_string(relation));
      comma = ", ";
    }
    out.write("]]");
  }
  out.write("]");
}

// "Members, joined (by, relations)": what a cluster is called in a table.
std::string label_text(const ClusterLabel& label, const std::vector<std::string>& names) {
  std::string text;
  for (const NodeId member : label.members) text += (text.empty() ? "" : ", ") + names[member];
  if (label.members.size() < label.size) text += ", …";
  for (std::size_t i = 0; i < label.relations.size(); ++i)
    text += (i == 0 ? " (" : ", ") + label.relations[i];
  return label.relations.empty() ? text : text + ")";
}

// "pair_columns" names what the rows of "pairs" hold.
void write_pairs_json(const AnalysisResult::Pairs& pairs, const std::vector<std::string>& names,
                      Output& out) {
  out.write(", \"pair_columns\": [\"node\", \"with\"");
  for (const auto& [name, column] : pairs.columns) out.write(", " + json_string(name));
  out.write("], \"pairs\": [");
  for (std::size_t i = 0; i < pairs.ends.size(); ++i) {
    const auto& [first, second] = pairs.ends[i];
    out.write((i > 0 ? ", [" : "[") + json_string(names[first]) + ", " +
              json_string(names[second]));
    for (const auto& [name, column] : pairs.columns) out.write(", " + number(column[i]));
    out.write("]");
  }
  out.write("]");
}

}  // namespace

void write_json(const AnalysisResult& result, const std::vector<std::string>& names,
                bool with_scores, Output& out, const std::string& slice) {
  out.write("{");
  if (!slice.empty()) out.write("\"slice\": " + json_string(slice) + ", ");
  out.write("\"measure\": " + json_string(result.measure) + ", \"parameters\": {");
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
    write_labels_json(result.labels, names, out);
  } else if (with_scores && result.pairs) {
    write_pairs_json(*result.pairs, names, out);
  } else if (with_scores) {
    list("scores", result.scores.size(), [&](std::size_t i) { return score_of(result, i); });
    for (const auto& [name, column] : result.columns) {
      const std::vector<double>& values = column;
      list(name, values.size(), [&](std::size_t i) { return number(values[i]); });
    }
  }
  out.write("}\n");
}

namespace {

using Columns = std::vector<std::pair<std::string, std::vector<double>>>;

std::string note_of(const AnalysisResult& result, std::size_t rows, std::size_t all) {
  std::string note =
      std::to_string(result.nodes) + " nodes, " + std::to_string(result.edges) + " edges";
  for (const auto& [name, value] : result.totals) note += "; " + name + " " + value_of(value);
  if (result.modularity) note += "; modularity " + decimal(*result.modularity, 4);
  if (rows < all) note += "; the first " + std::to_string(rows) + " shown (--top 0 for all)";
  return note;
}

std::size_t shown(std::size_t all, int top) {
  return top > 0 ? std::min(all, static_cast<std::size_t>(top)) : all;
}

void write_pairs(const AnalysisResult& result, const std::vector<std::string>& names, int top,
                 Output& out) {
  const AnalysisResult::Pairs& pairs = *result.pairs;
  std::vector<std::string> header = {"node", "with"};
  std::vector<bool> right = {false, false};
  for (const auto& [name, column] : pairs.columns) {
    header.push_back(name);
    right.push_back(true);
  }
  Table table(header, right);
  std::vector<std::size_t> order(pairs.ends.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (result.measure == "edge-betweenness" || result.measure == "dominators") {
    const std::vector<double>& by = pairs.columns.front().second;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return by[a] > by[b]; });
  }
  const std::size_t rows = shown(order.size(), top);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto& [first, second] = pairs.ends[order[i]];
    std::vector<std::string> row = {names[first], names[second]};
    for (const auto& [name, column] : pairs.columns) row.push_back(number(column[order[i]]));
    table.add(std::move(row));
  }
  out.write(table.str(terminal_width()));
  print_note(note_of(result, rows, order.size()));
}

}  // namespace

void write_table(const AnalysisResult& result, const std::vector<std::string>& names, int top,
                 Output& out) {
  if (result.pairs) {
    write_pairs(result, names, top, out);
    return;
  }
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
  if (clusters) {
    header.emplace_back("of");
    right.push_back(false);
  }
  Table table(header, right);
  const std::size_t rows = shown(order.size(), clusters ? 0 : top);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t node = order[i];
    std::vector<std::string> row = {
        names[node], clusters ? std::to_string(result.clusters[node]) : score_of(result, node)};
    for (const auto& [name, column] : result.columns) row.push_back(number(column[node]));
    if (clusters) row.push_back(label_text(result.labels[result.clusters[node]], names));
    table.add(std::move(row));
  }
  out.write(table.str(terminal_width()));
  print_note(note_of(result, rows, order.size()));
}

}  // namespace tercet::cli
