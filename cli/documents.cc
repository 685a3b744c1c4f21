#include "cli/documents.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/sha256.h"
#include "base/utf8.h"
#include "extract/read/file.h"

namespace tercet::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 4> kOrigins = {"file", "member", "stdin", "import"};

/// `path` made absolute by its words and the real working folder. Links inside it are kept: the
/// name a person gave is the name the document has.
std::string absolute(const std::string& path) {
  if (path.starts_with('/')) return clean_path(path);
  std::error_code error;
  return clean_path(fs::current_path(error).string() + '/' + path);
}

}  // namespace

StoreRoot::StoreRoot(const fs::path& store)
    : root_(fs::path(absolute(store.string())).parent_path()) {}

std::string StoreRoot::id_of(const std::string& path) const {
  const std::string whole = absolute(path);
  const std::string prefix = root_ == "/" ? "/" : root_.string() + '/';
  return whole.starts_with(prefix) ? whole.substr(prefix.size()) : whole;
}

std::string StoreRoot::path_of(const std::string& id) const {
  return id.starts_with('/') ? id : (root_ / id).string();
}

std::string recipe_of(std::string_view fingerprint, Origin origin) {
  return std::string(kOrigins[static_cast<std::size_t>(origin)]) + ' ' + std::string(fingerprint);
}

Origin origin_of(std::string_view recipe) {
  for (std::size_t i = 0; i < kOrigins.size(); ++i) {
    if (recipe.substr(0, recipe.find(' ')) == kOrigins[i]) return static_cast<Origin>(i);
  }
  return Origin::Import;
}

std::string content_hash(const Document& document) {
  std::string key = document.title + '\0' + document.video_id + '\0';
  // How it was read is part of what it is: the same bytes as Markdown and as lines differ.
  key += std::to_string(document.blocks.size()) + '\0';
  key += document.blocks.empty() || !document.blocks.front().one_sentence ? "" : "lines";
  return sha256_hex(key + sha256_hex(document.text), 32);
}

DocumentRecord record_of(const Document& document, Extraction extraction, std::string recipe) {
  DocumentRecord out;
  out.id = document.id;
  out.content_hash = content_hash(document);
  out.recipe = std::move(recipe);
  out.title = document.title;
  out.video_id = document.video_id;
  out.length = count_code_points(document.text);
  std::set<std::pair<std::string_view, std::string_view>> used;
  for (const Fact& fact : extraction.facts) {
    used.insert({fact.subject, fact.subject_type});
    used.insert({fact.object, fact.object_type});
  }
  for (Entity& entity : extraction.entities) {
    if (!used.contains({entity.name, entity.type})) continue;
    out.names.push_back({entity.name, entity.type, entity.aliases});
  }
  out.facts = std::move(extraction.facts);
  return out;
}

}  // namespace tercet::cli
