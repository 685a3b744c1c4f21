#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// A packed model, mapped into memory (docs/formats/model.md). Every offset and size has been
/// checked, so that what the accessors return can be read without further thought. Views stay
/// valid as long as the object lives, also when it is moved.
class ModelFile {
 public:
  /// Throws Error{Io} if the file cannot be read, Error{Version} if it is no model or of another
  /// version, Error{Corrupt} if it is damaged. Damage by accident is always noticed; damage by
  /// intent only by verify_model().
  enum class Check { Quick, Full };
  explicit ModelFile(const std::filesystem::path& file, Check check = Check::Quick);
  ModelFile(ModelFile&&) noexcept;
  ModelFile& operator=(ModelFile&&) noexcept;
  ~ModelFile();

  bool has(std::string_view tensor) const;
  /// Sizes of the dimensions of a tensor. Throws Error{Corrupt} if there is none of that name.
  const std::vector<std::size_t>& shape(std::string_view tensor) const;
  /// The values of an "f32" tensor of exactly `shape`, all finite. Else throws Error{Corrupt}.
  std::span<const float> floats(std::string_view tensor, std::vector<std::size_t> shape) const;
  /// The values of an "i8" tensor [rows][columns] and one scale per row, finite.
  struct Bytes {
    std::span<const std::int8_t> values;
    std::span<const float> scales;
    std::size_t rows = 0, columns = 0;
  };
  Bytes bytes(std::string_view tensor) const;
  /// The weights of a "p8" tensor [out][in], in panels as ByteLinearView wants them, and one scale
  /// per output, finite. `in` is a multiple of 16 and at most 8192.
  struct Panels {
    std::span<const std::int8_t> values;
    std::span<const float> scales;
    std::size_t out = 0, in = 0;
  };
  Panels panels(std::string_view tensor) const;
  bool is_panels(std::string_view tensor) const;  ///< there is such a tensor and it is "p8"
  /// The lines of a string table. Throws Error{Corrupt} if there is none of that name.
  std::vector<std::string_view> strings(std::string_view table) const;
  bool has_strings(std::string_view table) const;

  /// SHA-256 of the body as the file claims it, 64 hexadecimal digits.
  const std::string& fingerprint() const;
  const std::string& path() const;     ///< the file, for messages
  const std::string& name() const;     ///< what the packer called the model
  const std::string& network() const;  ///< which network it is for: "recurrent", "encoder"

  /// Error{Corrupt} with the file's name, for callers that find the contents inconsistent.
  [[noreturn]] void refuse(const std::string& what) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

/// Read the whole file and compare its SHA-256. Throws as ModelFile does. About 4 ms per MB.
void verify_model(const std::filesystem::path& file);

}  // namespace tercet
