#include "cli/folder_output.h"

#include <unistd.h>

#include <system_error>

#include "base/error.h"
#include "cli/output.h"

namespace tercet::cli {
namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  const bool resource = error == std::errc::no_space_on_device ||
                        error == std::errc::file_too_large || error == std::errc::not_enough_memory;
  throw Error(resource ? Error::Code::Resource : Error::Code::Io,
              "cannot be written: " + error.message(), {path.string(), 0, 0});
}

}  // namespace

FolderOutput::FolderOutput(const std::string& path) : path_(path) {
  if (!path_.has_filename()) path_ = path_.parent_path();  // "vault/"
  std::error_code error;
  const fs::file_status there = fs::status(path_, error);
  if (fs::exists(there) && !(fs::is_directory(there) && fs::is_empty(path_, error))) {
    throw Error(Error::Code::Usage, "is there already", {path_.string(), 0, 0},
                "name a folder that is new or empty");
  }
  const fs::path aside = path_.string() + ".tmp-" + std::to_string(::getpid());
  if (!fs::create_directory(aside, error)) fail(aside, error);
  aside_ = aside;
}

FolderOutput::~FolderOutput() {
  std::error_code ignored;
  if (!aside_.empty()) fs::remove_all(aside_, ignored);
}

std::string FolderOutput::at(std::string_view name) const { return (aside_ / name).string(); }

void FolderOutput::put(std::string_view name, std::string_view bytes) {
  Output out(at(name));
  out.write(bytes);
  out.commit();
}

void FolderOutput::commit() {
  std::error_code error;
  fs::remove(path_, error);  // empty, or not there
  fs::rename(aside_, path_, error);
  if (error) fail(path_, error);
  aside_.clear();
}

}  // namespace tercet::cli
