#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "extract/extract.h"
#include "graph/store.h"

namespace tercet::cli {

/// Where a stored document came from; decides whether a missing file means that it is gone.
enum class Origin { File, Member, Stdin, Import };

/// A store's folder and what document ids are relative to.
class StoreRoot {
 public:
  explicit StoreRoot(const std::filesystem::path& store);
  /// The id of a file: relative to the root, or the absolute path outside it.
  std::string id_of(const std::string& path) const;
  /// The file of an id that id_of() made.
  std::string path_of(const std::string& id) const;
  const std::filesystem::path& folder() const { return root_; }

 private:
  std::filesystem::path root_;
};

/// What must be equal for a stored document to be up to date, beside its content.
std::string recipe_of(std::string_view fingerprint, Origin origin);
Origin origin_of(std::string_view recipe);

/// Hash of what extraction sees of a document.
std::string content_hash(const Document& document);

/// The record of what extraction found.
DocumentRecord record_of(const Document& document, Extraction extraction, std::string recipe);

}  // namespace tercet::cli
