#include <serd/serd.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "base/error.h"
#include "base/utf8.h"
#include "export/triple_facts.h"
#include "export/vocabulary.h"

namespace tercet {
namespace {

constexpr std::size_t kMaxDepth = 128;
constexpr std::size_t kPage = 4096;

const std::uint8_t* unsigned_bytes(const char* text) {
  return reinterpret_cast<const std::uint8_t*>(text);  // NOLINT: serd's notion of a character
}

std::string_view view(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};  // NOLINT
}

Position position_of(std::string_view bytes, std::size_t at, const std::string& file) {
  const std::string_view before = bytes.substr(0, at);
  const std::size_t line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  const std::size_t start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {file, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(at - start + 1)};
}

// serd reads [ ] and ( ) by recursion. This walks over the text as Turtle's grammar does; where the
// text is not Turtle serd stops before the two could disagree.
void check_depth(std::string_view bytes, const std::string& file) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '#') {
      i = std::min(bytes.find('\n', i), bytes.size());
    } else if (c == '<') {
      i = std::min(bytes.find('>', i), bytes.size());
    } else if (c == '\\') {
      ++i;
    } else if (c == '"' || c == '\'') {
      const bool is_long = i + 2 < bytes.size() && bytes[i + 1] == c && bytes[i + 2] == c;
      i += is_long ? 3 : 1;
      const auto ends = [&] {
        return bytes[i] == c &&
               (!is_long || (i + 2 < bytes.size() && bytes[i + 1] == c && bytes[i + 2] == c));
      };
      while (i < bytes.size() && !ends()) i += bytes[i] == '\\' ? 2 : 1;
      if (is_long) i += 2;
    } else if (c == '[' || c == '(') {
      if (++depth > kMaxDepth) {
        throw Error(Error::Code::Syntax, "nested deeper than " + std::to_string(kMaxDepth),
                    position_of(bytes, i, file));
      }
    } else if ((c == ']' || c == ')') && depth > 0) {
      --depth;
    }
  }
}

class RdfReader {
 public:
  RdfReader(std::string_view bytes, const std::string& file, const OnSkipped& skipped)
      : bytes_(bytes), file_(file), skipped_(skipped), env_(serd_env_new(nullptr)) {}

  FactFile run(SerdSyntax syntax) {
    const std::unique_ptr<SerdReader, decltype(&serd_reader_free)> reader(
        serd_reader_new(syntax, this, nullptr, on_base, on_prefix, on_statement, nullptr),
        serd_reader_free);
    serd_reader_set_strict(reader.get(), true);
    serd_reader_set_error_sink(reader.get(), on_error, this);
    const SerdStatus status = serd_reader_read_source(reader.get(), read_bytes, no_error, this,
                                                      unsigned_bytes(file_.c_str()), kPage);
    if (thrown_) std::rethrow_exception(thrown_);
    if (status != SERD_SUCCESS || !what_.empty()) {
      throw Error(Error::Code::Syntax, what_.empty() ? "is not RDF of this syntax" : what_,
                  {file_, line_, column_}, "riot --validate or oxigraph convert say more");
    }
    if (in_graphs_ > 0 && skipped_) {
      skipped_(0, 0,
               std::to_string(in_graphs_) +
                   " links in named graphs left out: a graph's name "
                   "does not say that it is asserted");
    }
    return facts_.finish(file_);
  }

 private:
  using Node = std::unique_ptr<SerdNode, void (*)(SerdNode*)>;

  static std::size_t read_bytes(void* buffer, std::size_t size, std::size_t count, void* self) {
    RdfReader& reader = *static_cast<RdfReader*>(self);
    const std::size_t taken = std::min(size * count, reader.bytes_.size() - reader.at_);
    reader.bytes_.copy(static_cast<char*>(buffer), taken, reader.at_);
    reader.at_ += taken;
    return taken / size;
  }
  static int no_error(void*) { return 0; }

  static SerdStatus on_error(void* self, const SerdError* error) {
    RdfReader& reader = *static_cast<RdfReader*>(self);
    if (!reader.what_.empty()) return SERD_SUCCESS;  // the first says it all
    reader.what_ = "is not RDF: " + std::string(reinterpret_cast<const char*>(  // NOLINT
                                        serd_strerror(error->status)));
    reader.line_ = error->line;
    reader.column_ = error->col;
    return SERD_SUCCESS;
  }

