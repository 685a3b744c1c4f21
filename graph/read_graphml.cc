#include <expat.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "base/error.h"
#include "graph/name_table.h"
#include "graph/read_graph.h"

namespace tercet {
namespace {

constexpr std::size_t kMaxDepth = 256;
constexpr std::size_t kMaxScalarText = 64;  // bytes of a <data> that holds a number or a boolean
constexpr std::size_t kChunk = 1 << 20;     // bytes given to expat at once: its lengths are int
constexpr char kNamespaceMark = '\n';       // no URI and no name holds one

// Attributes of one element, without namespace.
class Attributes {
 public:
  explicit Attributes(const XML_Char** list) : list_(list) {}
  std::optional<std::string_view> find(std::string_view name) const {
    for (const XML_Char** at = list_; *at != nullptr; at += 2) {
      if (name == *at) return std::string_view(at[1]);
    }
    return std::nullopt;
  }

 private:
  const XML_Char** list_;
};

// A declared <key>: what its data must look like, and whether they are edge weights.
enum class DataType : std::uint8_t { Text, Integer, Real, Boolean };
struct Key {
  DataType type = DataType::Text;
  bool is_weight = false;
};

DataType type_named(std::string_view name) {
  if (name == "int" || name == "long") return DataType::Integer;
  if (name == "float" || name == "double") return DataType::Real;
  if (name == "boolean") return DataType::Boolean;
  return DataType::Text;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_of_type(std::string_view text, DataType type) {
  switch (type) {
    case DataType::Text:
      return true;
    case DataType::Integer:
      return number_in<std::int64_t>(text).has_value();
    case DataType::Boolean:
      return text == "true" || text == "false" || text == "1" || text == "0";
    case DataType::Real:
      return number_in<double>(text).has_value() || text == "NaN" || text == "INF" ||
             text == "-INF";
  }
  return false;
}

struct RawEdge {
  NodeId source, target;
  double weight;
  bool directed;
  std::uint64_t at;  // byte in the text: lines are counted only for an error
};

class GraphmlReader {
 public:
  GraphmlReader(std::string_view text, const std::string& file)
      : whole_(text), text_(text), file_(file) {
    parser_.reset(XML_ParserCreateNS(nullptr, kNamespaceMark));
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const XML_Char* name, const XML_Char** attributes) {
          guarded(self, [&](GraphmlReader& r) { r.open(name, Attributes(attributes)); });
        },
        [](void* self, const XML_Char*) { guarded(self, [](GraphmlReader& r) { r.close(); }); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const XML_Char* part, int length) {
      guarded(self,
              [&](GraphmlReader& r) { r.characters({part, static_cast<std::size_t>(length)}); });
    });
    XML_SetEntityDeclHandler(
        parser_.get(), [](void* self, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
                          const XML_Char*, const XML_Char*, const XML_Char*) {
          guarded(self, [](GraphmlReader& r) { r.fail("entity declarations are not allowed"); });
        });
    XML_SetSkippedEntityHandler(parser_.get(), [](void* self, const XML_Char*, int) {
      guarded(self, [](GraphmlReader& r) { r.fail("an undefined entity"); });
    });
  }

  LabelledGraph read(bool undirected) {
    edges_.reserve(text_.size() / 64);  // few edges take less: what is not used is not touched
    bool more = true;
    while (more) {
      const std::size_t size = std::min(text_.size(), kChunk);
      more = size < text_.size();
      const XML_Status status =
          XML_Parse(parser_.get(), text_.data(), static_cast<int>(size), !more);
      if (error_) std::rethrow_exception(error_);
      if (status != XML_STATUS_OK) fail(XML_ErrorString(XML_GetErrorCode(parser_.get())));
      text_.remove_prefix(size);
    }
    if (!graph_seen_) {
      throw Error(Error::Code::Schema, "not GraphML: no <graph> in it", {file_});
    }
    return finish(undirected);
  }

 private:
  enum class Element : std::uint8_t { Graphml, Key, Default, Graph, Node, Edge, Data, Other };

  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  // No exception may pass through expat, which is C: keep the first and stop the parser.
  template <typename Call>
  static void guarded(void* self, const Call& call) {
    auto& reader = *static_cast<GraphmlReader*>(self);
    if (reader.error_) return;
    try {
      call(reader);
    } catch (...) {
      reader.error_ = std::current_exception();
      XML_StopParser(reader.parser_.get(), XML_FALSE);
    }
  }

