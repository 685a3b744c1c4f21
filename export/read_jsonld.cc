#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"
#include "export/iri.h"
#include "export/jsonld.h"
#include "export/triple_facts.h"

namespace tercet {
namespace {

constexpr int kMaxDepth = 32;
constexpr const char* kAdvice =
    "only the shape tercet writes is read; riot or oxigraph convert JSON-LD to N-Quads (.nq)";

struct Definition {
  std::string iri;  ///< as written: perhaps compact
  bool is_link = false;
};

/// Takes the events of the parser. The state is a stack of what is open; an event that the shape
/// does not allow stores what is wrong and stops the parser.
class Handler {
 public:
  explicit Handler(TripleFacts& facts) : facts_(facts) {}

  const std::string& wrong() const { return wrong_; }

  bool Null() { return fail("null is no value"); }
  bool Bool(bool) { return fail("a boolean is no value"); }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  // With kParseNumbersAsStringsFlag: the digits as they stand.
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    if (top() == State::Definitions && key_ == "@version") return true;
    return value({digits, size}, false);
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return value({text, size}, true);
  }

  bool StartObject() {
    switch (top()) {
      case State::Start:
        stack_.push_back(State::Document);
        return true;
      case State::Document:
        if (key_ != "@context") return fail("@graph must be an array of nodes");
        stack_.push_back(State::Definitions);
        return true;
      case State::Definitions:
        definition_ = key_;
        definitions_[definition_] = {};
        stack_.push_back(State::Definition);
        return true;
      case State::Graph:
        return open_node();
      case State::Node:
      case State::Values:
        if (is_type_) return fail("@type must be IRIs");
        return open_node();
      default:
        return fail("an object where none is read");
    }
  }

  bool Key(const char* text, rapidjson::SizeType size, bool) {
    key_.assign(text, size);
    switch (top()) {
      case State::Document:
        if (key_ == "@context" && !has_context_) return true;
        if (key_ == "@graph" && has_context_) return true;
        return fail(key_ == "@graph" ? "@context must come before @graph"
                                     : printable(key_) + " beside @context and @graph");
      case State::Node:
        return node_key();
      case State::Definitions:
        if (key_.starts_with('@') && key_ != "@version") return fail(key_ + " in the context");
        return true;
      default:
        return true;
    }
  }

  bool EndObject(rapidjson::SizeType) {
    const State closed = top();
    stack_.pop_back();
    if (closed == State::Definitions) has_context_ = true;
    if (closed == State::Definition && definitions_[definition_].iri.empty()) {
      return fail("the context does not say what " + printable(definition_) + " is");
    }
    if (closed == State::Node) return close_node();
    return true;
  }

  bool StartArray() {
    if (top() == State::Document && key_ == "@graph") {
      stack_.push_back(State::Graph);
      return true;
    }
    if (top() != State::Node || is_id_) return fail("an array where none is read");
    stack_.push_back(State::Values);
    return true;
  }
  bool EndArray(rapidjson::SizeType) {
    stack_.pop_back();
    return true;
  }

 private:
  enum class State : std::uint8_t { Start, Document, Definitions, Definition, Graph, Node, Values };
  struct Node {
    std::string id;
    std::vector<std::string> types;
    // What the node is a value of.
    std::string parent, predicate;
    bool parent_is_type = false, parent_is_link = false;
    // {"@value": ...}
    std::string literal;
    bool is_literal = false, has_other = false;
  };

  State top() const { return stack_.back(); }
  bool fail(const std::string& what) {
    if (wrong_.empty()) wrong_ = what;
    return false;
  }

  bool open_node() {
    if (nodes_.size() >= kMaxDepth) return fail("nodes inside nodes inside nodes");
    Node node;
    if (!nodes_.empty()) {
      if (nodes_.back().id.empty()) return fail("a node's @id must come before its properties");
      node.parent = nodes_.back().id;
      node.predicate = predicate_;
      node.parent_is_link = is_link_;
    }
    nodes_.push_back(std::move(node));
    stack_.push_back(State::Node);
    return true;
  }

  bool close_node() {
    const Node node = std::move(nodes_.back());
    nodes_.pop_back();
    predicate_ = node.predicate;
    is_link_ = node.parent_is_link;
    is_type_ = is_id_ = is_value_ = false;
    if (node.is_literal) {
      if (node.has_other || node.parent.empty()) return fail("@value beside other keys");
      facts_.add(node.parent, node.predicate, node.literal, false);
      return true;
    }
    if (node.id.empty()) return fail("a node without @id");
    if (!node.parent.empty()) facts_.add(node.parent, node.predicate, node.id, true);
    return true;
  }

  bool node_key() {
    Node& node = nodes_.back();
    is_type_ = key_ == "@type";
    is_id_ = key_ == "@id";
    is_value_ = key_ == "@value" || key_ == "@language";
    if (is_value_) return true;
    node.has_other = node.has_other || !is_type_;
    if (is_type_ || is_id_) return true;
    if (key_.starts_with('@')) return fail(printable(key_) + " is not read");
    if (node.id.empty()) return fail("a node's @id must come before its properties");
    const auto found = definitions_.find(key_);
    is_link_ = found != definitions_.end() && found->second.is_link;
    return expand(key_, true, predicate_);
  }

