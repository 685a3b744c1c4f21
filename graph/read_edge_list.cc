#include <charconv>
#include <cmath>

#include "base/error.h"
#include "base/utf8.h"
#include "graph/name_table.h"
#include "graph/read_graph.h"

namespace tercet {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// One line at a time; knows where it is, for errors.
class EdgeListReader {
 public:
  EdgeListReader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  void read() {
    std::size_t at = text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    while (at < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      ++line_number_;
      std::string_view line = text_.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      read_line(line);
      at = end + 1;
    }
  }

  NameTable names;
  EdgeColumns edges;

 private:
  [[noreturn]] void fail(std::string_view line, std::string_view field, const std::string& what,
                         Error::Code code = Error::Code::Syntax) const {
    const auto column = static_cast<std::uint32_t>(field.data() - line.data() + 1);
    throw Error(code, what, {file_, line_number_, column}, "a line is: u v [weight]");
  }

  static std::string_view next_field(std::string_view line, std::size_t& at) {
    while (at < line.size() && is_blank(line[at])) ++at;
    const std::size_t begin = at;
    while (at < line.size() && !is_blank(line[at])) ++at;
    return line.substr(begin, at - begin);
  }

  void read_line(std::string_view line) {
    std::size_t at = 0;
    const std::string_view source = next_field(line, at);
    if (source.empty() || source.front() == '#') return;
    const std::string_view target = next_field(line, at);
    if (target.empty()) fail(line, target, "an edge needs two ids");
    const std::string_view weight = next_field(line, at);
    const std::string_view rest = next_field(line, at);
    if (!rest.empty()) fail(line, rest, "more than three fields");
    edges.sources.push_back(id_of(line, source));
    edges.targets.push_back(id_of(line, target));
    if (!weight.empty() && edges.weights.empty()) {
      edges.weights.assign(edges.sources.size() - 1, 1.0);
      weighted_ = true;
    }
    if (weighted_) edges.weights.push_back(weight.empty() ? 1.0 : weight_of(line, weight));
  }

  NodeId id_of(std::string_view line, std::string_view field) {
    if (!is_valid_utf8(field)) fail(line, field, "an id is not UTF-8");
    const NodeId id = names.insert(field);
    if (id == NameTable::kAbsent) fail(line, field, "too many nodes", Error::Code::Resource);
    return id;
  }

  double weight_of(std::string_view line, std::string_view field) const {
    double weight = 0;
    const char* const end = field.data() + field.size();
    const auto [stop, error] = std::from_chars(field.data(), end, weight);
    if (error != std::errc() || stop != end || !std::isfinite(weight) || weight < 0) {
      fail(line, field, "a weight is a finite number, 0 or more");
    }
    return weight;
  }

  std::string_view text_;
  const std::string& file_;
  std::uint32_t line_number_ = 0;
  bool weighted_ = false;
};

}  // namespace

LabelledGraph read_edge_list(std::string_view text, const std::string& file, bool directed) {
  EdgeListReader reader(text, file);
  reader.read();
  LabelledGraph graph;
  graph.names = reader.names.names();
  graph.graph = Csr(static_cast<NodeId>(graph.names.size()), reader.edges, directed);
  return graph;
}

LabelledGraph read_graph(std::string_view text, const std::string& file, bool undirected) {
  std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < text.size() && (is_blank(text[at]) || text[at] == '\n' || text[at] == '\r')) ++at;
  // UTF-16 documents open with one of its two byte order marks.
  // Nothing, or a table, is no GraphML, and its name says that GraphML was meant.
  const bool is_named_so = file.ends_with(".graphml") || file.ends_with(".GraphML");
  const bool is_xml = is_named_so || (at < text.size() && text[at] == '<') ||
                      text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE");
  return is_xml ? read_graphml(text, file, undirected) : read_edge_list(text, file, !undirected);
}

}  // namespace tercet
