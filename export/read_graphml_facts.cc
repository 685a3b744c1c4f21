#include <expat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <map>
#include <memory>
#include <optional>

#include "base/error.h"
#include "export/fact_columns.h"
#include "export/read_facts.h"

namespace tercet {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kChunk = 1 << 20;  // bytes given to expat at once: its lengths are int

class GraphmlReader {
 public:
  GraphmlReader(const std::string& file, const OnSkipped& skipped)
      : file_(file), skipped_(skipped), parser_(XML_ParserCreate(nullptr)) {
    if (parser_ == nullptr) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetStartDoctypeDeclHandler(
        parser_.get(), [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
          static_cast<GraphmlReader*>(self)->stop("a DOCTYPE is not read");
        });
  }

  FactFile run(std::string_view bytes) {
    do {
      const std::string_view part = bytes.substr(0, kChunk);
      bytes.remove_prefix(part.size());
      const XML_Status status = XML_Parse(parser_.get(), part.data(), static_cast<int>(part.size()),
                                          bytes.empty() ? XML_TRUE : XML_FALSE);
      if (thrown_) std::rethrow_exception(thrown_);
      if (status == XML_STATUS_OK) continue;
      if (what_.empty()) what_ = XML_ErrorString(XML_GetErrorCode(parser_.get()));
      throw Error(Error::Code::Syntax, what_, here());
    } while (!bytes.empty());
    if (!seen_graph_) throw Error(Error::Code::Schema, "is no GraphML", {file_, 1, 0});
    return std::move(out_);
  }

 private:
  using Data = std::map<std::string, std::string, std::less<>>;  // attribute -> text

  Position here() const {
    return {file_, static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get())),
            static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_.get()) + 1)};
  }
  void stop(const std::string& what) {
    if (what_.empty()) what_ = what;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  // No exception may cross expat.
  template <typename Work>
  void guarded(const Work& work) {
    if (thrown_ || !what_.empty()) return;
    try {
      work();
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }
  static void XMLCALL on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
    auto& reader = *static_cast<GraphmlReader*>(self);
    reader.guarded([&] { reader.start(local(name), attributes); });
  }
  static void XMLCALL on_end(void* self, const XML_Char* name) {
    auto& reader = *static_cast<GraphmlReader*>(self);
    reader.guarded([&] { reader.end(local(name)); });
  }
  static void XMLCALL on_text(void* self, const XML_Char* text, int size) {
    auto& reader = *static_cast<GraphmlReader*>(self);
    reader.guarded([&] {
      if (reader.in_data_) reader.text_.append(text, static_cast<std::size_t>(size));
    });
  }
  static std::string_view local(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
  }
  static std::string attribute(const XML_Char** list, std::string_view name) {
    for (; *list != nullptr; list += 2) {
      if (name == *list) return list[1];
    }
    return {};
  }

  void start(std::string_view name, const XML_Char** attributes) {
    if (++depth_ > kMaxDepth) return stop("nested deeper than " + std::to_string(kMaxDepth));
    if (name == "graphml" || name == "graph") {
      seen_graph_ = true;
    } else if (name == "key") {
      keys_[attribute(attributes, "id")] = attribute(attributes, "attr.name");
    } else if (name == "node") {
      node_ = attribute(attributes, "id");
      data_.clear();
    } else if (name == "edge") {
      source_ = attribute(attributes, "source");
      target_ = attribute(attributes, "target");
      edge_id_ = attribute(attributes, "id");
      data_.clear();
    } else if (name == "data") {
      key_ = attribute(attributes, "key");
      text_.clear();
      in_data_ = true;
    }
  }

  void end(std::string_view name) {
    --depth_;
    if (name == "data") {
      in_data_ = false;
      const auto key = keys_.find(key_);
      data_[key == keys_.end() || key->second.empty() ? key_ : key->second] = std::move(text_);
      text_.clear();
    } else if (name == "node") {
      names_[node_] = {take("label").value_or(node_), take("type").value_or("")};
      data_.clear();
    } else if (name == "edge") {
      edge();
      data_.clear();
    }
  }

  std::optional<std::string> take(std::string_view name) const {
    const auto found = data_.find(name);
    return found == data_.end() || found->second.empty() ? std::nullopt
                                                         : std::optional(found->second);
  }

  void edge() {
    if (const auto facts = take("facts")) {
      try {
        return read_fact_array(*facts, out_.facts);
      } catch (const Error& error) {
        throw Error(error.code(), std::string("in facts: ") + error.what(), here());
      }
    }
    const auto source = names_.find(source_), target = names_.find(target_);
    if (source == names_.end() || target == names_.end()) {
      throw Error(Error::Code::Schema, "an edge names a node that is not there (yet)", here());
    }
    try {
      Fact fact = fact_of_edge(data_);
      fact.subject = fact.subject_text = source->second.name;
      fact.subject_type = source->second.type;
      fact.object = fact.object_text = target->second.name;
      fact.object_type = target->second.type;
      out_.facts.push_back(std::move(fact));
    } catch (const Error& error) {
      const Position at = here();
      if (skipped_) skipped_(at.line, at.column, std::string(error.what()) + ", edge left out");
    }
  }

  struct Name {
    std::string name, type;
  };
  const std::string& file_;
  const OnSkipped& skipped_;
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  std::exception_ptr thrown_;
  std::string what_, node_, source_, target_, edge_id_, key_, text_;
  bool in_data_ = false, seen_graph_ = false;
  std::size_t depth_ = 0;
  Data data_;
  std::map<std::string, std::string> keys_;
  std::map<std::string, Name> names_;
  FactFile out_;
};

}  // namespace

FactFile read_graphml_facts(std::string_view bytes, const std::string& file,
                            const OnSkipped& skipped) {
  return GraphmlReader(file, skipped).run(bytes);
}

}  // namespace tercet
