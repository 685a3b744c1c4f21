#include "extract/language/model_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/json.h"
#include "base/sha256.h"
#include "extract/language/mapping.h"
#include "extract/nn/linear.h"

namespace tercet {
namespace {

constexpr std::string_view kMagic = "TERCETM1";
constexpr std::uint32_t kVersion = 2;
constexpr std::uint32_t kOldest = 1;  // what version 2 adds is absent there
constexpr std::size_t kFixed = 64;    // bytes before the JSON header
constexpr std::size_t kMaxHeader = std::size_t{1} << 20;
constexpr std::size_t kMaxEntries = 4096;
constexpr std::size_t kMostInputs = 8192;  // of a layer in panels, see Kernels::linear_bytes

enum class Type { F32, F16, I8, P8 };

struct Tensor {
  Type type = Type::F32;
  std::vector<std::size_t> shape;
  std::size_t offset = 0, bytes = 0;
  std::string scale;  // name of the tensor of scales, i8 and p8 only
};

struct Table {
  std::size_t offset = 0, bytes = 0, count = 0;
};

// Integers are little-endian in the file, whatever the machine.
std::uint64_t little_endian(std::string_view data, std::size_t at, std::size_t size) {
  std::uint64_t out = 0;
  for (std::size_t i = size; i-- > 0;) out = out << 8 | static_cast<std::uint8_t>(data[at + i]);
  return out;
}

// Every change of a single 8-byte word changes the sum, because odd factors are invertible
// modulo 2^64. Memory speed, where SHA-256 would cost more than the first sentence.
std::uint64_t quick_sum(std::string_view body) {
  std::uint64_t sum = 0, factor = 1;
  std::size_t at = 0;
  for (; at + 8 <= body.size(); at += 8, factor += 2) {
    std::uint64_t word;
    std::memcpy(&word, body.data() + at, 8);
    sum += word * factor;
  }
  if (at < body.size()) sum += little_endian(body, at, body.size() - at) * factor;
  return sum;
}

}  // namespace

struct ModelFile::Impl {
  std::string file;
  Mapping mapping;
  std::string fingerprint;
  std::string name;
  std::string network = "recurrent";
  std::map<std::string, Tensor, std::less<>> tensors;
  std::map<std::string, Table, std::less<>> tables;

  Impl(const std::filesystem::path& path, bool full_check) : file(path.string()), mapping(path) {
    const std::string_view all = mapping.bytes();
    check_frame(all, full_check);
    const std::size_t header = static_cast<std::size_t>(little_endian(all, 12, 4));
    read_header(all.substr(kFixed, header), kFixed + header);
  }

  [[noreturn]] void corrupt(const std::string& what) const {
    throw Error(Error::Code::Corrupt, "damaged model: " + what, {file, 0, 0},
                "copy the model again from where it came");
  }

