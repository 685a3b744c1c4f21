#include "export/jsonld.h"

#include <array>
#include <stdexcept>

#include "base/json.h"
#include "export/iri.h"
#include "export/output.h"

namespace tercet {
namespace {

class JsonldSink final : public TripleSink {
 public:
  JsonldSink(std::ostream& out, std::string_view base) : out_(out), writer_(buffer_) {
    // Beside @context and @graph nothing may stand here: a third key makes it a named graph.
    writer_.StartObject();
    key("@context");
    write_context(base);
    new_line();
    key("@graph");
    writer_.StartArray();
  }

  void open(std::span<const Iri> types, Iri subject) override {
    if (depth_ == 0) new_line();
    writer_.StartObject();
    arrays_[depth_++] = false;
    if (!types.empty()) {
      key("@type");
      if (types.size() > 1) writer_.StartArray();
      for (const Iri& type : types) iri(type);
      if (types.size() > 1) writer_.EndArray();
    }
    key("@id");
    iri(subject);
  }
  void close() override {
    end_array();
    writer_.EndObject();
    if (--depth_ == 0 && buffer_.GetSize() >= kPiece) drain();
  }
  void property(const Property& property) override {
    end_array();
    key(property.key);
    as_object_ = false;
    if (property.set) start_array();
  }
  void relation(Iri predicate) override {
    end_array();
    compact_.clear();
    append(predicate);
    key(compact_);
    as_object_ = true;
    start_array();
  }
  void link(Iri target) override {
    if (as_object_) {
      writer_.StartObject();
      key("@id");
    }
    iri(target);
    if (as_object_) writer_.EndObject();
  }
  void text(std::string_view value) override { string(value); }
  void number(double value) override {
    const std::string digits = decimal(value, 4);
    writer_.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  }
  void count(std::uint64_t value) override { writer_.Uint64(value); }

  void finish() {
    new_line();
    writer_.EndArray();
    writer_.EndObject();
    new_line();
    drain();
    out_.finish();
  }

 private:
  static constexpr std::size_t kPiece = 1 << 16;

  void write_context(std::string_view base) {
    writer_.StartObject();
    for (std::size_t i = 0; i < namespaces().size(); ++i) {
      key(namespaces()[i].prefix);
      string(namespace_iri(static_cast<Namespace>(i), base));
    }
    for (const Property& property : properties()) {
      key(property.key);
      compact_.clear();
      append(property.iri);
      const std::string_view datatype = datatype_of(property.kind);
      if (datatype.empty() && !property.set) {
        string(compact_);
        continue;
      }
      writer_.StartObject();
      key("@id");
      string(compact_);
      if (!datatype.empty()) {
        key("@type");
        string(datatype);
      }
      if (property.set) {
        key("@container");
        string("@set");
      }
      writer_.EndObject();
    }
    writer_.EndObject();
  }

  // Never xsd:decimal: a JSON number under it becomes the illegal "9.3E-1"^^xsd:decimal.
  static std::string_view datatype_of(ValueKind kind) {
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

  void key(std::string_view name) {
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }
  void string(std::string_view value) {
    if (!writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()))) {
      throw std::logic_error("a text that is not UTF-8 reached the JSON-LD writer");
    }
  }
  void append(Iri iri) {
    compact_ += namespaces()[static_cast<std::size_t>(iri.space)].prefix;
    compact_ += ':';
    compact_ += iri.local;
  }
  void iri(Iri iri) {
    compact_.clear();
    append(iri);
    string(compact_);
  }
  void start_array() {
    writer_.StartArray();
    arrays_[depth_ - 1] = true;
  }
  void end_array() {
    if (arrays_[depth_ - 1]) writer_.EndArray();
    arrays_[depth_ - 1] = false;
  }
  void new_line() { buffer_.Put('\n'); }
  void drain() {
    out_ << std::string_view(buffer_.GetString(), buffer_.GetSize());
    out_.spill();
    buffer_.Clear();
  }

  Output out_;
  rapidjson::StringBuffer buffer_;
  JsonWriter writer_;
  std::string compact_;
  bool as_object_ = false;
  std::array<bool, 3> arrays_{};
  std::size_t depth_ = 0;
};

}  // namespace

void write_jsonld(const KnowledgeGraph& graph, std::ostream& out, const RdfOptions& options) {
  JsonldSink sink(out, checked_base(options.base));
  walk_triples(graph, sink);
  sink.finish();
}

}  // namespace tercet
