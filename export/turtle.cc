#include "export/turtle.h"

#include <array>
#include <vector>

#include "base/ascii.h"
#include "export/iri.h"
#include "export/output.h"
#include "export/rdf_text.h"

namespace tercet {
namespace {

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }

// What PN_LOCAL of the grammar allows without an escape, and a little less: ASCII only. Readers
// disagree on the rest, and a whole IRI is always right.
bool is_local_name(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool inner = c == '-' || (c == '.' && i + 1 < text.size());
    if (is_ascii_alnum(c) || c == '_' || (inner && i > 0)) {
      continue;
    }
    if (c != '%' || i + 2 >= text.size() || !is_hex_digit(text[i + 1]) ||
        !is_hex_digit(text[i + 2])) {
      return false;
    }
    i += 2;
  }
  return !text.empty();
}

class TurtleSink final : public TripleSink {
 public:
  TurtleSink(std::ostream& out, std::string_view base) : out_(out) {
    for (std::size_t i = 0; i < namespaces().size(); ++i) {
      spaces_.push_back(namespace_iri(static_cast<Namespace>(i), base));
      out_ << "@prefix " << namespaces()[i].prefix << ": <" << spaces_.back() << "> .\n";
    }
    spaces_.emplace_back();  // Absolute
  }

  void open(std::span<const Iri> types, Iri subject) override {
    if (depth_ > 0) link(subject);
    Level& level = levels_[depth_++];
    level.text.clear();
    if (depth_ == 1) level.text += '\n';
    append(level.text, subject);
    level.predicates = level.values = 0;
    if (types.empty()) return;
    predicate("a");
    for (const Iri& type : types) link(type);
  }
  // A node inside another is written behind it: without blank nodes Turtle cannot nest.
  void close() override {
    Level& level = levels_[--depth_];
    level.text += " .\n";
    if (depth_ > 0) {
      behind_ += level.text;
      return;
    }
    out_ << level.text << behind_;
    behind_.clear();
    out_.spill();
  }
  void property(const Property& property) override {
    predicate({});
    append(levels_[depth_ - 1].text, property.iri);
    is_uri_ = property.kind == ValueKind::Uri;
  }
  void relation(Iri iri) override {
    predicate({});
    append(levels_[depth_ - 1].text, iri);
  }
  void link(Iri target) override { append(value(), target); }
  void text(std::string_view text) override {
    std::string& out = value();
    append_rdf_literal(out, text);
    if (is_uri_) out += "^^xsd:anyURI";
  }
  void number(double number) override { append_xsd_double(value(), number); }
  void count(std::uint64_t count) override {
    std::string& out = value();
    out += '"';
    append_count(out, count);
    out += "\"^^xsd:nonNegativeInteger";
  }

  void finish() { out_.finish(); }

 private:
  struct Level {
    std::string text;
    std::size_t predicates = 0, values = 0;
  };

  void append(std::string& out, Iri iri) const {
    const auto space = static_cast<std::size_t>(iri.space);
    if (iri.space != Namespace::Absolute && is_local_name(iri.local)) {
      out += namespaces()[space].prefix;
      out += ':';
      out += iri.local;
      return;
    }
    out += '<';
    out += spaces_[space];
    out += iri.local;
    out += '>';
  }
  void predicate(std::string_view word) {
    Level& level = levels_[depth_ - 1];
    level.text += level.predicates++ == 0 ? " " : " ;\n    ";
    level.text += word;
    level.values = 0;
  }
  std::string& value() {
    Level& level = levels_[depth_ - 1];
    level.text += level.values++ == 0 ? " " : " , ";
    return level.text;
  }

  Output out_;
  std::vector<std::string> spaces_;
  bool is_uri_ = false;
  std::array<Level, 3> levels_;
  std::string behind_;
  std::size_t depth_ = 0;
};

}  // namespace

void write_turtle(const KnowledgeGraph& graph, std::ostream& out, const RdfOptions& options) {
  TurtleSink sink(out, checked_base(options.base));
  walk_triples(graph, sink, options);
  sink.finish();
}

}  // namespace tercet
