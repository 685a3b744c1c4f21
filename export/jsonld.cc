#include "export/jsonld.h"

#include <array>
#include <vector>

#include "base/json.h"
#include "export/iri.h"
#include "export/json_text.h"
#include "export/output.h"
#include "export/rdf_text.h"

namespace tercet {
namespace {

void append_compact(std::string& out, Iri iri) {
  if (iri.space != Namespace::Absolute) {
    out += namespaces()[static_cast<std::size_t>(iri.space)].prefix;
    out += ':';
  }
  out += iri.local;
}

// Never xsd:decimal: a JSON number under it becomes the illegal "9.3E-1"^^xsd:decimal.
std::string_view datatype_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::Link:
      return "@id";
    case ValueKind::Uri:
      return "xsd:anyURI";
    case ValueKind::Double:
      return "xsd:double";
    case ValueKind::Count:
      return "xsd:nonNegativeInteger";
    case ValueKind::Node:
    case ValueKind::Text:
      break;
  }
  return {};
}

void append_context(std::string& out, std::string_view base) {
  const auto pair = [&](std::string_view key, std::string_view value) {
    if (out.back() != '{') out += ',';
    append_json(out, key);
    out += ':';
    append_json(out, value);
  };
  out += '{';
  for (std::size_t i = 0; i < namespaces().size(); ++i) {
    pair(namespaces()[i].prefix, namespace_iri(static_cast<Namespace>(i), base));
  }
  for (const Property& property : properties()) {
    std::string iri;
    append_compact(iri, property.iri);
    const std::string_view datatype = datatype_of(property.kind);
    if (datatype.empty() && !property.set) {
      pair(property.key, iri);
      continue;
    }
    out += ',';
    append_json(out, property.key);
    out += ":{";
    pair("@id", iri);
    if (!datatype.empty()) pair("@type", datatype);
    if (property.set) pair("@container", "@set");
    out += '}';
  }
  out += '}';
}

class JsonldSink final : public TripleSink {
 public:
  JsonldSink(std::ostream& out, std::string_view base, bool inline_context) : out_(out) {
    // Beside @context and @graph nothing may stand here: a third key makes it a named graph.
    out_ << "{\"@context\":";
    if (inline_context)
      append_context(out_.buffer(), base);
    else
      append_json(out_.buffer(), context_iri(std::string(base)));
    out_ << "\n,\"@graph\":[";
  }

  void open(std::span<const Iri> types, Iri subject) override {
    std::string& out = out_.buffer();
    if (depth_ == 0)
      out += nodes_++ == 0 ? "\n" : "\n,";
    else
      next_value();
    out += '{';
    levels_[depth_++] = {};
    if (!types.empty()) {
      out += "\"@type\":";
      if (types.size() > 1) out += '[';
      for (std::size_t i = 0; i < types.size(); ++i) {
        if (i > 0) out += ',';
        iri(types[i]);
      }
      if (types.size() > 1) out += ']';
      out += ',';
    }
    out += "\"@id\":";
    iri(subject);
  }
  void close() override {
    end_array();
    out_ << '}';
    if (--depth_ == 0) out_.spill();
  }
  void property(const Property& property) override {
    end_array();
    std::string& out = out_.buffer();
    out += ",\"";
    out += property.key;  // our own words: nothing to escape
    out += "\":";
    as_object_ = false;
    if (property.set) start_array();
  }
  void relation(Iri predicate) override {
    end_array();
    std::string& out = out_.buffer();
    out += ',';
    iri(predicate);
    out += ':';
    as_object_ = true;
    start_array();
  }
  void link(Iri target) override {
    next_value();
    if (as_object_) out_ << "{\"@id\":";
    iri(target);
    if (as_object_) out_ << '}';
  }
  void text(std::string_view value) override {
    next_value();
    append_json(out_.buffer(), value);
  }
  void number(double value) override {
    next_value();
    out_ << decimal(value, 4);
  }
  void count(std::uint64_t value) override {
    next_value();
    append_count(out_.buffer(), value);
  }

  void finish() {
    out_ << "\n]}\n";
    out_.finish();
  }

 private:
  struct Level {
    bool in_array = false, first = false;
  };

  // An IRI of ours holds nothing that JSON escapes.
  void iri(Iri iri) {
    std::string& out = out_.buffer();
    out += '"';
    append_compact(out, iri);
    out += '"';
  }
  void start_array() {
    out_ << '[';
    levels_[depth_ - 1] = {true, true};
  }
  void end_array() {
    if (levels_[depth_ - 1].in_array) out_ << ']';
    levels_[depth_ - 1].in_array = false;
  }
  void next_value() {
    Level& level = levels_[depth_ - 1];
    if (!level.in_array) return;
    if (!level.first) out_ << ',';
    level.first = false;
  }

  Output out_;
  bool as_object_ = false;
  std::array<Level, 3> levels_{};
  std::size_t depth_ = 0, nodes_ = 0;
};

}  // namespace

std::string context_iri(const std::string& base) {
  return checked_base(base) + "context/v1.jsonld";
}

void write_context(std::ostream& stream, const std::string& base) {
  Output out(stream);
  out << "{\"@context\":";
  append_context(out.buffer(), checked_base(base));
  out << "}\n";
  out.finish();
}

void write_jsonld(const KnowledgeGraph& graph, std::ostream& out, const JsonldOptions& options) {
  JsonldSink sink(out, checked_base(options.base), options.inline_context);
  walk_triples(graph, sink, options);
  sink.finish();
}

}  // namespace tercet