  Position here() const {
    return {file_, static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get())),
            static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_.get())) + 1};
  }
  Position position_of(std::uint64_t byte) const {
    const std::string_view before = whole_.substr(0, byte);
    const std::size_t line_begin = before.rfind('\n') + 1;  // 0 in the first line
    return {file_, static_cast<std::uint32_t>(1 + std::ranges::count(before, '\n')),
            static_cast<std::uint32_t>(before.size() - line_begin + 1)};
  }
  [[noreturn]] void fail(const std::string& what, Error::Code code = Error::Code::Syntax) const {
    throw Error(code, "not GraphML: " + what, here());
  }
  [[noreturn]] void fail_schema(const std::string& what) const { fail(what, Error::Code::Schema); }

  static Element element_named(std::string_view name) {
    const std::size_t mark = name.rfind(kNamespaceMark);
    if (mark != std::string_view::npos) name.remove_prefix(mark + 1);
    if (name == "graphml") return Element::Graphml;
    if (name == "key") return Element::Key;
    if (name == "default") return Element::Default;
    if (name == "graph") return Element::Graph;
    if (name == "node") return Element::Node;
    if (name == "edge") return Element::Edge;
    if (name == "data") return Element::Data;
    return Element::Other;
  }

  static bool is_hyperedge(std::string_view name) {
    return name.substr(name.rfind(kNamespaceMark) + 1) == "hyperedge";
  }

  std::string_view required(const Attributes& attributes, std::string_view name,
                            std::string_view element) const {
    const auto value = attributes.find(name);
    if (!value) {
      fail_schema("<" + std::string(element) + "> without " + std::string(name));
    }
    return *value;
  }

  void open(std::string_view name, const Attributes& attributes) {
    if (path_.size() >= kMaxDepth) fail("nested deeper than 256 elements");
    const Element element = element_named(name);
    if (path_.empty() && element != Element::Graphml) fail_schema("the root is not <graphml>");
    const Element parent = path_.empty() ? Element::Other : path_.back();
    path_.push_back(element);
    // Inside <data> anything may stand (drawings, text): it is not ours to read.
    if (data_depth_ > 0) return;
    switch (element) {
      case Element::Key:
        open_key(attributes);
        break;
      case Element::Default:
        if (parent == Element::Key) take_text(keys_[open_key_]);
        break;
      case Element::Graph:
        open_graph(attributes);
        break;
      case Element::Node:
        open_node(attributes);
        break;
      case Element::Edge:
        open_edge(attributes);
        break;
      case Element::Data:
        data_depth_ = path_.size();
        if (const auto key = keys_.find(attributes.find("key").value_or("")); key != keys_.end()) {
          take_text(key->second);
          taking_.is_weight = taking_.is_weight && parent == Element::Edge;
        }
        break;
      case Element::Graphml:
        break;
      case Element::Other:
        if (is_hyperedge(name)) fail_schema("hyperedges are not supported");
        break;
    }
  }

  void open_key(const Attributes& attributes) {
    const auto domain = attributes.find("for");
    const auto name = attributes.find("attr.name");
    open_key_ = required(attributes, "id", "key");
    Key& key = keys_[open_key_];
    key.type = type_named(attributes.find("attr.type").value_or("string"));
    key.is_weight = name == "weight" && (!domain || domain == "edge" || domain == "all");
  }

  void open_graph(const Attributes& attributes) {
    const auto value = attributes.find("edgedefault");
    if (value && value != "directed" && value != "undirected") {
      fail_schema("edgedefault is neither directed nor undirected");
    }
    graph_seen_ = true;
    graphs_.push_back(value ? value == "directed" : graphs_.empty() || graphs_.back());
  }

  void open_node(const Attributes& attributes) {
    if (graphs_.empty()) fail_schema("<node> outside <graph>");
    const std::string_view id = required(attributes, "id", "node");
    const NodeId node = names_.insert(id);
    if (node == NameTable::kAbsent) fail("too many nodes", Error::Code::Resource);
    if (node >= declared_.size()) declared_.resize(std::size_t{node} + 1, false);
    if (declared_[node]) fail_schema("node '" + std::string(id) + "' is declared twice");
    declared_[node] = true;
    node_order_.push_back(node);
  }

  void open_edge(const Attributes& attributes) {
    if (graphs_.empty()) fail_schema("<edge> outside <graph>");
    const auto value = attributes.find("directed");
    if (value && value != "true" && value != "false" && value != "1" && value != "0") {
      fail_schema("directed is neither true nor false");
    }
    const bool directed = value ? (value == "true" || value == "1") : graphs_.back();
    // An edge may stand before its nodes.
    const std::string_view from = required(attributes, "source", "edge");
    // Edges mostly come sorted by their source.
    const NodeId source = !edges_.empty() && names_.at(edges_.back().source) == from
                              ? edges_.back().source
                              : names_.insert(from);
    const NodeId target = names_.insert(required(attributes, "target", "edge"));
    if (source == NameTable::kAbsent || target == NameTable::kAbsent) {
      fail("too many nodes", Error::Code::Resource);
    }
    edges_.push_back({source, target, default_weight_, directed,
                      static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_.get()))});
  }

  void close() {
    const Element element = path_.back();
    if (element == Element::Data && data_depth_ == path_.size()) {
      data_depth_ = 0;
      if (const auto value = take_scalar()) edges_.back().weight = *value;
    } else if (data_depth_ == 0) {
      if (element == Element::Default) default_weight_ = take_scalar().value_or(default_weight_);
      if (element == Element::Graph) graphs_.pop_back();
    }
    path_.pop_back();
  }

  void take_text(const Key& key) {
    taking_ = key;
    taking_text_ = key.type != DataType::Text || key.is_weight;
    scalar_.clear();
  }

  void characters(std::string_view text) {
    if (!taking_text_) return;
    if (scalar_.size() + text.size() > kMaxScalarText)
      fail_schema("a number or truth value expected");
    scalar_ += text;
  }

  // Checks what was taken; the value if it is an edge's weight.
  std::optional<double> take_scalar() {
    if (!taking_text_) return std::nullopt;
    taking_text_ = false;
    const std::string_view text = trimmed(scalar_);
    if (!is_of_type(text, taking_.type)) fail_schema("a value is not of the type of its key");
    if (!taking_.is_weight) return std::nullopt;
    const std::optional<double> value = number_in<double>(text);
    if (!value || !std::isfinite(*value) || *value < 0) {
      fail_schema("a weight is a finite number, 0 or more");
    }
    weighted_ = true;
    return value;
  }

  LabelledGraph finish(bool undirected) const {
    // Names were numbered by first use, also by edges; nodes count in document order.
    std::vector<NodeId> rank(names_.size(), NameTable::kAbsent);
    LabelledGraph graph;
    for (const NodeId node : node_order_) {
      rank[node] = static_cast<NodeId>(graph.names.size());
      graph.names.emplace_back(names_.at(node));
    }
    bool directed = false;
    for (const RawEdge& edge : edges_) directed = directed || edge.directed;
    if (undirected) directed = false;
    if (edges_.empty() && !undirected) directed = true;
    EdgeColumns columns;
    const auto add = [&](NodeId source, NodeId target, double weight) {
      columns.sources.push_back(source);
      columns.targets.push_back(target);
      if (weighted_) columns.weights.push_back(weight);
    };
    for (const RawEdge& edge : edges_) {
      for (const NodeId end : {edge.source, edge.target}) {
        if (rank[end] == NameTable::kAbsent) {
          throw Error(Error::Code::Schema,
                      "not GraphML: no node has the id '" + std::string(names_.at(end)) + "'",
                      position_of(edge.at));
        }
      }
      add(rank[edge.source], rank[edge.target], edge.weight);
      if (directed && !edge.directed && edge.source != edge.target) {
        add(rank[edge.target], rank[edge.source], edge.weight);
      }
    }
    graph.graph = Csr(static_cast<NodeId>(graph.names.size()), columns, directed);
    return graph;
  }

  std::string_view whole_, text_;  // text_: what is not yet parsed
  const std::string& file_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::exception_ptr error_;

  std::vector<Element> path_;
  std::size_t data_depth_ = 0;  // size of path_ at the outermost open <data>, or 0
  std::vector<bool> graphs_;    // per open <graph>: directed by default
  std::map<std::string, Key, std::less<>> keys_;
  std::string open_key_;  // id of the last <key>
  Key taking_;            // the key whose text is being read, if taking_text_
  bool taking_text_ = false, weighted_ = false, graph_seen_ = false;
  std::string scalar_;
  double default_weight_ = 1.0;

  NameTable names_;
  std::vector<bool> declared_;
  std::vector<NodeId> node_order_;
  std::vector<RawEdge> edges_;
};

}  // namespace

LabelledGraph read_graphml(std::string_view text, const std::string& file, bool undirected) {
  return GraphmlReader(text, file).read(undirected);
}

}  // namespace tercet
