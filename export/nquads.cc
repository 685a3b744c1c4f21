#include "export/nquads.h"

#include <array>
#include <vector>

#include "export/iri.h"
#include "export/output.h"
#include "export/rdf_text.h"

namespace tercet {
namespace {

class NquadsSink final : public TripleSink {
 public:
  NquadsSink(std::ostream& out, std::string_view base) : out_(out) {
    for (std::size_t i = 0; i < namespaces().size(); ++i) {
      spaces_.push_back("<" + namespace_iri(static_cast<Namespace>(i), base));
    }
    spaces_.push_back("<");  // Absolute
    const auto datatype = [&](std::string_view name) {
      std::string suffix = "^^";
      append(suffix, {Namespace::Xsd, name});
      return suffix;
    };
    uri_ = datatype("anyURI");
    double_ = datatype("double");
    count_ = datatype("nonNegativeInteger");
    append(type_, {Namespace::Rdf, "type"});
  }

  void open(std::span<const Iri> types, Iri subject) override {
    if (depth_ > 0) link(subject);
    Level& level = levels_[depth_++];
    level.subject.clear();
    append(level.subject, subject);
    level.predicate = type_;
    for (const Iri& type : types) link(type);
  }
  void close() override {
    --depth_;
    if (depth_ == 0) out_.spill();
  }
  void property(const Property& property) override {
    Level& level = levels_[depth_ - 1];
    level.predicate.clear();
    append(level.predicate, property.iri);
    suffix_ = property.kind == ValueKind::Uri ? std::string_view(uri_) : std::string_view();
  }
  void relation(Iri predicate) override {
    Level& level = levels_[depth_ - 1];
    level.predicate.clear();
    append(level.predicate, predicate);
  }
  void link(Iri target) override {
    std::string& out = begin();
    append(out, target);
    out += " .\n";
  }
  void text(std::string_view value) override {
    std::string& out = begin();
    append_rdf_literal(out, value);
    out += suffix_;
    out += " .\n";
  }
  void number(double value) override {
    std::string& out = begin();
    out += '"';
    append_xsd_double(out, value);
    out += '"';
    out += double_;
    out += " .\n";
  }
  void count(std::uint64_t value) override {
    std::string& out = begin();
    out += '"';
    append_count(out, value);
    out += '"';
    out += count_;
    out += " .\n";
  }

  void finish() { out_.finish(); }

 private:
  struct Level {
    std::string subject, predicate;
  };

  void append(std::string& out, Iri iri) const {
    out += spaces_[static_cast<std::size_t>(iri.space)];
    out += iri.local;
    out += '>';
  }
  std::string& begin() {
    const Level& level = levels_[depth_ - 1];
    std::string& out = out_.buffer();
    out += level.subject;
    out += ' ';
    out += level.predicate;
    out += ' ';
    return out;
  }

  Output out_;
  std::vector<std::string> spaces_;
  std::string uri_, double_, count_, type_;
  std::string_view suffix_;
  std::array<Level, 3> levels_;
  std::size_t depth_ = 0;
};

}  // namespace

void write_nquads(const KnowledgeGraph& graph, std::ostream& out, const RdfOptions& options) {
  NquadsSink sink(out, checked_base(options.base));
  walk_triples(graph, sink, options);
  sink.finish();
}

}  // namespace tercet