  void check_frame(std::string_view all, bool full_check) {
    if (all.size() < kMagic.size() || all.substr(0, kMagic.size()) != kMagic) {
      throw Error(Error::Code::Version, "not a tercet model", {file, 0, 0});
    }
    if (all.size() < kFixed) corrupt("the file is cut");
    const std::uint64_t version = little_endian(all, 8, 4);
    if (version < kOldest || version > kVersion) {
      throw Error(Error::Code::Version,
                  "model format " + std::to_string(version) + ", this program reads " +
                      std::to_string(kVersion),
                  {file, 0, 0}, "use the model that came with this program");
    }
    if (little_endian(all, 16, 8) != all.size()) corrupt("the file's size is not what it says");
    if (little_endian(all, 12, 4) > std::min(kMaxHeader, all.size() - kFixed)) {
      corrupt("the header is too long");
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (std::size_t i = 24; i < 56; ++i) {
      const auto byte = static_cast<std::uint8_t>(all[i]);
      fingerprint += kDigits[byte >> 4];
      fingerprint += kDigits[byte & 15];
    }
    const std::uint64_t expected = little_endian(all, 56, 8);
    const std::string_view body = all.substr(kFixed);
    if (expected != 0 && expected != quick_sum(body)) corrupt("its checksum is wrong");
    if ((expected == 0 || full_check) && sha256_hex(body) != fingerprint) {
      corrupt("its SHA-256 is wrong");
    }
  }

  std::size_t unsigned_of(const rapidjson::Value& object, const char* key) const {
    const auto it = object.FindMember(key);
    if (it == object.MemberEnd() || !it->value.IsUint64()) {
      corrupt(std::string("the header lacks a number \"") + key + '"');
    }
    return static_cast<std::size_t>(it->value.GetUint64());
  }

  std::string string_of(const rapidjson::Value& object, const char* key) const {
    const auto it = object.FindMember(key);
    if (it == object.MemberEnd() || !it->value.IsString()) {
      corrupt(std::string("the header lacks a string \"") + key + '"');
    }
    return {it->value.GetString(), it->value.GetStringLength()};
  }

  void check_range(std::size_t offset, std::size_t bytes, std::size_t begin) const {
    const std::size_t size = mapping.bytes().size();
    if (offset < begin || offset > size || bytes > size - offset) {
      corrupt("a table lies outside the file");
    }
  }

  void read_header(std::string_view json, std::size_t begin) {
    // RapidJSON would take a zero byte for the end, and so a wrong length for a right one.
    if (json.find('\0') != json.npos) corrupt("the header's length is wrong");
    if (!json_depth_within(json, 8)) corrupt("the header is nested too deeply");
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) corrupt("the header is not JSON");
    name = string_of(document, "name");
    if (document.HasMember("network")) network = string_of(document, "network");
    const auto tensors_it = document.FindMember("tensors");
    const auto strings_it = document.FindMember("strings");
    if (tensors_it == document.MemberEnd() || !tensors_it->value.IsObject() ||
        strings_it == document.MemberEnd() || !strings_it->value.IsObject() ||
        tensors_it->value.MemberCount() > kMaxEntries ||
        strings_it->value.MemberCount() > kMaxEntries) {
      corrupt("the header lists no tensors and strings");
    }
    for (const auto& member : tensors_it->value.GetObject()) {
      if (!member.value.IsObject()) corrupt("a tensor is not an object");
      tensors.emplace(std::string(member.name.GetString(), member.name.GetStringLength()),
                      read_tensor(member.value, begin));
    }
    for (const auto& member : strings_it->value.GetObject()) {
      if (!member.value.IsObject()) corrupt("a string table is not an object");
      const Table table{unsigned_of(member.value, "offset"), unsigned_of(member.value, "bytes"),
                        unsigned_of(member.value, "count")};
      check_range(table.offset, table.bytes, begin);
      tables.emplace(std::string(member.name.GetString(), member.name.GetStringLength()), table);
    }
  }

  Tensor read_tensor(const rapidjson::Value& value, std::size_t begin) const {
    Tensor out;
    const std::string type = string_of(value, "dtype");
    std::size_t bytes = 0;
    if (type == "f32") {
      out.type = Type::F32;
      bytes = 4;
    } else if (type == "f16") {
      out.type = Type::F16;
      bytes = 2;
    } else if (type == "i8") {
      out.type = Type::I8;
      bytes = 1;
      out.scale = string_of(value, "scale");
    } else if (type == "p8") {
      out.type = Type::P8;
      bytes = 1;
      out.scale = string_of(value, "scale");
    } else {
      corrupt("a tensor has the unknown type \"" + type + '"');
    }
    const auto shape = value.FindMember("shape");
    if (shape == value.MemberEnd() || !shape->value.IsArray() || shape->value.Size() > 4) {
      corrupt("a tensor has no shape");
    }
    for (const rapidjson::Value& size : shape->value.GetArray()) {
      if (!size.IsUint() || size.GetUint() == 0) corrupt("a tensor has an empty dimension");
      if (bytes > mapping.bytes().size() / size.GetUint()) {
        corrupt("a tensor is larger than the file");
      }
      bytes *= size.GetUint();
      out.shape.push_back(size.GetUint());
    }
    if (out.type == Type::P8) {
      if (out.shape.size() != 2 || out.shape[1] % 16 != 0 || out.shape[1] > kMostInputs) {
        corrupt("a tensor in panels has a shape that no layer has");
      }
      bytes = panel_bytes(out.shape[0], out.shape[1]);
    }
    out.offset = unsigned_of(value, "offset");
    out.bytes = unsigned_of(value, "bytes");
    if (out.bytes != bytes) corrupt("a tensor's size is not that of its shape");
    if (out.offset % 64 != 0) corrupt("a tensor is not aligned");
    check_range(out.offset, out.bytes, begin);
    return out;
  }

  const Tensor& tensor(std::string_view wanted) const {
    const auto it = tensors.find(wanted);
    if (it == tensors.end()) corrupt("there is no tensor " + std::string(wanted));
    return it->second;
  }