  static SerdStatus on_base(void* self, const SerdNode* uri) {
    RdfReader& reader = *static_cast<RdfReader*>(self);
    if (!serd_uri_string_has_scheme(uri->buf)) return reader.relative(uri);
    return serd_env_set_base_uri(reader.env_.get(), uri);
  }
  static SerdStatus on_prefix(void* self, const SerdNode* name, const SerdNode* uri) {
    return serd_env_set_prefix(static_cast<RdfReader*>(self)->env_.get(), name, uri);
  }

  static SerdStatus on_statement(void* self, SerdStatementFlags, const SerdNode* graph,
                                 const SerdNode* subject, const SerdNode* predicate,
                                 const SerdNode* object, const SerdNode*, const SerdNode*) {
    RdfReader& reader = *static_cast<RdfReader*>(self);
    try {  // no exception may cross the C library
      return reader.statement(graph, subject, predicate, object);
    } catch (...) {
      reader.thrown_ = std::current_exception();
      return SERD_ERR_UNKNOWN;
    }
  }

  SerdStatus relative(const SerdNode* node) {
    if (what_.empty()) {
      what_ = "relative IRI " + printable(view(node->buf, node->n_bytes)) + " has no meaning here";
    }
    return SERD_ERR_BAD_ARG;
  }

  // False if the node is a relative IRI or its prefix is not declared.
  bool name(const SerdNode* node, std::string& out) {
    if (node->type == SERD_BLANK) {
      out = "_:";
      out += view(node->buf, node->n_bytes);
      return true;
    }
    if (node->type == SERD_URI && serd_uri_string_has_scheme(node->buf)) {
      out = view(node->buf, node->n_bytes);
      return true;
    }
    SerdNode whole = serd_env_expand_node(env_.get(), node);
    const bool good = whole.buf != nullptr && serd_uri_string_has_scheme(whole.buf);
    if (good) out = view(whole.buf, whole.n_bytes);
    serd_node_free(&whole);
    return good;
  }

  SerdStatus statement(const SerdNode* graph, const SerdNode* subject, const SerdNode* predicate,
                       const SerdNode* object) {
    if (!name(subject, subject_)) return relative(subject);
    if (!name(predicate, predicate_)) return relative(predicate);
    const bool is_link = object->type != SERD_LITERAL;
    if (!is_link)
      object_ = view(object->buf, object->n_bytes);
    else if (!name(object, object_))
      return relative(object);
    if (graph != nullptr && graph->buf != nullptr && is_link && is_foreign(predicate_)) {
      ++in_graphs_;
      return SERD_SUCCESS;
    }
    facts_.add(subject_, predicate_, object_, is_link);
    return SERD_SUCCESS;
  }

  static bool is_foreign(const std::string& predicate) {
    for (const Property& known : properties()) {
      if (predicate == namespace_iri(known.iri.space, "") + std::string(known.iri.local)) {
        return false;
      }
    }
    return predicate != namespace_iri(Namespace::Rdf, "") + "type";
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  const std::string& file_;
  const OnSkipped& skipped_;
  struct FreeEnv {
    void operator()(SerdEnv* env) const { serd_env_free(env); }
  };
  std::unique_ptr<SerdEnv, FreeEnv> env_;
  TripleFacts facts_;
  std::string subject_, predicate_, object_, what_;
  std::uint32_t line_ = 0, column_ = 0;
  std::size_t in_graphs_ = 0;
  std::exception_ptr thrown_;
};

SerdSyntax syntax_of(RdfSyntax syntax) {
  switch (syntax) {
    case RdfSyntax::NTriples:
      return SERD_NTRIPLES;
    case RdfSyntax::Turtle:
      return SERD_TURTLE;
    case RdfSyntax::TriG:
      return SERD_TRIG;
    case RdfSyntax::NQuads:
      break;
  }
  return SERD_NQUADS;
}

}  // namespace

FactFile read_rdf_facts(std::string_view bytes, RdfSyntax syntax, const std::string& file,
                        const OnSkipped& skipped) {
  if (!is_valid_utf8(bytes)) {
    std::size_t at = 0;
    for (Decoded next{0, 0, true}; next.valid; at += next.valid ? next.size : 0) {
      next = decode_utf8(bytes, at);
    }
    throw Error(Error::Code::Syntax, "not UTF-8", position_of(bytes, at, file));
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    throw Error(Error::Code::Syntax, "a NUL byte", position_of(bytes, nul, file));
  }
  check_depth(bytes, file);
  return RdfReader(bytes, file, skipped).run(syntax_of(syntax));
}

}  // namespace tercet