  bool value(std::string_view text, bool is_string) {
    switch (top()) {
      case State::Document:
        if (key_ != "@context") return fail("@graph must be an array of nodes");
        return known_context(text);
      case State::Definitions:
        if (key_ == "@version") return true;
        definitions_[key_] = {std::string(text), false};
        return is_string || fail("the context does not say what " + printable(key_) + " is");
      case State::Definition: {
        Definition& definition = definitions_[definition_];
        if (key_ == "@id") {
          definition.iri = text;
          return true;
        }
        if (key_ == "@type") {
          definition.is_link = text == "@id";
          return text != "@vocab" && text != "@json";
        }
        if (key_ == "@container" && text == "@set") return true;
        return fail(printable(key_) + " in the context");
      }
      case State::Node:
      case State::Values:
        return node_value(text, is_string);
      default:
        return fail("a value where none is read");
    }
  }

  bool node_value(std::string_view text, bool is_string) {
    Node& node = nodes_.back();
    std::string iri;
    if (is_id_ || is_type_) {
      if (!is_string) return fail("an IRI must be a string");
      if (!expand(std::string(text), is_type_, iri)) return false;
      if (is_type_) {
        node.types.push_back(iri);
        if (!node.id.empty()) return add_types(node);
        return true;
      }
      if (!node.id.empty()) return fail("two @id in one node");
      node.id = iri;
      return add_types(node);
    }
    if (is_value_) {
      if (key_ == "@value") {
        node.literal = text;
        node.is_literal = true;
      }
      return true;
    }
    if (!is_link_) {
      facts_.add(node.id, predicate_, text, false);
      return true;
    }
    if (!is_string) return fail("a link must be a string");
    if (!expand(std::string(text), false, iri)) return false;
    facts_.add(node.id, predicate_, iri, true);
    return true;
  }

  bool add_types(Node& node) {
    static const std::string kType = namespace_iri(Namespace::Rdf, "") + "type";
    for (const std::string& type : node.types) facts_.add(node.id, kType, type, true);
    node.types.clear();
    return true;
  }

  // Our own context is known by its IRI; no other one is looked at, from anywhere.
  bool known_context(std::string_view iri) {
    static constexpr std::string_view kEnd = "context/v1.jsonld";
    if (!iri.ends_with(kEnd) || !is_absolute_iri(iri)) {
      return fail("a context outside the file is never fetched");
    }
    const std::string base(iri.substr(0, iri.size() - kEnd.size()));
    for (std::size_t i = 0; i < namespaces().size(); ++i) {
      definitions_[std::string(namespaces()[i].prefix)] = {
          namespace_iri(static_cast<Namespace>(i), base), false};
    }
    for (const Property& property : properties()) {
      definitions_[std::string(property.key)] = {
          namespace_iri(property.iri.space, base) + std::string(property.iri.local),
          property.kind == ValueKind::Link};
    }
    has_context_ = true;
    return true;
  }

  // A term, PREFIX:LOCAL, or an absolute IRI.
  bool expand(const std::string& text, bool may_be_term, std::string& out) {
    if (const auto known = definitions_.find(text); may_be_term && known != definitions_.end()) {
      return expand_compact(known->second.iri, out);
    }
    return expand_compact(text, out);
  }
  bool expand_compact(const std::string& text, std::string& out) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return fail(printable(text) + " maps to nothing");
    const auto prefix = definitions_.find(text.substr(0, colon));
    if (prefix != definitions_.end() && text.compare(colon, 3, "://") != 0) {
      out = prefix->second.iri + text.substr(colon + 1);
    } else {
      out = text;
    }
    if (!is_scheme(out)) return fail(printable(text) + " is not an absolute IRI");
    return true;
  }
  static bool is_scheme(const std::string& iri) {
    return iri.starts_with("http://") || iri.starts_with("https://") || iri.starts_with("urn:");
  }

  TripleFacts& facts_;
  std::vector<State> stack_{State::Start};
  std::vector<Node> nodes_;
  std::map<std::string, Definition> definitions_;
  std::string key_, definition_, predicate_, wrong_;
  bool has_context_ = false, is_link_ = false, is_type_ = false, is_id_ = false, is_value_ = false;
};

}  // namespace

FactFile read_jsonld_facts(std::string_view bytes, const std::string& file, const OnSkipped&) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  TripleFacts facts;
  Handler handler(facts);
  rapidjson::MemoryStream memory(bytes.data(), bytes.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(memory);
  rapidjson::Reader reader;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  reader.Parse<kFlags>(stream, handler);
  if (reader.HasParseError()) {
    const std::size_t at = std::min(reader.GetErrorOffset(), bytes.size());
    const std::string_view before = bytes.substr(0, at);
    const auto line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1);
    const std::size_t start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const Position place{file, line, static_cast<std::uint32_t>(at - start + 1)};
    if (!handler.wrong().empty()) throw Error(Error::Code::Schema, handler.wrong(), place, kAdvice);
    throw Error(Error::Code::Syntax, rapidjson::GetParseError_En(reader.GetParseErrorCode()),
                place);
  }
  return facts.finish(file);
}

}  // namespace tercet