  std::span<const float> finite(std::string_view wanted, const Tensor& tensor) const {
    if (tensor.type != Type::F32) corrupt(std::string(wanted) + " is not f32");
    const auto* data = reinterpret_cast<const float*>(mapping.bytes().data() + tensor.offset);
    const std::span<const float> out(data, tensor.bytes / 4);
    // Sums would turn one infinity into NaN everywhere; so refuse it here. x - x is 0 only for
    // finite x, and this form runs at memory speed.
    float bad = 0.0F;
    for (const float x : out) bad += x - x;
    if (!(bad == 0.0F)) corrupt(std::string(wanted) + " holds a value that is not finite");
    return out;
  }
};

ModelFile::ModelFile(const std::filesystem::path& file, Check check)
    : impl_(std::make_unique<const Impl>(file, check == Check::Full)) {}
ModelFile::ModelFile(ModelFile&&) noexcept = default;
ModelFile& ModelFile::operator=(ModelFile&&) noexcept = default;
ModelFile::~ModelFile() = default;

bool ModelFile::has(std::string_view tensor) const { return impl_->tensors.contains(tensor); }

const std::vector<std::size_t>& ModelFile::shape(std::string_view tensor) const {
  return impl_->tensor(tensor).shape;
}

std::span<const float> ModelFile::floats(std::string_view tensor,
                                         std::vector<std::size_t> shape) const {
  const Tensor& found = impl_->tensor(tensor);
  if (found.shape != shape) impl_->corrupt(std::string(tensor) + " has an unexpected shape");
  return impl_->finite(tensor, found);
}

ModelFile::Bytes ModelFile::bytes(std::string_view tensor) const {
  const Tensor& found = impl_->tensor(tensor);
  if (found.type != Type::I8 || found.shape.size() != 2) {
    impl_->corrupt(std::string(tensor) + " is not an i8 table");
  }
  const Tensor& scale = impl_->tensor(found.scale);
  const std::size_t rows = found.shape[0];
  if (scale.bytes != rows * 4) impl_->corrupt(found.scale + " has not one value per row");
  const auto* data =
      reinterpret_cast<const std::int8_t*>(impl_->mapping.bytes().data() + found.offset);
  return {{data, found.bytes}, impl_->finite(found.scale, scale), rows, found.shape[1]};
}

ModelFile::Panels ModelFile::panels(std::string_view tensor) const {
  const Tensor& found = impl_->tensor(tensor);
  if (found.type != Type::P8) impl_->corrupt(std::string(tensor) + " is not in panels");
  const Tensor& scale = impl_->tensor(found.scale);
  if (scale.bytes != found.shape[0] * 4) {
    impl_->corrupt(found.scale + " has not one value per output");
  }
  const auto* data =
      reinterpret_cast<const std::int8_t*>(impl_->mapping.bytes().data() + found.offset);
  return {{data, found.bytes}, impl_->finite(found.scale, scale), found.shape[0], found.shape[1]};
}

bool ModelFile::is_panels(std::string_view tensor) const {
  const auto it = impl_->tensors.find(tensor);
  return it != impl_->tensors.end() && it->second.type == Type::P8;
}

bool ModelFile::has_strings(std::string_view table) const { return impl_->tables.contains(table); }

std::vector<std::string_view> ModelFile::strings(std::string_view table) const {
  const auto it = impl_->tables.find(table);
  if (it == impl_->tables.end()) impl_->corrupt("there is no string table " + std::string(table));
  std::string_view rest = impl_->mapping.bytes().substr(it->second.offset, it->second.bytes);
  std::vector<std::string_view> out;
  if (it->second.count > 0) {
    out.reserve(std::min(it->second.count, rest.size() + 1));
    for (std::size_t end; (end = rest.find('\n')) != std::string_view::npos;) {
      out.push_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
    out.push_back(rest);
    // A packer may end the last line too.
    if (out.size() == it->second.count + 1 && rest.empty()) out.pop_back();
  }
  if (out.size() != it->second.count) {
    impl_->corrupt("string table " + std::string(table) + " has not as many lines as it says");
  }
  return out;
}

const std::string& ModelFile::fingerprint() const { return impl_->fingerprint; }
const std::string& ModelFile::path() const { return impl_->file; }
const std::string& ModelFile::name() const { return impl_->name; }
const std::string& ModelFile::network() const { return impl_->network; }
void ModelFile::refuse(const std::string& what) const { impl_->corrupt(what); }

void verify_model(const std::filesystem::path& file) { ModelFile(file, ModelFile::Check::Full); }

}  // namespace tercet
