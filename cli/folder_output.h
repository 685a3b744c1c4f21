#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tercet::cli {

/// Files written into a new folder that appears only when all of them are there. Throws
/// Error{Usage} if the folder exists and is not empty (what stands in it may be somebody's work),
/// Error{Resource|Io} for a full disk and other failures.
class FolderOutput {
 public:
  explicit FolderOutput(const std::string& path);
  FolderOutput(const FolderOutput&) = delete;
  FolderOutput& operator=(const FolderOutput&) = delete;
  ~FolderOutput();  ///< without commit() everything is removed

  /// The path of a file inside; write it with Output or put().
  std::string at(std::string_view name) const;
  void put(std::string_view name, std::string_view bytes);
  /// Give the folder its name.
  void commit();

 private:
  std::filesystem::path path_, aside_;  // aside_ is empty once committed
};

}  // namespace tercet::cli
